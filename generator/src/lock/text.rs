//! Writes a lock: a header, and one sorted line for each item, so that branches merge.

use std::collections::BTreeMap;
use std::fmt;

use super::{Item, Key, Lock};

/// Version of the format.
pub(super) const FORMAT: &str = "1";

/// Word before the kind of a removed item.
pub(super) const GONE: &str = "gone";

const HEADER: &str = "\
# Names of the generated code, by the items of the document. Written by openapi-crate, which uses them again.
# Commit this file. If branches conflict in it, keep the lines of both.
";

impl fmt::Display for Lock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(HEADER)?;
        writeln!(f, "format {FORMAT}")?;
        for (word, value) in self.provenance.entries() {
            if let Some(value) = value {
                writeln!(f, "{word} {}", token(value))?;
            }
        }
        write_items(f, "", &self.items)?;
        write_items(f, "gone ", &self.gone)
    }
}

impl super::Provenance {
    fn entries(&self) -> [(&'static str, Option<&String>); 4] {
        [
            ("generator", self.generator.as_ref()),
            ("package", self.package.as_ref()),
            ("document", self.document.as_ref()),
            ("settings", self.settings.as_ref()),
        ]
    }
}

fn write_items(f: &mut fmt::Formatter<'_>, prefix: &str, items: &BTreeMap<Key, Item>) -> fmt::Result {
    let mut lines: Vec<String> = items.iter().map(|(key, item)| line(key, item)).collect();
    lines.sort_unstable();
    lines.iter().try_for_each(|line| writeln!(f, "{prefix}{line}"))
}

fn line(key: &Key, item: &Item) -> String {
    let mut words = vec![key.kind.word().to_owned()];
    words.extend(key.path.iter().map(|segment| token(segment)));
    words.push("=".to_owned());
    words.extend(item.names.iter().cloned());
    if key.number > 1 {
        words.push(format!("number={}", key.number));
    }
    for (word, value) in item.attributes() {
        if let Some(value) = value {
            words.push(format!("{word}={}", token(value)));
        }
    }
    words.join(" ")
}

impl Item {
    fn attributes(&self) -> [(&'static str, Option<&String>); 4] {
        [
            ("at", self.at.as_ref()),
            ("call", self.call.as_ref()),
            ("shape", self.shape.as_ref()),
            ("since", self.since.as_ref()),
        ]
    }
}

/// Returns text as one word: as it is, or as a JSON string.
///
/// Characters that are neither letters nor digits nor ASCII are escaped, because some are invisible or change the
/// direction of the line.
fn token(text: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || c.is_ascii_graphic() && !matches!(c, '"' | '=' | '\\');
    if !text.is_empty() && text.chars().all(is_plain) {
        return text.to_owned();
    }
    let json = serde_json::Value::from(text).to_string();
    let mut token = String::with_capacity(json.len());
    for character in json.chars() {
        if character.is_alphanumeric() || character.is_ascii_graphic() || character == ' ' {
            token.push(character);
            continue;
        }
        for unit in character.encode_utf16(&mut [0; 2]) {
            token.push_str(&format!("\\u{unit:04x}"));
        }
    }
    token
}
