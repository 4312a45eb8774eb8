//! `README.md`, which is the documentation of the crate's root as well.

use super::{Context, docs};
use crate::file_tree::FileTree;

pub(super) fn render(context: &Context<'_>, tree: &mut FileTree) {
    let name = &context.package.name;
    let description = docs::rustdoc(&context.package.description).join("\n");
    let text = format!("# {name}\n\n{description}\n");
    tree.insert("README.md", text);
}
