//! Removes the bodies of functions from Rust code, because parsing them takes most of the time and they are not part of
//! an API.
//!
//! A body becomes a block with its hash, which `parse` reads back. Line numbers stay the same.

use super::hash::Hash;
use super::lexer::{self, Token};

/// The maximum depth of delimiters and of generic arguments. It limits the recursion of the parser.
const MAX_DEPTH: usize = 128;

/// Returns the code without bodies.
///
/// # Errors
///
/// Returns the line and the message if delimiters, strings or comments are not closed, or if code is nested too deeply.
pub(super) fn without_bodies(code: &str) -> Result<String, (usize, String)> {
    let mut skeleton = Skeleton {
        code: code.as_bytes(),
        text: String::with_capacity(code.len() / 2),
        copied: 0,
        open: Vec::new(),
        angles: 0,
        pointers: 0,
    };
    skeleton.read(code).map_err(|(at, message)| (line(code, at), message))?;
    Ok(skeleton.text)
}

/// Returns the line of a byte, counted from 1.
pub(super) fn line(code: &str, at: usize) -> usize {
    1 + code.as_bytes()[..at.min(code.len())].iter().filter(|byte| **byte == b'\n').count()
}

/// The byte of an error, and its message.
type Failure = (usize, String);

struct Skeleton<'c> {
    code: &'c [u8],
    text: String,
    /// The end of the code that is already in `text`.
    copied: usize,
    /// The open delimiters and where they are.
    open: Vec<(u8, usize)>,
    /// The number of open `<`.
    angles: usize,
    /// The number of consecutive `&` and `*`.
    pointers: usize,
}

impl Skeleton<'_> {
    fn read(&mut self, code: &str) -> Result<(), Failure> {
        let mut at = 0;
        // The depth at which a function has started whose body comes next.
        let mut function = None;
        while at < self.code.len() {
            let (token, end) = lexer::next(self.code, at);
            self.count_types(token, &code[at..end], at)?;
            match token {
                Token::Word if &code[at..end] == "fn" && self.is_named(end) => {
                    function = Some(self.open.len());
                }
                Token::Other(b';') if function == Some(self.open.len()) => function = None,
                Token::Open(b'{') if function == Some(self.open.len()) => {
                    function = None;
                    at = self.skip_body(code, at)?;
                    continue;
                }
                token => self.delimiter(token, at)?,
            }
            at = end;
        }
        if let Some((_, at)) = self.open.last() {
            return Err((*at, "this delimiter is not closed".to_owned()));
        }
        self.text.push_str(&code[self.copied..]);
        Ok(())
    }

    /// Returns true if a name follows `fn`, so that it is not a type.
    fn is_named(&self, mut at: usize) -> bool {
        while at < self.code.len() {
            match lexer::next(self.code, at) {
                (Token::Space | Token::Comment, end) => at = end,
                (token, _) => return matches!(token, Token::Word | Token::Other(b'$')),
            }
        }
        false
    }

    /// Replaces the body at `start` with its hash, and returns its end.
    fn skip_body(&mut self, code: &str, start: usize) -> Result<usize, Failure> {
        let mut hash = Hash::new();
        let depth = self.open.len();
        let mut at = start;
        loop {
            let Some(_) = self.code.get(at) else {
                return Err((start, "this delimiter is not closed".to_owned()));
            };
            let (token, end) = lexer::next(self.code, at);
            self.delimiter(token, at)?;
            match token {
                Token::Space | Token::Comment => {}
                _ => {
                    hash.write(&self.code[at..end]);
                    hash.write(b" ");
                }
            }
            at = end;
            if self.open.len() == depth {
                break;
            }
        }
        self.text.push_str(&code[self.copied..start]);
        let lines = code[start..at].matches('\n').count();
        self.text.push_str(&format!("{{{}u64{}}}", hash.finish(), "\n".repeat(lines)));
        self.copied = at;
        Ok(at)
    }

    fn delimiter(&mut self, token: Token, at: usize) -> Result<(), Failure> {
        match token {
            Token::Open(_) if self.open.len() == MAX_DEPTH => {
                Err((at, format!("the code is nested more than {MAX_DEPTH} levels deep")))
            }
            Token::Open(delimiter) => {
                self.open.push((delimiter, at));
                Ok(())
            }
            Token::Close(delimiter) => match self.open.pop() {
                Some((open, _)) if lexer::closing(open) == delimiter => Ok(()),
                Some((_, start)) => Err((start, "this delimiter is not closed".to_owned())),
                None => Err((at, "this delimiter is not opened".to_owned())),
            },
            Token::Unterminated => Err((at, "this string or comment has no end".to_owned())),
            _ => Ok(()),
        }
    }

    /// Counts open `<` and consecutive `&` and `*`, which bounds the depth of types.
    fn count_types(&mut self, token: Token, word: &str, at: usize) -> Result<(), Failure> {
        match token {
            Token::Space | Token::Lifetime => return Ok(()),
            Token::Word if matches!(word, "mut" | "const") => return Ok(()),
            Token::Other(b'&' | b'*') => self.pointers += 1,
            _ => self.pointers = 0,
        }
        match token {
            Token::Other(b'<') => self.angles += 1,
            Token::Other(b'>') => self.angles = self.angles.saturating_sub(1),
            Token::Other(b';') | Token::Open(b'{') | Token::Close(b'}') => self.angles = 0,
            _ => {}
        }
        match self.angles.max(self.pointers) > MAX_DEPTH {
            true => Err((at, format!("the type is nested more than {MAX_DEPTH} levels deep"))),
            false => Ok(()),
        }
    }
}

/// Returns the parts of the code between delimiters, each with the byte where it starts: items at the top level of a file.
pub(super) fn chunks(code: &str) -> Vec<(usize, &str)> {
    let bytes = code.as_bytes();
    let (mut at, mut start, mut depth) = (0, 0, 0_usize);
    let mut chunks = Vec::new();
    while at < bytes.len() {
        let (token, end) = lexer::next(bytes, at);
        match token {
            Token::Open(_) => depth += 1,
            Token::Close(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
        let is_end = depth == 0 && matches!(token, Token::Other(b';') | Token::Close(b'}'));
        let goes_on = code[end..].trim_start().starts_with(';');
        if is_end && !goes_on {
            chunks.push((start, &code[start..end]));
            start = end;
        }
        at = end;
    }
    chunks.push((start, &code[start..]));
    chunks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(code: &str, expected: &str) {
        let skeleton = without_bodies(code).expect("the code is valid");
        let mut digits = false;
        let text = skeleton.replace("u64", "");
        let text: String = text
            .chars()
            .filter(|character| {
                let skip = digits && character.is_ascii_digit();
                digits = character.is_ascii_digit() || *character == '{';
                !skip
            })
            .collect();
        assert_eq!(text, expected);
    }

    #[test]
    fn removes_bodies_and_keeps_lines() {
        check("fn f() { let x = 1; }", "fn f() {}");
        check("fn f() -> [u8; 2] {\n a }\nstruct A { b: u8 }", "fn f() -> [u8; 2] {\n}\nstruct A { b: u8 }");
        check("trait T { fn a(&self); fn b(&self) {} }", "trait T { fn a(&self); fn b(&self) {} }");
        check("struct A { f: fn(B) -> C }", "struct A { f: fn(B) -> C }");
        check("fn f() { '{'; \"{\"; r#\"{\"#; b'{'; /* { /* */ */ // {\n } mod x {}", "fn f() {\n} mod x {}");
        check(
            "fn f<'a>(a: &'a str) { 'a: loop {} } const C: char = '\\'';",
            "fn f<'a>(a: &'a str) {} const C: char = '\\'';",
        );
    }

    #[test]
    fn hashes_code_and_not_its_layout() {
        let same = |one: &str, other: &str| without_bodies(one) == without_bodies(other);
        assert!(same("fn f() { a(b) }", "fn f() { a( b ) /* comment */ }"));
        assert!(!same("fn f() { a(b) }", "fn f() { a(c) }"));
        assert!(!same("fn f() { ab }", "fn f() { a b }"));
    }

    #[track_caller]
    fn check_error(code: &str, line: usize, message: &str) {
        assert_eq!(without_bodies(code), Err((line, message.to_owned())), "{code}");
    }

    #[test]
    fn names_the_line_of_an_error() {
        check_error("\nmod a {\n", 2, "this delimiter is not closed");
        check_error("fn a() {\n", 1, "this delimiter is not closed");
        check_error("mod a {}\n}", 2, "this delimiter is not opened");
        check_error("mod a {\n (]\n}", 2, "this delimiter is not closed");
        check_error("\n\"", 2, "this string or comment has no end");
        check_error("\n/* /* */", 2, "this string or comment has no end");
        let (open, close) = ("(".repeat(200), ")".repeat(200));
        check_error(
            &format!("const A: u8 = {open}1{close};"),
            1,
            "the code is nested more than 128 levels deep",
        );
        check_error(
            &format!("type A = {}B;", "Vec<".repeat(200)),
            1,
            "the type is nested more than 128 levels deep",
        );
        check_error(
            &format!("type A = {}B;", "&".repeat(200)),
            1,
            "the type is nested more than 128 levels deep",
        );
    }
}
