//! A course that a student asks for.

use crate::model::{Course, CourseRequest, RequestState};
use enrolment::Enrolment;
use kernel::{CourseId, Date, Finding, Findings, Grade};

/// Courses of one student, at most.
const MOST_REQUESTS: usize = 20;
/// Credits that a year usually holds, at most.
const MOST_CREDITS: u32 = 45;
/// Credits of a year below which a diploma of 100 credits takes more than three.
const FEWEST_CREDITS: u32 = 30;

/// A request as it would stand, and what it is judged by.
#[derive(Debug, Clone, Copy)]
pub struct ProposedRequest<'a> {
    /// As it would stand.
    pub after: &'a CourseRequest,
    /// The course; none when the catalogue has it no more.
    pub course: Option<&'a Course>,
    /// The student's enrolments at the school that count.
    pub stays: &'a [Enrolment],
    /// The student's other requests of the year.
    pub own: &'a [CourseRequest],
    /// Codes of the courses that the student took, takes or asks for.
    pub on_record: &'a [String],
    /// Has the school an open section of the course in the year?
    pub has_section: bool,
    /// Today in Alberta.
    pub today: Date,
}

/// Every finding on a request.
pub fn judge_request(proposed: &ProposedRequest) -> Findings {
    let (after, mut findings) = (proposed.after, Findings::default());
    if after.year.ends() < proposed.today {
        findings.push(Finding::refuse("LP-0527", "").with("year", after.year));
    }
    let Some(course) = proposed.course else {
        findings.push(Finding::refuse("LP-0542", "course"));
        return findings;
    };
    let stay = proposed.stays.iter().find(|stay| stay.year == after.year);
    match stay {
        None => findings.push(Finding::refuse("LP-0546", "").with("year", after.year)),
        Some(stay) if !course.is_for(stay.grade) => findings.push(
            Finding::warn("LP-0517", "course")
                .with("course", &course.name)
                .with("grades", course.grades())
                .with("grade", stay.grade.label()),
        ),
        Some(_) => {}
    }
    if !course.is_offered_in(after.year) {
        let finding = Finding::refuse("LP-0533", "course").with("course", &course.name);
        findings.push(finding.with("year", after.year));
    }
    beside(proposed, course, &mut findings);
    let asks = &course.prerequisites;
    if !asks.is_empty() && !asks.iter().any(|code| proposed.on_record.contains(code)) {
        let finding = Finding::warn("LP-0535", "course").with("course", &course.name);
        findings.push(finding.with("asks", asks.join(", ")));
    }
    if !proposed.has_section {
        findings.push(Finding::warn("LP-0538", "course").with("course", &course.name));
    }
    findings
}

/// The student's other requests.
fn beside(proposed: &ProposedRequest, course: &Course, findings: &mut Findings) {
    let after = proposed.after;
    let asked = || {
        let own = proposed.own.iter();
        own.filter(|one| one.id != after.id && one.state == RequestState::Asked)
    };
    // The same course may stand in for two others.
    let is_twice = asked().any(|one| one.course == after.course && one.instead_of == after.instead_of);
    if is_twice {
        findings.push(Finding::refuse("LP-0534", "course").with("course", &course.name));
    }
    if asked().count() >= MOST_REQUESTS {
        findings.push(Finding::refuse("LP-0541", "").with("most", MOST_REQUESTS));
    }
    let is_main = |one: &CourseRequest| one.instead_of.is_none() && one.course != after.course;
    if let Some(id) = after.instead_of
        && !asked().any(|one| one.id == id && is_main(one))
    {
        findings.push(Finding::refuse("LP-0539", "instead_of"));
    }
}

/// What is to be said of the credits of everything that a student takes and asks for in a year. Below senior high
/// school there is nothing to say.
pub fn judge_credits(grade: Option<Grade>, credits: u32) -> Findings {
    let is_senior = grade.is_some_and(|grade| (Grade::G10..=Grade::G12).contains(&grade));
    if !is_senior || credits == 0 {
        return Findings::default();
    }
    if credits > MOST_CREDITS {
        let finding = Finding::warn("LP-0536", "").with("credits", credits);
        return finding.with("most", MOST_CREDITS).into();
    }
    if credits < FEWEST_CREDITS {
        let finding = Finding::warn("LP-0537", "").with("credits", credits);
        return finding.with("fewest", FEWEST_CREDITS).into();
    }
    Findings::default()
}

/// The credits that a course counts with: the most it is usually taken for.
pub(crate) fn credits(all: &[Course], ids: impl IntoIterator<Item = CourseId>) -> u32 {
    let of = |id: CourseId| {
        all.iter()
            .find(|course| course.id == id)?
            .credits
            .iter()
            .max()
            .copied()
    };
    ids.into_iter().filter_map(of).map(u32::from).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use db::Known;
    use enrolment::{Coding, State};
    use kernel::{CourseRequestId, EnrolmentId, Instant, SchoolId, SchoolYear, StudentId};

    fn known() -> Known {
        Known {
            version: 1,
            from: Instant::from_micros(0),
            to: None,
            by: String::new(),
            reason: String::new(),
        }
    }

    fn year() -> SchoolYear {
        SchoolYear::ending(2027).expect("a year")
    }

    fn day(text: &str) -> Date {
        text.parse().expect("a date")
    }

    fn course(code: &str) -> Course {
        let all = crate::alberta();
        let found = all
            .into_iter()
            .find(|one| one.code == code)
            .expect("of the catalogue");
        found.course(CourseId::derived(code))
    }

    fn request(id: &str, code: &str, instead_of: Option<&str>) -> CourseRequest {
        CourseRequest {
            id: CourseRequestId::derived(id),
            student: StudentId::derived("ada"),
            school: SchoolId::derived("school"),
            year: year(),
            course: CourseId::derived(code),
            rank: 1,
            instead_of: instead_of.map(CourseRequestId::derived),
            state: RequestState::Asked,
            known: known(),
        }
    }

    fn stay(grade: Grade) -> Enrolment {
        Enrolment {
            id: EnrolmentId::derived("stay"),
            student: StudentId::derived("ada"),
            school: SchoolId::derived("school"),
            year: year(),
            grade,
            homeroom: String::new(),
            start: day("2026-09-01"),
            state: State::Open,
            coding: Coding::default(),
            known: known(),
        }
    }

    #[test]
    #[expect(clippy::too_many_lines, reason = "one table")]
    fn a_request_is_judged_by_its_student_its_course_and_what_was_asked_for_before() {
        let many: Vec<CourseRequest> = (0..20)
            .map(|number| request(&number.to_string(), &number.to_string(), None))
            .collect();
        let art = request("art", "LDC1515", None);
        let (none, some) = (Vec::<CourseRequest>::new(), vec![art.clone()]);
        let withdrawn = vec![CourseRequest {
            state: RequestState::Withdrawn,
            ..art.clone()
        }];
        let stays = [stay(Grade::G11)];
        let record = ["SCN1270".to_owned()];
        for (case, code, instead, stays, own, record, wanted) in [
            (
                "all is well",
                "SCN2231",
                None,
                &stays[..],
                &none,
                &record[..],
                vec![],
            ),
            (
                "not enrolled",
                "SCN2231",
                None,
                &[][..],
                &none,
                &record[..],
                vec!["LP-0546"],
            ),
            (
                "another grade",
                "SCN3230",
                None,
                &stays[..],
                &none,
                &[][..],
                vec!["LP-0517", "LP-0535"],
            ),
            (
                "not offered any more",
                "INF2020",
                None,
                &stays[..],
                &none,
                &[][..],
                vec!["LP-0533"],
            ),
            (
                "asked already",
                "LDC1515",
                None,
                &stays[..],
                &some,
                &[][..],
                vec!["LP-0534"],
            ),
            (
                "taken back before",
                "LDC1515",
                None,
                &stays[..],
                &withdrawn,
                &[][..],
                vec![],
            ),
            (
                "no prerequisite",
                "SCN2231",
                None,
                &stays[..],
                &none,
                &[][..],
                vec!["LP-0535"],
            ),
            (
                "too many",
                "SCN2231",
                None,
                &stays[..],
                &many,
                &record[..],
                vec!["LP-0541"],
            ),
            (
                "instead of another",
                "SCN2231",
                Some("art"),
                &stays[..],
                &some,
                &record[..],
                vec![],
            ),
            (
                "instead of itself",
                "LDC1515",
                Some("art"),
                &stays[..],
                &some,
                &[][..],
                vec!["LP-0539"],
            ),
            (
                "instead of nothing",
                "SCN2231",
                Some("art"),
                &stays[..],
                &withdrawn,
                &record[..],
                vec!["LP-0539"],
            ),
        ] {
            let course = course(code);
            let findings = judge_request(&ProposedRequest {
                after: &request("new", code, instead),
                course: Some(&course),
                stays,
                own,
                on_record: record,
                has_section: true,
                today: day("2026-11-23"),
            });
            let codes: Vec<&str> = findings.0.iter().map(|one| one.code.as_str()).collect();
            assert_eq!(codes, wanted, "{case}");
        }
    }

    #[test]
    fn a_course_without_a_class_is_a_warning_and_a_year_that_is_over_or_no_course_refuses() {
        let (after, stays) = (request("new", "LDC1515", None), [stay(Grade::G11)]);
        let course = course("LDC1515");
        for (course, today, has_section, wanted) in [
            (Some(&course), "2026-11-23", false, vec!["LP-0538"]),
            (Some(&course), "2027-09-01", true, vec!["LP-0527"]),
            (None, "2026-11-23", true, vec!["LP-0542"]),
        ] {
            let findings = judge_request(&ProposedRequest {
                after: &after,
                course,
                stays: &stays,
                own: &[],
                on_record: &[],
                has_section,
                today: day(today),
            });
            let codes: Vec<&str> = findings.0.iter().map(|one| one.code.as_str()).collect();
            assert_eq!(codes, wanted);
        }
    }

    #[test]
    fn credits_are_over_or_under_in_senior_high_school_alone() {
        for (grade, credits, wanted) in [
            (Some(Grade::G11), 45, None),
            (Some(Grade::G11), 46, Some("LP-0536")),
            (Some(Grade::G10), 30, None),
            (Some(Grade::G10), 29, Some("LP-0537")),
            (Some(Grade::G12), 0, None),
            (Some(Grade::G9), 5, None),
            (None, 5, None),
        ] {
            let findings = judge_credits(grade, credits);
            assert_eq!(
                findings.0.first().map(|one| one.code.as_str()),
                wanted,
                "{grade:?} {credits}"
            );
        }
    }
}
