//! One code for many students and days: chosen, shown, entered, taken back.

use super::many_shown::{classes_of, made, planned};
use super::{Page, label, office_tabs, school_of, slot_named};
use crate::answer::{Answer, OrStop, PageResult, Stopped, query};
use crate::pattern::Pattern;
use crate::posted::{Fields, Posted};
use crate::who::Who;
use crate::{App, context, findings};
use access::Permit;
use access::action::{ManageAttendance, ViewStudents};
use attendance::{Codes, MarkRange, Meaning, RangeMade, RangePlan, Slot};
use axum::extract::{Query, State};
use db::{Reader, Reading};
use kernel::{
    AttendanceRangeId, Date, Failure, Findings, Instant, Outcome, SchoolId, SchoolYear, SectionId, StudentId,
};
use maud::{Markup, html};
use people::{CardRow, ListQuery, PlaceState};
use schools::Directory;
use serde::Deserialize;
use ui::ctx::{Ctx, Job};
use ui::form::{Choice, Field, Finding, Form, Width, summary};
use ui::head::PageHead;
use ui::{Action, card};

/// Students of one list, at most.
pub(super) const MOST: usize = 400;

/// Which school, and which of its homerooms or classes.
#[derive(Debug, Default, Clone, Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    school: String,
    #[serde(default)]
    homeroom: String,
    #[serde(default)]
    class: String,
}

/// What the page shows.
pub(super) struct Shown {
    directory: Directory,
    pub(super) school: SchoolId,
    codes: Codes,
    homerooms: Vec<String>,
    classes: Vec<Choice>,
    slots: Vec<Slot>,
    pub(super) pattern: Pattern,
    pub(super) students: Vec<CardRow>,
    pub(super) made: Vec<RangeMade>,
    today: Date,
}

/// A form that comes back: with findings, or with what it would do.
#[derive(Default)]
struct Attempt {
    fields: Fields,
    found: Vec<Finding>,
    plan: Option<RangePlan>,
}

/// The page.
pub(crate) async fn page(State(app): State<App>, who: Who, Query(asked): Query<Asked>) -> PageResult {
    Ok(draw(&app, &who, asked, &Attempt::default()).await?.into())
}

fn read(at: &mut Reader, who: &Who, asked: &Asked) -> Outcome<Shown> {
    let permit = Permit::<ManageAttendance>::wide(who.standing())?;
    let view = Permit::<ViewStudents>::wide(who.standing())?;
    let directory = schools::directory(at)?;
    let school = school_of(who, &directory, &asked.school)?;
    let mode = attendance::setting_of(at, &permit, school)?.mode;
    let today = at.today();
    let year = SchoolYear::of(today);
    let pattern = Pattern::read(at, Some(school), year)?;
    let mut slots = Vec::new();
    if mode.has_daily() {
        slots.extend(Slot::DAILY);
    }
    let mut classes = Vec::new();
    if mode.has_periods() {
        slots.extend(pattern.offered([]).into_iter().map(Slot::Period));
        classes = classes_of(at, who, (school, year))?;
    }
    let section: Option<SectionId> = asked.class.parse().ok();
    let is_offered = classes.iter().any(|one: &Choice| one.value == asked.class);
    let students = if let Some(section) = section.filter(|_| is_offered) {
        let ids = courses::roster(at, section, today)?;
        let mut cards = people::cards_of(at, &view, &ids)?;
        cards.sort_by(|one, other| one.sort_name.cmp(&other.sort_name));
        cards
    } else if asked.homeroom.is_empty() {
        Vec::new()
    } else {
        let query = ListQuery {
            school: Some(school),
            homeroom: Some(asked.homeroom.clone()),
            state: Some(PlaceState::Enrolled),
            limit: MOST,
            ..ListQuery::default()
        };
        people::list(at, &view, &query)?.rows
    };
    Ok(Shown {
        codes: attendance::codes_of(at, &permit, school)?,
        homerooms: people::homerooms(at, &view, Some(school), None)?,
        made: attendance::ranges(at, &permit, school)?,
        today,
        directory,
        school,
        students,
        classes,
        slots,
        pattern,
    })
}

async fn draw(app: &App, who: &Who, asked: Asked, attempt: &Attempt) -> Result<Markup, Stopped> {
    let (asking, wanted) = (who.clone(), asked.clone());
    let shown = app
        .store()
        .read(who.division(), move |at| read(at, &asking, &wanted))
        .await
        .or_stop(app, who)?;
    let ctx = context::of(app, who, Job::Attendance).await?;
    let (lang, now) = (ctx.lang, app.store().now());
    let may = who.may_now::<ManageAttendance>();
    let body = html! {
        (PageHead::new(lang.t("attendance-tab-many")).facts(shown.directory.name(shown.school)).draw())
        (office_tabs(who, Page::Many, shown.school))
        div class="stack mt" {
            @if may {
                (choose(&ctx, &shown, &asked))
                @if !shown.students.is_empty() { (entry(&ctx, &shown, &asked, attempt, now)) }
            }
            (made(&ctx, &shown, may, now))
        }
    };
    Ok(ui::shell::page(&ctx, lang.t("attendance-tab-many"), body))
}

fn choose(ctx: &Ctx, shown: &Shown, asked: &Asked) -> Markup {
    let lang = ctx.lang;
    let rooms: Vec<Choice> = shown
        .homerooms
        .iter()
        .map(|room| Choice::new(room.clone(), room.clone()))
        .collect();
    let (words, class) = (lang.t("column-homeroom"), lang.t("many-class"));
    let fields = html! {
        div class="cb fg" {
            input type="hidden" name="school" value=(shown.school);
            (Field::new(lang, "homeroom", &words).value(&asked.homeroom).width(Width::Third).select(&rooms))
            @if !shown.classes.is_empty() { (Field::new(lang, "class", &class).value(&asked.class).width(Width::Third).select(&shown.classes)) }
            div class="f w4" { span class="lab" aria-hidden="true" { "\u{a0}" } (Action::submit(lang.t("many-show"))) }
        }
    };
    card::bare_card(
        &card::Head::new("choose", lang.t("many-choose")),
        &Form::get("/attendance/many").draw_in(ctx, &fields),
    )
}

fn entry(ctx: &Ctx, shown: &Shown, asked: &Asked, attempt: &Attempt, now: Instant) -> Markup {
    let lang = ctx.lang;
    let (typed, found) = (&attempt.fields, &attempt.found);
    let is_new = typed.get("id").is_empty();
    let students: Vec<Choice> = shown
        .students
        .iter()
        .map(|card| Choice::new(card.student.to_string(), card.list_name.clone()))
        .collect();
    let chosen = typed.all("student");
    let chosen: Vec<&str> = if is_new {
        students.iter().map(|one| one.value.as_str()).collect()
    } else {
        chosen.iter().map(String::as_str).collect()
    };
    let named = |slot: &Slot| Choice::new(slot.as_str(), slot_named(lang, &shown.pattern, *slot));
    let slots: Vec<Choice> = shown.slots.iter().map(named).collect();
    let picked = typed.all("slot");
    let picked: Vec<&str> = if is_new {
        shown.slots.iter().map(Slot::as_str).collect()
    } else {
        picked.iter().map(String::as_str).collect()
    };
    let codes: Vec<Choice> = shown
        .codes
        .on(shown.today)
        .filter(|code| {
            !matches!(
                code.meaning,
                Meaning::Present | Meaning::Unexplained | Meaning::Late
            )
        })
        .map(|code| {
            Choice::new(
                code.letter.clone(),
                format!("{} {}", code.letter, label(lang, code)),
            )
        })
        .collect();
    let day = |name: &str| typed.some(name).unwrap_or_else(|| shown.today.to_string());
    let (first, last) = (day("first_day"), day("last_day"));
    let id = typed
        .some("id")
        .unwrap_or_else(|| AttendanceRangeId::fresh(now).to_string());
    let words = [
        "many-students",
        "many-first-day",
        "many-last-day",
        "many-slots",
        "field-letter",
        "roll-note",
    ]
    .map(|key| lang.t(key));
    let is_planned = attempt.plan.is_some();
    let fields = html! {
        div class="cb fg" {
            (summary(lang, found, &["student", "first_day", "last_day", "slot", "letter", "comment"]))
            input type="hidden" name="school" value=(shown.school);
            input type="hidden" name="homeroom" value=(asked.homeroom);
            input type="hidden" name="class" value=(asked.class);
            input type="hidden" name="id" value=(id);
            (Field::new(lang, "first_day", &words[1]).value(&first).findings(found).width(Width::Quarter).required().date())
            (Field::new(lang, "last_day", &words[2]).value(&last).findings(found).width(Width::Quarter).required().date())
            (Field::new(lang, "letter", &words[4]).value(typed.get("letter")).findings(found).width(Width::Quarter).required().select(&codes))
            (Field::new(lang, "comment", &words[5]).value(typed.get("comment")).findings(found).width(Width::Quarter).optional().max_length(200).sensitive().text())
            (Field::new(lang, "slot", &words[3]).findings(found).width(Width::Third).checkboxes(&slots, &picked))
            (Field::new(lang, "student", &words[0]).findings(found).width(Width::TwoThirds).checkboxes(&students, &chosen))
        }
        @if let Some(plan) = &attempt.plan { (planned(lang, shown, plan)) }
        div class="cb b-top row-x wrap" {
            @if is_planned { (Action::submit(lang.t("many-enter")).named("act", "enter").primary()) }
            @let again = Action::submit(lang.t("many-preview")).named("act", "preview");
            @if is_planned { (again) } @else { (again.primary()) }
        }
    };
    card::bare_card(
        &card::Head::new("entry", lang.t("many-entry")),
        &Form::post("/attendance/many").draw_in(ctx, &fields),
    )
}

/// Shows what an entry would do, or makes it.
pub(crate) async fn send(State(app): State<App>, Posted { who, fields }: Posted) -> PageResult {
    let permit = Permit::<ManageAttendance>::wide(who.standing()).or_stop(&app, &who)?;
    let school: SchoolId = fields
        .get("school")
        .parse()
        .map_err(|_| Failure::NotFound)
        .or_stop(&app, &who)?;
    let asked = Asked {
        school: school.to_string(),
        homeroom: fields.get("homeroom").to_owned(),
        class: fields.get("class").to_owned(),
    };
    let is_entered = fields.get("act") == "enter";
    let done = match command(&fields, school) {
        Ok(cmd) if is_entered => {
            let write = move |tx: &mut db::Tx| attendance::enter_range(tx, &permit, &cmd);
            app.store().write(who.actor(), write).await.map(|_| None)
        }
        Ok(cmd) => {
            let read = move |at: &mut Reader| attendance::plan_range(at, &permit, &cmd);
            app.store().read(who.division(), read).await.map(Some)
        }
        Err(failure) => Err(failure),
    };
    match done {
        Ok(None) => Ok(back(&asked.school)),
        Ok(plan @ Some(_)) => {
            let attempt = Attempt {
                fields,
                plan,
                ..Attempt::default()
            };
            Ok(Answer::page(draw(&app, &who, asked, &attempt).await?))
        }
        Err(failure) => {
            let attempt = Attempt {
                fields,
                found: findings::of_failure(who.lang(), failure).or_stop(&app, &who)?,
                plan: None,
            };
            Ok(Answer::again(draw(&app, &who, asked, &attempt).await?))
        }
    }
}

fn back(school: &str) -> Answer {
    Answer::see(format!("/attendance/many{}", query([("school", school)])))
}

fn command(fields: &Fields, school: SchoolId) -> Outcome<MarkRange> {
    fields.fit()?;
    let mut findings = Findings::default();
    let first = fields.day("first_day", &mut findings);
    let last = fields.day("last_day", &mut findings);
    let slots = fields
        .all("slot")
        .iter()
        .filter_map(|one| one.parse::<Slot>().ok())
        .collect();
    let students = fields
        .all("student")
        .iter()
        .filter_map(|one| one.parse::<StudentId>().ok())
        .collect();
    if fields.get("letter").is_empty() {
        findings.push(kernel::Finding::refuse("LP-0008", "letter"));
    }
    findings.or_refuse()?;
    let whole = || Failure::refuse("LP-0011", "");
    Ok(MarkRange {
        id: fields.get("id").parse().map_err(|_| whole())?,
        school,
        students,
        days: first.zip(last).ok_or_else(whole)?,
        slots,
        letter: fields.get("letter").to_owned(),
        comment: fields.get("comment").to_owned(),
    })
}

/// Takes an entry for many back.
pub(crate) async fn undo(State(app): State<App>, Posted { who, fields }: Posted) -> PageResult {
    let permit = Permit::<ManageAttendance>::wide(who.standing()).or_stop(&app, &who)?;
    let id: AttendanceRangeId = fields
        .get("id")
        .parse()
        .map_err(|_| Failure::NotFound)
        .or_stop(&app, &who)?;
    app.store()
        .write(who.actor(), move |tx| attendance::undo_range(tx, &permit, id))
        .await
        .or_stop(&app, &who)?;
    Ok(match fields.get("back") {
        "" => back(fields.get("school")),
        on => super::differences::back(fields.get("school"), on, ""),
    })
}
