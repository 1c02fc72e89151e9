//! The sections of a school: filters and order in the address, a page at a time.

use super::words::{course_choices, meets};
use super::{HOME, path, reached, school_of, shown};
use crate::answer::{OrStop, PageResult, query};
use crate::pattern::Patterns;
use crate::who::Who;
use crate::{App, context};
use access::action::{ManageSections, ViewSections};
use access::{Permit, Scope};
use axum::extract::{Query, State};
use courses::{Course, SectionLine, SectionQuery, SectionSort, Sections};
use kernel::{Grade, Role, SchoolId};
use maud::{Markup, html};
use schools::Directory;
use serde::Deserialize;
use ui::ctx::{Ctx, Job};
use ui::form::Choice;
use ui::head::PageHead;
use ui::list::{FilterSelect, Filters, Pager};
use ui::pill::{State as PillState, pill};
use ui::table::{Column, Order, Row, Table};
use ui::{Action, Icon, Lang};

/// Sections on a page.
const ROWS: usize = 50;

/// What the address asks for.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    q: String,
    school: String,
    course: String,
    grade: String,
    closed: String,
    sort: String,
    after: String,
}

impl Asked {
    fn with(&self, name: &str, value: &str) -> String {
        let pairs = [
            ("q", self.q.as_str()),
            ("school", &self.school),
            ("course", &self.course),
            ("grade", &self.grade),
            ("closed", &self.closed),
            ("sort", &self.sort),
            ("after", ""),
        ];
        let pairs = pairs.map(|(key, kept)| if key == name { (key, value) } else { (key, kept) });
        format!("{HOME}{}", query(pairs))
    }
    fn is_filtered(&self) -> bool {
        [&self.q, &self.course, &self.grade, &self.closed]
            .iter()
            .any(|value| !value.is_empty())
    }
    fn sort(&self) -> SectionSort {
        self.sort.parse().unwrap_or(SectionSort::Number)
    }
}

/// What the page shows, read with one connection.
struct Read {
    found: Sections,
    directory: Directory,
    catalogue: Vec<Course>,
    school: Option<SchoolId>,
    patterns: Patterns,
}

/// The page.
pub(crate) async fn page(State(app): State<App>, who: Who, Query(asked): Query<Asked>) -> PageResult {
    let permit = Permit::<ViewSections>::wide(who.standing()).or_stop(&app, &who)?;
    let (year, day) = shown(&who, app.store().now().date());
    let (wanted, asking) = (asked.clone(), who.clone());
    let read = app.store().read(who.division(), move |at| {
        let directory = schools::directory(at)?;
        let is_own = matches!(permit.scope(), Scope::Tied(..));
        let school = school_of(&asking, &directory, &wanted.school).filter(|_| !is_own);
        let query = SectionQuery {
            school,
            year,
            text: wanted.q.clone(),
            course: wanted.course.parse().ok(),
            grade: wanted.grade.parse().ok(),
            with_closed: !wanted.closed.is_empty(),
            sort: wanted.sort(),
            after: wanted.after.parse().ok(),
            limit: ROWS,
        };
        let found = match (school, is_own) {
            (None, false) => Sections {
                lines: Vec::new(),
                total: 0,
                next: None,
            },
            _ => courses::sections(at, &permit, &query, day)?,
        };
        let taught = found.lines.iter().map(|line| line.section.school);
        Ok(Read {
            patterns: Patterns::read(at, taught, year)?,
            found,
            catalogue: courses::courses(at, &permit)?,
            directory,
            school,
        })
    });
    let read = read.await.or_stop(&app, &who)?;
    let ctx = context::of(&app, &who, Job::Classes).await?;
    let lang = ctx.lang;
    let next = read.found.next.map(|id| asked.with("after", &id.to_string()));
    let pager = Pager {
        shown: read.found.lines.len(),
        total: read.found.total,
        is_longer: false,
        previous: (!asked.after.is_empty()).then(|| asked.with("after", "")),
        next,
    };
    let body = html! {
        (head(&ctx, &who, &read).draw())
        (ui::list::list_card(
            &lang.t("nav-classes"), "sections-rows", &filters(lang, &who, &asked, &read),
            &table(&ctx, &who, &asked, &read), &ui::list::pager(lang, &pager, &html! {}),
        ))
    };
    Ok(ui::shell::page(&ctx, lang.t("nav-classes"), body).into())
}

fn head(ctx: &Ctx, who: &Who, read: &Read) -> PageHead {
    let lang = ctx.lang;
    let year = context::year_shown(who).to_string();
    let count = lang.tx("sections-count", &[("n", read.found.total.into())]);
    let facts = match read.school {
        Some(school) => format!("{} · {year} · {count}", read.directory.name(school)),
        None => format!("{year} · {count}"),
    };
    let mut head = PageHead::new(lang.t("nav-classes")).facts(facts);
    head = head.action(
        Action::link(lang.t("sections-timetables"), format!("{HOME}/timetable")).icon(Icon::Calendar),
    );
    if who.standing().role != Role::Teacher {
        head = head.action(Action::link(
            lang.t("sections-courses"),
            format!("{HOME}/courses"),
        ));
    }
    if who.may_now::<ManageSections>() {
        let new = Action::link(lang.t("sections-new"), format!("{HOME}/new"));
        head = head.action(new.icon(Icon::Plus).primary());
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
    let grades = Grade::ALL.iter().map(|grade| {
        let words = lang.tx("crumb-grade", &[("grade", grade.label().into())]);
        Choice::new(grade.as_str(), words)
    });
    let closed = vec![Choice::new("yes", lang.t("sections-with-closed"))];
    let mut selects = vec![
        select(
            "course",
            "sections-any-course",
            course_choices(&read.catalogue),
            &asked.course,
        ),
        select("grade", "sections-any-grade", grades.collect(), &asked.grade),
        select("closed", "sections-open-only", closed, &asked.closed),
    ];
    let reached: Vec<Choice> = reached(who, &read.directory)
        .map(|school| Choice::new(school.id.to_string(), school.name.clone()))
        .collect();
    if let Some(school) = read.school.filter(|_| reached.len() > 1) {
        let value = school.to_string();
        selects.insert(0, select("school", "sections-school", reached, &value));
    }
    let filters = Filters {
        action: HOME.to_owned(),
        text_label: lang.t("sections-filter").into_owned(),
        text: asked.q.clone(),
        selects,
        hidden: vec![("sort".to_owned(), asked.sort.clone())],
        clear: asked.is_filtered().then(|| {
            let pairs = [("school", asked.school.as_str()), ("sort", &asked.sort)];
            format!("{HOME}{}", query(pairs))
        }),
        results_id: "sections-rows".to_owned(),
    };
    let of = read.school.map(|school| school.to_string()).unwrap_or_default();
    let requests = format!("{}{}", super::requests::ADDRESS, query([("school", of.as_str())]));
    let end = html! { @if context::may::<ManageSections>(who.standing()) { (Action::link(lang.t("requests"), requests)) } };
    ui::list::filters(lang, &filters, &end)
}

fn table(ctx: &Ctx, who: &Who, asked: &Asked, read: &Read) -> Markup {
    let lang = ctx.lang;
    let sorted = |by: SectionSort| {
        let order = if by == SectionSort::Students {
            Order::Down
        } else {
            Order::Up
        };
        (
            asked.with("sort", by.as_str()),
            (asked.sort() == by).then_some(order),
        )
    };
    let column = |column: Column, by: SectionSort| {
        let (href, order) = sorted(by);
        column.sort(href, order)
    };
    let columns = vec![
        column(Column::new(lang.t("sections-number")), SectionSort::Number),
        column(Column::new(lang.t("sections-course")), SectionSort::Course),
        column(
            Column::new(lang.t("sections-teacher")).hide_on_phone(),
            SectionSort::Teacher,
        ),
        column(
            Column::new(lang.t("sections-room")).hide_on_phone(),
            SectionSort::Room,
        ),
        Column::new(lang.t("sections-when")).hide_on_phone(),
        column(
            Column::figures(lang.t("sections-students")),
            SectionSort::Students,
        ),
    ];
    let rows = read
        .found
        .lines
        .iter()
        .map(|line| row(lang, line, &read.patterns));
    let words = if asked.is_filtered() {
        "sections-none-fit"
    } else if who.standing().role == Role::Teacher {
        "sections-none-own"
    } else {
        "sections-none"
    };
    let new = Action::link(lang.t("sections-new"), format!("{HOME}/new")).icon(Icon::Plus);
    let new = Some(&new).filter(|_| who.may_now::<ManageSections>() && !asked.is_filtered());
    Table::new(lang.t("nav-classes"), columns)
        .rows(rows.collect())
        .empty(ui::waiting::empty(&lang.t(words), new))
        .draw(lang)
}

fn row(lang: Lang, line: &SectionLine, patterns: &Patterns) -> Row {
    let section = &line.section;
    let is_closed = section.state == courses::SectionState::Closed;
    Row::new(vec![
        html! { (section.number) },
        html! {
            (line.title())
            @if is_closed { " " (pill(PillState::Neutral, &lang.t("sections-closed"))) }
            @if line.waiting > 0 { " " (pill(PillState::Warning, &lang.tx("sections-waiting", &[("n", line.waiting.into())]))) }
        },
        html! { (line.teachers.join(", ")) },
        html! { (section.room) },
        html! { span class="sub" { (meets(lang, &patterns.of(section.school), &section.meetings)) } },
        html! { (line.students) @if let Some(most) = section.capacity { span class="dim" { " / " (most) } } },
    ])
    .link(0, path(section.id))
}
