//! Making, changing and closing a section.

use super::{Origin, Saved, load, own, ties};
use crate::events;
use crate::model::{CourseEnrolment, SeatState, Section, SectionDetails, SectionState};
use crate::rules::{self, ProposedSection};
use crate::store::{self, SeatRow};
use access::Permit;
use access::action::ManageSections;
use db::{Reading, Subject, Tx};
use kernel::text::squeeze;
use kernel::{AccountId, Date, Failure, Findings, Outcome, SchoolId, SchoolYear, SectionId, StudentId};
use serde::Serialize;
use std::collections::HashMap;

/// What the audit keeps of a change.
#[derive(Serialize)]
struct Change<'a> {
    before: Option<&'a Section>,
    after: &'a Section,
}

impl SectionDetails {
    /// The details as they stand: alter what shall be different.
    pub fn of(section: &Section) -> Self {
        Self {
            number: section.number.clone(),
            courses: section.courses.clone(),
            term: section.term,
            first_day: section.first_day,
            last_day: section.last_day,
            room: section.room.clone(),
            capacity: section.capacity,
            meetings: section.meetings.clone(),
        }
    }

    fn over(self, before: Section) -> Section {
        let (mut courses, mut meetings) = (self.courses, self.meetings);
        courses.sort();
        courses.dedup();
        meetings.sort();
        meetings.dedup();
        Section {
            number: squeeze(&self.number),
            courses,
            term: self.term,
            first_day: self.first_day,
            last_day: self.last_day,
            room: squeeze(&self.room),
            capacity: self.capacity,
            meetings,
            ..before
        }
    }
}

/// Makes a section at a school of the permit. The same command twice makes one section.
///
/// Refused by the rules `LP-0501` to `LP-0511`, `LP-0527` and `LP-0532`; not found at
/// another's school; a conflict when the id is another section's. Writes:
/// `section`, `section_course`, `section_meeting`, audit.
pub fn make_section(
    tx: &mut Tx,
    permit: &Permit<ManageSections>,
    id: SectionId,
    (school, year): (SchoolId, SchoolYear),
    details: SectionDetails,
) -> Outcome<Saved<Section>> {
    own(permit, school)?;
    schools::school(tx, school)?;
    let details = bound(tx, (school, year), details)?;
    let (first_day, last_day) = (details.first_day, details.last_day);
    let after = details.over(Section {
        id,
        school,
        year,
        number: String::new(),
        courses: Vec::new(),
        term: None,
        first_day,
        last_day,
        room: String::new(),
        capacity: None,
        state: SectionState::Open,
        meetings: Vec::new(),
        staff: Vec::new(),
        version: 1,
    });
    match store::section(tx, id) {
        Ok(there) if there == after => {
            return Ok(Saved {
                record: there,
                findings: Findings::default(),
            });
        }
        Ok(there) => return Err(Failure::stale("section", 0, there.version)),
        Err(Failure::NotFound) => {}
        Err(failure) => return Err(failure),
    }
    let findings = judge(tx, None, &after)?.or_refuse()?;
    store::insert_section(tx, &after)?;
    record(tx, "section.make", None, &after);
    events::section_changed(tx, &after);
    Ok(Saved {
        record: after,
        findings,
    })
}

/// Changes what is said of a section. `seen` is the version that was on the screen.
///
/// Refused by the rules `LP-0501` to `LP-0513`, `LP-0527`, `LP-0528` and `LP-0532`; a
/// conflict when another save came first. Writes as [`make_section`], and whom
/// its staff see.
pub fn change_section(
    tx: &mut Tx,
    permit: &Permit<ManageSections>,
    id: SectionId,
    seen: i64,
    details: SectionDetails,
) -> Outcome<Saved<Section>> {
    change(tx, permit, (id, seen), details, Origin::Here)
}

/// [`change_section`], told to others where it is a person's.
pub(super) fn change(
    tx: &mut Tx,
    permit: &Permit<ManageSections>,
    (id, seen): (SectionId, i64),
    details: SectionDetails,
    origin: Origin,
) -> Outcome<Saved<Section>> {
    let before = load(tx, permit, id)?;
    let details = bound(tx, (before.school, before.year), details)?;
    let mut after = details.over(before.clone());
    if before.version != seen {
        return Err(Failure::stale("section", seen, before.version));
    }
    let findings = judge(tx, Some(&before), &after)?.or_refuse()?;
    if after == before {
        return Ok(Saved {
            record: before,
            findings,
        });
    }
    after.version = seen + 1;
    store::replace_section(tx, &after)?;
    record(tx, "section.change", Some(&before), &after);
    if origin == Origin::Here {
        events::section_changed(tx, &after);
    }
    if before.days() != after.days() {
        ties::settle(tx, &after)?;
    }
    Ok(Saved {
        record: after,
        findings,
    })
}

/// Closes a section: `last_day` is the last on which it meets. Who is in it
/// leaves on that day, who was to begin later or waits never was in it.
///
/// Refused when it is closed already (`LP-0513`), its year is over (`LP-0527`),
/// or the day lies outside its days (`LP-0520`); a conflict when another save
/// came first. Writes: `section`, `section_staff`, `course_enrolment`, whom
/// its staff see, audit.
pub fn close_section(
    tx: &mut Tx,
    permit: &Permit<ManageSections>,
    id: SectionId,
    seen: i64,
    last_day: Date,
) -> Outcome<Section> {
    let before = load(tx, permit, id)?;
    if before.version != seen {
        return Err(Failure::stale("section", seen, before.version));
    }
    rules::may_change_staff(&before, tx.today()).or_refuse()?;
    if !before.covers(last_day) {
        let finding = kernel::Finding::refuse("LP-0520", "last_day")
            .with("first", before.first_day)
            .with("last", before.last_day);
        return Err(Failure::Invalid(finding.into()));
    }
    let mut after = Section {
        last_day,
        state: SectionState::Closed,
        version: seen + 1,
        ..before.clone()
    };
    for staff in &mut after.staff {
        let is_over = staff.is_removed || staff.until.is_some_and(|until| until <= last_day);
        if !is_over {
            staff.is_removed = staff.from > last_day;
            staff.until = Some(last_day.max(staff.from));
            staff.version += 1;
            store::replace_staff(tx, staff)?;
        }
    }
    for seat in store::seats_in(tx, &[id])? {
        if let Some(left) = leave(tx, seat, last_day)? {
            events::seat_changed(tx, &after, &left);
        }
    }
    store::replace_section(tx, &after)?;
    record(tx, "section.close", Some(&before), &after);
    events::section_changed(tx, &after);
    ties::settle(tx, &after)?;
    Ok(after)
}

/// One who is in a section that closes; the place as it stands then, where others are to know of it.
fn leave(tx: &mut Tx, seat: CourseEnrolment, last_day: Date) -> Outcome<Option<CourseEnrolment>> {
    let is_over = seat.until.is_some_and(|until| until <= last_day);
    let state = match seat.state {
        SeatState::InError => return Ok(None),
        SeatState::Enrolled if is_over => return Ok(None),
        SeatState::Enrolled if seat.from <= last_day => SeatState::Enrolled,
        SeatState::Enrolled | SeatState::Waiting => SeatState::InError,
    };
    let (seen, waited) = (seat.known.version, seat.state == SeatState::Waiting);
    let ended = CourseEnrolment {
        until: if state == SeatState::Enrolled {
            Some(last_day)
        } else {
            seat.until
        },
        state,
        place: 0,
        ..seat
    };
    let saved = SeatRow::of_seat(&ended).replace(tx, seen, "")?.seat();
    Ok((!waited).then_some(saved))
}

/// A section of a term has the term's days, whatever else was typed.
fn bound(
    tx: &mut Tx,
    (school, year): (SchoolId, SchoolYear),
    mut details: SectionDetails,
) -> Outcome<SectionDetails> {
    if let Some(term) = details.term {
        let terms = schools::terms(tx, school, year)?;
        (details.first_day, details.last_day) = rules::term_days(&terms, term).map_err(Failure::Invalid)?;
    }
    Ok(details)
}

fn record(tx: &mut Tx, action: &str, before: Option<&Section>, after: &Section) {
    tx.record(
        action,
        Subject::new("section", after.id),
        &Change { before, after },
    );
}

/// Everything the rules say of a section as it would stand.
fn judge(tx: &mut Tx, before: Option<&Section>, after: &Section) -> Outcome<Findings> {
    let mut others = store::sections_at(tx, after.school, after.year)?;
    others.retain(|other| other.id != after.id);
    let seats = match before {
        Some(_) => store::seats_in(tx, &[after.id])?,
        None => Vec::new(),
    };
    let is_moved =
        before.is_some_and(|before| before.meetings != after.meetings || before.days() != after.days());
    let clashing = if is_moved {
        clashing(tx, after, &others, &seats)?
    } else {
        0
    };
    let accounts: Vec<AccountId> = after.staff.iter().map(|staff| staff.account).collect();
    let names = match accounts.as_slice() {
        [] => HashMap::new(),
        some => access::staff::names(tx, some)?,
    };
    let courses = store::courses_by_id(tx, &after.courses)?;
    Ok(rules::judge_section(&ProposedSection {
        after,
        before,
        courses: &courses,
        others: &others,
        seats: &seats,
        clashing,
        names: &names,
        today: tx.today(),
    }))
}

/// How many of who is in a section have another at the same time.
fn clashing(tx: &mut Tx, after: &Section, others: &[Section], seats: &[CourseEnrolment]) -> Outcome<usize> {
    let meets: Vec<&Section> = others
        .iter()
        .filter(|other| rules::clash(after, other).is_some())
        .collect();
    let ids: Vec<SectionId> = meets.iter().map(|other| other.id).collect();
    let there = store::seats_in(tx, &ids)?;
    let mut found: Vec<StudentId> = Vec::new();
    for seat in seats.iter().filter(|seat| seat.state == SeatState::Enrolled) {
        let meets_another = there.iter().any(|other| {
            let section = meets.iter().find(|one| one.id == other.section);
            other.student == seat.student
                && other.state == SeatState::Enrolled
                && section.is_some_and(|one| rules::shared(seat.days(after), other.days(one)).is_some())
        });
        if meets_another && !found.contains(&seat.student) {
            found.push(seat.student);
        }
    }
    Ok(found.len())
}
