//! Spells types, generic parameters and signatures as text, with marks around the paths.
//!
//! Lifetimes other than `'static` are left out, because eliding them changes nothing for a caller.

use quote::ToTokens;
use syn::punctuated::Punctuated;
use syn::{
    AngleBracketedGenericArguments, FnArg, GenericArgument, GenericParam, Generics, Pat, Path, PathArguments,
    PointerMutability, ReceiverKind, ReturnType, Signature, Type, TypeParamBound, WherePredicate,
};

use super::item::{Argument, Callable};
use super::raw::{END, START};

/// Spells code in which some names are generic parameters.
#[derive(Clone, Default)]
pub(super) struct Speller {
    parameters: Vec<String>,
}

impl Speller {
    /// Returns a speller that knows more generic parameters.
    pub(super) fn with(&self, generics: &Generics) -> Self {
        let mut parameters = self.parameters.clone();
        parameters.extend(generics.params.iter().filter_map(|parameter| match parameter {
            GenericParam::Type(it) => Some(it.ident.to_string()),
            GenericParam::Const(it) => Some(it.ident.to_string()),
            GenericParam::Lifetime(_) => None,
        }));
        Self { parameters }
    }

    pub(super) fn ty(&self, ty: &Type) -> String {
        match ty {
            Type::Path(it) => match &it.qself {
                Some(qself) => self.qualified(&qself.ty, qself.position, &it.path),
                None => self.path(&it.path),
            },
            Type::Reference(it) => {
                let lifetime = it.lifetime.as_ref().filter(|lifetime| lifetime.ident == "static");
                let lifetime = if lifetime.is_some() { "'static " } else { "" };
                let mutability = if it.mutability.is_some() { "mut " } else { "" };
                format!("&{lifetime}{mutability}{}", self.ty(&it.elem))
            }
            Type::Tuple(it) if it.elems.len() == 1 => format!("({},)", self.ty(&it.elems[0])),
            Type::Tuple(it) => format!("({})", list(&it.elems, |ty| self.ty(ty))),
            Type::Slice(it) => format!("[{}]", self.ty(&it.elem)),
            Type::Array(it) => format!("[{}; {}]", self.ty(&it.elem), code(&it.len)),
            Type::ImplTrait(it) => format!("impl {}", self.bounds(&it.bounds)),
            Type::TraitObject(it) => format!("dyn {}", self.bounds(&it.bounds)),
            Type::Group(it) => self.ty(&it.elem),
            Type::Paren(it) => match &*it.elem {
                bounds @ (Type::ImplTrait(_) | Type::TraitObject(_)) => format!("({})", self.ty(bounds)),
                ty => self.ty(ty),
            },
            Type::Ptr(it) => match it.mutability {
                PointerMutability::Const(_) => format!("*const {}", self.ty(&it.elem)),
                PointerMutability::Mut(_) => format!("*mut {}", self.ty(&it.elem)),
            },
            Type::FnPtr(it) => {
                let inputs = list(&it.inputs, |input| self.ty(&input.ty));
                format!("fn({inputs}){}", self.arrow(&it.output))
            }
            Type::Never(_) => "!".to_owned(),
            Type::Infer(_) => "_".to_owned(),
            other => code(other),
        }
    }

    /// Spells a path and marks it, unless it starts with a generic parameter.
    pub(super) fn path(&self, path: &Path) -> String {
        let segments: Vec<String> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        let is_known = path.leading_colon.is_none() && self.parameters.contains(&segments[0]);
        let arguments = path.segments.iter().map(|segment| self.arguments(&segment.arguments));
        let arguments: String = arguments.collect();
        let colon = if path.leading_colon.is_some() { "::" } else { "" };
        match is_known {
            true => format!("{}{arguments}", segments.join("::")),
            false => format!("{START}{colon}{}{END}{arguments}", segments.join("::")),
        }
    }

    /// Spells `<T as Trait>::Name`.
    fn qualified(&self, ty: &Type, position: usize, path: &Path) -> String {
        let names: Vec<String> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        let (of, rest) = names.split_at(position.min(names.len()));
        let arguments = path.segments.iter().take(position).map(|segment| self.arguments(&segment.arguments));
        let arguments: String = arguments.collect();
        let of = match of.is_empty() {
            true => String::new(),
            false => format!(" as {START}{}{END}{arguments}", of.join("::")),
        };
        format!("<{}{of}>::{}", self.ty(ty), rest.join("::"))
    }

    fn arguments(&self, arguments: &PathArguments) -> String {
        match arguments {
            PathArguments::None => String::new(),
            PathArguments::AngleBracketed(it) => self.angle_bracketed(it),
            PathArguments::Parenthesized(it) => {
                let inputs = list(&it.inputs, |input| self.ty(&input.ty));
                format!("({inputs}){}", self.arrow(&it.output))
            }
        }
    }

    fn angle_bracketed(&self, arguments: &AngleBracketedGenericArguments) -> String {
        let spelled: Vec<String> = arguments.args.iter().filter_map(|it| self.argument(it)).collect();
        if spelled.is_empty() { String::new() } else { format!("<{}>", spelled.join(", ")) }
    }

    fn argument(&self, argument: &GenericArgument) -> Option<String> {
        match argument {
            GenericArgument::Lifetime(it) => (it.ident == "static").then(|| "'static".to_owned()),
            GenericArgument::Type(ty) => Some(self.ty(ty)),
            GenericArgument::AssocType(it) => {
                let generics = it.generics.as_ref().map(|it| self.angle_bracketed(it)).unwrap_or_default();
                Some(format!("{}{generics} = {}", it.ident, self.ty(&it.ty)))
            }
            GenericArgument::Constraint(it) => Some(format!("{}: {}", it.ident, self.bounds(&it.bounds))),
            other => Some(code(other)),
        }
    }

    pub(super) fn bounds<P>(&self, bounds: &Punctuated<TypeParamBound, P>) -> String {
        let spelled: Vec<String> = bounds
            .iter()
            .filter_map(|bound| match bound {
                TypeParamBound::Trait(it) => {
                    let maybe = if it.maybe.is_some() { "?" } else { "" };
                    Some(format!("{maybe}{}", self.path(&it.path)))
                }
                TypeParamBound::Lifetime(it) => (it.ident == "static").then(|| "'static".to_owned()),
                TypeParamBound::PreciseCapture(_) => None,
                other => Some(code(other)),
            })
            .collect();
        spelled.join(" + ")
    }

    /// Spells generic parameters with their bounds, in angle brackets. Empty if there are only lifetimes.
    pub(super) fn generics(&self, generics: &Generics) -> String {
        let spelled: Vec<String> = generics
            .params
            .iter()
            .filter_map(|parameter| match parameter {
                GenericParam::Lifetime(_) => None,
                GenericParam::Type(it) => {
                    let bounds = if it.bounds.is_empty() { String::new() } else { self.bounds(&it.bounds) };
                    let bounds = if bounds.is_empty() { bounds } else { format!(": {bounds}") };
                    let default = it.default.as_ref().map(|(_, ty)| format!(" = {}", self.ty(ty)));
                    Some(format!("{}{bounds}{}", it.ident, default.unwrap_or_default()))
                }
                GenericParam::Const(it) => Some(format!("const {}: {}", it.ident, self.ty(&it.ty))),
            })
            .collect();
        if spelled.is_empty() { String::new() } else { format!("<{}>", spelled.join(", ")) }
    }

    /// Spells ` where ...`, or nothing.
    pub(super) fn where_clause(&self, generics: &Generics) -> String {
        let predicates = generics.where_clause.iter().flat_map(|clause| &clause.predicates);
        let spelled: Vec<String> = predicates
            .filter_map(|predicate| match predicate {
                WherePredicate::Type(it) => {
                    let bounds = self.bounds(&it.bounds);
                    (!bounds.is_empty()).then(|| format!("{}: {bounds}", self.ty(&it.bounded_ty)))
                }
                _ => None,
            })
            .collect();
        if spelled.is_empty() { String::new() } else { format!(" where {}", spelled.join(", ")) }
    }

    fn arrow(&self, output: &ReturnType) -> String {
        match output {
            ReturnType::Default => String::new(),
            ReturnType::Type(_, ty) => match self.ty(ty).as_str() {
                "()" => String::new(),
                ty => format!(" -> {ty}"),
            },
        }
    }

    /// Spells the parts of a signature.
    pub(super) fn signature(&self, signature: &Signature) -> Callable {
        let inner = self.with(&signature.generics);
        let mut modifiers = String::new();
        for (is_there, word) in [
            (signature.constness.is_some(), "const "),
            (signature.asyncness.is_some(), "async "),
            (matches!(signature.safety, syn::Safety::Unsafe(_)), "unsafe "),
        ] {
            modifiers.push_str(if is_there { word } else { "" });
        }
        let arguments = signature.inputs.iter().filter_map(|input| match input {
            FnArg::Typed(it) => Some(Argument { name: argument_name(&it.pat), ty: inner.ty(&it.ty) }),
            FnArg::Receiver(_) => None,
        });
        Callable {
            modifiers,
            owner: None,
            generics: format!(
                "{}{}",
                inner.generics(&signature.generics),
                inner.where_clause(&signature.generics)
            ),
            receiver: signature.receiver().map(|receiver| inner.receiver(receiver)),
            arguments: arguments.collect(),
            output: match &signature.output {
                ReturnType::Default => "()".to_owned(),
                ReturnType::Type(_, ty) => inner.ty(ty),
            },
        }
    }

    fn receiver(&self, receiver: &syn::Receiver) -> String {
        match &receiver.kind {
            ReceiverKind::Reference(_, _, Some(_)) => "&mut self".to_owned(),
            ReceiverKind::Reference(..) => "&self".to_owned(),
            ReceiverKind::Typed(_, ty) => format!("self: {}", self.ty(ty)),
            _ => "self".to_owned(),
        }
    }
}

fn argument_name(pattern: &Pat) -> String {
    match pattern {
        Pat::Ident(it) => it.ident.to_string(),
        _ => "_".to_owned(),
    }
}

fn list<T, P>(items: &Punctuated<T, P>, spell: impl Fn(&T) -> String) -> String {
    items.iter().map(spell).collect::<Vec<_>>().join(", ")
}

/// Spells code that is not a type, such as the length of an array.
pub(super) fn code(tokens: &impl ToTokens) -> String {
    let text = tokens.to_token_stream().to_string();
    text.replace(" ,", ",").replace(" (", "(").replace("( ", "(").replace(" )", ")").replace(" :: ", "::")
}
