//! Changes one value in the text of `codegen.toml`. Comments, the order and all other text stay as they are.

use toml::de::{DeTable, DeValue};

use super::Config;

impl Config {
    /// Returns the text of a `codegen.toml` with another `package.version`, and otherwise the same text. Returns `None` if
    /// the text is not valid.
    ///
    /// # Examples
    ///
    /// ```
    /// let text = "[package]\nversion = '1.0.0' # raised by us\n";
    /// let raised = openapi_crate::Config::with_version(text, "2.0.0").expect("the text is valid");
    /// assert_eq!(raised, "[package]\nversion = '2.0.0' # raised by us\n");
    /// ```
    pub fn with_version(text: &str, version: &str) -> Option<String> {
        let mut expected = Self::parse(text).ok()?;
        expected.package.version = Some(version.to_owned());
        let is_expected = |edited: &String| Self::parse(edited).is_ok_and(|config| config == expected);
        let mut edited = edit(text, version).into_iter().chain(edits_of_sections(text, version));
        edited.find(is_expected)
    }
}

/// The number of lines like `[package]` that are tried. Only one is a header; others are in texts.
const MAX_HEADERS: usize = 4;

/// Returns the texts with a version below the header `[package]`, and with such a section before the first header. This is
/// for a file in which a table such as `[package.metadata.docs.rs]` comes first.
fn edits_of_sections<'t>(text: &'t str, version: &'t str) -> impl Iterator<Item = String> + 't {
    let newline = newline_of(text);
    let assignment = format!("version = \"{version}\"{newline}");
    let section = format!("[package]{newline}{assignment}{newline}");
    let lines = || {
        text.split_inclusive('\n').scan(0, |end, line| {
            *end += line.len();
            Some((*end - line.len(), line))
        })
    };
    let is_header = |line: &str| {
        let line: String = line.chars().filter(|c| !c.is_whitespace() && !matches!(c, '"' | '\'')).collect();
        line.starts_with("[package]")
    };
    let below = lines().filter(move |(_, line)| is_header(line)).take(MAX_HEADERS);
    let below = below.filter_map(move |(start, line)| {
        let end = start + line.len();
        replaced(text, end, end, &assignment)
    });
    let first = lines().find(|(_, line)| line.trim_start().starts_with('['));
    below.chain(first.and_then(|(start, _)| replaced(text, start, start, &section)))
}

fn newline_of(text: &str) -> &'static str {
    if text.contains("\r\n") { "\r\n" } else { "\n" }
}

fn edit(text: &str, version: &str) -> Option<String> {
    let (document, errors) = DeTable::parse_recoverable(text);
    if !errors.is_empty() {
        return None;
    }
    let newline = newline_of(text);
    let assignment = format!("version = \"{version}\"");
    let Some((key, package)) = document.get_ref().get_key_value("package") else {
        let gap = if text.is_empty() { "" } else { newline };
        let end = if text.is_empty() || text.ends_with('\n') { "" } else { newline };
        return Some(format!("{text}{end}{gap}[package]{newline}{assignment}{newline}"));
    };
    let DeValue::Table(table) = package.get_ref() else { return None };
    if let Some(value) = table.get("version") {
        let span = value.span();
        let quote = text.get(span.clone())?.chars().next().filter(|first| *first == '\'').unwrap_or('"');
        return replaced(text, span.start, span.end, &format!("{quote}{version}{quote}"));
    }
    let start = key.span().start;
    let line_start = text.get(..start)?.rfind('\n').map_or(0, |end| end + 1);
    if text.get(line_start..start)?.trim_start().starts_with('[') {
        let Some(line_end) = text.get(start..)?.find('\n') else {
            return Some(format!("{text}{newline}{assignment}{newline}"));
        };
        let at = start + line_end + 1;
        return replaced(text, at, at, &format!("{assignment}{newline}"));
    }
    if text.get(package.span().start..)?.starts_with('{') {
        let at = package.span().start + 1;
        let comma = if table.is_empty() { " " } else { "," };
        return replaced(text, at, at, &format!(" {assignment}{comma}"));
    }
    // The table consists of dotted keys.
    replaced(text, line_start, line_start, &format!("package.{assignment}{newline}"))
}

fn replaced(text: &str, start: usize, end: usize, new: &str) -> Option<String> {
    Some(format!("{}{new}{}", text.get(..start)?, text.get(end..)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<&str>) {
        assert_eq!(Config::with_version(text, "2.0.0").as_deref(), expected, "{text}");
    }

    #[test]
    fn changes_only_the_version() {
        check("", Some("[package]\nversion = \"2.0.0\"\n"));
        check("protojson = true", Some("protojson = true\n\n[package]\nversion = \"2.0.0\"\n"));
        check(
            "# Us.\n[package] # Ours.\nname = 'pets'\nversion   =  '1.0.0' # Soon 2.\n\n[types]\ntime = \"time\"\n",
            Some(
                "# Us.\n[package] # Ours.\nname = 'pets'\nversion   =  '2.0.0' # Soon 2.\n\n[types]\ntime = \"time\"\n",
            ),
        );
        check("[package]\r\nname = 'a'\r\n", Some("[package]\r\nversion = \"2.0.0\"\r\nname = 'a'\r\n"));
        check("[package]", Some("[package]\nversion = \"2.0.0\"\n"));
        check("  [ package ]\n# No name.\n", Some("  [ package ]\nversion = \"2.0.0\"\n# No name.\n"));
        check("package.version = \"1.0.0\"\n", Some("package.version = \"2.0.0\"\n"));
        check(
            "package.name = 'a'\n[types]\n",
            Some("package.version = \"2.0.0\"\npackage.name = 'a'\n[types]\n"),
        );
        check("package = { name = 'a' }\n", Some("package = { version = \"2.0.0\", name = 'a' }\n"));
        check("package = {}\n", Some("package = { version = \"2.0.0\" }\n"));
        check("package = { version = '1.0.0' }\n", Some("package = { version = '2.0.0' }\n"));
        check("package = 1\n", None);
        check(
            "[package.metadata.docs.rs]\na = 1\n\n[package]\nname = 'a'\n",
            Some("[package.metadata.docs.rs]\na = 1\n\n[package]\nversion = \"2.0.0\"\nname = 'a'\n"),
        );
        check(
            "# Us.\n[package.metadata.docs.rs]\na = 1\n",
            Some("# Us.\n[package]\nversion = \"2.0.0\"\n\n[package.metadata.docs.rs]\na = 1\n"),
        );
        check("package.metadata.a = 1\n", Some("package.version = \"2.0.0\"\npackage.metadata.a = 1\n"));
        check("[package\n", None);
    }
}
