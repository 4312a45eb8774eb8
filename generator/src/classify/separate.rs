//! Distinguishes the objects among the alternatives of a union.
//!
//! Objects are split into groups: by the constants of a property, by the JSON types of a property, and by constants
//! at greater depth, until each group has one alternative or nothing splits it. Objects without the property of a
//! split are the rest, which decoding considers after the groups.

use std::collections::HashMap;

use indexmap::IndexMap;

use super::schemas::Schemas;
use super::signature::{InnerConstant, ObjectSignature};
use super::split::{Listed, Split, Typed};
use super::unproven_pairs::{MAX_PAIRS, unproven_pairs};
use super::value_rules::JsonTypes;
use crate::ir::{Constant, Criterion, MatchRule};

/// The maximum number of splits that lead to an alternative.
const MAX_SPLITS: usize = 8;

/// The conditions that distinguish an object from the other alternatives.
#[derive(Clone, Debug, Default)]
pub(super) struct Distinction {
    /// Conditions that the values of the object meet.
    pub(super) conditions: Vec<MatchRule>,
    /// The constants of the conditions, from the first split to the last.
    pub(super) values: Vec<Vec<Constant>>,
    /// Values that meet the conditions of an object of a lower rank are values of that object.
    pub(super) rank: u32,
    /// True if the constants of the object are constants of another alternative, too.
    pub(super) is_group: bool,
}

/// The distinctions of the objects among the alternatives of a union.
pub(super) struct Separated {
    /// The distinctions, in the order of the objects.
    pub(super) distinctions: Vec<Distinction>,
    /// Pairs of alternatives that nothing distinguishes.
    pub(super) pairs: Vec<(usize, usize)>,
    /// The properties that distinguish the objects.
    pub(super) criteria: Vec<Criterion>,
}

/// Separates objects. A property that has to distinguish them, such as the property of a discriminator, comes first.
pub(super) fn separate<'a>(
    schemas: &Schemas<'a>,
    signatures: &[&ObjectSignature<'a>],
    first: Option<&str>,
) -> Separated {
    let mut separation = Separation {
        schemas,
        signatures,
        inner_constants: HashMap::new(),
        distinctions: vec![Distinction::default(); signatures.len()],
        pairs: Vec::new(),
        criteria: Vec::new(),
    };
    let all: Vec<usize> = (0..signatures.len()).collect();
    let mut used = Vec::new();
    match first {
        Some(property) => {
            let listed = separation.listed(&all, property).map(|it| Listed { is_required: true, ..it });
            let split = Split::by_constants(vec![property.to_owned()], listed.collect(), &all, signatures);
            separation.follow(split, &mut used, 0);
        }
        None => {
            separation.separate(all, &mut used, 0);
        }
    }
    let Separation { distinctions, pairs, criteria, .. } = separation;
    Separated { distinctions, pairs, criteria }
}

struct Separation<'s, 'a> {
    schemas: &'s Schemas<'a>,
    signatures: &'s [&'s ObjectSignature<'a>],
    /// The constants inside the objects that were needed so far.
    inner_constants: HashMap<usize, Vec<InnerConstant>>,
    distinctions: Vec<Distinction>,
    pairs: Vec<(usize, usize)>,
    criteria: Vec<Criterion>,
}

impl<'s, 'a> Separation<'s, 'a> {
    /// Separates a group. Returns the next free rank.
    fn separate(&mut self, group: Vec<usize>, used: &mut Vec<Vec<String>>, rank: u32) -> u32 {
        let is_alone =
            group.windows(2).all(|it| self.signatures[it[0]].choice == self.signatures[it[1]].choice);
        if is_alone {
            self.finish_alone(&group, rank);
            return rank + 1;
        }
        match self.best_split(&group, used).filter(|_| used.len() < MAX_SPLITS) {
            Some(split) => self.follow(split, used, rank),
            None => {
                self.finish_group(&group, rank);
                rank + 1
            }
        }
    }

    /// Separates the groups of a split, and then the rest. Returns the next free rank.
    fn follow(&mut self, split: Split, used: &mut Vec<Vec<String>>, rank: u32) -> u32 {
        for (index, condition, values) in split.conditions {
            self.distinctions[index].conditions.push(condition);
            self.distinctions[index].values.extend(values);
        }
        let criterion = Criterion { property: split.path.join("."), is_by_type: !split.is_by_constants };
        if !self.criteria.contains(&criterion) {
            self.criteria.push(criterion);
        }
        used.push(split.path);
        let mut next = rank;
        for group in split.groups {
            next = next.max(self.separate(group, used, rank));
        }
        if !split.rest.is_empty() {
            next = self.separate(split.rest, used, next);
        }
        used.pop();
        next
    }

    /// Adds the required properties to the only alternative of a group, unless a condition identifies it.
    fn finish_alone(&mut self, group: &[usize], rank: u32) {
        for index in group {
            let signature = self.signatures[*index];
            let distinction = &mut self.distinctions[*index];
            distinction.rank = rank;
            if distinction.conditions.is_empty() {
                let required = signature.required.iter().map(|name| (*name).to_owned()).collect();
                distinction.conditions.push(MatchRule::Object { required });
            }
        }
    }

    /// Adds the required properties to the alternatives of a group that nothing splits. Their constants reject other
    /// values, although they distinguish nothing.
    fn finish_group(&mut self, group: &[usize], rank: u32) {
        let members: Vec<&ObjectSignature<'a>> = group.iter().map(|index| self.signatures[*index]).collect();
        self.pairs.extend(unproven_pairs(&members, MAX_PAIRS));
        for index in group {
            let signature = self.signatures[*index];
            let distinction = &mut self.distinctions[*index];
            distinction.rank = rank;
            distinction.is_group = true;
            let mut required = signature.required.clone();
            for condition in &distinction.conditions {
                if let MatchRule::Tag { member, .. } = condition {
                    required.remove(member.as_str());
                }
            }
            for (name, values) in &signature.constants {
                if values.len() == 1 && required.remove(name.as_str()) {
                    let tag = MatchRule::Tag { member: name.clone(), values: values.clone() };
                    distinction.conditions.push(tag);
                }
            }
            if !required.is_empty() || distinction.conditions.is_empty() {
                let required = required.into_iter().map(str::to_owned).collect();
                distinction.conditions.push(MatchRule::Object { required });
            }
        }
    }

    /// Returns the split that distinguishes the most alternatives of a group. Returns `None` if their required
    /// properties distinguish them, or nothing does.
    fn best_split(&mut self, group: &[usize], used: &[Vec<String>]) -> Option<Split> {
        let mut splits = self.splits_by_constants(group, used);
        if let Some(best) = Split::best(&mut splits, Split::is_by_several_tags) {
            return Some(best);
        }
        let members: Vec<&ObjectSignature<'a>> = group.iter().map(|index| self.signatures[*index]).collect();
        if unproven_pairs(&members, 1).is_empty() {
            return None;
        }
        let mut by_types = self.splits_by_types(group, used);
        if let Some(best) = Split::best(&mut by_types, Split::is_complete) {
            return Some(best);
        }
        let mut inner = self.splits_by_inner_constants(group, used);
        Split::best(&mut inner, Split::is_by_several_tags)
            .or_else(|| Split::best(&mut splits, Split::is_by_tags))
            .or_else(|| Split::best(&mut inner, Split::is_by_tags))
            .or_else(|| Split::best(&mut splits, Split::has_groups))
            .or_else(|| Split::best(&mut by_types, Split::has_groups))
    }

    /// Returns the listed values of a property.
    fn listed(&self, group: &[usize], name: &str) -> impl Iterator<Item = Listed<'s>> {
        group.iter().filter_map(move |index| {
            let signature = self.signatures[*index];
            let values = signature.constants.get(name)?;
            Some(Listed { index: *index, values, is_required: signature.required.contains(name) })
        })
    }

    /// Returns the splits by the constants of a property.
    fn splits_by_constants(&self, group: &[usize], used: &[Vec<String>]) -> Vec<Split> {
        let mut properties: IndexMap<&str, Vec<usize>> = IndexMap::new();
        for index in group {
            for name in self.signatures[*index].constants.keys() {
                properties.entry(name).or_default().push(*index);
            }
        }
        let unused = properties.into_iter().filter(|(name, _)| !used.iter().any(|path| path == &[*name]));
        let splits = unused.map(|(name, having)| {
            let listed = self.listed(&having, name).collect();
            Split::by_constants(vec![name.to_owned()], listed, group, self.signatures)
        });
        splits.collect()
    }

    /// Returns the splits by the constants of objects that are required properties.
    fn splits_by_inner_constants(&mut self, group: &[usize], used: &[Vec<String>]) -> Vec<Split> {
        for index in group {
            let constants = || self.signatures[*index].inner_constants(self.schemas);
            self.inner_constants.entry(*index).or_insert_with(constants);
        }
        let mut paths: IndexMap<&[String], Vec<Listed<'_>>> = IndexMap::new();
        for index in group {
            for InnerConstant { path, values, is_required } in &self.inner_constants[index] {
                let listed = Listed { index: *index, values, is_required: *is_required };
                paths.entry(path).or_default().push(listed);
            }
        }
        let unused = paths.into_iter().filter(|(path, _)| !used.iter().any(|it| it == path));
        let splits =
            unused.map(|(path, listed)| Split::by_constants(path.to_vec(), listed, group, self.signatures));
        splits.collect()
    }

    /// Returns the splits by the JSON types of a required property: a string in one object and a number in another,
    /// for example.
    fn splits_by_types(&self, group: &[usize], used: &[Vec<String>]) -> Vec<Split> {
        let mut properties: IndexMap<&str, Vec<usize>> = IndexMap::new();
        for index in group {
            for name in &self.signatures[*index].required {
                properties.entry(name).or_default().push(*index);
            }
        }
        let unused = properties
            .into_iter()
            .filter(|(name, having)| having.len() > 1 && !used.iter().any(|path| path == &[*name]));
        let splits = unused.map(|(name, having)| {
            let typed = having.into_iter().filter_map(|index| {
                let rules = self.signatures[index].rules_of_property(self.schemas, name)?;
                Some(Typed { index, types: JsonTypes::of_all(&rules)?, rules })
            });
            Split::by_types(name, typed.collect(), group, self.signatures)
        });
        splits.collect()
    }
}
