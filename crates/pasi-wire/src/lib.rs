//! The PASI contract as types: messages, SOAP envelopes, the WSDL, the rules
//! of the province and the choices made where its pages are silent. No I/O.
//!
//! Terms: an [`Operation`] has one [`Request`] and one [`Response`]; a
//! *rejection* is a rule's refusal inside a normal response, a [`Fault`]
//! replaces the response, a *core alert* is found after the record was stored.
//!
//! Read first: [`messages`] (what travels), [`soap`] (how it travels),
//! [`rules`] (what the province says of it), [`ASSUMPTIONS`] (what was chosen).

mod assumptions;
mod error;
mod operation;
mod parts;
mod wsdl;

pub mod hash;
/// Requests, responses and the records in them.
pub mod messages;
pub mod rules;
pub mod soap;
pub mod text;
pub mod window;
pub mod xml;

pub use assumptions::{ASSUMPTIONS, Assumption, Mark, Namespace, SERVICE_NAMESPACE, soap_action};
pub use error::{Defect, Fault, WireError};
pub use operation::{Called, ClientRole, Kind, Operation, Request, Response};
pub use wsdl::{wsdl, wsdl_at};
