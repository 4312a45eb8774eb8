//! Finds defaults that the description of an item states, so that its documentation does not repeat them.

use crate::ir::{Constraint, Docs, TypeDef, TypeName};

/// Returns the constraints of an item, without a default that the description states.
pub(crate) fn unstated(docs: &Docs) -> Vec<Constraint> {
    let states = |constraint: &&Constraint| match (constraint, &docs.text) {
        (Constraint::Default(json), Some(text)) => states_default(text, json),
        _ => false,
    };
    docs.constraints.iter().filter(|constraint| !states(constraint)).cloned().collect()
}

/// Returns the constraints of a named type. The default of an inline schema is the default of the field, whose
/// documentation has it.
pub(crate) fn unstated_of_type(def: &TypeDef) -> Vec<Constraint> {
    let mut constraints = unstated(&def.docs);
    if !matches!(def.name, TypeName::Component { .. }) {
        constraints.retain(|constraint| !matches!(constraint, Constraint::Default(_)));
    }
    constraints
}

/// Returns true if the text has the word "default" and, right after it, the value: `defaults to 5`, `Default value: 5`.
fn states_default(text: &str, json: &str) -> bool {
    let value = json.trim_matches('"').to_lowercase();
    if value.is_empty() {
        return false;
    }
    let text = text.to_lowercase();
    let is_word = |character: char| character.is_alphanumeric() || character == '_';
    text.match_indices("default").any(|(start, word)| {
        let mut after = &text[start + word.len()..];
        after = after.strip_prefix('s').unwrap_or(after);
        loop {
            after = after.trim_start_matches(|it: char| it.is_whitespace() || ":=`'\"(*".contains(it));
            let links = ["value ", "value:", "is ", "is:", "to ", "to:", "of "];
            match links.iter().find_map(|link| after.strip_prefix(link)) {
                Some(rest) => after = rest,
                None => break,
            }
        }
        after.strip_prefix(value.as_str()).is_some_and(|rest| {
            // `5` is not stated by `5.5`.
            let rest = rest.strip_prefix('.').unwrap_or(rest);
            !rest.starts_with(is_word)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::states_default;

    #[track_caller]
    fn check(text: &str, json: &str, expected: bool) {
        assert_eq!(states_default(text, json), expected, "{text}: {json}");
    }

    #[test]
    fn a_default_is_stated_after_the_word() {
        check("Limit. Defaults to 50.", "50", true);
        check("The host (defaults to `127.0.0.1`).", "\"127.0.0.1\"", true);
        check("Default: and_", "\"and_\"", true);
        check("If not set, the default is True", "true", true);
        check("The default value is `50`", "50", true);
        check("The default applies if more than 50 are requested.", "50", false);
        check("Non-default values above 50 are slow.", "50", false);
        check("Defaults to 50.", "5", false);
        check("Defaults to 5.5.", "5", false);
        check("At most 50. The default depends on the plan.", "50", false);
        check("The default depends on the plan. At most 50.", "50", false);
        check("Empty by default.", "\"\"", false);
    }
}
