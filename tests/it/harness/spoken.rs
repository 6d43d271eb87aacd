//! What a page says to whoever has it read aloud: with what style adds, such as the numbers that it counts.

use serde_json::json;

use super::browser::Browser;

impl Browser {
    /// The texts of the page in order, a line each, also those that style makes of several pieces.
    pub(crate) async fn spoken(&self) -> String {
        let tree = self.command("Accessibility.getFullAXTree", &json!({})).await;
        let nodes = tree["nodes"].as_array().unwrap();
        let texts = nodes.iter().filter(|node| node["role"]["value"] == "StaticText" && node["ignored"] == false);
        let (mut spoken, mut before) = (String::new(), &json!(null));
        for text in texts {
            spoken.push_str(if *before == text["parentId"] { "" } else { "\n" });
            spoken.push_str(text["name"]["value"].as_str().unwrap_or_default());
            before = &text["parentId"];
        }
        spoken
    }
}
