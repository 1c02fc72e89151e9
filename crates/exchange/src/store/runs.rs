//! Runs.

use crate::model::{Kind, Mapping, RowOutcome, Run, State, Totals};
use crate::read::Source;
use db::schema::{import_row, import_run};
use db::{Reading, Tx};
use diesel::prelude::*;
use kernel::{Conflict, DivisionId, Failure, ImportId, Instant, Outcome};

#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(treat_none_as_default_value = false)]
#[diesel(table_name = import_run)]
pub(crate) struct RunRow {
    pub(crate) division_id: DivisionId,
    pub(crate) id: ImportId,
    pub(crate) kind: Kind,
    pub(crate) file_name: String,
    pub(crate) file_hash: Vec<u8>,
    pub(crate) source: String,
    pub(crate) mapping: String,
    pub(crate) tells: bool,
    pub(crate) state: State,
    pub(crate) done_to: i32,
    pub(crate) worker: String,
    pub(crate) worker_until: Instant,
    pub(crate) rows_total: i32,
    pub(crate) rows_new: i32,
    pub(crate) rows_changed: i32,
    pub(crate) rows_same: i32,
    pub(crate) rows_refused: i32,
    pub(crate) rows_skipped: i32,
    pub(crate) rows_noted: i32,
    pub(crate) created_by: String,
    pub(crate) created_at: Instant,
    pub(crate) applied_at: Option<Instant>,
    pub(crate) undone_at: Option<Instant>,
    pub(crate) cleared_at: Option<Instant>,
}

fn unreadable(column: &str, id: ImportId, error: &serde_json::Error) -> Failure {
    Failure::Fault(format!("import_run.{column} of {id}: {error}"))
}

impl RunRow {
    pub(crate) fn run(self) -> Outcome<Run> {
        let mut source: Source =
            serde_json::from_str(&self.source).map_err(|error| unreadable("source", self.id, &error))?;
        source.hash = self.file_hash;
        Ok(Run {
            id: self.id,
            kind: self.kind,
            file_name: self.file_name,
            source,
            mapping: serde_json::from_str(&self.mapping)
                .map_err(|error| unreadable("mapping", self.id, &error))?,
            tells: self.tells,
            state: self.state,
            done_to: self.done_to,
            busy_until: self.worker_until,
            totals: Totals {
                all: self.rows_total,
                new: self.rows_new,
                changed: self.rows_changed,
                same: self.rows_same,
                refused: self.rows_refused,
                skipped: self.rows_skipped,
                noted: self.rows_noted,
            },
            created_by: self.created_by,
            created_at: self.created_at,
            applied_at: self.applied_at,
            undone_at: self.undone_at,
            cleared_at: self.cleared_at,
        })
    }
}

pub(crate) fn insert_run(tx: &mut Tx, row: &RunRow) -> Outcome<()> {
    diesel::insert_into(import_run::table)
        .values(row)
        .execute(tx.conn())?;
    Ok(())
}

pub(crate) fn run(at: &mut impl Reading, id: ImportId) -> Outcome<Run> {
    let division = at.division();
    let row: RunRow = import_run::table
        .find((division, id))
        .select(RunRow::as_select())
        .first(at.conn())?;
    row.run()
}

/// The latest runs of these kinds, newest first.
pub(crate) fn runs(at: &mut impl Reading, kinds: &[Kind], limit: i64) -> Outcome<Vec<Run>> {
    let division = at.division();
    let rows: Vec<RunRow> = import_run::table
        .filter(import_run::division_id.eq(division))
        .filter(import_run::kind.eq_any(kinds.to_vec()))
        .order((import_run::created_at.desc(), import_run::id.desc()))
        .limit(limit)
        .select(RunRow::as_select())
        .load(at.conn())?;
    rows.into_iter().map(RunRow::run).collect()
}

/// How long a worker may be silent before another may go on.
const PATIENCE: i64 = 10;

/// Takes the run for `worker` and puts it into `state`, from its first row
/// unless it goes on with the same state. A conflict while another is at work;
/// refused when its rows were taken away (`LP-0853`).
pub(crate) fn claim(
    tx: &mut Tx,
    id: ImportId,
    worker: &str,
    (from, state): (&[State], State),
) -> Outcome<Run> {
    let (division, now) = (tx.division(), tx.now());
    let row: RunRow = import_run::table
        .find((division, id))
        .select(RunRow::as_select())
        .first(tx.conn())?;
    if row.cleared_at.is_some() {
        return Err(Failure::refuse("LP-0853", ""));
    }
    let is_free = row.worker.is_empty() || row.worker == worker || row.worker_until < now;
    if !is_free || !(from.contains(&row.state) || row.state == state) {
        return Err(busy());
    }
    let goes_on = row.state == state;
    let done_to = if goes_on { row.done_to } else { 0 };
    let taken = diesel::update(
        import_run::table.find((division, id)).filter(
            import_run::worker
                .eq(&row.worker)
                .and(import_run::state.eq(row.state)),
        ),
    )
    .set((
        import_run::state.eq(state),
        import_run::done_to.eq(done_to),
        import_run::worker.eq(worker),
        import_run::worker_until.eq(now.plus_seconds(PATIENCE)),
    ))
    .execute(tx.conn())?;
    if taken != 1 {
        return Err(busy());
    }
    run(tx, id)
}

fn busy() -> Failure {
    Failure::Conflict(Conflict {
        what: "import_run",
        seen: 0,
        now: 0,
    })
}

/// The run, still `worker`'s to write to, until a little later; how far it is now.
pub(crate) fn hold(tx: &mut Tx, id: ImportId, worker: &str, done_to: i32) -> Outcome<()> {
    let (division, now) = (tx.division(), tx.now());
    let held = diesel::update(
        import_run::table
            .find((division, id))
            .filter(import_run::worker.eq(worker)),
    )
    .set((
        import_run::done_to.eq(done_to),
        import_run::worker_until.eq(now.plus_seconds(PATIENCE)),
    ))
    .execute(tx.conn())?;
    if held == 1 { Ok(()) } else { Err(busy()) }
}

/// Ends a pass.
pub(crate) fn release(tx: &mut Tx, id: ImportId, worker: &str, state: State) -> Outcome<()> {
    let (division, now) = (tx.division(), tx.now());
    let held = diesel::update(
        import_run::table
            .find((division, id))
            .filter(import_run::worker.eq(worker)),
    )
    .set((
        import_run::state.eq(state),
        import_run::worker.eq(""),
        import_run::worker_until.eq(now),
    ))
    .execute(tx.conn())?;
    if held != 1 {
        return Err(busy());
    }
    let key = import_run::table.find((division, id));
    match state {
        State::Applied => {
            diesel::update(key)
                .set(import_run::applied_at.eq(now))
                .execute(tx.conn())?;
        }
        State::Undone => {
            diesel::update(key)
                .set(import_run::undone_at.eq(now))
                .execute(tx.conn())?;
        }
        _ => {}
    }
    Ok(())
}

/// Counts the rows anew; how many there are.
pub(crate) fn recount(tx: &mut Tx, id: ImportId) -> Outcome<Totals> {
    let division = tx.division();
    let of_run = || {
        import_row::table.filter(
            import_row::division_id
                .eq(division)
                .and(import_row::import_id.eq(id)),
        )
    };
    let mut totals = Totals::default();
    for outcome in RowOutcome::ALL {
        let many: i64 = of_run()
            .filter(import_row::outcome.eq(*outcome))
            .count()
            .get_result(tx.conn())?;
        let many = i32::try_from(many).unwrap_or(i32::MAX);
        totals.count(*outcome, false, many);
        totals.all += many;
    }
    let noted: i64 = of_run()
        .filter(import_row::is_noted.eq(true))
        .count()
        .get_result(tx.conn())?;
    totals.noted = i32::try_from(noted).unwrap_or(i32::MAX);
    diesel::update(import_run::table.find((division, id)))
        .set((
            import_run::rows_total.eq(totals.all),
            import_run::rows_new.eq(totals.new),
            import_run::rows_changed.eq(totals.changed),
            import_run::rows_same.eq(totals.same),
            import_run::rows_refused.eq(totals.refused),
            import_run::rows_skipped.eq(totals.skipped),
            import_run::rows_noted.eq(totals.noted),
        ))
        .execute(tx.conn())?;
    Ok(totals)
}

/// Sets the mapping, and whether the province is told.
pub(crate) fn set_mapping(tx: &mut Tx, id: ImportId, mapping: &Mapping, tells: bool) -> Outcome<()> {
    let text = serde_json::to_string(mapping).map_err(|error| unreadable("mapping", id, &error))?;
    let division = tx.division();
    diesel::update(import_run::table.find((division, id)))
        .set((import_run::mapping.eq(text), import_run::tells.eq(tells)))
        .execute(tx.conn())?;
    Ok(())
}

/// As another kind, by another mapping: as it was when it had been read.
pub(crate) fn read_as(tx: &mut Tx, id: ImportId, kind: Kind, mapping: &Mapping) -> Outcome<()> {
    let text = serde_json::to_string(mapping).map_err(|error| unreadable("mapping", id, &error))?;
    let division = tx.division();
    diesel::update(import_run::table.find((division, id)))
        .set((
            import_run::kind.eq(kind),
            import_run::mapping.eq(text),
            import_run::state.eq(State::Read),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// A run with rows on which nobody worked since `before`, the longest idle first.
pub(crate) fn idle_run(tx: &mut Tx, before: Instant) -> Outcome<Option<ImportId>> {
    let division = tx.division();
    Ok(import_run::table
        .filter(
            import_run::division_id
                .eq(division)
                .and(import_run::cleared_at.is_null()),
        )
        .filter(
            import_run::worker_until
                .lt(before)
                .and(import_run::created_at.lt(before)),
        )
        .order((import_run::worker_until, import_run::id))
        .select(import_run::id)
        .first(tx.conn())
        .optional()?)
}

/// Notes that the rows of a run are gone.
pub(crate) fn set_cleared(tx: &mut Tx, id: ImportId) -> Outcome<()> {
    let (division, now) = (tx.division(), tx.now());
    diesel::update(import_run::table.find((division, id)))
        .set(import_run::cleared_at.eq(now))
        .execute(tx.conn())?;
    Ok(())
}
