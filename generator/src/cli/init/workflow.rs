//! The texts for GitHub and git that mention the paths of a client: each path is quoted as its format requires.

use std::path::Path;

use crate::LOCK_FILE_NAME;
use crate::cli::inputs::quoted;

/// The paths of a client, relative to the top of the repository, with `/` between segments. They have no control
/// characters.
pub(super) struct Client {
    pub(super) settings: String,
    pub(super) out: String,
}

impl Client {
    /// Returns the text of `.gitattributes` with a line for the lock. `None` if it has the line already, or if the lock is
    /// outside of the repository.
    pub(super) fn attributes(&self, before: &str) -> Option<String> {
        if Path::new(&self.out).is_absolute() {
            return None;
        }
        let line = format!("{} merge=union", attributes_pattern(&format!("{}/{LOCK_FILE_NAME}", self.out)));
        if before.lines().any(|existing| existing.trim_end() == line) {
            return None;
        }
        let newline = if before.contains("\r\n") { "\r\n" } else { "\n" };
        let end = if before.is_empty() || before.ends_with('\n') { "" } else { newline };
        Some(format!("{before}{end}{line}{newline}"))
    }

    /// Returns the command that checks the client.
    pub(super) fn check(&self) -> String {
        format!("openapi-crate check --config {}", quoted(&self.settings))
    }

    /// Returns the filters for the files that the client depends on.
    fn filters(&self) -> String {
        let folder = self.settings.rsplit_once('/').map(|(folder, _)| glob_literal(folder));
        let documents = match folder {
            Some(folder) => vec![format!("{folder}/**")],
            // The top of a repository has many other files.
            None => ["*.yaml", "*.yml", "*.json", "codegen.toml", "CHANGELOG.md"].map(str::to_owned).to_vec(),
        };
        let is_in_repository = !Path::new(&self.out).is_absolute();
        let out = is_in_repository.then(|| format!("{}/**", glob_literal(&self.out)));
        let filters = documents.into_iter().chain(out);
        filters.map(|filter| yaml(&filter)).collect::<Vec<_>>().join(", ")
    }

    fn step(&self) -> String {
        let check = self.check();
        // In a block, no character has to be quoted for YAML.
        format!(
            "      - run: |
          {check} --require-bump=git:${{{{ github.event.pull_request.base.sha }}}}
"
        )
    }

    /// Returns the workflow.
    pub(super) fn workflow(&self) -> String {
        let version = env!("CARGO_PKG_VERSION");
        let (filters, step) = (self.filters(), self.step());
        format!(
            "# Checks that the generated client is up to date, and that its version declares breaking changes.
name: client
on:
  pull_request:
    paths: [{filters}]
permissions:
  contents: read
jobs:
  client:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
        with:
          fetch-depth: 0
      # Or from its repository: cargo install --locked --git URL --tag v{version} openapi-crate
      - run: cargo install --locked openapi-crate@{version}
{step}"
        )
    }

    /// Returns what a workflow of another client lacks for this one.
    pub(super) fn addition(&self) -> String {
        let filters = self.filters();
        format!("    paths: [{filters}]\n{}", self.step().trim_end())
    }
}

/// Quotes a string for YAML.
fn yaml(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// Escapes a path in a filter of GitHub, in which some characters have a meaning.
fn glob_literal(path: &str) -> String {
    escaped(path, &['\\', '*', '?', '+', '[', ']', '!'])
}

/// Escapes and quotes a path as a pattern of `.gitattributes`.
fn attributes_pattern(path: &str) -> String {
    let pattern = escaped(path, &['\\', '*', '?', '[', ']']);
    let needs_quotes = pattern.contains([' ', '"']) || pattern.starts_with(['#', '!']);
    if needs_quotes { format!("\"{}\"", escaped(&pattern, &['\\', '"'])) } else { pattern }
}

fn escaped(text: &str, special: &[char]) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        if special.contains(&character) {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_quoted_for_each_format() {
        let client =
            Client { settings: "a; touch x #/codegen.toml".to_owned(), out: "it's, [x]: y".to_owned() };
        let workflow = client.workflow();
        assert!(workflow.contains("paths: ['a; touch x #/**', 'it''s, \\[x\\]: y/**']\n"), "{workflow}");
        assert!(
            workflow
                .contains("run: |\n          openapi-crate check --config 'a; touch x #/codegen.toml' --"),
            "{workflow}"
        );
        assert_eq!(
            client.attributes("").as_deref(),
            Some("\"it's, \\\\[x\\\\]: y/codegen.lock\" merge=union\n")
        );
    }

    #[test]
    fn the_line_of_the_lock_is_added_once() {
        let client = Client { settings: "codegen.toml".to_owned(), out: "crates/a".to_owned() };
        let line = "crates/a/codegen.lock merge=union";
        assert_eq!(client.attributes("a\r\n").as_deref(), Some(&*format!("a\r\n{line}\r\n")));
        assert_eq!(client.attributes("a").as_deref(), Some(&*format!("a\n{line}\n")));
        assert_eq!(client.attributes(&format!("{line}\r\n")), None);
        assert!(client.workflow().contains("'codegen.toml', 'CHANGELOG.md', 'crates/a/**'"));
        let outside = Client { settings: "api/codegen.toml".to_owned(), out: "/crates/a".to_owned() };
        assert_eq!(outside.attributes(""), None);
        assert!(outside.workflow().contains("paths: ['api/**']\n"));
    }
}
