//! How to look into messages beside the name of their type.

use super::super::Context;
use super::{crate_name, named};
use crate::ir::{FieldKind, Shape, Type, TypeId};

/// How to look into such messages, if there are some in a list.
pub(super) fn section(context: &Context<'_>) -> Option<String> {
    let (answer, field) = context.api.types().find_map(|(id, def)| {
        let Shape::Struct(it) = &def.shape else { return None };
        let of_any = Type::List(Box::new(Type::Any));
        let field = it.fields.iter().position(|field| match &field.kind {
            FieldKind::Required(ty) | FieldKind::Plain { ty, .. } => *ty == of_any,
            _ => false,
        })?;
        Some((id, &context.names.of_type(id).fields[field].ident))
    })?;
    let is_other = |id: &TypeId| *id != answer && context.facts.is_message(*id);
    let message = context.api.types().map(|(id, _)| id).find(is_other)?;
    let (name, list) = (crate_name(context), field.as_str());
    let (answer, message) = (named(context, answer), named(context, message));
    Some(format!(
        r#"## Messages by their type

A `wire::Any` is a message beside the name of its type. `is` and `decode` ask for a type by that name, `decode_known` for
one of several that `known_messages!` makes an enum of. Where another part of an answer has a path such as
`$.{list}[0]`, `at_path` finds what it leads to.

```rust,no_run
use {name}::runtime::wire::Any;
use {name}::types;

fn look(answer: &{answer}, path: &str) {{
    match Any::at_path(&answer.{list}, path).map(Any::decode::<{message}>) {{
        Some(Ok(message)) => println!("{{message:?}}"),
        Some(Err(error)) => println!("something else: {{error}}"),
        None => println!("it was left out"),
    }}
}}

{name}::known_messages! {{
    enum Known {{
        Mine({message}),
    }}
}}

fn all(answer: &{answer}) {{
    for message in &answer.{list} {{
        match message.decode_known() {{
            Ok(Known::Mine(message)) => println!("{{message:?}}"),
            Ok(Known::Unknown(any)) => println!("some {{}}", any.type_name()),
            Err(error) => println!("{{error}}"),
        }}
    }}
}}
```
"#
    ))
}
