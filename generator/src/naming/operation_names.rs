//! The names of resources and operations, as data.

use super::ident::Ident;
use super::reserved::{CLIENT_METHODS, FEATURES, is_imported};

/// Names of a resource.
#[derive(Debug)]
pub(crate) struct ResourceNames {
    /// The accessor of the client, and the module.
    pub(crate) module: Ident,
    /// The type that has its operations as methods.
    pub(crate) ident: Ident,
    /// The Cargo feature that enables it, in kebab-case.
    pub(crate) feature: String,
}

impl ResourceNames {
    /// Returns names of the lock. `None` if they are not valid any more.
    pub(super) fn parse(module: &str, ident: &str, feature: &str) -> Option<Self> {
        let (module, ident) = (Ident::parse(module)?, Ident::parse(ident)?);
        let is_method = CLIENT_METHODS.contains(&module.as_str());
        let is_valid = module.is_ascii() && is_feature(feature) && !is_method && !is_imported(ident.as_str());
        is_valid.then(|| Self { module, ident, feature: feature.to_owned() })
    }
}

/// Returns `true` if a resource can have a feature of the lock.
pub(super) fn is_feature(feature: &str) -> bool {
    !FEATURES.contains(&feature.replace('-', "_").as_str()) && feature.is_ascii()
}

/// Names of an operation.
#[derive(Debug)]
pub(crate) struct OperationNames {
    /// The method of the resource.
    pub(crate) method: Ident,
    /// The request type.
    pub(crate) request: Ident,
    /// The parameters, in document order: arguments of the method, or methods of the request.
    pub(crate) parameters: Vec<Ident>,
    /// The argument for the body.
    pub(crate) body: Ident,
    /// The argument for the media type of the body.
    pub(crate) media_type: Ident,
    /// The methods of the request that read several pages, if the operation is paginated.
    pub(crate) pages: Option<PageNames>,
    /// The media types of the body, in document order. If the body is required, each is a method of the resource, and
    /// the first is `method`. Otherwise each is a method of the request.
    pub(crate) contents: Vec<ContentNames>,
    /// The response enum, if the response depends on the status.
    pub(crate) response: Option<ResponseNames>,
    /// The methods of the request that request other media types.
    pub(crate) other_responses: Vec<Ident>,
    /// The type of the response headers, if the document describes any.
    pub(crate) headers: Option<HeadersNames>,
}

impl OperationNames {
    pub(super) fn are_ascii(&self) -> bool {
        let headers = self.headers.iter().flat_map(|headers| &headers.fields);
        let forms = self.contents.iter().filter_map(|content| content.form.as_ref());
        let parts = forms.flat_map(FormNames::idents);
        let names = [&self.method, &self.request].into_iter().chain(&self.parameters).chain(headers);
        names.chain(parts).all(Ident::is_ascii)
    }
}

/// Names of the methods of a paginated request.
#[derive(Debug)]
pub(crate) struct PageNames {
    /// The method that returns a stream of pages.
    pub(crate) pages: Ident,
    /// The method that returns a stream of items.
    pub(crate) items: Ident,
}

/// Names of the response headers.
#[derive(Debug)]
pub(crate) struct HeadersNames {
    /// The struct of the headers.
    pub(crate) ident: Ident,
    /// The fields, one for each header, in document order.
    pub(crate) fields: Vec<Ident>,
}

/// Names of a media type of a request body.
#[derive(Debug)]
pub(crate) struct ContentNames {
    /// The method that accepts the body.
    pub(crate) method: Ident,
    /// The type of the multipart form, if it is one.
    pub(crate) form: Option<FormNames>,
}

/// Names of a multipart form.
#[derive(Debug)]
pub(crate) struct FormNames {
    /// The type.
    pub(crate) ident: Ident,
    /// The parts: arguments of `new`, or methods.
    pub(crate) parts: Vec<Ident>,
    /// The headers of each part: arguments beside the part, or methods.
    pub(crate) headers: Vec<Vec<Ident>>,
    /// For a form with alternatives: the variants, each with its own names.
    pub(crate) variants: Vec<(Ident, FormNames)>,
}

impl FormNames {
    /// Iterates over the names of all parts and their headers. Variants of a form have no variants of their own.
    fn idents(&self) -> impl Iterator<Item = &Ident> {
        let variants =
            self.variants.iter().flat_map(|(ident, form)| [ident].into_iter().chain(form.of_parts()));
        self.of_parts().chain(variants)
    }

    fn of_parts(&self) -> impl Iterator<Item = &Ident> {
        self.parts.iter().chain(self.headers.iter().flatten())
    }
}

/// Names of a response that depends on the status.
#[derive(Debug)]
pub(crate) struct ResponseNames {
    /// The enum.
    pub(crate) ident: Ident,
    /// The variants, one for each status.
    pub(crate) variants: Vec<Ident>,
}
