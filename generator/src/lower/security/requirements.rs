//! The security requirements and scopes of operations.

use std::cell::Cell;
use std::collections::{HashMap, HashSet};

use openapiv3::{Operation, SecurityRequirement};

use super::schemes::Unsupported;
use crate::diagnostics::{Code, Diagnostics, Pointer};
use crate::ir::{Requirement, Scheme, SchemeKind};

/// The requirements of the document, which apply to operations without requirements of their own.
pub(in crate::lower) struct Requirements<'a> {
    of_document: Option<&'a Vec<SecurityRequirement>>,
    /// The kinds of the supported schemes, by name.
    kinds: HashMap<String, SchemeKind>,
    unsupported: Unsupported,
    /// True if the unsupported schemes that the document requires have been reported.
    is_document_reported: Cell<bool>,
}

impl<'a> Requirements<'a> {
    pub(in crate::lower) fn new(
        of_document: Option<&'a Vec<SecurityRequirement>>,
        schemes: &[Scheme],
        unsupported: Unsupported,
    ) -> Self {
        let kinds = schemes.iter().map(|scheme| (scheme.name.clone(), scheme.kind.clone()));
        Self { of_document, kinds: kinds.collect(), unsupported, is_document_reported: Cell::default() }
    }

    /// Returns the security requirements of an operation or of the document, or `None` if neither has any.
    pub(in crate::lower) fn of(&self, operation: &Operation) -> Option<Vec<Requirement>> {
        let mut known = HashSet::new();
        // Schemes that are undefined or unsupported are not required: the transport may add their credentials.
        let requirements = self.written(operation)?.iter().map(|requirement| -> Requirement {
            requirement.keys().filter(|name| self.kinds.contains_key(*name)).cloned().collect()
        });
        Some(requirements.filter(|requirement| known.insert(requirement.clone())).collect())
    }

    /// Returns the scopes that an operation requires, for each alternative with scopes.
    pub(in crate::lower) fn scopes_of(&self, operation: &Operation) -> Vec<Vec<String>> {
        let mut known = HashSet::new();
        let scopes = self.written(operation).into_iter().flatten().map(|requirement| -> Vec<String> {
            let is_token = |name: &String| self.kinds.get(name) == Some(&SchemeKind::Bearer);
            let of_tokens = requirement.iter().filter(|(name, _)| is_token(name));
            of_tokens.flat_map(|(_, scopes)| scopes).cloned().collect()
        });
        scopes.filter(|scopes| !scopes.is_empty() && known.insert(scopes.clone())).collect()
    }

    /// Reports the unsupported schemes that the operation at `at` requires, unless the credentials of supported schemes
    /// suffice. Requirements of the document are reported where the document has them.
    pub(in crate::lower) fn report_unsupported(
        &self,
        operation: &Operation,
        at: &Pointer,
        diagnostics: &mut Diagnostics,
    ) {
        if operation.security.is_none() && self.is_document_reported.replace(true) {
            return;
        }
        let is_unsupported = |name: &String| self.unsupported.contains_key(name);
        let Some(requirements) = self.written(operation) else { return };
        let is_met = |it: &SecurityRequirement| !it.is_empty() && !it.keys().any(is_unsupported);
        if self.unsupported.is_empty() || requirements.iter().any(is_met) {
            return;
        }
        let at = if operation.security.is_some() { at.clone() } else { Pointer::root() }.child("security");
        for (index, requirement) in requirements.iter().enumerate() {
            for name in requirement.keys() {
                let Some(unsupported) = self.unsupported.get(name) else { continue };
                diagnostics.report(
                    Code::UnsupportedSecurity,
                    &at.index(index).child(name),
                    format!("the security scheme `{name}` is not supported: {}", unsupported.because),
                    unsupported.remedy,
                );
            }
        }
    }

    fn written<'s>(&'s self, operation: &'s Operation) -> Option<&'s Vec<SecurityRequirement>> {
        operation.security.as_ref().or(self.of_document)
    }
}
