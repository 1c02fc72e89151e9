//! Attendance: the rolls of the day, one roll, and what the office does with it.

pub(crate) mod board;
pub(crate) mod chronic;
pub(crate) mod codes;
pub(crate) mod desk;
pub(crate) mod differences;
pub(crate) mod home;
pub(crate) mod letters;
pub(crate) mod many;
mod many_shown;
pub(crate) mod record;
pub(crate) mod reported;
pub(crate) mod roll;
pub(crate) mod roll_post;
pub(crate) mod summary;
pub(crate) mod unexplained;
pub(crate) mod worker;

use crate::context::may;
use crate::pattern::Pattern;
use crate::who::Who;
use access::action::ManageAttendance;
use attendance::{Code, Meaning, RollAt, Slot};
use db::Reading;
use kernel::{Date, Failure, Outcome, SchoolId};
use maud::Markup;
use schools::Directory;
use ui::Lang;
use ui::roll::Tone;
use ui::tabs::{Tab, tabs};

/// The pages of attendance, as tabs of the office.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Page {
    Board,
    Unexplained,
    Desk,
    Many,
    Letters,
    Summary,
    Chronic,
    Codes,
}

impl Page {
    const ALL: [Self; 8] = [
        Self::Board,
        Self::Unexplained,
        Self::Desk,
        Self::Many,
        Self::Letters,
        Self::Summary,
        Self::Chronic,
        Self::Codes,
    ];

    const fn path(self) -> &'static str {
        match self {
            Self::Board => "/attendance",
            Self::Unexplained => "/attendance/unexplained",
            Self::Desk => "/attendance/desk",
            Self::Many => "/attendance/many",
            Self::Letters => "/attendance/letters",
            Self::Summary => "/attendance/summary",
            Self::Chronic => "/attendance/chronic",
            Self::Codes => "/attendance/codes",
        }
    }

    const fn words(self) -> &'static str {
        match self {
            Self::Board => "attendance-tab-board",
            Self::Unexplained => "attendance-tab-unexplained",
            Self::Desk => "attendance-tab-desk",
            Self::Many => "attendance-tab-many",
            Self::Letters => "attendance-tab-letters",
            Self::Summary => "attendance-tab-summary",
            Self::Chronic => "attendance-tab-chronic",
            Self::Codes => "attendance-tab-codes",
        }
    }
}

/// The tabs; a teacher has none.
fn office_tabs(who: &Who, here: Page, school: SchoolId) -> Markup {
    if !may::<ManageAttendance>(who.standing()) {
        return Markup::default();
    }
    let lang = who.lang();
    let all: Vec<Tab> = Page::ALL
        .iter()
        .map(|page| {
            let href = format!("{}?school={school}", page.path());
            Tab::new(lang.t(page.words()), href).current(*page == here)
        })
        .collect();
    tabs(lang, &lang.t("nav-attendance"), &all)
}

/// The school a page is about: the one asked for, else the one on screen, else the first of the role's. Not found when
/// none of the role's is meant.
pub(crate) fn school_of(who: &Who, directory: &Directory, asked: &str) -> Outcome<SchoolId> {
    let own = &who.standing().schools;
    let reaches =
        |school: SchoolId| directory.get(school).is_some() && (own.is_empty() || own.contains(&school));
    let meant = if asked.is_empty() {
        let first = directory
            .all()
            .iter()
            .map(|school| school.id)
            .find(|school| reaches(*school));
        who.school().filter(|school| reaches(*school)).or(first)
    } else {
        asked.parse().ok().filter(|school| reaches(*school))
    };
    meant.ok_or(Failure::NotFound)
}

/// The day a page is about: the one asked for, else today; not found when it is none.
fn day_of(at: &impl Reading, asked: &str) -> Outcome<Date> {
    if asked.is_empty() {
        Ok(at.today())
    } else {
        asked.parse().map_err(|_| Failure::NotFound)
    }
}

/// The address of a roll.
fn address(at: &RollAt) -> String {
    let (school, on, group) = (at.school.to_string(), at.on.to_string(), at.group.key());
    let pairs = [
        ("school", school.as_str()),
        ("on", on.as_str()),
        ("slot", at.slot.as_str()),
        ("group", group.as_str()),
    ];
    format!("/attendance/roll{}", crate::answer::query(pairs))
}

/// A slot in words.
pub(crate) fn slot_words(lang: Lang, slot: Slot) -> String {
    match slot {
        Slot::Morning => lang.t("slot-am").into_owned(),
        Slot::Afternoon => lang.t("slot-pm").into_owned(),
        Slot::Period(number) => lang
            .tx("slot-period", &[("n", i64::from(number).into())])
            .into_owned(),
    }
}

/// A slot as a school calls it: a period by its name.
pub(crate) fn slot_named(lang: Lang, pattern: &Pattern, slot: Slot) -> String {
    match slot {
        Slot::Period(number) => pattern.period(lang, number),
        _ => slot_words(lang, slot),
    }
}

/// What a mark or a word says: letter and label.
pub(crate) fn letter_words(lang: Lang, codes: &attendance::Codes, (letter, on): (&str, Date)) -> String {
    let code = codes.find(letter, on);
    code.map_or_else(
        || letter.to_owned(),
        |code| format!("{letter} {}", label(lang, code)),
    )
}

/// A code in the language of the page.
pub(crate) fn label(lang: Lang, code: &Code) -> &str {
    match lang {
        Lang::EnCa => &code.label_en,
        Lang::FrCa => &code.label_fr,
    }
}

/// A meaning as it is coloured.
pub(crate) const fn tone(meaning: Meaning) -> Tone {
    match meaning {
        Meaning::Present => Tone::Present,
        Meaning::Unexplained | Meaning::Unauthorized => Tone::Absent,
        Meaning::Late => Tone::Late,
        Meaning::Authorized | Meaning::Activity => Tone::Excused,
    }
}
