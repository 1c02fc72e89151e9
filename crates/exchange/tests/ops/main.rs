//! Runs of every kind on both engines: rehearsed, written, run again, taken back.

mod exported;
mod ground;
mod kinds;
mod office;
mod open_data;
mod passes;
mod undone;
