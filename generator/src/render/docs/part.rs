//! The parts of the text of a block: text, Markdown, and marks such as emphasis and links.

/// A mark around a range of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    Emphasis,
    Strong,
    Strike,
    /// A link, or text that only looks like one.
    Link,
}

/// A part of the text of a block.
#[derive(Debug)]
pub(super) enum Part {
    /// Text that is escaped, and wrapped at its spaces.
    Text(String),
    /// Markdown, written as it is.
    Verbatim(String),
    Open(Mark),
    Close(Mark, String),
    Break,
    /// A mark that was removed: it surrounds nothing, or Markdown cannot express it.
    Nothing,
}

/// Returns true if a description may link to this target.
pub(super) fn is_absolute(target: &str) -> bool {
    let starts =
        |scheme: &str| target.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme));
    // Without a dot, rustdoc reads a mail address as the path of an item.
    (starts("https://") && target.len() > 8)
        || (starts("http://") && target.len() > 7)
        || (starts("mailto:") && target.contains('.'))
}
