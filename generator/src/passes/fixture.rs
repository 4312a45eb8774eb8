//! Models for the tests of passes.

use std::thread;

use crate::diagnostics::{Diagnostics, Pointer};
use crate::ir::{
    Access, Api, Docs, Field, FieldKind, Operation, ResourceId, Shape, Struct, Success, Type, TypeDef,
    TypeId, TypeName,
};

/// The number of types in the chains and cycles that every pass has to finish.
pub(super) const LONG: usize = 100_000;

/// Returns a model with these component schemas.
pub(super) fn api(types: impl IntoIterator<Item = (String, Shape)>) -> Api {
    let types = types.into_iter().map(|(key, shape)| TypeDef {
        docs: Docs { pointer: Pointer::root().child(&key), ..Docs::default() },
        name: TypeName::Component { key },
        shape,
        is_closed: false,
    });
    Api { types: types.collect(), ..Api::default() }
}

/// Returns the type with an index.
pub(super) fn named(index: usize) -> Type {
    Type::Named(TypeId::new(index))
}

/// Returns a struct with these fields.
pub(super) fn object<const N: usize>(fields: [(&str, FieldKind); N]) -> Shape {
    let fields = fields.map(|(name, kind)| Field {
        name: name.to_owned(),
        docs: Docs { pointer: Pointer::root().child(name), ..Docs::default() },
        kind,
        access: Access::Both,
        constant_bool: None,
        secret: false,
        is_listed_as_required: false,
    });
    Shape::Struct(Struct { fields: fields.into(), additional_properties: None })
}

/// Returns an operation without parameters, bodies and errors.
pub(super) fn operation() -> Operation {
    Operation {
        id: String::new(),
        resource: ResourceId::new(0),
        name: String::new(),
        summary: None,
        docs: Docs::default(),
        method: "GET".to_owned(),
        path: "/".to_owned(),
        server: None,
        security: None,
        scopes: Vec::new(),
        parameters: Vec::new(),
        body: None,
        success: Success::Empty,
        headers: Vec::new(),
        pages: None,
        is_redirect: false,
        function: None,
        accept: None,
        other_responses: Vec::new(),
        documented_responses: Vec::new(),
        errors: Vec::new(),
        is_repeatable: false,
    }
}

/// Returns the location and the message of each finding.
pub(super) fn messages(diagnostics: &Diagnostics) -> Vec<String> {
    diagnostics.iter().map(|found| format!("{}: {}", found.pointer.as_str(), found.message)).collect()
}

/// Runs a test on a thread with a stack of 1 MB.
pub(super) fn on_small_stack(test: impl FnOnce() + Send + 'static) {
    let thread = thread::Builder::new().stack_size(1 << 20).spawn(test).expect("the thread starts");
    thread.join().expect("the test succeeds");
}
