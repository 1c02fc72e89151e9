//! The province's rules on sections and course enrolments, judged before they
//! are saved, by the functions that the server judges them by.

use crate::map::{self, classes};
use crate::{mirror, travels};
use courses::rules::Judge;
use courses::{Claim, Course, Offering, Sat, SeatState, Section};
use db::{Known, Reading};
use kernel::{Actor, Asn, CourseCode, Finding, Findings, Outcome, SectionId, Severity};
use pasi_wire::messages as wire;
use pasi_wire::rules::{mark, section};
use pasi_wire::window::NotificationType;
use std::collections::HashMap;

/// What our forms call the fields of a section and a course enrolment.
const FIELDS: [(&str, &str); 5] = [
    ("start_date", "first_day"),
    ("end_date", "last_day"),
    ("term", "pasi_term"),
    ("credits_attempted", "credits"),
    ("exit_date", "until"),
];

/// Rules whose facts are not known here: which schools are open when, and
/// under which enrolment a student sits, which our own rules ask.
const NOT_KNOWN_HERE: [&str; 2] = ["40214", "40102"];

/// What the province's rules look at beyond the section itself. It is the judge
/// that the operations on how sections are offered take.
#[derive(Debug, Clone)]
pub struct ProvinceOnClasses {
    school: kernel::SchoolCode,
    there: Option<wire::School>,
    authority: kernel::AuthorityCode,
    calendar: Option<wire::SchoolCalendarYear>,
    courses: HashMap<CourseCode, wire::Course>,
    others: Vec<wire::Section>,
}

impl ProvinceOnClasses {
    /// For a section as recorded; PASI's copies of its school, its courses and
    /// the other sections of its school tell the facts.
    pub fn of(at: &mut impl Reading, id: SectionId) -> Outcome<Self> {
        let section = courses::section(at, &map::program(at)?, id)?.section;
        let ours = schools::school(at, section.school)?;
        let code = ours.code;
        let there = mirror::mirrored(at, NotificationType::School, &code.to_string())?;
        let year = format!("{code}.{}", section.year.number());
        let calendar = mirror::mirrored(at, NotificationType::SchoolCalendarYear, &year)?;
        let keys = mirror::keys(at, NotificationType::Course)?;
        let courses: Vec<wire::Course> = mirror::mirrored_among(at, NotificationType::Course, &keys)?;
        let beside = courses::sections_beside(at, &section)?;
        let keys: Vec<String> = beside.iter().map(ToString::to_string).collect();
        let others: Vec<wire::Section> = mirror::mirrored_among(at, NotificationType::Section, &keys)?;
        Ok(Self {
            school: code,
            there: there.map(|held| held.record),
            authority: ours.authority,
            calendar: calendar.map(|held| held.record),
            courses: courses.into_iter().map(|one| (one.course_code, one)).collect(),
            others: others.into_iter().filter(|other| !other.is_deleted).collect(),
        })
    }

    /// Everything the province's rules say of a section as it stands; nothing
    /// of one that stays here.
    pub fn section(&self, ours: &Section, offering: &Offering, courses: &[Course]) -> Findings {
        let Some(sent) = classes::section(ours, offering, courses, (self.school, 0)) else {
            return Findings::default();
        };
        let facts = section::Submitted {
            sent: &sent,
            held: None,
            is_year_accepted: true,
            is_used: false,
            // Before the catalogue was read nothing is known of it.
            is_course: &|code| self.courses.is_empty() || self.courses.contains_key(&code),
        };
        let mut found = section::submitted(&facts, &self.others);
        let known: Vec<&wire::Course> = sent
            .course_codes
            .iter()
            .filter_map(|code| self.courses.get(code))
            .collect();
        let stored = section::stored(&section::Stored {
            section: &sent,
            courses: &known,
            school: self.there.as_ref(),
            authority: Some(self.authority),
            calendar: self.calendar.as_ref(),
        });
        let is_unread = self.calendar.is_none();
        found.extend(
            stored
                .0
                .into_iter()
                .filter(|one| one.code != "40119" || !is_unread),
        );
        told(found)
    }

    /// Everything the province's rules say of what a student is in a section for.
    pub fn seat(&self, sat: &Sat) -> Findings {
        let place = (self.school, 0);
        let section = classes::section(&sat.section, &sat.offering, &sat.courses, place);
        // The rules do not look at whose it is.
        let nobody = || Asn::from_number(0).expect("nine digits");
        let of = classes::Seated {
            asn: nobody(),
            enrolment: None,
        };
        let (Some(section), Some(sent)) = (section, classes::course_enrolment(sat, of, None, 0)) else {
            return Findings::default();
        };
        let course = self.courses.get(&sent.course_code);
        let mut found = match course {
            None if self.courses.is_empty() => Findings::default(),
            course => mark::course_enrolment(&sent, Some(&section), course),
        };
        found.extend(mark::stored_course_enrolment(&sent, &section, course, []).0);
        told(found)
    }
}

/// Beside our fields, and none of them refuses: PASI's answer is PASI's.
fn told(found: Findings) -> Findings {
    let ours = |mut finding: Finding| {
        if let Some((_, ours)) = FIELDS.iter().find(|(theirs, _)| *theirs == finding.field) {
            (*ours).clone_into(&mut finding.field);
        }
        if finding.severity == Severity::Refuse {
            finding.severity = Severity::Warn;
        }
        finding
    };
    let known = found
        .0
        .into_iter()
        .filter(|one| !NOT_KNOWN_HERE.contains(&one.code.as_str()));
    known.map(ours).collect()
}

impl Judge for ProvinceOnClasses {
    fn offering(&self, section: &Section, offering: &Offering, courses: &[Course]) -> Findings {
        match travels::of_section(courses) {
            Some(stays) => stays.into(),
            None => self.section(section, offering, courses),
        }
    }
    fn claim(&self, section: &Section, offering: &Offering, courses: &[Course], claim: &Claim) -> Findings {
        let sat = Sat {
            seat: courses::CourseEnrolment {
                id: claim.seat,
                student: kernel::StudentId::from_uuid(claim.seat.uuid()),
                section: section.id,
                from: section.first_day,
                until: None,
                state: SeatState::Enrolled,
                place: 0,
                known: Known::first(
                    &Actor::system(kernel::DivisionId(0), "Sync"),
                    kernel::Instant::from_micros(0),
                    "",
                ),
            },
            claim: *claim,
            section: section.clone(),
            offering: offering.clone(),
            courses: courses.to_vec(),
        };
        match travels::of_seat(&sat.seat, courses, claim) {
            Some(stays) => stays.into(),
            None => self.seat(&sat),
        }
    }
}

/// What the province's rules say of a section as it stands, and why it stays
/// here where it does; not found outside the permit.
pub fn section_findings(
    at: &mut impl Reading,
    permit: &access::Permit<access::action::ViewSections>,
    id: SectionId,
) -> Outcome<Findings> {
    let view = courses::section(at, permit, id)?;
    if let Some(stays) = travels::of_section(&view.courses) {
        return Ok(stays.into());
    }
    let offering = courses::offering(at, permit, id)?;
    let province = ProvinceOnClasses::of(at, id)?;
    Ok(province.section(&view.section, &offering, &view.courses))
}
