// @generated from the OpenAPI document. Change the document, and generate again.

//! Parses server-sent events line by line
//! ([HTML Standard](https://html.spec.whatwg.org/multipage/server-sent-events.html), section 9.2.6).

use std::time::Duration;

use super::event::Event;

/// The incomplete event, and the state that continues from one event to the next.
#[derive(Debug, Default)]
pub(super) struct Parser {
    event: String,
    data: String,
    has_data: bool,
    /// The last id received, which applies to this event and later ones.
    id: String,
    /// The id at the end of the last complete event.
    last_event_id: String,
    retry: Option<Duration>,
    is_past_first_line: bool,
}

impl Parser {
    /// Parses a line. An empty line ends the event and returns it.
    pub(super) fn line(&mut self, line: &[u8]) -> Option<Event<String>> {
        let line = String::from_utf8_lossy(line);
        let mut line = &*line;
        if !std::mem::replace(&mut self.is_past_first_line, true) {
            line = line.strip_prefix('\u{feff}').unwrap_or(line);
        }
        if line.is_empty() {
            return self.event();
        }
        let (name, value) = line.split_once(':').unwrap_or((line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match name {
            "event" => value.clone_into(&mut self.event),
            "data" => {
                if std::mem::replace(&mut self.has_data, true) {
                    self.data.push('\n');
                }
                self.data.push_str(value);
            }
            "id" if !value.contains('\0') => value.clone_into(&mut self.id),
            "retry" if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) => {
                self.retry = value.parse().ok().map(Duration::from_millis).or(self.retry);
            }
            // Comments, which have an empty name, and unknown fields are ignored.
            _ => {}
        }
        None
    }

    /// Returns the length of the data of the incomplete event in bytes.
    pub(super) fn len(&self) -> usize {
        self.data.len()
    }

    pub(super) fn retry(&self) -> Option<Duration> {
        self.retry
    }

    pub(super) fn last_event_id(&self) -> &str {
        &self.last_event_id
    }

    fn event(&mut self) -> Option<Event<String>> {
        // The id counts only now. A stream resumed with the id of an incomplete event would skip that event.
        self.id.clone_into(&mut self.last_event_id);
        let event = std::mem::take(&mut self.event);
        if !std::mem::take(&mut self.has_data) {
            return None;
        }
        let event = if event.is_empty() { "message".to_owned() } else { event };
        Some(Event { event, id: self.id.clone(), data: std::mem::take(&mut self.data) })
    }
}

#[cfg(test)]
mod tests {
    use super::Parser;

    /// Compares the parsed events, formatted as `event/id/data`.
    #[track_caller]
    fn check(text: &str, expected: &[&str]) -> Parser {
        let mut parser = Parser::default();
        let events = text.split('\n').filter_map(|line| parser.line(line.as_bytes()));
        let found: Vec<String> =
            events.map(|event| format!("{}/{}/{}", event.event, event.id, event.data)).collect();
        assert_eq!(found, expected, "{text:?}");
        parser
    }

    #[test]
    fn an_empty_line_ends_an_event() {
        check("data: a\n\ndata:b\n\n", &["message//a", "message//b"]);
        check("event: add\ndata: 1\n\ndata: 2\n\n", &["add//1", "message//2"]);
        check("data: a\ndata\ndata:  b\n\n", &["message//a\n\n b"]);
        check("data\n\n", &["message//"]);
    }

    #[test]
    fn events_without_data_are_dropped() {
        check("event: add\n\n: comment\n\nnonsense: 1\n\ndata: a\n\n", &["message//a"]);
        // An event without an empty line at its end is incomplete.
        check("data: a", &[]);
    }

    #[test]
    fn an_id_applies_until_the_next_id() {
        check("id: 1\ndata: a\n\ndata: b\n\nid\ndata: c\n\n", &["message/1/a", "message/1/b", "message//c"]);
        check("id: 1\n\nid: 2\0\ndata: a\n\n", &["message/1/a"]);
    }

    #[test]
    fn the_last_event_id_is_from_a_complete_event() {
        let last = |text, events: &[&str]| check(text, events).last_event_id().to_owned();
        assert_eq!(last("id: 1\ndata: a\n\nid: 2\ndata: b", &["message/1/a"]), "1");
        assert_eq!(last("id: 1\ndata: a\n\nid: 2\ndata: b\n\n", &["message/1/a", "message/2/b"]), "2");
        // An event without data is complete, too.
        assert_eq!(last("id: 1", &[]), "");
        assert_eq!(last("id: 1\n", &[]), "1");
    }

    #[test]
    fn retry_accepts_only_digits() {
        let of = |text| check(text, &[]).retry().map(|retry| retry.as_millis());
        assert_eq!(of("retry: 1500"), Some(1500));
        assert_eq!(of("retry: 10\nretry: soon\nretry: -1\nretry:\nretry: 99999999999999999999"), Some(10));
    }

    #[test]
    fn a_leading_byte_order_mark_is_ignored() {
        check("\u{feff}data: a\n\n\u{feff}data: b\n\n", &["message//a"]);
    }
}
