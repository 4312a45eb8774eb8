//! Paragraphs and tables of the README.

/// The width of paragraphs.
const WIDTH: usize = 100;

/// The longest row of a table whose columns are aligned.
const TABLE_WIDTH: usize = 100;

/// Wraps a paragraph of Markdown, and ends it with an empty line. Code spans are not broken.
pub(super) fn paragraph(text: &str) -> String {
    let mut units: Vec<String> = Vec::new();
    let mut in_code = false;
    for word in text.split_whitespace() {
        match units.last_mut().filter(|_| in_code) {
            Some(code) => code.extend([" ", word]),
            None => units.push(word.to_owned()),
        }
        in_code ^= word.matches('`').count() % 2 == 1;
    }
    let mut wrapped = String::new();
    let mut length = 0;
    for unit in units {
        let width = unit.chars().count();
        if length > 0 {
            let breaks = length + 1 + width > WIDTH;
            wrapped.push(if breaks { '\n' } else { ' ' });
            length = if breaks { 0 } else { length + 1 };
        }
        wrapped.push_str(&unit);
        length += width;
    }
    wrapped.push_str("\n\n");
    wrapped
}

/// Returns a table in Markdown. Its columns are aligned if the rows are short.
pub(super) fn table<const N: usize>(header: [&str; N], rows: Vec<[String; N]>) -> String {
    let cell = |text: String| text.replace("\\|", "|").replace('|', "\\|");
    let mut rows: Vec<[String; N]> = rows.into_iter().map(|row| row.map(cell)).collect();
    rows.insert(0, header.map(str::to_owned));
    let length = |text: &String| text.chars().count();
    let widths: [usize; N] =
        std::array::from_fn(|column| rows.iter().map(|row| length(&row[column])).max().unwrap_or(0).max(3));
    let is_aligned = widths.iter().sum::<usize>() + 3 * N < TABLE_WIDTH;
    let widths = if is_aligned { widths } else { [0; N] };
    let rule: [String; N] = widths.map(|width| "-".repeat(width.max(3)));
    rows.insert(1, rule);
    let line = |row: &[String; N]| {
        let cells = row.iter().zip(widths).map(|(cell, width)| format!(" {cell:width$} |"));
        format!("|{}\n", cells.collect::<String>())
    };
    rows.iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::paragraph;

    #[test]
    fn paragraphs_are_wrapped_between_words_and_code_spans() {
        let word = "x".repeat(60);
        assert_eq!(paragraph(&format!("{word} {word}\n a")), format!("{word}\n{word} a\n\n"));
        assert_eq!(paragraph(&format!("{word} `{word} b` c")), format!("{word}\n`{word} b` c\n\n"));
    }
}
