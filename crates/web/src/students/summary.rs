//! A student at a glance: differences with PASI to decide, family, enrolment, what changed last.

use super::head::{self, Head, Page};
use super::history;
use crate::answer::{Answer, OrStop, PageResult};
use crate::posted::Posted;
use crate::who::{LIVE_PART, Who};
use crate::{App, context, lookup};
use access::Permit;
use access::action::{DecidePasi, ViewHistory, ViewStudents};
use axum::extract::{Path, State};
use enrolment::Enrolment;
use kernel::{Instant, Outcome, StudentId};
use maud::{Markup, html};
use pasi::Difference;
use people::{HistoryEntry, Student, StudentContact};
use schools::Directory;
use ui::ctx::Job;
use ui::diff::{self, Chosen, Decision, Sides};
use ui::facts::Facts;
use ui::table::{Column, Row, Table};
use ui::timeline::timeline;
use ui::{Action, Icon, Lang, State as PillState, card};

/// What the page shows, read with one connection.
struct Shown {
    head: Head,
    student: Student,
    enrolments: Vec<Enrolment>,
    differences: Vec<Difference>,
    items: Vec<pasi::Item>,
    read_at: Option<Instant>,
    recent: Vec<HistoryEntry>,
    may_decide: bool,
}

/// Changes shown under "recent".
const RECENT: usize = 5;

/// The page. A record with a caution stays covered until the caution was read in this session.
pub(crate) async fn page(State(app): State<App>, who: Who, Path(student): Path<StudentId>) -> PageResult {
    let head = head::load(&app, &who, student).await?;
    let (account, since) = (who.holder().account, who.signed_in.since);
    if head.caution().is_some() {
        let seen = app
            .store()
            .read(who.division(), move |at| {
                access::trail::has_read(at, account, student, "notice", since)
            })
            .await
            .or_stop(&app, &who)?;
        if !seen {
            let ctx = context::of(&app, &who, Job::Students).await?;
            let cover = head.cover(&who).unwrap_or_default();
            return Ok(ui::shell::page(&ctx, ctx.lang.t("nav-students"), cover).into());
        }
    }
    let standing = who.standing().clone();
    let shown = app
        .store()
        .read(who.division(), move |at| read(at, &standing, head, student))
        .await
        .or_stop(&app, &who)?;
    let now = app.store().now();
    if who.visit.is_fragment {
        return Ok(ui::shell::fragment(live(&shown, &who, now)).into());
    }
    let ctx = context::of(&app, &who, Job::Students).await?;
    let body = html! {
        (shown.head.draw(&who, Page::Summary, Vec::new()))
        div class="grid" {
            div class="s7 stack" {
                (live(&shown, &who, now))
                (family(ctx.lang, &shown.student))
            }
            div class="s5 stack" {
                (enrolment_card(ctx.lang, &shown, context::year_shown(&app, &who)))
                (recent(ctx.lang, &shown, now))
            }
        }
        (shown.head.because(&who))
    };
    Ok(ui::shell::page(&ctx, ctx.lang.t("student-record"), body).into())
}

fn read(at: &mut db::Reader, standing: &access::Standing, head: Head, student: StudentId) -> Outcome<Shown> {
    let permit = Permit::<ViewStudents>::student(at, standing, student)?;
    let recent = match Permit::<ViewHistory>::wide(standing) {
        Ok(history) => {
            let mut entries = people::history(at, &history, student)?;
            entries.truncate(RECENT);
            entries
        }
        Err(_) => Vec::new(),
    };
    Ok(Shown {
        student: people::student(at, &permit, student)?,
        enrolments: enrolment::enrolments(at, &permit, student)?,
        differences: pasi::differences(at, student)?,
        items: pasi::of_student(at, student)?,
        read_at: pasi::read_at(at, student)?,
        recent,
        may_decide: context::may::<DecidePasi>(standing),
        head,
    })
}

/// "I have read this": kept in the audit, then the record opens.
pub(crate) async fn read_notice(
    State(app): State<App>,
    Path(student): Path<StudentId>,
    Posted { who, .. }: Posted,
) -> PageResult {
    let standing = who.standing().clone();
    app.store()
        .write(who.actor(), move |tx| {
            let permit = Permit::<ViewStudents>::student(tx, &standing, student)?;
            head::read(tx, &standing, student)?; // there is such a record
            access::trail::read_sensitive(tx, &permit, student, "notice");
            Ok(())
        })
        .await
        .or_stop(&app, &who)?;
    Ok(Answer::see(head::path(student, Page::Summary)))
}

/// The part that PASI's news reach by themselves.
fn live(shown: &Shown, who: &Who, now: Instant) -> Markup {
    let address = head::path(shown.student.id, Page::Summary);
    html! {
        div id=(LIVE_PART) hx-get=(address) hx-trigger="every 3s" hx-swap="morph:outerHTML" {
            (differences(who.lang(), shown, who, now))
        }
    }
}

fn differences(lang: Lang, shown: &Shown, who: &Who, now: Instant) -> Markup {
    let read = shown
        .read_at
        .map(|at| lang.tx("pasi-read-at", &[("when", lookup::moment(lang, at, now).into())]));
    let waiting = shown.items.iter().filter(|item| item.state.is_open()).count();
    let stuck: Vec<&pasi::Item> = shown
        .items
        .iter()
        .filter(|item| matches!(item.state, pasi::ItemState::Rejected | pasi::ItemState::Conflict))
        .collect();
    let alerts = shown
        .items
        .iter()
        .filter(|item| item.state == pasi::ItemState::Alert);
    let state = lookup::sync(&shown.head.header.card.sync_state);
    let beside = match shown.differences.len() {
        0 => ui::pill::state_pill(lang, state),
        count => ui::pill::pill(
            PillState::Conflict,
            &lang.tx("pasi-to-decide", &[("n", count.into())]),
        ),
    };
    let end = html! { span class="sm dim nw" { (read.unwrap_or_default()) } };
    let body = html! {
        @for item in stuck { (trouble(lang, item)) }
        @for item in alerts { (trouble(lang, item)) }
        @if shown.differences.is_empty() {
            div class="cb" {
                p class="m-0 sub" {
                    @if waiting > 0 { (lang.tx("pasi-waiting", &[("n", waiting.into())])) }
                    @else if state == PillState::InSync { (lang.t("pasi-agrees")) }
                    @else { (lang.t("pasi-see-above")) }
                }
            }
        } @else {
            (decide(lang, shown, who))
        }
    };
    let title = if shown.differences.is_empty() {
        "pasi-title"
    } else {
        "pasi-differences"
    };
    card::bare_card(
        &card::Head::new("pasi", lang.t(title)).beside(beside).end(end),
        &body,
    )
}

fn trouble(lang: Lang, item: &pasi::Item) -> Markup {
    let (tone, href) = match item.state {
        pasi::ItemState::Alert if item.operation == "Warning" => {
            (ui::notice::Tone::Warn, "/pasi?tab=warnings")
        }
        pasi::ItemState::Alert => (ui::notice::Tone::Info, "/pasi?tab=advice"),
        _ => (ui::notice::Tone::Bad, "/pasi?tab=rejected"),
    };
    let record = lang.t(&format!("record-{}", item.record_kind));
    let rules: Vec<String> = item
        .answer()
        .rules
        .iter()
        .map(|rule| format!("{} ({})", rule.message, rule.code))
        .collect();
    let more = [Action::link(lang.t("pasi-open-queue"), format!("{href}&open={}", item.id)).small()];
    html! { div class="cb" { (ui::notice::banner(tone, &record, &rules.join(" "), &more)) } }
}

fn decide(lang: Lang, shown: &Shown, who: &Who) -> Markup {
    let rows: Vec<diff::Difference> = shown
        .differences
        .iter()
        .enumerate()
        .map(|(at, found)| diff::Difference {
            name: format!("d{at}"),
            field: lang.t(&format!("pasi-field-{}", found.field)).into_owned(),
            cause: lang.t(&format!("pasi-cause-{}", found.cause)).into_owned(),
            ours: Some(found.ours.clone()).filter(|text| !text.is_empty()),
            theirs: Some(found.theirs.clone()).filter(|text| !text.is_empty()),
            chosen: Some(Chosen::Theirs),
            findings: Vec::new(),
        })
        .collect();
    let sides = Sides {
        ours: lang.t("pasi-ours").into_owned(),
        theirs: lang.t("pasi-theirs").into_owned(),
    };
    let decision = if shown.may_decide {
        Decision::OursOrTheirs
    } else {
        Decision::None
    };
    let body = html! {
        @for (at, found) in shown.differences.iter().enumerate() {
            input type="hidden" name={ "k" (at) } value={ (found.record_kind) "|" (found.record_key) "|" (found.field) "|" (found.core_version) };
        }
        (diff::differences(lang, &sides, decision, &rows))
        @if shown.may_decide {
            div class="ch b-top" {
                span class="sm sub grow" { (lang.t("pasi-nothing-until")) }
                (Action::submit(lang.tx("pasi-apply", &[("n", rows.len().into())])).primary())
            }
        }
    };
    if !shown.may_decide {
        return body;
    }
    let action = format!("/students/{}/pasi", shown.student.id);
    ui::form::Form::post(&action).draw(&who.holder().csrf, &body)
}

fn family(lang: Lang, student: &Student) -> Markup {
    let columns = vec![
        Column::figures(lang.t("column-call-order")),
        Column::new(lang.t("column-name")),
        Column::new(lang.t("column-relationship")),
        Column::new(lang.t("column-lives-with")).hide_on_phone(),
        Column::figures(lang.t("column-phone")),
        Column::new(lang.t("column-pick-up")),
    ];
    let rows = student
        .contacts
        .iter()
        .map(|contact| contact_row(lang, contact))
        .collect();
    let empty = ui::waiting::empty(&lang.t("family-none"), None);
    let table = Table::new(lang.t("family-title"), columns)
        .rows(rows)
        .empty(empty)
        .draw(lang);
    card::bare_card(&card::Head::new("family", lang.t("family-title")), &table)
}

/// One contact, in calling order.
pub(crate) fn contact_row(lang: Lang, contact: &StudentContact) -> Row {
    let (tie, person) = (&contact.contact.value, &contact.person.value);
    let relationship = lookup::code(lang, codes::CodeSet::GuardianRelationship, &tie.relationship);
    let pick_up = if tie.may_pick_up {
        (PillState::Ok, "yes")
    } else {
        (PillState::Blocked, "no")
    };
    Row::new(vec![
        html! { span class="num" { @if tie.call_order > 0 { (tie.call_order) } @else { "–" } } },
        html! { (person.name.sentence()) },
        html! { span class="sub" { (relationship) } },
        html! { (lang.t(if tie.lives_with { "yes" } else { "no" })) },
        html! { span class="num nw" {
            @let phone = person.phone();
            @if phone.is_empty() { span class="dim" { (lang.t("none-on-file")) } } @else { a class="plain" href={ "tel:" (phone) } { (lookup::phone(phone)) } }
        } },
        ui::pill::pill(pick_up.0, &lang.t(pick_up.1)),
    ])
    .leads()
}

fn enrolment_card(lang: Lang, shown: &Shown, year: kernel::SchoolYear) -> Markup {
    let title = lang.tx("enrolment-of-year", &[("year", year.to_string().into())]);
    let current: Vec<&Enrolment> = shown
        .enrolments
        .iter()
        .filter(|enrolment| enrolment.year == year && !enrolment.is_deleted())
        .collect();
    let end = html! { a class="plain sm" href={ "/students/" (shown.student.id) "/enrolment" } { (lang.t("enrolment-open")) } };
    let body = html! {
        @if current.is_empty() { (ui::waiting::empty(&lang.t("enrolment-none-this-year"), None)) }
        @for enrolment in current { (facts(lang, enrolment, &shown.head.directory)) }
    };
    card::card(&card::Head::new("enrolment", title).end(end), &body)
}

/// An enrolment as facts.
pub(crate) fn facts(lang: Lang, enrolment: &Enrolment, directory: &Directory) -> Markup {
    let coding = &enrolment.coding;
    let labelled = |set: codes::CodeSet, codes: &[String]| {
        let all: Vec<String> = codes
            .iter()
            .map(|code| format!("{code} {}", lookup::code(lang, set, code)))
            .collect();
        Some(all.join(", ")).filter(|text| !text.is_empty())
    };
    let school = directory.get(enrolment.school);
    let exit = enrolment.state.exit();
    let mut facts = Facts::new()
        .fact(lang.t("field-school"), html! {
            (directory.name(enrolment.school)) " " @if let Some(school) = school { span class="dim num" { "S." (school.code) } }
        })
        .fact(lang.t("field-grade"), enrolment.grade.label())
        .figure(lang.t("field-start"), enrolment.start.to_string());
    if let Some(exit) = exit {
        let kind = lookup::code(lang, codes::CodeSet::ExitDateType, exit.kind.as_str());
        facts = facts.figure(
            lang.t("field-exit"),
            html! { (exit.on) " " span class="dim" { (kind) } },
        );
    }
    facts = facts.fact(
        lang.t("field-program"),
        format!(
            "{}, {}",
            lookup::code(lang, codes::CodeSet::ProgrammingType, &coding.programming_type),
            lookup::code(
                lang,
                codes::CodeSet::ProgrammingTimeframe,
                &coding.programming_timeframe
            )
        ),
    );
    for (label, value) in [
        (
            "field-exceptions",
            labelled(codes::CodeSet::ExceptionCode, &coding.exceptions),
        ),
        (
            "field-grants",
            labelled(codes::CodeSet::GrantsProgramCode, &coding.grants),
        ),
        (
            "field-types",
            labelled(codes::CodeSet::EnrolmentType, &coding.types),
        ),
        ("field-resident-board", coding.resident_board.clone()),
        ("field-francophone-board", coding.francophone_board.clone()),
        (
            "field-french-hours",
            coding.french_hours.map(|hours| hours.to_string()),
        ),
        (
            "field-indigenous",
            coding
                .indigenous_declaration
                .as_deref()
                .map(|code| lookup::code(lang, codes::CodeSet::FnmiDeclaration, code)),
        ),
    ] {
        if let Some(value) = value {
            facts = facts.fact(lang.t(label), value);
        }
    }
    facts.draw()
}

fn recent(lang: Lang, shown: &Shown, now: Instant) -> Markup {
    if shown.recent.is_empty() {
        return html! {};
    }
    let moments: Vec<_> = shown
        .recent
        .iter()
        .map(|entry| history::moment(lang, entry, now))
        .collect();
    let end = html! { a class="plain sm" href={ "/students/" (shown.student.id) "/history" } { (lang.t("history-all")) " " (ui::icon(Icon::ChevronRight)) } };
    card::card(
        &card::Head::new("recent", lang.t("history-recent")).end(end),
        &timeline(lang, &moments),
    )
}
