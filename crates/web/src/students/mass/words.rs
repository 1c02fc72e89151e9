//! A change in words: its heading, its values, what may be done with it.

use crate::lookup;
use codes::CodeSet;
use enrolment::mass::{Batch, MassChange, Place};
use schools::Directory;
use ui::Lang;

/// The change in one line, as a heading: "Homeroom: 7B".
pub(super) fn title(lang: Lang, change: &MassChange) -> String {
    let word = lang.t(&format!("mass-{}", change.word()));
    let to = match change {
        MassChange::Homeroom { to } | MassChange::ResidentBoard { to } => to.clone(),
        MassChange::Grade { to } => lookup::grade(to.as_str()),
        MassChange::Start { to } | MassChange::End { to } => to.to_string(),
        MassChange::Withdraw { last_day } => last_day.to_string(),
        MassChange::AddGrant { code } | MassChange::RemoveGrant { code } => code.clone(),
        MassChange::Programming { kind, timeframe } => value(lang, change, &format!("{kind},{timeframe}")),
        MassChange::Student { to, .. } => value(lang, change, to),
        MassChange::Close(close) => close.year.to_string(),
        MassChange::Register(register) => register.year.to_string(),
    };
    if to.is_empty() {
        word.into_owned()
    } else if change.is_yearly() {
        format!("{word} {to}")
    } else {
        format!("{word}: {to}")
    }
}

/// A value of a row in words; a place needs [`place`].
pub(super) fn value(lang: Lang, change: &MassChange, text: &str) -> String {
    match change {
        MassChange::Grade { .. } => lookup::grade(text),
        MassChange::Student { field, .. } => lookup::code(lang, field.set(), text),
        MassChange::Programming { .. } => match text.split_once(',') {
            Some((kind, timeframe)) => format!(
                "{}, {}",
                lookup::code(lang, CodeSet::ProgrammingType, kind),
                lookup::code(lang, CodeSet::ProgrammingTimeframe, timeframe)
            ),
            None => text.to_owned(),
        },
        MassChange::AddGrant { .. } | MassChange::RemoveGrant { .. } => text.replace(',', ", "),
        _ => text.to_owned(),
    }
}

/// A place of a pre-registration: school, then grade and first day; none when there is none.
pub(super) fn place(lang: Lang, text: &str, directory: &Directory) -> Option<(String, String)> {
    let place: Place = serde_json::from_str(text).ok()?;
    let facts = lang.tx(
        "year-place",
        &[
            ("grade", place.seat.grade.label().into()),
            ("start", place.start.to_string().into()),
        ],
    );
    Some((directory.name(place.seat.school).to_owned(), facts.into_owned()))
}

/// The key of a word that a change at the end of a year says in its own way.
pub(super) fn key(batch: &Batch, word: &str) -> String {
    match &batch.change {
        Some(change) if change.is_yearly() => format!("year-{}-{word}", change.word()),
        _ => format!("mass-{word}"),
    }
}

/// Is it the end of a school year, or the beginning of the next?
pub(super) fn is_yearly(batch: &Batch) -> bool {
    batch.change.as_ref().is_some_and(MassChange::is_yearly)
}
