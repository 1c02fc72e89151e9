//! The register, in order of number.

mod academic;
mod accommodation;
mod document;
mod enrolment;
mod person;
mod technical;

use super::Rule;
use crate::parts::{count, joined};

/// One line per rule; `(known)` for rules that the province's server judges by
/// itself, `(open WHY)` for those that nobody judges.
macro_rules! rules {
    ($($number:literal $kind:ident $area:ident $field:literal $([$first:expr, $last:expr])? $(($judged:ident $($why:ident)?))?
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
            open: $crate::rules::register::open!($($judged $($why)?)?),
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
    ($other:ident) => {
        false
    };
}
macro_rules! open {
    (open $why:ident) => {
        Some($crate::rules::Open::$why)
    };
    ($($other:ident)?) => {
        None
    };
}
use {judged, open, rules, years};

const PARTS: &[&[Rule]] = &[
    technical::RULES,
    enrolment::RULES,
    person::RULES,
    accommodation::RULES,
    document::RULES,
    academic::RULES,
];

/// Every rule, in order of number.
pub const RULES: &[Rule] = &in_order(joined::<_, { count(PARTS) }>(PARTS));

/// Puts each rule in its place among those before it.
const fn in_order<const COUNT: usize>(mut all: [Rule; COUNT]) -> [Rule; COUNT] {
    let mut next = 1;
    while next < COUNT {
        let rule = all[next];
        let mut at = next;
        while at > 0 && all[at - 1].number > rule.number {
            all[at] = all[at - 1];
            at -= 1;
        }
        all[at] = rule;
        next += 1;
    }
    all
}
