//! Removes everything from a document that a failure does not need.

use serde_json::Value;

use crate::role::{count, node_mut};

/// Returns a smaller document for which `fails` is true, after at most `attempts` calls of `fails`.
///
/// # Examples
///
/// ```
/// let document = serde_json::json!({ "a": [1, { "b": "a long text" }], "c": { "d": null } });
/// let minimized = fuzz::minimize(document, 100, &mut |it| it.to_string().contains("long"));
/// assert_eq!(minimized, serde_json::json!({ "a": { "b": "a long text" } }));
/// ```
pub fn minimize(document: Value, attempts: usize, fails: &mut dyn FnMut(&Value) -> bool) -> Value {
    let mut search = Search { document, attempts, fails };
    loop {
        let before = count(&search.document);
        for change in [remove, hoist, shorten] {
            search.pass(change);
        }
        if search.attempts == 0 || count(&search.document) == before {
            return search.document;
        }
    }
}

/// Makes a document smaller at the value with a number. Returns false if that is not possible.
type Change = fn(&mut Value, usize) -> bool;

struct Search<'a> {
    document: Value,
    attempts: usize,
    fails: &'a mut dyn FnMut(&Value) -> bool,
}

impl Search<'_> {
    /// Tries a change at each value, outer values first, and keeps the changes after which the document still fails.
    fn pass(&mut self, change: Change) {
        let mut number = 1;
        while number < count(&self.document) && self.attempts > 0 {
            let mut smaller = self.document.clone();
            let is_kept = change(&mut smaller, number) && {
                self.attempts -= 1;
                (self.fails)(&smaller)
            };
            // The next value has the same number now.
            if is_kept && count(&smaller) < count(&self.document) {
                self.document = smaller;
                continue;
            }
            if is_kept {
                self.document = smaller;
            }
            number += 1;
        }
    }
}

/// Removes the value with a number from the list or the object that contains it.
fn remove(document: &mut Value, number: usize) -> bool {
    let mut rest = vec![(document, 0)];
    while let Some((value, first)) = rest.pop() {
        let mut child = first + 1;
        match value {
            Value::Array(elements) => {
                for index in 0..elements.len() {
                    if child == number {
                        elements.remove(index);
                        return true;
                    }
                    child += count(&elements[index]);
                }
                let mut child = first + 1;
                for element in elements {
                    let size = count(element);
                    if (child..child + size).contains(&number) {
                        rest.push((element, child));
                    }
                    child += size;
                }
            }
            Value::Object(fields) => {
                let mut found = None;
                for (key, field) in fields.iter() {
                    if child == number {
                        found = Some(key.clone());
                    }
                    child += count(field);
                }
                if let Some(key) = found {
                    return fields.shift_remove(&key).is_some();
                }
                let mut child = first + 1;
                for field in fields.values_mut() {
                    let size = count(field);
                    if (child..child + size).contains(&number) {
                        rest.push((field, child));
                    }
                    child += size;
                }
            }
            _ => {}
        }
    }
    false
}

/// Replaces an object or a list by its only object or list inside.
fn hoist(document: &mut Value, number: usize) -> bool {
    let Some(node) = node_mut(document, number) else { return false };
    let inner: Vec<Value> = match node {
        Value::Array(elements) => elements.clone(),
        Value::Object(fields) => fields.values().cloned().collect(),
        _ => return false,
    };
    let mut nested = inner.into_iter().filter(|value| value.is_object());
    let (Some(only), None) = (nested.next(), nested.next()) else { return false };
    *node = only;
    true
}

/// Shortens a text.
fn shorten(document: &mut Value, number: usize) -> bool {
    let Some(Value::String(text)) = node_mut(document, number) else { return false };
    if text.chars().count() <= 8 || text.starts_with("#/") {
        return false;
    }
    *text = text.chars().take(text.chars().count() / 2).collect();
    true
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn keeps_the_failure() {
        let document = json!({ "a": { "b": [{ "c": 1 }, { "needed": [true, false] }] }, "also": { "x": "needed" }, "d": 2 });
        let mut calls = 0;
        let fails = |it: &Value| it.to_string().matches("needed").count() == 2;
        let minimized = minimize(document, 1_000, &mut |it| {
            calls += 1;
            fails(it)
        });
        assert!(fails(&minimized), "{minimized}");
        assert!(count(&minimized) <= 6, "{minimized}");
        assert!(calls < 100, "{calls}");
    }

    #[test]
    fn stops_after_the_given_number_of_attempts() {
        let document = json!((0..1_000).collect::<Vec<_>>());
        let mut calls = 0;
        minimize(document, 10, &mut |_| {
            calls += 1;
            false
        });
        assert_eq!(calls, 10);
    }
}
