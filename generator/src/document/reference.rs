//! Parses the text of a `$ref`.
//!
//! Imports `diagnostics`.

use crate::diagnostics::Pointer;

/// A parsed `$ref`. The target may not exist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Reference {
    /// A location in this document.
    Local(Pointer),
    /// The `$anchor` of a schema.
    Anchor(String),
    /// Another file, or a URL.
    External,
}

impl Reference {
    pub(super) fn parse(text: &str) -> Self {
        match text.strip_prefix('#').map(percent_decoded) {
            None => Self::External,
            Some(fragment) if fragment.is_empty() || fragment.starts_with('/') => {
                // Normalize the escapes, so that each location has exactly one pointer.
                let segments = Pointer::parse(&fragment);
                Self::Local(segments.segments().fold(Pointer::root(), |above, segment| above.child(segment)))
            }
            Some(name) => Self::Anchor(name),
        }
    }
}

/// Decodes the percent escapes of a URL. Invalid escapes are kept.
pub(super) fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let digits = after.get(..2).and_then(|pair| std::str::from_utf8(pair).ok());
        let byte = digits.filter(|_| first == b'%').and_then(|pair| u8::from_str_radix(pair, 16).ok());
        bytes.push(byte.unwrap_or(first));
        rest = if byte.is_some() { &after[2..] } else { after };
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_normalized() {
        let here = |text: &str| match Reference::parse(text) {
            Reference::Local(pointer) => pointer.to_string(),
            other => panic!("{text}: {other:?}"),
        };
        assert_eq!(here("#"), "");
        assert_eq!(here("#/components/schemas/Pet"), "/components/schemas/Pet");
        assert_eq!(here("#/paths/~1pets~1{id}/get"), "/paths/~1pets~1{id}/get");
        assert_eq!(here("#/paths/~1pets~1%7Bid%7D/get"), "/paths/~1pets~1{id}/get");
        assert_eq!(here("#/paths/%2Fpets/get"), "/paths//pets/get");
        assert_eq!(here("#/a%C3%A9"), "/aé");
        assert_eq!(here("#/100%"), "/100%");
        assert_eq!(here("#/a~2"), "/a~02");
    }

    #[test]
    fn only_a_fragment_refers_to_this_document() {
        assert_eq!(Reference::parse("pet.yaml#/Pet"), Reference::External);
        assert_eq!(Reference::parse("Pet"), Reference::External);
        assert_eq!(Reference::parse("#Pet"), Reference::Anchor("Pet".to_owned()));
    }
}
