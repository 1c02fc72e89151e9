//! Old and new before it is applied, how far it is, and what became of each student.

use super::{Asked, HOME, head, path};
use crate::answer::{OrStop, Stopped};
use crate::who::{LIVE_PART, Who};
use crate::{App, findings, lookup};
use access::Permit;
use access::action::{MassUpdate, ViewStudents};
use codes::CodeSet;
use enrolment::mass::{self, Batch, BatchState, MassChange, Row as BatchRow, RowState};
use kernel::{Instant, StudentId};
use maud::{Markup, html};
use people::CardRow;
use std::collections::HashMap;
use ui::form::Form;
use ui::notice::{Tone, banner};
use ui::table::{Column, Row, Table};
use ui::tabs::Tab;
use ui::{Action, Ctx, Icon, Lang, State as Pill, card};

/// Rows on a page.
const ROWS: i64 = 100;

/// The states of rows that a batch may show, in order: the ones to act on first.
const SHOWN: [RowState; 8] = [
    RowState::Will,
    RowState::Done,
    RowState::Undone,
    RowState::Kept,
    RowState::Stale,
    RowState::Refused,
    RowState::Same,
    RowState::Waiting,
];

/// The part of the page below its head; while work goes on it asks for itself.
pub(super) async fn draw(
    app: &App,
    who: &Who,
    ctx: &Ctx,
    batch: &Batch,
    asked: &Asked,
) -> Result<Markup, Stopped> {
    let lang = ctx.lang;
    let tab = tab(batch, asked);
    let (rows, cards) = read(app, who, batch, (tab, asked.after)).await?;
    let title = batch
        .change
        .as_ref()
        .map_or_else(|| lang.t("mass-title").into_owned(), |change| title(lang, change));
    let facts = lang.tx("mass-students", &[("n", batch.counts.all().into())]);
    let address = path(batch.id);
    let is_live = batch.state.is_running() && !batch.is_orphaned;
    Ok(html! {
        (head(lang, &title, &facts).draw())
        div id=(LIVE_PART) class="stack" hx-get=[is_live.then_some(address.as_str())] hx-select={ "#" (LIVE_PART) }
            hx-trigger=[is_live.then_some("every 1s")] hx-swap=[is_live.then_some("morph:outerHTML")] {
            (told(ctx, batch))
            @if !batch.state.is_running() { (table(ctx, batch, tab, (&rows, &cards))) }
        }
    })
}

/// The change in one line, as a heading: "Homeroom: 7B".
fn title(lang: Lang, change: &MassChange) -> String {
    let word = lang.t(&format!("mass-{}", change.word()));
    let to = match change {
        MassChange::Homeroom { to } | MassChange::ResidentBoard { to } => to.clone(),
        MassChange::Grade { to } => lookup::grade(to.as_str()),
        MassChange::Start { to } | MassChange::End { to } => to.to_string(),
        MassChange::Withdraw { last_day } => last_day.to_string(),
        MassChange::AddGrant { code } | MassChange::RemoveGrant { code } => code.clone(),
        MassChange::Programming { kind, timeframe } => value(lang, change, &format!("{kind},{timeframe}")),
        MassChange::Student { to, .. } => value(lang, change, to),
    };
    if to.is_empty() {
        word.into_owned()
    } else {
        format!("{word}: {to}")
    }
}

/// A value of a row in words.
fn value(lang: Lang, change: &MassChange, text: &str) -> String {
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

/// The rows on screen: those asked for, else the first kind there is.
fn tab(batch: &Batch, asked: &Asked) -> RowState {
    let there = |state: &RowState| batch.counts.of(*state) > 0;
    asked
        .show
        .parse()
        .ok()
        .filter(there)
        .or_else(|| SHOWN.into_iter().find(there))
        .unwrap_or(RowState::Will)
}

async fn read(
    app: &App,
    who: &Who,
    batch: &Batch,
    (state, after): (RowState, i32),
) -> Result<(Vec<BatchRow>, HashMap<StudentId, CardRow>), Stopped> {
    let mass = Permit::<MassUpdate>::wide(who.standing()).or_stop(app, who)?;
    let view = Permit::<ViewStudents>::wide(who.standing()).or_stop(app, who)?;
    let id = batch.id;
    app.store()
        .read(who.division(), move |at| {
            let rows = mass::rows(at, &mass, id, (&[state], after, ROWS))?;
            let students: Vec<StudentId> = rows.iter().map(|row| row.student).collect();
            let cards = people::cards_of(at, &view, &students)?;
            Ok((rows, cards.into_iter().map(|card| (card.student, card)).collect()))
        })
        .await
        .or_stop(app, who)
}

/// Where it stands, in a sentence, with what may be done next.
fn told(ctx: &Ctx, batch: &Batch) -> Markup {
    let lang = ctx.lang;
    let post = |verb: &str, action: Action| {
        Form::post(&format!("{}/{verb}", path(batch.id))).draw_in(ctx, &html! { (action) })
    };
    let count = |state: RowState| batch.counts.of(state);
    if batch.state.is_running() {
        return running(ctx, batch);
    }
    let will = count(RowState::Will);
    let done = count(RowState::Done);
    let (words, n) = match batch.state {
        BatchState::Ready if will == 0 => ("mass-told-nothing", 0),
        BatchState::Ready => ("mass-told-ready", will),
        BatchState::Stopped => ("mass-told-stopped", will),
        BatchState::Undone => ("mass-told-undone", count(RowState::Undone)),
        _ => ("mass-told-done", done),
    };
    let back = Action::link(lang.t("mass-back-to-list"), "/students");
    let body = html! {
        p class="m-0" { b { (lang.tx(words, &[("n", n.into())])) } }
        @if batch.state == BatchState::Ready { p class="sub m-0" { (lang.t("mass-told-nothing-yet")) } }
        @if count(RowState::Kept) > 0 && batch.state == BatchState::Undone {
            p class="sub m-0" { (lang.tx("mass-told-kept", &[("n", count(RowState::Kept).into())])) }
        }
        div class="row-x wrap" {
            @match batch.state {
                BatchState::Ready => {
                    @if will > 0 { (post("apply", Action::submit(lang.tx("mass-apply", &[("n", will.into())])).primary().key("Ctrl Enter"))) }
                    (Action::link(lang.t("mass-change-value"), format!("{}?change={}", path(batch.id), batch.change.as_ref().map_or("", MassChange::word))))
                    (Action::link(lang.t("cancel"), "/students"))
                },
                BatchState::Stopped => {
                    (post("apply", Action::submit(lang.tx("mass-go-on", &[("n", will.into())])).primary()))
                    @if done > 0 { (post("undo", Action::submit(lang.tx("mass-undo", &[("n", done.into())])).danger().icon(Icon::Rotate2))) }
                },
                BatchState::Done if done > 0 => {
                    (back.primary())
                    (post("undo", Action::submit(lang.tx("mass-undo", &[("n", done.into())])).danger().icon(Icon::Rotate2)))
                },
                _ => (back.primary()),
            }
        }
    };
    card::unheaded_card(
        &lang.t("mass-state"),
        &html! { div class="cb stack-s" { (body) } },
    )
}

/// How far the work is; it may be stopped, or taken up when it was left.
fn running(ctx: &Ctx, batch: &Batch) -> Markup {
    let lang = ctx.lang;
    let left = match batch.state {
        BatchState::Preparing => batch.counts.of(RowState::Waiting),
        BatchState::Applying => batch.counts.of(RowState::Will),
        _ => batch.counts.of(RowState::Done),
    };
    let all = batch.counts.all();
    let so_far = all.saturating_sub(left);
    let words = lang.tx(
        &format!("mass-running-{}", batch.state.as_str()),
        &[("n", so_far.into()), ("all", all.into())],
    );
    let body = html! {
        p class="m-0" { b { (words) } }
        progress class="bar" max=(all) value=(so_far) aria-label=(words) {}
        p class="sub sm m-0" { (lang.t("mass-running-note")) }
        @if batch.is_orphaned {
            (banner(Tone::Warn, &lang.t("mass-orphaned"), &lang.t("mass-orphaned-text"), &[]))
            (Form::post(&format!("{}/go-on", path(batch.id))).draw_in(ctx, &html! { (Action::submit(lang.t("mass-take-up")).primary()) }))
        } @else if batch.state == BatchState::Applying {
            (Form::post(&format!("{}/stop", path(batch.id))).draw_in(ctx, &html! { (Action::submit(lang.t("mass-stop"))) }))
        }
        noscript { a href=(path(batch.id)) { (lang.t("try-again")) } }
    };
    card::unheaded_card(
        &lang.t("mass-state"),
        &html! { div class="cb stack-s" { (body) } },
    )
}

fn table(
    ctx: &Ctx,
    batch: &Batch,
    state: RowState,
    (rows, cards): (&[BatchRow], &HashMap<StudentId, CardRow>),
) -> Markup {
    let lang = ctx.lang;
    let there = SHOWN.into_iter().filter(|one| batch.counts.of(*one) > 0);
    let tabs: Vec<Tab> = there
        .map(|one| {
            let count = u32::try_from(batch.counts.of(one)).unwrap_or(u32::MAX);
            let label = lang.t(&format!("mass-rows-{}", one.as_str()));
            Tab::new(label, format!("{}?show={}", path(batch.id), one.as_str()))
                .count(count)
                .current(one == state)
        })
        .collect();
    let columns = vec![
        Column::new(lang.t("column-name")),
        Column::new(lang.t("column-grade")).hide_on_phone(),
        Column::new(lang.t("mass-old")),
        Column::new(lang.t("mass-new")),
        Column::new(lang.t("mass-says")),
    ];
    let drawn = rows.iter().map(|row| line(lang, batch, row, cards)).collect();
    let table = Table::new(lang.t("mass-rows"), columns)
        .rows(drawn)
        .empty(ui::waiting::empty(&lang.t("mass-rows-none"), None))
        .draw(lang);
    let is_full = i64::try_from(rows.len()).is_ok_and(|many| many == ROWS);
    let pager = ui::list::Pager {
        shown: rows.len(),
        total: batch.counts.of(state),
        previous: None,
        next: rows
            .last()
            .filter(|_| is_full)
            .map(|row| format!("{}?show={}&after={}", path(batch.id), state.as_str(), row.number)),
    };
    card::unheaded_card(
        &lang.t("mass-rows"),
        &html! {
            (ui::tabs::tabs(lang, &lang.t("mass-rows"), &tabs))
            (table)
            (ui::list::pager(lang, &pager, &html! {}))
        },
    )
}

fn line(lang: Lang, batch: &Batch, row: &BatchRow, cards: &HashMap<StudentId, CardRow>) -> Row {
    let card = cards.get(&row.student);
    let words = |text: &str| {
        batch
            .change
            .as_ref()
            .map_or_else(|| text.to_owned(), |change| value(lang, change, text))
    };
    let told = |text: &str, class: &str| {
        html! { @if text.is_empty() { span class="dim" { "–" } } @else { span class={ "num " (class) } { (words(text)) } } }
    };
    let found = findings::shown(lang, &row.findings);
    let says = html! {
        (pill(lang, row.state))
        @for finding in &found { div class="sm" { (ui::form::finding_line(lang, finding)) } }
    };
    let page = match batch.change {
        Some(MassChange::Student { .. }) => "identity",
        _ => "enrolment",
    };
    let name = card.map_or_else(
        || html! { span class="dim" { (lang.t("mass-not-yours")) } },
        |card| html! { a class="plain b" href={ "/students/" (card.student) "/" (page) } { (card.list_name) } },
    );
    Row::new(vec![
        name,
        html! { (card.map(|card| lookup::grade(&card.grade)).unwrap_or_default()) },
        told(&row.old, "sub"),
        told(&row.new, "b"),
        says,
    ])
    .leads()
}

fn pill(lang: Lang, state: RowState) -> Markup {
    let tone = match state {
        RowState::Will => Pill::Pending,
        RowState::Done => Pill::Ok,
        RowState::Refused => Pill::Blocked,
        RowState::Stale | RowState::Kept => Pill::Warning,
        RowState::Same | RowState::Undone | RowState::Waiting => Pill::Neutral,
    };
    ui::pill::pill(tone, &lang.t(&format!("mass-row-{}", state.as_str())))
}

/// What was changed lately.
pub(super) fn batches(ctx: &Ctx, batches: &[Batch], now: Instant) -> Markup {
    let lang = ctx.lang;
    let columns = vec![
        Column::new(lang.t("mass-what")),
        Column::figures(lang.t("nav-students")),
        Column::new(lang.t("column-state")),
        Column::new(lang.t("mass-when")).hide_on_phone(),
    ];
    let rows = batches
        .iter()
        .map(|batch| {
            let what = batch
                .change
                .as_ref()
                .map(|change| title(lang, change))
                .unwrap_or_default();
            Row::new(vec![
                html! { (what) },
                html! { (lang.number(i64::try_from(batch.counts.all()).unwrap_or(0))) },
                html! { (lang.t(&format!("mass-state-{}", batch.state.as_str()))) },
                html! { span class="num" { (lookup::moment(lang, batch.created_at, now)) } },
            ])
            .link(0, path(batch.id))
        })
        .collect();
    let begin = Action::link(lang.t("mass-begin"), "/students");
    let table = Table::new(lang.t("mass-title"), columns)
        .rows(rows)
        .empty(ui::waiting::empty(&lang.t("mass-none"), Some(&begin)))
        .draw(lang);
    html! {
        (head(lang, &lang.t("mass-title"), &lang.t("mass-facts")).draw())
        (card::unheaded_card(&lang.t("mass-title"), &table))
        p class="sm dim mt" { a href=(HOME) { (lang.t("mass-refresh")) } }
    }
}
