//! The responsible school.

use super::compare::Compared;
use super::student::{asn_of, program};
use super::travel;
use super::{Composed, PARTS};
use crate::mirror::{self, Mirrored};
use crate::queue::Item;
use db::Reading;
use enrolment::{Responsible, SetResponsible};
use kernel::{Outcome, ResponsibleSchoolId, StudentId};
use pasi_wire::messages as wire;
use pasi_wire::window::NotificationType;
use std::collections::BTreeMap;

const KIND: NotificationType = NotificationType::ResponsibleSchool;

pub(super) fn compose(at: &mut impl Reading, item: &Item, caller: wire::CallerInfo) -> Outcome<Composed> {
    let permit = program(at)?;
    let id = ResponsibleSchoolId::from_uuid(item.ref_id()?);
    let all = enrolment::responsible_schools(at, &permit, item.student()?)?;
    let Some(asn) = asn_of(at, item.student()?)? else {
        return Ok(Composed::Later);
    };
    let responsible_school = match all.iter().find(|record| record.id == id) {
        Some(ours) if ours.is_deleted && item.seen_version == 0 => return Ok(Composed::Nothing),
        Some(ours) => travel::responsible_school(ours, asn, item.seen_version),
        // One that PASI has and we decided not to have: PASI's copy, deleted.
        None => match mirror::mirrored::<wire::ResponsibleSchool>(at, KIND, &id.uuid().to_string())? {
            Some(held) => wire::ResponsibleSchool {
                is_deleted: true,
                pasi_core_version: item.seen_version,
                ..held.record
            },
            None => return Ok(Composed::Nothing),
        },
    };
    let request = wire::SubmitResponsibleSchoolRequest {
        caller,
        responsible_school,
    };
    Ok(Composed::Send(Box::new(request.into())))
}

/// PASI's record in our words, for accepting theirs.
pub(crate) fn responsible_theirs(theirs: &wire::ResponsibleSchool) -> SetResponsible {
    let text = |part: &Option<String>| part.clone().unwrap_or_default();
    let responsible = match (theirs.has_responsible_school, theirs.school_code) {
        (wire::HasResponsibleSchool::No, _) => Responsible::Nobody,
        (wire::HasResponsibleSchool::Unknown, _) => Responsible::Unknown,
        (wire::HasResponsibleSchool::Yes, Some(code)) => Responsible::Alberta { code },
        (wire::HasResponsibleSchool::Yes, None) => Responsible::Elsewhere {
            name: text(&theirs.school_name),
            city: text(&theirs.city),
            province: text(&theirs.state_province),
            country: text(&theirs.country),
        },
    };
    SetResponsible {
        effective_on: theirs.effective_date,
        responsible,
        transition_reason: theirs.transition_reason.clone(),
    }
}

/// What the province and we say of a student's responsible schools, record by
/// record, with PASI's version of each.
pub(crate) fn responsible_fields(at: &mut impl Reading, student: StudentId) -> Outcome<Vec<(Compared, i64)>> {
    let Some(asn) = asn_of(at, student)? else {
        return Ok(Vec::new());
    };
    let permit = program(at)?;
    let theirs: Vec<(String, Mirrored<wire::ResponsibleSchool>)> = mirror::mirrored_of(at, KIND, student)?;
    let mut sides: BTreeMap<String, (String, String, i64)> = BTreeMap::new();
    for (key, there) in &theirs {
        let side = sides.entry(key.clone()).or_default();
        (side.1, side.2) = (told(at, &there.record)?, there.version);
    }
    for record in enrolment::responsible_schools(at, &permit, student)? {
        let sent = travel::responsible_school(&record, asn, 0);
        sides.entry(sent.ref_id.to_string()).or_default().0 = told(at, &sent)?;
    }
    let compared = |(key, (ours, theirs, version)): (String, (String, String, i64))| {
        let field = Compared {
            kind: "responsible-school",
            key,
            about: String::new(),
            field: "responsible-school",
            ours,
            theirs,
        };
        (field, version)
    };
    Ok(sides.into_iter().map(compared).collect())
}

/// A record in one line; nothing for one that does not count.
fn told(at: &mut impl Reading, record: &wire::ResponsibleSchool) -> Outcome<String> {
    if record.is_deleted {
        return Ok(String::new());
    }
    let named = match record.school_code {
        Some(code) => match schools::by_code(at, code) {
            Ok(school) => school.name,
            Err(kernel::Failure::NotFound) => format!("S.{code}"),
            Err(failure) => return Err(failure),
        },
        None => record
            .school_name
            .clone()
            .unwrap_or_else(|| record.has_responsible_school.as_str().to_owned()),
    };
    let place: Vec<&str> = [&record.city, &record.state_province, &record.country]
        .into_iter()
        .flatten()
        .map(String::as_str)
        .collect();
    let mut parts = vec![record.effective_date.to_string(), named];
    parts.extend(place.iter().map(|part| (*part).to_owned()));
    parts.push(record.transition_reason.clone());
    Ok(parts.join(PARTS))
}
