//! The list on paper: every row, the columns as chosen, nothing to press.

use super::asked::Asked;
use super::table::{self, On};
use crate::answer::{OrStop, PageResult};
use crate::who::Who;
use crate::{App, context};
use access::Permit;
use access::action::ViewStudents;
use axum::extract::{Query, State};
use maud::html;
use people::{CardRow, ListQuery};
use ui::ctx::Job;
use ui::head::{Crumb, PageHead};
use ui::{Action, Icon, card};

/// Rows printed at most.
const MOST: usize = 2_000;

/// The page.
pub(crate) async fn page(
    State(app): State<App>,
    who: Who,
    Query(pairs): Query<Vec<(String, String)>>,
) -> PageResult {
    let asked = Asked::of(pairs);
    let permit = Permit::<ViewStudents>::wide(who.standing()).or_stop(&app, &who)?;
    let mut query = ListQuery {
        after: None,
        limit: 500,
        ..asked.query(&who)
    };
    let read = app.store().read(who.division(), move |at| {
        let mut rows: Vec<CardRow> = Vec::new();
        loop {
            let page = people::list(at, &permit, &query)?;
            rows.extend(page.rows);
            match page.next {
                Some(next) if rows.len() < MOST => query.after = Some(next),
                _ => {
                    let whole = people::Page {
                        rows,
                        next: None,
                        total: page.total,
                        is_longer: page.is_longer,
                    };
                    return Ok((whole, schools::directory(at)?));
                }
            }
        }
    });
    let (found, directory) = read.await.or_stop(&app, &who)?;
    let ctx = context::of(&app, &who, Job::Students).await?;
    let lang = ctx.lang;
    let (rows, total) = (&found.rows, usize::try_from(found.total).unwrap_or(0));
    let facts = super::facts(&ctx, &who, &found);
    let head = PageHead::new(lang.t("students-title"))
        .crumbs(vec![Crumb::link(lang.t("nav-students"), asked.address())])
        .facts(facts)
        .action(
            Action::scripted(lang.t("students-print"))
                .icon(Icon::Printer)
                .primary()
                .with("data-print", ""),
        );
    let now = app.store().now().local();
    let foot = ui::print::Foot {
        about: "",
        document: &lang.t("students-title"),
        version: "",
        printed_by: &who.holder().display_name,
        when: &format!("{} {}:{:02}", now.date(), now.hour(), now.minute()),
        protection: &lang.t("print-protected-b"),
    };
    let drawn = table::table(lang, &asked, rows, &directory, On::Paper).draw(lang);
    let body = html! {
        (head.draw())
        @if rows.len() < total {
            (ui::notice::banner(ui::notice::Tone::Warn, &lang.tx("students-print-part", &[("n", rows.len().into())]), "", &[]))
        }
        (card::unheaded_card(&lang.t("students-title"), &drawn))
        (ui::print::foot(lang, &foot))
    };
    Ok(ui::shell::page(&ctx, lang.t("students-title"), body).into())
}
