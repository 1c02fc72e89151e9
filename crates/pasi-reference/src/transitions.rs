//! What the province records by itself, once a day: a change of school nobody
//! told of yet, the end of grade 12, and what restrictions that begin or end
//! today mean for accounts of the portal.

use crate::association::end_of;
use crate::ops::behind;
use crate::state::State;
use crate::store::{Change, World};
use kernel::{Asn, Date, Grade, SchoolCode};
use pasi_wire::messages::{HasResponsibleSchool, ResponsibleSchool, StudentSchoolEnrolment};
use pasi_wire::rules::responsible::{COMPLETED, TO_BE_DETERMINED};
use uuid::Uuid;

/// Older than this, a student who ended grade 12 has completed school.
const SCHOOL_AGE: u8 = 16;
/// Students looked at in one go.
const BATCH: usize = 1_000;

/// Records what is due today, of all students.
pub(crate) async fn record(state: &State, today: Date) {
    let asns = state.store.read(World::asns);
    for some in asns.chunks(BATCH) {
        let due =
            |world: &World| -> Vec<Change> { some.iter().flat_map(|asn| due(world, *asn, today)).collect() };
        if state.store.read(due).is_empty() {
            tokio::task::yield_now().await;
            continue;
        }
        let committed = state.store.commit(|draft| {
            for change in due(draft.world) {
                draft.put(change);
            }
        });
        // A disk that fails is logged there; what is due is due tomorrow too.
        drop(state.told(committed).await);
    }
}

/// What is due for a student.
fn due(world: &World, asn: Asn, today: Date) -> Vec<Change> {
    let Some(record) = world.student(asn) else {
        return Vec::new();
    };
    let connections = behind(world, &record.student, today)
        .into_iter()
        .map(Change::from);
    let school = responsible_school(world, asn, today).map(Change::from);
    connections.chain(school).collect()
}

/// The responsible school that is due. Of a student whose responsible
/// school was never told, none is: the first one is the school's to tell.
fn responsible_school(world: &World, asn: Asn, today: Date) -> Option<ResponsibleSchool> {
    let student = &world.student(asn)?.student;
    if student.is_deactivated || student.primary_asn.is_some() {
        return None;
    }
    let latest = world
        .of_student::<ResponsibleSchool>(asn)
        .filter(|record| !record.is_deleted)
        .max_by_key(|record| record.effective_date)?;
    let newest = world
        .enrolments_of(asn)
        .filter(|enrolment| !enrolment.is_deleted && enrolment.registration_start_date <= today)
        .max_by_key(|enrolment| (end_of(enrolment), enrolment.registration_start_date))?;
    let record = if end_of(&newest) >= today {
        new_school(&newest, &latest)
    } else {
        completed(&newest, &latest, student.identification.birth_date)
    }?;
    // What an authority deleted is not recorded again.
    world
        .get::<ResponsibleSchool>(record.ref_id)
        .is_none()
        .then_some(record)
}

/// A student is in another school than the one last told, since later than that.
fn new_school(newest: &StudentSchoolEnrolment, latest: &ResponsibleSchool) -> Option<ResponsibleSchool> {
    let since = newest.registration_start_date;
    let is_new = latest.school_code != Some(newest.school_code) && latest.effective_date < since;
    is_new.then(|| ResponsibleSchool {
        has_responsible_school: HasResponsibleSchool::Yes,
        school_code: Some(newest.school_code),
        ..system(newest.asn, since, TO_BE_DETERMINED)
    })
}

/// A student over school age left grade 12, and the school is still told as responsible.
fn completed(
    last: &StudentSchoolEnrolment,
    latest: &ResponsibleSchool,
    born: Date,
) -> Option<ResponsibleSchool> {
    let end = end_of(last);
    let has_completed = last.grade == Some(Grade::G12)
        && born.age_on(end) > SCHOOL_AGE
        && latest.has_responsible_school == HasResponsibleSchool::Yes
        && latest.effective_date <= end;
    has_completed.then(|| system(last.asn, end.plus_days(1), COMPLETED))
}

/// A record of the province's own; the same GUID for the same student and day.
fn system(asn: Asn, effective_date: Date, reason: &str) -> ResponsibleSchool {
    let seed = format!("pasi-reference:responsible:{}:{effective_date}", asn.as_str());
    ResponsibleSchool {
        ref_id: Uuid::new_v5(&Uuid::NAMESPACE_URL, seed.as_bytes()),
        asn,
        effective_date,
        has_responsible_school: HasResponsibleSchool::No,
        school_code: None::<SchoolCode>,
        school_name: None,
        city: None,
        state_province: None,
        country: None,
        transition_reason: reason.to_owned(),
        is_deleted: false,
        pasi_core_version: 0,
    }
}
