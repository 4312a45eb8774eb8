//! Selects the constraints that the mock server has to check: the schemas with limits, and those that lead to them.
//!
//! Schemas without limits are left out, so a document without limits has none. In a union with limits, all alternatives
//! are kept, because the mock server has to know which of them a value can be.

use std::collections::HashMap;

use crate::ir::{
    BodyConstraints, Condition, Constraint, ConstraintTable, Fit, OperationConstraints, SchemaConstraints,
    SchemaIndex, TextConstraints, TextForm, UnionConstraints,
};

/// Returns the constraints that have an effect. The schemas are numbered in the order in which they are referred to.
pub(crate) fn effective_constraints(table: &ConstraintTable) -> ConstraintTable {
    let mut numbering = Numbering::new(Effects::of(table));
    let operations = table.operations.iter().map(|operation| numbering.operation(operation)).collect();
    ConstraintTable { operations, schemas: numbering.finish() }
}

/// Returns true if a pattern is among the constraints.
pub(crate) fn has_patterns(table: &ConstraintTable) -> bool {
    let conditions = table.schemas.iter().filter_map(|schema| schema.not.as_ref()).flat_map(Condition::all);
    let limits = table.schemas.iter().map(|schema| &schema.limits);
    let mut limits = limits.chain(conditions.map(|condition| &condition.limits)).flatten();
    limits.any(|limit| matches!(limit, Constraint::Pattern(_)))
}

/// The facts about all schemas that decide which of them the mock server needs.
struct Effects<'t> {
    table: &'t ConstraintTable,
    /// True if the schema has limits or leads to some.
    limited: Vec<bool>,
    /// True if not every text is a value of the schema.
    restricts_text: Vec<bool>,
    /// True if the mock server has to know which values fit the schema. So it is for JSON in texts, which no type decodes.
    fitted: Vec<bool>,
}

impl<'t> Effects<'t> {
    fn of(table: &'t ConstraintTable) -> Self {
        let schemas = &table.schemas;
        let has_limits = |schema: &SchemaConstraints| {
            let has_names = schema.is_closed || !schema.dependent_required.is_empty();
            has_names || !schema.limits.is_empty() || schema.not.is_some()
        };
        let in_texts = in_json_texts(table);
        let own = schemas.iter().zip(&in_texts);
        let own =
            own.map(|(schema, in_text)| has_limits(schema) || (*in_text && schema.fit != Fit::default()));
        let own = own.collect();
        let limited = spread_outwards(own, |index| schemas[index].inner());
        let own = schemas.iter().map(|schema| {
            !schema.fit.values.is_empty() || schema.fit.types.iter().any(|it| it != "string" && it != "array")
        });
        let restricts_text = spread_outwards(own.collect(), |index| schemas[index].same_value());
        let mut effects = Self { table, limited, restricts_text, fitted: in_texts };
        effects.find_fitted();
        effects
    }

    fn find_fitted(&mut self) {
        let schemas = &self.table.schemas;
        let mut pending: Vec<SchemaIndex> = Vec::new();
        for text in texts(self.table).filter(|text| text.form != TextForm::Json && self.has_effect(text)) {
            pending.push(text.schema);
            pending.extend(schemas[text.schema].items.filter(|_| text.form != TextForm::Value));
        }
        let unions = schemas.iter().flat_map(|schema| &schema.unions);
        pending.extend(unions.filter(|union| self.is_limited(union)).flat_map(|union| &union.alternatives));
        while let Some(index) = pending.pop() {
            if !std::mem::replace(&mut self.fitted[index], true) {
                pending.extend(schemas[index].same_value());
            }
        }
    }

    fn is_limited(&self, union: &UnionConstraints) -> bool {
        union.alternatives.iter().any(|index| self.limited[*index])
    }

    fn has_effect(&self, text: &TextConstraints) -> bool {
        let restricts = |index: SchemaIndex| self.limited[index] || self.restricts_text[index];
        match text.form {
            TextForm::Json => self.limited[text.schema],
            TextForm::Value => restricts(text.schema),
            TextForm::Repeated | TextForm::Delimited(_) => {
                self.limited[text.schema] || self.table.schemas[text.schema].items.is_some_and(restricts)
            }
        }
    }

    /// Returns a schema without the parts that have no effect.
    fn selected(&self, index: SchemaIndex) -> SchemaConstraints {
        let schema = &self.table.schemas[index];
        let is_fitted = self.fitted[index];
        let limited = |index: &SchemaIndex| self.limited[*index];
        let same_value = |index: &SchemaIndex| is_fitted || limited(index);
        let additional_properties = schema.additional_properties.filter(limited);
        // All names are needed to find the other properties.
        let has_others = schema.is_closed || additional_properties.is_some();
        let properties = schema.properties.iter().map(|(name, inner)| (name, inner.filter(limited)));
        let properties = properties.filter(|(_, inner)| has_others || inner.is_some());
        let unions = schema.unions.iter().filter(|union| is_fitted || self.is_limited(union));
        SchemaConstraints {
            fit: if is_fitted { schema.fit.clone() } else { Fit::default() },
            limits: schema.limits.clone(),
            regex: schema.regex.clone(),
            is_quoted: schema.is_quoted && !schema.limits.is_empty(),
            is_closed: schema.is_closed,
            properties: properties.map(|(name, inner)| (name.clone(), inner)).collect(),
            additional_properties,
            items: schema.items.filter(|items| limited(items) || self.fitted[*items]),
            wraps: schema.wraps.filter(same_value),
            all_of: schema.all_of.iter().copied().filter(same_value).collect(),
            unions: unions.cloned().collect(),
            not: schema.not.clone(),
            dependent_required: schema.dependent_required.clone(),
        }
    }
}

/// Iterates over all values that requests have as text.
fn texts(table: &ConstraintTable) -> impl Iterator<Item = &TextConstraints> {
    table.operations.iter().flat_map(|operation| {
        let bodies = operation.bodies.iter().filter_map(|(_, body)| match body {
            BodyConstraints::Fields(fields) => Some(fields),
            BodyConstraints::Json(_) => None,
        });
        operation.parameters.iter().map(|(_, text)| text).chain(bodies.flatten())
    })
}

/// For each schema, returns true if JSON in a parameter, a field or a part has it.
fn in_json_texts(table: &ConstraintTable) -> Vec<bool> {
    let mut found = vec![false; table.schemas.len()];
    let roots = texts(table).filter(|text| text.form == TextForm::Json);
    let mut pending: Vec<SchemaIndex> = roots.map(|text| text.schema).collect();
    while let Some(index) = pending.pop() {
        if !std::mem::replace(&mut found[index], true) {
            pending.extend(table.schemas[index].inner());
        }
    }
    found
}

/// Sets the facts of all schemas that contain a schema with the fact.
fn spread_outwards<I: Iterator<Item = SchemaIndex>>(
    mut facts: Vec<bool>,
    inner: impl Fn(SchemaIndex) -> I,
) -> Vec<bool> {
    let mut outer: Vec<Vec<SchemaIndex>> = vec![Vec::new(); facts.len()];
    for index in 0..facts.len() {
        inner(index).for_each(|inner| outer[inner].push(index));
    }
    let mut pending: Vec<SchemaIndex> = (0..facts.len()).filter(|index| facts[*index]).collect();
    while let Some(index) = pending.pop() {
        for outer in &outer[index] {
            if !std::mem::replace(&mut facts[*outer], true) {
                pending.push(*outer);
            }
        }
    }
    facts
}

/// Numbers the selected schemas anew.
struct Numbering<'t> {
    effects: Effects<'t>,
    numbers: HashMap<SchemaIndex, SchemaIndex>,
    /// The numbers of schemas without inner schemas, by their content: equal ones are one schema.
    leaves: HashMap<String, SchemaIndex>,
    /// The selected schemas, with the old numbers of inner schemas.
    selected: Vec<SchemaConstraints>,
}

impl<'t> Numbering<'t> {
    fn new(effects: Effects<'t>) -> Self {
        Self { effects, numbers: HashMap::new(), leaves: HashMap::new(), selected: Vec::new() }
    }

    fn number(&mut self, index: SchemaIndex) -> SchemaIndex {
        if let Some(number) = self.numbers.get(&index) {
            return *number;
        }
        let schema = self.effects.selected(index);
        let next = self.selected.len();
        let number = match schema.inner().next() {
            Some(_) => next,
            None => *self.leaves.entry(format!("{schema:?}")).or_insert(next),
        };
        if number == next {
            self.selected.push(schema);
        }
        self.numbers.insert(index, number);
        number
    }

    fn operation(&mut self, operation: &OperationConstraints) -> OperationConstraints {
        let parameters = operation.parameters.iter();
        let parameters =
            parameters.filter_map(|(location, text)| Some((*location, self.text(text)?))).collect();
        let mut bodies = Vec::new();
        for (media_type, body) in &operation.bodies {
            let body = match body {
                BodyConstraints::Json(schema) => {
                    self.effects.limited[*schema].then(|| BodyConstraints::Json(self.number(*schema)))
                }
                BodyConstraints::Fields(fields) => {
                    let fields: Vec<_> = fields.iter().filter_map(|field| self.text(field)).collect();
                    (!fields.is_empty()).then_some(BodyConstraints::Fields(fields))
                }
            };
            bodies.extend(body.map(|body| (media_type.clone(), body)));
        }
        let limited = |schema: SchemaIndex| self.effects.limited[schema];
        let is_wide = |status: &str| status == "default" || status.ends_with("XX");
        let mut all = operation.responses.iter();
        let has_wide = all.any(|(status, schema)| is_wide(status) && schema.is_some_and(limited));
        // A status without limits is kept if the limits of a wider one would apply.
        let responses = operation.responses.iter();
        let responses = responses.map(|(status, schema)| (status, schema.filter(|schema| limited(*schema))));
        let responses = responses.filter(|(_, schema)| has_wide || schema.is_some());
        let responses: Vec<(&String, Option<SchemaIndex>)> = responses.collect();
        let responses = responses
            .into_iter()
            .map(|(status, schema)| (status.clone(), schema.map(|schema| self.number(schema))))
            .collect();
        OperationConstraints { parameters, objects: operation.objects.clone(), bodies, responses }
    }

    fn text(&mut self, text: &TextConstraints) -> Option<TextConstraints> {
        let has_effect = self.effects.has_effect(text);
        has_effect.then(|| TextConstraints { schema: self.number(text.schema), ..text.clone() })
    }

    /// Returns all selected schemas, with the new numbers.
    fn finish(mut self) -> Vec<SchemaConstraints> {
        let mut finished = Vec::new();
        while let Some(schema) = self.selected.get(finished.len()).cloned() {
            finished.push(self.renumbered(schema));
        }
        finished
    }

    fn renumbered(&mut self, mut schema: SchemaConstraints) -> SchemaConstraints {
        let mapped = schema.unions.iter_mut().filter_map(|union| union.discriminator.as_mut());
        let mapped: Vec<&mut SchemaIndex> =
            mapped.flat_map(|(_, names)| names).map(|(_, index)| index).collect();
        mapped.into_iter().for_each(|index| *index = self.number(*index));
        let properties = schema.properties.iter_mut().filter_map(|(_, inner)| inner.as_mut());
        let others =
            schema.additional_properties.iter_mut().chain(&mut schema.items).chain(&mut schema.wraps);
        let alternatives = schema.unions.iter_mut().flat_map(|union| &mut union.alternatives);
        for index in properties.chain(others).chain(&mut schema.all_of).chain(alternatives) {
            *index = self.number(*index);
        }
        schema
    }
}
