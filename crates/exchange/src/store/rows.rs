//! Rows of a run. The cells are sealed: they hold what records hold.

use crate::model::{Filter, Row, RowOutcome, Touch};
use crate::read::RawRow;
use db::schema::import_row;
use db::{FieldClass, Reading, Tx};
use diesel::prelude::*;
use kernel::{DivisionId, Failure, Findings, ImportId, Outcome};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

#[derive(Queryable, Selectable, Insertable)]
#[diesel(treat_none_as_default_value = false)]
#[diesel(table_name = import_row)]
struct Stored {
    division_id: DivisionId,
    import_id: ImportId,
    row_number: i32,
    outcome: RowOutcome,
    is_done: bool,
    is_noted: bool,
    row_key: Option<Vec<u8>>,
    cells: Vec<u8>,
    findings: String,
    touched: String,
}

/// What is sealed.
#[derive(Serialize, Deserialize)]
struct Sealed {
    c: Vec<String>,
    #[serde(default, skip_serializing_if = "is_zero")]
    w: usize,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    d: bool,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
const fn is_zero(number: &usize) -> bool {
    *number == 0
}

/// A row to be judged.
#[derive(Debug, Clone)]
pub(crate) struct StagedRow {
    pub(crate) number: i32,
    pub(crate) outcome: RowOutcome,
    pub(crate) is_done: bool,
    pub(crate) cells: Vec<String>,
    pub(crate) width: usize,
    pub(crate) is_damaged: bool,
    pub(crate) findings: Findings,
    pub(crate) touched: Vec<Touch>,
}

/// What was judged of a row.
#[derive(Debug, Clone)]
pub(crate) struct Judged {
    pub(crate) number: i32,
    pub(crate) outcome: RowOutcome,
    pub(crate) findings: Findings,
    pub(crate) key: Option<Vec<u8>>,
    pub(crate) touched: Vec<Touch>,
}

fn unreadable(column: &str, number: i32, error: &serde_json::Error) -> Failure {
    Failure::Fault(format!("import_row.{column} of row {number}: {error}"))
}

fn sealed(tx: &Tx, cells: Vec<String>, width: usize, is_damaged: bool) -> Outcome<Vec<u8>> {
    let w = if width == cells.len() { 0 } else { width };
    let text = serde_json::to_string(&Sealed {
        c: cells,
        w,
        d: is_damaged,
    })
    .map_err(|error| unreadable("cells", 0, &error))?;
    tx.seal(FieldClass::Identity, &text)
}

impl Stored {
    fn opened(self, at: &impl Reading) -> Outcome<StagedRow> {
        let number = self.row_number;
        let text = at.sealer().open(FieldClass::Identity, &self.cells)?;
        let sealed: Sealed =
            serde_json::from_str(&text).map_err(|error| unreadable("cells", number, &error))?;
        Ok(StagedRow {
            number,
            outcome: self.outcome,
            is_done: self.is_done,
            width: if sealed.w == 0 { sealed.c.len() } else { sealed.w },
            cells: sealed.c,
            is_damaged: sealed.d,
            findings: serde_json::from_str(&self.findings)
                .map_err(|error| unreadable("findings", number, &error))?,
            touched: serde_json::from_str(&self.touched)
                .map_err(|error| unreadable("touched", number, &error))?,
        })
    }
}

impl StagedRow {
    pub(crate) fn row(self) -> Row {
        Row {
            number: self.number,
            outcome: self.outcome,
            is_done: self.is_done,
            cells: self.cells,
            findings: self.findings,
        }
    }
}

/// Keeps rows as they stand in the file.
pub(crate) fn insert_rows(tx: &mut Tx, id: ImportId, rows: Vec<RawRow>) -> Outcome<()> {
    let division_id = tx.division();
    let rows: Vec<Stored> = rows
        .into_iter()
        .map(|row| {
            Ok(Stored {
                division_id,
                import_id: id,
                row_number: row.number,
                outcome: RowOutcome::Read,
                is_done: false,
                is_noted: false,
                row_key: None,
                cells: sealed(tx, row.cells, row.width, row.is_damaged)?,
                findings: "[]".to_owned(),
                touched: "[]".to_owned(),
            })
        })
        .collect::<Outcome<_>>()?;
    db::insert_many!(tx.conn(), import_row::table, rows)?;
    Ok(())
}

/// Rows to be judged in this pass: not yet in the records, and for a run not left out.
pub(crate) fn open_rows(tx: &mut Tx, id: ImportId, after: i32, limit: i64) -> Outcome<Vec<StagedRow>> {
    let division = tx.division();
    let rows: Vec<Stored> = import_row::table
        .filter(
            import_row::division_id
                .eq(division)
                .and(import_row::import_id.eq(id)),
        )
        .filter(
            import_row::row_number
                .gt(after)
                .and(import_row::is_done.eq(false)),
        )
        .order(import_row::row_number)
        .limit(limit)
        .select(Stored::as_select())
        .load(tx.conn())?;
    rows.into_iter().map(|row| row.opened(tx)).collect()
}

/// Rows that wrote something, the last first, before a row.
pub(crate) fn touched_rows(tx: &mut Tx, id: ImportId, before: i32, limit: i64) -> Outcome<Vec<StagedRow>> {
    let division = tx.division();
    let rows: Vec<Stored> = import_row::table
        .filter(
            import_row::division_id
                .eq(division)
                .and(import_row::import_id.eq(id)),
        )
        .filter(
            import_row::row_number
                .lt(before)
                .and(import_row::touched.ne("[]")),
        )
        .order(import_row::row_number.desc())
        .limit(limit)
        .select(Stored::as_select())
        .load(tx.conn())?;
    rows.into_iter().map(|row| row.opened(tx)).collect()
}

/// Rows for a page.
pub(crate) fn rows(at: &mut impl Reading, id: ImportId, filter: &Filter) -> Outcome<Vec<StagedRow>> {
    let division = at.division();
    let mut query = import_row::table
        .filter(
            import_row::division_id
                .eq(division)
                .and(import_row::import_id.eq(id)),
        )
        .filter(import_row::row_number.gt(filter.after))
        .order(import_row::row_number)
        .limit(if filter.limit == 0 { 50 } else { filter.limit })
        .select(Stored::as_select())
        .into_boxed();
    if let Some(outcome) = filter.outcome {
        query = query.filter(import_row::outcome.eq(outcome));
    }
    if filter.noted {
        query = query.filter(import_row::is_noted.eq(true));
    }
    let rows: Vec<Stored> = query.load(at.conn())?;
    rows.into_iter().map(|row| row.opened(at)).collect()
}

/// One row; `NotFound` when the run has none of that number.
pub(crate) fn one_row(at: &mut impl Reading, id: ImportId, number: i32) -> Outcome<StagedRow> {
    let division = at.division();
    let row: Stored = import_row::table
        .find((division, id, number))
        .select(Stored::as_select())
        .first(at.conn())?;
    row.opened(at)
}

/// Of these keys, the first row that has each.
pub(crate) fn earlier_rows(
    tx: &mut Tx,
    id: ImportId,
    keys: &[Vec<u8>],
    before: i32,
) -> Outcome<HashMap<Vec<u8>, i32>> {
    let division = tx.division();
    let mut found: HashMap<Vec<u8>, i32> = HashMap::new();
    for some in keys.chunks(400) {
        let rows: Vec<(Option<Vec<u8>>, i32)> = import_row::table
            .filter(
                import_row::division_id
                    .eq(division)
                    .and(import_row::import_id.eq(id)),
            )
            .filter(
                import_row::row_key
                    .eq_any(some.to_vec())
                    .and(import_row::row_number.lt(before)),
            )
            .filter(import_row::outcome.ne(RowOutcome::Read))
            .select((import_row::row_key, import_row::row_number))
            .load(tx.conn())?;
        for (key, number) in rows {
            let Some(key) = key else { continue };
            let first = found.entry(key).or_insert(number);
            *first = (*first).min(number);
        }
    }
    Ok(found)
}

/// Keeps what was judged; a row that stands in the records now is done.
pub(crate) fn save_judged(tx: &mut Tx, id: ImportId, all: &[Judged], is_written: bool) -> Outcome<()> {
    let division = tx.division();
    for one in all {
        let number = one.number;
        let is_taken = matches!(
            one.outcome,
            RowOutcome::New | RowOutcome::Changed | RowOutcome::Same
        );
        let findings =
            serde_json::to_string(&one.findings).map_err(|error| unreadable("findings", number, &error))?;
        let touched = if is_written { one.touched.as_slice() } else { &[] };
        let touched =
            serde_json::to_string(touched).map_err(|error| unreadable("touched", number, &error))?;
        diesel::update(import_row::table.find((division, id, number)))
            .set((
                import_row::outcome.eq(one.outcome),
                import_row::is_done.eq(is_written && is_taken),
                import_row::is_noted.eq(!one.findings.is_empty() && one.outcome != RowOutcome::Skipped),
                import_row::row_key.eq(one.key.clone()),
                import_row::findings.eq(findings),
                import_row::touched.eq(touched),
            ))
            .execute(tx.conn())?;
    }
    Ok(())
}

/// What is left of a row that was taken back: what could not be, and why.
pub(crate) fn untouch(
    tx: &mut Tx,
    id: ImportId,
    number: i32,
    left: &[Touch],
    findings: &Findings,
) -> Outcome<()> {
    let division = tx.division();
    let findings = serde_json::to_string(findings).map_err(|error| unreadable("findings", number, &error))?;
    let touched = serde_json::to_string(left).map_err(|error| unreadable("touched", number, &error))?;
    diesel::update(import_row::table.find((division, id, number)))
        .set((
            import_row::is_done.eq(!left.is_empty()),
            import_row::is_noted.eq(!left.is_empty()),
            import_row::findings.eq(findings),
            import_row::touched.eq(touched),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// Keeps corrected cells; the row is to be judged anew.
pub(crate) fn save_cells(tx: &mut Tx, id: ImportId, number: i32, cells: Vec<String>) -> Outcome<()> {
    let division = tx.division();
    let width = cells.len();
    let sealed = sealed(tx, cells, width, false)?;
    diesel::update(import_row::table.find((division, id, number)))
        .set((
            import_row::cells.eq(sealed),
            import_row::outcome.eq(RowOutcome::Read),
            import_row::findings.eq("[]"),
            import_row::row_key.eq(None::<Vec<u8>>),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// Takes away a run whose file could not be read.
pub(crate) fn forget(tx: &mut Tx, id: ImportId) -> Outcome<()> {
    let division = tx.division();
    let rows = import_row::table.filter(
        import_row::division_id
            .eq(division)
            .and(import_row::import_id.eq(id)),
    );
    diesel::delete(rows).execute(tx.conn())?;
    diesel::delete(db::schema::import_run::table.find((division, id))).execute(tx.conn())?;
    Ok(())
}

/// Takes away the first `most` rows of a run; how many there were.
pub(crate) fn clear_rows(tx: &mut Tx, id: ImportId, most: i64) -> Outcome<usize> {
    let division = tx.division();
    let of_run = || {
        import_row::table.filter(
            import_row::division_id
                .eq(division)
                .and(import_row::import_id.eq(id)),
        )
    };
    let last: Option<i32> = of_run()
        .order(import_row::row_number)
        .offset(most - 1)
        .select(import_row::row_number)
        .first(tx.conn())
        .optional()?;
    let rows = of_run().filter(import_row::row_number.le(last.unwrap_or(i32::MAX)));
    Ok(diesel::delete(rows).execute(tx.conn())?)
}
