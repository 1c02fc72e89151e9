//! A run: how far it is, what was found, what can be done.

use super::rows;
use super::{Pass, crumbs, kind_words, load, path, start, state_pill, steps};
use crate::answer::{Answer, OrStop, PageResult};
use crate::posted::Posted;
use crate::who::{LIVE_PART, Who};
use crate::{App, context, findings, lookup};
use axum::extract::{Path, Query, State};
use axum::http::{HeaderName, StatusCode};
use axum::response::IntoResponse;
use exchange::{Filter, Permits, RowOutcome, RowView, Run, State as RunState};
use kernel::{Failure, ImportId, Instant, Outcome};
use maud::{Markup, html};
use serde::Deserialize;
use ui::ctx::{Ctx, Job};
use ui::dialog::{Confirm, confirm};
use ui::form::Form;
use ui::head::PageHead;
use ui::notice::{Tone, banner};
use ui::{Action, Icon, Lang, card};

/// What the address asks for.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    /// Which rows.
    pub(super) show: String,
    /// After this row.
    pub(super) after: String,
    /// `progress`: only how far it is.
    part: String,
}

/// Rows on a page.
pub(super) const ROWS: i64 = 50;

impl Asked {
    /// Problems first, then what was repaired, then what becomes something: all rows only where nothing does.
    pub(super) fn shown<'a>(&'a self, run: &Run) -> &'a str {
        match self.show.as_str() {
            "" if run.totals.refused > 0 => "problem",
            "" if run.totals.noted > 0 => "noted",
            "" if run.totals.new > 0 => "new",
            "" if run.totals.changed > 0 => "changed",
            "" => "all",
            other => other,
        }
    }
    fn filter(&self, run: &Run) -> Filter {
        let shown = self.shown(run);
        Filter {
            outcome: shown.parse::<RowOutcome>().ok(),
            noted: shown == "noted",
            after: self.after.parse().unwrap_or(0),
            limit: ROWS + 1,
        }
    }
}

/// The page.
pub(crate) async fn page(
    State(app): State<App>,
    who: Who,
    Path(id): Path<ImportId>,
    Query(asked): Query<Asked>,
) -> PageResult {
    let (run, permits) = load(&app, &who, id).await?;
    if asked.part == "progress" {
        return Ok(progress_part(&app, &who, &run));
    }
    show(&app, &who, (run, permits), &asked, None).await
}

/// How far it is; when it has come to its end, the page is asked for anew.
fn progress_part(app: &App, who: &Who, run: &Run) -> Answer {
    if run.state.is_busy() && !run.is_stopped(app.store().now()) {
        return Answer::page(progress(who.lang(), run));
    }
    let anew = [(HeaderName::from_static("hx-refresh"), "true")];
    Answer::Other(Box::new((StatusCode::OK, anew).into_response()))
}

pub(super) async fn show(
    app: &App,
    who: &Who,
    (run, permits): (Run, Permits),
    asked: &Asked,
    trouble: Option<&str>,
) -> PageResult {
    let (id, filter) = (run.id, asked.filter(&run));
    let read = app.store().read(who.division(), move |at| {
        exchange::rows(at, &permits, id, &filter)
    });
    let views = read.await.or_stop(app, who)?;
    let ctx = context::of(app, who, Job::Division).await?;
    let (lang, now) = (ctx.lang, app.store().now());
    let at = match run.state {
        RunState::Reading => 0,
        RunState::Read => 1,
        RunState::Checking | RunState::Checked => 2,
        RunState::Running | RunState::Applied | RunState::Undoing | RunState::Undone => 3,
    };
    let body = html! {
        (head(lang, &run, now))
        (steps(lang, at, Some(&run)))
        @if let Some(trouble) = trouble { div class="mb" role="alert" { (banner(Tone::Bad, trouble, "", &[])) } }
        @if run.is_stopped(now) { (stopped(&ctx, &run)) }
        @else if run.state.is_busy() { (progress(lang, &run)) }
        @else { (settled(&ctx, &run, asked, &views)) }
    };
    let page = ui::shell::page(&ctx, lang.t("division-part-import"), body);
    let status = if trouble.is_some() {
        StatusCode::CONFLICT
    } else {
        StatusCode::OK
    };
    Ok(Answer::Page(status, page))
}

fn head(lang: Lang, run: &Run, now: Instant) -> Markup {
    let facts = lang.tx(
        "import-run-facts",
        &[
            ("kind", kind_words(lang, run.kind).into()),
            ("n", i64::from(run.totals.all).into()),
            ("who", lookup::who(lang, &run.created_by).as_ref().into()),
            ("when", lookup::moment(lang, run.created_at, now).into()),
        ],
    );
    html! {
        (PageHead::new(run.file_name.clone()).crumbs(crumbs(lang)).facts(facts).draw())
        p class="mb" { (state_pill(lang, run, now)) }
    }
}

/// A bar that asks for itself.
fn progress(lang: Lang, run: &Run) -> Markup {
    let words = lang.tx(
        "import-progress",
        &[
            ("done", i64::from(run.done_to.min(run.totals.all)).into()),
            ("n", i64::from(run.totals.all).into()),
        ],
    );
    let address = format!("{}?part=progress", path(run.id));
    let title = lang.t(&format!("import-state-{}", run.state));
    html! {
        div id=(LIVE_PART) hx-get=(address) hx-trigger="every 1s" hx-swap="outerHTML" {
            (card::card(&card::Head::new("progress", title.clone()), &html! {
                progress max=(run.totals.all.max(1)) value=(run.done_to.min(run.totals.all)) aria-label=(title) {}
                p class="sub sm m-0" role="status" { (words) }
                noscript { a href=(path(run.id)) { (lang.t("import-look-again")) } }
            }))
        }
    }
}

fn stopped(ctx: &Ctx, run: &Run) -> Markup {
    let lang = ctx.lang;
    let verb = match run.state {
        RunState::Checking => Some("check"),
        RunState::Running => Some("run"),
        RunState::Undoing => Some("undo"),
        _ => None,
    };
    let text = match verb {
        Some(_) => lang.tx("import-stopped-text", &[("row", i64::from(run.done_to).into())]),
        None => lang.t("import-stopped-reading"),
    };
    html! {
        div class="mb" { (banner(Tone::Warn, &lang.t("import-state-stopped"), &text, &[])) }
        @if let Some(verb) = verb {
            (button(ctx, run, verb, &Action::submit(lang.t("import-go-on")).icon(Icon::Refresh).primary()))
        } @else {
            (Action::link(lang.t("import-new"), "/division/import/new").icon(Icon::Upload).primary())
        }
    }
}

/// A form that is one button.
fn button(ctx: &Ctx, run: &Run, verb: &str, action: &Action) -> Markup {
    Form::post(&format!("{}/{verb}", path(run.id))).draw_in(ctx, &html! { (action) })
}

fn settled(ctx: &Ctx, run: &Run, asked: &Asked, views: &[RowView]) -> Markup {
    let lang = ctx.lang;
    html! {
        div class="stack" {
            (card::bare_card(&card::Head::new("result", lang.t(&format!("import-result-{}", run.state))), &html! {
                div class="cb" { (figures(lang, run)) }
                @match run.cleared_at {
                    None => div class="form-end w12" { (next(ctx, run)) },
                    Some(at) => p class="sub cb m-0" { (lang.tx("import-cleared", &[("day", at.local().date().to_string().into())])) },
                }
            }))
            @if run.cleared_at.is_none() { (rows::card(ctx, run, asked, views)) }
        }
    }
}

/// Rows by what becomes of them.
fn figures(lang: Lang, run: &Run) -> Markup {
    let totals = run.totals;
    let all = [
        ("import-new-rows", totals.new),
        ("import-changed-rows", totals.changed),
        ("import-same-rows", totals.same),
        ("import-problem-rows", totals.refused),
        ("import-skipped-rows", totals.skipped),
    ];
    html! {
        div class="row-x wrap gap-l" {
            @for (words, many) in all { (ui::facts::figure(&lang.number(i64::from(many)), &lang.t(words))) }
        }
        @if run.state == RunState::Checked { p class="sub sm mt m-0" { (lang.t("import-nothing-written")) } }
    }
}

/// What can be done next.
fn next(ctx: &Ctx, run: &Run) -> Markup {
    let lang = ctx.lang;
    let totals = run.totals;
    let writes = i64::from(totals.new + totals.changed);
    let again = || Action::submit(lang.t("import-check-again")).icon(Icon::Refresh);
    let corrected = Action::link(
        lang.t("import-corrected-file"),
        format!("/division/import/new?like={}", run.id),
    )
    .icon(Icon::Upload);
    let open = totals.all - totals.judged();
    match run.state {
        RunState::Read => {
            html! { span class="end" { (Action::link(lang.t("import-to-columns"), format!("{}/mapping", path(run.id))).primary()) } }
        }
        RunState::Checked => html! {
            @if totals.refused > 0 { (corrected) }
            span class="end row-x wrap" {
                (button(ctx, run, "check", &again()))
                @if writes > 0 || totals.same > 0 {
                    (button(ctx, run, "run", &Action::submit(lang.tx("import-write", &[("n", writes.into())])).icon(Icon::Check).primary()))
                }
            }
        },
        RunState::Applied => html! {
            (Action::opens(lang.t("import-undo"), "undo").icon(Icon::Rotate2).danger())
            (confirm(lang, &Confirm {
                id: "undo", title: &lang.t("import-undo-title"), effect: &lang.t("import-undo-effect"),
                action: &format!("{}/undo", path(run.id)), csrf: &ctx.csrf, verb: &lang.t("import-undo"), asks_digits: false,
            }))
            span class="end row-x wrap" {
                @if totals.refused > 0 { (corrected) }
                @if totals.refused + open > 0 {
                    (button(ctx, run, "run", &Action::submit(lang.t("import-write-corrected")).icon(Icon::Check).primary()))
                }
            }
        },
        RunState::Undone => html! { span class="end row-x wrap" { (button(ctx, run, "check", &again())) } },
        RunState::Reading | RunState::Checking | RunState::Running | RunState::Undoing => html! {},
    }
}

/// Rehearses it again.
pub(crate) async fn check(state: State<App>, id: Path<ImportId>, posted: Posted) -> PageResult {
    go(state, id, posted, Pass::Check).await
}

/// Writes it.
pub(crate) async fn write(state: State<App>, id: Path<ImportId>, posted: Posted) -> PageResult {
    go(state, id, posted, Pass::Run).await
}

/// Takes it back.
pub(crate) async fn undo(state: State<App>, id: Path<ImportId>, posted: Posted) -> PageResult {
    go(state, id, posted, Pass::Undo).await
}

async fn go(
    State(app): State<App>,
    Path(id): Path<ImportId>,
    Posted { who, .. }: Posted,
    which: Pass,
) -> PageResult {
    let (run, permits) = load(&app, &who, id).await?;
    let done = start(&app, permits, &run, which).await;
    after(&app, &who, id, done).await
}

/// Back to the run, with what stood in the way.
pub(super) async fn after(app: &App, who: &Who, id: ImportId, done: Outcome<()>) -> PageResult {
    let words = match done {
        Ok(()) => return Ok(Answer::see(path(id))),
        Err(Failure::Conflict(_)) => who.lang().t("import-busy").into_owned(),
        Err(failure) => {
            let found = findings::of_failure(who.lang(), failure).or_stop(app, who)?;
            found
                .iter()
                .map(|one| one.text.clone())
                .collect::<Vec<_>>()
                .join(" ")
        }
    };
    let loaded = load(app, who, id).await?;
    show(app, who, loaded, &Asked::default(), Some(&words)).await
}
