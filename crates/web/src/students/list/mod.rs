//! The list of students: filters, order and columns in the address, paging by
//! key, lists kept under a name, ticks for a change to many.

pub(crate) mod asked;
mod filter;
pub(crate) mod print;
pub(crate) mod saved;
pub(crate) mod table;

use crate::answer::{Answer, OrStop, PageResult};
use crate::who::Who;
use crate::{App, context};
use access::Permit;
use access::action::{CreateStudents, Export, InviteFamilies, MassUpdate, ViewStudents};
use asked::Asked;
use axum::extract::{Query, State};
use maud::{Markup, html};
use people::{CardRow, Page, SavedList};
use schools::Directory;
use ui::ctx::Job;
use ui::form::Form;
use ui::head::PageHead;
use ui::list::Pager;
use ui::{Action, Ctx, Icon, Lang};

/// What the page shows, read with one connection.
struct Read {
    found: Page<CardRow>,
    directory: Directory,
    homerooms: Vec<String>,
    lists: Vec<SavedList>,
}

/// The page. Without a question it opens with the person's own list, when one was chosen.
pub(crate) async fn page(
    State(app): State<App>,
    who: Who,
    Query(pairs): Query<Vec<(String, String)>>,
) -> PageResult {
    let is_bare = pairs.is_empty();
    let is_staff = who.standing().role.is_staff();
    let asked = if is_staff {
        Asked::of(pairs)
    } else {
        Asked::of_family()
    };
    let permit = Permit::<ViewStudents>::wide(who.standing()).or_stop(&app, &who)?;
    let query = asked.query(&who);
    let read = app.store().read(who.division(), move |at| {
        Ok(Read {
            found: people::list(at, &permit, &query)?,
            directory: schools::directory(at)?,
            homerooms: people::homerooms(at, &permit, query.school, query.year)?,
            lists: people::saved_lists(at, &permit)?,
        })
    });
    let read = read.await.or_stop(&app, &who)?;
    if let Some(address) = named(&asked, is_bare, &read.lists).filter(|_| is_staff) {
        return Ok(Answer::see(address));
    }
    let ctx = context::of(&app, &who, Job::Students).await?;
    let lang = ctx.lang;
    let offered = filter::Offered {
        directory: &read.directory,
        homerooms: &read.homerooms,
        today: ctx.today.into(),
    };
    let body = html! {
        (head(&ctx, &who, &asked, &read.found).draw())
        @if is_staff { (saved::tabs(lang, &asked, &read.lists)) }
        (ui::list::list_card(
            &lang.t("students-title"), "students-rows", &html! { @if is_staff { (filter::bar(lang, &asked, &who, &offered)) } },
            &rows(&ctx, &who, &asked, &read), &html! {},
        ))
        @if context::may::<InviteFamilies>(who.standing()) {
            p class="mt no-print" { a href="/students/families" { (lang.t("invite-title")) } }
        }
    };
    Ok(ui::shell::page(&ctx, lang.t("students-title"), body).into())
}

/// The whole address of a list that was named alone, or of the one the page opens with.
fn named(asked: &Asked, is_bare: bool, lists: &[SavedList]) -> Option<String> {
    let list = if is_bare {
        lists.iter().find(|list| list.is_default)?
    } else if asked.pairs().len() == 1 && asked.after.is_empty() {
        lists.iter().find(|list| list.id.to_string() == asked.list)?
    } else {
        return None;
    };
    let address = Asked::of_view(&list.view, Some(list.id)).address();
    // A list that asks for nothing has no longer address than this.
    let bare = Asked {
        list: list.id.to_string(),
        ..Asked::default()
    };
    (is_bare || address != bare.address()).then_some(address)
}

/// How many, where, and of which year when it is not this one.
pub(super) fn facts(ctx: &Ctx, who: &Who, found: &Page<CardRow>) -> String {
    let n = usize::try_from(found.total).unwrap_or(0);
    if !who.standing().role.is_staff() {
        return String::new();
    }
    let words = if found.is_longer {
        "students-facts-more"
    } else {
        "students-facts"
    };
    let school = ctx.school.label.clone();
    let facts = ctx.lang.tx(words, &[("n", n.into()), ("school", school.into())]);
    match who.other_year() {
        Some(year) => format!("{facts} · {year}"),
        None => facts.into_owned(),
    }
}

fn head(ctx: &Ctx, who: &Who, asked: &Asked, found: &Page<CardRow>) -> PageHead {
    let lang = ctx.lang;
    let mut head = PageHead::new(lang.t("students-title")).facts(facts(ctx, who, found));
    if who.standing().role.is_staff() {
        let print = Action::link(
            lang.t("students-print"),
            asked.with_at("/students/print", "after", ""),
        );
        head = head.action(print.icon(Icon::Printer).class("hide-ph"));
    }
    if context::may::<Export>(who.standing()) {
        let export = asked.with_at("/students/export", "after", "");
        head = head.action(Action::link(lang.t("export-open"), export).icon(Icon::Download));
    }
    if who.may_now::<CreateStudents>() {
        let new = Action::link(lang.t("students-new"), "/students/new");
        head = head.action(new.icon(Icon::UserPlus).primary());
    }
    head
}

/// The rows with their foot; a form around them where many may be changed at once.
fn rows(ctx: &Ctx, who: &Who, asked: &Asked, read: &Read) -> Markup {
    let lang = ctx.lang;
    let ticks = who.may_now::<MassUpdate>() && !read.found.rows.is_empty();
    let is_staff = who.standing().role.is_staff();
    let on = if is_staff {
        table::On::Screen { ticks }
    } else {
        table::On::Family
    };
    let drawn = table::table(lang, asked, &read.found.rows, &read.directory, on).draw(lang);
    let total = usize::try_from(read.found.total).unwrap_or(0);
    let next = read.found.next.as_ref();
    let pager = Pager {
        shown: read.found.rows.len(),
        total,
        is_longer: read.found.is_longer,
        previous: (!asked.after.is_empty()).then(|| asked.address()),
        next: next.map(|(key, id)| asked.with("after", &format!("{key}~{id}"))),
    };
    let foot = html! { @if is_staff { (ui::list::pager(lang, &pager, &html! {})) } };
    if !ticks {
        return html! { (drawn) (foot) };
    }
    let inner = html! {
        (selection(lang, asked, &read.found))
        (drawn)
    };
    html! {
        (Form::post("/students/update").class("ticks").draw_in(ctx, &inner))
        (foot)
    }
}

/// How many are ticked, over all pages of the list, and what to do with them.
fn selection(lang: Lang, asked: &Asked, found: &Page<CardRow>) -> Markup {
    let total = usize::try_from(found.total).unwrap_or(0);
    let all = lang.tx("students-change-all", &[("n", total.into())]);
    let is_too_long = found.is_longer || total > enrolment::mass::MOST;
    html! {
        input type="hidden" name="list" value=(asked.address());
        div class="picks no-print" data-selection=(asked.address()) {
            label class="row-x" {
                input class="form-check-input" type="checkbox" data-tick-all;
                span { (lang.t("students-tick-page")) }
            }
            span class="sub num" data-ticked data-words=(lang.t("students-ticked")) { }
            button class="btn btn-s btn-q" type="button" data-untick hidden { (lang.t("students-untick")) }
            span class="end row-x wrap" {
                (Action::link(lang.t("year-title"), super::year::HOME).small().quiet().icon(Icon::Calendar))
                (Action::submit(lang.t("students-change-ticked")).small().icon(Icon::Pencil).key("e"))
                @if is_too_long { span class="sub sm" { (lang.tx("students-change-most", &[("n", enrolment::mass::MOST.into())])) } }
                @else { (Action::submit(all).small().named("all", "yes").class("nw")) }
            }
        }
    }
}
