//! Timetables: of a teacher, and of a room.

use super::{HOME, day_of, home_crumb, path, reached, school_of};
use crate::answer::{OrStop, PageResult};
use crate::pattern::Patterns;
use crate::who::Who;
use crate::{App, context};
use access::action::ViewSections;
use access::{Permit, Reacher, Scope};
use axum::extract::{Query, State};
use courses::Lesson;
use kernel::{AccountId, Date, SchoolId};
use maud::{Markup, html};
use schools::Directory;
use serde::Deserialize;
use ui::ctx::Job;
use ui::form::{Choice, Field, Form, Width};
use ui::head::PageHead;
use ui::tabs::{Tab, segmented};
use ui::{Action, Icon, Lang, card};

/// What the address asks for.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    pub(super) school: String,
    pub(super) teacher: String,
    pub(super) room: String,
    on: String,
}

/// What the page shows, read with one connection.
pub(super) struct Read {
    pub(super) directory: Directory,
    pub(super) school: Option<SchoolId>,
    teachers: Vec<Reacher>,
    rooms: Vec<String>,
    teacher: Option<AccountId>,
    pub(super) lessons: Vec<Lesson>,
    pub(super) patterns: Patterns,
}

impl Read {
    /// Whose timetable it is: a teacher, a room; empty while none is chosen.
    pub(super) fn of(&self, lang: Lang, asked: &Asked) -> String {
        let named = self.teachers.iter().find(|one| Some(one.account) == self.teacher);
        match (named, asked.room.is_empty()) {
            (Some(one), _) => one.name.clone(),
            (None, false) => lang
                .tx("sections-room-n", &[("room", asked.room.as_str().into())])
                .into_owned(),
            (None, true) => String::new(),
        }
    }
}

/// The page.
pub(crate) async fn page(State(app): State<App>, who: Who, Query(asked): Query<Asked>) -> PageResult {
    let read = read(&app, &who, &asked).await?;
    let ctx = context::of(&app, &who, Job::Classes).await?;
    let lang = ctx.lang;
    let year = context::year_shown(&who);
    let today = day_of(app.store().now().date(), year);
    let of = read.of(lang, &asked);
    let school = read.school.map_or("", |school| read.directory.name(school));
    let head = PageHead::new(lang.t("sections-timetables"))
        .crumbs(vec![home_crumb(lang)])
        .facts(format!("{school} · {year}"))
        .action(
            Action::scripted(lang.t("sections-print"))
                .icon(Icon::Printer)
                .with("data-print", ""),
        );
    let head = if of.is_empty() {
        head
    } else {
        head.action(paper_link(lang, read.school, &asked))
    };
    let address = |on: &str| {
        let school = read.school.map(|school| school.to_string()).unwrap_or_default();
        let pairs = [
            ("school", school.as_str()),
            ("teacher", asked.teacher.as_str()),
            ("room", &asked.room),
            ("on", on),
        ];
        format!("{HOME}/timetable{}", crate::answer::query(pairs))
    };
    let on = asked.on.parse().unwrap_or(today);
    let body = html! {
        (head.draw())
        @if !is_own(&who) { (choose(lang, &who, &asked, &read)) }
        @if of.is_empty() { (card::unheaded_card(&lang.t("sections-timetables"), &ui::waiting::empty(&lang.t("sections-timetable-choose"), None))) }
        @else { (drawn((lang, true), &of, (&read.lessons, &read.patterns), on, &address)) }
    };
    Ok(ui::shell::page(&ctx, lang.t("sections-timetables"), body).into())
}

/// The way to the same on paper.
fn paper_link(lang: Lang, school: Option<SchoolId>, asked: &Asked) -> Action {
    let school = school.map(|school| school.to_string()).unwrap_or_default();
    let pairs = [
        ("school", school.as_str()),
        ("teacher", asked.teacher.as_str()),
        ("room", asked.room.as_str()),
    ];
    Action::link(
        lang.t("paper-pdf"),
        format!("{HOME}/timetable/pdf{}", crate::answer::query(pairs)),
    )
    .icon(Icon::FileText)
}

/// Does the role see the own sections alone?
fn is_own(who: &Who) -> bool {
    Permit::<ViewSections>::wide(who.standing()).is_ok_and(|permit| matches!(permit.scope(), Scope::Tied(..)))
}

pub(super) async fn read(app: &App, who: &Who, asked: &Asked) -> Result<Read, crate::answer::Stopped> {
    let permit = Permit::<ViewSections>::wide(who.standing()).or_stop(app, who)?;
    let year = context::year_shown(who);
    let day = day_of(app.store().now().date(), year);
    let (asked, asking) = (asked.clone(), who.clone());
    let read = app.store().read(who.division(), move |at| {
        let directory = schools::directory(at)?;
        if let Scope::Tied(account, _) = permit.scope() {
            let account = *account;
            let name = asking.holder().display_name.clone();
            let lessons = courses::timetable_of_teacher(at, &permit, account, year)?;
            return Ok(Read {
                patterns: patterns(at, &lessons, year)?,
                lessons,
                teachers: vec![Reacher { account, name }],
                teacher: Some(account),
                rooms: Vec::new(),
                school: school_of(&asking, &directory, ""),
                directory,
            });
        }
        let school = school_of(&asking, &directory, &asked.school);
        let (teachers, rooms) = match school {
            Some(school) => (
                access::staff::teachers_at(at, school, day)?,
                courses::rooms(at, &permit, school, year)?,
            ),
            None => (Vec::new(), Vec::new()),
        };
        let wanted: Option<AccountId> = asked.teacher.parse().ok();
        let teacher = wanted.filter(|wanted| teachers.iter().any(|one| one.account == *wanted));
        let lessons = match (teacher, school) {
            (Some(teacher), _) => courses::timetable_of_teacher(at, &permit, teacher, year)?,
            (None, Some(school)) if !asked.room.is_empty() => {
                courses::timetable_of_room(at, &permit, (school, year), &asked.room)?
            }
            _ => Vec::new(),
        };
        Ok(Read {
            patterns: patterns(at, &lessons, year)?,
            directory,
            school,
            teachers,
            rooms,
            teacher,
            lessons,
        })
    });
    read.await.or_stop(app, who)
}

/// How the schools of lessons call days and periods.
pub(crate) fn patterns(
    at: &mut db::Reader,
    lessons: &[Lesson],
    year: kernel::SchoolYear,
) -> kernel::Outcome<Patterns> {
    Patterns::read(at, lessons.iter().map(|lesson| lesson.school), year)
}

/// Whose timetable: a school, then a teacher or a room.
fn choose(lang: Lang, who: &Who, asked: &Asked, read: &Read) -> Markup {
    let schools: Vec<Choice> = reached(who, &read.directory)
        .map(|school| Choice::new(school.id.to_string(), school.name.clone()))
        .collect();
    let teachers: Vec<Choice> = read
        .teachers
        .iter()
        .map(|one| Choice::new(one.account.to_string(), one.name.clone()))
        .collect();
    let rooms: Vec<Choice> = read
        .rooms
        .iter()
        .map(|room| Choice::new(room.clone(), room.clone()))
        .collect();
    let school = read.school.map(|school| school.to_string()).unwrap_or_default();
    let field = |name: &'static str, label: &str, value: &str, choices: &[Choice]| {
        Field::new(lang, name, label)
            .width(Width::Third)
            .value(value)
            .select(choices)
    };
    let fields = html! {
        div class="cb fg" {
            @if schools.len() > 1 { (field("school", &lang.t("sections-school"), &school, &schools)) }
            (field("teacher", &lang.t("sections-teacher"), &asked.teacher, &teachers))
            (field("room", &lang.t("sections-room"), &asked.room, &rooms))
            div class="f w12" { (Action::submit(lang.t("sections-timetable-show")).primary()) }
        }
    };
    let form = Form::get(&format!("{HOME}/timetable")).draw("", &fields);
    html! { div class="no-print mb" { (card::unheaded_card(&lang.t("sections-timetable-choose"), &form)) } }
}

/// The timetable on a day, its lessons leading to their sections for whoever may open them; where it differs over the year, each stretch of days to choose from.
pub(crate) fn drawn(
    (lang, leads): (Lang, bool),
    of: &str,
    (lessons, patterns): (&[Lesson], &Patterns),
    on: Date,
    address: &dyn Fn(&str) -> String,
) -> Markup {
    let mut spans: Vec<(Date, Date)> = lessons.iter().map(|lesson| lesson.days).collect();
    spans.sort();
    spans.dedup();
    // A day in a gap is shown as the stretch that comes next, else as the last.
    let covers = |span: &&(Date, Date)| (span.0..=span.1).contains(&on);
    let day = match spans.iter().find(covers) {
        Some(_) => on,
        None => spans
            .iter()
            .find(|span| span.0 > on)
            .or(spans.last())
            .map_or(on, |span| span.0),
    };
    let begins: Vec<Date> = {
        let mut all: Vec<Date> = spans.iter().map(|span| span.0).collect();
        all.dedup();
        all
    };
    let shown: Vec<&Lesson> = lessons
        .iter()
        .filter(|lesson| (lesson.days.0..=lesson.days.1).contains(&day))
        .collect();
    let tabs: Vec<Tab> = begins
        .iter()
        .map(|from| {
            let words = lang.tx("sections-timetable-from", &[("day", from.to_string().into())]);
            let next = begins.iter().find(|next| *next > from);
            let is_here = *from <= day && next.is_none_or(|next| day < *next);
            Tab::new(words, address(from.as_str())).current(is_here)
        })
        .collect();
    let title = lang.tx("sections-timetable-of", &[("name", of.into())]);
    let beside = html! { span class="sub num" { (day) } };
    let head = card::Head::new("timetable", title.clone()).beside(beside);
    let body = html! {
        @if (2..=4).contains(&tabs.len()) { div class="cb no-print" { (segmented(&lang.t("sections-timetables"), &tabs)) } }
        @else if tabs.len() > 4 { (ui::tabs::tabs(lang, &lang.t("sections-timetables"), &tabs)) }
        (grid((lang, leads), &title, &shown, patterns))
    };
    card::bare_card(&head, &body)
}

/// Number, room and teachers of a lesson.
pub(super) fn detail(lang: Lang, lesson: &Lesson) -> String {
    let room = (!lesson.room.is_empty())
        .then(|| lang.tx("sections-room-n", &[("room", lesson.room.as_str().into())]));
    let parts = [
        lesson.number.clone(),
        room.map(std::borrow::Cow::into_owned).unwrap_or_default(),
        lesson.teachers.clone(),
    ];
    let told: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    told.join(" · ")
}

/// Who has lessons at several schools at once sees them as the first of them calls its days.
fn grid((lang, leads): (Lang, bool), title: &str, shown: &[&Lesson], patterns: &Patterns) -> Markup {
    let pattern = shown
        .first()
        .map(|lesson| patterns.of(lesson.school))
        .unwrap_or_default();
    let days = pattern.days(shown.iter().map(|lesson| lesson.meeting.cycle_day));
    let periods = pattern.periods(shown.iter().map(|lesson| lesson.meeting.period));
    let cells = shown.iter().map(|lesson| ui::timetable::Lesson {
        day: lesson.meeting.cycle_day,
        period: lesson.meeting.period,
        title: lesson.title.clone(),
        detail: detail(lang, lesson),
        href: leads.then(|| path(lesson.section)),
    });
    pattern
        .timetable(lang, title, (days, periods))
        .lessons(cells.collect())
        .empty(ui::waiting::empty(&lang.t("timetable-none"), None))
        .draw(lang)
}
