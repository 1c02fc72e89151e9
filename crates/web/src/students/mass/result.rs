//! Old and new before it is applied, how far it is, and what became of each student.

use super::words::{is_yearly, key, title};
use super::{Asked, HOME, head, path, rows, seats};
use crate::answer::{OrStop, Stopped};
use crate::who::{LIVE_PART, Who};
use crate::{App, context, findings, lookup};
use access::Permit;
use access::action::{Export, MassUpdate, ViewStudents};
use enrolment::mass::{self, Batch, BatchState, MassChange, Row as BatchRow, RowState, SeatCount, Wanted};
use kernel::{Instant, StudentId};
use maud::{Markup, html};
use people::CardRow;
use schools::Directory;
use std::collections::HashMap;
use ui::form::Form;
use ui::head::Crumb;
use ui::notice::{Tone, banner};
use ui::table::{Column, Row, Table};
use ui::tabs::Tab;
use ui::{Action, Ctx, Icon, Lang, card};

/// Rows on a page.
const ROWS: i64 = 100;

/// The states of rows that a batch may show, in order: the ones to act on first.
const SHOWN: [RowState; 9] = [
    RowState::Will,
    RowState::Done,
    RowState::Undone,
    RowState::Kept,
    RowState::Stale,
    RowState::Refused,
    RowState::LeftOut,
    RowState::Same,
    RowState::Waiting,
];

/// What the page reads of a batch.
struct Read {
    rows: Vec<BatchRow>,
    cards: HashMap<StudentId, CardRow>,
    seats: Vec<SeatCount>,
    directory: Directory,
}

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
    let read = read(app, who, batch, (tab, asked)).await?;
    let title = batch
        .change
        .as_ref()
        .map_or_else(|| lang.t("mass-title").into_owned(), |change| title(lang, change));
    let facts = lang.tx(&key(batch, "students"), &[("n", batch.counts.all().into())]);
    let address = path(batch.id);
    let is_live = batch.state.is_running() && !batch.is_orphaned;
    let mut head = head(lang, &title, &facts);
    if is_yearly(batch) {
        head = head.crumbs(vec![
            Crumb::link(lang.t("nav-students"), "/students"),
            Crumb::link(lang.t("year-title"), crate::students::year::HOME),
        ]);
    }
    if is_yearly(batch) && !batch.state.is_running() && context::may::<Export>(who.standing()) {
        let file = format!("{address}/export?show={}&school={}", asked.show, asked.school);
        head = head.action(Action::link(lang.t("export-open"), file).icon(Icon::Download));
    }
    Ok(html! {
        (head.draw())
        div id=(LIVE_PART) class="stack" hx-get=[is_live.then_some(address.as_str())] hx-select={ "#" (LIVE_PART) }
            hx-trigger=[is_live.then_some("every 1s")] hx-swap=[is_live.then_some("morph:outerHTML")] {
            (told(ctx, batch))
            @if let Some(text) = of_all(lang, batch, &read.rows) {
                (banner(Tone::Info, &lang.t("year-early"), &text, &[]))
            }
            @if !batch.state.is_running() {
                @if is_yearly(batch) { (seats::card(ctx, batch, asked, (&read.seats, &read.directory))) }
                (table(ctx, batch, (tab, asked), &read))
            }
        }
    })
}

/// What every row of a school year says alike.
fn of_all(lang: Lang, batch: &Batch, rows: &[BatchRow]) -> Option<String> {
    let mut found = rows.iter().flat_map(|row| &row.findings.0);
    let found = found.find(|finding| is_yearly(batch) && rows::is_of_all(&finding.code))?;
    Some(findings::sentence(lang, found))
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
    (state, asked): (RowState, &Asked),
) -> Result<Read, Stopped> {
    let mass = Permit::<MassUpdate>::wide(who.standing()).or_stop(app, who)?;
    let view = Permit::<ViewStudents>::wide(who.standing()).or_stop(app, who)?;
    let (id, is_yearly, school, after) = (batch.id, is_yearly(batch), asked.school(), asked.after);
    app.store()
        .read(who.division(), move |at| {
            let wanted = Wanted {
                states: &[state],
                school,
                after,
                limit: ROWS,
            };
            let rows = mass::rows(at, &mass, id, wanted)?;
            let students: Vec<StudentId> = rows.iter().map(|row| row.student).collect();
            let cards = people::cards_of(at, &view, &students)?;
            let seats = if is_yearly {
                mass::seats(at, &mass, id)?
            } else {
                Vec::new()
            };
            Ok(Read {
                rows,
                cards: cards.into_iter().map(|card| (card.student, card)).collect(),
                seats,
                directory: schools::directory(at)?,
            })
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
        BatchState::Ready if will == 0 => ("told-nothing", 0),
        BatchState::Ready => ("told-ready", will),
        BatchState::Stopped => ("told-stopped", will),
        BatchState::Undone => ("told-undone", count(RowState::Undone)),
        _ => ("told-done", done),
    };
    let list = if is_yearly(batch) {
        crate::students::year::HOME
    } else {
        "/students"
    };
    let back = Action::link(lang.t(&key(batch, "back-to-list")), list);
    let word = batch.change.as_ref().map_or("", MassChange::word);
    let again = if is_yearly(batch) {
        format!("{list}/{word}")
    } else {
        format!("{}?change={word}", path(batch.id))
    };
    let body = html! {
        p class="m-0" { b { (lang.tx(&key(batch, words), &[("n", n.into())])) } }
        @if batch.state == BatchState::Ready { p class="sub m-0" { (lang.t("mass-told-nothing-yet")) } }
        @if count(RowState::Kept) > 0 && batch.state == BatchState::Undone {
            p class="sub m-0" { (lang.tx("mass-told-kept", &[("n", count(RowState::Kept).into())])) }
        }
        div class="row-x wrap" {
            @match batch.state {
                BatchState::Ready => {
                    @if will > 0 { (post("apply", Action::submit(lang.tx(&key(batch, "apply"), &[("n", will.into())])).primary().key("Ctrl Enter"))) }
                    (Action::link(lang.t("mass-change-value"), again))
                    (Action::link(lang.t("cancel"), list))
                },
                BatchState::Stopped => {
                    (post("apply", Action::submit(lang.tx(&key(batch, "go-on"), &[("n", will.into())])).primary()))
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

fn table(ctx: &Ctx, batch: &Batch, (state, asked): (RowState, &Asked), read: &Read) -> Markup {
    let lang = ctx.lang;
    let counted = |state: RowState| match asked.school() {
        None => batch.counts.of(state),
        Some(school) => {
            let here = read
                .seats
                .iter()
                .filter(|one| one.seat.school == school && one.state == state);
            here.map(|one| one.students).sum()
        }
    };
    let there = SHOWN.into_iter().filter(|one| batch.counts.of(*one) > 0);
    let tabs: Vec<Tab> = there
        .map(|one| {
            let count = u32::try_from(counted(one)).unwrap_or(u32::MAX);
            let label = lang.t(&format!("mass-rows-{}", one.as_str()));
            Tab::new(label, asked.address(batch, one, 0))
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
    let drawn = read
        .rows
        .iter()
        .map(|row| rows::line(lang, batch, row, (&read.cards, &read.directory)))
        .collect();
    let table = Table::new(lang.t("mass-rows"), columns)
        .rows(drawn)
        .empty(ui::waiting::empty(&lang.t("mass-rows-none"), None))
        .draw(lang);
    let is_full = i64::try_from(read.rows.len()).is_ok_and(|many| many == ROWS);
    let last = read.rows.last().filter(|_| is_full);
    let pager = ui::list::Pager {
        is_longer: false,
        shown: read.rows.len(),
        total: counted(state),
        previous: None,
        next: last.map(|row| asked.address(batch, state, row.number)),
    };
    card::unheaded_card(
        &lang.t("mass-rows"),
        &html! {
            (ui::tabs::tabs(lang, &lang.t("mass-rows"), &tabs))
            div class=[is_yearly(batch).then_some("blocks")] { (table) }
            (ui::list::pager(lang, &pager, &html! {}))
        },
    )
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
        (head(lang, &lang.t("mass-title"), &lang.t("mass-facts"))
            .action(Action::link(lang.t("year-title"), crate::students::year::HOME).icon(Icon::Calendar))
            .draw())
        (card::unheaded_card(&lang.t("mass-title"), &table))
        p class="sm dim mt" { a href=(HOME) { (lang.t("mass-refresh")) } }
    }
}
