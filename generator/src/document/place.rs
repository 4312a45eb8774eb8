//! Where a walk over a document stands, without allocating until somebody asks.
//!
//! Imports `diagnostics`.

use crate::diagnostics::Pointer;

/// A place on the way from the root: each step lives on the stack of the walk that takes it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place<'a> {
    parent: Option<&'a Place<'a>>,
    step: Step<'a>,
}

#[derive(Clone, Copy, Debug)]
enum Step<'a> {
    Root,
    Key(&'a str),
    Index(usize),
}

impl<'a> Place<'a> {
    /// The whole document.
    pub(crate) fn root() -> Self {
        Place { parent: None, step: Step::Root }
    }

    /// The member `key` of the object here.
    pub(crate) fn key(&'a self, key: &'a str) -> Self {
        Place { parent: Some(self), step: Step::Key(key) }
    }

    /// The element `index` of the list here.
    pub(crate) fn index(&'a self, index: usize) -> Self {
        Place { parent: Some(self), step: Step::Index(index) }
    }

    /// The place that `path` leads to from here, for `then`.
    pub(crate) fn descend<T>(&self, path: &[String], then: impl FnOnce(&Place<'_>) -> T) -> T {
        match path {
            [] => then(self),
            [first, rest @ ..] => self.key(first).descend(rest, then),
        }
    }

    /// What stands here, in a sentence.
    pub(crate) fn label(&self) -> String {
        match self.step {
            Step::Root => "the document".to_owned(),
            Step::Key(key) => format!("`{key}`"),
            Step::Index(_) => "this element".to_owned(),
        }
    }

    /// The place as a pointer.
    pub(crate) fn pointer(&self) -> Pointer {
        let mut pointer = Pointer::root();
        self.write(&mut pointer);
        pointer
    }

    fn write(&self, pointer: &mut Pointer) {
        if let Some(parent) = self.parent {
            parent.write(pointer);
        }
        match self.step {
            Step::Root => {}
            Step::Key(key) => pointer.push(key),
            Step::Index(index) => pointer.push(&index.to_string()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_spells_its_pointer_with_escapes() {
        let root = Place::root();
        let paths = root.key("paths");
        let path = paths.key("/users/{id}");
        assert_eq!(root.pointer(), Pointer::root());
        assert_eq!(path.key("parameters").index(0).pointer().as_str(), "/paths/~1users~1{id}/parameters/0");
    }
}
