//! How lists and objects are spelled where there is only text: OpenAPI's styles.
//!
//! A list of lists, or an object within one, has no spelling in any style: what is inside stands there as JSON.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::parameter::Node;

/// What is percent-encoded in a value: all but the unreserved characters of RFC 3986.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The same, without the reserved characters that neither end a value of the query nor begin another one. The apostrophe
/// is encoded, since the [URL standard](https://url.spec.whatwg.org/#special-query-percent-encode-set) encodes it in
/// queries of HTTP, and what is signed has to be what is sent.
const RESERVED: &AsciiSet = &ENCODED
    .remove(b':')
    .remove(b'/')
    .remove(b'?')
    .remove(b'@')
    .remove(b'!')
    .remove(b'$')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b',')
    .remove(b';')
    .remove(b'=');

/// How a parameter is spelled: `style`, `explode`, `allowReserved` and `allowEmptyValue`, or `content`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    kind: Kind,
    explode: bool,
    allow_reserved: bool,
    allow_empty: bool,
    /// Whether what is spelled stands alone, so that there is nothing to be encoded.
    is_alone: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Simple,
    Label,
    Matrix,
    Form,
    SpaceDelimited,
    PipeDelimited,
    DeepObject,
    Json,
}

impl Style {
    /// `blue,black`; `R,100,G,200`, exploded `R=100,G=200`.
    pub const SIMPLE: Self = Self::new(Kind::Simple);
    /// `.blue,black`, exploded `.blue.black`; `.R,100,G,200`, exploded `.R=100.G=200`.
    pub const LABEL: Self = Self::new(Kind::Label);
    /// `;color=blue,black`, exploded `;color=blue;color=black`; `;color=R,100,G,200`, exploded `;R=100;G=200`.
    pub const MATRIX: Self = Self::new(Kind::Matrix);
    /// `color=blue,black`, exploded `color=blue&color=black`; `color=R,100,G,200`, exploded `R=100&G=200`.
    pub const FORM: Self = Self::new(Kind::Form);
    /// `color=blue%20black`; `color=R%20100%20G%20200`.
    pub const SPACE_DELIMITED: Self = Self::new(Kind::SpaceDelimited);
    /// `color=blue%7Cblack`; `color=R%7C100%7CG%7C200`.
    pub const PIPE_DELIMITED: Self = Self::new(Kind::PipeDelimited);
    /// `color[R]=100&color[G]=200`, the brackets encoded; the items of a list one by one.
    pub const DEEP_OBJECT: Self = Self::new(Kind::DeepObject);
    /// JSON, whatever the value is.
    pub const JSON: Self = Self::new(Kind::Json);

    const fn new(kind: Kind) -> Self {
        Self { kind, explode: false, allow_reserved: false, allow_empty: false, is_alone: false }
    }

    /// The same, with the items of lists and the members of objects apart from one another.
    #[must_use]
    pub const fn exploded(mut self) -> Self {
        self.explode = true;
        self
    }

    /// The same, with reserved characters as they are, as far as they cannot end the value.
    #[must_use]
    pub const fn allow_reserved(mut self) -> Self {
        self.allow_reserved = true;
        self
    }

    /// The same, with an empty list sent as the name and no value, rather than not at all.
    #[must_use]
    pub const fn allow_empty(mut self) -> Self {
        self.allow_empty = true;
        self
    }

    fn encode(self, text: &str) -> String {
        if self.is_alone {
            return text.to_owned();
        }
        Cow::from(utf8_percent_encode(text, if self.allow_reserved { RESERVED } else { ENCODED }))
            .into_owned()
    }

    fn pair(self, name: &str, value: &str) -> Pair {
        (name.to_owned(), self.encode(value))
    }

    /// What stands between the items of a list that is not exploded.
    fn delimiter(self) -> &'static str {
        match self.kind {
            Kind::SpaceDelimited if self.is_alone => " ",
            Kind::PipeDelimited if self.is_alone => "|",
            Kind::SpaceDelimited => "%20",
            Kind::PipeDelimited => "%7C",
            _ => ",",
        }
    }
}

/// A name as it is, and a value as it is spelled.
type Pair = (String, String);

/// The pairs of a query, a form or a cookie that a value becomes, encoded: `name=value` each.
pub(super) fn pairs(name: &str, style: Style, value: &Node) -> Vec<String> {
    let pairs = spelled(name, style, value).into_iter();
    pairs.map(|(name, value)| format!("{}={value}", percent_encode(&name))).collect()
}

/// The parts of a body that a value becomes: what would be a pair each, and as it is.
pub(super) fn parts(name: &str, style: Style, value: &Node) -> Vec<Pair> {
    spelled(name, Style { is_alone: true, ..style }, value)
}

fn spelled(name: &str, style: Style, value: &Node) -> Vec<Pair> {
    match value {
        value if style.kind == Kind::Json => vec![style.pair(name, &value.json())],
        Node::Null => Vec::new(),
        Node::Text(text) | Node::Plain(text) => vec![style.pair(name, text)],
        Node::List(items) if items.is_empty() => {
            style.allow_empty.then(|| style.pair(name, "")).into_iter().collect()
        }
        Node::Object(members) if style.kind == Kind::DeepObject => deep(name, style, members),
        Node::List(items) if style.explode || style.kind == Kind::DeepObject => {
            items.iter().map(|item| style.pair(name, &item.text())).collect()
        }
        Node::Object(members) if style.explode => {
            members.iter().flat_map(|(name, value)| each(style, name, value)).collect()
        }
        Node::List(_) | Node::Object(_) => {
            let texts = flat(value, |text| style.encode(text));
            if texts.is_empty() {
                return Vec::new();
            }
            vec![(name.to_owned(), texts.join(style.delimiter()))]
        }
    }
}

/// The pairs of a form that an object is. A member is spelled in its style; without one, lists are exploded and
/// objects are JSON. None if the value is no object.
pub(super) fn form(value: &Node, styles: &[(&str, Style)]) -> Option<Vec<String>> {
    let Node::Object(members) = value else { return None };
    let pairs_of = |(name, value): &(String, Node)| {
        let style = styles.iter().find(|(of, _)| of == name).map(|(_, style)| *style);
        match (style, value) {
            (Some(style), value) => pairs(name, style, value),
            (None, Node::Object(_)) => pairs(name, Style::JSON, value),
            (None, value) => pairs(name, Style::FORM.exploded(), value),
        }
    };
    Some(members.iter().flat_map(pairs_of).collect())
}

/// The text of a value in a path, encoded. None if there is none.
pub(super) fn in_path<'v>(name: &str, style: Style, value: &'v Node) -> Option<Cow<'v, str>> {
    if let (Kind::Simple, Node::Text(text) | Node::Plain(text)) = (style.kind, value) {
        return Some(utf8_percent_encode(text, ENCODED).into());
    }
    let name = percent_encode(name);
    let texts = texts(style, value, percent_encode);
    let text = match (style.kind, style.explode) {
        (_, _) if texts.is_empty() => return None,
        (Kind::Label, explode) => format!(".{}", texts.join(if explode { "." } else { "," })),
        (Kind::Matrix, true) if matches!(value, Node::Object(_)) => format!(";{}", texts.join(";")),
        (Kind::Matrix, true) => texts.iter().map(|text| matrix(&name, text)).collect(),
        (Kind::Matrix, false) => matrix(&name, &texts.join(",")),
        _ => texts.join(","),
    };
    Some(text.into())
}

/// The text of a value in a header, as it is. None if there is none.
pub(super) fn in_header(style: Style, value: &Node) -> Option<String> {
    let texts = texts(style, value, str::to_owned);
    if texts.is_empty() { None } else { Some(texts.join(",")) }
}

/// Percent-encodes all that could mean something.
pub(super) fn percent_encode(text: &str) -> String {
    Cow::from(utf8_percent_encode(text, ENCODED)).into_owned()
}

fn matrix(name: &str, text: &str) -> String {
    if text.is_empty() { format!(";{name}") } else { format!(";{name}={text}") }
}

/// The texts that stand beside one another in a path or a header.
fn texts(style: Style, value: &Node, encode: fn(&str) -> String) -> Vec<String> {
    match value {
        value if style.kind == Kind::Json => vec![encode(&value.json())],
        Node::Object(members) if style.explode => (members.iter())
            .filter(|(_, value)| !value.is_null())
            .map(|(name, value)| format!("{}={}", encode(name), encode(&value.text())))
            .collect(),
        value => flat(value, encode),
    }
}

/// A scalar, the items of a list, or the names and values of an object by turns.
fn flat(value: &Node, encode: impl Fn(&str) -> String) -> Vec<String> {
    match value {
        Node::Null => Vec::new(),
        Node::Text(text) | Node::Plain(text) => vec![encode(text)],
        Node::List(items) => items.iter().map(|item| encode(&item.text())).collect(),
        Node::Object(members) => (members.iter())
            .filter(|(_, value)| !value.is_null())
            .flat_map(|(name, value)| [encode(name), encode(&value.text())])
            .collect(),
    }
}

/// A member of an exploded object; the items of a list one by one.
fn each(style: Style, name: &str, value: &Node) -> Vec<Pair> {
    match value {
        Node::Null => Vec::new(),
        Node::List(items) => items.iter().map(|item| style.pair(name, &item.text())).collect(),
        value => vec![style.pair(name, &value.text())],
    }
}

/// The members of an object in brackets, however deep they are.
fn deep(name: &str, style: Style, members: &[(String, Node)]) -> Vec<Pair> {
    let pairs_of = |(member, value): &(String, Node)| {
        let name = format!("{name}[{member}]");
        match value {
            Node::Object(members) => deep(&name, style, members),
            value => each(style, &name, value),
        }
    };
    members.iter().flat_map(pairs_of).collect()
}
