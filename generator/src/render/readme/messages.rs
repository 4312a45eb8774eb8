//! Messages of protobuf's `Any`: JSON objects with the name of their type.

use super::super::Context;
use super::snippet::named;
use crate::ir::{FieldKind, Shape, Type, TypeId};

/// The section, if a type has a list of such messages.
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
    let message = context.api.types().map(|(id, _)| id).find(is_other)?;
    let (name, list) = (context.package.library_name(), field.as_str());
    let (response, message) = (named(context, response), named(context, message));
    Some(format!(
        r#"## Messages of any type

A `wire::Any` is an object with the name of its type (`@type`). `decode` decodes it as one type;
`decode_known` as one of several, which `known_messages!` declares as an enum. `at_path` finds the message
that a path such as `$.{list}[0]` in another part of the response refers to.

```rust,no_run
use {name}::runtime::wire::Any;
use {name}::types;

fn show(response: &{response}, path: &str) {{
    match Any::at_path(&response.{list}, path).map(Any::decode::<{message}>) {{
        Some(Ok(message)) => println!("{{message:?}}"),
        Some(Err(error)) => println!("another type: {{error}}"),
        None => println!("not in the response"),
    }}
}}

{name}::known_messages! {{
    enum Message {{
        Known({message}),
    }}
}}

fn show_all(response: &{response}) {{
    for message in &response.{list} {{
        match message.decode_known() {{
            Ok(Message::Known(message)) => println!("{{message:?}}"),
            Ok(Message::Unknown(any)) => println!("unknown type: {{}}", any.type_name()),
            Err(error) => println!("{{error}}"),
        }}
    }}
}}
```
"#
    ))
}
