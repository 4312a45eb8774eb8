//! Unions: an enum with a variant for each alternative, and `Unknown`.

use super::super::context::Context;
use super::super::layout::laid_out;
use super::super::snippet::{code, named};
use super::super::variants;

/// The section, if the document has a union.
pub(super) fn section(context: &Context<'_>) -> Option<String> {
    let shown = context.showcase.union.as_ref()?;
    let variant = variants::of(context, shown.ty).into_iter().nth(shown.variant)?;
    let (name, ident) = (context.package().library_name(), named(context, shown.ty));
    let variant_ident = variant.names.ident.as_str();
    let arm = match variant.constant() {
        Some(_) => format!("{ident}::{variant_ident} => \"{variant_ident}\".to_owned(),"),
        None => format!("{ident}::{variant_ident}(value) => format!(\"{variant_ident}: {{value:?}}\"),"),
    };
    let value = shown.value.as_ref().map(|value| code(context, value));
    let value = value.map(|value| format!("\nfn value() -> {ident} {{\n{}}}\n", laid_out(&value)));
    let value = value.unwrap_or_default();
    Some(format!(
        r#"## Unions

`oneOf` and `anyOf` become Rust enums. A value that matches no variant becomes `Unknown`. The Rust
type of an OpenAPI `enum` keeps values that the document does not list, and structs keep unknown
properties in `unknown_fields`. If you send such a value again, its unknown parts are sent unchanged.

```rust,no_run
use {name}::types;

fn describe(value: &{ident}) -> String {{
    match value {{
        {arm}
        {ident}::Unknown(value) => format!("unknown: {{value:?}}"),
        other => format!("another variant: {{other:?}}"),
    }}
}}
{value}```
"#
    ))
}
