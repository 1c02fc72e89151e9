//! The work of a run of the loader: a few sections in a transaction.

use super::load::{find, seat_id, step};
use super::seat::{self, Waits};
use super::ties;
use crate::events;
use crate::loader::Placed;
use crate::model::{CourseLoad, LoadState, PutIn, SeatState, Section, Went};
use crate::rules;
use crate::store::{self, SeatRow};
use access::Permit;
use access::action::ManageSections;
use db::{Reading, Subject, Tx};
use enrolment::Enrolment;
use kernel::{CourseEnrolmentId, CourseLoadId, Date, Failure, Outcome, SectionId, StudentId};
use serde_json::json;
use std::collections::{BTreeMap, HashSet};

/// Sections of a transaction.
const CHUNK: usize = 8;

/// Applies the next sections of a run's plan, or takes them back; true while
/// more is left. Each student is put in by the rules of [`super::put_in`], but
/// nobody waits: who finds a section full is told in the report. Taken back is
/// what nobody changed since. Bears being done twice.
///
/// Refused when nothing is to be done for it (`LP-0544`); not found at
/// another's school. Writes: `course_enrolment`, whom the staff see,
/// `course_load`, audit, a row a section. Announces each course enrolment.
pub fn work_on_load(
    tx: &mut Tx,
    permit: &Permit<ManageSections>,
    id: CourseLoadId,
    reason: &str,
) -> Outcome<bool> {
    let mut run = find(tx, permit, id, &[LoadState::Applying, LoadState::Undoing])?;
    let mut by_section: BTreeMap<SectionId, Vec<Placed>> = BTreeMap::new();
    for one in &run.plan.placed {
        by_section.entry(one.section).or_default().push(*one);
    }
    let next = by_section.iter().skip(run.done).take(CHUNK);
    for (section, placed) in next {
        let section = store::section(tx, *section)?;
        if run.state == LoadState::Applying {
            seat_all(tx, permit, &mut run, (section, placed), reason)?;
        } else {
            unseat_all(tx, &mut run, (&section, placed), reason)?;
        }
    }
    run.done = (run.done + CHUNK).min(by_section.len());
    let is_over = run.done == by_section.len();
    if is_over {
        run.state = match run.state {
            LoadState::Applying => LoadState::Applied,
            _ => LoadState::Undone,
        };
    }
    step(tx, run)?;
    Ok(!is_over)
}

/// Puts the students of a plan into one section.
fn seat_all(
    tx: &mut Tx,
    permit: &Permit<ManageSections>,
    run: &mut CourseLoad,
    (section, placed): (Section, &[Placed]),
    reason: &str,
) -> Outcome<()> {
    let students: Vec<StudentId> = placed.iter().map(|one| one.student).collect();
    let stays = enrolment::at_school(tx, &students, section.school)?;
    let today = tx.today();
    let all: Vec<PutIn> = placed
        .iter()
        .map(|one| PutIn {
            id: seat_id(run.id, one),
            student: one.student,
            from: first_day(&stays, one.student, section.first_day.max(today)),
            until: None,
        })
        .collect();
    let went = match seat::put_all(tx, permit, section.id, (&all, Waits::Never), reason) {
        Ok(went) => went,
        // The whole section is closed to it.
        Err(Failure::Invalid(findings)) => {
            let code = findings.0.first().map_or("", |finding| &finding.code);
            run.plan
                .refused
                .extend(placed.iter().map(|one| (*one, code.to_owned())));
            return Ok(());
        }
        Err(failure) => return Err(failure),
    };
    for (one, went) in placed.iter().zip(went) {
        if went.went == Went::Refused {
            let refusing = went
                .findings
                .0
                .iter()
                .find(|one| one.severity == kernel::Severity::Refuse);
            let code = refusing.map_or_else(String::new, |finding| finding.code.clone());
            run.plan.refused.push((*one, code));
        }
    }
    Ok(())
}

/// The day from which a student can be in a section that is taught from `day`.
fn first_day(stays: &[Enrolment], student: StudentId, day: Date) -> Date {
    let own = || stays.iter().filter(|stay| stay.student == student);
    if own().any(|stay| stay.covers(day)) {
        return day;
    }
    own()
        .map(|stay| stay.start)
        .filter(|start| *start > day)
        .min()
        .unwrap_or(day)
}

/// Takes back what the run placed into one section, as far as nobody changed it since.
fn unseat_all(
    tx: &mut Tx,
    run: &mut CourseLoad,
    (section, placed): (&Section, &[Placed]),
    reason: &str,
) -> Outcome<()> {
    let wanted: HashSet<CourseEnrolmentId> = placed.iter().map(|one| seat_id(run.id, one)).collect();
    let mut seats = store::seats_in(tx, &[section.id])?;
    seats.retain(|seat| wanted.contains(&seat.id) && seat.state != SeatState::InError);
    let is_closed = rules::may_change_staff(section, tx.today()).refuse();
    let (own, kept): (Vec<_>, Vec<_>) = seats
        .into_iter()
        .partition(|seat| seat.known.version == 1 && !is_closed);
    run.plan.kept += kept.len();
    let students: Vec<StudentId> = own.iter().map(|seat| seat.student).collect();
    if students.is_empty() {
        return Ok(());
    }
    for seat in own {
        let after = crate::model::CourseEnrolment {
            state: SeatState::InError,
            ..seat
        };
        let saved = SeatRow::of_seat(&after).replace(tx, 1, reason)?.seat();
        events::seat_changed(tx, section, &saved);
    }
    let detail = json!({ "students": students, "load": run.id, "reason": reason });
    tx.record(
        "section.load-undone",
        Subject::new("section", section.id),
        &detail,
    );
    ties::settle(tx, section)
}
