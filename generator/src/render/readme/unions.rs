//! Unions: an enum with a variant for each alternative, and `Unknown`.

use super::super::{Context, variants};
use super::sending::{self, laid_out};
use super::snippet::named;
use crate::showcase;

/// The section, if the document has a union.
pub(super) fn section(context: &Context<'_>) -> Option<String> {
    let id = showcase::union(context.api)?;
    let variant = variants::of(context, id).into_iter().find(|it| !it.variant.docs.deprecated)?;
    let (name, ident) = (context.package.library_name(), named(context, id));
    let shown = variant.names.ident.as_str();
    let arm = match variant.constant() {
        Some(_) => format!("{ident}::{shown} => \"{shown}\".to_owned(),"),
        None => format!("{ident}::{shown}(value) => format!(\"{shown}: {{value:?}}\"),"),
    };
    let value = sending::union_value(context, id);
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
