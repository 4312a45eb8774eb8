//! Splits Rust code into coarse tokens: enough to find delimiters outside of strings and comments.

/// A coarse token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// White space.
    Space,
    /// A comment, documentation included.
    Comment,
    /// A string, character or byte literal.
    Literal,
    /// A lifetime.
    Lifetime,
    /// An identifier, keyword or number.
    Word,
    /// `(`, `[` or `{`.
    Open(u8),
    /// `)`, `]` or `}`.
    Close(u8),
    /// Any other character.
    Other(u8),
    /// A string or comment without end.
    Unterminated,
}

/// Returns the token at `start` and its end.
pub(super) fn next(code: &[u8], start: usize) -> (Token, usize) {
    let rest = &code[start..];
    match rest[0] {
        b' ' | b'\n' | b'\t' | b'\r' => (Token::Space, start + run(rest, u8::is_ascii_whitespace)),
        b'/' if rest.starts_with(b"//") => {
            (Token::Comment, start + rest.iter().position(|it| *it == b'\n').unwrap_or(rest.len()))
        }
        b'/' if rest.starts_with(b"/*") => end_of(start, block_comment(rest), Token::Comment),
        b'"' => end_of(start, quoted(rest, b'"'), Token::Literal),
        b'\'' => quote(rest, start),
        byte if is_word(&byte) => word(rest, start),
        byte @ (b'(' | b'[' | b'{') => (Token::Open(byte), start + 1),
        byte @ (b')' | b']' | b'}') => (Token::Close(byte), start + 1),
        byte => (Token::Other(byte), start + 1),
    }
}

/// Returns the delimiter that closes `open`.
pub(super) fn closing(open: u8) -> u8 {
    match open {
        b'(' => b')',
        b'[' => b']',
        _ => b'}',
    }
}

fn is_word(byte: &u8) -> bool {
    byte.is_ascii_alphanumeric() || *byte == b'_' || *byte >= 0x80
}

fn run(rest: &[u8], is: impl Fn(&u8) -> bool) -> usize {
    rest.iter().position(|byte| !is(byte)).unwrap_or(rest.len())
}

fn end_of(start: usize, length: Option<usize>, token: Token) -> (Token, usize) {
    match length {
        Some(length) => (token, start + length),
        None => (Token::Unterminated, start + 1),
    }
}

/// Returns the length of a literal that starts with a quote and can have escapes.
fn quoted(rest: &[u8], quote: u8) -> Option<usize> {
    let mut at = 1;
    loop {
        match *rest.get(at)? {
            b'\\' => at += 2,
            byte if byte == quote => return Some(at + 1),
            _ => at += 1,
        }
    }
}

fn block_comment(rest: &[u8]) -> Option<usize> {
    let mut depth = 0_usize;
    let mut at = 0;
    while at + 1 < rest.len() {
        match &rest[at..at + 2] {
            b"/*" => (depth, at) = (depth + 1, at + 2),
            b"*/" if depth == 1 => return Some(at + 2),
            b"*/" => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
    }
    None
}

/// A character literal or a lifetime.
fn quote(rest: &[u8], start: usize) -> (Token, usize) {
    let width = rest.get(1).map_or(1, |byte| match byte {
        0xf0.. => 4,
        0xe0.. => 3,
        0xc0.. => 2,
        _ => 1,
    });
    if rest.get(1) == Some(&b'\\') || rest.get(1 + width) == Some(&b'\'') {
        return end_of(start, quoted(rest, b'\''), Token::Literal);
    }
    (Token::Lifetime, start + 1 + run(&rest[1..], is_word))
}

/// A word, or a raw string whose prefix looks like one.
fn word(rest: &[u8], start: usize) -> (Token, usize) {
    let length = run(rest, is_word);
    if matches!(&rest[..length], b"r" | b"br" | b"cr") {
        let hashes = run(&rest[length..], |byte| *byte == b'#');
        if rest.get(length + hashes) == Some(&b'"') {
            return end_of(start, raw_string(rest, length + hashes + 1, hashes), Token::Literal);
        }
    }
    (Token::Word, start + length)
}

fn raw_string(rest: &[u8], content: usize, hashes: usize) -> Option<usize> {
    let mut at = content;
    loop {
        at += rest.get(at..)?.iter().position(|byte| *byte == b'"')? + 1;
        if rest[at..].len() >= hashes && rest[at..at + hashes].iter().all(|byte| *byte == b'#') {
            return Some(at + hashes);
        }
    }
}
