//! The rows of a run: what was found in each, and cells to correct on the spot.

use super::run::{Asked, ROWS, after};
use super::{Pass, WAITS_FOR, load, pass, path};
use crate::answer::{Answer, PageResult, encoded};
use crate::posted::Posted;
use crate::{App, findings};
use axum::extract::{Path, State};
use exchange::{RowOutcome, RowView, Run, State as RunState};
use kernel::{Finding, ImportId, Severity};
use maud::{Markup, html};
use ui::ctx::Ctx;
use ui::form::Form;
use ui::list::Pager;
use ui::tabs::Tab;
use ui::{Action, Icon, Lang, State as PillState, pill};

/// The card with its tabs.
pub(super) fn card(ctx: &Ctx, run: &Run, asked: &Asked, views: &[RowView]) -> Markup {
    let lang = ctx.lang;
    let shown = asked.shown(run);
    let rows = usize::try_from(ROWS).unwrap_or(views.len());
    let (page, more) = (&views[..views.len().min(rows)], views.len() > rows);
    let address = |show: &str, after: i32| {
        let after = if after > 0 {
            format!("&after={after}")
        } else {
            String::new()
        };
        format!("{}?show={}{after}#rows", path(run.id), encoded(show))
    };
    let pager = Pager {
        is_longer: false,
        shown: page.len(),
        total: total(run, shown),
        previous: (!asked.after.is_empty()).then(|| address(shown, 0)),
        next: page
            .last()
            .filter(|_| more)
            .map(|last| address(shown, last.row.number)),
    };
    let head = ui::card::Head::new("rows", lang.t("import-rows"));
    let csv = Action::link(
        lang.t("import-problems-csv"),
        format!("{}/problems", path(run.id)),
    )
    .icon(Icon::Download)
    .small();
    let has_findings = run.totals.refused + run.totals.noted > 0;
    let head = if has_findings {
        head.end(html! { (csv) })
    } else {
        head
    };
    ui::card::bare_card(
        &head,
        &html! {
            div class="cb" { (ui::tabs::tabs(lang, &lang.t("import-rows"), &tabs(lang, run, shown, &address))) }
            @if page.is_empty() {
                (ui::waiting::empty(&lang.t("import-no-rows"), None))
            } @else {
                ul class="list" { @for view in page { (item(ctx, run, view)) } }
            }
            (ui::list::pager(lang, &pager, &html! {}))
        },
    )
}

fn total(run: &Run, shown: &str) -> usize {
    let totals = run.totals;
    let many = match shown {
        "problem" => totals.refused,
        "noted" => totals.noted,
        "new" => totals.new,
        "changed" => totals.changed,
        "same" => totals.same,
        "skipped" => totals.skipped,
        _ => totals.all,
    };
    usize::try_from(many).unwrap_or(0)
}

fn tabs(lang: Lang, run: &Run, shown: &str, address: &impl Fn(&str, i32) -> String) -> Vec<Tab> {
    ["problem", "noted", "new", "changed", "same", "skipped", "all"]
        .into_iter()
        .map(|show| {
            Tab::new(lang.t(&format!("import-tab-{show}")), address(show, 0))
                .count(u32::try_from(total(run, show)).unwrap_or(0))
                .current(show == shown)
        })
        .collect()
}

fn item(ctx: &Ctx, run: &Run, view: &RowView) -> Markup {
    let lang = ctx.lang;
    let row = &view.row;
    let look = match row.outcome {
        RowOutcome::Problem => PillState::Blocked,
        RowOutcome::New => PillState::Ok,
        RowOutcome::Changed => PillState::Advice,
        RowOutcome::Read => PillState::Pending,
        RowOutcome::Same | RowOutcome::Skipped => PillState::Neutral,
    };
    let may_edit = !row.is_done && !run.state.is_busy() && row.outcome == RowOutcome::Problem;
    html! {
        li id={ "row-" (row.number) } {
            div class="row-x wrap" {
                span class="num sub sm nw" { (lang.tx("import-row", &[("n", i64::from(row.number).into())])) }
                b class="grow" { (view.label) }
                (pill::pill(look, &lang.t(&format!("import-row-{}", row.outcome))))
            }
            @for finding in &row.findings.0 { (line(lang, run, view, finding)) }
            @if may_edit { (correct(ctx, run, view)) }
        }
    }
}

/// One finding: column, value, words, code.
fn line(lang: Lang, run: &Run, view: &RowView, finding: &Finding) -> Markup {
    let Some(mut shown) = findings::shown(lang, &finding.clone().into()).pop() else {
        return html! {};
    };
    let cell = run.place_of(&finding.field).and_then(|at| view.row.cells.get(at));
    let column = run.heading_of(&finding.field);
    let value = cell.map(|text| text.trim()).filter(|text| !text.is_empty());
    if !finding.field.is_empty() {
        let said = [
            ("column", column.into()),
            ("value", value.unwrap_or_default().into()),
            ("text", shown.text.as_str().into()),
        ];
        let words = if value.is_some() {
            "import-finding-value"
        } else {
            "import-finding-column"
        };
        shown.text = lang.tx(words, &said).into_owned();
    }
    ui::form::finding_line(lang, &shown)
}

/// The cells of a row that stand in the way; all of them when it is the row as a whole.
fn correct(ctx: &Ctx, run: &Run, view: &RowView) -> Markup {
    let lang = ctx.lang;
    let mut places: Vec<usize> = view
        .row
        .findings
        .0
        .iter()
        .filter(|one| one.severity == Severity::Refuse)
        .filter_map(|one| run.place_of(&one.field))
        .collect();
    places.sort_unstable();
    places.dedup();
    let whole = places.is_empty();
    if whole {
        places = (0..run.source.headings.len())
            .filter(|at| run.mapping.field_of(&run.source.headings[*at]).is_some())
            .collect();
    }
    let number = view.row.number;
    let fields = html! {
        div class="fg" {
            @for at in &places {
                @let id = format!("cell-{number}-{at}");
                div class="f w4" {
                    label for=(id) { (run.source.headings[*at]) }
                    input class="form-control" id=(id) name={ "c" (at) } value=(view.row.cells.get(*at).map_or("", String::as_str)) autocomplete="off" maxlength="500";
                }
            }
        }
        div class="mt" { (Action::submit(lang.t("import-correct")).icon(Icon::Check).small()
            .spoken(lang.tx("import-correct-row", &[("n", i64::from(number).into())]))) }
    };
    let form = Form::post(&format!("{}/rows/{number}", path(run.id))).draw_in(ctx, &fields);
    if whole {
        html! { details class="mt" { summary class="sm" { (lang.t("import-correct-cells")) } (form) } }
    } else {
        html! { div class="mt" { (form) } }
    }
}

/// Keeps corrected cells. A short run that was checked is checked again at once.
pub(crate) async fn save(
    State(app): State<App>,
    Path((id, number)): Path<(ImportId, i32)>,
    Posted { who, fields }: Posted,
) -> PageResult {
    let (run, permits) = load(&app, &who, id).await?;
    let edits: Vec<(usize, String)> = (0..run.source.headings.len())
        .filter_map(|at| {
            let name = format!("c{at}");
            let sent = fields.pairs().any(|(key, _)| key == name);
            sent.then(|| (at, fields.get(&name).to_owned()))
        })
        .collect();
    let own = permits.clone();
    let saved = app
        .store()
        .write(who.actor(), move |tx| {
            exchange::edit_row(tx, &own, id, (number, &edits))
        })
        .await;
    let done = match saved {
        Ok(()) if run.state == RunState::Checked && run.totals.all <= WAITS_FOR => {
            pass(&app, permits, id, Pass::Check).await.map(|_| ())
        }
        other => other,
    };
    match done {
        Ok(()) => Ok(Answer::see(format!("{}?show=problem#rows", path(id)))),
        failed => after(&app, &who, id, failed).await,
    }
}
