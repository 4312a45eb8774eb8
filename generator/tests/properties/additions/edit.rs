//! Random additions to a document: components, properties, values, alternatives, operations, parameters and responses.
//! Most names resemble a name of the document, so that both can become the same identifier.

use std::borrow::Cow;

use serde_json::{Map, Value, json};

/// Adds something to a document, and says what.
pub(super) fn add(document: &mut Value, random: &mut fastrand::Rng) -> Option<String> {
    match random.u8(0..8) {
        0 => add_component(document, random),
        1 | 2 => add_property(document, random),
        3 => add_value(document, random),
        4 => add_alternative(document, random),
        5 => add_operation(document, random),
        6 => add_parameter(document, random),
        _ => add_response(document, random),
    }
}

/// Returns text like `name`, which can become the same identifier.
fn similar(name: &str, random: &mut fastrand::Rng) -> String {
    let capitalized = |text: &str| {
        let mut characters = text.chars();
        let first: String = characters.next().into_iter().flat_map(char::to_uppercase).collect();
        first + characters.as_str()
    };
    let last = name.rsplit('.').next().unwrap_or(name);
    match random.u8(0..12) {
        0 => name.to_lowercase(),
        1 => name.to_uppercase(),
        2 => format!("{name}2"),
        3 => format!("{name}_"),
        4 => format!("-{name}"),
        5 => format!("other.v2.{}", capitalized(last)),
        6 => format!("acme.v1.{}", capitalized(last)),
        7 => format!("{name} value"),
        8 => format!("with_{name}"),
        9 => format!("{}{}", last, capitalized(last)),
        10 => capitalized(name),
        _ => format!("new{}", random.u16(..)),
    }
}

fn pick<'v, T>(values: &'v [T], random: &mut fastrand::Rng) -> Option<&'v T> {
    (!values.is_empty()).then(|| &values[random.usize(..values.len())])
}

pub(super) fn keys(value: &Value) -> Vec<String> {
    value.as_object().map(|it| it.keys().cloned().collect()).unwrap_or_default()
}

/// A schema of some kind, without references to others.
fn schema(random: &mut fastrand::Rng) -> Value {
    match random.u8(0..6) {
        0 => json!({ "type": "integer" }),
        1 => json!({ "type": "string", "enum": ["one", "two"] }),
        2 => json!({ "type": "object", "properties": { "id": { "type": "string" } } }),
        3 => {
            json!({ "type": "array", "items": { "type": "object", "properties": { "name": { "type": "string" } } } })
        }
        4 => {
            json!({ "oneOf": [{ "type": "string" }, { "type": "object", "properties": { "kind": { "type": "string" } } }] })
        }
        _ => json!({ "type": "string" }),
    }
}

fn add_component(document: &mut Value, random: &mut fastrand::Rng) -> Option<String> {
    let known = keys(&document["components"]["schemas"]);
    let like = pick(&known, random)?;
    // A name that an inline schema has, or one like that of a component.
    let properties = keys(&document["components"]["schemas"][like]["properties"]);
    let nested = pick(&properties, random).filter(|_| random.bool()).map(|place| format!("{like} {place}"));
    let key = nested.unwrap_or_else(|| similar(like, random));
    let components = document["components"]["schemas"].as_object_mut()?;
    if components.contains_key(&key) {
        return None;
    }
    components.insert(key.clone(), schema(random));
    Some(format!("component `{key}`"))
}

/// Returns the pointer to a random schema of a document that a condition holds for.
fn schema_at(
    document: &Value,
    random: &mut fastrand::Rng,
    is_wanted: impl Fn(&Map<String, Value>) -> bool,
) -> Option<String> {
    const STARTS: [&str; 4] =
        ["/components/schemas", "/paths", "/components/responses", "/components/requestBodies"];
    let starts = STARTS.iter().filter_map(|at| Some((0, Cow::Borrowed(*at), document.pointer(at)?)));
    // Each value with the position of its parent and the step from there. A pointer is built for one of them only.
    let mut values: Vec<(usize, Cow<'_, str>, &Value)> = starts.collect();
    let roots = values.len();
    let mut found = Vec::new();
    let mut next = 0;
    while let Some((_, _, value)) = values.get(next) {
        match value {
            Value::Object(object) => {
                if is_wanted(object) && !object.contains_key("$ref") {
                    found.push(next);
                }
                let is_schema = |key: &str| {
                    let is_data = matches!(key, "example" | "examples" | "default" | "enum" | "const");
                    !is_data && !key.starts_with("x-")
                };
                let inside = object.iter().filter(|(key, _)| is_schema(key));
                values.extend(inside.map(|(key, value)| (next, Cow::Borrowed(key.as_str()), value)));
            }
            Value::Array(items) => {
                let items = items.iter().enumerate();
                values.extend(items.map(|(index, item)| (next, Cow::Owned(index.to_string()), item)));
            }
            _ => {}
        }
        next += 1;
    }
    let mut at = *pick(&found, random)?;
    let mut steps = Vec::new();
    while at >= roots {
        steps.push(format!("/{}", escaped(&values[at].1)));
        at = values[at].0;
    }
    steps.push(values[at].1.to_string());
    steps.reverse();
    Some(steps.concat())
}

/// Returns a key as a segment of a pointer.
fn escaped(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

fn add_property(document: &mut Value, random: &mut fastrand::Rng) -> Option<String> {
    let is_object = |it: &Map<String, Value>| {
        let is_closed =
            it.contains_key("maxProperties") || it.contains_key("oneOf") || it.contains_key("anyOf");
        it.get("type").is_some_and(|ty| ty == "object")
            && it.get("properties").is_some_and(Value::is_object)
            && !is_closed
    };
    let at = schema_at(document, random, is_object)?;
    let object = document.pointer_mut(&at)?;
    let known = keys(&object["properties"]);
    let name = match pick(&known, random) {
        Some(like) => similar(like, random),
        None => "added".to_owned(),
    };
    if known.contains(&name) {
        return None;
    }
    object["properties"].as_object_mut()?.insert(name.clone(), schema(random));
    Some(format!("property `{name}` of {at}"))
}

fn add_value(document: &mut Value, random: &mut fastrand::Rng) -> Option<String> {
    let is_enum = |it: &Map<String, Value>| {
        let values = it.get("enum").and_then(Value::as_array);
        let has_names = it.keys().any(|key| key.starts_with("x-"));
        !has_names && values.is_some_and(|values| values.len() > 1 && values.iter().all(Value::is_string))
    };
    let at = schema_at(document, random, is_enum)?;
    let values = document.pointer_mut(&at)?["enum"].as_array_mut()?;
    let like = values[random.usize(..values.len())].as_str().unwrap_or_default().to_owned();
    let value = Value::from(similar(&like, random));
    if values.contains(&value) {
        return None;
    }
    let position = random.usize(..=values.len());
    values.insert(position, value.clone());
    Some(format!("value {value} of {at}"))
}

fn add_alternative(document: &mut Value, random: &mut fastrand::Rng) -> Option<String> {
    let of = if random.bool() { "oneOf" } else { "anyOf" };
    let is_union = |it: &Map<String, Value>| {
        let alternatives = it.get(of).and_then(Value::as_array).map_or(0, Vec::len);
        alternatives > 1 && !it.contains_key("discriminator")
    };
    let at = schema_at(document, random, is_union)?;
    let components = keys(&document["components"]["schemas"]);
    let union = document.pointer_mut(&at)?;
    let is_null = |it: &Value| it["type"] == "null" || it["enum"] == json!([null]);
    let is_real = |it: &&Value| !is_null(it);
    // Where one alternative remains without null, the schema is no union yet.
    if union[of].as_array()?.iter().filter(is_real).count() < 2 {
        return None;
    }
    let alternative = match pick(&components, random).filter(|_| random.bool()) {
        Some(key) => {
            json!({ "$ref": format!("#/components/schemas/{}", escaped(key)) })
        }
        None => json!({ "type": "object", "required": ["added"], "properties": { "added": schema(random) } }),
    };
    let alternatives = union[of].as_array_mut()?;
    if alternatives.contains(&alternative) {
        return None;
    }
    let text = format!("alternative {alternative} of {at}");
    alternatives.push(alternative);
    Some(text)
}

fn operations(document: &Value) -> Vec<(String, String)> {
    let methods = ["get", "put", "post", "delete", "patch"];
    let paths = document["paths"].as_object();
    let all = paths.into_iter().flatten().flat_map(|(path, item)| {
        let known = methods.iter().filter(|method| item[**method].is_object());
        known.map(|method| (path.clone(), (*method).to_owned()))
    });
    all.collect()
}

fn add_operation(document: &mut Value, random: &mut fastrand::Rng) -> Option<String> {
    let operations = operations(document);
    if operations.is_empty() {
        return None;
    }
    let (path, method) = &operations[random.usize(..operations.len())];
    let like = &document["paths"][path][method];
    let id = like["operationId"].as_str().map(|id| similar(id, random));
    let ids: Vec<&Value> =
        operations.iter().map(|(path, method)| &document["paths"][path][method]["operationId"]).collect();
    if id.as_ref().is_some_and(|id| ids.contains(&&Value::from(id.as_str()))) {
        return None;
    }
    let path = format!("/added/{}", random.u32(..));
    let mut operation = json!({ "responses": { "200": {
        "description": "ok", "content": { "application/json": { "schema": schema(random) } }
    } } });
    if let Some(id) = &id {
        operation["operationId"] = Value::from(id.as_str());
    }
    if let Some(tags) = like.get("tags").filter(|_| random.bool()) {
        operation["tags"] = tags.clone();
    }
    let item = json!({ method.clone(): operation });
    document["paths"].as_object_mut()?.insert(path.clone(), item);
    Some(format!("operation {id:?} at {path}"))
}

fn add_parameter(document: &mut Value, random: &mut fastrand::Rng) -> Option<String> {
    let operations = operations(document);
    if operations.is_empty() {
        return None;
    }
    let (path, method) = &operations[random.usize(..operations.len())];
    let operation = &mut document["paths"][path][method];
    if !operation["parameters"].is_array() {
        operation["parameters"] = json!([]);
    }
    let parameters = operation["parameters"].as_array_mut()?;
    let known: Vec<String> =
        parameters.iter().filter_map(|it| it["name"].as_str().map(str::to_owned)).collect();
    let name = match (random.u8(0..4), pick(&known, random)) {
        (0, _) => "body".to_owned(),
        (_, Some(like)) => similar(like, random),
        (_, None) => "added".to_owned(),
    };
    if known.contains(&name) {
        return None;
    }
    let position = random.usize(..=parameters.len());
    parameters.insert(position, json!({ "name": name, "in": "query", "schema": schema(random) }));
    Some(format!("parameter `{name}` of {method} {path}"))
}

fn add_response(document: &mut Value, random: &mut fastrand::Rng) -> Option<String> {
    let operations = operations(document);
    if operations.is_empty() {
        return None;
    }
    let (path, method) = &operations[random.usize(..operations.len())];
    let responses = document["paths"][path][method]["responses"].as_object_mut()?;
    let status = ["400", "404", "418", "5XX"][random.usize(..4)];
    if responses.contains_key(status) {
        return None;
    }
    responses.insert(
        status.to_owned(),
        json!({ "description": "bad", "content": { "application/json": { "schema": schema(random) } } }),
    );
    Some(format!("response {status} of {method} {path}"))
}
