//! The automatic loader: a run is begun here, and the last ones stand here.

pub(crate) mod report;
pub(crate) mod run;
mod tables;

use super::many::is_numbered;
use super::requests;
use super::words::{Ask, Sent, answer};
use super::{HOME, home_crumb, reached, school_of};
use crate::answer::{OrStop, PageResult, Stopped, query};
use crate::posted::{Fields, Posted};
use crate::who::Who;
use crate::{App, context, findings, lookup};
use access::Permit;
use access::action::{ManageSections, ViewSections, ViewStudents};
use axum::extract::{Query, State};
use courses::loader::Together;
use courses::{Course, CourseLoad, LoadAsk, LoadState, Section, SectionState};
use kernel::{
    CourseLoadId, Date, Failure, Finding, Findings, Outcome, SchoolId, SchoolYear, SectionId, StudentId,
};
use maud::{Markup, html};
use people::CardRow;
use schools::Directory;
use serde::Deserialize;
use std::collections::BTreeMap;
use ui::ctx::{Ctx, Job};
use ui::form::{Choice, Form, Width, form_end, summary};
use ui::head::{Crumb, PageHead};
use ui::pill::{State as PillState, pill};
use ui::table::{Column, Row, Table};
use ui::{Action, Lang, card};

/// The address of the page.
const ADDRESS: &str = "/sections/load";

/// What the form sends for every class of the year.
const EVERY: &str = "every";

/// The address of a run.
pub(super) fn path(id: CourseLoadId) -> String {
    format!("{ADDRESS}/{id}")
}

/// The way to the page.
fn crumb(lang: Lang) -> Crumb {
    Crumb::link(lang.t("load-title"), ADDRESS)
}

/// What the address asks for.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    school: String,
}

/// What the page shows, read with one connection.
struct Read {
    directory: Directory,
    school: Option<SchoolId>,
    year: SchoolYear,
    /// Open classes of the school that are not over.
    sections: Vec<Section>,
    runs: Vec<CourseLoad>,
}

async fn read(app: &App, who: &Who, school: &str) -> Result<Read, Stopped> {
    Permit::<ManageSections>::wide(who.standing()).or_stop(app, who)?;
    let permit = Permit::<ViewSections>::wide(who.standing()).or_stop(app, who)?;
    let (year, today) = (context::year_shown(who), app.store().now().date());
    let (asking, school) = (who.clone(), school.to_owned());
    let read = app.store().read(who.division(), move |at| {
        let directory = schools::directory(at)?;
        let school = school_of(&asking, &directory, &school);
        let (mut sections, runs) = match school {
            Some(school) => (
                courses::sections_in(at, &permit, (school, year))?,
                courses::course_loads(at, &permit, (school, year))?,
            ),
            None => (Vec::new(), Vec::new()),
        };
        sections.retain(|one| one.state == SectionState::Open && one.last_day >= today);
        Ok(Read {
            directory,
            school,
            year,
            sections,
            runs,
        })
    });
    read.await.or_stop(app, who)
}

/// The page.
pub(crate) async fn page(State(app): State<App>, who: Who, Query(asked): Query<Asked>) -> PageResult {
    let read = read(&app, &who, &asked.school).await?;
    let pair = |name: &str, value: String| (name.to_owned(), value);
    // What begins last is what is usually loaded next.
    let next = spans(&read)
        .into_keys()
        .max()
        .map_or_else(|| EVERY.to_owned(), span_value);
    let fields = Fields::from(vec![
        pair("id", CourseLoadId::fresh(app.store().now()).to_string()),
        pair(
            "school",
            read.school.map(|school| school.to_string()).unwrap_or_default(),
        ),
        pair("span", next),
        pair("seed", "1".to_owned()),
    ]);
    show(&app, &who, &read, (fields, Vec::new())).await
}

/// The stretches of days in which classes are taught, each with how many.
fn spans(read: &Read) -> BTreeMap<(Date, Date), usize> {
    let mut spans: BTreeMap<(Date, Date), usize> = BTreeMap::new();
    for one in &read.sections {
        *spans.entry(one.days()).or_default() += 1;
    }
    spans
}

fn span_value((first, last): (Date, Date)) -> String {
    format!("{first}_{last}")
}

async fn show(app: &App, who: &Who, read: &Read, sent: Sent) -> PageResult {
    let ctx = context::of(app, who, Job::Classes).await?;
    let lang = ctx.lang;
    let school = read.school.map_or("", |school| read.directory.name(school));
    let head = PageHead::new(lang.t("load-title"))
        .crumbs(vec![home_crumb(lang), requests::crumb(lang)])
        .facts(format!("{school} · {}", read.year));
    let may = who.may_now::<ManageSections>();
    let body = html! {
        (head.draw())
        div class="stack" {
            @if may { (form(&ctx, who, read, &sent)) }
            (runs(lang, app, read))
        }
    };
    Ok(answer(ui::shell::page(&ctx, lang.t("load-title"), body), &sent.1))
}

fn form(ctx: &Ctx, who: &Who, read: &Read, (typed, found): &Sent) -> Markup {
    let lang = ctx.lang;
    let ask = Ask { lang, typed, found };
    let schools: Vec<Choice> = reached(who, &read.directory)
        .map(|school| Choice::new(school.id.to_string(), school.name.clone()))
        .collect();
    let every = Choice::new(EVERY, lang.t("load-whole-year"));
    let spans: Vec<Choice> = std::iter::once(every)
        .chain(spans(read).into_iter().map(|(days, many)| {
            let args = [
                ("from", days.0.to_string().into()),
                ("until", days.1.to_string().into()),
                ("n", many.into()),
            ];
            Choice::new(span_value(days), lang.tx("load-span", &args))
        }))
        .collect();
    let (linked, together) = (lang.t("load-linked-hint"), lang.t("load-together-hint"));
    let fields = html! {
        div class="cb fg" {
            (summary(lang, found, &["school", "span", "seed", "linked", "together"]))
            input type="hidden" name="id" value=(typed.get("id"));
            p class="w12 m-0 sub" { (lang.t("load-text")) }
            (ask.select("school", Width::Half, &schools))
            (ask.select("span", Width::Half, &spans))
            (ask.lines("linked", 3, &linked))
            (ask.lines("together", 3, &together))
            (ask.number("seed", Width::Quarter))
        }
        (form_end(lang, &html! {}, requests::ADDRESS, &Action::submit(lang.t("load-begin")).primary()))
    };
    card::bare_card(
        &card::Head::new("begin", lang.t("load-begin-title")),
        &Form::post(ADDRESS).draw_in(ctx, &fields),
    )
}

/// Where a run stands, in a word.
fn state_pill(lang: Lang, state: LoadState) -> Markup {
    let tone = match state {
        LoadState::Applied => PillState::Ok,
        LoadState::Failed => PillState::Blocked,
        LoadState::Undone => PillState::Neutral,
        _ => PillState::Warning,
    };
    pill(tone, &lang.t(&format!("load-state-{}", state.as_str())))
}

fn runs(lang: Lang, app: &App, read: &Read) -> Markup {
    let now = app.store().now();
    let columns = vec![
        Column::new(lang.t("load-run")),
        Column::new(lang.t("load-days")).hide_on_phone(),
        Column::figures(lang.t("load-rate")),
        Column::new(lang.t("column-state")),
    ];
    let rows = read.runs.iter().map(|run| {
        let is_planned = !run.ground.is_empty();
        Row::new(vec![
            html! { (lookup::moment(lang, run.made_at, now)) " · " (run.made_by) },
            html! { span class="num nw" { (run.first_day) " – " (run.last_day) } },
            html! { @if is_planned { (tables::percent(lang, run.plan.per_mille())) } },
            state_pill(lang, run.state),
        ])
        .link(0, path(run.id))
    });
    let table = Table::new(lang.t("load-runs"), columns)
        .rows(rows.collect())
        .empty(ui::waiting::empty(&lang.t("load-none"), None))
        .draw(lang);
    card::bare_card(&card::Head::new("runs", lang.t("load-runs")), &table)
}

/// Begins a run.
pub(crate) async fn begin(State(app): State<App>, Posted { who, fields }: Posted) -> PageResult {
    let permit = Permit::<ManageSections>::wide(who.standing()).or_stop(&app, &who)?;
    let read_ = read(&app, &who, fields.get("school")).await?;
    let begun = match (asked(&app, &who, &fields, &read_).await?, read_.school) {
        (Ok((id, days, ask)), Some(school)) => {
            let year = read_.year;
            let write = move |tx: &mut db::Tx| {
                courses::begin_load(tx, &permit, id, (school, year), (days, ask.clone()))
            };
            app.store().write(who.actor(), write).await
        }
        (Err(failure), _) => Err(failure),
        (_, None) => Err(Failure::refuse("LP-0005", "school")),
    };
    match begun {
        Ok(run) => run::go(&app, &who, run.id).await,
        Err(failure) => {
            let found = findings::of_failure(who.lang(), failure).or_stop(&app, &who)?;
            show(&app, &who, &read_, (fields, found)).await
        }
    }
}

type Begin = (CourseLoadId, (Date, Date), LoadAsk);

/// What the form says.
async fn asked(app: &App, who: &Who, fields: &Fields, read: &Read) -> Result<Outcome<Begin>, Stopped> {
    if let Err(failure) = fields.fit() {
        return Ok(Err(failure));
    }
    let mut findings = Findings::default();
    let id = fields
        .get("id")
        .parse()
        .unwrap_or_else(|_| CourseLoadId::fresh(app.store().now()));
    let seed = fields
        .parsed::<u64>("seed", "LP-0006", &mut findings)
        .unwrap_or(1);
    let span = fields.get("span");
    let days = spans(read).into_keys().find(|days| span_value(*days) == span);
    if days.is_none() && span != EVERY {
        findings.push(Finding::refuse("LP-0008", "span"));
    }
    if read
        .school
        .is_none_or(|school| school.to_string() != fields.get("school"))
    {
        findings.push(Finding::refuse("LP-0005", "school"));
    }
    let days = days.unwrap_or((read.year.starts(), read.year.ends()));
    let linked = lines(fields.raw("linked"), &mut findings, "linked", |line| {
        linked(line, &read.sections)
    });
    let pairs = fields.raw("together");
    let together = if pairs.trim().is_empty() {
        Vec::new()
    } else {
        let (cards, catalogue) = named(app, who, read).await?;
        lines(pairs, &mut findings, "together", |line| {
            together(line, &cards, &catalogue)
        })
    };
    if findings.refuse() {
        return Ok(Err(Failure::Invalid(findings)));
    }
    let ask = LoadAsk {
        seed,
        together,
        linked,
    };
    Ok(Ok((id, days, ask)))
}

/// Everybody at the school, and the catalogue.
async fn named(app: &App, who: &Who, read: &Read) -> Result<(Vec<CardRow>, Vec<Course>), Stopped> {
    let view = Permit::<ViewStudents>::wide(who.standing()).or_stop(app, who)?;
    let permit = Permit::<ViewSections>::wide(who.standing()).or_stop(app, who)?;
    let (school, day) = (read.school, super::day_of(app.store().now().date(), read.year));
    let read = app.store().read(who.division(), move |at| {
        let all = match school {
            Some(school) => enrolment::open_at(at, &view, school, day)?,
            None => Vec::new(),
        };
        let students: Vec<StudentId> = all.iter().map(|one| one.student).collect();
        Ok((
            people::cards_of(at, &view, &students)?,
            courses::courses(at, &permit)?,
        ))
    });
    read.await.or_stop(app, who)
}

/// Each line read; one that cannot be is a refusing finding that repeats it.
fn lines<T>(text: &str, findings: &mut Findings, field: &str, read: impl Fn(&str) -> Option<T>) -> Vec<T> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let mut all = Vec::new();
    for line in lines {
        match read(line) {
            Some(one) => all.push(one),
            None => findings.push(Finding::refuse("LP-0543", field).with("line", line)),
        }
    }
    all
}

/// `ELA2105-1 = SST2771-1`.
fn linked(line: &str, sections: &[Section]) -> Option<(SectionId, SectionId)> {
    let find = |number: &str| {
        let wanted = kernel::text::fold(number.trim());
        sections
            .iter()
            .find(|one| kernel::text::fold(&one.number) == wanted)
            .map(|one| one.id)
    };
    let (one, other) = line.split_once('=')?;
    Some((find(one)?, find(other)?)).filter(|(one, other)| one != other)
}

/// `100234 = 100235 : ELA2105`, the students by local number or ASN.
fn together(line: &str, cards: &[CardRow], catalogue: &[Course]) -> Option<Together> {
    let find = |number: &str| {
        let named = cards.iter().find(|card| is_numbered(card, number.trim()));
        named.map(|card| card.student)
    };
    let (both, code) = line.split_once(':')?;
    let (one, other) = both.split_once('=')?;
    let course = catalogue
        .iter()
        .find(|course| course.code.eq_ignore_ascii_case(code.trim()))?
        .id;
    let pair = Together {
        one: find(one)?,
        other: find(other)?,
        course,
    };
    Some(pair).filter(|pair| pair.one != pair.other)
}

/// The address of the page for a school.
pub(super) fn of_school(school: SchoolId) -> String {
    format!("{HOME}/load{}", query([("school", school.to_string().as_str())]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_names_no_two_classes_is_refused_with_its_words() {
        let mut findings = Findings::default();
        let read = lines("A-1 = B-1\n", &mut findings, "linked", |line| linked(line, &[]));
        assert!(read.is_empty());
        assert_eq!(findings.0[0].code, "LP-0543");
    }
}
