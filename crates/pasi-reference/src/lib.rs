//! The open PASI reference server: the province for tests, demonstrations and
//! other people's systems. It speaks the contract of `pasi-wire` as SOAP over
//! mutual TLS, keeps its own records, and can be told to misbehave.
//!
//! Terms: a *client* is a registered system with certificates, organizations
//! and roles; an *association* says how much a client may know of a student;
//! a *feed* is what one authority is told of one kind of record.
//!
//! Read first: [`serve`] (start it), [`Server::seed`] (fill it),
//! [`Outside`] (change something as somebody else), [`Ministry`] (see and
//! decide what the province does), [`Trouble`] (break it).

mod access;
mod alerts;
mod association;
mod calls;
mod catalogue;
mod certificate;
mod clients;
mod code_tables;
mod config;
mod console;
mod desk;
mod disposal;
mod examinations;
mod http;
mod identify;
mod images;
mod judged;
mod lists;
mod ministry;
mod numbers;
mod ops;
mod outside;
mod pki;
mod polls;
mod posting;
mod processor;
mod refusal;
mod results;
mod server;
mod state;
mod store;
mod trail;
mod transcripts;
mod transitions;
mod trouble;
mod vault;

/// A practice province, loaded in one piece.
pub mod seed;

pub use association::Association;
pub use calls::Call;
pub use catalogue::catalogue;
pub use clients::{Client, ClientCertificate, NewClient};
pub use config::{Config, StartError};
pub use desk::ClientTerms;
pub use disposal::Disposal;
pub use examinations::{achievement_tests, diploma_exams};
pub use judged::JUDGED;
pub use ministry::{Dossier, Ministry, Overview, Search, YearAtDesk};
pub use outside::{Outside, OutsideError};
pub use pki::{Credentials, PkiError, Validity};
pub use posting::MinistryRecord;
pub use results::{ExamResult, Examinations, TestResult};
pub use server::{Server, serve};
pub use trail::Deed;
pub use trouble::{Outage, Trouble};
