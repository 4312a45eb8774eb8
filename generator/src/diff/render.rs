//! Writes changes as text and as Markdown, as a person would in a changelog: the most severe first, in groups, and similar
//! changes in one sentence. Text of the document is made safe by `safe_text`.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::change::{Change, ChangeKind, Class};
use crate::safe_text;

/// The maximum number of items whose documentation changes that are named.
const MAX_NAMED_DOCS: usize = 5;

/// The maximum number of types with an entry of their own.
const MAX_SINGLE_TYPES: usize = 5;

/// The maximum number of types that share an entry and are named.
const MAX_NAMED_TYPES: usize = 12;

/// Renders changes as plain text, for a terminal. Empty if there are no changes.
pub fn text(changes: &[Change]) -> String {
    render(changes, Format::Text)
}

/// Renders changes as Markdown, for a changelog, with headings of this level. Empty if there are no changes.
pub fn markdown(changes: &[Change], level: usize) -> String {
    render(changes, Format::Markdown { level })
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Format {
    Text,
    Markdown { level: usize },
}

impl Format {
    /// Returns the line of a title, and the line after it.
    fn title(self, title: &str) -> String {
        match self {
            Self::Text => format!("{title}\n"),
            Self::Markdown { level } => format!("{} {title}\n\n", "#".repeat(level)),
        }
    }

    /// Returns the spaces before an entry of a list at a level.
    fn indent(self, level: usize) -> String {
        let levels = if self == Self::Text { level + 1 } else { level };
        "  ".repeat(levels)
    }

    fn sentence(self, sentence: &str) -> String {
        match self {
            Self::Text => safe_text::line(sentence),
            Self::Markdown { .. } => safe_text::markdown(sentence),
        }
    }

    fn code(self, code: &str) -> String {
        match self {
            Self::Text => safe_text::line(code),
            Self::Markdown { .. } => safe_text::code_span(code),
        }
    }
}

/// A list of entries in a format.
struct List<'t> {
    format: Format,
    text: &'t mut String,
}

impl List<'_> {
    fn entry(&mut self, level: usize, sentence: &str) {
        let _ = writeln!(self.text, "{}- {}", self.format.indent(level), self.format.sentence(sentence));
    }

    /// Adds a line that belongs to an entry. In Markdown, it is an entry of its own.
    fn detail(&mut self, level: usize, label: &str, value: &str) {
        let bullet = if self.format == Format::Text { "" } else { "- " };
        let _ = writeln!(self.text, "{}{bullet}{label}: {value}", self.format.indent(level + 1));
    }
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

fn render(changes: &[Change], format: Format) -> String {
    let mut text = String::new();
    for class in Class::ALL {
        let of_class: Vec<&Change> = changes.iter().filter(|change| change.class == class).collect();
        if of_class.is_empty() {
            continue;
        }
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(&format.title(title(class)));
        let mut list = List { format, text: &mut text };
        match class {
            Class::Docs => docs(&of_class, &mut list),
            Class::Breaking | Class::Addition | Class::Fix => entries(&of_class, &mut list),
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

/// Writes the changes of all groups, and then the changes that many types have in common.
fn entries(changes: &[&Change], list: &mut List<'_>) {
    let mut rest = changes.to_vec();
    let mut shared = Vec::new();
    for (kind, sentence) in [
        (ChangeKind::ItemAdded, "types are new"),
        (ChangeKind::FeatureNotRequired, "types are available with more features"),
        (ChangeKind::BehaviorChanged, "types behave differently"),
    ] {
        let is_of_kind = |change: &&Change| {
            change.kind == kind && change.path == change.group && change.path.starts_with("types::")
        };
        let (types, others): (Vec<&Change>, Vec<&Change>) = rest.iter().copied().partition(is_of_kind);
        if types.len() > MAX_SINGLE_TYPES {
            shared.push(of_types(&types, sentence));
            rest = others;
        }
    }
    groups(&rest, list);
    shared.iter().for_each(|sentence| list.entry(0, sentence));
}

/// Returns a sentence about many types. If they are too many to read, only their number is written: users find a new type
/// by the operation that needs it.
fn of_types(types: &[&Change], sentence: &str) -> String {
    let names: Vec<String> = types.iter().map(|change| format!("`{}`", change.path)).collect();
    match names.len() > MAX_NAMED_TYPES {
        true => format!("{} {sentence}", names.len()),
        false => format!("{} {sentence}: {}", names.len(), names.join(", ")),
    }
}

fn groups(changes: &[&Change], list: &mut List<'_>) {
    for group in changes.chunk_by(|one, other| one.group == other.group) {
        let entries = merged(group);
        let own = format!("`{}`", group[0].group);
        match entries.as_slice() {
            [entry] => {
                // A sentence that names the group needs no heading.
                let is_named = entry.message.contains(&own) || entry.of.path == entry.of.group;
                let heading = if is_named { String::new() } else { format!("{own}: ") };
                list.entry(0, &format!("{heading}{}", entry.message));
                details(entry, 0, list);
            }
            entries => {
                list.entry(0, &format!("{own}:"));
                for entry in entries {
                    list.entry(1, &entry.message);
                    details(entry, 1, list);
                }
            }
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
        names => {
            Entry { message: format!("{}{}", joined(names), tail.replacen(" is ", " are ", 1)), ..entry }
        }
    });
    written.collect()
}

/// Joins names: `fields a and b`. The noun before the first name is written once.
fn joined(names: &[&str]) -> String {
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

/// Writes the advice, the causes, and the old and the new code of an entry.
fn details(entry: &Entry<'_>, level: usize, list: &mut List<'_>) {
    let change = entry.of;
    let format = list.format;
    if let Some(advice) = &change.advice {
        list.detail(level, "help", &format.sentence(advice));
    }
    if let Some((first, others)) = entry.causes.split_first() {
        let others = others.iter().filter(|cause| *cause != first).collect::<BTreeSet<_>>().len();
        let more = if others == 0 { String::new() } else { format!(", and {others} more") };
        list.detail(level, "cause", &format!("{}{more}", format.sentence(first)));
    }
    let (old, new) = match (&change.calls, shows_declarations(change.kind)) {
        (Some((old, new)), _) => (Some(old), Some(new)),
        (None, true) => (change.old.as_ref(), change.new.as_ref()),
        (None, false) => return,
    };
    for (label, code) in [("old", old), ("new", new)] {
        if let Some(code) = code {
            list.detail(level, label, &format.code(code));
        }
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

fn docs(changes: &[&Change], list: &mut List<'_>) {
    let names: Vec<String> =
        changes.iter().take(MAX_NAMED_DOCS).map(|change| format!("`{}`", change.path)).collect();
    let others = changes.len() - names.len();
    let others = if others == 0 { String::new() } else { format!(", and {others} more") };
    list.entry(0, &format!("{}{others}", names.join(", ")));
}
