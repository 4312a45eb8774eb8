//! Pagination: the methods `pages` and `items` of a request, and the rule that finds the next page.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::context::Context;
use super::{response, ty};
use crate::ir::{
    Content, FieldKind, FieldRef, Operation, PageItems, PageParam, PageSize, PageUnit, Pagination, Shape,
    Success,
};
use crate::naming::{OperationNames, PageNames};

/// Renders `pages` and `items`, if the operation is paginated.
pub(super) fn methods(
    context: &Context<'_>,
    operation: &Operation,
    names: &OperationNames,
) -> Option<TokenStream> {
    let pages = operation.pages.as_ref()?;
    let PageNames { pages: pages_method, items: items_method } = names.pages.as_ref()?;
    let Success::Always(content @ Content::Json(page)) = &operation.success else { return None };
    let (page, decode) = (ty::qualified(context, page), response::decode(content));
    let paging = paging(context, pages);
    let items = pages.items.as_ref().map(|items| {
        let (ty, list) = (ty::qualified(context, &items.ty), list(context, items));
        quote! {
            #[doc = " Returns a stream of the items on all pages, beginning with the page that this request selects."]
            #[doc = ""]
            #[doc = " The next page is requested only after all items of the current page have been read."]
            pub fn #items_method(self) -> runtime::Items<#ty> {
                self.#pages_method().items(|page| #list)
            }
        }
    });
    Some(quote! {
        #[doc = " Returns a stream of pages, beginning with the page that this request selects."]
        #[doc = ""]
        #[doc = " Each page is requested only when the stream is polled for it."]
        pub fn #pages_method(self) -> runtime::Pages<#page> {
            static PAGING: runtime::Pagination = runtime::#paging;
            runtime::Pages::new(self.request, &PAGING, #decode)
        }

        #items
    })
}

/// Renders the rule that finds the next page, as a constant.
pub(super) fn paging(context: &Context<'_>, pages: &Pagination) -> TokenStream {
    let token =
        pages.token.as_ref().map(|(pointer, param)| (json_pointer(pointer), param.as_ref().map(page_param)));
    let base = match (&pages.count, &token) {
        (Some((PageUnit::Items, param)), _) => {
            let param = page_param(param);
            quote!(offset(#param))
        }
        (Some((PageUnit::Pages { first: Some(first) }, param)), _) => {
            let (param, first) = (page_param(param), Literal::u64_unsuffixed(*first));
            quote!(page(#param, #first))
        }
        (Some((PageUnit::Pages { first: None }, param)), _) => {
            let param = page_param(param);
            quote!(page_from_0_or_1(#param))
        }
        (None, Some((pointer, Some(param)))) => quote!(token(#pointer, #param)),
        (None, Some((pointer, None))) => quote!(url(#pointer)),
        (None, None) => quote!(link()),
    };
    let items = pages.items.as_ref().map(|items| {
        let pointer: Vec<String> =
            items.fields.iter().map(|field_ref| context.api.wire_name(*field_ref).to_owned()).collect();
        let pointer = json_pointer(&pointer);
        quote!(.items(#pointer))
    });
    let or_token = match (&pages.count, token) {
        (Some(_), Some((pointer, Some(param)))) => Some(quote!(.or_token(#pointer, #param))),
        _ => None,
    };
    let step = |name: &str, pointer: &Option<Vec<String>>| {
        let (name, pointer) = (quote::format_ident!("{name}"), json_pointer(pointer.as_ref()?));
        Some(quote!(.#name(#pointer)))
    };
    let (more, done) = (step("more", &pages.more), step("done", &pages.done));
    let (total, total_pages) = (step("total", &pages.total), step("total_pages", &pages.total_pages));
    let starts_empty = pages.starts_empty.then(|| quote!(.starts_empty()));
    let PageSize { param, default, max, stated } = &pages.size;
    let param = param.as_ref().map(|param| {
        let param = page_param(param);
        quote!(.size(#param))
    });
    let number = |name: &str, size: &Option<u64>| {
        let (name, size) = (quote::format_ident!("{name}"), Literal::u64_unsuffixed((*size)?));
        Some(quote!(.#name(#size)))
    };
    let (default, max) = (number("default_size", default), number("max_size", max));
    let (stated, number) = (step("stated_size", stated), step("stated_page", &pages.number));
    quote! {
        Pagination::#base #items #or_token #starts_empty #more #done #total #total_pages #number #param #default #max #stated
    }
}

fn page_param(param: &PageParam) -> TokenStream {
    match param {
        PageParam::Query(name) => quote!(runtime::PageParam::Query(#name)),
        PageParam::Body(name) => quote!(runtime::PageParam::Body(#name)),
    }
}

/// Builds a JSON pointer.
fn json_pointer(pointer: &[String]) -> String {
    pointer.iter().map(|name| format!("/{}", name.replace('~', "~0").replace('/', "~1"))).collect()
}

/// Renders the expression for the list of a page; the empty list if an optional field on the way is absent.
fn list(context: &Context<'_>, items: &PageItems) -> TokenStream {
    let mut value = quote!(page);
    let mut is_optional = false;
    for (position, field_ref) in items.fields.iter().enumerate() {
        let ident = &context.names.of_type(field_ref.of).fields[field_ref.field].ident;
        let absent = absence(context, *field_ref);
        let is_last = position + 1 == items.fields.len();
        value = match (is_optional, absent) {
            (false, Some(FieldAbsence::Nullable)) => quote!(#value.#ident.into_option()),
            (false, _) => quote!(#value.#ident),
            (true, None) => quote!(#value.map(|page| page.#ident)),
            (true, Some(FieldAbsence::Option)) => quote!(#value.and_then(|page| page.#ident)),
            (true, Some(FieldAbsence::Nullable)) => {
                quote!(#value.and_then(|page| page.#ident.into_option()))
            }
        };
        is_optional |= absent.is_some();
        if is_last && is_optional {
            value = quote!(#value.unwrap_or_default());
        }
    }
    value
}

/// The representation of absence in the type of a field.
#[derive(Clone, Copy)]
enum FieldAbsence {
    /// `Option<T>`.
    Option,
    /// `wire::Nullable<T>`: null and absence are different.
    Nullable,
}

fn absence(context: &Context<'_>, field_ref: FieldRef) -> Option<FieldAbsence> {
    let Shape::Struct(it) = &context.api.type_def(field_ref.of).shape else { return None };
    match context.facts.field_kind(field_ref.of, &it.fields[field_ref.field]) {
        FieldKind::Required(_) | FieldKind::ImplicitPresence { .. } | FieldKind::NullOnly => None,
        FieldKind::Nullable(_) | FieldKind::Optional(_) | FieldKind::KeyedUnion(_) => {
            Some(FieldAbsence::Option)
        }
        FieldKind::OptionalNullable(_) => Some(FieldAbsence::Nullable),
    }
}
