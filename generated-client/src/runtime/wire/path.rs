// @generated from the OpenAPI document. Change the document, and generate again.

//! The JSON path of a decode error.
//!
//! Nothing is recorded while decoding succeeds. When an error is returned, each enclosing object and list
//! adds its step, and a [`PathRecorder`] turns the steps into a path. The steps are in a thread-local,
//! because serde's errors cannot carry them. They are recorded only while there is a recorder.

use std::cell::RefCell;
use std::fmt::Write as _;

use super::super::rules::secret_name::is_secret_name;

/// A step from a JSON value into one of its parts.
pub(super) enum Step {
    /// A property of an object.
    Property(String),
    /// An element of an array.
    Element(usize),
}

thread_local! {
    /// The steps of the current error, innermost first, or `None` without a recorder.
    static STEPS: RefCell<Option<Vec<Step>>> = const { RefCell::new(None) };
}

/// Adds a step to the path of the current error.
#[cold]
pub(super) fn record_step(step: impl FnOnce() -> Step) {
    STEPS.with_borrow_mut(|steps| {
        if let Some(steps) = steps {
            steps.push(step());
        }
    });
}

/// Records the path of the next decode error. Recorders can be nested.
///
/// It does not wrap the decoded value: moving the value would take a tenth of the time of decoding.
pub(super) struct PathRecorder {
    outer: Option<Vec<Step>>,
}

impl PathRecorder {
    pub(super) fn begin() -> Self {
        Self { outer: STEPS.replace(Some(Vec::new())) }
    }

    /// Returns the path of the error, and true if the name of one of its properties suggests a secret.
    #[cold]
    pub(super) fn path(self) -> (String, bool) {
        STEPS.with_borrow(|steps| {
            let steps = steps.as_deref().unwrap_or_default();
            let is_secret =
                steps.iter().any(|step| matches!(step, Step::Property(name) if is_secret_name(name)));
            (path(steps), is_secret)
        })
    }
}

impl Drop for PathRecorder {
    fn drop(&mut self) {
        STEPS.set(self.outer.take());
    }
}

fn path(steps: &[Step]) -> String {
    let mut path = String::from("$");
    for step in steps.iter().rev() {
        match step {
            Step::Element(index) => {
                let _ = write!(path, "[{index}]");
            }
            Step::Property(name) if is_identifier(name) => {
                path.push('.');
                path.push_str(name);
            }
            Step::Property(name) => {
                let _ = write!(path, "[{name:?}]");
            }
        }
    }
    path
}

fn is_identifier(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}
