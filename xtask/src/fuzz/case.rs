//! A document, and the choices with which it is checked.

use ::fuzz::{Random, Seeds};
use openapi_crate::Config;
use serde_json::{Value, json};

/// A document, and the choices with which it is checked.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Case {
    pub(super) document: Value,
    /// A random number that decides the settings and the order of the reordered document.
    pub(super) choices: u64,
}

impl Case {
    /// Returns case `index` of `seed`.
    pub(super) fn new(seeds: &Seeds, seed: u64, index: u64) -> Self {
        // Other numbers than those that make the document.
        let choices = Random::new(!seed, index).number();
        Self { document: seeds.document(seed, index), choices }
    }

    /// Reads the line that [`line`](Self::line) returns.
    pub(super) fn read(line: &str) -> Option<Self> {
        let value: Value = serde_json::from_str(line).ok()?;
        Some(Self { document: value.get("document")?.clone(), choices: value.get("choices")?.as_u64()? })
    }

    /// Returns the case as one line of JSON.
    pub(super) fn line(&self) -> String {
        json!({ "document": self.document, "choices": self.choices }).to_string()
    }

    /// Returns the extension of a file with the text.
    pub(super) fn extension(&self) -> &'static str {
        if self.is_yaml() { "yaml" } else { "json" }
    }

    /// Returns the text of the document.
    pub(super) fn text(&self) -> String {
        self.text_of(&self.document)
    }

    /// Returns the text of the document in another order. The output must be the same.
    pub(super) fn reordered_text(&self) -> String {
        self.text_of(&::fuzz::order::shuffled(&self.document, self.choices))
    }

    fn text_of(&self, document: &Value) -> String {
        let yaml = if self.is_yaml() { serde_yaml::to_string(document).ok() } else { None };
        // `<<` in YAML merges the fields of a map into its parent, which changes the document.
        let yaml = yaml.filter(|text| !text.contains("<<:"));
        yaml.map_or_else(|| ::fuzz::json(document), ::fuzz::with_wide_numbers)
    }

    fn is_yaml(&self) -> bool {
        self.chooses(0, 8)
    }

    /// Returns true if the program for conformance is generated too.
    pub(super) fn has_program(&self) -> bool {
        self.chooses(1, 16)
    }

    /// Returns the settings as the text of a `codegen.toml`. Most documents have few.
    pub(super) fn settings(&self) -> String {
        let settings = [
            (self.chooses(2, 8), "protojson = true\n"),
            (self.chooses(3, 8), "round-trip = true\n"),
            (self.chooses(4, 16), "optional.all = true\n"),
            (self.chooses(5, 16), "types.uuid = \"string\"\n"),
            (self.chooses(6, 16), "types.time = \"string\"\n"),
            (self.chooses(7, 16), "types.time = \"time\"\n"),
            (self.chooses(8, 8), "types.time = \"jiff\"\n"),
        ];
        let mut text = String::new();
        for (is_chosen, line) in settings {
            let key = line.split('=').next().unwrap_or_default();
            if is_chosen && !text.contains(key) {
                text.push_str(line);
            }
        }
        text
    }

    /// Returns the settings.
    pub(super) fn config(&self) -> Config {
        Config::parse(&self.settings()).unwrap_or_default()
    }

    /// Returns true for one of `count` cases. Each choice has a number of its own.
    fn chooses(&self, choice: u32, count: u64) -> bool {
        self.choices.rotate_right(6 * choice) % count == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_choice_is_made_and_every_setting_is_valid() {
        let mut lines = std::collections::BTreeSet::new();
        for choices in 0..2_000_u64 {
            let case = Case { document: json!({}), choices: Random::new(1, choices).number() };
            Config::parse(&case.settings()).expect("the settings are valid");
            lines.extend(case.settings().lines().map(str::to_owned));
            lines.extend(case.has_program().then(|| "program".to_owned()));
            lines.insert(case.extension().to_owned());
        }
        assert_eq!(lines.len(), 10, "{lines:?}");
    }

    #[test]
    fn a_line_holds_the_whole_case() {
        let case = Case { document: json!({ "a": [1.5, "\n", null], "1": "(1e400)" }), choices: u64::MAX };
        let line = case.line();
        assert!(!line.contains('\n'), "{line}");
        assert_eq!(Case::read(&line), Some(case.clone()));
        assert!(case.text().contains("1e400") && !case.text().contains("(1e400)"));
    }
}
