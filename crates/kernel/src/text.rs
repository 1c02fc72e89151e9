use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Edge blanks cut, inner runs of white space made one blank.
pub fn squeeze(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// For comparing and searching: lower case, no accents, letters and digits
/// kept, apostrophes dropped, everything else a single blank.
///
/// `O’Brien-Ngô Thảo` becomes `obrien ngo thao`.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for letter in text.nfd().filter(|letter| !is_combining_mark(*letter)) {
        match letter {
            '\'' | '’' | 'ʼ' | '`' => {}
            'ß' => folded.push_str("ss"),
            'æ' | 'Æ' => folded.push_str("ae"),
            'œ' | 'Œ' => folded.push_str("oe"),
            'ø' | 'Ø' => folded.push('o'),
            'đ' | 'Đ' => folded.push('d'),
            'ł' | 'Ł' => folded.push('l'),
            other if other.is_alphanumeric() => folded.extend(other.to_lowercase()),
            _ => {
                if !folded.ends_with(' ') && !folded.is_empty() {
                    folded.push(' ');
                }
            }
        }
    }
    if folded.ends_with(' ') {
        folded.pop();
    }
    folded
}

/// The text in the letters PASI takes (Latin-1): letters outside lose their
/// marks (`Thảo` → `Thao`), typographic quotes and dashes become plain, and
/// letters with no Latin form become `?`, which a rule then refuses.
pub fn latin1(text: &str) -> String {
    let mut sent = String::with_capacity(text.len());
    for letter in text.nfc() {
        match letter {
            '\u{0}'..='\u{ff}' => sent.push(letter),
            '‘' | '’' | 'ʼ' => sent.push('\''),
            '“' | '”' => sent.push('"'),
            '–' | '—' | '‑' => sent.push('-'),
            'œ' => sent.push_str("oe"),
            'Œ' => sent.push_str("OE"),
            'đ' => sent.push('d'),
            'Đ' => sent.push('D'),
            'ł' => sent.push('l'),
            'Ł' => sent.push('L'),
            other => {
                let base: String = other
                    .nfd()
                    .filter(|part| !is_combining_mark(*part) && *part <= '\u{ff}')
                    .collect();
                sent.push_str(if base.is_empty() { "?" } else { &base });
            }
        }
    }
    sent
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding_forgets_accents_case_and_marks() {
        for (typed, folded) in [
            ("O’Brien-Ngô  Thảo", "obrien ngo thao"),
            ("Marie-Ève", "marie eve"),
            ("LØVÅS", "lovas"),
            ("  St. John's ", "st johns"),
            ("", ""),
            ("---", ""),
        ] {
            assert_eq!(fold(typed), folded, "{typed}");
        }
    }

    #[test]
    fn what_is_sent_to_the_province_is_latin_1() {
        for (kept, sent) in [
            ("Thảo", "Thao"),
            ("Ève", "Ève"),
            ("Łukasz", "Lukasz"),
            ("D’Arcy", "D'Arcy"),
            ("李", "?"),
            ("ᐊᐱᓯᐢ", "????"),
        ] {
            assert_eq!(latin1(kept), sent, "{kept}");
            assert!(latin1(kept).chars().all(|letter| letter <= '\u{ff}'));
        }
    }
}
