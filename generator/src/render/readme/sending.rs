//! Request bodies: a body with its required fields and one or two optional ones, and an optional parameter.

use super::super::context::Context;
use super::super::sending::{setters, statements};
use super::super::snippet::{self, named};
use super::markdown::paragraph;

/// The section, if a body can be shown.
pub(super) fn section(context: &Context<'_>) -> Option<String> {
    let shown = context.showcase.body.as_ref()?;
    let union = shown.union.map(|union| {
        format!(" `{}` is a union: an enum with a variant for each alternative.", named(context, union))
    });
    let text = paragraph(&format!(
        "To build a body, call `new` with the required fields, or `default` if no field is required. Set optional \
         fields with the `with_` methods; unset fields are not sent. Setters accept arrays, slices and \
         iterators for lists and maps, and a value of any variant for unions.{}",
        union.unwrap_or_default()
    ));
    let example = setters(context, shown).into_iter().next();
    let example = example.map(|call| format!(", such as `{call}`")).unwrap_or_default();
    let arguments = paragraph(&format!(
        "Required parameters, and the body if it is required, are arguments of the method. Optional parameters and an \
         optional body are set by methods of the request{example}."
    ));
    let statements = statements(context, shown);
    let import = snippet::import(context, &["Client", "Error", "types"], "");
    Some(format!(
        "## Parameters and request bodies\n\n{arguments}{text}```rust,no_run\n{import}\n\
         async fn send(client: &Client) -> Result<(), Error> {{\n{statements}    Ok(())\n}}\n```\n"
    ))
}

#[cfg(test)]
mod tests {
    use crate::{Config, Source, generate};

    const HEAD: &str = "openapi: 3.1.0\ninfo: { title: Pets, version: '1' }\n";

    /// Checks the expression that builds the body in the README, without white space.
    #[track_caller]
    fn check(rest: &str, expected: Option<&str>) {
        let text = format!("{HEAD}{rest}");
        let outcome = generate(Source { name: "pets.yaml", text: &text }, &Config::default());
        let generated = outcome.generated.expect("the document is valid");
        let readme = generated.files.get("README.md").expect("the crate has a README");
        let shown = readme.split_once("let body = ").map(|(_, rest)| rest.split(';').next());
        let shown: Option<String> = shown.flatten().map(|text| text.split_whitespace().collect());
        assert_eq!(shown.as_deref(), expected, "{readme}");
        assert_eq!(generated.files.get("examples/sending.rs").is_some(), expected.is_some());
    }

    /// Returns a document with one operation, whose body has this schema.
    fn body(schema: &str) -> String {
        format!(
            "paths:\n  /pets:\n    post:\n      operationId: createPet\n      requestBody:\n        required: true\n        \
             content: {{ application/json: {{ schema: {schema} }} }}\n      responses: {{ '204': {{ description: ok }} }}\n"
        )
    }

    #[test]
    fn sets_required_fields_and_an_optional_field() {
        check(
            &body(
                "{ type: object, required: [name, id], properties: { id: { type: string, readOnly: true }, name: { type: \
                 string, example: Rex }, old: { type: boolean, deprecated: true }, age: { type: integer } } }",
            ),
            Some("types::CreatePetRequest::new(\"Rex\").with_age(1)"),
        );
    }

    #[test]
    fn builds_a_variant_of_a_union() {
        check(
            &body(
                "{ type: object, properties: { home: { oneOf: [{ type: string }, { title: House, type: object, required: \
                 [street], properties: { street: { type: string } } }] } } }",
            ),
            Some(
                "types::CreatePetRequest::default().with_home(types::CreatePetRequestHome::String(\"string\".to_owned()))",
            ),
        );
    }

    #[test]
    fn ignores_examples_with_special_characters() {
        check(
            &body(
                "{ type: object, required: [name], properties: { name: { type: string, example: \"\\\"); panic!(\" } } }",
            ),
            Some("types::CreatePetRequest::new(\"name\")"),
        );
    }

    #[test]
    fn shows_no_body_with_unknown_required_values() {
        check(&body("{ type: object, required: [name], properties: { age: { type: integer } } }"), None);
        check(&body("{ type: string }"), None);
        check("paths: {}\n", None);
    }
}
