//! All SQL of the domain.

mod mappings;
mod rows;
mod runs;

pub(crate) use mappings::{delete_mapping, insert_mapping, mappings};
pub(crate) use rows::{
    Judged, StagedRow, clear_rows, earlier_rows, forget, insert_rows, one_row, open_rows, rows, save_cells,
    save_judged, touched_rows, untouch,
};
pub(crate) use runs::{
    RunRow, claim, hold, idle_run, insert_run, read_as, recount, release, run, runs, set_cleared, set_mapping,
};
