//! What the province is told of a section and of a student in it.

use crate::model::{Claim, Course, Offering, Section};
use codes::CodeSet;
use kernel::{Finding, Findings};

/// Most credits of a course.
const MOST_CREDITS: i32 = 99;
/// Most minutes: those of every school day of a year.
const MOST_MINUTES: i32 = 65_000;

/// What is asked of the province's own rules before a save.
pub trait Judge {
    /// What the province would find in the section as it would be offered.
    fn offering(&self, section: &Section, offering: &Offering, courses: &[Course]) -> Findings;
    /// What the province would find in a student's claim on the section.
    fn claim(&self, section: &Section, offering: &Offering, courses: &[Course], claim: &Claim) -> Findings;
}

/// Our own rules alone: for what the province itself said.
#[derive(Debug, Clone, Copy, Default)]
pub struct OursAlone;

impl Judge for OursAlone {
    fn offering(&self, _: &Section, _: &Offering, _: &[Course]) -> Findings {
        Findings::default()
    }
    fn claim(&self, _: &Section, _: &Offering, _: &[Course], _: &Claim) -> Findings {
        Findings::default()
    }
}

/// Every finding of ours on how a section is offered.
pub fn judge_offering(section: &Section, offering: &Offering) -> Findings {
    let mut findings = Findings::default();
    let mut code = |set: CodeSet, value: &str, field: &str| {
        if !codes::set(set).is_valid(value, section.year) {
            findings.push(Finding::refuse("LP-0570", field).with("code", value));
        }
    };
    code(
        CodeSet::DeliverySchedule,
        &offering.delivery_schedule,
        "delivery_schedule",
    );
    code(
        CodeSet::DeliveryMethod,
        &offering.delivery_method,
        "delivery_method",
    );
    code(CodeSet::CourseLanguage, &offering.language, "language");
    if !offering.term.is_empty() {
        code(CodeSet::SectionTerm, &offering.term, "pasi_term");
    }
    credits(offering.credits, &mut findings);
    if offering
        .minutes
        .is_some_and(|minutes| !(1..=MOST_MINUTES).contains(&minutes))
    {
        findings.push(Finding::refuse("LP-0572", "minutes").with("most", MOST_MINUTES));
    }
    findings
}

fn credits(credits: Option<i32>, findings: &mut Findings) {
    if credits.is_some_and(|credits| !(0..=MOST_CREDITS).contains(&credits)) {
        findings.push(Finding::refuse("LP-0571", "credits").with("most", MOST_CREDITS));
    }
}

/// Every finding of ours on what a student is in a section for.
pub fn judge_claim(section: &Section, claim: &Claim) -> Findings {
    let mut findings = Findings::default();
    if claim
        .course
        .is_some_and(|course| !section.courses.contains(&course))
    {
        findings.push(Finding::refuse("LP-0573", "course"));
    }
    credits(claim.credits, &mut findings);
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::SectionState;
    use kernel::{CourseEnrolmentId, CourseId, SchoolId, SchoolYear, SectionId};

    fn section() -> Section {
        let year = SchoolYear::ending(2027).expect("a year");
        Section {
            id: SectionId::derived("s"),
            school: SchoolId::derived("1256"),
            year,
            number: "ELA1105-1".to_owned(),
            courses: vec![CourseId::derived("ELA1105")],
            term: None,
            first_day: year.starts(),
            last_day: year.ends(),
            room: String::new(),
            capacity: None,
            state: SectionState::Open,
            meetings: Vec::new(),
            staff: Vec::new(),
            version: 1,
        }
    }

    fn told(findings: &Findings) -> Vec<(&str, &str)> {
        let each = findings.0.iter();
        each.map(|one| (one.code.as_str(), one.field.as_str())).collect()
    }

    #[test]
    fn an_offering_has_codes_of_the_lists_and_numbers_that_may_be() {
        type Edit = fn(&mut Offering);
        let cases: [(Edit, &[(&str, &str)]); 7] = [
            (|_| {}, &[]),
            (
                |one| one.delivery_schedule = "NIGHT".to_owned(),
                &[("LP-0570", "delivery_schedule")],
            ),
            (|one| one.language = String::new(), &[("LP-0570", "language")]),
            (|one| one.term = "Semester1".to_owned(), &[]),
            (|one| one.term = "Autumn".to_owned(), &[("LP-0570", "pasi_term")]),
            (|one| one.credits = Some(100), &[("LP-0571", "credits")]),
            (|one| one.minutes = Some(0), &[("LP-0572", "minutes")]),
        ];
        for (edit, want) in cases {
            let mut offering = Offering::usual(section().id);
            edit(&mut offering);
            assert_eq!(told(&judge_offering(&section(), &offering)), want, "{offering:?}");
        }
    }

    #[test]
    fn a_claim_is_on_a_course_of_the_section() {
        for (course, credits, want) in [
            (None, None, vec![]),
            (Some("ELA1105"), Some(5), vec![]),
            (Some("SST1771"), None, vec![("LP-0573", "course")]),
            (None, Some(-1), vec![("LP-0571", "credits")]),
        ] {
            let claim = Claim {
                course: course.map(CourseId::derived),
                credits,
                ..Claim::usual(CourseEnrolmentId::derived("one"))
            };
            assert_eq!(
                told(&judge_claim(&section(), &claim)),
                want,
                "{course:?} {credits:?}"
            );
        }
    }
}
