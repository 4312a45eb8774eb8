//! Reads a lock. Anything unexpected is an error with its line, because a lost name would rename an item.

use std::collections::HashMap;
use std::error::Error;
use std::fmt;
use std::iter::Peekable;
use std::str::CharIndices;

use super::text::{FORMAT, GONE};
use super::{FILE_NAME, Item, Key, Kind, Lock, Provenance};

/// An error in `codegen.lock`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LockError {
    line: usize,
    problem: String,
    help: &'static str,
}

impl LockError {
    /// Returns the line, counted from 1.
    pub fn line(&self) -> usize {
        self.line
    }

    /// Returns what is wrong with the line.
    pub fn problem(&self) -> &str {
        &self.problem
    }

    /// Returns what to do, as an imperative.
    pub fn help(&self) -> &'static str {
        self.help
    }
}

impl fmt::Display for LockError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{FILE_NAME}:{}: {}", self.line, self.problem)
    }
}

impl Error for LockError {}

const RESTORE: &str = "restore the file from version control, or rename items with `--rebuild-lock`";
const MERGE: &str = "keep the lines of both sides, delete the conflict markers, and generate again";
const UPDATE: &str = "use the version of the generator that wrote the file, or a newer one";

impl Lock {
    /// Parses the text of a lock.
    ///
    /// # Errors
    ///
    /// Returns an error for the first line that is not valid, such as a conflict marker, or a name that two branches
    /// gave to different items.
    pub fn parse(text: &str) -> Result<Self, LockError> {
        let mut lock = Self::default();
        let mut taken = HashMap::new();
        for (index, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
            let read = read_line(line, &mut lock, &mut taken);
            read.map_err(|(problem, help)| LockError { line: index + 1, problem, help })?;
        }
        // If one branch removed an item and another kept it, the item is kept.
        let items = &lock.items;
        lock.gone.retain(|key, _| !items.contains_key(key));
        Ok(lock)
    }
}

type Problem = (String, &'static str);

/// Names that are unique in the crate, with their items.
type Taken = HashMap<(&'static str, String), Key>;

/// Checks that no other item has the name of a type, or the module of a resource.
fn check_name(key: &Key, item: &Item, taken: &mut Taken) -> Result<(), Problem> {
    let scope = match key.kind {
        Kind::Type | Kind::NestedType | Kind::OperationType => "type",
        Kind::Resource => "resource",
        _ => return Ok(()),
    };
    let Some(name) = item.names.first() else { return Ok(()) };
    let other = taken.entry((scope, name.to_lowercase())).or_insert_with(|| key.clone());
    if other == key {
        return Ok(());
    }
    Err((
        format!("another item has the name `{name}` as well"),
        "delete the line whose name no released version has",
    ))
}

fn read_line(line: &str, lock: &mut Lock, taken: &mut Taken) -> Result<(), Problem> {
    let mut markers = ["<<<<<<<", "=======", ">>>>>>>", "|||||||"].into_iter();
    if let Some(marker) = markers.find(|marker| line.starts_with(marker)) {
        return Err((format!("`{marker}` is a conflict marker"), MERGE));
    }
    let line = line.trim_end();
    if line.is_empty() || line.starts_with('#') {
        return Ok(());
    }
    let mut words = words(line)?;
    let is_gone = words.first().is_some_and(|word| !word.is_quoted && word.text == GONE);
    if is_gone {
        words.remove(0);
    }
    let Some((first, rest)) = words.split_first() else { return Err(invalid(line)) };
    match Kind::parse(&first.text) {
        Some(kind) => {
            let (key, item) = read_item(kind, rest).ok_or_else(|| invalid(line))?;
            if !is_gone {
                check_name(&key, &item, taken)?;
            }
            let items = if is_gone { &mut lock.gone } else { &mut lock.items };
            match items.get(&key) {
                Some(known) if known.names != item.names && !is_gone => {
                    let names = |item: &Item| item.names.join(" ");
                    let problem = format!(
                        "the item has the names `{}` here and `{}` in an earlier line",
                        names(&item),
                        names(known)
                    );
                    Err((problem, "delete the line whose names no released version has"))
                }
                _ => {
                    items.insert(key, item);
                    Ok(())
                }
            }
        }
        None if is_gone => Err(invalid(line)),
        None => read_header(&first.text, rest, &mut lock.provenance),
    }
}

fn invalid(line: &str) -> Problem {
    let start: String = line.chars().take(60).collect();
    (format!("`{start}` is not a valid line"), RESTORE)
}

fn read_header(word: &str, rest: &[Word], provenance: &mut Provenance) -> Result<(), Problem> {
    let value = rest.first().map(|word| word.text.as_str()).unwrap_or_default();
    let place = match word {
        "format" | "generator" | "package" | "document" | "settings" if rest.len() != 1 => {
            return Err(invalid(word));
        }
        "format" if value == FORMAT => return Ok(()),
        "format" => return Err((format!("format `{value}` is not supported"), UPDATE)),
        "generator" => &mut provenance.generator,
        "package" => &mut provenance.package,
        "document" => &mut provenance.document,
        "settings" => &mut provenance.settings,
        _ => return Err((format!("unknown kind of item: `{word}`"), UPDATE)),
    };
    *place = Some(value.to_owned());
    Ok(())
}

fn read_item(kind: Kind, words: &[Word]) -> Option<(Key, Item)> {
    let middle = words.iter().position(|word| !word.is_quoted && word.text == "=")?;
    let (path, rest) = (&words[..middle], &words[middle + 1..]);
    let mut item = Item::default();
    let mut key = Key::new(kind, path.iter().map(|word| word.text.clone()));
    for word in rest {
        let place = match &word.attribute {
            None if !word.is_quoted && is_name(&word.text) => {
                item.names.push(word.text.clone());
                continue;
            }
            None => return None,
            Some(attribute) => match attribute.as_str() {
                "number" => {
                    key.number = word.text.parse().ok().filter(|number| *number > 1)?;
                    continue;
                }
                "at" => &mut item.at,
                "call" => &mut item.call,
                "shape" => &mut item.shape,
                "since" => &mut item.since,
                _ => return None,
            },
        };
        *place = Some(word.text.clone());
    }
    let is_version = |version: &String| semver::Version::parse(version).is_ok();
    let is_complete =
        !path.is_empty() && kind.counts().contains(&item.names.len()) && item.since.iter().all(is_version);
    is_complete.then_some((key, item))
}

/// Returns `true` for an identifier or the name of a feature.
fn is_name(text: &str) -> bool {
    let mut characters = text.chars();
    characters.next().is_some_and(|first| first == '_' || unicode_ident::is_xid_start(first))
        && characters.all(|c| c == '-' || unicode_ident::is_xid_continue(c))
}

/// A word of a line: text that can be quoted, or an attribute and its value.
struct Word {
    attribute: Option<String>,
    text: String,
    is_quoted: bool,
}

fn words(line: &str) -> Result<Vec<Word>, Problem> {
    let mut words = Vec::new();
    let mut rest = line.char_indices().peekable();
    while let Some((start, first)) = rest.peek().copied() {
        if first == ' ' {
            rest.next();
            continue;
        }
        words.push(word(line, start, &mut rest).ok_or_else(|| invalid(line))?);
    }
    Ok(words)
}

fn word(line: &str, start: usize, rest: &mut Peekable<CharIndices<'_>>) -> Option<Word> {
    let mut attribute = None;
    let mut from = start;
    while let Some((at, character)) = rest.peek().copied() {
        match character {
            ' ' => break,
            '"' if at == from => {
                return Some(Word { attribute, text: quoted(line, at, rest)?, is_quoted: true });
            }
            '=' if attribute.is_none() && at > start => {
                attribute = Some(line[start..at].to_owned());
                from = at + 1;
            }
            _ => {}
        }
        rest.next();
    }
    let end = rest.peek().map_or(line.len(), |(end, _)| *end);
    Some(Word { attribute, text: line[from..end].to_owned(), is_quoted: false })
}

/// Reads a JSON string that begins at `start`.
fn quoted(line: &str, start: usize, rest: &mut Peekable<CharIndices<'_>>) -> Option<String> {
    rest.next();
    let mut is_escaped = false;
    loop {
        let (at, character) = rest.next()?;
        match character {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            '"' => return serde_json::from_str(&line[start..=at]).ok(),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, expected: Result<(), (&str, &'static str)>) {
        let found = Lock::parse(line).map(|lock| {
            let text = lock.to_string();
            assert_eq!(text.lines().last(), Some(line));
            assert_eq!(Lock::parse(&text), Ok(lock));
        });
        let expected =
            expected.map_err(|(problem, help)| LockError { line: 1, problem: problem.to_owned(), help });
        assert_eq!(found, expected, "{line}");
    }

    #[test]
    fn lines_are_read_as_they_are_written() {
        check("type acme.v1.Pet = Pet shape=00ff", Ok(()));
        check("field \"a b\" \"=\" = field with_field", Ok(()));
        check("variant Kind \"\" = Value is_value", Ok(()));
        check("variant Kind \"\\\"\\n\" = Value is_value", Ok(()));
        check("variant Kind \"\\u202e\\ud83d\\ude00\" = Value is_value", Ok(()));
        check("operation getPet = pets get GetPet call=\"GET /pets/{id}\"", Ok(()));
        check("resource pets = type_ Type_ type", Ok(()));
        check("gone type Pet = Pet since=0.1.0", Ok(()));
        check("part add form photo = photo_2 number=2", Ok(()));
        check("variant Kind été = Été is_été", Ok(()));
    }

    /// Git can change the ends of lines.
    #[test]
    fn the_ends_of_lines_do_not_matter() {
        let text = "type acme.v1.Pet = Pet shape=00ff\nfield Pet name = name with_name\n";
        let lock = Lock::parse(text).expect("it is valid");
        assert_eq!(Lock::parse(&text.replace('\n', "\r\n")), Ok(lock.clone()));
        assert_eq!(Lock::parse(&format!("\u{feff}{text}")), Ok(lock));
    }

    #[test]
    fn invalid_lines_are_errors() {
        let invalid = |text: &'static str| Err((text, RESTORE));
        check("<<<<<<< HEAD", Err(("`<<<<<<<` is a conflict marker", MERGE)));
        check("=======", Err(("`=======` is a conflict marker", MERGE)));
        check("type Pet", invalid("`type Pet` is not a valid line"));
        check("type Pet =", invalid("`type Pet =` is not a valid line"));
        check("type = Pet", invalid("`type = Pet` is not a valid line"));
        check("type Pet = fn()", invalid("`type Pet = fn()` is not a valid line"));
        check("type \"Pet = Pet", invalid("`type \"Pet = Pet` is not a valid line"));
        check("type Pet = Pet size=1", invalid("`type Pet = Pet size=1` is not a valid line"));
        check("type Pet = Pet Animal", invalid("`type Pet = Pet Animal` is not a valid line"));
        check(
            "gone type Pet = Pet since=soon",
            invalid("`gone type Pet = Pet since=soon` is not a valid line"),
        );
        check(
            "part add form photo = photo number=1",
            invalid("`part add form photo = photo number=1` is not a valid line"),
        );
        check("gone = Pet", invalid("`gone = Pet` is not a valid line"));
        check("macro Pet = Pet", Err(("unknown kind of item: `macro`", UPDATE)));
        check("format 2", Err(("format `2` is not supported", UPDATE)));
    }

    #[test]
    fn branches_merge() {
        let merged = Lock::parse("type Pet = Pet\ntype Pet = Pet\ngone type Pet = Pet since=0.1.0\n");
        let merged = merged.expect("the lines agree");
        assert_eq!((merged.items.len(), merged.gone.len()), (1, 0));
        let error = Lock::parse("type a.Pet = Pet\ntype b.Pet = Pet\n").expect_err("the names are the same");
        assert_eq!(error.to_string(), "codegen.lock:2: another item has the name `Pet` as well");
        let error = Lock::parse("type Pet = Pet\ntype Pet = Animal\n").expect_err("the lines differ");
        assert_eq!(
            error.to_string(),
            "codegen.lock:2: the item has the names `Animal` here and `Pet` in an earlier line"
        );
    }
}
