//! Checks the output of the generator for one document.
//!
//! The document is generated twice: as it is, and in another order where order is insignificant. Both crates must be the
//! same, byte for byte. That also covers output that depends on chance, such as the order of a hash map, because chance
//! differs between two runs of one process.

use std::any::Any;
use std::panic::{self, AssertUnwindSafe};
use std::time::{Duration, Instant};

use openapi_crate::diagnostics::{Code, Position};
use openapi_crate::{Config, Diagnostics, Generated, Outcome, Source};
use serde_json::Value;

use super::case::Case;
use super::failure::{Failure, masked};

/// The functions of the library. Tests replace them.
#[derive(Clone, Copy)]
pub(super) struct Generator {
    pub(super) generate: fn(Source<'_>, &Config) -> Outcome,
    pub(super) generate_program: fn(Source<'_>, &Config) -> Outcome,
    /// A slower run is a failure. Small documents take a few milliseconds.
    pub(super) longest_run: Duration,
}

impl Generator {
    pub(super) const LIBRARY: Self = Self {
        generate: |source, config| openapi_crate::generate(source, config),
        generate_program: |source, config| openapi_crate::generate_conformance_program(source, config),
        longest_run: Duration::from_secs(2),
    };
}

/// A larger crate is a failure, in bytes without the runtime.
const LARGEST_CRATE: usize = 16 << 20;

/// The result of checking a document that did not fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Passed {
    /// The document has errors, so there is no crate.
    Rejected,
    Generated,
}

/// Checks a document.
pub(super) fn check(case: &Case, generator: Generator) -> Result<Passed, Failure> {
    let (text, config) = (case.text(), case.config());
    let name = &*format!("api.{}", case.extension());
    let run = |text: &str, generate: fn(Source<'_>, &Config) -> Outcome| {
        timely(generator.longest_run, &|| generate(Source { name, text }, &config))
    };
    let outcome = run(&text, generator.generate)?;
    check_outcome(&outcome)?;
    check_findings(&outcome.diagnostics, Source { name, text: &text }, &case.document)?;
    let other = run(&case.reordered_text(), generator.generate)?;
    let again = || run(&text, generator.generate);
    check_same(&outcome, &other).or_else(|failure| match check_same(&outcome, &again()?) {
        Ok(()) => Err(failure),
        Err(Failure { cause, detail, .. }) => {
            Err(Failure::new("output that depends on chance", cause, detail))
        }
    })?;
    if case.has_program() {
        check_outcome(&run(&text, generator.generate_program)?)?;
    }
    Ok(if outcome.generated.is_some() { Passed::Generated } else { Passed::Rejected })
}

/// Runs the generator. A panic is a failure, and so are two runs that take too long.
fn timely(longest: Duration, run: &dyn Fn() -> Outcome) -> Result<Outcome, Failure> {
    let mut took = Duration::ZERO;
    for _ in 0..2 {
        let start = Instant::now();
        let outcome = caught(run)?;
        took = start.elapsed();
        if took < longest {
            return Ok(outcome);
        }
    }
    Err(Failure::new("a slow run", "the generator takes too long", format!("{:.1} s", took.as_secs_f64())))
}

/// Runs a function, and returns its panic as a failure.
fn caught<T>(run: impl FnOnce() -> T) -> Result<T, Failure> {
    panic::catch_unwind(AssertUnwindSafe(run)).map_err(|payload| {
        let message = message(payload.as_ref());
        let place = super::worker::last_panic().unwrap_or_else(|| "an unknown line".to_owned());
        Failure::new("panic", format!("panic at {place}: {}", masked(&message)), message)
    })
}

fn message(payload: &(dyn Any + Send)) -> String {
    let text = payload.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| payload.downcast_ref::<String>().cloned()).unwrap_or_default()
}

/// Checks that there is either an error or a sound crate.
fn check_outcome(outcome: &Outcome) -> Result<(), Failure> {
    let Outcome { generated, diagnostics } = outcome;
    match generated {
        Some(_) if diagnostics.has_errors() => Err(Failure::new("both", "a crate in spite of an error", "")),
        None if !diagnostics.has_errors() => Err(Failure::new("neither", "no crate and no error", "")),
        Some(generated) => check_files(generated),
        None => Ok(()),
    }
}

/// Checks that every file can be parsed.
fn check_files(generated: &Generated) -> Result<(), Failure> {
    let mut size = 0;
    for (path, text) in own_files(generated) {
        size += text.len();
        let error = match path.rsplit_once('.').map(|(_, extension)| extension) {
            Some("rs") => syn::parse_file(text).err().map(|error| error.to_string()),
            Some("toml") => text.parse::<toml::Table>().err().map(|error| error.message().to_owned()),
            _ => None,
        };
        if let Some(error) = error {
            let cause = format!("{} does not parse: {}", kind_of(path), masked(&error));
            return Err(Failure::new("syntax", cause, format!("{path}: {error}")));
        }
    }
    if size > LARGEST_CRATE {
        return Err(Failure::new("size", "the crate is too large", format!("{size} bytes")));
    }
    Ok(())
}

/// Returns the files that depend on the document.
fn own_files(generated: &Generated) -> impl Iterator<Item = (&str, &str)> {
    generated.files.iter().filter(|(path, _)| !path.starts_with("src/runtime/"))
}

/// Checks that the findings can be rendered, and that each is about a value or a field of the document.
fn check_findings(diagnostics: &Diagnostics, source: Source<'_>, document: &Value) -> Result<(), Failure> {
    let rendered = caught(|| diagnostics.render(source))?;
    if rendered.is_empty() != diagnostics.is_empty() {
        return Err(Failure::new("findings", "findings are not rendered", ""));
    }
    for (position, found) in diagnostics.located(source) {
        // A finding may be about a field that is missing, or that an older version of OpenAPI names differently.
        let pointer = found.pointer.as_str();
        let outer = pointer.rsplit_once('/').map_or("", |(outer, _)| outer);
        if document.pointer(outer).is_none() || position < Position::START {
            let cause = format!("`{}` is located outside of the document", found.code.id());
            return Err(Failure::new("location", cause, format!("{}: {}", found.pointer, found.message)));
        }
    }
    Ok(())
}

/// Checks that two outcomes are the same, except for the order of the findings.
fn check_same(one: &Outcome, other: &Outcome) -> Result<(), Failure> {
    let (findings, others) = (findings(&one.diagnostics), findings(&other.diagnostics));
    if findings != others {
        let missing =
            |from: &[(Code, String)], sign: char, in_other: &[(Code, String)]| -> Vec<(Code, String)> {
                let missing = from.iter().filter(|found| !in_other.contains(found));
                missing.map(|(code, message)| (*code, format!("{sign} {code}: {message}\n"))).collect()
            };
        let mut changed = missing(&findings, '-', &others);
        changed.extend(missing(&others, '+', &findings));
        let code = changed.first().map_or("", |(code, _)| code.id());
        let detail = changed.into_iter().map(|(_, line)| line).collect::<String>();
        return Err(Failure::new("order", format!("order changes findings `{code}`"), detail));
    }
    let (names, other_names) = (names(one), names(other));
    let mut changed = names.iter().zip(&other_names).filter(|(name, other)| name != other);
    if let Some((name, other)) = changed.next() {
        let cause = "order changes the names in the lock".to_owned();
        return Err(Failure::new("order", cause, format!("- {name}\n+ {other}")));
    }
    let (manifest, other_manifest) = (manifest(one), manifest(other));
    let (files, others) = (comparable(one, &manifest), comparable(other, &other_manifest));
    if files == others {
        return Ok(());
    }
    let paths = |files: &[(&str, &str)]| -> Vec<String> {
        files.iter().map(|(path, _)| (*path).to_owned()).collect()
    };
    let (names, other_names) = (paths(&files), paths(&others));
    if names != other_names {
        let added =
            names.iter().chain(&other_names).find(|it| !(names.contains(it) && other_names.contains(it)));
        let kind = added.map(|path| kind_of(path)).unwrap_or_default();
        let detail = format!("- {}\n+ {}", names.join(" "), other_names.join(" "));
        return Err(Failure::new("order", format!("order changes the names of {kind}"), detail));
    }
    let mut changed = files.iter().zip(&others).filter(|(file, other)| file != other);
    let Some(((path, text), (_, other))) = changed.next() else { return Ok(()) };
    let mut lines = text.lines().zip(other.lines()).filter(|(line, other)| line != other);
    let (line, other) = lines.next().unwrap_or_default();
    let line_kind = if path.ends_with(".rs") || path.ends_with(".md") { masked(line) } else { String::new() };
    let cause = format!("order changes {}: {line_kind}", kind_of(path));
    Err(Failure::new("order", cause, format!("{path}\n- {line}\n+ {other}")))
}

/// Returns the files of the crate itself, with this manifest, and without the lock, whose names are compared apart.
fn comparable<'o>(outcome: &'o Outcome, manifest: &'o str) -> Vec<(&'o str, &'o str)> {
    let files = outcome.generated.iter().flat_map(own_files);
    let files = files.filter(|(path, _)| *path != openapi_crate::LOCK_FILE_NAME);
    files.map(|(path, text)| (path, if path == "Cargo.toml" { manifest } else { text })).collect()
}

/// Returns the manifest without the digest of the document's text, which depends on the order.
fn manifest(outcome: &Outcome) -> String {
    let text = outcome.generated.as_ref().and_then(|generated| generated.files.get("Cargo.toml"));
    let lines = text.unwrap_or_default().lines().filter(|line| !line.starts_with("document = "));
    lines.map(|line| format!("{line}\n")).collect()
}

/// Returns the lines of the lock that have names.
fn names(outcome: &Outcome) -> Vec<String> {
    let lock = outcome.generated.as_ref().map(|generated| generated.lock.to_string()).unwrap_or_default();
    lock.lines().filter(|line| line.contains(" = ")).map(str::to_owned).collect()
}

/// Returns codes and messages, sorted. A finding about several values has the location of the first one, so locations may
/// differ.
fn findings(diagnostics: &Diagnostics) -> Vec<(Code, String)> {
    let mut findings: Vec<_> = diagnostics.iter().map(|found| (found.code, found.message.clone())).collect();
    findings.sort();
    findings
}

/// Returns the path of a file without the names of the document.
fn kind_of(path: &str) -> String {
    match path.rsplit_once('/') {
        Some((folder @ ("src/types" | "src/resources" | "examples"), _)) => format!("{folder}/*"),
        Some((folder, _)) if folder.starts_with("src/mock") => format!("{folder}/*"),
        _ => path.to_owned(),
    }
}

#[cfg(test)]
mod tests;
