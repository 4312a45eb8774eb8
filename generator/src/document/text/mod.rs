//! Parses YAML or JSON into an untyped value.
//!
//! The text may be malicious: parsing takes at most a second and a few times the memory of the text, and does
//! not overflow the stack. Imports `diagnostics`, `location` and `value`.

use saphyr_parser::{Event, Marker, Parser};
use serde::de::DeserializeSeed;
use serde_json::Value;

use self::mistakes::Mistake;
use super::location::Location;
use super::value::{ParseContext, ValueSeed};
use crate::diagnostics::{Code, Diagnostics, Pointer, Position};

mod comments;
mod mistakes;

/// The maximum nesting depth of values. Both parsers have this limit.
pub(super) const MAX_DEPTH: usize = 128;

/// The number of `{` and `[` below which the nesting depth of YAML is not checked before parsing.
///
/// The YAML parser takes quadratic time in the depth of brackets, and checks the depth only after reading the
/// whole text. With fewer brackets than this, that is fast enough for any depth.
const MAX_UNCHECKED_BRACKETS: usize = 4_000;

/// The maximum number of YAML directives, which take quadratic time as well. A real document has one or two.
const MAX_DIRECTIVES: usize = 1_000;

/// The beginning of the message about JSON that is not complete.
const CUT_OFF: &str = "it ends inside";

/// The reason why a text cannot be parsed.
struct Failure {
    code: Code,
    position: Option<Position>,
    message: String,
    remedy: &'static str,
}

/// Parses YAML or JSON.
pub(super) fn parse(text: &str, diagnostics: &mut Diagnostics) -> Option<Value> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    match read(text, diagnostics) {
        Ok(Value::Null) => {
            let remedy = "check that this is the right file, and that it was written completely";
            diagnostics.report_text(Code::EmptyDocument, None, "the document is empty", remedy);
            None
        }
        Ok(value) => Some(value),
        Err(Failure { code, position, message, mut remedy }) => {
            let position = position.map(|position| position.min(end_position(text)));
            if code == Code::TooDeep && has_alias(text) {
                remedy =
                    "move the inner schemas to `components`, or use references (`$ref`) instead of aliases";
            }
            diagnostics.report_text(code, position, message, remedy);
            None
        }
    }
}

fn read(text: &str, diagnostics: &mut Diagnostics) -> Result<Value, Failure> {
    if let Some(mistake) = mistakes::markup(text) {
        return Err(mistake.into());
    }
    if !text.trim_start().starts_with(['{', '[']) {
        return read_yaml(text, diagnostics).map_err(|failure| {
            let tab = failure.position.and_then(|stopped| mistakes::tab(text, stopped));
            let mistake = tab.or_else(|| mistakes::comment(text, None));
            mistake.filter(|_| failure.code == Code::Syntax).map_or(failure, Failure::from)
        });
    }
    let json = match read_json(text, diagnostics) {
        Err(failure) if failure.code == Code::Syntax => failure,
        decided => return decided,
    };
    // YAML has no such comments: a comment would become a part of a value.
    if let Some(mistake) = json.position.and_then(|stopped| mistakes::comment(text, Some(stopped))) {
        return Err(mistake.into());
    }
    // A mapping in braces can be YAML. Report the error of the parser that got further. If the text is JSON to its end,
    // that is the JSON parser.
    let is_cut_off = json.message.contains(CUT_OFF);
    // YAML allows a trailing comma, so this is not the only mistake.
    let trailing_comma = json.position.filter(|_| json.message.contains("trailing comma"));
    read_yaml(text, diagnostics).map_err(|yaml| match trailing_comma.map(mistakes::trailing_comma) {
        Some(mistake) => mistake.into(),
        None if yaml.position > json.position && !is_cut_off => yaml,
        None => json,
    })
}

fn read_json(text: &str, diagnostics: &mut Diagnostics) -> Result<Value, Failure> {
    let context = ParseContext::for_text(text);
    let mut parser = serde_json::Deserializer::from_str(text);
    let value = ValueSeed::new(&context, &Location::root()).deserialize(&mut parser);
    let value = value.and_then(|value| parser.end().map(|()| value)).map_err(|error| {
        let position = Position { line: error.line(), column: column(text, error.line(), error.column()) };
        failure(text, error.to_string(), Some((position, error.column())), &context)
    })?;
    for pointer in context.repeated_keys() {
        diagnostics.report(
            Code::RepeatedKey,
            &pointer,
            format!("the key {} occurs twice, and this value is used", last_key(&pointer)),
            "remove one of the two",
        );
    }
    Ok(value)
}

fn read_yaml(text: &str, diagnostics: &mut Diagnostics) -> Result<Value, Failure> {
    check_nesting(text)?;
    match read_yaml_text(text, diagnostics) {
        Err(failure) => match comments::without_tabs(text) {
            Some(text) => read_yaml_text(&text, diagnostics),
            None => Err(failure),
        },
        read => read,
    }
}

fn read_yaml_text(text: &str, diagnostics: &mut Diagnostics) -> Result<Value, Failure> {
    let mut context = ParseContext::for_text(text);
    context.merge_keys = true;
    let parser = serde_yaml::Deserializer::from_str(text);
    let value = ValueSeed::new(&context, &Location::root()).deserialize(parser).map_err(|error| {
        let message = error.to_string();
        if message.starts_with("control characters are not allowed") {
            if let Some(failure) = control_character(text) {
                return failure;
            }
        }
        let location = error.location().map(|at| {
            let position = Position { line: at.line(), column: at.column() };
            (position, at.column())
        });
        failure(text, message, location, &context)
    })?;
    for pointer in context.repeated_keys() {
        diagnostics.report(
            Code::DuplicateKey,
            &pointer,
            format!("the key {} occurs twice", last_key(&pointer)),
            "merge the two values, or rename one of the keys",
        );
    }
    Ok(value)
}

/// Converts the error of a parser. `location` is a position, and its column as the parser counts it.
fn failure(
    text: &str,
    message: String,
    location: Option<(Position, usize)>,
    context: &ParseContext,
) -> Failure {
    let position = location.map(|(position, _)| position);
    if context.is_exhausted() || message.starts_with("repetition limit exceeded") {
        let message = "the aliases expand to far more values than the text contains".to_owned();
        let remedy = "use references (`$ref`) instead of aliases for shared values";
        return Failure { code: Code::TooLarge, position: None, message, remedy };
    }
    if message.starts_with("recursion limit exceeded") {
        return too_deep(position);
    }
    if message.contains("more than one document") {
        let position = second_document(text).or(position);
        let message = "the text contains more than one YAML document".to_owned();
        return Failure { code: Code::Syntax, position, message, remedy: "keep one document" };
    }
    let cause = match location {
        // The position is reported separately.
        Some((position, column)) => {
            message.replacen(&format!(" at line {} column {column}", position.line), "", 1)
        }
        None => message,
    };
    let cause = cause.replacen("EOF while parsing", CUT_OFF, 1);
    syntax(position, format!("the text cannot be parsed: {cause}"))
}

fn syntax(position: Option<Position>, message: String) -> Failure {
    let remedy = "correct the text at this position or shortly before it";
    Failure { code: Code::Syntax, position, message, remedy }
}

impl From<Mistake> for Failure {
    fn from(Mistake { position, message, remedy }: Mistake) -> Self {
        Self { code: Code::Syntax, position: Some(position), message: message.to_owned(), remedy }
    }
}

fn too_deep(position: Option<Position>) -> Failure {
    let message = format!("values are nested more than {MAX_DEPTH} levels deep");
    let remedy = "move the inner schemas to `components`, and refer to them";
    Failure { code: Code::TooDeep, position, message, remedy }
}

fn check_nesting(text: &str) -> Result<(), Failure> {
    if text.matches("\n%").take(MAX_DIRECTIVES).count() == MAX_DIRECTIVES {
        let message = format!("the text cannot be parsed: more than {MAX_DIRECTIVES} directives");
        return Err(syntax(Some(Position::START), message));
    }
    if text.matches(['{', '[']).take(MAX_UNCHECKED_BRACKETS).count() < MAX_UNCHECKED_BRACKETS {
        return Ok(());
    }
    let mut depth = 0;
    let mut parser = Parser::new_from_str(text);
    while let Some(event) = parser.next_event() {
        match event {
            Ok((Event::MappingStart(..) | Event::SequenceStart(..), span)) => {
                depth += 1;
                if depth > MAX_DEPTH {
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
                let message = format!("the text cannot be parsed: {}", error.info());
                return Err(syntax(position, message));
            }
        }
    }
    Ok(())
}

/// Returns true if a text probably has a YAML alias.
fn has_alias(text: &str) -> bool {
    [": *", "- *", "[*", ", *"].iter().any(|before| text.contains(before))
}

/// Returns the start of the second document in a YAML text.
fn second_document(text: &str) -> Option<Position> {
    let events = Parser::new_from_str(text).map_while(Result::ok);
    let mut starts = events.filter(|(event, _)| matches!(event, Event::DocumentStart(_)));
    starts.nth(1).map(|(_, span)| position(span.start))
}

fn position(marker: Marker) -> Position {
    Position { line: marker.line(), column: marker.col() + 1 }
}

/// Converts a column in bytes to a column in characters. Both count from 1.
fn column(text: &str, line: usize, bytes: usize) -> usize {
    let line = text.lines().nth(line.saturating_sub(1)).unwrap_or_default();
    line.char_indices().take_while(|(start, _)| *start < bytes).count().max(1)
}

/// Returns the failure at the first character that YAML forbids. The parser does not report its position.
fn control_character(text: &str) -> Option<Failure> {
    let is_forbidden =
        |character: char| character.is_control() && !matches!(character, '\t' | '\n' | '\r' | '\u{85}');
    let (start, character) = text.char_indices().find(|(_, character)| is_forbidden(*character))?;
    let before = &text[..start];
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    let position = Some(Position { line, column });
    let message = format!(
        "the text contains the control character U+{:04X}, so it is not YAML or JSON",
        u32::from(character)
    );
    let remedy = "check that this is the right file, and not a binary file";
    Some(Failure { code: Code::Syntax, position, message, remedy })
}

/// Returns the end of a text. Parsers may report a position after it, as if the text ended with a newline.
fn end_position(text: &str) -> Position {
    let last = text.lines().last().unwrap_or_default();
    Position { line: text.lines().count().max(1), column: last.chars().count() + 1 }
}

fn last_key(pointer: &Pointer) -> String {
    format!("`{}`", pointer.segments().last().unwrap_or_default())
}

#[cfg(test)]
mod tests;
