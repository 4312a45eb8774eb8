//! Text -> an untyped value.
//!
//! Imports `diagnostics`.

use serde_json::Value;

use crate::diagnostics::{Code, Diagnostics, Pointer};

/// Reads YAML or JSON.
pub(super) fn parse(text: &str, diagnostics: &mut Diagnostics) -> Option<Value> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let read = match text.trim_start().starts_with('{') {
        true => serde_json::from_str(text).map_err(|error| error.to_string()),
        false => serde_yaml::from_str(text).map_err(|error| error.to_string()),
    };
    read.map_err(|error| diagnostics.report(Code::Syntax, &Pointer::root(), error, "correct the text there"))
        .ok()
}
