//! The constants of an operation, and what ties a generated request type to its answer.

use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use http::Method;

use super::auth::Requirement;

/// The constants of an operation: what a document says about it, or a caller of
/// [`Client::request`](super::Client::request).
#[derive(Clone)]
pub struct Operation {
    id: Cow<'static, str>,
    method: Method,
    path: Cow<'static, str>,
    is_repeatable: bool,
    is_redirecting: bool,
    /// Which credentials it asks for: any one of these, or none where there are none. None at all: what the API does.
    pub(super) security: Option<&'static [Requirement]>,
}

impl Operation {
    /// An operation: its `operationId`, or what stands for it; its method; and its path, which is text that may stand
    /// in the path of a URL ([RFC 3986](https://www.rfc-editor.org/rfc/rfc3986), section 3.3), and the parameters in
    /// braces.
    pub const fn new(id: &'static str, method: Method, path: &'static str) -> Self {
        Self {
            id: Cow::Borrowed(id),
            method,
            path: Cow::Borrowed(path),
            is_repeatable: false,
            is_redirecting: false,
            security: None,
        }
    }

    /// The same operation, whose success is a redirect, which is not followed.
    #[must_use]
    pub const fn redirecting(mut self) -> Self {
        self.is_redirecting = true;
        self
    }

    /// The same operation, which may be sent twice without harm whatever its method.
    #[must_use]
    pub const fn repeatable(mut self) -> Self {
        self.is_repeatable = true;
        self
    }

    /// The same operation, which asks for credentials of its own: any one of these, or none where there are none. Other
    /// operations ask for what the [`Api`](super::Api) does.
    #[must_use]
    pub const fn secured_by(mut self, security: &'static [Requirement]) -> Self {
        self.security = Some(security);
        self
    }

    /// An operation that no document knows.
    pub(super) fn of_caller(method: Method, path: String) -> Self {
        Self {
            id: Cow::Borrowed(""),
            method,
            path: Cow::Owned(path),
            is_repeatable: false,
            is_redirecting: false,
            security: None,
        }
    }

    /// Its `operationId`, or what stands for it; empty if the document does not know it.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Its method.
    pub fn method(&self) -> &Method {
        &self.method
    }

    /// Its path, with parameters in braces: `/apps/{app_id}`.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Whether its success is a redirect, which is not followed.
    pub fn is_redirecting(&self) -> bool {
        self.is_redirecting
    }

    /// Whether it may be sent twice without harm: its method is idempotent
    /// ([RFC 9110](https://www.rfc-editor.org/rfc/rfc9110#section-9.2.2), section 9.2.2), or who generated the client
    /// said so.
    pub fn is_repeatable(&self) -> bool {
        self.is_repeatable || self.method.is_idempotent()
    }
}

/// `GET /apps/{app_id}`
impl fmt::Display for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method, self.path)
    }
}

impl fmt::Debug for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.id.is_empty() { write!(f, "{self}") } else { write!(f, "{} ({self})", self.id) }
    }
}

/// The operation that something is about. A copy costs next to nothing.
#[derive(Clone)]
pub(super) enum OperationRef {
    /// One of the document's.
    Known(&'static Operation),
    /// One of the caller's.
    Own(Arc<Operation>),
}

impl Deref for OperationRef {
    type Target = Operation;

    fn deref(&self) -> &Operation {
        match self {
            Self::Known(operation) => operation,
            Self::Own(operation) => operation,
        }
    }
}

/// Makes a generated request type awaitable, and gives it the settings that every request has.
///
/// `operation!(GetPet -> Pet)` for a struct `GetPet { request: Request }` and an answer in JSON, `operation!(DeletePet)`
/// for an answer whose body, if it has one, means nothing, `operation!(GetNotes -> String, Response::text)` for any
/// other, `operation!(GetPhoto => Download)` for a body that is read as it arrives, and
/// `operation!(WatchPets => EventStream<Pet>, EventStream::json)` for one that is read item by item. `runtime` has to be
/// in scope at the place of use.
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
