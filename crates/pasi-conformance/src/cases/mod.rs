//! The cases, by what they are about and in the order they are asked: later
//! ones build on what earlier ones made.

#![allow(
    clippy::wildcard_imports,
    clippy::unnecessary_wraps,
    reason = "a case is made of the contract's messages; what builds one may find nothing to build on"
)]

mod academic;
mod accommodations;
mod alerts;
mod connection;
mod documents;
mod enrolments;
mod exams;
mod lists;
mod organizations;
mod reads;
mod responsible;
mod shapes;
mod students;
mod sub_records;
mod synchronization;

use crate::case::{Ask, Case, Expect};
use pasi_wire::messages::AvailabilityStatus;
use pasi_wire::{Operation, SERVICE_NAMESPACE};

/// Every case; and for each operation that a request without its caller is refused.
pub(crate) fn all() -> Vec<Case> {
    let tables: [&[Case]; 23] = [
        connection::CASES,
        synchronization::CASES,
        organizations::CASES,
        students::CASES,
        sub_records::STORED,
        sub_records::RULES,
        sub_records::DELETED,
        enrolments::CASES,
        responsible::CASES,
        accommodations::CASES,
        lists::CASES,
        exams::CATALOGUE,
        academic::SECTIONS,
        academic::MARKS,
        exams::NEWS,
        exams::REGISTERING,
        reads::CASES,
        alerts::CASES,
        alerts::RECORDS,
        sub_records::IN_THE_END,
        exams::IN_THE_END,
        documents::CASES,
        documents::AFTERWARDS,
    ];
    let asked = tables.into_iter().flatten().copied();
    asked
        .chain(Operation::ALL.iter().copied().map(without_caller))
        .collect()
}

/// A request of nothing: no operation takes one.
fn without_caller(of: Operation) -> Case {
    Case {
        of,
        what: "a request that does not say who calls",
        shows: &[],
        ask: |_| Some(Ask::Empty),
        expect: Expect::Faulted(&[3001, 3002]),
    }
}

/// An empty request for an operation, in its envelope.
pub(crate) fn empty(of: Operation) -> String {
    enveloped(&format!(
        "<t:{of} xmlns:t=\"{SERVICE_NAMESPACE}\"><t:request></t:request></t:{of}>"
    ))
}

/// Any body in an envelope.
fn enveloped(body: &str) -> String {
    format!(
        "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body>{body}</s:Body></s:Envelope>"
    )
}

/// The answer is the one of that operation.
macro_rules! answer {
    ($response:expr, $operation:ident) => {
        match $response {
            pasi_wire::Response::$operation(answer) => answer,
            other => return Err(format!("{} answered", other.operation())),
        }
    };
}
pub(crate) use answer;

/// Goes on when it holds.
pub(crate) fn must(holds: bool, otherwise: impl Into<String>) -> Result<(), String> {
    if holds { Ok(()) } else { Err(otherwise.into()) }
}

/// The record exists and is given.
pub(crate) fn is_given(status: AvailabilityStatus) -> Result<(), String> {
    must(
        status == AvailabilityStatus::Normal,
        format!("{status}, where the record must be given"),
    )
}
