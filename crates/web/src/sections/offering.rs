//! How a section is offered, in the province's words.

use super::form::manageable;
use super::page;
use super::path;
use super::words::{Ask, Sent, answer, label};
use crate::answer::{Answer, OrStop, PageResult};
use crate::posted::{Fields, Posted};
use crate::who::Who;
use crate::{App, findings, lookup, stale};
use access::Permit;
use access::action::ManageSections;
use axum::extract::{Path, State};
use codes::CodeSet;
use courses::Offering;
use kernel::{Findings, Outcome, SectionId};
use maud::html;
use ui::form::{Form, Width, form_end, summary};
use ui::{Action, card};

/// The fields, in their order.
const FIELDS: [&str; 6] = [
    "delivery_schedule",
    "delivery_method",
    "language",
    "pasi_term",
    "credits",
    "minutes",
];

/// The page.
pub(crate) async fn ask(State(app): State<App>, who: Who, Path(id): Path<SectionId>) -> PageResult {
    let loaded = manageable(&app, &who, id).await?;
    let found = findings::shown(who.lang(), &loaded.pasi.findings);
    let fields = said(&loaded.pasi.offering);
    show(&app, &who, &loaded, (fields, found)).await
}

async fn show(app: &App, who: &Who, loaded: &page::Loaded, (typed, found): Sent) -> PageResult {
    let ctx = loaded.ctx(app, who).await?;
    let (lang, section) = (ctx.lang, &loaded.view.section);
    let ask = Ask {
        lang,
        typed: &typed,
        found: &found,
    };
    let choices = |set| lookup::choices(lang, set, section.year);
    let fields = html! {
        div class="cb fg" {
            (summary(lang, &found, &FIELDS))
            p class="w12 m-0" { (lang.t("sections-offering-text")) }
            (stale::seen(loaded.pasi.offering.version, &typed))
            (ask.select("delivery_schedule", Width::Half, &choices(CodeSet::DeliverySchedule)))
            (ask.select("delivery_method", Width::Half, &choices(CodeSet::DeliveryMethod)))
            (ask.select("language", Width::Half, &choices(CodeSet::CourseLanguage)))
            (ask.choice("pasi_term", Width::Half, &choices(CodeSet::SectionTerm)))
            (ask.number("credits", Width::Half))
            (ask.count("minutes", Width::Half, 5))
        }
        (form_end(lang, &html! {}, &path(section.id), &Action::submit(lang.t("save")).primary()))
    };
    let address = format!("{}/offering", path(section.id));
    let drawn = Form::post(&address).draw_in(&ctx, &fields);
    let head = card::Head::new("offering", lang.t("sections-offering-title"));
    let body = html! {
        (page::head(lang, loaded).draw())
        div class="grid" { div class="s9" { (card::bare_card(&head, &drawn)) } }
    };
    Ok(answer(
        ui::shell::page(&ctx, lang.t("sections-offering-title"), body),
        &found,
    ))
}

fn said(offering: &Offering) -> Fields {
    let pair = |name: &str, value: String| (name.to_owned(), value);
    let number = |value: Option<i32>| value.map(|value| value.to_string()).unwrap_or_default();
    Fields::from(vec![
        pair("delivery_schedule", offering.delivery_schedule.clone()),
        pair("delivery_method", offering.delivery_method.clone()),
        pair("language", offering.language.clone()),
        pair("pasi_term", offering.term.clone()),
        pair("credits", number(offering.credits)),
        pair("minutes", number(offering.minutes)),
    ])
}

fn read(fields: &Fields, section: SectionId) -> Outcome<Offering> {
    fields.fit()?;
    let mut findings = Findings::default();
    let credits = fields.parsed("credits", "LP-0006", &mut findings);
    let minutes = fields.parsed("minutes", "LP-0006", &mut findings);
    findings.or_refuse()?;
    let text = |name: &str| fields.get(name).to_owned();
    Ok(Offering {
        section,
        delivery_schedule: text("delivery_schedule"),
        delivery_method: text("delivery_method"),
        language: text("language"),
        term: text("pasi_term"),
        credits,
        minutes,
        version: fields.version("version")?,
    })
}

/// Says how the section is offered.
pub(crate) async fn send(
    State(app): State<App>,
    Path(id): Path<SectionId>,
    Posted { who, fields }: Posted,
) -> PageResult {
    let loaded = manageable(&app, &who, id).await?;
    let permit =
        Permit::<ManageSections>::school(who.standing(), loaded.view.section.school).or_stop(&app, &who)?;
    let saved = match read(&fields, id) {
        Ok(offering) => {
            let write = move |tx: &mut db::Tx| {
                let province = pasi::ProvinceOnClasses::of(tx, id)?;
                courses::set_offering(tx, &permit, offering.clone(), &province)
            };
            app.store().write(who.actor(), write).await
        }
        Err(failure) => Err(failure),
    };
    if saved.is_ok() {
        app.settle_section(id).await;
    }
    match saved {
        Ok(saved) if saved.findings.is_empty() => Ok(Answer::see(path(id))),
        // Saved, with what PASI will say: the form again, of what stands now.
        Ok(saved) => {
            let found = findings::shown(who.lang(), &saved.findings);
            let loaded = manageable(&app, &who, id).await?;
            show(&app, &who, &loaded, (said(&saved.record), found)).await
        }
        Err(failure) if stale::is_stale(&failure) => both(&app, &who, id, &fields).await,
        Err(failure) => {
            let found = findings::of_failure(who.lang(), failure).or_stop(&app, &who)?;
            show(&app, &who, &loaded, (fields, found)).await
        }
    }
}

/// Somebody saved first: both versions, side by side.
async fn both(app: &App, who: &Who, id: SectionId, typed: &Fields) -> PageResult {
    let loaded = manageable(app, who, id).await?;
    let ctx = loaded.ctx(app, who).await?;
    let lang = ctx.lang;
    let asked: Vec<(&str, String)> = FIELDS.iter().map(|name| (*name, label(lang, name))).collect();
    let now = said(&loaded.pasi.offering);
    let stale = stale::Stale {
        address: &format!("{}/offering", path(id)),
        back: &path(id),
        version: loaded.pasi.offering.version,
        asked: &asked,
        typed,
        now: &now,
        by: "",
    };
    let say = |name: &str, value: &str| {
        let set = match name {
            "delivery_schedule" => CodeSet::DeliverySchedule,
            "delivery_method" => CodeSet::DeliveryMethod,
            "language" => CodeSet::CourseLanguage,
            "pasi_term" => CodeSet::SectionTerm,
            _ => return value.to_owned(),
        };
        lookup::code(lang, set, value)
    };
    let body = html! { (page::head(lang, &loaded).draw()) (stale.card(&ctx, &say)) };
    Ok(Answer::stale(ui::shell::page(
        &ctx,
        lang.t("sections-offering-title"),
        body,
    )))
}
