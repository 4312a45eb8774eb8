//! The constants of an operation, and the macro that makes generated request types awaitable.

use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use http::{Method, StatusCode};

use super::scheme::Requirement;

/// The constants of an operation of the document, or of a request created by
/// [`Client::request`](super::super::Client::request).
#[derive(Clone)]
pub struct Operation {
    id: Cow<'static, str>,
    method: MethodName,
    path: Cow<'static, str>,
    is_repeatable: bool,
    is_redirecting: bool,
    /// The types of error bodies, by status.
    errors: &'static [(&'static str, &'static str)],
    /// The alternatives of security requirements. Empty if no credentials are sent, `None` for the default
    /// requirements of the API.
    pub(in super::super) security: Option<&'static [Requirement]>,
}

/// The method of an operation. `http` makes constants only of the methods that it knows.
#[derive(Clone)]
enum MethodName {
    Known(Method),
    Token(&'static str),
}

impl Operation {
    /// Creates an operation from its `operationId` or a replacement for it, its method, and its path.
    ///
    /// The path is text that is valid in the path of a URL
    /// ([RFC 3986](https://www.rfc-editor.org/rfc/rfc3986), section 3.3), with parameters in braces:
    /// `/apps/{app_id}`.
    pub const fn new(id: &'static str, method: Method, path: &'static str) -> Self {
        Self::described(id, MethodName::Known(method), path)
    }

    /// Creates an operation whose method is not a constant of [`Method`], such as `PURGE`.
    ///
    /// # Panics
    ///
    /// Panics if the method is not a token ([RFC 9110](https://www.rfc-editor.org/rfc/rfc9110#section-9.1),
    /// section 9.1). In a `static`, this is an error of the compiler.
    pub const fn with_method(id: &'static str, method: &'static str, path: &'static str) -> Self {
        assert!(is_token(method), "the method is not a token");
        Self::described(id, MethodName::Token(method), path)
    }

    const fn described(id: &'static str, method: MethodName, path: &'static str) -> Self {
        Self {
            id: Cow::Borrowed(id),
            method,
            path: Cow::Borrowed(path),
            is_repeatable: false,
            is_redirecting: false,
            errors: &[],
            security: None,
        }
    }

    /// Treats a redirect as a successful response, and does not follow it.
    #[must_use]
    pub const fn redirecting(mut self) -> Self {
        self.is_redirecting = true;
        self
    }

    /// Allows retries, whatever the method is.
    #[must_use]
    pub const fn repeatable(mut self) -> Self {
        self.is_repeatable = true;
        self
    }

    /// Sets the names of the types of error bodies. Each row has a status (`404`, `4XX` or `default`) and a name,
    /// which is empty if the body has no type.
    #[must_use]
    pub const fn failing_with(mut self, errors: &'static [(&'static str, &'static str)]) -> Self {
        self.errors = errors;
        self
    }

    /// Sets the security requirements of this operation: any one of them is enough. If the slice is empty, no
    /// credentials are sent. The default is [`Api::security`](super::super::Api::security).
    #[must_use]
    pub const fn secured_by(mut self, security: &'static [Requirement]) -> Self {
        self.security = Some(security);
        self
    }

    /// Creates an operation that the document does not describe.
    pub(in super::super) fn custom(method: Method, path: String) -> Self {
        Self {
            id: Cow::Borrowed(""),
            method: MethodName::Known(method),
            path: Cow::Owned(path),
            is_repeatable: false,
            is_redirecting: false,
            errors: &[],
            security: None,
        }
    }

    /// Returns the `operationId`, or the replacement for it. Empty for a request created by
    /// [`Client::request`](super::super::Client::request).
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Returns the HTTP method.
    pub fn method(&self) -> Method {
        match &self.method {
            MethodName::Known(method) => method.clone(),
            // `with_method` has checked the token.
            MethodName::Token(name) => Method::from_bytes(name.as_bytes()).unwrap_or_default(),
        }
    }

    /// Returns the name of the HTTP method, such as `GET`.
    fn method_name(&self) -> &str {
        match &self.method {
            MethodName::Known(method) => method.as_str(),
            MethodName::Token(name) => name,
        }
    }

    /// Returns the path, with parameters in braces: `/apps/{app_id}`.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Returns the name of the type that the document has for the body of an error with this status. An exact status
    /// takes precedence over a range, and a range over the default.
    pub fn error_type(&self, status: StatusCode) -> Option<&'static str> {
        let of = |wanted: &str| self.errors.iter().find(|(status, _)| *status == wanted);
        let range = || format!("{}XX", status.as_u16() / 100);
        let (_, name) = of(status.as_str()).or_else(|| of(&range())).or_else(|| of("default"))?;
        Some(*name).filter(|name| !name.is_empty())
    }

    /// Returns true if a redirect is a successful response, which is not followed.
    pub fn is_redirecting(&self) -> bool {
        self.is_redirecting
    }

    /// Returns true if repeating a request does no harm: the method is idempotent
    /// ([RFC 9110](https://www.rfc-editor.org/rfc/rfc9110#section-9.2.2), section 9.2.2), or the settings of
    /// the generator say so.
    pub fn is_repeatable(&self) -> bool {
        // Older versions of `http` do not know `QUERY`, which is safe.
        self.is_repeatable || self.method_name() == "QUERY" || self.method().is_idempotent()
    }
}

/// Formats the operation as `GET /apps/{app_id}`.
impl fmt::Display for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method_name(), self.path)
    }
}

impl fmt::Debug for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.id.is_empty() { write!(f, "{self}") } else { write!(f, "{} ({self})", self.id) }
    }
}

/// Returns true if a text is a token (RFC 9110, section 5.6.2).
const fn is_token(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut index = 0;
    while index < bytes.len() {
        let is_allowed = matches!(
            bytes[index],
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'!' | b'#'..=b'\'' | b'*' | b'+' | b'-' | b'.' | b'^'..=b'`' | b'|' | b'~'
        );
        if !is_allowed {
            return false;
        }
        index += 1;
    }
    !bytes.is_empty()
}

/// A reference to an operation, cheap to clone.
#[derive(Clone)]
pub(in super::super) enum OperationRef {
    /// An operation of the document.
    Documented(&'static Operation),
    /// An operation created by `Client::request`.
    Custom(Arc<Operation>),
}

impl Deref for OperationRef {
    type Target = Operation;

    fn deref(&self) -> &Operation {
        match self {
            Self::Documented(operation) => operation,
            Self::Custom(operation) => operation,
        }
    }
}

/// Implements `IntoFuture` and `RequestExt` for a generated request type with a field `request: Request`.
///
/// The forms are:
///
/// - `operation!(DeletePet)` ignores the response body.
/// - `operation!(GetPet -> Pet)` decodes the response body from JSON.
/// - `operation!(GetNotes -> String, Response::text)` decodes the response with a function.
/// - `operation!(GetPhoto => Download)` returns a body that is read in chunks.
/// - `operation!(WatchPets => EventStream<Pet>, EventStream::json)` returns a stream of items.
///
/// The name `runtime` must be in scope where the macro is used.
#[doc(hidden)]
#[macro_export]
macro_rules! __operation {
    (@ $request:ident) => {
        impl runtime::RequestExt for $request {
            fn request_mut(&mut self) -> &mut runtime::Request {
                &mut self.request
            }
        }
    };
    ($request:ident) => {
        runtime::operation!(@ $request);

        impl ::std::future::IntoFuture for $request {
            type Output = ::std::result::Result<(), runtime::Error>;
            type IntoFuture = runtime::ResponseFuture<()>;

            fn into_future(self) -> Self::IntoFuture {
                runtime::ResponseFuture::empty(self.request)
            }
        }
    };
    ($request:ident => Download) => {
        runtime::operation!(@ $request);

        impl ::std::future::IntoFuture for $request {
            type Output = ::std::result::Result<runtime::Download, runtime::Error>;
            type IntoFuture = runtime::BoxFuture<'static, Self::Output>;

            fn into_future(self) -> Self::IntoFuture {
                self.request.download()
            }
        }
    };
    ($request:ident => $stream:ty, $open:expr) => {
        runtime::operation!(@ $request);

        impl ::std::future::IntoFuture for $request {
            type Output = ::std::result::Result<$stream, runtime::Error>;
            type IntoFuture = runtime::BoxFuture<'static, Self::Output>;

            fn into_future(self) -> Self::IntoFuture {
                $open(self.request)
            }
        }
    };
    ($request:ident -> $answer:ty, $decode:expr) => {
        runtime::operation!(@ $request);

        impl ::std::future::IntoFuture for $request {
            type Output = ::std::result::Result<$answer, runtime::Error>;
            type IntoFuture = runtime::ResponseFuture<$answer>;

            fn into_future(self) -> Self::IntoFuture {
                runtime::ResponseFuture::new(self.request, $decode)
            }
        }
    };
    ($request:ident -> $answer:ty) => {
        runtime::operation!(@ $request);

        impl ::std::future::IntoFuture for $request {
            type Output = ::std::result::Result<$answer, runtime::Error>;
            type IntoFuture = runtime::ResponseFuture<$answer>;

            fn into_future(self) -> Self::IntoFuture {
                runtime::ResponseFuture::json(self.request)
            }
        }
    };
}

#[doc(inline)]
pub use __operation as operation;
