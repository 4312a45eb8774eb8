//! The names of an operation in the scopes of its resource: its methods, and the types beside its request.

use super::ident::Ident;
use super::operation_names::OperationNames;
use crate::ir::Operation;
use crate::lock::Kind;

/// An item of an operation that has a name in the module or the type of its resource.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum OperationItem {
    /// The method for a media type of the body. The method of an operation without a required body has the first position.
    Method { content: usize },
    /// The request type.
    Request,
    /// The multipart form of a media type.
    Form { content: usize },
    /// An alternative of a multipart form.
    FormVariant { content: usize, variant: usize },
    /// The response enum.
    Response,
    /// The struct of the response headers.
    Headers,
}

impl OperationItem {
    /// Returns the name in this run. `None` if the operation does not have the item any more.
    pub(crate) fn ident(self, names: &OperationNames) -> Option<&Ident> {
        let form = |content: usize| names.contents.get(content).and_then(|content| content.form.as_ref());
        match self {
            Self::Method { content: 0 } => Some(&names.method),
            Self::Method { content } => names.contents.get(content).map(|content| &content.method),
            Self::Request => Some(&names.request),
            Self::Form { content } => form(content).map(|form| &form.ident),
            Self::FormVariant { content, variant } => {
                form(content).and_then(|form| form.variants.get(variant)).map(|(_, form)| &form.ident)
            }
            Self::Response => names.response.as_ref().map(|response| &response.ident),
            Self::Headers => names.headers.as_ref().map(|headers| &headers.ident),
        }
    }

    /// Returns `true` for a method of the resource, and `false` for a type in its module.
    pub(crate) fn is_method(self) -> bool {
        matches!(self, Self::Method { .. })
    }

    /// Returns the kind of the lines that have the name, and the position of the name in them.
    pub(super) fn line(self) -> (Kind, usize) {
        match self {
            Self::Method { content: 0 } => (Kind::Operation, 1),
            Self::Request => (Kind::Operation, 2),
            Self::Method { .. } => (Kind::Method, 1),
            Self::Form { .. } | Self::FormVariant { .. } => (Kind::Form, 1),
            Self::Response => (Kind::Response, 1),
            Self::Headers => (Kind::Headers, 1),
        }
    }

    /// Returns the kind of the lines that have old names.
    pub(super) fn old_kind(self) -> Kind {
        if self.is_method() { Kind::OldMethod } else { Kind::OldOperationType }
    }
}

/// Returns the path of an old name in the operation. A type has its role before the path of the item.
pub(super) fn old_path<'p>(item: OperationItem, path: &[&'p str]) -> Vec<&'p str> {
    let role = match item {
        OperationItem::Method { .. } => None,
        OperationItem::Request => Some("request"),
        OperationItem::Form { .. } | OperationItem::FormVariant { .. } => Some("form"),
        OperationItem::Response => Some("response"),
        OperationItem::Headers => Some("headers"),
    };
    role.into_iter().chain(path.iter().copied()).collect()
}

/// Returns the items of an operation, each with its path in the operation: a media type, and the name of an alternative.
pub(super) fn items<'a>(
    operation: &'a Operation,
    names: &'a OperationNames,
) -> Vec<(OperationItem, Vec<&'a str>)> {
    let mut items = vec![(OperationItem::Method { content: 0 }, vec![]), (OperationItem::Request, vec![])];
    let contents = operation.body.iter().flat_map(|body| &body.contents).zip(&names.contents);
    let is_required = operation.body.as_ref().is_some_and(|body| body.required);
    for (content, (of, names)) in contents.enumerate() {
        let path = vec![of.name.as_str()];
        if content > 0 && is_required {
            items.push((OperationItem::Method { content }, path.clone()));
        }
        let Some(form) = &names.form else { continue };
        items.push((OperationItem::Form { content }, path.clone()));
        for (variant, (ident, _)) in form.variants.iter().enumerate() {
            let path = vec![of.name.as_str(), ident.as_str()];
            items.push((OperationItem::FormVariant { content, variant }, path));
        }
    }
    items.extend(names.response.as_ref().map(|_| (OperationItem::Response, vec![])));
    items.extend(names.headers.as_ref().map(|_| (OperationItem::Headers, vec![])));
    items
}
