// @generated from the OpenAPI document. Change the document, and generate again.

//! OpenAPI's parameter styles: how lists and objects are encoded as text.
//!
//! No style defines nested lists, or lists and objects within objects. Such inner values are encoded as JSON.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, CONTROLS, NON_ALPHANUMERIC, utf8_percent_encode};

use super::parameter::Node;

/// The characters that are percent-encoded in a value: all but the unreserved characters of RFC 3986.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The characters that are percent-encoded with `allowReserved`. Reserved characters are left, except those
/// that would end a query value or start another. The apostrophe is encoded, since the [URL
/// standard](https://url.spec.whatwg.org/#special-query-percent-encode-set) encodes it in HTTP queries and a
/// signed URL must not change.
const ENCODED_UNLESS_RESERVED: &AsciiSet = &ENCODED
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

/// The characters that are percent-encoded in a path with `allowReserved`. Reserved characters are left if they can be in
/// a segment.
const ENCODED_IN_SEGMENT: &AsciiSet = &ENCODED
    .remove(b':')
    .remove(b'@')
    .remove(b'!')
    .remove(b'$')
    .remove(b'&')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b'+')
    .remove(b',')
    .remove(b';')
    .remove(b'=');

/// The characters that are not valid in a query, in whatever place. The apostrophe is encoded as above.
const INVALID_IN_QUERY: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'<')
    .add(b'>')
    .add(b'\'')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// The encoding of a parameter: its `style`, `explode`, `allowReserved` and `allowEmptyValue`, or its
/// `content`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    kind: Kind,
    explode: bool,
    allow_reserved: bool,
    allow_empty: bool,
    /// True if each value is a part of a multipart body, which needs no encoding.
    is_unencoded: bool,
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
    Cookie,
    Json,
}

impl Style {
    /// The style `simple`: `blue,black` for a list; `R,100,G,200` for an object, exploded `R=100,G=200`.
    pub const SIMPLE: Self = Self::new(Kind::Simple);
    /// The style `label`: `.blue,black`, exploded `.blue.black`; `.R,100,G,200`, exploded `.R=100.G=200`.
    pub const LABEL: Self = Self::new(Kind::Label);
    /// The style `matrix`: `;color=blue,black`, exploded `;color=blue;color=black`; `;color=R,100,G,200`,
    /// exploded `;R=100;G=200`.
    pub const MATRIX: Self = Self::new(Kind::Matrix);
    /// The style `form`: `color=blue,black`, exploded `color=blue&color=black`; `color=R,100,G,200`, exploded
    /// `R=100&G=200`.
    pub const FORM: Self = Self::new(Kind::Form);
    /// The style `spaceDelimited`: `color=blue%20black`; `color=R%20100%20G%20200`.
    pub const SPACE_DELIMITED: Self = Self::new(Kind::SpaceDelimited);
    /// The style `pipeDelimited`: `color=blue%7Cblack`; `color=R%7C100%7CG%7C200`.
    pub const PIPE_DELIMITED: Self = Self::new(Kind::PipeDelimited);
    /// The style `deepObject`: `color[R]=100&color[G]=200`, with percent-encoded brackets. A list becomes one
    /// pair per item.
    pub const DEEP_OBJECT: Self = Self::new(Kind::DeepObject);
    /// The style `cookie`: like `form`, but values are sent as they are. They must not contain characters that are not
    /// allowed in a cookie.
    pub const COOKIE: Self = Self::new(Kind::Cookie);
    /// `content` instead of a style: any value is encoded as JSON.
    pub const JSON: Self = Self::new(Kind::Json);

    const fn new(kind: Kind) -> Self {
        Self { kind, explode: false, allow_reserved: false, allow_empty: false, is_unencoded: false }
    }

    /// Sets `explode`: the items of a list and the properties of an object are encoded separately.
    #[must_use]
    pub const fn exploded(mut self) -> Self {
        self.explode = true;
        self
    }

    /// Sets `allowReserved`: reserved characters are not percent-encoded, unless they would end the value.
    #[must_use]
    pub const fn allow_reserved(mut self) -> Self {
        self.allow_reserved = true;
        self
    }

    /// Sets `allowEmptyValue`: an empty list is sent as a name without a value, and not omitted.
    #[must_use]
    pub const fn allow_empty(mut self) -> Self {
        self.allow_empty = true;
        self
    }

    fn encode(self, text: &str) -> String {
        if self.is_unencoded || self.kind == Kind::Cookie {
            return text.to_owned();
        }
        Cow::from(utf8_percent_encode(
            text,
            if self.allow_reserved { ENCODED_UNLESS_RESERVED } else { ENCODED },
        ))
        .into_owned()
    }

    fn pair(self, name: &str, value: &str) -> Pair {
        (name.to_owned(), self.encode(value))
    }

    /// Returns the delimiter of a list that is not exploded.
    fn delimiter(self) -> &'static str {
        match self.kind {
            Kind::SpaceDelimited if self.is_unencoded => " ",
            Kind::PipeDelimited if self.is_unencoded => "|",
            Kind::SpaceDelimited => "%20",
            Kind::PipeDelimited => "%7C",
            _ => ",",
        }
    }
}

/// A plain name and an encoded value.
type Pair = (String, String);

/// Encodes a value as the pairs of a query, form or cookie, `name=value` each.
pub(in super::super) fn pairs(name: &str, style: Style, value: &Node) -> Vec<String> {
    let pairs = serialize(name, style, value).into_iter();
    let name_of = |name: String| if style.kind == Kind::Cookie { name } else { percent_encode(&name) };
    pairs.map(|(name, value)| format!("{}={value}", name_of(name))).collect()
}

/// Returns true if a cookie can have this name and value (RFC 6265, section 4.1.1). A comma separates the items of a list.
pub(in super::super) fn is_cookie_pair(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_graphic() && !matches!(byte, b'"' | b';' | b'\\'))
}

/// Encodes a value as a whole query: text, or any value as JSON.
pub(in super::super) fn query_string(style: Style, value: &Node) -> String {
    match value {
        value if style.kind == Kind::Json => percent_encode(&value.json()),
        value => percent_encode(&value.text()),
    }
}

/// Encodes a form as a whole query. Text is a form that the caller has encoded. Returns `None` for any other value.
pub(in super::super) fn query_form(value: &Node, styles: &[(&str, Style)]) -> Option<String> {
    match value {
        Node::Text(text) => Some(utf8_percent_encode(text, INVALID_IN_QUERY).to_string()),
        value => form(value, styles).map(|pairs| pairs.join("&")),
    }
}

fn serialize(name: &str, style: Style, value: &Node) -> Vec<Pair> {
    match value {
        value if style.kind == Kind::Json => vec![style.pair(name, &value.json())],
        Node::Null => Vec::new(),
        Node::Text(text) | Node::Plain(text) => vec![style.pair(name, text)],
        Node::List(items) if items.is_empty() => {
            style.allow_empty.then(|| style.pair(name, "")).into_iter().collect()
        }
        Node::Object(properties) if style.kind == Kind::DeepObject => deep_pairs(name, style, properties),
        Node::List(items) if style.explode || style.kind == Kind::DeepObject => {
            items.iter().map(|item| style.pair(name, &item.text())).collect()
        }
        Node::Object(properties) if style.explode => {
            properties.iter().flat_map(|(name, value)| property_pairs(style, name, value)).collect()
        }
        Node::List(_) | Node::Object(_) => {
            let texts = flatten(value, |text| style.encode(text));
            if texts.is_empty() {
                return Vec::new();
            }
            vec![(name.to_owned(), texts.join(style.delimiter()))]
        }
    }
}

/// Encodes an object as the pairs of a form. A property without a style is exploded if it is a list, and JSON
/// if it is an object. Returns `None` if the value is not an object.
pub(in super::super) fn form(value: &Node, styles: &[(&str, Style)]) -> Option<Vec<String>> {
    let Node::Object(properties) = value else { return None };
    let pairs_of = |(name, value): &(String, Node)| {
        let style = styles.iter().find(|(of, _)| of == name).map(|(_, style)| *style);
        match (style, value) {
            (Some(style), value) => pairs(name, style, value),
            (None, Node::Object(_)) => pairs(name, Style::JSON, value),
            (None, value) => pairs(name, Style::FORM.exploded(), value),
        }
    };
    Some(properties.iter().flat_map(pairs_of).collect())
}

/// Encodes a value for a path. Returns `None` if it is null or empty.
pub(in super::super) fn in_path<'v>(name: &str, style: Style, value: &'v Node) -> Option<Cow<'v, str>> {
    if let (Kind::Simple, false, Node::Text(text) | Node::Plain(text)) =
        (style.kind, style.allow_reserved, value)
    {
        return Some(utf8_percent_encode(text, ENCODED).into());
    }
    let name = percent_encode(name);
    let encode = if style.allow_reserved { percent_encode_segment } else { percent_encode };
    let texts = texts(style, value, encode);
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

/// Encodes a value for a header. Returns `None` if it is null or empty.
pub(in super::super) fn in_header(style: Style, value: &Node) -> Option<String> {
    let texts = texts(style, value, str::to_owned);
    if texts.is_empty() { None } else { Some(texts.join(",")) }
}

/// Percent-encodes all characters except the unreserved ones.
pub(in super::super) fn percent_encode(text: &str) -> String {
    Cow::from(utf8_percent_encode(text, ENCODED)).into_owned()
}

/// Percent-encodes the characters that a segment of a path does not allow.
fn percent_encode_segment(text: &str) -> String {
    Cow::from(utf8_percent_encode(text, ENCODED_IN_SEGMENT)).into_owned()
}

fn matrix(name: &str, text: &str) -> String {
    if text.is_empty() { format!(";{name}") } else { format!(";{name}={text}") }
}

/// Returns the texts that are joined in a path or a header.
fn texts(style: Style, value: &Node, encode: fn(&str) -> String) -> Vec<String> {
    match value {
        value if style.kind == Kind::Json => vec![encode(&value.json())],
        Node::Object(properties) if style.explode => (properties.iter())
            .filter(|(_, value)| !value.is_null())
            .map(|(name, value)| format!("{}={}", encode(name), encode(&value.text())))
            .collect(),
        value => flatten(value, encode),
    }
}

/// Returns a scalar, the items of a list, or the names and values of an object in turn.
fn flatten(value: &Node, encode: impl Fn(&str) -> String) -> Vec<String> {
    match value {
        Node::Null => Vec::new(),
        Node::Text(text) | Node::Plain(text) => vec![encode(text)],
        Node::List(items) => items.iter().map(|item| encode(&item.text())).collect(),
        Node::Object(properties) => (properties.iter())
            .filter(|(_, value)| !value.is_null())
            .flat_map(|(name, value)| [encode(name), encode(&value.text())])
            .collect(),
    }
}

/// Returns the pairs of a property of an exploded object. A list becomes one pair per item.
fn property_pairs(style: Style, name: &str, value: &Node) -> Vec<Pair> {
    match value {
        Node::Null => Vec::new(),
        Node::List(items) => items.iter().map(|item| style.pair(name, &item.text())).collect(),
        value => vec![style.pair(name, &value.text())],
    }
}

/// Returns the pairs of an object in the style `deepObject`, with brackets for each level.
fn deep_pairs(name: &str, style: Style, properties: &[(String, Node)]) -> Vec<Pair> {
    let pairs_of = |(property, value): &(String, Node)| {
        let name = format!("{name}[{property}]");
        match value {
            Node::Object(properties) => deep_pairs(&name, style, properties),
            value => property_pairs(style, &name, value),
        }
    };
    properties.iter().flat_map(pairs_of).collect()
}
