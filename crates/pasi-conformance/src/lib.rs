//! Is an endpoint PASI? Every operation of the contract is asked over mutual
//! TLS for what it must give and for what it must refuse, and what the
//! province's own checklist (C1 to C29) asks of the exchange is judged by it.
//!
//! A run writes: it makes two invented students with an enrolment at a school
//! of the organization. It is for test endpoints.
//!
//! Read first: [`run`], [`CHECKLIST`], then any file of `cases/`, where a case
//! is one entry of a table.

mod case;
mod cases;
mod checklist;
mod endpoint;
mod report;
mod scene;

pub use checklist::{CHECKLIST, Item, Shown, Strength};
pub use endpoint::{Endpoint, EndpointError};
pub use report::{ItemResult, ItemState, Outcome, Report, Tried};

use case::attempt;
use kernel::Clock;
use pasi_wire::Operation;
use scene::Scene;

/// Asks everything, one case after the other, and tells what came of it.
///
/// Fails only when the certificate cannot be used; an endpoint that does not
/// answer is a report full of failures.
pub async fn run(endpoint: &Endpoint, clock: &dyn Clock) -> Result<Report, EndpointError> {
    let line = endpoint.open()?;
    let mut scene = Scene::new(endpoint.organization, clock.now());
    let mut tried = Vec::new();
    scene.look_around(&line).await;
    for case in cases::all() {
        tried.push(attempt(&line, &mut scene, &case, clock).await);
    }
    Ok(Report::new(endpoint, tried))
}

/// The operations for which something that must be given is asked.
pub fn covered() -> Vec<Operation> {
    let mut covered: Vec<Operation> = cases::all()
        .iter()
        .filter(|case| case.is_accepted())
        .map(|case| case.of)
        .collect();
    covered.sort_unstable();
    covered.dedup();
    covered
}
