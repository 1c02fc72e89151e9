//! The connector against the reference server, over mutual TLS, on both engines.

mod both;
mod create;
mod exchange;
mod trouble;
