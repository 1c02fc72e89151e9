//! Background jobs: what runs by itself, when it last did and will again,
//! what came of it, and what needs a person.

use crate::App;
use crate::answer::{Answer, OrStop, PageResult};
use crate::context;
use crate::lookup;
use crate::posted::{Fields, Posted};
use crate::who::Who;
use access::Permit;
use access::action::ViewSystem;
use axum::extract::State;
use jobs::{Job, JobState, KindLine, Note, Order, Overview};
use kernel::{Failure, Instant, Outcome};
use maud::{Markup, html};
use ui::ctx::{Ctx, Job as Place};
use ui::form::Form;
use ui::head::{Crumb, PageHead};
use ui::notice::{Tone, banner};
use ui::table::{Column, Row, Table};
use ui::{Action, Lang, State as PillState, card, pill};

/// The address of the page.
const PATH: &str = "/division/jobs";

/// The page.
pub(crate) async fn page(State(app): State<App>, who: Who) -> PageResult {
    let permit = Permit::<ViewSystem>::wide(who.standing()).or_stop(&app, &who)?;
    let read = app
        .store()
        .read(who.division(), move |at| jobs::overview(at, &permit));
    let all = read.await.or_stop(&app, &who)?;
    let ctx = context::of(&app, &who, Place::Division).await?;
    let (lang, now) = (ctx.lang, app.store().now());
    let head = PageHead::new(lang.t("jobs-title"))
        .crumbs(vec![
            Crumb::link(lang.t("nav-division"), "/division"),
            Crumb::here(lang.t("jobs-title")),
        ])
        .facts(lang.t("jobs-facts"));
    let body = html! {
        (head.draw())
        div class="stack" {
            @if all.dead > 0 {
                (banner(Tone::Bad, &lang.tx("jobs-dead", &[("n", all.dead.into())]), &lang.t("jobs-dead-text"), &[]))
            }
            (kinds(&ctx, &all, now))
            @if !all.troubled.is_empty() { (troubled(&ctx, &all, now)) }
        }
    };
    Ok(ui::shell::page(&ctx, lang.t("jobs-title"), body).into())
}

/// Orders daily work out of its hour, or a dead job again.
pub(crate) async fn send(State(app): State<App>, Posted { who, fields }: Posted) -> PageResult {
    let permit = Permit::<ViewSystem>::wide(who.standing()).or_stop(&app, &who)?;
    let order = ordered(&fields).or_stop(&app, &who)?;
    let write = move |tx: &mut db::Tx| match jobs::order(tx, &permit, &order) {
        // Somebody else pressed first: the page shows it.
        Err(Failure::Conflict(_)) => Ok(()),
        other => other,
    };
    app.store().write(who.actor(), write).await.or_stop(&app, &who)?;
    Ok(Answer::see(PATH))
}

fn ordered(fields: &Fields) -> Outcome<Order> {
    if let Some(kind) = fields.some("kind") {
        return Ok(Order::Kind(kind));
    }
    let id = fields.get("job").parse().map_err(|_| Failure::NotFound)?;
    Ok(Order::Again(id))
}

/// A kind in words; one without words stands for itself.
fn kind_words(lang: Lang, kind: &str) -> String {
    let key = format!("job-{}", kind.replace('.', "-"));
    if lang.has(&key) {
        lang.t(&key).into_owned()
    } else {
        kind.to_owned()
    }
}

/// What came of it: "12 students".
fn note_words(lang: Lang, note: &Note) -> String {
    let parts: Vec<String> = note
        .0
        .iter()
        .map(|(what, count)| {
            let key = format!("job-count-{what}");
            if lang.has(&key) {
                lang.tx(&key, &[("n", (*count).into())]).into_owned()
            } else {
                format!("{what} {}", lang.number(*count))
            }
        })
        .collect();
    parts.join(", ")
}

fn kinds(ctx: &Ctx, all: &Overview, now: Instant) -> Markup {
    let lang = ctx.lang;
    let columns = vec![
        Column::new(lang.t("jobs-kind")),
        Column::new(lang.t("jobs-state")),
        Column::new(lang.t("jobs-last")).hide_on_phone(),
        Column::new(lang.t("jobs-result")).hide_on_phone(),
        Column::new(lang.t("jobs-next")).hide_on_phone(),
        Column::figures(lang.t("jobs-failures")).hide_on_phone(),
        Column::new(lang.t("jobs-run")).unseen_label(),
    ];
    let mut lines: Vec<(String, &KindLine)> = all
        .kinds
        .iter()
        .map(|line| (kind_words(lang, &line.kind), line))
        .collect();
    lines.sort_by(|(one, _), (other, _)| one.cmp(other));
    let rows = lines.iter().map(|(words, line)| kind(ctx, words, line, now));
    let table = Table::new(lang.t("jobs-title"), columns)
        .rows(rows.collect())
        .empty(ui::waiting::empty(&lang.t("jobs-none"), None))
        .draw(lang);
    card::bare_card(&card::Head::new("jobs", lang.t("jobs-card")), &table)
}

fn kind(ctx: &Ctx, words: &str, line: &KindLine, now: Instant) -> Row {
    let lang = ctx.lang;
    let when = |at: Option<Instant>| {
        html! { span class="num nw" { (at.map_or_else(|| "–".to_owned(), |at| lookup::moment(lang, at, now))) } }
    };
    let note = line
        .last
        .as_ref()
        .filter(|job| job.state == JobState::Done)
        .map(|job| note_words(lang, &job.note()));
    let run = html! { @if line.is_scheduled {
        (one_button(ctx, "kind", &line.kind, &Action::submit(lang.t("jobs-run")).small().class("nw")
            .spoken(lang.tx("jobs-run-kind", &[("kind", words.into())]))))
    } };
    let last = when(line.last.as_ref().and_then(|job| job.done_at));
    Row::new(vec![
        html! { b { (words) } div class="only-ph xs dim" { (last) } },
        state(lang, line),
        last,
        html! { span class="sub" { (note.unwrap_or_default()) } },
        when(line.next_at),
        html! { (lang.number(line.failures)) },
        run,
    ])
}

fn state(lang: Lang, line: &KindLine) -> Markup {
    let last = line.last.as_ref().map(|job| job.state);
    let (state, words) = match last {
        _ if line.is_running => (PillState::Pending, "jobs-is-running"),
        Some(JobState::Dead) => (PillState::Blocked, "jobs-is-dead"),
        _ if line.failures > 0 => (PillState::Warning, "jobs-is-failing"),
        Some(_) => (PillState::Ok, "jobs-is-done"),
        None => (PillState::Neutral, "jobs-is-waiting"),
    };
    pill::pill(state, &lang.t(words))
}

fn one_button(ctx: &Ctx, name: &str, value: &str, button: &Action) -> Markup {
    let fields = html! { input type="hidden" name=(name) value=(value); (button) };
    Form::post(PATH).draw_in(ctx, &fields)
}

fn troubled(ctx: &Ctx, all: &Overview, now: Instant) -> Markup {
    let lang = ctx.lang;
    let columns = vec![
        Column::new(lang.t("jobs-kind")),
        Column::new(lang.t("jobs-tried")).hide_on_phone(),
        Column::new(lang.t("jobs-why")),
        Column::new(lang.t("jobs-in-name-of")).hide_on_phone(),
        Column::new(lang.t("jobs-next")).hide_on_phone(),
        Column::new(lang.t("jobs-again")).unseen_label(),
    ];
    let table = Table::new(lang.t("jobs-troubled"), columns)
        .rows(all.troubled.iter().map(|job| trouble(ctx, job, now)).collect())
        .draw(lang);
    card::bare_card(&card::Head::new("troubled", lang.t("jobs-troubled")), &table)
}

fn trouble(ctx: &Ctx, job: &Job, now: Instant) -> Row {
    let lang = ctx.lang;
    let words = kind_words(lang, &job.kind);
    let tried = job
        .started_at
        .map_or_else(String::new, |at| lookup::moment(lang, at, now));
    let next = if job.state == JobState::Dead {
        pill::pill(PillState::Blocked, &lang.t("jobs-is-dead"))
    } else {
        html! { span class="num nw" { (lookup::moment(lang, job.run_at, now)) } }
    };
    let again = html! { @if job.state == JobState::Dead {
        (one_button(ctx, "job", &job.id.to_string(), &Action::submit(lang.t("jobs-again")).small()
            .spoken(lang.tx("jobs-again-kind", &[("kind", words.as_str().into())]))))
    } };
    Row::new(vec![
        html! { b { (words) } },
        html! { span class="num nw" { (tried) } div class="xs dim" { (lang.tx("jobs-failed-times", &[("n", job.failures.into())])) } },
        html! { span class="code xs" lang="en" { (job.last_error) } },
        html! { span class="sub" { (job.actor().map(|actor| actor.name).unwrap_or_default()) } },
        next,
        again,
    ])
}
