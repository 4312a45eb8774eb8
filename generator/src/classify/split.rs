//! A split of objects into groups by the values of a property.

use std::collections::HashMap;
use std::hash::Hash;

use super::signature::ObjectSignature;
use super::value_rules::JsonTypes;
use crate::ir::{Constant, MatchRule};

/// A split of objects into groups. Values of different groups are distinguished.
pub(super) struct Split {
    /// The properties that lead to the distinguishing property.
    pub(super) path: Vec<String>,
    pub(super) groups: Vec<Vec<usize>>,
    /// The objects that are in no group.
    pub(super) rest: Vec<usize>,
    /// The condition of each object in a group, and its constants.
    pub(super) conditions: Vec<(usize, MatchRule, Option<Vec<Constant>>)>,
    /// True if each group has one alternative, and there is no rest.
    is_complete: bool,
    /// True if all objects of the groups require the property.
    is_required: bool,
    /// True if an object requires the property and has one value for it, as tags do.
    has_tag: bool,
    /// True if constants distinguish the groups, and not JSON types.
    pub(super) is_by_constants: bool,
}

/// The listed values of a property of an object.
#[derive(Clone, Copy)]
pub(super) struct Listed<'s> {
    pub(super) index: usize,
    pub(super) values: &'s [Constant],
    pub(super) is_required: bool,
}

/// The JSON types of a property of an object, and its match rules.
pub(super) struct Typed {
    pub(super) index: usize,
    pub(super) types: JsonTypes,
    pub(super) rules: Vec<MatchRule>,
}

impl Split {
    /// Splits objects by constants. If some objects have none, only required constants count: an object with an
    /// optional constant can be without it, like the rest.
    pub(super) fn by_constants(
        path: Vec<String>,
        mut listed: Vec<Listed<'_>>,
        group: &[usize],
        signatures: &[&ObjectSignature<'_>],
    ) -> Self {
        if listed.len() < group.len() {
            listed.retain(|it| it.is_required);
        }
        let is_required = listed.iter().all(|it| it.is_required);
        let has_tag = listed.iter().any(|it| it.is_required && it.values.len() == 1);
        let conditions = listed.iter().map(|it| {
            let (name, around) =
                path.split_last().map_or(("", &[][..]), |(name, around)| (name.as_str(), around));
            let tag = MatchRule::Tag { member: name.to_owned(), values: it.values.to_vec() };
            let condition = around.iter().rfold(tag, |inner, member| MatchRule::Property {
                member: member.clone(),
                match_rules: vec![inner],
            });
            (it.index, condition, Some(it.values.to_vec()))
        });
        let conditions = conditions.collect();
        let groups = connected(listed.iter().map(|it| (it.index, it.values.iter())));
        Self {
            is_required,
            has_tag,
            is_by_constants: true,
            ..Self::new(path, groups, conditions, group, signatures)
        }
    }

    /// Splits objects by the JSON types of a property.
    pub(super) fn by_types(
        name: &str,
        typed: Vec<Typed>,
        group: &[usize],
        signatures: &[&ObjectSignature<'_>],
    ) -> Self {
        let groups = connected(typed.iter().map(|it| (it.index, it.types.each())));
        let conditions = typed.into_iter().map(|it| {
            // Enums may gain values.
            let is_open = it.rules.iter().any(|rule| matches!(rule, MatchRule::Constants(_)));
            let match_rules = if is_open { it.types.rules() } else { it.rules };
            (it.index, MatchRule::Property { member: name.to_owned(), match_rules }, None)
        });
        let conditions = conditions.collect();
        Self::new(vec![name.to_owned()], groups, conditions, group, signatures)
    }

    fn new(
        path: Vec<String>,
        groups: Vec<Vec<usize>>,
        conditions: Vec<(usize, MatchRule, Option<Vec<Constant>>)>,
        group: &[usize],
        signatures: &[&ObjectSignature<'_>],
    ) -> Self {
        let mut in_groups: Vec<usize> = groups.iter().flatten().copied().collect();
        in_groups.sort_unstable();
        let rest = group.iter().copied().filter(|index| in_groups.binary_search(index).is_err());
        let rest: Vec<usize> = rest.collect();
        let has_one_alternative = |group: &Vec<usize>| {
            group.windows(2).all(|it| signatures[it[0]].choice == signatures[it[1]].choice)
        };
        let is_complete = rest.is_empty() && groups.iter().all(has_one_alternative);
        Self {
            path,
            groups,
            rest,
            conditions,
            is_complete,
            is_required: true,
            has_tag: false,
            is_by_constants: false,
        }
    }

    /// Returns true if the split distinguishes objects that have the property.
    pub(super) fn has_groups(&self) -> bool {
        self.groups.len() > 1
    }

    /// Returns true if the split distinguishes all alternatives.
    pub(super) fn is_complete(&self) -> bool {
        self.is_complete && self.has_groups()
    }

    /// Returns true if the split is by a property that is a tag of some alternatives.
    pub(super) fn is_by_tags(&self) -> bool {
        let is_divided = self.has_groups() || !(self.groups.is_empty() || self.rest.is_empty());
        is_divided && (self.is_complete || self.has_tag)
    }

    /// Returns true if the split distinguishes all alternatives, or is by a property that is a tag of several.
    pub(super) fn is_by_several_tags(&self) -> bool {
        self.is_by_tags() && self.has_groups()
    }

    /// Removes and returns the best of the splits that are allowed: the first that distinguishes all alternatives, or
    /// else the first with the most groups.
    pub(super) fn best(splits: &mut Vec<Self>, is_allowed: impl Fn(&Self) -> bool) -> Option<Self> {
        let score = |split: &Self| {
            let groups = split.groups.len() + usize::from(!split.rest.is_empty());
            (split.is_complete, split.is_complete && split.is_required, groups, split.is_required)
        };
        let allowed = splits.iter().enumerate().filter(|(_, split)| is_allowed(split));
        // Of equal splits, `max_by_key` returns the last.
        let best = allowed.rev().max_by_key(|(_, split)| score(split)).map(|(index, _)| index)?;
        Some(splits.remove(best))
    }
}

/// Returns the objects in groups that have no value in common.
fn connected<V: Eq + Hash>(
    objects: impl Iterator<Item = (usize, impl Iterator<Item = V>)>,
) -> Vec<Vec<usize>> {
    let mut groups: Vec<Vec<usize>> = Vec::new();
    let mut group_of: HashMap<V, usize> = HashMap::new();
    // The group that a group was merged into.
    let mut merged: Vec<usize> = Vec::new();
    for (index, values) in objects {
        let mut own = groups.len();
        groups.push(vec![index]);
        merged.push(own);
        for value in values {
            let mut other = *group_of.entry(value).or_insert(own);
            while merged[other] != other {
                other = merged[other];
            }
            if other != own {
                let (into, from) = (own.min(other), own.max(other));
                let objects = std::mem::take(&mut groups[from]);
                groups[into].extend(objects);
                merged[from] = into;
                own = into;
            }
        }
    }
    groups.retain(|group| !group.is_empty());
    for group in &mut groups {
        group.sort_unstable();
    }
    groups
}
