//! The exchange with the province: the work queue, decisions, the connection,
//! and what is sent by itself.

pub(crate) mod connection;
pub(crate) mod decide;
mod drawer;
pub(crate) mod policy;
pub(crate) mod queue;
pub(crate) mod sides;
