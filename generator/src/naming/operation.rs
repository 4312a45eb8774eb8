//! Names in an operation: parameters, the request body and its parts, responses and headers.

use super::chosen::{Chosen, chosen_first, in_order};
use super::ident::{Case, Ident, to_case};
use super::ledger::{Ledger, ScopeId};
use super::operation_names::{
    ContentNames, FormNames, HeadersNames, OperationNames, PageNames, ResponseNames,
};
use super::reserved::{FORM_METHODS, PAGINATED_METHODS, REQUEST_EXT_METHODS, REQUEST_METHODS};
use super::scope::Scope;
use crate::ir::{BodyKind, Multipart, Operation, OperationId, Parameter, Part, Success};
use crate::lock::Kind;

/// Names everything in an operation.
pub(super) struct OperationNaming<'a, 'l> {
    pub(super) id: OperationId,
    pub(super) operation: &'a Operation,
    pub(super) chosen: &'a Chosen,
    /// The id that the operation had in the last run.
    pub(super) before: &'a str,
    pub(super) ledger: &'a mut Ledger<'l>,
}

impl OperationNaming<'_, '_> {
    /// Types beside the request temporarily have the name of the request; the caller replaces it.
    pub(super) fn names(&mut self, method: Ident, request: Ident) -> OperationNames {
        let operation = self.operation;
        let paged: &[&str] = if operation.pages.is_some() { &PAGINATED_METHODS } else { &[] };
        let own = [&REQUEST_METHODS, paged].concat();
        let scope = Scope::reserving(Case::Snake, "value", &REQUEST_METHODS);
        let mut scope = self.ledger.open(&ScopeId::Request(self.before.to_owned()), scope);
        let pages = operation.pages.as_ref().map(|_| self.pages(&mut scope));
        let parameters = self.parameters(&own, &mut scope);
        let body = match operation.body {
            Some(_) => self.allocate(Kind::Body, &[], &mut scope, "body", &["request body"]),
            None => scope.allocate_or("body", &["request body"]),
        };
        let media_type = scope.allocate_or("media type", &["body media type"]);
        let contents =
            operation.body.iter().flat_map(|body| body.contents.iter().enumerate().map(move |it| (body, it)));
        let contents = contents.map(|(of, (position, content))| {
            let method = match (of.required, position) {
                (true, _) => method.clone(),
                (false, 0) => body.clone(),
                (false, _) => {
                    let other = format!("{} body", content.name);
                    self.allocate(Kind::Content, &[&content.name], &mut scope, &content.name, &[&other])
                }
            };
            ContentNames { method, form: self.form(&content.name, &content.kind, &request) }
        });
        let contents = contents.collect();
        let other_responses = operation.other_responses.iter().map(|other| {
            self.allocate(Kind::Accept, &[&other.name], &mut scope, &format!("as {}", other.name), &[])
        });
        let other_responses = other_responses.collect();
        let response = self.response(&request);
        let headers = self.headers(&request);
        OperationNames {
            method,
            request,
            parameters,
            body,
            media_type,
            pages,
            contents,
            response,
            other_responses,
            headers,
        }
    }

    /// Allocates the name of an item of the operation.
    fn allocate(
        &mut self,
        kind: Kind,
        path: &[&str],
        scope: &mut Scope,
        wanted: &str,
        others: &[&str],
    ) -> Ident {
        let now = [&[self.operation.id.as_str()][..], path].concat();
        let before = [&[self.before][..], path].concat();
        let key = self.ledger.key(kind, &now, Some(&before));
        let ident = scope.allocate_for(key.slot(0), wanted, others);
        self.ledger.record_names(key, &[&ident]);
        ident
    }

    /// Allocates the name that the settings choose for an item of the operation.
    fn allocate_chosen(&mut self, kind: Kind, path: &[&str], scope: &mut Scope, name: &str) -> Ident {
        let now = [&[self.operation.id.as_str()][..], path].concat();
        let before = [&[self.before][..], path].concat();
        let key = self.ledger.key(kind, &now, Some(&before));
        let ident = scope.allocate_chosen(name);
        self.ledger.record_names(key, &[&ident]);
        ident
    }

    /// Names the methods of a paginated request. A parameter with such a name keeps it if the operation was not paginated
    /// before, so the method gets another name.
    fn pages(&mut self, scope: &mut Scope) -> PageNames {
        let mut name = |usual: &str| {
            let now = [self.operation.id.as_str(), usual];
            let key = self.ledger.key(Kind::PageMethod, &now, Some(&[self.before, usual]));
            let ident = scope.allocate_for(key.slot(0), usual, &[&format!("all {usual}")]);
            if ident.as_str() != usual {
                self.ledger.record_names(key, &[&ident]);
            }
            ident
        };
        let [items, pages] = PAGINATED_METHODS.map(&mut name);
        PageNames { pages, items }
    }

    fn parameters(&mut self, own: &[&str], scope: &mut Scope) -> Vec<Ident> {
        let (operation, chosen, id) = (self.operation, self.chosen, self.id);
        let given = |position: usize| chosen.parameter(id, position);
        let name = |position: usize| {
            let parameter: &Parameter = &operation.parameters[position];
            let place = parameter.location.in_words();
            let with_location = format!("{} {place}", parameter.name);
            // Only an optional parameter becomes a method, which could hide another one.
            let wanted = match !parameter.required && is_request_method(&parameter.name, own, operation) {
                true => format!("set {}", parameter.name),
                false => parameter.name.clone(),
            };
            let path = [place, parameter.name.as_str()];
            let ident = match given(position) {
                // Another name is reported.
                Some(name) if !parameter.required && is_request_method(name, own, operation) => {
                    self.allocate(Kind::Parameter, &path, scope, &wanted, &[&with_location])
                }
                Some(name) => self.allocate_chosen(Kind::Parameter, &path, scope, name),
                None => self.allocate(Kind::Parameter, &path, scope, &wanted, &[&with_location]),
            };
            (position, ident)
        };
        let order = chosen_first(operation.parameters.len(), |position| given(position).is_some());
        in_order(order.into_iter().map(name).collect())
    }

    fn response(&mut self, request: &Ident) -> Option<ResponseNames> {
        let Success::ByStatus(responses) = &self.operation.success else { return None };
        let variants = Scope::reserving(Case::Camel, "Status", &["Unknown"]);
        let mut variants = self.ledger.open(&ScopeId::Statuses(self.before.to_owned()), variants);
        let names = responses.iter().map(|response| {
            let wanted = reason_phrase(&response.status);
            self.allocate(Kind::Status, &[&response.status], &mut variants, &wanted, &[])
        });
        let variants = names.collect();
        Some(ResponseNames { ident: request.clone(), variants })
    }

    fn headers(&mut self, request: &Ident) -> Option<HeadersNames> {
        let scope = Scope::new(Case::Snake, "header");
        let mut scope = self.ledger.open(&ScopeId::Headers(self.before.to_owned()), scope);
        let names = self.operation.headers.iter();
        let names = names.map(|it| self.allocate(Kind::Header, &[&it.name], &mut scope, &it.name, &[]));
        let fields: Vec<Ident> = names.collect();
        (!fields.is_empty()).then(|| HeadersNames { ident: request.clone(), fields })
    }

    fn form(&mut self, content: &str, kind: &BodyKind, request: &Ident) -> Option<FormNames> {
        match kind {
            BodyKind::Multipart(Multipart::Parts(parts)) => Some(self.parts(&[content], parts, request)),
            BodyKind::Multipart(Multipart::Alternatives(forms)) => {
                let scope = Scope::new(Case::Camel, "Form");
                let of = ScopeId::FormVariants([self.before, content].map(str::to_owned).to_vec());
                let mut scope = self.ledger.open(&of, scope);
                let variants = forms.iter().map(|form| {
                    let path = [content, form.name.as_str()];
                    let ident = self.allocate(Kind::FormVariant, &path, &mut scope, &form.name, &[]);
                    // Several alternatives can have the same name in the document.
                    let names = self.parts(&[content, ident.as_str()], &form.parts, request);
                    (ident, names)
                });
                let variants = variants.collect();
                Some(FormNames { ident: request.clone(), parts: Vec::new(), headers: Vec::new(), variants })
            }
            _ => None,
        }
    }

    /// Names the parts of a form, whose path is the media type and the variant of the alternative.
    fn parts(&mut self, form: &[&str], parts: &[Part], request: &Ident) -> FormNames {
        let scope = Scope::reserving(Case::Snake, "part", &FORM_METHODS);
        let of = [self.before].iter().chain(form).map(|it| (*it).to_owned()).collect();
        let mut scope = self.ledger.open(&ScopeId::Parts(of), scope);
        let path = |names: &[&str]| [form, names].concat().into_iter().map(str::to_owned).collect::<Vec<_>>();
        let mut allocate = |kind: Kind, names: &[&str], wanted: &str| {
            let path = path(names);
            let path: Vec<&str> = path.iter().map(String::as_str).collect();
            self.allocate(kind, &path, &mut scope, wanted, &[])
        };
        let idents = parts.iter().map(|part| allocate(Kind::Part, &[&part.name], &part.name)).collect();
        // Headers come after the parts, so that parts keep their names.
        let mut header = |part: &Part, name: &str| {
            allocate(Kind::PartHeader, &[&part.name, name], &format!("{} {name}", part.name))
        };
        let headers = parts.iter().map(|part| part.headers.iter().map(|it| header(part, &it.name)).collect());
        let headers = headers.collect();
        FormNames { ident: request.clone(), parts: idents, headers, variants: Vec::new() }
    }
}

/// Returns `true` if requests have a method with the name of a parameter.
fn is_request_method(parameter: &str, own: &[&str], operation: &Operation) -> bool {
    let name = to_case(parameter, Case::Snake);
    let has_body_method = operation.body.as_ref().is_some_and(|body| !body.required);
    own.iter().chain(&REQUEST_EXT_METHODS).any(|method| *method == name)
        || (has_body_method && name == "body")
}

/// Returns the reason phrase of a status (RFC 9110, section 15).
fn reason_phrase(status: &str) -> String {
    match status {
        "200" => "ok".to_owned(),
        "201" => "created".to_owned(),
        "202" => "accepted".to_owned(),
        "203" => "non authoritative".to_owned(),
        "204" => "no content".to_owned(),
        "205" => "reset content".to_owned(),
        "206" => "partial content".to_owned(),
        "207" => "multi status".to_owned(),
        "208" => "already reported".to_owned(),
        "226" => "im used".to_owned(),
        "2XX" => "success".to_owned(),
        other => format!("status {other}"),
    }
}
