//! The catalogue of courses.

use super::{HOME, home_crumb};
use crate::answer::{Answer, OrStop, PageResult};
use crate::posted::Posted;
use crate::who::Who;
use crate::{App, context};
use access::Permit;
use access::action::{ManageCourses, ViewSections};
use axum::extract::{Query, State};
use courses::Course;
use kernel::text::fold;
use maud::{Markup, html};
use pasi::CourseNews;
use serde::Deserialize;
use ui::ctx::{Ctx, Job};
use ui::form::Form;
use ui::head::{Crumb, PageHead};
use ui::list::{Filters, Pager};
use ui::pill::{State as PillState, pill};
use ui::table::{Column, Row, Table};
use ui::{Action, Icon, Lang, card};

/// The address of the catalogue.
const ADDRESS: &str = "/sections/courses";

/// What the address asks for.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    q: String,
}

/// The page.
pub(crate) async fn page(State(app): State<App>, who: Who, Query(asked): Query<Asked>) -> PageResult {
    let permit = Permit::<ViewSections>::wide(who.standing()).or_stop(&app, &who)?;
    let read = app.store().read(who.division(), move |at| {
        Ok((courses::courses(at, &permit)?, pasi::course_news(at, &permit)?))
    });
    let (all, news) = read.await.or_stop(&app, &who)?;
    let missing = courses::alberta()
        .iter()
        .filter(|course| all.iter().all(|there| there.code != course.code))
        .count();
    let ctx = context::of(&app, &who, Job::Classes).await?;
    let lang = ctx.lang;
    let words = fold(&asked.q);
    let shown: Vec<&Course> = all
        .iter()
        .filter(|course| {
            let said = fold(&format!("{} {}", course.code, course.name));
            words.split_whitespace().all(|word| said.contains(word))
        })
        .collect();
    let head = PageHead::new(lang.t("sections-courses"))
        .crumbs(vec![home_crumb(lang), Crumb::here(lang.t("sections-courses"))])
        .facts(lang.tx("sections-courses-count", &[("n", all.len().into())]));
    let filters = Filters {
        action: ADDRESS.to_owned(),
        text_label: lang.t("sections-courses-filter").into_owned(),
        text: asked.q.clone(),
        selects: Vec::new(),
        hidden: Vec::new(),
        clear: (!asked.q.is_empty()).then(|| ADDRESS.to_owned()),
        results_id: "courses-rows".to_owned(),
    };
    let pager = Pager {
        shown: shown.len(),
        total: all.len(),
        ..Pager::default()
    };
    let body = html! {
        (head.draw())
        @if missing > 0 && context::may::<ManageCourses>(who.standing()) { (take(&ctx, missing)) }
        @if !news.is_empty() { div class="mb" { (told(lang, &news)) } }
        (ui::list::list_card(
            &lang.t("sections-courses"), "courses-rows", &ui::list::filters(lang, &filters, &html! {}),
            &table(lang, &shown), &ui::list::pager(lang, &pager, &html! {}),
        ))
    };
    Ok(ui::shell::page(&ctx, lang.t("sections-courses"), body).into())
}

/// The way to take in what the file of courses has and the catalogue has not.
fn take(ctx: &Ctx, missing: usize) -> Markup {
    let lang = ctx.lang;
    let inner = html! {
        p { (lang.tx("sections-courses-missing", &[("n", missing.into())])) }
        (Action::submit(lang.t("sections-courses-take")).icon(Icon::Download).primary())
    };
    let form = Form::post(ADDRESS).draw_in(ctx, &inner);
    html! { div class="mb" { (card::card(&card::Head::new("take", lang.t("sections-courses-file")), &form)) } }
}

/// What PASI says otherwise.
fn told(lang: Lang, news: &[CourseNews]) -> Markup {
    let columns = vec![
        Column::new(lang.t("sections-code")),
        Column::new(lang.t("sections-course")).hide_on_phone(),
        Column::new(lang.t("sections-catalogue-field")),
        Column::new(lang.t("pasi-ours")),
        Column::new(lang.t("pasi-theirs")),
    ];
    let rows = news.iter().map(|one| {
        let theirs = match (one.field, one.theirs.as_str()) {
            ("course", _) => lang.t("sections-catalogue-missing").into_owned(),
            ("last-year", "") => lang.t("sections-catalogue-no-end").into_owned(),
            (_, theirs) => theirs.to_owned(),
        };
        let ours = match (one.field, one.ours.as_str()) {
            ("last-year", "") => lang.t("sections-catalogue-no-end").into_owned(),
            (_, ours) => ours.to_owned(),
        };
        Row::new(vec![
            html! { span class="num nw" { (one.code) } },
            html! { (one.name) },
            html! { (lang.t(&format!("sections-catalogue-{}", one.field))) },
            html! { (ours) },
            html! { b { (theirs) } },
        ])
    });
    let title = lang.t("sections-catalogue-pasi");
    let table = Table::new(title.clone(), columns).rows(rows.collect()).draw(lang);
    card::bare_card(&card::Head::new("news", title), &table)
}

fn table(lang: Lang, all: &[&Course]) -> Markup {
    let columns = vec![
        Column::new(lang.t("sections-code")),
        Column::new(lang.t("sections-course")),
        Column::new(lang.t("sections-grades")),
        Column::new(lang.t("sections-credits")),
        Column::new(lang.t("sections-after")).hide_on_phone(),
        Column::new(lang.t("sections-life")).hide_on_phone(),
    ];
    let rows = all.iter().map(|course| {
        let credits: Vec<String> = course.credits.iter().map(ToString::to_string).collect();
        let last = course.last_year.map(|year| year.to_string());
        Row::new(vec![
            html! { a class="num nw" href={ (HOME) "?course=" (course.id) } { (course.code) } },
            html! { (course.name) @if !course.is_provincial { " " (pill(PillState::Neutral, &lang.t("sections-local"))) } },
            html! { span class="num nw" { (course.grades()) } },
            html! { span class="num" { (credits.join(", ")) } },
            html! { span class="num" { (course.prerequisites.join(", ")) } },
            html! { @if let Some(last) = last { (lang.tx("sections-until-year", &[("year", last.into())])) } },
        ])
    });
    Table::new(lang.t("sections-courses"), columns)
        .rows(rows.collect())
        .empty(ui::waiting::empty(&lang.t("sections-courses-none"), None))
        .draw(lang)
}

/// Takes the courses of the file in.
pub(crate) async fn take_in(State(app): State<App>, Posted { who, .. }: Posted) -> PageResult {
    let permit = Permit::<ManageCourses>::wide(who.standing()).or_stop(&app, &who)?;
    let write = move |tx: &mut db::Tx| courses::take_catalogue(tx, &permit);
    app.store().write(who.actor(), write).await.or_stop(&app, &who)?;
    Ok(Answer::see(ADDRESS))
}
