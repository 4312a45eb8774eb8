//! The first sentence of a description.

use pulldown_cmark::{Event, Tag, TagEnd};

use super::inline::{Inline, Word};
use super::spelling::wrap;

/// The first sentence of the first paragraph, or else the first heading.
pub(super) fn write(events: Vec<Event<'_>>) -> String {
    let (mut text, mut heading) = (Inline::default(), Inline::default());
    let (mut in_heading, mut in_code) = (false, false);
    for event in events {
        match event {
            Event::Start(Tag::Heading { .. }) if heading.is_blank() => in_heading = true,
            Event::End(TagEnd::Heading(_)) => in_heading = false,
            Event::Start(Tag::CodeBlock(_)) => in_code = true,
            Event::End(TagEnd::CodeBlock) => in_code = false,
            Event::Start(Tag::Paragraph | Tag::Item | Tag::List(_) | Tag::BlockQuote(_) | Tag::Table(_))
            | Event::End(TagEnd::Paragraph | TagEnd::Item | TagEnd::TableCell)
                if !text.is_blank() =>
            {
                break;
            }
            Event::Text(words) | Event::Html(words) | Event::InlineHtml(words) if !in_code => {
                if in_heading {
                    heading.text(&words)
                } else {
                    text.text(&words)
                }
            }
            Event::Code(code) => {
                if in_heading {
                    heading.code(&code)
                } else {
                    text.code(&code)
                }
            }
            Event::SoftBreak | Event::HardBreak => {
                if in_heading {
                    heading.text(" ")
                } else {
                    text.text(" ")
                }
            }
            _ => {}
        }
    }
    let words = if text.is_blank() { heading.words(true) } else { text.words(true) };
    let mut sentence: Vec<Word> = Vec::new();
    let mut ended = false;
    for word in words.into_iter().filter_map(Word::text) {
        if ended && !word.starts_with(char::is_lowercase) {
            break;
        }
        ended = ends_sentence(&word);
        sentence.push(Word::Text(word));
    }
    wrap(sentence, usize::MAX).pop().unwrap_or_default()
}

fn ends_sentence(word: &str) -> bool {
    let bare = word.trim_end_matches(['"', '\'', ')', '”', '’']);
    let name = bare.trim_start_matches(['(', '"', '\'']).trim_end_matches('.');
    let shortened = ["e.g", "i.e", "etc", "vs", "cf", "incl", "approx", "No", "Inc"].contains(&name);
    bare.ends_with(['.', '!', '?', '。']) && !shortened && name.chars().count() > 1
}
