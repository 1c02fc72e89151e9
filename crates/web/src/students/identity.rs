//! Identity: the names, birth, document, citizenship, language, Section 23, and the photograph.

use super::change::{Details, OnCard};
use super::head::{self, Head, Opened, Page};
use super::reading;
use crate::answer::PageResult;
use crate::who::Who;
use crate::{App, context, lookup};
use access::Permit;
use access::action::EditStudents;
use axum::extract::{Path, Query, State};
use codes::CodeSet;
use kernel::{CitizenshipId, Date, NameId, StudentId};
use maud::{Markup, html};
use people::{Citizenship, Name, NameKind, Record, Student};
use serde::Deserialize;
use ui::facts::Facts;
use ui::table::{Column, Row, Table};
use ui::{Action, Icon, Lang, State as PillState, card};

/// What the address asks for beyond the page.
#[derive(Debug, Deserialize)]
pub(crate) struct Asked {
    /// `document` shows the last four characters; the audit keeps that.
    #[serde(default)]
    show: String,
}

/// What is drawn.
struct Shown {
    student: Student,
    last_four: Option<String>,
    /// The reader keeps the record; sees a name that waits for consent.
    may_keep: bool,
    /// And does so on the day on screen.
    may_edit: bool,
    today: Date,
    lang: Lang,
}

/// The page.
pub(crate) async fn page(
    State(app): State<App>,
    who: Who,
    Path(student): Path<StudentId>,
    Query(asked): Query<Asked>,
) -> PageResult {
    let (standing, look) = (who.standing().clone(), who.visit.look);
    let is_asked = asked.show == "document";
    let opened = head::open(&app, &who, student, move |at, permit| {
        let last_four = if is_asked {
            let edit = Permit::<EditStudents>::student(at, &standing, student)?;
            Some(people::document_last_four(at, &edit, student)?)
        } else {
            None
        };
        Ok((head::record(at, permit, student, look)?, last_four))
    });
    let Opened {
        head,
        ctx,
        shown: (record, last_four),
    } = opened.await?;
    if is_asked {
        reading::noted::<EditStudents>(&app, &who, student, "document").await?;
    }
    let shown = Shown {
        student: record,
        last_four,
        may_keep: context::may::<EditStudents>(who.standing()),
        may_edit: look.is_none() && who.may_now::<EditStudents>(),
        today: look.map_or_else(|| ctx.today.into(), |look| look.on),
        lang: who.lang(),
    };
    let body = html! {
        (head.draw(&who, Page::Identity, Vec::new()))
        div class="grid" {
            div class="s7 stack" { (shown.names()) (shown.citizenships()) }
            div class="s5 stack" { (shown.identity(&head)) (shown.language()) (shown.photo(&head)) }
        }
        (head.because(&who))
    };
    Ok(ui::shell::page(&ctx, ctx.lang.t("student-tab-identity"), body).into())
}

impl Shown {
    fn path(&self, part: &str) -> String {
        format!("{}/{part}", head::path(self.student.id, Page::Identity))
    }

    /// A small link that opens a form.
    fn act(&self, words: &str, part: &str) -> Action {
        Action::link(self.lang.t(words), self.path(part)).small()
    }

    fn add(&self, words: &str, part: &str) -> Markup {
        html! { @if self.may_edit { (self.act(words, part).icon(Icon::Plus)) } }
    }

    /// A name that must not be used yet is for those alone who keep the record.
    fn names(&self) -> Markup {
        let lang = self.lang;
        let (born, today) = (self.student.identity.birth_date, self.today);
        let names = self.student.names.iter();
        let rows = names
            .filter(|name| self.may_keep || people::rules::may_use(&name.value, born, today))
            .map(|name| self.name_row(name))
            .collect();
        let columns = vec![
            Column::new(lang.t("column-name")),
            Column::new(lang.t("names-use")),
            Column::new(lang.t("column-change")).unseen_label(),
        ];
        let table = Table::new(lang.t("names-title"), columns).rows(rows).draw(lang);
        let head = card::Head::new("names", lang.t("names-title"));
        card::bare_card(&head.end(self.add("name-add-do", "name")), &table)
    }

    fn name_row(&self, name: &Record<NameId, Name>) -> Row {
        let (lang, value) = (self.lang, &name.value);
        let listed = value.name.list();
        let sent = kernel::text::latin1(&listed);
        let is_single = value.name.shown_last().is_empty();
        let waits = !people::rules::may_use(value, self.student.identity.birth_date, self.today);
        let kind = lang.t(match value.kind {
            NameKind::Legal => "name-kind-legal",
            NameKind::Other => "name-kind-other",
        });
        Row::new(vec![
            html! {
                b { (listed) } br; span class="sm dim" { (kind) @if is_single { " · " (lang.t("name-single")) } }
                @if sent != listed { br; span class="sm dim" { (lang.tx("student-sent-as", &[("name", sent.into())])) } }
            },
            html! {
                @if waits { (ui::pill::pill(PillState::Pending, &lang.t("name-waits"))) }
                @else if value.is_preferred { (ui::pill::pill(PillState::Ok, &lang.t("name-used"))) }
                @else { span class="dim" { "–" } }
            },
            html! { @if self.may_edit { (self.name_acts(name)) } },
        ])
    }

    fn name_acts(&self, name: &Record<NameId, Name>) -> Markup {
        let (lang, listed) = (self.lang, name.value.name.list());
        let act = |words: &str, verb: &str| {
            let label = lang.t(words);
            let spoken = format!("{label}: {listed}");
            self.act(words, &format!("name/{}/{verb}", name.id))
                .spoken(spoken)
        };
        let is_legal = name.value.kind == NameKind::Legal;
        html! {
            div class="row-x wrap gap-s acts no-print" {
                @if is_legal { (act("name-legal-do", "legal")) (act("name-spelling-do", "spelling")) }
                @else { (act("name-correct-do", "correct")) }
                @if !name.value.is_preferred { (act("name-prefer-do", "prefer")) }
                @if !is_legal { (act("name-remove-do", "remove").danger()) }
            }
        }
    }

    fn citizenships(&self) -> Markup {
        let lang = self.lang;
        let columns = vec![
            Column::new(lang.t("field-citizenship")),
            Column::new(lang.t("citizenship-holds")),
            Column::new(lang.t("citizenship-permit-ends")).hide_on_phone(),
            Column::new(lang.t("column-change")).unseen_label(),
        ];
        let all = &self.student.citizenships;
        let rows = all
            .iter()
            .enumerate()
            .map(|(at, one)| {
                // Newest first: one ends the day before the next begins.
                let until = at
                    .checked_sub(1)
                    .map(|next| all[next].value.effective_on.plus_days(-1));
                self.citizenship_row(one, until)
            })
            .collect();
        let empty = ui::waiting::empty(&lang.t("citizenship-none"), None);
        let table = Table::new(lang.t("citizenship-title"), columns)
            .rows(rows)
            .empty(empty)
            .draw(lang);
        let head = card::Head::new("citizenship", lang.t("citizenship-title"));
        card::bare_card(&head.end(self.add("citizenship-add-do", "citizenship")), &table)
    }

    fn citizenship_row(&self, one: &Record<CitizenshipId, Citizenship>, until: Option<Date>) -> Row {
        let (lang, value) = (self.lang, &one.value);
        let status = lookup::code(lang, CodeSet::CitizenshipStatus, &value.status);
        let country = lookup::code(lang, CodeSet::Country, &value.country);
        let ends = value.document_expires_on;
        let is_over = ends.is_some_and(|day| day < self.today) && until.is_none_or(|day| day >= self.today);
        let permit = html! {
            @match ends {
                Some(day) if is_over => (ui::pill::pill(PillState::Warning, &lang.tx("citizenship-permit-over", &[("day", day.to_string().into())]))),
                Some(day) => span class="num" { (day) },
                None => span class="dim" { "–" },
            }
        };
        let act = |words: &str, verb: &str| {
            let spoken = format!("{}: {status}", lang.t(words));
            self.act(words, &format!("citizenship/{}/{verb}", one.id))
                .spoken(spoken)
        };
        Row::new(vec![
            html! { b { (status) } @if !country.is_empty() { br; span class="sm dim" { (country) } } },
            html! {
                span class="num nw" { (value.effective_on) }
                @match until {
                    Some(day) => { " " span class="num nw dim" { (lang.tx("until-day", &[("day", day.to_string().into())])) } },
                    None if value.effective_on > self.today => { " " (ui::pill::pill(PillState::Neutral, &lang.t("holds-later"))) },
                    None => { " " (ui::pill::pill(PillState::Ok, &lang.t("holds-now"))) },
                }
                @if ends.is_some() { span class="only-ph" { (permit) } }
            },
            permit.clone(),
            html! {
                @if self.may_edit {
                    div class="row-x wrap gap-s acts no-print" { (act("citizenship-correct-do", "correct")) (act("citizenship-remove-do", "remove").danger()) }
                }
            },
        ])
    }

    fn identity(&self, head: &Head) -> Markup {
        let (lang, identity) = (self.lang, &self.student.identity);
        let born = lang.tx("student-age", &[("years", i64::from(head.header.age).into())]);
        let facts = Facts::new().figure(
            lang.t("field-birth-date"),
            html! { (identity.birth_date) " " span class="dim" { (born) } },
        );
        let facts = self
            .fields(facts, OnCard::Who)
            .fact(lang.t("field-document-last-four"), self.document())
            .maybe(
                lang,
                lang.t("field-asn"),
                identity.asn.map(|asn| html! { span class="num" { (asn) } }),
            )
            .figure(lang.t("student-local"), self.student.local_number.clone());
        let facts = match identity.deceased_on {
            Some(day) => facts.figure(lang.t("field-deceased-on"), day.to_string()),
            None => facts,
        };
        let body = html! {
            div class="cb" { (facts.draw()) }
            @if self.may_edit {
                div class="ch b-top wrap no-print" {
                    (self.act("identity-asn-do", "asn"))
                    (self.act("identity-number-do", "number"))
                    (self.act("identity-deceased-do", "deceased").danger())
                }
            }
        };
        let end =
            html! { @if self.may_edit { (self.act("identity-details-do", "details").icon(Icon::Pencil)) } };
        card::bare_card(
            &card::Head::new("identity", lang.t("identity-title")).end(end),
            &body,
        )
    }

    /// Sealed; shown when asked for, to whoever keeps the record.
    fn document(&self) -> Markup {
        let lang = self.lang;
        let show = format!("{}?show=document", head::path(self.student.id, Page::Identity));
        html! {
            @match &self.last_four {
                _ if !self.student.has_document_number => span class="dim" { (lang.t("diff-not-recorded")) },
                Some(text) => b class="num" { (text) },
                None => {
                    span class="num dim" { "••••" }
                    @if self.may_edit { " " a class="sm no-print" href=(show) { (lang.t("identity-show")) } }
                },
            }
        }
    }

    /// The fields that a card shows, after the facts it has already.
    fn fields(&self, facts: Facts, card: OnCard) -> Facts {
        Details::shown(self.lang, &self.student.identity, card).fold(facts, |facts, (label, value)| {
            facts.maybe(self.lang, label, value)
        })
    }

    fn language(&self) -> Markup {
        let lang = self.lang;
        card::card(
            &card::Head::new("language", lang.t("language-title")),
            &self.fields(Facts::new(), OnCard::Language).draw(),
        )
    }

    fn photo(&self, head: &Head) -> Markup {
        let lang = self.lang;
        let has_photo = head.header.photo.is_some();
        let words = if has_photo {
            "photo-change-do"
        } else {
            "photo-add-do"
        };
        let change = Action::link(lang.t(words), super::photo::form_address(self.student.id)).small();
        let end = html! { @if self.may_edit { (change.icon(Icon::Camera)) } };
        let text = lang.t(if has_photo { "photo-there" } else { "photo-none" });
        card::card(
            &card::Head::new("photo", lang.t("photo-title")).end(end),
            &html! { p class="sub m-0" { (text) } },
        )
    }
}
