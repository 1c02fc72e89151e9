//! What a student is in a section for: which of several courses, for how many
//! credits, with or without the prerequisites.

use super::super::words::{Ask, Sent, course_choices};
use super::super::{path, words};
use super::{Opened, open, show_with};
use crate::answer::{Answer, OrStop, PageResult};
use crate::posted::{Fields, Posted};
use crate::{App, findings, stale};
use access::Permit;
use access::action::ManageSections;
use axum::extract::{Path, State};
use courses::Claim;
use kernel::{CourseEnrolmentId, Failure, Findings, Outcome, SectionId};
use maud::{Markup, html};
use ui::ctx::Ctx;
use ui::form::{Field, Form, Width, summary};
use ui::{Action, card};

/// The fields of the form.
const FIELDS: [&str; 3] = ["course", "credits", "waived"];

/// The form, as it stands or as it was sent.
pub(super) fn form(ctx: &Ctx, opened: &Opened, name: &str, sent: Option<&Sent>) -> Markup {
    let lang = ctx.lang;
    let now = (said(&opened.claim), opened.findings(lang));
    let (typed, found) = sent.unwrap_or(&now);
    let ask = Ask { lang, typed, found };
    let courses = &opened.loaded.view.courses;
    let label = words::label(lang, "waived");
    let waived = Field::new(lang, "waived", &label)
        .width(Width::Half)
        .value(typed.get("waived"))
        .checkbox();
    let fields = html! {
        div class="cb fg" {
            (summary(lang, found, &FIELDS))
            p class="w12 m-0" { (lang.t("sections-claim-text")) }
            (stale::seen(opened.claim.version, typed))
            @if courses.len() > 1 { (ask.choice("course", Width::Whole, &course_choices(courses))) }
            (ask.number("credits", Width::Half))
            (waived)
            div class="f w12" { (Action::submit(lang.t("save"))) }
        }
    };
    let place = &opened.seat;
    let address = format!("{}/students/{}/claim", path(place.section), place.id);
    let head = card::Head::new("claim", format!("{} · {name}", lang.t("sections-claim-title")));
    card::bare_card(&head, &Form::post(&address).draw_in(ctx, &fields))
}

fn said(claim: &Claim) -> Fields {
    let pair = |name: &str, value: String| (name.to_owned(), value);
    let mut pairs = Vec::new();
    pairs.extend(claim.course.map(|course| pair("course", course.to_string())));
    pairs.extend(claim.credits.map(|credits| pair("credits", credits.to_string())));
    pairs.extend(claim.is_waived.then(|| pair("waived", "on".to_owned())));
    Fields::from(pairs)
}

fn read(fields: &Fields, seat: CourseEnrolmentId) -> Outcome<Claim> {
    fields.fit()?;
    let mut findings = Findings::default();
    let credits = fields.parsed("credits", "LP-0006", &mut findings);
    let course = match fields.get("course") {
        "" => None,
        _ => fields.chosen("course", "LP-0008", &mut findings),
    };
    findings.or_refuse()?;
    Ok(Claim {
        course,
        credits,
        is_waived: fields.is_on("waived"),
        version: fields.version("version")?,
        ..Claim::usual(seat)
    })
}

/// Says what the student is in the section for.
pub(crate) async fn claim(
    State(app): State<App>,
    Path((section, id)): Path<(SectionId, CourseEnrolmentId)>,
    Posted { who, fields }: Posted,
) -> PageResult {
    let opened = open(&app, &who, (section, id)).await?;
    let school = opened.loaded.view.section.school;
    let permit = Permit::<ManageSections>::school(who.standing(), school).or_stop(&app, &who)?;
    let saved = match read(&fields, id) {
        Ok(said) => {
            let write = move |tx: &mut db::Tx| {
                let province = pasi::ProvinceOnClasses::of(tx, section)?;
                courses::set_claim(tx, &permit, section, said, &province)
            };
            app.store().write(who.actor(), write).await
        }
        Err(failure) => Err(failure),
    };
    let sent = match saved {
        Ok(saved) if saved.findings.is_empty() => {
            app.settle(opened.seat.student).await;
            return Ok(Answer::see(path(section)));
        }
        // Saved, with warnings: the form again, of what stands now.
        Ok(saved) => {
            app.settle(opened.seat.student).await;
            (said(&saved.record), findings::shown(who.lang(), &saved.findings))
        }
        Err(failure) if stale::is_stale(&failure) => stale::again(who.lang(), &fields),
        Err(failure @ Failure::Invalid(_)) => (
            fields,
            findings::of_failure(who.lang(), failure).or_stop(&app, &who)?,
        ),
        Err(failure) => return Err(failure).or_stop(&app, &who),
    };
    let opened = open(&app, &who, (section, id)).await?;
    show_with(&app, &who, &opened, (None, opened.asked(&app)), Some(&sent)).await
}
