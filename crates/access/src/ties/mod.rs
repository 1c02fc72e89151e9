//! Whom an account sees by a tie: a guardian the children of a person, a
//! student oneself, a specialist the team, a teacher a homeroom or students.
//!
//! A *tie* is what the director said, with its days and its reason. Which
//! students it comes to, and on which days, is kept beside it in `access_tie`
//! by the domain that knows the persons and the homerooms ([`keep`]).

mod class;
mod seen;

pub use class::{Class, Stay, Stays, keep_classes, settle_classes, why_class};
pub use seen::{
    Days, are_to_homerooms, around_persons, around_place, homerooms_of, keep, seen_by, teachers_at,
    was_tied_to, why,
};

use crate::accounts::{self, AccountState, refuse_no_reason};
use crate::action::ManageAccounts;
use crate::{Permit, grants};
use db::schema::{access_tie, tie};
use db::{Reading, Subject, Tx};
use diesel::prelude::*;
use kernel::{
    AccountId, Date, DivisionId, Failure, Finding, Findings, Instant, Outcome, PersonId, Role, SchoolId,
    StudentId, TieId,
};
use serde_json::json;

kernel::text_enum! {
    /// How an account is tied to a student. A role sees only the students tied
    /// by its own kind: a teacher who is also a parent does not see the class
    /// as a parent, nor the child as a teacher.
    pub enum TieKind {
        /// A guardian with portal access; ends with custody or access.
        Guardian = "guardian",
        /// Oneself.
        Oneself = "self",
        /// A teacher of the student.
        Teacher = "teacher",
        /// A member of the student's support team.
        Team = "team",
    }
}

impl TieKind {
    /// The kind by which a role sees students; none for roles that do not see by ties.
    pub const fn of(role: Role) -> Option<Self> {
        match role {
            Role::Guardian => Some(Self::Guardian),
            Role::Student => Some(Self::Oneself),
            Role::Teacher => Some(Self::Teacher),
            Role::Specialist => Some(Self::Team),
            _ => None,
        }
    }

    /// The role that sees students by this kind.
    pub const fn role(self) -> Role {
        match self {
            Self::Guardian => Role::Guardian,
            Self::Oneself => Role::Student,
            Self::Teacher => Role::Teacher,
            Self::Team => Role::Specialist,
        }
    }
}

/// To whom an account is tied. With the kind it says which students those are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Around {
    /// The children for whom this contact person has portal access.
    Person(PersonId),
    /// This student.
    Student(StudentId),
    /// The students of this homeroom of the school.
    Homeroom(SchoolId, String),
}

/// A tie to be given.
#[derive(Debug, Clone)]
pub struct NewTie {
    /// The account that will see.
    pub account: AccountId,
    /// As what.
    pub kind: TieKind,
    /// Whom.
    pub around: Around,
    /// First day.
    pub from: Date,
    /// Last day; none while it lasts.
    pub until: Option<Date>,
    /// Why.
    pub reason: String,
}

/// A tie as given.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(treat_none_as_default_value = false)]
#[diesel(table_name = tie)]
pub struct Tie {
    /// The division.
    pub division_id: DivisionId,
    /// Which.
    pub id: TieId,
    /// The account that sees.
    pub account_id: AccountId,
    /// As what.
    pub kind: TieKind,
    person_id: Option<PersonId>,
    student_id: Option<StudentId>,
    school_id: Option<SchoolId>,
    homeroom: String,
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
    /// Ended: by the director, with the account, or on its last day.
    pub ended_at: Option<Instant>,
    /// Why it was ended; empty when its last day had passed.
    pub ended_reason: String,
}

impl Tie {
    /// Whom.
    pub fn around(&self) -> Outcome<Around> {
        match (self.person_id, self.student_id, self.school_id) {
            (Some(person), None, None) => Ok(Around::Person(person)),
            (None, Some(student), None) => Ok(Around::Student(student)),
            (None, None, Some(school)) => Ok(Around::Homeroom(school, self.homeroom.clone())),
            _ => Err(Failure::Fault(format!("table tie, row {}: whom?", self.id))),
        }
    }

    /// The person whose children it comes to.
    pub fn person(&self) -> Option<PersonId> {
        self.person_id
    }

    /// Is it neither ended nor past its last day?
    pub fn goes_on(&self, day: Date) -> bool {
        self.ended_at.is_none() && self.until_date.is_none_or(|last| last >= day)
    }
}

/// Gives a tie. It opens nothing until [`keep`] says which students it comes to:
/// call it through `people`, which does both.
///
/// Findings: LP-0130 to oneself, LP-0133 it ends before it begins, LP-0135 the
/// account is closed, LP-0137 the account has no role that sees so, LP-0138 the
/// homeroom is of a school where the account does not teach, LP-0139 tied so
/// already on those days, LP-0122 no reason. `NotFound` for an unknown account.
/// Writes: `tie`, audit `tie.give`.
pub fn give(tx: &mut Tx, permit: &Permit<ManageAccounts>, new: &NewTie) -> Outcome<Tie> {
    accounts::hold(tx, new.account)?;
    judge(tx, permit, new)?.or_refuse()?;
    let now = tx.now();
    let (mut person, mut student, mut school, mut homeroom) = (None, None, None, String::new());
    match &new.around {
        Around::Person(id) => person = Some(*id),
        Around::Student(id) => student = Some(*id),
        Around::Homeroom(at, name) => (school, homeroom) = (Some(*at), name.clone()),
    }
    let row = Tie {
        division_id: tx.division(),
        id: TieId::fresh(now),
        account_id: new.account,
        kind: new.kind,
        person_id: person,
        student_id: student,
        school_id: school,
        homeroom,
        from_date: new.from,
        until_date: new.until,
        reason: new.reason.trim().to_owned(),
        given_by: permit.actor().name.clone(),
        given_at: now,
        ended_at: None,
        ended_reason: String::new(),
    };
    diesel::insert_into(tie::table).values(&row).execute(tx.conn())?;
    let detail = json!({
        "tie": row.id, "kind": row.kind, "person": person, "student": student, "school": school,
        "homeroom": row.homeroom, "from": row.from_date, "until": row.until_date, "reason": row.reason,
    });
    tx.record("tie.give", Subject::new("account", new.account), &detail);
    Ok(row)
}

fn judge(tx: &mut Tx, permit: &Permit<ManageAccounts>, new: &NewTie) -> Outcome<Findings> {
    let (account, today) = (accounts::get(tx, new.account)?, tx.today());
    let roles = grants::all_of(tx, new.account)?;
    let held = || {
        roles.iter().filter(|grant| {
            grant.role == new.kind.role()
                && grant.ended_at.is_none()
                && grant.until_date.is_none_or(|last| last >= today)
        })
    };
    let mut found = Findings::default();
    if permit.actor().account == Some(new.account) {
        found.push(Finding::refuse("LP-0130", ""));
    }
    if account.state == AccountState::Closed {
        found.push(Finding::refuse("LP-0135", ""));
    }
    if held().next().is_none() {
        found.push(Finding::refuse("LP-0137", "").with("role", new.kind.role()));
    }
    let fits = match (&new.around, new.kind) {
        (Around::Person(_), TieKind::Guardian) => true,
        (Around::Student(_), kind) => kind != TieKind::Guardian,
        (Around::Homeroom(school, _), TieKind::Teacher) => {
            held().any(|grant| grant.school_id == Some(*school))
        }
        _ => false,
    };
    if !fits {
        found.push(Finding::refuse("LP-0138", "whom"));
    }
    if new.until.is_some_and(|last| last < new.from.max(today)) {
        found.push(Finding::refuse("LP-0133", "until"));
    }
    for other in of_account_all(tx, new.account)? {
        if other.kind == new.kind && other.around()? == new.around && overlaps(&other, new) {
            found.push(Finding::refuse("LP-0139", "whom"));
        }
    }
    refuse_no_reason(&mut found, &new.reason);
    Ok(found)
}

fn overlaps(held: &Tie, new: &NewTie) -> bool {
    held.ended_at.is_none()
        && held.until_date.is_none_or(|last| last >= new.from)
        && new.until.is_none_or(|last| last >= held.from_date)
}

/// Ends a tie now; a session that sees by it loses the students with its next request.
///
/// Findings: LP-0122 no reason. A conflict when it was ended already;
/// `NotFound` when it is not of this account.
/// Writes: `tie`, `access_tie`, audit `tie.end`.
pub fn end(
    tx: &mut Tx,
    _permit: &Permit<ManageAccounts>,
    account: AccountId,
    id: TieId,
    reason: &str,
) -> Outcome<()> {
    accounts::hold(tx, account)?;
    let held = get(tx, account, id)?;
    if held.ended_at.is_some() {
        return Err(Failure::stale("tie", 0, 1));
    }
    let mut findings = Findings::default();
    refuse_no_reason(&mut findings, reason);
    findings.or_refuse()?;
    close(tx, &[held], reason.trim())
}

/// Ends all ties of an account that is being closed. Writes as [`end`].
pub(crate) fn end_all(tx: &mut Tx, account: AccountId, reason: &str) -> Outcome<()> {
    let mut all = of_account_all(tx, account)?;
    all.retain(|held| held.ended_at.is_none());
    close(tx, &all, reason.trim())
}

/// Ends the ties whose last day has passed, and forgets the days that are over.
/// They opened nothing since; this is so that the page and the audit say so.
/// Returns how many ties ended. For the daily job.
/// Writes: `tie`, `access_tie`, audit `tie.end`.
pub fn end_due(tx: &mut Tx) -> Outcome<usize> {
    let (division, today) = (tx.division(), tx.today());
    let due: Vec<Tie> = tie::table
        .filter(tie::division_id.eq(division).and(tie::ended_at.is_null()))
        .filter(tie::until_date.lt(today))
        .order(tie::id)
        .select(Tie::as_select())
        .load(tx.conn())?;
    close(tx, &due, "")?;
    let over = access_tie::table.filter(
        access_tie::division_id
            .eq(division)
            .and(access_tie::until_date.lt(today)),
    );
    diesel::delete(over).execute(tx.conn())?;
    Ok(due.len())
}

fn close(tx: &mut Tx, all: &[Tie], reason: &str) -> Outcome<()> {
    let (division, now) = (tx.division(), tx.now());
    for held in all {
        diesel::update(tie::table.find((division, held.id)))
            .set((tie::ended_at.eq(now), tie::ended_reason.eq(reason)))
            .execute(tx.conn())?;
        let seen = access_tie::table.filter(
            access_tie::division_id
                .eq(division)
                .and(access_tie::tie_id.eq(held.id)),
        );
        diesel::delete(seen).execute(tx.conn())?;
        let detail = json!({ "tie": held.id, "kind": held.kind, "reason": reason });
        tx.record("tie.end", Subject::new("account", held.account_id), &detail);
    }
    Ok(())
}

/// The tie of an account. `NotFound` when it is another's or none.
pub fn get(at: &mut impl Reading, account: AccountId, id: TieId) -> Outcome<Tie> {
    let division = at.division();
    let held: Tie = tie::table
        .find((division, id))
        .select(Tie::as_select())
        .first(at.conn())?;
    if held.account_id == account {
        Ok(held)
    } else {
        Err(Failure::NotFound)
    }
}

/// Every tie ever given to an account, newest first.
pub fn of_account(
    at: &mut impl Reading,
    _permit: &Permit<ManageAccounts>,
    account: AccountId,
) -> Outcome<Vec<Tie>> {
    of_account_all(at, account)
}

fn of_account_all(at: &mut impl Reading, account: AccountId) -> Outcome<Vec<Tie>> {
    let division = at.division();
    Ok(tie::table
        .filter(tie::division_id.eq(division).and(tie::account_id.eq(account)))
        .order(tie::id.desc())
        .select(Tie::as_select())
        .load(at.conn())?)
}

/// Ends what tied accounts to a student whose record is taken back.
pub(crate) fn forget_student(tx: &mut Tx, student: StudentId) -> Outcome<()> {
    let division = tx.division();
    let named: Vec<Tie> = tie::table
        .filter(tie::division_id.eq(division).and(tie::student_id.eq(student)))
        .filter(tie::ended_at.is_null())
        .select(Tie::as_select())
        .load(tx.conn())?;
    close(tx, &named, "")?;
    let seen = access_tie::table.filter(
        access_tie::division_id
            .eq(division)
            .and(access_tie::student_id.eq(student)),
    );
    diesel::delete(seen).execute(tx.conn())?;
    class::forget(tx, student)
}
