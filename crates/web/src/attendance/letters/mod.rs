//! Letters about attendance: which are due, and which were made.

mod compose;
mod made;
pub(crate) mod plan;
pub(crate) mod print;
pub(crate) mod send;
pub(crate) mod text;

pub(crate) use made::of_student;

use super::{Page, label, office_tabs, school_of, slot_named};
use crate::answer::{OrStop, PageResult, Stopped, query};
use crate::pattern::Pattern;
use crate::posted::Fields;
use crate::who::Who;
use crate::{App, context, findings, lookup};
use access::Permit;
use access::action::{ManageAttendance, ManageSchools, ViewStudents};
use attendance::{Codes, LetterBatch, LetterDue, LetterPlan, LetterUnit, LettersDue, Mark, rules};
use axum::extract::{Query, State};
use db::{Reader, Reading};
use kernel::{LetterBatchId, Outcome, SchoolId, SchoolYear};
use maud::{Markup, html};
use schools::Directory;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use ui::ctx::{Ctx, Job};
use ui::form::{Finding, Form};
use ui::head::PageHead;
use ui::{Action, Icon, Lang, card, icon};

/// Where the pages are.
const HOME: &str = "/attendance/letters";

/// Which school.
#[derive(Debug, Default, Clone, Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    school: String,
    /// A batch that was just made.
    #[serde(default)]
    made: String,
}

struct Shown {
    directory: Directory,
    school: SchoolId,
    due: LettersDue,
    made: Vec<LetterBatch>,
    codes: Codes,
    pattern: Pattern,
    languages: BTreeSet<String>,
}

/// A form that comes back.
#[derive(Default)]
struct Attempt {
    fields: Fields,
    found: Vec<Finding>,
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
    let year = SchoolYear::of(at.today());
    Ok(Shown {
        due: attendance::letters_due(at, (&permit, &view), school)?,
        made: attendance::letter_batches(at, &permit, school)?,
        codes: attendance::codes_of(at, &permit, school)?,
        pattern: Pattern::read(at, Some(school), year)?,
        languages: attendance::letter_texts(at, &permit)?.into_keys().collect(),
        directory,
        school,
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
    let head = PageHead::new(lang.t("attendance-tab-letters"))
        .facts(shown.directory.name(shown.school))
        .action(Action::link(lang.t("letters-when"), to("/when", shown.school)));
    let head = if context::may::<ManageSchools>(who.standing()) {
        head.action(Action::link(lang.t("letters-text"), to("/text", shown.school)))
    } else {
        head
    };
    let body = html! {
        (head.draw())
        (office_tabs(who, Page::Letters, shown.school))
        div class="stack mt" {
            @if let Ok(made) = asked.made.parse::<LetterBatchId>() { (made::just_made(lang, &shown.made, made)) }
            (due_card(&ctx, &shown, (may, attempt), LetterBatchId::fresh(now)))
            (how(lang, &shown.due))
            (made::card(&ctx, &shown, may, now))
        }
    };
    Ok(ui::shell::page(&ctx, lang.t("attendance-tab-letters"), body))
}

/// An address below this page, for a school.
fn to(rest: &str, school: SchoolId) -> String {
    format!("{HOME}{rest}{}", query([("school", school.to_string().as_str())]))
}

/// Who is due a letter, everybody ticked but those of whom something must be read first.
fn due_card(ctx: &Ctx, shown: &Shown, (may, attempt): (bool, &Attempt), id: LetterBatchId) -> Markup {
    let lang = ctx.lang;
    let count = i64::try_from(shown.due.lines.len()).unwrap_or(0);
    let head = card::Head::new("due", lang.t("letters-due"))
        .beside(ui::pill::pill(ui::State::Selected, &lang.number(count)));
    if shown.due.lines.is_empty() {
        return card::card(&head, &ui::waiting::cleared(&lang.t("letters-none")));
    }
    let id = attempt.fields.some("id").unwrap_or_else(|| id.to_string());
    let general = attempt
        .found
        .iter()
        .filter(|one| !one.field.starts_with("student-"));
    let fields = html! {
        input type="hidden" name="school" value=(shown.school);
        input type="hidden" name="id" value=(id);
        @for one in general { div class="cb" { (ui::form::finding_line(lang, one)) } }
        @for line in &shown.due.lines { div class="cb b-top" { (student(lang, shown, line, (may, attempt))) } }
        @if shown.due.more > 0 { div class="cb b-top sub" { (lang.tx("letters-more", &[("n", shown.due.more.into())])) } }
        @if may {
            div class="cb b-top row-x wrap" {
                (Action::submit(lang.t("letters-make")).icon(Icon::Printer).primary())
                span class="sub" { (lang.t("letters-make-hint")) }
            }
        }
    };
    card::bare_card(&head, &Form::post(HOME).draw_in(ctx, &fields))
}

fn student(lang: Lang, shown: &Shown, line: &LetterDue, (may, attempt): (bool, &Attempt)) -> Markup {
    let field = format!("student-{}", line.student);
    let found: Vec<&Finding> = attempt.found.iter().filter(|one| one.field == field).collect();
    let can = may && !line.around.addressees.is_empty();
    let chosen = attempt.fields.all("student");
    let is_again = !attempt.fields.get("id").is_empty();
    let is_ticked = if is_again {
        chosen.contains(&line.student.to_string())
    } else {
        line.gates.is_empty()
    };
    let label = html! {
        b { (line.listed) } " " span class="dim" { (line.homeroom) } " · "
        (lang.tx("letters-reached", &[("step", compose::total(lang, shown.due.unit, rules::letter_measure(shown.due.unit, line.step)).into())]))
    };
    html! {
        div class="stack" id=(field) {
            @for (code, notice) in &line.gates {
                div class="find e" { (icon(Icon::ShieldLock)) span { b { (lang.t(&format!("gate-{}", code.as_str()))) } " " (notice) } }
            }
            @if can {
                input type="hidden" name={ "seen-" (line.student) } value=(line.seen);
                label class="opt" {
                    input type="checkbox" name="student" value=(line.student) checked[is_ticked];
                    span class="grow" { (label) }
                }
                @if !line.gates.is_empty() {
                    label class="opt" {
                        input type="checkbox" name="read" value=(line.student);
                        span class="grow" { (lang.t("letters-read")) }
                    }
                }
            } @else { p class="m-0" { (label) } }
            @for one in found { (ui::form::finding_line(lang, one)) }
            (arithmetic(lang, shown, line))
            (addressed(lang, shown, line))
        }
    }
}

/// What was counted, and on which days.
fn arithmetic(lang: Lang, shown: &Shown, line: &LetterDue) -> Markup {
    let total = compose::total(lang, shown.due.unit, line.total);
    let mut by_kind: BTreeMap<attendance::Meaning, usize> = BTreeMap::new();
    for mark in &line.marks {
        *by_kind.entry(mark.meaning).or_default() += 1;
    }
    let kinds: Vec<String> = by_kind
        .iter()
        .map(|(kind, many)| format!("{many} {}", lang.t(&format!("meaning-{kind}")).to_lowercase()))
        .collect();
    let said = format!("{} = {total}", kinds.join(" + "));
    let row = |mark: &Mark| {
        let code = shown.codes.find(&mark.letter, mark.on);
        let code = code.map_or_else(|| mark.letter.clone(), |code| label(lang, code).to_owned());
        format!(
            "{}, {}: {code}",
            lang.deadline(mark.on.civil()),
            slot_named(lang, &shown.pattern, mark.slot)
        )
    };
    html! {
        details {
            summary { (said) @if let Some(before) = line.before { " · " (lang.tx("letters-before", &[("step", compose::total(lang, shown.due.unit, rules::letter_measure(shown.due.unit, before)).into())])) } }
            ul class="list sm" { @for mark in &line.marks { li { (row(mark)) } } }
        }
    }
}

/// To whom it goes, in which language, and who is left out and why.
fn addressed(lang: Lang, shown: &Shown, line: &LetterDue) -> Markup {
    let in_words = |languages: &[String]| {
        let wanted = languages.iter().find(|one| shown.languages.contains(*one));
        let code = wanted.unwrap_or(&shown.due.plan.language);
        lookup::code(lang, codes::CodeSet::LanguageAtHome, code)
    };
    html! {
        @for one in &line.around.addressees {
            @let names: Vec<&str> = one.names.iter().map(String::as_str).collect();
            p class="sm m-0" { (icon(Icon::Mail)) " " (lang.list(&names)) ", " (one.lines.join(", ")) " · " (in_words(&one.languages)) }
        }
        @for (name, why) in &line.around.left_out {
            p class="sm dim m-0" { (icon(Icon::Ban)) " " (name) ": " (lang.t(&format!("not-written-{why}"))) }
        }
        @if line.around.addressees.is_empty() {
            p class="sm m-0" { (lang.t("letters-nobody")) " " a href={ "/students/" (line.student) "/family" } { (lang.t("unexplained-contacts")) } }
        }
    }
}

/// The rule, with its numbers.
fn how(lang: Lang, due: &LettersDue) -> Markup {
    html! {
        div class="stack" {
            p class="sm m-0" { (plan_words(lang, &due.plan, due.unit)) " " span class="dim" { (lang.tx("letters-since", &[("from", due.days.0.to_string().into()), ("until", due.days.1.to_string().into())])) } }
            @for finding in findings::shown(lang, &rules::how_letters_count()) { (ui::form::finding_line(lang, &finding)) }
        }
    }
}

/// Thresholds and what counts, in one sentence.
fn plan_words(lang: Lang, plan: &LetterPlan, unit: LetterUnit) -> String {
    let steps: Vec<String> = plan.steps(unit).iter().map(u16::to_string).collect();
    let steps: Vec<&str> = steps.iter().map(String::as_str).collect();
    let kinds: Vec<String> = plan
        .kinds
        .iter()
        .map(|kind| lang.t(&format!("meaning-{kind}")).to_lowercase())
        .collect();
    let kinds: Vec<&str> = kinds.iter().map(String::as_str).collect();
    let key = format!("letters-plan-{unit}");
    lang.tx(
        &key,
        &[
            ("steps", lang.list(&steps).into()),
            ("kinds", lang.list(&kinds).into()),
        ],
    )
    .into_owned()
}
