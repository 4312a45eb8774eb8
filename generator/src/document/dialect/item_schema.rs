//! `itemSchema`, by which 3.2 says what the items of a stream are: as the `schema` of a list of them.
//!
//! An event is described there as an object of `event`, `id` and `data`, and what `data` holds by `contentSchema`. Here
//! events have these members anyway, and the item is what `data` holds: text, where the description does not say more.

use serde_json::Value;

use super::{Dialect, Object};
use crate::document::place::Place;

impl Dialect<'_> {
    /// Rewrites the content of a media type, and the schema that has moved.
    pub(super) fn item_schema(&mut self, media_type: &str, content: &mut Value, at: &Place<'_>) {
        let Some(members) = content.as_object_mut() else { return };
        let Some(item) = members.shift_remove("itemSchema") else { return };
        let place = at.key("itemSchema");
        let (item, written) = match is_of_events(media_type) {
            false => (item, place.pointer()),
            true => match data(&item) {
                Some(data) => {
                    (data.clone(), place.pointer().child("properties").child("data").child("contentSchema"))
                }
                None => (Value::Object(Object::from_iter([text()])), place.pointer()),
            },
        };
        let list = Object::from_iter([("type".to_owned(), Value::from("array")), ("items".to_owned(), item)]);
        self.moves.moved_tree(at.key("schema").key("items").pointer(), written);
        members.insert("schema".to_owned(), Value::Object(list));
    }
}

fn is_of_events(media_type: &str) -> bool {
    let essence = media_type.split(';').next().unwrap_or_default();
    essence.trim().eq_ignore_ascii_case("text/event-stream")
}

fn text() -> (String, Value) {
    ("type".to_owned(), Value::from("string"))
}

/// What the data of an event holds in JSON, if that is what it holds.
fn data(event: &Value) -> Option<&Value> {
    let data = event.get("properties")?.get("data")?;
    let kind = data.get("contentMediaType").and_then(Value::as_str)?;
    data.get("contentSchema").filter(|_| kind.ends_with("json"))
}
