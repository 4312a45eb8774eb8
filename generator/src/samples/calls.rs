//! Sample arguments of every operation, for the program that calls them all.

use serde_json::Value;

use super::{CheckedSample, Samples, SchemaCheck};
use crate::ir::{
    Api, BodyContent, BodyKind, Constraint, Multipart, Operation, OperationId, Part, PartKind, Type,
};

/// A call of an operation with one of its media types.
#[derive(Debug)]
pub(crate) struct SampleCall {
    pub(crate) operation: OperationId,
    /// The media type of the body, by position.
    pub(crate) content: Option<usize>,
    /// The parameters. `None` if no valid value is known.
    pub(crate) parameters: Vec<Option<Value>>,
    pub(crate) body: SampleBody,
    /// The reason why the call cannot be made.
    pub(crate) problem: Option<String>,
    /// Optional arguments that are left out, because no value is known to be valid.
    pub(crate) omitted: Vec<String>,
    /// Pointers of `oneOf` schemas for which every value matches several alternatives.
    pub(crate) ambiguous: Vec<String>,
}

/// The body of a call.
#[derive(Debug)]
pub(crate) enum SampleBody {
    /// No body, or one whose content does not matter.
    Any,
    /// A value. `None` if no value is known to be valid.
    Value(Option<Value>),
    /// The parts of a multipart body, or of its first alternative.
    Parts(Vec<SamplePart>),
}

/// A part of a multipart body.
#[derive(Debug)]
pub(crate) struct SamplePart {
    pub(crate) value: PartValue,
    /// A media type that the document allows.
    pub(crate) media_type: Option<String>,
    /// The headers. `None` if no valid value is known.
    pub(crate) headers: Vec<Option<Value>>,
}

/// The value of a part.
#[derive(Debug)]
pub(crate) enum PartValue {
    /// Text or a file, whose content does not matter.
    Any,
    /// A value. `None` if no value is known to be valid.
    Value(Option<Value>),
}

/// Makes the arguments of every operation: one call for each media type of its body.
pub(crate) fn sample_calls(api: &Api, schema_check: &SchemaCheck<'_>) -> Vec<SampleCall> {
    let samples = Samples::of(api);
    let mut calls = Vec::new();
    for (id, operation) in api.operations() {
        let contents = operation.body.as_ref().map_or(0, |body| body.contents.len());
        let positions = (0..contents).map(Some).chain((contents == 0).then_some(None));
        calls.extend(positions.map(|content| SampleCall::of(&samples, schema_check, id, operation, content)));
    }
    calls
}

impl SampleCall {
    fn of(
        samples: &Samples<'_>,
        schema_check: &SchemaCheck<'_>,
        id: OperationId,
        operation: &Operation,
        content: Option<usize>,
    ) -> Self {
        let mut call = Self {
            operation: id,
            content,
            parameters: Vec::new(),
            body: SampleBody::Any,
            problem: None,
            omitted: Vec::new(),
            ambiguous: Vec::new(),
        };
        let mut sample = |ty: &Type, constraints: &[Constraint]| {
            let CheckedSample { value, ambiguous } = samples.checked_sample(ty, constraints, schema_check);
            let ambiguous = ambiguous.iter().map(|at| at.as_str().to_owned());
            call.ambiguous.extend(ambiguous.filter(|_| value.is_some()));
            value
        };
        let parameters = operation.parameters.iter();
        let parameters = parameters.map(|it| sample(&it.ty, &it.docs.constraints)).collect();
        let contents = operation.body.iter().flat_map(|body| &body.contents);
        let content = content.and_then(|position| contents.clone().nth(position));
        let body = content.map_or(SampleBody::Any, |content| body(content, &mut sample));
        (call.parameters, call.body) = (parameters, body);
        call.report_missing(operation, content);
        call
    }

    /// Notes the arguments for which no value is known to be valid.
    fn report_missing(&mut self, operation: &Operation, content: Option<&BodyContent>) {
        let parameters = operation.parameters.iter().zip(&self.parameters);
        let missing = parameters.filter(|(_, value)| value.is_none());
        let mut missing: Vec<(bool, &str)> = missing.map(|(it, _)| (it.required, it.name.as_str())).collect();
        match (&self.body, content.map(|content| &content.kind)) {
            (SampleBody::Value(None), Some(BodyKind::Json(_) | BodyKind::Form { .. })) => {
                missing.push((true, "the body"));
            }
            (SampleBody::Parts(samples), Some(kind)) => {
                let parts = parts_of(kind).iter().zip(samples);
                let lost = parts.filter(|(part, sample)| !sample.can_be_sent(part));
                missing.extend(lost.map(|(part, _)| (part.required, part.name.as_str())));
            }
            _ => {}
        }
        for (required, name) in missing {
            match required {
                true => self.problem = Some(format!("no value for `{name}` is known to be valid")),
                false => self.omitted.push(name.to_owned()),
            }
        }
    }
}

impl SamplePart {
    /// Returns true if there is a value for the part and for each of its required headers.
    pub(crate) fn can_be_sent(&self, part: &Part) -> bool {
        let headers = part.headers.iter().zip(&self.headers);
        !matches!(self.value, PartValue::Value(None))
            && headers.filter(|(header, _)| header.required).all(|(_, value)| value.is_some())
    }
}

/// Makes a value of a type within its constraints.
type Sample<'a> = dyn FnMut(&Type, &[Constraint]) -> Option<Value> + 'a;

fn body(content: &BodyContent, sample: &mut Sample<'_>) -> SampleBody {
    match &content.kind {
        BodyKind::Json(ty) | BodyKind::Form { ty, .. } | BodyKind::Multipart(Multipart::AnyParts(ty)) => {
            SampleBody::Value(sample(ty, &[]))
        }
        BodyKind::Multipart(_) => {
            SampleBody::Parts(parts_of(&content.kind).iter().map(|it| part(it, sample)).collect())
        }
        BodyKind::Text | BodyKind::Bytes => SampleBody::Any,
    }
}

/// Returns the parts of a multipart body, or of its first alternative.
fn parts_of(kind: &BodyKind) -> &[Part] {
    match kind {
        BodyKind::Multipart(Multipart::Parts(parts)) => parts,
        BodyKind::Multipart(Multipart::Alternatives(forms)) => {
            forms.first().map_or(&[], |form| form.parts.as_slice())
        }
        _ => &[],
    }
}

fn part(part: &Part, sample: &mut Sample<'_>) -> SamplePart {
    let value = match &part.kind {
        PartKind::Text { ty, .. } | PartKind::Json { ty, .. } | PartKind::Styled { ty, .. } => {
            PartValue::Value(sample(ty, &part.docs.constraints))
        }
        PartKind::TextOrFile | PartKind::File { .. } => PartValue::Any,
    };
    // Any type matches a range such as `image/*`.
    let media_type = part.media_types.first().map(|media_type| media_type.replace('*', "octet-stream"));
    // Required headers are arguments, and stand before the optional ones.
    let mut headers = vec![None; part.headers.len()];
    for required in [true, false] {
        for (header, value) in part.headers.iter().zip(&mut headers).filter(|(it, _)| it.required == required)
        {
            *value = sample(&header.ty, &header.docs.constraints);
        }
    }
    SamplePart { value, media_type, headers }
}
