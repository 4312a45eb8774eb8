//! Names of the lock: whatever is added to a document, everything that was in it keeps its names.
//!
//! `ADDITIONS` sets the number of additions, `ADDITIONS_SEED` selects others, and `ADDITIONS_FROM` names a folder with
//! other documents:
//!
//! ```console
//! $ ADDITIONS=10000 ADDITIONS_FROM=../specs cargo test --release -p codegen --test properties -- additions --nocapture
//! ```

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::{env, fs};

use openapi_crate::{Config, Generated, Lock, Source, regenerate};
use serde_json::{Map, Value, json};

/// The number of additions to a document before it is generated again, and the number for a large one.
const AT_ONCE: (usize, usize) = (10, 40);

/// The number of components from which a document is large.
const LARGE: usize = 40;

/// The default number of additions.
const ADDITIONS: usize = 300;

#[test]
fn additions_rename_nothing() {
    let number = |name: &str| env::var(name).ok().map(|text| text.parse().expect("a number"));
    let additions: usize = number("ADDITIONS").unwrap_or(ADDITIONS);
    let mut random = fastrand::Rng::with_seed(number("ADDITIONS_SEED").unwrap_or_default() as u64);
    let documents = documents();
    let (mut done, mut avoided, mut rejected) = (0, 0, 0);
    let mut moved = Vec::new();
    for number in 0.. {
        if done >= additions {
            break;
        }
        let (path, document) = &documents[number % documents.len()];
        let Some(first) = generated(document, &Lock::default()) else { continue };
        let mut grown = document.clone();
        let is_large = keys(&document["components"]["schemas"]).len() >= LARGE;
        let at_once = if is_large { AT_ONCE.1 } else { AT_ONCE.0 };
        let changes: Vec<String> = (0..at_once).filter_map(|_| add(&mut grown, &mut random)).collect();
        let Some(second) = generated(&grown, &first.lock) else {
            rejected += 1;
            assert!(rejected <= number / 2 + 5, "too many documents have errors: {changes:?}");
            continue;
        };
        done += changes.len();
        let lost = lost_names(&first.lock, &second.lock);
        if !lost.is_empty() {
            moved.push(format!("{} after {changes:#?}: {lost:#?}", path.display()));
        }
        let anew = generated(&grown, &Lock::default()).expect("the lock causes no errors");
        avoided += lost_names(&first.lock, &anew.lock).len();
    }
    println!(
        "{done} additions, {} documents with names that moved; {avoided} names would move without the lock",
        moved.len()
    );
    assert!(moved.is_empty(), "{}", moved.join("\n"));
    assert!(avoided > 0, "no addition would have moved a name, so the test shows nothing");
}

/// Returns the documents of the folder, or those of the fixtures.
fn documents() -> Vec<(PathBuf, Value)> {
    let given = env::var_os("ADDITIONS_FROM").map(PathBuf::from);
    let folder = given.unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/fixtures"));
    let mut folders = vec![folder];
    let mut documents = Vec::new();
    while let Some(folder) = folders.pop() {
        let entries = fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
        let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
        paths.sort();
        for path in paths {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "yaml" || extension == "json") {
                let text = fs::read_to_string(&path).expect("the document is text");
                documents.extend(openapi_crate::read(&text).ok().map(|document| (path, document)));
            }
        }
    }
    documents.retain(|(_, document)| document["openapi"].is_string());
    assert!(!documents.is_empty(), "there are no documents");
    documents
}

fn generated(document: &Value, lock: &Lock) -> Option<Generated> {
    let text = document.to_string();
    regenerate(Source { name: "grown.json", text: &text }, &Config::default(), lock).generated
}

/// Returns the lines of a lock whose names no line of the other lock has, for the same type or operation.
///
/// An addition can turn a union into a struct, or the reverse. Then it has other members, and not other names.
fn lost_names(before: &Lock, after: &Lock) -> BTreeSet<String> {
    let (structs, structs_after) = (owners(before, "field"), owners(after, "field"));
    let (unions, unions_after) = (owners(before, "variant"), owners(after, "variant"));
    let is_other = |owner: &str| {
        let is_gone = |before: &BTreeSet<String>, after: &BTreeSet<String>| {
            before.contains(owner) && !after.contains(owner)
        };
        is_gone(&structs, &structs_after) || is_gone(&unions, &unions_after)
    };
    let mut others: BTreeSet<String> =
        structs.iter().chain(&unions).filter(|owner| is_other(owner)).cloned().collect();
    let text = before.to_string();
    let nested = || text.lines().filter_map(|line| line.strip_prefix("nested-type ")?.split_once(" = "));
    for _ in 0..text.lines().count() {
        let inside =
            nested().filter(|(key, _)| key.split(' ').next().is_some_and(|owner| others.contains(owner)));
        let inside: Vec<String> =
            inside.filter_map(|(_, name)| name.split(' ').next().map(str::to_owned)).collect();
        let count = others.len();
        others.extend(inside);
        if others.len() == count {
            break;
        }
    }
    let (before, after) = (names(before), names(after));
    let lost = before.into_iter().filter(|(name, _)| !after.contains_key(name)).map(|(_, line)| line);
    lost.filter(|line| !line.split(' ').nth(1).is_some_and(|owner| others.contains(owner))).collect()
}

/// Returns the types that have members of a kind.
fn owners(lock: &Lock, kind: &str) -> BTreeSet<String> {
    let text = lock.to_string();
    let lines = text.lines().filter_map(|line| line.strip_prefix(kind)?.strip_prefix(' '));
    lines.filter_map(|line| line.split(' ').next().map(str::to_owned)).collect()
}

/// Returns each name with its scope, and the line that has it. A scope is a kind of item, and the type or operation that
/// it belongs to.
fn names(lock: &Lock) -> BTreeMap<String, String> {
    let text = lock.to_string();
    let lines = text.lines().filter(|line| !line.starts_with("gone "));
    let mut names = BTreeMap::new();
    for line in lines {
        let Some((item, of_item)) = line.split_once(" = ") else { continue };
        let mut words = item.split(' ');
        let (kind, owner) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
        let scope = match kind {
            "type" | "nested-type" | "operation-type" => "type".to_owned(),
            "resource" | "server-variable" | "security-scheme" => kind.to_owned(),
            _ => format!("{kind} {owner}"),
        };
        for (position, name) in of_item.split(' ').filter(|name| !name.contains('=')).enumerate() {
            names.insert(format!("{scope} {position} {name}"), line.to_owned());
        }
    }
    names
}

/// Adds something to a document, and says what.
fn add(document: &mut Value, random: &mut fastrand::Rng) -> Option<String> {
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

fn pick<'v>(names: &'v [String], random: &mut fastrand::Rng) -> Option<&'v String> {
    (!names.is_empty()).then(|| &names[random.usize(..names.len())])
}

fn keys(value: &Value) -> Vec<String> {
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

/// Returns pointers to the schemas of a document that a condition holds for.
fn schemas(document: &Value, is_wanted: impl Fn(&Map<String, Value>) -> bool) -> Vec<String> {
    let mut found = Vec::new();
    let starts = ["/components/schemas", "/paths", "/components/responses", "/components/requestBodies"];
    let mut open: Vec<(String, &Value)> =
        starts.iter().filter_map(|at| Some(((*at).to_owned(), document.pointer(at)?))).collect();
    while let Some((at, value)) = open.pop() {
        match value {
            Value::Object(object) => {
                if is_wanted(object) && !object.contains_key("$ref") {
                    found.push(at.clone());
                }
                for (key, value) in object {
                    let is_data =
                        matches!(key.as_str(), "example" | "examples" | "default" | "enum" | "const");
                    if !is_data && !key.starts_with("x-") {
                        open.push((format!("{at}/{}", key.replace('~', "~0").replace('/', "~1")), value));
                    }
                }
            }
            Value::Array(items) => {
                open.extend(items.iter().enumerate().map(|(index, item)| (format!("{at}/{index}"), item)));
            }
            _ => {}
        }
    }
    found
}

fn add_property(document: &mut Value, random: &mut fastrand::Rng) -> Option<String> {
    let is_object = |it: &Map<String, Value>| {
        let is_closed =
            it.contains_key("maxProperties") || it.contains_key("oneOf") || it.contains_key("anyOf");
        it.get("type").is_some_and(|ty| ty == "object")
            && it.get("properties").is_some_and(Value::is_object)
            && !is_closed
    };
    let at = pick(&schemas(document, is_object), random)?.clone();
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
    let at = pick(&schemas(document, is_enum), random)?.clone();
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
    let at = pick(&schemas(document, is_union), random)?.clone();
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
            json!({ "$ref": format!("#/components/schemas/{}", key.replace('~', "~0").replace('/', "~1")) })
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
