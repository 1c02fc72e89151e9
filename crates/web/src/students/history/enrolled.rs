//! Enrolments and responsible schools in a student's history: each version beside the one before it.

use crate::lookup;
use crate::students::enrolment::form;
use crate::students::responsible;
use codes::CodeSet;
use db::Known;
use enrolment::{Enrolment, ResponsibleSchool, State};
use kernel::Instant;
use pasi::Schedules;
use schools::Directory;
use ui::Lang;
use ui::timeline::Moment;

/// What was said of enrolments, each with its instant.
pub(super) fn enrolments(
    lang: Lang,
    (directory, schedules): (&Directory, &Schedules),
    all: &[Enrolment],
    now: Instant,
) -> Vec<(Instant, Moment)> {
    let told = |one: &Enrolment| {
        let before = all
            .iter()
            .find(|other| is_before(&other.known, &one.known) && other.id == one.id);
        let school = directory.name(one.school);
        let words = format!("history-enrolment-{}", became(before, one));
        let what = lang.tx(&words, &[("school", school.into())]).into_owned();
        let mut parts = changes(lang, schedules, before, one);
        if before.is_none() && !parts.is_empty() {
            let said = parts.join(", ");
            parts = vec![lang.tx("history-recorded", &[("what", said.into())]).into_owned()];
        }
        moment(lang, &what, &parts, &one.known, now)
    };
    all.iter().map(|one| (one.known.from, told(one))).collect()
}

/// What was said of responsible schools, each with its instant.
pub(super) fn responsible_schools(
    lang: Lang,
    directory: &Directory,
    all: &[ResponsibleSchool],
    now: Instant,
) -> Vec<(Instant, Moment)> {
    let told = |one: &ResponsibleSchool| {
        let said = responsible::words(lang, directory, &one.responsible);
        let reason = lookup::code(lang, CodeSet::TransitionReason, &one.transition_reason);
        let deleted = one
            .is_deleted
            .then(|| lang.t("enrolment-is-deleted").into_owned());
        let parts = [
            Some(said),
            Some(one.effective_on.to_string()),
            Some(reason),
            deleted,
        ];
        let what = lang.t("record-responsible-school").into_owned();
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        moment(lang, &what, &parts, &one.known, now)
    };
    all.iter().map(|one| (one.known.from, told(one))).collect()
}

fn is_before(known: &Known, than: &Known) -> bool {
    known.version + 1 == than.version
}

/// What became of it, as the words are named.
fn became(before: Option<&Enrolment>, now: &Enrolment) -> &'static str {
    let Some(before) = before else { return "made" };
    match (&before.state, &now.state) {
        (State::Deleted { .. }, State::Open | State::Ended(_)) => "restored",
        (State::Open | State::Ended(_), State::Deleted { .. }) => "deleted",
        (State::Open | State::Ended(_), State::Ended(_)) if is_left(now) && !is_left(before) => "ended",
        (State::Ended(_), State::Open) => "opened",
        _ => "changed",
    }
}

/// Did the student leave by it? A year that is planned to its end is not left.
fn is_left(enrolment: &Enrolment) -> bool {
    enrolment.state.exit().is_some() && enrolment.state.planned_end().is_none()
}

/// The fields that say something else than before; of a first version, those that say anything.
fn changes(lang: Lang, schedules: &Schedules, before: Option<&Enrolment>, now: &Enrolment) -> Vec<String> {
    let (old, new) = (before.map(form::fields_of), form::fields_of(now));
    let said = |fields: &crate::posted::Fields, name: &str| -> String {
        let values = fields.all(name);
        let words: Vec<String> = values
            .iter()
            .map(|value| form::say(lang, schedules, name, value))
            .collect();
        words.join(", ")
    };
    let asked = form::compared(lang);
    let told = asked.iter().filter_map(|(name, label)| {
        let new = said(&new, name);
        let Some(old) = old.as_ref().map(|fields| said(fields, name)) else {
            return (!new.is_empty()).then(|| format!("{label} {new}"));
        };
        if old == new {
            return None;
        }
        let (field, was) = (label.as_str().into(), old.as_str().into());
        Some(if old.is_empty() {
            let is = new.as_str().into();
            lang.tx("history-set", &[("field", field), ("new", is)])
                .into_owned()
        } else if new.is_empty() {
            lang.tx("history-removed", &[("field", field), ("old", was)])
                .into_owned()
        } else {
            let is = new.as_str().into();
            lang.tx("history-changed", &[("field", field), ("old", was), ("new", is)])
                .into_owned()
        })
    });
    told.collect()
}

/// A line of the timeline, with who and why.
fn moment(lang: Lang, what: &str, parts: &[String], known: &Known, now: Instant) -> Moment {
    Moment {
        what: super::sentence(what),
        detail: super::detail(lang, parts, &known.by, &known.reason),
        when: lookup::moment(lang, known.from, now),
        now: false,
    }
}
