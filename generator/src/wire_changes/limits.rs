//! Limits of values in requests: an old client may send a value that the new limits exclude.
//!
//! Clients do not check limits, so no limit of a response matters. Imports `ir`.

use std::cmp::Ordering;

use super::comparison::{Comparison, Node};
use super::place::Place;
use super::value_kinds::{self as kinds, RequestKinds};
use super::view::View;
use super::{WireChangeKind, WireDirection, WireSeverity};
use crate::ir::{Constraint, CountRange, RangeEnd, Type};

/// The limits of a value.
#[derive(Clone, Copy, Default)]
struct Limits<'a> {
    from: Option<&'a RangeEnd>,
    to: Option<&'a RangeEnd>,
    multiple_of: Option<&'a str>,
    length: CountRange,
    pattern: Option<&'a str>,
    format: Option<&'a str>,
    items: CountRange,
    is_unique: bool,
    properties: CountRange,
    /// The constraints of items or property values.
    each: &'a [Constraint],
}

impl<'a> Limits<'a> {
    fn of(constraints: &'a [Constraint]) -> Self {
        let mut limits = Self::default();
        for constraint in constraints {
            match constraint {
                Constraint::Range { from, to } => (limits.from, limits.to) = (from.as_ref(), to.as_ref()),
                Constraint::MultipleOf(number) => limits.multiple_of = Some(number),
                Constraint::Length(range) => limits.length = *range,
                Constraint::Pattern(pattern) => limits.pattern = Some(pattern),
                Constraint::Format(format) => limits.format = Some(format),
                Constraint::Items(range) => limits.items = *range,
                Constraint::UniqueItems => limits.is_unique = true,
                Constraint::Properties(range) => limits.properties = *range,
                Constraint::Each(inner) => limits.each = inner,
                Constraint::Base64
                | Constraint::Base64Url
                | Constraint::RequiredProperties(_)
                | Constraint::Default(_) => {}
            }
        }
        limits
    }
}

/// Compares the constraints of a value in a request, unless its JSON type changed.
pub(super) fn compare_value<'a>(
    comparison: &mut Comparison<'a>,
    node: Node,
    place: &Place,
    (old_type, new_type): (&'a Type, &'a Type),
    (old, new): (&[Constraint], &[Constraint]),
) {
    let json_type = View::of(comparison.old, old_type).json_type();
    if json_type == View::of(comparison.new, new_type).json_type() {
        compare(comparison, node, place, old, new);
    }
}

/// Compares the constraints of a value in a request.
pub(super) fn compare(
    comparison: &mut Comparison<'_>,
    node: Node,
    place: &Place,
    old: &[Constraint],
    new: &[Constraint],
) {
    let mut place = place.clone();
    let (mut old, mut new) = (Limits::of(old), Limits::of(new));
    loop {
        let mut changes = Changes { place: &place, found: Vec::new() };
        changes.numbers(&old, &new);
        changes.texts(&old, &new);
        changes.counts(&old, &new);
        for (kind, severity, message) in changes.found {
            comparison.report((node, WireDirection::Request), (kind, severity), &place, message);
        }
        if new.each.is_empty() {
            return;
        }
        place = place.inside("the values");
        (old, new) = (Limits::of(old.each), Limits::of(new.each));
    }
}

/// The changes at one place.
struct Changes<'p> {
    place: &'p Place,
    found: Vec<(WireChangeKind, WireSeverity, String)>,
}

impl Changes<'_> {
    fn numbers(&mut self, old: &Limits<'_>, new: &Limits<'_>) {
        let ends = [
            (
                "maximum",
                (old.to, new.to),
                Ordering::Less,
                (kinds::MAX_SET, kinds::MAX_DECREASED),
                (kinds::EXCLUSIVE_MAX_SET, kinds::EXCLUSIVE_MAX_DECREASED),
            ),
            (
                "minimum",
                (old.from, new.from),
                Ordering::Greater,
                (kinds::MIN_SET, kinds::MIN_INCREASED),
                (kinds::EXCLUSIVE_MIN_SET, kinds::EXCLUSIVE_MIN_INCREASED),
            ),
        ];
        for (name, (old, new), narrower, inclusive, exclusive) in ends {
            let Some(new) = new else { continue };
            let (set, changed) = if new.is_exclusive { exclusive } else { inclusive };
            let name = if new.is_exclusive { format!("the exclusive {name}") } else { format!("the {name}") };
            match old {
                None => self.add(set, WireSeverity::Warning, &name, None, &new.number),
                Some(old) if is_narrower(old, new, narrower) => {
                    let before =
                        format!("{}{}", if old.is_exclusive { "exclusive " } else { "" }, old.number);
                    self.add(changed, WireSeverity::Error, &name, Some(&before), &new.number);
                }
                Some(_) => {}
            }
        }
        if let Some(number) = new.multiple_of.filter(|new| !is_multiple(old.multiple_of, new)) {
            let kind = kinds::MULTIPLE_OF_CHANGED.of(self.place.subject);
            let before =
                old.multiple_of.map_or_else(|| "any number".to_owned(), |old| format!("one of {old}"));
            let message = format!("{} has to be a multiple of {number}; it was {before}", self.place.name);
            let is_new = old.multiple_of.is_none();
            self.found.push((
                kind,
                if is_new { WireSeverity::Warning } else { WireSeverity::Error },
                message,
            ));
        }
    }

    fn texts(&mut self, old: &Limits<'_>, new: &Limits<'_>) {
        self.at_most(
            "the maximum length",
            (old.length, new.length),
            kinds::MAX_LENGTH_SET,
            kinds::MAX_LENGTH_DECREASED,
        );
        self.at_least(
            "the minimum length",
            (old.length, new.length),
            kinds::MIN_LENGTH_INCREASED,
            kinds::MIN_LENGTH_INCREASED,
        );
        let quoted = |text: &str| format!("`{text}`");
        match (old.pattern.map(quoted), new.pattern.map(quoted)) {
            (None, Some(new)) => {
                self.add(kinds::PATTERN_ADDED, WireSeverity::Error, "the pattern", None, &new);
            }
            (Some(old), Some(new)) if old != new => {
                self.add(kinds::PATTERN_CHANGED, WireSeverity::Warning, "the pattern", Some(&old), &new);
            }
            _ => {}
        }
        // Servers do not have to check formats.
        if let Some(format) = new.format.filter(|new| old.format != Some(*new)) {
            let kind = kinds::TYPE_CHANGED.of(WireDirection::Request, self.place.subject);
            let message = self.message("the format", old.format.map(quoted).as_deref(), &quoted(format));
            self.found.push((kind, WireSeverity::Warning, message));
        }
    }

    fn counts(&mut self, old: &Limits<'_>, new: &Limits<'_>) {
        let items = (old.items, new.items);
        self.at_most("the maximum number of items", items, kinds::MAX_ITEMS_SET, kinds::MAX_ITEMS_DECREASED);
        self.at_least("the minimum number of items", items, kinds::MIN_ITEMS_SET, kinds::MIN_ITEMS_INCREASED);
        let properties = (old.properties, new.properties);
        let kind = kinds::MAX_PROPERTIES_DECREASED;
        self.at_most("the maximum number of properties", properties, kind, kind);
        let kind = kinds::MIN_PROPERTIES_INCREASED;
        self.at_least("the minimum number of properties", properties, kind, kind);
        if new.is_unique && !old.is_unique {
            let kind = kinds::UNIQUE_ITEMS_ADDED.of(self.place.subject);
            let message = format!("the items of {} have to be distinct", self.place.name);
            self.found.push((kind, WireSeverity::Warning, message));
        }
    }

    fn at_most(
        &mut self,
        name: &str,
        (old, new): (CountRange, CountRange),
        set: RequestKinds,
        decreased: RequestKinds,
    ) {
        let Some(most) = new.at_most.filter(|new| old.at_most.is_none_or(|old| *new < old)) else { return };
        match old.at_most {
            None => self.add(set, WireSeverity::Warning, name, None, &most.to_string()),
            Some(old) => {
                self.add(decreased, WireSeverity::Error, name, Some(&old.to_string()), &most.to_string());
            }
        }
    }

    fn at_least(
        &mut self,
        name: &str,
        (old, new): (CountRange, CountRange),
        set: RequestKinds,
        increased: RequestKinds,
    ) {
        let Some(least) = new.at_least.filter(|new| *new > old.at_least.unwrap_or(0)) else { return };
        match old.at_least {
            None => self.add(set, WireSeverity::Warning, name, None, &least.to_string()),
            Some(old) => {
                self.add(increased, WireSeverity::Error, name, Some(&old.to_string()), &least.to_string());
            }
        }
    }

    fn add(
        &mut self,
        kinds: RequestKinds,
        severity: WireSeverity,
        limit: &str,
        old: Option<&str>,
        new: &str,
    ) {
        let message = self.message(limit, old, new);
        self.found.push((kinds.of(self.place.subject), severity, message));
    }

    fn message(&self, limit: &str, old: Option<&str>, new: &str) -> String {
        let before = old.map_or_else(|| "it had none".to_owned(), |old| format!("it was {old}"));
        format!("{limit} of {} is {new}; {before}", self.place.name)
    }
}

/// Returns true if the new end of a range excludes a number that the old end includes.
fn is_narrower(old: &RangeEnd, new: &RangeEnd, narrower: Ordering) -> bool {
    match order(&new.number, &old.number) {
        Some(Ordering::Equal) => new.is_exclusive && !old.is_exclusive,
        Some(order) => order == narrower,
        None => false,
    }
}

fn order(one: &str, other: &str) -> Option<Ordering> {
    match (one.parse::<i128>(), other.parse::<i128>()) {
        (Ok(one), Ok(other)) => Some(one.cmp(&other)),
        _ => one.parse::<f64>().ok()?.partial_cmp(&other.parse::<f64>().ok()?),
    }
}

/// Returns true if every multiple of `old` is one of `new`.
fn is_multiple(old: Option<&str>, new: &str) -> bool {
    let Some(old) = old else { return false };
    match (old.parse::<i128>(), new.parse::<i128>()) {
        (Ok(old), Ok(new)) if new != 0 => old % new == 0,
        _ => old == new,
    }
}
