//! The students behind a number, and the same as a file.

use super::super::summary::days;
use super::{Asked, Narrowed, Shown, tab_bar};
use crate::answer::{Answer, OrStop, PageResult};
use crate::posted::{Fields, Posted};
use crate::who::Who;
use crate::{App, context, findings, lookup};
use access::Permit;
use access::action::{Export, ViewStudents};
use attendance::{Tally, rules};
use axum::extract::{Query, State};
use db::{Reader, Reading, Subject};
use exchange::export::{ExportFormat, ListOf, REASON_FROM, list_of};
use kernel::{Failure, Findings, Grade, Outcome, SchoolId, StudentId};
use maud::{Markup, html};
use people::CardRow;
use std::collections::{BTreeMap, HashMap};
use ui::ctx::{Ctx, Job};
use ui::form::{Choice, Field, Finding as Found, Form, Width, form_end, summary};
use ui::head::{Crumb, PageHead};
use ui::table::{Column, Row, Table};
use ui::{Action, Icon, Lang, card};

/// Students of one page; the file has all.
const MOST: usize = 400;

/// A student behind the number.
struct Line {
    card: CardRow,
    school: SchoolId,
    grade: Grade,
    /// Parts of a day.
    missed: u32,
    /// Half days.
    possible: u32,
}

impl Line {
    fn permille(&self) -> i64 {
        let whole = i64::from(self.possible.max(1)) * i64::from(Tally::DAY / 2);
        i64::from(self.missed) * 1000 / whole
    }
}

/// Who missed most comes first. Only students the permit covers.
fn lines(at: &mut impl Reading, view: &Permit<ViewStudents>, shown: &Shown) -> Outcome<Vec<Line>> {
    let counted: Vec<_> = shown
        .all
        .lines
        .iter()
        .filter(|line| shown.narrowed.holds(line))
        .copied()
        .collect();
    let place: BTreeMap<StudentId, (SchoolId, Grade)> = counted
        .iter()
        .map(|line| (line.student, (line.school, line.grade)))
        .collect();
    let mut sums = rules::by_student(&counted);
    sums.retain(|_, (missed, possible)| rules::is_chronic(*missed, *possible, shown.year));
    let students: Vec<StudentId> = sums.keys().copied().collect();
    let cards = people::cards_of(at, view, &students)?;
    let mut cards: HashMap<StudentId, CardRow> = cards.into_iter().map(|card| (card.student, card)).collect();
    let mut all: Vec<Line> = sums
        .into_iter()
        .filter_map(|(student, (missed, possible))| {
            let (school, grade) = *place.get(&student)?;
            Some(Line {
                card: cards.remove(&student)?,
                school,
                grade,
                missed,
                possible,
            })
        })
        .collect();
    all.sort_by(|one, other| {
        let order = other.permille().cmp(&one.permille());
        order.then_with(|| one.card.sort_name.cmp(&other.card.sort_name))
    });
    Ok(all)
}

/// The page.
pub(crate) async fn page(State(app): State<App>, who: Who, Query(asked): Query<Asked>) -> PageResult {
    Ok(draw(&app, &who, &asked, (&Fields::default(), &[])).await?.into())
}

async fn draw(
    app: &App,
    who: &Who,
    asked: &Asked,
    typed: (&Fields, &[Found]),
) -> Result<Markup, crate::answer::Stopped> {
    let year = context::year_shown(who);
    let (asking, wanted) = (who.clone(), asked.clone());
    let read = move |at: &mut Reader| {
        let view = Permit::<ViewStudents>::wide(asking.standing())?;
        let shown = Shown::read(at, &asking, &wanted, year)?;
        let lines = lines(at, &view, &shown)?;
        Ok((shown, lines))
    };
    let (shown, lines) = app.store().read(who.division(), read).await.or_stop(app, who)?;
    let ctx = context::of(app, who, Job::Attendance).await?;
    let lang = ctx.lang;
    let whole = Narrowed {
        month: None,
        ..shown.narrowed
    };
    let many = lang.tx("chronic-listed", &[("n", lines.len().into())]);
    let facts = format!("{} · {many}", shown.narrowed.words(lang, &shown.directory, year));
    let body = html! {
        (PageHead::new(lang.t("chronic-list-title")).facts(facts)
            .crumbs(vec![Crumb::link(lang.t("attendance-tab-chronic"), whole.page(""))]).draw())
        (tab_bar(who, &shown))
        div class="stack mt" {
            (table(lang, &shown, &lines))
            @if lines.len() > MOST { p class="sm dim m-0" { (lang.tx("chronic-first", &[("n", MOST.into())])) } }
            @if !lines.is_empty() { (file_form(&ctx, &shown, lines.len(), typed)) }
        }
    };
    Ok(ui::shell::page(&ctx, lang.t("chronic-list-title"), body))
}

fn table(lang: Lang, shown: &Shown, lines: &[Line]) -> Markup {
    let columns = vec![
        Column::new(lang.t("column-name")),
        Column::new(lang.t("column-school")).hide_on_phone(),
        Column::new(lang.t("column-grade")),
        Column::figures(lang.t("summary-missed")),
        Column::figures(lang.t("chronic-possible")).hide_on_phone(),
        Column::figures(lang.t("summary-percent")),
    ];
    let rows = lines.iter().take(MOST).map(|line| {
        Row::new(vec![
            html! { a class="plain b" href={ "/students/" (line.card.student) "/attendance" } { (line.card.list_name) } },
            html! { (shown.directory.name(line.school)) },
            html! { (lookup::grade(line.grade.as_str())) },
            html! { (days(lang, line.missed)) },
            html! { (days(lang, line.possible * (Tally::DAY / 2))) },
            html! { (lang.percent(line.permille())) },
        ])
        .leads()
    });
    let title = lang.t("chronic-list-title");
    let table = Table::new(title.clone(), columns)
        .rows(rows.collect())
        .empty(ui::waiting::cleared(&lang.t("summary-none")))
        .draw(lang);
    card::bare_card(&card::Head::new("who", title), &table)
}

fn file_form(ctx: &Ctx, shown: &Shown, many: usize, (typed, found): (&Fields, &[Found])) -> Markup {
    let lang = ctx.lang;
    let (why, kind) = (lang.t("export-reason"), lang.t("export-format"));
    let hint = lang.tx("export-reason-hint", &[("n", REASON_FROM.into())]);
    let formats = [Choice::new("csv", "CSV"), Choice::new("xlsx", "Excel")];
    let format = typed.some("format").unwrap_or_else(|| "xlsx".to_owned());
    let reason = Field::new(lang, "reason", &why)
        .hint(&hint)
        .value(typed.get("reason"))
        .findings(found)
        .max_length(200)
        .width(Width::Half);
    let reason = if needs_reason(many) {
        reason.required()
    } else {
        reason.optional()
    };
    let fields = html! {
        div class="cb fg" {
            (summary(lang, found, &["format", "reason"]))
            (Field::new(lang, "format", &kind).value(&format).findings(found).width(Width::Half).segmented(&formats))
            (reason.text())
            p class="f w12 sm sub m-0" { (lang.t("export-handle")) }
        }
        (form_end(lang, &html! {}, &shown.narrowed.page(""), &Action::submit(lang.t("export-go")).icon(Icon::Download)))
    };
    let address = shown.narrowed.students();
    card::bare_card(
        &card::Head::new("file", lang.t("chronic-file")),
        &Form::post(&address).class("no-print").draw_in(ctx, &fields),
    )
}

fn needs_reason(many: usize) -> bool {
    i64::try_from(many).is_ok_and(|many| many >= REASON_FROM)
}

/// The file.
pub(crate) async fn send(
    State(app): State<App>,
    Query(asked): Query<Asked>,
    Posted { who, fields }: Posted,
) -> PageResult {
    match file(&app, &who, &asked, &fields).await {
        Ok((format, bytes)) => {
            let name = format!("chronic-absence-{}", app.store().now().date());
            Ok(Answer::list(&name, format, bytes))
        }
        Err(failure) => {
            let found = findings::of_failure(who.lang(), failure).or_stop(&app, &who)?;
            Ok(Answer::again(draw(&app, &who, &asked, (&fields, &found)).await?))
        }
    }
}

async fn file(app: &App, who: &Who, asked: &Asked, fields: &Fields) -> Outcome<(ExportFormat, Vec<u8>)> {
    let export = Permit::<Export>::wide(who.standing())?;
    let view = Permit::<ViewStudents>::wide(who.standing())?;
    let (format, reason) = said(fields)?;
    let year = context::year_shown(who);
    let (asking, wanted) = (who.clone(), asked.clone());
    let read = move |at: &mut Reader| {
        let shown = Shown::read(at, &asking, &wanted, year)?;
        let lines = lines(at, &view, &shown)?;
        Ok((shown.directory, lines))
    };
    let (directory, lines) = app.store().read(who.division(), read).await?;
    if needs_reason(lines.len()) && reason.chars().count() < 3 {
        return Err(Failure::refuse("LP-0871", "reason"));
    }
    let lang = who.lang();
    let headings = [
        "column-name",
        "import-name-local-number",
        "column-school",
        "column-grade",
        "summary-missed",
        "chronic-possible",
        "summary-percent",
    ]
    .map(|words| lang.t(words).into_owned());
    let rows: Vec<Vec<String>> = lines
        .iter()
        .map(|line| cells(lang, line, directory.name(line.school)))
        .collect();
    let filter = serde_json::json!({
        "year": year.number(), "school": asked.school, "grade": asked.grade, "month": asked.month,
    });
    let write = move |tx: &mut db::Tx| {
        let list = ListOf {
            verb: "attendance.export",
            subject: Subject::new("division", tx.division()),
            filter: &filter,
            headings: &headings,
            reason: &reason,
            format,
        };
        list_of(tx, &export, &list, &rows)
    };
    let bytes = app.store().write(who.actor(), write).await?;
    Ok((format, bytes))
}

/// What kind of file, and why.
fn said(fields: &Fields) -> Outcome<(ExportFormat, String)> {
    fields.fit()?;
    fields.at_most("reason", 200)?;
    let mut findings = Findings::default();
    let format = fields.parsed("format", "LP-0008", &mut findings);
    findings.or_refuse()?;
    let reason = kernel::text::squeeze(fields.get("reason"));
    Ok((format.unwrap_or(ExportFormat::Csv), reason))
}

fn cells(lang: Lang, line: &Line, school: &str) -> Vec<String> {
    vec![
        line.card.list_name.clone(),
        line.card.local_number.clone(),
        school.to_owned(),
        lookup::grade(line.grade.as_str()),
        days(lang, line.missed),
        days(lang, line.possible * (Tally::DAY / 2)),
        lang.percent(line.permille()),
    ]
}
