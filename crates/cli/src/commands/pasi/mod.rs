//! `pasi`: the connection to the province, its rules, and whether an endpoint
//! is PASI.

mod conformance;
mod rules;
mod status;

use crate::ending::Ended;
use clap::Subcommand;

/// The connection to the province.
#[derive(Debug, Subcommand)]
pub(crate) enum Pasi {
    /// How it stands: in sync or not, what waits, the versions of each kind of record and whether both sides hold the
    /// same. Exit code 3 when PASI is away, 1 when it refuses us.
    Status(status::Status),
    /// The province's rules: number, years, source, and where each is judged.
    Rules(rules::Rules),
    /// Ask an endpoint for everything PASI must give and refuse. Exit code 1 when it is not PASI.
    ///
    /// Writes: two invented students with an enrolment at a school of the organization. For test endpoints.
    Conformance(conformance::Conformance),
}

/// Does what was asked.
pub(crate) fn run(call: Pasi) -> Ended {
    match call {
        Pasi::Status(call) => status::run(&call),
        Pasi::Rules(call) => {
            rules::run(&call);
            Ok(())
        }
        Pasi::Conformance(call) => conformance::run(call),
    }
}
