//! Optional properties that can be null: reading them, and sending a value, null or nothing.

use super::super::context::Context;
use super::super::snippet::{code, named};
use super::markdown::paragraph;

/// The section, if a request body has such a property.
pub(super) fn section(context: &Context<'_>) -> Option<String> {
    let shown = context.showcase.nullable.as_ref()?;
    let names = &context.names.of_type(shown.of).fields[shown.field];
    let (field, setter) = (names.ident.as_str(), names.setter.as_str());
    let null_setter = names.null_setter.as_ref()?.as_str();
    let (name, ident) = (context.package().library_name(), named(context, shown.ty));
    let (body, value) = (code(context, &shown.body), code(context, &shown.value));
    let text = paragraph(
        "If a request body distinguishes null from absence, the field is a `wire::Nullable`. It is absent until it is \
         set, and the method that ends in `_null` sets it to null. `as_ref`, `as_deref` and `into_option` return its \
         value as an `Option`. A received null is sent back as null.",
    );
    Some(format!(
        r#"## Null

{text}```rust,no_run
use {name}::types;

fn bodies() -> [{ident}; 3] {{
    let absent = {body};
    let null = {body}.{null_setter}();
    let value = {body}.{setter}({value});
    [absent, null, value]
}}

fn describe(body: &{ident}) -> String {{
    match body.{field}.as_ref() {{
        Some(value) => format!("{{value:?}}"),
        None if body.{field}.is_null() => "null".to_owned(),
        None => "absent".to_owned(),
    }}
}}
```
"#
    ))
}
