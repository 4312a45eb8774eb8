//! Determines the derives and attributes that codegen.toml adds to each type.
//!
//! The generator knows which types can have a derive of the standard library: a type cannot have it if a field or a
//! variant cannot, and so on. Types can contain one another, so this spreads over the types with a queue. Other derives are
//! taken as they are. Imports `ir`, `analyze`, `naming` and `diagnostics`.

use std::collections::{BTreeMap, HashMap, VecDeque};

use crate::analyze::Facts;
use crate::diagnostics::{Code, Diagnostics, Pointer, closest};
use crate::ir::{Api, DeriveRule, Enum, EnumKind, FieldKind, Shape, Type, TypeId, TypeName};
use crate::naming::Names;

/// The maximum number of types in a finding about a derive.
const MAX_REPORTED: usize = 8;

/// The derives and attributes of all types.
#[derive(Debug, Default)]
pub(crate) struct Derives {
    of: HashMap<TypeId, Added>,
}

/// Derives and attributes of codegen.toml for a type, in their order and each once.
#[derive(Debug, Default)]
pub(crate) struct Added {
    pub(crate) derives: Vec<String>,
    pub(crate) attributes: Vec<String>,
    /// Traits for schemas that the type implements. The impls are rendered, because the macros need serde's attributes.
    pub(crate) schemas: Vec<SchemaTrait>,
}

/// A trait whose impl describes the JSON that a type writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SchemaTrait {
    Schemars,
    Utoipa,
}

impl SchemaTrait {
    fn of(derive: &str) -> Option<Self> {
        match derive {
            "schemars::JsonSchema" => Some(Self::Schemars),
            "utoipa::ToSchema" => Some(Self::Utoipa),
            _ => None,
        }
    }
}

impl Derives {
    /// Determines the derives, and reports types that cannot have one.
    pub(crate) fn of(api: &Api, facts: &Facts, names: &Names, diagnostics: &mut Diagnostics) -> Self {
        let mut derives = Self::default();
        let mut known: BTreeMap<Standard, HashMap<TypeId, Obstacle>> = BTreeMap::new();
        for (index, rule) in api.derive_rules.iter().enumerate() {
            let at = Pointer::in_config(["derive"]).index(index);
            let selected = selected(api, facts, names, rule, &at, diagnostics);
            for (position, derive) in rule.derive.iter().enumerate() {
                let at = at.child("derive").index(position);
                let Some(standard) = Standard::of(derive) else {
                    selected.iter().for_each(|id| derives.add(*id, derive));
                    continue;
                };
                let obstacles = known.entry(standard).or_insert_with(|| standard.obstacles(api, facts));
                let mut refused = Vec::new();
                for id in &selected {
                    match obstacles.get(id).filter(|it| rule.where_possible || !it.is_of_user) {
                        Some(obstacle) => refused.push((*id, obstacle.clone())),
                        None => {
                            let needed = standard.with_needed().iter().filter(|it| !it.is_present(api, *id));
                            needed.for_each(|needed| derives.add(*id, needed.name()));
                        }
                    }
                }
                if !rule.where_possible {
                    report(names, derive, &at, &refused, diagnostics);
                }
            }
            for (id, attribute) in
                selected.iter().flat_map(|id| rule.attributes.iter().map(move |it| (*id, it)))
            {
                let added = derives.of.entry(id).or_default();
                if !added.attributes.contains(attribute) {
                    added.attributes.push(attribute.clone());
                }
            }
        }
        derives
    }

    /// Returns what codegen.toml adds to a type.
    pub(crate) fn added(&self, id: TypeId) -> Option<&Added> {
        self.of.get(&id)
    }

    fn add(&mut self, id: TypeId, derive: &str) {
        let added = self.of.entry(id).or_default();
        if let Some(schema) = SchemaTrait::of(derive) {
            if !added.schemas.contains(&schema) {
                added.schemas.push(schema);
            }
        } else if !added.derives.iter().any(|known| known == derive) {
            added.derives.push(derive.to_owned());
        }
    }
}

/// Returns the types that a rule selects, in the order of the document. Reports patterns that select none.
fn selected(
    api: &Api,
    facts: &Facts,
    names: &Names,
    rule: &DeriveRule,
    at: &Pointer,
    diagnostics: &mut Diagnostics,
) -> Vec<TypeId> {
    let types = api.types_by_origin().into_iter().filter(|(id, _)| facts.alias_of(*id).is_none());
    let types: Vec<(TypeId, [&str; 2])> = types
        .map(|(id, def)| {
            let ident = names.of_type(id).ident.as_str();
            match &def.name {
                TypeName::Component { key, .. } => (id, [ident, key.as_str()]),
                TypeName::Inline { .. } | TypeName::InOperation { .. } => (id, [ident, ident]),
            }
        })
        .collect();
    let mut is_used = vec![false; rule.types.len()];
    let mut selected = Vec::new();
    for (id, names) in &types {
        let mut is_selected = false;
        for (pattern, is_used) in rule.types.iter().zip(&mut is_used) {
            if names.iter().any(|name| matches(pattern, name)) {
                (is_selected, *is_used) = (true, true);
            }
        }
        selected.extend(is_selected.then_some(*id));
    }
    for (position, pattern) in rule.types.iter().enumerate().filter(|(position, _)| !is_used[*position]) {
        let help = match closest(pattern, types.iter().map(|(_, names)| names[0])) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => "remove the entry, or correct its name".to_owned(),
        };
        let at = at.child("types").index(position);
        diagnostics.report(Code::StaleName, &at, format!("the crate has no type `{pattern}`"), help);
    }
    selected
}

/// Returns `true` if a name matches a pattern: `*` stands for any text, `?` for one character. A star is tried at most once
/// for each character, so the time is limited by the product of the lengths.
fn matches(pattern: &str, name: &str) -> bool {
    let (pattern, name): (Vec<char>, Vec<char>) = (pattern.chars().collect(), name.chars().collect());
    let (mut at, mut position) = (0, 0);
    let mut star = None;
    while position < name.len() {
        match pattern.get(at) {
            Some('*') => {
                star = Some((at, position));
                at += 1;
            }
            Some(expected) if *expected == '?' || *expected == name[position] => {
                at += 1;
                position += 1;
            }
            _ => {
                let Some((of_star, from)) = star else { return false };
                star = Some((of_star, from + 1));
                (at, position) = (of_star + 1, from + 1);
            }
        }
    }
    pattern[at..].iter().all(|rest| *rest == '*')
}

/// Reports the types that cannot have a derive.
fn report(
    names: &Names,
    derive: &str,
    at: &Pointer,
    refused: &[(TypeId, Obstacle)],
    diagnostics: &mut Diagnostics,
) {
    let Some((id, obstacle)) = refused.first() else { return };
    let others: Vec<&str> =
        refused.iter().skip(1).take(MAX_REPORTED).map(|(id, _)| names.of_type(*id).ident.as_str()).collect();
    let also = match (others.as_slice(), refused.len() - 1) {
        ([], _) => String::new(),
        (listed, count) if listed.len() == count => format!("; nor can `{}`", listed.join("`, `")),
        (_, count) => format!("; nor can {count} other types"),
    };
    let ident = names.of_type(*id).ident.as_str();
    let member = match obstacle.member {
        Member::Field(position) => {
            format!("its field `{}` ", names.of_type(*id).fields[position].ident.as_str())
        }
        Member::Variant(position) => {
            format!("its variant `{}` ", names.of_type(*id).variants[position].ident.as_str())
        }
        Member::Rest => "it ".to_owned(),
    };
    let because = match &obstacle.because {
        Because::Holds(of) => format!("holds `{}`", names.of_type(*of).ident.as_str()),
        Because::Says(words) => (*words).to_owned(),
    };
    diagnostics.report(
        Code::ImpossibleDerive,
        at,
        format!("`{ident}` cannot derive `{derive}`: {member}{because}{also}"),
        "set `where-possible = true` to leave out such types, or list others in `types`",
    );
}

/// A derive of the standard library.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Standard {
    Copy,
    Eq,
    Hash,
    Ord,
    PartialOrd,
}

/// The reason why a type cannot have a derive.
#[derive(Clone, Debug)]
struct Obstacle {
    member: Member,
    because: Because,
    /// True if the reason is only that the generator does not know a type of the user.
    is_of_user: bool,
}

/// The part of a type that an obstacle is in.
#[derive(Clone, Copy, Debug)]
enum Member {
    Field(usize),
    Variant(usize),
    /// The part that keeps what the document does not describe.
    Rest,
}

#[derive(Clone, Debug)]
enum Because {
    /// It holds a type that cannot have the derive.
    Holds(TypeId),
    Says(&'static str),
}

impl Standard {
    fn of(name: &str) -> Option<Self> {
        [Self::Copy, Self::Eq, Self::Hash, Self::Ord, Self::PartialOrd]
            .into_iter()
            .find(|it| it.name() == name)
    }

    fn name(self) -> &'static str {
        match self {
            Self::Copy => "Copy",
            Self::Eq => "Eq",
            Self::Hash => "Hash",
            Self::Ord => "Ord",
            Self::PartialOrd => "PartialOrd",
        }
    }

    /// Returns the derives that the derive requires, and itself.
    fn with_needed(self) -> &'static [Self] {
        match self {
            Self::Copy => &[Self::Copy],
            Self::Eq => &[Self::Eq],
            Self::Hash => &[Self::Hash],
            Self::Ord => &[Self::Eq, Self::PartialOrd, Self::Ord],
            Self::PartialOrd => &[Self::PartialOrd],
        }
    }

    /// Returns `true` if the generated type implements the trait without the derive.
    fn is_present(self, api: &Api, id: TypeId) -> bool {
        matches!(self, Self::Eq | Self::Hash) && matches!(api.type_def(id).shape, Shape::Enum(_))
    }

    /// Returns the types that cannot have the derive. Each type and each reference is visited once.
    fn obstacles(self, api: &Api, facts: &Facts) -> HashMap<TypeId, Obstacle> {
        let canonical = |id: TypeId| facts.alias_of(id).unwrap_or(id);
        let mut obstacles: HashMap<TypeId, Obstacle> = HashMap::new();
        let mut users: HashMap<TypeId, Vec<(TypeId, Member)>> = HashMap::new();
        let mut queue = VecDeque::new();
        for (id, def) in api.types().filter(|(id, _)| facts.alias_of(*id).is_none()) {
            let members = members(facts, id, &def.shape);
            let own = self.obstacle_of_shape(&def.shape).map(|words| (Member::Rest, words, false));
            let own = own.or_else(|| {
                let mut all = members.iter().filter_map(|(member, ty, kind)| {
                    let (words, is_of_user) = self.obstacle_of_field(ty, kind.as_ref())?;
                    Some((*member, words, is_of_user))
                });
                let first = all.next()?;
                // A reason that the user cannot know better counts.
                Some(if first.2 { all.find(|it| !it.2).unwrap_or(first) } else { first })
            });
            if let Some((member, words, is_of_user)) = own {
                obstacles.insert(id, Obstacle { member, because: Because::Says(words), is_of_user });
                queue.push_back((id, is_of_user));
            }
            for (member, ty, _) in &members {
                for held in ty.all_named() {
                    users.entry(canonical(held)).or_default().push((id, *member));
                }
            }
        }
        // A certain obstacle replaces an uncertain one, so each type is visited at most twice.
        while let Some((id, is_of_user)) = queue.pop_front() {
            for (user, member) in users.get(&id).into_iter().flatten() {
                let known = obstacles.get(user).map(|known| known.is_of_user);
                if known.is_none() || (known == Some(true) && !is_of_user) {
                    let because = Because::Holds(id);
                    obstacles.insert(*user, Obstacle { member: *member, because, is_of_user });
                    queue.push_back((*user, is_of_user));
                }
            }
        }
        obstacles
    }

    /// Returns why no type of a shape has the derive.
    fn obstacle_of_shape(self, shape: &Shape) -> Option<&'static str> {
        let has_order = matches!(self, Self::Ord | Self::PartialOrd);
        match shape {
            Shape::Enum(Enum { kind: EnumKind::Integer, .. }) => None,
            Shape::Enum(_) => (self == Self::Copy).then_some("keeps unknown values as text"),
            Shape::Struct(it) if it.additional_properties.is_some() => {
                (self == Self::Copy).then_some("has a map of additional properties")
            }
            Shape::Struct(_) => {
                (has_order || self == Self::Copy).then_some("keeps unknown properties as JSON")
            }
            Shape::KeyedUnion(_) | Shape::Union(_) => {
                (has_order || self == Self::Copy).then_some("keeps unknown values as JSON")
            }
        }
    }

    /// Returns why a field or variant of a type does not allow the derive, and `true` if this is only unknown.
    fn obstacle_of_field(self, ty: &Type, kind: Option<&FieldKind>) -> Option<(&'static str, bool)> {
        let has_order = matches!(self, Self::Ord | Self::PartialOrd);
        if has_order && matches!(kind, Some(FieldKind::OptionalNullable(_))) {
            return Some(("is a `wire::Nullable`, which has no order", false));
        }
        let mut of_user = None;
        let mut open = vec![ty];
        while let Some(ty) = open.pop() {
            match ty {
                Type::Float { .. } if self != Self::PartialOrd => return Some(("holds an `f64`", false)),
                Type::Any => return Some(("holds a `wire::Any`", false)),
                Type::Json | Type::Object if has_order => {
                    return Some(("holds JSON, which has no order", false));
                }
                Type::Custom(_) => of_user = Some(("holds a type of codegen.toml", true)),
                Type::Tuple(places) => open.extend(places),
                Type::List(inner) | Type::Map(inner) | Type::Nullable(inner) => open.push(inner),
                _ => {}
            }
        }
        of_user
    }
}

/// Returns the fields or variants of a type, with their types. Additional properties are a part of the rest.
fn members(facts: &Facts, id: TypeId, shape: &Shape) -> Vec<(Member, Type, Option<FieldKind>)> {
    match shape {
        Shape::Struct(it) => {
            let fields = it.fields.iter().enumerate().filter_map(|(position, field)| {
                let ty = match &field.kind {
                    FieldKind::KeyedUnion(id) => Type::Named(*id),
                    kind => kind.ty()?.clone(),
                };
                Some((Member::Field(position), ty, Some(facts.field_kind(id, field))))
            });
            let rest = it.additional_properties.iter().map(|ty| (Member::Rest, ty.clone(), None));
            fields.chain(rest).collect()
        }
        shape => {
            let variants = shape.variants().enumerate();
            variants
                .map(|(position, variant)| (Member::Variant(position), variant.ty.clone(), None))
                .collect()
        }
    }
}

#[cfg(test)]
mod tests;
