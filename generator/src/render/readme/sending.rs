//! Request bodies: a body with its required fields and one or two optional ones, and an optional parameter.

use std::cmp::Reverse;

use super::super::{ARGUMENTS, Context, variants};
use super::paragraph;
use super::snippet::{self, Request, argument, named, text, value};
use crate::ir::{
    Access, BodyKind, Constraint, Content, Field, FieldKind, Operation, OperationId, Shape, Success, Type,
    TypeId,
};
use crate::showcase;

/// The largest depth of nested values in a body.
const DEPTH: usize = 3;

/// The longest code of a body. An operation with a longer one is only shown if no other is suitable.
const LENGTH: usize = 160;

/// An operation with a request body, and the code that calls it.
pub(in super::super) struct Shown<'a> {
    pub(in super::super) operation: &'a Operation,
    id: OperationId,
    body: Expression,
    /// The setter of an optional parameter, and its argument.
    optional: Option<(String, String)>,
}

/// An expression, and what it shows.
#[derive(Clone)]
struct Expression {
    code: String,
    /// The union of a variant in the expression.
    union: Option<TypeId>,
    /// True if the expression sets an optional field.
    has_setter: bool,
}

/// Selects the operation whose body is shown, if one has a body with a named type.
///
/// As in [`showcase::first_call`], each criterion decides between operations that are equal by those before it: the operation
/// is not deprecated; it requires no parameters but strings in its path; its body is short; it is not about the service;
/// its body is required; it is a `POST`; its body has an optional field; few parameters are required; many operations have
/// its path or a path below it; its body has a union; it has an optional parameter.
pub(in super::super) fn shown<'a>(context: &Context<'a>) -> Option<Shown<'a>> {
    let shown = context.api.operations().filter_map(|(id, operation)| of(context, id, operation));
    let central = showcase::Centrality::of(context.api);
    shown.min_by_key(|shown| {
        let operation = shown.operation;
        let required = operation.parameters.iter().filter(|parameter| parameter.required).count();
        let requires_body = operation.body.as_ref().is_some_and(|body| body.required);
        (
            operation.docs.deprecated,
            !operation.requires_only_string_path_params(),
            shown.body.code.len() > LENGTH,
            showcase::is_about_service(context.api, operation),
            (!requires_body, operation.method != "POST"),
            !shown.body.has_setter,
            required,
            Reverse(central.at_or_below(operation)),
            (shown.body.union.is_none(), shown.optional.is_none()),
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
    let is_whole = matches!(
        operation.success,
        Success::Empty | Success::Optional(_) | Success::ByStatus(_) | Success::Always(Content::Json(_))
    );
    let body = expression(context, *body, 0).filter(|_| is_whole)?;
    let parameters = operation.parameters.iter().zip(&context.names.of_operation(id).parameters);
    let mut optional = parameters.filter(|(parameter, _)| {
        !parameter.required && !parameter.docs.deprecated && is_scalar(context, &parameter.ty)
    });
    let optional = optional.next().map(|(parameter, ident)| {
        let ident = ident.as_str();
        (ident.to_owned(), argument(context, &parameter.ty, &parameter.docs, ident))
    });
    Some(Shown { operation, id, body, optional })
}

impl Shown<'_> {
    /// Returns the statements that build the body and send it.
    pub(in super::super) fn statements(&self, context: &Context<'_>) -> String {
        let is_required = self.operation.body.as_ref().is_some_and(|body| body.required);
        let argument = is_required.then(|| "&body".to_owned());
        let mut request = Request::with_body(context, self.id, self.operation, argument);
        if let Some(call) = self.body_call(context) {
            request = request.then(call);
        }
        if let Some((setter, value)) = &self.optional {
            request = request.then(format!(".{setter}({value})"));
        }
        let (start, print) = snippet::binding(&self.operation.success);
        let body = laid_out(&format!("let body = {};", self.body.code));
        format!("{body}{}{print}", request.then(".await").statement(start, "?;"))
    }

    /// Returns the method call that sets the body if it is optional.
    fn body_call(&self, context: &Context<'_>) -> Option<String> {
        if self.operation.body.as_ref().is_some_and(|body| body.required) {
            return None;
        }
        let setter = context.names.of_operation(self.id).contents.first();
        Some(format!(".{}(&body)", setter.map_or("body", |names| names.method.as_str())))
    }

    /// Returns a method call that sets the optional body or parameter, if the operation has one.
    fn setter_call(&self, context: &Context<'_>) -> Option<String> {
        let parameter = || self.optional.as_ref().map(|(setter, value)| format!(".{setter}({value})"));
        self.body_call(context).or_else(parameter)
    }
}

/// The section, if a body can be shown.
pub(super) fn section(context: &Context<'_>) -> Option<String> {
    let shown = shown(context)?;
    let union = shown.body.union.map(|union| {
        format!(" `{}` is a union: an enum with a variant for each alternative.", named(context, union))
    });
    let text = paragraph(&format!(
        "To build a body, call `new` with the required fields, or `default` if no field is required. Set optional \
         fields with the `with_` methods; unset fields are not sent.{}",
        union.unwrap_or_default()
    ));
    let example = shown.setter_call(context).map(|call| format!(", such as `{call}`")).unwrap_or_default();
    let arguments = paragraph(&format!(
        "Required parameters, and the body if it is required, are arguments of the method. Optional parameters and an \
         optional body are set by methods of the request{example}."
    ));
    let statements = shown.statements(context);
    let import = snippet::import(context, &["Client", "Error", "types"], "");
    Some(format!(
        "## Parameters and request bodies\n\n{arguments}{text}```rust,no_run\n{import}\n\
         async fn send(client: &Client) -> Result<(), Error> {{\n{statements}    Ok(())\n}}\n```\n"
    ))
}

/// Returns the code of a request body, if it can be shown: with one or two optional fields if that is short and names each
/// value, or else with only the required fields.
pub(in super::super) fn body_value(context: &Context<'_>, id: TypeId) -> Option<String> {
    let is_plain = |code: &String| code.len() <= LENGTH && !code.contains("(Default::default()");
    let whole = expression(context, id, 0).map(|expression| expression.code);
    whole.filter(is_plain).or_else(|| expression(context, id, 1).map(|expression| expression.code))
}

/// Returns the code of a value of a union, if it can be shown.
pub(super) fn union_value(context: &Context<'_>, id: TypeId) -> Option<String> {
    expression(context, id, 1).map(|expression| expression.code)
}

/// Returns an expression for a named type, or `None` if a required value cannot be shown.
fn expression(context: &Context<'_>, id: TypeId, depth: usize) -> Option<Expression> {
    let of = context.facts.alias_of(id).unwrap_or(id);
    let def = context.api.type_def(of);
    // Values of required properties without fields would have to be invented.
    let needs_more = def.docs.constraints.iter().any(|it| matches!(it, Constraint::RequiredProperties(_)));
    if depth > DEPTH || needs_more {
        return None;
    }
    match &def.shape {
        Shape::Struct(it) => structure(context, (id, of), &it.fields, depth),
        Shape::KeyedUnion(_) | Shape::Union(_) => variant(context, (id, of), depth),
        Shape::Enum(_) => {
            Some(Expression { code: value(context, &Type::Named(of), ""), union: None, has_setter: false })
        }
    }
}

fn structure(
    context: &Context<'_>,
    (id, of): (TypeId, TypeId),
    fields: &[Field],
    depth: usize,
) -> Option<Expression> {
    let required: Vec<(&Field, &Type)> =
        fields.iter().filter_map(|field| Some((field, context.api.required_from_caller(field)?))).collect();
    let mut built = Expression { code: named(context, id), union: None, has_setter: false };
    let mut arguments = Vec::new();
    for (field, ty) in &required {
        let given = given(context, field, ty, depth)?;
        built.union = built.union.or(given.union);
        arguments.push(given.code);
    }
    match arguments.len() {
        0 => built.code.push_str("::default()"),
        1..=ARGUMENTS => built.code.push_str(&format!("::new({})", arguments.join(", "))),
        _ => return None,
    }
    if depth == 0 {
        let names = &context.names.of_type(of).fields;
        for position in optional_fields(context, fields, built.union.is_none()) {
            let (field, setter) = (&fields[position], names[position].setter.as_str());
            let Some(given) = settable(field).and_then(|ty| given(context, field, &ty, depth)) else {
                continue;
            };
            built.union = built.union.or(given.union);
            built.has_setter = true;
            built.code.push_str(&format!(".{setter}({})", given.code));
        }
    }
    Some(built)
}

/// Returns the positions of the optional fields to set: a scalar, and a union if `union`.
fn optional_fields(context: &Context<'_>, fields: &[Field], union: bool) -> Vec<usize> {
    let first = |is: &dyn Fn(&Type) -> bool| {
        fields.iter().position(|field| {
            let is_suitable = field.access != Access::ReadOnly && !field.docs.deprecated && !field.secret;
            let is_required = context.api.required_from_caller(field).is_some();
            is_suitable && !is_required && settable(field).is_some_and(|ty| is(&ty))
        })
    };
    let is_union = |ty: &Type| {
        let inner = if let Type::List(inner) = ty { inner } else { ty };
        let Type::Named(id) = inner else { return false };
        matches!(context.api.type_def(*id).shape, Shape::KeyedUnion(_) | Shape::Union(_))
            && expression(context, *id, 1).is_some()
    };
    let scalar = first(&|ty| is_scalar(context, ty));
    let union = if union { first(&is_union) } else { None };
    let mut positions: Vec<usize> = scalar.into_iter().chain(union).collect();
    positions.sort_unstable();
    positions
}

/// Returns the type of an optional field.
fn settable(field: &Field) -> Option<Type> {
    match &field.kind {
        FieldKind::KeyedUnion(id) => Some(Type::Named(*id)),
        kind => kind.ty().cloned(),
    }
}

fn variant(context: &Context<'_>, (id, of): (TypeId, TypeId), depth: usize) -> Option<Expression> {
    let mut shown = variants::of(context, of).into_iter().filter(|it| !it.variant.docs.deprecated);
    let code = shown.find_map(|it| {
        let path = format!("{}::{}", named(context, id), it.names.ident.as_str());
        if it.constant().is_some() {
            return Some(path);
        }
        let held = owned(context, &it.variant.ty, &it.variant.key, depth + 1)?;
        Some(if it.boxed { format!("{path}(Box::new({held}))") } else { format!("{path}({held})") })
    })?;
    Some(Expression { code, union: Some(id), has_setter: false })
}

/// Returns the argument of `new` or of a setter for a field.
fn given(context: &Context<'_>, field: &Field, ty: &Type, depth: usize) -> Option<Expression> {
    let plain = |code| Some(Expression { code, union: None, has_setter: false });
    let is_maybe = matches!(field.kind, FieldKind::OptionalNullable(_));
    match ty {
        Type::String => plain(format!("{:?}", text_of(field))),
        Type::Bytes { .. } if !is_maybe => plain("\"...\"".to_owned()),
        Type::List(inner) if **inner == Type::String && !is_maybe => plain(format!("[{:?}]", field.name)),
        Type::Named(id) => expression(context, *id, depth + 1),
        Type::List(inner) => match &**inner {
            Type::Named(id) => {
                let built = expression(context, *id, depth + 1)?;
                Some(Expression { code: format!("vec![{}]", built.code), ..built })
            }
            _ => plain(value(context, ty, &field.name)),
        },
        _ => plain(owned(context, ty, &field.name, depth)?),
    }
}

/// Returns an owned value of a type.
fn owned(context: &Context<'_>, ty: &Type, name: &str, depth: usize) -> Option<String> {
    match ty {
        Type::Named(id) => expression(context, *id, depth).map(|built| built.code),
        Type::List(inner) => Some(format!("vec![{}]", owned(context, inner, name, depth)?)),
        Type::Nullable(inner) => Some(format!("Some({})", owned(context, inner, name, depth)?)),
        ty => Some(value(context, ty, name)),
    }
}

/// Returns a string for a field: its example, unless it is a secret.
fn text_of(field: &Field) -> &str {
    if field.secret { &field.name } else { text(&field.docs, &field.name) }
}

/// Returns true for scalars and enums.
fn is_scalar(context: &Context<'_>, ty: &Type) -> bool {
    match ty {
        Type::String | Type::Bool | Type::Integer { .. } | Type::Float { .. } => true,
        Type::Named(id) => matches!(context.api.type_def(*id).shape, Shape::Enum(_)),
        _ => false,
    }
}

/// Lays out a statement or the value of a function.
pub(in super::super) fn laid_out(statement: &str) -> String {
    // prettyplease lays out the arguments of a function, but not the arguments of a macro.
    let statement = swap(statement, ("vec![", '[', ']'), ("vec_(", ')'));
    match syn::parse_file(&format!("fn f() {{ {statement} }}")) {
        Ok(file) => {
            let text = swap(&prettyplease::unparse(&file), ("vec_(", '(', ')'), ("vec![", ']'));
            text.lines().filter(|line| line.starts_with(' ')).map(|line| format!("{line}\n")).collect()
        }
        Err(_) => format!("    {}\n", swap(&statement, ("vec_(", '(', ')'), ("vec![", ']'))),
    }
}

/// Replaces the start and the end of each call that begins with `call`, outside of string literals. `open` and `close` are
/// its brackets.
fn swap(code: &str, (call, open, close): (&str, char, char), (new_call, new_close): (&str, char)) -> String {
    let mut swapped = String::with_capacity(code.len());
    // For each open bracket, true if it belongs to a replaced call.
    let mut brackets = Vec::new();
    let mut rest = code;
    while let Some(character) = rest.chars().next() {
        let is_start = !swapped.ends_with(|last: char| last.is_alphanumeric() || last == '_');
        if is_start && rest.starts_with(call) {
            brackets.push(true);
            swapped.push_str(new_call);
            rest = &rest[call.len()..];
            continue;
        }
        let mut length = character.len_utf8();
        match character {
            '"' => {
                let mut escaped = false;
                let end = rest[1..].find(|it: char| {
                    let is_end = it == '"' && !escaped;
                    escaped = it == '\\' && !escaped;
                    is_end
                });
                length = end.map_or(rest.len(), |end| end + 2);
                swapped.push_str(&rest[..length]);
            }
            it if it == open => {
                brackets.push(false);
                swapped.push(it);
            }
            it if it == close => swapped.push(if brackets.pop() == Some(true) { new_close } else { it }),
            it => swapped.push(it),
        }
        rest = &rest[length..];
    }
    swapped
}

#[cfg(test)]
mod tests {
    use super::laid_out;
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
    fn lays_out_the_items_of_a_list() {
        let item = format!("types::Item::new(\"vec![(\\\"\", with_vec_([{}]))", "1, ".repeat(20));
        let lines: Vec<String> = laid_out(&format!("let body = vec![{item}, vec![]];"))
            .lines()
            .map(|line| line.trim().to_owned())
            .collect();
        let (first, last) = (&lines[..2], &lines[lines.len() - 3..]);
        assert_eq!(first, ["let body = vec![", "types::Item::new("], "{lines:?}");
        assert_eq!(last, ["),", "vec![],", "];"], "{lines:?}");
        assert_eq!(lines[2], "\"vec![(\\\"\",", "{lines:?}");
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
