//! Putting students into a section: whom, what would become of each, and done.

use super::form::manageable;
use super::page::{self, Loaded};
use super::path;
use super::words::{Ask, answer};
use crate::answer::{Answer, OrStop, PageResult, Stopped};
use crate::posted::{Fields, Posted};
use crate::who::Who;
use crate::{App, context, findings, lookup};
use access::Permit;
use access::action::{ManageSections, ViewStudents};
use axum::extract::{Path, Query, State};
use courses::{Placement, PutIn, SeatState, Went};
use kernel::text::fold;
use kernel::{CourseEnrolmentId, Date, Failure, Findings, Grade, Outcome, SectionId, StudentId};
use maud::{Markup, html};
use people::CardRow;
use serde::Deserialize;
use ui::ctx::{Ctx, Job};
use ui::form::{Choice, Finding as Shown, Form, Width, finding_line, form_end, summary};
use ui::list::{FilterSelect, Filters};
use ui::pill::{State as PillState, pill};
use ui::table::{Column, Row, Table};
use ui::{Action, Lang};

/// Students offered at once.
const MOST: usize = 200;

/// What the address asks for.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    q: String,
    homeroom: String,
    grade: String,
}

/// Who may be put in.
struct Offered {
    /// By name; those of the section left out.
    cards: Vec<CardRow>,
    /// How many there are in all.
    total: usize,
    /// The homerooms of the school.
    homerooms: Vec<String>,
}

/// A form that was sent, and what would become of each.
struct Sent {
    fields: Fields,
    found: Vec<Shown>,
    placed: Vec<Placement>,
}

fn address(section: SectionId) -> String {
    format!("{}/add", path(section))
}

/// The students of the school on a day who fit the filters and are not in the section; after a check, those checked.
async fn offered(
    app: &App,
    who: &Who,
    loaded: &Loaded,
    (day, asked): (Date, &Asked),
    checked: Vec<StudentId>,
) -> Result<Offered, Stopped> {
    let permit = Permit::<ViewStudents>::wide(who.standing()).or_stop(app, who)?;
    let (school, asked) = (loaded.view.section.school, asked.clone());
    let there: Vec<StudentId> = loaded
        .lines
        .iter()
        .filter(|line| line.seat.state != SeatState::InError)
        .map(|line| line.seat.student)
        .collect();
    let grade: Option<Grade> = asked.grade.parse().ok();
    let read = app.store().read(who.division(), move |at| {
        let all = enrolment::open_at(at, &permit, school, day)?;
        let mut homerooms: Vec<String> = all.iter().map(|one| one.homeroom.clone()).collect();
        homerooms.sort();
        homerooms.dedup();
        homerooms.retain(|room| !room.is_empty());
        let mut students: Vec<StudentId> = all
            .iter()
            .filter(|one| asked.homeroom.is_empty() || one.homeroom == asked.homeroom)
            .filter(|one| grade.is_none_or(|grade| one.grade == grade))
            .map(|one| one.student)
            .filter(|student| !there.contains(student))
            .collect();
        students.sort();
        students.dedup();
        if !checked.is_empty() {
            students.clone_from(&checked);
        }
        let mut cards = people::cards_of(at, &permit, &students)?;
        let words = fold(&asked.q);
        cards.retain(|card| {
            let name = fold(&card.list_name);
            words.split_whitespace().all(|word| name.contains(word))
        });
        let total = cards.len();
        if checked.is_empty() {
            cards.truncate(MOST);
        }
        Ok(Offered {
            cards,
            total,
            homerooms,
        })
    });
    read.await.or_stop(app, who)
}

/// The page: whom to put in.
pub(crate) async fn ask(
    State(app): State<App>,
    who: Who,
    Path(id): Path<SectionId>,
    Query(asked): Query<Asked>,
) -> PageResult {
    let loaded = manageable(&app, &who, id).await?;
    let section = &loaded.view.section;
    let day = app
        .store()
        .now()
        .date()
        .clamp(section.first_day, section.last_day);
    let pair = |name: &str, value: String| (name.to_owned(), value);
    let sent = Sent {
        fields: Fields::from(vec![
            pair("token", SectionId::fresh(app.store().now()).to_string()),
            pair("from", day.to_string()),
        ]),
        found: Vec::new(),
        placed: Vec::new(),
    };
    show(&app, &who, &loaded, &asked, &sent).await
}

async fn show(app: &App, who: &Who, loaded: &Loaded, asked: &Asked, sent: &Sent) -> PageResult {
    let section = &loaded.view.section;
    let today = app.store().now().date();
    let day = sent.fields.get("from").parse().unwrap_or(today);
    let checked = sent.placed.iter().map(|one| one.student).collect();
    let offered = offered(app, who, loaded, (day, asked), checked).await?;
    let ctx = context::of(app, who, Job::Classes).await?;
    let lang = ctx.lang;
    let body = html! {
        (page::head(lang, loaded).draw())
        section class="card" aria-label=(lang.t("sections-put-in")) {
            @if sent.placed.is_empty() { (filters(lang, section.id, asked, &offered)) }
            (form(&ctx, section.id, asked, &offered, sent))
        }
    };
    Ok(answer(
        ui::shell::page(&ctx, lang.t("sections-put-in"), body),
        &sent.found,
    ))
}

fn filters(lang: Lang, section: SectionId, asked: &Asked, offered: &Offered) -> Markup {
    let grades = Grade::ALL.iter().map(|grade| {
        let words = lang.tx("crumb-grade", &[("grade", grade.label().into())]);
        Choice::new(grade.as_str(), words)
    });
    let rooms = offered
        .homerooms
        .iter()
        .map(|room| Choice::new(room.clone(), room.clone()));
    let select = |name: &str, words: &str, choices: Vec<Choice>, value: &str| FilterSelect {
        name: name.to_owned(),
        label: lang.t(words).into_owned(),
        choices,
        value: value.to_owned(),
    };
    let is_filtered = [&asked.q, &asked.homeroom, &asked.grade]
        .iter()
        .any(|value| !value.is_empty());
    let filters = Filters {
        action: address(section),
        text_label: lang.t("sections-student-filter").into_owned(),
        text: asked.q.clone(),
        selects: vec![
            select(
                "homeroom",
                "sections-any-homeroom",
                rooms.collect(),
                &asked.homeroom,
            ),
            select("grade", "sections-any-grade", grades.collect(), &asked.grade),
        ],
        hidden: Vec::new(),
        clear: is_filtered.then(|| address(section)),
        results_id: "add-rows".to_owned(),
    };
    ui::list::filters(lang, &filters, &html! {})
}

fn form(ctx: &Ctx, section: SectionId, asked: &Asked, offered: &Offered, sent: &Sent) -> Markup {
    let lang = ctx.lang;
    let ask = Ask {
        lang,
        typed: &sent.fields,
        found: &sent.found,
    };
    let is_checked = !sent.placed.is_empty();
    let submit = if is_checked {
        Action::submit(lang.t("sections-put-in-do"))
            .named("act", "apply")
            .primary()
    } else {
        Action::submit(lang.t("sections-put-in-check"))
            .named("act", "check")
            .primary()
    };
    let back = if is_checked {
        address(section)
    } else {
        path(section)
    };
    let fields = html! {
        div class="cb fg" {
            (summary(lang, &sent.found, &["from"]))
            input type="hidden" name="token" value=(sent.fields.get("token"));
            input type="hidden" name="homeroom" value=(asked.homeroom);
            input type="hidden" name="grade" value=(asked.grade);
            (ask.day("from", Width::Third))
            @if is_checked { p class="w12 m-0" { (told(lang, &sent.placed)) } }
            @else { p class="w12 m-0 sub" { (lang.t("sections-put-in-text")) } }
        }
        div id="add-rows" {
            (table(lang, asked, offered, sent))
            @if offered.total > offered.cards.len() { p class="cb sub m-0" { (lang.tx("sections-put-in-most", &[("n", offered.total.into())])) } }
        }
        (form_end(lang, &html! {}, &back, &submit))
    };
    Form::post(&address(section)).draw_in(ctx, &fields)
}

/// How many would be in, wait, and be refused.
fn told(lang: Lang, placed: &[Placement]) -> String {
    let count = |is: fn(&Went) -> bool| placed.iter().filter(|one| is(&one.went)).count();
    let args = [
        ("in", count(|went| matches!(went, Went::In | Went::There)).into()),
        ("waits", count(|went| matches!(went, Went::Waits(_))).into()),
        ("refused", count(|went| *went == Went::Refused).into()),
    ];
    lang.tx("sections-put-in-told", &args).into_owned()
}

fn table(lang: Lang, asked: &Asked, offered: &Offered, sent: &Sent) -> Markup {
    let is_checked = !sent.placed.is_empty();
    let chosen = sent.fields.all("student");
    let mut columns = vec![
        Column::new(lang.t("sections-choose")).unseen_label(),
        Column::new(lang.t("sections-student")),
        Column::new(lang.t("sections-grade")),
        Column::new(lang.t("sections-homeroom")).hide_on_phone(),
    ];
    if is_checked {
        columns.push(Column::new(lang.t("sections-result")));
    }
    // A class is put in whole more often than not: of a homeroom everybody is ticked.
    let is_ticked = |card: &CardRow| {
        if chosen.is_empty() {
            !asked.homeroom.is_empty()
        } else {
            chosen.contains(&card.student.to_string())
        }
    };
    let rows = offered.cards.iter().filter_map(|card| {
        let placed = sent.placed.iter().find(|one| one.student == card.student);
        if is_checked && placed.is_none() {
            return None;
        }
        Some(row(lang, card, placed, is_ticked(card)))
    });
    Table::new(lang.t("sections-put-in"), columns)
        .rows(rows.collect())
        .empty(ui::waiting::empty(&lang.t("sections-put-in-nobody"), None))
        .draw(lang)
}

fn row(lang: Lang, card: &CardRow, placed: Option<&Placement>, ticked: bool) -> Row {
    let is_refused = placed.is_some_and(|one| one.went == Went::Refused);
    let id = format!("s-{}", card.student);
    let mut cells = vec![
        html! { input class="form-check-input" type="checkbox" id=(id) name="student" value=(card.student)
        checked[ticked && !is_refused] disabled[is_refused] aria-label=(card.list_name); },
        html! { label for=(id) { (card.list_name) } },
        html! { span class="num" { (lookup::grade(&card.grade)) } },
        html! { (card.homeroom) },
    ];
    if let Some(placed) = placed {
        // That the student waits is said by the state itself.
        cells.push(html! {
            (went(lang, placed.went))
            @for finding in findings::shown(lang, &placed.findings).iter().filter(|one| one.code.as_deref() != Some("LP-0515")) {
                (finding_line(lang, finding))
            }
        });
    }
    Row::new(cells)
}

fn went(lang: Lang, went: Went) -> Markup {
    match went {
        Went::In | Went::There => pill(PillState::Ok, &lang.t("sections-went-in")),
        Went::Waits(place) => {
            let words = lang.tx("sections-went-waits", &[("place", place.into())]);
            pill(PillState::Warning, &words)
        }
        Went::Refused => pill(PillState::Blocked, &lang.t("sections-went-refused")),
    }
}

/// Checks, or does it.
pub(crate) async fn send(
    State(app): State<App>,
    Path(id): Path<SectionId>,
    Posted { who, fields }: Posted,
) -> PageResult {
    let loaded = manageable(&app, &who, id).await?;
    let permit =
        Permit::<ManageSections>::school(who.standing(), loaded.view.section.school).or_stop(&app, &who)?;
    let asked = Asked {
        q: String::new(),
        homeroom: fields.get("homeroom").to_owned(),
        grade: fields.get("grade").to_owned(),
    };
    let is_applied = fields.get("act") == "apply";
    let answered = match read(&fields) {
        Ok(all) => {
            let write = move |tx: &mut db::Tx| {
                if is_applied {
                    courses::put_in(tx, &permit, id, &all, "")
                } else {
                    courses::preview(tx, &permit, id, &all)
                }
            };
            app.store().write(who.actor(), write).await
        }
        Err(failure) => Err(failure),
    };
    let sent = match answered {
        Ok(_) if is_applied => {
            app.settle_section(id).await;
            return Ok(Answer::see(path(id)));
        }
        Ok(placed) => Sent {
            fields,
            found: Vec::new(),
            placed,
        },
        Err(failure) => Sent {
            found: findings::of_failure(who.lang(), failure).or_stop(&app, &who)?,
            fields,
            placed: Vec::new(),
        },
    };
    show(&app, &who, &loaded, &asked, &sent).await
}

/// Whom, and from when. The form's token and the student name the record, so that a form sent twice makes one.
fn read(fields: &Fields) -> Outcome<Vec<PutIn>> {
    fields.fit()?;
    let mut findings = Findings::default();
    let from = fields.day("from", &mut findings);
    let students: Vec<StudentId> = fields
        .all("student")
        .iter()
        .filter_map(|value| value.parse().ok())
        .collect();
    let from = from.ok_or(Failure::Invalid(findings))?;
    let token = fields.get("token");
    let put = |student: StudentId| PutIn {
        id: CourseEnrolmentId::derived(&format!("{token} {student}")),
        student,
        from,
        until: None,
    };
    Ok(students.into_iter().map(put).collect())
}
