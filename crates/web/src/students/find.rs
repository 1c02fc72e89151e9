//! Ctrl K: students, pages and actions in one list, as one types.

use crate::answer::{OrStop, PageResult};
use crate::routes::{ROUTES, Who as Audience};
use crate::who::Who;
use crate::{App, context, division, lookup};
use access::Permit;
use access::action::{CreateStudents, ViewStudents};
use axum::extract::{Query, State};
use axum::http::Method;
use kernel::Role;
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
    let mut found = pages(&app, &context::bare(&app, &who), &who, &asked.q);
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

/// Pages that the navigation does not name: their words, their address, and the job they are of.
const PLACES: &[(&str, &str, Job)] = &[
    ("lists-title", "/students/lists", Job::Students),
    ("invite-title", "/students/families", Job::Students),
    (
        "attendance-tab-unexplained",
        "/attendance/unexplained",
        Job::Attendance,
    ),
    ("attendance-tab-desk", "/attendance/desk", Job::Attendance),
    ("attendance-tab-many", "/attendance/many", Job::Attendance),
    ("attendance-tab-summary", "/attendance/summary", Job::Attendance),
    ("attendance-tab-codes", "/attendance/codes", Job::Attendance),
    ("sections-courses", "/sections/courses", Job::Classes),
    ("sections-timetables", "/sections/timetable", Job::Classes),
    ("requests", "/sections/requests", Job::Classes),
    ("load-title", "/sections/load", Job::Classes),
];

/// May a role ask for an address? As the table of addresses says.
fn may_open(role: Role, address: &str) -> bool {
    let mut all = ROUTES.iter();
    all.any(|route| {
        let is_open = match route.who {
            Audience::Anyone | Audience::OnTheWay | Audience::SignedIn => true,
            Audience::May(_, roles) | Audience::Student(_, roles) => {
                roles.iter().any(|(may, _)| *may == role)
            }
        };
        is_open && route.path == address && route.method == Method::GET
    })
}

/// The pages and actions the role may open: each word that is typed begins one of their name.
fn pages(app: &App, ctx: &Ctx, who: &Who, typed: &str) -> Vec<Found> {
    let (lang, role) = (ctx.lang, who.standing().role);
    let name = |words: &str| lang.t(words).into_owned();
    let jobs = ctx
        .nav
        .iter()
        .map(|item| (name(item.job.words()), item.href.clone(), item.job.icon()));
    let new = who.may_now::<CreateStudents>();
    let new = new.then(|| (name("students-new"), "/students/new".to_owned(), Icon::UserPlus));
    let places = PLACES.iter().filter(|(_, address, _)| may_open(role, address));
    let places = places.map(|(words, address, job)| (name(words), (*address).to_owned(), job.icon()));
    let office = division::parts(app, who).into_iter();
    let office = office
        .map(|(part, address, glyph)| (name(&format!("division-part-{part}")), address.to_owned(), glyph));
    let typed = fold(typed);
    let fits = |name: &str| {
        let name = fold(name);
        let begins = |wanted: &str| {
            name.split([' ', '-', '\'', '’'])
                .any(|word| word.starts_with(wanted))
        };
        typed.split_whitespace().all(begins)
    };
    jobs.chain(new)
        .chain(places)
        .chain(office)
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
