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
        let edited = edit(text, version)?;
        let config = Self::parse(&edited).ok()?;
        let before = Self::parse(text).ok()?;
        let mut expected = before;
        expected.package.version = Some(version.to_owned());
        (config == expected).then_some(edited)
    }
}

fn edit(text: &str, version: &str) -> Option<String> {
    let (document, errors) = DeTable::parse_recoverable(text);
    if !errors.is_empty() {
        return None;
    }
    let newline = if text.contains("\r\n") { "\r\n" } else { "\n" };
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
        check("[package\n", None);
    }
}
