// @generated from the OpenAPI document: change that, and generate again.

//! The constants of an operation, and what ties a generated request type to its answer.

use std::fmt;

use http::Method;

/// The constants of an operation.
#[derive(Clone)]
pub struct Operation {
    id: &'static str,
    method: Method,
    path: &'static str,
}

impl Operation {
    /// The operation `id` of the document: `method` on `path`, whose parameters stand in braces.
    ///
    /// # Panics
    ///
    /// If `path` is not the path of a URL, starting with a slash. In a constant that is an error of the compiler.
    pub const fn new(id: &'static str, method: Method, path: &'static str) -> Self {
        assert!(is_path(path), "not the path of a URL");
        Self { id, method, path }
    }

    /// Its `operationId`, or what stands for it.
    pub const fn id(&self) -> &'static str {
        self.id
    }

    /// Its method.
    pub const fn method(&self) -> &Method {
        &self.method
    }

    /// Its path, the parameters in braces.
    pub const fn path(&self) -> &'static str {
        self.path
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

/// Whether `path` starts with a slash and has only what RFC 3986 allows in a path, and parameters with any names.
const fn is_path(path: &str) -> bool {
    let bytes = path.as_bytes();
    let mut index = 0;
    let mut in_braces = false;
    while index < bytes.len() {
        match bytes[index] {
            b'{' | b'}' => in_braces = bytes[index] == b'{',
            _ if in_braces => {}
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {}
            b'!' | b'$' | b'&' | b'\'' | b'(' | b')' | b'*' | b'+' | b',' | b';' | b'=' => {}
            b'/' | b':' | b'@' | b'%' => {}
            _ => return false,
        }
        index += 1;
    }
    !bytes.is_empty() && bytes[0] == b'/' && !in_braces
}

/// Makes a generated request type awaitable.
///
/// `operation!(GetPet -> Pet)` for a struct `GetPet { request: Request }` and an answer in JSON, `operation!(DeletePet)`
/// for an answer whose body, if it has one, means nothing. `runtime` has to be in scope at the place of use.
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
