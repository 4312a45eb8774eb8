//! The smallest values of types. They have only what is required, and of a union the smallest alternative.
//!
//! Some types have no value, because they always contain themselves, and some have no value that is small enough,
//! because each of a long chain of types contains the next one twice.
//!
//! Imports `ir`.

use super::budget::{MAX_NESTING, MAX_SIZE};
use super::{element_constraints, is_in_direction, item_count, property_count, required_properties};
use crate::ir::{Api, Constraint, Field, FieldKind, Shape, Struct, Type, TypeDef};

/// The assumed size of a scalar.
const SCALAR: usize = 8;

/// The sizes of the smallest values, which are within the limits of a sample.
#[derive(Debug)]
pub(super) struct Smallest {
    is_received: bool,
    /// The size for each type, if it has such a value.
    sizes: Vec<Option<usize>>,
}

impl Smallest {
    /// Computes the sizes of all types, for responses or for requests.
    pub(super) fn of(api: &Api, is_received: bool) -> Self {
        let mut smallest = Self { is_received, sizes: vec![None; api.types.len()] };
        // Each round finds the values that are nested one level deeper.
        for _ in 0..MAX_NESTING {
            let sizes = api.types.iter().map(|def| smallest.of_type(def)).collect();
            if smallest.sizes == sizes {
                break;
            }
            smallest.sizes = sizes;
        }
        smallest
    }

    /// Returns the size of the smallest value of a type.
    pub(super) fn size(&self, ty: &Type, constraints: &[Constraint]) -> Option<usize> {
        let several = |inner: &Type, count: usize| match count {
            0 => Some(2),
            count => Some(self.size(inner, element_constraints(constraints))?.saturating_mul(count) + 2),
        };
        let size = match ty {
            Type::Named(id) => self.sizes[id.index()]?,
            Type::Custom(_) => return None,
            Type::Nullable(_) => SCALAR,
            Type::List(inner) => several(inner, item_count(constraints, 0))?,
            Type::Map(inner) => several(inner, property_count(constraints, 0))?,
            Type::Tuple(places) => sum(places.iter().map(|place| self.size(place, &[])))?,
            _ => SCALAR,
        };
        Some(size).filter(|size| *size <= MAX_SIZE)
    }

    fn of_type(&self, def: &TypeDef) -> Option<usize> {
        let size = match &def.shape {
            Shape::Struct(it) => self.of_struct(it, &def.docs.constraints)?,
            Shape::KeyedUnion(it) => {
                let sizes = it.variants.iter().map(|it| self.size(&it.ty, &it.docs.constraints));
                sizes.flatten().min()? + 2
            }
            shape @ Shape::Union(_) => {
                shape.variants().filter_map(|it| self.size(&it.ty, &it.docs.constraints)).min()?
            }
            Shape::Enum(_) => SCALAR,
        };
        Some(size).filter(|size| *size <= MAX_SIZE)
    }

    fn of_struct(&self, it: &Struct, constraints: &[Constraint]) -> Option<usize> {
        let is_present =
            |field: &&Field| field.kind.is_required() && is_in_direction(field, self.is_received);
        let of_field = |field: &Field| match &field.kind {
            FieldKind::Nullable(_) => Some(field.name.len() + SCALAR),
            kind => {
                Some(self.size(kind.ty()?, &field.docs.constraints)?.saturating_add(field.name.len() + 4))
            }
        };
        let fields = sum(it.fields.iter().filter(is_present).map(of_field))?;
        let others = required_properties(constraints).len();
        let others = others.max(property_count(constraints, 0).saturating_sub(it.fields.len()));
        let other = match &it.additional_properties {
            Some(ty) if others > 0 => self.size(ty, element_constraints(constraints))?,
            _ => SCALAR,
        };
        Some(fields.saturating_add(other.saturating_mul(others)).saturating_add(2))
    }
}

fn sum(mut sizes: impl Iterator<Item = Option<usize>>) -> Option<usize> {
    sizes.try_fold(0_usize, |sum, size| Some(sum.saturating_add(size?)))
}
