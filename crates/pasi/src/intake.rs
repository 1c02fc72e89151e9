//! From events to items: what a domain announced becomes work for the sender.

use crate::classes::{self, By, Whom};
use crate::policy::{self, Policy, Sends};
use crate::queue::{self, Body, ItemState, NewItem};
use crate::{Connector, cursor, difference, map, seen, years};
use courses::events::{COURSE_ENROLMENT_CHANGED, SECTION_CHANGED};
use db::{Lane, OutboxRow, Tx};
use kernel::{Actor, CourseEnrolmentId, Failure, Instant, Outcome, SchoolId, SectionId, StudentId};
use pasi_wire::Operation;
use pasi_wire::window::{NotificationType, Topic};
use serde::Deserialize;
use uuid::Uuid;

/// Each topic, the kind of record it is about, and the operation that sends it.
pub(crate) const ROUTES: &[(&str, &str, Operation)] = &[
    ("student.created", "student", Operation::CreateStudent),
    (
        "student.identity",
        "identity",
        Operation::SubmitIdentificationInformation,
    ),
    ("student.name", "name", Operation::SubmitName),
    ("student.address", "address", Operation::SubmitStudentAddress),
    ("student.phone", "phone", Operation::SubmitStudentPhone),
    ("student.email", "email", Operation::SubmitStudentEmail),
    (
        "student.citizenship",
        "citizenship",
        Operation::SubmitStudentCitizenshipStatus,
    ),
    (
        "student.section23",
        "section23",
        Operation::SubmitStudentSection23EligibilityStatus,
    ),
    ("student.language", "language", Operation::SubmitLanguageAtHome),
    (
        "student.restriction",
        "restriction",
        Operation::SubmitStudentDisclosureRestriction,
    ),
    ("student.medical", "medical", Operation::SubmitMedicalAlert),
    ("student.contact", "guardian", Operation::SubmitParentGuardian),
    (
        "enrolment.changed",
        "enrolment",
        Operation::SubmitStudentSchoolEnrolment,
    ),
    (
        "responsible_school.changed",
        "responsible-school",
        Operation::SubmitResponsibleSchool,
    ),
    (SECTION_CHANGED, classes::SECTION, Operation::SubmitSection),
    (
        COURSE_ENROLMENT_CHANGED,
        classes::SEAT,
        Operation::SubmitCourseEnrolment,
    ),
];

/// The topics the connector takes.
pub(crate) const TOPICS: &[&str] = &{
    let mut topics = [""; ROUTES.len()];
    let mut at = 0;
    while at < ROUTES.len() {
        topics[at] = ROUTES[at].0;
        at += 1;
    }
    topics
};

/// Events taken in one transaction.
const CHUNK: i64 = 200;

/// What the domains say of a change.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Said {
    record_id: Option<Uuid>,
    student_id: Option<StudentId>,
    section_id: Option<SectionId>,
    school_id: Option<SchoolId>,
    version: i64,
}

impl Connector {
    /// Turns what was announced into items of the queue; returns how many.
    pub async fn intake(&self) -> Outcome<usize> {
        let mut taken = 0;
        loop {
            if self
                .store
                .read(self.division, |at| db::waiting(at, TOPICS))
                .await?
                == 0
            {
                return Ok(taken);
            }
            let count = self
                .store
                .write_in(Lane::Interactive, &self.system(), take)
                .await?;
            taken += count;
            if i64::try_from(count).is_ok_and(|count| count < CHUNK) {
                return Ok(taken);
            }
        }
    }
}

/// Takes whatever waits, before the mirror changes: what was saved until now
/// was made on the copies that stood until now.
pub(crate) fn take_all(tx: &mut Tx) -> Outcome<()> {
    while take(tx)? > 0 {}
    Ok(())
}

fn take(tx: &mut Tx) -> Outcome<usize> {
    let events = db::take_outbox(tx, TOPICS, CHUNK)?;
    if events.is_empty() {
        return Ok(0);
    }
    let policies = policy::policies(tx)?;
    for event in &events {
        let Some((_, kind, operation)) = ROUTES.iter().find(|(topic, _, _)| *topic == event.topic) else {
            continue;
        };
        if [classes::SECTION, classes::SEAT].contains(kind) {
            of_class(tx, event, &policies)?;
            continue;
        }
        let sends = policies
            .iter()
            .find(|policy| policy.record_kind == *kind)
            .map_or(Sends::ByItself, |policy| policy.sends);
        let state = if sends == Sends::ByItself {
            ItemState::Waiting
        } else {
            ItemState::Approval
        };
        take_one(tx, event, kind, *operation, state)?;
    }
    Ok(events.len())
}

fn take_one(
    tx: &mut Tx,
    event: &OutboxRow,
    kind: &'static str,
    operation: Operation,
    state: ItemState,
) -> Outcome<()> {
    let said: Said = event.payload()?;
    let wrong = || Failure::Fault(format!("outbox.payload of {}: no {kind}", event.id));
    let subject: Uuid = event.subject_id.parse().map_err(|_| wrong())?;
    let student = said.student_id.unwrap_or(StudentId::from_uuid(subject));
    let record = if event.subject_kind == "student" {
        said.record_id.unwrap_or(subject)
    } else {
        subject
    };
    let actor = event.actor()?;
    let asn = map::asn_of(tx, student)?;
    if operation == Operation::CreateStudent {
        return create(tx, (&actor, event.created_at), student, asn.is_some(), state);
    }
    let school = match said.school_id {
        Some(school) => Some(school),
        None => map::school_of(tx, student)?,
    };
    let of = seen::Of {
        student: Some(student),
        section: None,
        kind,
        record,
        asn,
    };
    let seen_version = seen::version(tx, &actor.seen, &of)?;
    let state = match state {
        ItemState::Waiting => years::turn(tx, kind, record)?,
        other => other,
    };
    let body = Body {
        version: said.version,
        ..Body::default()
    };
    let new = NewItem {
        operation,
        student: Some(student),
        school,
        record_kind: kind,
        record,
        body,
        seen_version,
        state,
        made_at: event.created_at,
    };
    queue::add(tx, &actor, &new)?;
    if difference::count(tx, student)? > 0 {
        return difference::judge(tx, student); // what is on its way is not to be decided
    }
    map::refresh_card(tx, student)
}

/// A section, or a student's place in one: queued where PASI is told of it. The
/// places in a section follow what changes in it.
fn of_class(tx: &mut Tx, event: &OutboxRow, policies: &[Policy]) -> Outcome<()> {
    let said: Said = event.payload()?;
    let wrong = || Failure::Fault(format!("outbox.payload of {}: no class", event.id));
    let record: Uuid = event.subject_id.parse().map_err(|_| wrong())?;
    let actor = event.actor()?;
    let by = By {
        actor: &actor,
        made_at: event.created_at,
        policies,
    };
    let of = seen::Of {
        student: said.student_id,
        section: said.section_id.map(SectionId::uuid),
        kind: if said.student_id.is_some() {
            classes::SEAT
        } else {
            classes::SECTION
        },
        record,
        asn: None,
    };
    let seen_version = seen::version(tx, &actor.seen, &of)?;
    let Some(student) = said.student_id else {
        let section = SectionId::from_uuid(record);
        if classes::section_goes(tx, section)? {
            classes::queue_once(tx, by, section, (seen_version, said.version))?;
            classes::students_follow(tx, by, section, Whom::Known)?;
        }
        return Ok(());
    };
    let seat = CourseEnrolmentId::from_uuid(record);
    if !classes::seat_goes(tx, seat)? {
        return Ok(());
    }
    classes::queue_place(tx, by, seat, seen_version)?;
    classes::section_first(tx, by, said.section_id.ok_or_else(wrong)?)?;
    if difference::count(tx, student)? > 0 {
        difference::judge(tx, student)?;
    }
    Ok(())
}

/// A new student: created in PASI unless the ASN is known already, then each
/// sub-record that travels.
fn create(
    tx: &mut Tx,
    (actor, made_at): (&Actor, Instant),
    student: StudentId,
    is_known: bool,
    state: ItemState,
) -> Outcome<()> {
    let school = map::school_of(tx, student)?;
    // All that was read of PASI's students so far: what the creation makes is newer.
    let version = cursor::reached(tx, Topic::of(NotificationType::Student))?;
    let add = |tx: &mut Tx, operation, record_kind, record| {
        let body = Body {
            version,
            ..Body::default()
        };
        let seen_version = 0;
        queue::add(
            tx,
            actor,
            &NewItem {
                operation,
                student: Some(student),
                school,
                record_kind,
                record,
                body,
                seen_version,
                state,
                made_at,
            },
        )
    };
    if !is_known {
        add(tx, Operation::CreateStudent, "student", student.uuid())?;
    }
    for (kind, record) in map::sub_records(tx, student)? {
        let route = ROUTES.iter().find(|(_, routed, _)| *routed == kind);
        let (_, kind, operation) =
            route.ok_or_else(|| Failure::Fault(format!("no operation sends {kind}")))?;
        add(tx, *operation, kind, record)?;
    }
    map::refresh_card(tx, student)
}
