//! All SQL of the domain but search's, which is beside its queries.

pub(crate) mod kept;
pub(crate) mod read;
pub(crate) mod rows;
pub(crate) mod rows_sealed;
pub(crate) mod saved;
pub(crate) mod sheet;
pub(crate) mod ties;
pub(crate) mod write;
