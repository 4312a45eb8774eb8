//! Descriptions as rustdoc. (stand-in)

pub(crate) fn rustdoc(text: &str) -> Vec<String> {
    text.lines().map(|line| line.trim().replace('[', "\\[").replace('<', "\\<").replace('\t', " ")).collect()
}

/// First line.
pub(crate) fn summary(text: &str) -> String {
    text.lines().next().unwrap_or_default().trim().to_owned()
}
