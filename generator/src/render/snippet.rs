//! Rust code of the snippets: the calls of operations.

use super::context::Context;
use super::{ty, values};
use crate::ir::{Content, Operation, OperationId, Success, Type, TypeId};
use crate::showcase::Value;

/// The longest line of a snippet.
const WIDTH: usize = 90;

/// The longest chain of method calls on one line, as in rustfmt.
const CHAIN_WIDTH: usize = 60;

/// A request on `client`: the method calls that build it.
pub(super) struct Request {
    steps: Vec<String>,
}

impl Request {
    /// Returns a request with its required arguments.
    pub(super) fn new(context: &Context<'_>, id: OperationId) -> Self {
        let body = &context.showcase.call(id).body;
        Self::with(context, id, body.iter().map(|value| code(context, value)))
    }

    /// Returns a request whose body is the variable `body`.
    pub(super) fn with_body(context: &Context<'_>, id: OperationId) -> Self {
        let body = "&body".to_owned();
        match body_setter(context, id) {
            Some(setter) => Self::with(context, id, []).then(format!("{setter}({body})")),
            None => Self::with(context, id, [body]),
        }
    }

    /// Returns a request with its required parameters and these arguments.
    fn with(context: &Context<'_>, id: OperationId, body: impl IntoIterator<Item = String>) -> Self {
        let operation = &context.api.operations[id.index()];
        let resource = context.names.of_resource(operation.resource).module.as_str();
        let method = context.names.of_operation(id).method.as_str();
        let parameters = &context.showcase.call(id).parameters;
        let arguments = parameters.iter().map(|value| code(context, value));
        let arguments: Vec<String> = arguments.chain(body).collect();
        let mut list = arguments.join(", ");
        if method.len() + list.len() + "        .()".len() > WIDTH {
            let lines = arguments.iter().map(|argument| format!("            {argument},\n"));
            list = format!("\n{}        ", lines.collect::<String>());
        }
        Self { steps: vec![format!(".{resource}()"), format!(".{method}({list})")] }
    }

    /// Adds a method call.
    pub(super) fn then(mut self, step: impl Into<String>) -> Self {
        self.steps.push(step.into());
        self
    }

    /// Adds the call that returns the items of all pages.
    pub(super) fn then_items(self, context: &Context<'_>, id: OperationId) -> Self {
        let pages = context.names.of_operation(id).pages.as_ref();
        let step = pages.map(|names| format!(".{}()", names.items.as_str()));
        self.then(step.unwrap_or_default())
    }

    /// Returns the method calls, each on a line of its own.
    pub(super) fn lines(&self) -> String {
        self.steps.iter().map(|step| format!("        {step}\n")).collect()
    }

    /// Returns the statement that begins with `start`, such as `let response = `, and ends with `end`, on one line if it
    /// fits.
    pub(super) fn statement(&self, start: &str, end: &str) -> String {
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
pub(super) fn mock_statement(context: &Context<'_>, id: OperationId, response: &str) -> String {
    let operation = &context.api.operations[id.index()];
    let resource = context.names.of_resource(operation.resource).module.as_str();
    let method = context.names.of_operation(id).method.as_str();
    let line = format!("    mock.on().{resource}().{method}().{response};\n");
    if line.len() <= WIDTH {
        return line;
    }
    format!("    mock.on()\n        .{resource}()\n        .{method}()\n        .{response};\n")
}

/// Returns the start of a statement that binds the result, and the statement that prints it.
pub(super) fn binding(success: &Success) -> (&'static str, &'static str) {
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
    format!("use {}::{list};\n", context.package().library_name())
}

/// Returns the path of a named type.
pub(super) fn named(context: &Context<'_>, id: TypeId) -> String {
    values::named(context.names, id)
}

/// Returns the code of a value.
pub(super) fn code(context: &Context<'_>, value: &Value) -> String {
    values::code(context.api, context.facts, context.names, value)
}

/// Returns the start of the method call that sets the body, if it is optional.
pub(super) fn body_setter(context: &Context<'_>, id: OperationId) -> Option<String> {
    context.api.operations[id.index()].body.as_ref().filter(|body| !body.required)?;
    let setter = context.names.of_operation(id).contents.first();
    Some(format!(".{}", setter.map_or("body", |names| names.method.as_str())))
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
