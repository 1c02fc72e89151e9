//! The register, in order of number.

mod enrolment;
mod person;
mod technical;

use super::Rule;

/// One line per rule; `not judged` for rules the crate only knows by meaning.
macro_rules! rules {
    ($($number:literal $kind:ident $area:ident $field:literal $([$first:expr, $last:expr])? $(($judged:ident))?
        $en:literal | $fr:literal | $source:literal;)+) => {
        &[$($crate::rules::Rule {
            number: $number,
            kind: $crate::rules::RuleKind::$kind,
            area: $crate::rules::Area::$area,
            field: $field,
            text_en: $en,
            text_fr: $fr,
            years: $crate::rules::register::years!($($first, $last)?),
            source: $source,
            is_judged: $crate::rules::register::judged!($($judged)?),
        }),+]
    };
}
macro_rules! years {
    () => {
        (None, None)
    };
    ($first:expr, $last:expr) => {
        ($first, $last)
    };
}
macro_rules! judged {
    () => {
        true
    };
    (known) => {
        false
    };
}
use {judged, rules, years};

const PARTS: [&[Rule]; 3] = [technical::RULES, enrolment::RULES, person::RULES];
const COUNT: usize = PARTS[0].len() + PARTS[1].len() + PARTS[2].len();

/// Every rule, in order of number.
pub const RULES: &[Rule] = &joined();

const fn joined() -> [Rule; COUNT] {
    let mut all = [PARTS[0][0]; COUNT];
    let (mut part, mut at) = (0, 0);
    while part < PARTS.len() {
        let mut of = 0;
        while of < PARTS[part].len() {
            all[at] = PARTS[part][of];
            of += 1;
            at += 1;
        }
        part += 1;
    }
    all
}
