//! The exchange with the province: the work queue, decisions, the connection,
//! and what is sent by itself.

pub(crate) mod bulk;
pub(crate) mod care;
pub(crate) mod check;
pub(crate) mod connection;
pub(crate) mod decide;
mod drawer;
pub(crate) mod export;
pub(crate) mod kinds;
mod lag;
pub(crate) mod link;
pub(crate) mod offer;
pub(crate) mod policy;
pub(crate) mod queue;
pub(crate) mod sides;
