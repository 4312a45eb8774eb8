//! Response bodies of the mock server: examples of the document, or values made from its schemas.
//!
//! A page is always the last one, so that a client that reads all pages stops.

use serde_json::{Value, json};

use super::Samples;
use super::decodable::decodes;
use crate::ir::{Api, Content, FieldRef, Operation, Pagination, Reply, ReplyBody, Shape, Type};

/// The reply of the mock server to an operation.
#[derive(Debug)]
pub(crate) struct MockReply<'a> {
    pub(crate) status: u16,
    /// Possible bodies, the default first. Empty if the response has no body.
    pub(crate) bodies: Vec<MockBody<'a>>,
}

/// A body of a [`MockReply`].
#[derive(Debug)]
pub(crate) struct MockBody<'a> {
    /// Media type, never a range.
    pub(crate) media_type: &'a str,
    pub(crate) content: &'a Content,
    /// The body as JSON: a string for text and bytes, and a list for a stream. `None` if no value can be made.
    pub(crate) value: Option<Value>,
}

/// Makes the reply of the mock server to each operation.
pub(crate) fn mock_replies<'a>(api: &Api, replies: &'a [Reply]) -> Vec<MockReply<'a>> {
    let samples = Samples::of(api);
    let replies = api.operations.iter().zip(replies);
    let reply = |(operation, reply): (&Operation, &'a Reply)| {
        let bodies = reply.bodies.iter().map(|body| MockBody {
            media_type: &body.media_type,
            content: &body.content,
            value: samples.response(operation, body),
        });
        MockReply { status: reply.status, bodies: bodies.collect() }
    };
    replies.map(reply).collect()
}

impl Samples<'_> {
    /// Makes a response body, as JSON: a string for text and bytes, and a list for a stream. Returns `None` if no value
    /// can be made.
    fn response(&self, operation: &Operation, body: &ReplyBody) -> Option<Value> {
        let (api, example) = (self.api, body.example.as_ref());
        match &body.content {
            Content::Json(ty) => {
                let example_value = example.filter(|value| decodes(api, ty, value)).cloned();
                let mut value = example_value.or_else(|| self.received(ty))?;
                if let Some(pages) = &operation.pages {
                    mark_as_last_page(api, ty, pages, &mut value);
                }
                Some(value)
            }
            Content::Events(Some(ty)) | Content::Lines(ty) => {
                let is_list = |value: &&Value| decodes(api, &Type::List(Box::new(ty.clone())), value);
                let example_value = example.filter(is_list).cloned();
                let single =
                    || example.filter(|value| decodes(api, ty, value)).cloned().or_else(|| self.received(ty));
                example_value.or_else(|| single().map(|value| json!([value])))
            }
            Content::Events(None) => Some(json!(["text"])),
            Content::Text | Content::TextOrJson | Content::Bytes => {
                Some(example.filter(|value| value.is_string()).cloned().unwrap_or_else(|| json!("text")))
            }
        }
    }
}

/// Changes a page so that it is the last one.
fn mark_as_last_page(api: &Api, ty: &Type, pages: &Pagination, page: &mut Value) {
    let mut set = |path: Option<&Vec<String>>, values: &[Option<Value>]| {
        path.is_some_and(|path| values.iter().any(|value| set_at_path(api, ty, page, path, value.as_ref())))
    };
    set(pages.token.as_ref().map(|(path, _)| path), &[None, Some(Value::Null), Some(json!(""))]);
    let has_flag = set(pages.more.as_ref(), &[Some(json!(false)), None, Some(Value::Null)])
        | set(pages.done.as_ref(), &[Some(json!(true))]);
    let fields = pages.items.iter().flat_map(|items| &items.fields);
    let items: Vec<String> = fields.filter_map(|field_ref| property_name(api, *field_ref)).collect();
    let length = at_path(page, &items).and_then(|items| items.as_array()).map_or(0, Vec::len);
    let mut set = |path: &[String], value: &Value| set_at_path(api, ty, page, path, Some(value));
    let mut set_total = |path: &Option<Vec<String>>, total: usize| {
        let path = path.as_ref();
        path.is_some_and(|path| set(path, &json!(total)) || set(path, &json!(total.to_string())))
    };
    let has_total = set_total(&pages.total, length) | set_total(&pages.total_pages, 1);
    // Pagination by offset or page number ends by a total, or else by an empty page.
    if pages.count.is_none() {
        return;
    }
    if !has_flag && !has_total {
        set(&items, &json!([]));
    }
}

/// Sets the value at a path, or removes the property if `value` is `None`. If the result would not decode as the type,
/// leaves the page unchanged and returns `false`.
fn set_at_path(api: &Api, ty: &Type, page: &mut Value, path: &[String], value: Option<&Value>) -> bool {
    let mut changed = page.clone();
    match (path.split_last(), value) {
        (None, Some(value)) => changed = value.clone(),
        (None, None) => return false,
        (Some((last, parents)), value) => {
            let parent = parents.iter().try_fold(&mut changed, |value, name| value.get_mut(name));
            let Some(Value::Object(properties)) = parent else { return value.is_none() };
            match value {
                Some(value) => drop(properties.insert(last.clone(), value.clone())),
                None => drop(properties.remove(last)),
            }
        }
    }
    let is_valid = decodes(api, ty, &changed);
    if is_valid {
        *page = changed;
    }
    is_valid
}

fn at_path<'v>(value: &'v Value, path: &[String]) -> Option<&'v Value> {
    path.iter().try_fold(value, |value, name| value.get(name))
}

fn property_name(api: &Api, field_ref: FieldRef) -> Option<String> {
    match &api.type_def(field_ref.of).shape {
        Shape::Struct(it) => it.fields.get(field_ref.field).map(|field| field.name.clone()),
        _ => None,
    }
}
