//! The nouns: a run, its rows, the mapping of columns to fields.

mod mapping;
mod run;
mod touch;

pub(crate) use mapping::heading_key;
pub use mapping::{ColumnMap, DateForm, Mapping, SavedMapping, Shipped, shipped, shipped_named};
pub use run::{Filter, Kind, Progress, Row, RowOutcome, RowView, Run, State, Totals};
pub(crate) use touch::{Before, Touch};
