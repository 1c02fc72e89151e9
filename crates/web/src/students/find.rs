//! Ctrl K: students, pages and actions in one list, as one types.

use crate::answer::{OrStop, PageResult};
use crate::who::Who;
use crate::{App, context, lookup};
use access::Permit;
use access::action::{CreateStudents, MassUpdate, ViewStudents};
use axum::extract::{Query, State};
use kernel::text::fold;
use serde::Deserialize;
use ui::ctx::{Ctx, Job};
use ui::search::{Found, Kind};
use ui::{Icon, Lang};

/// What is typed.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    q: String,
}

/// Students shown while typing.
const AT_MOST: usize = 12;

/// The fragment for the dialog, or a page of its own without scripts.
pub(crate) async fn page(State(app): State<App>, who: Who, Query(asked): Query<Asked>) -> PageResult {
    let mut found = pages(&context::bare(&app, &who), &who, &asked.q);
    if let Ok(permit) = Permit::<ViewStudents>::wide(who.standing()) {
        let (lang, q) = (who.lang(), asked.q.clone());
        let students = app
            .store()
            .read(who.division(), move |at| {
                let hits = people::search::find(at, &permit, &q, AT_MOST)?;
                Ok((hits, schools::directory(at)?))
            })
            .await
            .or_stop(&app, &who)?;
        let (hits, directory) = students;
        let rows = hits.into_iter().map(|hit| student(lang, &hit, &directory));
        found = rows.chain(found).collect();
    }
    if who.visit.is_fragment {
        return Ok(ui::search::results(who.lang(), &found).into());
    }
    let ctx = context::of(&app, &who, Job::Students).await?;
    Ok(ui::shell::page(
        &ctx,
        ctx.lang.t("find"),
        ui::search::results_page(ctx.lang, &asked.q, &found),
    )
    .into())
}

fn student(lang: Lang, hit: &people::search::Hit, directory: &schools::Directory) -> Found {
    let card = &hit.card;
    let mut detail = Vec::new();
    detail.extend(card.asn.map(|asn| asn.to_string()));
    if !card.grade.is_empty() {
        detail.push(
            lang.tx("crumb-grade", &[("grade", lookup::grade(&card.grade).into())])
                .into_owned(),
        );
    }
    detail.extend(card.school.map(|school| directory.name(school).to_owned()));
    Found {
        kind: Kind::Student,
        name: card.list_name.clone(),
        detail: detail.join(" · "),
        href: format!("/students/{}", card.student),
        restricted: card.is_shielded(),
    }
}

/// The pages and actions the role may open, by any word of their name.
fn pages(ctx: &Ctx, who: &Who, typed: &str) -> Vec<Found> {
    let lang = ctx.lang;
    let typed = fold(typed);
    let mut all: Vec<(String, String, Icon)> = ctx
        .nav
        .iter()
        .map(|item| {
            (
                lang.t(item.job.words()).into_owned(),
                item.href.clone(),
                item.job.icon(),
            )
        })
        .collect();
    if who.may_now::<CreateStudents>() {
        all.push((
            lang.t("students-new").into_owned(),
            "/students/new".to_owned(),
            Icon::UserPlus,
        ));
    }
    if who.may_now::<MassUpdate>() {
        all.push((
            lang.t("year-title").into_owned(),
            super::year::HOME.to_owned(),
            Icon::Calendar,
        ));
    }
    let fits = |name: &str| typed.is_empty() || fold(name).split(' ').any(|word| word.starts_with(&typed));
    all.into_iter()
        .filter(|(name, _, _)| fits(name))
        .map(|(name, href, glyph)| Found {
            kind: Kind::Page(glyph),
            name,
            detail: String::new(),
            href,
            restricted: false,
        })
        .collect()
}
