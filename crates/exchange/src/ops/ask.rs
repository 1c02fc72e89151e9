//! What may be asked of runs.

use super::permits::Permits;
use super::work::visible;
use crate::model::{Filter, Kind, RowOutcome, RowView, Run};
use crate::rules::Bound;
use crate::store;
use access::Permit;
use access::action::Import;
use db::{Lane, Reading, Store};
use kernel::{ImportId, Outcome};

/// A run; `NotFound` when it is of a kind that the permits are not for.
pub fn run(at: &mut impl Reading, permits: &[Permits], id: ImportId) -> Outcome<Run> {
    let run = store::run(at, id)?;
    if permits.iter().any(|one| one.kind() == run.kind) {
        Ok(run)
    } else {
        Err(kernel::Failure::NotFound)
    }
}

/// The latest runs of these kinds, newest first, at most 200.
pub fn runs(at: &mut impl Reading, _permit: &Permit<Import>, kinds: &[Kind]) -> Outcome<Vec<Run>> {
    store::runs(at, kinds, 200)
}

/// Rows of a run, in their order.
pub fn rows(
    at: &mut impl Reading,
    permits: &Permits,
    id: ImportId,
    filter: &Filter,
) -> Outcome<Vec<RowView>> {
    let run = visible(at, permits, id)?;
    let bound = Bound::new(&run.mapping, &run.source.headings);
    let rows = store::rows(at, id, filter)?;
    Ok(rows
        .into_iter()
        .map(|row| RowView {
            label: label(&run, &bound, &row.cells),
            row: row.row(),
        })
        .collect())
}

/// One row.
pub fn row(at: &mut impl Reading, permits: &Permits, id: ImportId, number: i32) -> Outcome<RowView> {
    let run = visible(at, permits, id)?;
    let bound = Bound::new(&run.mapping, &run.source.headings);
    let row = store::one_row(at, id, number)?;
    Ok(RowView {
        label: label(&run, &bound, &row.cells),
        row: row.row(),
    })
}

/// Whom or what a row is about.
fn label(run: &Run, bound: &Bound, cells: &[String]) -> String {
    let cells = crate::rules::Cells::new(bound, cells, (cells.len(), false));
    let joined = |fields: &[&str], between: &str| {
        let parts: Vec<String> = fields.iter().filter_map(|field| cells.some(field)).collect();
        parts.join(between)
    };
    match run.kind {
        Kind::Students | Kind::Contacts => joined(&["last_name", "first_name"], ", "),
        Kind::Enrolments => joined(&["student_number", "student_asn"], " · "),
        Kind::Staff => joined(&["username"], ""),
        Kind::Schools => joined(&["code", "name"], " "),
    }
}

/// Every row with a finding, in order, a page at a time: `told` gets the run's
/// mapping, the row and its label. For lists that must be whole.
pub fn problems(
    store: &Store,
    permits: &Permits,
    id: ImportId,
    told: &mut dyn FnMut(&Run, &RowView),
) -> Outcome<()> {
    let division = permits.actor().division;
    let run = store.read_now(division, |at| visible(at, permits, id))?;
    for (outcome, noted) in [(Some(RowOutcome::Problem), false), (None, true)] {
        let mut after = 0;
        loop {
            let filter = Filter {
                outcome,
                noted,
                after,
                limit: 500,
            };
            let page = store.read_now(division, |at| rows(at, permits, id, &filter))?;
            for view in page
                .iter()
                .filter(|view| outcome.is_some() || view.row.outcome != RowOutcome::Problem)
            {
                told(&run, view);
            }
            match page.last() {
                Some(last) => after = last.row.number,
                None => break,
            }
        }
    }
    // Names leave the records: who read the list is kept.
    store.write_now(Lane::Interactive, permits.actor(), |tx| {
        tx.record(
            "import.problems",
            db::Subject::new("import", id),
            &serde_json::json!({ "rows": run.totals.refused }),
        );
        Ok(())
    })
}

impl Run {
    /// The heading of the column that holds a field; the field itself when the mapping names none.
    pub fn heading_of<'a>(&'a self, field: &'a str) -> &'a str {
        self.mapping
            .column_of(field)
            .map_or(field, |one| one.column.as_str())
    }
    /// Where a field stands in a row's cells.
    pub fn place_of(&self, field: &str) -> Option<usize> {
        Bound::new(&self.mapping, &self.source.headings).place(field)
    }
}
