//! Rust text read without a compiler: where code, words and functions are.

/// The same text, with the inside of comments, strings and character literals
/// turned to blanks; lines and columns stay where they are.
pub(crate) fn code_only(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = bytes.to_vec();
    let mut at = 0;
    while at < bytes.len() {
        let end = match &bytes[at..] {
            [b'/', b'/', ..] => line_end(bytes, at),
            [b'/', b'*', ..] => block_comment_end(bytes, at),
            [b'"', ..] => string_end(bytes, at),
            [b'r', b'"' | b'#', ..] if !is_word(bytes, at) => raw_string_end(bytes, at).unwrap_or(at + 1),
            [b'\'', ..] => char_end(bytes, at).unwrap_or(at + 1),
            _ => at + 1,
        };
        if end > at + 1 {
            for byte in &mut out[at..end] {
                if *byte != b'\n' {
                    *byte = b' ';
                }
            }
        }
        at = end;
    }
    String::from_utf8_lossy(&out).into_owned()
}

fn is_word(bytes: &[u8], at: usize) -> bool {
    at > 0 && (bytes[at - 1].is_ascii_alphanumeric() || bytes[at - 1] == b'_')
}

fn line_end(bytes: &[u8], at: usize) -> usize {
    bytes[at..]
        .iter()
        .position(|byte| *byte == b'\n')
        .map_or(bytes.len(), |length| at + length)
}

fn block_comment_end(bytes: &[u8], start: usize) -> usize {
    let (mut depth, mut at) = (1, start + 2);
    while depth > 0 && at < bytes.len() {
        match &bytes[at..] {
            [b'/', b'*', ..] => (depth, at) = (depth + 1, at + 2),
            [b'*', b'/', ..] => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
    }
    at
}

fn string_end(bytes: &[u8], start: usize) -> usize {
    let mut at = start + 1;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 2,
            b'"' => return at + 1,
            _ => at += 1,
        }
    }
    bytes.len()
}

fn raw_string_end(bytes: &[u8], start: usize) -> Option<usize> {
    let hashes = bytes[start + 1..]
        .iter()
        .take_while(|byte| **byte == b'#')
        .count();
    let open = start + 1 + hashes;
    if bytes.get(open) != Some(&b'"') {
        return None; // a raw identifier
    }
    let close = [b"\"".as_slice(), &b"#".repeat(hashes)].concat();
    let length = bytes[open + 1..]
        .windows(close.len())
        .position(|window| window == close)?;
    Some(open + 1 + length + close.len())
}

/// None for a lifetime.
fn char_end(bytes: &[u8], start: usize) -> Option<usize> {
    let rest = &bytes[start + 1..];
    if rest.first() == Some(&b'\\') {
        return rest[2..]
            .iter()
            .position(|byte| *byte == b'\'')
            .map(|length| start + 4 + length);
    }
    let one = std::str::from_utf8(&rest[..rest.len().min(4)]).map_or_else(
        |error| {
            std::str::from_utf8(&rest[..error.valid_up_to()])
                .unwrap_or("")
                .chars()
                .next()
        },
        |text| text.chars().next(),
    )?;
    (rest.get(one.len_utf8()) == Some(&b'\'')).then_some(start + 2 + one.len_utf8())
}

/// A function with a body.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Function {
    /// Its name.
    pub(crate) name: String,
    /// The line of its `fn`, from 1.
    pub(crate) line: usize,
    /// Lines from its `fn` to its closing brace.
    pub(crate) lines: usize,
}

/// The functions of `code`, which must have gone through [`code_only`].
pub(crate) fn functions(code: &str) -> Vec<Function> {
    let mut all = Vec::new();
    for (at, _) in code.match_indices("fn ") {
        let name: String = code[at + 3..]
            .chars()
            .take_while(|letter| letter.is_alphanumeric() || *letter == '_')
            .collect();
        if is_word(code.as_bytes(), at) || name.is_empty() {
            continue;
        }
        if let Some(end) = body_end(&code[at..]) {
            let line = code[..at].matches('\n').count() + 1;
            all.push(Function {
                name,
                line,
                lines: code[at..at + end].matches('\n').count() + 1,
            });
        }
    }
    all
}

/// Where the body ends; none for a signature without one.
fn body_end(code: &str) -> Option<usize> {
    let (mut braces, mut brackets) = (0_usize, 0_usize);
    for (at, letter) in code.char_indices() {
        match letter {
            '(' | '[' => brackets += 1,
            ')' | ']' => brackets = brackets.saturating_sub(1),
            ';' if braces == 0 && brackets == 0 => return None,
            '{' => braces += 1,
            '}' => {
                braces = braces.checked_sub(1)?;
                if braces == 0 {
                    return Some(at);
                }
            }
            _ => {}
        }
    }
    None
}

/// Is `word` in `text` as a whole word?
pub(crate) fn has_word(text: &str, word: &str) -> bool {
    let inner = |letter: Option<char>| letter.is_some_and(|letter| letter.is_alphanumeric() || letter == '_');
    text.match_indices(word).any(|(at, _)| {
        !inner(text[..at].chars().next_back()) && !inner(text[at + word.len()..].chars().next())
    })
}

#[cfg(test)]
mod tests {
    use super::{code_only, functions, has_word};

    #[test]
    fn comments_strings_and_letters_turn_to_blanks_and_lifetimes_stay() {
        for (case, text, want) in [
            ("line comment", "a // {\nb", "a     \nb"),
            ("nested comment", "a /* /* } */ */ b", "a               b"),
            ("string with an escape", r#"f("\"{") }"#, "f(     ) }"),
            ("raw string", "r#\"a\"b\"# c", "         c"),
            ("raw identifier", "r#type {", "r#type {"),
            ("letter", "x == '{' }", "x ==     }"),
            ("escaped letter", r"x == '\'' }", "x ==      }"),
            ("lifetime", "fn f<'a>(x: &'a str) {", "fn f<'a>(x: &'a str) {"),
        ] {
            assert_eq!(code_only(text), want, "{case}");
        }
    }

    #[test]
    fn a_function_reaches_from_its_name_to_its_closing_brace() {
        let code = "trait T { fn none(&self, x: [u8; 2]); }\nfn one() { }\nimpl T {\n    fn two() {\n        if x { y }\n    }\n}\n";
        let found: Vec<(String, usize, usize)> = functions(code)
            .into_iter()
            .map(|function| (function.name, function.line, function.lines))
            .collect();
        assert_eq!(found, [("one".to_owned(), 2, 1), ("two".to_owned(), 4, 3)]);
    }

    #[test]
    fn a_word_is_not_found_inside_another() {
        assert!(has_word("pub fn write(x)", "write"));
        assert!(!has_word("pub fn write_now(x)", "write"));
    }
}
