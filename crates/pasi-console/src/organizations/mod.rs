//! Authorities, schools and their calendar years: what the ministry opens and
//! closes, and how much each may see.

pub(crate) mod access;
pub(crate) mod authority;

use crate::at::{At, item};
use crate::narrowed::{Narrowed, counted};
use crate::posted::{Fields, Posted, Tried, done, told, wrong};
use crate::students::change::refused;
use axum::extract::{Path, Query};
use axum::response::Response;
use kernel::{Date, SchoolYear};
use maud::{Markup, html};
use pasi_wire::messages::{OperatingSchedule, School, SchoolCalendarYear};
use ui::Action;
use ui::card::{Head, bare_card, card};
use ui::facts::Facts;
use ui::form::{Choice, Field, Finding, Form, form_end, summary};
use ui::head::{Crumb, PageHead};
use ui::list::FilterSelect;
use ui::pill::{State, pill};
use ui::table::{Column, Row, Table, cell};
use uuid::Uuid;

/// Most schools shown.
const MOST: usize = 200;
/// Most days of instruction in a year.
const MOST_DAYS: u16 = 366;

fn path(school: &School) -> String {
    format!("{}/{}", item::ORGANIZATIONS, school.school_code)
}

/// Every school, by authority and by name.
pub(crate) async fn list(at: At, Query(query): Query<Vec<(String, String)>>) -> Response {
    let query = Fields::from(query);
    let (typed, authority) = (query.get("q"), query.get("authority"));
    let words = kernel::text::fold(&typed);
    let schools = at.desk.schools();
    let hits: Vec<&School> = schools
        .iter()
        .filter(|school| {
            let text = kernel::text::fold(&format!("{} {}", school.school_code, school.name));
            words.split(' ').all(|word| text.contains(word))
        })
        .filter(|school| authority.is_empty() || authority_of(school) == authority)
        .collect();
    let shown = &hits[..hits.len().min(MOST)];
    let authorities = at.desk.authorities().into_iter();
    let choices = authorities.map(|one| {
        Choice::new(
            one.authority_code.as_str(),
            format!("{} {}", one.authority_code, one.name),
        )
    });
    let list = Narrowed {
        item: item::ORGANIZATIONS,
        title: "desk-organizations",
        holds: "desk-schools",
        results: "schools",
        find: "desk-school-find",
        typed,
        selects: vec![FilterSelect {
            name: "authority".to_owned(),
            label: at.t("desk-authority"),
            choices: choices.collect(),
            value: authority,
        }],
    };
    list.draw(&at, &table(&at, shown), &counted(&at, shown.len(), hits.len()))
}

/// The authority of a school's latest period.
fn authority_of(school: &School) -> String {
    let latest = school
        .authorities
        .iter()
        .max_by_key(|period| period.effective_date);
    latest.map_or_else(String::new, |period| period.authority_code.to_string())
}

fn table(at: &At, schools: &[&School]) -> Markup {
    let columns = vec![
        Column::new(at.t("desk-code")),
        Column::new(at.t("desk-school")),
        Column::new(at.t("desk-authority")).hide_on_phone(),
        Column::new(at.t("desk-kind")).hide_on_phone(),
        Column::new(at.t("desk-state")),
    ];
    let rows = schools.iter().map(|school| {
        Row::new(vec![
            html! { span class="num" { (school.school_code) } },
            cell(&school.name),
            html! { a class="num" href=(authority::path(&authority_of(school))) { (authority_of(school)) } },
            cell(&school.school_type),
            state(at, school),
        ])
        .link(1, path(school))
    });
    Table::new(at.t("desk-schools"), columns)
        .rows(rows.collect())
        .empty(ui::waiting::empty(&at.t("desk-schools-none"), None))
        .draw(at.lang)
}

fn state(at: &At, school: &School) -> Markup {
    let today = at.today();
    if school.close_date.is_some_and(|day| day < today) {
        pill(State::Blocked, &at.t("desk-closed"))
    } else if let Some(day) = school.close_date {
        pill(State::Warning, &at.with("desk-closes", "date", day.as_str()))
    } else if school.open_date.is_some_and(|day| day > today) {
        pill(State::Pending, &at.t("desk-not-open"))
    } else {
        pill(State::Ok, &at.t("desk-open"))
    }
}

/// One school.
pub(crate) async fn page(
    at: At,
    Path(code): Path<String>,
    Query(query): Query<Vec<(String, String)>>,
) -> Response {
    let done = Fields::from(query).some("done");
    draw(&at, &code, &Tried::default(), done.as_deref())
}

fn draw(at: &At, code: &str, tried: &Tried, done: Option<&str>) -> Response {
    let (typed, findings) = (&tried.fields, &tried.findings);
    let Some((school, years)) = code.parse().ok().and_then(|code| at.desk.school(code)) else {
        return at.missing(item::ORGANIZATIONS);
    };
    let facts = Facts::new()
        .figure(at.t("desk-code"), school.school_code.to_string())
        .figure(
            at.t("desk-authority"),
            html! { a href=(authority::path(&authority_of(&school))) { (authority_of(&school)) } },
        )
        .fact(at.t("desk-kind"), &school.school_type)
        .figure(at.t("desk-version"), at.lang.number(school.pasi_core_version));
    let body = html! {
        (PageHead::new(&*school.name).crumbs(vec![Crumb::link(at.t("desk-organizations"), item::ORGANIZATIONS), Crumb::here(school.school_code.to_string())]).draw())
        (told(at, done))
        (summary(at.lang, findings, &["open", "close", "year", "first", "last", "days"]))
        div class="grid" {
            div class="s5 stack" {
                (card(&Head::new("school", at.t("desk-school")).beside(state(at, &school)), &facts.draw()))
                (card(&Head::new("access", at.t("desk-access")), &access::form(at, &school)))
                (card(&Head::new("open-close", at.t("desk-open-close")), &dates_form(at, &school, findings)))
            }
            div class="s7 stack" {
                (bare_card(&Head::new("years", at.t("desk-calendar-years")), &year_table(at, &years)))
                (card(&Head::new("put-year", at.t("desk-calendar-put")), &year_form(at, &school, typed, findings)))
            }
        }
    };
    at.page_with(tried.status(), item::ORGANIZATIONS, &at.t("desk-school"), body)
}

fn text(day: Option<Date>) -> String {
    day.map(|day| day.to_string()).unwrap_or_default()
}

fn dates_form(at: &At, school: &School, findings: &[Finding]) -> Markup {
    let (open, close, hint) = (
        at.t("desk-opens-on"),
        at.t("desk-closes-on"),
        at.t("desk-closes-hint"),
    );
    let fields = html! {
        (Field::new(at.lang, "open", &open).value(&text(school.open_date)).findings(findings).optional().date())
        (Field::new(at.lang, "close", &close).hint(&hint).value(&text(school.close_date)).findings(findings).optional().date())
        (form_end(at.lang, &Markup::default(), item::ORGANIZATIONS, &Action::submit(at.t("desk-save")).primary()))
    };
    Form::post(&path(school)).class("fg").draw(&at.token, &fields)
}

fn year_table(at: &At, years: &[SchoolCalendarYear]) -> Markup {
    let columns = vec![
        Column::new(at.t("desk-school-year")),
        Column::new(at.t("desk-calendar")),
        Column::new(at.t("desk-from")),
        Column::new(at.t("desk-until-head")),
        Column::figures(at.t("desk-days")),
        Column::new(at.t("desk-grades")).hide_on_phone(),
    ];
    let rows = years.iter().flat_map(|year| {
        let grades: Vec<String> = year
            .grades_offered
            .iter()
            .map(|one| one.grade.to_string())
            .collect();
        let grades = match grades.as_slice() {
            [first, .., last] => format!("{first}–{last}"),
            other => other.join(""),
        };
        year.calendars.iter().map(move |calendar| {
            Row::new(vec![
                html! { span class="num" { (year.school_year) } },
                cell(&calendar.name),
                html! { span class="num nw" { (calendar.start_date) } },
                html! { span class="num nw" { (calendar.end_date) } },
                cell(calendar.instructional_days),
                html! { span class="num nw" { (grades) } },
            ])
        })
    });
    Table::new(at.t("desk-calendar-years"), columns)
        .rows(rows.collect())
        .empty(ui::waiting::empty(&at.t("desk-calendar-none"), None))
        .draw(at.lang)
}

fn year_form(at: &At, school: &School, typed: &Fields, findings: &[Finding]) -> Markup {
    let choices: Vec<Choice> = at
        .desk
        .school_years()
        .iter()
        .map(|year| {
            Choice::new(
                year.year.school_year.number().to_string(),
                year.year.school_year.to_string(),
            )
        })
        .collect();
    let next = SchoolYear::of(at.today()).next().number().to_string();
    let year = typed.some("year").unwrap_or(next);
    let (year_label, first, last, days) = (
        at.t("desk-school-year"),
        at.t("desk-first-day"),
        at.t("desk-last-day"),
        at.t("desk-days"),
    );
    let fields = html! {
        (Field::new(at.lang, "year", &year_label).value(&year).findings(findings).required().select(&choices))
        (Field::new(at.lang, "days", &days).value(&typed.get("days")).findings(findings).required().number())
        (Field::new(at.lang, "first", &first).value(&typed.get("first")).findings(findings).required().date())
        (Field::new(at.lang, "last", &last).value(&typed.get("last")).findings(findings).required().date())
        (form_end(at.lang, &html! { span class="sm dim" { (at.t("desk-calendar-hint")) } }, item::ORGANIZATIONS, &Action::submit(at.t("desk-save")).primary()))
    };
    Form::post(&format!("{}/year", path(school)))
        .class("fg")
        .draw(&at.token, &fields)
}

/// Sets when the school opens and closes.
pub(crate) async fn open(Path(code): Path<String>, Posted { at, fields }: Posted) -> Response {
    let mut findings = Vec::new();
    let mut day = |name: &str| {
        let typed = fields.some(name)?;
        let day = typed.parse::<Date>().ok();
        if day.is_none() {
            findings.push(wrong(&at, name, "desk-date-wrong"));
        }
        day
    };
    let (opens, closes) = (day("open"), day("close"));
    if opens.zip(closes).is_some_and(|(opens, closes)| closes < opens) {
        findings.push(wrong(&at, "close", "desk-closes-before"));
    }
    let Ok(school) = code.parse() else {
        return at.missing(item::ORGANIZATIONS);
    };
    if findings.is_empty() {
        let changed = at.desk.change_school(school, |school| {
            school.open_date = opens;
            school.close_date = closes;
        });
        match changed.await {
            Ok(_) => return done(&format!("{}/{school}", item::ORGANIZATIONS), "school"),
            Err(error) => findings.push(refused(&at, &error)),
        }
    }
    draw(&at, &code, &Tried::refused("school", fields, findings), None)
}

/// Opens a calendar year, or puts another in its place. What it offers is taken
/// from the year before.
pub(crate) async fn put_year(Path(code): Path<String>, Posted { at, fields }: Posted) -> Response {
    let Some((school, years)) = code.parse().ok().and_then(|code| at.desk.school(code)) else {
        return at.missing(item::ORGANIZATIONS);
    };
    let mut findings = Vec::new();
    let year = fields.parsed("year").and_then(SchoolYear::ending);
    let (first, last) = (fields.parsed::<Date>("first"), fields.parsed::<Date>("last"));
    let days = fields
        .parsed::<u16>("days")
        .filter(|days| (1..=MOST_DAYS).contains(days));
    if year.is_none() {
        findings.push(wrong(&at, "year", "desk-choose"));
    }
    let is_within = |day: Option<Date>| {
        day.zip(year)
            .is_some_and(|(day, year)| (year.starts()..=year.ends()).contains(&day))
    };
    if !is_within(first) {
        findings.push(wrong(&at, "first", "desk-day-outside"));
    }
    if !is_within(last) || first > last {
        findings.push(wrong(&at, "last", "desk-day-outside"));
    }
    if days.is_none() {
        findings.push(wrong(&at, "days", "desk-days-wrong"));
    }
    if let (Some(year), Some(first), Some(last), Some(days), true) =
        (year, first, last, days, findings.is_empty())
    {
        let model = years
            .iter()
            .rfind(|held| held.school_year <= year)
            .or(years.first());
        let held = years.iter().find(|held| held.school_year == year);
        let calendar = OperatingSchedule {
            ref_id: held
                .and_then(|held| held.calendars.first())
                .map_or_else(Uuid::new_v4, |one| one.ref_id),
            name: model
                .and_then(|model| model.calendars.first())
                .map_or_else(|| "Regular".to_owned(), |one| one.name.clone()),
            start_date: first,
            end_date: last,
            instructional_days: days,
        };
        let rest = held.map_or(&[][..], |held| held.calendars.get(1..).unwrap_or_default());
        let put = at.desk.put_calendar_year(SchoolCalendarYear {
            school_code: school.school_code,
            school_year: year,
            grades_offered: model
                .map(|model| model.grades_offered.clone())
                .unwrap_or_default(),
            programs_offered: model
                .map(|model| model.programs_offered.clone())
                .unwrap_or_default(),
            calendars: std::iter::once(calendar).chain(rest.iter().cloned()).collect(),
            pasi_core_version: 0,
        });
        match put.await {
            Ok(_) => return done(&path(&school), "year"),
            Err(error) => findings.push(refused(&at, &error)),
        }
    }
    draw(&at, &code, &Tried::refused("school", fields, findings), None)
}
