//! Taking a student out of a section, letting one in who waits, and taking a slip back.

use super::offering::Followed;
use super::seat::Around;
use super::{Saved, load, ties};
use crate::events;
use crate::model::{CourseEnrolment, SeatState, Section};
use crate::rules;
use crate::store::{self, SeatRow};
use access::Permit;
use access::action::ManageSections;
use db::{Known, Reading, Subject, Tx};
use kernel::{CourseEnrolmentId, Date, Failure, Finding, Findings, Outcome, SectionId, StudentId};
use serde_json::json;

/// The reason of what the province said.
const PROVINCE: &str = "PASI";

/// The student leaves the section: `last_day` is the last in it.
///
/// Refused when the student is not in it (`LP-0522`), the day lies outside the
/// section's days or before the first (`LP-0520`, `LP-0521`), the section is
/// closed (`LP-0513`) or its year over (`LP-0527`); a conflict when another
/// save came first. Writes: `course_enrolment`, whom the staff see, audit.
pub fn take_out(
    tx: &mut Tx,
    permit: &Permit<ManageSections>,
    section: SectionId,
    (id, seen): (CourseEnrolmentId, i64),
    last_day: Date,
) -> Outcome<CourseEnrolment> {
    let (section, seat) = find(tx, permit, section, id)?;
    let mut findings = may(tx, &section, &seat, &[SeatState::Enrolled]);
    if last_day < seat.from {
        findings.push(Finding::refuse("LP-0521", "until").with("first", seat.from));
    } else if !section.covers(last_day) {
        findings.push(
            Finding::refuse("LP-0520", "until")
                .with("first", section.first_day)
                .with("last", section.last_day),
        );
    }
    findings.or_refuse()?;
    let after = CourseEnrolment {
        until: Some(last_day),
        ..seat
    };
    save(tx, "section.take-out", &section, (&after, seen), "")
}

/// The student should never have been in the section, or no longer waits; `reason` says why.
///
/// Refused without a reason (`LP-0526`), when it was taken back already
/// (`LP-0522`), or the section's year is over (`LP-0527`); a conflict when
/// another save came first. Writes as [`take_out`].
pub fn created_in_error(
    tx: &mut Tx,
    permit: &Permit<ManageSections>,
    section: SectionId,
    (id, seen): (CourseEnrolmentId, i64),
    reason: &str,
) -> Outcome<CourseEnrolment> {
    let (section, seat) = find(tx, permit, section, id)?;
    let reason = reason.trim();
    let mut findings = may(tx, &section, &seat, &[SeatState::Enrolled, SeatState::Waiting]);
    if reason.is_empty() {
        findings.push(Finding::refuse("LP-0526", "reason"));
    }
    findings.or_refuse()?;
    let after = CourseEnrolment {
        state: SeatState::InError,
        place: 0,
        ..seat
    };
    save(tx, "section.created-in-error", &section, (&after, seen), reason)
}

/// Lets one in who waits, from a day on.
///
/// Refused when the student does not wait (`LP-0522`), the section is still
/// full (`LP-0514`), and by the rules of [`super::put_in`]; a conflict when
/// another save came first. Writes as [`take_out`].
pub fn let_in(
    tx: &mut Tx,
    permit: &Permit<ManageSections>,
    section: SectionId,
    (id, seen): (CourseEnrolmentId, i64),
    from: Date,
) -> Outcome<Saved<CourseEnrolment>> {
    let (section, seat) = find(tx, permit, section, id)?;
    may(tx, &section, &seat, &[SeatState::Waiting]).or_refuse()?;
    let after = CourseEnrolment {
        from,
        state: SeatState::Enrolled,
        place: 0,
        ..seat
    };
    let around = Around::load(tx, section, &[after.student])?;
    let findings = around.judge(tx, &after, false).or_refuse()?;
    let record = save(tx, "section.let-in", &around.section, (&after, seen), "")?;
    Ok(Saved { record, findings })
}

/// Moves one who waits before the one who waits just before.
///
/// Refused when the student does not wait (`LP-0522`); a conflict when another
/// save came first. Writes: `course_enrolment`, audit.
pub fn move_up(
    tx: &mut Tx,
    permit: &Permit<ManageSections>,
    section: SectionId,
    (id, seen): (CourseEnrolmentId, i64),
) -> Outcome<()> {
    let (section, seat) = find(tx, permit, section, id)?;
    may(tx, &section, &seat, &[SeatState::Waiting]).or_refuse()?;
    let seats = store::seats_in(tx, &[section.id])?;
    let before = seats
        .into_iter()
        .filter(|other| other.state == SeatState::Waiting && other.place < seat.place)
        .max_by_key(|other| other.place);
    let Some(other) = before else {
        return Ok(());
    };
    let (here, there, known) = (seat.place, other.place, other.known.version);
    let up = CourseEnrolment { place: there, ..seat };
    let down = CourseEnrolment { place: here, ..other };
    SeatRow::of_seat(&down).replace(tx, known, "")?;
    save(tx, "section.move-up", &section, (&up, seen), "")?;
    Ok(())
}

fn may(tx: &Tx, section: &Section, seat: &CourseEnrolment, states: &[SeatState]) -> Findings {
    let mut findings = rules::may_change_staff(section, tx.today());
    findings.extend(rules::may_change_seat(seat, states).0);
    findings
}

/// The record of a section; not found when it is another section's.
fn find(
    tx: &mut Tx,
    permit: &Permit<ManageSections>,
    section: SectionId,
    id: CourseEnrolmentId,
) -> Outcome<(Section, CourseEnrolment)> {
    let section = load(tx, permit, section)?;
    let seat = SeatRow::get(tx, id)?.seat();
    if seat.section == section.id {
        Ok((section, seat))
    } else {
        Err(Failure::NotFound)
    }
}

fn save(
    tx: &mut Tx,
    action: &str,
    section: &Section,
    (after, seen): (&CourseEnrolment, i64),
    reason: &str,
) -> Outcome<CourseEnrolment> {
    let saved = keep(tx, action, section, (after, seen), reason)?;
    // Who waited and does not was never told of.
    let waited = matches!(action, "section.move-up") || after.state == SeatState::Waiting;
    if !waited {
        events::seat_changed(tx, section, &saved);
    }
    Ok(saved)
}

/// A place becomes what the province says; see [`super::follow_seat`].
pub(super) fn follow(
    tx: &mut Tx,
    section: Section,
    student: StudentId,
    seen: i64,
    said: &Followed,
) -> Outcome<CourseEnrolment> {
    let id = said.claim.seat;
    let before = match SeatRow::get(tx, id) {
        Ok(row) => Some(row.seat()),
        Err(Failure::NotFound) => None,
        Err(failure) => return Err(failure),
    };
    let is_other = |seat: &CourseEnrolment| (seat.section, seat.student) != (section.id, student);
    if before.as_ref().is_some_and(is_other) {
        return Err(Failure::NotFound);
    }
    let now = before.as_ref().map_or(0, |seat| seat.known.version);
    if now != seen {
        return Err(Failure::stale("course_enrolment", seen, now));
    }
    let after = CourseEnrolment {
        id,
        student,
        section: section.id,
        from: said.from,
        until: said.until,
        state: if said.counts {
            SeatState::Enrolled
        } else {
            SeatState::InError
        },
        place: 0,
        known: before.map_or_else(|| Known::first(tx.actor(), tx.now(), PROVINCE), |seat| seat.known),
    };
    let around = Around::load(tx, section, &[student])?;
    if said.counts {
        around.judge(tx, &after, false).or_refuse()?;
    }
    let section = &around.section;
    if seen > 0 {
        return keep(tx, "section.follow", section, (&after, seen), PROVINCE);
    }
    SeatRow::of_seat(&after).insert(tx)?;
    let detail = json!({ "students": [student], "reason": PROVINCE });
    tx.record("section.put-in", Subject::new("section", section.id), &detail);
    ties::settle(tx, section)?;
    Ok(after)
}

fn keep(
    tx: &mut Tx,
    action: &str,
    section: &Section,
    (after, seen): (&CourseEnrolment, i64),
    reason: &str,
) -> Outcome<CourseEnrolment> {
    let saved = SeatRow::of_seat(after).replace(tx, seen, reason)?.seat();
    let detail = json!({
        "student_id": saved.student, "from": saved.from, "until": saved.until,
        "state": saved.state, "place": saved.place, "reason": reason,
    });
    tx.record(action, Subject::new("section", section.id), &detail);
    ties::settle(tx, section)?;
    Ok(saved)
}
