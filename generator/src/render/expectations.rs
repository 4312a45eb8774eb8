//! What a server expects of a value, in a sentence.

use super::docs;
use crate::ir::{Count, End, Expectation};

/// One line of Markdown; none where nothing is expected.
pub(super) fn line(expectations: &[Expectation]) -> Option<String> {
    let clauses: Vec<String> = expectations.iter().filter_map(clause).collect();
    let default = expectations.iter().find_map(|expectation| match expectation {
        Expectation::Default(value) => Some(format!("Default: {}.", docs::code(value))),
        _ => None,
    });
    let sentence = (!clauses.is_empty()).then(|| format!("{}.", capitalized(&clauses.join("; "))));
    let sentences: Vec<String> = sentence.into_iter().chain(default).collect();
    (!sentences.is_empty()).then(|| sentences.join(" "))
}

fn clause(expectation: &Expectation) -> Option<String> {
    Some(match expectation {
        Expectation::Range { from, to } => range(from.as_ref(), to.as_ref()),
        Expectation::MultipleOf(number) => format!("a multiple of {number}"),
        Expectation::Characters(count) => counted(*count, "character"),
        Expectation::Pattern(pattern) => format!("matches {}", docs::code(pattern)),
        Expectation::Format(format) => format!("format {}", docs::code(format)),
        Expectation::Base64 => "base64 on the wire, decoded here".to_owned(),
        Expectation::Base64Url => "base64url on the wire, decoded here".to_owned(),
        Expectation::Items(count) => counted(*count, "item"),
        Expectation::Distinct => "no item twice".to_owned(),
        Expectation::Members(count) => counted(*count, "member"),
        Expectation::Present(names) => {
            let names: Vec<String> = names.iter().map(|name| docs::code(name)).collect();
            format!("with {} beside the fields", names.join(" and "))
        }
        Expectation::Each(inner) => {
            let inner: Vec<String> = inner.iter().filter_map(clause).collect();
            format!("each: {}", inner.join(", "))
        }
        Expectation::Default(_) => return None,
    })
}

fn range(from: Option<&End>, to: Option<&End>) -> String {
    let lower = |end: &End| match end.is_exclusive {
        true => format!("more than {}", end.number),
        false => format!("at least {}", end.number),
    };
    let upper = |end: &End| match end.is_exclusive {
        true => format!("less than {}", end.number),
        false => format!("at most {}", end.number),
    };
    match (from, to) {
        (Some(from), Some(to)) if !from.is_exclusive && !to.is_exclusive => {
            if from.number == to.number {
                format!("always {}", from.number)
            } else {
                format!("between {} and {}", from.number, to.number)
            }
        }
        (Some(from), Some(to)) => format!("{} and {}", lower(from), upper(to)),
        (from, to) => from.map(lower).or_else(|| to.map(upper)).unwrap_or_default(),
    }
}

fn counted(count: Count, what: &str) -> String {
    let several = |number: usize| if number == 1 { what.to_owned() } else { format!("{what}s") };
    match (count.at_least, count.at_most) {
        (Some(least), Some(most)) if least == most => format!("exactly {least} {}", several(least)),
        (Some(least), Some(most)) => format!("{least} to {most} {}", several(most)),
        (Some(least), None) => format!("at least {least} {}", several(least)),
        (None, Some(most)) => format!("at most {most} {}", several(most)),
        (None, None) => format!("any number of {}", several(0)),
    }
}

fn capitalized(text: &str) -> String {
    let mut characters = text.chars();
    match characters.next() {
        Some(first) => first.to_ascii_uppercase().to_string() + characters.as_str(),
        None => String::new(),
    }
}
