//! The headers that the document describes of an answer: text on the wire, and only what has one spelling as text gets
//! a type.

use indexmap::IndexMap;
use openapiv3::{Header, ParameterSchemaOrContent, ReferenceOr};

use super::Lower;
use super::media_type::{self, Family};
use super::schema::Site;
use super::secret::is_called_secret;
use super::security::is_token;
use crate::diagnostics::{Code, Pointer};
use crate::ir::{Docs, ResponseHeader, Shape, Type};

/// The headers of an operation's successes while they are gathered: one of a name, and as which it is described first.
pub(super) type Gathered<'a> = Vec<(&'a Header, ResponseHeader)>;

/// The headers that HTTP writes as `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110, section 5.6.7), whatever a document says.
const HTTP_DATES: [&str; 3] = ["date", "expires", "last-modified"];

/// The headers that hold secrets under names that no field has.
const SECRET: [&str; 4] = ["auth-token", "csrf-token", "session-token", "set-cookie"];

impl<'a> Lower<'a, '_> {
    /// Adds the headers of an answer that stands at `at`.
    pub(super) fn lower_headers(
        &mut self,
        headers: &'a IndexMap<String, ReferenceOr<Header>>,
        at: &Pointer,
        site: &dyn Fn(&str) -> Site,
        gathered: &mut Gathered<'a>,
    ) {
        let at = at.child("headers");
        for (name, header) in headers {
            // OpenAPI 3.0.3, section 4.7.17: the media types of the answer say it.
            if name.eq_ignore_ascii_case("content-type") {
                continue;
            }
            let written = at.child(name);
            let Some((header, at)) = self.document.header(header, &written) else { continue };
            if !is_token(name) {
                self.report_header(&written, "is left out: no header has such a name");
                continue;
            }
            let known = gathered.iter().position(|(_, known)| known.name.eq_ignore_ascii_case(name));
            match known.map(|position| &mut gathered[position]) {
                Some((described, _)) if *described == header => {}
                Some((_, known)) => {
                    let other = self.lower_header(name, header, &at, site);
                    known.secret |= other.secret;
                    if known.ty != other.ty {
                        known.ty = Type::String;
                        self.report_header(
                            &written,
                            "is read as text: another answer has another type for it",
                        );
                    }
                }
                None => {
                    let lowered = self.lower_header(name, header, &at, site);
                    gathered.push((header, lowered));
                }
            }
        }
    }

    /// A header of a component is lowered once, however many answers have it.
    fn lower_header(
        &mut self,
        name: &str,
        header: &'a Header,
        at: &Pointer,
        site: &dyn Fn(&str) -> Site,
    ) -> ResponseHeader {
        if let Some(known) = self.headers.get(at).filter(|known| known.name == name) {
            return known.clone();
        }
        let component = component_of(at);
        let site = match &component {
            Some(component) => Site::Component { key: format!("{component} header") },
            None => site(&format!("{name} header")),
        };
        let ty = self.lower_header_type(name, header, at, site);
        let deprecated = header.deprecated.unwrap_or_default();
        let text = self.text_of(header.description.as_ref(), &header.format);
        let (expectations, is_password) = match &header.format {
            ParameterSchemaOrContent::Schema(schema) => {
                (self.expectations_of(schema), self.says_secret(schema, at))
            }
            ParameterSchemaOrContent::Content(_) => (Vec::new(), false),
        };
        let spelled = name.to_ascii_lowercase();
        let lowered = ResponseHeader {
            name: name.to_owned(),
            ty,
            secret: is_password
                || is_called_secret(name)
                || SECRET.iter().any(|secret| spelled.ends_with(secret)),
            docs: Docs { text, deprecated, expectations, pointer: at.clone(), ..Docs::default() },
        };
        if component.is_some() {
            self.headers.insert(at.clone(), lowered.clone());
        }
        lowered
    }

    fn lower_header_type(&mut self, name: &str, header: &'a Header, at: &Pointer, site: Site) -> Type {
        let ty = match &header.format {
            // A header that is not there has no value either, so nothing is said by null.
            ParameterSchemaOrContent::Schema(schema) => {
                self.lower_schema_or_reference(schema, &at.child("schema"), site).ty
            }
            ParameterSchemaOrContent::Content(content) => {
                let is_text = |name: &String| matches!(media_type::family(name), Family::Text | Family::Any);
                if !content.keys().all(is_text) {
                    self.report_header(at, "is read as text: it has a media type of its own");
                }
                return Type::String;
            }
        };
        let ty =
            self.as_text(ty).and_then(|ty| match HTTP_DATES.contains(&name.to_ascii_lowercase().as_str()) {
                true if ty != Type::String => Err("HTTP has a form of its own for its dates"),
                _ => Ok(ty),
            });
        ty.unwrap_or_else(|because| {
            self.report_header(at, &format!("is read as text: {because}"));
            Type::String
        })
    }

    /// The type of a value that is spelled as text; or why there is none.
    fn as_text(&self, ty: Type) -> Result<Type, &'static str> {
        match ty {
            // In text there are no quotes around a number anyhow.
            Type::Integer { width, .. } => Ok(Type::Integer { width, quoted: false }),
            Type::Float { .. } => Ok(Type::Float { lenient: false }),
            // Text is all that it can be.
            Type::Json => Ok(Type::String),
            // A header that is not there has no value either.
            Type::Nullable(inner) => self.as_text(*inner),
            Type::List(items) => match self.as_text(*items)? {
                Type::List(_) => Err("it holds lists in a list"),
                items => Ok(Type::List(Box::new(items))),
            },
            Type::Named(id) => match self.api.type_def(id).shape {
                Shape::Enum(_) => Ok(Type::Named(id)),
                Shape::Struct(_) => Err("it holds an object"),
                Shape::OneOf(_) | Shape::Union(_) => Err("it holds one of several types"),
            },
            Type::Tuple(_) => Err("it holds a list with a type for each place"),
            Type::Map(_) | Type::Object | Type::Any => Err("it holds an object"),
            scalar => Ok(scalar),
        }
    }

    fn report_header(&mut self, at: &Pointer, what: &str) {
        self.diagnostics.report(
            Code::UnreadableHeader,
            at,
            format!("This header {what}."),
            "Describe it as a text, a number, a flag, a date, an enum or a list of these, and under one name alike; the \
             response has all headers as they came.",
        );
    }
}

/// The component that a header is, or the one that it stands in and its name there.
fn component_of(at: &Pointer) -> Option<String> {
    let segments: Vec<String> = at.segments().collect();
    match segments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["components", "headers", name] => Some((*name).to_owned()),
        ["components", "responses", response, "headers", name] => Some(format!("{response} {name}")),
        _ => None,
    }
}
