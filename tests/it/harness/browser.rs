//! A real Chromium the size of a phone, driven as a person would: by what can be read, clicked and typed.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use base64::prelude::{BASE64_STANDARD, Engine};
use fantoccini::actions::{InputSource, KeyAction, KeyActions};
use fantoccini::elements::Element;
use fantoccini::wd::Capabilities;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tempfile::TempDir;

use super::patience::until;

/// What a browser looks like to a page.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Look {
    /// Width of the screen in CSS pixels.
    pub(crate) width: u32,
    /// Size of the text against what is usual, in per cent.
    pub(crate) text: u32,
    /// Whether pages may run scripts.
    pub(crate) script: bool,
    /// Whether pages are kept whole for "back". Where they are not, as in a `WebView`, everything rests on the headers.
    pub(crate) whole: bool,
}

impl Look {
    pub(crate) const PHONE: Self = Self { width: 360, text: 100, script: true, whole: false };

    fn capabilities(self, profile: &TempDir) -> Capabilities {
        let profile = format!("--user-data-dir={}", profile.path().display());
        // As root in a container there is no sandbox. Without the others Chromium asks for hosts that cannot be reached.
        let features = if self.whole { "--enable-features=BackForwardCache" } else { "--disable-features=BackForwardCache" };
        let args = json!([
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--lang=vi",
            features,
            profile
        ]);
        let prefs = json!({
            "profile.managed_default_content_settings.javascript": if self.script { 1 } else { 2 },
            "webkit.webprefs.default_font_size": 16 * self.text / 100,
        });
        let phone = json!({ "deviceMetrics": { "width": self.width, "height": 740, "pixelRatio": 2.0, "touch": true, "mobile": true } });
        let options = json!({ "args": args, "prefs": prefs, "mobileEmulation": phone });
        Capabilities::from_iter([("browserName".to_owned(), json!("chrome")), ("goog:chromeOptions".to_owned(), options)])
    }
}

/// A browser with a profile of its own; both end with it.
#[derive(Debug)]
pub(crate) struct Browser {
    pub(crate) client: Client,
    session: String,
    driver: Driver,
    _profile: TempDir,
}

impl Browser {
    /// A phone of 360 pixels.
    pub(crate) async fn phone() -> Self {
        Self::start(Look::PHONE).await
    }

    pub(crate) async fn start(look: Look) -> Self {
        let profile = tempfile::tempdir().unwrap();
        let driver = Driver::start();
        let mut builder = ClientBuilder::new(HttpConnector::new());
        builder.capabilities(look.capabilities(&profile));
        let client = builder.connect(&format!("http://{}", driver.address)).await.unwrap();
        let session = client.session_id().await.unwrap().unwrap();
        Self { client, session, driver, _profile: profile }
    }

    pub(crate) async fn open(&self, address: &str) {
        self.client.goto(address).await.unwrap();
    }

    pub(crate) async fn find(&self, css: &str) -> Element {
        self.client.find(Locator::Css(css)).await.unwrap_or_else(|error| panic!("nothing is at `{css}`: {error}"))
    }

    /// Waits for something on this page or the one that is just coming.
    pub(crate) async fn appears(&self, css: &str) {
        until(&format!("nothing comes at `{css}`"), async || self.client.find(Locator::Css(css)).await.is_ok()).await;
    }

    /// Presses the first link or button that says exactly this, and waits for the page it leads to.
    pub(crate) async fn click(&self, text: &str) {
        let path = format!("//*[self::a or self::button][normalize-space()=\"{text}\"]");
        let found = self.client.find(Locator::XPath(&path)).await;
        self.leave(found.unwrap_or_else(|error| panic!("nothing says “{text}”: {error}"))).await;
    }

    /// The same for whatever is at a place.
    pub(crate) async fn click_at(&self, css: &str) {
        self.leave(self.find(css).await).await;
    }

    /// Presses and waits until the page that was pressed on is gone: the driver answers before the next one has come.
    async fn leave(&self, pressed: Element) {
        self.press_on(&pressed).await;
        self.until_gone(&pressed).await;
    }

    /// Waits for the page after the one with this element.
    pub(crate) async fn until_gone(&self, element: &Element) {
        until("the page does not change", async || element.tag_name().await.is_err()).await;
    }

    /// Goes back as the phone's own button does.
    pub(crate) async fn back(&self) {
        let here = self.find("h1").await;
        self.client.back().await.unwrap();
        self.until_gone(&here).await;
    }

    /// Goes somewhere in the history, and waits for what is there.
    pub(crate) async fn history(&self, way: &str) {
        let sent = match way {
            "back" => self.client.back().await,
            "forward" => self.client.forward().await,
            _ => self.client.refresh().await,
        };
        sent.unwrap();
        // What was kept whole comes as it was, and gives itself up a moment later.
        tokio::time::sleep(std::time::Duration::from_millis(400)).await;
        until("the page does not come", async || {
            let ready = self.client.execute("return document.readyState === 'complete' && !document.body.hidden", Vec::new()).await;
            ready.is_ok_and(|ready| ready == true)
        })
        .await;
    }

    /// Whether there is a network from now on.
    pub(crate) async fn network(&self, there: bool) {
        self.command("Network.enable", &json!({})).await;
        let conditions = json!({ "offline": !there, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1 });
        self.command("Network.emulateNetworkConditions", &conditions).await;
    }

    /// Presses the middle of an element. The driver's own way never comes back where pages may not run scripts.
    pub(crate) async fn press_on(&self, element: &Element) {
        let middle = "arguments[0].scrollIntoView({ block: 'center' }); const box = arguments[0].getBoundingClientRect(); \
            return [Math.round(box.x + box.width / 2), Math.round(box.y + box.height / 2)]";
        let middle = self.client.execute(middle, vec![serde_json::to_value(element).unwrap()]).await.unwrap();
        for kind in ["mousePressed", "mouseReleased"] {
            let event = json!({ "type": kind, "x": middle[0], "y": middle[1], "button": "left", "clickCount": 1 });
            self.command("Input.dispatchMouseEvent", &event).await;
        }
    }

    /// Presses the row of an option.
    pub(crate) async fn choose(&self, item: &str, option: &str) {
        self.press_on(&self.find(&format!("label:has([name=\"{item}\"][value=\"{option}\"])")).await).await;
    }

    /// Presses the first option of every question that is shown, in order, as far as a limit.
    pub(crate) async fn answer(&self, most: usize) {
        let questions = self.client.find_all(Locator::Css("fieldset")).await.unwrap();
        for question in questions.into_iter().take(most) {
            if self.can_be_seen(&question).await {
                self.press_on(&question.find(Locator::Css("label")).await.unwrap()).await;
            }
        }
    }

    /// Writes into a field.
    pub(crate) async fn write(&self, css: &str, text: &str) {
        self.find(css).await.send_keys(text).await.unwrap();
    }

    pub(crate) async fn press(&self, key: char) {
        let keys = KeyActions::new("keyboard".to_owned()).then(KeyAction::Down { value: key }).then(KeyAction::Up { value: key });
        self.client.perform_actions(keys).await.unwrap();
    }

    pub(crate) async fn heading(&self) -> String {
        self.find("h1").await.text().await.unwrap()
    }

    pub(crate) async fn is_shown(&self, css: &str) -> bool {
        self.can_be_seen(&self.find(css).await).await
    }

    async fn can_be_seen(&self, element: &Element) -> bool {
        let seen = self.client.execute("return arguments[0].checkVisibility()", vec![serde_json::to_value(element).unwrap()]).await;
        seen.unwrap().as_bool().unwrap()
    }

    pub(crate) async fn is_chosen(&self, item: &str, option: &str) -> bool {
        self.find(&format!("[name=\"{item}\"][value=\"{option}\"]")).await.is_selected().await.unwrap()
    }

    /// What stands in a field.
    pub(crate) async fn written(&self, css: &str) -> String {
        self.find(css).await.prop("value").await.unwrap().unwrap()
    }

    /// Everything that can be read on the page.
    pub(crate) async fn text(&self) -> String {
        self.find("body").await.text().await.unwrap()
    }

    /// What a script says.
    pub(crate) async fn script(&self, script: &str) -> Value {
        self.client.execute(script, Vec::new()).await.unwrap()
    }

    /// Whether the page prefers dark or light from now on, or has the colours of the device forced on it.
    pub(crate) async fn colours(&self, scheme: &str) {
        let feature = if scheme == "forced" { ("forced-colors", "active") } else { ("prefers-color-scheme", scheme) };
        let features = json!([{ "name": feature.0, "value": feature.1 }]);
        self.command("Emulation.setEmulatedMedia", &json!({ "features": features })).await;
    }

    /// How many sheets of paper the page takes, of the size and with the edges that it asks for.
    pub(crate) async fn sheets(&self) -> usize {
        let printed = self.command("Page.printToPDF", &json!({ "preferCSSPageSize": true })).await;
        let document = BASE64_STANDARD.decode(printed["data"].as_str().unwrap()).unwrap();
        document.windows(b"/Type /Page\n".len()).filter(|bytes| bytes == b"/Type /Page\n").count()
    }

    /// Shows the page as it is printed from now on, in a window as wide as a sheet (A4), to somebody who prefers dark screens.
    pub(crate) async fn as_on_paper(&self) {
        let dark = json!([{ "name": "prefers-color-scheme", "value": "dark" }]);
        self.command("Emulation.setEmulatedMedia", &json!({ "media": "print", "features": dark })).await;
        let sheet = json!({ "width": 794, "height": 1123, "deviceScaleFactor": 1, "mobile": false });
        self.command("Emulation.setDeviceMetricsOverride", &sheet).await;
    }

    /// Tells Chromium what its driver has no words for, and says what it answers.
    pub(crate) async fn command(&self, name: &str, parameters: &Value) -> Value {
        let address = format!("http://{}/session/{}/goog/cdp/execute", self.driver.address, self.session);
        let body = json!({ "cmd": name, "params": parameters }).to_string();
        let sent = reqwest::Client::new().post(address).body(body).send().await.unwrap();
        let (status, answer) = (sent.status(), sent.text().await.unwrap());
        assert!(status.is_success(), "{name} {parameters}: {answer}");
        serde_json::from_str::<Value>(&answer).unwrap()["value"].take()
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // Killing the driver would leave Chromium behind, and a test that fails has no time for an answer from async code.
        self.driver.end(&self.session);
    }
}

/// A `chromedriver` on a port that it chose itself.
#[derive(Debug)]
struct Driver {
    process: Child,
    address: String,
}

impl Driver {
    fn start() -> Self {
        let mut command = Command::new("chromedriver");
        let mut process = command.arg("--port=0").stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("chromedriver is installed");
        let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
        let started = lines.find_map(|line| line.unwrap().split_once("successfully on port ").map(|(_, port)| port.to_owned()));
        let port = started.expect("chromedriver says its port");
        Self { process, address: format!("127.0.0.1:{}", port.trim_end_matches('.')) }
    }

    /// Ends a session and its browser, as far as they still answer.
    fn end(&self, session: &str) {
        let Ok(mut stream) = TcpStream::connect(&self.address) else { return };
        let _ = stream.set_read_timeout(Some(Duration::from_secs(10)));
        let _ = write!(stream, "DELETE /session/{session} HTTP/1.1\r\nhost: {}\r\nconnection: close\r\n\r\n", self.address);
        let _ = stream.read(&mut [0; 64]);
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
