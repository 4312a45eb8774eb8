// @generated from the OpenAPI document: change that, and generate again.

//! `multipart/form-data`: bodies of several parts, files among them.

use std::fmt::{self, Write as _};

use http::HeaderValue;
use serde::Serialize;

use super::body::Body;
use super::parameter::{Node, Parameter};
use super::payload::Payload;
use super::random::random;
use super::wire;

/// A file to be uploaded: its content, its name and its media type.
///
/// ```ignore
/// let file = File::new(std::fs::read("rex.png")?).with_name("rex.png").with_media_type("image/png");
/// ```
#[derive(Clone, Debug)]
pub struct File {
    content: Payload,
    name: Option<String>,
    media_type: Option<String>,
}

impl File {
    /// A file with this content: bytes in memory, or a [`Body`] that is read while it is sent.
    ///
    /// It is called after the part of the form that it becomes, until it is given a name.
    pub fn new(content: impl Into<Body>) -> Self {
        Self { content: Payload::from(content.into()), name: None, media_type: None }
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
}

/// A body of several parts. Parts are sent in the order in which they are added; a name may occur more than once.
#[derive(Clone, Debug, Default)]
pub struct Multipart {
    parts: Vec<Part>,
    /// The first thing that went wrong; an error when the request is sent.
    problem: Option<String>,
}

#[derive(Clone, Debug)]
struct Part {
    name: String,
    file_name: Option<String>,
    media_type: Option<String>,
    content: Payload,
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

    /// Adds a value in JSON.
    #[must_use]
    pub fn json<T: Serialize + ?Sized>(self, name: &str, value: &T) -> Self {
        match wire::to_vec(value) {
            Ok(json) => self.plain(name, Some("application/json"), json),
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
        let File { content, name: file_name, media_type: own } = file.into();
        self.parts.push(Part {
            name: name.to_owned(),
            file_name: Some(file_name.unwrap_or_else(|| name.to_owned())),
            media_type: Some(own.unwrap_or_else(|| media_type.to_owned())),
            content,
        });
        self
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

    fn plain(mut self, name: &str, media_type: Option<&str>, content: impl Into<bytes::Bytes>) -> Self {
        let mut payload = Payload::default();
        payload.push(content);
        let media_type = media_type.map(str::to_owned);
        self.parts.push(Part { name: name.to_owned(), file_name: None, media_type, content: payload });
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
            let mut head =
                format!("--{boundary}\r\ncontent-disposition: form-data; name=\"{}\"", Quoted(&part.name));
            if let Some(file_name) = &part.file_name {
                let _ = write!(head, "; filename=\"{}\"", Quoted(file_name));
            }
            if let Some(media_type) = &part.media_type {
                if HeaderValue::try_from(media_type).is_err() {
                    return Err(format!("{media_type:?} is no media type"));
                }
                let _ = write!(head, "\r\ncontent-type: {media_type}");
            }
            head.push_str("\r\n\r\n");
            payload.push(head);
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
