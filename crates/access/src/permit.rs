//! Permits: proof that an action was allowed, how far, and why.

use crate::TieKind;
use crate::matrix::{Action, Reach};
use crate::relations;
use db::Reading;
use kernel::{AccountId, Actor, Failure, Outcome, Role, SchoolId, StudentId};
use std::marker::PhantomData;

/// A person signed in and acting in one role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// Who.
    pub actor: Actor,
    /// The acting role.
    pub role: Role,
    /// The schools the role was given for; empty for a role of the whole division.
    pub schools: Vec<SchoolId>,
}

/// The records a permit covers; becomes an SQL predicate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scope {
    /// All of the division.
    Division,
    /// Students of these schools.
    Schools(Vec<SchoolId>),
    /// Students tied to this account today, by this kind of tie and no other.
    Tied(AccountId, TieKind),
}

/// Why a permit was given: shown as "you see this because…".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// The role reaches the whole division.
    WholeDivision(Role),
    /// The student is, was, or will be at a school of the role.
    OwnSchool(Role),
    /// The student is tied to the account.
    OwnStudent(Role),
    /// The program itself.
    Program,
}

impl Reason {
    /// Its name in the audit and for the words on the page.
    pub const fn name(self) -> &'static str {
        match self {
            Self::WholeDivision(_) => "whole-division",
            Self::OwnSchool(_) => "own-school",
            Self::OwnStudent(_) => "own-student",
            Self::Program => "program",
        }
    }
}

/// Proof that `A` is allowed. Made only by this crate.
#[derive(Debug, Clone)]
pub struct Permit<A: Action> {
    actor: Actor,
    scope: Scope,
    reason: Reason,
    action: PhantomData<A>,
}

impl<A: Action> Permit<A> {
    /// A permit as wide as the acting role reaches; for lists and searches,
    /// whose store functions filter by [`Permit::scope`].
    ///
    /// Denied when the role may not do this at all.
    pub fn wide(standing: &Standing) -> Outcome<Self> {
        let reach = A::WHO
            .iter()
            .find(|(role, _)| *role == standing.role)
            .map(|(_, reach)| *reach);
        let (scope, reason) = match reach.ok_or(Failure::Denied(A::NAME))? {
            Reach::Division => (Scope::Division, Reason::WholeDivision(standing.role)),
            Reach::Schools => (
                Scope::Schools(standing.schools.clone()),
                Reason::OwnSchool(standing.role),
            ),
            Reach::Tied => {
                let tied = standing.actor.account.zip(TieKind::of(standing.role));
                let (account, kind) = tied.ok_or(Failure::Denied(A::NAME))?;
                (Scope::Tied(account, kind), Reason::OwnStudent(standing.role))
            }
        };
        Ok(Self {
            actor: standing.actor.clone(),
            scope,
            reason,
            action: PhantomData,
        })
    }

    /// A permit for one student. `NotFound` when the student is outside the
    /// scope: whoever may not see a student may not learn that there is one.
    pub fn student(at: &mut impl Reading, standing: &Standing, student: StudentId) -> Outcome<Self> {
        let permit = Self::wide(standing)?;
        if permit.covers(at, student)? {
            Ok(permit)
        } else {
            Err(Failure::NotFound)
        }
    }

    /// A permit for one school. `NotFound` outside the role's schools.
    pub fn school(standing: &Standing, school: SchoolId) -> Outcome<Self> {
        let permit = Self::wide(standing)?;
        if permit.covers_school(school) {
            Ok(permit)
        } else {
            Err(Failure::NotFound)
        }
    }

    /// The permit of the program itself: synchronization, imports at start, jobs.
    /// Denied to an actor with an account.
    pub fn program(actor: &Actor) -> Outcome<Self> {
        if actor.account.is_some() || actor.role.is_some() {
            return Err(Failure::Denied(A::NAME));
        }
        Ok(Self {
            actor: actor.clone(),
            scope: Scope::Division,
            reason: Reason::Program,
            action: PhantomData,
        })
    }

    /// Who acts.
    pub fn actor(&self) -> &Actor {
        &self.actor
    }
    /// How far.
    pub fn scope(&self) -> &Scope {
        &self.scope
    }
    /// Why.
    pub fn reason(&self) -> Reason {
        self.reason
    }

    /// Does the scope cover this school?
    pub fn covers_school(&self, school: SchoolId) -> bool {
        match &self.scope {
            Scope::Division => true,
            Scope::Schools(schools) => schools.contains(&school),
            Scope::Tied(..) => false,
        }
    }

    /// Does the scope cover this student, today?
    pub fn covers(&self, at: &mut impl Reading, student: StudentId) -> Outcome<bool> {
        match &self.scope {
            Scope::Division => Ok(true),
            Scope::Schools(schools) => relations::is_placed(at, student, schools),
            Scope::Tied(account, kind) => relations::is_tied(at, *account, student, *kind),
        }
    }
}
