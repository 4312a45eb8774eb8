//! Types of the user, which codegen.toml names in place of generated ones.

use std::sync::Arc;

/// A Rust type that codegen.toml names.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct CustomType {
    /// Rust code: a path with type arguments, which codegen.toml has been checked for.
    pub(crate) path: Arc<str>,
    /// True if the type implements `Default`.
    pub(crate) has_default: bool,
    /// JSON type of the values, according to the document.
    pub(crate) json: CustomJson,
}

/// JSON type of the values of a [`CustomType`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum CustomJson {
    Text,
    Number,
    /// A boolean, a list, an object or several types.
    Other,
}

impl CustomType {
    /// Returns `true` if values are encoded alike in every style.
    pub(crate) fn is_scalar(&self) -> bool {
        self.json != CustomJson::Other
    }

    /// Returns the path for code outside of the crate, which has the name `library` there.
    pub(crate) fn path_outside(&self, library: &str) -> String {
        let mut outside = String::with_capacity(self.path.len());
        let mut word = String::new();
        for character in self.path.chars().chain(['\0']) {
            if character.is_ascii_alphanumeric() || character == '_' {
                word.push(character);
                continue;
            }
            outside.push_str(if word == "crate" { library } else { &word });
            word.clear();
            outside.extend((character != '\0').then_some(character));
        }
        outside
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_outside_begins_with_the_name_of_the_crate() {
        let ty = |path: &str| CustomType { path: path.into(), has_default: true, json: CustomJson::Text };
        for (path, expected) in [
            ("crate::ext::Money", "pets::ext::Money"),
            ("my_crate::Vec<crate::ext::crate_b>", "my_crate::Vec<pets::ext::crate_b>"),
        ] {
            assert_eq!(ty(path).path_outside("pets"), expected);
        }
    }
}
