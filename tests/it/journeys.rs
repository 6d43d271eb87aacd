//! What answering costs somebody: taps, screens and seconds on a slow phone whose network breaks twice. Figures are printed (`tests/run
//! journeys -- --nocapture` shows them), and no second is held against a limit.

use std::time::Instant;

use fantoccini::Locator;
use serde_json::json;

use super::coded::cost::{ITEMS, province};
use super::coded::issue;
use super::harness::app::TestApp;
use super::harness::browser::Browser;
use super::harness::database::Backend;
use super::harness::fixture::{OFFICIALS, SIPAS};
use super::harness::patience::until;

/// A phone with a fifth of this machine's speed, at the edge of the network.
struct Phone {
    browser: Browser,
    taps: usize,
    began: Instant,
}

impl Phone {
    async fn slow() -> Self {
        let browser = Browser::phone().await;
        browser.command("Emulation.setCPUThrottlingRate", &json!({ "rate": 5 })).await;
        let phone = Self { browser, taps: 0, began: Instant::now() };
        phone.network(true).await;
        phone
    }

    async fn network(&self, there: bool) {
        self.browser.command("Network.enable", &json!({})).await;
        let conditions = json!({ "offline": !there, "latency": 300, "downloadThroughput": 50_000, "uploadThroughput": 20_000 });
        self.browser.command("Network.emulateNetworkConditions", &conditions).await;
    }

    async fn tap(&mut self, css: &str) {
        self.browser.press_on(&self.browser.find(css).await).await;
        self.taps += 1;
    }

    /// Taps the first answer of every question in sight that is below a place, from a question on.
    async fn answer(&mut self, below: &str, from: usize) -> usize {
        let questions = self.browser.client.find_all(Locator::Css(&format!("{below} fieldset"))).await.unwrap();
        let mut answered = 0;
        for question in questions.iter().skip(from) {
            self.browser.press_on(&question.find(Locator::Css("label")).await.unwrap()).await;
            (self.taps, answered) = (self.taps + 1, answered + 1);
            if answered == 40 {
                break;
            }
        }
        answered
    }

    async fn ticked(&self) -> usize {
        let ticked = self.browser.script("return document.querySelectorAll('[type=radio]:checked').length").await;
        usize::try_from(ticked.as_u64().unwrap()).unwrap()
    }

    /// Loads the page anew by mistake: everything is there.
    async fn slip(&self) {
        let before = self.ticked().await;
        self.browser.history("reload").await;
        assert_eq!(self.ticked().await, before, "nothing is lost");
    }

    /// Sends while there is no network, and waits until there is one.
    async fn send(&mut self, button: &str) {
        self.network(false).await;
        self.tap(button).await;
        until("nothing is said of the network", async || self.browser.is_shown("[data-is=off]").await).await;
        self.network(true).await;
        let heading = "return document.querySelector('h1').innerText";
        until("it is not sent by itself", async || self.browser.script(heading).await == "Đã nhận phiếu").await;
    }

    async fn screens(&self) -> f64 {
        self.browser.script("return document.documentElement.scrollHeight / innerHeight").await.as_f64().unwrap()
    }

    #[expect(clippy::print_stdout, reason = "that is what it is for")]
    fn say(&self, who: &str, screens: f64) {
        println!("{who}: {} taps, {screens:.1} screens, {:.1} seconds", self.taps, self.began.elapsed().as_secs_f64());
    }
}

#[tokio::test]
async fn a_citizen_answers_every_question_on_a_slow_phone_while_the_network_breaks_twice() {
    let app = TestApp::start(Backend::Sqlite).await;
    let mut phone = Phone::slow().await;
    phone.browser.open(&app.form_address(SIPAS, "so-noi-vu")).await;
    phone.say("the form is there", phone.screens().await);
    let mut answered = phone.answer("#f", 0).await;
    phone.network(false).await;
    answered += phone.answer("#f", answered).await;
    phone.network(true).await;
    phone.slip().await;
    answered += phone.answer("#f", answered).await;
    let screens = phone.screens().await;
    phone.send("#send").await;
    assert_eq!(phone.taps, answered + 1, "one tap a question, and one to send");
    phone.say(&format!("a citizen, {answered} questions"), screens);
    app.close().await;
    assert_eq!(app.database.number("SELECT COUNT(*) FROM response").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deputy_rates_fifteen_units_on_a_slow_phone_while_the_network_breaks_twice() {
    let app = province().await;
    let code = issue(&app, OFFICIALS, "deputies", None, 1).await.remove(0);
    let mut phone = Phone::slow().await;
    phone.browser.open(&format!("{}/c#{}", app.address, code.compact())).await;
    phone.browser.appears("#over").await;
    let mut screens = phone.screens().await;
    phone.tap("#over a[href='#u0']").await;
    for unit in 0..15 {
        phone.network(unit != 7).await;
        assert_eq!(phone.answer(&format!("#u{unit}"), 0).await, ITEMS);
        screens += phone.screens().await;
        let next = if unit < 14 { format!("#u{unit} a[href='#u{}']", unit + 1) } else { "#u14 a[href='#review']".to_owned() };
        phone.tap(&next).await;
        if unit == 9 {
            phone.slip().await;
        }
    }
    phone.send("#review button.primary").await;
    assert_eq!(phone.taps, 15 * ITEMS + 15 + 2, "one tap a question, one a unit, one to begin and one to send");
    phone.say("a deputy, 15 units", screens);
    app.close().await;
    assert_eq!(app.database.number("SELECT COUNT(*) FROM response").await, 15);
}
