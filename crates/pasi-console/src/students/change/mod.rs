//! Changing a student as somebody else: what every system that may know of the
//! student then learns by its long poll.

pub(crate) mod enrolled;
mod forms;
pub(crate) mod records;

use super::asked::Asked;
use super::{dossier, path};
use crate::at::{At, item};
use crate::posted::{Fields, Posted, Tried, done, from_rejections, from_rules, wrong};
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::Response;
use codes::CodeSet;
use forms::{address_card, guardian_card, identity_card, present};
use kernel::{OrganizationCode, PersonName};
use maud::{Markup, html};
use pasi_reference::{Dossier, OutsideError};
use pasi_wire::Request;
use pasi_wire::messages::{
    CallerInfo, CallerUser, ParentGuardian, Software, StudentAddress, SubmitParentGuardianRequest,
    SubmitStudentAddressRequest,
};
use pasi_wire::rules::person;
use ui::card::{Head, card};
use ui::form::Finding;
use ui::head::{Crumb, PageHead};
use uuid::Uuid;

/// The ministry, by its organization code.
const MINISTRY: OrganizationCode = OrganizationCode::Other(1);
/// The forms of a student.
pub(crate) async fn page(
    at: At,
    Path(asn): Path<String>,
    Query(query): Query<Vec<(String, String)>>,
) -> Response {
    let Some(dossier) = dossier(&at, &asn) else {
        return at.missing(item::STUDENTS);
    };
    draw(
        &at,
        StatusCode::OK,
        &dossier,
        &Fields::from(query),
        &Tried::default(),
    )
}

/// The forms. `chosen` names for each kind of record which one its form is about.
fn draw(at: &At, status: StatusCode, dossier: &Dossier, chosen: &Fields, tried: &Tried) -> Response {
    let form = Drawn {
        at,
        dossier,
        chosen,
        tried,
    };
    let body = html! {
        (PageHead::new(at.t("desk-change"))
            .crumbs(vec![
                Crumb::link(at.t("desk-students"), item::STUDENTS),
                Crumb::link(dossier.student.asn.to_string(), path(dossier.student.asn)),
                Crumb::here(at.t("desk-change")),
            ])
            .facts(at.t("desk-change-facts"))
            .draw())
        div class="grid" {
            div class="s6 stack" {
                (identity_card(at, dossier, tried))
                (guardian_card(at, dossier, chosen.parsed("guardian"), tried))
                (records::phone_card(&form))
                (records::citizenship_card(&form))
            }
            div class="s6 stack" {
                (address_card(at, dossier, tried))
                (enrolled::enrolment_card(&form))
                (enrolled::responsible_card(&form))
                (records::restriction_card(&form))
                (records::medical_card(&form))
            }
        }
    };
    at.page_with(status, item::STUDENTS, &at.t("desk-change"), body)
}

/// What a form of the page is drawn from.
struct Drawn<'a> {
    at: &'a At,
    dossier: &'a Dossier,
    /// Which record each form is about, by its kind.
    chosen: &'a Fields,
    tried: &'a Tried,
}

/// A form about one of several records of a kind, with the way to the others.
struct OneOf<'a, T> {
    asked: Asked<'a>,
    kind: &'static str,
    held: Option<&'a T>,
    /// Links to the other records, and to a new one.
    others: Markup,
}

impl<'a> Drawn<'a> {
    /// The form of a kind: about the record that was chosen or sent, else about
    /// the first one; about a new one when another id was chosen. `name` tells
    /// the records apart.
    fn one_of<T>(
        &'a self,
        (kind, fields): (&'static str, &'static [&'static str]),
        all: &[&'a T],
        id: impl Fn(&T) -> Uuid,
        name: impl Fn(&T) -> String,
    ) -> OneOf<'a, T> {
        let asked = Asked::of(self.at, kind, fields, self.tried);
        let chosen: Option<Uuid> = match asked.tried {
            Some(tried) => Some(tried.fields.parsed("ref_id").unwrap_or_default()),
            None => self.chosen.parsed(kind),
        };
        let held = match chosen {
            Some(ref_id) => all.iter().find(|one| id(one) == ref_id).copied(),
            None => all.first().copied(),
        };
        let here = held.map(&id);
        let way = |ref_id: Uuid| {
            format!(
                "{}/change?{kind}={ref_id}#{kind}-form",
                path(self.dossier.student.asn)
            )
        };
        let others = html! {
            @for other in all.iter().filter(|one| Some(id(one)) != here) {
                a class="btn btn-s" href=(way(id(other))) { (name(other)) }
            }
            @if held.is_some() { a class="btn btn-s" href=(way(Uuid::nil())) { (self.at.t("desk-another")) } }
        };
        OneOf {
            asked,
            kind,
            held,
            others,
        }
    }
}

impl<T> OneOf<'_, T> {
    /// The card, with the tick that takes the record out where there is one.
    fn card(&self, dossier: &Dossier, words: &str, id: Option<Uuid>, fields: &Markup) -> Markup {
        let at = self.asked.at;
        let fields = html! {
            @if let Some(ref_id) = id { input type="hidden" name="ref_id" value=(ref_id); }
            (fields)
            @if id.is_some() { (self.asked.tick(&format!("{}_remove", self.kind), "desk-remove", false)) }
        };
        let head = Head::new(format!("{}-form", self.kind), at.t(words)).end(self.others.clone());
        card(&head, &self.asked.draw(self.kind, dossier, &fields))
    }
}

/// The record a form was about; none for a new one.
fn named<'r, T>(all: &'r [T], fields: &Fields, id: impl Fn(&T) -> Uuid) -> Option<&'r T> {
    let ref_id: Uuid = fields.parsed("ref_id")?;
    all.iter().find(|one| id(one) == ref_id)
}

/// A form about a student as it was on screen; else the answer that says why not.
#[expect(clippy::result_large_err, reason = "the error is the page")]
fn seen(at: &At, asn: &str, form: &'static str, fields: &Fields) -> Result<Dossier, Response> {
    let Some(dossier) = dossier(at, asn) else {
        return Err(at.missing(item::STUDENTS));
    };
    if fields.parsed::<i64>("version") == Some(dossier.student.pasi_core_version) {
        return Ok(dossier);
    }
    let tried = Tried::refused(form, fields.clone(), vec![wrong(at, "", "desk-stale")]);
    Err(draw(
        at,
        StatusCode::CONFLICT,
        &dossier,
        &Fields::default(),
        &tried,
    ))
}

fn again(at: &At, dossier: &Dossier, form: &'static str, fields: Fields, findings: Vec<Finding>) -> Response {
    let tried = Tried::refused(form, fields, findings);
    draw(at, tried.status(), dossier, &Fields::default(), &tried)
}

/// Corrects legal name and birth date.
pub(crate) async fn identity(Path(asn): Path<String>, Posted { at, fields }: Posted) -> Response {
    let dossier = match seen(&at, &asn, "identity", &fields) {
        Ok(dossier) => dossier,
        Err(answer) => return answer,
    };
    let name = PersonName {
        first: fields.get("first"),
        middle: fields.get("middle"),
        last: fields.get("last"),
        suffix: fields.get("suffix"),
    };
    let mut findings = from_rules(&at, &person::name(&name));
    let born = fields.day("born").filter(|born| *born <= at.today());
    if born.is_none() {
        findings.push(wrong(&at, "born", "desk-born-wrong"));
    }
    let (Some(born), true) = (born, findings.is_empty()) else {
        return again(&at, &dossier, "identity", fields, findings);
    };
    let parts = ["name", "birth_date"];
    let changed = at.desk.change_student(dossier.student.asn, &parts, |student| {
        for held in student.names.iter_mut().filter(|held| held.is_legal) {
            held.name.clone_from(&name);
        }
        student.identification.name = name;
        student.identification.birth_date = born;
    });
    match changed.await {
        Ok(_) => done(&path(dossier.student.asn), "identity"),
        Err(error) => again(&at, &dossier, "identity", fields, vec![refused(&at, &error)]),
    }
}

/// Why a change from outside did not happen: what rules said, each beside its field.
pub(crate) fn findings(at: &At, error: &OutsideError) -> Vec<Finding> {
    match error {
        OutsideError::Judged(found) => from_rules(at, found),
        other => vec![refused(at, other)],
    }
}

/// Why a change from outside did not happen, in words.
pub(crate) fn refused(at: &At, error: &OutsideError) -> Finding {
    let words = match error {
        OutsideError::NothingChanged => "desk-nothing-changed",
        OutsideError::UnknownStudent | OutsideError::Unknown => "desk-missing",
        OutsideError::Linked => "desk-linked-otherwise",
        _ => {
            tracing::warn!(%error, "a change from the desk");
            "desk-not-done"
        }
    };
    wrong(at, "", words)
}

/// Adds an address, or corrects the present one of its type.
pub(crate) async fn address(Path(asn): Path<String>, Posted { at, fields }: Posted) -> Response {
    let dossier = match seen(&at, &asn, "address", &fields) {
        Ok(dossier) => dossier,
        Err(answer) => return answer,
    };
    let kind = fields.get("kind");
    let held = present(&dossier, &kind, at.today()).filter(|_| fields.is_on("correct"));
    let Some(effective) = fields.parsed("effective") else {
        let findings = vec![wrong(&at, "effective", "desk-date-wrong")];
        return again(&at, &dossier, "address", fields, findings);
    };
    let address = StudentAddress {
        ref_id: held.map_or_else(Uuid::new_v4, |held| held.ref_id),
        address_format: held.map_or_else(|| "Mail-CA".to_owned(), |held| held.address_format.clone()),
        address_type: kind,
        street: fields.some("street"),
        city: fields.some("city"),
        state_province: fields.some("province"),
        country: fields.some("country"),
        postal_code: fields.some("postal"),
        latitude: None,
        longitude: None,
        effective_date: held.map_or(effective, |held| held.effective_date),
        expiry_date: None,
        expiry_date_override: None,
        is_deleted: false,
        last_update_utc_time: None,
    };
    let findings = in_this_form(
        from_rules(&at, &person::student_address(&address, at.today())),
        &IN_ADDRESS,
    );
    if !findings.is_empty() {
        return again(&at, &dossier, "address", fields, findings);
    }
    let request = SubmitStudentAddressRequest {
        caller: caller(&at),
        asn: dossier.student.asn,
        pasi_core_version: dossier.student.pasi_core_version,
        address,
    };
    submit(&at, &dossier, "address", fields, request.into()).await
}

/// Adds a guardian, or changes one.
pub(crate) async fn guardian(Path(asn): Path<String>, Posted { at, fields }: Posted) -> Response {
    let dossier = match seen(&at, &asn, "guardian", &fields) {
        Ok(dossier) => dossier,
        Err(answer) => return answer,
    };
    let ref_id: Option<Uuid> = fields.parsed("ref_id");
    let held = dossier
        .student
        .guardians
        .iter()
        .find(|one| Some(one.ref_id) == ref_id);
    let relationship = fields.get("relationship");
    if codes::built_in(CodeSet::GuardianRelationship)
        .find(&relationship)
        .is_none()
    {
        let findings = vec![wrong(&at, "relationship", "desk-choose")];
        return again(&at, &dossier, "guardian", fields, findings);
    }
    let fresh = ParentGuardian {
        ref_id: Uuid::new_v4(),
        name: PersonName::default(),
        relationship_type: String::new(),
        description: None,
        resides_with: false,
        has_same_home_phone: false,
        home_phone: None,
        mobile_phone: None,
        work_phone: None,
        email: None,
        physical_address_source: None,
        physical_address: None,
        expiry_date: None,
        expiry_date_override: None,
        is_deleted: false,
    };
    let held = held.cloned().unwrap_or(fresh);
    let guardian = ParentGuardian {
        name: PersonName {
            first: fields.get("given"),
            last: fields.get("family"),
            ..held.name.clone()
        },
        relationship_type: relationship,
        resides_with: fields.is_on("resides"),
        home_phone: fields.some("home"),
        mobile_phone: fields.some("mobile"),
        email: fields.some("email"),
        ..held
    };
    let mut found = person::name(&guardian.name);
    for (field, number) in [("home", &guardian.home_phone), ("mobile", &guardian.mobile_phone)] {
        found.extend(number.as_deref().and_then(|number| person::phone(field, number)));
    }
    let findings = in_this_form(from_rules(&at, &found), &[("first", "given"), ("last", "family")]);
    if !findings.is_empty() {
        return again(&at, &dossier, "guardian", fields, findings);
    }
    let request = SubmitParentGuardianRequest {
        caller: caller(&at),
        asn: dossier.student.asn,
        pasi_core_version: dossier.student.pasi_core_version,
        guardian,
    };
    submit(&at, &dossier, "guardian", fields, request.into()).await
}

/// The desk itself, as it stands in the log of the call.
pub(crate) fn caller(at: &At) -> CallerInfo {
    let text = |text: &str| text.to_owned();
    CallerInfo {
        client_message_id: Uuid::new_v4().to_string(),
        sent_utc_time: at.desk.now(),
        software: Software {
            manufacturer: text("Lodgepole"),
            product: text("Ministry console"),
            version: text(env!("CARGO_PKG_VERSION")),
            build_number: text(env!("CARGO_PKG_VERSION")),
        },
        user: CallerUser {
            name: text("Ministry console"),
            local_id: text("console"),
            ip_address: text("127.0.0.1"),
            organization_code: MINISTRY,
        },
    }
}

/// Submits as the ministry, judged as any other submit is.
async fn submit(
    at: &At,
    dossier: &Dossier,
    form: &'static str,
    fields: Fields,
    request: Request,
) -> Response {
    let defects = request.inspect().defects;
    if !defects.is_empty() {
        let findings = defects.iter().map(|_| wrong(at, "", "desk-text-wrong")).take(1);
        return again(at, dossier, form, fields, findings.collect());
    }
    let findings = match at.desk.submit(dossier.student.asn, form, request).await {
        Ok(answer) if answer.rejections().is_empty() => return done(&path(dossier.student.asn), form),
        Ok(answer) => in_this_form(from_rejections(at, answer.rejections()), &IN_RESPONSIBLE),
        Err(fault) => vec![refused(at, &OutsideError::Fault(fault))],
    };
    again(at, dossier, form, fields, findings)
}

/// The rules' names for the fields of an address, and ours.
const IN_ADDRESS: [(&str, &str); 2] = [("state_province", "province"), ("postal_code", "postal")];

/// The rules' names for the fields of a responsible school, and ours.
const IN_RESPONSIBLE: [(&str, &str); 3] = [
    ("transition_reason", "responsible_why"),
    ("effective_date", "responsible_from"),
    ("school", "responsible_school"),
];

/// Findings beside the fields of a form, which may go by other names there.
pub(crate) fn in_this_form(mut findings: Vec<Finding>, names: &[(&str, &str)]) -> Vec<Finding> {
    for finding in &mut findings {
        if let Some((_, ours)) = names.iter().find(|(rule, _)| *rule == finding.field) {
            (*ours).clone_into(&mut finding.field);
        }
    }
    findings
}
