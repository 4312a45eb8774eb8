//! Multipart bodies, with values and files.

use std::fmt::{self, Write as _};

use http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use http::{HeaderName, HeaderValue};
use serde::Serialize;

use super::super::net::body::Body;
use super::super::net::payload::Payload;
use super::super::net::random::random;
use super::super::rules::media_type;
use super::super::wire;
use super::parameter::{Node, Parameter};
use super::style::{self, Style};

/// A file to upload, with its content, name and media type.
///
/// ```
/// # use runtime::File;
/// fn picture() -> std::io::Result<File> {
///     Ok(File::new(std::fs::read("rex.png")?).with_name("rex.png").with_media_type("image/png"))
/// }
/// ```
#[derive(Clone, Debug)]
pub struct File {
    content: Payload,
    name: Option<String>,
    media_type: Option<String>,
    headers: Vec<PartHeader>,
}

impl File {
    /// Creates a file from bytes in memory, or from a [`Body`] that is read while it is sent.
    ///
    /// Without [`with_name`](Self::with_name), the file name is the name of the part.
    pub fn new(content: impl Into<Body>) -> Self {
        Self { content: Payload::from(content.into()), name: None, media_type: None, headers: Vec::new() }
    }

    /// Sets the file name.
    #[must_use]
    pub fn with_name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Sets the media type, such as `image/png`. The default is the one in the document, or else
    /// `application/octet-stream`.
    #[must_use]
    pub fn with_media_type(mut self, media_type: impl Into<String>) -> Self {
        self.media_type = Some(media_type.into());
        self
    }

    /// Adds a header to the part of this file. [`Multipart::part_header`] sets a header for all parts of a
    /// name.
    #[must_use]
    pub fn with_header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push(PartHeader { name: name.into(), value: value.into() });
        self
    }
}

/// A part that is text or a file. It is used where the document only says that the part is a string, since
/// some documents describe files this way.
#[derive(Clone, Debug)]
pub enum TextOrFile {
    /// Text, sent without a file name.
    Text(String),
    /// A file, sent with a file name.
    File(File),
}

impl From<&str> for TextOrFile {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for TextOrFile {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<File> for TextOrFile {
    fn from(file: File) -> Self {
        Self::File(file)
    }
}

/// A multipart body: `multipart/form-data`, or another media type that the operation has. Parts are sent in the order
/// in which they are added, and several parts can have the same name.
#[derive(Clone, Debug, Default)]
pub struct Multipart {
    parts: Vec<Part>,
    /// Pairs of a property and a header that all parts of the property get.
    headers: Vec<(String, PartHeader)>,
    /// The first error, which is returned when the request is sent.
    problem: Option<String>,
}

#[derive(Clone, Debug)]
struct Part {
    /// The property from which the part was made.
    of: String,
    name: String,
    file_name: Option<String>,
    media_type: Option<String>,
    headers: Vec<PartHeader>,
    content: Payload,
}

/// A header of a part. `Debug` omits its value, which can be as private as the part.
#[derive(Clone)]
struct PartHeader {
    name: String,
    value: String,
}

impl Multipart {
    /// Creates a body without parts.
    pub fn new() -> Self {
        Self::default()
    }

    /// Creates a body with a part for each property of an object. A list of scalars becomes several parts
    /// with the same name, objects and nested lists become JSON, and null is omitted.
    pub fn of<T: Serialize + ?Sized>(object: &T) -> Self {
        match Node::of(&object) {
            Ok(Node::Object(members)) => {
                members.into_iter().fold(Self::new(), |form, (name, value)| form.node(&name, value))
            }
            Ok(_) => Self::new().reject("only an object can be sent as a form".to_owned()),
            Err(problem) => Self::new().reject(problem),
        }
    }

    /// Adds a value as text. A list becomes several parts with the same name, and an object becomes JSON.
    #[must_use]
    pub fn text(self, name: &str, value: &dyn Parameter) -> Self {
        match Node::of(value) {
            Ok(value) => self.node(name, value),
            Err(problem) => self.reject(problem),
        }
    }

    /// Adds a value as text with a media type, such as `text/csv`. A list becomes several parts with the same
    /// name.
    #[must_use]
    pub fn text_as(mut self, name: &str, media_type: &str, value: &dyn Parameter) -> Self {
        let before = self.parts.len();
        self = self.text(name, value);
        for part in self.parts.iter_mut().skip(before) {
            // Objects and nested lists already have the media type of JSON.
            part.media_type.get_or_insert_with(|| media_type.to_owned());
        }
        self
    }

    /// Adds a value in a parameter style. Each name-value pair that it would become in a query is a part.
    /// Nothing is percent-encoded (OpenAPI 3.1, section 4.8.15; RFC 7578, section 2).
    ///
    /// ```
    /// # use runtime::{Multipart, Style};
    /// # let form =
    /// Multipart::new().styled("tags", Style::PIPE_DELIMITED, &["red", "green"]); // one part: red|green
    /// ```
    #[must_use]
    pub fn styled(self, name: &str, style: Style, value: &dyn Parameter) -> Self {
        match Node::of(value) {
            Ok(value) => (style::parts(name, style, &value).into_iter())
                .fold(self, |form, (part, text)| form.part_of(name, &part, None, text)),
            Err(problem) => self.reject(problem),
        }
    }

    /// Sets a header of all parts of the property `part`, whenever they are added. A value without text, such
    /// as an empty list, removes the header.
    #[must_use]
    pub fn part_header(mut self, part: &str, name: &str, style: Style, value: &dyn Parameter) -> Self {
        match Node::of(value) {
            Ok(value) => {
                let value = style::in_header(style, &value);
                let header = value.map(|value| PartHeader { name: name.to_owned(), value });
                self.headers.retain(|(of, known)| of != part || !known.name.eq_ignore_ascii_case(name));
                self.headers.extend(header.map(|header| (part.to_owned(), header)));
                self
            }
            Err(problem) => self.reject(problem),
        }
    }

    /// Adds a value as JSON.
    #[must_use]
    pub fn json<T: Serialize + ?Sized>(self, name: &str, value: &T) -> Self {
        self.json_as(name, "application/json", value)
    }

    /// Adds a value as JSON with another media type, such as `application/vnd.acme+json`.
    #[must_use]
    pub fn json_as<T: Serialize + ?Sized>(self, name: &str, media_type: &str, value: &T) -> Self {
        match wire::request_to_vec(value) {
            Ok(json) => self.plain(name, Some(media_type), json),
            Err(error) => self.reject(error.to_string()),
        }
    }

    /// Adds a file. Its default media type is `application/octet-stream`.
    #[must_use]
    pub fn file(self, name: &str, file: impl Into<File>) -> Self {
        self.file_as(name, "application/octet-stream", file)
    }

    /// Adds a file, with a media type for files that do not set their own.
    #[must_use]
    pub fn file_as(mut self, name: &str, media_type: &str, file: impl Into<File>) -> Self {
        let File { content, name: file_name, media_type: own, headers } = file.into();
        self.parts.push(Part {
            of: name.to_owned(),
            name: name.to_owned(),
            file_name: Some(file_name.unwrap_or_else(|| name.to_owned())),
            media_type: Some(own.unwrap_or_else(|| media_type.to_owned())),
            headers,
            content,
        });
        self
    }

    /// Adds a part that is text or a file.
    #[must_use]
    pub fn text_or_file(self, name: &str, part: impl Into<TextOrFile>) -> Self {
        match part.into() {
            TextOrFile::Text(text) => self.text(name, &text),
            TextOrFile::File(file) => self.file(name, file),
        }
    }

    /// Adds several files with the same name.
    #[must_use]
    pub fn files(
        self,
        name: &str,
        media_type: &str,
        files: impl IntoIterator<Item = impl Into<File>>,
    ) -> Self {
        files.into_iter().fold(self, |form, file| form.file_as(name, media_type, file))
    }

    fn node(self, name: &str, value: Node) -> Self {
        match value {
            Node::Null => self,
            Node::List(items) if !items.is_empty() => {
                items.into_iter().fold(self, |form, item| match item {
                    // Only the outer list becomes several parts.
                    Node::List(_) => form.plain(name, Some("application/json"), item.json()),
                    item => form.node(name, item),
                })
            }
            Node::List(_) => self,
            Node::Object(_) => self.plain(name, Some("application/json"), value.json()),
            Node::Text(text) | Node::Plain(text) => self.plain(name, None, text),
        }
    }

    fn plain(self, name: &str, media_type: Option<&str>, content: impl Into<bytes::Bytes>) -> Self {
        self.part_of(name, name, media_type, content)
    }

    fn part_of(
        mut self,
        of: &str,
        name: &str,
        media_type: Option<&str>,
        content: impl Into<bytes::Bytes>,
    ) -> Self {
        let mut payload = Payload::default();
        payload.push(content);
        self.parts.push(Part {
            of: of.to_owned(),
            name: name.to_owned(),
            file_name: None,
            media_type: media_type.map(str::to_owned),
            headers: Vec::new(),
            content: payload,
        });
        self
    }

    fn reject(mut self, problem: String) -> Self {
        self.problem.get_or_insert(problem);
        self
    }

    /// Returns the content type and the encoded body.
    ///
    /// Parts have names in every media type: receivers of `multipart/mixed` and `multipart/related` look for them, too,
    /// or ignore them.
    pub(in super::super) fn encode(self, media_type: &str) -> Result<(HeaderValue, Payload), String> {
        if let Some(problem) = self.problem {
            return Err(problem);
        }
        let boundary = boundary();
        let content_type = content_type(media_type, &boundary, self.parts.first());
        let mut payload = Payload::default();
        for part in self.parts {
            let of_property = self.headers.iter().filter(|(of, _)| *of == part.of).map(|(_, header)| header);
            payload.push(head(&boundary, &part, of_property.chain(&part.headers))?);
            payload.append(part.content);
            payload.push("\r\n");
        }
        payload.push(format!("--{boundary}--\r\n"));
        let content_type = HeaderValue::try_from(content_type).map_err(|error| error.to_string())?;
        Ok((content_type, payload))
    }
}

impl<T: Into<Body>> From<T> for File {
    fn from(content: T) -> Self {
        Self::new(content)
    }
}

/// Returns the content type of a body. `multipart/related` names the media type of its first part
/// ([RFC 2387](https://www.rfc-editor.org/rfc/rfc2387), section 3.1).
fn content_type(kind: &str, boundary: &str, first: Option<&Part>) -> String {
    let mut content_type = format!("{kind}; boundary={boundary}");
    let has_type = kind.split(';').skip(1).any(|it| it.trim_start().starts_with("type="));
    if media_type::is(kind, "multipart/related") && !has_type {
        let of_first = first.and_then(|part| part.media_type.as_deref()).unwrap_or("text/plain");
        let _ = write!(content_type, "; type=\"{}\"", media_type::essence(of_first));
    }
    content_type
}

/// Encodes the boundary and the headers of a part.
fn head<'a>(
    boundary: &str,
    part: &Part,
    headers: impl Iterator<Item = &'a PartHeader>,
) -> Result<String, String> {
    let mut head = format!("--{boundary}\r\ncontent-disposition: form-data; name=\"{}\"", Quoted(&part.name));
    if let Some(file_name) = &part.file_name {
        let _ = write!(head, "; filename=\"{}\"", Quoted(file_name));
    }
    if let Some(media_type) = &part.media_type {
        if HeaderValue::try_from(media_type).is_err() {
            return Err(format!("{media_type:?} is not a valid media type"));
        }
        let _ = write!(head, "\r\ncontent-type: {media_type}");
    }
    for PartHeader { name, value } in headers {
        let spelled =
            HeaderName::try_from(name).map_err(|_| format!("{name:?} is not a valid header name"))?;
        if [CONTENT_DISPOSITION, CONTENT_TYPE].contains(&spelled) {
            return Err(format!("the header `{spelled}` of a part is already set"));
        }
        if HeaderValue::try_from(value).is_err() {
            return Err(format!(
                "the value of the header `{spelled}` contains a character that is not allowed"
            ));
        }
        let _ = write!(head, "\r\n{spelled}: {value}");
    }
    head.push_str("\r\n\r\n");
    Ok(head)
}

impl fmt::Debug for PartHeader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ...", self.name)
    }
}

/// A quoted name, escaped as browsers do it, so that it cannot end the quotes or the line.
struct Quoted<'a>(&'a str);

impl fmt::Display for Quoted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for c in self.0.chars() {
            match c {
                '"' => f.write_str("%22")?,
                '\r' => f.write_str("%0D")?,
                '\n' => f.write_str("%0A")?,
                c => f.write_char(c)?,
            }
        }
        Ok(())
    }
}

/// Creates a boundary of 128 random bits, which occurs in no part.
fn boundary() -> String {
    format!("{:016x}{:016x}", random(), random())
}
