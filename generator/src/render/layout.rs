//! Lays out a statement of a snippet.

/// Lays out a statement or the value of a function.
pub(super) fn laid_out(statement: &str) -> String {
    // prettyplease lays out the arguments of a function, but not the arguments of a macro.
    let statement = swap(statement, ("vec![", '[', ']'), ("vec_(", ')'));
    match syn::parse_file(&format!("fn f() {{ {statement} }}")) {
        Ok(file) => {
            let text = swap(&prettyplease::unparse(&file), ("vec_(", '(', ')'), ("vec![", ']'));
            text.lines().filter(|line| line.starts_with(' ')).map(|line| format!("{line}\n")).collect()
        }
        Err(_) => format!("    {}\n", swap(&statement, ("vec_(", '(', ')'), ("vec![", ']'))),
    }
}

/// Replaces the start and the end of each call that begins with `call`, outside of string literals. `open` and `close` are
/// its brackets.
fn swap(code: &str, (call, open, close): (&str, char, char), (new_call, new_close): (&str, char)) -> String {
    let mut swapped = String::with_capacity(code.len());
    // For each open bracket, true if it belongs to a replaced call.
    let mut brackets = Vec::new();
    let mut rest = code;
    while let Some(character) = rest.chars().next() {
        let is_start = !swapped.ends_with(|last: char| last.is_alphanumeric() || last == '_');
        if is_start && rest.starts_with(call) {
            brackets.push(true);
            swapped.push_str(new_call);
            rest = &rest[call.len()..];
            continue;
        }
        let mut length = character.len_utf8();
        match character {
            '"' => {
                let mut escaped = false;
                let end = rest[1..].find(|it: char| {
                    let is_end = it == '"' && !escaped;
                    escaped = it == '\\' && !escaped;
                    is_end
                });
                length = end.map_or(rest.len(), |end| end + 2);
                swapped.push_str(&rest[..length]);
            }
            it if it == open => {
                brackets.push(false);
                swapped.push(it);
            }
            it if it == close => swapped.push(if brackets.pop() == Some(true) { new_close } else { it }),
            it => swapped.push(it),
        }
        rest = &rest[length..];
    }
    swapped
}

#[cfg(test)]
mod tests {
    use super::laid_out;

    #[test]
    fn lays_out_the_items_of_a_list() {
        let item = format!("types::Item::new(\"vec![(\\\"\", with_vec_([{}]))", "1, ".repeat(20));
        let lines: Vec<String> = laid_out(&format!("let body = vec![{item}, vec![]];"))
            .lines()
            .map(|line| line.trim().to_owned())
            .collect();
        let (first, last) = (&lines[..2], &lines[lines.len() - 3..]);
        assert_eq!(first, ["let body = vec![", "types::Item::new("], "{lines:?}");
        assert_eq!(last, ["),", "vec![],", "];"], "{lines:?}");
        assert_eq!(lines[2], "\"vec![(\\\"\",", "{lines:?}");
    }
}
