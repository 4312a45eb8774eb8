//! Text -> an untyped value, whoever wrote the text.
//!
//! Nothing that a text holds takes more than a second, a few times its own memory, or the whole stack. Imports
//! `diagnostics`, `place` and `value`.

use saphyr_parser::{Event, Marker, Parser};
use serde::de::DeserializeSeed;
use serde_json::Value;

use super::place::Place;
use super::value::{Building, ValueSeed};
use crate::diagnostics::{Code, Diagnostics, Pointer, Position};

/// How deep values may be nested: the limit of both parsers.
pub(super) const DEPTH: usize = 128;

/// The YAML parser takes quadratic time in the depth of `{` and `[`, and reads all of the text before it looks at the
/// depth. So many brackets are harmless however they are nested; with more, the depth is measured first.
const BRACKETS: usize = 4_000;

/// The same goes for the number of directives, of which a document has one or two.
const DIRECTIVES: usize = 1_000;

/// Why a text is not a value.
struct Failure {
    code: Code,
    position: Option<Position>,
    message: String,
}

/// Reads YAML or JSON.
pub(super) fn parse(text: &str, diagnostics: &mut Diagnostics) -> Option<Value> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    match read(text, diagnostics) {
        Ok(Value::Null) => {
            let remedy = "check that this is the right file, and that it was written to the end";
            diagnostics.report_text(Code::EmptyDocument, None, "the document is empty", remedy);
            None
        }
        Ok(value) => Some(value),
        Err(Failure { code, position, message }) => {
            let position = position.map(|position| position.min(end(text)));
            let remedy = match code {
                Code::TooDeep => "give the inner schemas names under `components` and refer to them",
                Code::TooLarge => "use references instead of aliases for what is shared",
                _ => "correct the text here or shortly before",
            };
            diagnostics.report_text(code, position, message, remedy);
            None
        }
    }
}

fn read(text: &str, diagnostics: &mut Diagnostics) -> Result<Value, Failure> {
    if !text.trim_start().starts_with(['{', '[']) {
        return read_yaml(text, diagnostics);
    }
    let json = match read_json(text, diagnostics) {
        Err(failure) if failure.code == Code::Syntax => failure,
        decided => return decided,
    };
    // A mapping in braces may be YAML; the parser that got further is the one to believe.
    read_yaml(text, diagnostics).map_err(|yaml| if yaml.position > json.position { yaml } else { json })
}

fn read_json(text: &str, diagnostics: &mut Diagnostics) -> Result<Value, Failure> {
    let building = Building::for_text(text);
    let mut parser = serde_json::Deserializer::from_str(text);
    let value = ValueSeed::new(&building, &Place::root()).deserialize(&mut parser);
    let value = value.and_then(|value| parser.end().map(|()| value)).map_err(|error| {
        let position = Position { line: error.line(), column: column(text, error.line(), error.column()) };
        failure(error.to_string(), Some((position, error.column())), &building)
    })?;
    for pointer in building.repeated() {
        diagnostics.report(
            Code::RepeatedKey,
            &pointer,
            format!("the key {} is there twice; this one counts", last_key(&pointer)),
            "remove one of the two",
        );
    }
    Ok(value)
}

fn read_yaml(text: &str, diagnostics: &mut Diagnostics) -> Result<Value, Failure> {
    refuse_what_takes_too_long(text)?;
    let mut building = Building::for_text(text);
    building.merges = true;
    let parser = serde_yaml::Deserializer::from_str(text);
    let value = ValueSeed::new(&building, &Place::root()).deserialize(parser).map_err(|error| {
        let location = error.location().map(|at| {
            let position = Position { line: at.line(), column: at.column() };
            (position, at.column())
        });
        let location = location.or_else(|| control_character(text).map(|position| (position, 0)));
        failure(error.to_string(), location, &building)
    })?;
    for pointer in building.repeated() {
        diagnostics.report(
            Code::DuplicateKey,
            &pointer,
            format!("the key {} is there twice", last_key(&pointer)),
            "merge the two, or rename one",
        );
    }
    Ok(value)
}

/// Makes a finding of what a parser says; `location` is a position and the column as the parser counts it.
fn failure(message: String, location: Option<(Position, usize)>, building: &Building) -> Failure {
    let position = location.map(|(position, _)| position);
    if building.is_exhausted() || message.starts_with("repetition limit exceeded") {
        let message = "the document's aliases expand into far more than was written".to_owned();
        return Failure { code: Code::TooLarge, position: None, message };
    }
    if message.starts_with("recursion limit exceeded") {
        return too_deep(position);
    }
    if message.contains("more than one document") {
        let message = "the text holds more than one document".to_owned();
        return Failure { code: Code::Syntax, position, message };
    }
    let said = match location {
        // The position is told apart from the message.
        Some((position, column)) => {
            message.replacen(&format!(" at line {} column {column}", position.line), "", 1)
        }
        None => message,
    };
    Failure { code: Code::Syntax, position, message: format!("the text cannot be read: {said}") }
}

fn too_deep(position: Option<Position>) -> Failure {
    let message = format!("values are nested more than {DEPTH} levels deep");
    Failure { code: Code::TooDeep, position, message }
}

fn refuse_what_takes_too_long(text: &str) -> Result<(), Failure> {
    if text.matches("\n%").take(DIRECTIVES).count() == DIRECTIVES {
        let message = format!("the text cannot be read: more than {DIRECTIVES} directives");
        return Err(Failure { code: Code::Syntax, position: Some(Position::START), message });
    }
    if text.matches(['{', '[']).take(BRACKETS).count() < BRACKETS {
        return Ok(());
    }
    let mut depth = 0;
    let mut parser = Parser::new_from_str(text);
    while let Some(event) = parser.next_event() {
        match event {
            Ok((Event::MappingStart(..) | Event::SequenceStart(..), span)) => {
                depth += 1;
                if depth > DEPTH {
                    return Err(too_deep(Some(position(span.start))));
                }
            }
            Ok((Event::MappingEnd | Event::SequenceEnd, _)) => depth -= 1,
            Ok(_) => {}
            Err(error) => {
                let position = Some(position(*error.marker()));
                if error.info().starts_with("recursion limit exceeded") {
                    return Err(too_deep(position));
                }
                let message = format!("the text cannot be read: {}", error.info());
                return Err(Failure { code: Code::Syntax, position, message });
            }
        }
    }
    Ok(())
}

fn position(marker: Marker) -> Position {
    Position { line: marker.line(), column: marker.col() + 1 }
}

/// The column in characters of a column in bytes; both count from 1.
fn column(text: &str, line: usize, bytes: usize) -> usize {
    let line = text.lines().nth(line.saturating_sub(1)).unwrap_or_default();
    line.char_indices().take_while(|(start, _)| *start < bytes).count().max(1)
}

/// Where the first character is that YAML forbids; the parser does not say.
fn control_character(text: &str) -> Option<Position> {
    let is_forbidden =
        |character: char| character.is_control() && !matches!(character, '\t' | '\n' | '\r' | '\u{85}');
    let before = &text[..text.find(is_forbidden)?];
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    Some(Position { line, column })
}

/// Where a text ends; parsers see an end of line there that nobody wrote.
fn end(text: &str) -> Position {
    let last = text.lines().last().unwrap_or_default();
    Position { line: text.lines().count().max(1), column: last.chars().count() + 1 }
}

fn last_key(pointer: &Pointer) -> String {
    format!("`{}`", pointer.segments().last().unwrap_or_default())
}

#[cfg(test)]
mod tests;
