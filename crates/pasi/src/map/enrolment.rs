//! The enrolment and the responsible school.

use super::compare::Compared;
use super::student::{asn_of, local_number, program};
use super::{Composed, some};
use crate::queue::Item;
use db::Reading;
use enrolment::{Coding, Enrolment, ExitKind, Responsible};
use kernel::{Asn, EnrolmentId, Failure, Outcome, ResponsibleSchoolId, SchoolCode};
use pasi_wire::messages as wire;

pub(super) fn compose(at: &mut impl Reading, item: &Item, caller: wire::CallerInfo) -> Outcome<Composed> {
    let permit = program(at)?;
    let ours = enrolment::enrolment(at, &permit, EnrolmentId::from_uuid(item.ref_id()?))?;
    let Some(asn) = asn_of(at, item.student_id)? else {
        return Ok(Composed::Later);
    };
    if ours.is_deleted() && item.seen_version == 0 {
        return Ok(Composed::Nothing); // taken back before PASI ever heard of it
    }
    let school_code = schools::school(at, ours.school)?.code;
    let local_number = local_number(at, item.student_id)?;
    let enrolment = enrolment_sent(&ours, asn, school_code, local_number, item.seen_version);
    Ok(Composed::Send(Box::new(
        wire::SubmitStudentSchoolEnrolmentRequest { caller, enrolment }.into(),
    )))
}

/// Our enrolment as it travels.
pub(crate) fn enrolment_sent(
    ours: &Enrolment,
    asn: Asn,
    school_code: SchoolCode,
    local_number: Option<String>,
    pasi_core_version: i64,
) -> wire::StudentSchoolEnrolment {
    let exit = ours.state.exit();
    let coding = &ours.coding;
    wire::StudentSchoolEnrolment {
        ref_id: ours.id.uuid(),
        asn,
        school_code,
        school_year: ours.year,
        grade: Some(ours.grade),
        registration_start_date: ours.start,
        registration_exit_date: exit.map(|exit| exit.on),
        exit_date_type: match exit.map(|exit| exit.kind) {
            Some(ExitKind::Withdrawal) => wire::ExitDateType::WithdrawalDate,
            Some(ExitKind::Completion) | None => wire::ExitDateType::CompletionDate,
        },
        programming_type: coding.programming_type.clone(),
        programming_timeframe: coding.programming_timeframe.clone(),
        calendar_ref_id: None,
        school_provided_program_percentage: coding
            .program_percentage
            .and_then(|part| u8::try_from(part).ok()),
        hours_of_instruction: coding
            .instruction_hours
            .and_then(|hours| u16::try_from(hours).ok()),
        is_deleted: ours.is_deleted(),
        source_change_code: None,
        extended: extras(coding, local_number),
        pasi_core_version,
    }
}

fn extras(coding: &Coding, local_number: Option<String>) -> wire::EnrolmentExtras {
    wire::EnrolmentExtras {
        local_student_id: local_number.filter(|number| (1..=15).contains(&number.len())),
        resident_board: coding
            .resident_board
            .as_deref()
            .and_then(|board| board.parse().ok()),
        francophone_board: coding
            .francophone_board
            .as_deref()
            .and_then(|board| board.parse().ok()),
        fnmi_declaration: coding.indigenous_declaration.clone(),
        french_hours: coding.french_hours.and_then(|hours| u16::try_from(hours).ok()),
        enrolment_type_codes: coding.types.clone(),
        exception_codes: coding.exceptions.clone(),
        grants_program_codes: coding.grants.clone(),
        unknown: Vec::new(),
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
            return Ok(vec![("enrolment", String::new(), there)]);
        }
        Err(failure) => return Err(failure),
    };
    let sent = enrolment_sent(
        &ours,
        theirs.asn,
        school.code,
        theirs.extended.local_student_id.clone(),
        0,
    );
    Ok(fields(&sent)
        .into_iter()
        .zip(fields(theirs))
        .map(|((field, ours), (_, theirs))| (field, ours, theirs))
        .collect())
}

fn fields(enrolment: &wire::StudentSchoolEnrolment) -> Vec<(&'static str, String)> {
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
            "deleted",
            if enrolment.is_deleted { "yes" } else { "no" }.to_owned(),
        ),
    ]
}

pub(super) fn compose_responsible(
    at: &mut impl Reading,
    item: &Item,
    caller: wire::CallerInfo,
) -> Outcome<Composed> {
    let permit = program(at)?;
    let id = ResponsibleSchoolId::from_uuid(item.ref_id()?);
    let all = enrolment::responsible_schools(at, &permit, item.student_id)?;
    let Some(ours) = all.into_iter().find(|record| record.id == id) else {
        return Ok(Composed::Nothing);
    };
    let Some(asn) = asn_of(at, item.student_id)? else {
        return Ok(Composed::Later);
    };
    if ours.is_deleted && item.seen_version == 0 {
        return Ok(Composed::Nothing);
    }
    let mut record = wire::ResponsibleSchool {
        ref_id: ours.id.uuid(),
        asn,
        effective_date: ours.effective_on,
        has_responsible_school: match &ours.responsible {
            Responsible::Alberta { .. } | Responsible::Elsewhere { .. } => wire::HasResponsibleSchool::Yes,
            Responsible::Nobody => wire::HasResponsibleSchool::No,
            Responsible::Unknown => wire::HasResponsibleSchool::Unknown,
        },
        school_code: None,
        school_name: None,
        city: None,
        state_province: None,
        country: None,
        transition_reason: ours.transition_reason.clone(),
        is_deleted: ours.is_deleted,
        pasi_core_version: item.seen_version,
    };
    match &ours.responsible {
        Responsible::Alberta { code } => record.school_code = Some(*code),
        Responsible::Elsewhere {
            name,
            city,
            province,
            country,
        } => {
            record.school_name = some(name);
            record.city = some(city);
            record.state_province = some(province);
            record.country = some(country);
        }
        Responsible::Nobody | Responsible::Unknown => {}
    }
    let request = wire::SubmitResponsibleSchoolRequest {
        caller,
        responsible_school: record,
    };
    Ok(Composed::Send(Box::new(request.into())))
}
