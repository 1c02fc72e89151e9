//! A version race on purpose: what a submit would change was just saved by somebody else.

use crate::access::Caller;
use crate::state::State;
use pasi_wire::Request;

/// Gives what the submit would change a new version, so that it comes too late (3004).
/// A submit that makes something new, or would be refused anyway, races with nobody.
pub(crate) async fn race(state: &State, by: &Caller, request: &Request) {
    let (request, first_asn) = (request.clone(), state.config.first_asn);
    let saved = state.save_before(by, |at| drop(super::decide(at, request, first_asn)));
    if let Err(fault) = saved.await {
        tracing::error!(code = fault.code, "a race could not be made");
    }
}
