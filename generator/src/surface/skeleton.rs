//! Removes the bodies of functions from Rust code, because parsing them takes most of the time and they are not part of
//! an API.
//!
//! A body becomes a block with its hash, and a documentation comment becomes an attribute with its hash: `{h12ab}`,
//! `#[doc = h12ab]`. The functions of a trait's impl lose their signatures as well, which the trait has. Line numbers stay the
//! same.

use syn::Expr;

use super::lexer::{self, Token};
use crate::hash::Hash;

/// The maximum depth of delimiters and of generic arguments. It limits the recursion of the parser.
pub(super) const MAX_DEPTH: usize = 128;

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
        trait_impl: None,
        angles: 0,
        is_after_value: false,
        pointers: 0,
    };
    skeleton.read(code).map_err(|(at, message)| (line(code, at), message))?;
    Ok(skeleton.text)
}

/// Returns the line of a byte, counted from 1.
pub(super) fn line(code: &str, at: usize) -> usize {
    1 + code.as_bytes()[..at.min(code.len())].iter().filter(|byte| **byte == b'\n').count()
}

/// Returns the hash that an expression of a skeleton stands for.
pub(super) fn hash(expression: &Expr) -> Option<u64> {
    let Expr::Path(it) = expression else { return None };
    u64::from_str_radix(it.path.get_ident()?.to_string().strip_prefix('h')?, 16).ok()
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
    /// The start of the body of the last impl of a trait.
    trait_impl: Option<usize>,
    /// The number of open `<`.
    angles: usize,
    /// True after a literal, where `<` compares or shifts.
    is_after_value: bool,
    /// The number of consecutive `&` and `*`.
    pointers: usize,
}

impl Skeleton<'_> {
    fn read(&mut self, code: &str) -> Result<(), Failure> {
        let mut at = 0;
        // The depth at which a function has started whose body comes next, and the start of the code that its body replaces.
        let mut function = None;
        while at < self.code.len() {
            let (token, end) = lexer::next(self.code, at);
            self.count_types(token, &code[at..end], at)?;
            let depth = self.open.len();
            match token {
                Token::Comment if function.is_none() => at = self.skip_comment(code, at, end),
                Token::Word if &code[at..end] == "fn" && self.is_named(end) => {
                    let is_in_trait_impl =
                        self.open.last().is_some_and(|(_, start)| Some(*start) == self.trait_impl);
                    function = Some((depth, is_in_trait_impl.then_some(at)));
                    at = end;
                }
                Token::Word if function.is_none() && &code[at..end] == "impl" => {
                    self.trait_impl = self.body_of_trait_impl(code, end);
                    at = end;
                }
                Token::Open(b'{') if function.is_some_and(|(of, _)| of == depth) => {
                    let start = function.take().and_then(|(_, start)| start);
                    at = self.skip_body(code, start, at)?;
                }
                token => {
                    if token == Token::Other(b';') && function.is_some_and(|(of, _)| of == depth) {
                        function = None;
                    }
                    self.delimiter(token, at)?;
                    // A function that a macro names has no body after its delimiter.
                    if function.is_some_and(|(of, _)| self.open.len() < of) {
                        function = None;
                    }
                    at = end;
                }
            }
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

    /// Returns the start of the body of an impl, if it is of a trait.
    fn body_of_trait_impl(&self, code: &str, mut at: usize) -> Option<usize> {
        let mut is_of_trait = false;
        while at < self.code.len() {
            let (token, end) = lexer::next(self.code, at);
            match token {
                // `for<'a>` belongs to a bound.
                Token::Word if &code[at..end] == "for" => {
                    is_of_trait |= !code[end..].trim_start().starts_with('<')
                }
                Token::Open(b'{') => return is_of_trait.then_some(at),
                // The header of an impl has no other `impl`, so no code is read twice.
                Token::Word if &code[at..end] == "impl" => return None,
                Token::Other(b';') => return None,
                _ => {}
            }
            at = end;
        }
        None
    }

    /// Replaces consecutive lines of documentation with an attribute, and returns their end. Other comments stay.
    fn skip_comment(&mut self, code: &str, start: usize, end: usize) -> usize {
        let is_doc = |at: usize| code[at..].starts_with("///") && !code[at..].starts_with("////");
        if code[start..].starts_with("//!") {
            self.replace(code, start, end, "");
            return end;
        }
        if !is_doc(start) {
            return end;
        }
        let mut hash = Hash::new();
        let mut at = start;
        let mut last = end;
        loop {
            let (token, end) = lexer::next(self.code, at);
            match token {
                Token::Comment if is_doc(at) => {
                    hash.write(&self.code[at..end]);
                    last = end;
                }
                Token::Space => {}
                _ => break,
            }
            at = end;
            if at == self.code.len() {
                break;
            }
        }
        self.replace(code, start, last, &format!("#[doc = h{:x}]", hash.finish()));
        last
    }

    /// Replaces the body at `start` with its hash, and returns its end. `from` is the start of the function if its signature
    /// is replaced as well.
    fn skip_body(&mut self, code: &str, from: Option<usize>, start: usize) -> Result<usize, Failure> {
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
        let hash = hash.finish();
        match from {
            Some(from) => self.replace(code, from, at, &format!("fn f(){{h{hash:x}}}")),
            None => self.replace(code, start, at, &format!("{{h{hash:x}}}")),
        }
        Ok(at)
    }

    /// Replaces a range of the code, and keeps its lines.
    fn replace(&mut self, code: &str, start: usize, end: usize, text: &str) {
        self.text.push_str(&code[self.copied..start]);
        self.text.push_str(text);
        let lines = code[start..end].bytes().filter(|byte| *byte == b'\n').count();
        self.text.extend(std::iter::repeat_n('\n', lines));
        self.copied = end;
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

    /// Returns true if `<` is a part of `<<` before a number.
    fn shifts_by_number(&self, at: usize) -> bool {
        let start = if at > 0 && self.code[at - 1] == b'<' { at - 1 } else { at };
        let shifted = self.code[start..].strip_prefix(b"<<").map(<[u8]>::trim_ascii_start);
        shifted.and_then(<[u8]>::first).is_some_and(u8::is_ascii_digit)
    }

    /// Counts open `<` and consecutive `&` and `*`, which bounds the depth of types.
    fn count_types(&mut self, token: Token, word: &str, at: usize) -> Result<(), Failure> {
        match token {
            Token::Space | Token::Lifetime => return Ok(()),
            Token::Word if matches!(word, "mut" | "const") => return Ok(()),
            Token::Other(b'&' | b'*') => self.pointers += 1,
            _ => self.pointers = 0,
        }
        // The second `<` of a shift does not open anything, either.
        let is_shifted = self.is_after_value && token == Token::Other(b'<');
        let is_number = token == Token::Word && word.starts_with(|it: char| it.is_ascii_digit());
        self.is_after_value = is_number || token == Token::Literal || is_shifted;
        match token {
            Token::Other(b'<') if is_shifted || self.shifts_by_number(at) => {}
            Token::Other(b'<') => self.angles += 1,
            Token::Other(b'>') if at > 0 && self.code[at - 1] == b'-' => {}
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
        let mut text = String::new();
        let mut rest = skeleton.as_str();
        while let Some(at) = rest.find("{h").or_else(|| rest.find("= h")) {
            let length = rest[at + 2..].find(|it: char| !it.is_ascii_hexdigit() && it != 'h' && it != ' ');
            text.push_str(&rest[..=at]);
            rest = &rest[at + 2 + length.unwrap_or_default()..];
        }
        text.push_str(rest);
        assert_eq!(text, expected);
    }

    #[test]
    fn removes_bodies_and_keeps_lines() {
        check("fn f() { let x = 1; }", "fn f() {}");
        check("fn f() -> [u8; 2] {\n a }\nstruct A { b: u8 }", "fn f() -> [u8; 2] {}\n\nstruct A { b: u8 }");
        check("trait T { fn a(&self); fn b(&self) {} }", "trait T { fn a(&self); fn b(&self) {} }");
        check("struct A { f: fn(B) -> C }", "struct A { f: fn(B) -> C }");
        check("fn f() { '{'; \"{\"; r#\"{\"#; b'{'; /* { /* */ */ // {\n } mod x {}", "fn f() {}\n mod x {}");
        check(
            "fn f<'a>(a: &'a str) { 'a: loop {} } const C: char = '\\'';",
            "fn f<'a>(a: &'a str) {} const C: char = '\\'';",
        );
    }

    #[test]
    fn removes_documentation_and_what_a_trait_knows() {
        check("/// A.\n/// B.\nstruct A;", "#[doc =]\n\nstruct A;");
        check("//! A.\nstruct A;", "\nstruct A;");
        check("// A.\nstruct A;", "// A.\nstruct A;");
        check("impl A for B { type C = D; fn e(&self) -> F { g } }", "impl A for B { type C = D; fn f(){} }");
        check("impl B { fn e(&self) -> F { g } }", "impl B { fn e(&self) -> F {} }");
        check(
            "impl<T: for<'a> A<'a>> B<T> { fn e(&self) {} }",
            "impl<T: for<'a> A<'a>> B<T> { fn e(&self) {} }",
        );
    }

    #[test]
    fn hashes_code_and_not_its_layout() {
        let same = |one: &str, other: &str| without_bodies(one) == without_bodies(other);
        assert!(same("fn f() { a(b) }", "fn f() { a( b ) /* comment */ }"));
        assert!(!same("fn f() { a(b) }", "fn f() { a(c) }"));
        assert!(!same("fn f() { ab }", "fn f() { a b }"));
    }

    #[test]
    fn accepts_shifts_and_functions_of_macros() {
        let check_valid = |code: &str| assert!(without_bodies(code).is_ok(), "{code}");
        check_valid(&format!("const A: [u8; 70] = [{}];", "1 << 0, ".repeat(70)));
        check_valid(&format!("const A: [u8; 70] = [{}];", "B << 0, ".repeat(70)));
        check_valid(&format!("const A: [bool; 200] = [{}];", "1 < B, ".repeat(200)));
        check("a! { (fn b) } mod c { struct D; }", "a! { (fn b) } mod c { struct D; }");
        check("a!((fn b)); c! { d }", "a!((fn b)); c! { d }");
        check("mod a { b!(fn c) } mod d { struct E; }", "mod a { b!(fn c) } mod d { struct E; }");
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
