//! Alberta code sets as dated data, each with its source; no I/O.
//!
//! The rows live in the project's `codes/*.toml` and are built into the
//! program. They are a seed: a connected division reads the province's own
//! lists daily and those stand above these ([`put_above`]). A lookup of what may be *chosen*
//! always asks "as of which school year"; the label of an old code is found
//! for ever, because old records keep old codes.
//!
//! Read first: [`set`], [`Set::valid_in`], [`Set::label`].

mod catalogue;
mod code;

pub use catalogue::{CodeSet, built_in, put_above, set};
pub use code::{Code, Lang, Mark, Set};

#[cfg(test)]
mod tests;
