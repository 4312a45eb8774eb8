//! The imports of a file, which follow from the types that its items refer to.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use crate::ir::{Type, TypeId};

/// Collects what fields and parameters refer to, for the imports of a file.
#[derive(Default)]
pub(super) struct Imports {
    pub(super) named: BTreeSet<TypeId>,
    /// True if the file refers to the module `runtime::wire`.
    pub(super) wire: bool,
    map: bool,
    bytes: bool,
}

impl Imports {
    /// Adds a type.
    pub(super) fn ty(&mut self, ty: &Type) {
        match ty {
            Type::Named(id) => {
                self.named.insert(*id);
            }
            Type::List(inner) | Type::Nullable(inner) => self.ty(inner),
            Type::Map(inner) => self.map_of(inner),
            Type::Tuple(elements) => elements.iter().for_each(|element| self.ty(element)),
            Type::Bytes { .. } => self.bytes = true,
            Type::Object | Type::Json | Type::Any => self.wire = true,
            _ => {}
        }
    }

    /// Adds a map with values of a type.
    pub(super) fn map_of(&mut self, value: &Type) {
        self.map = true;
        self.ty(value);
    }

    /// Renders the imports other than types of the document, in the crate itself.
    pub(super) fn standard(&self) -> TokenStream {
        self.standard_of(&quote!(crate))
    }

    /// Renders the imports other than types of the document. `library` is the path of the crate.
    pub(super) fn standard_of(&self, library: &TokenStream) -> TokenStream {
        let map = self.map.then(|| {
            quote!(
                use std::collections::BTreeMap;
            )
        });
        let bytes = self.bytes.then(|| {
            quote!(
                use #library::runtime::Bytes;
            )
        });
        quote!(#map #bytes)
    }
}
