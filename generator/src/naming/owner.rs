//! The type that fields and variants belong to: its name now, and in the last run.

use super::ident::Ident;
use super::ledger::{ItemKey, Ledger};
use crate::ir::TypeId;
use crate::lock::Kind;

/// A type whose members are named: its name now, and in the last run.
pub(super) struct Owner<'a> {
    pub(super) id: TypeId,
    pub(super) ident: &'a Ident,
    pub(super) before: &'a str,
}

impl Owner<'_> {
    /// Returns the keys of a member.
    pub(super) fn key(&self, kind: Kind, member: &str, ledger: &mut Ledger<'_>) -> ItemKey {
        ledger.key(kind, &[self.ident.as_str(), member], Some(&[self.before, member]))
    }
}
