//! What the variants of a union are called: what tells them apart, without the words that they have in common.

use super::ident::{Case, Ident, is_keyword, to_case, words};
use super::scope::Scope;
use super::types::VariantNames;
use crate::ir::Shape;

/// The names of the variants of a union that is called `union`.
pub(super) fn allocate(it: &Shape, union: &Ident) -> Vec<VariantNames> {
    let mut variants = Scope::reserving(Case::Camel, "Value", &["Unknown"]);
    let mut accessors = Scope::reserving(Case::Snake, "as_value", &["as_unknown"]);
    let keys: Vec<(&str, bool)> = match it {
        Shape::Union(it) => it.alternatives.iter().map(|it| (it.variant.key.as_str(), it.is_named)).collect(),
        shape => shape.variants().map(|variant| (variant.key.as_str(), false)).collect(),
    };
    let variant = |key: String| {
        let ident = variants.allocate_or(&key, &[&format!("{key} value")]);
        let accessor = accessors.allocate(&format!("as {}", ident.as_str()));
        VariantNames { ident, accessor }
    };
    shortened(&keys, union.as_str()).into_iter().map(variant).collect()
}

/// Names without what all of them repeat, and without the name of the union itself where several repeat that.
///
/// It concerns those only that are called after a schema. What the document calls a value stays.
fn shortened(keys: &[(&str, bool)], union: &str) -> Vec<String> {
    let mut names = Names {
        words: keys.iter().map(|(key, _)| words(key)).collect(),
        keys: keys.iter().map(|(key, _)| (*key).to_owned()).collect(),
    };
    let named: Vec<usize> = (0..keys.len()).filter(|index| keys[*index].1).collect();
    if named.len() > 1 {
        // All of it or nothing: of `ShardKey` and `ShardKeyWithFallback` half a name would be left.
        let is_shorter = |names: &mut Names, end| {
            let common = names.common(&named, end);
            common > 0 && names.strip(&named, end, common)
        };
        if !is_shorter(&mut names, End::Last) {
            is_shorter(&mut names, End::First);
        }
        let own = words(union);
        for end in [End::Last, End::First] {
            let repeating: Vec<usize> = named
                .iter()
                .copied()
                .filter(|index| end.part(&names.words[*index], own.len()) == own)
                .collect();
            if repeating.len() > 1 {
                for index in repeating {
                    names.strip(&[index], end, own.len());
                }
            }
        }
    }
    names.keys
}

/// Which end of a name.
#[derive(Clone, Copy)]
enum End {
    First,
    Last,
}

impl End {
    /// So many words at this end, or all of them if there are no more.
    fn part(self, words: &[String], count: usize) -> &[String] {
        let count = count.min(words.len());
        match self {
            Self::First => &words[..count],
            Self::Last => &words[words.len() - count..],
        }
    }

    /// The words without so many at this end.
    fn rest(self, words: &[String], count: usize) -> &[String] {
        let rest = words.len().saturating_sub(count);
        match self {
            Self::First => Self::Last.part(words, rest),
            Self::Last => Self::First.part(words, rest),
        }
    }
}

/// What variants would like to be called, and the words of it.
struct Names {
    keys: Vec<String>,
    words: Vec<Vec<String>>,
}

impl Names {
    /// How many words some names have in common at one end.
    fn common(&self, named: &[usize], end: End) -> usize {
        let first = &self.words[named[0]];
        let is_common = |count: &usize| {
            named.iter().all(|index| end.part(&self.words[*index], *count) == end.part(first, *count))
        };
        (1..=first.len()).take_while(is_common).last().unwrap_or_default()
    }

    /// Takes words from one end of some names, if what is left of them are names, and no two alike.
    fn strip(&mut self, named: &[usize], end: End, count: usize) -> bool {
        let mut words = self.words.clone();
        for index in named {
            words[*index] = end.rest(&self.words[*index], count).to_vec();
        }
        let all: Vec<String> = words.iter().map(|words| words.concat()).collect();
        let is_fit = |index: &usize| {
            is_name(&words[*index]) && all.iter().filter(|other| **other == all[*index]).count() == 1
        };
        if !named.iter().all(is_fit) {
            return false;
        }
        for index in named {
            self.keys[*index] = words[*index].join(" ");
        }
        self.words = words;
        true
    }
}

/// Whether words make a name that needs nothing added.
fn is_name(words: &[String]) -> bool {
    let name = to_case(&words.join(" "), Case::Camel);
    name.starts_with(|first: char| first.is_ascii_alphabetic()) && !is_keyword(&name) && name != "Unknown"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(union: &str, names: &[&str], others: &[&str], expected: &[&str]) {
        let named = names.iter().map(|name| (*name, true));
        let keys: Vec<(&str, bool)> = named.chain(others.iter().map(|name| (*name, false))).collect();
        let found = shortened(&keys, union);
        let found: Vec<String> = found.iter().map(|name| to_case(name, Case::Camel)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn what_all_repeat_is_left_out() {
        check("Reply", &["PongCallbackRequest", "ModalCallbackRequest"], &[], &["Pong", "Modal"]);
        check("Reply", &["ShapeCircle", "ShapeSquare"], &["string"], &["Circle", "Square", "String"]);
    }

    #[test]
    fn the_union_is_not_repeated_where_several_would() {
        check("Query", &["NearestQuery", "FusionQuery", "Vector"], &[], &["Nearest", "Fusion", "Vector"]);
        check("Event", &["EventOpened", "EventClosed", "Other"], &[], &["Opened", "Closed", "Other"]);
        check("Query", &["NearestQuery", "Vector"], &[], &["NearestQuery", "Vector"]);
    }

    #[test]
    fn what_is_left_is_a_name_of_its_own() {
        check("Reply", &["Page", "UserPage"], &[], &["Page", "UserPage"]);
        check("Reply", &["UserPage", "AdminUserPage"], &[], &["UserPage", "AdminUserPage"]);
        check(
            "Reply",
            &["StringFilter", "BoolFilter"],
            &["string"],
            &["StringFilter", "BoolFilter", "String"],
        );
        check("Reply", &["UnknownKind", "SelfKind"], &[], &["UnknownKind", "SelfKind"]);
        check("Reply", &["_2faKind", "MailKind"], &[], &["_2faKind", "MailKind"]);
        check("Query", &["Query", "NearestQuery", "FusionQuery"], &[], &["Query", "Nearest", "Fusion"]);
    }

    #[test]
    fn what_the_document_calls_a_value_stays() {
        check("Event", &[], &["user.created", "user.deleted"], &["UserCreated", "UserDeleted"]);
        check("Event", &["OnlyEvent"], &["event"], &["OnlyEvent", "Event"]);
    }
}
