//! The code tables as the province gives them, and the school years it takes.

use codes::{CodeSet, Lang};
use kernel::{Date, SchoolYear};
use pasi_wire::messages::{
    CodeValue, CodeValueKey, CodeValueRelationship, GetCodeValuesResponse, SchoolYearConfiguration,
};
use pasi_wire::xml::CodeUse;
use pasi_wire::{Defect, WireError};

/// Version of the built-in tables.
const VERSION: i64 = 1;
/// How many past school years are taken.
const PAST_YEARS: i32 = 5;
/// Month in which registration for the next school year opens.
const OPENS_IN: i8 = 2;

/// The set behind a class of the contract; none where the province's list is
/// not known and any text is taken.
fn set_of(class: &str) -> Option<CodeSet> {
    match class {
        "GuardianRelationshipType" => Some(CodeSet::GuardianRelationship),
        "StateProvince" => Some(CodeSet::Province),
        other => other.parse().ok(),
    }
}

/// Every code used exists (3002 else); whether it holds in the year is for the alerts.
pub(crate) fn check(used: &[CodeUse]) -> Result<(), WireError> {
    let unknown: Vec<Defect> = used
        .iter()
        .filter(|code| set_of(code.class).is_some_and(|set| codes::set(set).find(&code.text).is_none()))
        .map(|code| Defect {
            path: code.path.clone(),
            check: format!("{:?} is not a value of {}", code.text, code.class),
        })
        .collect();
    if unknown.is_empty() {
        Ok(())
    } else {
        Err(WireError::Structure(unknown))
    }
}

/// The full list, or an empty one when nothing is newer than the client knows.
pub(crate) fn values(last_known: i64, today: Date) -> GetCodeValuesResponse {
    let is_news = last_known < VERSION;
    let sets = CodeSet::ALL.iter().filter(|_| is_news);
    GetCodeValuesResponse {
        code_values: sets.flat_map(|set| values_of(*set)).collect(),
        school_years: school_years(today),
    }
}

fn values_of(which: CodeSet) -> impl Iterator<Item = CodeValue> {
    codes::set(which).all().iter().map(move |code| CodeValue {
        code_class_name: which.as_str().to_owned(),
        code_text: code.code.clone(),
        short_description: cut(code.label(Lang::English), 50),
        description: cut(code.label(Lang::English), 160),
        french_short_description: cut(code.label(Lang::French), 50),
        french_description: cut(code.label(Lang::French), 160),
        display_sequence: i32::from(code.order),
        pasi_core_version: VERSION,
        effective_school_year: code.from,
        expiry_school_year: code.until,
    })
}

/// At most so many characters, in the letters the contract takes.
fn cut(text: &str, most: usize) -> String {
    let short: String = kernel::text::latin1(text).chars().take(most).collect();
    short.trim_end().to_owned()
}

/// Which value may follow which.
pub(crate) fn relationships() -> Vec<CodeValueRelationship> {
    let key = |set: CodeSet, text: &str| CodeValueKey {
        code_class_name: set.as_str().to_owned(),
        code_text: text.to_owned(),
    };
    let pairs = [CodeSet::TransitionReason, CodeSet::AddressFormat]
        .into_iter()
        .filter_map(|set| {
            let parent = set.parent()?;
            Some(codes::set(set).all().iter().flat_map(move |code| {
                code.under.iter().map(move |under| CodeValueRelationship {
                    parent: key(parent, under),
                    child: key(set, &code.code),
                })
            }))
        });
    pairs.flatten().collect()
}

/// The school years and what may be done in them on a day.
pub(crate) fn school_years(today: Date) -> Vec<SchoolYearConfiguration> {
    let current = SchoolYear::of(today);
    let numbers = current.number() - PAST_YEARS..=current.number() + 1;
    let years = numbers.filter_map(SchoolYear::ending);
    years
        .map(|year| {
            let opens = i16::try_from(year.number() - 1)
                .ok()
                .and_then(|first| Date::new(first, OPENS_IN, 1));
            let is_open = opens.is_none_or(|day| day <= today);
            let kind = match year.cmp(&current) {
                std::cmp::Ordering::Less => "Historical",
                std::cmp::Ordering::Equal => "Current",
                std::cmp::Ordering::Greater if is_open => "PreRegistration",
                std::cmp::Ordering::Greater => "Future",
            };
            SchoolYearConfiguration {
                school_year: year,
                kind: kind.to_owned(),
                is_accepted: is_open,
                pre_registration_opens: opens,
            }
        })
        .collect()
}

/// Are enrolments of that year taken today?
pub(crate) fn is_accepted(year: SchoolYear, today: Date) -> bool {
    let mut years = school_years(today).into_iter();
    years.any(|known| known.school_year == year && known.is_accepted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn registration_for_the_next_year_opens_in_february() {
        let date = |text: &str| text.parse::<Date>().expect("test date");
        let next = SchoolYear::ending(2028).expect("a year");
        assert!(!is_accepted(next, date("2027-01-31")));
        assert!(is_accepted(next, date("2027-02-01")));
        assert!(!is_accepted(next.next(), date("2027-02-01")));
    }

    #[test]
    fn the_whole_list_comes_until_it_is_known() {
        let today = "2026-11-23".parse().expect("test date");
        let full = values(0, today).code_values;
        assert!(
            full.iter()
                .any(|value| value.code_class_name == "Grade" && value.code_text == "06")
        );
        assert!(
            full.iter()
                .all(|value| value.short_description.chars().count() <= 50)
        );
        assert!(values(VERSION, today).code_values.is_empty());
        assert!(!relationships().is_empty());
    }
}
