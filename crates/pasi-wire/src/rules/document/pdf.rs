//! Is a file a whole PDF that opens without a password? Looked at from its
//! end, as a reader does: the last cross-reference table or stream and the
//! dictionary that belongs to it.

/// Why a file is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PdfError {
    /// No PDF, or not all of one.
    #[error("not a whole PDF")]
    Broken,
    /// Encrypted.
    #[error("protected by a password")]
    Locked,
}

/// How far from its edges a PDF's first and last marks may stand, in bytes.
const MARGIN: usize = 1_024;

/// Judges a file. Every encrypted one counts as locked: whether its password
/// is empty is only known to who decrypts it (see the table of assumptions).
pub fn check_pdf(bytes: &[u8]) -> Result<(), PdfError> {
    let head = &bytes[..bytes.len().min(MARGIN)];
    let tail = &bytes[bytes.len().saturating_sub(MARGIN)..];
    let (Some(_), Some(_)) = (find(head, b"%PDF-"), find(tail, b"%%EOF")) else {
        return Err(PdfError::Broken);
    };
    let dictionary = start_of_table(tail)
        .and_then(|at| bytes.get(at..))
        .and_then(trailer)
        .ok_or(PdfError::Broken)?;
    match has_key(dictionary, b"Encrypt") {
        Some(false) => Ok(()),
        Some(true) => Err(PdfError::Locked),
        None => Err(PdfError::Broken),
    }
}

fn find(within: &[u8], what: &[u8]) -> Option<usize> {
    within.windows(what.len()).position(|window| window == what)
}

/// The place named behind the last `startxref`.
fn start_of_table(tail: &[u8]) -> Option<usize> {
    const MARK: &[u8] = b"startxref";
    let last = tail.windows(MARK.len()).rposition(|window| window == MARK)?;
    let rest = tail[last + MARK.len()..].trim_ascii_start();
    let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
    std::str::from_utf8(&rest[..digits]).ok()?.parse().ok()
}

/// The dictionary of the table or stream that begins there.
fn trailer(table: &[u8]) -> Option<&[u8]> {
    let table = table.trim_ascii_start();
    let mark: &[u8] = if table.starts_with(b"xref") {
        b"trailer"
    } else if table.first().is_some_and(u8::is_ascii_digit) {
        b"obj"
    } else {
        return None;
    };
    let at = find(table, mark)? + mark.len();
    let dictionary = table[at..].trim_ascii_start();
    dictionary.starts_with(b"<<").then_some(dictionary)
}

/// Has the dictionary the key, outside the dictionaries in it? None when it does not end.
fn has_key(dictionary: &[u8], key: &[u8]) -> Option<bool> {
    let mut rest = dictionary;
    let mut depth = 0_usize;
    let mut is_found = false;
    while let Some(first) = rest.first() {
        let length = match first {
            b'(' => string(rest)?,
            b'%' => rest.iter().position(|byte| matches!(byte, b'\r' | b'\n'))?,
            b'<' if rest.starts_with(b"<<") => {
                depth += 1;
                2
            }
            b'<' => find(rest, b">")? + 1,
            b'>' if rest.starts_with(b">>") => {
                depth -= 1;
                if depth == 0 {
                    return Some(is_found);
                }
                2
            }
            b'/' => {
                let name = name(&rest[1..]);
                is_found |= depth == 1 && name == key;
                1 + name.len()
            }
            _ => 1,
        };
        rest = &rest[length..];
    }
    None
}

fn name(rest: &[u8]) -> &[u8] {
    let is_regular = |byte: &&u8| !byte.is_ascii_whitespace() && !b"()<>[]{}/%\0".contains(byte);
    &rest[..rest.iter().take_while(is_regular).count()]
}

/// Length of a string in parentheses, which may nest and be escaped.
fn string(rest: &[u8]) -> Option<usize> {
    let mut depth = 0_usize;
    let mut is_escaped = false;
    for (at, byte) in rest.iter().enumerate() {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' => is_escaped = true,
            b'(' => depth += 1,
            b')' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(at + 1);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A PDF whose table is said to begin `behind` bytes after where it does.
    fn pdf(table: &str, behind: usize) -> Vec<u8> {
        let head = "%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Note (/Encrypt) >>\nendobj\n";
        format!("{head}{table}\nstartxref\n{}\n%%EOF\n", head.len() + behind).into_bytes()
    }

    #[test]
    fn a_whole_pdf_that_opens_freely_is_taken() {
        let broken = Err(PdfError::Broken);
        for (case, table, want) in [
            ("a table", "xref\n0 1\ntrailer\n<< /Size 1 /Root 1 0 R >>", Ok(())),
            (
                "a stream",
                "7 0 obj\n<< /Type /XRef /W [1 2 1] /ID [<00><01>] >>\nstream",
                Ok(()),
            ),
            (
                "encrypted",
                "xref\n0 1\ntrailer\n<</Size 1/Encrypt 5 0 R>>",
                Err(PdfError::Locked),
            ),
            (
                "an encrypted stream",
                "7 0 obj <</Type/XRef/Encrypt<</V 4>>>>",
                Err(PdfError::Locked),
            ),
            (
                "the word inside a string",
                "xref\ntrailer <</Info (a \\( /Encrypt (b))>>",
                Ok(()),
            ),
            (
                "the word inside a dictionary",
                "xref\ntrailer <</A <</Encrypt 1>> >>",
                Ok(()),
            ),
            ("a longer word", "xref\ntrailer <</EncryptMetadata true>>", Ok(())),
            ("no trailer", "xref\n0 1", broken),
            ("no end", "xref\ntrailer << /Size 1 (", broken),
            ("neither table nor stream", "hello", broken),
        ] {
            assert_eq!(check_pdf(&pdf(table, 0)), want, "{case}");
        }
    }

    #[test]
    fn what_is_no_whole_pdf_is_refused() {
        let whole = pdf("xref\ntrailer <</Size 1>>", 0);
        let half = &whole[..whole.len() - 8];
        let elsewhere = pdf("xref\ntrailer <</Size 1>>", 9_999);
        for (case, bytes) in [
            ("nothing", &b""[..]),
            ("a picture", b"\x89PNG\r\n\x1a\n"),
            ("half", half),
            ("a table elsewhere", &elsewhere),
            ("only the marks", b"%PDF-1.7 startxref %%EOF"),
            (
                "a place beyond all numbers",
                b"%PDF-1.7 startxref 99999999999999999999 %%EOF",
            ),
        ] {
            assert_eq!(check_pdf(bytes), Err(PdfError::Broken), "{case}");
        }
    }
}
