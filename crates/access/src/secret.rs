//! Random bytes, digests and comparing without telling where two texts differ.

use kernel::{Failure, Outcome};
use ring::digest::{SHA256, digest};
use ring::rand::{SecureRandom, SystemRandom};
use std::fmt::Write;

/// Random bytes of the machine. Unavailable when it gives none.
#[expect(clippy::disallowed_methods, reason = "secrets are made here")]
pub(crate) fn random<const N: usize>() -> Outcome<[u8; N]> {
    let mut bytes = [0; N];
    SystemRandom::new()
        .fill(&mut bytes)
        .map_err(|_| Failure::Unavailable("the machine gives no randomness".to_owned()))?;
    Ok(bytes)
}

/// 256 random bits as 64 hexadecimal digits.
pub(crate) fn random_text() -> Outcome<String> {
    Ok(hex(&random::<32>()?))
}

/// An address that nobody guesses, for what is read without signing in: 256
/// random bits as 64 hexadecimal digits. Unavailable when the machine gives no
/// randomness.
pub fn secret_address() -> Outcome<String> {
    random_text()
}

/// SHA-256.
pub(crate) fn sha256(text: &str) -> Vec<u8> {
    digest(&SHA256, text.as_bytes()).as_ref().to_vec()
}

/// Lower-case hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
}

/// Are the texts equal? Takes as long wherever they differ.
pub(crate) fn same(one: &str, other: &str) -> bool {
    one.len() == other.len()
        && one
            .bytes()
            .zip(other.bytes())
            .fold(0, |differing, (a, b)| differing | (a ^ b))
            == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_the_same_only_when_every_byte_is() {
        for (one, other, equal) in [
            ("", "", true),
            ("123456", "123456", true),
            ("123456", "123457", false),
            ("123456", "023456", false),
            ("12345", "123456", false),
        ] {
            assert_eq!(same(one, other), equal, "{one} and {other}");
        }
    }

    #[test]
    fn random_texts_are_256_bits_and_differ() {
        let (one, other) = (
            random_text().expect("randomness"),
            random_text().expect("randomness"),
        );
        assert_eq!(one.len(), 64);
        assert_ne!(one, other);
    }
}
