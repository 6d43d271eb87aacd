//! Accessibility as axe-core sees it, in the page as the browser shows it.

use std::path::PathBuf;

use serde_json::Value;

use super::browser::Browser;

/// Where `tests/run` put axe-core.
fn axe() -> String {
    let path =
        std::env::var_os("PAR_SURVEY_TEST_AXE").map(PathBuf::from).expect("PAR_SURVEY_TEST_AXE is not set; run the tests by `tests/run`");
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// All rules, those of best practice too; the answer comes back as soon as axe is done.
const RUN: &str = "const done = arguments[arguments.length - 1]; \
    axe.run(document, { resultTypes: ['violations'] }).then(found => done(found.violations), error => done([{ id: String(error), nodes: [] }]))";

impl Browser {
    /// What axe-core finds wrong with the page, one line a rule and place.
    pub(crate) async fn violations(&self) -> Vec<String> {
        // The driver runs it past the page's policy, which allows no script at all.
        self.client.execute(&axe(), Vec::new()).await.unwrap();
        let found = self.client.execute_async(RUN, Vec::new()).await.unwrap();
        found.as_array().unwrap().iter().flat_map(lines).collect()
    }

    /// How far the page can be scrolled sideways, in pixels.
    pub(crate) async fn sideways(&self, width: u32) -> i64 {
        let all = self.script("return document.scrollingElement.scrollWidth").await;
        all.as_i64().unwrap() - i64::from(width)
    }
}

fn lines(violation: &Value) -> Vec<String> {
    let say = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let rule = format!("{}: {}", say(&violation["id"]), say(&violation["help"]));
    let places = violation["nodes"].as_array().into_iter().flatten();
    let mut lines: Vec<_> = places.map(|node| format!("{rule} at {} ({})", node["target"], say(&node["failureSummary"]))).collect();
    if lines.is_empty() {
        lines.push(rule);
    }
    lines
}
