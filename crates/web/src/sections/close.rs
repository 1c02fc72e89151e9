//! Closing a section.

use super::form::manageable;
use super::page::{self, Loaded};
use super::path;
use super::words::{Ask, Sent, answer};
use crate::answer::{Answer, OrStop, PageResult};
use crate::posted::{Fields, Posted};
use crate::who::Who;
use crate::{App, findings, stale};
use access::Permit;
use access::action::ManageSections;
use axum::extract::{Path, State};
use kernel::{Failure, Findings, Outcome, SectionId};
use maud::html;
use ui::form::{Form, Width, form_end, summary};
use ui::{Action, card};

/// The form.
pub(crate) async fn ask(State(app): State<App>, who: Who, Path(id): Path<SectionId>) -> PageResult {
    let loaded = manageable(&app, &who, id).await?;
    let section = &loaded.view.section;
    let today = app.store().now().date();
    let day = today.clamp(section.first_day, section.last_day);
    let fields = Fields::from(vec![("last_day".to_owned(), day.to_string())]);
    show(&app, &who, &loaded, (fields, Vec::new())).await
}

async fn show(app: &App, who: &Who, loaded: &Loaded, (typed, found): Sent) -> PageResult {
    let ctx = loaded.ctx(app, who).await?;
    let (lang, section) = (ctx.lang, &loaded.view.section);
    let ask = Ask {
        lang,
        typed: &typed,
        found: &found,
    };
    let fields = html! {
        div class="cb fg" {
            (summary(lang, &found, &["last_day"]))
            p class="w12 m-0" { (lang.tx("sections-close-text", &[("n", loaded.lines.len().into())])) }
            (stale::seen(section.version, &typed))
            (ask.day("last_day", Width::Half))
        }
        (form_end(lang, &html! {}, &path(section.id), &Action::submit(lang.t("sections-close")).danger()))
    };
    let address = format!("{}/close", path(section.id));
    let drawn = Form::post(&address).draw_in(&ctx, &fields);
    let head = card::Head::new("close", lang.t("sections-close-title"));
    let body = html! {
        (page::head(lang, loaded).draw())
        div class="grid" { div class="s7" { (card::bare_card(&head, &drawn)) } }
    };
    Ok(answer(
        ui::shell::page(&ctx, lang.t("sections-close-title"), body),
        &found,
    ))
}

/// Closes it.
pub(crate) async fn send(
    State(app): State<App>,
    Path(id): Path<SectionId>,
    Posted { who, fields }: Posted,
) -> PageResult {
    let loaded = manageable(&app, &who, id).await?;
    let permit =
        Permit::<ManageSections>::school(who.standing(), loaded.view.section.school).or_stop(&app, &who)?;
    let closed = match read(&fields) {
        Ok((day, seen)) => {
            let write = move |tx: &mut db::Tx| courses::close_section(tx, &permit, id, seen, day);
            app.store().write(who.actor(), write).await.map(|_| ())
        }
        Err(failure) => Err(failure),
    };
    match closed {
        Ok(()) => {
            app.settle_section(id).await;
            Ok(Answer::see(path(id)))
        }
        Err(failure) if stale::is_stale(&failure) => {
            let loaded = manageable(&app, &who, id).await?;
            show(&app, &who, &loaded, stale::again(who.lang(), &fields)).await
        }
        Err(failure) => {
            let found = findings::of_failure(who.lang(), failure).or_stop(&app, &who)?;
            show(&app, &who, &loaded, (fields, found)).await
        }
    }
}

fn read(fields: &Fields) -> Outcome<(kernel::Date, i64)> {
    fields.fit()?;
    let mut findings = Findings::default();
    let day = fields.day("last_day", &mut findings);
    let day = day.ok_or(Failure::Invalid(findings))?;
    Ok((day, fields.version("version")?))
}
