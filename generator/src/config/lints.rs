//! `[lints]`: the lints of the generated `Cargo.toml`, checked as cargo does.

use toml::de::{DeTable, DeValue};

use super::read::Section;

const LEVELS: [&str; 4] = ["allow", "warn", "deny", "forbid"];

/// Reads and checks the table.
pub(super) fn read(from: &mut Section<'_>) -> toml::Table {
    let lints = from.any_table("lints", &[]);
    let Some(DeValue::Table(table)) = from.looked_up("lints").map(toml::Spanned::get_ref) else {
        return lints;
    };
    if let Some((_, workspace)) = table.iter().find(|(key, _)| key.get_ref() == "workspace") {
        let is_true = matches!(workspace.get_ref(), DeValue::Boolean(true));
        if !is_true {
            from.report(
                workspace.span().start,
                "`lints.workspace` can only be `true`".to_owned(),
                "write `true`, or remove the key",
            );
        } else if table.len() > 1 {
            let message = "`lints` has other entries beside `workspace`, which cargo refuses".to_owned();
            from.report(workspace.span().start, message, "remove `workspace`, or the other entries");
        }
    }
    for (tool, lints) in table.iter().filter(|(key, _)| key.get_ref() != "workspace") {
        match lints.get_ref() {
            DeValue::Table(lints) => tool_lints(from, tool.get_ref(), lints),
            _ => {
                let message = format!("`lints.{}` is not a table", tool.get_ref());
                from.report(
                    lints.span().start,
                    message,
                    format!("write a section `[lints.{}]`", tool.get_ref()),
                );
            }
        }
    }
    lints
}

/// Checks the lints of a tool, such as clippy.
fn tool_lints(from: &mut Section<'_>, tool: &str, lints: &DeTable<'_>) {
    for (lint, value) in lints {
        let path = format!("lints.{tool}.{}", lint.get_ref());
        if let Some((tool, lint_of_tool)) = lint.get_ref().split_once("::") {
            let message = format!("`{path}` is not the name of a lint");
            from.report(lint.span().start, message, format!("write `{lint_of_tool}` below `[lints.{tool}]`"));
            continue;
        }
        if !is_name(lint.get_ref()) {
            let message = format!("`lints.{tool}` has {:?}, which is not the name of a lint", lint.get_ref());
            from.report(lint.span().start, message, "write a name such as `unused_results`");
            continue;
        }
        match value.get_ref() {
            DeValue::String(_) => level(from, &path, value),
            DeValue::Table(entries) => {
                let is_cfg = tool == "rust" && lint.get_ref() == "unexpected_cfgs";
                lint_table(from, &path, is_cfg, entries, value.span().start);
            }
            _ => level(from, &path, value),
        }
    }
}

/// Returns true if a lint can have this name.
fn is_name(name: &str) -> bool {
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    name.starts_with(|first: char| first.is_ascii_alphabetic()) && name.bytes().all(is_part)
}

/// Checks the table of a lint: its level, its priority, and the conditions that rustc knows.
fn lint_table(from: &mut Section<'_>, path: &str, is_cfg: bool, entries: &DeTable<'_>, start: usize) {
    if !entries.iter().any(|(key, _)| key.get_ref() == "level") {
        from.report(start, format!("`{path}` has no `level`"), "add `level = \"warn\"`");
    }
    for (key, value) in entries {
        let below = format!("{path}.{}", key.get_ref());
        match (key.get_ref().as_ref(), value.get_ref()) {
            ("level", _) => level(from, &below, value),
            ("priority", DeValue::Integer(number)) if number.to_string().parse::<i8>().is_ok() => {}
            ("priority", _) => {
                from.report(
                    value.span().start,
                    format!("`{below}` is not an integer from -128 to 127"),
                    "write a number, such as `-1`",
                );
            }
            ("check-cfg", DeValue::Array(items))
                if is_cfg && items.iter().all(|item| matches!(item.get_ref(), DeValue::String(_))) => {}
            ("check-cfg", _) if is_cfg => {
                from.report(
                    value.span().start,
                    format!("`{below}` is not an array of strings"),
                    "write it as in `['cfg(fuzzing)']`",
                );
            }
            _ => from.report(
                key.span().start,
                format!("unknown key `{below}`"),
                "valid keys are `level` and `priority`",
            ),
        }
    }
}

fn level(from: &mut Section<'_>, path: &str, value: &toml::Spanned<DeValue<'_>>) {
    let is_level = matches!(value.get_ref(), DeValue::String(level) if LEVELS.contains(&level.as_ref()));
    if !is_level {
        let message = format!("`{path}` is not a level of a lint");
        from.report(value.span().start, message, format!("write one of `\"{}\"`", LEVELS.join("\"`, `\"")));
    }
}
