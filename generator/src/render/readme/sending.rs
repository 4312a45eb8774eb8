//! How to send something: a body made of what it needs and of something that it may have, and a parameter that may be
//! left out.

use super::super::{ARGUMENTS, Context, variants};
use super::{argument, begun_with, crate_name, named, value};
use crate::ir::{
    Access, BodyKind, Content, Expectation, Field, FieldKind, Operation, OperationId, Shape, Success, Type,
    TypeId,
};

/// How deep what a value needs is shown.
const DEPTH: usize = 3;

/// How long the code of a body may become before another operation is the better example.
const LENGTH: usize = 160;

/// An operation that makes a good example, and how it is called.
pub(in super::super) struct Shown<'a> {
    pub(in super::super) operation: &'a Operation,
    id: OperationId,
    /// The expression that makes the body.
    made: Made,
    /// The setter of a parameter that may be left out, and what it takes.
    optional: Option<(String, String)>,
}

/// An expression, and what of it is worth a word.
#[derive(Clone)]
struct Made {
    text: String,
    /// A union that a variant was chosen of.
    union: Option<TypeId>,
    /// Whether there is a setter in it.
    has_setter: bool,
}

/// The operation that makes the best example, if any has a body with a type: one that needs nothing else but texts in its
/// path, whose body is short and has a union in it, and that has a parameter to leave out; or what comes closest.
pub(in super::super) fn shown<'a>(context: &Context<'a>) -> Option<Shown<'a>> {
    let shown = context.api.operations().filter_map(|(id, operation)| of(context, id, operation));
    shown.min_by_key(|shown| {
        let required = shown.operation.parameters.iter().filter(|parameter| parameter.required).count();
        (
            shown.operation.docs.deprecated,
            !shown.operation.requires_texts_in_path_only(),
            shown.made.text.len() > LENGTH,
            !shown.made.has_setter,
            shown.made.union.is_none(),
            shown.optional.is_none(),
            required,
        )
    })
}

fn of<'a>(context: &Context<'a>, id: OperationId, operation: &'a Operation) -> Option<Shown<'a>> {
    let content = operation.body.as_ref()?.contents.first()?;
    let (BodyKind::Json(ty) | BodyKind::Form { ty, .. }, Some(_)) = (&content.kind, &content.media_type)
    else {
        return None;
    };
    let Type::Named(body) = ty else { return None };
    let can_be_shown = matches!(
        operation.success,
        Success::Empty | Success::Optional(_) | Success::ByStatus(_) | Success::Always(Content::Json(_))
    );
    let made = made(context, *body, 0).filter(|_| can_be_shown)?;
    let parameters = operation.parameters.iter().zip(&context.names.of_operation(id).parameters);
    let mut optional = parameters.filter(|(parameter, _)| {
        !parameter.required && !parameter.docs.deprecated && is_plain(context, &parameter.ty)
    });
    let optional = optional.next().map(|(parameter, ident)| {
        let ident = ident.as_str();
        (ident.to_owned(), argument(context, &parameter.ty, ident))
    });
    Some(Shown { operation, id, made, optional })
}

impl Shown<'_> {
    /// The statements that make the body and send it.
    pub(in super::super) fn statements(&self, context: &Context<'_>) -> String {
        let begun = match self.operation.body.as_ref().filter(|body| body.required) {
            Some(_) => begun_with(context, self.id, self.operation, Some("&body".to_owned())),
            None => {
                let setter = context.names.of_operation(self.id).contents.first();
                let setter = setter.map_or("body", |names| names.method.as_str());
                format!("{}        .{setter}(&body)\n", begun_with(context, self.id, self.operation, None))
            }
        };
        let optional = self.optional.iter().map(|(setter, value)| format!("        .{setter}({value})\n"));
        let optional: String = optional.collect();
        let (bound, done) = match self.operation.success {
            Success::Empty => ("", "println!(\"done\")"),
            _ => ("let answer = ", "println!(\"{answer:?}\")"),
        };
        let made = laid_out(&format!("let body = {};", self.made.text));
        format!("{made}\n    {bound}client\n{begun}{optional}        .await?;\n    {done};\n")
    }
}

/// The section, if there is something to send.
pub(super) fn section(context: &Context<'_>) -> Option<String> {
    let shown = shown(context)?;
    let mut said = "What an operation cannot do without are arguments, its body among them; anything else has a setter. Types are\n\
         made by `new` from what they cannot do without, or by `default`, and what is not set is not sent."
        .to_owned();
    if let Some(union) = shown.made.union {
        let union = named(context, union);
        said.push_str(&format!("\n`{union}` is one of several things: an enum, whose variants say which."));
    }
    let (name, statements) = (crate_name(context), shown.statements(context));
    Some(format!(
        "## Sending something\n\n{said}\n\n```rust,no_run\nuse {name}::{{Client, Error, types}};\n\n\
         async fn send(client: &Client) -> Result<(), Error> {{\n{statements}    Ok(())\n}}\n```\n"
    ))
}

/// An expression for a named type. None where something that it needs cannot be shown.
fn made(context: &Context<'_>, id: TypeId, depth: usize) -> Option<Made> {
    let of = context.facts.other_name_of(id).unwrap_or(id);
    let def = context.api.type_def(of);
    // Members that have no fields would have to be made up.
    let needs_more = def.docs.expectations.iter().any(|it| matches!(it, Expectation::Present(_)));
    if depth > DEPTH || needs_more {
        return None;
    }
    match &def.shape {
        Shape::Struct(it) => structure(context, (id, of), &it.fields, depth),
        Shape::OneOf(_) | Shape::Union(_) => variant(context, (id, of), depth),
        Shape::Enum(_) => {
            Some(Made { text: value(context, &Type::Named(of), ""), union: None, has_setter: false })
        }
    }
}

fn structure(
    context: &Context<'_>,
    (id, of): (TypeId, TypeId),
    fields: &[Field],
    depth: usize,
) -> Option<Made> {
    let asked: Vec<(&Field, &Type)> =
        fields.iter().filter_map(|field| Some((field, context.api.asked_of_caller(field)?))).collect();
    let mut made = Made { text: named(context, id), union: None, has_setter: false };
    let mut arguments = Vec::new();
    for (field, ty) in &asked {
        let given = given(context, field, ty, depth)?;
        made.union = made.union.or(given.union);
        arguments.push(given.text);
    }
    match arguments.len() {
        0 => made.text.push_str("::default()"),
        1..=ARGUMENTS => made.text.push_str(&format!("::new({})", arguments.join(", "))),
        _ => return None,
    }
    if depth == 0 {
        let names = &context.names.of_type(of).fields;
        for position in set(context, fields, made.union.is_none()) {
            let (field, setter) = (&fields[position], names[position].setter.as_str());
            let Some(given) = settable(field).and_then(|ty| given(context, field, &ty, depth)) else {
                continue;
            };
            made.union = made.union.or(given.union);
            made.has_setter = true;
            made.text.push_str(&format!(".{setter}({})", given.text));
        }
    }
    Some(made)
}

/// The fields to set beyond what is needed: a union if `union`, and something plain.
fn set(context: &Context<'_>, fields: &[Field], union: bool) -> Vec<usize> {
    let first = |is: &dyn Fn(&Type) -> bool| {
        fields.iter().position(|field| {
            let may_be = field.access != Access::ReadOnly && !field.docs.deprecated && !field.secret;
            let is_asked = context.api.asked_of_caller(field).is_some();
            may_be && !is_asked && settable(field).is_some_and(|ty| is(&ty))
        })
    };
    let is_union = |ty: &Type| {
        let inner = if let Type::List(inner) = ty { inner } else { ty };
        let Type::Named(id) = inner else { return false };
        matches!(context.api.type_def(*id).shape, Shape::OneOf(_) | Shape::Union(_))
            && made(context, *id, 1).is_some()
    };
    let plain = first(&|ty| is_plain(context, ty));
    let union = if union { first(&is_union) } else { None };
    let mut positions: Vec<usize> = plain.into_iter().chain(union).collect();
    positions.sort_unstable();
    positions
}

/// The type of a field that may be left out.
fn settable(field: &Field) -> Option<Type> {
    match &field.kind {
        FieldKind::OneOf(id) => Some(Type::Named(*id)),
        kind => kind.ty().cloned(),
    }
}

fn variant(context: &Context<'_>, (id, of): (TypeId, TypeId), depth: usize) -> Option<Made> {
    let mut shown = variants::of(context, of).into_iter().filter(|it| !it.variant.docs.deprecated);
    let text = shown.find_map(|it| {
        let path = format!("{}::{}", named(context, id), it.names.ident.as_str());
        if it.constant().is_some() {
            return Some(path);
        }
        let held = owned(context, &it.variant.ty, &it.variant.key, depth + 1)?;
        Some(if it.boxed { format!("{path}(Box::new({held}))") } else { format!("{path}({held})") })
    })?;
    Some(Made { text, union: Some(id), has_setter: false })
}

/// What a setter or `new` takes for a field.
fn given(context: &Context<'_>, field: &Field, ty: &Type, depth: usize) -> Option<Made> {
    let plain = |text| Some(Made { text, union: None, has_setter: false });
    let is_maybe = matches!(field.kind, FieldKind::Maybe(_));
    match ty {
        Type::String => plain(format!("{:?}", example(field))),
        Type::Bytes { .. } if !is_maybe => plain("\"...\"".to_owned()),
        Type::List(inner) if **inner == Type::String && !is_maybe => plain(format!("[{:?}]", field.name)),
        Type::Named(id) => made(context, *id, depth + 1),
        Type::List(inner) => match &**inner {
            Type::Named(id) => {
                let made = made(context, *id, depth + 1)?;
                Some(Made { text: format!("vec![{}]", made.text), ..made })
            }
            _ => plain(value(context, ty, &field.name)),
        },
        _ => plain(owned(context, ty, &field.name, depth)?),
    }
}

/// A value of a type.
fn owned(context: &Context<'_>, ty: &Type, name: &str, depth: usize) -> Option<String> {
    match ty {
        Type::Named(id) => made(context, *id, depth).map(|made| made.text),
        Type::List(inner) => Some(format!("vec![{}]", owned(context, inner, name, depth)?)),
        Type::Nullable(inner) => Some(format!("Some({})", owned(context, inner, name, depth)?)),
        ty => Some(value(context, ty, name)),
    }
}

/// A text for a field: the document's example if it is short and plain, and else its name.
fn example(field: &Field) -> &str {
    let is_plain = |text: &&str| {
        let allowed = |it: char| it.is_ascii_alphanumeric() || " -_.:/@".contains(it);
        !text.is_empty() && text.len() <= 40 && text.chars().all(allowed)
    };
    let example = field.docs.example.as_ref().and_then(|example| example.as_str());
    example.filter(|text| !field.secret && is_plain(text)).unwrap_or(&field.name)
}

/// Whether a value of a type is a word.
fn is_plain(context: &Context<'_>, ty: &Type) -> bool {
    match ty {
        Type::String | Type::Bool | Type::Integer { .. } | Type::Float { .. } => true,
        Type::Named(id) => matches!(context.api.type_def(*id).shape, Shape::Enum(_)),
        _ => false,
    }
}

/// A statement of a function, on as many lines as it needs.
fn laid_out(statement: &str) -> String {
    match syn::parse_file(&format!("fn f() {{ {statement} }}")) {
        Ok(file) => {
            let text = prettyplease::unparse(&file);
            text.lines().filter(|line| line.starts_with(' ')).map(|line| format!("{line}\n")).collect()
        }
        Err(_) => format!("    {statement}\n"),
    }
}

#[cfg(test)]
mod tests {
    use crate::{Config, Source, generate};

    const HEAD: &str = "openapi: 3.1.0\ninfo: { title: Pets, version: '1' }\n";

    /// What the README shows of a body: the statement that makes it, without white space.
    #[track_caller]
    fn check(rest: &str, expected: Option<&str>) {
        let text = format!("{HEAD}{rest}");
        let outcome = generate(Source { name: "pets.yaml", text: &text }, &Config::default());
        let generated = outcome.generated.expect("there is nothing wrong with the document");
        let readme = generated.files.get("README.md").expect("every crate has one");
        let shown = readme.split_once("let body = ").map(|(_, rest)| rest.split(';').next());
        let shown: Option<String> = shown.flatten().map(|text| text.split_whitespace().collect());
        assert_eq!(shown.as_deref(), expected, "{readme}");
        assert_eq!(generated.files.get("examples/sending.rs").is_some(), expected.is_some());
    }

    /// One operation with a body of this schema.
    fn body(schema: &str) -> String {
        format!(
            "paths:\n  /pets:\n    post:\n      operationId: createPet\n      requestBody:\n        required: true\n        \
             content: {{ application/json: {{ schema: {schema} }} }}\n      responses: {{ '204': {{ description: ok }} }}\n"
        )
    }

    #[test]
    fn what_is_needed_and_something_else_is_set() {
        check(
            &body(
                "{ type: object, required: [name, id], properties: { id: { type: string, readOnly: true }, name: { type: \
                 string, example: Rex }, old: { type: boolean, deprecated: true }, age: { type: integer } } }",
            ),
            Some("types::CreatePetRequest::new(\"Rex\").with_age(1)"),
        );
    }

    #[test]
    fn of_a_union_a_variant_is_shown() {
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
    fn a_text_of_the_document_that_is_no_word_is_left_out() {
        check(
            &body(
                "{ type: object, required: [name], properties: { name: { type: string, example: \"\\\"); panic!(\" } } }",
            ),
            Some("types::CreatePetRequest::new(\"name\")"),
        );
    }

    #[test]
    fn what_would_have_to_be_made_up_is_not_shown() {
        check(&body("{ type: object, required: [name], properties: { age: { type: integer } } }"), None);
        check(&body("{ type: string }"), None);
        check("paths: {}\n", None);
    }
}
