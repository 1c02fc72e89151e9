//! Who looks after a row of the queue, and the notes to it: shown in the
//! drawer, and the two forms behind its buttons.

use super::queue::{self, Asked};
use crate::answer::{Answer, OrStop, PageResult};
use crate::posted::{Fields, Posted};
use crate::who::Who;
use crate::{App, findings, lookup};
use access::Permit;
use access::action::{DecidePasi, ViewPasi};
use axum::extract::{Path, Query, State};
use db::Reading;
use kernel::{Failure, Instant, Outcome, PasiItemId, StudentId};
use maud::{Markup, html};
use pasi::{Assigned, Note, RowId};
use ui::form::{Choice, Field, Form, Width};
use ui::{Action, Icon, Lang};

/// What is known of a row's care.
pub(super) struct Care {
    row: RowId,
    assigned: Option<Assigned>,
    notes: Vec<Note>,
    /// To whom it can be given; empty for whoever may not give it.
    carers: Vec<Choice>,
}

/// Reads it; the row is the person's to know already.
pub(super) fn read(
    at: &mut impl Reading,
    view: &Permit<ViewPasi>,
    decide: Option<&Permit<DecidePasi>>,
    row: RowId,
    assigned: Option<Assigned>,
) -> Outcome<Care> {
    let carers = match decide {
        Some(permit) => pasi::carers(at, permit, row)?,
        None => Vec::new(),
    };
    Ok(Care {
        row,
        assigned,
        notes: pasi::notes(at, view, row)?,
        carers: carers
            .into_iter()
            .map(|one| Choice::new(one.account.to_string(), one.name))
            .collect(),
    })
}

/// The row as it stands in an address.
fn address(row: RowId) -> String {
    match row {
        RowId::Item(id) => format!("/pasi/items/{id}"),
        RowId::Student(student) => format!("/students/{student}/pasi"),
    }
}

impl Care {
    /// The buttons that open the two forms; none for whoever may not use them.
    pub(super) fn actions(&self, lang: Lang, on: &Asked) -> Vec<Action> {
        if self.carers.is_empty() {
            return Vec::new();
        }
        let link = |act: &str, words: &str| Action::link(lang.t(words), on.acting(act).path());
        vec![
            link("assign", "pasi-care-assign").icon(Icon::UserShare),
            link("note", "pasi-care-note").icon(Icon::Message),
        ]
    }

    /// Who has it, the notes, and the form that was asked for.
    pub(super) fn draw(&self, who: &Who, on: &Asked, now: Instant) -> Markup {
        let lang = who.lang();
        html! {
            @if !self.carers.is_empty() {
                @match on.act.as_str() {
                    "assign" => (self.assign_form(who, on)),
                    "note" => (self.note_form(who, on)),
                    _ => {}
                }
            }
            @if let Some(assigned) = &self.assigned {
                p class="cb b-top sm m-0" { (ui::icon(Icon::User)) " " (lang.tx("pasi-care-has", &[("who", assigned.name.as_str().into())])) }
            }
            @if !self.notes.is_empty() {
                ul class="list b-top" aria-label=(lang.t("pasi-care-notes")) {
                    @for note in &self.notes {
                        li class="sm" { (note.body) br; span class="xs dim" { (note.written_by) " · " (lookup::moment(lang, note.written_at, now)) } }
                    }
                }
            }
        }
    }

    fn assign_form(&self, who: &Who, on: &Asked) -> Markup {
        let lang = who.lang();
        let mut choices = vec![Choice::new("", lang.t("pasi-care-nobody").into_owned())];
        choices.extend(self.carers.iter().cloned());
        let current = self
            .assigned
            .as_ref()
            .map(|assigned| assigned.account.to_string());
        let label = lang.t("pasi-care-to");
        let field = Field::new(lang, "to", &label)
            .value(current.as_deref().unwrap_or_default())
            .width(Width::Whole)
            .focus()
            .select(&choices);
        self.form(who, on, ("assign", "pasi-care-assign-send"), &field)
    }

    fn note_form(&self, who: &Who, on: &Asked) -> Markup {
        let lang = who.lang();
        let (label, hint) = (lang.t("pasi-care-note"), lang.t("pasi-care-note-hint"));
        let field = Field::new(lang, "note", &label)
            .hint(&hint)
            .required()
            .max_length(u16::try_from(pasi::LONGEST_NOTE).unwrap_or(u16::MAX))
            .width(Width::Whole)
            .focus()
            .textarea(3);
        self.form(who, on, ("note", "pasi-care-note-send"), &field)
    }

    fn form(&self, who: &Who, on: &Asked, (act, verb): (&str, &str), field: &Markup) -> Markup {
        let lang = who.lang();
        let action = format!("{}/{act}{}", address(self.row), on.query());
        let body = html! {
            (field)
            div class="row-x mt" {
                (Action::submit(lang.t(verb)).primary())
                (Action::link(lang.t("cancel"), on.path()))
            }
        };
        html! { div class="cb b-top" { (Form::post(&action).draw(&who.holder().csrf, &body)) } }
    }
}

/// Gives an item to a person.
pub(crate) async fn assign_item(
    State(app): State<App>,
    Path(id): Path<PasiItemId>,
    Query(asked): Query<Asked>,
    Posted { who, fields }: Posted,
) -> PageResult {
    assign(&app, &who, RowId::Item(id), &asked, &fields).await
}

/// Gives a student whose sides differ to a person.
pub(crate) async fn assign_student(
    State(app): State<App>,
    Path(student): Path<StudentId>,
    Query(asked): Query<Asked>,
    Posted { who, fields }: Posted,
) -> PageResult {
    assign(&app, &who, RowId::Student(student), &asked, &fields).await
}

/// Writes a note to an item.
pub(crate) async fn note_item(
    State(app): State<App>,
    Path(id): Path<PasiItemId>,
    Query(asked): Query<Asked>,
    Posted { who, fields }: Posted,
) -> PageResult {
    note(&app, &who, RowId::Item(id), &asked, &fields).await
}

/// Writes a note to a student whose sides differ.
pub(crate) async fn note_student(
    State(app): State<App>,
    Path(student): Path<StudentId>,
    Query(asked): Query<Asked>,
    Posted { who, fields }: Posted,
) -> PageResult {
    note(&app, &who, RowId::Student(student), &asked, &fields).await
}

async fn assign(app: &App, who: &Who, row: RowId, asked: &Asked, fields: &Fields) -> PageResult {
    let to = match fields.get("to") {
        "" => Ok(None),
        id => id.parse().map(Some).map_err(|_| Failure::refuse("LP-0604", "to")),
    };
    let standing = who.standing().clone();
    let done = match to {
        Ok(to) => {
            app.store()
                .write(who.actor(), move |tx| {
                    pasi::assign(tx, &Permit::<DecidePasi>::wide(&standing)?, row, to)
                })
                .await
        }
        Err(failure) => Err(failure),
    };
    after(app, who, row, asked, done).await
}

async fn note(app: &App, who: &Who, row: RowId, asked: &Asked, fields: &Fields) -> PageResult {
    let (standing, body) = (who.standing().clone(), fields.get("note").to_owned());
    let fit = fields.fit();
    let done = app
        .store()
        .write(who.actor(), move |tx| {
            fit.clone()?;
            pasi::note(tx, &Permit::<DecidePasi>::wide(&standing)?, row, &body)
        })
        .await;
    after(app, who, row, asked, done).await
}

/// Back to the row; or the queue with what stood in the way.
async fn after(app: &App, who: &Who, row: RowId, asked: &Asked, done: Outcome<()>) -> PageResult {
    let here = asked.opening(&row.uuid().to_string());
    match done {
        Ok(()) => Ok(Answer::see(here.path())),
        Err(failure @ (Failure::Invalid(_) | Failure::Conflict(_))) => {
            let found = findings::of_failure(who.lang(), failure).or_stop(app, who)?;
            let told: Vec<String> = found.into_iter().map(|finding| finding.text).collect();
            queue::show(app, who, &here, Some(&told.join(" "))).await
        }
        Err(failure) => Err(failure).or_stop(app, who),
    }
}
