//! What the province is told of a section and of a student in it.

use super::{Saved, load};
use crate::events;
use crate::model::{Claim, CourseEnrolment, Offering, SeatState, Section, SectionDetails};
use crate::rules::{self, Judge};
use crate::store::{self, SeatRow};
use access::Permit;
use access::action::ManageSections;
use db::{Reading, Subject, Tx};
use kernel::{Date, Failure, Outcome, SectionId};

/// Says how a section is offered. `offering.version` is the version that was
/// on the screen, 0 where nothing was said.
///
/// Refused by the rules `LP-0570` to `LP-0572` and when the year is over
/// (`LP-0527`) or the section closed (`LP-0513`); a conflict when another save
/// came first; not found at another's school. Writes: `section_offering`,
/// audit. Announces: `section.changed`.
pub fn set_offering(
    tx: &mut Tx,
    permit: &Permit<ManageSections>,
    offering: Offering,
    judge: &dyn Judge,
) -> Outcome<Saved<Offering>> {
    let section = load(tx, permit, offering.section)?;
    let before = offering_of(tx, section.id)?;
    let mut findings = rules::may_change_staff(&section, tx.today());
    findings.extend(rules::judge_offering(&section, &offering).0);
    let findings = findings.or_refuse()?;
    let courses = store::courses_by_id(tx, &section.courses)?;
    let found = judge.offering(&section, &offering, &courses);
    let record = keep(tx, &before, offering)?;
    if record != before {
        events::section_changed(tx, &section);
    }
    Ok(Saved {
        record,
        findings: findings.0.into_iter().chain(found.0).collect(),
    })
}

fn offering_of(tx: &mut Tx, section: SectionId) -> Outcome<Offering> {
    let known = store::offerings(tx, &[section])?.pop();
    Ok(known.unwrap_or_else(|| Offering::usual(section)))
}

fn keep(tx: &mut Tx, before: &Offering, mut offering: Offering) -> Outcome<Offering> {
    if before.version != offering.version {
        return Err(Failure::stale(
            "section_offering",
            offering.version,
            before.version,
        ));
    }
    if offering == *before {
        return Ok(offering);
    }
    offering.version += 1;
    store::keep_offering(tx, &offering)?;
    let detail = serde_json::json!({ "before": before, "after": offering });
    tx.record(
        "section.offering",
        Subject::new("section", offering.section),
        &detail,
    );
    Ok(offering)
}

/// Says what a student is in a section for. `claim.version` is the version that
/// was on the screen, 0 where nothing was said.
///
/// Refused by `LP-0571` and `LP-0573`, and when the year is over (`LP-0527`) or
/// the section closed (`LP-0513`); a conflict when another save came first.
/// Writes: `course_enrolment_claim`, audit. Announces: `course_enrolment.changed`.
pub fn set_claim(
    tx: &mut Tx,
    permit: &Permit<ManageSections>,
    section: SectionId,
    claim: Claim,
    judge: &dyn Judge,
) -> Outcome<Saved<Claim>> {
    let section = load(tx, permit, section)?;
    let seat = SeatRow::get(tx, claim.seat)?.seat();
    if seat.section != section.id {
        return Err(Failure::NotFound);
    }
    let mut findings = rules::may_change_staff(&section, tx.today());
    findings.extend(rules::judge_claim(&section, &claim).0);
    let findings = findings.or_refuse()?;
    let courses = store::courses_by_id(tx, &section.courses)?;
    let offering = offering_of(tx, section.id)?;
    let found = judge.claim(&section, &offering, &courses, &claim);
    let record = keep_claim(tx, &seat, claim)?;
    if record.version != claim.version && seat.state == SeatState::Enrolled {
        events::seat_changed(tx, &section, &seat);
    }
    Ok(Saved {
        record,
        findings: findings.0.into_iter().chain(found.0).collect(),
    })
}

fn keep_claim(tx: &mut Tx, seat: &CourseEnrolment, mut claim: Claim) -> Outcome<Claim> {
    let known = store::claims(tx, &[claim.seat])?.pop();
    let before = known.unwrap_or_else(|| Claim::usual(claim.seat));
    if before.version != claim.version {
        return Err(Failure::stale(
            "course_enrolment_claim",
            claim.version,
            before.version,
        ));
    }
    if claim == before {
        return Ok(claim);
    }
    claim.version += 1;
    store::keep_claim(tx, &claim)?;
    let detail = serde_json::json!({ "student_id": seat.student, "before": before, "after": claim });
    tx.record("section.claim", Subject::new("section", seat.section), &detail);
    Ok(claim)
}

/// A section as the province says it is: its number, days, courses, and how it
/// is offered. `seen` and `offering.version` are the versions there are.
///
/// Refused as [`super::change_section`] and [`set_offering`] are; a conflict
/// when another save came first. Writes as they do; announces nothing, for
/// PASI is not told its own news.
pub fn follow_section(
    tx: &mut Tx,
    permit: &Permit<ManageSections>,
    (id, seen): (SectionId, i64),
    details: SectionDetails,
    offering: Offering,
) -> Outcome<Section> {
    let saved = super::section::change(tx, permit, (id, seen), details, super::Origin::Province)?;
    rules::judge_offering(&saved.record, &offering).or_refuse()?;
    let before = offering_of(tx, id)?;
    keep(tx, &before, offering)?;
    Ok(saved.record)
}

/// A course enrolment as the province says it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Followed {
    /// First day.
    pub from: Date,
    /// Last day; none until the section's last.
    pub until: Option<Date>,
    /// Does it count? One that does not was made in error.
    pub counts: bool,
    /// What it is for; its version is the one there is.
    pub claim: Claim,
}

/// A student's place in a section becomes what the province says; one that is
/// not here is made. `seen` is the version there is, 0 for none.
///
/// Refused by the rules of [`super::put_in`]; a conflict when another save came
/// first. Writes as [`super::take_out`], and `course_enrolment_claim`;
/// announces nothing.
pub fn follow_seat(
    tx: &mut Tx,
    permit: &Permit<ManageSections>,
    (section, student): (SectionId, kernel::StudentId),
    seen: i64,
    said: &Followed,
) -> Outcome<CourseEnrolment> {
    let section = load(tx, permit, section)?;
    rules::judge_claim(&section, &said.claim).or_refuse()?;
    let saved = super::seat_change::follow(tx, section, student, seen, said)?;
    keep_claim(tx, &saved, said.claim)?;
    Ok(saved)
}
