//! The Markdown extensions of descriptions.

use pulldown_cmark::Options;

/// Returns the extensions to enable: those that rustdoc supports, except footnotes, which descriptions do not mean.
pub(super) fn options() -> Options {
    Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS
}
