//! The graph of the files of a crate: an edge from each file to the files that it uses, by paths and by method calls.

use std::collections::{BTreeMap, BTreeSet};

use petgraph::algo::tarjan_scc;
use petgraph::graphmap::DiGraphMap;
use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::{FnArg, ImplItem, Item, Pat, Signature, TraitItem};

use super::paths::{Link, Mention, mentions};
use super::room_of;
use super::source::{Definition, Meaning, ModulePath, Source};

/// The names in a function whose types are known: `self` and the parameters.
type Locals = BTreeMap<String, Vec<Definition>>;

/// The files that each file uses, with the first name that it uses from each.
#[derive(Default)]
pub(super) struct Graph(BTreeMap<(String, String), String>);

impl Graph {
    /// Builds the graph of a crate.
    pub(super) fn of(source: &Source) -> Self {
        let mut graph = Self::default();
        for (path, module) in &source.modules {
            let mut reader = Reader { source, module: path, file: &module.file, graph: &mut graph };
            for import in &module.private_imports {
                reader.path(import);
            }
            for item in &module.items {
                reader.item(item);
            }
        }
        graph
    }

    /// Returns the circles among the files for which `is_in_room` is true. Each is a text with the edges within it.
    pub(super) fn circles(&self, is_in_room: impl Fn(&str) -> bool) -> Vec<String> {
        let edges = || self.0.iter().filter(|((from, to), _)| is_in_room(from) && is_in_room(to));
        let graph: DiGraphMap<&str, ()> =
            edges().map(|((from, to), _)| (from.as_str(), to.as_str(), ())).collect();
        let circles = tarjan_scc(&graph).into_iter().filter(|files| files.len() > 1);
        let described = circles.map(|files| {
            let files: BTreeSet<&str> = files.into_iter().collect();
            let within = edges()
                .filter(|((from, to), _)| files.contains(from.as_str()) && files.contains(to.as_str()));
            let lines = within.map(|((from, to), name)| format!("  {from} uses `{name}` of {to}\n"));
            format!("a circle of {} files:\n{}", files.len(), lines.collect::<String>())
        });
        described.collect()
    }

    /// Returns the rooms at the root of the crate that each room uses.
    pub(super) fn rooms(&self) -> BTreeMap<&str, BTreeSet<String>> {
        let mut rooms: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
        for (from, to) in self.0.keys() {
            let (from, to) = (room_of(from), room_of(to));
            if from != to {
                rooms.entry(from).or_default().insert(to.to_owned());
            }
        }
        rooms
    }

    fn add(&mut self, from: &str, to: &str, name: &str) {
        if from != to {
            self.0.entry((from.to_owned(), to.to_owned())).or_insert_with(|| name.to_owned());
        }
    }
}

/// Reads the items of one module.
struct Reader<'a> {
    source: &'a Source,
    module: &'a ModulePath,
    file: &'a str,
    graph: &'a mut Graph,
}

impl Reader<'_> {
    fn item(&mut self, item: &Item) {
        match item {
            Item::Fn(function) => {
                let locals = self.parameters(&function.sig, &[]);
                self.code(function.to_token_stream(), &locals);
            }
            Item::Impl(block) => {
                let own = self.source.types_in(self.module, block.self_ty.to_token_stream());
                self.code(block.self_ty.to_token_stream(), &Locals::new());
                self.code(block.generics.to_token_stream(), &Locals::new());
                self.code(block.generics.where_clause.to_token_stream(), &Locals::new());
                if let Some((path, _)) = &block.trait_ {
                    self.code(path.to_token_stream(), &Locals::new());
                }
                for item in &block.items {
                    let locals = match item {
                        ImplItem::Fn(function) => self.parameters(&function.sig, &own),
                        _ => BTreeMap::from([("Self".to_owned(), own.clone())]),
                    };
                    self.code(item.to_token_stream(), &locals);
                }
            }
            Item::Trait(item) => {
                self.code(item.supertraits.to_token_stream(), &Locals::new());
                self.code(item.generics.where_clause.to_token_stream(), &Locals::new());
                for item in &item.items {
                    let locals = match item {
                        TraitItem::Fn(function) => self.parameters(&function.sig, &[]),
                        _ => Locals::new(),
                    };
                    self.code(item.to_token_stream(), &locals);
                }
            }
            item => self.code(item.to_token_stream(), &Locals::new()),
        }
    }

    /// Returns the parameters of a function with the types of the crate that each can be.
    fn parameters(&self, signature: &Signature, own: &[Definition]) -> Locals {
        let mut locals = Locals::new();
        if !own.is_empty() {
            locals.insert("self".to_owned(), own.to_vec());
            locals.insert("Self".to_owned(), own.to_vec());
        }
        for input in &signature.inputs {
            let FnArg::Typed(input) = input else { continue };
            let Pat::Ident(name) = &*input.pat else { continue };
            locals.insert(
                name.ident.to_string(),
                self.source.types_in(self.module, input.ty.to_token_stream()),
            );
        }
        locals
    }

    fn code(&mut self, code: TokenStream, locals: &Locals) {
        for mention in mentions(code) {
            match mention {
                Mention::Path(path) => match (path.as_slice(), locals.get(&path[0])) {
                    // `Self::name`.
                    ([_, method, ..], Some(types)) => {
                        types.iter().for_each(|ty| drop(self.method(ty, method)));
                    }
                    ([_], Some(_)) => {}
                    _ => self.path(&path),
                },
                Mention::Chain { start, links } => match locals.get(&start) {
                    Some(types) => self.chain(types.clone(), &links),
                    None => self.path(&[start]),
                },
            }
        }
    }

    /// Adds the edges of a path.
    fn path(&mut self, path: &[String]) {
        for meaning in self.source.resolve(self.module, path) {
            let Meaning::Item(item, rest) = meaning else { continue };
            if let Some(module) = self.source.modules.get(&item.0) {
                self.graph.add(self.file, &module.file, &item.1);
            }
            if let Some(method) = rest.first() {
                self.method(&item, method);
            }
        }
    }

    /// Follows fields and methods from a value of one of these types, and adds the edges of the methods.
    fn chain(&mut self, mut types: Vec<Definition>, links: &[Link]) {
        for link in links {
            let next = types.iter().flat_map(|ty| match link {
                Link::Field(name) => {
                    let field = self.source.fields.get(ty).and_then(|fields| fields.get(name));
                    field.map(|(module, ty)| self.source.types_in(module, ty.clone())).unwrap_or_default()
                }
                Link::Method(name) => self.method(ty, name),
            });
            types = next.collect();
        }
    }

    /// Adds the edges of a method of a type. Returns the types that it returns.
    fn method(&mut self, ty: &Definition, name: &str) -> Vec<Definition> {
        let methods = self.source.methods.get(ty).and_then(|methods| methods.get(name));
        let mut returned = Vec::new();
        for method in methods.into_iter().flatten() {
            self.graph.add(self.file, &method.file, &format!("{}::{name}", ty.1));
            if let Some((module, output)) = &method.returns {
                let is_self = output.to_string().split(' ').any(|word| word == "Self");
                returned.extend(is_self.then(|| ty.clone()));
                returned.extend(self.source.types_in(module, output.clone()));
            }
        }
        returned
    }
}
