//! `cargo xtask VERB`: what the project checks and generates about itself.
//!
//! - `layers`: does each crate use only what it may, and does each manifest say what it must?
//! - `metrics`: how large are files and functions?
//! - `docs`: does everything the guides name exist?
//! - `regen [--check]`: writes what is generated, or says what is out of date.
//!
//! Ends with 0 when all is well, 1 when something was found, 2 when the call was wrong.

mod docs;
mod layers;
mod manifests;
mod map;
mod markdown;
mod metrics;
mod regen;
mod rust_source;
mod sql;
mod workspace;

use std::process::ExitCode;

/// The verbs, each with what it does.
const VERBS: &[(&str, &str)] = &[
    (
        "layers",
        "checks that each crate uses only what it may, and its manifest",
    ),
    ("metrics", "prints sizes of files and functions"),
    (
        "docs",
        "checks that every path, command and symbol in the guides exists",
    ),
    (
        "regen",
        "writes schema.rs and the crate map; with --check only compares",
    ),
];

/// What a verb found: nothing, or one line for each thing that is wrong.
type Found = Result<Vec<String>, String>;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let found = match words.as_slice() {
        ["layers"] => layers::check(),
        ["metrics"] => metrics::print(),
        ["docs"] => docs::check(),
        ["regen"] => regen::write(),
        ["regen", "--check"] => regen::check(),
        _ => {
            eprintln!("cargo xtask VERB\n");
            for (verb, does) in VERBS {
                eprintln!("  {verb:<8} {does}");
            }
            return ExitCode::from(2);
        }
    };
    match found {
        Ok(lines) if lines.is_empty() => ExitCode::SUCCESS,
        Ok(lines) => {
            for line in &lines {
                eprintln!("{line}");
            }
            eprintln!("\n{} to mend", lines.len());
            ExitCode::FAILURE
        }
        Err(error) => {
            eprintln!("xtask: {error}");
            ExitCode::from(3)
        }
    }
}
