//! A list leaves the records: how many, why, as what; then the file.

use super::list::asked::Asked;
use super::list::table::Shown as Column;
use crate::answer::{Answer, OrStop, PageResult};
use crate::posted::{Fields, Posted};
use crate::who::Who;
use crate::{App, context, findings};
use access::Permit;
use access::action::{Export, ViewStudents};
use axum::extract::{Query, State};
use exchange::export::{self, ExportFormat, REASON_FROM, StudentList};
use kernel::{Findings, Outcome};
use maud::html;
use ui::ctx::Job;
use ui::form::{Choice, Field, Finding as Shown, Form, Width, form_end, summary};
use ui::head::{Crumb, PageHead};
use ui::{Action, Icon, Lang, card};

/// The form.
pub(crate) async fn page(
    State(app): State<App>,
    who: Who,
    Query(pairs): Query<Vec<(String, String)>>,
) -> PageResult {
    let asked = Asked::of(pairs);
    show(&app, &who, &asked, (&Fields::default(), &[])).await
}

async fn show(app: &App, who: &Who, asked: &Asked, (typed, found): (&Fields, &[Shown])) -> PageResult {
    Permit::<Export>::wide(who.standing()).or_stop(app, who)?;
    let view = Permit::<ViewStudents>::wide(who.standing()).or_stop(app, who)?;
    let query = asked.query(who);
    let read = app
        .store()
        .read(who.division(), move |at| export::count(at, &view, &query));
    let many = read.await.or_stop(app, who)?;
    let ctx = context::of(app, who, Job::Students).await?;
    let lang = ctx.lang;
    let title = lang.t("export-title");
    let (why, form_words) = (lang.t("export-reason"), lang.t("export-format"));
    let hint = lang.tx("export-reason-hint", &[("n", REASON_FROM.into())]);
    let formats = [Choice::new("csv", "CSV"), Choice::new("xlsx", "Excel")];
    let format = typed.some("format").unwrap_or_else(|| "csv".to_owned());
    let reason = Field::new(lang, "reason", &why)
        .hint(&hint)
        .value(typed.get("reason"))
        .findings(found)
        .max_length(200);
    let reason = if many >= REASON_FROM {
        reason.required()
    } else {
        reason.optional()
    };
    let fields = html! {
        div class="cb fg" {
            (summary(lang, found, &["reason", "format"]))
            p class="f w12 m-0" { (lang.tx("export-text", &[("n", many.into())])) }
            (Field::new(lang, "format", &form_words).value(&format).findings(found).width(Width::Whole).segmented(&formats))
            (reason.width(Width::Whole).text())
            p class="f w12 sm sub m-0" { (lang.t("export-handle")) }
        }
        (form_end(lang, &html! {}, &asked.address(), &Action::submit(lang.t("export-go")).icon(Icon::Download).primary()))
    };
    let body = html! {
        (PageHead::new(title.clone()).crumbs(vec![Crumb::link(lang.t("students-title"), asked.address())]).draw())
        div class="grid" { div class="s7" {
            @if many == 0 {
                (card::unheaded_card(&title, &ui::waiting::empty(&lang.t("export-none"), None)))
            } @else {
                (card::unheaded_card(&title, &Form::post(&asked.with_at("/students/export", "after", "")).draw_in(&ctx, &fields)))
            }
        } }
    };
    let page = ui::shell::page(&ctx, title, body);
    Ok(if found.is_empty() {
        Answer::page(page)
    } else {
        Answer::again(page)
    })
}

/// The file.
pub(crate) async fn send(
    State(app): State<App>,
    Query(pairs): Query<Vec<(String, String)>>,
    Posted { who, fields }: Posted,
) -> PageResult {
    let asked = Asked::of(pairs);
    let permit = Permit::<Export>::wide(who.standing()).or_stop(&app, &who)?;
    let view = Permit::<ViewStudents>::wide(who.standing()).or_stop(&app, &who)?;
    let format = match fields
        .fit()
        .and_then(|()| fields.at_most("reason", 200))
        .and_then(|()| format_of(&fields))
    {
        Ok(format) => format,
        Err(failure) => {
            let found = findings::of_failure(who.lang(), failure).or_stop(&app, &who)?;
            return show(&app, &who, &asked, (&fields, &found)).await;
        }
    };
    let columns = Column::of(&asked);
    let wanted = StudentList {
        query: asked.query(&who),
        reason: fields.get("reason").to_owned(),
        format,
        headings: headings(who.lang(), &columns),
    };
    let lang = who.lang();
    let made = app
        .store()
        .write(who.actor(), move |tx| {
            export::students(tx, (&permit, &view), &wanted, &|card, directory| {
                let cells = columns.iter().map(|column| column.text(lang, card, directory));
                std::iter::once(card.list_name.clone()).chain(cells).collect()
            })
        })
        .await;
    match made {
        Ok(bytes) => {
            let name = format!("students-{}", app.store().now().date());
            Ok(Answer::file(&name, format, bytes))
        }
        Err(failure) => {
            let found = findings::of_failure(who.lang(), failure).or_stop(&app, &who)?;
            show(&app, &who, &asked, (&fields, &found)).await
        }
    }
}

/// What kind of file; a text when the form says none.
fn format_of(fields: &Fields) -> Outcome<ExportFormat> {
    let mut findings = Findings::default();
    let format = fields.parsed("format", "LP-0008", &mut findings);
    findings.or_refuse()?;
    Ok(format.unwrap_or(ExportFormat::Csv))
}

/// The name, and the columns that were chosen for the list.
fn headings(lang: Lang, columns: &[Column]) -> Vec<String> {
    let columns = columns.iter().map(|column| column.label());
    std::iter::once("column-name")
        .chain(columns)
        .map(|words| lang.t(words).into_owned())
        .collect()
}
