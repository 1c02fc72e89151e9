//! Today: what needs this person now.

use crate::answer::{Answer, OrStop, PageResult};
use crate::who::Who;
use crate::{App, context};
use access::Permit;
use access::action::{CreateStudents, ReadAudit, ViewPasi, ViewSchools, ViewStudents};
use access::watch::{self, BulkReader};
use axum::extract::State;
use db::Reading;
use kernel::{Outcome, Role, SchoolYear};
use maud::{Markup, html};
use pasi::QueueCounts;
use people::ListQuery;
use ui::ctx::{Ctx, Job};
use ui::facts::{Share, bar};
use ui::head::PageHead;
use ui::table::{Column, Row, Table};
use ui::{Action, Icon, Lang, State as PillState, card};

/// What the page shows.
struct Shown {
    students: Option<i64>,
    pasi: Option<QueueCounts>,
    schools: Vec<(String, i64)>,
    readers: Option<(Vec<BulkReader>, u32)>,
}

/// The page; a guardian and a student begin with their students.
pub(crate) async fn page(State(app): State<App>, who: Who) -> PageResult {
    if !who.standing().role.is_staff() {
        return Ok(Answer::see("/students"));
    }
    let (standing, chosen) = (who.standing().clone(), who.school());
    let shown = app
        .store()
        .read(who.division(), move |at| read(at, &standing, chosen))
        .await
        .or_stop(&app, &who)?;
    let ctx = context::of(&app, &who, Job::Today).await?;
    let lang = ctx.lang;
    let mut head = PageHead::new(lang.day_heading(ctx.today)).facts(facts(&ctx, &shown));
    if who.may_now::<CreateStudents>() {
        head = head.action(
            Action::link(lang.t("students-new"), "/students/new")
                .icon(Icon::UserPlus)
                .primary(),
        );
    }
    let body = html! {
        (head.draw())
        div class="grid" {
            div class="s7 stack" {
                @if !shown.schools.is_empty() { (schools_card(lang, &shown)) }
                @if shown.pasi.is_none() && shown.schools.is_empty() { (nothing(lang)) }
            }
            div class="s5 stack" {
                @if let Some((readers, most)) = &shown.readers { (readers_card(lang, readers, *most)) }
                @if let Some(counts) = &shown.pasi { (pasi_card(lang, counts, &ctx)) }
            }
        }
    };
    Ok(ui::shell::page(&ctx, lang.t("nav-today"), body).into())
}

fn read(
    at: &mut db::Reader,
    standing: &access::Standing,
    chosen: Option<kernel::SchoolId>,
) -> Outcome<Shown> {
    let students = match Permit::<ViewStudents>::wide(standing) {
        Ok(permit) => {
            let query = ListQuery {
                school: chosen,
                state: Some(people::PlaceState::Enrolled),
                limit: 1,
                ..ListQuery::default()
            };
            Some(people::count(at, &permit, &query)?)
        }
        Err(_) => None,
    };
    let pasi = match Permit::<ViewPasi>::wide(standing) {
        Ok(permit) => Some(pasi::counts(at, &permit)?),
        Err(_) => None,
    };
    let schools = match Permit::<ViewSchools>::wide(standing) {
        Ok(permit) => by_school(at, &permit)?,
        Err(_) => Vec::new(),
    };
    // Whoever answers for privacy; a director reads the audit too, and is one click away.
    let readers = match Permit::<ReadAudit>::wide(standing) {
        Ok(permit) if standing.role == Role::PrivacyOfficer => {
            Some((watch::bulk_readers(at, &permit)?, watch::threshold(at, &permit)?))
        }
        _ => None,
    };
    Ok(Shown {
        students,
        pasi,
        schools,
        readers,
    })
}

/// Students enrolled today, by school, in the order of the directory.
fn by_school(at: &mut db::Reader, permit: &Permit<ViewSchools>) -> Outcome<Vec<(String, i64)>> {
    let as_of = enrolment::AsOf {
        valid: at.today(),
        known: at.now(),
    };
    let counts = enrolment::counts(at, permit, as_of)?;
    let directory = schools::directory(at)?;
    let of = |school: kernel::SchoolId| {
        counts
            .iter()
            .filter(|count| count.school == school)
            .map(|count| count.students)
            .sum()
    };
    let own = directory
        .all()
        .iter()
        .filter(|school| permit.covers_school(school.id));
    Ok(own.map(|school| (school.name.clone(), of(school.id))).collect())
}

fn facts(ctx: &Ctx, shown: &Shown) -> String {
    let year = SchoolYear::of(ctx.today.into());
    let words = if ctx.other_year.is_some() {
        "today-year-whichever"
    } else {
        "today-year"
    };
    let year = ctx
        .lang
        .tx(words, &[("year", year.to_string().into())])
        .into_owned();
    match shown.students {
        Some(count) => format!(
            "{year} · {}",
            ctx.lang.tx("today-students", &[("n", count.into())])
        ),
        None => year,
    }
}

fn pasi_card(lang: Lang, counts: &QueueCounts, ctx: &Ctx) -> Markup {
    let rows: Vec<(PillState, &str, i64, &str)> = vec![
        (
            PillState::Rejected,
            "today-pasi-rejected",
            counts.rejected,
            "rejected",
        ),
        (
            PillState::Conflict,
            "today-pasi-conflicts",
            counts.conflicts,
            "conflicts",
        ),
        (
            PillState::Warning,
            "today-pasi-warnings",
            counts.warnings,
            "warnings",
        ),
        (PillState::Advice, "today-pasi-advice", counts.advice, "advice"),
        (
            PillState::Pending,
            "today-pasi-approval",
            counts.approval,
            "approval",
        ),
    ];
    let open: Vec<_> = rows.into_iter().filter(|(_, _, count, _)| *count > 0).collect();
    let connected = ctx.pasi.as_ref().map(|foot| foot.state);
    let state = match connected {
        Some(ui::ctx::PasiState::Connected) => ui::pill::pill(PillState::Ok, &lang.t("pasi-connected")),
        Some(ui::ctx::PasiState::Away) => ui::pill::pill(PillState::Offline, &lang.t("pasi-away")),
        _ => html! {},
    };
    let body = html! {
        @if open.is_empty() { (ui::waiting::cleared(&lang.t("today-pasi-clear"))) }
        @else {
            ul class="list" {
                @for (state, words, count, tab) in open {
                    li class="row-x" {
                        (ui::pill::pill(state, &lang.tx(words, &[("n", count.into())])))
                        a class="end plain sm" href={ "/pasi?tab=" (tab) } { (lang.t("today-open")) " " (ui::icon(Icon::ChevronRight)) }
                    }
                }
            }
        }
        @if counts.waiting > 0 { p class="cb sm sub m-0 b-top" { (lang.tx("today-pasi-waiting", &[("n", counts.waiting.into())])) } }
    };
    card::bare_card(
        &card::Head::new("today-pasi", lang.t("today-pasi")).end(state),
        &body,
    )
}

/// Unusual reading of sensitive records, each with the lines of the audit that show it.
fn readers_card(lang: Lang, readers: &[BulkReader], most: u32) -> Markup {
    let body = html! {
        @if readers.is_empty() { (ui::waiting::cleared(&lang.t("today-reading-clear"))) }
        @else {
            ul class="list" {
                @for reader in readers {
                    li class="row-x wrap" {
                        (ui::pill::pill(PillState::Warning, &lang.tx("today-reading-many", &[("n", reader.students.into())])))
                        span class="grow" { (reader.name) }
                        a class="end plain sm" href={ "/division/audit?action=student.read&person=" (reader.account) } {
                            (lang.t("today-open")) span class="visually-hidden" { " " (reader.name) } " " (ui::icon(Icon::ChevronRight))
                        }
                    }
                }
            }
        }
        p class="cb sm sub m-0 b-top" { (lang.tx("today-reading-usual", &[("n", most.into())])) }
    };
    let set = Action::link(lang.t("today-reading-set"), "/division/audit#watch").small();
    let head = card::Head::new("today-reading", lang.t("today-reading")).end(html! { (set) });
    card::bare_card(&head, &body)
}

fn schools_card(lang: Lang, shown: &Shown) -> Markup {
    let total: i64 = shown.schools.iter().map(|(_, count)| count).sum();
    let most = shown.schools.iter().map(|(_, count)| *count).max().unwrap_or(0);
    let number = |count: i64| u32::try_from(count).unwrap_or(0);
    let rows = shown.schools.iter().map(|(name, count)| {
        Row::new(vec![
            html! { (name) },
            html! { span class="num" { (lang.number(*count)) } },
            bar(
                &lang.tx(
                    "today-school-bar",
                    &[("school", name.as_str().into()), ("n", (*count).into())],
                ),
                number(most),
                &[(Share::Ok, number(*count))],
            ),
        ])
        .leads()
    });
    let columns = vec![
        Column::new(lang.t("column-school")),
        Column::figures(lang.t("today-enrolled")),
        Column::new(lang.t("today-share")).unseen_label().hide_on_phone(),
    ];
    let table = Table::new(lang.t("today-enrolment"), columns)
        .rows(rows.collect())
        .draw(lang);
    let end = html! { span class="num b" { (lang.number(total)) } };
    card::bare_card(
        &card::Head::new("today-enrolment", lang.t("today-enrolment")).end(end),
        &table,
    )
}

fn nothing(lang: Lang) -> Markup {
    card::card(
        &card::Head::new("today-nothing", lang.t("nav-today")),
        &ui::waiting::cleared(&lang.t("today-nothing")),
    )
}

/// Everything the role may open, for phones.
pub(crate) async fn more(State(app): State<App>, who: Who) -> PageResult {
    let ctx = context::of(&app, &who, Job::Settings).await?;
    let lang = ctx.lang;
    let body = html! {
        (PageHead::new(lang.t("nav-more")).draw())
        section class="card" aria-label=(lang.t("nav-more")) {
            ul class="list" {
                @for item in &ctx.nav {
                    li class="row-x" { (ui::icon_lg(item.job.icon())) a class="plain grow" href=(item.href) { (lang.t(item.job.words())) } (ui::icon(Icon::ChevronRight)) }
                }
            }
        }
    };
    Ok(ui::shell::page(&ctx, lang.t("nav-more"), body).into())
}
