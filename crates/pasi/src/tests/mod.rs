//! The connector against the reference server, over mutual TLS, on both engines.

mod actors;
mod alerts;
mod around;
mod both;
mod classes;
mod clocks;
mod create;
mod daily;
mod drift;
mod earlier;
mod exchange;
mod faults;
mod fields;
mod january;
mod lag;
mod lost;
mod medical;
mod organizations;
mod refusals;
mod reread;
mod same;
mod schedules;
mod seen;
mod trouble;
mod years;
