//! Removes the items of absent features and the unit tests from the text of a runtime file, and the conditions of the
//! other items.
//!
//! The runtime is formatted by rustfmt, so the last line of an item is as indented as its first line.

use std::borrow::Cow;

/// The text of a file without the items of absent features.
pub(super) struct Resolved {
    pub(super) text: Cow<'static, str>,
    /// The modules that are not declared any more.
    pub(super) absent_modules: Vec<&'static str>,
}

/// Resolves the conditions of a file. `is_enabled` returns `None` for features that remain features.
pub(super) fn resolve(text: &'static str, is_enabled: &dyn Fn(&str) -> Option<bool>) -> Resolved {
    let mut lines = text.lines().peekable();
    let mut resolved = String::with_capacity(text.len());
    let mut absent_modules = Vec::new();
    let mut has_conditions = false;
    // The documentation and the attributes of the next item.
    let mut prefix: Vec<&str> = Vec::new();
    let mut is_absent = false;
    while let Some(line) = lines.next() {
        let code = line.trim_start();
        if let Some(value) = condition(code).and_then(|condition| evaluate(condition, is_enabled)) {
            has_conditions = true;
            is_absent |= !value;
            continue;
        }
        if let Some((text, value)) =
            documentation(code).and_then(|(condition, text)| Some((text, evaluate(condition, is_enabled)?)))
        {
            has_conditions = true;
            if value {
                push(&format!("//!{text}"), &mut resolved);
            }
            continue;
        }
        if code.starts_with("///") || code.starts_with("#[") {
            prefix.push(line);
            continue;
        }
        if !is_absent {
            prefix.drain(..).chain([line]).for_each(|line| push(line, &mut resolved));
            continue;
        }
        is_absent = false;
        prefix.clear();
        absent_modules.extend(module(code));
        let indentation = &line[..line.len() - code.len()];
        let mut last = line;
        while !ends(last, indentation, last == line) {
            let Some(next) = lines.next() else { break };
            last = next;
        }
        // One empty line is enough between the items around it.
        if lines.peek().is_some_and(|next| next.is_empty()) && is_at_start(&resolved) {
            lines.next();
        }
    }
    // The removed item may have been the last one of the file.
    resolved.truncate(resolved.trim_end().len());
    resolved.push('\n');
    let text = if has_conditions { resolved.into() } else { text.into() };
    Resolved { text, absent_modules }
}

fn push(line: &str, text: &mut String) {
    // The item before may have been the last one of its block.
    if line.trim_start().starts_with('}') && text.ends_with("\n\n") {
        text.pop();
    }
    text.push_str(line);
    text.push('\n');
}

/// Returns true if the text ends with an empty line or the start of a block.
fn is_at_start(text: &str) -> bool {
    text.ends_with("\n\n") || text.ends_with("{\n")
}

/// Returns the condition of an attribute `#[cfg(...)]`.
fn condition(line: &str) -> Option<&str> {
    line.strip_prefix("#[cfg(")?.strip_suffix(")]")
}

/// Returns the condition and the text of documentation of a module.
fn documentation(line: &str) -> Option<(&str, &str)> {
    let attribute = line.strip_prefix("#![cfg_attr(")?.strip_suffix("\")]")?;
    attribute.split_once(", doc = \"")
}

/// Evaluates a condition: `test`, a feature, `not` of a feature, or `any` of several. Returns `None` for conditions that
/// remain.
fn evaluate(condition: &str, is_enabled: &dyn Fn(&str) -> Option<bool>) -> Option<bool> {
    let value = |condition: &str| is_enabled(condition.strip_prefix("feature = \"")?.strip_suffix('"')?);
    let inside = |name: &str| condition.strip_prefix(name)?.strip_prefix('(')?.strip_suffix(')');
    match (inside("not"), inside("any")) {
        _ if condition == "test" => Some(false),
        (Some(negated), _) => value(negated).map(|value| !value),
        (_, Some(several)) => several.split(", ").map(value).try_fold(false, |any, value| Some(any | value?)),
        _ => value(condition),
    }
}

/// Returns the module that a line declares.
fn module(line: &'static str) -> Option<&'static str> {
    let (before, name) = line.strip_suffix(';')?.rsplit_once("mod ")?;
    (before.is_empty() || before.starts_with("pub")).then_some(name)
}

/// Returns true if a line is the last one of an item, statement, field or match arm.
fn ends(line: &str, indentation: &str, is_first: bool) -> bool {
    let Some(code) = line.strip_prefix(indentation).filter(|code| !code.starts_with(' ')) else {
        return false;
    };
    let is_whole = is_first || code.starts_with(['}', ')', ']']);
    is_whole && code.ends_with([';', ',', '}'])
}

#[cfg(test)]
mod tests {
    use super::resolve;

    #[track_caller]
    fn check(text: &'static str, with: &str, without: &str, absent_modules: &[&str]) {
        let present = resolve(text, &|feature| (feature == "part").then_some(true));
        assert_eq!(present.text, with);
        assert!(present.absent_modules.is_empty());
        let absent = resolve(text, &|feature| (feature == "part").then_some(false));
        assert_eq!(absent.text, without);
        assert_eq!(absent.absent_modules, absent_modules);
    }

    #[test]
    fn other_conditions_remain() {
        let text = "#[cfg(feature = \"other\")]\nmod a;\n#[cfg(all(x, not(y)))]\nmod b;\n";
        check(text, text, text, &[]);
    }

    #[test]
    fn documentation_of_a_module_is_conditional() {
        check(
            "//! A.\n#![cfg_attr(feature = \"part\", doc = \" B [`b`].\")]\n//! C.\n\nmod d;\n",
            "//! A.\n//! B [`b`].\n//! C.\n\nmod d;\n",
            "//! A.\n//! C.\n\nmod d;\n",
            &[],
        );
    }

    #[test]
    fn declarations_are_removed_with_their_attributes() {
        check(
            "mod a;\n#[cfg(feature = \"part\")]\n#[allow(x)]\npub(super) mod b;\nmod c;\n",
            "mod a;\n#[allow(x)]\npub(super) mod b;\nmod c;\n",
            "mod a;\nmod c;\n",
            &["b"],
        );
        check(
            "#[cfg(feature = \"part\")]\npub use a::{\n    B,\n    C,\n};\nuse d;\n",
            "pub use a::{\n    B,\n    C,\n};\nuse d;\n",
            "use d;\n",
            &[],
        );
        check(
            "mod b;\n#[cfg(any(feature = \"part\", feature = \"part\"))]\nmod a;\n",
            "mod b;\nmod a;\n",
            "mod b;\n",
            &["a"],
        );
    }

    #[test]
    fn functions_are_removed_with_their_documentation() {
        check(
            "impl A {\n    /// B.\n    #[cfg(feature = \"part\")]\n    fn b(\n        self,\n    ) -> B {\n        if c {\n        }\n    }\n\n    fn d() {}\n}\n",
            "impl A {\n    /// B.\n    fn b(\n        self,\n    ) -> B {\n        if c {\n        }\n    }\n\n    fn d() {}\n}\n",
            "impl A {\n    fn d() {}\n}\n",
            &[],
        );
        check(
            "impl A {\n    fn d() {}\n\n    #[cfg(feature = \"part\")]\n    fn b() {}\n}\n",
            "impl A {\n    fn d() {}\n\n    fn b() {}\n}\n",
            "impl A {\n    fn d() {}\n}\n",
            &[],
        );
    }

    #[test]
    fn unit_tests_are_not_copied() {
        let text = "fn a() {}\n\n#[cfg(test)]\nmod tests {\n    fn b() {\n    }\n}\n";
        check(text, "fn a() {}\n", "fn a() {}\n", &[]);
    }

    #[test]
    fn the_opposite_is_kept() {
        check(
            "match a {\n    #[cfg(feature = \"part\")]\n    B => c(),\n    #[cfg(not(feature = \"part\"))]\n    B => D {\n        e,\n    },\n}\n",
            "match a {\n    B => c(),\n}\n",
            "match a {\n    B => D {\n        e,\n    },\n}\n",
            &[],
        );
    }
}
