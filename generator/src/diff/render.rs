//! Writes changes as text and as Markdown, the most severe first.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::change::{Change, ChangeKind, Class};

/// The maximum number of items whose documentation changes that are named.
const MAX_NAMED_DOCS: usize = 5;

/// The maximum number of new types with an entry of their own.
const MAX_SINGLE_TYPES: usize = 5;

/// The maximum number of new types that are named if they share an entry.
const MAX_NAMED_TYPES: usize = 12;

/// Renders changes as plain text, for a terminal. Empty if there are no changes.
pub fn text(changes: &[Change]) -> String {
    let style = Style { section: "", entry: "  ", detail: "    ", bullet: "- ", is_markdown: false };
    render(changes, &style)
}

/// Renders changes as Markdown, for a changelog. Empty if there are no changes.
pub fn markdown(changes: &[Change]) -> String {
    let style = Style { section: "### ", entry: "", detail: "  ", bullet: "- ", is_markdown: true };
    render(changes, &style)
}

/// The layout of a list.
struct Style {
    section: &'static str,
    entry: &'static str,
    detail: &'static str,
    bullet: &'static str,
    is_markdown: bool,
}

/// Changes with the same sentence after their names.
struct Entry<'c> {
    message: String,
    of: &'c Change,
    causes: Vec<&'c str>,
}

impl<'c> Entry<'c> {
    fn new(of: &'c Change) -> Self {
        Self { message: of.message.clone(), of, causes: of.cause.as_deref().into_iter().collect() }
    }
}

fn render(changes: &[Change], style: &Style) -> String {
    let mut text = String::new();
    for class in Class::ALL {
        let of_class: Vec<&Change> = changes.iter().filter(|change| change.class == class).collect();
        if of_class.is_empty() {
            continue;
        }
        if !text.is_empty() {
            text.push('\n');
        }
        let _ = writeln!(text, "{}{}", style.section, title(class));
        if style.is_markdown {
            text.push('\n');
        }
        match class {
            Class::Docs => docs(&of_class, style, &mut text),
            Class::Addition => additions(&of_class, style, &mut text),
            Class::Breaking | Class::Fix => groups(&of_class, style, &mut text),
        }
    }
    text
}

fn title(class: Class) -> &'static str {
    match class {
        Class::Breaking => "Breaking changes",
        Class::Addition => "Additions",
        Class::Fix => "Fixes",
        Class::Docs => "Documentation",
    }
}

/// Names new types in one entry if there are many: users find them by the operations that need them.
fn additions(changes: &[&Change], style: &Style, text: &mut String) {
    let is_new_type = |change: &&Change| {
        change.kind == ChangeKind::ItemAdded
            && change.path == change.group
            && change.path.starts_with("types::")
    };
    let (types, others): (Vec<&Change>, Vec<&Change>) = changes.iter().copied().partition(is_new_type);
    if types.len() <= MAX_SINGLE_TYPES {
        return groups(changes, style, text);
    }
    groups(&others, style, text);
    let names: Vec<String> =
        types.iter().take(MAX_NAMED_TYPES).map(|change| format!("`{}`", change.path)).collect();
    let rest = match types.len() - names.len() {
        0 => String::new(),
        rest => format!(", and {rest} more"),
    };
    let _ = writeln!(
        text,
        "{}{}{} new types: {}{rest}",
        style.entry,
        style.bullet,
        types.len(),
        names.join(", ")
    );
}

fn groups(changes: &[&Change], style: &Style, text: &mut String) {
    let mut rest = changes;
    while let Some(first) = rest.first() {
        let length = rest.iter().take_while(|change| change.group == first.group).count();
        let (group, after) = rest.split_at(length);
        rest = after;
        let entries = merged(group);
        // A sentence that names the group needs no heading.
        let own = format!("`{}`", first.group);
        let is_named = |entry: &Entry<'_>| entry.message.contains(&own) || entry.of.path == first.group;
        if let ([entry], true) = (entries.as_slice(), entries.iter().all(is_named)) {
            let _ = writeln!(text, "{}{}{}", style.entry, style.bullet, entry.message);
            details(entry, style, style.detail, text);
            continue;
        }
        let heading = if style.is_markdown { own } else { first.group.clone() };
        let _ = writeln!(text, "{}{}{heading}:", style.entry, style.bullet);
        for entry in entries {
            let _ = writeln!(text, "{}{}{}", style.detail, style.bullet, entry.message);
            details(&entry, style, &format!("{}  ", style.detail), text);
        }
    }
}

/// Joins changes whose sentences differ only in the name.
fn merged<'c>(changes: &[&'c Change]) -> Vec<Entry<'c>> {
    let mut entries: Vec<(Entry<'c>, Vec<&str>, &str)> = Vec::new();
    for change in changes {
        let is_short = change.advice.is_none() && change.calls.is_none() && !shows_declarations(change.kind);
        let tail =
            [" is new", " is removed", " is implemented", " is no longer implemented", " is deprecated"];
        let parts = tail.iter().find_map(|tail| Some((change.message.strip_suffix(tail)?, *tail)));
        if let (Some((name, tail)), true) = (parts, is_short) {
            let same = entries.iter_mut().find(|(entry, names, other)| {
                entry.of.kind == change.kind && *other == tail && !names.is_empty()
            });
            match same {
                Some((entry, names, _)) => {
                    names.push(name);
                    entry.causes.extend(change.cause.as_deref());
                }
                None => entries.push((Entry::new(change), vec![name], tail)),
            }
        } else {
            entries.push((Entry::new(change), Vec::new(), ""));
        }
    }
    let written = entries.into_iter().map(|(entry, names, tail)| match names.as_slice() {
        [] => entry,
        [name] => Entry { message: format!("{name}{tail}"), ..entry },
        names => Entry { message: format!("{}{}", list(names), tail.replacen(" is ", " are ", 1)), ..entry },
    });
    written.collect()
}

/// Joins names: `fields a and b`. The noun before the first name is written once.
fn list(names: &[&str]) -> String {
    let (noun, _) = names[0].split_once('`').unwrap_or_default();
    let noun = noun.trim_end();
    let is_shared = !noun.is_empty() && names.iter().all(|name| name.starts_with(noun));
    let names: Vec<&str> = match is_shared {
        true => names.iter().map(|name| name[noun.len()..].trim_start()).collect(),
        false => names.to_vec(),
    };
    let (last, others) = names.split_last().expect("there are several names");
    let plural = if is_shared { format!("{noun}s ") } else { String::new() };
    format!("{plural}{} and {last}", others.join(", "))
}

fn details(entry: &Entry<'_>, style: &Style, indent: &str, text: &mut String) {
    let change = entry.of;
    let code = |text: &str| if style.is_markdown { format!("`{text}`") } else { text.to_owned() };
    // Two spaces at the end of a line are a line break in Markdown, so each detail is an item of its own.
    let bullet = if style.is_markdown { style.bullet } else { "" };
    let mut line = |label: &str, value: &str| {
        let _ = writeln!(text, "{indent}{bullet}{label}: {value}");
    };
    if let Some(advice) = &change.advice {
        line("help", advice);
    }
    if let Some((first, others)) = entry.causes.split_first() {
        let others = others.iter().filter(|cause| *cause != first).collect::<BTreeSet<_>>().len();
        let more = if others == 0 { String::new() } else { format!(", and {others} more") };
        line("cause", &format!("{first}{more}"));
    }
    let pair = match (&change.calls, shows_declarations(change.kind)) {
        (Some((old, new)), _) => Some((Some(old), Some(new))),
        (None, true) => Some((change.old.as_ref(), change.new.as_ref())),
        (None, false) => None,
    };
    let Some((old, new)) = pair else { return };
    if let Some(old) = old {
        line("old", &code(old));
    }
    if let Some(new) = new {
        line("new", &code(new));
    }
}

/// Returns true for changes whose sentence does not tell the difference.
fn shows_declarations(kind: ChangeKind) -> bool {
    use ChangeKind as K;
    matches!(
        kind,
        K::FunctionGenericsChanged
            | K::GenericsChanged
            | K::ImplChanged
            | K::ItemKindChanged
            | K::MacroChanged
            | K::SupertraitsChanged
            | K::TraitItemChanged
    )
}

fn docs(changes: &[&Change], style: &Style, text: &mut String) {
    let names: Vec<String> =
        changes.iter().take(MAX_NAMED_DOCS).map(|change| format!("`{}`", change.path)).collect();
    let others = changes.len() - names.len();
    let others = if others == 0 { String::new() } else { format!(", and {others} more") };
    let _ = writeln!(text, "{}{}{}{others}", style.entry, style.bullet, names.join(", "));
}
