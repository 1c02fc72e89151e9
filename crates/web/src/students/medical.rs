//! Medical and safety: alerts, disclosure restrictions, custody. What is
//! sealed is opened with a line in the audit; what a role may not read is absent.

use super::head::{self, Opened, Page};
use super::reading;
use crate::answer::PageResult;
use crate::who::Who;
use crate::{App, lookup};
use access::Permit;
use access::action::{EditCustody, EditMedical, ViewCustody, ViewMedical, ViewStudents};
use axum::extract::{Path, State};
use codes::CodeSet;
use db::{Reader, Reading};
use kernel::{ContactId, Date, MedicalAlertId, Outcome, RestrictionId, StudentId};
use maud::{Markup, html};
use people::{AlertSeverity, Custody, MedicalAlert, Record, Restriction, StudentContact};
use ui::table::{Column, Row, Table};
use ui::{Action, Icon, Lang, State as PillState, card};

/// What is drawn.
struct Shown {
    student: StudentId,
    alerts: Vec<Record<MedicalAlertId, MedicalAlert>>,
    custody: Option<Safety>,
    may_edit_medical: bool,
    may_edit_custody: bool,
    today: Date,
    lang: Lang,
}

/// What only those see who may read court orders.
struct Safety {
    restrictions: Vec<Record<RestrictionId, Restriction>>,
    contacts: Vec<StudentContact>,
    notes: Vec<(ContactId, String)>,
}

/// The page.
pub(crate) async fn page(State(app): State<App>, who: Who, Path(student): Path<StudentId>) -> PageResult {
    let asking = who.clone();
    let opened = head::open(&app, &who, student, move |at, view| {
        read(at, &asking, view, student)
    });
    let Opened { head, ctx, shown } = opened.await?;
    reading::noted::<ViewMedical>(&app, &who, student, "medical").await?;
    if shown.custody.is_some() {
        reading::noted::<ViewCustody>(&app, &who, student, "custody").await?;
    }
    let body = html! {
        (head.draw(&who, Page::Medical, Vec::new()))
        div class="stack" { (shown.alerts()) (shown.restrictions()) (shown.contacts()) }
        (head.because(&who))
    };
    Ok(ui::shell::page(&ctx, ctx.lang.t("student-tab-medical"), body).into())
}

/// A table of long words: on a phone each row stands as a block of lines.
fn blocks(table: &Markup) -> Markup {
    html! { div class="blocks" { (table) } }
}

fn read(at: &mut Reader, who: &Who, view: &Permit<ViewStudents>, student: StudentId) -> Outcome<Shown> {
    let (standing, look) = (who.standing(), who.visit.look);
    let then = look.map(|look| (look.on, look.moment()));
    let medical = Permit::<ViewMedical>::student(at, standing, student)?;
    let custody = match Permit::<ViewCustody>::student(at, standing, student) {
        Ok(permit) => Some(Safety {
            restrictions: people::restrictions(at, &permit, student, then)?,
            contacts: head::record(at, view, student, look)?.contacts,
            notes: match look {
                None => people::contact_notes(at, &permit, student)?,
                Some(_) => Vec::new(),
            },
        }),
        Err(_) => None,
    };
    Ok(Shown {
        student,
        alerts: people::medical_alerts(at, &medical, student, then)?,
        custody,
        may_edit_medical: look.is_none() && who.may_now::<EditMedical>(),
        may_edit_custody: look.is_none() && who.may_now::<EditCustody>(),
        today: look.map_or_else(|| at.today(), |look| look.on),
        lang: who.lang(),
    })
}

impl Shown {
    fn act(&self, words: &str, part: &str) -> Action {
        let path = head::path(self.student, Page::Medical);
        Action::link(self.lang.t(words), format!("{path}/{part}")).small()
    }

    /// From when until when, and whether today lies in it.
    fn days(&self, from: Date, until: Option<Date>) -> Markup {
        let lang = self.lang;
        let (state, words) = if from > self.today {
            (PillState::Neutral, "holds-later")
        } else if until.is_some_and(|day| day < self.today) {
            (PillState::Neutral, "holds-ended")
        } else {
            (PillState::Ok, "holds-now")
        };
        html! {
            (ui::pill::pill(state, &lang.t(words))) br;
            span class="sm dim num nw" {
                (from) @if let Some(day) = until { " " (lang.tx("until-day", &[("day", day.to_string().into())])) }
            }
        }
    }

    fn is_over(&self, until: Option<Date>) -> bool {
        until.is_some_and(|day| day < self.today)
    }

    fn alerts(&self) -> Markup {
        let lang = self.lang;
        let columns = vec![
            Column::new(lang.t("field-alert")),
            Column::new(lang.t("field-action")),
            Column::new(lang.t("column-holds")),
            Column::new(lang.t("column-change")).unseen_label(),
        ];
        let mut all: Vec<_> = self.alerts.iter().collect();
        all.sort_by_key(|one| self.is_over(one.value.expires_on));
        let rows = all.into_iter().map(|one| self.alert_row(one)).collect();
        let empty = ui::waiting::empty(&lang.t("alert-none"), None);
        let table = Table::new(lang.t("alert-title"), columns)
            .rows(rows)
            .empty(empty)
            .draw(lang);
        let add = self.act("alert-add-do", "alert").icon(Icon::Plus);
        let end = html! { @if self.may_edit_medical { (add) } };
        card::bare_card(
            &card::Head::new("alerts", lang.t("alert-title")).end(end),
            &blocks(&table),
        )
    }

    fn alert_row(&self, one: &Record<MedicalAlertId, MedicalAlert>) -> Row {
        let (lang, value) = (self.lang, &one.value);
        let state = match value.severity {
            _ if self.is_over(value.expires_on) => PillState::Neutral,
            AlertSeverity::LifeThreatening => PillState::Rejected,
            AlertSeverity::Serious => PillState::Warning,
            AlertSeverity::Minor => PillState::Advice,
        };
        let severity = lang.t(&format!("severity-{}", value.severity.as_str()));
        let acts = self.acts(("alert", &one.id.to_string()), &value.alert, value.expires_on);
        Row::new(vec![
            html! { (ui::pill::pill(state, &severity)) br; b { (value.alert) } },
            html! {
                span class="long" { (value.action) }
                @if !value.plan.is_empty() { br; span class="sm dim long" { (value.plan) } }
            },
            self.days(value.effective_on, value.expires_on),
            html! { @if self.may_edit_medical { (acts) } },
        ])
    }

    /// Change, end, take out; each says of what.
    fn acts(&self, (kind, id): (&str, &str), of: &str, until: Option<Date>) -> Markup {
        let act = |verb: &str| {
            let words = format!("{kind}-{verb}-do");
            let spoken = format!("{}: {of}", self.lang.t(&words));
            self.act(&words, &format!("{kind}/{id}/{verb}")).spoken(spoken)
        };
        html! {
            div class="row-x wrap gap-s acts no-print" {
                (act("change"))
                @if !self.is_over(until) { (act("end")) }
                (act("remove").danger())
            }
        }
    }

    fn restrictions(&self) -> Markup {
        let (lang, Some(safety)) = (self.lang, &self.custody) else {
            return Markup::default();
        };
        let columns = vec![
            Column::new(lang.t("restriction-kind")),
            Column::new(lang.t("field-notice")),
            Column::new(lang.t("column-holds")),
            Column::new(lang.t("column-change")).unseen_label(),
        ];
        let mut all: Vec<_> = safety.restrictions.iter().collect();
        all.sort_by_key(|one| self.is_over(one.value.expires_on));
        let rows = all.into_iter().map(|one| self.restriction_row(one)).collect();
        let empty = ui::waiting::empty(&lang.t("restriction-none"), None);
        let table = Table::new(lang.t("restriction-title"), columns)
            .rows(rows)
            .empty(empty)
            .draw(lang);
        let add = self.act("restriction-add-do", "restriction").icon(Icon::Plus);
        let end = html! { @if self.may_edit_custody { (add) } };
        let head = card::Head::new("restrictions", lang.t("restriction-title")).end(end);
        card::bare_card(&head, &blocks(&table))
    }

    fn restriction_row(&self, one: &Record<RestrictionId, Restriction>) -> Row {
        let (lang, value) = (self.lang, &one.value);
        let kind = lookup::code(lang, CodeSet::DisclosureRestriction, value.code.as_str());
        let is_grave = value.code.is_gate() && !self.is_over(value.expires_on);
        let state = if is_grave {
            PillState::Blocked
        } else {
            PillState::Neutral
        };
        let acts = self.acts(("restriction", &one.id.to_string()), &kind, value.expires_on);
        Row::new(vec![
            ui::pill::pill(state, &kind),
            html! { span class="long" { (value.notice) } },
            self.days(value.effective_on, value.expires_on),
            html! { @if self.may_edit_custody { (acts) } },
        ])
    }

    fn contacts(&self) -> Markup {
        let (lang, Some(safety)) = (self.lang, &self.custody) else {
            return Markup::default();
        };
        let columns = vec![
            Column::new(lang.t("column-name")),
            Column::new(lang.t("field-custody")),
            Column::new(lang.t("column-lives-with")).hide_on_phone(),
            Column::new(lang.t("column-pick-up")),
            Column::new(lang.t("field-note")).hide_on_phone(),
        ];
        let holding = safety.contacts.iter().filter(|one| {
            let tie = &one.contact.value;
            tie.effective_on <= self.today && !self.is_over(tie.expires_on)
        });
        let rows = holding.map(|one| self.contact_row(one, &safety.notes)).collect();
        let empty = ui::waiting::empty(&lang.t("family-none"), None);
        let table = Table::new(lang.t("custody-title"), columns)
            .rows(rows)
            .empty(empty)
            .draw(lang);
        let family = html! { a class="plain sm" href=(head::path(self.student, Page::Family)) { (lang.t("student-tab-family")) " " (ui::icon(Icon::ChevronRight)) } };
        let head = card::Head::new("custody", lang.t("custody-title")).end(family);
        card::bare_card(&head, &table)
    }

    fn contact_row(&self, one: &StudentContact, notes: &[(ContactId, String)]) -> Row {
        let (lang, tie) = (self.lang, &one.contact.value);
        let relationship = lookup::relationship(lang, &tie.relationship);
        let custody = lang.t(&format!("custody-{}", tie.custody.as_str()));
        let (state, pick_up) = if tie.may_pick_up {
            (PillState::Ok, "yes")
        } else {
            (PillState::Blocked, "no")
        };
        let note = notes.iter().find(|(id, _)| *id == one.contact.id);
        let note = html! {
            @match note { Some((_, text)) => span class="long" { (text) }, None => span class="dim" { "–" } }
        };
        Row::new(vec![
            html! { b { (one.person.value.name.sentence()) } br; span class="sm dim" { (relationship) } },
            html! {
                @if tie.custody == Custody::NoContact { (ui::pill::pill(PillState::Blocked, &custody)) } @else { (custody) }
                @if one.has_note { span class="only-ph sm dim" { (note) } }
            },
            html! { (lang.t(if tie.lives_with { "yes" } else { "no" })) },
            ui::pill::pill(state, &lang.t(pick_up)),
            note.clone(),
        ])
    }
}
