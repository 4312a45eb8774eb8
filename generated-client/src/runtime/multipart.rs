// @generated from the OpenAPI document: change that, and generate again.

//! `multipart/form-data`: bodies of several parts, files among them.

use std::fmt::{self, Write as _};

use http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use http::{HeaderName, HeaderValue};
use serde::Serialize;

use super::body::Body;
use super::parameter::{Node, Parameter};
use super::payload::Payload;
use super::random::random;
use super::style::{self, Style};
use super::wire;

/// A file to be uploaded: its content, its name and its media type.
///
/// ```
/// # use conductorone::runtime::File;
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
    /// A file with this content: bytes in memory, or a [`Body`] that is read while it is sent.
    ///
    /// It is called after the part of the form that it becomes, until it is given a name.
    pub fn new(content: impl Into<Body>) -> Self {
        Self { content: Payload::from(content.into()), name: None, media_type: None, headers: Vec::new() }
    }

    /// The same file, under this name.
    #[must_use]
    pub fn with_name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// The same file, as something of this media type: `image/png`. Without one, the server is told what its document
    /// says, or else `application/octet-stream`.
    #[must_use]
    pub fn with_media_type(mut self, media_type: impl Into<String>) -> Self {
        self.media_type = Some(media_type.into());
        self
    }

    /// The same file, with a header of its own beside those that a part always has: [`Multipart::part_header`] is for
    /// all parts of a name.
    #[must_use]
    pub fn with_header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push(PartHeader { name: name.into(), value: value.into() });
        self
    }
}

/// A part that is text or a file: the document says no more of it than that it is a string, which is how some describe
/// files.
#[derive(Clone, Debug)]
pub enum TextOrFile {
    /// It travels as text, without a name of a file.
    Text(String),
    /// It travels as a file.
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

/// A body of several parts. Parts are sent in the order in which they are added; a name may occur more than once.
#[derive(Clone, Debug, Default)]
pub struct Multipart {
    parts: Vec<Part>,
    /// The headers of all parts that come of a property, by its name.
    headers: Vec<(String, PartHeader)>,
    /// The first thing that went wrong; an error when the request is sent.
    problem: Option<String>,
}

#[derive(Clone, Debug)]
struct Part {
    /// The property that it comes of.
    of: String,
    name: String,
    file_name: Option<String>,
    media_type: Option<String>,
    headers: Vec<PartHeader>,
    content: Payload,
}

/// A header of a part. What it says is as private as the part is, and so not for logs.
#[derive(Clone)]
struct PartHeader {
    name: String,
    value: String,
}

impl Multipart {
    /// A body without parts.
    pub fn new() -> Self {
        Self::default()
    }

    /// The members of an object, each as a part: what is no scalar in JSON, a list of scalars as parts of one name.
    pub fn of<T: Serialize + ?Sized>(object: &T) -> Self {
        match Node::of(&object) {
            Ok(Node::Object(members)) => {
                members.into_iter().fold(Self::new(), |form, (name, value)| form.node(&name, value))
            }
            Ok(_) => Self::new().refuse("only an object has parts".to_owned()),
            Err(problem) => Self::new().refuse(problem),
        }
    }

    /// Adds a value as text, a list of values as parts of one name.
    #[must_use]
    pub fn text(self, name: &str, value: &dyn Parameter) -> Self {
        match Node::of(value) {
            Ok(value) => self.node(name, value),
            Err(problem) => self.refuse(problem),
        }
    }

    /// Adds a value as text of this media type: `text/csv`. A list of values becomes parts of one name.
    #[must_use]
    pub fn text_as(mut self, name: &str, media_type: &str, value: &dyn Parameter) -> Self {
        let before = self.parts.len();
        self = self.text(name, value);
        for part in self.parts.iter_mut().skip(before) {
            // What is no scalar is JSON, and says so.
            part.media_type.get_or_insert_with(|| media_type.to_owned());
        }
        self
    }

    /// Adds a value that is spelled in a style, as a parameter in a query is: each of its pairs is a part, and nothing in it
    /// is percent-encoded (OpenAPI 3.1, section 4.8.15; RFC 7578, section 2).
    ///
    /// ```
    /// # use conductorone::runtime::{Multipart, Style};
    /// # let form =
    /// Multipart::new().styled("tags", Style::PIPE_DELIMITED, &["red", "green"]); // one part: red|green
    /// ```
    #[must_use]
    pub fn styled(self, name: &str, style: Style, value: &dyn Parameter) -> Self {
        match Node::of(value) {
            Ok(value) => (style::parts(name, style, &value).into_iter())
                .fold(self, |form, (part, text)| form.part_of(name, &part, None, text)),
            Err(problem) => self.refuse(problem),
        }
    }

    /// Sets a header of every part that comes of the property `part`, whether it is there already or is still to be
    /// added. A value that has no text, such as an empty list, sets none.
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
            Err(problem) => self.refuse(problem),
        }
    }

    /// Adds a value in JSON.
    #[must_use]
    pub fn json<T: Serialize + ?Sized>(self, name: &str, value: &T) -> Self {
        self.json_as(name, "application/json", value)
    }

    /// Adds a value in JSON that the server knows as another media type: `application/vnd.acme+json`.
    #[must_use]
    pub fn json_as<T: Serialize + ?Sized>(self, name: &str, media_type: &str, value: &T) -> Self {
        match wire::request_to_vec(value) {
            Ok(json) => self.plain(name, Some(media_type), json),
            Err(error) => self.refuse(error.to_string()),
        }
    }

    /// Adds a file.
    #[must_use]
    pub fn file(self, name: &str, file: impl Into<File>) -> Self {
        self.file_of(name, "application/octet-stream", file)
    }

    /// Adds a file that is something of `media_type`, unless it says otherwise itself.
    #[must_use]
    pub fn file_of(mut self, name: &str, media_type: &str, file: impl Into<File>) -> Self {
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

    /// Adds a value as text, or a file, whichever it is.
    #[must_use]
    pub fn text_or_file(self, name: &str, part: impl Into<TextOrFile>) -> Self {
        match part.into() {
            TextOrFile::Text(text) => self.text(name, &text),
            TextOrFile::File(file) => self.file(name, file),
        }
    }

    /// Adds files under one name.
    #[must_use]
    pub fn files(self, name: &str, media_type: &str, files: impl IntoIterator<Item = File>) -> Self {
        files.into_iter().fold(self, |form, file| form.file_of(name, media_type, file))
    }

    fn node(self, name: &str, value: Node) -> Self {
        match value {
            Node::Null => self,
            Node::List(items) if !items.is_empty() => {
                items.into_iter().fold(self, |form, item| match item {
                    // A list of lists is no list of parts.
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

    fn refuse(mut self, problem: String) -> Self {
        self.problem.get_or_insert(problem);
        self
    }

    /// The content type, and what is sent.
    pub(super) fn encode(self) -> Result<(HeaderValue, Payload), String> {
        if let Some(problem) = self.problem {
            return Err(problem);
        }
        let boundary = boundary();
        let mut payload = Payload::default();
        for part in self.parts {
            let of_property = self.headers.iter().filter(|(of, _)| *of == part.of).map(|(_, header)| header);
            payload.push(head(&boundary, &part, of_property.chain(&part.headers))?);
            payload.append(part.content);
            payload.push("\r\n");
        }
        payload.push(format!("--{boundary}--\r\n"));
        let content_type = format!("multipart/form-data; boundary={boundary}");
        let content_type = HeaderValue::try_from(content_type).map_err(|error| error.to_string())?;
        Ok((content_type, payload))
    }
}

impl<T: Into<Body>> From<T> for File {
    fn from(content: T) -> Self {
        Self::new(content)
    }
}

/// What stands before the content of a part.
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
            return Err(format!("{media_type:?} is no media type"));
        }
        let _ = write!(head, "\r\ncontent-type: {media_type}");
    }
    for PartHeader { name, value } in headers {
        let spelled = HeaderName::try_from(name).map_err(|_| format!("no header is called {name:?}"))?;
        if [CONTENT_DISPOSITION, CONTENT_TYPE].contains(&spelled) {
            return Err(format!("a part has a `{spelled}` already"));
        }
        if HeaderValue::try_from(value).is_err() {
            return Err(format!("the header `{spelled}` of a part cannot hold this value"));
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

/// What is between the quotes of a name, as browsers escape it: nothing ends the quotes or the line.
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

/// A line that no part has: 128 bits that nobody can guess.
fn boundary() -> String {
    format!("{:016x}{:016x}", random(), random())
}
