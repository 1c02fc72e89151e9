//! The characters the province takes in text, by its two published patterns.

/// Why text is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TextError {
    /// White space at an edge.
    #[error("white space at the start or the end")]
    Edge,
    /// Two white-space characters in a row.
    #[error("two spaces in a row")]
    Double,
    /// A control character.
    #[error("a control character")]
    Control,
    /// A character outside Latin-1.
    #[error("a character outside Latin-1")]
    Foreign,
    /// An empty line.
    #[error("an empty line")]
    EmptyLine,
    /// A line that does not end in CR LF.
    #[error("a line that does not end in CR LF")]
    LineEnd,
}

/// Judges a single line: refused when it matches
/// `^\s|\s{2,}|\s$|[\x00-\x19]|[\x7F-\x9F]|[^\x00-\xFF]`.
pub fn single_line(text: &str) -> Result<(), TextError> {
    let mut before = None;
    for letter in text.chars() {
        match letter {
            '\0'..='\x19' | '\x7f'..='\u{9f}' => return Err(TextError::Control),
            '\u{100}'.. => return Err(TextError::Foreign),
            _ if is_space(letter) => match before {
                None => return Err(TextError::Edge),
                Some(previous) if is_space(previous) => return Err(TextError::Double),
                Some(_) => {}
            },
            _ => {}
        }
        before = Some(letter);
    }
    match before {
        Some(last) if is_space(last) => Err(TextError::Edge),
        _ => Ok(()),
    }
}

/// Judges several lines: refused when it matches
/// `[\x00-\x08]|[\x0E-\x19]|[\x7F-\x9F]|[^\x00-\xFF]|(^|\n)\s*\r|\n\s*(\r|$)|[^\r]\n|\r[^\n]`.
pub fn multi_line(text: &str) -> Result<(), TextError> {
    for letter in text.chars() {
        match letter {
            '\0'..='\x08' | '\x0e'..='\x19' | '\x7f'..='\u{9f}' => return Err(TextError::Control),
            '\u{100}'.. => return Err(TextError::Foreign),
            _ => {}
        }
    }
    let letters: Vec<char> = text.chars().collect();
    for pair in letters.windows(2) {
        if (pair[0] == '\r') != (pair[1] == '\n') {
            return Err(TextError::LineEnd);
        }
    }
    if blank_line_at(&letters, false) {
        return Err(TextError::EmptyLine);
    }
    let after_line_ends = letters.iter().enumerate().filter(|(_, letter)| **letter == '\n');
    for (at, _) in after_line_ends {
        if blank_line_at(&letters[at + 1..], true) {
            return Err(TextError::EmptyLine);
        }
    }
    Ok(())
}

/// Is the line that starts here only white space up to its end? The end of
/// the text counts where a line end came before.
fn blank_line_at(letters: &[char], end_counts: bool) -> bool {
    match letters
        .iter()
        .find(|letter| !is_space(**letter) || **letter == '\r')
    {
        Some(letter) => *letter == '\r',
        None => end_counts,
    }
}

/// What `\s` means in the province's patterns, within Latin-1.
fn is_space(letter: char) -> bool {
    matches!(letter, '\t'..='\r' | ' ' | '\u{85}' | '\u{a0}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_single_line_follows_the_published_pattern() {
        for (text, want) in [
            ("", Ok(())),
            ("Whitebear", Ok(())),
            ("Marie-Ève O'Brien", Ok(())),
            ("ÿ", Ok(())),
            ("\u{1a}", Ok(())),
            (" a", Err(TextError::Edge)),
            ("a ", Err(TextError::Edge)),
            ("\u{a0}a", Err(TextError::Edge)),
            ("a  b", Err(TextError::Double)),
            ("a \u{a0}b", Err(TextError::Double)),
            ("a\tb", Err(TextError::Control)),
            ("a\nb", Err(TextError::Control)),
            ("a\0b", Err(TextError::Control)),
            ("a\x19b", Err(TextError::Control)),
            ("a\x7fb", Err(TextError::Control)),
            ("a\u{9f}b", Err(TextError::Control)),
            ("Thảo", Err(TextError::Foreign)),
            ("\u{100}", Err(TextError::Foreign)),
        ] {
            assert_eq!(single_line(text), want, "{text:?}");
        }
    }

    #[test]
    fn several_lines_follow_the_published_pattern() {
        for (text, want) in [
            ("", Ok(())),
            ("one", Ok(())),
            ("one\r\ntwo", Ok(())),
            ("one\ttab\r\n  two", Ok(())),
            ("one\r\n", Err(TextError::EmptyLine)),
            ("\r\none", Err(TextError::EmptyLine)),
            ("one\r\n\r\ntwo", Err(TextError::EmptyLine)),
            ("one\r\n \r\ntwo", Err(TextError::EmptyLine)),
            ("one\ntwo", Err(TextError::LineEnd)),
            ("one\rtwo", Err(TextError::LineEnd)),
            ("\ntwo", Ok(())),
            ("\r", Err(TextError::EmptyLine)),
            ("one\r", Ok(())),
            ("one\r\ntwo\n", Err(TextError::LineEnd)),
            ("  ", Ok(())),
            ("one\x08", Err(TextError::Control)),
            ("one\x0e", Err(TextError::Control)),
            ("ᐊ", Err(TextError::Foreign)),
        ] {
            assert_eq!(multi_line(text), want, "{text:?}");
        }
    }
}
