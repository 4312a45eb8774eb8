//! Spells types, generic parameters and signatures as text, with marks around the paths. `lifetimes` writes their lifetimes
//! alike.

use quote::ToTokens;
use syn::punctuated::Punctuated;
use syn::{
    AngleBracketedGenericArguments, BoundLifetimes, FnArg, GenericArgument, GenericParam, Generics, Lifetime,
    LifetimeParam, NamedArg, Pat, Path, PathArguments, PointerMutability, ReceiverKind, ReturnType,
    Signature, Type, TypeParamBound, WherePredicate,
};

use super::item::{Argument, Callable};
use super::lifetimes::OF_CALL;
use super::raw::{END, START};

/// Spells code in which some names are generic parameters.
#[derive(Clone, Default)]
pub(super) struct Speller {
    parameters: Vec<String>,
    /// The lifetimes that `for` declares. They are left out.
    of_call: Vec<String>,
    /// True in the arguments of `Fn` and `fn`.
    is_in_call: bool,
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
        Self { parameters, ..self.clone() }
    }

    /// Returns a speller that knows the lifetimes of `for`.
    fn with_call(&self, lifetimes: Option<&BoundLifetimes>) -> Self {
        let declared = lifetimes.into_iter().flat_map(|it| &it.lifetimes);
        let declared = declared.filter_map(|parameter| match parameter {
            GenericParam::Lifetime(it) => Some(it.lifetime.ident.to_string()),
            _ => None,
        });
        Self { of_call: self.of_call.iter().cloned().chain(declared).collect(), ..self.clone() }
    }

    /// Returns the lifetime, unless each call has another one.
    fn lifetime(&self, lifetime: &Lifetime) -> Option<String> {
        let name = lifetime.ident.to_string();
        let is_of_call = self.of_call.contains(&name) || (self.is_in_call && name == "_");
        (!is_of_call).then(|| format!("'{name}"))
    }

    /// Returns `&` with its lifetime.
    fn ampersand(&self, lifetime: Option<&Lifetime>) -> String {
        match lifetime.map(|lifetime| self.lifetime(lifetime)) {
            Some(Some(name)) => format!("&{name} "),
            Some(None) => format!("&{OF_CALL}"),
            None if self.is_in_call => format!("&{OF_CALL}"),
            None => "&".to_owned(),
        }
    }

    /// Spells the arguments and the output of `Fn` or `fn`.
    fn call<P>(&self, inputs: &Punctuated<NamedArg, P>, output: &ReturnType) -> String {
        let inner = Self { is_in_call: true, ..self.clone() };
        format!("({}){}", list(inputs, |input| inner.ty(&input.ty)), inner.arrow(output))
    }

    pub(super) fn ty(&self, ty: &Type) -> String {
        match ty {
            Type::Path(it) => match &it.qself {
                Some(qself) => self.qualified(&qself.ty, qself.position, &it.path),
                None => self.path(&it.path),
            },
            Type::Reference(it) => {
                let mutability = if it.mutability.is_some() { "mut " } else { "" };
                format!("{}{mutability}{}", self.ampersand(it.lifetime.as_ref()), self.ty(&it.elem))
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
                let inner = self.with_call(it.lifetimes.as_ref());
                format!("fn{}", inner.call(&it.inputs, &it.output))
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
            PathArguments::Parenthesized(it) => self.call(&it.inputs, &it.output),
        }
    }

    fn angle_bracketed(&self, arguments: &AngleBracketedGenericArguments) -> String {
        let spelled: Vec<String> = arguments.args.iter().filter_map(|it| self.argument(it)).collect();
        if spelled.is_empty() { String::new() } else { format!("<{}>", spelled.join(", ")) }
    }

    fn argument(&self, argument: &GenericArgument) -> Option<String> {
        match argument {
            GenericArgument::Lifetime(it) => self.lifetime(it),
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
                    Some(format!("{maybe}{}", self.with_call(it.lifetimes.as_ref()).path(&it.path)))
                }
                TypeParamBound::Lifetime(it) => self.lifetime(it),
                TypeParamBound::PreciseCapture(_) => None,
                other => Some(code(other)),
            })
            .collect();
        spelled.join(" + ")
    }

    /// Spells generic parameters with their bounds, in angle brackets. Lifetimes of functions and impls are left out unless
    /// they have bounds, because nobody can write them.
    pub(super) fn generics(&self, generics: &Generics) -> String {
        self.parameters(generics, |lifetime| !lifetime.bounds.is_empty())
    }

    /// Spells the generic parameters of a type or trait, lifetimes included.
    pub(super) fn generics_of_type(&self, generics: &Generics) -> String {
        self.parameters(generics, |_| true)
    }

    fn parameters(&self, generics: &Generics, is_written: impl Fn(&LifetimeParam) -> bool) -> String {
        let spelled: Vec<String> = generics
            .params
            .iter()
            .filter_map(|parameter| match parameter {
                GenericParam::Lifetime(it) => is_written(it).then(|| {
                    let bounds: Vec<String> = it.bounds.iter().map(|it| format!("'{}", it.ident)).collect();
                    let bounds =
                        if bounds.is_empty() { String::new() } else { format!(": {}", bounds.join(" + ")) };
                    format!("'{}{bounds}", it.lifetime.ident)
                }),
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
                    let inner = self.with_call(it.lifetimes.as_ref());
                    let bounds = inner.bounds(&it.bounds);
                    (!bounds.is_empty()).then(|| format!("{}: {bounds}", inner.ty(&it.bounded_ty)))
                }
                WherePredicate::Lifetime(it) => {
                    let bounds: Vec<String> = it.bounds.iter().map(|it| format!("'{}", it.ident)).collect();
                    Some(format!("'{}: {}", it.lifetime.ident, bounds.join(" + ")))
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
            ReceiverKind::Reference(_, lifetime, mutability) => {
                let mutability = if mutability.is_some() { "mut " } else { "" };
                format!("{}{mutability}self", self.ampersand(lifetime.as_ref()))
            }
            ReceiverKind::Typed(_, ty) => format!("self: {}", self.ty(ty)),
            _ => "self".to_owned(),
        }
    }
}

/// Returns the names of the declared lifetimes.
pub(super) fn declared(generics: &Generics) -> Vec<String> {
    generics.lifetimes().map(|it| format!("'{}", it.lifetime.ident)).collect()
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
