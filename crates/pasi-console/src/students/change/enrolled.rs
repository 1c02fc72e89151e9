//! Enrolments and responsible schools of a student, changed as the ministry.

use super::super::labelled;
use super::{Drawn, again, caller, named, seen, submit};
use crate::posted::{Posted, Reading, wrong};
use axum::extract::Path;
use axum::response::Response;
use codes::CodeSet;
use kernel::{Date, Grade, SchoolCode};
use maud::{Markup, html};
use pasi_wire::messages::{
    ExitDateType, HasResponsibleSchool, ResponsibleSchool, StudentSchoolEnrolment,
    SubmitResponsibleSchoolRequest, SubmitStudentSchoolEnrolmentRequest,
};
use ui::form::{Choice, Field, Width};
use uuid::Uuid;

const ENROLMENT: &[&str] = &["enrolled_grade", "enrolled_from", "enrolled_exit", "enrolled_why"];
const RESPONSIBLE: &[&str] = &[
    "responsible_from",
    "responsible_is",
    "responsible_school",
    "responsible_why",
];

fn day(held: Option<Date>) -> String {
    held.map(|day| day.to_string()).unwrap_or_default()
}

/// Grade, first and last day of one of the student's enrolments. A new one is a school's to make.
pub(super) fn enrolment_card(form: &Drawn<'_>) -> Markup {
    let at = form.at;
    let all: Vec<&StudentSchoolEnrolment> = form.dossier.enrolments.iter().map(|(held, _)| held).collect();
    let name = |one: &StudentSchoolEnrolment| format!("{} {}", one.school_code, one.school_year);
    let one = form.one_of(("enrolment", ENROLMENT), &all, |one| one.ref_id, name);
    let (asked, Some(held)) = (&one.asked, one.held) else {
        let head = ui::card::Head::new("enrolment-form", at.t("desk-enrolment")).end(one.others.clone());
        return ui::card::card(&head, &ui::waiting::empty(&at.t("desk-enrolments-none"), None));
    };
    let grades: Vec<Choice> = Grade::ALL
        .iter()
        .map(|grade| Choice::new(grade.as_str(), grade.label()))
        .collect();
    let kinds = ExitDateType::ALL
        .iter()
        .map(|kind| Choice::new(kind.as_str(), labelled(at, CodeSet::ExitDateType, kind.as_str())));
    let kinds: Vec<Choice> = kinds.collect();
    let labels = [at.t("desk-from"), at.t("desk-exit")];
    let typed = [
        asked.value("enrolled_from", held.registration_start_date.as_str()),
        asked.value("enrolled_exit", &day(held.registration_exit_date)),
    ];
    let grade = held.grade.map(Grade::as_str).unwrap_or_default();
    let fields = html! {
        input type="hidden" name="record_version" value=(held.pasi_core_version);
        p class="m-0 w12 num" {
            (name(held))
            @if held.is_deleted { " " (ui::pill::pill(ui::pill::State::Blocked, &at.t("desk-deleted"))) }
        }
        (asked.may_choose("enrolled_grade", "desk-grade", grade, &grades))
        (asked.choice("enrolled_why", "desk-exit-kind", held.exit_date_type.as_str(), &kinds))
        (Field::new(at.lang, "enrolled_from", &labels[0]).value(&typed[0]).findings(asked.findings()).width(Width::Half).date())
        (Field::new(at.lang, "enrolled_exit", &labels[1]).value(&typed[1]).findings(asked.findings()).optional().width(Width::Half).date())
    };
    one.card(form.dossier, "desk-enrolment", Some(held.ref_id), &fields)
}

/// Changes an enrolment, takes it out or puts it in again.
pub(crate) async fn enrolment(Path(asn): Path<String>, Posted { at, fields }: Posted) -> Response {
    let dossier = match seen(&at, &asn, "enrolment", &fields) {
        Ok(dossier) => dossier,
        Err(answer) => return answer,
    };
    let all: Vec<StudentSchoolEnrolment> = dossier.enrolments.iter().map(|(held, _)| held.clone()).collect();
    let Some(held) = named(&all, &fields, |one| one.ref_id) else {
        let found = vec![wrong(&at, "", "desk-missing")];
        return again(&at, &dossier, "enrolment", fields, found);
    };
    let mut read = Reading::of(&at, &fields);
    let grade: Option<Grade> = read.maybe("enrolled_grade", "desk-choose");
    let start: Option<Date> = read.needed("enrolled_from", "desk-date-wrong");
    let exit: Option<Date> = read.maybe("enrolled_exit", "desk-date-wrong");
    let kind: Option<ExitDateType> = read.needed("enrolled_why", "desk-choose");
    let mut found = read.found;
    if start.zip(exit).is_some_and(|(start, exit)| exit < start) {
        found.push(wrong(&at, "enrolled_exit", "desk-exit-before"));
    }
    let (Some(registration_start_date), Some(exit_date_type), true) = (start, kind, found.is_empty()) else {
        return again(&at, &dossier, "enrolment", fields, found);
    };
    let request = SubmitStudentSchoolEnrolmentRequest {
        caller: caller(&at),
        enrolment: StudentSchoolEnrolment {
            grade,
            registration_start_date,
            registration_exit_date: exit,
            exit_date_type,
            is_deleted: fields.is_on("enrolment_remove"),
            // The version on screen: one that is older is refused (3004).
            pasi_core_version: fields.parsed("record_version").unwrap_or_default(),
            ..held.clone()
        },
    };
    submit(&at, &dossier, "enrolment", fields, request.into()).await
}

pub(super) fn responsible_card(form: &Drawn<'_>) -> Markup {
    let at = form.at;
    let all = form.dossier.responsible_schools.iter().map(|(held, _)| held);
    let all: Vec<&ResponsibleSchool> = all.filter(|held| !held.is_deleted).collect();
    let since = |one: &ResponsibleSchool| at.with("desk-since", "date", one.effective_date.as_str());
    let one = form.one_of(("responsible", RESPONSIBLE), &all, |one| one.ref_id, since);
    let (asked, held) = (&one.asked, one.held);
    let answers = HasResponsibleSchool::ALL.iter().map(|has| {
        Choice::new(
            has.as_str(),
            labelled(at, CodeSet::HasResponsibleSchool, has.as_str()),
        )
    });
    let answers: Vec<Choice> = answers.collect();
    let reasons = codes::built_in(CodeSet::TransitionReason).all().iter();
    let reasons: Vec<Choice> = reasons
        .map(|code| Choice::new(&code.code, labelled(at, CodeSet::TransitionReason, &code.code)))
        .collect();
    let from = held.map_or_else(|| at.today().to_string(), |held| held.effective_date.to_string());
    let (label, from) = (at.t("desk-from"), asked.value("responsible_from", &from));
    let school = held
        .and_then(|held| held.school_code)
        .map(|code| code.to_string());
    let fields = html! {
        @if let Some(held) = held { input type="hidden" name="record_version" value=(held.pasi_core_version); }
        (asked.choice("responsible_is", "desk-responsible-is", held.map_or("Yes", |held| held.has_responsible_school.as_str()), &answers))
        (asked.text("responsible_school", "desk-school", &school.unwrap_or_default(), Width::Half))
        (Field::new(at.lang, "responsible_from", &label).value(&from).findings(asked.findings()).width(Width::Half).date())
        (asked.choice("responsible_why", "desk-reason", held.map_or("", |held| &held.transition_reason), &reasons))
    };
    one.card(
        form.dossier,
        "desk-responsible-one",
        held.map(|held| held.ref_id),
        &fields,
    )
}

/// Adds a responsible school, changes one or takes it out.
pub(crate) async fn responsible(Path(asn): Path<String>, Posted { at, fields }: Posted) -> Response {
    let dossier = match seen(&at, &asn, "responsible", &fields) {
        Ok(dossier) => dossier,
        Err(answer) => return answer,
    };
    let all: Vec<ResponsibleSchool> = dossier
        .responsible_schools
        .iter()
        .map(|(held, _)| held.clone())
        .collect();
    let held = named(&all, &fields, |one| one.ref_id);
    let mut read = Reading::of(&at, &fields);
    let effective: Option<Date> = read.needed("responsible_from", "desk-date-wrong");
    let has: Option<HasResponsibleSchool> = read.needed("responsible_is", "desk-choose");
    let school_code: Option<SchoolCode> = read.maybe("responsible_school", "desk-school-wrong");
    let transition_reason = read.code("responsible_why", CodeSet::TransitionReason);
    let found = read.found;
    let (Some(effective_date), Some(has_responsible_school), true) = (effective, has, found.is_empty())
    else {
        return again(&at, &dossier, "responsible", fields, found);
    };
    let is_elsewhere = school_code.is_none() && has_responsible_school == HasResponsibleSchool::Yes;
    let elsewhere = held.filter(|_| is_elsewhere);
    let request = SubmitResponsibleSchoolRequest {
        caller: caller(&at),
        responsible_school: ResponsibleSchool {
            ref_id: held.map_or_else(Uuid::new_v4, |held| held.ref_id),
            asn: dossier.student.asn,
            effective_date,
            has_responsible_school,
            school_code,
            school_name: elsewhere.and_then(|held| held.school_name.clone()),
            city: elsewhere.and_then(|held| held.city.clone()),
            state_province: elsewhere.and_then(|held| held.state_province.clone()),
            country: elsewhere.and_then(|held| held.country.clone()),
            transition_reason,
            is_deleted: fields.is_on("responsible_remove"),
            pasi_core_version: fields.parsed("record_version").unwrap_or_default(),
        },
    };
    submit(&at, &dossier, "responsible", fields, request.into()).await
}
