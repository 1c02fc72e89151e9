//! Whom a section brings together: a member of its staff and its students, on
//! the days that the section says and on which the student is at the school.

use super::TieKind;
use super::seen::{Days, both};
use db::schema::{access_class, access_tie};
use db::{Reading, Tx};
use diesel::prelude::*;
use kernel::{AccountId, Date, DivisionId, Outcome, SchoolId, StudentId, TieId};
use std::collections::HashMap;

/// Below both engines' limit of bound values.
const CHUNK: usize = 400;

/// Days on which a student is at a school; both included.
pub type Stay = (Date, Date);

/// The stays of students at schools, by both.
pub type Stays = HashMap<(StudentId, SchoolId), Vec<Stay>>;

/// That a member of staff has a student in a section from one day until another, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(treat_none_as_default_value = false)]
#[diesel(table_name = access_class)]
pub struct Class {
    division_id: DivisionId,
    tie_id: TieId,
    student_id: StudentId,
    from_date: Date,
    until_date: Date,
    account_id: AccountId,
    school_id: SchoolId,
}

impl Class {
    /// A member of staff, by account and by the record that put them there, and a student of the section.
    pub fn new(
        tie: TieId,
        account: AccountId,
        school: SchoolId,
        student: StudentId,
        (from, until): Stay,
    ) -> Self {
        Self {
            division_id: DivisionId(0),
            tie_id: tie,
            student_id: student,
            from_date: from,
            until_date: until,
            account_id: account,
            school_id: school,
        }
    }

    /// The days of it on which the student is at the school.
    fn seen<'a>(&'a self, stays: &'a [Stay]) -> impl Iterator<Item = Seen> + 'a {
        let own = (self.from_date, Some(self.until_date));
        let shared = stays
            .iter()
            .filter_map(move |(from, until)| both(own, (*from, Some(*until))));
        shared.map(|(from_date, until_date): Days| Seen {
            division_id: self.division_id,
            account_id: self.account_id,
            student_id: self.student_id,
            kind: TieKind::Teacher,
            tie_id: self.tie_id,
            from_date,
            until_date,
        })
    }
}

#[derive(Insertable)]
#[diesel(treat_none_as_default_value = false)]
#[diesel(table_name = access_tie)]
struct Seen {
    division_id: DivisionId,
    account_id: AccountId,
    student_id: StudentId,
    kind: TieKind,
    tie_id: TieId,
    from_date: Date,
    until_date: Option<Date>,
}

/// Keeps whom these members of staff have in their sections, in place of what
/// was kept for them. A spell of a student in a section is named once.
/// `stays` says when each student is at the school of the section.
///
/// Called by the domain that knows the sections, in the transaction of the
/// change. Writes: `access_class`, `access_tie`.
pub fn keep_classes(tx: &mut Tx, staff: &[TieId], mut all: Vec<Class>, stays: &Stays) -> Outcome<()> {
    let division = tx.division();
    for some in staff.chunks(CHUNK) {
        let said = access_class::table.filter(
            access_class::division_id
                .eq(division)
                .and(access_class::tie_id.eq_any(some.to_vec())),
        );
        diesel::delete(said).execute(tx.conn())?;
        let seen = access_tie::table.filter(
            access_tie::division_id
                .eq(division)
                .and(access_tie::tie_id.eq_any(some.to_vec())),
        );
        diesel::delete(seen).execute(tx.conn())?;
    }
    for class in &mut all {
        class.division_id = division;
    }
    let none = Vec::new();
    let seen: Vec<Seen> = all
        .iter()
        .flat_map(|class| {
            let stays = stays.get(&(class.student_id, class.school_id)).unwrap_or(&none);
            class.seen(stays)
        })
        .collect();
    db::insert_many!(tx.conn(), access_class::table, all)?;
    db::insert_many!(tx.conn(), access_tie::table, seen)?;
    Ok(())
}

/// Cuts the classes of students anew to the days on which they are at their
/// schools, after those days changed. A pair of student and school that is not
/// named in `stays` stays as it is.
///
/// Called by the enrolment domain in its own transaction. Writes: `access_tie`.
pub fn settle_classes(tx: &mut Tx, students: &[StudentId], stays: &Stays) -> Outcome<()> {
    let division = tx.division();
    for some in students.chunks(CHUNK) {
        let said: Vec<Class> = db::ask!(
            tx.conn(),
            load,
            access_class::table
                .filter(
                    access_class::division_id
                        .eq(division)
                        .and(access_class::student_id.eq_any(some.to_vec())),
                )
                .select(Class::as_select())
        )?;
        for class in said {
            let Some(stays) = stays.get(&(class.student_id, class.school_id)) else {
                continue;
            };
            let known = access_tie::table.filter(
                access_tie::division_id
                    .eq(division)
                    .and(access_tie::tie_id.eq(class.tie_id))
                    .and(access_tie::student_id.eq(class.student_id))
                    .and(access_tie::from_date.between(class.from_date, class.until_date)),
            );
            diesel::delete(known).execute(tx.conn())?;
            let seen: Vec<Seen> = class.seen(stays).collect();
            db::insert_many!(tx.conn(), access_tie::table, seen)?;
        }
    }
    Ok(())
}

/// The members of staff by whose section an account sees a student today: the
/// records that put the account there. For "you see this because…".
pub fn why_class(at: &mut impl Reading, account: AccountId, student: StudentId) -> Outcome<Vec<TieId>> {
    let (division, today) = (at.division(), at.today());
    Ok(access_class::table
        .filter(
            access_class::division_id
                .eq(division)
                .and(access_class::student_id.eq(student)),
        )
        .filter(
            access_class::account_id
                .eq(account)
                .and(access_class::from_date.le(today))
                .and(access_class::until_date.ge(today)),
        )
        .order(access_class::tie_id)
        .select(access_class::tie_id)
        .load(at.conn())?)
}

/// Forgets the classes of a student whose record is taken back.
pub(super) fn forget(tx: &mut Tx, student: StudentId) -> Outcome<()> {
    let division = tx.division();
    let said = access_class::table.filter(
        access_class::division_id
            .eq(division)
            .and(access_class::student_id.eq(student)),
    );
    diesel::delete(said).execute(tx.conn())?;
    Ok(())
}
