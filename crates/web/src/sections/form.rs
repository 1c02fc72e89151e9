//! A new section, and a changed one.

use super::words::{Ask, Sent, answer, course_choices, label, meets};
use super::{HOME, home_crumb, meetings, page, path, reached, school_of};
use crate::answer::{Answer, OrStop, PageResult, Stopped};
use crate::pattern::Pattern;
use crate::posted::{Fields, Posted};
use crate::stale;
use crate::who::Who;
use crate::{App, context, findings};
use access::Permit;
use access::action::{ManageSections, ViewSections};
use axum::extract::{Path, Query, State};
use courses::{Course, Section, SectionDetails};
use kernel::{CourseId, Date, Failure, Finding, Findings, Outcome, SchoolId, SchoolYear, SectionId, TermId};
use maud::{Markup, html};
use schools::Directory;
use serde::Deserialize;
use ui::ctx::{Ctx, Job};
use ui::form::{Choice, Form, Width, form_end, summary};
use ui::head::PageHead;
use ui::{Action, card};

/// Names of the fields, in their order.
const FIELDS: [&str; 9] = [
    "school",
    "number",
    "courses",
    "room",
    "capacity",
    "term",
    "first_day",
    "last_day",
    "meetings",
];
/// Courses that may sit together on the form.
const COURSES: usize = 3;

/// What the address of a new section asks for.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    school: String,
}

/// What a form needs beside its fields.
struct Around {
    directory: Directory,
    catalogue: Vec<Course>,
    year: SchoolYear,
    school: Option<SchoolId>,
    terms: Vec<schools::Term>,
    pattern: Pattern,
}

/// The form of a new section.
pub(crate) async fn new_page(State(app): State<App>, who: Who, Query(asked): Query<Asked>) -> PageResult {
    Permit::<ManageSections>::wide(who.standing()).or_stop(&app, &who)?;
    let around = around(&app, &who, (&asked.school, context::year_shown(&who))).await?;
    let school = around.school;
    let pair = |name: &str, value: String| (name.to_owned(), value);
    let days = days(&app, &who, school, around.year).await?;
    let fields = Fields::from(vec![
        pair("id", SectionId::fresh(app.store().now()).to_string()),
        pair(
            "school",
            school.map(|school| school.to_string()).unwrap_or_default(),
        ),
        pair("first_day", days.0.to_string()),
        pair("last_day", days.1.to_string()),
    ]);
    show_new(&app, &who, &around, (fields, Vec::new())).await
}

/// The first and the last instructional day of the school in the year, where they are set.
async fn days(
    app: &App,
    who: &Who,
    school: Option<SchoolId>,
    year: SchoolYear,
) -> Result<(Date, Date), Stopped> {
    let read = app.store().read(who.division(), move |at| {
        let Some(school) = school else {
            return Ok(None);
        };
        match schools::calendar(at, school, year) {
            Ok(days) => Ok(Some((days.first_day, days.last_day))),
            Err(Failure::NotFound) => Ok(None),
            Err(failure) => Err(failure),
        }
    });
    Ok(read
        .await
        .or_stop(app, who)?
        .unwrap_or((year.starts(), year.ends())))
}

/// What the form of a section at a school needs.
async fn around(app: &App, who: &Who, (school, year): (&str, SchoolYear)) -> Result<Around, Stopped> {
    let permit = Permit::<ViewSections>::wide(who.standing()).or_stop(app, who)?;
    let (asking, asked) = (who.clone(), school.to_owned());
    let read = app.store().read(who.division(), move |at| {
        let directory = schools::directory(at)?;
        let school = school_of(&asking, &directory, &asked);
        Ok(Around {
            catalogue: courses::courses(at, &permit)?,
            terms: match school {
                Some(school) => schools::terms(at, school, year)?,
                None => Vec::new(),
            },
            pattern: Pattern::read(at, school, year)?,
            directory,
            year,
            school,
        })
    });
    read.await.or_stop(app, who)
}

async fn show_new(app: &App, who: &Who, around: &Around, sent: Sent) -> PageResult {
    let ctx = context::of(app, who, Job::Classes).await?;
    let lang = ctx.lang;
    let schools: Vec<Choice> = reached(who, &around.directory)
        .map(|school| Choice::new(school.id.to_string(), school.name.clone()))
        .collect();
    let ask = Ask {
        lang,
        typed: &sent.0,
        found: &sent.1,
    };
    let first = html! {
        input type="hidden" name="id" value=(sent.0.get("id"));
        (ask.select("school", Width::Whole, &schools))
    };
    let drawn = draw(&ctx, (&format!("{HOME}/new"), HOME), around, &first, &sent);
    let head = PageHead::new(lang.t("sections-new"))
        .crumbs(vec![home_crumb(lang)])
        .facts(around.year.to_string());
    let title = card::Head::new("section", lang.t("sections-section"));
    let body =
        html! { (head.draw()) div class="grid" { div class="s9" { (card::bare_card(&title, &drawn)) } } };
    Ok(answer(
        ui::shell::page(&ctx, lang.t("sections-new"), body),
        &sent.1,
    ))
}

/// The form itself; `first` stands before the fields that both forms have.
fn draw(
    ctx: &Ctx,
    (action, back): (&str, &str),
    around: &Around,
    first: &Markup,
    (typed, found): &Sent,
) -> Markup {
    let lang = ctx.lang;
    let ask = Ask { lang, typed, found };
    let term = |term: &schools::Term| {
        let words = format!("{} · {} – {}", term.name, term.first_day, term.last_day);
        Choice::new(term.id.to_string(), words)
    };
    let terms: Vec<Choice> = around.terms.iter().map(term).collect();
    let fields = html! {
        div class="cb fg" {
            (summary(lang, found, &FIELDS))
            (first)
            (ask.needed("number", Width::Third, 20))
            (ask.text("room", Width::Third, 40))
            (ask.number("capacity", Width::Third))
            (ask.selects("courses", &course_choices(&around.catalogue), COURSES))
            (ask.term(&terms))
            (ask.day("first_day", Width::Third))
            (ask.day("last_day", Width::Third))
            (meetings::draw(lang, &around.pattern, typed, found))
        }
        (form_end(lang, &html! {}, back, &Action::submit(lang.t("save")).primary()))
    };
    Form::post(action).draw_in(ctx, &fields)
}

/// What was typed of a section; refused when a part is missing or has not its form.
fn details(fields: &Fields, year: SchoolYear) -> Outcome<SectionDetails> {
    fields.fit()?;
    let mut findings = Findings::default();
    let term: Option<TermId> = fields.parsed("term", "LP-0532", &mut findings);
    let (first_day, last_day) = match term {
        // The days of a term are said by the calendar.
        Some(_) => (Some(year.starts()), Some(year.ends())),
        None => (
            fields.day("first_day", &mut findings),
            fields.day("last_day", &mut findings),
        ),
    };
    let capacity: Option<i32> = fields.parsed("capacity", "LP-0006", &mut findings);
    let meetings = meetings::read(fields, &mut findings);
    let mut chosen: Vec<CourseId> = Vec::new();
    for value in fields.all("courses") {
        match value.parse() {
            Ok(id) => chosen.push(id),
            Err(_) => findings.push(Finding::refuse("LP-0008", "courses")),
        }
    }
    match (first_day, last_day) {
        (Some(first_day), Some(last_day)) if !findings.refuse() => Ok(SectionDetails {
            number: fields.get("number").to_owned(),
            courses: chosen,
            term,
            first_day,
            last_day,
            room: fields.get("room").to_owned(),
            capacity,
            meetings,
        }),
        _ => Err(Failure::Invalid(findings)),
    }
}

/// Makes the section.
pub(crate) async fn make(State(app): State<App>, Posted { who, fields }: Posted) -> PageResult {
    let permit = Permit::<ManageSections>::wide(who.standing()).or_stop(&app, &who)?;
    let year = context::year_shown(&who);
    let mut findings = Findings::default();
    let school: Option<SchoolId> = fields.chosen("school", "LP-0005", &mut findings);
    let id: SectionId = fields
        .get("id")
        .parse()
        .unwrap_or_else(|_| SectionId::fresh(app.store().now()));
    let made = match (details(&fields, year), school) {
        (Ok(details), Some(school)) => {
            let write = move |tx: &mut db::Tx| {
                courses::make_section(tx, &permit, id, (school, year), details.clone())
            };
            app.store().write(who.actor(), write).await
        }
        (Err(Failure::Invalid(found)), _) => {
            findings.extend(found.0);
            Err(Failure::Invalid(findings))
        }
        (Err(failure), _) => Err(failure),
        (Ok(_), None) => Err(Failure::Invalid(findings)),
    };
    match made {
        Ok(saved) => {
            app.settle_section(saved.record.id).await;
            Ok(Answer::see(path(saved.record.id)))
        }
        // A school of the list that is not the person's any more.
        Err(Failure::NotFound) if school.is_some() => {
            let found = Failure::refuse("LP-0005", "school");
            again_new(&app, &who, fields, found).await
        }
        Err(failure) => again_new(&app, &who, fields, failure).await,
    }
}

async fn again_new(app: &App, who: &Who, fields: Fields, failure: Failure) -> PageResult {
    let found = findings::of_failure(who.lang(), failure).or_stop(app, who)?;
    let year = context::year_shown(who);
    let around = around(app, who, (fields.get("school"), year)).await?;
    show_new(app, who, &around, (fields, found)).await
}

/// What is said of a section, as its form shows it.
fn said(section: &Section) -> Fields {
    let pair = |name: &str, value: String| (name.to_owned(), value);
    let mut pairs = vec![
        pair("number", section.number.clone()),
        pair("room", section.room.clone()),
        pair("first_day", section.first_day.to_string()),
        pair("last_day", section.last_day.to_string()),
    ];
    pairs.extend(section.term.map(|term| pair("term", term.to_string())));
    pairs.extend(section.capacity.map(|most| pair("capacity", most.to_string())));
    pairs.extend(section.courses.iter().map(|id| pair("courses", id.to_string())));
    pairs.extend(
        section
            .meetings
            .iter()
            .map(|meeting| pair("meetings", meeting.value())),
    );
    Fields::from(pairs)
}

/// The form of a change.
pub(crate) async fn change_page(State(app): State<App>, who: Who, Path(id): Path<SectionId>) -> PageResult {
    let loaded = manageable(&app, &who, id).await?;
    let fields = said(&loaded.view.section);
    show_change(&app, &who, &loaded, (fields, Vec::new())).await
}

/// A section that the person may manage; not found else.
pub(super) async fn manageable(app: &App, who: &Who, id: SectionId) -> Result<page::Loaded, Stopped> {
    Permit::<ManageSections>::wide(who.standing()).or_stop(app, who)?;
    let loaded = page::load(app, who, id).await?;
    Permit::<ManageSections>::school(who.standing(), loaded.view.section.school).or_stop(app, who)?;
    Ok(loaded)
}

async fn show_change(app: &App, who: &Who, loaded: &page::Loaded, sent: Sent) -> PageResult {
    let section = &loaded.view.section;
    let around = around(app, who, (&section.school.to_string(), section.year)).await?;
    let ctx = loaded.ctx(app, who).await?;
    let lang = ctx.lang;
    let first = stale::seen(section.version, &sent.0);
    let address = format!("{}/change", path(section.id));
    let drawn = draw(&ctx, (&address, &path(section.id)), &around, &first, &sent);
    let title = card::Head::new("section", lang.t("sections-section"));
    let body = html! {
        (page::head(lang, loaded).draw())
        div class="grid" { div class="s9" { (card::bare_card(&title, &drawn)) } }
    };
    Ok(answer(
        ui::shell::page(&ctx, lang.t("sections-change-title"), body),
        &sent.1,
    ))
}

/// Changes the section.
pub(crate) async fn change(
    State(app): State<App>,
    Path(id): Path<SectionId>,
    Posted { who, fields }: Posted,
) -> PageResult {
    let loaded = manageable(&app, &who, id).await?;
    let permit =
        Permit::<ManageSections>::school(who.standing(), loaded.view.section.school).or_stop(&app, &who)?;
    let read = details(&fields, loaded.view.section.year)
        .and_then(|details| Ok((details, fields.version("version")?)));
    let saved = match read {
        Ok((details, seen)) => {
            let write =
                move |tx: &mut db::Tx| courses::change_section(tx, &permit, id, seen, details.clone());
            app.store().write(who.actor(), write).await
        }
        Err(failure) => Err(failure),
    };
    if saved.is_ok() {
        app.settle_section(id).await;
    }
    match saved {
        Ok(saved) if saved.findings.is_empty() => Ok(Answer::see(path(id))),
        // Saved, with warnings: the form again, of what stands now.
        Ok(saved) => {
            let found = findings::shown(who.lang(), &saved.findings);
            let loaded = manageable(&app, &who, id).await?;
            show_change(&app, &who, &loaded, (said(&saved.record), found)).await
        }
        Err(failure) if stale::is_stale(&failure) => {
            let loaded = manageable(&app, &who, id).await?;
            both(&app, &who, &loaded, &fields).await
        }
        Err(failure) => {
            let found = findings::of_failure(who.lang(), failure).or_stop(&app, &who)?;
            show_change(&app, &who, &loaded, (fields, found)).await
        }
    }
}

/// Somebody saved first: both versions, side by side.
async fn both(app: &App, who: &Who, loaded: &page::Loaded, typed: &Fields) -> PageResult {
    let section = &loaded.view.section;
    let around = around(app, who, (&section.school.to_string(), section.year)).await?;
    let ctx = loaded.ctx(app, who).await?;
    let lang = ctx.lang;
    let asked: Vec<(&str, String)> = FIELDS[1..]
        .iter()
        .map(|name| (*name, label(lang, name)))
        .collect();
    let now = said(section);
    let stale = stale::Stale {
        address: &format!("{}/change", path(section.id)),
        back: &path(section.id),
        version: section.version,
        asked: &asked,
        typed,
        now: &now,
        by: "",
    };
    let say = |name: &str, value: &str| match name {
        "courses" => {
            let found = around
                .catalogue
                .iter()
                .find(|course| course.id.to_string() == value);
            found.map_or_else(String::new, |course| course.name.clone())
        }
        "term" => {
            let found = around.terms.iter().find(|term| term.id.to_string() == value);
            found.map_or_else(String::new, |term| term.name.clone())
        }
        "meetings" => value
            .parse()
            .map(|meeting| meets(lang, &around.pattern, &[meeting]))
            .unwrap_or_default(),
        _ => value.to_owned(),
    };
    let body = html! { (page::head(lang, loaded).draw()) (stale.card(&ctx, &say)) };
    Ok(Answer::stale(ui::shell::page(
        &ctx,
        lang.t("sections-change-title"),
        body,
    )))
}

#[cfg(test)]
mod tests {
    use super::details;
    use crate::posted::Fields;
    use kernel::Failure;

    #[test]
    fn what_cannot_be_read_is_told_beside_its_field() {
        let fine = [
            ("number", "4A"),
            ("first_day", "2026-09-01"),
            ("last_day", "2027-06-25"),
            ("meetings", "1-2"),
        ];
        for (name, value, refused) in [
            ("capacity", "28", vec![]),
            ("capacity", "many", vec!["capacity"]),
            ("first_day", "soon", vec!["first_day"]),
            ("meetings", "Monday", vec!["meetings"]),
            ("courses", "Mathematics", vec!["courses"]),
            ("term", "soon", vec!["term"]),
        ] {
            let mut pairs: Vec<(&str, &str)> = fine.iter().copied().filter(|(key, _)| *key != name).collect();
            pairs.push((name, value));
            let told: Vec<String> = match details(
                &Fields::of(&pairs),
                kernel::SchoolYear::ending(2027).expect("a year"),
            ) {
                Err(Failure::Invalid(found)) => found.0.into_iter().map(|one| one.field).collect(),
                _ => Vec::new(),
            };
            assert_eq!(told, refused, "{name} {value}");
        }
    }
}
