//! A code that serves once and is typed by people: 80 random bits in sixteen signs.

use crate::secret::{random, sha256};
use kernel::Outcome;
use std::fmt;

/// Digits and letters that nobody mistakes for one another (Crockford's Base32).
const SIGNS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Signs of a code.
const LENGTH: usize = 16;

/// A code as typed or made; `{}` shows it in fours, for a letter, a message or an address.
#[derive(Clone, PartialEq, Eq)]
pub struct Code(String);

impl Code {
    /// A new code; unavailable when the machine gives no randomness.
    pub(crate) fn fresh() -> Outcome<Self> {
        let bits = random::<10>()?
            .iter()
            .fold(0_u128, |bits, byte| bits << 8 | u128::from(*byte));
        let sign = |place: usize| {
            let five = bits >> (5 * (LENGTH - 1 - place)) & 31;
            char::from(SIGNS[usize::try_from(five).unwrap_or(0)])
        };
        Ok(Self((0..LENGTH).map(sign).collect()))
    }

    /// The code in what was typed: blanks, hyphens and case do not matter, `O` is `0`, `I` and `L` are `1`. None when it
    /// is none.
    pub fn parse(typed: &str) -> Option<Self> {
        let plain = |sign: char| match sign.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        };
        let signs: String = typed
            .chars()
            .filter(|sign| !sign.is_whitespace() && *sign != '-')
            .map(plain)
            .take(LENGTH + 1)
            .collect();
        let is_known = |sign: u8| SIGNS.contains(&sign);
        (signs.len() == LENGTH && signs.bytes().all(is_known)).then_some(Self(signs))
    }

    /// What is kept of it.
    pub(crate) fn digest(&self) -> Vec<u8> {
        sha256(&self.0)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, sign) in self.0.chars().enumerate() {
            if place > 0 && place % 4 == 0 {
                out.write_str("-")?;
            }
            fmt::Write::write_char(out, sign)?;
        }
        Ok(())
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Code(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::Code;

    #[test]
    fn a_code_is_read_however_it_is_typed_and_nothing_else_is_one() {
        let code = Code::parse("0123456789ABCDEF").expect("a code");
        assert_eq!(code.to_string(), "0123-4567-89AB-CDEF");
        for typed in [
            "0123-4567-89ab-cdef",
            " o123 4567 89AB CDEF ",
            "OL23-4567-89AB-CDEF",
            "oi23456789abcdef",
        ] {
            assert_eq!(Code::parse(typed), Some(code.clone()), "{typed}");
        }
        for typed in [
            "",
            "0123",
            "0123-4567-89AB-CDEFG",
            "U123-4567-89AB-CDEF",
            "é123456789ABCDEF",
        ] {
            assert_eq!(Code::parse(typed), None, "{typed}");
        }
        let (one, other) = (Code::fresh().expect("one"), Code::fresh().expect("another"));
        assert_ne!(one, other);
        assert_eq!(Code::parse(&one.to_string()), Some(one.clone()));
        assert_eq!(format!("{one:?}"), "Code(…)", "it stands in no log");
    }
}
