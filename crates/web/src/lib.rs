//! The pages. A page translates: it reads what was asked, calls one operation,
//! and chooses the answer; it holds no rule and no SQL.
//!
//! Read first: `routes.rs` (every address, in one table), `who.rs` (who asks),
//! `answer.rs` (what comes back), then any page, such as
//! `students/summary.rs`.

mod account;
mod answer;
mod app;
mod attendance;
mod context;
mod cover;
mod division;
mod families;
mod findings;
mod home;
mod listing;
mod lookup;
mod paper;
mod pasi;
mod past;
mod pattern;
mod posted;
mod register;
mod routes;
mod sections;
mod settings;
mod sign_in;
mod stale;
mod students;
mod system;
mod upload;
mod who;

pub use app::{App, Site};
pub use findings::in_english;
pub use register::RULES;
pub use routes::{ROUTES, Route, Who as Audience, router};
