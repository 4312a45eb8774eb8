// @generated from the OpenAPI document. Change the document, and generate again.

//! [`Violation`]: a value that a constraint of the document forbids.

use std::fmt::{self, Write as _};

/// The reason why the document forbids a value, and its JSON path.
#[derive(Clone, Debug)]
pub(super) struct Violation {
    /// The steps to the value, innermost first.
    steps: Vec<Step>,
    problem: String,
}

/// A step from a JSON value into one of its parts.
#[derive(Clone, Debug)]
pub(super) enum Step {
    Property(String),
    Item(usize),
}

impl Violation {
    pub(super) fn new(problem: impl Into<String>) -> Self {
        Self { steps: Vec::new(), problem: problem.into() }
    }

    /// Adds the step that leads to the value which was checked.
    pub(super) fn at(mut self, step: Step) -> Self {
        self.steps.push(step);
        self
    }

    pub(super) fn problem(&self) -> &str {
        &self.problem
    }

    /// Returns the JSON path, such as `$.pets[0].name`.
    pub(super) fn path(&self) -> String {
        let is_plain = |name: &str| {
            !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
        };
        let mut path = "$".to_owned();
        for step in self.steps.iter().rev() {
            // Writing to a string does not fail.
            let _ = match step {
                Step::Item(index) => write!(path, "[{index}]"),
                Step::Property(name) if is_plain(name) => write!(path, ".{name}"),
                Step::Property(name) => write!(path, "[{name:?}]"),
            };
        }
        path
    }
}

/// Formats the violation in one line: ``$.name: longer than 10 characters (`maxLength`)``.
impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path(), self.problem)
    }
}
