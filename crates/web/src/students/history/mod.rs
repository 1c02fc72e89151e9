//! Everything that changed in a record, and who read what is sensitive in it: who, when, old to new, why.

mod enrolled;

use super::change::Details;
use super::head::{self, Opened, Page};
use crate::answer::{OrStop, PageResult, Stopped};
use crate::who::{Look, Who};
use crate::{App, context, lookup};
use access::Permit;
use access::action::{ViewHistory, ViewStudents};
use access::trail::SensitiveRead;
use axum::extract::{Path, State};
use codes::CodeSet;
use db::{Reading, Tx};
use enrolment::{Enrolment, ResponsibleSchool};
use kernel::{Instant, Outcome, StudentId};
use maud::{Markup, html};
use pasi::Schedules;
use people::{FieldChange, HistoryEntry, StudentContact};
use schools::Directory;
use ui::ctx::Job;
use ui::timeline::{Moment, timeline};
use ui::{Lang, card};

/// The page.
pub(crate) async fn page(State(app): State<App>, who: Who, Path(student): Path<StudentId>) -> PageResult {
    if !context::may::<ViewStudents>(who.standing()) {
        return brief(&app, &who, student).await;
    }
    let (standing, look) = (who.standing().clone(), who.visit.look);
    let opened = head::open(&app, &who, student, move |at, _| {
        let permit = Permit::<ViewHistory>::student(at, &standing, student)?;
        Story::read(at, &permit, student, look)
    });
    let Opened {
        head,
        ctx,
        shown: story,
    } = opened.await?;
    let body = html! {
        (head.draw(&who, Page::History, Vec::new()))
        (story.cards(ctx.lang, (&head.student.contacts, &head.directory), app.store().now()))
        (head.because(&who))
    };
    Ok(ui::shell::page(&ctx, ctx.lang.t("student-tab-history"), body).into())
}

/// Who saved one of these records of a student last, and when; empty for whoever may not see the history.
pub(super) async fn saved_by(
    app: &App,
    who: &Who,
    student: StudentId,
    records: &[String],
) -> Result<String, Stopped> {
    let (standing, lang, records) = (who.standing().clone(), who.lang(), records.to_vec());
    let read = move |at: &mut db::Reader| {
        let Ok(permit) = Permit::<ViewHistory>::student(at, &standing, student) else {
            return Ok(String::new());
        };
        let history = people::history(at, &permit, student)?;
        let last = history
            .into_iter()
            .find(|entry| records.contains(&entry.record_id));
        let now = at.now();
        Ok(last.map_or_else(String::new, |entry| {
            format!(
                "{}, {}",
                lookup::who(lang, &entry.by),
                lookup::moment(lang, entry.at, now)
            )
        }))
    };
    app.store().read(who.division(), read).await.or_stop(app, who)
}

/// The page of a reader of histories who sees no students, such as the privacy
/// officer: a head without details, and a line in the audit.
async fn brief(app: &App, who: &Who, student: StudentId) -> PageResult {
    let (standing, look) = (who.standing().clone(), who.visit.look);
    let read = move |tx: &mut Tx| {
        let permit = Permit::<ViewHistory>::student(tx, &standing, student)?;
        access::trail::read_sensitive(tx, &permit, student, "history");
        let head = people::brief_header(tx, &permit, student)?;
        let story = Story::read(tx, &permit, student, look)?;
        Ok((head, story, schools::directory(tx)?))
    };
    let (head, story, directory) = app.store().write(who.actor(), read).await.or_stop(app, who)?;
    let ctx = context::of(app, who, Job::Students).await?;
    let gates = head::gates(ctx.lang, &head.restrictions);
    let body = html! {
        (ui::student::brief_header(ctx.lang, &gates, &head.listed, &head.local_number))
        (story.cards(ctx.lang, (&[], &directory), app.store().now()))
    };
    Ok(ui::shell::page(&ctx, ctx.lang.t("student-tab-history"), body).into())
}

/// What happened to a record, whoever keeps the part of it; newest first each.
#[derive(Default)]
pub(super) struct Story {
    pub(super) people: Vec<HistoryEntry>,
    pub(super) enrolments: Vec<Enrolment>,
    pub(super) responsible: Vec<ResponsibleSchool>,
    pub(super) reads: Vec<SensitiveRead>,
    pub(super) schedules: Schedules,
}

impl Story {
    /// All of it; as far as was known then in a look at another day.
    fn read(
        at: &mut impl Reading,
        permit: &Permit<ViewHistory>,
        student: StudentId,
        look: Option<Look>,
    ) -> Outcome<Self> {
        let mut all = Self {
            people: people::history(at, permit, student)?,
            enrolments: enrolment::history(at, permit, student)?,
            responsible: enrolment::responsible_history(at, permit, student)?,
            reads: access::trail::reads_of(at, permit, student)?,
            schedules: Schedules::read(at)?,
        };
        if let Some(look) = look {
            let known = look.moment();
            all.people.retain(|entry| entry.at <= known);
            all.enrolments.retain(|one| one.known.from <= known);
            all.responsible.retain(|one| one.known.from <= known);
            all.reads.retain(|one| one.at <= known);
        }
        Ok(all)
    }

    /// Lines of a timeline, newest first. `around` names the persons around the student.
    pub(super) fn moments(
        &self,
        lang: Lang,
        (around, directory): (&[StudentContact], &Directory),
        now: Instant,
    ) -> Vec<Moment> {
        let people = self
            .people
            .iter()
            .map(|entry| (entry.at, moment(lang, around, entry, now)));
        let mut all: Vec<(Instant, Moment)> = people.collect();
        all.extend(enrolled::enrolments(
            lang,
            (directory, &self.schedules),
            &self.enrolments,
            now,
        ));
        all.extend(enrolled::responsible_schools(
            lang,
            directory,
            &self.responsible,
            now,
        ));
        all.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
        all.into_iter().map(|(_, moment)| moment).collect()
    }

    /// What changed, and beside it who read what is sensitive.
    fn cards(&self, lang: Lang, around: (&[StudentContact], &Directory), now: Instant) -> Markup {
        let changed = card::Head::new("history", lang.t("student-tab-history"));
        let read_by = card::Head::new("reads", lang.t("history-reads"));
        let reads: Vec<Moment> = self.reads.iter().map(|one| read(lang, one, now)).collect();
        html! {
            div class="grid" {
                div class="s8" { (card::card(&changed, &timeline(lang, &self.moments(lang, around, now)))) }
                div class="s4" {
                    @if reads.is_empty() { (card::card(&read_by, &ui::waiting::empty(&lang.t("history-reads-none"), None))) }
                    @else { (card::card(&read_by, &timeline(lang, &reads))) }
                }
            }
        }
    }
}

/// Who read what.
fn read(lang: Lang, one: &SensitiveRead, now: Instant) -> Moment {
    Moment {
        what: lang.t(&format!("history-read-{}", one.what)).into_owned(),
        detail: detail(lang, &[], &one.by, ""),
        when: lookup::moment(lang, one.at, now),
        now: false,
    }
}

/// What changed, by whom, why.
fn detail(lang: Lang, parts: &[String], by: &str, reason: &str) -> String {
    let is_practice = by == "[System] Practice";
    let by = lookup::who(lang, by);
    let mut told: Vec<String> = parts.iter().map(|part| sentence(part)).collect();
    told.push(
        lang.tx("history-done-by", &[("who", by.as_ref().into())])
            .into_owned(),
    );
    // The practice division gives its own name as the reason of all it makes.
    if !reason.is_empty() && !is_practice {
        let reason = sentence(reason);
        told.push(
            lang.tx("history-because", &[("reason", reason.into())])
                .into_owned(),
        );
    }
    told.join(" ")
}

/// Ended by a full stop, unless it ends a sentence already.
fn sentence(text: &str) -> String {
    if text.ends_with(['.', '!', '?', '…']) {
        text.to_owned()
    } else {
        format!("{text}.")
    }
}

/// One change as a line of a timeline. `around` names the persons around the student.
fn moment(lang: Lang, around: &[StudentContact], entry: &HistoryEntry, now: Instant) -> Moment {
    let parts: Vec<String> = entry
        .changes
        .iter()
        .filter_map(|change| told(lang, around, entry, change))
        .collect();
    // What a new record says stands in one sentence, what changed in one each.
    let parts = match parts.as_slice() {
        [_, ..] if entry.version == 1 => {
            let said = parts.join(", ");
            vec![lang.tx("history-recorded", &[("what", said.into())]).into_owned()]
        }
        _ => parts,
    };
    Moment {
        what: sentence(&lang.t(&format!("record-{}", entry.kind))),
        detail: detail(lang, &parts, &entry.by, &entry.reason),
        when: lookup::moment(lang, entry.at, now),
        now: false,
    }
}

/// A changed field in words; none for what tells nothing.
fn told(lang: Lang, around: &[StudentContact], entry: &HistoryEntry, change: &FieldChange) -> Option<String> {
    let value = |text: &str| value(lang, around, (entry.kind, change.field), text);
    let (old, new) = (value(&change.old), value(&change.new));
    let field = match (entry.kind, change.field) {
        ("phone", "is_preferred") => lang.t("family-called-first"),
        (_, field) => lang.t(&format!("field-{}", field.replace('_', "-"))),
    };
    Some(match (old, new) {
        (None, None) => return None,
        // What was recorded for the first time is told by itself where it speaks for itself.
        (None, Some(_)) if change.new == "yes" && entry.version == 1 => field.into_owned(),
        (None, Some(new)) if entry.version == 1 && !needs_name(change.field) => new,
        (None, Some(new)) if entry.version == 1 => format!("{field} {new}"),
        (None, Some(new)) => {
            let (field, new) = (field.as_ref().into(), new.as_str().into());
            lang.tx("history-set", &[("field", field), ("new", new)])
                .into_owned()
        }
        (Some(old), None) => {
            let (field, old) = (field.as_ref().into(), old.as_str().into());
            lang.tx("history-removed", &[("field", field), ("old", old)])
                .into_owned()
        }
        (Some(old), Some(new)) => {
            let (field, old, new) = (field.as_ref().into(), old.as_str().into(), new.as_str().into());
            lang.tx("history-changed", &[("field", field), ("old", old), ("new", new)])
                .into_owned()
        }
    })
}

/// Dates and numbers say nothing without the name of their field.
fn needs_name(field: &str) -> bool {
    field.ends_with("_on")
        || matches!(
            field,
            "asn" | "local_number" | "birth_date" | "call_order" | "extension" | "document_last_four"
        )
}

/// A recorded text as it is read: codes by their labels, persons by their names. None for nothing, and for
/// a person who is not around the student any more.
fn value(lang: Lang, around: &[StudentContact], (kind, field): (&str, &str), text: &str) -> Option<String> {
    if text.is_empty() {
        return None;
    }
    if let Some(set) = Details::code_set(field).filter(|_| kind == "identity") {
        return Some(lookup::code(lang, set, text));
    }
    let set = match (kind, field) {
        (_, "province") => CodeSet::Province,
        (_, "country") => CodeSet::Country,
        (_, "relationship") => return Some(lookup::relationship(lang, text)),
        ("person", "language") => CodeSet::LanguageAtHome,
        ("address", "kind") => CodeSet::AddressType,
        ("address", "format") => CodeSet::AddressFormat,
        ("phone", "kind") => CodeSet::PhoneType,
        ("citizenship", "status") => CodeSet::CitizenshipStatus,
        ("restriction", "code") => CodeSet::DisclosureRestriction,
        ("email", "kind") => return Some(lang.t(&format!("email-{text}")).into_owned()),
        (_, "custody") => return Some(lang.t(&format!("history-custody-{text}")).into_owned()),
        ("name", "source_change") => CodeSet::SourceChangeCode,
        (_, "last_name") if text == "LNU" => return Some(lang.t("history-single-name").into_owned()),
        ("name", "kind") => return Some(lang.t(&format!("history-name-{text}")).into_owned()),
        (_, "number" | "home_phone" | "mobile_phone" | "work_phone") => return Some(lookup::phone(text)),
        (_, "person") => {
            let mut around = around.iter();
            let person = around.find(|contact| contact.person.id.to_string() == text)?;
            return Some(person.person.value.name.sentence());
        }
        _ if text == "yes" => return Some(lang.t("yes").into_owned()),
        _ => return Some(text.to_owned()),
    };
    Some(lookup::code(lang, set, text))
}

#[cfg(test)]
mod tests {
    use super::{needs_name, value};
    use ui::Lang;

    #[test]
    fn a_recorded_text_is_told_in_words() {
        for (kind, field, text, told) in [
            ("identity", "gender", "F", Some("Female")),
            ("phone", "number", "7805550147", Some("780-555-0147")),
            ("contact", "custody", "joint", Some("joint custody")),
            ("name", "kind", "legal", Some("legal")),
            ("name", "last_name", "LNU", Some("single name, no last name")),
            ("email", "kind", "School", Some("School")),
            ("contact", "person", "18f31ed1-8f8f-59d9-9563-9cc71e0ec33c", None),
            ("identity", "asn", "", None),
            ("address", "city", "Marten Lake", Some("Marten Lake")),
        ] {
            let read = value(Lang::EnCa, &[], (kind, field), text);
            assert_eq!(read.as_deref(), told, "{kind} {field}");
        }
    }

    #[test]
    fn dates_keep_the_name_of_their_field() {
        assert!(needs_name("effective_on") && !needs_name("street"));
    }
}
