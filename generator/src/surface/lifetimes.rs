//! Writes lifetimes alike, however a crate spells them: a lifetime that the compiler would choose by itself is left out,
//! and the others are named by their order. So `fn f<'x>(a: &'x str) -> &'x str` is the same as `fn f(a: &str) -> &str`.

use std::collections::BTreeMap;

use super::item::Callable;

/// Marks a `&` in the arguments of `Fn` or `fn`, whose lifetime is another one for each call.
pub(super) const OF_CALL: char = '\u{3}';

/// The lifetime that a program cannot choose.
const STATIC: &str = "'static";

/// The names that lifetimes of an item get, by their names in the code.
#[derive(Clone, Debug, Default)]
pub(super) struct Names(BTreeMap<String, String>);

impl Names {
    /// Names the lifetimes that a type or trait declares, in their order.
    pub(super) fn of_declared(declared: &[String]) -> Self {
        Self(declared.iter().enumerate().map(|(index, name)| (name.clone(), letter(index))).collect())
    }

    /// Names the lifetimes of the type of an inherent impl. Returns the names, and the type with them.
    pub(super) fn of_self_type(self_type: &str) -> (Self, String) {
        let mut names = Self::default();
        let mut positions = 0;
        let spelled = write(self_type, |name| {
            if name == Some(STATIC) {
                return name.map(str::to_owned);
            }
            let next = letter(positions);
            positions += 1;
            Some(match name {
                Some(name) => names.0.entry(name.to_owned()).or_insert(next).clone(),
                None => next,
            })
        });
        (names, spelled)
    }

    /// Returns a text with these names.
    pub(super) fn apply(&self, text: &str) -> String {
        write(text, |name| name.map(|name| self.get(name)))
    }

    fn get(&self, name: &str) -> String {
        self.0.get(name).map_or(name, String::as_str).to_owned()
    }

    /// Returns true if a function uses one of the lifetimes.
    pub(super) fn occur_in(&self, callable: &Callable) -> bool {
        let is_own = |name: Option<&str>| name.is_some_and(|name| self.0.values().any(|own| own == name));
        texts(callable).any(|text| lifetimes(text).any(is_own))
    }
}

/// Returns a type without its lifetimes.
pub(super) fn erased(ty: &str) -> String {
    write(ty, |name| name.filter(|name| *name == STATIC).map(str::to_owned))
}

/// Writes the lifetimes of a function alike. `declared` are its own ones, and `outer` names the ones of its type.
pub(super) fn of_function(callable: &mut Callable, declared: &[String], outer: &Names) {
    if texts(callable).all(|text| !text.contains(['\'', OF_CALL])) {
        return;
    }
    let uses = Uses::of(callable);
    let mut own: BTreeMap<String, String> = BTreeMap::new();
    let mut named = |name: &str| {
        if !declared.iter().any(|it| it == name) {
            return Some(outer.get(name));
        }
        let next = letter(outer.0.len() + own.len());
        (!uses.is_elided(name)).then(|| own.entry(name.to_owned()).or_insert(next).clone())
    };
    let mut input = |text: &str| write(text, |name| name.and_then(&mut named));
    callable.receiver = callable.receiver.as_deref().map(&mut input);
    callable.arguments.iter_mut().for_each(|argument| argument.ty = input(&argument.ty));
    // An output without a lifetime has the one of the only input.
    let chosen = uses.chosen.as_deref();
    callable.output = write(&callable.output, |name| name.or(chosen).and_then(&mut named));
    callable.generics = write(&callable.generics, |name| name.and_then(&mut named));
}

/// Writes the lifetimes in the texts of a trait's impl alike. `declared` are its own ones.
pub(super) fn of_trait_impl(declared: &[String], texts: &mut [String]) {
    let mut uses: BTreeMap<String, usize> = BTreeMap::new();
    let all = texts.iter().flat_map(|text| lifetimes(text)).flatten();
    let mut in_order: Vec<String> = Vec::new();
    for name in all.filter(|name| declared.iter().any(|it| it == name)) {
        let count = uses.entry(name.to_owned()).or_default();
        *count += 1;
        if *count == 2 {
            in_order.push(name.to_owned());
        }
    }
    let names = Names::of_declared(&in_order);
    let is_elided = |name: &str| uses.get(name) == Some(&1);
    for text in texts {
        *text = write(text, |name| name.filter(|name| !is_elided(name)).map(|name| names.get(name)));
    }
}

/// The uses of lifetimes in a function.
struct Uses {
    /// The lifetimes of the inputs. `None` for one without a name.
    inputs: Vec<Option<String>>,
    /// The lifetime of an output that has no name: the one of `&self`, or of the only input.
    chosen: Option<String>,
    output: Vec<String>,
    bounds: Vec<String>,
}

impl Uses {
    fn of(callable: &Callable) -> Self {
        let owned = |text| lifetimes(text).map(|name| name.map(str::to_owned));
        let named = |text| owned(text).flatten().collect();
        let receiver: Vec<Option<String>> = callable.receiver.iter().flat_map(|text| owned(text)).collect();
        let is_method = callable.receiver.as_ref().is_some_and(|receiver| receiver.starts_with('&'));
        let arguments = callable.arguments.iter().flat_map(|argument| owned(&argument.ty));
        let inputs: Vec<Option<String>> = receiver.into_iter().chain(arguments).collect();
        let chosen = if is_method || inputs.len() == 1 { inputs.first().cloned().flatten() } else { None };
        Self { inputs, chosen, output: named(&callable.output), bounds: named(&callable.generics) }
    }

    /// Returns true if the compiler chooses the lifetime: it has one input, and only outputs that get it anyway.
    fn is_elided(&self, name: &str) -> bool {
        let inputs = self.inputs.iter().filter(|it| it.as_deref() == Some(name)).count();
        let is_in = |names: &[String]| names.iter().any(|it| it == name);
        inputs == 1 && !is_in(&self.bounds) && (!is_in(&self.output) || self.chosen.as_deref() == Some(name))
    }
}

fn texts(callable: &Callable) -> impl Iterator<Item = &str> {
    let arguments = callable.arguments.iter().map(|argument| argument.ty.as_str());
    let receiver = callable.receiver.as_deref();
    receiver.into_iter().chain(arguments).chain([callable.output.as_str(), callable.generics.as_str()])
}

/// Returns the name of the lifetime at an index.
fn letter(index: usize) -> String {
    const LETTERS: usize = 26;
    let letter = char::from(b'a' + u8::try_from(index % LETTERS).unwrap_or_default());
    match index / LETTERS {
        0 => format!("'{letter}"),
        round => format!("'{letter}{round}"),
    }
}

/// A part of a text.
enum Piece<'t> {
    Text(&'t str),
    /// `&` with its lifetime.
    Reference(Option<&'t str>),
    /// A lifetime elsewhere. `None` for `'_`.
    Name(Option<&'t str>),
}

/// Splits a text at its lifetimes.
fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(['&', '\'']) {
        pieces.push(Piece::Text(&rest[..at]));
        let (quoted, is_reference) = match rest[at..].strip_prefix('&') {
            Some(after) => (after, true),
            None => (&rest[at..], false),
        };
        let name = lifetime_at_start(quoted);
        rest = &quoted[name.map_or(0, str::len)..];
        let name_if_any = name.filter(|name| *name != "'_");
        match (is_reference, name) {
            (true, None) if quoted.starts_with(OF_CALL) => {
                pieces.push(Piece::Text("&"));
                rest = &rest[OF_CALL.len_utf8()..];
            }
            // A conjunction of bits.
            (true, None) if quoted.starts_with(' ') => pieces.push(Piece::Text("&")),
            (true, _) => {
                pieces.push(Piece::Reference(name_if_any));
                rest = rest.trim_start();
            }
            (false, Some(_)) => pieces.push(Piece::Name(name_if_any)),
            // The quote of a character.
            (false, None) => {
                pieces.push(Piece::Text(&quoted[..1]));
                rest = &quoted[1..];
            }
        }
    }
    pieces.push(Piece::Text(rest));
    pieces
}

/// Returns the lifetime at the start of a text, with its quote.
fn lifetime_at_start(text: &str) -> Option<&str> {
    let name = text.strip_prefix('\'')?;
    let is_end = |character: char| !(character.is_alphanumeric() || character == '_');
    let length = name.find(is_end).unwrap_or(name.len());
    let is_character = length == 0 || name[length..].starts_with('\'');
    (!is_character).then(|| &text[..=length])
}

/// Returns the lifetimes of a text in their order. `None` for one without a name.
fn lifetimes(text: &str) -> impl Iterator<Item = Option<&str>> {
    pieces(text).into_iter().filter_map(|piece| match piece {
        Piece::Text(_) => None,
        Piece::Reference(name) | Piece::Name(name) => Some(name),
    })
}

/// Writes a text with other lifetimes. `choose` returns the name of a lifetime, or `None` if it is left out.
fn write(text: &str, mut choose: impl FnMut(Option<&str>) -> Option<String>) -> String {
    let mut written = String::with_capacity(text.len());
    for piece in pieces(text) {
        match piece {
            Piece::Text(text) => written.push_str(text),
            Piece::Reference(name) => {
                written.push('&');
                written.extend(choose(name).map(|name| name + " "));
            }
            Piece::Name(name) => written.push_str(&choose(name).unwrap_or_else(|| "'_".to_owned())),
        }
    }
    while written.contains("<'_, ") {
        written = written.replace("<'_, ", "<");
    }
    written.replace("<'_>", "").replace(", '_", "").replace(" + '_", "")
}

#[cfg(test)]
mod tests {
    use super::super::Surface;

    /// Checks that two declarations are the same or not.
    #[track_caller]
    fn check(one: &str, other: &str, is_same: bool) {
        let read = |code: &str| {
            let surface = Surface::read([("src/lib.rs", code)]).unwrap_or_else(|error| panic!("{error}"));
            surface.items().iter().map(|item| item.declaration(false)).collect::<Vec<_>>()
        };
        let (first, second) = (read(one), read(other));
        assert_eq!(first == second, is_same, "{one}\n{other}\n{first:?}\n{second:?}");
    }

    #[test]
    fn lifetimes_that_the_compiler_chooses_are_the_same() {
        check("pub fn f<'x>(a: &'x str) -> &'x str {}", "pub fn f(a: &str) -> &str {}", true);
        check("pub fn f<'x>(a: &'x str, b: &'x str) {}", "pub fn f<'y>(c: &'y str, d: &'y str) {}", true);
        check("pub fn f<'x>(a: &'x str, b: &str) {}", "pub fn f(a: &str, b: &'_ str) {}", true);
        check(
            "pub fn f(a: impl Fn(&u8) -> &u8)  {}",
            "pub fn f(a: impl for<'x> Fn(&'x u8) -> &'x u8) {}",
            true,
        );
        check("pub fn f(a: &'static str) -> &str {}", "pub fn f(a: &'static str) -> &'static str {}", true);
        check(
            "pub struct A<'x>(&'x u8); impl<'x> A<'x> { pub fn f<'y>(&'y self, b: &u8) -> &'y u8 {} }",
            "pub struct A<'z>(&'z u8); impl A<'_> { pub fn f(&self, b: &u8) -> &u8 {} }",
            true,
        );
        check(
            "pub struct A; impl<'de> D<'de> for A { type B = C; }",
            "pub struct A; impl D<'_> for A { type B = C; }",
            true,
        );
    }

    #[test]
    fn other_lifetimes_differ() {
        check(
            "pub fn f<'x>(a: &'x str, b: &str) -> &'x str {}",
            "pub fn f<'x>(a: &str, b: &'x str) -> &'x str {}",
            false,
        );
        check("pub fn f<'x>(a: &'x str, b: &'x str) {}", "pub fn f(a: &str, b: &str) {}", false);
        check("pub fn f(a: &str) -> &str {}", "pub fn f(a: &str) -> &'static str {}", false);
        check("pub struct A<'x>(&'x u8);", "pub struct A(u8);", false);
        check(
            "pub struct A<'x, 'y>(pub &'x u8, pub &'y u8);",
            "pub struct A<'x, 'y>(pub &'y u8, pub &'x u8);",
            false,
        );
        check("pub type A<'x> = &'x u8;", "pub type A<'x> = &'static u8;", false);
        check(
            "pub struct A<'x>(&'x u8); impl<'x> A<'x> { pub fn f(&self) -> &'x u8 {} }",
            "pub struct A<'x>(&'x u8); impl<'x> A<'x> { pub fn f(&self) -> &u8 {} }",
            false,
        );
        check("pub fn f<'x, T: 'x>(a: &'x T) {}", "pub fn f<T: 'static>(a: &T) {}", false);
        check(
            "pub struct A; impl<'x> I for &'x A { type B = &'x u8; }",
            "pub struct A; impl I for &A { type B = &'static u8; }",
            false,
        );
    }
}
