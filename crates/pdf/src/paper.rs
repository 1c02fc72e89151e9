//! From a value to a file.

use crate::world::World;
use kernel::{Failure, Instant, Outcome};
use serde::Serialize;
use typst::diag::{Severity, SourceDiagnostic};
use typst::foundations::{Datetime, Smart};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

/// How many documents ago a piece of layout was used last when it is forgotten. What is kept holds names.
const REMEMBERED: usize = 1;

/// The templates there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Template {
    /// [`crate::letter::Letters`].
    Letters,
    /// [`crate::timetable::Timetables`].
    Timetables,
    /// [`crate::record::Records`].
    Records,
}

impl Template {
    /// Its file, and the text of it.
    pub(crate) const fn source(self) -> (&'static str, &'static str) {
        match self {
            Self::Letters => ("/letters.typ", include_str!("../templates/letters.typ")),
            Self::Timetables => ("/timetables.typ", include_str!("../templates/timetables.typ")),
            Self::Records => ("/records.typ", include_str!("../templates/records.typ")),
        }
    }
}

/// What a template prints.
pub trait Paper: Serialize {
    /// The template that prints it.
    const TEMPLATE: Template;
}

/// A document as PDF, made at that time.
///
/// `name` tells documents apart and stays the same when one is printed again;
/// it stands in the file as a hash alone. A fault when a template does not
/// fit its value. It may take seconds: not for the thread of a connection.
pub fn render<P: Paper>(paper: &P, (name, made_at): (&str, Instant)) -> Outcome<Vec<u8>> {
    let data = serde_json::to_string(paper).map_err(|error| fault("value", &error.to_string()))?;
    // The thin space of French figures: no font here has it.
    let data = data.replace('\u{202f}', "\u{a0}");
    let world = World::new(P::TEMPLATE, data.into_bytes())?;
    let made = compile(&world, name, made_at);
    typst::comemo::evict(REMEMBERED);
    made
}

fn compile(world: &World, name: &str, made_at: Instant) -> Outcome<Vec<u8>> {
    let laid_out = typst::compile::<PagedDocument>(world);
    let document = laid_out
        .output
        .map_err(|errors| fault("layout", &told(&errors)))?;
    let options = |standards: PdfStandards| PdfOptions {
        ident: Smart::Custom(name.to_owned()),
        creator: Smart::Custom(Some("Lodgepole".to_owned())),
        timestamp: utc(made_at).map(Timestamp::new_utc),
        standards,
        ..PdfOptions::default()
    };
    let accessible = PdfStandards::new(&[PdfStandard::Ua_1]);
    let accessible = accessible.map_err(|error| fault("standard", error.message()))?;
    typst_pdf::pdf(&document, &options(accessible))
        .or_else(|_| typst_pdf::pdf(&document, &options(PdfStandards::default())))
        .map_err(|errors| fault("export", &told(&errors)))
}

fn utc(at: Instant) -> Option<Datetime> {
    let at = jiff::tz::TimeZone::UTC.to_datetime(at.timestamp());
    let part = |number: i8| u8::try_from(number).ok();
    Datetime::from_ymd_hms(
        i32::from(at.year()),
        part(at.month())?,
        part(at.day())?,
        part(at.hour())?,
        part(at.minute())?,
        part(at.second())?,
    )
}

fn fault(step: &str, said: &str) -> Failure {
    Failure::Fault(format!("paper, {step}: {said}"))
}

/// What is wrong with a template, for the log. Hints are left out: they may quote the value.
fn told(all: &[SourceDiagnostic]) -> String {
    let errors = all.iter().filter(|one| one.severity == Severity::Error);
    let all: Vec<&str> = errors.map(|one| one.message.as_str()).collect();
    all.join("; ")
}
