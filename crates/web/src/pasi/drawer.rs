//! The open item of the queue: what happened, both sides, what can be done.

use super::care::{self, Care};
use super::queue::{Asked, state, translated};
use super::{link, offer, sides};
use crate::students::head::{self, Page};
use crate::who::Who;
use crate::{cover, lookup};
use access::action::{DecidePasi, ViewMedical, ViewPasi, ViewStudents};
use access::{Permit, Standing};
use db::Reading;
use kernel::{Instant, Outcome, PasiItemId, StudentId};
use maud::{Markup, html};
use pasi::{Acknowledgement, Difference, ItemState, QueueRow, Side};
use people::StudentHeader;
use schools::Directory;
use ui::form::Choice;
use ui::queue::Drawer;
use ui::timeline::Moment;
use ui::{Action, Icon, Lang};

/// The open row with what belongs to it.
pub(super) struct Open {
    pub(super) row: QueueRow,
    /// Sealed words are among what is shown: the reading is noted first.
    pub(super) is_opened: bool,
    header: StudentHeader,
    /// A caution that was not read in this session covers the details.
    is_covered: bool,
    sides: Vec<Side>,
    differences: Vec<Difference>,
    forms: Vec<Option<String>>,
    /// What is being said to the alert and has not reached PASI yet.
    on_its_way: Option<Acknowledgement>,
    care: Care,
    /// The versions of PASI's copies that the row shows.
    seen: String,
}

/// Reads what belongs to a row. `NotFound` when the student is not the person's to know.
pub(super) fn read(
    at: &mut db::Reader,
    standing: &Standing,
    since: Instant,
    mut row: QueueRow,
) -> Outcome<Open> {
    let permit = Permit::<ViewPasi>::student(at, standing, row.student)?;
    let students = Permit::<ViewStudents>::student(at, standing, row.student)?;
    // Before what is shown: what comes in between was not seen.
    let seen = pasi::seen(at, &[row.student])?;
    let header = people::header(at, &students, None, row.student)?;
    let is_covered = cover::covers(at, standing.actor.account, since, &header)?;
    let medical = Permit::<ViewMedical>::student(at, standing, row.student).ok();
    if let Some(item) = row.item.as_mut().filter(|_| medical.is_none()) {
        pasi::cover(item);
    }
    let (sides, differences) = match &row.item {
        _ if is_covered => (Vec::new(), Vec::new()),
        Some(item) => (pasi::sides(at, &permit, medical.as_ref(), item)?, Vec::new()),
        None => (
            Vec::new(),
            pasi::differences_for(at, medical.as_ref(), row.student)?,
        ),
    };
    let is_opened = pasi::holds_opened(&differences)
        || !sides.is_empty() && row.item.as_ref().is_some_and(pasi::is_sealed);
    let forms = offer::forms(at, row.student, &differences)?;
    let on_its_way = match &row.item {
        Some(item) if item.state == ItemState::Alert => pasi::on_its_way(at, item)?,
        _ => None,
    };
    let decide = Permit::<DecidePasi>::student(at, standing, row.student).ok();
    let care = care::read(at, &permit, decide.as_ref(), row.id(), row.assigned.clone())?;
    Ok(Open {
        row,
        is_opened,
        header,
        is_covered,
        sides,
        differences,
        forms,
        on_its_way,
        care,
        seen,
    })
}

/// A row that is open but not among the rows of the tab: by an item's id, or a
/// student's whose sides differ. `NotFound` for anything else.
pub(super) fn elsewhere(
    at: &mut db::Reader,
    standing: &Standing,
    since: Instant,
    open: &str,
) -> Outcome<Option<Open>> {
    if let Ok(id) = open.parse::<PasiItemId>() {
        match pasi::item(at, id) {
            Err(kernel::Failure::NotFound) => {}
            found => {
                let item = found?;
                let row = QueueRow {
                    student: item.student()?,
                    name: String::new(),
                    school: item.school_id,
                    since: item.created_at,
                    fields: 0,
                    assigned: None,
                    is_cautioned: false,
                    item: Some(item),
                };
                return read(at, standing, since, row).map(Some);
            }
        }
    }
    let Ok(student) = open.parse::<StudentId>() else {
        return Ok(None);
    };
    let now = at.now();
    let row = QueueRow {
        item: None,
        student,
        name: String::new(),
        school: None,
        since: now,
        fields: 0,
        assigned: None,
        is_cautioned: false,
    };
    let found = read(at, standing, since, row)?;
    Ok(Some(found).filter(|open| open.is_covered || !open.differences.is_empty()))
}

/// Draws the open row. `here` is the queue as it is, `on` the one to go on with when this row is done.
pub(super) fn draw(
    who: &Who,
    (here, on): (&Asked, &Asked),
    open: &Open,
    directory: &Directory,
    now: Instant,
) -> Markup {
    let lang = who.lang();
    let item = open.row.item.as_ref().filter(|_| !open.is_covered);
    let may_decide = crate::context::may::<DecidePasi>(who.standing());
    let card = &open.header.card;
    let facts = facts(lang, open, directory);
    let close = on.opening("").path();
    let (subject, story) = (subject(lang, open), story(lang, open, now));
    let outcomes = item
        .filter(|_| may_decide && open.on_its_way.is_none())
        .map(|item| outcomes(lang, item))
        .unwrap_or_default();
    let proposed = outcomes
        .first()
        .map(|choice| choice.value.clone())
        .unwrap_or_default();
    let action = item.map(|item| format!("/pasi/items/{}/decide{}", item.id, on.query()));
    let verb = if item.is_some_and(|item| item.state == ItemState::Approval) {
        "pasi-page-approve"
    } else {
        "pasi-page-apply"
    };
    let back = on.path();
    let drawn = html! {
        (gates(lang, &open.header))
        @if let Some(item) = item { (rules(lang, item)) }
        @if let Some(item) = item.filter(|item| may_decide && is_duplicate(item)) { (link::place(lang, item.id)) }
        (sides::sent(lang, &open.sides))
        @if !open.differences.is_empty() {
            (sides::decisions(who, open.row.student, (&open.differences, &open.forms), may_decide, &back))
        }
    };
    let details = item.map(|item| details(lang, item)).unwrap_or_default();
    ui::queue::drawer(
        lang,
        &Drawer {
            name: &card.list_name,
            facts: &facts,
            state: state(open.row.item.as_ref()),
            close: &close,
            subject: &subject,
            story: &story,
            sides: drawn,
            outcomes,
            proposed: &proposed,
            action: action.as_deref().unwrap_or_default(),
            csrf: &who.holder().csrf,
            seen: &open.seen,
            verb: &lang.t(verb),
            more: if open.is_covered {
                vec![place(lang, open)]
            } else {
                [vec![place(lang, open)], open.care.actions(lang, here)].concat()
            },
            care: if open.is_covered {
                html! {}
            } else {
                open.care.draw(who, here, now)
            },
            details: &details,
            history: item.map(|item| history(lang, item, now)).unwrap_or_default(),
        },
    )
}

/// ASN, grade, school; the ASN alone of a covered record.
fn facts(lang: Lang, open: &Open, directory: &Directory) -> String {
    let card = &open.header.card;
    let mut facts = vec![card.asn.map_or_else(
        || lang.t("student-no-asn").into_owned(),
        |asn| format!("{} {asn}", lang.t("student-asn")),
    )];
    if open.is_covered {
        return facts.concat();
    }
    if !card.grade.is_empty() {
        facts.push(
            lang.tx("crumb-grade", &[("grade", lookup::grade(&card.grade).into())])
                .into_owned(),
        );
    }
    facts.extend(
        card.school
            .or(open.row.school)
            .map(|school| directory.name(school).to_owned()),
    );
    facts.join(" · ")
}

fn subject(lang: Lang, open: &Open) -> String {
    if open.is_covered {
        return lang.t("student-record").into_owned();
    }
    let kind = open.row.item.as_ref().map(|item| item.record_kind.as_str());
    kind.map_or_else(
        || lang.t("pasi-differences"),
        |kind| lang.t(&format!("record-{kind}")),
    )
    .into_owned()
}

/// What happened, blaming nobody.
fn story(lang: Lang, open: &Open, now: Instant) -> String {
    if open.is_covered {
        return lang.t("pasi-page-covered").into_owned();
    }
    let Some(item) = &open.row.item else {
        return lang
            .tx("pasi-page-story-differs", &[("n", open.differences.len().into())])
            .into_owned();
    };
    if let Some(said) = open.on_its_way {
        let said = lang.t(&format!("pasi-ack-{}", ack_name(said)));
        return lang
            .tx("pasi-page-story-saying", &[("said", said.into())])
            .into_owned();
    }
    let person = item.actor().map(|actor| actor.name).unwrap_or_default();
    let when = lookup::moment(lang, item.created_at, now);
    let words = format!("pasi-page-story-{}", item.state.as_str());
    lang.tx(&words, &[("who", person.into()), ("when", when.into())])
        .into_owned()
}

/// Restrictions are read before any detail.
fn gates(lang: Lang, header: &StudentHeader) -> Markup {
    html! {
        @for gate in head::gates(lang, &header.restrictions).iter().chain(&head::custody_gates(lang, &header.custody)) {
            (ui::student::gate_line(gate))
        }
    }
}

/// What PASI said: number and words unaltered, in its own language; in French the register's sentence before them.
pub(super) fn rules(lang: Lang, item: &pasi::Item) -> Markup {
    let answer = item.answer();
    html! {
        @if !answer.rules.is_empty() {
            ul class="list b-top" aria-label=(lang.t("pasi-page-said")) {
                @for rule in &answer.rules {
                    li class="row-x top" {
                        span class="num b nw" { (lang.tx("pasi-page-rule", &[("code", rule.code.to_string().into())])) }
                        span class="grow" {
                            @if let Some(said) = translated(lang, rule) { (said) br; span class="xs dim" lang="en" { (rule.message) } }
                            @else { span lang="en" { (rule.message) } }
                            @for (name, value) in &rule.arguments { br; span class="xs dim" { (name) ": " (value) } }
                        }
                    }
                }
            }
        }
    }
}

/// Two outcomes with their consequence, the one proposed first; none where a
/// record must be put right instead.
pub(super) fn outcomes(lang: Lang, item: &pasi::Item) -> Vec<Choice> {
    if item.state == ItemState::Alert {
        return pasi::may_be_said(item)
            .into_iter()
            .map(|said| {
                let name = ack_name(said);
                Choice::new(name, lang.t(&format!("pasi-ack-{name}-do")))
                    .note(lang.t(&format!("pasi-ack-{name}-note")))
            })
            .collect();
    }
    let names: &[&str] = match item.state {
        ItemState::Rejected => &["resend", "drop"],
        ItemState::Conflict => &["drop", "resend"],
        ItemState::Approval => &["approve", "drop"],
        _ => &[],
    };
    let choice = |name: &&str| {
        let note = lang.t(&format!("pasi-page-{}-{name}-note", item.state.as_str()));
        Choice::new(*name, lang.t(&format!("pasi-page-outcome-{name}"))).note(note)
    };
    names.iter().map(choice).collect()
}

/// A word to an alert, as it stands in forms and keys of words.
pub(super) const fn ack_name(said: Acknowledgement) -> &'static str {
    match said {
        Acknowledgement::Acknowledged => "acknowledged",
        Acknowledgement::InProgress => "in-progress",
        Acknowledgement::Unacknowledged => "unacknowledged",
    }
}

/// Did PASI refuse to make a student because it has one already?
fn is_duplicate(item: &pasi::Item) -> bool {
    let answer = item.answer();
    item.state == ItemState::Rejected
        && answer
            .rules
            .iter()
            .any(|rule| link::DUPLICATES.contains(&rule.code))
}

/// The page of the record on which it can be put right.
fn place(lang: Lang, open: &Open) -> Action {
    let page = match open.row.item.as_ref().map(|item| item.record_kind.as_str()) {
        _ if open.is_covered => Page::Summary,
        Some("enrolment" | "responsible-school") => Page::Enrolment,
        Some("course-enrolment") => Page::Timetable,
        Some("medical") => Page::Medical,
        _ => Page::Summary,
    };
    let words = match open.row.item.as_ref().map(|item| item.state) {
        Some(ItemState::Alert | ItemState::Rejected) if !open.is_covered => "pasi-page-fix",
        _ => "pasi-page-record",
    };
    Action::link(lang.t(words), head::path(open.row.student, page)).icon(Icon::Pencil)
}

/// Operation, message, version: what support asks for.
pub(super) fn details(lang: Lang, item: &pasi::Item) -> String {
    let mut parts = vec![item.operation.clone()];
    if item.seen_version > 0 {
        parts.push(
            lang.tx(
                "pasi-page-version",
                &[("version", item.seen_version.to_string().into())],
            )
            .into_owned(),
        );
    }
    if !item.message_id.is_empty() {
        parts.push(item.message_id.clone());
    }
    parts.join(" · ")
}

pub(super) fn history(lang: Lang, item: &pasi::Item, now: Instant) -> Vec<Moment> {
    let person = item.actor().map(|actor| actor.name).unwrap_or_default();
    let made = Moment {
        what: lang.t("pasi-page-event-made").into_owned(),
        detail: lang.tx("history-done-by", &[("who", person.into())]).into_owned(),
        when: lookup::moment(lang, item.created_at, now),
        now: false,
    };
    let last = Moment {
        what: lang
            .t(&format!("pasi-page-event-{}", item.state.as_str()))
            .into_owned(),
        detail: lang
            .tx("pasi-page-tries", &[("n", item.attempts.into())])
            .into_owned(),
        when: lookup::moment(lang, item.changed_at, now),
        now: true,
    };
    vec![last, made]
}
