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

/// What a person does about a check that failed: the check, and the sentence in English and French.
const TO_DO: &[(&str, &str, &str)] = &[
    ("mandatory", "Fill this in.", "Remplissez ce champ."),
    (
        "mandatory for this format",
        "Fill this in: an address of this kind needs it.",
        "Remplissez ce champ : ce genre d’adresse l’exige.",
    ),
    (
        "a name without letters",
        "Type a name that has letters.",
        "Tapez un nom qui comporte des lettres.",
    ),
    (
        "a number that begins with 2 to 9 has ten digits",
        "Type all ten digits of the number.",
        "Tapez les dix chiffres du numéro.",
    ),
    (
        "digits must follow the plus sign",
        "Type the digits after the plus sign.",
        "Tapez les chiffres après le signe plus.",
    ),
    (
        "only digits, and a plus sign at the start",
        "Type digits only; a number abroad begins with a plus sign.",
        "Tapez seulement des chiffres; un numéro à l’étranger commence par un signe plus.",
    ),
    (
        "only digits, at most eight",
        "Type at most eight digits.",
        "Tapez huit chiffres au plus.",
    ),
    (
        "an e-mail address is like name@place.ca",
        "Type an e-mail address such as name@place.ca.",
        "Tapez une adresse courriel comme nom@lieu.ca.",
    ),
    (
        "the end must be later than the beginning",
        "Choose an end that is later than the beginning.",
        "Choisissez une fin qui suit le début.",
    ),
    (
        "a Canadian postal code is like T7N 1A1",
        "Type a Canadian postal code such as T7N 1A1.",
        "Tapez un code postal canadien comme T7N 1A1.",
    ),
    (
        "a zip code is like 59901 or 59901-1234",
        "Type a zip code such as 59901 or 59901-1234.",
        "Tapez un code ZIP comme 59901 ou 59901-1234.",
    ),
    (
        "a birth date is not in the future",
        "Choose a birth date that is not in the future.",
        "Choisissez une date de naissance qui n’est pas dans l’avenir.",
    ),
    (
        "white space at the start or the end",
        "Take away the space at the start or the end.",
        "Enlevez l’espace au début ou à la fin.",
    ),
    (
        "two spaces in a row",
        "Leave one space between words, not two.",
        "Laissez une seule espace entre les mots.",
    ),
    (
        "a control character",
        "Take away the sign that cannot be seen: type the text anew.",
        "Enlevez le signe invisible : tapez le texte de nouveau.",
    ),
    (
        "a character outside Latin-1",
        "Use letters that PASI takes: those of English and French.",
        "Utilisez les lettres que PASI accepte : celles de l’anglais et du français.",
    ),
    (
        "an empty line",
        "Take away the empty line.",
        "Enlevez la ligne vide.",
    ),
    (
        "before the start date",
        "Choose an end that is not before the start.",
        "Choisissez une fin qui ne précède pas le début.",
    ),
];

/// What a person does about a check that failed; none where nobody but a program can.
pub(super) fn to_do(check: &str, french: bool) -> Option<String> {
    if let Some((_, english, in_french)) = TO_DO.iter().find(|(failed, _, _)| *failed == check) {
        return Some((if french { *in_french } else { *english }).to_owned());
    }
    if let Some(letter) = check.strip_suffix(NO_LETTER) {
        return Some(if french {
            format!(
                "Enlevez {letter} : un nom a des lettres, des traits d’union, des apostrophes et des points."
            )
        } else {
            format!("Take away {letter}: a name has letters, hyphens, apostrophes and periods.")
        });
    }
    let (length, most) = check.strip_suffix(ALLOWED)?.split_once(CHARACTERS)?;
    Some(if french {
        format!("Raccourcissez à {most} caractères : il y en a {length}.")
    } else {
        format!("Shorten it to {most} characters: it has {length}.")
    })
}

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
            if check != "a line that does not end in CR LF" {
                for french in [false, true] {
                    let told = rule.told(&finding.args, french);
                    assert!(told.ends_with('.') && told != said(french), "{check}: {told}");
                }
            }
            assert!(
                !said(true).contains(&format!(": {check}.")),
                "{check} has no French"
            );
        }
    }
}
