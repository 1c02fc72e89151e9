//! The verbs: permit, load, decide, save, audit, announce.

mod apply;
mod ask;
mod mapping;
mod permits;
mod retention;
mod stage;
mod undo;
mod work;

pub use ask::{problems, row, rows, run, runs};
pub use mapping::{delete_mapping, edit_row, read_as, save_mapping, saved_mappings, set_mapping};
pub use permits::{NoProvince, Permits, Province};
pub use retention::clear_old_rows;
pub use stage::NewRun;
pub use work::Work;
