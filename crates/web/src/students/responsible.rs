//! Which school answers for a student: the history, one more record, a
//! change, a deletion, a restoration. PASI is told, and what it says otherwise
//! stands beside.

use super::head::{self, Head, Opened, Page};
use crate::answer::{Answer, OrStop, PageResult};
use crate::posted::{Fields, Posted};
use crate::who::Who;
use crate::{App, findings, lookup};
use access::Permit;
use access::action::ManageEnrolment;
use axum::extract::{Path, Query, State};
use codes::CodeSet;
use enrolment::{Responsible, ResponsibleSchool, SetResponsible};
use kernel::{Failure, Finding, Findings, Outcome, ResponsibleSchoolId, SchoolYear, StudentId};
use maud::{Markup, html};
use pasi::{Difference, ProvinceRules};
use people::On;
use schools::Directory;
use serde::Deserialize;
use ui::form::{self, Choice, Field, Form, Width};
use ui::{Action, Ctx, Lang, State as PillState, card};

/// What is done to a record.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Verb {
    /// One more.
    #[default]
    Add,
    /// It says something else.
    Change,
    /// It does not count.
    Delete,
    /// It counts again.
    Restore,
}

impl Verb {
    const fn name(self) -> &'static str {
        match self {
            Self::Add => "add",
            Self::Change => "change",
            Self::Delete => "delete",
            Self::Restore => "restore",
        }
    }
}

/// What the address asks for.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    verb: Verb,
    record: Option<ResponsibleSchoolId>,
}

impl Asked {
    fn path(&self, student: StudentId) -> String {
        let record = self.record.map(|id| format!("&record={id}")).unwrap_or_default();
        format!("{}?verb={}{record}", address(student), self.verb.name())
    }
}

fn address(student: StudentId) -> String {
    format!("/students/{student}/responsible-school")
}

/// The card on the enrolment page: who answered when, the latest first.
pub(super) fn history(
    lang: Lang,
    head: &Head,
    records: &[ResponsibleSchool],
    differences: &[Difference],
    may_change: bool,
) -> Markup {
    let student = head.header.id;
    let mut records: Vec<&ResponsibleSchool> = records.iter().collect();
    records.sort_by_key(|record| std::cmp::Reverse(record.effective_on));
    let only_there = differences
        .iter()
        .filter(|one| one.record_kind == "responsible-school" && one.cause == "only-there");
    let add = Action::link(lang.t("responsible-add"), address(student)).small();
    let body = html! {
        @if records.is_empty() { p class="cb sub m-0" { (lang.t("responsible-none")) } }
        @if !records.is_empty() {
            ul class="list" {
                @for record in &records { (line(lang, head, record, differences, may_change)) }
            }
        }
        @for there in only_there {
            p class="cb b-top sm m-0" {
                (ui::pill::pill(PillState::Conflict, &lang.t("responsible-only-there"))) " "
                a href=(head::path(student, Page::Summary)) { (lang.t("responsible-decide")) }
                span class="visually-hidden" { (there.theirs) }
            }
        }
    };
    let mut top = card::Head::new("responsible", lang.t("responsible-title"));
    if may_change {
        top = top.end(html! { (add) });
    }
    card::bare_card(&top, &body)
}

fn line(
    lang: Lang,
    head: &Head,
    record: &ResponsibleSchool,
    differences: &[Difference],
    may_change: bool,
) -> Markup {
    let differs = differences
        .iter()
        .any(|one| one.record_kind == "responsible-school" && one.record_key == record.id.to_string());
    let verbs: &[Verb] = match (may_change, record.is_deleted) {
        (false, _) => &[],
        (true, true) => &[Verb::Restore],
        (true, false) => &[Verb::Change, Verb::Delete],
    };
    let link = |verb: Verb| {
        let asked = Asked {
            verb,
            record: Some(record.id),
        };
        let action = Action::link(
            lang.t(&format!("responsible-{}-do", verb.name())),
            asked.path(record.student),
        )
        .small()
        .quiet();
        if verb == Verb::Delete {
            action.danger()
        } else {
            action
        }
    };
    html! {
        li class="row-x wrap top" {
            div class="grow" {
                b { @if record.is_deleted { s { (words(lang, &head.directory, &record.responsible)) } } @else { (words(lang, &head.directory, &record.responsible)) } }
                @if differs { " " (ui::pill::linked_pill(PillState::Conflict, &lang.t("responsible-differs"), &head::path(record.student, Page::Summary))) }
                @if record.is_deleted { " " (ui::pill::pill(PillState::Neutral, &lang.t("enrolment-is-deleted"))) }
                br;
                span class="sm sub num" { (lang.tx("responsible-since", &[("day", record.effective_on.to_string().into())])) }
                " " span class="sm dim" { (lookup::code(lang, CodeSet::TransitionReason, &record.transition_reason)) }
            }
            span class="row-x no-print" { @for verb in verbs { (link(*verb)) } }
        }
    }
}

/// Who answers, in words.
pub(super) fn words(lang: Lang, directory: &Directory, responsible: &Responsible) -> String {
    match responsible {
        Responsible::Alberta { code } => directory
            .by_code(*code)
            .map_or_else(|| format!("S.{code}"), |school| school.name.clone()),
        Responsible::Elsewhere {
            name,
            city,
            province,
            country,
        } => {
            let parts = [name, city, province, country];
            let filled: Vec<&str> = parts
                .into_iter()
                .map(String::as_str)
                .filter(|part| !part.is_empty())
                .collect();
            filled.join(", ")
        }
        Responsible::Nobody => lang.t("responsible-nobody").into_owned(),
        Responsible::Unknown => lang.t("responsible-unknown").into_owned(),
    }
}

/// The form.
pub(crate) async fn ask(
    State(app): State<App>,
    who: Who,
    Path(student): Path<StudentId>,
    Query(asked): Query<Asked>,
) -> PageResult {
    let page = shown(&app, &who, student, &asked, None).await?;
    Ok(Answer::page(page))
}

/// Saves it; then waits a moment for the province.
pub(crate) async fn send(
    State(app): State<App>,
    Path(student): Path<StudentId>,
    Query(asked): Query<Asked>,
    Posted { who, fields }: Posted,
) -> PageResult {
    match save(&app, &who, student, &asked, &fields).await {
        Ok(()) => {
            app.settle(student).await;
            Ok(Answer::see(head::path(student, Page::Enrolment)))
        }
        Err(failure) => {
            let found = findings::of_failure(who.lang(), failure).or_stop(&app, &who)?;
            let page = shown(&app, &who, student, &asked, Some((&fields, &found))).await?;
            Ok(Answer::again(page))
        }
    }
}

async fn save(app: &App, who: &Who, student: StudentId, asked: &Asked, fields: &Fields) -> Outcome<()> {
    let (standing, asked, fields) = (who.standing().clone(), asked.clone(), fields.clone());
    app.store()
        .write(who.actor(), move |tx| {
            fields.fit()?;
            let permit = Permit::<ManageEnrolment>::student(tx, &standing, student)?;
            let judge = ProvinceRules::of(tx, Some(student))?;
            let once = fields.get("once");
            let id = match (asked.verb, asked.record) {
                (Verb::Add, _) => ResponsibleSchoolId::derived(&format!("{student}/{once}")),
                (_, Some(id)) => id,
                (_, None) => return Err(Failure::NotFound),
            };
            let seen = match asked.verb {
                Verb::Add => 0,
                _ => fields.version("version")?,
            };
            let on = On::seen(student, id, seen).because(fields.get("reason"));
            let saved = match asked.verb {
                Verb::Add => enrolment::add_responsible_school(tx, &permit, &on, set(&fields)?, &judge)?,
                Verb::Change => {
                    enrolment::change_responsible_school(tx, &permit, &on, set(&fields)?, &judge)?
                }
                Verb::Delete => enrolment::delete_responsible_school(tx, &permit, &on, &judge)?,
                Verb::Restore => enrolment::restore_responsible_school(tx, &permit, &on, &judge)?,
            };
            fields.confirmed(saved.findings)
        })
        .await
}

/// The record of the form; every finding of what cannot be read at once.
fn set(fields: &Fields) -> Outcome<SetResponsible> {
    let mut findings = Findings::default();
    let effective_on = fields.date("effective_on", &mut findings);
    let responsible = match fields.get("is") {
        "elsewhere" => Some(Responsible::Elsewhere {
            name: fields.get("name").to_owned(),
            city: fields.get("city").to_owned(),
            province: fields.get("province").to_owned(),
            country: fields.get("country").to_owned(),
        }),
        "nobody" => Some(Responsible::Nobody),
        "unknown" => Some(Responsible::Unknown),
        _ => {
            let typed = fields.some("code").or_else(|| fields.some("school"));
            let code = typed.and_then(|code| code.parse().ok());
            code.map(|code| Responsible::Alberta { code })
        }
    };
    if effective_on.is_none() && findings.0.is_empty() {
        findings.push(Finding::refuse("LP-0001", "effective_on"));
    }
    if responsible.is_none() {
        findings.push(Finding::refuse("LP-0005", "school"));
    }
    findings.or_refuse()?;
    Ok(SetResponsible {
        effective_on: effective_on.ok_or(Failure::NotFound)?,
        responsible: responsible.ok_or(Failure::NotFound)?,
        transition_reason: fields.get("transition_reason").to_owned(),
    })
}

/// The fields as a record stands.
fn fields_of(record: &ResponsibleSchool) -> Fields {
    let mut pairs = vec![
        ("effective_on", record.effective_on.to_string()),
        ("transition_reason", record.transition_reason.clone()),
        ("version", record.known.version.to_string()),
    ];
    match &record.responsible {
        Responsible::Alberta { code } => {
            pairs.extend([("is", "alberta".to_owned()), ("school", code.to_string())]);
        }
        Responsible::Elsewhere {
            name,
            city,
            province,
            country,
        } => pairs.extend([
            ("is", "elsewhere".to_owned()),
            ("name", name.clone()),
            ("city", city.clone()),
            ("province", province.clone()),
            ("country", country.clone()),
        ]),
        Responsible::Nobody => pairs.push(("is", "nobody".to_owned())),
        Responsible::Unknown => pairs.push(("is", "unknown".to_owned())),
    }
    Fields::from(
        pairs
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value))
            .collect::<Vec<_>>(),
    )
}

type Again<'a> = Option<(&'a Fields, &'a [form::Finding])>;

async fn shown(
    app: &App,
    who: &Who,
    student: StudentId,
    asked: &Asked,
    again: Again<'_>,
) -> Result<Markup, crate::answer::Stopped> {
    let standing = who.standing().clone();
    let opened = head::open(app, who, student, move |at, view| {
        Permit::<ManageEnrolment>::student(at, &standing, student)?;
        enrolment::responsible_schools(at, view, student)
    });
    let Opened {
        head,
        ctx,
        shown: records,
    } = opened.await?;
    let record = asked
        .record
        .and_then(|id| records.into_iter().find(|record| record.id == id));
    if asked.verb != Verb::Add && record.is_none() {
        return Err(Failure::NotFound).or_stop(app, who);
    }
    let blank = || {
        let today = app.store().now().date();
        Fields::from(vec![
            ("is".to_owned(), "alberta".to_owned()),
            ("effective_on".to_owned(), today.to_string()),
            ("once".to_owned(), uuid::Uuid::new_v4().to_string()),
        ])
    };
    let fresh = record.as_ref().map_or_else(blank, fields_of);
    let (fields, found) = again.unwrap_or((&fresh, &[]));
    let drawn = Drawn {
        ctx: &ctx,
        head: &head,
        asked,
        fields,
        found,
        record: record.as_ref(),
    };
    let title = format!("responsible-{}-title", asked.verb.name());
    let body = html! { (head.draw(who, Page::Enrolment, Vec::new())) (drawn.card(student)) };
    Ok(ui::shell::page(&ctx, ctx.lang.t(&title), body))
}

/// What the form is drawn from.
struct Drawn<'a> {
    ctx: &'a Ctx,
    head: &'a Head,
    asked: &'a Asked,
    fields: &'a Fields,
    found: &'a [form::Finding],
    record: Option<&'a ResponsibleSchool>,
}

impl Drawn<'_> {
    fn card(&self, student: StudentId) -> Markup {
        let (lang, verb) = (self.ctx.lang, self.asked.verb);
        let words = |part: &str| lang.t(&format!("responsible-{}-{part}", verb.name()));
        let submit = Action::submit(words("send"));
        let submit = if verb == Verb::Delete {
            submit.danger()
        } else {
            submit.primary().key("Ctrl Enter")
        };
        let fields = [
            "is",
            "school",
            "code",
            "name",
            "country",
            "effective_on",
            "transition_reason",
            "reason",
        ];
        let body = html! {
            input type="hidden" name="once" value=(self.fields.get("once"));
            input type="hidden" name="version" value=(self.fields.get("version"));
            p class="sub" {
                @if let Some(record) = self.record.filter(|_| matches!(verb, Verb::Delete | Verb::Restore)) {
                    b { (words_of(lang, self.head, record)) } ". "
                }
                (words("text"))
            }
            (form::summary(lang, self.found, &fields))
            div class="fg" {
                @if matches!(verb, Verb::Add | Verb::Change) { (self.questions()) }
                @if verb != Verb::Add { (self.field("reason", &lang.t("field-reason")).width(Width::Whole).text()) }
            }
            (form::form_end(lang, &html! {}, &head::path(student, Page::Enrolment), &submit))
        };
        let form = Form::post(&self.asked.path(student)).draw_in(self.ctx, &body);
        card::card(&card::Head::new("verb", words("title")), &form)
    }

    fn field<'f>(&'f self, name: &'f str, label: &'f str) -> Field<'f> {
        Field::new(self.ctx.lang, name, label)
            .value(self.fields.get(name))
            .findings(self.found)
    }

    fn questions(&self) -> Markup {
        let lang = self.ctx.lang;
        let label = |name: &str| lang.t(&format!("responsible-field-{name}"));
        let is: Vec<Choice> = ["alberta", "elsewhere", "nobody", "unknown"]
            .map(|is| {
                Choice::new(is, lang.t(&format!("responsible-is-{is}")))
                    .note(lang.t(&format!("responsible-is-{is}-note")))
            })
            .into();
        let schools: Vec<Choice> = self
            .head
            .directory
            .all()
            .iter()
            .map(|school| Choice::new(school.code.to_string(), school.name.clone()))
            .collect();
        let (is_label, school, code) = (label("is"), label("school"), label("code"));
        let (name, city, province, country) =
            (label("name"), label("city"), label("province"), label("country"));
        let (day, reason, code_hint) = (
            label("effective-on"),
            label("transition-reason"),
            label("code-hint"),
        );
        html! {
            (self.field("is", &is_label).width(Width::Whole).radios(&is))
            div class="fg in-alberta" {
                (self.field("school", &school).select(&schools))
                (self.field("code", &code).hint(&code_hint).input_mode("numeric").text())
            }
            div class="fg outside-alberta" {
                (self.field("name", &name).text())
                (self.field("city", &city).text())
                (self.field("province", &province).text())
                (self.field("country", &country).text())
            }
            (self.field("effective_on", &day).required().width(Width::Third).date())
            (self.field("transition_reason", &reason).required().width(Width::TwoThirds).select(&self.reasons()))
        }
    }

    /// Reasons a person may give, under the answers they go with.
    fn reasons(&self) -> Vec<Choice> {
        let lang = self.ctx.lang;
        let day = self.fields.get("effective_on").parse();
        let year = SchoolYear::of(day.unwrap_or_else(|_| self.ctx.today.into()));
        let (set, tongue) = (codes::set(CodeSet::TransitionReason), lookup::tongue(lang));
        let mut all: Vec<Choice> = Vec::new();
        for code in set.offered_in(year) {
            let answers: Vec<String> = code
                .under
                .iter()
                .map(|has| lookup::code(lang, CodeSet::HasResponsibleSchool, has))
                .collect();
            let label = format!("{} ({})", code.label(tongue), answers.join(", "));
            all.push(Choice::new(code.code.clone(), label));
        }
        // What the province set alone is shown as it stands, and stays when nothing else is chosen.
        let held = self.fields.get("transition_reason");
        if let Some(code) = set.find(held).filter(|code| code.system) {
            all.push(Choice::new(held, code.label(tongue)));
        }
        all
    }
}

fn words_of(lang: Lang, head: &Head, record: &ResponsibleSchool) -> String {
    format!(
        "{}, {}",
        words(lang, &head.directory, &record.responsible),
        lang.tx(
            "responsible-since",
            &[("day", record.effective_on.to_string().into())]
        )
    )
}
