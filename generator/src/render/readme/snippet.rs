//! Rust code of the snippets: calls and the values that they take.

use super::super::parameter::{self, ArgumentKind};
use super::super::{Context, ty};
use crate::ir::{
    Body, BodyKind, Constraint, Content, Docs, Multipart, Operation, OperationId, Part, PartKind, Shape,
    Success, Type, TypeId,
};
use crate::naming::FormNames;

/// The longest line of a snippet.
const WIDTH: usize = 90;

/// The longest chain of method calls on one line, as in rustfmt.
const CHAIN_WIDTH: usize = 60;

/// A request on `client`: the method calls that build it.
pub(in super::super) struct Request {
    steps: Vec<String>,
}

impl Request {
    /// Returns a request with its required arguments.
    pub(in super::super) fn new(context: &Context<'_>, id: OperationId, operation: &Operation) -> Self {
        let required = operation.body.as_ref().filter(|body| body.required);
        Self::with_body(context, id, operation, required.map(|body| empty_body(context, id, body)))
    }

    /// Returns a request with this expression as its body, or without a body argument.
    pub(in super::super) fn with_body(
        context: &Context<'_>,
        id: OperationId,
        operation: &Operation,
        body: Option<String>,
    ) -> Self {
        let names = context.names.of_operation(id);
        let resource = context.names.of_resource(operation.resource).module.as_str();
        let method = names.method.as_str();
        let required = operation.parameters.iter().zip(&names.parameters);
        let required = required.filter(|(parameter, _)| parameter.required);
        let mut arguments: Vec<String> = required
            .map(|(parameter, ident)| argument(context, &parameter.ty, &parameter.docs, ident.as_str()))
            .collect();
        arguments.extend(body);
        let mut list = arguments.join(", ");
        if method.len() + list.len() + "        .()".len() > WIDTH {
            let lines = arguments.iter().map(|argument| format!("            {argument},\n"));
            list = format!("\n{}        ", lines.collect::<String>());
        }
        Self { steps: vec![format!(".{resource}()"), format!(".{method}({list})")] }
    }

    /// Adds a method call.
    pub(in super::super) fn then(mut self, step: impl Into<String>) -> Self {
        self.steps.push(step.into());
        self
    }

    /// Returns the method calls, each on a line of its own.
    pub(in super::super) fn lines(&self) -> String {
        self.steps.iter().map(|step| format!("        {step}\n")).collect()
    }

    /// Returns the statement that begins with `start`, such as `let response = `, and ends with `end`, on one line if it
    /// fits.
    pub(in super::super) fn statement(&self, start: &str, end: &str) -> String {
        let chain = format!("client{}", self.steps.concat());
        let line = format!("    {start}{chain}{end}\n");
        if chain.len() <= CHAIN_WIDTH && line.len() <= WIDTH && !chain.contains('\n') {
            return line;
        }
        let steps: String = self.steps.iter().map(|step| format!("\n        {step}")).collect();
        format!("    {start}client{steps}{end}\n")
    }
}

/// Returns the statement that sets the response of an operation of the mock server.
pub(in super::super) fn mock_statement(
    context: &Context<'_>,
    id: OperationId,
    operation: &Operation,
    response: &str,
) -> String {
    let resource = context.names.of_resource(operation.resource).module.as_str();
    let method = context.names.of_operation(id).method.as_str();
    let line = format!("    mock.on().{resource}().{method}().{response};\n");
    if line.len() <= WIDTH {
        return line;
    }
    format!("    mock.on()\n        .{resource}()\n        .{method}()\n        .{response};\n")
}

/// Returns the start of a statement that binds the result, and the statement that prints it.
pub(in super::super) fn binding(success: &Success) -> (&'static str, &'static str) {
    match success {
        Success::Empty => ("", ""),
        Success::Always(_) | Success::Optional(_) | Success::ByStatus(_) => {
            ("let response = ", "    println!(\"{response:#?}\");\n")
        }
    }
}

/// Returns a `use` declaration for items of the crate, and for `types` if the code refers to it.
pub(super) fn import(context: &Context<'_>, items: &[&str], code: &str) -> String {
    let mut items = items.to_vec();
    if code.contains("types::") {
        items.push("types");
    }
    let list = items.join(", ");
    let list = if items.len() == 1 { list } else { format!("{{{list}}}") };
    format!("use {}::{list};\n", context.package.library_name())
}

/// Returns an argument for a parameter of this type.
pub(super) fn argument(context: &Context<'_>, ty: &Type, docs: &Docs, name: &str) -> String {
    match (parameter::argument_kind(context, ty), ty) {
        (ArgumentKind::Text, _) => format!("{:?}", text(docs, name)),
        (ArgumentKind::Texts, _) => format!("&[{name:?}]"),
        (ArgumentKind::Slice, Type::List(inner)) => format!("&[{}]", value(context, inner, name)),
        (ArgumentKind::Reference | ArgumentKind::Slice, _) => format!("&{}", value(context, ty, name)),
        (ArgumentKind::Value, _) => value(context, ty, name),
    }
}

/// Returns the document's example if it is short and plain, or else a placeholder: an email address or the name.
pub(super) fn text<'a>(docs: &'a Docs, name: &'a str) -> &'a str {
    let is_plain = |text: &&str| {
        let is_allowed = |character: char| character.is_ascii_alphanumeric() || " -_.:/@".contains(character);
        !text.trim().is_empty() && text.len() <= 40 && text.chars().all(is_allowed)
    };
    let example = docs.example.as_ref().and_then(|example| example.as_str());
    let is_email = docs.constraints.contains(&Constraint::Format("email".to_owned()));
    example.filter(is_plain).unwrap_or(if is_email { "user@example.com" } else { name })
}

/// Returns a value of a type.
pub(super) fn value(context: &Context<'_>, ty: &Type, name: &str) -> String {
    match ty {
        Type::String => format!("{name:?}.to_owned()"),
        Type::Bool => "true".to_owned(),
        Type::Integer { .. } => "1".to_owned(),
        Type::Float { .. } => "1.0".to_owned(),
        Type::Uuid => format!("{}::uuid::Uuid::nil()", context.package.library_name()),
        Type::List(inner) => format!("vec![{}]", value(context, inner, name)),
        Type::Tuple(items) => {
            let items: Vec<String> = items.iter().map(|item| value(context, item, name)).collect();
            format!("({},)", items.join(", "))
        }
        Type::Named(id) => {
            match (&context.api.type_def(*id).shape, context.names.of_type(*id).variants.first()) {
                (Shape::Enum(_), Some(first)) => format!("{}::{}", named(context, *id), first.ident.as_str()),
                _ => format!("{}::default()", named(context, *id)),
            }
        }
        // The crate exports the libraries whose types have no default.
        ty => match context.libraries.default_of(ty) {
            Some(epoch) => {
                format!("{}::{}", context.package.library_name(), epoch.to_string().replace(' ', ""))
            }
            None => "Default::default()".to_owned(),
        },
    }
}

/// Returns the path of a named type.
pub(super) fn named(context: &Context<'_>, id: TypeId) -> String {
    format!("types::{}", context.names.of_type(id).ident.as_str())
}

/// Returns the type of a JSON response if it can be written without imports other than `types`.
pub(super) fn response_type(context: &Context<'_>, operation: &Operation) -> Option<String> {
    let Success::Always(Content::Json(ty @ (Type::Named(_) | Type::List(_)))) = &operation.success else {
        return None;
    };
    let is_list_of_named = matches!(ty, Type::List(inner) if inner.named().is_some());
    let is_short = ty.named().is_some() || is_list_of_named;
    is_short.then(|| ty::qualified(context, ty).to_string().replace(' ', ""))
}

/// Returns a body with only its required parts, which are empty or placeholders.
fn empty_body(context: &Context<'_>, id: OperationId, body: &Body) -> String {
    let Some(content) = body.contents.first() else { return String::new() };
    let media_type = if content.media_type.is_none() { "\"application/octet-stream\", " } else { "" };
    match &content.kind {
        BodyKind::Json(ty @ Type::Nullable(_)) if ty::codec(ty).is_none() => "None".to_owned(),
        BodyKind::Json(ty) | BodyKind::Form { ty, .. } => match ty {
            // An item would have to be invented.
            Type::List(_) => "&Vec::new()".to_owned(),
            ty => format!("&{}", value(context, ty, "text")),
        },
        BodyKind::Text | BodyKind::Bytes => format!("{media_type}\"...\""),
        BodyKind::Multipart(Multipart::AnyParts(_)) => {
            format!("{}::runtime::Multipart::new()", context.package.library_name())
        }
        BodyKind::Multipart(Multipart::Parts(parts)) => {
            let names = context.names.of_operation(id).contents.first().and_then(|names| names.form.as_ref());
            names.map(|names| form(context, id, parts, names)).unwrap_or_default()
        }
        BodyKind::Multipart(Multipart::Alternatives(forms)) => {
            let names = context.names.of_operation(id).contents.first().and_then(|names| names.form.as_ref());
            let variants = names.iter().flat_map(|names| &names.variants);
            let first = forms.iter().zip(variants).next();
            first.map(|(parts, (_, names))| form(context, id, &parts.parts, names)).unwrap_or_default()
        }
    }
}

/// Returns a multipart form with only its required parts.
fn form(context: &Context<'_>, id: OperationId, parts: &[Part], names: &FormNames) -> String {
    let operation = &context.api.operations[id.index()];
    let resource = context.names.of_resource(operation.resource).module.as_str();
    let required = parts.iter().filter(|part| part.required);
    let arguments = required.flat_map(|part| {
        let headers = part.headers.iter().filter(|header| header.required);
        let headers = headers.map(|header| argument(context, &header.ty, &header.docs, &header.name));
        [part_value(context, part)].into_iter().chain(headers)
    });
    let (arguments, name) = (arguments.collect::<Vec<_>>().join(", "), context.package.library_name());
    format!("{name}::resources::{resource}::{}::new({arguments})", names.ident.as_str())
}

/// Returns an argument for a part of a multipart form.
fn part_value(context: &Context<'_>, part: &Part) -> String {
    match &part.kind {
        PartKind::Text { ty, .. } | PartKind::Json { ty, .. } | PartKind::Styled { ty, .. } => {
            argument(context, ty, &part.docs, &part.name)
        }
        PartKind::File { several: true, .. } => "Vec::new()".to_owned(),
        PartKind::TextOrFile | PartKind::File { several: false, .. } => "\"...\"".to_owned(),
    }
}
