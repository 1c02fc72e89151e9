//! What letters say, language by language, with a look at one on paper.

use super::super::{Page, office_tabs, school_of};
use super::compose::{Letterhead, words_of};
use super::{HOME, to};
use crate::answer::{Answer, OrStop, PageResult, Stopped, query};
use crate::posted::{Fields, Posted};
use crate::who::Who;
use crate::{App, context, findings, lookup, paper, stale};
use access::Permit;
use access::action::ManageSchools;
use attendance::{
    Addressee, Around, LetterDue, LetterText, LetterUnit, Mark, Meaning, Slot, Source, Tally, rules,
};
use axum::extract::{Query, State};
use db::{Known, Reader, Reading};
use kernel::{Date, Failure, Outcome, SchoolId, StudentId};
use maud::{Markup, html};
use schools::School;
use serde::Deserialize;
use std::collections::BTreeMap;
use ui::ctx::{Ctx, Job};
use ui::form::{Choice, Field, Finding, Form, Width, form_end, summary};
use ui::head::{Crumb, PageHead};
use ui::tabs::{Tab, tabs};
use ui::{Action, Icon, Lang, card};

/// Which language, and the school whose tabs stand above.
#[derive(Debug, Default, Clone, Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    school: String,
    #[serde(default)]
    language: String,
}

struct Shown {
    school: SchoolId,
    language: String,
    texts: BTreeMap<String, LetterText>,
}

/// What was sent, what was found; and whether another save came first.
type Sent = (Fields, Vec<Finding>, bool);

/// The page.
pub(crate) async fn page(State(app): State<App>, who: Who, Query(asked): Query<Asked>) -> PageResult {
    Ok(draw(&app, &who, asked, None).await?.into())
}

fn read(at: &mut Reader, who: &Who, asked: &Asked) -> Outcome<Shown> {
    let permit = Permit::<ManageSchools>::wide(who.standing())?;
    let directory = schools::directory(at)?;
    let school = school_of(who, &directory, &asked.school)?;
    let language = if asked.language.is_empty() {
        "ENG"
    } else {
        &asked.language
    };
    if !is_language(language) {
        return Err(Failure::NotFound);
    }
    Ok(Shown {
        texts: attendance::letter_texts(at, &permit)?,
        language: language.to_owned(),
        school,
    })
}

/// The languages that a text may be in, as the page calls them.
fn languages(lang: Lang) -> Vec<Choice> {
    let all = codes::set(codes::CodeSet::LanguageAtHome).all().iter();
    let tongue = lookup::tongue(lang);
    all.map(|one| Choice::new(one.code.clone(), one.label(tongue)))
        .collect()
}

fn is_language(code: &str) -> bool {
    codes::set(codes::CodeSet::LanguageAtHome).find(code).is_some()
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
    let head = PageHead::new(lang.t("letters-text"))
        .crumbs(vec![
            Crumb::link(lang.t("attendance-tab-letters"), to("", shown.school)),
            Crumb::here(lang.t("letters-text")),
        ])
        .facts(lang.t("letters-of-division"));
    let views: Vec<Tab> = shown
        .texts
        .keys()
        .map(|one| Tab::new(name(lang, one), address(shown.school, one)).current(*one == shown.language))
        .collect();
    let body = html! {
        (head.draw())
        (office_tabs(who, Page::Letters, shown.school))
        div class="stack mt" {
            (tabs(lang, &lang.t("letters-languages"), &views))
            (another(&ctx, &shown))
            @if sent.2 { (both(&ctx, &shown, &sent.0)) } @else if who.may_now::<ManageSchools>() { (form(&ctx, &shown, &sent)) }
        }
    };
    Ok(ui::shell::page(&ctx, lang.t("letters-text"), body))
}

fn name(lang: Lang, language: &str) -> String {
    lookup::code(lang, codes::CodeSet::LanguageAtHome, language)
}

fn address(school: SchoolId, language: &str) -> String {
    let school = school.to_string();
    format!(
        "{HOME}/text{}",
        query([("school", school.as_str()), ("language", language)])
    )
}

/// The way to a language that has no text yet.
fn another(ctx: &Ctx, shown: &Shown) -> Markup {
    let lang = ctx.lang;
    let label = lang.t("letters-another");
    let new = languages(lang)
        .into_iter()
        .filter(|one| !shown.texts.contains_key(&one.value));
    let new: Vec<Choice> = new.collect();
    let fields = html! {
        div class="fg" {
            input type="hidden" name="school" value=(shown.school);
            (Field::new(lang, "language", &label).width(Width::Half).select(&new))
            div class="f w6" { span class="lab" aria-hidden="true" { "\u{a0}" } (Action::submit(lang.t("letters-another-go"))) }
        }
    };
    html! { details { summary { (label) } (Form::get(&format!("{HOME}/text")).draw_in(ctx, &fields)) } }
}

fn said(shown: &Shown) -> Fields {
    // A new language begins from the English words.
    let own = shown.texts.get(&shown.language);
    let text = own.or_else(|| shown.texts.get("ENG"));
    let part = |of: fn(&LetterText) -> &String| text.map(of).cloned().unwrap_or_default();
    Fields::from(vec![
        ("subject".to_owned(), part(|text| &text.subject)),
        ("body".to_owned(), part(|text| &text.body)),
        ("closing".to_owned(), part(|text| &text.closing)),
    ])
}

fn version(shown: &Shown) -> i64 {
    shown.texts.get(&shown.language).map_or(0, |text| text.version)
}

/// What was typed beside what somebody else saved meanwhile.
fn both(ctx: &Ctx, shown: &Shown, typed: &Fields) -> Markup {
    let lang = ctx.lang;
    let asked = [
        ("subject", "letters-subject"),
        ("body", "letters-body"),
        ("closing", "letters-closing"),
    ];
    let asked = asked.map(|(name, key)| (name, lang.t(key).into_owned()));
    let stale = stale::Stale {
        address: &format!("{HOME}/text"),
        back: &address(shown.school, &shown.language),
        version: version(shown),
        asked: &asked,
        typed,
        now: &said(shown),
        by: "",
    };
    stale.card(ctx, &|_, value| value.to_owned())
}

fn form(ctx: &Ctx, shown: &Shown, (typed, found, _): &Sent) -> Markup {
    let lang = ctx.lang;
    let words = ["letters-subject", "letters-body", "letters-closing"].map(|key| lang.t(key));
    let hint = lang.t("letters-body-hint");
    let action = format!("{HOME}/text");
    let look = Action::submit(lang.t("letters-look"))
        .named("act", "look")
        .icon(Icon::Eye);
    let fields = html! {
        div class="cb fg" {
            (summary(lang, found, &["subject", "body", "closing"]))
            @for one in found.iter().filter(|one| one.field.is_empty()) { div class="f w12" { (ui::form::finding_line(lang, one)) } }
            input type="hidden" name="school" value=(shown.school);
            input type="hidden" name="language" value=(shown.language);
            (stale::seen(version(shown), typed))
            (Field::new(lang, "subject", &words[0]).value(typed.raw("subject")).findings(found).width(Width::Whole).required().max_length(120).text())
            (Field::new(lang, "body", &words[1]).hint(&hint).value(typed.raw("body")).findings(found).width(Width::Whole).required().max_length(3000).textarea(10))
            (Field::new(lang, "closing", &words[2]).value(typed.raw("closing")).findings(found).width(Width::Whole).optional().max_length(3000).textarea(6))
            (placeholders(lang))
            (form_end(lang, &html! { (look) }, &to("", shown.school), &Action::submit(lang.t("save")).named("act", "save").primary()))
        }
    };
    card::bare_card(
        &card::Head::new("text", name(lang, &shown.language)),
        &Form::post(&action).draw_in(ctx, &fields),
    )
}

/// What is filled in, each with what it stands for.
fn placeholders(lang: Lang) -> Markup {
    html! {
        details class="f w12" {
            summary { (lang.t("letters-placeholders")) }
            ul class="list sm" {
                @for one in rules::PLACEHOLDERS { li { code { "{" (one) "}" } " " (lang.t(&format!("letters-placeholder-{one}"))) } }
            }
        }
    }
}

/// Saves the text, or shows a letter by it that never was.
pub(crate) async fn send(State(app): State<App>, Posted { who, fields }: Posted) -> PageResult {
    let permit = Permit::<ManageSchools>::wide(who.standing()).or_stop(&app, &who)?;
    let asked = Asked {
        school: fields.get("school").to_owned(),
        language: fields.get("language").to_owned(),
    };
    if !is_language(&asked.language) {
        return Err(Failure::NotFound).or_stop(&app, &who);
    }
    let done = match wanted(&fields) {
        Ok(text) if fields.get("act") == "look" => look(&app, &who, &asked, text).await.map(Some),
        Ok(text) => {
            let write =
                move |tx: &mut db::Tx| attendance::set_letter_text(tx, &permit, &text, &pdf::unprintable);
            app.store().write(who.actor(), write).await.map(|_| None)
        }
        Err(failure) => Err(failure),
    };
    match done {
        Ok(Some(made)) => Ok(Answer::pdf("letter", made)),
        Ok(None) => {
            let school = asked
                .school
                .parse()
                .map_err(|_| Failure::NotFound)
                .or_stop(&app, &who)?;
            Ok(Answer::see(address(school, &asked.language)))
        }
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

fn wanted(fields: &Fields) -> Outcome<LetterText> {
    fields.fit()?;
    let part = |name: &str| fields.raw(name).replace("\r\n", "\n");
    Ok(LetterText {
        language: fields.get("language").to_owned(),
        subject: part("subject"),
        body: part("body"),
        closing: part("closing"),
        version: fields.version("version")?,
    })
}

async fn look(app: &App, who: &Who, asked: &Asked, text: LetterText) -> Outcome<Vec<u8>> {
    rules::judge_letter_text(&text, pdf::unprintable).or_refuse()?;
    let now = app.store().now();
    let (asking, asked) = (who.clone(), asked.clone());
    let read = app.store().read(who.division(), move |at| {
        let directory = schools::directory(at)?;
        let school = schools::school(at, school_of(&asking, &directory, &asked.school)?)?;
        let authority = schools::authorities(at)?
            .into_iter()
            .find(|one| one.code == school.authority);
        Ok((
            school,
            authority.map(|one| one.name).unwrap_or_default(),
            at.today(),
        ))
    });
    let (school, division, today) = read.await?;
    let letters = sample(&text, (school, division), today);
    paper::made(letters, ("sample".to_owned(), now)).await
}

/// A letter about nobody.
fn sample(text: &LetterText, (school, division): (School, String), today: Date) -> pdf::letter::Letters {
    let lang = words_of(&text.language);
    let name = lang.t("letters-sample-student").into_owned();
    let mark = |back: i64, slot: Slot| Mark {
        school: school.id,
        student: StudentId::derived("sample"),
        on: today.plus_days(-back),
        slot,
        letter: "A".to_owned(),
        meaning: Meaning::Unexplained,
        minutes: None,
        comment: String::new(),
        source: Source::Teacher,
        range: None,
        known: Known {
            version: 1,
            from: kernel::Instant::from_micros(0),
            to: None,
            by: String::new(),
            reason: String::new(),
        },
    };
    let due = LetterDue {
        student: StudentId::derived("sample"),
        listed: name.clone(),
        name,
        homeroom: "7A".to_owned(),
        step: 5,
        total: 5 * Tally::DAY / 2,
        before: None,
        marks: vec![
            mark(1, Slot::Morning),
            mark(7, Slot::Afternoon),
            mark(7, Slot::Morning),
            mark(14, Slot::Afternoon),
            mark(14, Slot::Morning),
        ],
        around: Around::default(),
        gates: Vec::new(),
        seen: String::new(),
    };
    let addressee = Addressee {
        key: String::new(),
        names: vec![lang.t("letters-sample-guardian").into_owned()],
        lines: ["letters-sample-street", "letters-sample-place"]
            .map(|key| lang.t(key).into_owned())
            .to_vec(),
        languages: vec![text.language.clone()],
    };
    let author = school.name.clone();
    let letter = Letterhead::sample(lang, school, division, today).letter(
        &due,
        &addressee,
        (text, LetterUnit::HalfDays),
    );
    pdf::letter::Letters {
        title: lang.t("letters-file").into_owned(),
        lang: paper::tag(lang),
        author,
        letters: vec![letter],
    }
}
