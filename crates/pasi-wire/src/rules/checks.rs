//! The structural checks in French: what rule 3002 says of a value travels in
//! English, as all texts of the wire do, and is shown in the reader's language.

/// Every fixed phrase, with its French.
const PHRASES: &[(&str, &str)] = &[
    ("mandatory", "à indiquer"),
    ("mandatory for this format", "exigé par ce format"),
    ("a name without letters", "un nom comporte des lettres"),
    (
        "a number that begins with 2 to 9 has ten digits",
        "un numéro qui commence par 2 à 9 compte dix chiffres",
    ),
    (
        "digits must follow the plus sign",
        "le signe plus est suivi de chiffres",
    ),
    (
        "only digits, and a plus sign at the start",
        "seulement des chiffres, avec un signe plus au début",
    ),
    (
        "only digits, at most eight",
        "seulement des chiffres, huit au plus",
    ),
    (
        "an e-mail address is like name@place.ca",
        "une adresse courriel se lit nom@lieu.ca",
    ),
    (
        "the end must be later than the beginning",
        "la fin doit suivre le début",
    ),
    (
        "a Canadian postal code is like T7N 1A1",
        "un code postal canadien se lit T7N 1A1",
    ),
    (
        "a zip code is like 59901 or 59901-1234",
        "un code ZIP se lit 59901 ou 59901-1234",
    ),
    (
        "a birth date is not in the future",
        "une date de naissance n’est pas dans l’avenir",
    ),
    (
        "white space at the start or the end",
        "une espace au début ou à la fin",
    ),
    ("two spaces in a row", "deux espaces de suite"),
    ("a control character", "un caractère de commande"),
    ("a character outside Latin-1", "un caractère hors de Latin-1"),
    ("an empty line", "une ligne vide"),
    (
        "a line that does not end in CR LF",
        "une ligne qui ne finit pas par CR LF",
    ),
];

const NO_LETTER: &str = " is not a letter of a name";
const CHARACTERS: &str = " characters, at most ";
const ALLOWED: &str = " allowed";

/// The check in French; as it came where it has no French.
pub(super) fn in_french(check: &str) -> String {
    if let Some((_, french)) = PHRASES.iter().find(|(english, _)| *english == check) {
        return (*french).to_owned();
    }
    if let Some(letter) = check.strip_suffix(NO_LETTER) {
        return format!("{letter} ne figure pas dans un nom");
    }
    match check
        .strip_suffix(ALLOWED)
        .and_then(|said| said.split_once(CHARACTERS))
    {
        Some((length, most)) => format!("{length} caractères, {most} au plus"),
        None => check.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::person::{self, AddressFacts};
    use crate::rules::rule_of;
    use kernel::PersonName;

    #[test]
    fn what_is_wrong_with_a_person_is_said_in_french() {
        let today = "2026-11-23".parse().expect("test date");
        let long = "x".repeat(51);
        let address = |format, postal_code| AddressFacts {
            format,
            postal_code,
            effective: Some(today),
            expiry: Some(today),
            ..AddressFacts::default()
        };
        let mut found = kernel::Findings::default();
        for (first, last) in [
            ("", "Whitebear2"),
            ("-", &long),
            ("Thảo", " B"),
            ("A  B", "C\u{1}"),
        ] {
            found.extend(person::name(&PersonName::new(first, last)).0);
        }
        for number in ["", "780", "+", "x", "2a"] {
            found.extend(person::phone("number", number));
        }
        found.extend(person::extension("extension", "x1"));
        found.extend(person::email("address", "a@b").0);
        found.extend(person::address(&address("Mail-CA", "D1A 1A1"), today).0);
        found.extend(person::address(&address("Mail-US", "1"), today).0);
        assert!(found.0.len() > 15, "{found:?}");
        for finding in &found.0 {
            let rule = rule_of(finding).expect("of the register");
            let said = |french| rule.sentence(&finding.args, french);
            let check = &finding.args[0].1;
            assert!(said(false).contains(check.as_str()), "{check}");
            assert!(
                !said(true).contains(&format!(": {check}.")),
                "{check} has no French"
            );
        }
    }
}
