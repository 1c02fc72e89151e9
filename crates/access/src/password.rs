//! Passwords: how they are kept, and which are refused.

use argon2::password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString};
use argon2::{Algorithm, Argon2, Params, Version};
use kernel::{Failure, Finding, Findings, Outcome};
use unicode_normalization::UnicodeNormalization;

/// Memory of one hash, in KiB. Source: OWASP Password Storage Cheat Sheet,
/// argon2id with 19 MiB, two iterations, one lane.
const MEMORY_KIB: u32 = 19 * 1024;
/// Passes over the memory; same source.
const ITERATIONS: u32 = 2;
/// Lanes; same source.
const LANES: u32 = 1;

/// Fewest characters. Source: NIST SP 800-63B asks for 8; staff hold children's records.
pub const SHORTEST: usize = 12;
/// Most characters: a longer text only costs the server time.
pub const LONGEST: usize = 128;

/// Words the commonest passwords are made of; digits and marks around one do not make it rarer.
const COMMON: &[&str] = &include!("common_words.in");

/// Hashes a password with a fresh salt, as a PHC text.
pub(crate) fn hash(password: &str) -> Outcome<String> {
    let salt = SaltString::encode_b64(&crate::secret::random::<16>()?).map_err(|error| wrong(&error))?;
    Ok(hasher()
        .hash_password(normal(password).as_bytes(), &salt)
        .map_err(|error| wrong(&error))?
        .to_string())
}

/// Does the password match the PHC text? Without one, or for an account that has none yet, hashes all the same, so
/// that the answer takes as long, and says no.
pub(crate) fn holds(password: &str, kept: Option<&str>) -> Outcome<bool> {
    let Some(kept) = kept.filter(|kept| !kept.is_empty()) else {
        hash(password)?;
        return Ok(false);
    };
    let parsed = PasswordHash::new(kept).map_err(|error| wrong(&error))?;
    match hasher().verify_password(normal(password).as_bytes(), &parsed) {
        Ok(()) => Ok(true),
        Err(argon2::password_hash::Error::Password) => Ok(false),
        Err(error) => Err(wrong(&error)),
    }
}

/// What is wrong with a new password, beside the field `password`.
///
/// LP-0101 shorter than [`SHORTEST`]; LP-0102 one of the commonest, a run of
/// neighbouring characters, or fewer than five different ones; LP-0103
/// contains the username; LP-0104 longer than [`LONGEST`].
pub fn judge(username: &str, password: &str) -> Findings {
    let (length, lower) = (password.chars().count(), normal(password).to_lowercase());
    let mut findings = Findings::default();
    if length < SHORTEST {
        findings.push(Finding::refuse("LP-0101", "password").with("least", SHORTEST));
    }
    if length > LONGEST {
        findings.push(Finding::refuse("LP-0104", "password").with("most", LONGEST));
        return findings;
    }
    if is_common(&lower) || is_run(&lower) || has_few_letters(&lower) {
        findings.push(Finding::refuse("LP-0102", "password"));
    }
    let name = username.split('@').next().unwrap_or(username).to_lowercase();
    if name.chars().count() >= 3 && lower.contains(&name) {
        findings.push(Finding::refuse("LP-0103", "password"));
    }
    findings
}

fn hasher() -> Argon2<'static> {
    let params = Params::new(MEMORY_KIB, ITERATIONS, LANES, None)
        .expect("the constants lie inside the limits of argon2");
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

/// The same letters however the keyboard composes them: `é` is one password on every device.
fn normal(password: &str) -> String {
    password.nfkc().collect()
}

/// Only common words remain when the usual disguises and everything but letters are taken off.
fn is_common(lower: &str) -> bool {
    // What hangs at the end is a number or a mark, not a letter in disguise.
    let letters: String = lower
        .trim_end_matches(|letter: char| !letter.is_alphabetic())
        .chars()
        .map(undisguised)
        .filter(|letter| letter.is_alphabetic())
        .collect();
    let plain: String = lower.chars().filter(|letter| letter.is_alphabetic()).collect();
    is_made_of_common(&letters) || is_made_of_common(&plain)
}

/// At most two common words in a row, so that a phrase of several stays allowed.
fn is_made_of_common(letters: &str) -> bool {
    COMMON.iter().any(|first| {
        letters
            .strip_prefix(first)
            .is_some_and(|rest| rest.is_empty() || COMMON.contains(&rest))
    })
}

fn undisguised(letter: char) -> char {
    match letter {
        '0' => 'o',
        '1' | '!' => 'i',
        '3' => 'e',
        '4' | '@' => 'a',
        '5' | '$' => 's',
        '7' => 't',
        other => other,
    }
}

/// Every character is the one before, or its neighbour in the alphabet, the digits or on the keyboard.
fn is_run(lower: &str) -> bool {
    const ROWS: &[&str] = &[
        "abcdefghijklmnopqrstuvwxyz",
        "1234567890",
        "0123456789",
        "qwertyuiop",
        "qwertzuiop",
        "asdfghjkl",
        "zxcvbnm",
    ];
    let letters: Vec<char> = lower.chars().collect();
    let neighbours = |a: char, b: char| {
        a == b
            || ROWS.iter().any(|row| {
                let place = |of: char| row.chars().position(|letter| letter == of);
                matches!((place(a), place(b)), (Some(a), Some(b)) if a.abs_diff(b) == 1)
            })
    };
    let breaks = letters
        .windows(2)
        .filter(|pair| !neighbours(pair[0], pair[1]))
        .count();
    letters.len() > 1 && breaks * 4 < letters.len()
}

fn has_few_letters(lower: &str) -> bool {
    lower.chars().collect::<std::collections::BTreeSet<_>>().len() < 5
}

fn wrong(error: &argon2::password_hash::Error) -> Failure {
    Failure::Fault(format!("password hash: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weak_passwords_are_refused_with_their_code() {
        for (password, codes) in [
            ("granite-otter-41", vec![]),
            ("correct horse battery", vec![]),
            ("été à la rivière", vec![]),
            ("alberta school winter 2026", vec![]),
            ("short1", vec!["LP-0101"]),
            ("elevenchars", vec!["LP-0101"]),
            ("twelve chars", vec![]),
            ("Password2026!", vec!["LP-0102"]),
            ("p@ssw0rd-1234", vec!["LP-0102"]),
            ("AlbertaSchool!1", vec!["LP-0102"]),
            ("123456789012", vec!["LP-0102"]),
            ("qwertyuiop[]", vec!["LP-0102"]),
            ("abcdefghijklm", vec!["LP-0102"]),
            ("abababababab", vec!["LP-0102"]),
            ("my-mlavallee-key", vec!["LP-0103"]),
            ("MLAVALLEE", vec!["LP-0101", "LP-0103"]),
        ] {
            let found: Vec<String> = judge("mlavallee", password)
                .0
                .into_iter()
                .map(|finding| finding.code)
                .collect();
            assert_eq!(found, codes, "{password}");
        }
        assert_eq!(judge("x", &"granite otter ".repeat(10)).0[0].code, "LP-0104");
        assert_eq!(
            judge("mlavallee@division.example", "my-mlavallee-key").0[0].code,
            "LP-0103"
        );
    }

    #[test]
    fn a_password_holds_however_its_accents_were_composed() {
        let kept = hash("rivie\u{300}re gele\u{301}e").expect("a hash");
        assert!(kept.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{kept}");
        assert_eq!(holds("rivière gelée", Some(&kept)), Ok(true));
        assert_eq!(holds("riviere gelee", Some(&kept)), Ok(false));
        assert_eq!(holds("rivière gelée", None), Ok(false));
        assert_ne!(kept, hash("rivière gelée").expect("a hash"), "the salt is fresh");
    }

    #[test]
    fn a_hash_that_cannot_be_read_is_a_fault_and_no_entry() {
        assert!(matches!(
            holds("granite-otter-41", Some("plain text")),
            Err(Failure::Fault(_))
        ));
    }
}
