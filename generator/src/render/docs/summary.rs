//! Finds the first sentences of a description.

use pulldown_cmark::{Event, Tag, TagEnd};

use super::inline::Inline;
use super::words::guard;

/// The block that contains the sentence. The first kind with any text is used.
#[derive(Clone, Copy)]
enum Place {
    Body,
    /// Descriptions often begin with a quoted warning.
    Quote,
    Heading,
}

/// Returns the first sentence of the first paragraph.
pub(super) fn write(events: Vec<Event<'_>>) -> String {
    write_sentences(events, 0)
}

/// Returns the first sentence of the first paragraph, and those after it that fit into `length` bytes.
pub(super) fn write_sentences(events: Vec<Event<'_>>, length: usize) -> String {
    let mut texts: [Inline; 3] = Default::default();
    let mut complete = [false; 3];
    let (mut quotes, mut in_heading, mut in_code) = (0_usize, false, false);
    for event in events {
        if is_boundary(&event) {
            complete = std::array::from_fn(|place| !texts[place].is_blank());
            if complete[Place::Body as usize] {
                break;
            }
        }
        let place = match quotes {
            _ if in_heading => Place::Heading,
            0 => Place::Body,
            _ => Place::Quote,
        } as usize;
        match event {
            Event::Start(Tag::Heading { .. }) => in_heading = true,
            Event::End(TagEnd::Heading(_)) => in_heading = false,
            Event::Start(Tag::BlockQuote(_)) => quotes += 1,
            Event::End(TagEnd::BlockQuote(_)) => quotes -= 1,
            Event::Start(Tag::CodeBlock(_)) => in_code = true,
            Event::End(TagEnd::CodeBlock) => in_code = false,
            _ if in_code || complete[place] => {}
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => texts[place].text(&text),
            Event::Code(code) => texts[place].code(&code),
            Event::SoftBreak | Event::HardBreak => texts[place].text(" "),
            _ => {}
        }
    }
    let words = texts.into_iter().find(|text| !text.is_blank()).unwrap_or_default().words(true);
    let mut sentences = String::new();
    // The end of the last sentence.
    let mut end = 0;
    let mut ended = false;
    for word in words.iter() {
        if ended && !word.starts_with(char::is_lowercase) {
            if sentences.len() > length {
                break;
            }
            end = sentences.len();
        }
        ended = ends_sentence(word);
        if !sentences.is_empty() {
            sentences.push(' ');
        }
        sentences.push_str(word);
    }
    if sentences.len() > length && end > 0 {
        sentences.truncate(end);
    }
    if sentences.is_empty() { sentences } else { guard(sentences) }
}

/// Returns true if a sentence ends at the event.
fn is_boundary(event: &Event<'_>) -> bool {
    match event {
        Event::Start(tag) => !matches!(
            tag,
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. }
        ),
        Event::End(end) => !matches!(
            end,
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image
        ),
        _ => false,
    }
}

fn ends_sentence(word: &str) -> bool {
    let bare = word.trim_end_matches(['"', '\'', ')', '”', '’']);
    let name = bare.trim_start_matches(['(', '"', '\'']).trim_end_matches('.');
    let shortened = ["e.g", "i.e", "etc", "vs", "cf", "incl", "approx", "No", "Inc"].contains(&name);
    bare.ends_with(['.', '!', '?', '。']) && !shortened && name.chars().count() > 1
}
