//! Requests: parameters and bodies that an old client sends and the new server may refuse.
//!
//! Imports `ir`, `diagnostics` and `rules`.

use std::collections::{HashMap, HashSet};

use super::comparison::{Comparison, Node, Pair};
use super::objects::default_of;
use super::place::{Place, Subject};
use super::value_kinds as kinds;
use super::view::{JsonType, View};
use super::{WireChangeKind as Kind, WireDirection, WireSeverity as Severity, limits};
use crate::diagnostics::Pointer;
use crate::ir::{
    Body, BodyContent, BodyKind, Location, Multipart, MultipartForm, Operation, Parameter, Part, PartKind,
    StyleKind, Type,
};
use crate::rules::media_type;

const REQUEST: WireDirection = WireDirection::Request;

/// Compares the requests of an operation.
pub(super) fn compare<'a>(
    comparison: &mut Comparison<'a>,
    node: Node,
    old: &'a Operation,
    new: &'a Operation,
) {
    let mut requests = Requests { comparison, node, old, new };
    requests.parameters();
    requests.body();
}

struct Requests<'c, 'a> {
    comparison: &'c mut Comparison<'a>,
    node: Node,
    old: &'a Operation,
    new: &'a Operation,
}

/// Returns the key by which parameters are matched: path parameters by position, others by location and name.
fn keys(operation: &Operation) -> impl Iterator<Item = ((Location, String), &Parameter)> {
    operation.parameters.iter().enumerate().map(|(position, parameter)| {
        let name = match parameter.location {
            Location::Path => position.to_string(),
            Location::Header => parameter.name.to_ascii_lowercase(),
            Location::QueryString => String::new(),
            Location::Query | Location::Cookie => parameter.name.clone(),
        };
        ((parameter.location, name), parameter)
    })
}

impl<'a> Requests<'_, 'a> {
    fn report(&mut self, kind: Kind, severity: Severity, place: &Place, message: String) {
        self.comparison.report((self.node, REQUEST), (kind, severity), place, message);
    }

    fn parameters(&mut self) {
        let old: HashMap<_, _> = keys(self.old).collect();
        let new: HashMap<_, _> = keys(self.new).collect();
        let added = keys(self.new).filter(|(key, _)| !old.contains_key(key)).map(|(_, parameter)| parameter);
        let added: Vec<&Parameter> = added.collect();
        let mut added_by_name: HashMap<String, &Parameter> =
            added.iter().map(|parameter| (parameter.name.to_ascii_lowercase(), *parameter)).collect();
        let mut moved: HashSet<(Location, &String)> = HashSet::new();
        for (key, parameter) in keys(self.old) {
            match new.get(&key) {
                Some(counterpart) => self.parameter(parameter, counterpart),
                None => match added_by_name.remove(&parameter.name.to_ascii_lowercase()) {
                    Some(new) => {
                        moved.insert((new.location, &new.name));
                        self.moved_parameter(parameter, new);
                    }
                    None => self.removed_parameter(parameter),
                },
            }
        }
        let is_new = |parameter: &&Parameter| {
            parameter.required && !moved.contains(&(parameter.location, &parameter.name))
        };
        for parameter in added.into_iter().filter(is_new) {
            let at = self.old.docs.pointer.clone();
            let place = Place { old: at, ..Self::place_of_parameter(parameter, parameter) };
            let message = format!("{} was added and is required", place.name);
            self.report(Kind::NewRequiredRequestParameter, Severity::Error, &place, message);
        }
    }

    fn place_of_parameter(old: &Parameter, new: &Parameter) -> Place {
        Place {
            subject: Subject::Parameter,
            name: format!("the {} parameter `{}`", old.location.in_words(), old.name),
            old: old.docs.pointer.clone(),
            new: new.docs.pointer.clone(),
        }
    }

    fn removed_parameter(&mut self, old: &Parameter) {
        let place = Place { new: self.new.docs.pointer.clone(), ..Self::place_of_parameter(old, old) };
        let message = format!("{} was removed, so the server may ignore or refuse it", place.name);
        self.report(Kind::RequestParameterRemoved, Severity::Warning, &place, message);
    }

    fn moved_parameter(&mut self, old: &Parameter, new: &Parameter) {
        let place = Self::place_of_parameter(old, new);
        let severity = if new.required { Severity::Error } else { Severity::Warning };
        let message = format!("{} became a {} parameter", place.name, new.location.in_words());
        self.report(Kind::RequestParameterLocationChanged, severity, &place, message);
    }

    fn parameter(&mut self, old: &'a Parameter, new: &'a Parameter) {
        let place = Self::place_of_parameter(old, new);
        if new.required && !old.required {
            let message = format!("{} is required now", place.name);
            self.report(Kind::RequestParameterBecameRequired, Severity::Error, &place, message);
        }
        let json_types = (
            View::of(self.comparison.old, &old.ty).json_type(),
            View::of(self.comparison.new, &new.ty).json_type(),
        );
        let is_same_type = json_types.0 == json_types.1;
        if is_same_type && (old.style != new.style || old.field_styles != new.field_styles) {
            let message = format!("{} is serialized in another style", place.name);
            self.report(Kind::RequestParameterStyleChanged, Severity::Error, &place, message);
        }
        let place = place.of_value(&old.docs, &new.docs);
        let (old_limits, new_limits) = (&old.docs.constraints, &new.docs.constraints);
        let is_text = new.style.as_ref().is_none_or(|style| style.kind != StyleKind::Json);
        let takes_text = is_text && self.takes_as_text(&old.ty, &new.ty);
        if takes_text {
            limits::compare(self.comparison, self.node, &place, old_limits, new_limits);
        } else {
            let constraints = (old_limits.as_slice(), new_limits.as_slice());
            limits::compare_value(self.comparison, self.node, &place, (&old.ty, &new.ty), constraints);
        }
        if let (Some(before), Some(after), false) =
            (default_of(old_limits), default_of(new_limits), old.required)
        {
            if before != after {
                let message = format!("the default of {} is `{after}`; it was `{before}`", place.name);
                let kind = Kind::RequestParameterDefaultValueChanged;
                self.report(kind, Severity::Warning, &place, message);
            }
        }
        if takes_text {
            return;
        }
        // In a query, one value is a list with one item.
        let new_type = match &new.ty {
            Type::List(item) if is_repeated(new) && is_scalar(&old.ty) => item,
            ty => ty,
        };
        self.comparison.visit(self.node, Pair { old: &old.ty, new: new_type, direction: REQUEST }, place);
    }

    /// Returns true if the new type is a string and the old one another scalar. Outside of JSON, each number and boolean is a
    /// string.
    fn takes_as_text(&self, old: &'a Type, new: &'a Type) -> bool {
        match (old, new) {
            (Type::List(old), Type::List(new)) => self.takes_as_text(old, new),
            (old, Type::String) => {
                let json_type = View::of(self.comparison.old, old).json_type();
                matches!(json_type, JsonType::Boolean | JsonType::Number)
            }
            _ => false,
        }
    }

    fn body(&mut self) {
        match (&self.old.body, &self.new.body) {
            (None, None) => {}
            (None, Some(new)) => {
                let place = self.place_of_body(&self.old.docs.pointer, &new.docs.pointer);
                if new.required {
                    let message = "a request body was added and is required".to_owned();
                    self.report(Kind::RequestBodyAddedRequired, Severity::Error, &place, message);
                }
            }
            (Some(old), None) => {
                let place = self.place_of_body(&old.docs.pointer, &self.new.docs.pointer);
                let message =
                    "the request body was removed, so the server may ignore or refuse it".to_owned();
                self.report(Kind::RequestBodyRemoved, Severity::Warning, &place, message);
            }
            (Some(old), Some(new)) => self.bodies(old, new),
        }
    }

    fn place_of_body(&self, old: &Pointer, new: &Pointer) -> Place {
        let name = "the request body".to_owned();
        Place { subject: Subject::Body, name, old: old.clone(), new: new.clone() }
    }

    fn bodies(&mut self, old: &'a Body, new: &'a Body) {
        let place = self.place_of_body(&old.docs.pointer, &new.docs.pointer);
        if new.required && !old.required {
            let message = "the request body is required now".to_owned();
            self.report(Kind::RequestBodyBecameRequired, Severity::Error, &place, message);
        }
        for content in &old.contents {
            let accepting = || new.contents.iter().filter(|it| accepts(it, content));
            // Media types can differ in their parameters, or be JSON in place of any media type.
            let is_same = |it: &&BodyContent| it.media_type == content.media_type && it.name == content.name;
            let is_alike = |it: &&BodyContent| it.name == content.name;
            let accepted = accepting().find(is_same).or_else(|| accepting().find(is_alike));
            let accepted = accepted.or_else(|| accepting().next());
            match (accepted, &content.media_type) {
                (Some(accepted), _) => self.content(content, accepted, &place),
                (None, media_type) => {
                    let media_type = media_type.as_deref().unwrap_or("*/*");
                    let message = format!("the media type `{media_type}` of the request body was removed");
                    let place = Place { old: place.old.child("content").child(media_type), ..place.clone() };
                    self.report(Kind::RequestBodyMediaTypeRemoved, Severity::Error, &place, message);
                }
            }
        }
    }

    fn content(&mut self, old: &'a BodyContent, new: &'a BodyContent, place: &Place) {
        match (&old.kind, &new.kind) {
            (BodyKind::Json(old_type), BodyKind::Json(new_type))
            | (BodyKind::Form { ty: old_type, .. }, BodyKind::Form { ty: new_type, .. }) => {
                let constraints = (old.constraints.as_slice(), new.constraints.as_slice());
                limits::compare_value(self.comparison, self.node, place, (old_type, new_type), constraints);
                let pair = Pair { old: old_type, new: new_type, direction: REQUEST };
                self.comparison.visit(self.node, pair, place.clone());
            }
            (BodyKind::Multipart(old), BodyKind::Multipart(new)) => self.multipart(old, new, place),
            (_, BodyKind::Text | BodyKind::Bytes) => {}
            _ => {
                let message = "the request body has another type".to_owned();
                self.report(Kind::RequestBodyTypeChanged, Severity::Warning, place, message);
            }
        }
    }

    fn multipart(&mut self, old: &'a Multipart, new: &'a Multipart, place: &Place) {
        match (old, new) {
            (Multipart::AnyParts(old), Multipart::AnyParts(new)) => {
                self.comparison.visit(self.node, Pair { old, new, direction: REQUEST }, place.clone());
            }
            (_, Multipart::AnyParts(_)) | (Multipart::AnyParts(_), _) => {}
            (Multipart::Parts(old), Multipart::Parts(new)) => self.parts(old, new, place),
            (Multipart::Parts(old), Multipart::Alternatives(forms)) => {
                let is_form = |form: &&MultipartForm| has_part_of(&form.parts, old);
                if let Some(form) = forms.iter().find(is_form) {
                    self.parts(old, &form.parts, place);
                }
            }
            (Multipart::Alternatives(forms), new) => {
                for form in forms {
                    let counterpart = match new {
                        Multipart::Alternatives(all) => {
                            all.iter().find(|it| it.name == form.name).map(|it| &it.parts)
                        }
                        Multipart::Parts(parts) => Some(parts),
                        Multipart::AnyParts(_) => None,
                    };
                    match counterpart {
                        Some(parts) => self.parts(&form.parts, parts, place),
                        None => {
                            let message =
                                format!("the request body no longer allows the alternative `{}`", form.name);
                            let kind = kinds::ONE_OF_REMOVED.of(Subject::Body);
                            self.report(kind, Severity::Error, place, message);
                        }
                    }
                }
            }
        }
    }

    fn parts(&mut self, old: &'a [Part], new: &'a [Part], body: &Place) {
        let new_by_name: HashMap<&str, &Part> = new.iter().map(|part| (part.name.as_str(), part)).collect();
        for part in old {
            match new_by_name.get(part.name.as_str()) {
                Some(counterpart) => self.part(part, counterpart),
                None => {
                    let place = Place { new: body.new.clone(), ..place_of_part(part, part) };
                    let message =
                        format!("{} was removed, so the server may ignore or refuse it", place.name);
                    self.report(Kind::RequestPropertyRemoved, Severity::Warning, &place, message);
                }
            }
        }
        let old_names: HashSet<&str> = old.iter().map(|part| part.name.as_str()).collect();
        for part in new.iter().filter(|part| part.required && !old_names.contains(part.name.as_str())) {
            let place = Place { old: body.old.clone(), ..place_of_part(part, part) };
            let message = format!("{} was added and is required", place.name);
            self.report(Kind::NewRequiredRequestProperty, Severity::Error, &place, message);
        }
    }

    fn part(&mut self, old: &'a Part, new: &'a Part) {
        let place = place_of_part(old, new);
        if new.required && !old.required {
            let message = format!("{} is required now", place.name);
            self.report(Kind::RequestPropertyBecameRequired, Severity::Error, &place, message);
        }
        match (type_of(&old.kind), type_of(&new.kind)) {
            (Some(old_type), Some(new_type)) => {
                let constraints = (old.docs.constraints.as_slice(), new.docs.constraints.as_slice());
                limits::compare_value(self.comparison, self.node, &place, (old_type, new_type), constraints);
                let pair = Pair { old: old_type, new: new_type, direction: REQUEST };
                self.comparison.visit(self.node, pair, place);
            }
            (None, Some(_)) if matches!(old.kind, PartKind::File { .. }) => {
                let message = format!("{} is no longer a file", place.name);
                self.report(Kind::RequestPropertyTypeChanged, Severity::Error, &place, message);
            }
            (Some(_), None) if matches!(new.kind, PartKind::File { .. }) => {
                let message = format!("{} became a file", place.name);
                self.report(Kind::RequestPropertyTypeChanged, Severity::Error, &place, message);
            }
            _ => {}
        }
    }
}

fn place_of_part(old: &Part, new: &Part) -> Place {
    Place::property(&old.name, &old.docs.pointer, &new.docs.pointer)
}

fn has_part_of(parts: &[Part], old: &[Part]) -> bool {
    parts.iter().any(|part| old.iter().any(|it| it.name == part.name))
}

fn type_of(kind: &PartKind) -> Option<&Type> {
    match kind {
        PartKind::Text { ty, .. } | PartKind::Json { ty, .. } | PartKind::Styled { ty, .. } => Some(ty),
        PartKind::TextOrFile | PartKind::File { .. } => None,
    }
}

/// Returns true if a server that accepts `new` accepts the media type of `old`.
fn accepts(new: &BodyContent, old: &BodyContent) -> bool {
    match (&new.media_type, &old.media_type) {
        (None, _) => true,
        (Some(new), Some(old)) => media_type::is(old, media_type::essence(new)),
        (Some(_), None) => false,
    }
}

/// Returns true if the items of a list are repeated parameters, so that one value looks like a list.
fn is_repeated(parameter: &Parameter) -> bool {
    parameter.location == Location::Query && parameter.style.is_none()
}

fn is_scalar(ty: &Type) -> bool {
    if let Type::Custom(custom) = ty {
        return custom.is_scalar();
    }
    !matches!(
        ty,
        Type::List(_)
            | Type::Tuple(_)
            | Type::Map(_)
            | Type::Object
            | Type::Json
            | Type::Any
            | Type::Nullable(_)
    )
}
