//! What students ask for at a school: by course, and who asks for one.

use super::words::course_choices;
use super::{HOME, home_crumb, reached, school_of};
use crate::answer::{OrStop, PageResult, query};
use crate::who::Who;
use crate::{App, context, lookup};
use access::Permit;
use access::action::{ManageSections, ViewSections, ViewStudents};
use axum::extract::{Query, State};
use courses::{CourseRequest, CourseTally};
use kernel::{CourseId, SchoolId, StudentId};
use maud::{Markup, html};
use people::CardRow;
use schools::Directory;
use serde::Deserialize;
use std::collections::HashMap;
use ui::ctx::{Ctx, Job};
use ui::form::Choice;
use ui::head::{Crumb, PageHead};
use ui::list::{FilterSelect, Filters, Pager};
use ui::pill::{State as PillState, pill};
use ui::table::{Column, Row, Table};
use ui::{Action, Icon, Lang};

/// The address of the page.
pub(super) const ADDRESS: &str = "/sections/requests";

/// What the address asks for.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    q: String,
    school: String,
    course: String,
}

/// What the page shows, read with one connection.
struct Read {
    directory: Directory,
    school: Option<SchoolId>,
    tallies: Vec<CourseTally>,
    /// Who asks for the course asked for.
    requests: Vec<CourseRequest>,
    cards: HashMap<StudentId, CardRow>,
}

/// The way to the page.
pub(super) fn crumb(lang: Lang) -> Crumb {
    Crumb::link(lang.t("requests"), ADDRESS)
}

/// The page.
pub(crate) async fn page(State(app): State<App>, who: Who, Query(asked): Query<Asked>) -> PageResult {
    Permit::<ManageSections>::wide(who.standing()).or_stop(&app, &who)?;
    let permit = Permit::<ViewSections>::wide(who.standing()).or_stop(&app, &who)?;
    let view = Permit::<ViewStudents>::wide(who.standing()).or_stop(&app, &who)?;
    let year = context::year_shown(&who);
    let (asking, wanted) = (who.clone(), asked.clone());
    let read = app.store().read(who.division(), move |at| {
        let directory = schools::directory(at)?;
        let school = school_of(&asking, &directory, &wanted.school);
        let tallies = match school {
            Some(school) => courses::tallies(at, &permit, (school, year))?,
            None => Vec::new(),
        };
        let course: Option<CourseId> = wanted.course.parse().ok();
        let mut requests = match (school, course) {
            (Some(school), Some(_)) => courses::asked_at(at, &permit, (school, year))?,
            _ => Vec::new(),
        };
        requests.retain(|one| Some(one.course) == course);
        let students: Vec<StudentId> = requests.iter().map(|one| one.student).collect();
        let cards = people::cards_of(at, &view, &students)?;
        Ok(Read {
            cards: cards.into_iter().map(|card| (card.student, card)).collect(),
            directory,
            school,
            tallies,
            requests,
        })
    });
    let read = read.await.or_stop(&app, &who)?;
    let ctx = context::of(&app, &who, Job::Classes).await?;
    let lang = ctx.lang;
    let (table, count) = if asked.course.is_empty() {
        (tallies(lang, &asked, &read), read.tallies.len())
    } else {
        (students(lang, &asked, &read), read.requests.len())
    };
    let pager = Pager {
        shown: count,
        total: count,
        ..Pager::default()
    };
    let body = html! {
        (head(&ctx, &who, &asked, &read).draw())
        (ui::list::list_card(
            &lang.t("requests"), "requests-rows", &filters(lang, &who, &asked, &read), &table,
            &ui::list::pager(lang, &pager, &html! {}),
        ))
    };
    Ok(ui::shell::page(&ctx, lang.t("requests"), body).into())
}

fn head(ctx: &Ctx, who: &Who, asked: &Asked, read: &Read) -> PageHead {
    let lang = ctx.lang;
    let year = context::year_shown(who).to_string();
    let count: usize = read.tallies.iter().map(|one| one.asked).sum();
    let school = read.school.map_or("", |school| read.directory.name(school));
    let told = lang.tx("requests-count", &[("n", count.into())]);
    let mut crumbs = vec![home_crumb(lang)];
    if !asked.course.is_empty() {
        crumbs.push(crumb(lang));
    }
    let print = Action::scripted(lang.t("sections-print"))
        .icon(Icon::Printer)
        .with("data-print", "");
    let of = query([(
        "school",
        read.school
            .map(|school| school.to_string())
            .unwrap_or_default()
            .as_str(),
    )]);
    let mut head = PageHead::new(lang.t("requests"))
        .crumbs(crumbs)
        .facts(format!("{school} · {year} · {told}"))
        .action(print);
    if who.may_now::<ManageSections>() {
        let many = Action::link(lang.t("requests-many"), format!("{ADDRESS}/many{of}"));
        let load = Action::link(lang.t("load-title"), format!("{HOME}/load{of}"));
        head = head.action(many.icon(Icon::Plus)).action(load.primary());
    }
    head
}

fn filters(lang: Lang, who: &Who, asked: &Asked, read: &Read) -> Markup {
    let select = |name: &str, words: &str, choices: Vec<Choice>, value: &str| FilterSelect {
        name: name.to_owned(),
        label: lang.t(words).into_owned(),
        choices,
        value: value.to_owned(),
    };
    let courses = course_choices(read.tallies.iter().map(|one| &one.course));
    let mut selects = vec![select("course", "requests-every-course", courses, &asked.course)];
    let reached: Vec<Choice> = reached(who, &read.directory)
        .map(|school| Choice::new(school.id.to_string(), school.name.clone()))
        .collect();
    if let Some(school) = read.school.filter(|_| reached.len() > 1) {
        selects.insert(
            0,
            select("school", "sections-school", reached, &school.to_string()),
        );
    }
    let is_filtered = !asked.q.is_empty() || !asked.course.is_empty();
    let filters = Filters {
        action: ADDRESS.to_owned(),
        text_label: lang.t("requests-filter").into_owned(),
        text: asked.q.clone(),
        selects,
        hidden: Vec::new(),
        clear: is_filtered.then(|| format!("{ADDRESS}{}", query([("school", asked.school.as_str())]))),
        results_id: "requests-rows".to_owned(),
    };
    ui::list::filters(lang, &filters, &html! {})
}

fn fits(asked: &Asked, said: &str) -> bool {
    let (words, said) = (kernel::text::fold(&asked.q), kernel::text::fold(said));
    words.split_whitespace().all(|word| said.contains(word))
}

/// How many ask for each course, and how many there is room for.
fn tallies(lang: Lang, asked: &Asked, read: &Read) -> Markup {
    let columns = vec![
        Column::new(lang.t("sections-course")),
        Column::figures(lang.t("requests-asked")),
        Column::figures(lang.t("requests-seated")),
        Column::figures(lang.t("requests-as-instead")).hide_on_phone(),
        Column::figures(lang.t("requests-sections")).hide_on_phone(),
        Column::figures(lang.t("requests-seats")).hide_on_phone(),
        Column::new(lang.t("requests-room")),
    ];
    let school = read.school.map(|school| school.to_string()).unwrap_or_default();
    let fitting = |one: &&CourseTally| fits(asked, &format!("{} {}", one.course.code, one.course.name));
    let rows = read.tallies.iter().filter(fitting).map(|one| {
        let course = one.course.id.to_string();
        let address = query([("school", school.as_str()), ("course", &course)]);
        let needed = one.needed();
        Row::new(vec![
            html! { span class="num" { (one.course.code) } " " (one.course.name) },
            html! { (one.asked) },
            html! { (one.seated) },
            html! { (one.instead) },
            html! { (one.sections) },
            html! { @match one.seats { Some(seats) => (seats), None => "∞" } },
            html! {
                @if needed == 0 { (pill(PillState::Ok, &lang.t("requests-enough"))) }
                @else { (pill(PillState::Warning, &lang.tx("requests-needed", &[("n", needed.into())]))) }
            },
        ])
        .link(0, format!("{ADDRESS}{address}"))
    });
    Table::new(lang.t("requests"), columns)
        .rows(rows.collect())
        .empty(ui::waiting::empty(&lang.t("requests-none-at-all"), None))
        .draw(lang)
}

/// Who asks for one course.
fn students(lang: Lang, asked: &Asked, read: &Read) -> Markup {
    let columns = vec![
        Column::new(lang.t("sections-student")),
        Column::new(lang.t("sections-grade")),
        Column::new(lang.t("sections-homeroom")).hide_on_phone(),
        Column::new(lang.t("requests-rank")),
    ];
    let mut all: Vec<(&CardRow, &CourseRequest)> = read
        .requests
        .iter()
        .filter_map(|one| Some((read.cards.get(&one.student)?, one)))
        .filter(|(card, _)| fits(asked, &card.list_name))
        .collect();
    all.sort_by(|one, other| one.0.sort_name.cmp(&other.0.sort_name));
    let rows = all.into_iter().map(|(card, one)| {
        Row::new(vec![
            html! { (card.list_name) },
            html! { span class="num" { (lookup::grade(&card.grade)) } },
            html! { (card.homeroom) },
            html! { @if one.instead_of.is_some() { (lang.t("requests-instead")) } @else { span class="num" { (one.rank) } } },
        ])
        .link(0, format!("/students/{}/requests", card.student))
    });
    Table::new(lang.t("requests"), columns)
        .rows(rows.collect())
        .empty(ui::waiting::empty(&lang.t("requests-none-at-all"), None))
        .draw(lang)
}
