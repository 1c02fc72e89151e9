//! The codes of a school, and how long a day stays open.

use super::{Page, office_tabs, school_of};
use crate::answer::{Answer, OrStop, PageResult, Stopped};
use crate::posted::{Fields, Posted};
use crate::who::Who;
use crate::{App, context, findings};
use access::Permit;
use access::action::ManageAttendance;
use attendance::{Code, Codes, Meaning, Mode, Setting};
use axum::extract::{Query, State};
use db::{Reader, Reading};
use kernel::{Date, Failure, Finding, Findings, Outcome, SchoolId};
use maud::{Markup, html};
use schools::Directory;
use serde::Deserialize;
use ui::ctx::{Ctx, Job};
use ui::form::{Choice, Field, Finding as Told, Form, Width, summary};
use ui::head::PageHead;
use ui::{Action, Lang, card};

/// Empty lines for further codes.
const MORE: usize = 2;
/// Most lines that are read.
const MOST: usize = 40;

/// Which school.
#[derive(Debug, Default, Clone, Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    school: String,
}

struct Shown {
    directory: Directory,
    school: SchoolId,
    setting: Setting,
    codes: Codes,
    today: Date,
}

type Sent = (Fields, Vec<Told>);

/// The page.
pub(crate) async fn page(State(app): State<App>, who: Who, Query(asked): Query<Asked>) -> PageResult {
    Ok(draw(&app, &who, asked, None).await?.into())
}

fn read(at: &mut Reader, who: &Who, asked: &Asked) -> Outcome<Shown> {
    let permit = Permit::<ManageAttendance>::wide(who.standing())?;
    let directory = schools::directory(at)?;
    let school = school_of(who, &directory, &asked.school)?;
    Ok(Shown {
        setting: attendance::setting_of(at, &permit, school)?,
        codes: attendance::codes_of(at, &permit, school)?,
        today: at.today(),
        directory,
        school,
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
    let sent = sent.unwrap_or_else(|| (said(&shown), Vec::new()));
    let body = html! {
        (PageHead::new(lang.t("attendance-tab-codes")).facts(shown.directory.name(shown.school)).draw())
        (office_tabs(who, Page::Codes, shown.school))
        div class="stack mt" {
            @if who.may_now::<ManageAttendance>() { (form(&ctx, &shown, &sent)) } @else { (list(lang, &shown)) }
        }
    };
    Ok(ui::shell::page(&ctx, lang.t("attendance-tab-codes"), body))
}

fn said(shown: &Shown) -> Fields {
    let pair = |name: String, value: String| (name, value);
    let mut all = vec![
        pair("mode".to_owned(), shown.setting.mode.to_string()),
        pair("teacher_days".to_owned(), shown.setting.teacher_days.to_string()),
        pair(
            "closed_until".to_owned(),
            shown
                .setting
                .closed_until
                .map(|day| day.to_string())
                .unwrap_or_default(),
        ),
        pair("seen".to_owned(), shown.setting.version.to_string()),
    ];
    for (place, code) in shown.codes.on(shown.today).enumerate() {
        all.push(pair(format!("letter-{place}"), code.letter.clone()));
        all.push(pair(format!("label_en-{place}"), code.label_en.clone()));
        all.push(pair(format!("label_fr-{place}"), code.label_fr.clone()));
        all.push(pair(format!("meaning-{place}"), code.meaning.to_string()));
    }
    Fields::from(all)
}

fn lines(fields: &Fields) -> usize {
    let named = fields
        .pairs()
        .filter_map(|(name, _)| name.strip_prefix("letter-")?.parse::<usize>().ok());
    named.max().map_or(0, |last| (last + 1).min(MOST))
}

fn form(ctx: &Ctx, shown: &Shown, (typed, found): &Sent) -> Markup {
    let lang = ctx.lang;
    let there = shown.codes.on(shown.today).count();
    let lines = lines(typed).max(there + MORE);
    let meanings: Vec<Choice> = Meaning::ALL
        .iter()
        .map(|meaning| Choice::new(meaning.as_str(), lang.t(&format!("meaning-{meaning}"))))
        .collect();
    let modes: Vec<Choice> = Mode::ALL
        .iter()
        .map(|mode| Choice::new(mode.as_str(), lang.t(&format!("mode-{mode}"))))
        .collect();
    let (mode, mode_hint) = (lang.t("codes-mode"), lang.t("codes-mode-hint"));
    let (days, closed) = (lang.t("codes-teacher-days"), lang.t("codes-closed-until"));
    let closed_hint = lang.t("codes-closed-hint");
    let fields = html! {
        div class="cb fg" {
            (summary(lang, found, &["mode", "teacher_days", "closed_until"]))
            @for one in found.iter().filter(|one| one.field.is_empty()) { div class="f w12" { (ui::form::finding_line(lang, one)) } }
            input type="hidden" name="school" value=(shown.school);
            input type="hidden" name="seen" value=(typed.get("seen"));
            (Field::new(lang, "mode", &mode).hint(&mode_hint).value(typed.get("mode")).findings(found).width(Width::Whole).required().radios(&modes))
            (Field::new(lang, "teacher_days", &days).value(typed.get("teacher_days")).findings(found).width(Width::Half).required().max_length(2).number())
            (Field::new(lang, "closed_until", &closed).hint(&closed_hint).value(typed.get("closed_until")).findings(found).width(Width::Half).optional().date())
        }
        @for place in 0..lines { div class="cb fg b-top" { (line(lang, place, typed, found, &meanings)) } }
        div class="cb b-top" { (Action::submit(lang.t("save")).primary()) }
    };
    card::bare_card(
        &card::Head::new("codes", lang.t("codes-title")),
        &Form::post("/attendance/codes").draw_in(ctx, &fields),
    )
}

fn line(lang: Lang, place: usize, typed: &Fields, found: &[Told], meanings: &[Choice]) -> Markup {
    let names = ["letter", "label_en", "label_fr", "meaning"].map(|part| format!("{part}-{place}"));
    let labels = [
        "codes-letter",
        "codes-label-en",
        "codes-label-fr",
        "codes-meaning",
    ]
    .map(|words| lang.tx(words, &[("n", (place + 1).into())]));
    html! {
        (Field::new(lang, &names[0], &labels[0]).value(typed.get(&names[0])).findings(found).width(Width::Sixth).max_length(2).text())
        (Field::new(lang, &names[1], &labels[1]).value(typed.get(&names[1])).findings(found).width(Width::Quarter).max_length(40).text())
        (Field::new(lang, &names[2], &labels[2]).value(typed.get(&names[2])).findings(found).width(Width::Quarter).max_length(40).text())
        (Field::new(lang, &names[3], &labels[3]).value(typed.get(&names[3])).findings(found).width(Width::Third).select(meanings))
    }
}

fn list(lang: Lang, shown: &Shown) -> Markup {
    let body = html! {
        ul class="list" {
            @for code in shown.codes.on(shown.today) { li { b { (code.letter) } " " (super::label(lang, code)) } }
        }
    };
    card::bare_card(&card::Head::new("codes", lang.t("codes-title")), &body)
}

/// Saves codes and setting.
pub(crate) async fn save(State(app): State<App>, Posted { who, fields }: Posted) -> PageResult {
    let permit = Permit::<ManageAttendance>::wide(who.standing()).or_stop(&app, &who)?;
    let school: SchoolId = fields
        .get("school")
        .parse()
        .map_err(|_| Failure::NotFound)
        .or_stop(&app, &who)?;
    let today = app.store().now().date();
    let saved = match wanted(&fields, school, today) {
        Ok((setting, codes, places)) => {
            let write = move |tx: &mut db::Tx| attendance::set_up(tx, &permit, &setting, &codes);
            let saved = app.store().write(who.actor(), write).await;
            saved.map_err(|failure| placed(failure, &places))
        }
        Err(failure) => Err(failure),
    };
    let asked = Asked {
        school: school.to_string(),
    };
    match saved {
        Ok(_) => Ok(Answer::see(format!("/attendance/codes?school={school}"))),
        Err(failure) => {
            let found = findings::of_failure(who.lang(), failure).or_stop(&app, &who)?;
            Ok(Answer::again(
                draw(&app, &who, asked, Some((fields, found))).await?,
            ))
        }
    }
}

/// The setting, the codes of the filled lines, and in which line each stands.
fn wanted(fields: &Fields, school: SchoolId, today: Date) -> Outcome<(Setting, Vec<Code>, Vec<usize>)> {
    fields.fit()?;
    let mut findings = Findings::default();
    let mode = fields.chosen::<Mode>("mode", "LP-0008", &mut findings);
    let closed_until = fields.date("closed_until", &mut findings);
    let days = fields.get("teacher_days").parse::<i32>();
    if days.is_err() {
        findings.push(Finding::refuse("LP-0722", "teacher_days").with("most", 60));
    }
    let (mut codes, mut places) = (Vec::new(), Vec::new());
    for place in 0..lines(fields) {
        let name = |part: &str| format!("{part}-{place}");
        let typed = |part: &str| fields.get(&name(part)).to_owned();
        let meaning = fields.parsed::<Meaning>(&name("meaning"), "LP-0008", &mut findings);
        let parts = [typed("letter"), typed("label_en"), typed("label_fr")];
        if parts.iter().all(String::is_empty) {
            continue;
        }
        if typed("meaning").is_empty() {
            findings.push(Finding::refuse("LP-0008", name("meaning")));
        }
        let [letter, label_en, label_fr] = parts;
        codes.push(Code {
            letter,
            label_en,
            label_fr,
            meaning: meaning.unwrap_or(Meaning::Authorized),
            valid_from: today,
            valid_until: None,
        });
        places.push(place);
    }
    if findings.refuse() {
        // What the rules find too stands beside it at once.
        let judged = attendance::rules::judge_codes(&Codes(codes), today);
        if let Failure::Invalid(judged) = placed(Failure::Invalid(judged), &places) {
            findings.extend(judged.0);
        }
        return Err(Failure::Invalid(findings));
    }
    let setting = Setting {
        mode: mode.unwrap_or(Mode::Daily),
        teacher_days: days.unwrap_or_default(),
        closed_until,
        version: fields.version("seen")?,
        ..Setting::unset(school)
    };
    Ok((setting, codes, places))
}

/// Findings name a code by its number among the filled lines; on the page it stands in its line.
fn placed(failure: Failure, places: &[usize]) -> Failure {
    let Failure::Invalid(mut findings) = failure else {
        return failure;
    };
    for finding in &mut findings.0 {
        if let Some((part, number)) = finding.field.rsplit_once('-')
            && let Some(place) = number.parse::<usize>().ok().and_then(|number| places.get(number))
        {
            finding.field = format!("{part}-{place}");
        }
    }
    Failure::Invalid(findings)
}

#[cfg(test)]
mod tests {
    use super::{placed, wanted};
    use crate::posted::Fields;
    use kernel::{Failure, SchoolId};

    #[test]
    fn empty_lines_say_nothing_and_findings_stand_in_their_line() {
        let fields = Fields::of(&[
            ("mode", "both"),
            ("teacher_days", "7"),
            ("seen", "0"),
            ("letter-0", ""),
            ("letter-1", "P"),
            ("label_en-1", "Present"),
            ("label_fr-1", "Présent"),
            ("meaning-1", "present"),
        ]);
        let today = "2026-11-23".parse().expect("a date");
        let (setting, codes, places) = wanted(&fields, SchoolId::derived("s"), today).expect("readable");
        assert_eq!(
            (setting.teacher_days, codes.len(), places.as_slice()),
            (7, 1, &[1][..])
        );
        let moved = placed(Failure::refuse("LP-0718", "letter-0"), &places);
        assert_eq!(moved, Failure::refuse("LP-0718", "letter-1"));
    }
}
