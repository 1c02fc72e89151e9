//! Core alerts of a student: what was found, what was said to it, and the
//! ministry's word that a warning shall not count.

use super::change::{caller, refused};
use super::{dossier, path};
use crate::at::{At, item};
use crate::posted::{Fields, Posted, done, from_rejections};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use maud::{Markup, html};
use pasi_reference::{Dossier, OutsideError};
use pasi_wire::Request;
use pasi_wire::messages::{
    AcknowledgementStatus, AlertAcknowledgement, AlertType, CoreAlert,
    SubmitResponsibleSchoolStatusAcknowledgementRequest,
    SubmitStudentSchoolEnrolmentStatusAcknowledgementRequest, SubmitStudentStatusAcknowledgementRequest,
};
use pasi_wire::rules::rule;
use ui::Action;
use ui::form::{Finding, Form, summary};
use ui::head::{Crumb, PageHead};
use ui::pill::{State, pill};
use uuid::Uuid;

/// What an alert is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Of {
    Student,
    Enrolment(Uuid),
    Responsible(Uuid),
}

impl Of {
    /// As it stands in a form.
    fn text(self) -> String {
        match self {
            Self::Student => "student".to_owned(),
            Self::Enrolment(id) => format!("enrolment:{id}"),
            Self::Responsible(id) => format!("responsible:{id}"),
        }
    }
}

/// One alert: what it is about, in words too, the version of the status it
/// stands in, and its place there.
struct Standing<'a> {
    of: Of,
    about: String,
    version: i64,
    place: usize,
    alert: &'a CoreAlert,
}

/// Every alert of a student.
fn standing<'a>(at: &At, dossier: &'a Dossier) -> Vec<Standing<'a>> {
    let mut all = Vec::new();
    let mut take = |of: Of, about: String, version: i64, alerts: &'a [CoreAlert]| {
        all.extend(alerts.iter().enumerate().map(|(place, alert)| Standing {
            of,
            about: about.clone(),
            version,
            place,
            alert,
        }));
    };
    if let Some(status) = &dossier.status {
        take(
            Of::Student,
            at.t("desk-student"),
            status.pasi_core_version,
            &status.alerts,
        );
    }
    for (held, status) in &dossier.enrolments {
        let Some(status) = status else { continue };
        let about = format!("{} {}", held.school_code, held.school_year);
        take(
            Of::Enrolment(held.ref_id),
            about,
            status.pasi_core_version,
            &status.alerts,
        );
    }
    for (held, status) in &dossier.responsible_schools {
        let Some(status) = status else { continue };
        let about = held.effective_date.to_string();
        take(
            Of::Responsible(held.ref_id),
            about,
            status.pasi_core_version,
            &status.alerts,
        );
    }
    all
}

/// The alerts of the record, each warning with the ministry's override.
pub(super) fn list(at: &At, dossier: &Dossier) -> Markup {
    let all = standing(at, dossier);
    if all.is_empty() {
        return ui::waiting::cleared(&at.t("desk-alerts-none"));
    }
    html! {
        ul class="list" {
            @for one in &all {
                li {
                    div class="row-x wrap" {
                        (alert_pill(at, one.alert))
                        span class="grow dim sm num" { (one.about) " · " (one.alert.alert_code) }
                        span class="sm dim" { (at.t(answer_words(one.alert.acknowledgement_status))) }
                        @if one.alert.alert_type == AlertType::Warning { (override_form(at, dossier, one)) }
                    }
                    p class="m-0" { (sentence(at, one.alert)) }
                }
            }
        }
    }
}

fn override_form(at: &At, dossier: &Dossier, one: &Standing<'_>) -> Markup {
    let is_overridden = one.alert.acknowledgement_status == AcknowledgementStatus::Overridden;
    let (words, verb) = if is_overridden {
        ("desk-override-end", "end")
    } else {
        ("desk-override", "override")
    };
    let spoken = format!("{}: {} {}", at.t(words), one.about, one.alert.alert_code);
    let fields = html! {
        input type="hidden" name="of" value=(one.of.text());
        input type="hidden" name="status_version" value=(one.version);
        input type="hidden" name="place" value=(one.place);
        (Action::submit(at.t(words)).small().spoken(spoken).named("verb", verb))
    };
    Form::post(&format!("{}/alert", path(dossier.student.asn))).draw(&at.token, &fields)
}

fn alert_pill(at: &At, alert: &CoreAlert) -> Markup {
    let state = match alert.alert_type {
        AlertType::Warning => State::Warning,
        AlertType::Advice => State::Advice,
    };
    pill(state, &state.word(at.lang))
}

const fn answer_words(status: AcknowledgementStatus) -> &'static str {
    match status {
        AcknowledgementStatus::Unacknowledged => "desk-unanswered",
        AcknowledgementStatus::InProgress => "desk-in-progress",
        AcknowledgementStatus::Acknowledged => "desk-acknowledged",
        AcknowledgementStatus::Overridden => "desk-overridden",
    }
}

/// The alert's sentence in the language of the page, where the register has it.
fn sentence(at: &At, alert: &CoreAlert) -> String {
    let args: Vec<(String, String)> = alert
        .arguments
        .iter()
        .map(|pair| (pair.key.clone(), pair.value.clone()))
        .collect();
    rule(alert.alert_code).map_or_else(
        || alert.message.clone(),
        |rule| rule.told(&args, crate::posted::is_french(at)),
    )
}

/// The alert a form was about, as it stood on screen; none when the record was judged anew since.
fn meant<'s, 'd>(all: &'s [Standing<'d>], fields: &Fields) -> Option<&'s Standing<'d>> {
    let (version, place) = (
        fields.parsed::<i64>("status_version"),
        fields.parsed::<usize>("place"),
    );
    all.iter().find(|one| {
        one.of.text() == fields.get("of") && Some(one.version) == version && Some(one.place) == place
    })
}

/// Sets a warning aside, or lets it count again.
pub(crate) async fn send(Path(asn): Path<String>, Posted { at, fields }: Posted) -> Response {
    let Some(dossier) = dossier(&at, &asn) else {
        return at.missing(item::STUDENTS);
    };
    let all = standing(&at, &dossier);
    let Some(one) = meant(&all, &fields) else {
        let found = [crate::posted::wrong(&at, "", "desk-stale")];
        return not_set(&at, &dossier, StatusCode::CONFLICT, &found);
    };
    let (status, told) = match fields.get("verb").as_str() {
        "override" => (AcknowledgementStatus::Overridden, "overridden"),
        _ => (AcknowledgementStatus::Unacknowledged, "taken-back"),
    };
    let acknowledgement = AlertAcknowledgement {
        alert_code: one.alert.alert_code,
        arguments: one.alert.arguments.clone(),
        status,
    };
    let (caller, asn) = (caller(&at), dossier.student.asn);
    let request: Request = match one.of {
        Of::Student => SubmitStudentStatusAcknowledgementRequest {
            caller,
            asn,
            acknowledgement,
        }
        .into(),
        Of::Enrolment(ref_id) => SubmitStudentSchoolEnrolmentStatusAcknowledgementRequest {
            caller,
            ref_id,
            acknowledgement,
        }
        .into(),
        Of::Responsible(ref_id) => SubmitResponsibleSchoolStatusAcknowledgementRequest {
            caller,
            ref_id,
            acknowledgement,
        }
        .into(),
    };
    let found = match at.desk.submit(asn, &format!("alert.{told}"), request).await {
        Ok(answer) if answer.rejections().is_empty() => return done(&path(asn), told),
        Ok(answer) => from_rejections(&at, answer.rejections()),
        Err(fault) => vec![refused(&at, &OutsideError::Fault(fault))],
    };
    not_set(&at, &dossier, StatusCode::UNPROCESSABLE_ENTITY, &found)
}

/// The alerts as they stand now, with what stood in the way.
fn not_set(at: &At, dossier: &Dossier, status: StatusCode, found: &[Finding]) -> Response {
    let body = html! {
        (PageHead::new(at.t("desk-alerts"))
            .crumbs(vec![
                Crumb::link(at.t("desk-students"), item::STUDENTS),
                Crumb::link(dossier.student.asn.to_string(), path(dossier.student.asn)),
                Crumb::here(at.t("desk-alerts")),
            ])
            .draw())
        (summary(at.lang, found, &[]))
        (ui::card::bare_card(&ui::card::Head::new("alerts", at.t("desk-alerts")), &list(at, dossier)))
    };
    at.page_with(status, item::STUDENTS, &at.t("desk-alerts"), body)
}
