//! When letters are due: thresholds, and what counts; of a school, and of the division.

use super::super::{Page, office_tabs, school_of};
use super::{HOME, plan_words, to};
use crate::answer::{Answer, OrStop, PageResult, Stopped};
use crate::posted::{Fields, Posted};
use crate::who::Who;
use crate::{App, context, findings, lookup, stale};
use access::Permit;
use access::action::{ManageAttendance, ManageSchools};
use attendance::{LetterPlan, LetterUnit, Meaning};
use axum::extract::{Query, State};
use db::Reader;
use kernel::{Date, Failure, Finding, Findings, Outcome, SchoolId};
use maud::{Markup, html};
use schools::Directory;
use serde::Deserialize;
use ui::ctx::{Ctx, Job};
use ui::form::{Choice, Field, Finding as Told, Form, Width, form_end, summary};
use ui::head::{Crumb, PageHead};
use ui::{Action, card};

/// The kinds that may count.
const KINDS: [Meaning; 3] = [Meaning::Unexplained, Meaning::Unauthorized, Meaning::Authorized];

/// Which school; the division's own with `of`.
#[derive(Debug, Default, Clone, Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    school: String,
    #[serde(default)]
    of: String,
}

struct Shown {
    directory: Directory,
    school: SchoolId,
    is_division: bool,
    plan: LetterPlan,
    unit: LetterUnit,
    languages: Vec<String>,
}

/// What was sent, what was found; and whether another save came first.
type Sent = (Fields, Vec<Told>, bool);

/// The page.
pub(crate) async fn page(State(app): State<App>, who: Who, Query(asked): Query<Asked>) -> PageResult {
    Ok(draw(&app, &who, asked, None).await?.into())
}

fn read(at: &mut Reader, who: &Who, asked: &Asked) -> Outcome<Shown> {
    let permit = Permit::<ManageAttendance>::wide(who.standing())?;
    let directory = schools::directory(at)?;
    let school = school_of(who, &directory, &asked.school)?;
    let is_division = asked.of == "division";
    let own = (!is_division).then_some(school);
    Ok(Shown {
        plan: attendance::letter_plan(at, &permit, own)?,
        unit: LetterUnit::of(attendance::setting_of(at, &permit, school)?.mode),
        languages: attendance::letter_texts(at, &permit)?.into_keys().collect(),
        directory,
        school,
        is_division,
    })
}

async fn draw(app: &App, who: &Who, asked: Asked, sent: Option<Sent>) -> Result<Markup, Stopped> {
    let asking = who.clone();
    let shown = app
        .store()
        .read(who.division(), move |at| read(at, &asking, &asked))
        .await
        .or_stop(app, who)?;
    let ctx = context::of(app, who, Job::Attendance).await?;
    let lang = ctx.lang;
    let sent = sent.unwrap_or_else(|| (said(&shown), Vec::new(), false));
    let is_coordinator = context::may::<ManageSchools>(who.standing());
    let may = if shown.is_division {
        who.may_now::<ManageSchools>()
    } else {
        who.may_now::<ManageAttendance>()
    };
    let whose = if shown.is_division {
        lang.t("letters-of-division").into_owned()
    } else {
        shown.directory.name(shown.school).to_owned()
    };
    let head = PageHead::new(lang.t("letters-when"))
        .crumbs(vec![
            Crumb::link(lang.t("attendance-tab-letters"), to("", shown.school)),
            Crumb::here(lang.t("letters-when")),
        ])
        .facts(whose);
    let other = if shown.is_division {
        Action::link(lang.t("letters-of-school"), to("/when", shown.school))
    } else {
        Action::link(
            lang.t("letters-of-division"),
            format!("{}&of=division", to("/when", shown.school)),
        )
    };
    let head = if is_coordinator { head.action(other) } else { head };
    let holds = holding(lang, &shown);
    let body = html! {
        (head.draw())
        (office_tabs(who, Page::Letters, shown.school))
        div class="stack mt" {
            p class="m-0" { (holds) }
            @if sent.2 { (both(&ctx, &shown, &sent.0)) } @else if may { (form(&ctx, &shown, &sent)) }
        }
    };
    Ok(ui::shell::page(&ctx, lang.t("letters-when"), body))
}

/// What holds now, since when, and whose it is.
fn holding(lang: ui::Lang, shown: &Shown) -> String {
    let plan = &shown.plan;
    let whose = match (plan.version, plan.school) {
        (0, _) => "letters-held-program",
        (_, None) => "letters-held-division",
        (_, Some(_)) => "letters-held-school",
    };
    let words = plan_words(lang, plan, shown.unit);
    format!(
        "{words} {}",
        lang.tx(whose, &[("day", plan.valid_from.to_string().into())])
    )
}

/// The version of what is changed here; 0 while what holds is somebody else's.
fn version(shown: &Shown) -> i64 {
    let is_own = shown.plan.school.is_some() != shown.is_division;
    if is_own { shown.plan.version } else { 0 }
}

/// What was typed beside what somebody else saved meanwhile.
fn both(ctx: &Ctx, shown: &Shown, typed: &Fields) -> Markup {
    let lang = ctx.lang;
    let asked = [
        ("half_days", "letters-half-days"),
        ("periods", "letters-periods"),
        ("kinds", "letters-kinds"),
        ("language", "letters-language"),
    ];
    let asked = asked.map(|(name, key)| (name, lang.t(key).into_owned()));
    let stale = stale::Stale {
        address: &format!("{HOME}/when"),
        back: &to("", shown.school),
        version: version(shown),
        asked: &asked,
        typed,
        now: &said(shown),
        by: "",
    };
    stale.card(ctx, &|name, value| match name {
        "kinds" => lang.t(&format!("meaning-{value}")).into_owned(),
        "language" => lookup::code(lang, codes::CodeSet::LanguageAtHome, value),
        _ => value.to_owned(),
    })
}

fn said(shown: &Shown) -> Fields {
    let plan = &shown.plan;
    let steps = |all: &[u16]| all.iter().map(u16::to_string).collect::<Vec<_>>().join(" ");
    let mut all = vec![
        ("half_days".to_owned(), steps(&plan.half_days)),
        ("periods".to_owned(), steps(&plan.periods)),
        ("language".to_owned(), plan.language.clone()),
    ];
    all.extend(
        plan.kinds
            .iter()
            .map(|kind| ("kinds".to_owned(), kind.to_string())),
    );
    Fields::from(all)
}

fn form(ctx: &Ctx, shown: &Shown, (typed, found, _): &Sent) -> Markup {
    let lang = ctx.lang;
    let kinds: Vec<Choice> = KINDS
        .iter()
        .map(|kind| Choice::new(kind.as_str(), lang.t(&format!("meaning-{kind}"))))
        .collect();
    let chosen = typed.all("kinds");
    let chosen: Vec<&str> = chosen.iter().map(String::as_str).collect();
    let languages: Vec<Choice> = shown
        .languages
        .iter()
        .map(|one| {
            Choice::new(
                one.clone(),
                lookup::code(lang, codes::CodeSet::LanguageAtHome, one),
            )
        })
        .collect();
    let words = [
        "letters-half-days",
        "letters-periods",
        "letters-kinds",
        "letters-language",
    ]
    .map(|key| lang.t(key));
    let (hint, language_hint) = (lang.t("letters-steps-hint"), lang.t("letters-language-hint"));
    let has = |unit: LetterUnit| shown.is_division || shown.unit == unit;
    let fields = html! {
        div class="cb fg" {
            (summary(lang, found, &["half_days", "periods", "kinds", "language"]))
            @for one in found.iter().filter(|one| one.field.is_empty()) { div class="f w12" { (ui::form::finding_line(lang, one)) } }
            input type="hidden" name="school" value=(shown.school);
            @if shown.is_division { input type="hidden" name="of" value="division"; }
            (stale::seen(version(shown), typed))
            @if has(LetterUnit::HalfDays) { (Field::new(lang, "half_days", &words[0]).hint(&hint).value(typed.get("half_days")).findings(found).width(Width::Half).required().max_length(40).text()) }
            @else { input type="hidden" name="half_days" value=(typed.get("half_days")); }
            @if has(LetterUnit::Periods) { (Field::new(lang, "periods", &words[1]).hint(&hint).value(typed.get("periods")).findings(found).width(Width::Half).required().max_length(40).text()) }
            @else { input type="hidden" name="periods" value=(typed.get("periods")); }
            (Field::new(lang, "kinds", &words[2]).findings(found).width(Width::Half).checkboxes(&kinds, &chosen))
            (Field::new(lang, "language", &words[3]).hint(&language_hint).value(typed.get("language")).findings(found).width(Width::Half).required().select(&languages))
            (form_end(lang, &html! {}, &to("", shown.school), &Action::submit(lang.t("save")).primary()))
        }
    };
    let title = card::Head::new("when", lang.t("letters-when-title"));
    card::bare_card(&title, &Form::post(&format!("{HOME}/when")).draw_in(ctx, &fields))
}

/// Saves it.
pub(crate) async fn save(State(app): State<App>, Posted { who, fields }: Posted) -> PageResult {
    let permit = Permit::<ManageAttendance>::wide(who.standing()).or_stop(&app, &who)?;
    let asked = Asked {
        school: fields.get("school").to_owned(),
        of: fields.get("of").to_owned(),
    };
    let school: SchoolId = asked
        .school
        .parse()
        .map_err(|_| Failure::NotFound)
        .or_stop(&app, &who)?;
    let reading = Permit::<ManageAttendance>::wide(who.standing()).or_stop(&app, &who)?;
    let texts = app
        .store()
        .read(who.division(), move |at| attendance::letter_texts(at, &reading));
    let languages: Vec<String> = texts.await.or_stop(&app, &who)?.into_keys().collect();
    let saved = match wanted(&fields, &languages, app.store().now().date()) {
        Ok(plan) if asked.of == "division" => {
            let permit = Permit::<ManageSchools>::wide(who.standing()).or_stop(&app, &who)?;
            let write = move |tx: &mut db::Tx| attendance::set_division_letter_plan(tx, &permit, &plan);
            app.store().write(who.actor(), write).await
        }
        Ok(plan) => {
            let write = move |tx: &mut db::Tx| attendance::set_letter_plan(tx, &permit, school, &plan);
            app.store().write(who.actor(), write).await
        }
        Err(failure) => Err(failure),
    };
    match saved {
        Ok(_) => Ok(Answer::see(to("", school))),
        Err(failure) if stale::is_stale(&failure) => Ok(Answer::stale(
            draw(&app, &who, asked, Some((fields, Vec::new(), true))).await?,
        )),
        Err(failure) => {
            let found = findings::of_failure(who.lang(), failure).or_stop(&app, &who)?;
            Ok(Answer::again(
                draw(&app, &who, asked, Some((fields, found, false))).await?,
            ))
        }
    }
}

fn wanted(fields: &Fields, languages: &[String], today: Date) -> Outcome<LetterPlan> {
    fields.fit()?;
    let mut findings = Findings::default();
    let mut steps = |name: &str| -> Vec<u16> {
        let parts = fields
            .get(name)
            .split([' ', ',', ';'])
            .filter(|part| !part.is_empty());
        let read: Result<Vec<u16>, _> = parts.map(str::parse).collect();
        read.unwrap_or_else(|_| {
            findings.push(
                Finding::refuse("LP-0742", name)
                    .with("most", 6)
                    .with("highest", 400),
            );
            vec![1]
        })
    };
    let (half_days, periods) = (steps("half_days"), steps("periods"));
    let kinds = fields.all("kinds");
    let plan = LetterPlan {
        half_days,
        periods,
        kinds: KINDS
            .into_iter()
            .filter(|kind| kinds.iter().any(|one| one == kind.as_str()))
            .collect(),
        language: fields.get("language").to_owned(),
        version: fields.version("version")?,
        ..LetterPlan::unset(None, today)
    };
    if !languages.contains(&plan.language) {
        findings.push(Finding::refuse("LP-0008", "language"));
    }
    if findings.refuse() {
        findings.extend(attendance::rules::judge_letter_plan(&plan).0);
        return Err(Failure::Invalid(findings));
    }
    Ok(plan)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thresholds_are_read_with_blanks_or_commas() {
        let languages = ["ENG".to_owned()];
        let today = "2026-11-23".parse().expect("a date");
        let typed = |half_days: &str| {
            Fields::of(&[
                ("half_days", half_days),
                ("periods", "5"),
                ("kinds", "unexplained"),
                ("language", "ENG"),
                ("version", "0"),
            ])
        };
        for (text, steps) in [
            ("5 10 15", vec![5, 10, 15]),
            ("5, 10;15", vec![5, 10, 15]),
            ("", vec![]),
        ] {
            assert_eq!(
                wanted(&typed(text), &languages, today)
                    .expect("readable")
                    .half_days,
                steps,
                "{text}"
            );
        }
        let refused = wanted(&typed("five"), &languages, today).expect_err("no number");
        assert!(matches!(refused, Failure::Invalid(found) if found.0[0].code == "LP-0742"));
    }
}
