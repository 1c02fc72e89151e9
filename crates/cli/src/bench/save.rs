//! Saving an enrolment, beside the same rows written by bare statements in a
//! transaction of the same store: same connection, same durability.
//!
//! The raw rows are made ready before the clock starts. Their audit rows do
//! not hold the chain: the records are for measuring alone.

use super::division::Bench;
use super::figure::{Figure, Goal, millis, percentile};
use crate::demo::DIVISION;
use crate::ending::Stop;
use ::enrolment::{Change, Enrolment};
use access::Permit;
use access::action::{ManageEnrolment, ViewStudents};
use db::schema::{access_place, audit, audit_head, outbox, student_card};
use db::{AuditRow, Lane, OutboxRow, Reading, Store, Tx};
use diesel::prelude::*;
use kernel::{Actor, Date, Failure, OutboxId, Outcome, SchoolId, StudentId};
use pasi::ProvinceRules;
use people::On;
use std::time::{Duration, Instant};

/// Enrolments saved each way.
const SAVES: usize = 200;
/// Saves of each way before any is counted.
const WARM_UP: usize = 10;

db::temporal!(
    /// A version of an enrolment, column by column.
    enrolment: Version { id: kernel::EnrolmentId, student_id: StudentId } {
        school_id: SchoolId, school_year: kernel::SchoolYear, grade: String, homeroom: String,
        start_on: Date, exit_on: Option<Date>, exit_kind: Option<String>,
        programming_type: String, programming_timeframe: String,
        program_percentage: Option<i32>, instruction_hours: Option<i32>,
        operating_schedule: Option<String>, source_change: Option<String>,
        resident_board: Option<String>, francophone_board: Option<String>,
        indigenous_declaration: Option<String>, french_hours: Option<i32>,
        type_codes: String, exception_codes: String, grants_codes: String,
        deletion: Option<String>,
    }
);

/// Saves by the product and by hand in turns, so that both meet the same disk.
pub(super) fn figures(bench: &Bench) -> Result<Vec<Figure>, Stop> {
    let actor = Actor::system(DIVISION, "Measuring");
    let (mut product, mut raw) = (Vec::new(), Vec::new());
    let students = bench.some(2 * (WARM_UP + SAVES));
    for (turn, pair) in students.chunks_exact(2).enumerate() {
        let Some(saved) = by_product(&bench.store, &actor, pair[0])? else {
            continue;
        };
        let written = by_hand(&bench.store, &actor, pair[1])?;
        if turn >= WARM_UP {
            product.push(saved);
            raw.push(written);
        }
    }
    if product.len() < students.len() / 4 {
        return Err(Stop::Problems(
            "the rules refuse most of the practice enrolments".to_owned(),
        ));
    }
    let figure = |percent, product: &mut [Duration], raw: &mut [Duration]| {
        let name = format!("saving an enrolment p{percent}, limit its raw transaction");
        Figure::new(name, millis(percentile(product, percent)), "ms").limit(millis(percentile(raw, percent)))
    };
    Ok(vec![
        figure(50, &mut product, &mut raw).goal(Goal::TimesLimit(2.0)),
        figure(95, &mut product, &mut raw),
    ])
}

/// A homeroom that no enrolment has yet.
const HOMEROOM: &str = "Measured";

/// None when the rules refuse the enrolment as it stands: nothing was saved.
fn by_product(store: &Store, actor: &Actor, student: StudentId) -> Outcome<Option<Duration>> {
    let permit = Permit::<ManageEnrolment>::program(actor)?;
    let view = Permit::<ViewStudents>::program(actor)?;
    let found = store.read_now(DIVISION, |at| ::enrolment::enrolments(at, &view, student))?;
    let before: &Enrolment = found.first().ok_or(Failure::NotFound)?;
    let change = Change {
        homeroom: HOMEROOM.to_owned(),
        ..Change::of(before)
    };
    let on = On::seen(student, before.id, before.known.version);
    let began = Instant::now();
    let saved = store.write_now(Lane::Interactive, actor, |tx| {
        let judge = ProvinceRules::of(tx, Some(student))?;
        ::enrolment::change(tx, &permit, &on, change.clone(), &judge)
    });
    match saved {
        Ok(_) => Ok(Some(began.elapsed())),
        Err(Failure::Invalid(_)) => Ok(None),
        Err(failure) => Err(failure),
    }
}

/// The rows of one save.
struct Rows {
    version: Version,
    place: (Date, Date),
    state: String,
    audit: AuditRow,
    event: OutboxRow,
}

fn by_hand(store: &Store, actor: &Actor, student: StudentId) -> Outcome<Duration> {
    let rows = store.read_now(DIVISION, |at| ready(at, student))?;
    let began = Instant::now();
    store.write_now(Lane::Interactive, actor, |tx| write(tx, &rows))?;
    Ok(began.elapsed())
}

/// The rows as they shall be; audit row and event like those of the last save.
fn ready(at: &mut impl Reading, student: StudentId) -> Outcome<Rows> {
    let division = at.division();
    let found = Version::of(at, student)?;
    let mut version = found.into_iter().next().ok_or(Failure::NotFound)?;
    HOMEROOM.clone_into(&mut version.homeroom);
    let place = access_place::table
        .find((division, student, version.school_id))
        .select((access_place::from_date, access_place::until_date))
        .first(at.conn())?;
    let state = student_card::table
        .find((division, student))
        .select(student_card::state)
        .first(at.conn())?;
    let mut audit: AuditRow = audit::table
        .filter(audit::division_id.eq(division))
        .order(audit::seq.desc())
        .select(AuditRow::as_select())
        .first(at.conn())?;
    audit.seq += 1;
    audit.previous_hash.clone_from(&audit.hash);
    let mut event: OutboxRow = outbox::table
        .filter(outbox::division_id.eq(division))
        .order(outbox::id.desc())
        .select(OutboxRow::as_select())
        .first(at.conn())?;
    event.id = OutboxId::fresh(at.now());
    Ok(Rows {
        version,
        place,
        state,
        audit,
        event,
    })
}

fn write(tx: &mut Tx, rows: &Rows) -> Outcome<()> {
    let (division, version) = (tx.division(), &rows.version);
    // Closes the version that stands and inserts the next: one update, one insert.
    version.clone().replace(tx, version.version, &version.reason)?;
    let place = access_place::table.find((division, version.student_id, version.school_id));
    diesel::update(place)
        .set((
            access_place::from_date.eq(rows.place.0),
            access_place::until_date.eq(rows.place.1),
        ))
        .execute(tx.conn())?;
    diesel::update(student_card::table.find((division, version.student_id)))
        .set((
            student_card::school_id.eq(Some(version.school_id)),
            student_card::grade.eq(&version.grade),
            student_card::homeroom.eq(&version.homeroom),
            student_card::state.eq(&rows.state),
        ))
        .execute(tx.conn())?;
    diesel::insert_into(outbox::table)
        .values((
            outbox::division_id.eq(division),
            outbox::id.eq(rows.event.id),
            outbox::topic.eq(&rows.event.topic),
            outbox::subject_kind.eq(&rows.event.subject_kind),
            outbox::subject_id.eq(&rows.event.subject_id),
            outbox::payload.eq(&rows.event.payload),
            outbox::actor.eq(&rows.event.actor),
            outbox::created_at.eq(rows.event.created_at),
        ))
        .execute(tx.conn())?;
    diesel::insert_into(audit::table)
        .values(&rows.audit)
        .execute(tx.conn())?;
    diesel::update(audit_head::table.find(division))
        .set((
            audit_head::seq.eq(rows.audit.seq),
            audit_head::hash.eq(&rows.audit.hash),
        ))
        .execute(tx.conn())?;
    Ok(())
}
