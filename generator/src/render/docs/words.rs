//! Wraps words into lines.

/// Text as words, which are never broken, with the line breaks of its author.
#[derive(Debug, Default)]
pub(super) struct Words {
    text: String,
    ends: Vec<(usize, Word)>,
}

/// The kind of an end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Word {
    Word,
    /// The end of a line, which has no text.
    Line,
}

impl Words {
    pub(super) fn with_capacity(bytes: usize) -> Self {
        Self { text: String::with_capacity(bytes + bytes / 8), ends: Vec::with_capacity(bytes / 6) }
    }

    /// Adds text to the current word.
    pub(super) fn push(&mut self, text: &str) {
        self.text.push_str(text);
    }

    pub(super) fn end_word(&mut self) {
        if self.text.len() > self.ends.last().map_or(0, |&(end, _)| end) {
            self.ends.push((self.text.len(), Word::Word));
        }
    }

    pub(super) fn end_line(&mut self) {
        self.end_word();
        self.ends.push((self.text.len(), Word::Line));
    }

    /// Returns the words, and `None` where a line ends.
    fn pieces(&self) -> impl Iterator<Item = Option<&str>> {
        let mut start = 0;
        self.ends.iter().map(move |&(end, word)| {
            let piece = &self.text[std::mem::replace(&mut start, end)..end];
            (word == Word::Word).then_some(piece)
        })
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &str> {
        self.pieces().flatten()
    }

    /// Returns the words on one line.
    pub(super) fn join(&self) -> String {
        let mut line = String::with_capacity(self.text.len() + self.ends.len());
        for word in self.iter() {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
        line
    }

    /// Returns the words in lines of at most `width` characters. A longer word gets a line of its own.
    pub(super) fn wrap(&self, width: usize) -> Vec<String> {
        let mut lines = Vec::new();
        let mut line = String::with_capacity(self.text.len().min(width));
        let mut length = 0;
        for word in self.pieces() {
            let Some(word) = word else {
                if !line.is_empty() {
                    let mut whole = guard(std::mem::take(&mut line));
                    whole.push('\\');
                    lines.push(whole);
                }
                continue;
            };
            let needed = word.chars().count();
            if line.is_empty() {
                length = needed;
            } else if length + 1 + needed > width {
                lines.push(guard(std::mem::take(&mut line)));
                length = needed;
            } else {
                line.push(' ');
                length += 1 + needed;
            }
            line.push_str(word);
        }
        if !line.is_empty() {
            lines.push(guard(line));
        } else if let Some(last) = lines.last_mut() {
            last.pop();
        }
        lines
    }
}

/// Escapes the start of a line if it would begin a block.
pub(super) fn guard(mut line: String) -> String {
    let bytes = line.as_bytes();
    if bytes.iter().all(|byte| b"*_ ".contains(byte)) {
        return line.replace('*', "\\*").replace('_', "\\_");
    }
    let space = |at: usize| bytes.get(at).is_none_or(|&byte| byte == b' ');
    let only = |set: &[u8]| bytes.iter().all(|byte| set.contains(byte));
    let run = |byte: u8| bytes.iter().take_while(|&&other| other == byte).count();
    let digits = bytes.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let at = match bytes[0] {
        b'>' => Some(0),
        b'#' if run(b'#') <= 6 && space(run(b'#')) => Some(0),
        b'-' | b'+' | b'*' if space(1) => Some(0),
        b'-' | b'|' | b':' if only(b"-|: ") && line.contains('-') => Some(0),
        b'=' if only(b"=") => Some(0),
        b'~' if run(b'~') >= 3 => Some(0),
        _ if digits > 0
            && digits < 10
            && matches!(bytes.get(digits), Some(b'.' | b')'))
            && space(digits + 1) =>
        {
            Some(digits)
        }
        _ => None,
    };
    if let Some(at) = at {
        line.insert(at, '\\');
    }
    line
}
