//! Where in a body a decode error happened.
//!
//! Nothing is tracked while decoding succeeds. On the way out of an error every object and list adds its own step, and
//! a [`Recording`] turns the steps into a JSON path. serde's errors have no room for them, hence the thread-local; it is
//! filled only while there is a recording.

use std::cell::RefCell;
use std::fmt::Write as _;

/// One step down into a JSON value.
pub(super) enum Step {
    /// A member of an object.
    Member(String),
    /// An element of an array.
    Element(usize),
}

thread_local! {
    /// The steps of the error under way, innermost first; none without a recording.
    static STEPS: RefCell<Option<Vec<Step>>> = const { RefCell::new(None) };
}

/// Adds the step that an error passes on its way out.
#[cold]
pub(super) fn passed(step: impl FnOnce() -> Step) {
    STEPS.with_borrow_mut(|steps| {
        if let Some(steps) = steps {
            steps.push(step());
        }
    });
}

/// Says at which path decoding failed that began after it. One ends before those that began earlier.
///
/// It does not take the value along: what it would be moved through for that is a tenth of what it takes to decode.
pub(super) struct Recording {
    outer: Option<Vec<Step>>,
}

impl Recording {
    pub(super) fn begin() -> Self {
        Self { outer: STEPS.replace(Some(Vec::new())) }
    }

    /// The path of the error that has come out since.
    #[cold]
    pub(super) fn path(self) -> String {
        STEPS.with_borrow(|steps| path(steps.as_deref().unwrap_or_default()))
    }
}

impl Drop for Recording {
    fn drop(&mut self) {
        STEPS.set(self.outer.take());
    }
}

/// Runs `decode`, whose failure is nobody's error yet.
pub(super) fn attempt<T, E>(decode: impl FnOnce() -> Result<T, E>) -> Result<T, E> {
    let outer = STEPS.take();
    let result = decode();
    STEPS.set(outer);
    result
}

fn path(steps: &[Step]) -> String {
    let mut path = String::from("$");
    for step in steps.iter().rev() {
        match step {
            Step::Element(index) => {
                let _ = write!(path, "[{index}]");
            }
            Step::Member(name) if is_plain(name) => {
                path.push('.');
                path.push_str(name);
            }
            Step::Member(name) => {
                let _ = write!(path, "[{name:?}]");
            }
        }
    }
    path
}

fn is_plain(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}
