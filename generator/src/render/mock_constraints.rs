//! Renders the constraints that the mock server checks: a JSON file with an operation or schema in each line.

use serde_json::{Map, Value, json};

use super::context::Context;
use super::mock::visible;
use crate::file_tree::FileTree;
use crate::ir::{
    BodyConstraints, Condition, Constraint, CountRange, Fit, Location, ObjectConstraints,
    OperationConstraints, RangeEnd, SchemaConstraints, SchemaIndex, TextConstraints, TextForm, TextPrefix,
    UnionConstraints,
};

type Object = Map<String, Value>;

/// Renders the file, unless the document has no constraints.
pub(super) fn render(context: &Context<'_>, tree: &mut FileTree) {
    let table = context.constraints;
    if table.is_empty() {
        return;
    }
    let ids = context.api.operations.iter().map(|operation| &operation.id);
    let operations = ids.zip(&table.operations).filter_map(|(id, constraints)| {
        let described = operation(constraints);
        (!described.is_empty())
            .then(|| format!("    {}: {}", Value::from(id.as_str()), Value::Object(described)))
    });
    let operations: Vec<String> = operations.collect();
    let schemas = table.schemas.iter().map(|it| format!("    {}", Value::Object(schema(it))));
    let schemas: Vec<String> = schemas.collect();
    let text = format!(
        "{{\n  \"operations\": {{\n{}\n  }},\n  \"schemas\": [\n{}\n  ]\n}}\n",
        operations.join(",\n"),
        schemas.join(",\n")
    );
    tree.insert("src/mock/constraints.json", visible(&text));
}

fn operation(constraints: &OperationConstraints) -> Object {
    let mut object = Object::new();
    let parameters = constraints.parameters.iter().map(|(location, described)| {
        let mut parameter = text(described);
        let location = match location {
            Location::Path => "path",
            Location::Query | Location::QueryString => "query",
            Location::Header => "header",
            Location::Cookie => "cookie",
        };
        parameter.insert("in".to_owned(), location.into());
        Value::Object(parameter)
    });
    insert_list(&mut object, "parameters", parameters.collect());
    insert_list(&mut object, "objects", constraints.objects.iter().map(object_parameter).collect());
    let body = |body: &BodyConstraints| match body {
        BodyConstraints::Json(schema) => Value::from(*schema),
        BodyConstraints::Fields(fields) => fields.iter().map(|it| Value::Object(text(it))).collect(),
    };
    let bodies = constraints.bodies.iter().map(|(media_type, it)| (media_type.clone(), body(it)));
    insert_object(&mut object, "bodies", bodies.collect());
    let responses = constraints.responses.iter();
    let responses = responses.map(|(status, schema)| (status.clone(), index(*schema)));
    insert_object(&mut object, "responses", responses.collect());
    object
}

fn object_parameter(described: &ObjectConstraints) -> Value {
    let texts = |texts: &[String]| texts.iter().map(|text| Value::from(text.as_str())).collect();
    let mut object = Object::new();
    object.insert("name".to_owned(), described.name.as_str().into());
    insert_list(&mut object, "properties", texts(&described.properties));
    insert_list(&mut object, "required", texts(&described.required));
    let facts =
        [("deep", described.is_deep), ("always", described.is_required), ("closed", described.is_closed)];
    object
        .extend(facts.into_iter().filter(|(_, is_so)| *is_so).map(|(key, _)| (key.to_owned(), true.into())));
    Value::Object(object)
}

fn text(described: &TextConstraints) -> Object {
    let mut object = Object::new();
    object.insert("name".to_owned(), described.name.clone().into());
    object.insert("schema".to_owned(), described.schema.into());
    let form = match described.form {
        TextForm::Value => "value",
        TextForm::Repeated | TextForm::Delimited(_) => "list",
        TextForm::Json => "json",
    };
    object.insert("form".to_owned(), form.into());
    if described.allows_null {
        object.insert("nullable".to_owned(), true.into());
    }
    if let Some(prefix) = described.prefix {
        let prefix = if prefix == TextPrefix::Label { "label" } else { "matrix" };
        object.insert("prefix".to_owned(), prefix.into());
    }
    if let TextForm::Delimited(delimiter) = described.form {
        object.insert("delimiter".to_owned(), delimiter.to_string().into());
    }
    object
}

fn schema(constraints: &SchemaConstraints) -> Object {
    let mut object = Object::new();
    fit(&constraints.fit, &mut object);
    constraints.limits.iter().for_each(|constraint| limit(constraint, &mut object));
    if let Some(regex) = &constraints.regex {
        object.insert("regex".to_owned(), regex.clone().into());
    }
    if constraints.is_quoted {
        object.insert("quoted".to_owned(), true.into());
    }
    let properties = constraints.properties.iter().map(|(name, inner)| (name.clone(), index(*inner)));
    insert_object(&mut object, "properties", properties.collect());
    let others = constraints.additional_properties.map(Value::from);
    if let Some(others) = others.or_else(|| constraints.is_closed.then_some(Value::Bool(false))) {
        object.insert("additionalProperties".to_owned(), others);
    }
    let single = [("items", constraints.items), ("wraps", constraints.wraps)];
    let single = single.into_iter().filter(|(_, inner)| inner.is_some());
    object.extend(single.map(|(keyword, inner)| (keyword.to_owned(), index(inner))));
    insert_list(&mut object, "allOf", constraints.all_of.iter().map(|inner| Value::from(*inner)).collect());
    insert_list(&mut object, "unions", constraints.unions.iter().map(union).collect());
    object.extend(constraints.not.iter().map(|not| ("not".to_owned(), Value::Object(condition(not)))));
    let dependent = constraints.dependent_required.iter();
    let dependent = dependent.map(|(name, required)| (name.clone(), Value::from(required.as_slice())));
    insert_object(&mut object, "dependentRequired", dependent.collect());
    object
}

/// Renders a condition. Unlike in the schemas of the file, the schemas in it are written in place.
fn condition(condition: &Condition) -> Object {
    let of = |inner: &Condition| Value::Object(self::condition(inner));
    let mut object = Object::new();
    if condition.is_partial {
        object.insert("partial".to_owned(), true.into());
    }
    object.extend(condition.ty.iter().map(|ty| ("type".to_owned(), Value::from(ty.as_str()))));
    insert_list(&mut object, "enum", condition.values.clone());
    condition.limits.iter().for_each(|constraint| limit(constraint, &mut object));
    object.extend(condition.regex.iter().map(|regex| ("regex".to_owned(), Value::from(regex.as_str()))));
    let required = condition.required.iter().map(|name| Value::from(name.as_str()));
    insert_list(&mut object, "required", required.collect());
    let properties = condition.properties.iter().map(|(name, inner)| (name.clone(), of(inner)));
    insert_object(&mut object, "properties", properties.collect());
    let others = condition.additional_properties.as_deref().map(of);
    let others = others.or_else(|| condition.is_closed.then_some(Value::Bool(false)));
    let single = [
        ("additionalProperties", others),
        ("items", condition.items.as_deref().map(of)),
        ("not", condition.not.as_deref().map(of)),
    ];
    object.extend(single.into_iter().filter_map(|(keyword, inner)| Some((keyword.to_owned(), inner?))));
    let lists = [("allOf", &condition.all_of), ("anyOf", &condition.any_of), ("oneOf", &condition.one_of)];
    lists.into_iter().for_each(|(keyword, inner)| {
        insert_list(&mut object, keyword, inner.iter().map(of).collect());
    });
    object
}

fn fit(fit: &Fit, object: &mut Object) {
    let texts = |texts: &[String]| texts.iter().map(|text| Value::from(text.as_str())).collect();
    insert_list(object, "type", texts(&fit.types));
    insert_list(object, "enum", fit.values.clone());
    insert_list(object, "required", texts(&fit.required));
    let constants = fit.constants.iter().map(|(name, values)| (name.clone(), Value::from(values.as_slice())));
    insert_object(object, "constants", constants.collect());
}

fn union(union: &UnionConstraints) -> Value {
    let mut object = Object::new();
    object.insert("alternatives".to_owned(), union.alternatives.iter().copied().collect());
    if union.is_open {
        object.insert("open".to_owned(), true.into());
    }
    if let Some((property, names)) = &union.discriminator {
        object.insert("property".to_owned(), property.as_str().into());
        insert_object(&mut object, "mapping", names.iter().map(|(it, to)| (it.clone(), json!(to))).collect());
    }
    Value::Object(object)
}

fn limit(constraint: &Constraint, object: &mut Object) {
    let mut insert = |keyword: &str, value: Value| drop(object.insert(keyword.to_owned(), value));
    let number = |text: &str| serde_json::from_str(text).unwrap_or(Value::Null);
    match constraint {
        Constraint::Range { from, to } => {
            let keyword = |end: &RangeEnd, [inclusive, exclusive]: [&'static str; 2]| {
                if end.is_exclusive { exclusive } else { inclusive }
            };
            if let Some(end) = from {
                insert(keyword(end, ["minimum", "exclusiveMinimum"]), number(&end.number));
            }
            if let Some(end) = to {
                insert(keyword(end, ["maximum", "exclusiveMaximum"]), number(&end.number));
            }
        }
        Constraint::MultipleOf(text) => insert("multipleOf", number(text)),
        Constraint::Length(count) => counts(*count, ["minLength", "maxLength"], object),
        Constraint::Items(count) => counts(*count, ["minItems", "maxItems"], object),
        Constraint::Properties(count) => counts(*count, ["minProperties", "maxProperties"], object),
        Constraint::Pattern(pattern) => insert("pattern", pattern.as_str().into()),
        Constraint::UniqueItems => insert("uniqueItems", true.into()),
        Constraint::Format(format) => insert("format", format.as_str().into()),
        Constraint::Base64
        | Constraint::Base64Url
        | Constraint::RequiredProperties(_)
        | Constraint::Each(_)
        | Constraint::Default(_) => {}
    }
}

fn counts(count: CountRange, keywords: [&str; 2], object: &mut Object) {
    for (keyword, count) in keywords.into_iter().zip([count.at_least, count.at_most]) {
        object.extend(count.map(|count| (keyword.to_owned(), Value::from(count))));
    }
}

fn index(inner: Option<SchemaIndex>) -> Value {
    inner.map_or(Value::Null, Value::from)
}

fn insert_list(object: &mut Object, keyword: &str, values: Vec<Value>) {
    if !values.is_empty() {
        object.insert(keyword.to_owned(), values.into());
    }
}

fn insert_object(object: &mut Object, keyword: &str, values: Object) {
    if !values.is_empty() {
        object.insert(keyword.to_owned(), values.into());
    }
}
