//! Enums: listed strings, integers, or both.

use std::collections::HashSet;

use openapiv3::{ReferenceOr, Schema};
use serde_json::Value;

use super::docs::docs;
use super::keywords::Keywords;
use super::parts::SchemaPart;
use super::plan::{EnumPlan, MixedAlternative, MixedPlan, MixedValues, Plan};
use super::schemas::{Schemas, WrittenSchema};
use crate::diagnostics::{Code, Diagnostics, Pointer};
use crate::ir::{Constant, Docs, Enum, EnumKind, EnumValue, Type, ValueKind, Variant};

/// A listed value.
#[derive(Clone, Debug)]
struct ListedValue {
    value: Value,
    /// The position in the schema's list of values.
    index: usize,
    /// The position of the schema among the alternatives of a union.
    alternative: Option<usize>,
    /// The name that the document gives to the value, if any.
    name: Option<String>,
    /// The description of the value.
    text: Option<String>,
}

/// Where an enum is written: its list of values, and its schema.
#[derive(Clone, Copy)]
struct Place<'p> {
    list: &'p Pointer,
    at: &'p Pointer,
}

/// Plans a schema with `enum` or `const`. Returns `None` if the values make no enum.
pub(super) fn plan_enum<'a>(
    schemas: &Schemas<'a>,
    keywords: &Keywords<'a>,
    at: &Pointer,
    findings: &mut Diagnostics,
) -> Option<Plan<'a>> {
    if keywords.values.is_empty() {
        return None;
    }
    let place = Place { list: &at.child("enum"), at };
    let own = |text: &String| {
        Some(text) == keywords.data.description.as_ref() || Some(text) == keywords.data.title.as_ref()
    };
    // The title and the description describe the type or the property, not the value.
    let values =
        listed(keywords).into_iter().map(|it| ListedValue { text: it.text.filter(|text| !own(text)), ..it });
    plan_listed(schemas, &values.collect::<Vec<_>>(), keywords, place, findings)
}

/// Plans a union of constants with titles or descriptions: an enum with documented values.
pub(super) fn plan_constants<'a>(
    schemas: &Schemas<'a>,
    alternatives: &[WrittenSchema<'a>],
    keywords: &Keywords<'a>,
    (list, at): (&Pointer, &Pointer),
    findings: &mut Diagnostics,
) -> Option<Plan<'a>> {
    let mut values = Vec::new();
    for (index, alternative) in alternatives.iter().enumerate() {
        let part = Keywords::of(alternative.schema.as_item()?);
        if part.values.is_empty() || part.data.nullable {
            return None;
        }
        values
            .extend(listed(&part).into_iter().map(|value| ListedValue { alternative: Some(index), ..value }));
    }
    if values.is_empty() {
        return None;
    }
    plan_listed(schemas, &values, keywords, Place { list, at }, findings)
}

/// Plans a union of one enum of strings and the empty string, each in a schema of its own: an enum of all values.
pub(super) fn plan_blank_enum<'a>(
    schemas: &Schemas<'a>,
    union: &SchemaPart<'a>,
    alternatives: &[Keywords<'a>],
    findings: &mut Diagnostics,
) -> Option<Plan<'a>> {
    let is_blank = |alternative: &Keywords<'_>| alternative.values.iter().all(|it| it.as_str() == Some(""));
    let enums = alternatives.iter().filter(|alternative| !is_blank(alternative)).count();
    if enums != 1 || enums == alternatives.len() {
        return None;
    }
    let mut seen = HashSet::new();
    let mut values = Vec::new();
    for value in alternatives.iter().flat_map(listed) {
        // The schemas of the alternatives report the values that they repeat.
        if seen.insert(value.value.as_str()?.to_owned()) {
            values.push(value);
        }
    }
    let place = Place { list: &union.keywords.alternatives_at(&union.at).1, at: &union.at };
    plan_listed(schemas, &values, &union.keywords, place, findings)
}

/// Plans a schema with `enum` as an enum of the values that are allowed elsewhere as well. Names and descriptions
/// come from `described`.
pub(super) fn plan_subset<'a>(
    schemas: &Schemas<'a>,
    part: &SchemaPart<'a>,
    described: &[&Keywords<'a>],
    is_allowed: impl Fn(&Value) -> bool,
    findings: &mut Diagnostics,
) -> Option<Plan<'a>> {
    let described: Vec<ListedValue> = described.iter().flat_map(|it| listed(it)).collect();
    let describes =
        |own: &ListedValue| described.iter().find(|it| it.value == own.value && it.is_described());
    let values: Vec<ListedValue> = listed(&part.keywords)
        .into_iter()
        .filter(|own| is_allowed(&own.value))
        .map(|own| ListedValue { index: own.index, ..describes(&own).cloned().unwrap_or(own) })
        .collect();
    let place = Place { list: &part.at.child("enum"), at: &part.at };
    plan_listed(schemas, &values, &part.keywords, place, findings)
}

/// Returns the variant for an inline alternative that allows one string or one integer: a unit variant.
///
/// A component keeps a type of its own, and a boolean constant is not worth a variant.
pub(super) fn constant_variant(schema: &ReferenceOr<Schema>, docs: impl FnOnce() -> Docs) -> Option<Variant> {
    let keywords = Keywords::of(schema.as_item()?);
    let [only]: [ListedValue; 1] =
        listed(&keywords).try_into().ok().filter(|_| keywords.all_of.is_empty())?;
    let docs = Docs { constraints: Vec::new(), ..docs() };
    only.as_variant(docs).map(|(_, variant)| variant)
}

fn plan_listed<'a>(
    schemas: &Schemas<'a>,
    listed: &[ListedValue],
    keywords: &Keywords<'a>,
    place: Place<'_>,
    findings: &mut Diagnostics,
) -> Option<Plan<'a>> {
    let texts: Vec<&ListedValue> = listed.iter().filter(|it| it.value.is_string()).collect();
    let integers: Vec<&ListedValue> = listed.iter().filter(|it| it.value.is_i64()).collect();
    let booleans = listed.iter().filter(|it| it.value.is_boolean()).count();
    if texts.len() + integers.len() + booleans < listed.len() {
        findings.report(
            Code::UnsupportedKeyword,
            place.list,
            "some values are neither strings nor integers, so no Rust enum is generated",
            "list only strings and integers",
        );
        return None;
    }
    let mut values = EnumValues { schemas, place, findings };
    let default = keywords.data.default.as_ref();
    let docs = || docs(schemas, keywords, place.at);
    Some(match (texts.as_slice(), integers.as_slice(), booleans) {
        // `enum: [true, false]` means the same as `type: boolean`.
        ([], [], _) => Plan::Scalar(Type::Bool),
        (texts, [], 0) => {
            Plan::Enum(Box::new(EnumPlan { docs: docs(), values: values.texts(texts, default) }))
        }
        ([], integers, 0) => {
            Plan::Enum(Box::new(EnumPlan { docs: docs(), values: values.integers(integers, default) }))
        }
        (texts, integers, booleans) => {
            let texts = values.of_kind("text", ValueKind::Text, texts);
            let integers = values.of_kind("number", ValueKind::Integer, integers);
            let alternatives = texts.into_iter().chain(integers).collect();
            Plan::Mixed(Box::new(MixedPlan { docs: docs(), alternatives, has_booleans: booleans > 0 }))
        }
    })
}

/// Makes enums of listed values.
struct EnumValues<'s, 'a, 'd> {
    schemas: &'s Schemas<'a>,
    place: Place<'s>,
    findings: &'d mut Diagnostics,
}

impl EnumValues<'_, '_, '_> {
    /// Plans the values of one type among several: an enum, or a constant for a single value.
    fn of_kind(
        &mut self,
        key: &'static str,
        kind: ValueKind,
        listed: &[&ListedValue],
    ) -> Option<MixedAlternative> {
        let docs = Docs { pointer: self.place.list.clone(), ..Docs::default() };
        let only = if let [only] = listed { only.as_variant(docs.clone()) } else { None };
        let values = match (only, kind) {
            (Some((constant, variant)), _) => MixedValues::Constant(constant, variant),
            _ if listed.is_empty() => return None,
            (None, ValueKind::Text) => MixedValues::Enum(EnumPlan { docs, values: self.texts(listed, None) }),
            (None, _) => MixedValues::Enum(EnumPlan { docs, values: self.integers(listed, None) }),
        };
        Some(MixedAlternative { key, kind, values })
    }

    fn texts(&mut self, listed: &[&ListedValue], default: Option<&Value>) -> Enum {
        let texts: Vec<&str> = listed.iter().filter_map(|it| it.value.as_str()).collect();
        let prefix = prefix(&texts);
        let mut values: Vec<EnumValue> = Vec::with_capacity(texts.len());
        let mut seen = HashSet::new();
        for (wire, it) in texts.iter().zip(listed) {
            if !seen.insert(*wire) {
                self.report_duplicate(it);
                continue;
            }
            let own = wire.strip_prefix(prefix).filter(|name| !name.is_empty()).unwrap_or(wire);
            let name = it.name.clone().unwrap_or_else(|| name_of_text(own, &texts));
            values.push(EnumValue { wire: (*wire).to_owned(), name, text: it.text.clone() });
        }
        self.with_default(values, EnumKind::Text, default.filter(|value| value.is_string()))
    }

    fn integers(&mut self, listed: &[&ListedValue], default: Option<&Value>) -> Enum {
        let mut values: Vec<EnumValue> = Vec::with_capacity(listed.len());
        let mut seen = HashSet::new();
        for it in listed {
            let wire = it.value.to_string();
            if !seen.insert(wire.clone()) {
                self.report_duplicate(it);
                continue;
            }
            let name = it.name.clone().unwrap_or_else(|| name_of_integer(&wire));
            values.push(EnumValue { wire, name, text: it.text.clone() });
        }
        self.with_default(values, EnumKind::Integer, default.filter(|value| value.is_number()))
    }

    /// Makes an enum and picks its default value.
    ///
    /// In protobuf's JSON absence means the first value. An enum with a single value defaults to it. Otherwise the
    /// default is the documented one, or else the empty string or zero, if it is listed.
    fn with_default(&self, values: Vec<EnumValue>, kind: EnumKind, named: Option<&Value>) -> Enum {
        let default = if self.schemas.config.protojson || values.len() == 1 {
            Some(0)
        } else {
            let wire = named.map(|value| value.as_str().map_or_else(|| value.to_string(), str::to_owned));
            let empty = match kind {
                EnumKind::Text => "",
                EnumKind::Integer => "0",
            };
            let named = values.iter().position(|value| Some(&value.wire) == wire.as_ref());
            named.or_else(|| values.iter().position(|value| value.wire == empty))
        };
        Enum { values, kind, default, is_open: false }
    }

    fn report_duplicate(&mut self, second: &ListedValue) {
        let list = self.place.list;
        let at = match second.alternative {
            None => list.index(second.index),
            Some(alternative) if second.index == 0 => list.index(alternative),
            Some(alternative) => list.index(alternative).child("enum").index(second.index),
        };
        self.findings.report(
            Code::DuplicateEnumValue,
            &at,
            format!("{} is listed twice in the enum", second.value),
            "remove it",
        );
    }
}

impl ListedValue {
    /// Returns true if the value has a name or a description.
    fn is_described(&self) -> bool {
        self.name.is_some() || self.text.is_some()
    }

    /// Returns a unit variant for this value, or `None` for a boolean.
    fn as_variant(&self, docs: Docs) -> Option<(Constant, Variant)> {
        let constant = Constant::of(&self.value)?;
        let name = match &constant {
            Constant::Text(text) => name_of_text(text, &[]),
            Constant::Integer(number) => name_of_integer(&number.to_string()),
            Constant::Boolean(_) => return None,
        };
        let key = self.name.clone().unwrap_or(name);
        let docs = Docs { text: docs.text.or_else(|| self.text.clone()), ..docs };
        Some((constant.clone(), Variant { key, schema: None, docs, ty: Type::Constant(constant) }))
    }
}

/// Returns the name of a string value. The empty string is called `empty`, unless another value is.
fn name_of_text(text: &str, others: &[&str]) -> String {
    match text {
        "" if others.iter().any(|other| other.eq_ignore_ascii_case("empty")) => "empty text".to_owned(),
        "" => "empty".to_owned(),
        text => text.to_owned(),
    }
}

/// Returns the name of an integer value in decimal.
fn name_of_integer(decimal: &str) -> String {
    match decimal.strip_prefix('-') {
        Some(digits) => format!("minus {digits}"),
        None => format!("value {decimal}"),
    }
}

/// Returns the listed values of a schema with their names and descriptions, which come from common
/// extensions. A single number, or text without letters, is named by the schema's title.
fn listed(keywords: &Keywords<'_>) -> Vec<ListedValue> {
    let extension = |names: [&str; 2]| {
        let lists = names.into_iter().filter_map(|name| keywords.data.extensions.get(name)?.as_array());
        lists.into_iter().find(|list| list.len() == keywords.values.len())
    };
    let text = |list: Option<&Vec<Value>>, index: usize| {
        let text = list?.get(index)?.as_str()?.trim();
        (!text.is_empty()).then(|| text.to_owned())
    };
    let names = extension(["x-enum-varnames", "x-enumNames"]);
    let texts = extension(["x-enum-descriptions", "x-enumDescriptions"]);
    let is_constant = keywords.values.len() == 1;
    let title = keywords.data.title.as_ref().filter(|_| is_constant);
    let description = keywords.data.description.as_ref().filter(|_| is_constant);
    let values = keywords.values.iter().enumerate().map(|(index, value)| ListedValue {
        value: value.clone(),
        index,
        alternative: None,
        name: text(names, index).or_else(|| title.filter(|_| !has_name(value)).cloned()),
        text: text(texts, index)
            .or_else(|| description.or(title.filter(|_| has_name(value))).cloned())
            .filter(|text| !repeats(text, value)),
    });
    values.collect()
}

/// Returns true if a description is only the value in other letters, such as `ROLE` for `role`.
fn repeats(text: &str, value: &Value) -> bool {
    let letters = |text: &str| text.to_lowercase().replace(|it: char| !it.is_alphanumeric(), "");
    value.as_str().is_some_and(|value| has_name(&Value::from(value)) && letters(value) == letters(text))
}

/// Returns true if a value is text that says what it means, unlike a number or `~`.
fn has_name(value: &Value) -> bool {
    let is_number = value.is_number();
    let is_symbol =
        value.as_str().is_some_and(|text| !text.is_empty() && !text.contains(char::is_alphanumeric));
    !is_number && !is_symbol
}

/// Returns the prefix of protobuf enum values: the text before `UNSPECIFIED` in the zero value.
///
/// It depends on that value only, so a new value never renames the others.
fn prefix<'t>(values: &[&'t str]) -> &'t str {
    values.iter().find_map(|value| value.strip_suffix("UNSPECIFIED")).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::prefix;

    #[track_caller]
    fn check(values: &[&str], expected: &str) {
        assert_eq!(prefix(values), expected, "{values:?}");
    }

    #[test]
    fn the_zero_value_determines_the_prefix() {
        check(&["COLOR_UNSPECIFIED", "COLOR_RED"], "COLOR_");
        check(&["COLOR_RED", "COLOR_GREEN"], "");
        check(&["UNSPECIFIED", "RED"], "");
    }
}
