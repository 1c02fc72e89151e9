//! The enrolment.

use super::Composed;
use super::compare::Compared;
use super::student::{asn_of, local_number, program};
use super::travel::{self, Enrolled};
use crate::mirror;
use crate::queue::Item;
use crate::schedules::Schedules;
use db::Reading;
use enrolment::{Coding, Enrolment};
use kernel::{Asn, EnrolmentId, Failure, Outcome, SchoolCode};
use pasi_wire::messages as wire;
use pasi_wire::window::NotificationType;

pub(super) fn compose(at: &mut impl Reading, item: &Item, caller: wire::CallerInfo) -> Outcome<Composed> {
    let permit = program(at)?;
    let record = item.ref_id()?;
    let ours = match enrolment::enrolment(at, &permit, EnrolmentId::from_uuid(record)) {
        Ok(ours) => ours,
        Err(Failure::NotFound) => return taken_out(at, item, caller),
        Err(failure) => return Err(failure),
    };
    let Some(asn) = asn_of(at, item.student()?)? else {
        return Ok(Composed::Later);
    };
    if ours.is_deleted() && item.seen_version == 0 {
        return Ok(Composed::Nothing); // taken back before PASI ever heard of it
    }
    let school_code = schools::school(at, ours.school)?.code;
    let local_number = local_number(at, item.student()?)?;
    let schedules = Schedules::read(at)?;
    let enrolled = enrolled(&ours, (asn, school_code), &schedules, local_number);
    let enrolment = travel::enrolment(enrolled, &ours.coding, item.seen_version);
    Ok(submit(caller, enrolment))
}

/// An enrolment that PASI has and we decided not to have: PASI's copy, deleted.
fn taken_out(at: &mut impl Reading, item: &Item, caller: wire::CallerInfo) -> Outcome<Composed> {
    let key = item.ref_id()?.to_string();
    let kind = NotificationType::StudentSchoolEnrolment;
    let held = mirror::mirrored::<wire::StudentSchoolEnrolment>(at, kind, &key)?;
    Ok(held.map_or(Composed::Nothing, |held| {
        let enrolment = wire::StudentSchoolEnrolment {
            is_deleted: true,
            pasi_core_version: item.seen_version,
            ..held.record
        };
        submit(caller, enrolment)
    }))
}

fn submit(caller: wire::CallerInfo, enrolment: wire::StudentSchoolEnrolment) -> Composed {
    Composed::Send(Box::new(
        wire::SubmitStudentSchoolEnrolmentRequest { caller, enrolment }.into(),
    ))
}

fn enrolled(
    ours: &Enrolment,
    (asn, school): (Asn, SchoolCode),
    schedules: &Schedules,
    local_number: Option<String>,
) -> Enrolled {
    Enrolled {
        ref_id: ours.id.uuid(),
        asn,
        school,
        year: ours.year,
        grade: ours.grade,
        start: ours.start,
        exit: ours.state.exit(),
        schedule: schedules.due(school, ours.start).map(|due| due.id),
        local_number,
        is_deleted: ours.is_deleted(),
    }
}

/// PASI's coding in our words, for accepting theirs.
pub(crate) fn coding_theirs(theirs: &wire::StudentSchoolEnrolment) -> Coding {
    let extended = &theirs.extended;
    Coding {
        programming_type: theirs.programming_type.clone(),
        programming_timeframe: theirs.programming_timeframe.clone(),
        types: extended.enrolment_type_codes.clone(),
        exceptions: extended.exception_codes.clone(),
        grants: extended.grants_program_codes.clone(),
        resident_board: extended.resident_board.map(|board| board.to_string()),
        francophone_board: extended.francophone_board.map(|board| board.to_string()),
        indigenous_declaration: extended.fnmi_declaration.clone(),
        french_hours: extended.french_hours.map(i32::from),
        program_percentage: theirs.school_provided_program_percentage.map(i32::from),
        instruction_hours: theirs.hours_of_instruction.map(i32::from),
        operating_schedule: theirs.calendar_ref_id.map(|id| id.to_string()),
        source_change: theirs.source_change_code.clone(),
    }
}

/// What the province and we say of an enrolment, field by field. Nothing when
/// it is another division's: those we know and do not own.
pub(crate) fn enrolment_fields(
    at: &mut impl Reading,
    theirs: &wire::StudentSchoolEnrolment,
) -> Outcome<Vec<Compared>> {
    let permit = program(at)?;
    let school = match schools::by_code(at, theirs.school_code) {
        Ok(school) => school,
        Err(Failure::NotFound) => return Ok(Vec::new()),
        Err(failure) => return Err(failure),
    };
    let ours = match enrolment::enrolment(at, &permit, EnrolmentId::from_uuid(theirs.ref_id)) {
        Ok(ours) => ours,
        Err(Failure::NotFound) if theirs.is_deleted => return Ok(Vec::new()),
        Err(Failure::NotFound) => {
            let there = format!("{} {}", school.name, theirs.school_year);
            return Ok(vec![Compared {
                kind: "enrolment",
                key: theirs.ref_id.to_string(),
                about: String::new(),
                field: "enrolment",
                ours: String::new(),
                theirs: there,
            }]);
        }
        Err(failure) => return Err(failure),
    };
    if ours.is_deleted() && theirs.is_deleted {
        return Ok(Vec::new()); // neither counts, whatever it says
    }
    let local_number = theirs.extended.local_student_id.clone();
    let schedules = Schedules::read(at)?;
    let sent = travel::enrolment(
        enrolled(&ours, (theirs.asn, school.code), &schedules, local_number),
        &ours.coding,
        0,
    );
    let mut theirs = theirs.clone();
    if theirs.calendar_ref_id.is_none() || schedules.of(school.code, theirs.school_year).is_empty() {
        // Told of none, PASI goes by the one that is due; of schedules that were never read nothing is said.
        theirs.calendar_ref_id = sent.calendar_ref_id;
    }
    Ok(fields(&sent, &schedules)
        .into_iter()
        .zip(fields(&theirs, &schedules))
        .map(|((field, ours), (_, there))| Compared {
            kind: "enrolment",
            key: theirs.ref_id.to_string(),
            about: format!("{} {}", school.name, theirs.school_year),
            field,
            ours,
            theirs: there,
        })
        .collect())
}

fn fields(enrolment: &wire::StudentSchoolEnrolment, schedules: &Schedules) -> Vec<(&'static str, String)> {
    let text = |value: Option<String>| value.unwrap_or_default();
    let extended = &enrolment.extended;
    let exit = enrolment.registration_exit_date;
    let codes = |codes: &[String]| {
        let mut codes = codes.to_vec();
        codes.sort();
        codes.join(", ")
    };
    vec![
        (
            "grade",
            text(enrolment.grade.map(|grade| grade.label().to_owned())),
        ),
        ("start-date", enrolment.registration_start_date.to_string()),
        ("exit-date", text(exit.map(|exit| exit.to_string()))),
        (
            "exit-kind",
            text(exit.map(|_| enrolment.exit_date_type.as_str().to_owned())),
        ),
        (
            "programming",
            format!(
                "{} {}",
                enrolment.programming_type, enrolment.programming_timeframe
            ),
        ),
        ("enrolment-types", codes(&extended.enrolment_type_codes)),
        ("exception-codes", codes(&extended.exception_codes)),
        ("grants-codes", codes(&extended.grants_program_codes)),
        (
            "resident-board",
            text(extended.resident_board.map(|board| board.to_string())),
        ),
        (
            "francophone-board",
            text(extended.francophone_board.map(|board| board.to_string())),
        ),
        ("indigenous-declaration", text(extended.fnmi_declaration.clone())),
        (
            "french-hours",
            text(extended.french_hours.map(|hours| hours.to_string())),
        ),
        (
            "program-percentage",
            text(
                enrolment
                    .school_provided_program_percentage
                    .map(|part| part.to_string()),
            ),
        ),
        (
            "instruction-hours",
            text(enrolment.hours_of_instruction.map(|hours| hours.to_string())),
        ),
        (
            "operating-schedule",
            text(enrolment.calendar_ref_id.map(|id| {
                let of_year = schedules.of(enrolment.school_code, enrolment.school_year);
                let named = of_year.iter().find(|one| one.id == id);
                named.map_or_else(|| id.to_string(), |named| named.name.clone())
            })),
        ),
        ("source-change", text(enrolment.source_change_code.clone())),
        (
            "deleted",
            if enrolment.is_deleted { "yes" } else { "no" }.to_owned(),
        ),
    ]
}
