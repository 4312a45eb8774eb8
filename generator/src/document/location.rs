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
    /// The step in the document as it is written, or `None` if the value has no location of its own there.
    written: Option<Step<'a>>,
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
        Self::at(None, Step::Root)
    }

    /// Returns the location of the entry `key` of the object at this location.
    pub(crate) fn key(&'a self, key: &'a str) -> Self {
        Self::at(Some(self), Step::Key(key))
    }

    /// Returns the location of the element `index` of the array at this location.
    pub(crate) fn index(&'a self, index: usize) -> Self {
        Self::at(Some(self), Step::Index(index))
    }

    fn at(parent: Option<&'a Location<'a>>, step: Step<'a>) -> Self {
        Location { parent, step, written: Some(step) }
    }

    /// Returns the location of the entry `key` of the object at this location, which is written as `written`.
    pub(crate) fn renamed(&'a self, key: &'a str, written: &'a str) -> Self {
        Location { written: Some(Step::Key(written)), ..self.key(key) }
    }

    /// Returns the location of the element `index` of the array at this location. In the document as it is written, it is
    /// the element `written`, or the whole value.
    pub(crate) fn moved_index(&'a self, index: usize, written: Option<usize>) -> Self {
        Location { written: written.map(Step::Index), ..self.index(index) }
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

    /// Returns the location in the document as it is written, as a JSON pointer.
    pub(crate) fn pointer(&self) -> Pointer {
        let mut pointer = Pointer::root();
        self.write(&mut pointer, |it| it.written);
        pointer
    }

    /// Returns the current location as a JSON pointer.
    pub(crate) fn current(&self) -> Pointer {
        let mut pointer = Pointer::root();
        self.write(&mut pointer, |it| Some(it.step));
        pointer
    }

    fn write(&self, pointer: &mut Pointer, step: fn(&Self) -> Option<Step<'_>>) {
        if let Some(parent) = self.parent {
            parent.write(pointer, step);
        }
        match step(self) {
            None | Some(Step::Root) => {}
            Some(Step::Key(key)) => pointer.push(key),
            Some(Step::Index(index)) => pointer.push(&index.to_string()),
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

    #[test]
    fn a_moved_value_has_two_locations() {
        let root = Location::root();
        let (tuple, list) = (root.renamed("prefixItems", "items"), root.moved_index(0, None));
        let (second, only) = (tuple.moved_index(1, Some(2)), list.key("type"));
        assert_eq!((second.current().as_str(), second.pointer().as_str()), ("/prefixItems/1", "/items/2"));
        assert_eq!((only.current().as_str(), only.pointer().as_str()), ("/0/type", "/type"));
    }
}
