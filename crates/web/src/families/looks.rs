//! Who of the schools and the division looked at a child's record: roles and times.

use crate::answer::{OrStop, PageResult};
use crate::who::Who;
use crate::{App, context, lookup};
use access::Permit;
use access::action::{ViewLooks, ViewStudents};
use axum::extract::{Path, State};
use kernel::{Failure, StudentId};
use maud::html;
use ui::card;
use ui::ctx::Job;
use ui::head::{Crumb, PageHead};
use ui::table::{Column, Row, Table};

/// The page.
pub(crate) async fn page(State(app): State<App>, who: Who, Path(student): Path<StudentId>) -> PageResult {
    let standing = who.standing().clone();
    let read = app.store().read(who.division(), move |at| {
        let looks = Permit::<ViewLooks>::student(at, &standing, student)?;
        let view = Permit::<ViewStudents>::student(at, &standing, student)?;
        let card = people::cards_of(at, &view, &[student])?
            .pop()
            .ok_or(Failure::NotFound)?;
        Ok((access::trail::looks_of(at, &looks, student)?, card))
    });
    let (looks, child) = read.await.or_stop(&app, &who)?;
    let ctx = context::of(&app, &who, Job::Today).await?;
    let (lang, now) = (ctx.lang, app.store().now());
    let columns = vec![
        Column::new(lang.t("looks-when")),
        Column::new(lang.t("looks-role")),
    ];
    let rows = looks.iter().map(|look| {
        Row::new(vec![
            html! { span class="num nw" { (lookup::moment(lang, look.at, now)) } },
            html! { (context::role_words(lang, look.role)) },
        ])
    });
    let table = Table::new(lang.t("looks-title"), columns)
        .rows(rows.collect())
        .empty(ui::waiting::cleared(&lang.t("looks-none")))
        .draw(lang);
    let body = html! {
        (PageHead::new(lang.t("looks-title")).facts(child.preferred_name).crumbs(vec![Crumb::link(lang.t("nav-today"), "/")]).draw())
        p class="sub" { (lang.t("looks-text")) }
        (card::bare_card(&card::Head::new("looks", lang.t("looks-title")), &table))
    };
    Ok(ui::shell::page(&ctx, lang.t("looks-title"), body).into())
}
