//! HTML components, page shell, words and assets. This crate knows no domain: it is given plain words and draws them.
//!
//! - [`shell::page`] wraps a body in the whole page; [`shell::fragment`] finishes a part that joins a page on screen.
//! - [`words::Lang`] holds every message, number and date in each language.
//! - [`form::Field`] is how anything is asked; a field cannot exist without its label, and findings stand beside it.
//! - [`assets::lookup`] answers requests below `/assets/`.
//!
//! Components emit no inline style and no inline script, so that [`shell::CONTENT_SECURITY_POLICY`] holds.
//! Each has a page in [`gallery`] with sample, empty and longest data.

pub mod action;
pub mod assets;
pub mod avatar;
pub mod card;
pub mod chart;
pub mod ctx;
pub mod dialog;
pub mod diff;
pub mod error_page;
pub mod facts;
pub mod family;
pub mod form;
pub mod gallery;
pub mod head;
pub mod icon;
pub mod list;
pub mod months;
pub mod notice;
pub mod pill;
pub mod print;
pub mod queue;
pub mod roll;
pub mod search;
pub mod shell;
pub mod sign_in;
pub mod steps;
pub mod student;
pub mod table;
pub mod tabs;
pub mod timeline;
pub mod timetable;
pub mod waiting;
pub mod words;

pub use action::Action;
pub use ctx::Ctx;
pub use icon::{Icon, icon, icon_lg};
pub use pill::State;
pub use shell::Title;
pub use words::{Arg, Lang};
