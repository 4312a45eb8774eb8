//! Expands the `macro_rules!` of a crate, so that the items that they produce are part of its API.
//!
//! This is the matching of the compiler without hygiene and without backtracking: enough for macros that make items. A
//! fragment such as `$type:ty` ends where a token follows that cannot belong to it.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Delimiter, Group, Ident, Punct, Spacing, Span, TokenStream, TokenTree};

/// The maximum depth of macros that expand to macros.
pub(super) const MAX_EXPANSIONS: usize = 16;

/// The maximum number of tokens of an expansion.
const MAX_TOKENS: usize = 1 << 20;

/// A macro: its rules, in order.
pub(super) struct Definition {
    rules: Vec<(Vec<Pattern>, Vec<TokenTree>)>,
}

/// A part of a pattern.
enum Pattern {
    Token(String),
    Group(Delimiter, Vec<Self>),
    Fragment { name: String, kind: String },
    Repeat { of: Vec<Self>, separator: Option<String>, operator: char },
}

/// The tokens of a fragment, or the fragments of repetitions.
#[derive(Clone)]
enum Binding {
    One(Vec<TokenTree>),
    Many(Vec<Bindings>),
}

type Bindings = BTreeMap<String, Binding>;

impl Definition {
    /// Parses the rules of a macro. Returns `None` if they are not valid.
    pub(super) fn parse(rules: TokenStream) -> Option<Self> {
        let tokens: Vec<TokenTree> = rules.into_iter().collect();
        let mut rules = Vec::new();
        let mut rest = tokens.as_slice();
        while let [TokenTree::Group(pattern), equals, greater, TokenTree::Group(body), after @ ..] = rest {
            if !is_punct(equals, '=') || !is_punct(greater, '>') {
                return None;
            }
            rules.push((patterns(&trees(pattern))?, trees(body)));
            rest = match after {
                [first, after @ ..] if is_punct(first, ';') => after,
                after => after,
            };
        }
        rest.is_empty().then_some(Self { rules })
    }

    /// Returns the expansion of a call with the first rule that matches.
    pub(super) fn expand(&self, input: TokenStream) -> Option<TokenStream> {
        let input: Vec<TokenTree> = input.into_iter().collect();
        let (bindings, body) = self.rules.iter().find_map(|(pattern, body)| {
            let mut bindings = Bindings::new();
            let end = match_all(pattern, &input, &mut bindings)?;
            (end == input.len()).then_some((bindings, body))
        })?;
        let mut output = Vec::new();
        transcribe(body, &bindings, &mut output)?;
        Some(output.into_iter().collect())
    }

    /// Returns the patterns of the rules as text.
    pub(super) fn text(rules: &TokenStream) -> String {
        let mut groups = rules.clone().into_iter().filter_map(|token| match token {
            TokenTree::Group(group) => Some(group.to_string()),
            _ => None,
        });
        let mut patterns = Vec::new();
        while let Some(pattern) = groups.next() {
            patterns.push(pattern);
            groups.next();
        }
        patterns.join("; ")
    }
}

fn trees(group: &Group) -> Vec<TokenTree> {
    group.stream().into_iter().collect()
}

fn is_punct(token: &TokenTree, character: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == character)
}

/// Parses a pattern.
fn patterns(tokens: &[TokenTree]) -> Option<Vec<Pattern>> {
    let mut patterns = Vec::new();
    let mut rest = tokens;
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        patterns.push(match (first, after) {
            (dollar, [TokenTree::Ident(name), colon, TokenTree::Ident(kind), after @ ..])
                if is_punct(dollar, '$') && is_punct(colon, ':') =>
            {
                rest = after;
                Pattern::Fragment { name: name.to_string(), kind: kind.to_string() }
            }
            (dollar, [TokenTree::Group(group), after @ ..]) if is_punct(dollar, '$') => {
                let (separator, operator, after) = repetition(after)?;
                rest = after;
                Pattern::Repeat {
                    of: patterns_of(group)?,
                    separator: separator.map(ToString::to_string),
                    operator,
                }
            }
            (TokenTree::Group(group), _) => Pattern::Group(group.delimiter(), patterns_of(group)?),
            (token, _) => Pattern::Token(token.to_string()),
        });
    }
    Some(patterns)
}

fn patterns_of(group: &Group) -> Option<Vec<Pattern>> {
    patterns(&trees(group))
}

/// Parses the end of a repetition: its separator and its operator. Returns them with the tokens that follow.
fn repetition(tokens: &[TokenTree]) -> Option<(Option<&TokenTree>, char, &[TokenTree])> {
    let operator = |token: &TokenTree| match token {
        TokenTree::Punct(punct) if matches!(punct.as_char(), '*' | '+' | '?') => Some(punct.as_char()),
        _ => None,
    };
    let (first, after) = tokens.split_first()?;
    if let Some(operator) = operator(first) {
        return Some((None, operator, after));
    }
    let (second, after) = after.split_first()?;
    Some((Some(first), operator(second)?, after))
}

/// Matches tokens with a pattern, and returns the number of matched tokens.
fn match_all(patterns: &[Pattern], tokens: &[TokenTree], bindings: &mut Bindings) -> Option<usize> {
    let mut at = 0;
    for pattern in patterns {
        let rest = &tokens[at..];
        at += match pattern {
            Pattern::Token(text) => rest.first().filter(|token| token.to_string() == *text).map(|_| 1)?,
            Pattern::Group(delimiter, inner) => match rest.first()? {
                TokenTree::Group(group) if group.delimiter() == *delimiter => {
                    let tokens = trees(group);
                    (match_all(inner, &tokens, bindings)? == tokens.len()).then_some(1)?
                }
                _ => return None,
            },
            Pattern::Fragment { name, kind } => {
                let length = fragment(kind, rest)?;
                bindings.insert(name.clone(), Binding::One(rest[..length].to_vec()));
                length
            }
            Pattern::Repeat { of, separator, operator } => {
                let (all, length) = match_repeated(of, separator.as_deref(), *operator, rest);
                if all.is_empty() && *operator == '+' {
                    return None;
                }
                for name in names(of) {
                    bindings.insert(name, Binding::Many(all.clone()));
                }
                length
            }
        };
    }
    Some(at)
}

fn match_repeated(
    of: &[Pattern],
    separator: Option<&str>,
    operator: char,
    tokens: &[TokenTree],
) -> (Vec<Bindings>, usize) {
    let mut all = Vec::new();
    // The end of the last repetition, and the start of the next one.
    let (mut end, mut next) = (0, 0);
    loop {
        let mut bindings = Bindings::new();
        match match_all(of, &tokens[next..], &mut bindings) {
            Some(length) if length > 0 => {
                all.push(bindings);
                end = next + length;
            }
            _ => break,
        }
        next = match (separator, tokens.get(end)) {
            _ if operator == '?' => break,
            (Some(separator), Some(token)) if token.to_string() == separator => end + 1,
            (Some(_), _) => break,
            (None, _) => end,
        };
    }
    (all, end)
}

/// Returns the names of all fragments of a pattern.
fn names(patterns: &[Pattern]) -> BTreeSet<String> {
    patterns
        .iter()
        .flat_map(|pattern| match pattern {
            Pattern::Token(_) => BTreeSet::new(),
            Pattern::Fragment { name, .. } => BTreeSet::from([name.clone()]),
            Pattern::Group(_, of) | Pattern::Repeat { of, .. } => names(of),
        })
        .collect()
}

/// Returns the number of tokens of a fragment.
fn fragment(kind: &str, tokens: &[TokenTree]) -> Option<usize> {
    let first = tokens.first();
    match kind {
        "ident" => matches!(first?, TokenTree::Ident(_)).then_some(1),
        "tt" => first.map(|_| 1),
        "block" => matches!(first?, TokenTree::Group(it) if it.delimiter() == Delimiter::Brace).then_some(1),
        "lifetime" => is_punct(first?, '\'').then_some(2),
        "literal" => match first? {
            TokenTree::Literal(_) => Some(1),
            TokenTree::Ident(it) => (*it == "true" || *it == "false").then_some(1),
            minus if is_punct(minus, '-') => Some(2),
            _ => None,
        },
        "vis" => Some(match tokens {
            [TokenTree::Ident(it), TokenTree::Group(_), ..] if *it == "pub" => 2,
            [TokenTree::Ident(it), ..] if *it == "pub" => 1,
            _ => 0,
        }),
        "meta" | "ty" | "path" | "expr" | "stmt" | "pat" | "pat_param" => {
            Some(until_end(kind, tokens)).filter(|length| *length > 0)
        }
        _ => None,
    }
}

/// Returns the number of tokens before the token that ends a type or expression.
fn until_end(kind: &str, tokens: &[TokenTree]) -> usize {
    let mut angles = 0_usize;
    for (at, token) in tokens.iter().enumerate() {
        let arrow = |before: char| at > 0 && is_punct(&tokens[at - 1], before);
        match token {
            TokenTree::Punct(it) => match it.as_char() {
                '<' => angles += 1,
                '>' if arrow('=') => return at.saturating_sub(1),
                '>' if !arrow('-') => angles = angles.saturating_sub(1),
                ',' | ';' if angles == 0 => return at,
                '=' | '|' if angles == 0 && matches!(kind, "ty" | "path") => {
                    return at;
                }
                _ => {}
            },
            TokenTree::Group(it) if matches!(kind, "ty" | "path") && it.delimiter() == Delimiter::Brace => {
                return at;
            }
            TokenTree::Ident(it) if matches!(kind, "ty" | "path") && (*it == "as" || *it == "where") => {
                return at;
            }
            _ => {}
        }
    }
    tokens.len()
}

/// Writes the body of a rule with the bound tokens. Returns `None` if the body is not valid, or too long.
fn transcribe(body: &[TokenTree], bindings: &Bindings, output: &mut Vec<TokenTree>) -> Option<()> {
    let mut rest = body;
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        match (first, after) {
            (dollar, [TokenTree::Ident(name), after @ ..]) if is_punct(dollar, '$') => {
                rest = after;
                match bindings.get(&name.to_string()) {
                    Some(Binding::One(tokens)) => output.extend(tokens.iter().cloned()),
                    Some(Binding::Many(_)) => return None,
                    None if *name == "crate" => output.push(Ident::new("crate", Span::call_site()).into()),
                    None => {
                        output.push(Punct::new('$', Spacing::Alone).into());
                        output.push(name.clone().into());
                    }
                }
            }
            (dollar, [TokenTree::Group(group), after @ ..]) if is_punct(dollar, '$') => {
                let (separator, _, after) = repetition(after)?;
                rest = after;
                repeat(&trees(group), separator, bindings, output)?;
            }
            (TokenTree::Group(group), _) => {
                let mut inner = Vec::new();
                transcribe(&trees(group), bindings, &mut inner)?;
                output.push(Group::new(group.delimiter(), inner.into_iter().collect()).into());
            }
            (token, _) => output.push(token.clone()),
        }
        if output.len() > MAX_TOKENS {
            return None;
        }
    }
    Some(())
}

/// Writes a repeated part of a body, once for each repetition of the fragments in it.
fn repeat(
    body: &[TokenTree],
    separator: Option<&TokenTree>,
    bindings: &Bindings,
    output: &mut Vec<TokenTree>,
) -> Option<()> {
    let mut used = BTreeSet::new();
    variables(body, &mut used);
    let repeated: Vec<&Vec<Bindings>> = used
        .iter()
        .filter_map(|name| match bindings.get(name) {
            Some(Binding::Many(all)) => Some(all),
            _ => None,
        })
        .collect();
    for index in 0..repeated.first()?.len() {
        let mut inner = bindings.clone();
        for all in &repeated {
            inner.extend(all.get(index)?.clone());
        }
        if index > 0 {
            output.extend(separator.cloned());
        }
        transcribe(body, &inner, output)?;
    }
    Some(())
}

/// Collects the names after `$`.
fn variables(body: &[TokenTree], used: &mut BTreeSet<String>) {
    for (at, token) in body.iter().enumerate() {
        match token {
            TokenTree::Ident(name) if at > 0 && is_punct(&body[at - 1], '$') => {
                used.insert(name.to_string());
            }
            TokenTree::Group(group) => variables(&trees(group), used),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(rules: &str, input: &str, expected: Option<&str>) {
        let tokens = |text: &str| text.parse::<TokenStream>().expect("it is Rust");
        let definition = Definition::parse(tokens(rules)).expect("the rules are valid");
        let spelled = |tokens: TokenStream| tokens.to_string().replace(' ', "");
        let expanded = definition.expand(tokens(input)).map(spelled);
        assert_eq!(expanded, expected.map(|text| spelled(tokens(text))), "{input}");
    }

    #[test]
    fn expands_fragments_and_repetitions() {
        check("($a:ident) => { struct $a; }", "Pet", Some("struct Pet;"));
        check("($a:ident) => { struct $a; }", "1", None);
        check(
            "($a:ident -> $b:ty, $c:expr) => { fn $a() -> $b { $c } }",
            "f -> M<A, B>, g(1)",
            Some("fn f() -> M<A, B> { g(1) }"),
        );
        check("(@ $a:ident) => { first } ; ($a:ident) => { m!(@ $a); }", "Pet", Some("m!(@ Pet);"));
        check("($($a:ident),* $(,)?) => { $(struct $a;)* }", "A, B,", Some("struct A; struct B;"));
        check(
            "($($a:ident<$($p:ident),+>)*) => { $(impl<$($p),+> X for $a<$($p),+> {})* }",
            "A<T> B<T, U>",
            Some("impl<T> X for A<T> {} impl<T, U> X for B<T, U> {}"),
        );
        check("($a:ident $(, $b:literal)?) => { f($a $(, $b)?) }", "A", Some("f(A)"));
        check("($a:ident $(, $b:literal)?) => { f($a $(, $b)?) }", "A, \"b\"", Some("f(A, \"b\")"));
        check(
            "($(#[$m:meta])* $v:vis enum $n:ident { $($w:ident($t:ty)),+ }) => { $(#[$m])* $v enum $n { $($w($t),)+ } }",
            "#[a(b)] pub enum E { A(crate::B), C(D) }",
            Some("#[a(b)] pub enum E { A(crate::B), C(D), }"),
        );
        check("() => { $crate::a }", "", Some("crate::a"));
        check("($($a:ident)+) => {}", "", None);
    }
}
