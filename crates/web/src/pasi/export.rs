//! The queue as a file: as filtered on screen, through the one door of all lists.

use super::queue::{self, Asked};
use crate::answer::{Answer, OrStop, PageResult};
use crate::listing;
use crate::who::Who;
use crate::{App, cover};
use access::Permit;
use access::action::{Export, ViewPasi};
use axum::extract::{Query, State};
use db::Subject;
use exchange::export::{ListOf, list_of};
use pasi::QueueRow;
use schools::Directory;
use ui::Lang;

/// Rows in a file at most.
const ROWS: i64 = 5_000;

/// The columns, by the words of their headings.
const COLUMNS: [&str; 8] = [
    "column-state",
    "export-student",
    "export-record",
    "column-rule",
    "export-finding",
    "column-school",
    "export-since",
    "export-assigned",
];

/// The file. A row under a caution that the person has not read says no more than on screen.
pub(crate) async fn send(State(app): State<App>, who: Who, Query(asked): Query<Asked>) -> PageResult {
    let export = Permit::<Export>::wide(who.standing()).or_stop(&app, &who)?;
    let view = Permit::<ViewPasi>::wide(who.standing()).or_stop(&app, &who)?;
    let (lang, since, standing) = (who.lang(), who.signed_in.since, who.standing().clone());
    let (me, chosen) = (who.holder().account, who.school());
    let format = listing::format(&asked.format);
    let headings = COLUMNS.map(|words| lang.t(&format!("pasi-page-{words}")).into_owned());
    let file = app
        .store()
        .write(who.actor(), move |tx| {
            let directory = schools::directory(tx)?;
            let narrowed = asked.narrowed(me, chosen, ROWS);
            let mut rows = pasi::queue(tx, &view, narrowed)?;
            cover::lift(tx, &standing, since, &mut rows)?;
            cover::seal(tx, &standing, &mut rows)?;
            queue::keep_fitting(&mut rows, &directory, &asked);
            let rows: Vec<Vec<String>> = rows.iter().map(|row| cells(lang, row, &directory)).collect();
            let list = ListOf {
                verb: "pasi.export",
                subject: Subject::new("list", "pasi"),
                filter: serde_json::json!({ "tab": asked.tab(), "school": narrowed.school }),
                headings: &headings,
                reason: "",
                format,
            };
            list_of(tx, &export, &list, &rows)
        })
        .await
        .or_stop(&app, &who)?;
    let today = app.store().now().date();
    Ok(Answer::list(&format!("pasi-queue-{today}"), format, file))
}

/// A row, in the order of [`COLUMNS`].
fn cells(lang: Lang, row: &QueueRow, directory: &Directory) -> Vec<String> {
    let shown = Some(row).filter(|row| !row.is_cautioned);
    let kind = |row: &QueueRow| {
        let item = row.item.as_ref();
        let kind = item.map_or("student", |item| item.record_kind.as_str());
        lang.t(&format!("record-{kind}")).into_owned()
    };
    let school = |row: &QueueRow| Some(directory.name(row.school?).to_owned());
    let carer = |row: &QueueRow| Some(row.assigned.as_ref()?.name.clone());
    vec![
        queue::state(row.item.as_ref()).word(lang).into_owned(),
        row.name.clone(),
        shown.map(kind).unwrap_or_default(),
        queue::rule(row),
        queue::line(lang, row),
        shown.and_then(school).unwrap_or_default(),
        row.since.date().to_string(),
        shown.and_then(carer).unwrap_or_default(),
    ]
}
