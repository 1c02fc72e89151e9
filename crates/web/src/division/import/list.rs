//! Every file that was brought, and the mappings.

use super::{crumbs, kind_words, path, state_pill};
use crate::answer::{OrStop, PageResult};
use crate::who::Who;
use crate::{App, context, lookup};
use access::Permit;
use access::action::Import;
use axum::extract::State;
use exchange::{Permits, Run, SavedMapping, shipped};
use kernel::Instant;
use maud::{Markup, html};
use ui::ctx::Job;
use ui::head::PageHead;
use ui::table::{Column, Row, Table};
use ui::{Action, Icon, Lang, card};

/// The page.
pub(crate) async fn page(State(app): State<App>, who: Who) -> PageResult {
    let permit = Permit::<Import>::wide(who.standing()).or_stop(&app, &who)?;
    let kinds = Permits::kinds(who.standing());
    let asked = kinds.clone();
    let read = app.store().read(who.division(), move |at| {
        Ok((
            exchange::runs(at, &permit, &asked)?,
            exchange::saved_mappings(at, &permit)?,
        ))
    });
    let (runs, mut saved) = read.await.or_stop(&app, &who)?;
    saved.retain(|one| kinds.contains(&one.kind));
    let ctx = context::of(&app, &who, Job::Division).await?;
    let (lang, now) = (ctx.lang, app.store().now());
    let title = lang.t("division-part-import");
    let head = PageHead::new(title.clone())
        .crumbs(crumbs(lang)[..1].to_vec())
        .facts(lang.t("division-part-import-text"))
        .action(
            Action::link(lang.t("import-new"), "/division/import/new")
                .icon(Icon::Upload)
                .primary(),
        );
    let shipped: Vec<_> = shipped().iter().filter(|one| kinds.contains(&one.kind)).collect();
    let french = lang == Lang::FrCa;
    let body = html! {
        (head.draw())
        div class="stack" {
            (card::bare_card(&card::Head::new("runs", lang.t("import-runs")), &table(lang, &runs, now)))
            @if !saved.is_empty() {
                (card::bare_card(&card::Head::new("saved", lang.t("import-saved")), &saved_list(lang, &saved, now)))
            }
            (card::bare_card(&card::Head::new("shipped", lang.t("import-shipped")), &html! {
                ul class="list" {
                    @for one in shipped {
                        li {
                            b { @if french { (one.label_fr) } @else { (one.label_en) } }
                            span class="sub sm" { " · " (kind_words(lang, one.kind)) }
                            div class="sm sub" lang="en" { (one.source) }
                        }
                    }
                }
            }))
        }
    };
    Ok(ui::shell::page(&ctx, title, body).into())
}

fn saved_list(lang: Lang, saved: &[SavedMapping], now: Instant) -> Markup {
    html! {
        ul class="list" {
            @for one in saved {
                li {
                    b { (one.mapping.label) }
                    span class="sub sm" { " · " (kind_words(lang, one.kind)) }
                    div class="sm sub" {
                        (lang.tx("import-saved-by", &[
                            ("who", lookup::who(lang, &one.created_by).as_ref().into()),
                            ("when", lookup::moment(lang, one.created_at, now).into()),
                            ("n", one.mapping.columns.len().into()),
                        ]))
                    }
                }
            }
        }
    }
}

fn table(lang: Lang, runs: &[Run], now: Instant) -> Markup {
    let columns = vec![
        Column::new(lang.t("import-file")),
        Column::new(lang.t("import-kind")).hide_on_phone(),
        Column::figures(lang.t("import-rows")),
        Column::figures(lang.t("import-problems")).hide_on_phone(),
        Column::new(lang.t("import-brought")).hide_on_phone(),
        Column::new(lang.t("division-state")),
    ];
    let row = |run: &Run| {
        Row::new(vec![
            html! { (run.file_name) },
            html! { (kind_words(lang, run.kind)) },
            html! { span class="num" { (lang.number(i64::from(run.totals.all))) } },
            html! { span class="num" { (lang.number(i64::from(run.totals.refused))) } },
            html! { span class="sm sub" { (lookup::moment(lang, run.created_at, now)) " · " (lookup::who(lang, &run.created_by)) } },
            state_pill(lang, run, now),
        ])
        .link(0, path(run.id))
        .leads()
    };
    let empty = ui::waiting::empty(
        &lang.t("import-none"),
        Some(&Action::link(lang.t("import-new"), "/division/import/new")),
    );
    Table::new(lang.t("import-runs"), columns)
        .rows(runs.iter().map(row).collect())
        .empty(empty)
        .draw(lang)
}
