//! `IdentifyStudent`: who may the child at the counter be?

use crate::association::end_of;
use crate::store::{StudentRecord, World, sound};
use kernel::text::fold;
use kernel::{Asn, Date, Grade, PersonName, SchoolYear};
use pasi_wire::messages::{
    DisclosureRestriction, IdentifiedStudent, IdentifyCriteria, IdentifyStatus, IdentifyStudentRequest,
    IdentifyStudentResponse, MatchQuality, PartialAddress, PartialEnrolment, Student,
};
use std::collections::BTreeMap;

/// More hits than this are not listed (assumption `identify-hits`).
const MOST_HITS: usize = 20;
/// An approximate age may be off by this many years (assumption `identify-age`).
const AGE_WINDOW: i16 = 2;
/// Up to this age every younger child is looked at too (assumption `identify-age`).
const SMALL_CHILD: u8 = 5;
/// Years before now whose births count for a small child (assumption `identify-age`).
const SMALL_CHILD_YEARS: i16 = 6;
/// Enrolments of so many school years before the current one are shown.
const SHOWN_YEARS: i32 = 2;
/// The one restriction that keeps nothing confidential.
const GUARDIANS_STAY: &str = "StudentOver18withGuardian";

/// Searches; breaks no rule, so it is never rejected.
pub(crate) fn identify(
    world: &World,
    today: Date,
    asked: &IdentifyStudentRequest,
) -> IdentifyStudentResponse {
    let mut hits: BTreeMap<Asn, MatchQuality> = BTreeMap::new();
    let locator = &asked.student_locator;
    if let Some(criteria) = &locator.criteria {
        for asn in candidates(world, criteria) {
            let found = world
                .student(asn)
                .and_then(|held| quality(world, &held, criteria, locator.asn, today));
            if let Some(quality) = found {
                better(&mut hits, asn, quality);
            }
        }
    }
    if let Some(held) = locator.asn.and_then(|asn| world.student(asn)) {
        let agrees = match &locator.criteria {
            None => MatchQuality::High,
            Some(criteria) => {
                quality(world, &held, criteria, locator.asn, today).unwrap_or(MatchQuality::Medium)
            }
        };
        better(&mut hits, held.student.asn, agrees);
    }
    if !asked.include_all_quality_levels
        && let Some(best) = hits.values().min().copied()
    {
        hits.retain(|_, quality| *quality == best);
    }
    add_primaries(world, &mut hits);
    answer(
        world,
        today,
        &hits,
        asked.include_students_with_disclosure_restriction,
    )
}

/// Keeps the better of two qualities.
fn better(hits: &mut BTreeMap<Asn, MatchQuality>, asn: Asn, quality: MatchQuality) {
    let kept = hits.entry(asn).or_insert(quality);
    *kept = (*kept).min(quality);
}

/// A secondary number brings its primary along, at the same quality.
fn add_primaries(world: &World, hits: &mut BTreeMap<Asn, MatchQuality>) {
    let linked: Vec<(Asn, MatchQuality)> = hits
        .iter()
        .filter_map(|(asn, quality)| Some((world.primary_of(*asn)?, *quality)))
        .collect();
    for (primary, quality) in linked {
        better(hits, primary, quality);
    }
}

fn answer(
    world: &World,
    today: Date,
    hits: &BTreeMap<Asn, MatchQuality>,
    with_restricted: bool,
) -> IdentifyStudentResponse {
    let mut found: Vec<(MatchQuality, Box<StudentRecord>)> = hits
        .iter()
        .filter_map(|(asn, quality)| Some((*quality, world.student(*asn)?)))
        .collect();
    let all = found.len();
    found.retain(|(_, held)| with_restricted || !is_restricted(&held.student, today));
    found.sort_by_key(|(quality, held)| (*quality, held.student.asn));
    let status = match found.len() {
        0 if all > 0 => IdentifyStatus::FoundStudentWithDisclosureRestriction,
        0 => IdentifyStatus::NoMatch,
        1 => IdentifyStatus::Match,
        many if many <= MOST_HITS => IdentifyStatus::Ambiguous,
        _ => IdentifyStatus::Insufficient,
    };
    if status == IdentifyStatus::Insufficient {
        found.clear();
    }
    let students = found.into_iter().zip(1..);
    IdentifyStudentResponse {
        status,
        students: students
            .map(|((quality, held), rank)| shown(world, &held.student, quality, rank, today))
            .collect(),
    }
}

/// Those worth comparing: born that day, or with a last name of that sound.
fn candidates(world: &World, criteria: &IdentifyCriteria) -> Vec<Asn> {
    let mut asns: Vec<Asn> = world.sounding_like(&criteria.name.last).to_vec();
    if let Some(day) = criteria.birth_date {
        asns.extend_from_slice(world.born_on(day));
    }
    asns.sort_unstable();
    asns.dedup();
    asns
}

/// How well two names fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    Exact,
    Near,
    Not,
}

fn fit_of_word(asked: &str, held: &str) -> Fit {
    let (asked, held) = (fold(asked), fold(held));
    let is_part = |one: &str, other: &str| one.len() >= 2 && other.starts_with(one);
    if asked == held {
        Fit::Exact
    } else if asked.is_empty() || held.is_empty() {
        Fit::Not
    } else if is_part(&asked, &held)
        || is_part(&held, &asked)
        || held.split(' ').any(|word| word == asked)
        || asked.split(' ').any(|word| word == held)
        || sound(&asked) == sound(&held)
    {
        Fit::Near
    } else {
        Fit::Not
    }
}

/// First and last name together; a middle name that is given and differs
/// makes an exact fit a near one.
fn fit_of_name(asked: &PersonName, held: &PersonName) -> Fit {
    let whole = fit_of_word(&asked.first, &held.first).max(fit_of_word(&asked.last, &held.last));
    let has_middle = !asked.middle.is_empty() && !held.middle.is_empty();
    if whole == Fit::Exact && has_middle && fold(&asked.middle) != fold(&held.middle) {
        return Fit::Near;
    }
    whole
}

/// The best fit among the legal and the other names.
fn best_fit(student: &Student, asked: &PersonName) -> Fit {
    let legal = fit_of_name(asked, &student.identification.name);
    let others = student.names.iter().filter(|name| !name.is_deleted);
    others
        .map(|other| fit_of_name(asked, &other.name))
        .fold(legal, Fit::min)
}

/// How well a student fits; `None` when not at all.
fn quality(
    world: &World,
    held: &StudentRecord,
    asked: &IdentifyCriteria,
    asn: Option<Asn>,
    today: Date,
) -> Option<MatchQuality> {
    let student = &held.student;
    let born = student.identification.birth_date;
    let has_asn = asn.is_none_or(|asn| asn == student.asn);
    if student.is_deactivated && asn != Some(student.asn) {
        return None;
    }
    let fit = best_fit(student, &asked.name);
    if let Some(day) = asked.birth_date {
        return match (fit, born == day) {
            (Fit::Exact, true) if has_asn => Some(MatchQuality::High),
            (Fit::Exact | Fit::Near, true) => Some(MatchQuality::Medium),
            (Fit::Exact, false) if is_slip(day, born) => Some(MatchQuality::Low),
            _ => None,
        };
    }
    let is_of_age = match (asked.approximate_age, asked.grade_level) {
        (Some(age), _) if age > 0 => is_about(age, born, today),
        (_, Some(grade)) => is_in_grade(world, student.asn, grade),
        (Some(age), None) => is_about(age, born, today),
        (None, None) => false,
    };
    match (fit, is_of_age) {
        (Fit::Exact, true) => Some(MatchQuality::Medium),
        (Fit::Near, true) => Some(MatchQuality::Low),
        _ => None,
    }
}

/// Day and month exchanged, or one of the three parts wrong (assumption `identify-slip`).
fn is_slip(asked: Date, held: Date) -> bool {
    let (year, month, day) = (
        asked.year() == held.year(),
        asked.month() == held.month(),
        asked.day() == held.day(),
    );
    let is_exchanged = year && asked.month() == held.day() && asked.day() == held.month();
    is_exchanged || [year, month, day].into_iter().filter(|agrees| *agrees).count() == 2
}

fn is_about(age: u8, born: Date, today: Date) -> bool {
    if age <= SMALL_CHILD {
        return (today.year() - SMALL_CHILD_YEARS..=today.year()).contains(&born.year());
    }
    let years = i16::from(born.age_on(today)) - i16::from(age);
    years.abs() <= AGE_WINDOW
}

/// Enrolled in that grade, or in the next one, in a recent school year.
fn is_in_grade(world: &World, asn: Asn, grade: Grade) -> bool {
    world
        .enrolments_of(asn)
        .filter(|enrolment| !enrolment.is_deleted)
        .any(|enrolment| {
            enrolment
                .grade
                .is_some_and(|held| held.number().abs_diff(grade.number()) <= 1)
        })
}

fn is_in_force(restriction: &DisclosureRestriction, today: Date) -> bool {
    restriction.is_active
        && !restriction.is_deleted
        && restriction.effective_date <= today
        && restriction.expiry_date.is_none_or(|end| end >= today)
}

fn is_restricted(student: &Student, today: Date) -> bool {
    let mut all = student.disclosure_restrictions.iter();
    all.any(|restriction| restriction.code != GUARDIANS_STAY && is_in_force(restriction, today))
}

fn shown(
    world: &World,
    student: &Student,
    quality: MatchQuality,
    rank: u32,
    today: Date,
) -> IdentifiedStudent {
    let current = SchoolYear::of(today);
    let live = student.addresses.iter().filter(|address| !address.is_deleted);
    let others = student
        .names
        .iter()
        .filter(|name| !name.is_deleted && !name.is_legal);
    let recent = world.enrolments_of(student.asn).filter(|enrolment| {
        !enrolment.is_deleted && enrolment.school_year.number() >= current.number() - SHOWN_YEARS
    });
    IdentifiedStudent {
        asn: student.asn,
        primary_asn: student.primary_asn,
        quality,
        rank,
        name: student.identification.name.clone(),
        other_names: others.map(|other| other.name.clone()).collect(),
        birth_date: student.identification.birth_date,
        gender: student.identification.gender.clone(),
        addresses: live
            .map(|address| PartialAddress {
                city: address.city.clone(),
                state_province: address.state_province.clone(),
                postal_code: address.postal_code.clone(),
            })
            .collect(),
        enrolments: recent
            .map(|enrolment| PartialEnrolment {
                school_code: enrolment.school_code,
                school_year: enrolment.school_year,
                grade: enrolment.grade,
                is_current: end_of(&enrolment) >= today,
            })
            .collect(),
        has_disclosure_restriction: is_restricted(student, today),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_fit_exactly_nearly_or_not() {
        for (asked, held, fit) in [
            ("Aiyana", "AIYANA", Fit::Exact),
            ("Ngo", "Ngô", Fit::Exact),
            ("Al", "Alexander", Fit::Near),
            ("Whitebear", "Whitbear", Fit::Near),
            ("Rose", "Marie Rose", Fit::Near),
            ("Aiyana", "Bruno", Fit::Not),
            ("A", "Aiyana", Fit::Not),
            ("", "", Fit::Exact),
        ] {
            assert_eq!(fit_of_word(asked, held), fit, "{asked:?} against {held:?}");
        }
    }

    #[test]
    fn a_slip_of_the_pen_is_one_part_or_day_and_month_exchanged() {
        let date = |text: &str| text.parse::<Date>().expect("test date");
        for (asked, held, want) in [
            ("2013-04-07", "2013-07-04", true),
            ("2013-04-17", "2012-04-17", true),
            ("2013-04-17", "2013-05-17", true),
            ("2013-04-17", "2012-05-17", false),
        ] {
            assert_eq!(is_slip(date(asked), date(held)), want, "{asked} against {held}");
        }
    }

    #[test]
    fn a_small_child_is_any_child_of_the_last_six_years() {
        let date = |text: &str| text.parse::<Date>().expect("test date");
        let today = date("2026-11-23");
        for (age, born, want) in [
            (3, "2020-01-01", true),
            (3, "2026-11-01", true),
            (3, "2019-12-31", false),
            (10, "2014-11-24", true),
            (10, "2013-11-22", false),
        ] {
            assert_eq!(is_about(age, date(born), today), want, "{age} and {born}");
        }
    }
}
