//! Parses a file into plain data. Macros of the crate are expanded.

use std::collections::BTreeMap;
use std::sync::Arc;

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::{ImplItem, Item, ItemImpl, Macro, Path, Type};

use super::attributes::{attributes, is_test};
use super::declare::{body, impl_item, imports, is_public, plain};
use super::error::SurfaceError;
use super::lifetimes::{self, Names};
use super::macros::{Definition, MAX_EXPANSIONS};
use super::raw::{RawImpl, RawItem, RawKind};
use super::skeleton::{self, MAX_DEPTH};
use super::spell::{Speller, declared};
use crate::hash;

/// Rules of the macros of a crate, as text: by the path of the file that defines them, and by their names.
#[derive(Debug, Default)]
pub(super) struct MacroTexts {
    files: BTreeMap<String, BTreeMap<String, Arc<str>>>,
    /// Other names of macros.
    renamed: BTreeMap<String, String>,
}

impl MacroTexts {
    /// Collects the macros of all files.
    pub(super) fn of<'f>(files: impl Iterator<Item = (&'f str, &'f str)>) -> Result<Self, SurfaceError> {
        let mut texts = Self::default();
        for (path, text) in files.filter(|(_, text)| text.contains("macro_rules!")) {
            let file = parsed(path, text)?;
            for item in &file.items {
                match item {
                    Item::Macro(it) => {
                        let Some(name) = &it.ident else { continue };
                        let rules = it.mac.tokens.to_string().into();
                        texts.files.entry(path.to_owned()).or_default().insert(name.to_string(), rules);
                    }
                    Item::Use(it) => {
                        let renamed =
                            imports(it).into_iter().filter_map(|import| Some((import.name?, import.path)));
                        let renamed = renamed.filter_map(|(name, mut path)| Some((name, path.pop()?)));
                        texts.renamed.extend(renamed.filter(|(name, of)| name != of));
                    }
                    _ => {}
                }
            }
        }
        Ok(texts)
    }

    /// Returns the rules of a macro, from the same file if it defines one with this name.
    fn get(&self, file: &str, name: &str) -> Option<&Arc<str>> {
        let name = self.renamed.get(name).map_or(name, String::as_str);
        let own = self.files.get(file).into_iter();
        own.chain(self.files.values()).find_map(|macros| macros.get(name))
    }

    /// Returns true if the macros that a file calls have the same rules as when it was parsed.
    pub(super) fn are_same(&self, file: &str, used: &UsedMacros) -> bool {
        used.iter().all(|(name, rules)| self.get(file, name) == rules.as_ref())
    }
}

/// The macros that a file calls, by their names, with their rules. `None` for macros of other crates.
pub(super) type UsedMacros = BTreeMap<String, Option<Arc<str>>>;

/// Parses files. Each worker has its own parser, because parsed macros cannot be shared by threads.
pub(super) struct Parser<'m> {
    texts: &'m MacroTexts,
    /// Parsed macros, by the address of their text.
    definitions: BTreeMap<*const u8, Option<Definition>>,
}

impl<'m> Parser<'m> {
    pub(super) fn new(texts: &'m MacroTexts) -> Self {
        Self { texts, definitions: BTreeMap::new() }
    }

    /// Parses a file. Returns its items, and the macros that they depend on.
    pub(super) fn file(
        &mut self,
        path: &str,
        text: &str,
    ) -> Result<(Vec<RawItem>, UsedMacros), SurfaceError> {
        let file = parsed(path, text)?;
        let used = UsedMacros::new();
        let mut parsing = FileParser { parser: self, path, text, used, expansions: 0, depth: 0 };
        Ok((parsing.items(file.items)?, parsing.used))
    }
}

/// Parses the text of a file without the bodies of its functions.
fn parsed(path: &str, text: &str) -> Result<syn::File, SurfaceError> {
    let error = |line, message: String| SurfaceError { file: path.to_owned(), line, message };
    let skeleton = skeleton::without_bodies(text).map_err(|(line, message)| error(line, message))?;
    syn::parse_file(&skeleton).map_err(|_| {
        let (line, message) = locate(&skeleton);
        error(line, message)
    })
}

/// Returns the line of the first item that is not valid, and the message. Only errors need the line, so it is looked up here.
fn locate(skeleton: &str) -> (usize, String) {
    for (start, chunk) in skeleton::chunks(skeleton) {
        let Err(error) = syn::parse_file(chunk) else { continue };
        let blank = chunk.len() - chunk.trim_start().len();
        let place = (skeleton::line(skeleton, start + blank), error.to_string());
        let Some(open) = chunk.find('{').filter(|_| chunk[blank..].starts_with("impl")) else { return place };
        for (inner, part) in skeleton::chunks(chunk[open + 1..].strip_suffix('}').unwrap_or_default()) {
            let Err(error) = syn::parse_str::<ItemImpl>(&format!("impl T {{ {part} }}")) else { continue };
            let blank = part.len() - part.trim_start().len();
            return (skeleton::line(skeleton, start + open + 1 + inner + blank), error.to_string());
        }
        return place;
    }
    (1, "the file is not valid Rust".to_owned())
}

/// Returns the depth of the delimiters and of the generic arguments in them. It limits the recursion of the parser.
fn depth_of(tokens: &TokenStream) -> usize {
    let mut open = vec![(tokens.clone(), 0)];
    let mut deepest = 0;
    while let Some((tokens, depth)) = open.pop() {
        let (mut angles, mut before) = (0_usize, ' ');
        for token in tokens {
            deepest = deepest.max(depth + angles);
            let character = match &token {
                TokenTree::Group(group) => {
                    open.push((group.stream(), depth + angles + 1));
                    ' '
                }
                TokenTree::Punct(punct) => punct.as_char(),
                TokenTree::Literal(_) => '0',
                TokenTree::Ident(_) => ' ',
            };
            // After a literal, `<` compares or shifts.
            let is_value = before == '0' && character == '<';
            match character {
                '<' if !is_value => angles += 1,
                '>' if before != '-' => angles = angles.saturating_sub(1),
                ';' => angles = 0,
                _ => {}
            }
            before = if is_value { '0' } else { character };
        }
    }
    deepest
}

struct FileParser<'p, 'm> {
    parser: &'p mut Parser<'m>,
    path: &'p str,
    text: &'p str,
    /// The macros that are called.
    used: UsedMacros,
    /// The depth of macros that are being expanded.
    expansions: usize,
    /// The depth of modules and of macros that contain the current items.
    depth: usize,
}

impl FileParser<'_, '_> {
    /// Reads items one level deeper, in a module or an expansion.
    fn inner(&mut self, items: Vec<Item>) -> Result<Vec<RawItem>, SurfaceError> {
        self.depth += 1;
        let raw = self.items(items);
        self.depth -= 1;
        raw
    }

    fn items(&mut self, items: Vec<Item>) -> Result<Vec<RawItem>, SurfaceError> {
        let mut raw = Vec::with_capacity(items.len());
        for item in items {
            match item {
                Item::Macro(it) if it.ident.is_none() => {
                    if let Some(expansion) = self.expand(&it.mac)? {
                        let file: syn::File =
                            syn::parse2(expansion).map_err(|error| self.at_macro(&it.mac, &error))?;
                        let input = hash::of(&it.mac.tokens.to_string());
                        self.expansions += 1;
                        let mut items = self.inner(file.items)?;
                        self.expansions -= 1;
                        items.iter_mut().for_each(|item| item.code = hash::join(item.code, input));
                        raw.extend(items);
                    }
                }
                Item::Mod(it) => {
                    let attributes = attributes(&it.attrs);
                    let content = match it.content {
                        Some((_, items)) if !is_test(&attributes) => Some(self.inner(items)?),
                        Some(_) => Some(Vec::new()),
                        None => None,
                    };
                    raw.push(RawItem {
                        name: it.ident.to_string(),
                        is_public: is_public(&it.vis),
                        attributes,
                        kind: RawKind::Module(content),
                        code: 0,
                    });
                }
                Item::Impl(it) => raw.push(self.implementation(it)?),
                item => raw.extend(plain(item)),
            }
        }
        raw.retain(|item| !is_test(&item.attributes));
        Ok(raw)
    }

    /// Expands a call of a macro of the crate. Returns `None` for other macros.
    fn expand(&mut self, call: &Macro) -> Result<Option<TokenStream>, SurfaceError> {
        let name = call.path.segments.last().map(|segment| segment.ident.to_string()).unwrap_or_default();
        let rules = self.parser.texts.get(self.path, &name);
        self.used.insert(name, rules.cloned());
        let Some(rules) = rules else { return Ok(None) };
        if self.expansions == MAX_EXPANSIONS {
            return Err(self.at_macro(call, &"the macro expands to itself"));
        }
        let definition = self.parser.definitions.entry(rules.as_ptr());
        let definition =
            definition.or_insert_with(|| Definition::parse(rules.parse::<TokenStream>().ok()?)).as_ref();
        match definition.and_then(|definition| definition.expand(call.tokens.clone())) {
            Some(expansion) if self.depth + depth_of(&expansion) > MAX_DEPTH => {
                let message = format!("the expansion is nested more than {MAX_DEPTH} levels deep");
                Err(self.at_macro(call, &message))
            }
            Some(expansion) => Ok(Some(expansion)),
            None => Err(self.at_macro(call, &"the call matches no rule of the macro")),
        }
    }

    fn at_macro(&self, call: &Macro, message: &dyn std::fmt::Display) -> SurfaceError {
        let name = call.path.segments.last().map(|segment| segment.ident.to_string()).unwrap_or_default();
        let at = self.text.find(&format!("{name}!")).unwrap_or_default();
        let line = skeleton::line(self.text, at);
        SurfaceError { file: self.path.to_owned(), line, message: format!("`{name}!`: {message}") }
    }

    fn implementation(&mut self, item: ItemImpl) -> Result<RawItem, SurfaceError> {
        let attributes = attributes(&item.attrs);
        let (raw, code) = match &item.trait_ {
            Some((of, _)) => self.trait_impl(&item, of),
            None => (self.inherent_impl(&item)?, hash::of("")),
        };
        let kind = RawKind::Impl(Box::new(raw));
        Ok(RawItem { name: String::new(), is_public: true, attributes, kind, code })
    }

    /// Reads the impl of a trait. Returns it with the hash of its code.
    fn trait_impl(&self, item: &ItemImpl, of: &Path) -> (RawImpl, u64) {
        let speller = Speller::default().with(&item.generics);
        let mut code = hash::of("");
        let mut texts = vec![
            speller.path(of),
            speller.ty(&item.self_ty),
            speller.generics(&item.generics),
            speller.where_clause(&item.generics),
        ];
        for member in &item.items {
            match member {
                ImplItem::Type(it) => texts.push(format!("{} = {}", it.ident, speller.ty(&it.ty))),
                ImplItem::Const(it) => {
                    code = hash::join(code, hash::of(&it.expr.to_token_stream().to_string()))
                }
                ImplItem::Fn(it) => code = hash::join(code, body(&it.block)),
                _ => {}
            }
        }
        lifetimes::of_trait_impl(&declared(&item.generics), &mut texts);
        let mut texts = texts.into_iter();
        let mut next = || texts.next().unwrap_or_default();
        let raw = RawImpl {
            of: Some(next()),
            self_type: next(),
            self_path: self_path(item),
            generics: next(),
            where_clause: next(),
            types: texts.collect(),
            items: Vec::new(),
            lifetimes: Names::default(),
        };
        (raw, code)
    }

    fn inherent_impl(&mut self, item: &ItemImpl) -> Result<RawImpl, SurfaceError> {
        let speller = Speller::default().with(&item.generics);
        let (names, self_type) = Names::of_self_type(&speller.ty(&item.self_ty));
        let mut items = Vec::new();
        for member in &item.items {
            match member {
                ImplItem::Macro(it) => {
                    if let Some(expansion) = self.expand(&it.mac)? {
                        let text = format!("impl T {{ {expansion} }}");
                        let inner: ItemImpl =
                            syn::parse_str(&text).map_err(|error| self.at_macro(&it.mac, &error))?;
                        let inner = inner.items.iter();
                        items.extend(inner.filter_map(|member| impl_item(&speller, &names, member)));
                    }
                }
                member => items.extend(impl_item(&speller, &names, member)),
            }
        }
        Ok(RawImpl {
            of: None,
            self_type,
            self_path: self_path(item),
            generics: names.apply(&speller.generics(&item.generics)),
            where_clause: names.apply(&speller.where_clause(&item.generics)),
            types: Vec::new(),
            items,
            lifetimes: names,
        })
    }
}

/// Returns the path of the type of an impl, without arguments. Empty for types without a path.
fn self_path(item: &ItemImpl) -> String {
    match &*item.self_ty {
        Type::Path(it) if it.qself.is_none() => {
            let segments = it.path.segments.iter().map(|segment| segment.ident.to_string());
            segments.collect::<Vec<_>>().join("::")
        }
        _ => String::new(),
    }
}
