//! Listings: how the pages of an answer follow one another, and what they list.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::{Context, answer, ty};
use crate::ir::{Ask, Content, Counted, FieldKind, Items, Member, Operation, Pages, Shape, Success};

/// The methods of a request that give its pages.
pub(super) fn methods(context: &Context<'_>, operation: &Operation) -> Option<TokenStream> {
    let pages = operation.pages.as_ref()?;
    let Success::Always(content @ Content::Json(page)) = &operation.success else { return None };
    let (page, decode) = (ty::qualified(context, page), answer::decode(content));
    let paging = paging(context, pages);
    let items = pages.items.as_ref().map(|items| {
        let (ty, list) = (ty::qualified(context, &items.ty), list(context, items));
        quote! {
            #[doc = " What all pages of the answer list, one by one. The next page is asked for when it is needed."]
            pub fn items(self) -> runtime::Items<#ty> {
                self.pages().items(|page| #list)
            }
        }
    });
    Some(quote! {
        #[doc = " The pages of the answer, each as it is. The next one is asked for when it is needed."]
        pub fn pages(self) -> runtime::Pages<#page> {
            static PAGING: runtime::Paging = runtime::#paging;
            runtime::Pages::new(self.request, &PAGING, #decode)
        }

        #items
    })
}

/// The rule, as a constant.
fn paging(context: &Context<'_>, pages: &Pages) -> TokenStream {
    let token = pages.token.as_ref().map(|(at, ask)| (path(at), ask.as_ref().map(ask_by)));
    let base = match (&pages.count, &token) {
        (Some((Counted::Items, ask)), _) => {
            let ask = ask_by(ask);
            quote!(offset(#ask))
        }
        (Some((Counted::Pages { first }, ask)), _) => {
            let (ask, first) = (ask_by(ask), Literal::u64_unsuffixed(*first));
            quote!(page(#ask, #first))
        }
        (None, Some((at, Some(ask)))) => quote!(token(#at, #ask)),
        (None, Some((at, None))) => quote!(url(#at)),
        (None, None) => quote!(link()),
    };
    // Only where items are counted does it matter where they are.
    let items = pages.count.as_ref().and(pages.items.as_ref()).map(|items| {
        let at: Vec<String> =
            items.fields.iter().map(|member| context.api.wire_name(*member).to_owned()).collect();
        let at = path(&at);
        quote!(.items(#at))
    });
    let or_token = match (&pages.count, token) {
        (Some(_), Some((at, Some(ask)))) => Some(quote!(.or_token(#at, #ask))),
        _ => None,
    };
    let step = |name: &str, at: &Option<Vec<String>>| {
        let (name, at) = (quote::format_ident!("{name}"), path(at.as_ref()?));
        Some(quote!(.#name(#at)))
    };
    let (more, done) = (step("more", &pages.more), step("done", &pages.done));
    let total = step("total", &pages.total);
    quote!(Paging::#base #items #or_token #more #done #total)
}

fn ask_by(ask: &Ask) -> TokenStream {
    match ask {
        Ask::Query(name) => quote!(runtime::Ask::Query(#name)),
        Ask::Body(name) => quote!(runtime::Ask::Body(#name)),
    }
}

/// A JSON Pointer.
fn path(at: &[String]) -> String {
    at.iter().map(|name| format!("/{}", name.replace('~', "~0").replace('/', "~1"))).collect()
}

/// The list of a page, whatever of it may be missing.
fn list(context: &Context<'_>, items: &Items) -> TokenStream {
    let mut value = quote!(page);
    let mut may_be_missing = false;
    for (position, member) in items.fields.iter().enumerate() {
        let ident = &context.names.of_type(member.of).fields[member.field].ident;
        let missing = absence(context, *member);
        let is_last = position + 1 == items.fields.len();
        value = match (may_be_missing, missing) {
            (false, _) => quote!(#value.#ident),
            (true, None) => quote!(#value.map(|page| page.#ident)),
            (true, Some(_)) => quote!(#value.and_then(|page| page.#ident)),
        };
        if matches!(missing, Some(Absence::Twice)) {
            value = quote!(#value.flatten());
        }
        may_be_missing |= missing.is_some();
        if is_last && may_be_missing {
            value = quote!(#value.unwrap_or_default());
        }
    }
    value
}

/// How a field says that there is nothing.
#[derive(Clone, Copy)]
enum Absence {
    Once,
    /// In one way for null and in another for nothing.
    Twice,
}

fn absence(context: &Context<'_>, member: Member) -> Option<Absence> {
    let Shape::Struct(it) = &context.api.type_def(member.of).shape else { return None };
    match &it.fields[member.field].kind {
        FieldKind::Required(_) | FieldKind::Plain { .. } | FieldKind::Presence => None,
        FieldKind::Nullable(_) | FieldKind::Optional(_) | FieldKind::OneOf(_) => Some(Absence::Once),
        FieldKind::Maybe(_) if context.facts.is_sent(member.of) => Some(Absence::Twice),
        FieldKind::Maybe(_) => Some(Absence::Once),
    }
}
