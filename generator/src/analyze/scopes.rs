//! Groups the OAuth 2 scopes of a document by the flows that have them.

use std::collections::HashMap;

use crate::ir::{Flow, Scheme, Security};

/// The OAuth 2 flows with scopes, and all their scopes.
#[derive(Debug)]
pub(crate) struct Scopes<'a> {
    /// The flows, each with its security scheme.
    pub(crate) flows: Vec<(&'a Scheme, &'a Flow)>,
    /// True if several security schemes have flows.
    pub(crate) has_several_schemes: bool,
    /// The scopes, in document order.
    pub(crate) rows: Vec<ScopeRow<'a>>,
}

/// A scope.
#[derive(Debug)]
pub(crate) struct ScopeRow<'a> {
    pub(crate) name: &'a str,
    pub(crate) description: &'a str,
    /// The flows that have it, by position.
    pub(crate) flows: Vec<usize>,
}

/// Returns the scopes, or `None` if the document has none.
pub(crate) fn scopes(security: &Security) -> Option<Scopes<'_>> {
    let schemes = &security.schemes;
    let has_several_schemes = schemes.iter().filter(|scheme| !scheme.flows.is_empty()).count() > 1;
    let flows = schemes.iter().flat_map(|scheme| scheme.flows.iter().map(move |flow| (scheme, flow)));
    let flows: Vec<(&Scheme, &Flow)> = flows.filter(|(_, flow)| !flow.scopes.is_empty()).collect();
    let mut rows: Vec<ScopeRow<'_>> = Vec::new();
    let mut row_of: HashMap<&str, usize> = HashMap::new();
    for (position, (_, flow)) in flows.iter().enumerate() {
        for (name, description) in &flow.scopes {
            let row = *row_of.entry(name).or_insert(rows.len());
            if row == rows.len() {
                rows.push(ScopeRow { name, description, flows: Vec::new() });
            }
            rows[row].flows.push(position);
        }
    }
    (!rows.is_empty()).then_some(Scopes { flows, has_several_schemes, rows })
}

impl Scopes<'_> {
    /// Returns true if every flow has the scope.
    pub(crate) fn is_in_all_flows(&self, row: &ScopeRow<'_>) -> bool {
        row.flows.len() == self.flows.len()
    }
}
