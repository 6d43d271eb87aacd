//! A real Firefox, driven by what it has built in (Marionette: a length and a list in JSON), for what Chromium cannot tell.

use std::fs;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use serde_json::{Value, json};
use tempfile::TempDir;

use super::patience::PATIENCE;

/// Settings of its profile: a port of its own, nothing asked for from anywhere, and closed tabs remembered.
const PREFERENCES: &str = r#"
user_pref("marionette.port", 0);
user_pref("remote.prefs.recommended", true);
user_pref("network.connectivity-service.enabled", false);
user_pref("network.captive-portal-service.enabled", false);
user_pref("app.update.disabledForTesting", true);
user_pref("browser.sessionstore.interval", 100);
user_pref("browser.sessionstore.max_tabs_undo", 5);
"#;

/// A browser with a profile of its own; both end with it.
#[derive(Debug)]
pub(crate) struct Firefox {
    stream: TcpStream,
    process: Child,
    _profile: TempDir,
}

impl Firefox {
    pub(crate) fn start() -> Self {
        let profile = tempfile::tempdir().unwrap();
        fs::write(profile.path().join("user.js"), PREFERENCES).unwrap();
        let mut command = Command::new("firefox-esr");
        command.args(["--headless", "--marionette", "--remote-allow-system-access", "--no-remote", "--profile"]).arg(profile.path());
        // Elsewhere it would write into the home folder.
        command.env("HOME", profile.path()).stdout(Stdio::null()).stderr(Stdio::null());
        let process = command.spawn().expect("firefox-esr is installed");
        let mut firefox = Self { stream: connect(&profile), process, _profile: profile };
        firefox.read();
        firefox.ask("WebDriver:NewSession", &json!({ "pageLoadStrategy": "normal" }));
        firefox
    }

    /// Tells it something and says what it answers.
    pub(crate) fn ask(&mut self, name: &str, parameters: &Value) -> Value {
        let message = json!([0, 1, name, parameters]).to_string();
        write!(self.stream, "{}:{message}", message.len()).unwrap();
        let mut answer = self.read();
        assert_eq!(answer[2], Value::Null, "{name} {parameters}");
        answer[3].take()
    }

    pub(crate) fn open(&mut self, address: &str) {
        self.ask("WebDriver:Navigate", &json!({ "url": address }));
    }

    /// What a script on the page says.
    pub(crate) fn script(&mut self, script: &str) -> Value {
        self.ask("WebDriver:ExecuteScript", &json!({ "script": script, "args": [] }))["value"].take()
    }

    /// Closes the tab that shows the page and opens it again, as somebody does who presses Ctrl+Shift+T.
    pub(crate) fn reopen_tab(&mut self) {
        self.ask("Marionette:SetContext", &json!({ "value": "chrome" }));
        let script = "const done = arguments[arguments.length - 1]; const browser = window.gBrowser; const tab = browser.selectedTab; \
            const store = ChromeUtils.importESModule('resource:///modules/sessionstore/SessionStore.sys.mjs').SessionStore; \
            browser.selectedTab = browser.addTrustedTab('about:blank'); \
            setTimeout(() => { browser.removeTab(tab); setTimeout(() => { const again = store.undoCloseTab(window, 0); \
            browser.selectedTab = again; browser.removeTab(browser.tabs.find ? browser.tabs.find(other => other !== again) : null); \
            setTimeout(() => done(true), 1500); }, 500); }, 1500);";
        self.ask("WebDriver:ExecuteAsyncScript", &json!({ "script": script, "args": [] }));
        self.ask("Marionette:SetContext", &json!({ "value": "content" }));
        let tabs = self.ask("WebDriver:GetWindowHandles", &json!({}));
        let last = tabs.as_array().and_then(|tabs| tabs.last()).cloned().unwrap();
        self.ask("WebDriver:SwitchToWindow", &json!({ "handle": last }));
    }

    fn read(&mut self) -> Value {
        let mut length = 0;
        let mut sign = [0];
        loop {
            self.stream.read_exact(&mut sign).unwrap();
            if sign == *b":" {
                break;
            }
            length = length * 10 + usize::from(sign[0] - b'0');
        }
        let mut text = vec![0; length];
        self.stream.read_exact(&mut text).unwrap();
        serde_json::from_slice(&text).unwrap()
    }
}

/// The line to a browser that is starting: it writes its port into its profile.
fn connect(profile: &TempDir) -> TcpStream {
    let began = std::time::Instant::now();
    loop {
        let port = fs::read_to_string(profile.path().join("MarionetteActivePort")).ok().and_then(|port| port.trim().parse::<u16>().ok());
        if let Some(stream) = port.and_then(|port| TcpStream::connect(("127.0.0.1", port)).ok()) {
            stream.set_read_timeout(Some(PATIENCE)).unwrap();
            return stream;
        }
        assert!(began.elapsed() < PATIENCE, "Firefox does not start");
        std::thread::sleep(Duration::from_millis(50));
    }
}

impl Drop for Firefox {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
