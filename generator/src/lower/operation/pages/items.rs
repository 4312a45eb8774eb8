//! The items of a page: the only list in a response, or the main one of several.

use std::collections::{HashMap, HashSet};

use super::fields::{field, fields, struct_of};
use super::names::{ENVELOPES, ITEMS, SECONDARY, normalized};
use crate::ir::{Api, FieldRef, PageItems, Type};

/// The lists in a response that may be the items of a page.
pub(super) struct Lists<'a> {
    outer: Candidates<'a>,
    /// The lists in objects that wrap the whole content of the response.
    in_envelopes: Vec<(FieldRef, Candidates<'a>)>,
}

/// The lists in an object.
#[derive(Default)]
struct Candidates<'a> {
    /// The only list, or the one with a common name.
    main: Option<List<'a>>,
    /// All lists by their normalized names, if the path of the operation decides.
    by_name: HashMap<String, List<'a>>,
}

/// A list: its field, and the type of its items.
type List<'a> = (FieldRef, &'a Type);

impl<'a> Lists<'a> {
    /// Returns the lists in a response, if it is an object.
    pub(super) fn of(api: &'a Api, response: &Type) -> Option<Self> {
        let of = struct_of(api, response)?;
        let mut names = HashSet::new();
        let mut in_envelopes = Vec::new();
        for (field, name, ty) in fields(api, of) {
            let name = normalized(name);
            // Of envelopes with equal names, only the first counts.
            if ENVELOPES.contains(&name.as_str()) && names.insert(name) {
                in_envelopes.push((FieldRef { of, field }, Candidates::of(api, ty)));
            }
        }
        Some(Self { outer: Candidates::of(api, response), in_envelopes })
    }

    /// Returns the list of items in the response of the operation at a path.
    pub(super) fn find(&self, path: &str) -> Option<PageItems> {
        let items = |fields, (_, ty): List<'_>| PageItems { fields, ty: ty.clone() };
        if let Some(list) = self.outer.find(path) {
            return Some(items(vec![list.0], list));
        }
        self.in_envelopes.iter().find_map(|(envelope, lists)| {
            let list = lists.find(path)?;
            Some(items(vec![*envelope, list.0], list))
        })
    }
}

impl<'a> Candidates<'a> {
    fn of(api: &'a Api, object: &Type) -> Self {
        let Some(of) = struct_of(api, object) else { return Self::default() };
        let lists = fields(api, of).into_iter().filter_map(|(field, name, ty)| match ty {
            Type::List(inner) if **inner != Type::Any => {
                Some((normalized(name), (FieldRef { of, field }, &**inner)))
            }
            _ => None,
        });
        let lists: Vec<(String, List<'a>)> =
            lists.filter(|(name, _)| !SECONDARY.contains(&name.as_str())).collect();
        if let [(_, only)] = lists.as_slice() {
            return Self { main: Some(*only), by_name: HashMap::new() };
        }
        // Of lists with equal names, the first counts.
        let by_name: HashMap<String, List<'a>> = lists.into_iter().rev().collect();
        Self { main: ITEMS.into_iter().find_map(|name| by_name.get(name).copied()), by_name }
    }

    /// Returns the main list, or the list that the path names.
    fn find(&self, path: &str) -> Option<List<'a>> {
        self.main.or_else(|| {
            let mut segments = path.rsplit('/').filter(|segment| !segment.contains('{'));
            segments.find_map(|segment| self.by_name.get(&normalized(segment)).copied())
        })
    }
}

/// Returns the list at a configured path of a response.
pub(super) fn at(api: &Api, response: &Type, path: &str) -> Option<PageItems> {
    let mut ty = response;
    let mut steps = Vec::new();
    for name in path.split('.') {
        let (property, found) = field(api, ty, name)?;
        steps.push(property);
        ty = found;
    }
    let Type::List(ty) = ty else { return None };
    Some(PageItems { fields: steps, ty: (**ty).clone() })
}
