//! Paths and method calls in tokens. Macro calls are read like all other code, because `syn` does not parse what is
//! inside them.

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// A use of a name in code.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Mention {
    /// A path, such as `super::codec::Codec`, without type arguments.
    Path(Vec<String>),
    /// A name with the fields and methods that are accessed one after the other: `self.endpoint.request(..)`.
    Chain { start: String, links: Vec<Link> },
}

/// A step of a [`Mention::Chain`].
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Link {
    Field(String),
    Method(String),
}

/// Returns the names that code uses. A list in braces at the end of a path is several paths.
pub(super) fn mentions(code: TokenStream) -> Vec<Mention> {
    let mut mentions = Vec::new();
    collect(&code.into_iter().collect::<Vec<_>>(), &mut mentions);
    mentions
}

fn collect(tokens: &[TokenTree], mentions: &mut Vec<Mention>) {
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        match token {
            TokenTree::Group(group) => collect(&group.stream().into_iter().collect::<Vec<_>>(), mentions),
            TokenTree::Ident(_) if starts_name(tokens, at) => {
                let (path, end) = path(tokens, at);
                if let Some(TokenTree::Group(list)) =
                    tokens.get(end).filter(|_| ends_with_colons(tokens, end))
                {
                    collect_list(&path, &list.stream().into_iter().collect::<Vec<_>>(), mentions);
                }
                match (path.as_slice(), links(tokens, end)) {
                    ([start], links) if !links.is_empty() => {
                        mentions.push(Mention::Chain { start: start.clone(), links });
                    }
                    // A field of a struct expression or pattern, a type ascription, or a label.
                    ([_], _) if is_field_name(tokens, end) => {}
                    _ => mentions.push(Mention::Path(path)),
                }
                at = end;
                continue;
            }
            _ => {}
        }
        at += 1;
    }
}

/// Appends the paths of a list in braces, such as those of `use super::{a::B, c}`.
fn collect_list(prefix: &[String], list: &[TokenTree], mentions: &mut Vec<Mention>) {
    let mut inner = Vec::new();
    collect(list, &mut inner);
    for mention in inner {
        if let Mention::Path(rest) = mention {
            mentions.push(Mention::Path(prefix.iter().cloned().chain(rest).collect()));
        }
    }
}

/// Returns true if an identifier starts a name: it does not follow a dot, a path, a lifetime's quote, or the dollar
/// sign of a macro.
fn starts_name(tokens: &[TokenTree], at: usize) -> bool {
    let before = |back: usize| at.checked_sub(back).and_then(|before| tokens.get(before));
    match before(1) {
        // The second dot of a range, such as `0..length`, starts a name.
        Some(TokenTree::Punct(dot)) if dot.as_char() == '.' => is_punct(before(2), '.'),
        Some(TokenTree::Punct(punct)) => {
            !matches!(punct.as_char(), '\'' | '$') && !ends_with_colons(tokens, at)
        }
        _ => true,
    }
}

/// Reads a path, without the type arguments of its segments. Returns it and the index of the token after it.
fn path(tokens: &[TokenTree], start: usize) -> (Vec<String>, usize) {
    let mut segments = Vec::new();
    let mut at = start;
    while let Some(TokenTree::Ident(segment)) = tokens.get(at) {
        segments.push(segment.to_string());
        at = after_colons(tokens, at + 1);
        if !ends_with_colons(tokens, at) {
            break;
        }
        if is_punct(tokens.get(at), '<') {
            let end = after_arguments(tokens, at);
            // `Vec::<T>::new` goes on; `parse::<T>()` ends here.
            let next = after_colons(tokens, end);
            if next == end {
                break;
            }
            at = next;
        }
    }
    (segments, at)
}

/// Reads the fields and methods that follow a name. A `?` or `.await` is skipped.
fn links(tokens: &[TokenTree], mut at: usize) -> Vec<Link> {
    let mut links = Vec::new();
    loop {
        if is_punct(tokens.get(at), '?') {
            at += 1;
            continue;
        }
        let (true, Some(TokenTree::Ident(name))) = (is_punct(tokens.get(at), '.'), tokens.get(at + 1)) else {
            return links;
        };
        let name = name.to_string();
        at += 2;
        if name == "await" {
            continue;
        }
        let colons = after_colons(tokens, at);
        let arguments = if colons == at { at } else { after_arguments(tokens, colons) };
        match tokens.get(arguments) {
            Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Parenthesis => {
                links.push(Link::Method(name));
                at = arguments + 1;
            }
            _ => links.push(Link::Field(name)),
        }
    }
}

/// Returns true if a name is followed by a single colon.
fn is_field_name(tokens: &[TokenTree], end: usize) -> bool {
    is_punct(tokens.get(end), ':') && after_colons(tokens, end) == end
}

/// Returns the index after `::`, or the same index if there is none.
fn after_colons(tokens: &[TokenTree], at: usize) -> usize {
    if is_punct(tokens.get(at), ':') && is_punct(tokens.get(at + 1), ':') { at + 2 } else { at }
}

/// Returns true if the tokens before this index are `::`.
fn ends_with_colons(tokens: &[TokenTree], at: usize) -> bool {
    at >= 2 && is_punct(tokens.get(at - 1), ':') && is_punct(tokens.get(at - 2), ':')
}

/// Returns the index after type arguments in angle brackets.
fn after_arguments(tokens: &[TokenTree], mut at: usize) -> usize {
    let mut depth = 0;
    while let Some(token) = tokens.get(at) {
        let is_arrow = is_punct(at.checked_sub(1).and_then(|before| tokens.get(before)), '-');
        match token {
            TokenTree::Punct(punct) if punct.as_char() == '<' => depth += 1,
            TokenTree::Punct(punct) if punct.as_char() == '>' && !is_arrow => depth -= 1,
            _ => {}
        }
        at += 1;
        if depth == 0 {
            break;
        }
    }
    at
}

fn is_punct(token: Option<&TokenTree>, wanted: char) -> bool {
    matches!(token, Some(TokenTree::Punct(punct)) if punct.as_char() == wanted)
}
