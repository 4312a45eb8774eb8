//! Unions of random alternatives that can be distinguished: a value that is made for an alternative decodes as this
//! alternative, whatever the order.
//!
//! `UNION_CASES` sets the number of unions, and `UNION_SEED` selects others:
//!
//! ```console
//! $ UNION_CASES=100000 cargo test --release -p codegen --lib values_decode
//! ```

use std::collections::BTreeMap;
use std::env;

use fastrand::Rng;
use runtime::wire;
use serde_json::{Map, Value, json};

use super::{Plan, Schemas, UnionPlan, plan_schema};
use crate::config::Config;
use crate::diagnostics::{Diagnostics, Source};
use crate::document::Document;
use crate::ir::{Constant, MatchRule, ValueKind};

/// The default number of unions.
const CASES: usize = 500;

/// The number of unions in a document.
const UNIONS: usize = 250;

/// The values of a property, or of an alternative that is not an object.
#[derive(Clone, Debug)]
enum Model {
    Text,
    Integer,
    Boolean,
    Texts,
    Constant(Value),
    Object(Object),
}

/// The properties of an object, with `true` for those that are required.
#[derive(Clone, Debug, Default)]
struct Object(BTreeMap<String, (Model, bool)>);

impl Object {
    fn require(&mut self, name: &str, model: Model) {
        self.0.insert(name.to_owned(), (model, true));
    }

    /// Returns a schema with these properties.
    fn schema<'p>(properties: impl Iterator<Item = (&'p String, &'p (Model, bool))>) -> Value {
        let properties: Vec<_> = properties.collect();
        let required = properties.iter().filter(|(_, (_, is_required))| *is_required).map(|(name, _)| name);
        json!({
            "type": "object",
            "required": required.collect::<Vec<_>>(),
            "properties": properties.iter().map(|(name, (model, _))| (name.to_string(), model.schema())).collect::<Map<_, _>>(),
        })
    }
}

impl Model {
    fn schema(&self) -> Value {
        match self {
            Self::Text => json!({ "type": "string" }),
            Self::Integer => json!({ "type": "integer" }),
            Self::Boolean => json!({ "type": "boolean" }),
            Self::Texts => json!({ "type": "array", "items": { "type": "string" } }),
            Self::Constant(value) => json!({ "const": value }),
            Self::Object(object) => Object::schema(object.0.iter()),
        }
    }

    /// Returns a value with some of the optional properties.
    fn value(&self, rng: &mut Rng) -> Value {
        match self {
            Self::Text => format!("text {}", rng.u8(..)).into(),
            Self::Integer => rng.i32(1000..).into(),
            Self::Boolean => rng.bool().into(),
            Self::Texts => json!(["item"]),
            Self::Constant(value) => value.clone(),
            Self::Object(object) => {
                let properties = object.0.iter().filter(|(_, (_, is_required))| *is_required || rng.bool());
                let names: Vec<_> = properties.collect();
                let properties = names.into_iter().map(|(name, (model, _))| (name.clone(), model.value(rng)));
                Value::Object(properties.collect())
            }
        }
    }

    /// Returns true if a client decodes the value. Enums are open, and unknown properties are allowed.
    fn decodes(&self, value: &Value) -> bool {
        match self {
            Self::Text => value.is_string(),
            Self::Integer => value.is_i64(),
            Self::Boolean => value.is_boolean(),
            Self::Texts => value.as_array().is_some_and(|items| items.iter().all(Value::is_string)),
            Self::Constant(constant) => std::mem::discriminant(constant) == std::mem::discriminant(value),
            Self::Object(object) => value.as_object().is_some_and(|value| {
                object.0.iter().all(|(name, (model, is_required))| match value.get(name) {
                    Some(value) => model.decodes(value),
                    None => !is_required,
                })
            }),
        }
    }

    /// Returns the number of properties of a value that the model knows.
    fn known(&self, value: &Value) -> usize {
        match self {
            Self::Object(object) => object.0.keys().filter(|name| value.get(name.as_str()).is_some()).count(),
            _ => 0,
        }
    }

    /// Decodes a value, so that the runtime counts the properties that the model knows.
    fn decode(&self, value: Value) {
        if let Self::Object(object) = self {
            let names: Vec<&'static str> = object.0.keys().map(|name| leak(name.clone()) as &str).collect();
            let decoded: Result<Probe, _> = wire::deserialize_struct(value, "Probe", leak(names));
            assert!(decoded.is_ok());
        }
    }
}

/// Returns a reference that lives as long as the tests, as the constants of generated code do.
fn leak<T>(value: T) -> &'static T {
    Box::leak(Box::new(value))
}

/// Any object.
#[derive(Default)]
struct Probe;

impl wire::Struct for Probe {
    fn read<'de, D: wire::Deserializer<'de>>(
        &mut self,
        _: usize,
        input: wire::Input<'de, D>,
    ) -> Result<(), D::Error> {
        input.required(&mut Value::Null)
    }
}

/// Makes random unions.
struct Maker {
    rng: Rng,
    /// The number of names so far.
    names: usize,
}

impl Maker {
    fn name(&mut self, prefix: &str) -> String {
        self.names += 1;
        // The order of the names must not matter.
        format!("{}{prefix}{}", self.rng.lowercase(), self.names)
    }

    /// Returns alternatives that can be distinguished.
    fn alternatives(&mut self) -> Vec<Model> {
        let count = self.rng.usize(2..=7);
        let mut objects = vec![Object::default(); count];
        self.separate(&mut objects);
        self.add_noise(&mut objects);
        let mut models: Vec<Model> = objects.into_iter().map(Model::Object).collect();
        for scalar in [Model::Text, Model::Integer, Model::Boolean, Model::Texts] {
            if self.rng.u8(..8) == 0 {
                models.push(scalar);
            }
        }
        self.rng.shuffle(&mut models);
        models
    }

    /// Divides objects into groups that one property distinguishes, and then each group.
    fn separate(&mut self, objects: &mut [Object]) {
        if objects.len() < 2 {
            return;
        }
        let cut = self.rng.usize(1..objects.len());
        let (one, rest) = objects.split_at_mut(cut);
        let cut = self.rng.usize(..=rest.len() - 1);
        let (two, three) = rest.split_at_mut(rest.len() - cut);
        let mut groups = [one, two, three];
        let name = self.name("p");
        match self.rng.u8(..5) {
            0 => self.separate_by_constant(&mut groups, &name),
            1 => self.separate_at_depth(&mut groups, &name),
            2 => {
                // The last group has no property of its own.
                let last = if self.rng.bool() { 3 } else { 2 };
                for (index, group) in groups.iter_mut().enumerate().take(last) {
                    for object in group.iter_mut() {
                        object.require(&format!("{name}{index}"), Model::Text);
                    }
                }
            }
            3 => {
                let mut types = [Model::Text, Model::Integer, Model::Boolean, Model::Texts];
                self.rng.shuffle(&mut types);
                for (group, model) in groups.iter_mut().zip(types) {
                    group.iter_mut().for_each(|object| object.require(&name, model.clone()));
                }
            }
            _ => self.separate_by_constant(&mut groups, &name),
        }
        for group in groups {
            self.separate(group);
        }
    }

    fn constants(&mut self) -> [Value; 3] {
        match self.rng.u8(..3) {
            0 => [json!(1), json!(2), json!(3)],
            1 => [json!(true), json!(false), json!("neither")],
            _ => [json!("a"), json!("b"), json!("c")],
        }
    }

    /// Gives each group a constant, apart from the last one in some cases.
    fn separate_by_constant(&mut self, groups: &mut [&mut [Object]; 3], name: &str) {
        let constants = self.constants();
        let rest = if groups[2].is_empty() { 1 } else { 2 };
        let has_rest = self.rng.u8(..3) == 0;
        let is_open = self.rng.bool();
        for (index, (group, constant)) in groups.iter_mut().zip(constants).enumerate() {
            for object in group.iter_mut() {
                match has_rest && index == rest {
                    false => object.require(name, Model::Constant(constant.clone())),
                    true if is_open => object.require(name, Model::Text),
                    true => {}
                }
            }
        }
    }

    /// Gives each group a constant inside required properties.
    fn separate_at_depth(&mut self, groups: &mut [&mut [Object]; 3], name: &str) {
        let depth = self.rng.usize(1..=3);
        for (group, constant) in groups.iter_mut().zip(self.constants()) {
            let mut model = Model::Constant(constant);
            for level in 0..depth {
                let mut object = Object::default();
                object.require(&format!("{name}{level}"), model);
                object.0.insert("note".to_owned(), (Model::Text, false));
                model = Model::Object(object);
            }
            group.iter_mut().for_each(|object| object.require(name, model.clone()));
        }
    }

    /// Adds properties that distinguish nothing.
    fn add_noise(&mut self, objects: &mut [Object]) {
        let constant = self.rng.bool().then(|| self.name("c"));
        let shared = self.name("s");
        for object in objects {
            if let Some(name) = &constant {
                object.require(name, Model::Constant(json!("same")));
            }
            if self.rng.bool() {
                object.0.insert(shared.clone(), (Model::Text, self.rng.bool()));
            }
            if self.rng.bool() {
                object.0.insert(self.name("o"), (Model::Integer, false));
            }
        }
    }

    /// Returns the schema of an alternative: inline, a reference, or parts of `allOf`.
    fn schema(&mut self, model: &Model, components: &mut Map<String, Value>) -> Value {
        let Model::Object(object) = model else { return model.schema() };
        let mut add = |schema: Value| {
            let name = self.name("Component");
            let reference = json!({ "$ref": format!("#/components/schemas/{name}") });
            components.insert(name, schema);
            reference
        };
        match object.0.len() % 3 {
            0 => add(model.schema()),
            1 => model.schema(),
            _ => {
                let half = object.0.len() / 2;
                let base = add(Object::schema(object.0.iter().take(half)));
                json!({ "allOf": [base, Object::schema(object.0.iter().skip(half))] })
            }
        }
    }

    /// Returns a union of the alternatives, and the models of each of its alternatives. Two of them may be a union
    /// inside the union.
    fn union(&mut self, components: &mut Map<String, Value>) -> (Value, Vec<Vec<Model>>) {
        let mut models = self.alternatives();
        let mut schemas: Vec<Value> = models.iter().map(|model| self.schema(model, components)).collect();
        let keyword = if self.rng.bool() { "oneOf" } else { "anyOf" };
        let mut groups = Vec::new();
        if models.len() > 2 && self.rng.u8(..4) == 0 {
            let nested = schemas.split_off(schemas.len() - 2);
            schemas.push(json!({ "oneOf": nested }));
            groups.push(models.split_off(models.len() - 2));
        }
        let single = models.into_iter().map(|model| vec![model]);
        (json!({ keyword: schemas }), single.chain(groups).collect())
    }
}

/// Returns a match rule as generated code has it.
fn rule(it: &MatchRule) -> wire::MatchRule {
    let rules = |rules: &[MatchRule]| &**leak(rules.iter().map(rule).collect::<Vec<_>>());
    let text = |text: &String| leak(text.clone()).as_str();
    let constants = |values: &[Constant]| {
        let constants = values.iter().map(|value| match value {
            Constant::Text(it) => wire::Constant::Text(text(it)),
            Constant::Integer(number) => wire::Constant::Integer(*number),
            Constant::Boolean(truth) => wire::Constant::Boolean(*truth),
        });
        &**leak(constants.collect::<Vec<_>>())
    };
    match it {
        MatchRule::Tag { member, values } => wire::MatchRule::Tag(text(member), constants(values)),
        MatchRule::Object { required } => {
            wire::MatchRule::Object(leak(required.iter().map(text).collect::<Vec<&str>>()))
        }
        MatchRule::Property { member, match_rules } => {
            wire::MatchRule::Property(text(member), rules(match_rules))
        }
        MatchRule::All(all) => wire::MatchRule::All(rules(all)),
        MatchRule::Rest { rank, rule: it } => wire::MatchRule::Rest(*rank, leak(rule(it))),
        MatchRule::List(items) => wire::MatchRule::List(rules(items)),
        MatchRule::Constants(values) => wire::MatchRule::Constants(constants(values)),
        MatchRule::ValueKind(ValueKind::Boolean) => wire::MatchRule::Boolean,
        MatchRule::ValueKind(ValueKind::Integer) => wire::MatchRule::Integer,
        MatchRule::ValueKind(ValueKind::Number) => wire::MatchRule::Number,
        MatchRule::ValueKind(ValueKind::Text) => wire::MatchRule::Text,
        MatchRule::ValueKind(ValueKind::Ipv4) => wire::MatchRule::Ipv4,
        MatchRule::ValueKind(ValueKind::Ipv6) => wire::MatchRule::Ipv6,
        MatchRule::Anything => wire::MatchRule::Anything,
    }
}

/// Checks that values of each alternative decode as this alternative, with and without unknown properties.
fn check(plan: &UnionPlan<'_>, schema: &Value, models: &[Vec<Model>], rng: &mut Rng) {
    assert_eq!(plan.ambiguous, [], "{schema}");
    let rules: Vec<Vec<wire::MatchRule>> =
        plan.alternatives.iter().map(|it| it.match_rules.iter().map(rule).collect()).collect();
    let rules: Vec<&[wire::MatchRule]> = rules.iter().map(Vec::as_slice).collect();
    assert_eq!(rules.len(), models.len(), "{schema}");
    let read = |variant: usize, value: &Value| {
        // A union inside the union finds the model that fits best, too.
        let decoding = models[variant].iter().filter(|model| model.decodes(value));
        decoding.max_by_key(|model| model.known(value)).ok_or(variant)?.decode(value.clone());
        Ok(variant)
    };
    for (expected, models) in models.iter().enumerate() {
        for model in models {
            for is_newer in [false, true] {
                let mut value = model.value(rng);
                if let (true, Value::Object(properties)) = (is_newer, &mut value) {
                    properties.insert("added later".to_owned(), json!(1));
                }
                let found: Result<_, usize> =
                    wire::select(&rules, &value.to_string(), |variant| read(variant, &value));
                assert_eq!(found, Ok(Some(expected)), "{value} of {schema}\nby {rules:#?}");
            }
        }
    }
}

/// Checks the unions of a document. Returns the number of those with match rules: some are distinguished by key.
fn check_document(rng: Rng) -> usize {
    let mut maker = Maker { rng, names: 0 };
    let mut components = Map::new();
    let mut models = BTreeMap::new();
    for index in 0..UNIONS {
        let name = format!("Union{index}");
        let (schema, alternatives) = maker.union(&mut components);
        components.insert(name.clone(), schema);
        models.insert(name, alternatives);
    }
    let text = json!({
        "openapi": "3.1.0",
        "info": { "title": "Unions", "version": "1" },
        "paths": {},
        "components": { "schemas": components },
    })
    .to_string();
    let mut findings = Diagnostics::new();
    let document = Document::load(&Source { name: "unions.json", text: &text }.into(), &[], &mut findings);
    let document = document.expect("the document is valid");
    let config = Config::default();
    let schemas = Schemas::new(&document, &config);
    let mut checked = 0;
    for (name, models) in models {
        let reference = format!("#/components/schemas/{name}");
        let id = schemas.resolve(&reference).expect("the schema exists");
        if let Plan::Union(plan) = plan_schema(&schemas, id, true, &mut findings) {
            check(&plan, &components[&name], &models, &mut maker.rng);
            checked += 1;
        }
    }
    checked
}

#[test]
fn every_pair_that_nothing_distinguishes_is_listed() {
    let alternatives = (0..20).map(|index| {
        json!({ "type": "object", "properties": { "name": { "type": "string" }, format!("p{index}"): {} } })
    });
    let union = json!({ "oneOf": alternatives.collect::<Vec<_>>() });
    let text = json!({
        "openapi": "3.1.0",
        "info": { "title": "Pairs", "version": "1" },
        "paths": {},
        "components": { "schemas": { "Union": union } },
    })
    .to_string();
    let mut findings = Diagnostics::new();
    let document = Document::load(&Source { name: "pairs.json", text: &text }.into(), &[], &mut findings);
    let (document, config) = (document.expect("the document is valid"), Config::default());
    let schemas = Schemas::new(&document, &config);
    let id = schemas.resolve("#/components/schemas/Union").expect("the schema exists");
    let Plan::Union(plan) = plan_schema(&schemas, id, true, &mut findings) else { panic!("it is a union") };
    assert_eq!(plan.ambiguous.len(), 20 * 19 / 2);
}

#[test]
fn values_decode_as_the_alternative_that_they_are_made_for() {
    let number = |name: &str| env::var(name).ok().map(|text| text.parse::<u64>().expect("a number"));
    let cases = number("UNION_CASES").map_or(CASES, |cases| cases as usize);
    let mut seeds = Rng::with_seed(number("UNION_SEED").unwrap_or_default());
    let mut checked = 0;
    let mut made = 0;
    while checked < cases {
        checked += check_document(seeds.fork());
        made += UNIONS;
    }
    assert!(checked * 10 > made * 8, "{checked} of {made} unions have match rules");
}
