//! Small words that many pages need: a school's name, a code's label, a
//! student's place with the province.

use codes::CodeSet;
use kernel::{Grade, Instant, SchoolYear};
use std::borrow::Cow;
use ui::form::Choice;
use ui::{Lang, State};

pub(crate) use ui::words::phone;

/// A code in the person's language; an unknown code stands for itself.
pub(crate) fn code(lang: Lang, set: CodeSet, code: &str) -> String {
    codes::set(set).label(code, tongue(lang)).to_owned()
}

/// The codes of a set that are offered in a school year, to choose from.
pub(crate) fn choices(lang: Lang, set: CodeSet, year: SchoolYear) -> Vec<Choice> {
    let offered = codes::set(set).offered_in(year);
    offered
        .map(|code| Choice::new(code.code.as_str(), code.label(tongue(lang))))
        .collect()
}

/// The same with the number before each label: a number is what the office
/// knows a code by; a word in capitals is the province's own.
pub(crate) fn numbered_choices(lang: Lang, set: CodeSet, year: SchoolYear) -> Vec<Choice> {
    let mut all = choices(lang, set, year);
    for choice in &mut all {
        if choice.value.bytes().all(|byte| byte.is_ascii_digit()) {
            choice.label = format!("{} {}", choice.value, choice.label);
        }
    }
    all
}

/// What a person is to a student: a code of the province, or one of our own words.
pub(crate) fn relationship(lang: Lang, code: &str) -> String {
    if people::LOCAL_RELATIONSHIPS.contains(&code) {
        lang.t(&format!("relationship-{code}")).into_owned()
    } else {
        self::code(lang, CodeSet::GuardianRelationship, code)
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

/// Who did something: a person's name as it is kept, the program in the reader's language.
pub(crate) fn who(lang: Lang, name: &str) -> Cow<'_, str> {
    match name.strip_prefix("[System] ") {
        None => Cow::Borrowed(name),
        Some("Practice") => lang.t("who-practice"),
        Some("Sync" | "PASI") => lang.t("who-pasi"),
        Some(_) => lang.t("who-program"),
    }
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
