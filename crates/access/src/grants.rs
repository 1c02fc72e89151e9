//! Roles given to accounts: for which schools, from when, until when, why.

use crate::accounts::{self, AccountState, refuse_no_reason};
use crate::action::ManageAccounts;
use crate::matrix::is_of_schools;
use crate::{Permit, Standing};
use db::schema::{account, division, role_grant, school};
use db::{Reading, Subject, Tx};
use diesel::prelude::*;
use kernel::{
    AccountId, Actor, Date, DivisionId, Failure, Finding, Findings, GrantId, Instant, Outcome, Role, SchoolId,
};
use serde_json::json;

/// A role to be given.
#[derive(Debug, Clone)]
pub struct GiveRole {
    /// To whom.
    pub account: AccountId,
    /// Which.
    pub role: Role,
    /// For which school; none for a role of the whole division.
    pub school: Option<SchoolId>,
    /// First day.
    pub from: Date,
    /// Last day; none while it lasts.
    pub until: Option<Date>,
    /// Why.
    pub reason: String,
}

/// A role as given.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(treat_none_as_default_value = false)]
#[diesel(table_name = role_grant)]
pub struct Grant {
    /// The division.
    pub division_id: DivisionId,
    /// Which.
    pub id: GrantId,
    /// To whom.
    pub account_id: AccountId,
    /// The role.
    pub role: Role,
    /// For which school; none for the whole division.
    pub school_id: Option<SchoolId>,
    /// First day.
    pub from_date: Date,
    /// Last day; none while it lasts.
    pub until_date: Option<Date>,
    /// Why it was given.
    pub reason: String,
    /// By whom, as named then.
    pub given_by: String,
    /// When.
    pub given_at: Instant,
    /// Ended before its last day.
    pub ended_at: Option<Instant>,
    /// Why it was ended.
    pub ended_reason: String,
}

impl Grant {
    /// Is the role held on this day?
    pub fn holds(&self, day: Date) -> bool {
        self.ended_at.is_none() && self.from_date <= day && self.until_date.is_none_or(|last| last >= day)
    }
}

/// As [`Grant::holds`], for queries.
#[diesel::dsl::auto_type]
pub(crate) fn holds_on(day: Date) -> _ {
    let ends: diesel::dsl::Or<
        diesel::dsl::IsNull<role_grant::until_date>,
        diesel::dsl::Ge<role_grant::until_date, Date>,
    > = role_grant::until_date
        .is_null()
        .or(role_grant::until_date.ge(day));
    role_grant::ended_at
        .is_null()
        .and(role_grant::from_date.le(day))
        .and(ends)
}

/// Gives a role.
///
/// Findings: LP-0130 to oneself, LP-0131 the role needs a school, LP-0132 the
/// role is of the whole division and takes none, LP-0133 it ends before it
/// begins, LP-0135 the account is closed, LP-0136 the same role is held on
/// those days, LP-0122 no reason. `NotFound` for an unknown account or school.
/// Writes: `role_grant`, audit `role.give`.
pub fn give(tx: &mut Tx, permit: &Permit<ManageAccounts>, new: &GiveRole) -> Outcome<GrantId> {
    let to = accounts::get(tx, new.account)?;
    if let Some(id) = new.school {
        school_exists(tx, id)?;
    }
    let mut findings = judge(new);
    if permit.actor().account == Some(new.account) {
        findings.push(Finding::refuse("LP-0130", ""));
    }
    if to.state == AccountState::Closed {
        findings.push(Finding::refuse("LP-0135", ""));
    }
    if all_of(tx, new.account)?.iter().any(|held| overlaps(held, new)) {
        findings.push(Finding::refuse("LP-0136", "role"));
    }
    findings.or_refuse()?;
    let now = tx.now();
    let grant = Grant {
        division_id: tx.division(),
        id: GrantId::fresh(now),
        account_id: new.account,
        role: new.role,
        school_id: new.school,
        from_date: new.from,
        until_date: new.until,
        reason: new.reason.trim().to_owned(),
        given_by: permit.actor().name.clone(),
        given_at: now,
        ended_at: None,
        ended_reason: String::new(),
    };
    diesel::insert_into(role_grant::table)
        .values(&grant)
        .execute(tx.conn())?;
    let detail = json!({
        "role": grant.role, "school": grant.school_id, "from": grant.from_date,
        "until": grant.until_date, "reason": grant.reason,
    });
    tx.record("role.give", Subject::new("account", new.account), &detail);
    Ok(grant.id)
}

fn judge(new: &GiveRole) -> Findings {
    let mut findings = Findings::default();
    match (is_of_schools(new.role), new.school) {
        (true, None) => findings.push(Finding::refuse("LP-0131", "school").with("role", new.role)),
        (false, Some(_)) => findings.push(Finding::refuse("LP-0132", "school").with("role", new.role)),
        _ => {}
    }
    if new.until.is_some_and(|last| last < new.from) {
        findings.push(Finding::refuse("LP-0133", "until"));
    }
    refuse_no_reason(&mut findings, &new.reason);
    findings
}

fn overlaps(held: &Grant, new: &GiveRole) -> bool {
    (held.role, held.school_id) == (new.role, new.school)
        && held.ended_at.is_none()
        && held.until_date.is_none_or(|last| last >= new.from)
        && new.until.is_none_or(|last| last >= held.from_date)
}

/// Ends a role now; sessions that act in it lose it with their next request.
///
/// Findings: LP-0120 it would leave no director, LP-0122 no reason. A conflict when it was ended already.
/// Writes: `role_grant`, audit `role.end`.
pub fn end(tx: &mut Tx, _permit: &Permit<ManageAccounts>, id: GrantId, reason: &str) -> Outcome<()> {
    hold_directors(tx)?;
    let (division, now, today) = (tx.division(), tx.now(), tx.today());
    let grant: Grant = role_grant::table
        .find((division, id))
        .select(Grant::as_select())
        .first(tx.conn())?;
    if grant.ended_at.is_some() {
        return Err(Failure::stale("role_grant", 0, 1));
    }
    let mut findings = Findings::default();
    let others = all_of(tx, grant.account_id)?
        .iter()
        .any(|other| other.id != id && other.role == Role::Director && other.holds(today));
    if grant.role == Role::Director && !others && is_last_director(tx, grant.account_id)? {
        findings.push(Finding::refuse("LP-0120", ""));
    }
    refuse_no_reason(&mut findings, reason);
    findings.or_refuse()?;
    diesel::update(role_grant::table.find((division, id)))
        .set((
            role_grant::ended_at.eq(now),
            role_grant::ended_reason.eq(reason.trim()),
        ))
        .execute(tx.conn())?;
    let detail = json!({ "role": grant.role, "school": grant.school_id, "reason": reason.trim() });
    tx.record("role.end", Subject::new("account", grant.account_id), &detail);
    Ok(())
}

/// Every role ever given to an account, newest first.
pub fn of_account(
    at: &mut impl Reading,
    _permit: &Permit<ManageAccounts>,
    account: AccountId,
) -> Outcome<Vec<Grant>> {
    all_of(at, account)
}

pub(crate) fn all_of(at: &mut impl Reading, account: AccountId) -> Outcome<Vec<Grant>> {
    let division = at.division();
    Ok(db::ask!(
        at.conn(),
        load,
        role_grant::table
            .filter(
                role_grant::division_id
                    .eq(division)
                    .and(role_grant::account_id.eq(account)),
            )
            .order(role_grant::id.desc())
            .select(Grant::as_select())
    )?)
}

/// Ends all roles of an account that is being closed.
pub(crate) fn end_all(tx: &mut Tx, account: AccountId, reason: &str) -> Outcome<()> {
    let (division, now) = (tx.division(), tx.now());
    diesel::update(
        role_grant::table
            .filter(
                role_grant::division_id
                    .eq(division)
                    .and(role_grant::account_id.eq(account)),
            )
            .filter(role_grant::ended_at.is_null()),
    )
    .set((
        role_grant::ended_at.eq(now),
        role_grant::ended_reason.eq(reason.trim()),
    ))
    .execute(tx.conn())?;
    Ok(())
}

/// The choices of a person today: one standing a role, its schools together,
/// in the order of [`Role::ALL`]. `actor` says who, without a role.
pub(crate) fn standings(grants: &[Grant], actor: &Actor, today: Date) -> Vec<Standing> {
    let held = |role: Role| {
        grants
            .iter()
            .filter(move |grant| grant.role == role && grant.holds(today))
    };
    Role::ALL
        .iter()
        .filter(|role| held(**role).next().is_some())
        .map(|role| {
            let mut schools: Vec<SchoolId> = held(*role).filter_map(|grant| grant.school_id).collect();
            schools.sort();
            schools.dedup();
            Standing {
                actor: Actor {
                    role: Some(*role),
                    ..actor.clone()
                },
                role: *role,
                schools,
            }
        })
        .collect()
}

/// What an actor may do now, for work that is done later in a person's name:
/// the role acted in then, if it is held today by an account that is open.
/// Denied otherwise, and for the program itself, which has no standing.
pub fn standing_of(at: &mut impl Reading, actor: &Actor) -> Outcome<Standing> {
    const LATER: Failure = Failure::Denied("work.later");
    let (Some(account), Some(role)) = (actor.account, actor.role) else {
        return Err(LATER);
    };
    let division = at.division();
    let state: Option<AccountState> = account::table
        .find((division, account))
        .select(account::state)
        .first(at.conn())
        .optional()?;
    if state != Some(AccountState::Active) {
        return Err(LATER);
    }
    let (given, today) = (all_of(at, account)?, at.today());
    standings(&given, actor, today)
        .into_iter()
        .find(|standing| standing.role == role)
        .ok_or(LATER)
}

/// Held until the commit by whoever might take a director away, so that two
/// directors cannot remove each other at the same moment.
pub(crate) fn hold_directors(tx: &mut Tx) -> Outcome<()> {
    let id = tx.division();
    diesel::update(division::table.find(id))
        .set(division::name.eq(division::name))
        .execute(tx.conn())?;
    Ok(())
}

/// Does the account hold the director's role today while nobody else who may sign in does?
pub(crate) fn is_last_director(tx: &mut Tx, account: AccountId) -> Outcome<bool> {
    let (division, today) = (tx.division(), tx.today());
    let directors: Vec<AccountId> = role_grant::table
        .inner_join(
            account::table.on(account::division_id
                .eq(role_grant::division_id)
                .and(account::id.eq(role_grant::account_id))),
        )
        .filter(
            role_grant::division_id
                .eq(division)
                .and(role_grant::role.eq(Role::Director)),
        )
        .filter(account::state.eq(AccountState::Active))
        .filter(holds_on(today))
        .select(role_grant::account_id)
        .load(tx.conn())?;
    Ok(directors.contains(&account) && directors.iter().all(|id| *id == account))
}

/// `NotFound` when the division has no such school.
pub(crate) fn school_exists(at: &mut impl Reading, id: SchoolId) -> Outcome<()> {
    let division = at.division();
    school::table
        .find((division, id))
        .select(school::id)
        .first::<SchoolId>(at.conn())?;
    Ok(())
}
