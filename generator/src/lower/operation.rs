//! Operations: path, parameters, body, answers.

use indexmap::IndexMap;
use openapiv3::{MediaType, PathItem, ReferenceOr, RequestBody, Response, Responses, StatusCode};

use super::Lower;
use super::path::template;
use super::schema::Site;
use crate::diagnostics::{Code, Pointer};
use crate::ir::{Body, Docs, ErrorAnswer, Operation, ResourceId, Success, Type};

impl<'a> Lower<'a, '_> {
    /// Every operation, in document order.
    pub(super) fn lower_operations(&mut self) {
        let paths = Pointer::root().child("paths");
        for (path, item) in &self.document.openapi().paths.paths {
            let Some((item, at)) = self.document.path_item(item, &paths.child(path)) else { continue };
            for (method, operation) in item.iter() {
                self.lower_operation(path, item, method, operation, &at);
            }
        }
    }

    fn lower_operation(
        &mut self,
        path: &str,
        item: &'a PathItem,
        method: &str,
        operation: &'a openapiv3::Operation,
        item_at: &Pointer,
    ) {
        let at = item_at.child(method);
        let id = operation.operation_id.clone().unwrap_or_else(|| format!("{method} {path}"));
        let (resource, name) = self.place_of(operation, method, path);
        let site = |place: &str| Site::OfOperation { operation: id.clone(), place: place.to_owned() };
        let parameters = self.lower_parameters(path, item, operation, item_at, &at, &site);
        let body = operation
            .request_body
            .as_ref()
            .and_then(|body| self.lower_body(body, &at.child("requestBody"), site("request")));
        let (success, errors) = self.lower_answers(&operation.responses, &at.child("responses"), &site);
        let lowered = Operation {
            resource: ResourceId::new(resource),
            name,
            summary: text(operation.summary.as_ref()),
            docs: Docs {
                text: text(operation.description.as_ref()),
                deprecated: operation.deprecated,
                pointer: at,
                ..Docs::default()
            },
            method: method_name(method),
            path: template(path),
            parameters,
            body,
            success,
            errors,
            id,
        };
        self.api.operations.push(lowered);
    }

    fn lower_body(&mut self, body: &'a ReferenceOr<RequestBody>, at: &Pointer, site: Site) -> Option<Body> {
        let (body, at) = self.document.request_body(body, at)?;
        let content_at = at.child("content");
        let Some((media_type, content)) = json(&body.content) else {
            let types: Vec<&str> = body.content.keys().map(String::as_str).collect();
            self.diagnostics.report(
                Code::UnsupportedBody,
                &content_at,
                format!(
                    "The body cannot be sent: there is no JSON among its media types ({}).",
                    types.join(", ")
                ),
                "Offer the body as `application/json`.",
            );
            return None;
        };
        let ty = self.lower_media_type(content, &content_at.child(media_type), site);
        Some(Body {
            ty,
            required: body.required,
            docs: Docs { text: text(body.description.as_ref()), pointer: at, ..Docs::default() },
        })
    }

    /// What comes back: the first success that has a body decides the type, the others are errors.
    fn lower_answers(
        &mut self,
        responses: &'a Responses,
        at: &Pointer,
        site: &dyn Fn(&str) -> Site,
    ) -> (Success, Vec<ErrorAnswer>) {
        let mut successes = Vec::new();
        let mut errors = Vec::new();
        for (status, response) in &responses.responses {
            let at = at.child(status.to_string());
            match status {
                StatusCode::Code(200..=299) | StatusCode::Range(2) => successes.push((response, at)),
                _ => errors.push((status.to_string(), response, at)),
            }
        }
        if let Some(response) = &responses.default {
            let at = at.child("default");
            if successes.is_empty() {
                successes.push((response, at));
            } else {
                errors.push(("default".to_owned(), response, at));
            }
        }
        let mut bodies = Vec::new();
        for (response, at) in successes {
            if let Some(ty) = self.lower_success(response, &at, site("response")) {
                if bodies.iter().all(|(known, _)| *known != ty) {
                    bodies.push((ty, at));
                }
            }
        }
        for (_, at) in bodies.iter().skip(1) {
            self.diagnostics.report(
                Code::UnsupportedBody,
                at,
                "Another success of this operation has a body of another type, and only the first is decoded.",
                "Answer with one type, or a union.",
            );
        }
        let success = bodies.into_iter().next().map_or(Success::Empty, |(ty, _)| Success::Json(ty));
        let errors =
            errors.into_iter().map(|(status, response, at)| self.lower_error(status, response, &at, site));
        (success, errors.collect())
    }

    fn lower_success(
        &mut self,
        response: &'a ReferenceOr<Response>,
        at: &Pointer,
        site: Site,
    ) -> Option<Type> {
        let (response, at) = self.document.response(response, at)?;
        if response.content.is_empty() {
            return None;
        }
        let content_at = at.child("content");
        match json(&response.content) {
            Some((media_type, content)) => {
                Some(self.lower_media_type(content, &content_at.child(media_type), site))
            }
            None => {
                let types: Vec<&str> = response.content.keys().map(String::as_str).collect();
                self.diagnostics.report(
                    Code::UnsupportedBody,
                    &content_at,
                    format!(
                        "The answer is not decoded: there is no JSON among its types ({}).",
                        types.join(", ")
                    ),
                    "Answer with `application/json`.",
                );
                None
            }
        }
    }

    fn lower_error(
        &mut self,
        status: String,
        response: &'a ReferenceOr<Response>,
        at: &Pointer,
        site: &dyn Fn(&str) -> Site,
    ) -> ErrorAnswer {
        let Some((response, at)) = self.document.response(response, at) else {
            return ErrorAnswer { status, description: String::new(), ty: None };
        };
        let ty = json(&response.content).map(|(media_type, content)| {
            let at = at.child("content").child(media_type);
            self.lower_media_type(content, &at, site(&format!("error {status}")))
        });
        ErrorAnswer { status, description: response.description.trim().to_owned(), ty }
    }

    fn lower_media_type(&mut self, content: &'a MediaType, at: &Pointer, site: Site) -> Type {
        match &content.schema {
            Some(schema) => self.lower_schema_or_reference(schema, &at.child("schema"), site).ty,
            None => Type::Json,
        }
    }
}

/// The JSON among the media types of a body.
fn json(content: &IndexMap<String, MediaType>) -> Option<(&str, &MediaType)> {
    let is_json = |media_type: &str| {
        let essence = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        essence == "application/json" || essence.ends_with("+json") || essence == "*/*"
    };
    content.iter().find(|(name, _)| is_json(name)).map(|(name, media_type)| (name.as_str(), media_type))
}

fn text(text: Option<&String>) -> Option<String> {
    text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
}

fn method_name(method: &str) -> &'static str {
    match method {
        "get" => "GET",
        "put" => "PUT",
        "post" => "POST",
        "delete" => "DELETE",
        "options" => "OPTIONS",
        "head" => "HEAD",
        "patch" => "PATCH",
        "trace" => "TRACE",
        other => unreachable!("a path item has no method `{other}`"),
    }
}
