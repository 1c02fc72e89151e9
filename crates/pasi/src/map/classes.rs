//! Sections and the students in them, in the form in which they travel.

use super::Composed;
use super::compare::Compared;
use super::student::{asn_of, program};
use crate::mirror::{self, Mirrored};
use crate::queue::Item;
use crate::travels;
use courses::{Course, Of, Offering, Sat, SeatState, Section};
use db::Reading;
use kernel::{Asn, CourseEnrolmentId, Date, Failure, Outcome, SchoolCode, SectionId, StudentId};
use pasi_wire::messages as wire;
use pasi_wire::window::NotificationType;
use uuid::Uuid;

const SECTION: NotificationType = NotificationType::Section;
const SEAT: NotificationType = NotificationType::CourseEnrolment;

/// A section, made on version `pasi_core_version` of PASI's copy; none for one that stays here.
pub fn section(
    ours: &Section,
    offering: &Offering,
    courses: &[Course],
    (school_code, pasi_core_version): (SchoolCode, i64),
) -> Option<wire::Section> {
    let course_codes = travels::codes(courses);
    (!course_codes.is_empty()).then(|| wire::Section {
        ref_id: ours.id.uuid(),
        school_code,
        school_year: ours.year,
        description: None,
        course_codes,
        section_term: travels::term(ours, offering),
        start_date: ours.first_day,
        end_date: ours.last_day,
        credits_offered: travels::credits(courses, offering),
        delivery_schedule: offering.delivery_schedule.clone(),
        primary_delivery_method: offering.delivery_method.clone(),
        instructional_language: offering.language.clone(),
        instructional_minutes_offered: offering.minutes.and_then(|minutes| u16::try_from(minutes).ok()),
        local_section_id: super::some(&ours.number),
        is_deleted: false,
        pasi_core_version,
    })
}

/// Whose a course enrolment is, and under which enrolment in the school.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seated {
    /// Whose.
    pub asn: Asn,
    /// The enrolment in the school, where PASI has it.
    pub enrolment: Option<Uuid>,
}

/// A course enrolment, made on version `pasi_core_version` of PASI's copy; none
/// for one that stays here. What we do not keep, such as a mark, is left as PASI has it.
pub fn course_enrolment(
    ours: &Sat,
    of: Seated,
    held: Option<&wire::CourseEnrolment>,
    pasi_core_version: i64,
) -> Option<wire::CourseEnrolment> {
    let (seat, section) = (&ours.seat, &ours.section);
    if travels::of_seat(seat, &ours.courses, &ours.claim).is_some() {
        return None;
    }
    let credits = ours.claim.credits.and_then(|said| u8::try_from(said).ok());
    let status = travels::status(seat, section, held.map(|held| held.status.as_str()));
    let kept = held.cloned();
    let mark = kept.as_ref().and_then(|held| held.mark.clone());
    Some(wire::CourseEnrolment {
        ref_id: seat.id.uuid(),
        asn: of.asn,
        course_code: travels::taken(&ours.courses, &ours.claim)?,
        section_ref_id: section.id.uuid(),
        student_school_enrolment_ref_id: of.enrolment,
        mark: mark.filter(|_| status != pasi_wire::rules::mark::WITHDRAWN),
        status,
        credits_attempted: credits.unwrap_or_else(|| travels::credits(&ours.courses, &ours.offering)),
        entry_date: Some(seat.from).filter(|from| *from != section.first_day),
        exit_date: seat.until.filter(|until| *until != section.last_day),
        is_funding_requested: kept.as_ref().is_none_or(|held| held.is_funding_requested),
        are_prerequisites_waived: ours.claim.is_waived,
        is_dual_enrolment: kept.as_ref().is_some_and(|held| held.is_dual_enrolment),
        partner_post_secondary_number: kept
            .as_ref()
            .and_then(|held| held.partner_post_secondary_number.clone()),
        instructional_minutes_received: kept.and_then(|held| held.instructional_minutes_received),
        is_deleted: seat.state == SeatState::InError,
        pasi_core_version,
    })
}

/// The request that sends a section; PASI's copy, deleted, for one that PASI
/// has and that goes no more.
pub(super) fn compose_section(
    at: &mut impl Reading,
    item: &Item,
    caller: wire::CallerInfo,
) -> Outcome<Composed> {
    let (permit, id) = (program(at)?, SectionId::from_uuid(item.ref_id()?));
    let view = courses::section(at, &permit, id)?;
    let offering = courses::offering(at, &permit, id)?;
    let school = schools::school(at, view.section.school)?.code;
    let sent = section(
        &view.section,
        &offering,
        &view.courses,
        (school, item.seen_version),
    );
    let sent = match sent {
        Some(sent) => sent,
        None => match held_section(at, id)?.filter(|held| !held.record.is_deleted) {
            Some(held) => wire::Section {
                is_deleted: true,
                pasi_core_version: item.seen_version,
                ..held.record
            },
            None => return Ok(Composed::Nothing),
        },
    };
    let request = wire::SubmitSectionRequest {
        caller,
        section: sent,
    };
    Ok(Composed::Send(Box::new(request.into())))
}

pub(crate) fn held_section(at: &mut impl Reading, id: SectionId) -> Outcome<Option<Mirrored<wire::Section>>> {
    mirror::mirrored(at, SECTION, &id.to_string())
}

/// The request that sends a student's place in a section.
pub(super) fn compose_seat(
    at: &mut impl Reading,
    item: &Item,
    caller: wire::CallerInfo,
) -> Outcome<Composed> {
    let (id, student) = (CourseEnrolmentId::from_uuid(item.ref_id()?), item.student()?);
    let held: Option<Mirrored<wire::CourseEnrolment>> = mirror::mirrored(at, SEAT, &id.to_string())?;
    let held = held.map(|held| held.record);
    let Some(asn) = asn_of(at, student)? else {
        return Ok(Composed::Later);
    };
    let sat = one(at, id)?;
    let sent = match &sat {
        Some(sat) => {
            let enrolment = enrolment_there(at, sat)?;
            course_enrolment(sat, Seated { asn, enrolment }, held.as_ref(), item.seen_version)
        }
        None => None,
    };
    let gone = || {
        held.clone()
            .filter(|held| !held.is_deleted)
            .map(|held| wire::CourseEnrolment {
                is_deleted: true,
                pasi_core_version: item.seen_version,
                ..held
            })
    };
    let Some(sent) = sent.or_else(gone) else {
        return Ok(Composed::Nothing);
    };
    if sent.is_deleted && item.seen_version == 0 {
        return Ok(Composed::Nothing); // taken back before PASI ever heard of it
    }
    let place = match &sat {
        Some(sat) => Some((schools::school(at, sat.section.school)?.code, sat.section.year)),
        None => held_section(at, SectionId::from_uuid(sent.section_ref_id))?
            .map(|held| (held.record.school_code, held.record.school_year)),
    };
    let Some((school_code, school_year)) = place else {
        return Ok(Composed::Nothing);
    };
    let request = wire::SubmitCourseEnrolmentRequest {
        caller,
        asn,
        school_code,
        school_year,
        course_enrolments: vec![sent],
    };
    Ok(Composed::Send(Box::new(request.into())))
}

/// One place with all that is said of it.
pub(crate) fn one(at: &mut impl Reading, id: CourseEnrolmentId) -> Outcome<Option<Sat>> {
    let permit = program(at)?;
    Ok(courses::sat(at, &permit, Of::Seat(id))?.pop())
}

/// PASI's enrolment of the student in the school of a section, in its year:
/// one that covers the first day in it, else any that counts.
pub(crate) fn enrolment_there(at: &mut impl Reading, sat: &Sat) -> Outcome<Option<Uuid>> {
    let school = schools::school(at, sat.section.school)?.code;
    let kind = NotificationType::StudentSchoolEnrolment;
    let held: Vec<(String, Mirrored<wire::StudentSchoolEnrolment>)> =
        mirror::mirrored_of(at, kind, sat.seat.student)?;
    let mut there: Vec<wire::StudentSchoolEnrolment> = held
        .into_iter()
        .map(|(_, held)| held.record)
        .filter(|held| !held.is_deleted)
        .filter(|held| (held.school_code, held.school_year) == (school, sat.section.year))
        .collect();
    let covers = |held: &wire::StudentSchoolEnrolment| {
        let exit = held.registration_exit_date;
        held.registration_start_date <= sat.seat.from && exit.is_none_or(|exit| sat.seat.from <= exit)
    };
    there.sort_by_key(|held| !covers(held));
    Ok(there.first().map(|held| held.ref_id))
}

/// What the province and we say of a student's places in our sections, field by
/// field, with PASI's version of each. Those in other divisions' sections we
/// know and do not own.
pub(crate) fn seat_fields(at: &mut impl Reading, student: StudentId) -> Outcome<Vec<(Compared, i64)>> {
    let held: Vec<(String, Mirrored<wire::CourseEnrolment>)> = mirror::mirrored_of(at, SEAT, student)?;
    if held.is_empty() {
        return Ok(Vec::new());
    }
    let permit = program(at)?;
    let all = courses::sat(at, &permit, Of::Student(student))?;
    let mut found = Vec::new();
    for (_, there) in held {
        let theirs = &there.record;
        let ours = all.iter().find(|sat| sat.seat.id.uuid() == theirs.ref_id);
        let fields = match ours {
            Some(sat) => both(sat, theirs),
            None if theirs.is_deleted => Vec::new(),
            None => only_there(at, theirs)?,
        };
        found.extend(fields.into_iter().map(|field| (field, there.version)));
    }
    Ok(found)
}

/// A place in a section of ours that only PASI has.
fn only_there(at: &mut impl Reading, theirs: &wire::CourseEnrolment) -> Outcome<Vec<Compared>> {
    let permit = program(at)?;
    let view = match courses::section(at, &permit, SectionId::from_uuid(theirs.section_ref_id)) {
        Ok(view) => view,
        Err(Failure::NotFound) => return Ok(Vec::new()),
        Err(failure) => return Err(failure),
    };
    Ok(vec![Compared {
        kind: "course-enrolment",
        key: theirs.ref_id.to_string(),
        about: String::new(),
        field: "course-enrolment",
        ours: String::new(),
        theirs: format!("{} {}", theirs.course_code, view.section.number),
    }])
}

fn both(sat: &Sat, theirs: &wire::CourseEnrolment) -> Vec<Compared> {
    let of = Seated {
        asn: theirs.asn,
        enrolment: theirs.student_school_enrolment_ref_id,
    };
    let ours = course_enrolment(sat, of, Some(theirs), 0);
    let ours = ours.filter(|ours| !ours.is_deleted);
    let one = |field, ours: String, there: String| Compared {
        kind: "course-enrolment",
        key: theirs.ref_id.to_string(),
        about: sat.section.number.clone(),
        field,
        ours,
        theirs: there,
    };
    let word = |is_there: bool| if is_there { "no" } else { "yes" }.to_owned();
    match ours {
        None if theirs.is_deleted => Vec::new(), // neither counts, whatever it says
        Some(ours) if !theirs.is_deleted => {
            let days = sat.section.days();
            let pairs = fields(&ours, days).into_iter().zip(fields(theirs, days));
            let each = pairs.map(|((field, ours), (_, there))| one(field, ours, there));
            each.collect()
        }
        ours => vec![one("deleted", word(ours.is_some()), word(!theirs.is_deleted))],
    }
}

/// The fields that are compared; a day that is the section's own is shown as it is.
fn fields(one: &wire::CourseEnrolment, (first, last): (Date, Date)) -> Vec<(&'static str, String)> {
    let exit = one.exit_date.filter(|exit| *exit != last);
    let waived = if one.are_prerequisites_waived { "yes" } else { "no" };
    vec![
        ("course", one.course_code.to_string()),
        ("entry-date", one.entry_date.unwrap_or(first).to_string()),
        ("exit-date", exit.map(|exit| exit.to_string()).unwrap_or_default()),
        ("credits", one.credits_attempted.to_string()),
        ("prerequisites-waived", waived.to_owned()),
    ]
}
