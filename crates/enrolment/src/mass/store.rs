//! Rows of batches.

use super::model::{Batch, BatchState, Exception, MassChange, Row, RowCounts, RowState};
use crate::rules::Seat;
use db::schema::{mass_row, mass_update};
use db::{Reading, Tx};
use diesel::prelude::*;
use kernel::{
    AccountId, DivisionId, EnrolmentId, Failure, Findings, Instant, MassUpdateId, Outcome, SchoolId,
    StudentId,
};

#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(treat_none_as_default_value = false)]
#[diesel(table_name = mass_update)]
pub(super) struct BatchRow {
    pub(super) division_id: DivisionId,
    pub(super) id: MassUpdateId,
    pub(super) account_id: AccountId,
    pub(super) made_by: String,
    pub(super) change: String,
    pub(super) reason: String,
    pub(super) state: BatchState,
    pub(super) runner: String,
    pub(super) leased_until: Instant,
    pub(super) created_at: Instant,
    pub(super) changed_at: Instant,
    pub(super) applied_at: Option<Instant>,
    pub(super) undone_at: Option<Instant>,
}

impl BatchRow {
    pub(super) fn new(tx: &Tx, id: MassUpdateId, account: AccountId) -> Self {
        Self {
            division_id: tx.division(),
            id,
            account_id: account,
            made_by: tx.actor().name.clone(),
            change: String::new(),
            reason: String::new(),
            state: BatchState::Chosen,
            runner: String::new(),
            leased_until: Instant::from_micros(0),
            created_at: tx.now(),
            changed_at: tx.now(),
            applied_at: None,
            undone_at: None,
        }
    }

    /// Takes a change down, to be judged for every row.
    pub(super) fn choose(&mut self, change: &MassChange, reason: &str) -> Outcome<()> {
        self.change = text_of(change)?;
        self.reason = kernel::text::squeeze(reason);
        self.state = BatchState::Preparing;
        Ok(())
    }

    pub(super) fn wanted(&self) -> Outcome<Option<MassChange>> {
        if self.change.is_empty() {
            return Ok(None);
        }
        serde_json::from_str(&self.change)
            .map(Some)
            .map_err(|error| Failure::Fault(format!("mass_update.change of {}: {error}", self.id)))
    }

    pub(super) fn batch(self, counts: RowCounts, now: Instant) -> Outcome<Batch> {
        Ok(Batch {
            id: self.id,
            change: self.wanted()?,
            is_orphaned: self.state.is_running() && self.leased_until < now,
            reason: self.reason,
            state: self.state,
            created_at: self.created_at,
            applied_at: self.applied_at,
            counts,
        })
    }
}

#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(treat_none_as_default_value = false)]
#[diesel(table_name = mass_row, primary_key(division_id, batch_id, row_number))]
#[diesel(treat_none_as_null = true)]
pub(super) struct RowRow {
    pub(super) division_id: DivisionId,
    pub(super) batch_id: MassUpdateId,
    pub(super) row_number: i32,
    pub(super) student_id: StudentId,
    pub(super) enrolment_id: Option<EnrolmentId>,
    pub(super) school_id: Option<SchoolId>,
    pub(super) grade: String,
    pub(super) exception: String,
    pub(super) seen_version: i64,
    pub(super) made_version: i64,
    pub(super) state: RowState,
    pub(super) old_value: String,
    pub(super) new_value: String,
    pub(super) findings: String,
}

impl RowRow {
    /// A student who waits to be judged.
    pub(super) fn waiting(batch: &BatchRow, row_number: i32, student_id: StudentId) -> Self {
        Self {
            division_id: batch.division_id,
            batch_id: batch.id,
            row_number,
            student_id,
            enrolment_id: None,
            school_id: None,
            grade: String::new(),
            exception: String::new(),
            seen_version: 0,
            made_version: 0,
            state: RowState::Waiting,
            old_value: String::new(),
            new_value: String::new(),
            findings: String::new(),
        }
    }

    pub(super) fn seat(&self) -> Option<Seat> {
        let (school, grade) = (self.school_id?, self.grade.parse().ok()?);
        Some(Seat { school, grade })
    }

    pub(super) fn set_seat(&mut self, seat: Seat) {
        self.school_id = Some(seat.school);
        seat.grade.as_str().clone_into(&mut self.grade);
    }

    pub(super) fn exception(&self) -> Outcome<Option<Exception>> {
        if self.exception.is_empty() {
            return Ok(None);
        }
        serde_json::from_str(&self.exception)
            .map(Some)
            .map_err(|error| Failure::Fault(format!("mass_row.exception of {}: {error}", self.batch_id)))
    }

    pub(super) fn row(self) -> Outcome<Row> {
        let findings: Findings = if self.findings.is_empty() {
            Findings::default()
        } else {
            serde_json::from_str(&self.findings)
                .map_err(|error| Failure::Fault(format!("mass_row.findings of {}: {error}", self.batch_id)))?
        };
        Ok(Row {
            number: self.row_number,
            student: self.student_id,
            enrolment: self.enrolment_id,
            seat: self.seat(),
            exception: self.exception()?,
            state: self.state,
            old: self.old_value,
            new: self.new_value,
            findings,
        })
    }

    /// Takes down what the rules say before anything is changed.
    pub(super) fn judged(&mut self, findings: &Findings) {
        let state = if findings.refuse() {
            RowState::Refused
        } else {
            RowState::Will
        };
        self.find(state, findings);
    }

    pub(super) fn find(&mut self, state: RowState, findings: &Findings) {
        self.state = state;
        self.findings = if findings.is_empty() {
            String::new()
        } else {
            serde_json::to_string(findings).unwrap_or_default()
        };
    }
}

fn text_of(change: &MassChange) -> Outcome<String> {
    serde_json::to_string(change).map_err(|error| Failure::Fault(format!("mass_update.change: {error}")))
}

pub(super) fn exists(at: &mut impl Reading, id: MassUpdateId) -> Outcome<bool> {
    let division = at.division();
    let count: i64 = mass_update::table
        .filter(mass_update::division_id.eq(division).and(mass_update::id.eq(id)))
        .count()
        .get_result(at.conn())?;
    Ok(count > 0)
}

/// Writes a batch with its rows.
pub(super) fn insert(tx: &mut Tx, batch: &BatchRow, rows: Vec<RowRow>) -> Outcome<()> {
    diesel::insert_into(mass_update::table)
        .values(batch)
        .execute(tx.conn())?;
    db::insert_many!(tx.conn(), mass_row::table, rows)?;
    Ok(())
}

/// A batch of this account; not found when it is another's.
pub(super) fn batch(at: &mut impl Reading, id: MassUpdateId, account: AccountId) -> Outcome<BatchRow> {
    let division = at.division();
    Ok(mass_update::table
        .filter(mass_update::division_id.eq(division).and(mass_update::id.eq(id)))
        .filter(mass_update::account_id.eq(account))
        .select(BatchRow::as_select())
        .first(at.conn())?)
}

pub(super) fn of_account(at: &mut impl Reading, account: AccountId) -> Outcome<Vec<BatchRow>> {
    let division = at.division();
    Ok(mass_update::table
        .filter(
            mass_update::division_id
                .eq(division)
                .and(mass_update::account_id.eq(account)),
        )
        .filter(mass_update::change.ne(""))
        .order(mass_update::created_at.desc())
        .limit(20)
        .select(BatchRow::as_select())
        .load(at.conn())?)
}

pub(super) fn counts(at: &mut impl Reading, id: MassUpdateId) -> Outcome<RowCounts> {
    let division = at.division();
    let counted: Vec<(RowState, i64)> = mass_row::table
        .filter(mass_row::division_id.eq(division).and(mass_row::batch_id.eq(id)))
        .group_by(mass_row::state)
        .select((mass_row::state, diesel::dsl::count_star()))
        .load(at.conn())?;
    Ok(RowCounts(
        counted
            .into_iter()
            .map(|(state, count)| (state, usize::try_from(count).unwrap_or(0)))
            .collect(),
    ))
}

pub(super) fn rows(
    at: &mut impl Reading,
    id: MassUpdateId,
    states: &[RowState],
    school: Option<SchoolId>,
    (after, limit): (i32, i64),
) -> Outcome<Vec<RowRow>> {
    let division = at.division();
    let mut query = mass_row::table
        .filter(mass_row::division_id.eq(division).and(mass_row::batch_id.eq(id)))
        .filter(mass_row::row_number.gt(after))
        .order(mass_row::row_number)
        .limit(limit)
        .select(RowRow::as_select())
        .into_boxed();
    if !states.is_empty() {
        query = query.filter(mass_row::state.eq_any(states.to_vec()));
    }
    if let Some(school) = school {
        query = query.filter(mass_row::school_id.eq(school));
    }
    Ok(query.load(at.conn())?)
}

/// One row; not found when the batch has none with that number.
pub(super) fn row(at: &mut impl Reading, id: MassUpdateId, number: i32) -> Outcome<RowRow> {
    let division = at.division();
    Ok(mass_row::table
        .find((division, id, number))
        .select(RowRow::as_select())
        .first(at.conn())?)
}

/// Takes a change down; every row waits to be judged anew.
pub(super) fn choose(tx: &mut Tx, id: MassUpdateId, change: &MassChange, reason: &str) -> Outcome<()> {
    let (division, now) = (tx.division(), tx.now());
    let text = text_of(change)?;
    diesel::update(mass_update::table.find((division, id)))
        .set((
            mass_update::change.eq(text),
            mass_update::reason.eq(kernel::text::squeeze(reason)),
            mass_update::state.eq(BatchState::Preparing),
            mass_update::leased_until.eq(Instant::from_micros(0)),
            mass_update::changed_at.eq(now),
        ))
        .execute(tx.conn())?;
    let rows = mass_row::table.filter(mass_row::division_id.eq(division).and(mass_row::batch_id.eq(id)));
    diesel::update(rows)
        .set((
            mass_row::state.eq(RowState::Waiting),
            mass_row::old_value.eq(""),
            mass_row::new_value.eq(""),
            mass_row::findings.eq(""),
        ))
        .execute(tx.conn())?;
    Ok(())
}

pub(super) fn set_state(tx: &mut Tx, id: MassUpdateId, state: BatchState) -> Outcome<()> {
    let (division, now) = (tx.division(), tx.now());
    let key = mass_update::table.find((division, id));
    diesel::update(key)
        .set((mass_update::state.eq(state), mass_update::changed_at.eq(now)))
        .execute(tx.conn())?;
    match state {
        BatchState::Applying => {
            diesel::update(key)
                .set(mass_update::applied_at.eq(now))
                .execute(tx.conn())?;
        }
        BatchState::Undone => {
            diesel::update(key)
                .set(mass_update::undone_at.eq(now))
                .execute(tx.conn())?;
        }
        _ => {}
    }
    Ok(())
}

/// Takes the work for a while: false when another has it.
pub(super) fn lease(tx: &mut Tx, id: MassUpdateId, runner: &str, until: Instant) -> Outcome<bool> {
    let (division, now) = (tx.division(), tx.now());
    let free = mass_update::table
        .filter(mass_update::division_id.eq(division).and(mass_update::id.eq(id)))
        .filter(
            mass_update::runner
                .eq(runner.to_owned())
                .or(mass_update::leased_until.lt(now)),
        );
    let taken = diesel::update(free)
        .set((
            mass_update::runner.eq(runner.to_owned()),
            mass_update::leased_until.eq(until),
        ))
        .execute(tx.conn())?;
    Ok(taken == 1)
}

/// Gives the work back, so that the next step need not wait.
pub(super) fn release(tx: &mut Tx, id: MassUpdateId) -> Outcome<()> {
    let division = tx.division();
    diesel::update(mass_update::table.find((division, id)))
        .set(mass_update::leased_until.eq(Instant::from_micros(0)))
        .execute(tx.conn())?;
    Ok(())
}

pub(super) fn save(tx: &mut Tx, row: &RowRow) -> Outcome<()> {
    let division = tx.division();
    diesel::update(mass_row::table.find((division, row.batch_id, row.row_number)))
        .set(row)
        .execute(tx.conn())?;
    Ok(())
}
