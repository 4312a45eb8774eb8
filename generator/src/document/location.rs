//! The current location of a walk over a document, as a path that allocates only when it is read.
//!
//! Imports `diagnostics`.

use crate::diagnostics::Pointer;

/// A location as a linked list of steps from the root. Each step is on the stack of the function that takes
/// it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Location<'a> {
    parent: Option<&'a Location<'a>>,
    step: Step<'a>,
}

#[derive(Clone, Copy, Debug)]
enum Step<'a> {
    Root,
    Key(&'a str),
    Index(usize),
}

impl<'a> Location<'a> {
    /// Returns the location of the whole document.
    pub(crate) fn root() -> Self {
        Location { parent: None, step: Step::Root }
    }

    /// Returns the location of the entry `key` of the object at this location.
    pub(crate) fn key(&'a self, key: &'a str) -> Self {
        Location { parent: Some(self), step: Step::Key(key) }
    }

    /// Returns the location of the element `index` of the array at this location.
    pub(crate) fn index(&'a self, index: usize) -> Self {
        Location { parent: Some(self), step: Step::Index(index) }
    }

    /// Calls `then` with the location that `path` leads to from this one.
    pub(crate) fn descend<T>(&self, path: &[String], then: impl FnOnce(&Location<'_>) -> T) -> T {
        match path {
            [] => then(self),
            [first, rest @ ..] => self.key(first).descend(rest, then),
        }
    }

    /// Returns a name for the value at this location, for use in a message.
    pub(crate) fn label(&self) -> String {
        match self.step {
            Step::Root => "the document".to_owned(),
            Step::Key(key) => format!("`{key}`"),
            Step::Index(_) => "this element".to_owned(),
        }
    }

    /// Returns the location as a JSON pointer.
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
    fn a_location_becomes_an_escaped_pointer() {
        let root = Location::root();
        let paths = root.key("paths");
        let path = paths.key("/users/{id}");
        assert_eq!(root.pointer(), Pointer::root());
        assert_eq!(path.key("parameters").index(0).pointer().as_str(), "/paths/~1users~1{id}/parameters/0");
    }
}
