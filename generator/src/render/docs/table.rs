//! Writes tables. The columns are aligned if the lines stay short enough.

use pulldown_cmark::Alignment;

use super::words::Words;

pub(super) struct Table {
    alignments: Vec<Alignment>,
    rows: Vec<Vec<String>>,
}

impl Table {
    pub(super) fn new(alignments: Vec<Alignment>) -> Self {
        Self { alignments, rows: Vec::new() }
    }

    pub(super) fn start_row(&mut self) {
        self.rows.push(Vec::new());
    }

    pub(super) fn cell(&mut self, words: &Words) {
        if let Some(row) = self.rows.last_mut() {
            row.push(words.join());
        }
    }

    pub(super) fn lines(&self, width: usize) -> Vec<String> {
        let longest =
            |column: usize| self.rows.iter().filter_map(|row| row.get(column)).map(|cell| length(cell)).max();
        let widths: Vec<usize> =
            (0..self.alignments.len()).map(|column| longest(column).unwrap_or(0).max(3)).collect();
        let fits = widths.iter().sum::<usize>() + 3 * widths.len() < width;
        let widths = if fits { widths } else { vec![3; widths.len()] };
        let mut lines: Vec<String> = self.rows.iter().map(|row| line(row, &widths)).collect();
        let rules: Vec<String> =
            self.alignments.iter().zip(&widths).map(|(side, width)| rule(*side, *width)).collect();
        lines.insert(1.min(lines.len()), line(&rules, &widths));
        lines
    }
}

fn line(cells: &[String], widths: &[usize]) -> String {
    let mut line = String::from("|");
    for (cell, width) in cells.iter().zip(widths) {
        line.push(' ');
        line.push_str(cell);
        line.extend(std::iter::repeat_n(' ', width.saturating_sub(length(cell))));
        line.push_str(" |");
    }
    line
}

fn rule(side: Alignment, width: usize) -> String {
    let (start, end) = match side {
        Alignment::None => ("-", "-"),
        Alignment::Left => (":", "-"),
        Alignment::Center => (":", ":"),
        Alignment::Right => ("-", ":"),
    };
    format!("{start}{}{end}", "-".repeat(width - 2))
}

fn length(cell: &str) -> usize {
    cell.chars().count()
}
