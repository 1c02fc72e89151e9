//! The connector against the reference server, over mutual TLS, on both engines.

mod alerts;
mod around;
mod both;
mod clocks;
mod create;
mod daily;
mod drift;
mod exchange;
mod faults;
mod lag;
mod refusals;
mod trouble;
mod years;
