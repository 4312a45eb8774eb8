//! The statements that build the request body of the showcase and send it, for the README and `examples/`.

use super::context::Context;
use super::layout::laid_out;
use super::snippet::{self, Request, body_setter};
use crate::showcase::BodyExample;

/// Returns the statements that build the body and send it.
pub(super) fn statements(context: &Context<'_>, shown: &BodyExample) -> String {
    let operation = &context.api.operations[shown.operation.index()];
    let mut request = Request::with_body(context, shown.operation);
    if let Some(call) = parameter_setter(context, shown) {
        request = request.then(call);
    }
    let (start, print) = snippet::binding(&operation.success);
    let body = laid_out(&format!("let body = {};", snippet::code(context, &shown.body)));
    format!("{body}{}{print}", request.then(".await").statement(start, "?;"))
}

/// Returns the method calls that set the body, if it is optional, and the optional parameter.
pub(super) fn setters(context: &Context<'_>, shown: &BodyExample) -> Vec<String> {
    let body = body_setter(context, shown.operation).map(|setter| format!("{setter}(&body)"));
    body.into_iter().chain(parameter_setter(context, shown)).collect()
}

fn parameter_setter(context: &Context<'_>, shown: &BodyExample) -> Option<String> {
    let (position, value) = shown.parameter.as_ref()?;
    let setter = context.names.of_operation(shown.operation).parameters[*position].as_str();
    Some(format!(".{setter}({})", snippet::code(context, value)))
}
