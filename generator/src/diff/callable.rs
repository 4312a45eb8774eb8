//! The changes of a function or method.

use super::apis::Apis;
use super::change::{Change, ChangeKind};
use super::widen;
use crate::surface::{Argument, Callable, Item};

/// Returns the changes of a function.
pub(super) fn changes(apis: &Apis<'_>, old: (&Item, &Callable), new: (&Item, &Callable)) -> Vec<Change> {
    let (old_item, old) = old;
    let (new_item, new) = new;
    let (mut changes, mut of_arguments) = (Vec::new(), Vec::new());
    let mut add =
        |kind, message: String| changes.push(apis.change(kind, Some(old_item), Some(new_item), message));
    modifiers(old, new, &mut add);
    receiver(old, new, &mut add);
    arguments(apis, &old.arguments, &new.arguments, &mut |kind, name, message| {
        let mut change = apis.change(kind, Some(old_item), Some(new_item), message);
        change.argument = Some(name.to_owned()).filter(|name| !name.is_empty());
        of_arguments.push(change);
    });
    if !apis.are_same(&old.generics, &new.generics) {
        add(ChangeKind::FunctionGenericsChanged, "has other generic parameters".to_owned());
    }
    if !apis.are_same(&old.output, &new.output) {
        add(ChangeKind::ReturnTypeChanged, format!("returns `{}` instead of `{}`", new.output, old.output));
    }
    changes.extend(of_arguments);
    let call = |index, item, callable| apis.call(index, item, callable);
    let calls = (call(&apis.old, old_item, old), call(&apis.new, new_item, new));
    if calls.0 != calls.1 {
        changes
            .iter_mut()
            .filter(|change| is_of_arguments(change.kind))
            .for_each(|change| change.calls = Some(calls.clone()));
    }
    changes
}

fn is_of_arguments(kind: ChangeKind) -> bool {
    use ChangeKind::{ArgumentAdded, ArgumentRemoved, ArgumentsReordered, ReceiverChanged};
    matches!(kind, ArgumentAdded | ArgumentRemoved | ArgumentsReordered | ReceiverChanged)
}

fn modifiers(old: &Callable, new: &Callable, add: &mut impl FnMut(ChangeKind, String)) {
    for (word, breaks_if_added, breaks_if_removed) in
        [("const ", false, true), ("unsafe ", true, false), ("async ", true, true)]
    {
        let (before, after) = (old.modifiers.contains(word), new.modifiers.contains(word));
        let kind = |breaks| match breaks {
            true => ChangeKind::FunctionModifiersChanged,
            false => ChangeKind::FunctionModifiersWidened,
        };
        match (before, after) {
            (false, true) => add(kind(breaks_if_added), format!("becomes `{}`", word.trim())),
            (true, false) => add(kind(breaks_if_removed), format!("is no longer `{}`", word.trim())),
            _ => {}
        }
    }
}

fn receiver(old: &Callable, new: &Callable, add: &mut impl FnMut(ChangeKind, String)) {
    let (before, after) = (old.receiver.as_deref(), new.receiver.as_deref());
    if before == after {
        return;
    }
    let kind = match (before, after) {
        (Some("&mut self"), Some("&self")) => ChangeKind::ReceiverWidened,
        _ => ChangeKind::ReceiverChanged,
    };
    add(
        kind,
        match (before, after) {
            (Some(before), Some(after)) => format!("takes `{after}` instead of `{before}`"),
            (None, _) => "is a method and no longer an associated function".to_owned(),
            (_, None) => "is an associated function and no longer a method".to_owned(),
        },
    );
}

fn arguments(
    apis: &Apis<'_>,
    old: &[Argument],
    new: &[Argument],
    add: &mut impl FnMut(ChangeKind, &str, String),
) {
    if is_reordered(old, new) {
        let names: Vec<&str> = new.iter().map(|argument| argument.name.as_str()).collect();
        return add(
            ChangeKind::ArgumentsReordered,
            "",
            format!("has its arguments in another order: `{}`", names.join("`, `")),
        );
    }
    // Only names tell which argument is new or removed. If the number stays, arguments are compared by position.
    if old.len() != new.len() {
        let lacks = |all: &[Argument], name: &str| !all.iter().any(|argument| argument.name == name);
        let added: Vec<&str> =
            new.iter().map(|it| it.name.as_str()).filter(|name| lacks(old, name)).collect();
        let removed: Vec<&str> =
            old.iter().map(|it| it.name.as_str()).filter(|name| lacks(new, name)).collect();
        if new.len() > old.len() {
            let added = if added.is_empty() { vec![new[new.len() - 1].name.as_str()] } else { added };
            added.iter().for_each(|name| {
                add(ChangeKind::ArgumentAdded, name, format!("has a new argument `{name}`"))
            });
            removed.iter().for_each(|name| {
                add(ChangeKind::ArgumentRemoved, name, format!("no longer has the argument `{name}`"))
            });
        } else {
            let removed = if removed.is_empty() { vec![old[old.len() - 1].name.as_str()] } else { removed };
            removed.iter().for_each(|name| {
                add(ChangeKind::ArgumentRemoved, name, format!("no longer has the argument `{name}`"))
            });
            added.iter().for_each(|name| {
                add(ChangeKind::ArgumentAdded, name, format!("has a new argument `{name}`"))
            });
        }
    }
    let pairs: Vec<(&Argument, &Argument)> = match old.len() == new.len() {
        true => old.iter().zip(new).collect(),
        false => {
            old.iter().filter_map(|old| Some((old, new.iter().find(|new| new.name == old.name)?))).collect()
        }
    };
    for (old, new) in pairs {
        if apis.are_same(&old.ty, &new.ty) {
            continue;
        }
        let message = format!("accepts `{}` instead of `{}` as `{}`", new.ty, old.ty, new.name);
        match widen::accepts(&old.ty, &new.ty) {
            true => add(ChangeKind::ArgumentTypeWidened, &new.name, message),
            false => add(ChangeKind::ArgumentTypeChanged, &new.name, message),
        }
    }
}

/// Returns true if an argument has another position. A call with the old order can compile, but sends other values.
fn is_reordered(old: &[Argument], new: &[Argument]) -> bool {
    let position = |name: &str| new.iter().position(|argument| argument.name == name);
    let has_moved = |(index, it): (usize, &Argument)| position(&it.name).is_some_and(|found| found != index);
    old.len() == new.len() && old.iter().enumerate().any(has_moved)
}
