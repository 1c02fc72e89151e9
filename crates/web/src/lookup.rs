//! Small words that many pages need: a school's name, a code's label, a
//! student's place with the province.

use kernel::{Grade, Instant};
use ui::{Lang, State};

pub(crate) use ui::words::phone;

/// A code in the person's language; an unknown code stands for itself.
pub(crate) fn code(lang: Lang, set: codes::CodeSet, code: &str) -> String {
    codes::set(set).label(code, tongue(lang)).to_owned()
}

/// What a person is to a student: a code of the province, or one of our own words.
pub(crate) fn relationship(lang: Lang, code: &str) -> String {
    if people::LOCAL_RELATIONSHIPS.contains(&code) {
        lang.t(&format!("relationship-{code}")).into_owned()
    } else {
        self::code(lang, codes::CodeSet::GuardianRelationship, code)
    }
}

/// The language of code labels.
pub(crate) fn tongue(lang: Lang) -> codes::Lang {
    match lang {
        Lang::EnCa => codes::Lang::English,
        Lang::FrCa => codes::Lang::French,
    }
}

/// A grade code as it is read.
pub(crate) fn grade(code: &str) -> String {
    code.parse::<Grade>()
        .map_or_else(|_| code.to_owned(), |grade| grade.label().to_owned())
}

/// When something happened: "9:42 today", "Nov 18, 14:20".
pub(crate) fn moment(lang: Lang, at: Instant, now: Instant) -> String {
    lang.moment(at.local(), now.date().civil())
}

/// The connector's word for a student, as a state of the design.
pub(crate) fn sync(word: &str) -> State {
    match word.parse() {
        Ok(pasi::SyncState::Rejected) => State::Rejected,
        Ok(pasi::SyncState::Conflict) => State::Conflict,
        Ok(pasi::SyncState::Warning) => State::Warning,
        Ok(pasi::SyncState::Advice) => State::Advice,
        Ok(pasi::SyncState::Pending) => State::Pending,
        Ok(pasi::SyncState::InSync) => State::InSync,
        Err(_) => State::Neutral,
    }
}
