//! Constraints of a value, in a sentence.

use super::docs;
use crate::ir::{Constraint, CountRange, RangeEnd};

/// The constraints as one line of Markdown; `None` if there are none.
pub(super) fn line(constraints: &[Constraint]) -> Option<String> {
    let mut clauses: Vec<String> = Vec::new();
    let mut labeled = Vec::new();
    for constraint in constraints {
        match (constraint, clauses.last_mut()) {
            (Constraint::Format(format), _) => labeled.push(format!("Format: {}.", docs::code(format))),
            (Constraint::Default(value), _) => labeled.push(format!("Default: {}.", docs::code(value))),
            (Constraint::UniqueItems, _) if has_at_most_one_item(constraints) => {}
            (Constraint::UniqueItems, Some(last)) => last.push_str(", which must be unique"),
            (Constraint::Each(inner), _) => clauses.extend(each(inner)),
            (constraint, _) => clauses.extend(clause(constraint)),
        }
    }
    let sentence = (!clauses.is_empty()).then(|| format!("{}.", capitalized(&clauses.join("; "))));
    let sentences: Vec<String> = sentence.into_iter().chain(labeled).collect();
    (!sentences.is_empty()).then(|| sentences.join(" "))
}

fn clause(constraint: &Constraint) -> Option<String> {
    Some(match constraint {
        Constraint::Range { from, to } => range(from.as_ref(), to.as_ref()),
        Constraint::MultipleOf(number) => format!("a multiple of {number}"),
        Constraint::Length(count) => counted(*count, "character", "characters"),
        Constraint::Pattern(pattern) => format!("matches {}", docs::code(pattern)),
        Constraint::Format(format) => format!("format {}", docs::code(format)),
        Constraint::Base64 => "sent as base64".to_owned(),
        Constraint::Base64Url => "sent as base64url".to_owned(),
        Constraint::Items(count) => counted(*count, "item", "items"),
        Constraint::UniqueItems => "items must be unique".to_owned(),
        Constraint::Properties(count) => counted(*count, "property", "properties"),
        Constraint::RequiredProperties(names) => {
            let names: Vec<String> = names.iter().map(|name| docs::code(name)).collect();
            format!("requires {}, which the document does not define", docs::listed(&names))
        }
        Constraint::Each(_) | Constraint::Default(_) => return None,
    })
}

fn has_at_most_one_item(constraints: &[Constraint]) -> bool {
    let is_few = |count: &CountRange| count.at_most.is_some_and(|most| most <= 1);
    constraints.iter().any(|constraint| matches!(constraint, Constraint::Items(count) if is_few(count)))
}

/// A clause about the items of a list, or the values of a map.
fn each(constraints: &[Constraint]) -> Option<String> {
    let predicate = |constraint: &Constraint| {
        let clause = clause(constraint)?;
        Some(match constraint {
            Constraint::Range { .. } | Constraint::MultipleOf(_) => format!("is {clause}"),
            Constraint::Base64 | Constraint::Base64Url => format!("is {clause}"),
            Constraint::Length(_) | Constraint::Items(_) | Constraint::Properties(_) => {
                format!("has {clause}")
            }
            Constraint::Format(_) => format!("has the {clause}"),
            Constraint::UniqueItems => "has unique items".to_owned(),
            _ => clause,
        })
    };
    let predicates: Vec<String> = constraints.iter().filter_map(predicate).collect();
    (!predicates.is_empty()).then(|| format!("each {}", docs::listed(&predicates)))
}

fn range(from: Option<&RangeEnd>, to: Option<&RangeEnd>) -> String {
    let lower = |end: &RangeEnd| match end.is_exclusive {
        true => format!("more than {}", end.number),
        false => format!("at least {}", end.number),
    };
    let upper = |end: &RangeEnd| match end.is_exclusive {
        true => format!("less than {}", end.number),
        false => format!("at most {}", end.number),
    };
    match (from, to) {
        (Some(from), Some(to)) if !from.is_exclusive && !to.is_exclusive => {
            if from.number == to.number {
                format!("exactly {}", from.number)
            } else {
                format!("between {} and {}", from.number, to.number)
            }
        }
        (Some(from), Some(to)) => format!("{} and {}", lower(from), upper(to)),
        (from, to) => from.map(lower).or_else(|| to.map(upper)).unwrap_or_default(),
    }
}

fn counted(count: CountRange, singular: &str, plural: &str) -> String {
    let several = |number: usize| if number == 1 { singular } else { plural };
    match (count.at_least, count.at_most) {
        (Some(least), Some(most)) if least == most => format!("exactly {least} {}", several(least)),
        (Some(least), Some(most)) => format!("{least} to {most} {}", several(most)),
        (Some(least), None) => format!("at least {least} {}", several(least)),
        (None, Some(most)) => format!("at most {most} {}", several(most)),
        (None, None) => format!("any number of {}", several(0)),
    }
}

/// Returns a text with a capital first letter.
pub(super) fn capitalized(text: &str) -> String {
    let mut characters = text.chars();
    match characters.next() {
        Some(first) => first.to_ascii_uppercase().to_string() + characters.as_str(),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::line;
    use crate::ir::{Constraint, CountRange};

    #[track_caller]
    fn check(constraints: &[Constraint], expected: &str) {
        assert_eq!(line(constraints).unwrap_or_default(), expected);
    }

    #[test]
    fn labels_stand_after_the_other_constraints() {
        let email = || Constraint::Format("email".to_owned());
        let items = Constraint::Items(CountRange { at_least: None, at_most: Some(2) });
        check(&[], "");
        check(&[email()], "Format: `email`.");
        check(&[Constraint::UniqueItems], "Items must be unique.");
        let one = Constraint::Items(CountRange { at_least: Some(1), at_most: Some(1) });
        check(&[one, Constraint::UniqueItems], "Exactly 1 item.");
        check(
            &[items, Constraint::UniqueItems, Constraint::Each(vec![email()])],
            "At most 2 items, which must be unique; each has the format `email`.",
        );
        let length = Constraint::Length(CountRange { at_least: Some(1), at_most: Some(9) });
        check(
            &[Constraint::Each(vec![length, Constraint::Pattern("a".to_owned()), email()])],
            "Each has 1 to 9 characters, matches `a` and has the format `email`.",
        );
        check(
            &[email(), Constraint::Pattern("a".to_owned()), Constraint::Default("1".to_owned())],
            "Matches `a`. Format: `email`. Default: `1`.",
        );
    }
}
