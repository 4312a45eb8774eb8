//! Shortens Markdown to a length, and says how much is left out.

/// The length that the sentence about left-out entries can have.
const NOTE_LENGTH: usize = 80;

/// Leaves out entries at the ends of the longest sections until the text has at most `max` bytes. An entry starts with a
/// hyphen at the start of a line; all other lines at the start of a line stay.
pub(super) fn limited(text: &str, max: usize) -> String {
    let mut blocks = blocks(text);
    let mut omitted = vec![0; blocks.len()];
    if text.len() > max {
        let heads: usize = blocks.iter().map(|block| block.head.len() + NOTE_LENGTH).sum();
        let limit = common_limit(&blocks, max.saturating_sub(heads));
        for (block, omitted) in blocks.iter_mut().zip(&mut omitted) {
            let mut length = block.length();
            while length > limit {
                let Some(entry) = block.entries.pop() else { break };
                length -= entry.len();
                *omitted += 1;
            }
        }
    }
    let mut shorter = String::with_capacity(text.len().min(max));
    for (block, omitted) in blocks.iter().zip(omitted) {
        shorter.push_str(block.head);
        block.entries.iter().for_each(|entry| shorter.push_str(entry));
        if omitted > 0 {
            let entries = if omitted == 1 { "entry is" } else { "entries are" };
            shorter.push_str(&format!("- {omitted} more {entries} left out\n"));
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

impl Block<'_> {
    /// Returns the length of all entries.
    fn length(&self) -> usize {
        self.entries.iter().map(|entry| entry.len()).sum()
    }
}

/// Returns the length that no section may exceed, so that all have at most `space` together. Short sections stay whole.
fn common_limit(blocks: &[Block<'_>], mut space: usize) -> usize {
    let mut lengths: Vec<usize> = blocks.iter().map(Block::length).collect();
    lengths.sort_unstable();
    for (index, length) in lengths.iter().enumerate() {
        let share = space / (lengths.len() - index);
        if *length > share {
            return share;
        }
        space -= length;
    }
    usize::MAX
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
        let long = "x".repeat(1000);
        let text = format!("# A\n\n- a\n- b:\n  - {long}\n\n# B\n\n- {long}\n- {long}\n\nThe end.\n");
        check(&text, text.len(), &text);
        check(
            &text,
            2500,
            &format!(
                "# A\n\n- a\n- b:\n  - {long}\n\n# B\n\n- {long}\n- 1 more entry is left out\n\nThe end.\n"
            ),
        );
    }

    #[test]
    fn never_exceeds_the_limit() {
        let entries: String = (0..5000).map(|number| format!("- entry {number} of many\n")).collect();
        let text = format!("# A\n\n{entries}\n# B\n\n{entries}\nThe end.\n");
        for max in [1_000, 64_000, 120_000] {
            let shorter = limited(&text, max);
            assert!(shorter.len() <= max && shorter.len() + 400 > max, "{} of {max}", shorter.len());
            assert!(shorter.ends_with("The end.\n"));
        }
    }
}
