//! Courses asked for by many at once: of a grade, a homeroom, or a list of numbers; shown before anything is kept.

use super::requests::{self, ADDRESS};
use super::words::{Ask, answer, course_choices};
use super::{home_crumb, reached, school_of};
use crate::answer::{Answer, OrStop, PageResult, Stopped};
use crate::posted::{Fields, Posted};
use crate::who::Who;
use crate::{App, context, findings, lookup};
use access::Permit;
use access::action::{ManageSections, ViewSections, ViewStudents};
use axum::extract::{Query, State};
use courses::{AskFor, Asked as Answered, Course};
use kernel::{
    CourseId, CourseRequestId, Date, Failure, Finding, Findings, Grade, Outcome, SchoolId, StudentId,
};
use maud::{Markup, html};
use people::CardRow;
use schools::Directory;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use ui::ctx::{Ctx, Job};
use ui::form::{Choice, Finding as Shown, Form, Severity, Width, finding_line, form_end, summary};
use ui::head::PageHead;
use ui::pill::{State as PillState, pill};
use ui::table::{Column, Row, Table};
use ui::{Action, Lang, card};

/// The address of the page.
const MANY: &str = "/sections/requests/many";
/// Courses of one form.
const COURSES: usize = 8;

/// What the address asks for.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    school: String,
}

/// What the page goes by.
struct Around {
    directory: Directory,
    catalogue: Vec<Course>,
    school: Option<SchoolId>,
    /// Everybody at the school on the day of the page.
    cards: Vec<CardRow>,
}

/// A form that was sent, and what would become of each.
struct Sent {
    fields: Fields,
    found: Vec<Shown>,
    answered: Vec<Answered>,
    /// Lines that name nobody of the school.
    unknown: Vec<String>,
}

/// The page.
pub(crate) async fn page(State(app): State<App>, who: Who, Query(asked): Query<Asked>) -> PageResult {
    let around = around(&app, &who, &asked.school).await?;
    let pair = |name: &str, value: String| (name.to_owned(), value);
    let school = around.school.map(|school| school.to_string()).unwrap_or_default();
    let sent = Sent {
        fields: Fields::from(vec![
            pair("token", CourseRequestId::fresh(app.store().now()).to_string()),
            pair("school", school),
        ]),
        found: Vec::new(),
        answered: Vec::new(),
        unknown: Vec::new(),
    };
    show(&app, &who, &around, &sent).await
}

async fn around(app: &App, who: &Who, school: &str) -> Result<Around, Stopped> {
    Permit::<ManageSections>::wide(who.standing()).or_stop(app, who)?;
    let permit = Permit::<ViewSections>::wide(who.standing()).or_stop(app, who)?;
    let view = Permit::<ViewStudents>::wide(who.standing()).or_stop(app, who)?;
    let year = context::year_shown(who);
    let today = app.store().now().date();
    let day: Date = super::day_of(today, year);
    let (asking, school) = (who.clone(), school.to_owned());
    let read = app.store().read(who.division(), move |at| {
        let directory = schools::directory(at)?;
        let school = school_of(&asking, &directory, &school);
        let mut students: Vec<StudentId> = match school {
            Some(school) => {
                let all = enrolment::open_at(at, &view, school, day)?;
                all.iter().map(|one| one.student).collect()
            }
            None => Vec::new(),
        };
        students.sort();
        students.dedup();
        Ok(Around {
            cards: people::cards_of(at, &view, &students)?,
            catalogue: courses::courses(at, &permit)?,
            directory,
            school,
        })
    });
    read.await.or_stop(app, who)
}

async fn show(app: &App, who: &Who, around: &Around, sent: &Sent) -> PageResult {
    let ctx = context::of(app, who, Job::Classes).await?;
    let lang = ctx.lang;
    let school = around.school.map_or("", |school| around.directory.name(school));
    let head = PageHead::new(lang.t("requests-many"))
        .crumbs(vec![home_crumb(lang), requests::crumb(lang)])
        .facts(format!("{school} · {}", context::year_shown(who)));
    let body = html! {
        (head.draw())
        (card::bare_card(&card::Head::new("many", lang.t("requests-many")), &form(&ctx, who, around, sent)))
    };
    Ok(answer(
        ui::shell::page(&ctx, lang.t("requests-many"), body),
        &sent.found,
    ))
}

fn form(ctx: &Ctx, who: &Who, around: &Around, sent: &Sent) -> Markup {
    let lang = ctx.lang;
    let ask = Ask {
        lang,
        typed: &sent.fields,
        found: &sent.found,
    };
    let is_checked = !sent.answered.is_empty();
    let submit = if is_checked {
        Action::submit(lang.t("requests-many-do")).named("act", "apply")
    } else {
        Action::submit(lang.t("sections-put-in-check")).named("act", "check")
    };
    let fields = html! {
        div class="cb fg" {
            (summary(lang, &sent.found, &["school", "course", "grade", "homeroom", "numbers"]))
            input type="hidden" name="token" value=(sent.fields.get("token"));
            @if is_checked { (kept(&sent.fields)) p class="w12 m-0" { (told(lang, sent)) } }
            @else { (questions(ask, who, around)) }
        }
        @if is_checked { (table(lang, around, sent)) }
        (form_end(lang, &html! {}, if is_checked { MANY } else { ADDRESS }, &submit.primary()))
    };
    Form::post(MANY).draw_in(ctx, &fields)
}

/// What was asked, for the second sending.
fn kept(fields: &Fields) -> Markup {
    let names = ["school", "course", "grade", "homeroom", "numbers"];
    html! {
        @for (name, value) in fields.pairs().filter(|(name, value)| names.contains(name) && !value.is_empty()) {
            input type="hidden" name=(name) value=(value);
        }
    }
}

fn questions(ask: Ask<'_>, who: &Who, around: &Around) -> Markup {
    let lang = ask.lang;
    let year = context::year_shown(who);
    let offered = around
        .catalogue
        .iter()
        .filter(|course| course.is_offered_in(year));
    let schools: Vec<Choice> = reached(who, &around.directory)
        .map(|school| Choice::new(school.id.to_string(), school.name.clone()))
        .collect();
    let mut rooms: BTreeSet<&str> = BTreeSet::new();
    let mut grades: BTreeSet<&str> = BTreeSet::new();
    for card in &around.cards {
        rooms.insert(&card.homeroom);
        grades.insert(&card.grade);
    }
    let rooms: Vec<Choice> = rooms
        .iter()
        .filter(|room| !room.is_empty())
        .map(|room| Choice::new(*room, *room))
        .collect();
    let grades: Vec<Choice> = grades
        .iter()
        .filter_map(|grade| grade.parse::<Grade>().ok())
        .map(|grade| {
            Choice::new(
                grade.as_str(),
                lang.tx("crumb-grade", &[("grade", grade.label().into())]),
            )
        })
        .collect();
    let hint = lang.t("requests-numbers-hint");
    html! {
        (ask.select("school", Width::Half, &schools))
        (ask.selects("course", &course_choices(offered), COURSES))
        (ask.choice("grade", Width::Third, &grades))
        (ask.choice("homeroom", Width::Third, &rooms))
        (ask.lines("numbers", 4, &hint))
    }
}

/// How many requests would be taken down, and how many not.
fn told(lang: Lang, sent: &Sent) -> String {
    let there = sent.answered.iter().filter(|one| one.is_there).count();
    let args = [
        ("in", there.into()),
        ("refused", (sent.answered.len() - there).into()),
        ("unknown", sent.unknown.len().into()),
    ];
    lang.tx("requests-many-told", &args).into_owned()
}

/// What becomes of each student's requests.
fn table(lang: Lang, around: &Around, sent: &Sent) -> Markup {
    let columns = vec![
        Column::new(lang.t("sections-student")),
        Column::new(lang.t("sections-grade")).hide_on_phone(),
        Column::new(lang.t("sections-result")),
    ];
    let code = |id: CourseId| {
        around
            .catalogue
            .iter()
            .find(|course| course.id == id)
            .map_or("", |one| one.code.as_str())
    };
    let mut by_student: BTreeMap<StudentId, Vec<&Answered>> = BTreeMap::new();
    for one in &sent.answered {
        by_student.entry(one.student).or_default().push(one);
    }
    let named = around
        .cards
        .iter()
        .filter_map(|card| Some((card, by_student.get(&card.student)?)));
    let rows = named.map(|(card, all)| {
        Row::new(vec![
            html! { (card.list_name) },
            html! { span class="num" { (lookup::grade(&card.grade)) } },
            html! { @for one in all { div {
                (pill(if one.is_there { PillState::Ok } else { PillState::Blocked }, code(one.course)))
                @for finding in findings::shown(lang, &one.findings).iter().filter(|found| found.severity == Severity::Refuse || one.is_there) {
                    (finding_line(lang, finding))
                }
            } } },
        ])
    });
    let unknown = sent.unknown.iter().map(|line| {
        Row::new(vec![
            html! { (line) },
            html! {},
            html! { (pill(PillState::Blocked, &lang.t("requests-unknown"))) },
        ])
    });
    Table::new(lang.t("requests-many"), columns)
        .rows(named_first(rows, unknown))
        .draw(lang)
}

fn named_first(rows: impl Iterator<Item = Row>, unknown: impl Iterator<Item = Row>) -> Vec<Row> {
    unknown.chain(rows).collect()
}

/// Checks, or does it.
pub(crate) async fn send(State(app): State<App>, Posted { who, fields }: Posted) -> PageResult {
    let permit = Permit::<ManageSections>::wide(who.standing()).or_stop(&app, &who)?;
    let around = around(&app, &who, fields.get("school")).await?;
    let is_applied = fields.get("act") == "apply";
    let year = context::year_shown(&who);
    let (answered, unknown) = match (read(&fields, &around), around.school) {
        (Ok((all, unknown)), Some(school)) => {
            let write = move |tx: &mut db::Tx| {
                if is_applied {
                    courses::ask_for(tx, &permit, (school, year), &all, "")
                } else {
                    courses::preview_requests(tx, &permit, (school, year), &all)
                }
            };
            (app.store().write(who.actor(), write).await, unknown)
        }
        (Err(failure), _) => (Err(failure), Vec::new()),
        (_, None) => (Err(Failure::refuse("LP-0005", "school")), Vec::new()),
    };
    let sent = match answered {
        Ok(_) if is_applied => return Ok(Answer::see(ADDRESS)),
        Ok(answered) => Sent {
            fields,
            found: Vec::new(),
            answered,
            unknown,
        },
        Err(failure) => Sent {
            found: findings::of_failure(who.lang(), failure).or_stop(&app, &who)?,
            fields,
            answered: Vec::new(),
            unknown,
        },
    };
    show(&app, &who, &around, &sent).await
}

/// Who asks for what. The form's token, the student and the course name the record, so that a form sent twice makes
/// one. Who is named by a number stands in the list whatever the grade; lines that name nobody come back.
fn read(fields: &Fields, around: &Around) -> Outcome<(Vec<AskFor>, Vec<String>)> {
    fields.fit()?;
    let mut findings = Findings::default();
    let is_school = around
        .school
        .is_some_and(|school| school.to_string() == fields.get("school"));
    if !is_school {
        findings.push(Finding::refuse("LP-0005", "school"));
    }
    let courses = courses_of(fields, around, &mut findings);
    let (grade, room) = (fields.get("grade"), fields.get("homeroom"));
    let is_of = |of: fn(&CardRow) -> &str, value: &str| {
        value.is_empty() || around.cards.iter().any(|card| of(card) == value)
    };
    if !is_of(|card| &card.grade, grade) {
        findings.push(Finding::refuse("LP-0008", "grade"));
    }
    if !is_of(|card| &card.homeroom, room) {
        findings.push(Finding::refuse("LP-0008", "homeroom"));
    }
    let (mut students, unknown) = by_number(fields.raw("numbers"), &around.cards);
    if !(grade.is_empty() && room.is_empty()) {
        let fits = |card: &&CardRow| {
            (grade.is_empty() || card.grade == grade) && (room.is_empty() || card.homeroom == room)
        };
        students.extend(around.cards.iter().filter(fits).map(|card| card.student));
    }
    students.sort();
    students.dedup();
    if students.is_empty() {
        findings.push(Finding::refuse("LP-0531", "numbers"));
    }
    findings.or_refuse()?;
    let token = fields.get("token");
    let ask = |student: StudentId, course: CourseId| AskFor {
        id: CourseRequestId::derived(&format!("{token} {student} {course}")),
        student,
        course,
        instead_of: None,
    };
    let all = students
        .iter()
        .flat_map(|student| courses.iter().map(move |course| ask(*student, *course)));
    Ok((all.collect(), unknown))
}

/// The courses of the form.
fn courses_of(fields: &Fields, around: &Around, findings: &mut Findings) -> Vec<CourseId> {
    let chosen = fields.all("course");
    let chosen: Vec<&String> = chosen.iter().filter(|id| !id.is_empty()).collect();
    let known = |id: &&String| {
        id.parse()
            .ok()
            .filter(|id| around.catalogue.iter().any(|course| course.id == *id))
    };
    let courses: Vec<CourseId> = chosen.iter().filter_map(known).collect();
    if courses.is_empty() || courses.len() < chosen.len() {
        findings.push(Finding::refuse("LP-0542", "course"));
    }
    courses
}

/// Who is named by a local number or an ASN, and the lines that name nobody.
fn by_number(numbers: &str, cards: &[CardRow]) -> (Vec<StudentId>, Vec<String>) {
    let (mut students, mut unknown) = (Vec::new(), Vec::new());
    for line in numbers
        .split(['\n', ',', ';'])
        .map(str::trim)
        .filter(|line| !line.is_empty())
    {
        match cards.iter().find(|card| is_numbered(card, line)) {
            Some(card) => students.push(card.student),
            None => unknown.push(line.to_owned()),
        }
    }
    (students, unknown)
}

/// Is that the local number or the ASN of the student?
pub(super) fn is_numbered(card: &CardRow, number: &str) -> bool {
    let bare = |text: &str| text.replace(['-', ' '], "");
    card.local_number == number || card.asn.is_some_and(|asn| bare(&asn.to_string()) == bare(number))
}
