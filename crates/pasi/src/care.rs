//! Who looks after a row of the queue, and what people wrote to it.

use crate::{map, queue};
use access::action::{DecidePasi, ViewPasi};
use access::{Action, Permit, Reacher, who_may, who_may_at};
use db::schema::{account, pasi_assignment, pasi_note};
use db::{Reading, Subject, Tx};
use diesel::prelude::*;
use kernel::text::squeeze;
use kernel::{
    AccountId, DivisionId, Failure, Finding, Instant, Outcome, PasiItemId, SavedId, SchoolId, SectionId,
    StudentId,
};
use std::collections::HashMap;
use uuid::Uuid;

/// What stands in a row of the queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowId {
    /// An item.
    Item(PasiItemId),
    /// A student whose sides differ.
    Student(StudentId),
}

impl RowId {
    /// Its id, whichever it is.
    pub fn uuid(self) -> Uuid {
        match self {
            Self::Item(id) => id.uuid(),
            Self::Student(id) => id.uuid(),
        }
    }
    fn bytes(self) -> Vec<u8> {
        self.uuid().as_bytes().to_vec()
    }
}

/// Who looks after a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assigned {
    /// The account.
    pub account: AccountId,
    /// The person's name.
    pub name: String,
}

/// Whose a row is.
#[derive(Clone, Copy)]
enum Whose {
    Student(StudentId),
    /// A section of this school.
    Section(SectionId, SchoolId),
}

impl Whose {
    fn student(self) -> Option<StudentId> {
        match self {
            Self::Student(student) => Some(student),
            Self::Section(..) => None,
        }
    }
    fn subject(self) -> Subject {
        match self {
            Self::Student(student) => Subject::new("student", student),
            Self::Section(section, _) => Subject::new("section", section),
        }
    }
    fn carers(self, at: &mut impl Reading) -> Outcome<Vec<Reacher>> {
        match self {
            Self::Student(student) => who_may::<DecidePasi>(at, student),
            Self::Section(_, school) => who_may_at::<DecidePasi>(at, school),
        }
    }
}

/// Whose a row is. `NotFound` when it is outside the permit.
fn whose<A: Action>(at: &mut impl Reading, permit: &Permit<A>, row: RowId) -> Outcome<Whose> {
    let student = match row {
        RowId::Student(id) => id,
        RowId::Item(id) => {
            let item = queue::item(at, id)?;
            match (item.student_id, item.school_id) {
                (Some(student), _) => student,
                (None, Some(school)) if permit.covers_school(school) => {
                    return Ok(Whose::Section(SectionId::from_uuid(item.ref_id()?), school));
                }
                (None, _) => return Err(Failure::NotFound),
            }
        }
    };
    if permit.covers(at, student)? && map::is_there(at, student)? {
        Ok(Whose::Student(student))
    } else {
        Err(Failure::NotFound)
    }
}

/// Those to whom a row can be given: whoever may decide it.
pub fn carers(at: &mut impl Reading, permit: &Permit<DecidePasi>, row: RowId) -> Outcome<Vec<Reacher>> {
    whose(at, permit, row)?.carers(at)
}

/// Gives a row to a person, or to nobody.
///
/// Refused (`LP-0604`) when the person may not decide it. Writes:
/// `pasi_assignment`, audit.
pub fn assign(tx: &mut Tx, permit: &Permit<DecidePasi>, row: RowId, to: Option<AccountId>) -> Outcome<()> {
    let whose = whose(tx, permit, row)?;
    let division = tx.division();
    diesel::delete(pasi_assignment::table.find((division, row.bytes()))).execute(tx.conn())?;
    if let Some(account_id) = to {
        if !whose.carers(tx)?.iter().any(|one| one.account == account_id) {
            return Err(Failure::refuse("LP-0604", "to"));
        }
        let (by, now) = (tx.actor().name.clone(), tx.now());
        diesel::insert_into(pasi_assignment::table)
            .values((
                pasi_assignment::division_id.eq(division),
                pasi_assignment::subject_id.eq(row.bytes()),
                pasi_assignment::student_id.eq(whose.student()),
                pasi_assignment::account_id.eq(account_id),
                pasi_assignment::assigned_by.eq(by),
                pasi_assignment::assigned_at.eq(now),
            ))
            .execute(tx.conn())?;
    }
    let detail = serde_json::json!({ "row": row.uuid(), "to": to });
    tx.record("pasi.assign", whose.subject(), &detail);
    Ok(())
}

/// Who looks after each of these rows.
pub(crate) fn assigned(at: &mut impl Reading, rows: &[RowId]) -> Outcome<HashMap<Uuid, Assigned>> {
    let division = at.division();
    let mut found = HashMap::new();
    for chunk in rows.chunks(400) {
        let ids: Vec<Vec<u8>> = chunk.iter().map(|row| row.bytes()).collect();
        let of: Vec<(Vec<u8>, AccountId, String)> = pasi_assignment::table
            .inner_join(
                account::table.on(account::division_id
                    .eq(pasi_assignment::division_id)
                    .and(account::id.eq(pasi_assignment::account_id))),
            )
            .filter(
                pasi_assignment::division_id
                    .eq(division)
                    .and(pasi_assignment::subject_id.eq_any(ids)),
            )
            .select((
                pasi_assignment::subject_id,
                pasi_assignment::account_id,
                account::display_name,
            ))
            .load(at.conn())?;
        for (id, account, name) in of {
            let id = Uuid::from_slice(&id)
                .map_err(|_| Failure::Fault("pasi_assignment.subject_id cannot be read".to_owned()))?;
            found.insert(id, Assigned { account, name });
        }
    }
    Ok(found)
}

/// Ids of the rows given to a person.
pub(crate) fn rows_of(at: &mut impl Reading, person: AccountId) -> Outcome<Vec<Uuid>> {
    let division = at.division();
    let ids: Vec<Vec<u8>> = pasi_assignment::table
        .filter(
            pasi_assignment::division_id
                .eq(division)
                .and(pasi_assignment::account_id.eq(person)),
        )
        .select(pasi_assignment::subject_id)
        .load(at.conn())?;
    Ok(ids.iter().filter_map(|id| Uuid::from_slice(id).ok()).collect())
}

/// A note to a row.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = pasi_note)]
pub struct Note {
    /// What was written.
    pub body: String,
    /// By whom, as named then.
    pub written_by: String,
    /// When.
    pub written_at: Instant,
}

#[derive(Insertable)]
#[diesel(treat_none_as_default_value = false)]
#[diesel(table_name = pasi_note)]
struct NewNote<'a> {
    division_id: DivisionId,
    id: SavedId,
    subject_id: Vec<u8>,
    student_id: Option<StudentId>,
    body: &'a str,
    written_by: &'a str,
    written_at: Instant,
}

/// Longest note, in characters.
pub const LONGEST_NOTE: usize = 500;

/// Writes a note to a row. The same words by the same person in a row are one note.
///
/// Refused when it is empty or longer than [`LONGEST_NOTE`] (`LP-0605`).
/// Writes: `pasi_note`, audit without the words.
pub fn note(tx: &mut Tx, permit: &Permit<DecidePasi>, row: RowId, body: &str) -> Outcome<()> {
    let whose = whose(tx, permit, row)?;
    let body = squeeze(body);
    if body.is_empty() || body.chars().count() > LONGEST_NOTE {
        let finding = Finding::refuse("LP-0605", "note").with("most", LONGEST_NOTE);
        return Err(Failure::Invalid(finding.into()));
    }
    let (by, now) = (tx.actor().name.clone(), tx.now());
    let last = of_row(tx, row)?.pop();
    if last.is_some_and(|last| last.body == body && last.written_by == by) {
        return Ok(());
    }
    let new = NewNote {
        division_id: tx.division(),
        id: SavedId::fresh(now),
        subject_id: row.bytes(),
        student_id: whose.student(),
        body: &body,
        written_by: &by,
        written_at: now,
    };
    diesel::insert_into(pasi_note::table)
        .values(&new)
        .execute(tx.conn())?;
    tx.record(
        "pasi.note",
        whose.subject(),
        &serde_json::json!({ "row": row.uuid() }),
    );
    Ok(())
}

/// The notes to a row, oldest first. `NotFound` outside the permit.
pub fn notes(at: &mut impl Reading, permit: &Permit<ViewPasi>, row: RowId) -> Outcome<Vec<Note>> {
    whose(at, permit, row)?;
    of_row(at, row)
}

fn of_row(at: &mut impl Reading, row: RowId) -> Outcome<Vec<Note>> {
    let division = at.division();
    Ok(pasi_note::table
        .filter(
            pasi_note::division_id
                .eq(division)
                .and(pasi_note::subject_id.eq(row.bytes())),
        )
        .order(pasi_note::id)
        .select(Note::as_select())
        .load(at.conn())?)
}
