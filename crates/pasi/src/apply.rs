//! What PASI answered to a read: into the mirror, then compared with ours.

use crate::queue::{self, Answer, Item, ItemState, RuleSaid};
use crate::{difference, json_fault, map, mirror};
use db::schema::pasi_item;
use db::{Reading, Tx};
use diesel::prelude::*;
use kernel::{Actor, EnrolmentId, Failure, Outcome, PasiItemId, StudentId};
use pasi_wire::Response;
use pasi_wire::messages::{
    AcknowledgementStatus, AvailabilityStatus, CoreAlert, ResponsibleSchoolResult, StudentResult,
    StudentSchoolEnrolmentResult, StudentSchoolEnrolmentStatusResult, StudentStatusResult,
};
use pasi_wire::window::NotificationType;
use uuid::Uuid;

/// Applies the answer of a read; returns how many records it gave.
pub(crate) fn answer(tx: &mut Tx, answer: &Response) -> Outcome<usize> {
    match answer {
        Response::GetStudent(read) => students(tx, &read.results),
        Response::GetStudentStatus(read) => student_alerts(tx, &read.results),
        Response::GetStudentSchoolEnrolment(read) => enrolments(tx, &read.results),
        Response::GetStudentSchoolEnrolmentStatus(read) => enrolment_alerts(tx, &read.results),
        Response::GetResponsibleSchool(read) => responsible(tx, &read.results),
        _ => Ok(0),
    }
}

/// Students: mirrored by ASN; a primary ASN that took over is followed.
pub(crate) fn students(tx: &mut Tx, results: &[StudentResult]) -> Outcome<usize> {
    for result in results {
        let Some(theirs) = result
            .student
            .as_ref()
            .filter(|_| result.availability_status == AvailabilityStatus::Normal)
        else {
            continue;
        };
        let ours = map::by_asn(tx, theirs.asn)?;
        let (key, version) = (theirs.asn.as_str(), theirs.pasi_core_version);
        let is_first = mirror::version(tx, NotificationType::Student, key)? == 0;
        mirror::keep(tx, (NotificationType::Student, key), version, theirs, ours)?;
        if let Some(student) = ours {
            if is_first {
                queue::adopt_version(tx, student, version)?;
            }
            difference::judge(tx, student)?;
        }
    }
    Ok(results.len())
}

/// Enrolments: mirrored by `RefId`.
pub(crate) fn enrolments(tx: &mut Tx, results: &[StudentSchoolEnrolmentResult]) -> Outcome<usize> {
    for result in results {
        let Some(theirs) = &result.enrolment else {
            continue;
        };
        let ours = map::by_asn(tx, theirs.asn)?;
        let key = theirs.ref_id.to_string();
        mirror::keep(
            tx,
            (NotificationType::StudentSchoolEnrolment, &key),
            theirs.pasi_core_version,
            theirs,
            ours,
        )?;
        if let Some(student) = ours {
            difference::judge(tx, student)?;
        }
    }
    Ok(results.len())
}

/// Responsible schools: mirrored by `RefId`, for the version the next change is made on.
fn responsible(tx: &mut Tx, results: &[ResponsibleSchoolResult]) -> Outcome<usize> {
    for theirs in results
        .iter()
        .filter_map(|result| result.responsible_school.as_ref())
    {
        let ours = map::by_asn(tx, theirs.asn)?;
        let key = theirs.ref_id.to_string();
        mirror::keep(
            tx,
            (NotificationType::ResponsibleSchool, &key),
            theirs.pasi_core_version,
            theirs,
            ours,
        )?;
    }
    Ok(results.len())
}

fn student_alerts(tx: &mut Tx, results: &[StudentStatusResult]) -> Outcome<usize> {
    for result in results {
        let Some(status) = &result.status else {
            continue;
        };
        let ours = map::by_asn(tx, status.asn)?;
        let kind = NotificationType::StudentStatus;
        mirror::keep(
            tx,
            (kind, status.asn.as_str()),
            status.pasi_core_version,
            status,
            ours,
        )?;
        if let Some(student) = ours {
            set_alerts(tx, student, ("student-status", student.uuid()), &status.alerts)?;
        }
    }
    Ok(results.len())
}

fn enrolment_alerts(tx: &mut Tx, results: &[StudentSchoolEnrolmentStatusResult]) -> Outcome<usize> {
    for result in results {
        let Some(status) = &result.status else {
            continue;
        };
        let permit = map::program(tx)?;
        let ours = match enrolment::enrolment(tx, &permit, EnrolmentId::from_uuid(status.ref_id)) {
            Ok(enrolment) => Some(enrolment.student),
            Err(Failure::NotFound) => None,
            Err(failure) => return Err(failure),
        };
        let (kind, key) = (
            NotificationType::StudentSchoolEnrolmentStatus,
            status.ref_id.to_string(),
        );
        mirror::keep(tx, (kind, &key), status.pasi_core_version, status, ours)?;
        if let Some(student) = ours {
            set_alerts(tx, student, ("enrolment-status", status.ref_id), &status.alerts)?;
        }
    }
    Ok(results.len())
}

/// The alerts of one record as rows of the work queue: those of before that
/// are gone leave, new ones come, and those that stand keep their age.
fn set_alerts(tx: &mut Tx, student: StudentId, record: (&str, Uuid), alerts: &[CoreAlert]) -> Outcome<()> {
    let (division, now) = (tx.division(), tx.now());
    let before: Vec<Item> = pasi_item::table
        .filter(
            pasi_item::division_id
                .eq(division)
                .and(pasi_item::student_id.eq(student)),
        )
        .filter(
            pasi_item::record_kind
                .eq(record.0)
                .and(pasi_item::record_id.eq(record.1.as_bytes().to_vec())),
        )
        .filter(pasi_item::state.eq(ItemState::Alert))
        .select(Item::as_select())
        .load(tx.conn())?;
    let open = alerts
        .iter()
        .filter(|alert| is_open(alert.acknowledgement_status));
    let wanted: Vec<(String, String)> = open
        .map(|alert| Ok((alert.alert_type.as_str().to_owned(), said(alert)?)))
        .collect::<Outcome<_>>()?;
    for item in &before {
        if !wanted.iter().any(|(_, answer)| *answer == item.answer) {
            diesel::update(pasi_item::table.find((division, item.id)))
                .set((
                    pasi_item::state.eq(ItemState::Done),
                    pasi_item::changed_at.eq(now),
                ))
                .execute(tx.conn())?;
        }
    }
    let school_id = map::school_of(tx, student)?;
    let actor =
        serde_json::to_string(&Actor::system(division, "PASI")).map_err(|error| json_fault(&error))?;
    let new = wanted
        .into_iter()
        .filter(|(_, answer)| !before.iter().any(|item| item.answer == *answer));
    let rows: Vec<Item> = new
        .map(|(operation, answer)| Item {
            division_id: division,
            id: PasiItemId::fresh(now),
            operation,
            student_id: student,
            school_id,
            record_kind: record.0.to_owned(),
            record_id: record.1.as_bytes().to_vec(),
            state: ItemState::Alert,
            body: "{\"version\":0}".to_owned(),
            seen_version: 0,
            actor: actor.clone(),
            attempts: 0,
            not_before: now,
            leased_until: None,
            message_id: String::new(),
            answer,
            created_at: now,
            changed_at: now,
        })
        .collect();
    db::insert_many!(tx.conn(), pasi_item::table, rows)?;
    map::refresh_card(tx, student)
}

fn is_open(status: AcknowledgementStatus) -> bool {
    matches!(
        status,
        AcknowledgementStatus::Unacknowledged | AcknowledgementStatus::InProgress
    )
}

fn said(alert: &CoreAlert) -> Outcome<String> {
    let rule = RuleSaid {
        code: alert.alert_code,
        message: alert.message.clone(),
        arguments: alert
            .arguments
            .iter()
            .map(|pair| (pair.key.clone(), pair.value.clone()))
            .collect(),
    };
    serde_json::to_string(&Answer {
        version: 0,
        rules: vec![rule],
    })
    .map_err(|error| json_fault(&error))
}

/// The alerts that stand for a student, newest last.
pub fn alerts_of(at: &mut impl Reading, student: StudentId) -> Outcome<Vec<Item>> {
    let all = crate::queue::of_student(at, student)?;
    Ok(all
        .into_iter()
        .filter(|item| item.state == ItemState::Alert)
        .collect())
}
