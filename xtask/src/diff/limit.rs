//! Shortens Markdown to a length, and says how much is left out.

/// The length that the sentence about left-out entries can have.
const NOTE_LENGTH: usize = 80;

/// Leaves out entries at the ends of sections, the last section first, until the text has at most `max` bytes. An entry
/// starts with a hyphen at the start of a line; all other lines at the start of a line stay.
pub(super) fn limited(text: &str, max: usize) -> String {
    let mut blocks = blocks(text);
    let mut length = text.len();
    let mut omitted = vec![0; blocks.len()];
    for index in (0..blocks.len()).rev() {
        let entries = &mut blocks[index].entries;
        while length > max {
            let Some(entry) = entries.pop() else { break };
            if omitted[index] == 0 {
                length += NOTE_LENGTH;
            }
            omitted[index] += 1;
            length -= entry.len();
        }
    }
    let mut shorter = String::with_capacity(length);
    for (block, omitted) in blocks.iter().zip(omitted) {
        shorter.push_str(block.head);
        block.entries.iter().for_each(|entry| shorter.push_str(entry));
        if omitted > 0 {
            let entries = if omitted == 1 { "entry is" } else { "entries are" };
            shorter.push_str(&format!("- {omitted} more {entries} left out; `cargo xtask diff` shows all\n"));
            shorter.push_str(block.gap);
        }
    }
    shorter
}

/// A heading or a paragraph, and the entries after it.
struct Block<'t> {
    head: &'t str,
    entries: Vec<&'t str>,
    /// The empty line after the last entry.
    gap: &'static str,
}

fn blocks(text: &str) -> Vec<Block<'_>> {
    let mut blocks: Vec<Block<'_>> = Vec::new();
    let mut start = 0;
    let mut pieces: Vec<&str> = Vec::new();
    for (at, _) in text.match_indices('\n') {
        let is_continued = text[at + 1..].starts_with(' ') || text[at + 1..].starts_with('\n');
        if !is_continued {
            pieces.push(&text[start..=at]);
            start = at + 1;
        }
    }
    pieces.push(&text[start..]);
    for piece in pieces.into_iter().filter(|piece| !piece.is_empty()) {
        match blocks.last_mut() {
            Some(block) if piece.starts_with("- ") => {
                block.entries.push(piece);
                block.gap = if piece.ends_with("\n\n") { "\n" } else { "" };
            }
            _ if piece.starts_with("- ") => blocks.push(Block { head: "", entries: vec![piece], gap: "" }),
            _ => blocks.push(Block { head: piece, entries: Vec::new(), gap: "" }),
        }
    }
    blocks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, max: usize, expected: &str) {
        assert_eq!(limited(text, max), expected);
    }

    #[test]
    fn leaves_out_the_last_entries_and_counts_them() {
        let long = "x".repeat(100);
        let text = format!("# A\n\n- a\n- b:\n  - {long}\n\n# B\n\n- {long}\n- {long}\n\nThe end.\n");
        check(&text, text.len(), &text);
        check(
            &text,
            text.len() - 10,
            &format!(
                "# A\n\n- a\n- b:\n  - {long}\n\n# B\n\n- {long}\n- 1 more entry is left out; `cargo xtask diff` shows all\n\nThe end.\n"
            ),
        );
        check(
            &text,
            200,
            "# A\n\n- a\n- 1 more entry is left out; `cargo xtask diff` shows all\n\n# B\n\n- 2 more entries are left out; `cargo xtask diff` shows all\n\nThe end.\n",
        );
    }

    #[test]
    fn never_exceeds_the_limit() {
        let entries: String = (0..5000).map(|number| format!("- entry {number} of many\n")).collect();
        let text = format!("# A\n\n{entries}\n# B\n\n{entries}\nThe end.\n");
        for max in [1_000, 64_000, 120_000] {
            let shorter = limited(&text, max);
            assert!(shorter.len() <= max && shorter.len() + 200 > max, "{} of {max}", shorter.len());
            assert!(shorter.ends_with("The end.\n"));
        }
    }
}
