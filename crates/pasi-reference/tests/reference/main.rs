//! The reference server as systems meet it, over mutual TLS: a file a subject,
//! in one program so that it is linked once.
#![allow(clippy::wildcard_imports, reason = "the messages of the contract")]

mod academic;
mod accommodations;
mod common;
mod daily;
mod documents;
mod fields;
mod high_school;
mod limits;
mod lists;
mod long_polls;
mod ministry;
mod numbers;
mod restricted;
mod security;
mod submits;
mod synchronization;
