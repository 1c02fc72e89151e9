//! Which sections and which places in them go to PASI, and in which of PASI's
//! words. Pure: facts in, findings out; a note says why something stays here.

use courses::{Claim, Course, CourseEnrolment, Offering, SeatState, Section};
use kernel::{CourseCode, Date, Finding};
use pasi_wire::rules::mark::{COMPLETED, CONTINUING, INCOMPLETE, WITHDRAWN};
use pasi_wire::rules::section::SUMMER;

/// Text of a course that a student is in.
pub(crate) const REGISTERED: &str = "Registered";

/// The code that PASI knows a course by: that of a course of senior high
/// school, provincial or locally developed. Subjects below have none.
pub(crate) fn code(course: &Course) -> Option<CourseCode> {
    let is_senior = !course.credits.is_empty();
    course.code.parse().ok().filter(|_| is_senior)
}

/// The codes of a section's courses that PASI knows, in order.
pub(crate) fn codes(courses: &[Course]) -> Vec<CourseCode> {
    let mut all: Vec<CourseCode> = courses.iter().filter_map(code).collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// Why a section stays here: `LP-0611`, none of its courses has a code of PASI's.
pub(crate) fn of_section(courses: &[Course]) -> Option<Finding> {
    codes(courses)
        .is_empty()
        .then(|| Finding::note("LP-0611", "courses"))
}

/// Why a place in a section stays here: `LP-0611` as for the section; `LP-0612`,
/// several courses sit together and nobody said which the student takes;
/// `LP-0613`, the student waits.
pub(crate) fn of_seat(seat: &CourseEnrolment, courses: &[Course], claim: &Claim) -> Option<Finding> {
    if let Some(stays) = of_section(courses) {
        return Some(stays);
    }
    if seat.state == SeatState::Waiting {
        return Some(Finding::note("LP-0613", ""));
    }
    taken(courses, claim)
        .is_none()
        .then(|| Finding::note("LP-0612", "course"))
}

/// The course that a student takes in a section; none where it is not said, or
/// is none of PASI's.
pub(crate) fn taken(courses: &[Course], claim: &Claim) -> Option<CourseCode> {
    match (claim.course, courses) {
        (Some(said), _) => courses.iter().find(|course| course.id == said).and_then(code),
        (None, [only]) => code(only),
        (None, _) => None,
    }
}

/// The credits of a section: those said, else the most that each of its
/// courses is offered for.
pub(crate) fn credits(courses: &[Course], offering: &Offering) -> u8 {
    let said = offering.credits.and_then(|said| u8::try_from(said).ok());
    let most = courses.iter().filter(|course| code(course).is_some());
    said.or_else(|| most.filter_map(|course| course.credits.last().copied()).min())
        .unwrap_or(0)
}

/// The term of a section: the one said, else the one that its days lie in.
pub(crate) fn term(section: &Section, offering: &Offering) -> String {
    if !offering.term.is_empty() {
        return offering.term.clone();
    }
    let (first, last) = section.days();
    let day = |year: Date, month, day| Date::new(year.year(), month, day).unwrap_or(year);
    let (starts, ends) = (section.year.starts(), section.year.ends());
    let is_in = |from: Date, until: Date| from <= first && last <= until;
    let term = if first >= day(ends, 7, 1) {
        SUMMER
    } else if is_in(starts, day(ends, 2, 28)) {
        "Semester1"
    } else if is_in(day(ends, 1, 1), day(ends, 7, 31)) {
        "Semester2"
    } else {
        "FullYear"
    };
    term.to_owned()
}

/// How a course enrolment stands, by its days: who leaves before the section
/// ends has withdrawn. What PASI has of its end stays, for it came with a mark.
pub(crate) fn status(seat: &CourseEnrolment, section: &Section, held: Option<&str>) -> String {
    let leaves = seat.until.is_some_and(|until| until < section.last_day);
    let is_end = |held: &&str| [COMPLETED, INCOMPLETE, CONTINUING].contains(held);
    match held.filter(is_end) {
        _ if leaves => WITHDRAWN.to_owned(),
        Some(held) => held.to_owned(),
        None => REGISTERED.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use courses::SectionState;
    use kernel::{CourseEnrolmentId, CourseId, Grade, SchoolId, SchoolYear, SectionId, StudentId};

    fn course(code: &str, credits: &[u8]) -> Course {
        Course {
            id: CourseId::derived(code),
            code: code.to_owned(),
            name: code.to_owned(),
            is_provincial: true,
            credits: credits.to_vec(),
            lowest_grade: Grade::G10,
            highest_grade: Grade::G12,
            first_year: None,
            last_year: None,
            prerequisites: Vec::new(),
            delivery: String::new(),
            version: 1,
        }
    }

    fn date(text: &str) -> Date {
        text.parse().expect("a date")
    }

    fn section(first: &str, last: &str) -> Section {
        Section {
            id: SectionId::derived("one"),
            school: SchoolId::derived("1256"),
            year: SchoolYear::ending(2027).expect("a year"),
            number: "one".to_owned(),
            courses: Vec::new(),
            term: None,
            first_day: date(first),
            last_day: date(last),
            room: String::new(),
            capacity: None,
            state: SectionState::Open,
            meetings: Vec::new(),
            staff: Vec::new(),
            version: 1,
        }
    }

    fn seat(state: SeatState, until: Option<&str>) -> CourseEnrolment {
        let actor = kernel::Actor::system(kernel::DivisionId(1), "Test");
        CourseEnrolment {
            id: CourseEnrolmentId::derived("one"),
            student: StudentId::derived("one"),
            section: SectionId::derived("one"),
            from: date("2026-09-01"),
            until: until.map(date),
            state,
            place: 0,
            known: db::Known::first(&actor, kernel::Instant::from_micros(0), ""),
        }
    }

    #[test]
    fn senior_high_school_travels_and_says_which_course() {
        let ela = || course("ELA1105", &[5]);
        let claim = |code: Option<&str>| Claim {
            course: code.map(CourseId::derived),
            ..Claim::usual(CourseEnrolmentId::derived("one"))
        };
        for (case, courses, said, state, stays) in [
            ("one course", vec![ela()], None, SeatState::Enrolled, None),
            (
                "locally developed",
                vec![course("LDC1515", &[3, 5])],
                None,
                SeatState::Enrolled,
                None,
            ),
            (
                "a subject",
                vec![course("MATH", &[])],
                None,
                SeatState::Enrolled,
                Some("LP-0611"),
            ),
            (
                "no credits",
                vec![course("ELA1105", &[])],
                None,
                SeatState::Enrolled,
                Some("LP-0611"),
            ),
            ("waits", vec![ela()], None, SeatState::Waiting, Some("LP-0613")),
            (
                "together, not said",
                vec![ela(), course("ELA1104", &[5])],
                None,
                SeatState::Enrolled,
                Some("LP-0612"),
            ),
            (
                "together, said",
                vec![ela(), course("ELA1104", &[5])],
                Some("ELA1104"),
                SeatState::Enrolled,
                None,
            ),
        ] {
            let found = of_seat(&seat(state, None), &courses, &claim(said));
            assert_eq!(found.as_ref().map(|one| one.code.as_str()), stays, "{case}");
        }
        assert!(of_section(&[course("MATH", &[])]).is_some());
        assert_eq!(
            of_section(&[ela(), course("MATH", &[])]),
            None,
            "the one that travels goes"
        );
    }

    #[test]
    fn the_days_of_a_section_say_its_term() {
        for (first, last, said, term_is) in [
            ("2026-09-01", "2027-01-29", "", "Semester1"),
            ("2027-02-01", "2027-06-25", "", "Semester2"),
            ("2026-09-01", "2027-06-25", "", "FullYear"),
            ("2027-07-05", "2027-07-30", "", "Summer"),
            ("2026-09-01", "2027-06-25", "Continuous", "Continuous"),
        ] {
            let offering = Offering {
                term: said.to_owned(),
                ..Offering::usual(SectionId::derived("one"))
            };
            assert_eq!(
                term(&section(first, last), &offering),
                term_is,
                "{first} {last} {said}"
            );
        }
    }

    #[test]
    fn the_days_of_a_place_say_how_it_stands() {
        let section = section("2026-09-01", "2027-01-29");
        for (until, held, want) in [
            (None, None, "Registered"),
            (Some("2026-11-02"), None, "Withdrawn"),
            (Some("2027-01-29"), None, "Registered"),
            (None, Some("Completed"), "Completed"),
            (Some("2026-11-02"), Some("Completed"), "Withdrawn"),
            (None, Some("Withdrawn"), "Registered"),
        ] {
            let seat = seat(SeatState::Enrolled, until);
            assert_eq!(status(&seat, &section, held), want, "{until:?} {held:?}");
        }
    }

    #[test]
    fn the_credits_are_those_said_or_the_most_that_all_courses_give() {
        let courses = [course("PED1445", &[3, 4, 5]), course("MATH", &[])];
        for (said, want) in [(None, 5), (Some(3), 3)] {
            let offering = Offering {
                credits: said,
                ..Offering::usual(SectionId::derived("one"))
            };
            assert_eq!(credits(&courses, &offering), want, "{said:?}");
        }
    }
}
