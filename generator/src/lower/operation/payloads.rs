//! Payloads of webhooks and callbacks. They become types, but the client has no operations for them.

use std::collections::HashSet;

use super::body::lower_body;
use super::response::{SharedResponses, lower_responses};
use crate::diagnostics::Pointer;
use crate::document::PathItem;
use crate::lower::context::Lower;
use crate::lower::schema::Site;

/// The path items of webhooks and callbacks that were lowered so far. Shared ones are lowered once.
#[derive(Default)]
pub(super) struct Payloads {
    lowered: HashSet<Pointer>,
}

impl Payloads {
    /// Lowers the payloads of all webhooks.
    pub(super) fn lower_webhooks(&mut self, lower: &mut Lower<'_, '_>, shared: &mut SharedResponses) {
        let at = Pointer::root().child("webhooks");
        for (name, item) in lower.document.webhooks() {
            if let Some((item, at)) = lower.document.path_item(item, &at.child(name)) {
                let name = name_of_component(&at).unwrap_or_else(|| name.clone());
                self.lower(lower, &name, item, &at, shared);
            }
        }
    }

    /// Lowers the payloads of the callbacks of the operation at `at`.
    pub(super) fn lower_callbacks(
        &mut self,
        lower: &mut Lower<'_, '_>,
        operation: &str,
        at: &Pointer,
        shared: &mut SharedResponses,
    ) {
        let document = lower.document;
        for (name, callback) in document.callbacks(at) {
            let at = at.child("callbacks").child(name);
            let Some((callback, at)) = document.callback(callback, &at) else { continue };
            for (url, item) in &callback.items {
                let Some((item, at)) = document.path_item(item, &at.child(url)) else { continue };
                let name = name_of_component(&at).unwrap_or_else(|| format!("{operation} {name}"));
                self.lower(lower, &name, item, &at, shared);
            }
        }
    }

    fn lower<'a>(
        &mut self,
        lower: &mut Lower<'a, '_>,
        name: &str,
        item: &'a PathItem,
        at: &Pointer,
        shared: &mut SharedResponses,
    ) {
        if !self.lowered.insert(at.clone()) {
            return;
        }
        for (method, operation) in item.iter() {
            let at = method.location(at);
            let id = operation.operation_id.as_deref().unwrap_or(name);
            let site = |place: &str| Site::of_operation(id, place);
            if let Some(body) = &operation.request_body {
                lower_body(lower, body, &at.child("requestBody"), &site);
            }
            lower_responses(
                lower,
                &operation.responses,
                &at.child("responses"),
                method.name(),
                &site,
                shared,
            );
        }
    }
}

/// Returns the name of the component at a location, which does not depend on who refers to it.
fn name_of_component(at: &Pointer) -> Option<String> {
    let mut segments = at.segments();
    (segments.next()? == "components").then(|| segments.nth(1)).flatten()
}
