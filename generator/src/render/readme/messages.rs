//! Values of protobuf's `Any`: JSON objects with the name of their type.

use super::super::context::Context;
use super::super::snippet::named;
use super::markdown::paragraph;

/// The section, if a type has a list of such values.
pub(super) fn section(context: &Context<'_>) -> Option<String> {
    let shown = context.showcase.any.as_ref()?;
    let (messages, response) = (&shown.messages, shown.response);
    let field = &context.names.of_type(response).fields[shown.field].ident;
    let message = named(context, *messages.first()?);
    let variants = |render: &dyn Fn(&str) -> String| -> String {
        messages.iter().map(|id| render(context.names.of_type(*id).ident.as_str())).collect()
    };
    let declared = variants(&|ident| format!("        {ident}(types::{ident}),\n"));
    let arms = variants(&|ident| {
        format!("            Ok(Known::{ident}(value)) => println!(\"{ident}: {{value:?}}\"),\n")
    });
    let (name, list) = (context.package().library_name(), field.as_str());
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
