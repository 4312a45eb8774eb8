//! Values of protobuf's `Any`: JSON objects with the name of their type.

use std::cmp::Reverse;
use std::collections::HashMap;

use super::super::Context;
use super::paragraph;
use super::snippet::named;
use crate::ir::{FieldKind, Shape, Type, TypeId};

/// The variant that `known_messages!` adds.
const UNKNOWN: &str = "Unknown";

/// The section, if a type has a list of such values.
pub(super) fn section(context: &Context<'_>) -> Option<String> {
    let (response, field) = context.api.types().find_map(|(id, def)| {
        let Shape::Struct(it) = &def.shape else { return None };
        let list_of_any = Type::List(Box::new(Type::Any));
        let field = it.fields.iter().position(|field| match &field.kind {
            FieldKind::Required(ty) | FieldKind::ImplicitPresence { ty, .. } => *ty == list_of_any,
            _ => false,
        })?;
        Some((id, &context.names.of_type(id).fields[field].ident))
    })?;
    let is_other = |id: &TypeId| *id != response && context.facts.is_message(*id);
    let is_suitable = |id: &TypeId| is_other(id) && context.names.of_type(*id).ident.as_str() != UNKNOWN;
    let uses = uses_in_responses(context);
    let mut messages: Vec<TypeId> = context.api.types().map(|(id, _)| id).filter(is_suitable).collect();
    messages.sort_by_key(|id| Reverse(uses.get(id).copied().unwrap_or_default()));
    messages.truncate(2);
    let message = named(context, *messages.first()?);
    let variants = |render: &dyn Fn(&str) -> String| -> String {
        messages.iter().map(|id| render(context.names.of_type(*id).ident.as_str())).collect()
    };
    let declared = variants(&|ident| format!("        {ident}(types::{ident}),\n"));
    let arms = variants(&|ident| {
        format!("            Ok(Known::{ident}(value)) => println!(\"{ident}: {{value:?}}\"),\n")
    });
    let (name, list) = (context.package.library_name(), field.as_str());
    let response = named(context, response);
    let text = paragraph(&format!(
        "A `runtime::wire::Any` is an object whose property `@type` names its type, like `google.protobuf.Any`. `decode::<T>` \
         decodes it as the type `T`. `decode_known` decodes it as one of several types: list them in an enum with the macro \
         `known_messages!`, which adds the variant `Unknown` for all other types. Other parts of a response refer to these objects by a path such as \
         `$.{list}[0]`; `at_path` returns the object at a path."
    ));
    Some(format!(
        r#"## Values of any type (`Any`)

{text}```rust,no_run
use {name}::runtime::wire::Any;
use {name}::types;

fn print_one(response: &{response}, path: &str) {{
    match Any::at_path(&response.{list}, path).map(Any::decode::<{message}>) {{
        Some(Ok(value)) => println!("{{value:?}}"),
        Some(Err(error)) => println!("of another type, or not valid: {{error}}"),
        None => println!("no object at this path"),
    }}
}}

{name}::known_messages! {{
    enum Known {{
{declared}    }}
}}

fn print_all(response: &{response}) {{
    for any in &response.{list} {{
        match any.decode_known() {{
{arms}            Ok(Known::Unknown(any)) => println!("of another type: {{}}", any.type_name()),
            Err(error) => println!("{{error}}"),
        }}
    }}
}}
```
"#
    ))
}

/// Counts the responses whose type has a field of each type. Objects with a high count are central to the API.
fn uses_in_responses(context: &Context<'_>) -> HashMap<TypeId, usize> {
    let operations = context.api.operations().map(|(_, operation)| operation);
    let responses = operations.flat_map(|operation| operation.response_types().find_map(Type::named));
    let mut uses = HashMap::new();
    for id in responses.flat_map(|id| context.api.type_def(id).shape.references()) {
        *uses.entry(id).or_default() += 1;
    }
    uses
}
