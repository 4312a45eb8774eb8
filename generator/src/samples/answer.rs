//! What a server answers that knows nothing but the document: its examples, and values made from its schemas.
//!
//! A listing has one page: a client that follows the pages comes to an end.

use serde_json::{Value, json};

use super::fits::fits;
use super::received;
use crate::ir::{Api, Content, Counted, Member, Operation, Pages, ReplyBody, Shape, Type};

/// A body of an operation's answer, in JSON. Text and bytes are a text; what goes on and on is a list. None where no
/// value can be made.
pub(crate) fn answer(api: &Api, operation: &Operation, body: &ReplyBody) -> Option<Value> {
    let example = body.example.as_ref();
    match &body.content {
        Content::Json(ty) => {
            let given = example.filter(|value| fits(api, ty, value)).cloned();
            let mut value = given.or_else(|| received(api, ty))?;
            if let Some(pages) = &operation.pages {
                end(api, ty, pages, &mut value);
            }
            Some(value)
        }
        Content::Events(Some(ty)) | Content::Lines(ty) => {
            let several = |value: &&Value| fits(api, &Type::List(Box::new(ty.clone())), value);
            let given = example.filter(several).cloned();
            let one = || example.filter(|value| fits(api, ty, value)).cloned().or_else(|| received(api, ty));
            given.or_else(|| one().map(|value| json!([value])))
        }
        Content::Events(None) => Some(json!(["text"])),
        Content::Text | Content::TextOrJson | Content::Bytes => {
            Some(example.filter(|value| value.is_string()).cloned().unwrap_or_else(|| json!("text")))
        }
    }
}

/// Makes a page the last one.
fn end(api: &Api, ty: &Type, pages: &Pages, page: &mut Value) {
    let mut set = |path: Option<&Vec<String>>, values: &[Option<Value>]| {
        path.is_some_and(|path| values.iter().any(|value| replace(api, ty, page, path, value.as_ref())))
    };
    set(pages.token.as_ref().map(|(path, _)| path), &[None, Some(Value::Null), Some(json!(""))]);
    let is_marked = set(pages.more.as_ref(), &[Some(json!(false)), None, Some(Value::Null)])
        | set(pages.done.as_ref(), &[Some(json!(true))]);
    let Some((counted, _)) = &pages.count else { return };
    // What is counted has to come to an end as well: by how many there are, or by a page without any.
    let fields = pages.items.iter().flat_map(|items| &items.fields);
    let items: Vec<String> = fields.filter_map(|member| field_name(api, *member)).collect();
    let length = look(page, &items).and_then(|items| items.as_array()).map_or(0, Vec::len);
    let total = match counted {
        Counted::Items => length,
        Counted::Pages { .. } => 1,
    };
    let mut set = |path: &[String], value: &Value| replace(api, ty, page, path, Some(value));
    let is_counted = pages
        .total
        .as_ref()
        .is_some_and(|path| set(path, &json!(total)) || set(path, &json!(total.to_string())));
    if !is_marked && !is_counted {
        set(&items, &json!([]));
    }
}

/// Puts a value at a path, or takes away what is there. False where that would not fit the type: then all is left as
/// it was.
fn replace(api: &Api, ty: &Type, page: &mut Value, path: &[String], value: Option<&Value>) -> bool {
    let mut changed = page.clone();
    match (path.split_last(), value) {
        (None, Some(value)) => changed = value.clone(),
        (None, None) => return false,
        (Some((last, parents)), value) => {
            let parent = parents.iter().try_fold(&mut changed, |value, name| value.get_mut(name));
            let Some(Value::Object(members)) = parent else { return value.is_none() };
            match value {
                Some(value) => drop(members.insert(last.clone(), value.clone())),
                None => drop(members.remove(last)),
            }
        }
    }
    let is_fine = fits(api, ty, &changed);
    if is_fine {
        *page = changed;
    }
    is_fine
}

fn look<'v>(value: &'v Value, path: &[String]) -> Option<&'v Value> {
    path.iter().try_fold(value, |value, name| value.get(name))
}

fn field_name(api: &Api, member: Member) -> Option<String> {
    match &api.type_def(member.of).shape {
        Shape::Struct(it) => it.fields.get(member.field).map(|field| field.name.clone()),
        _ => None,
    }
}
