// @generated from the OpenAPI document: change that, and generate again.

//! The constants of an operation, and what ties a generated request type to its answer.

use std::fmt;

use http::Method;

use super::auth::Requirement;

/// The constants of an operation.
#[derive(Clone)]
pub struct Operation {
    /// Its `operationId`, or what stands for it.
    pub id: &'static str,
    /// Its method.
    pub method: Method,
    /// Its path: text that may stand in the path of a URL ([RFC 3986](https://www.rfc-editor.org/rfc/rfc3986), section
    /// 3.3), and the parameters in braces.
    pub path: &'static str,
    /// Which credentials it asks for: any one of these, or none where there are none. None at all: what the
    /// [`Api`](super::Api) does.
    pub security: Option<&'static [Requirement]>,
}

impl Operation {
    /// An operation about which nothing else is said.
    pub const fn new(id: &'static str, method: Method, path: &'static str) -> Self {
        Self { id, method, path, security: None }
    }

    /// The same operation, which asks for credentials of its own.
    pub const fn secured_by(mut self, security: &'static [Requirement]) -> Self {
        self.security = Some(security);
        self
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
        write!(f, "{} ({self})", self.id)
    }
}

/// Makes a generated request type awaitable.
///
/// `operation!(GetPet -> Pet)` for a struct `GetPet { request: Request }` and an answer in JSON, `operation!(DeletePet)`
/// for an answer whose body, if it has one, means nothing, `operation!(GetNotes -> String, Response::text)` for any
/// other, and `operation!(GetPhoto => Download)` for a body that is read as it arrives. `runtime` has to be in scope at
/// the place of use.
#[doc(hidden)]
#[macro_export]
macro_rules! __operation {
    ($request:ident) => {
        impl ::std::future::IntoFuture for $request {
            type Output = ::std::result::Result<(), runtime::Error>;
            type IntoFuture = runtime::ResponseFuture<()>;

            fn into_future(self) -> Self::IntoFuture {
                runtime::ResponseFuture::empty(self.request)
            }
        }
    };
    ($request:ident => Download) => {
        impl ::std::future::IntoFuture for $request {
            type Output = ::std::result::Result<runtime::Download, runtime::Error>;
            type IntoFuture = runtime::BoxFuture<'static, Self::Output>;

            fn into_future(self) -> Self::IntoFuture {
                self.request.download()
            }
        }
    };
    ($request:ident -> $answer:ty, $decode:expr) => {
        impl ::std::future::IntoFuture for $request {
            type Output = ::std::result::Result<$answer, runtime::Error>;
            type IntoFuture = runtime::ResponseFuture<$answer>;

            fn into_future(self) -> Self::IntoFuture {
                runtime::ResponseFuture::new(self.request, $decode)
            }
        }
    };
    ($request:ident -> $answer:ty) => {
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
