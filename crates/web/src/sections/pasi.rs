//! How a section, and each student in it, stands with PASI: the card of the
//! page, the two sides where they differ, and what a person decides.

use super::form::manageable;
use super::page::Loaded;
use super::path;
use crate::answer::{Answer, OrStop, PageResult};
use crate::posted::Posted;
use crate::who::Who;
use crate::{App, context, findings, lookup, stale};
use access::Permit;
use access::action::{DecidePasi, ManageSections, ViewSections};
use axum::extract::{Path, State};
use codes::CodeSet;
use courses::{Of, Offering};
use db::Reading;
use kernel::{CourseEnrolmentId, Failure, Findings, Outcome, SectionId};
use maud::{Markup, html};
use pasi::{Choice, ItemState, SectionDecision, SectionDifference, Standing, Stands};
use std::collections::HashMap;
use ui::ctx::Ctx;
use ui::diff::{self, Decision, Sides};
use ui::facts::Facts;
use ui::form::{Finding as Shown, Form};
use ui::pill::{State as PillState, pill};
use ui::{Action, Lang, card};

/// A section and its places, as they stand with PASI.
pub(super) struct Both {
    /// The section.
    pub(super) section: Standing,
    /// How it is offered.
    pub(super) offering: Offering,
    /// What PASI's rules say of it as it stands here.
    pub(super) findings: Findings,
    /// What PASI says otherwise.
    pub(super) differences: Vec<SectionDifference>,
    /// The places in it.
    pub(super) seats: HashMap<CourseEnrolmentId, Standing>,
    /// Is it the person's to see?
    is_shown: bool,
}

impl Both {
    /// Is PASI told of such a section?
    pub(super) fn is_told(&self) -> bool {
        self.is_shown && self.section.stands != Stands::Stays
    }
}

/// Reads it; not found outside the permit. Nothing but how the section stands
/// for whoever may not see what PASI says.
pub(super) fn read(
    at: &mut impl Reading,
    permit: &Permit<ViewSections>,
    (id, is_shown): (SectionId, bool),
) -> Outcome<Both> {
    let section = pasi::section_stands(at, permit, id)?;
    let is_told = is_shown && section.stands != Stands::Stays;
    Ok(Both {
        offering: courses::offering(at, permit, id)?,
        findings: if is_told {
            pasi::section_findings(at, permit, id)?
        } else {
            Findings::default()
        },
        differences: if is_shown {
            pasi::section_differences(at, permit, id)?
        } else {
            Vec::new()
        },
        seats: if is_told {
            pasi::seats_stand(at, permit, Of::Section(id))?
        } else {
            HashMap::new()
        },
        section,
        is_shown,
    })
}

/// How a record stands, in a word.
pub(crate) fn state(lang: Lang, stands: Stands) -> Markup {
    let tone = match stands {
        Stands::Refused => PillState::Rejected,
        Stands::Differs => PillState::Conflict,
        Stands::Alerted => PillState::Warning,
        Stands::Waits => PillState::Pending,
        Stands::There => PillState::InSync,
        Stands::NotThere | Stands::Stays => PillState::Neutral,
    };
    pill(tone, &lang.t(&format!("sections-pasi-{}", stands.as_str())))
}

/// What PASI said of a record, with its numbers, and why it stays here.
pub(crate) fn said(lang: Lang, standing: &Standing) -> Vec<Shown> {
    let mut all: Vec<Shown> = standing
        .rules
        .iter()
        .map(|rule| {
            let told = crate::pasi::queue::translated(lang, rule).unwrap_or_else(|| rule.message.clone());
            Shown::new(ui::form::Severity::Warn, "", told).code(rule.code.to_string())
        })
        .collect();
    if standing.stands == Stands::Stays || standing.rules.is_empty() {
        let stays: Findings = standing.stays.iter().cloned().collect();
        all.extend(findings::shown(lang, &stays));
    }
    all
}

/// The card of the page: how the section stands, how it is offered, what PASI
/// said, and what may be done.
pub(super) fn card(ctx: &Ctx, who: &Who, loaded: &Loaded, may: bool) -> Markup {
    let (lang, both, id) = (ctx.lang, &loaded.pasi, loaded.view.section.id);
    if !both.is_shown {
        return html! {};
    }
    let offering = &both.offering;
    let mut told = said(lang, &both.section);
    told.extend(findings::shown(lang, &both.findings).into_iter().filter(|one| {
        both.section
            .rules
            .iter()
            .all(|rule| Some(rule.code.to_string()) != one.code)
    }));
    let code = |set, value: &str| lookup::code(lang, set, value);
    let (term, credits) = pasi::offered(&loaded.view, offering);
    let number = |value: Option<i32>| value.map(|value| value.to_string());
    let decides = may && context::may::<DecidePasi>(who.standing());
    let body = html! {
        @if both.is_told() {
            (Facts::new()
                .fact(lang.t("sections-field-delivery-schedule"), code(CodeSet::DeliverySchedule, &offering.delivery_schedule))
                .fact(lang.t("sections-field-delivery-method"), code(CodeSet::DeliveryMethod, &offering.delivery_method))
                .fact(lang.t("sections-field-language"), code(CodeSet::CourseLanguage, &offering.language))
                .fact(lang.t("sections-field-pasi-term"), code(CodeSet::SectionTerm, &term))
                .fact(lang.t("sections-field-credits"), credits)
                .maybe(lang, lang.t("sections-field-minutes"), number(offering.minutes))
                .draw())
        }
        @for finding in &told { (ui::form::finding_line(lang, finding)) }
        @if may && both.is_told() { p class="m-0 mt-s no-print" {
            (Action::link(lang.t("sections-offering-change"), format!("{}/offering", path(id))).small())
        } }
        @if decides { (tell(ctx, loaded)) (open_items(ctx, &both.section)) }
    };
    let head = card::Head::new("pasi", lang.t("sections-pasi")).beside(state(lang, both.section.stands));
    card::card(&head, &body)
}

/// The way to send a section, or somebody in it, that PASI has not.
fn tell(ctx: &Ctx, loaded: &Loaded) -> Markup {
    let both = &loaded.pasi;
    let is_missing = |standing: &Standing| standing.stands == Stands::NotThere;
    let count = both.seats.values().filter(|seat| is_missing(seat)).count();
    if !is_missing(&both.section) && count == 0 {
        return html! {};
    }
    let lang = ctx.lang;
    let words = if is_missing(&both.section) {
        "sections-pasi-missing"
    } else {
        "sections-pasi-missing-students"
    };
    let inner = html! {
        p class="m-0 mb-s sm sub" { (lang.tx(words, &[("n", count.into())])) }
        (Action::submit(lang.t("sections-pasi-tell")).small())
    };
    let address = format!("{}/pasi/tell", path(loaded.view.section.id));
    html! { div class="mt-s no-print" { (Form::post(&address).draw_in(ctx, &inner)) } }
}

/// What of the section waits for a person: refused, or to be approved.
fn open_items(ctx: &Ctx, standing: &Standing) -> Markup {
    let lang = ctx.lang;
    let outcomes = |state: ItemState| -> &'static [&'static str] {
        match state {
            ItemState::Approval => &["approve", "drop"],
            ItemState::Rejected => &["resend", "drop"],
            ItemState::Alert => &["in-progress"],
            _ => &[],
        }
    };
    html! {
        @for item in &standing.items {
            @for outcome in outcomes(item.state) {
                @let words = match *outcome {
                    "in-progress" => lang.t("pasi-ack-in-progress-do"),
                    outcome => lang.t(&format!("pasi-page-outcome-{outcome}")),
                };
                @let inner = html! {
                    input type="hidden" name="outcome" value=(outcome);
                    (Action::submit(words).small())
                };
                @if *outcome != "in-progress" || pasi::may_be_said(item).contains(&pasi::Acknowledgement::InProgress) {
                    div class="mt-s no-print" {
                        (Form::post(&format!("/pasi/items/{}/decide", item.id)).draw_in(ctx, &inner))
                    }
                }
            }
        }
    }
}

/// The two sides, where they differ, and which stands.
pub(super) fn differences(ctx: &Ctx, who: &Who, loaded: &Loaded, may: bool) -> Markup {
    let (lang, both, section) = (ctx.lang, &loaded.pasi, &loaded.view.section);
    let Some(first) = both.differences.first() else {
        return html! {};
    };
    let rows: Vec<diff::Difference> = both.differences.iter().map(|one| row(lang, one)).collect();
    let sides = Sides {
        ours: lang.t("pasi-ours").into_owned(),
        theirs: lang.t("pasi-theirs").into_owned(),
    };
    let is_gone = both
        .differences
        .iter()
        .any(|one| one.field == "deleted" && one.theirs == "yes");
    let side = |choice: &'static str, words: &str| {
        let inner = html! {
            input type="hidden" name="side" value=(choice);
            input type="hidden" name="seen" value=(first.core_version);
            input type="hidden" name="version" value=(section.version);
            input type="hidden" name="offering" value=(both.offering.version);
            (Action::submit(lang.t(words)))
        };
        Form::post(&format!("{}/pasi", path(section.id))).draw_in(ctx, &inner)
    };
    let decides = may && context::may::<DecidePasi>(who.standing());
    let body = html! {
        (diff::differences(lang, &sides, Decision::None, &rows))
        @if decides { div class="cb row wrap no-print" {
            @if !is_gone { (side("theirs", "sections-pasi-take")) }
            (side("ours", "sections-pasi-keep"))
        } }
    };
    card::bare_card(
        &card::Head::new("pasi-differs", lang.t("sections-pasi-differences")),
        &body,
    )
}

fn row(lang: Lang, one: &SectionDifference) -> diff::Difference {
    let set = match one.field {
        "term" => Some(CodeSet::SectionTerm),
        "delivery-schedule" => Some(CodeSet::DeliverySchedule),
        "delivery-method" => Some(CodeSet::DeliveryMethod),
        "language" => Some(CodeSet::CourseLanguage),
        _ => None,
    };
    let shown = |value: &str| match (set, value) {
        (_, "") => None,
        (Some(set), value) => Some(lookup::code(lang, set, value)),
        (None, "yes" | "no") => Some(lang.t(value).into_owned()),
        (None, value) => Some(value.to_owned()),
    };
    diff::Difference {
        name: String::new(),
        field: lang.t(&format!("sections-pasi-field-{}", one.field)).into_owned(),
        cause: String::new(),
        ours: shown(&one.ours),
        theirs: shown(&one.theirs),
        chosen: None,
        only_theirs: false,
        findings: Vec::new(),
        edit: None,
    }
}

/// Decides which side of the section stands.
pub(crate) async fn decide(
    State(app): State<App>,
    Path(id): Path<SectionId>,
    Posted { who, fields }: Posted,
) -> PageResult {
    let loaded = manageable(&app, &who, id).await?;
    let school = loaded.view.section.school;
    let manage = Permit::<ManageSections>::school(who.standing(), school).or_stop(&app, &who)?;
    let permit = Permit::<DecidePasi>::school(who.standing(), school).or_stop(&app, &who)?;
    let choice = match fields.get("side") {
        "theirs" => Choice::Theirs,
        _ => Choice::Ours,
    };
    let versions = ["seen", "version", "offering"].map(|name| fields.version(name));
    let done = match versions {
        [Ok(seen_version), Ok(version), Ok(offering)] => {
            let decision = SectionDecision {
                seen_version,
                seen_ours: (version, offering),
                choice,
            };
            let write = move |tx: &mut db::Tx| pasi::decide_section(tx, (&permit, &manage), id, decision);
            app.store().write(who.actor(), write).await
        }
        _ => Err(Failure::stale("pasi_mirror", 0, 0)),
    };
    match done {
        Ok(()) => {
            app.settle_section(id).await;
            Ok(Answer::see(path(id)))
        }
        // The page as it stands now shows what changed.
        Err(failure) if stale::is_stale(&failure) => Ok(Answer::see(path(id))),
        Err(failure) => {
            let found = findings::of_failure(who.lang(), failure).or_stop(&app, &who)?;
            super::page::show_refused(&app, &who, id, found).await
        }
    }
}

/// Sends a section, and who is in it, that PASI has not.
pub(crate) async fn tell_now(
    State(app): State<App>,
    Path(id): Path<SectionId>,
    Posted { who, .. }: Posted,
) -> PageResult {
    let loaded = manageable(&app, &who, id).await?;
    let school = loaded.view.section.school;
    let manage = Permit::<ManageSections>::school(who.standing(), school).or_stop(&app, &who)?;
    let permit = Permit::<DecidePasi>::school(who.standing(), school).or_stop(&app, &who)?;
    let write = move |tx: &mut db::Tx| pasi::tell_section(tx, (&permit, &manage), id);
    app.store().write(who.actor(), write).await.or_stop(&app, &who)?;
    app.settle_section(id).await;
    Ok(Answer::see(path(id)))
}
