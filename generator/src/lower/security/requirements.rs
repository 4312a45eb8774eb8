//! The security requirements and scopes of operations.

use std::collections::{HashMap, HashSet};

use openapiv3::{Operation, SecurityRequirement};

use crate::ir::{Requirement, Scheme, SchemeKind};

/// The requirements of the document, which apply to operations without requirements of their own.
pub(in crate::lower) struct Requirements<'a> {
    of_document: Option<&'a Vec<SecurityRequirement>>,
    /// The kinds of the supported schemes, by name.
    kinds: HashMap<String, SchemeKind>,
}

impl<'a> Requirements<'a> {
    pub(in crate::lower) fn new(
        of_document: Option<&'a Vec<SecurityRequirement>>,
        schemes: &[Scheme],
    ) -> Self {
        let kinds = schemes.iter().map(|scheme| (scheme.name.clone(), scheme.kind.clone()));
        Self { of_document, kinds: kinds.collect() }
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

    fn written<'s>(&'s self, operation: &'s Operation) -> Option<&'s Vec<SecurityRequirement>> {
        operation.security.as_ref().or(self.of_document)
    }
}
