//! Reads the public APIs of several crates, and parses a file once if several of them have it. Versions of a crate differ in
//! few files.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use super::collect;
use super::error::SurfaceError;
use super::manifest::Manifest;
use super::parse::{MacroTexts, Parser, UsedMacros};
use super::raw::RawItem;
use super::tree::Tree;
use super::{Surface, sort};

/// Reads public APIs. A file that has the same text in the crates before is not parsed again.
///
/// # Examples
///
/// ```
/// let mut reader = openapi_crate::surface::Reader::default();
/// let old = reader.read([("src/lib.rs", "mod a;"), ("src/a.rs", "pub struct A;")]).expect("the files are valid");
/// let new = reader.read([("src/lib.rs", "pub mod a;"), ("src/a.rs", "pub struct A;")]).expect("the files are valid");
/// assert!(old.at("a::A").is_empty());
/// assert_eq!(new.at("a::A").len(), 1);
/// ```
#[derive(Debug, Default)]
pub struct Reader {
    /// The last version of every file, by its path.
    files: BTreeMap<String, ParsedFile>,
}

/// A file and its items.
#[derive(Debug)]
struct ParsedFile {
    text: String,
    /// The macros that the items depend on.
    macros: UsedMacros,
    items: Vec<RawItem>,
}

impl Reader {
    /// Reads the public API from the files of a crate, given as path and text. Uses `Cargo.toml` and the Rust files in
    /// `src/`, and ignores all others.
    ///
    /// # Errors
    ///
    /// Returns an error for the first file, by path, that is not valid.
    pub fn read<'f>(
        &mut self,
        files: impl IntoIterator<Item = (&'f str, &'f str)>,
    ) -> Result<Surface, SurfaceError> {
        let mut files: BTreeMap<&str, &str> = files.into_iter().collect();
        let manifest = files.get("Cargo.toml");
        let manifest =
            manifest.map(|text| Manifest::parse("Cargo.toml", text)).transpose()?.unwrap_or_default();
        // The version in the user agent is not a change of the code.
        let user_agent = format!("\"{}/{}\"", manifest.package, manifest.version);
        let client = files.get("src/client.rs").map(|text| text.replace(&user_agent, "\"\""));
        files.extend(client.as_deref().map(|text| ("src/client.rs", text)));
        let is_code = |path: &str| path.starts_with("src/") && path.ends_with(".rs");
        let code: Vec<(&str, &str)> = files.into_iter().filter(|(path, _)| is_code(path)).collect();

        self.parse(&code)?;
        let parsed = code.iter().map(|(path, _)| (*path, self.files[*path].items.as_slice())).collect();
        let (mut items, crates) = collect::items(&Tree::of(&parsed));
        items.extend(manifest.items(&crates));
        sort(&mut items);
        Ok(Surface { package: manifest.package, version: manifest.version, items })
    }

    /// Parses the files that are not known, or that call macros with other rules than before.
    fn parse(&mut self, code: &[(&str, &str)]) -> Result<(), SurfaceError> {
        let macros = MacroTexts::of(code.iter().copied())?;
        let is_known = |path: &str, text: &str| {
            let known = self.files.get(path).filter(|known| known.text == text);
            known.is_some_and(|known| macros.are_same(path, &known.macros))
        };
        let unknown: Vec<(&str, &str)> =
            code.iter().copied().filter(|(path, text)| !is_known(path, text)).collect();
        for ((path, text), parsed) in parse_all(&unknown, &macros) {
            let (items, macros) = parsed?;
            self.files.insert(path.to_owned(), ParsedFile { text: text.to_owned(), macros, items });
        }
        Ok(())
    }
}

/// A file, given as path and text, with its items and the macros that they depend on.
type Parsed<'f> = ((&'f str, &'f str), Result<(Vec<RawItem>, UsedMacros), SurfaceError>);

/// Parses files in parallel. Returns them in the same order.
fn parse_all<'f>(files: &[(&'f str, &'f str)], macros: &MacroTexts) -> Vec<Parsed<'f>> {
    let next = AtomicUsize::new(0);
    let work = || {
        let mut parser = Parser::new(macros);
        let mut done = Vec::new();
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some((path, text)) = files.get(index) else { return done };
            done.push((index, parser.file(path, text)));
        }
    };
    let workers = thread::available_parallelism().map_or(1, usize::from).min(files.len());
    let mut parsed = thread::scope(|scope| {
        let others: Vec<_> = (1..workers).map(|_| scope.spawn(work)).collect();
        let mut all = work();
        for other in others {
            match other.join() {
                Ok(done) => all.extend(done),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        all
    });
    parsed.sort_by_key(|(index, _)| *index);
    parsed.into_iter().map(|(index, parsed)| (files[index], parsed)).collect()
}
