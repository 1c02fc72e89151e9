//! Invitations: a contact person is asked, by a code that serves once, to make an account.
//!
//! Whom it may be is said by the domain that knows the family; here is the
//! code, how long it holds, what became of it, and that guesses are slowed down.

use crate::action::{InviteFamilies, ManageAccounts};
use crate::throttle::{self, Bucket};
use crate::{Code, Permit};
use db::schema::invitation;
use db::{Reading, Subject, Tx};
use diesel::prelude::*;
use kernel::{
    AccountId, Date, DivisionId, Failure, Finding, Findings, Instant, InvitationId, Outcome, PersonId,
    StudentId,
};
use serde_json::json;
use std::collections::BTreeMap;

/// From which day on an invitation holds for how many days (`LP-0170`), the earliest first.
pub const HOLDS: &[(&str, i64)] = &[("2000-01-01", 21)];

/// For how many days an invitation of this day holds.
pub fn holds_days(day: Date) -> i64 {
    let of = |(from, _): &&(&str, i64)| from.parse::<Date>().is_ok_and(|from| from <= day);
    HOLDS.iter().rev().find(of).map_or(HOLDS[0].1, |(_, days)| *days)
}

/// How long an invitation of this day holds, for whoever sends it.
pub fn how_long(day: Date) -> Findings {
    Finding::note("LP-0170", "").with("days", holds_days(day)).into()
}

/// An invitation to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewInvitation {
    /// Who is invited.
    pub person: PersonId,
    /// Because of which student.
    pub student: StudentId,
    /// Where the code is sent; empty when it goes on paper.
    pub email: String,
}

/// An invitation.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = invitation)]
pub struct Invitation {
    /// Which.
    pub id: InvitationId,
    /// Who is invited.
    pub person_id: PersonId,
    /// Because of which student.
    pub student_id: StudentId,
    /// Where the code was sent; empty when it went on paper.
    pub email: String,
    /// By whom, as named then.
    pub made_by: String,
    /// When.
    pub made_at: Instant,
    /// Until when the code serves.
    pub expires_at: Instant,
    /// When the code was typed first, or its link followed.
    pub opened_at: Option<Instant>,
    /// When an account was made by it.
    pub used_at: Option<Instant>,
    /// Which account.
    pub account_id: Option<AccountId>,
    /// Taken back, or a newer one was made.
    pub revoked_at: Option<Instant>,
}

impl Invitation {
    /// Does its code serve?
    pub fn is_open(&self, now: Instant) -> bool {
        self.used_at.is_none() && self.revoked_at.is_none() && now < self.expires_at
    }
}

/// What a code led to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Opened {
    /// An invitation that is open.
    Open(Box<Invitation>),
    /// Too many wrong codes: try again after so many seconds.
    Wait(i64),
    /// No invitation, or one that serves no more.
    Shut(Finding),
}

/// Invites a person: earlier invitations of the same person serve no more. Returns the code, which is kept nowhere.
///
/// Writes: `invitation`, audit `invitation.make`.
pub fn make(
    tx: &mut Tx,
    _permit: &Permit<InviteFamilies>,
    new: &NewInvitation,
) -> Outcome<(Invitation, Code)> {
    shut(tx, new.person)?;
    let (division, now, today) = (tx.division(), tx.now(), tx.today());
    let (id, code) = (InvitationId::fresh(now), Code::fresh()?);
    let row = (
        invitation::division_id.eq(division),
        invitation::id.eq(id),
        invitation::person_id.eq(new.person),
        invitation::student_id.eq(new.student),
        invitation::code_hash.eq(code.digest()),
        invitation::email.eq(&new.email),
        invitation::made_by.eq(tx.actor().name.clone()),
        invitation::made_at.eq(now),
        (
            invitation::expires_at.eq(now.plus_seconds(holds_days(today) * 86_400)),
            invitation::revoked_by.eq(""),
        ),
    );
    diesel::insert_into(invitation::table)
        .values(row)
        .execute(tx.conn())?;
    let detail = json!({ "invitation": id, "person": new.person, "on_paper": new.email.is_empty() });
    tx.record("invitation.make", Subject::new("student", new.student), &detail);
    Ok((get(tx, division, id)?, code))
}

/// Takes the open invitation of a person back. `NotFound` when there is none.
/// Writes: `invitation`, audit `invitation.revoke`.
pub fn revoke(tx: &mut Tx, _permit: &Permit<InviteFamilies>, id: InvitationId) -> Outcome<()> {
    let division = tx.division();
    let held = get(tx, division, id)?;
    if held.used_at.is_some() || held.revoked_at.is_some() {
        return Err(Failure::stale("invitation", 0, 1));
    }
    shut(tx, held.person_id)?;
    let detail = json!({ "invitation": id, "person": held.person_id });
    tx.record(
        "invitation.revoke",
        Subject::new("student", held.student_id),
        &detail,
    );
    Ok(())
}

fn get(at: &mut impl Reading, division: DivisionId, id: InvitationId) -> Outcome<Invitation> {
    Ok(invitation::table
        .find((division, id))
        .select(Invitation::as_select())
        .first(at.conn())?)
}

/// Ends what a person's earlier codes open.
fn shut(tx: &mut Tx, person: PersonId) -> Outcome<()> {
    let (division, now, by) = (tx.division(), tx.now(), tx.actor().name.clone());
    let open = invitation::table
        .filter(
            invitation::division_id
                .eq(division)
                .and(invitation::person_id.eq(person)),
        )
        .filter(
            invitation::used_at
                .is_null()
                .and(invitation::revoked_at.is_null()),
        );
    diesel::update(open)
        .set((invitation::revoked_at.eq(now), invitation::revoked_by.eq(by)))
        .execute(tx.conn())?;
    Ok(())
}

/// The last invitation of each of these persons.
pub fn last_of(
    at: &mut impl Reading,
    _permit: &Permit<InviteFamilies>,
    persons: &[PersonId],
) -> Outcome<BTreeMap<PersonId, Invitation>> {
    let (division, mut all) = (at.division(), BTreeMap::new());
    for some in persons.chunks(400) {
        let rows: Vec<Invitation> = invitation::table
            .filter(
                invitation::division_id
                    .eq(division)
                    .and(invitation::person_id.eq_any(some.to_vec())),
            )
            .order(invitation::id)
            .select(Invitation::as_select())
            .load(at.conn())?;
        all.extend(rows.into_iter().map(|row| (row.person_id, row)));
    }
    Ok(all)
}

/// What a code leads to, as typed by somebody at an address. What it leads to is noted once; wrong codes are counted
/// against the address (`LP-0171` to `LP-0174` say why it serves no more).
///
/// Writes: `invitation`, `throttle`, audit `invitation.open`, `invitation.refused`.
pub fn open(tx: &mut Tx, typed: &str, ip: &str) -> Outcome<Opened> {
    let bucket = Bucket::codes(ip);
    let wait = throttle::wait_seconds_locked(tx, &bucket)?;
    if wait > 0 {
        return Ok(Opened::Wait(wait));
    }
    let (division, now) = (tx.division(), tx.now());
    let found: Option<Invitation> = match Code::parse(typed) {
        Some(code) => invitation::table
            .filter(
                invitation::division_id
                    .eq(division)
                    .and(invitation::code_hash.eq(code.digest())),
            )
            .select(Invitation::as_select())
            .first(tx.conn())
            .optional()?,
        None => None,
    };
    let Some(held) = found else {
        throttle::count_failure(tx, &bucket)?;
        tx.record(
            "invitation.refused",
            Subject::new("invitation", "unknown"),
            &json!({}),
        );
        return Ok(Opened::Shut(Finding::refuse("LP-0171", "code")));
    };
    if let Some(finding) = why_shut(&held, now) {
        let detail = json!({ "why": finding.code });
        tx.record("invitation.refused", Subject::new("invitation", held.id), &detail);
        return Ok(Opened::Shut(finding));
    }
    if held.opened_at.is_none() {
        diesel::update(invitation::table.find((division, held.id)))
            .set(invitation::opened_at.eq(now))
            .execute(tx.conn())?;
        tx.record("invitation.open", Subject::new("invitation", held.id), &json!({}));
    }
    Ok(Opened::Open(Box::new(held)))
}

fn why_shut(held: &Invitation, now: Instant) -> Option<Finding> {
    let code = if held.used_at.is_some() {
        "LP-0172"
    } else if held.revoked_at.is_some() {
        "LP-0173"
    } else if !held.is_open(now) {
        "LP-0174"
    } else {
        return None;
    };
    Some(Finding::refuse(code, "code"))
}

/// Uses an invitation up for an account. A conflict when somebody was faster.
/// Writes: `invitation`, audit `invitation.use`.
pub fn use_up(
    tx: &mut Tx,
    _permit: &Permit<ManageAccounts>,
    id: InvitationId,
    account: AccountId,
) -> Outcome<()> {
    let (division, now) = (tx.division(), tx.now());
    let open = invitation::table.find((division, id)).filter(
        invitation::used_at
            .is_null()
            .and(invitation::revoked_at.is_null()),
    );
    let used = diesel::update(open)
        .set((invitation::used_at.eq(now), invitation::account_id.eq(account)))
        .execute(tx.conn())?;
    if used == 0 {
        return Err(Failure::stale("invitation", 0, 1));
    }
    tx.record(
        "invitation.use",
        Subject::new("account", account),
        &json!({ "invitation": id }),
    );
    Ok(())
}
