//! Core alerts as rows of the work queue, and what people say to them.

use crate::queue::{self, Answer, Body, Item, ItemState, NewItem, RuleSaid};
use crate::{json_fault, map};
use access::Permit;
use access::action::DecidePasi;
use db::schema::pasi_item;
use db::{Reading, Subject, Tx};
use kernel::{Actor, Failure, Outcome, PasiItemId, StudentId};
use pasi_wire::messages::{
    AcknowledgementStatus, AlertAcknowledgement, AlertType, CallerInfo, CoreAlert, KeyValuePair,
    SubmitCourseEnrolmentStatusAcknowledgementRequest, SubmitResponsibleSchoolStatusAcknowledgementRequest,
    SubmitSectionStatusAcknowledgementRequest, SubmitStudentSchoolEnrolmentStatusAcknowledgementRequest,
    SubmitStudentStatusAcknowledgementRequest,
};
use pasi_wire::{Operation, Request};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Kind of the alerts of a student.
pub(crate) const OF_STUDENT: &str = "student-status";
/// Kind of the alerts of an enrolment.
pub(crate) const OF_ENROLMENT: &str = "enrolment-status";
/// Kind of the alerts of a responsible school.
pub(crate) const OF_RESPONSIBLE_SCHOOL: &str = "responsible-school-status";
/// Kind of the alerts of a section.
pub(crate) const OF_SECTION: &str = "section-status";
/// Kind of the alerts of a course enrolment.
pub(crate) const OF_COURSE_ENROLMENT: &str = "course-enrolment-status";
/// Kind of what people say to alerts, on its way to PASI.
pub(crate) const ACKNOWLEDGEMENT: &str = "acknowledgement";

kernel::text_enum! {
    /// What a person says to an alert, in PASI's texts.
    pub enum Acknowledgement {
        /// It is right as it stands; to advice alone.
        Acknowledged = "Acknowledged",
        /// Someone is on it.
        InProgress = "InProgress",
        /// Nothing: an earlier word is taken back.
        Unacknowledged = "Unacknowledged",
    }
}

impl Acknowledgement {
    fn on_the_wire(self) -> AcknowledgementStatus {
        match self {
            Self::Acknowledged => AcknowledgementStatus::Acknowledged,
            Self::InProgress => AcknowledgementStatus::InProgress,
            Self::Unacknowledged => AcknowledgementStatus::Unacknowledged,
        }
    }
}

/// What may be said to an alert as it stands; the likeliest first. A warning
/// must be put right: it is never acknowledged.
pub fn may_be_said(alert: &Item) -> Vec<Acknowledgement> {
    use Acknowledgement as A;
    let said = alert.answer().acknowledgement();
    let all: &[A] = match (is_advice(alert), said) {
        (true, A::InProgress) => &[A::Acknowledged, A::Unacknowledged],
        (true, _) => &[A::Acknowledged, A::InProgress],
        (false, A::InProgress) => &[A::Unacknowledged],
        (false, _) => &[A::InProgress],
    };
    all.to_vec()
}

fn is_advice(alert: &Item) -> bool {
    alert.operation == AlertType::Advice.as_str()
}

/// What is on its way: which alert, by its rule and values, and what is said to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Said {
    code: u32,
    arguments: Vec<(String, String)>,
    status: Acknowledgement,
}

impl Said {
    fn of(item: &Item) -> Outcome<Self> {
        serde_json::from_str(&item.body()?.value).map_err(|error| json_fault(&error))
    }
}

/// Says something to an alert, in the name of the person; PASI keeps it with
/// the alert. The same word twice goes once.
///
/// Refused when a warning is acknowledged (`LP-0602`: it must be put right) and
/// when PASI has the same word already (`LP-0603`). A conflict when the alert
/// went away meanwhile. Writes: `pasi_item`, audit.
pub fn acknowledge(
    tx: &mut Tx,
    permit: &Permit<DecidePasi>,
    id: PasiItemId,
    status: Acknowledgement,
) -> Outcome<()> {
    let alert = queue::item(tx, id)?;
    crate::decide::covered(tx, permit, &alert)?;
    if alert.state != ItemState::Alert {
        return Err(Failure::stale("pasi_item", 0, 1));
    }
    let answer = alert.answer();
    if !is_advice(&alert) && status == Acknowledgement::Acknowledged {
        return Err(Failure::refuse("LP-0602", "outcome"));
    }
    if status == answer.acknowledgement() {
        return Err(Failure::refuse("LP-0603", "outcome"));
    }
    let Some(rule) = answer.rules.into_iter().next() else {
        return Err(Failure::Fault(format!("pasi_item.answer of {id}: no rule")));
    };
    let said = Said {
        code: rule.code,
        arguments: rule.arguments,
        status,
    };
    if on_its_way(tx, &alert)? == Some(status) {
        return Ok(());
    }
    let value = serde_json::to_string(&said).map_err(|error| json_fault(&error))?;
    let (actor, record) = (tx.actor().clone(), alert.ref_id()?);
    let new = NewItem {
        operation: operation_for(&alert.record_kind)?,
        student: alert.student_id,
        school: alert.school_id,
        record_kind: ACKNOWLEDGEMENT,
        record,
        body: Body {
            value,
            ..Body::default()
        },
        seen_version: 0,
        state: ItemState::Waiting,
        made_at: tx.now(),
    };
    queue::add(tx, &actor, &new)?;
    let detail = serde_json::json!({ "rule": said.code, "says": status });
    let subject = match alert.student_id {
        Some(student) => Subject::new("student", student),
        None => Subject::new("section", record),
    };
    tx.record("pasi.acknowledge", subject, &detail);
    map::refresh_of(tx, &alert)
}

fn operation_for(kind: &str) -> Outcome<Operation> {
    match kind {
        OF_STUDENT => Ok(Operation::SubmitStudentStatusAcknowledgement),
        OF_ENROLMENT => Ok(Operation::SubmitStudentSchoolEnrolmentStatusAcknowledgement),
        OF_RESPONSIBLE_SCHOOL => Ok(Operation::SubmitResponsibleSchoolStatusAcknowledgement),
        OF_SECTION => Ok(Operation::SubmitSectionStatusAcknowledgement),
        OF_COURSE_ENROLMENT => Ok(Operation::SubmitCourseEnrolmentStatusAcknowledgement),
        other => Err(Failure::Fault(format!(
            "pasi_item.record_kind {other} has no alerts"
        ))),
    }
}

/// What is being said to an alert and has not reached PASI yet.
pub fn on_its_way(at: &mut impl Reading, alert: &Item) -> Outcome<Option<Acknowledgement>> {
    let rule = alert.answer().rules.into_iter().next();
    let items = match alert.student_id {
        Some(student) => queue::of_student(at, student)?,
        None => queue::of_record(at, None, alert.ref_id()?)?,
    };
    for item in items.iter().rev().filter(|item| {
        item.record_kind == ACKNOWLEDGEMENT && item.state.is_open() && item.record_id == alert.record_id
    }) {
        let said = Said::of(item)?;
        let is_it = rule
            .as_ref()
            .is_some_and(|rule| rule.code == said.code && rule.arguments == said.arguments);
        if is_it {
            return Ok(Some(said.status));
        }
    }
    Ok(None)
}

/// The request that carries what was said.
pub(crate) fn compose(at: &mut impl Reading, item: &Item, caller: CallerInfo) -> Outcome<map::Composed> {
    let said = Said::of(item)?;
    let pair = |(key, value): (String, String)| KeyValuePair::new(key, value);
    let acknowledgement = AlertAcknowledgement {
        alert_code: said.code,
        arguments: said.arguments.into_iter().map(pair).collect(),
        status: said.status.on_the_wire(),
    };
    let ref_id = item.ref_id()?;
    let request: Request = match item.operation()? {
        Operation::SubmitStudentStatusAcknowledgement => {
            let Some(asn) = map::asn_of(at, item.student()?)? else {
                return Ok(map::Composed::Later);
            };
            SubmitStudentStatusAcknowledgementRequest {
                caller,
                asn,
                acknowledgement,
            }
            .into()
        }
        Operation::SubmitStudentSchoolEnrolmentStatusAcknowledgement => {
            SubmitStudentSchoolEnrolmentStatusAcknowledgementRequest {
                caller,
                ref_id,
                acknowledgement,
            }
            .into()
        }
        Operation::SubmitSectionStatusAcknowledgement => SubmitSectionStatusAcknowledgementRequest {
            caller,
            ref_id,
            acknowledgement,
        }
        .into(),
        Operation::SubmitCourseEnrolmentStatusAcknowledgement => {
            SubmitCourseEnrolmentStatusAcknowledgementRequest {
                caller,
                ref_id,
                acknowledgement,
            }
            .into()
        }
        _ => SubmitResponsibleSchoolStatusAcknowledgementRequest {
            caller,
            ref_id,
            acknowledgement,
        }
        .into(),
    };
    Ok(map::Composed::Send(Box::new(request)))
}

/// The alerts of one record as rows of the work queue: those of before that
/// are gone leave, new ones come, and those that stand keep their age, whatever
/// was said to them meanwhile.
pub(crate) fn set(
    tx: &mut Tx,
    student: StudentId,
    record: (&'static str, Uuid),
    alerts: &[CoreAlert],
) -> Outcome<()> {
    let school = map::school_of(tx, student)?;
    if set_of(tx, (Some(student), school), record, alerts)? {
        map::refresh_card(tx, student)?;
    }
    Ok(())
}

/// [`set`] for a record at a school, whether it is a student's or not. Was or is there any?
pub(crate) fn set_of(
    tx: &mut Tx,
    (student, school): (Option<StudentId>, Option<kernel::SchoolId>),
    record: (&'static str, Uuid),
    alerts: &[CoreAlert],
) -> Outcome<bool> {
    let mut before = queue::of_record(tx, student, record.1)?;
    before.retain(|item| item.state == ItemState::Alert && item.record_kind == record.0);
    let open = alerts
        .iter()
        .filter(|alert| is_open(alert.acknowledgement_status));
    let wanted: Vec<(&CoreAlert, Answer)> = open.map(|alert| (alert, said(alert))).collect();
    if before.is_empty() && wanted.is_empty() {
        return Ok(false);
    }
    for mut item in before.iter().cloned() {
        let rules = item.answer().rules;
        let now = wanted.iter().find(|(_, answer)| answer.rules == rules);
        match now {
            None => item.state = ItemState::Done,
            Some((_, answer)) => item.answer = text(answer)?,
        }
        if !before.contains(&item) {
            queue::set(tx, &item)?;
        }
    }
    let actor = Actor::system(tx.division(), "PASI");
    let is_new = |answer: &Answer| !before.iter().any(|item| item.answer().rules == answer.rules);
    let rows = wanted
        .iter()
        .filter(|(_, answer)| is_new(answer))
        .map(|(alert, answer)| row(tx, (student, school), record, &actor, (alert.alert_type, answer)))
        .collect::<Outcome<Vec<Item>>>()?;
    db::insert_many!(tx.conn(), pasi_item::table, rows)?;
    Ok(true)
}

fn row(
    tx: &Tx,
    (student_id, school_id): (Option<StudentId>, Option<kernel::SchoolId>),
    (kind, id): (&str, Uuid),
    actor: &Actor,
    (weight, answer): (AlertType, &Answer),
) -> Outcome<Item> {
    let now = tx.now();
    Ok(Item {
        division_id: tx.division(),
        id: PasiItemId::fresh(now),
        operation: weight.as_str().to_owned(),
        student_id,
        school_id,
        record_kind: kind.to_owned(),
        record_id: id.as_bytes().to_vec(),
        state: ItemState::Alert,
        body: text(&Body::default())?,
        seen_version: 0,
        actor: text(actor)?,
        attempts: 0,
        not_before: now,
        leased_until: None,
        message_id: String::new(),
        answer: text(answer)?,
        created_at: now,
        changed_at: now,
    })
}

fn text(value: &impl Serialize) -> Outcome<String> {
    serde_json::to_string(value).map_err(|error| json_fault(&error))
}

fn is_open(status: AcknowledgementStatus) -> bool {
    matches!(
        status,
        AcknowledgementStatus::Unacknowledged | AcknowledgementStatus::InProgress
    )
}

fn said(alert: &CoreAlert) -> Answer {
    let rule = RuleSaid {
        code: alert.alert_code,
        message: alert.message.clone(),
        arguments: alert
            .arguments
            .iter()
            .map(|pair| (pair.key.clone(), pair.value.clone()))
            .collect(),
    };
    let acknowledgement = match alert.acknowledgement_status {
        AcknowledgementStatus::Unacknowledged => String::new(),
        other => other.as_str().to_owned(),
    };
    Answer {
        version: 0,
        rules: vec![rule],
        acknowledgement,
    }
}

/// The alerts that stand for a student, newest last.
pub fn alerts_of(at: &mut impl Reading, student: StudentId) -> Outcome<Vec<Item>> {
    let all = queue::of_student(at, student)?;
    Ok(all
        .into_iter()
        .filter(|item| item.state == ItemState::Alert)
        .collect())
}
