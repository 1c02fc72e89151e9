//! Provincial numbers: students, schools, authorities, organizations.

use crate::stored::stored_as_text;
use std::fmt;
use std::str::FromStr;

/// A number that is not shaped as its kind demands.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{text:?} is not {wanted}")]
pub struct ParseNumberError {
    /// What was given.
    pub text: String,
    /// What would be right.
    pub wanted: &'static str,
}

fn digits<const N: usize>(text: &str, wanted: &'static str) -> Result<[u8; N], ParseNumberError> {
    let kept: Vec<u8> = text
        .trim()
        .bytes()
        .filter(|byte| !matches!(byte, b'-' | b' '))
        .collect();
    match <[u8; N]>::try_from(kept) {
        Ok(number) if number.iter().all(u8::is_ascii_digit) => Ok(number),
        _ => Err(ParseNumberError {
            text: text.to_owned(),
            wanted,
        }),
    }
}

macro_rules! digit_number {
    ($(#[$meta:meta])* $name:ident, $len:literal, $wanted:literal) => {
        $(#[$meta])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name([u8; $len]);

        impl $name {
            /// The digits alone, leading zeros kept.
            pub fn as_str(&self) -> &str {
                std::str::from_utf8(&self.0).expect("made of ASCII digits")
            }
        }
        impl FromStr for $name {
            type Err = ParseNumberError;
            fn from_str(text: &str) -> Result<Self, ParseNumberError> {
                digits(text, $wanted).map(Self)
            }
        }
        impl fmt::Debug for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str(self.as_str())
            }
        }
        stored_as_text!($name);
    };
}

digit_number!(
    /// An Alberta Student Number: nine digits, shown `####-####-#`.
    ///
    /// Its check digit is not judged: the algorithm is not published and test
    /// systems use numbers that fail it.
    Asn, 9, "an Alberta Student Number of nine digits"
);
digit_number!(
    /// A school's provincial code: four digits, leading zeros kept.
    SchoolCode, 4, "a school code of four digits"
);
digit_number!(
    /// A school authority's provincial code: four digits, leading zeros kept.
    AuthorityCode, 4, "an authority code of four digits"
);

/// A provincial course code: three letters and four digits, such as `ELA3105`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CourseCode([u8; 7]);

impl CourseCode {
    /// The seven characters.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).expect("made of ASCII letters and digits")
    }
}

impl FromStr for CourseCode {
    type Err = ParseNumberError;
    fn from_str(text: &str) -> Result<Self, ParseNumberError> {
        let upper = text.trim().to_ascii_uppercase();
        match <[u8; 7]>::try_from(upper.as_bytes()) {
            Ok(code)
                if code[..3].iter().all(u8::is_ascii_uppercase)
                    && code[3..].iter().all(u8::is_ascii_digit) =>
            {
                Ok(Self(code))
            }
            _ => Err(ParseNumberError {
                text: text.to_owned(),
                wanted: "a course code of three letters and four digits",
            }),
        }
    }
}

impl fmt::Debug for CourseCode {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.as_str())
    }
}

impl fmt::Display for CourseCode {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.as_str())
    }
}

stored_as_text!(CourseCode);

impl Asn {
    /// The number with these digits, such as a generator makes; `None` above nine digits.
    pub fn from_number(number: u32) -> Option<Self> {
        format!("{number:09}").parse().ok()
    }
    /// As a number.
    pub fn number(self) -> u32 {
        self.as_str().parse().expect("nine digits fit")
    }
}

impl fmt::Display for Asn {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = self.as_str();
        write!(out, "{}-{}-{}", &text[..4], &text[4..8], &text[8..])
    }
}

impl fmt::Display for SchoolCode {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.as_str())
    }
}

impl fmt::Display for AuthorityCode {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.as_str())
    }
}

/// Whom a PASI call speaks for: `S.nnnn` a school, `A.nnnn` an authority,
/// `O.n` another organization (`O.1` is the ministry).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OrganizationCode {
    /// A school.
    School(SchoolCode),
    /// A school authority.
    Authority(AuthorityCode),
    /// Another organization, by number.
    Other(u16),
}

impl fmt::Display for OrganizationCode {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::School(code) => write!(out, "S.{code}"),
            Self::Authority(code) => write!(out, "A.{code}"),
            Self::Other(number) => write!(out, "O.{number}"),
        }
    }
}

impl FromStr for OrganizationCode {
    type Err = ParseNumberError;
    fn from_str(text: &str) -> Result<Self, ParseNumberError> {
        let wrong = || ParseNumberError {
            text: text.to_owned(),
            wanted: "an organization code such as S.0982, A.3020 or O.1",
        };
        match text.split_once('.') {
            Some(("S", code)) if code.len() == 4 => code.parse().map(Self::School).map_err(|_| wrong()),
            Some(("A", code)) if code.len() == 4 => code.parse().map(Self::Authority).map_err(|_| wrong()),
            Some(("O", number)) => number.parse().map(Self::Other).map_err(|_| wrong()),
            _ => Err(wrong()),
        }
    }
}

impl serde::Serialize for OrganizationCode {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> serde::Deserialize<'de> for OrganizationCode {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from)?
            .parse()
            .map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_asn_is_nine_digits_however_it_is_typed() {
        for typed in ["999044182", "9990-4418-2", " 9990 4418 2 "] {
            let asn: Asn = typed.parse().expect(typed);
            assert_eq!(
                (asn.as_str(), asn.to_string().as_str()),
                ("999044182", "9990-4418-2")
            );
        }
        for wrong in ["", "99904418", "9990441822", "99904418x", "٩٩٩٠٤٤١٨٢"] {
            assert!(wrong.parse::<Asn>().is_err(), "{wrong} was taken");
        }
    }

    #[test]
    fn a_course_code_is_three_letters_and_four_digits() {
        assert_eq!(
            "ela3105".parse::<CourseCode>().expect("a code").to_string(),
            "ELA3105"
        );
        for wrong in ["", "ELA310", "ELA31055", "EL33105", "ELA310X", "ÉLA310"] {
            assert!(wrong.parse::<CourseCode>().is_err(), "{wrong} was taken");
        }
    }

    #[test]
    fn organization_codes_print_as_they_parse() {
        for text in ["S.0982", "A.3020", "O.1"] {
            assert_eq!(text.parse::<OrganizationCode>().expect(text).to_string(), text);
        }
        for wrong in ["S.982", "X.0001", "S0982", "O.", "A.30200", ""] {
            assert!(wrong.parse::<OrganizationCode>().is_err(), "{wrong} was taken");
        }
    }
}
