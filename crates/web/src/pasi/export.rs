//! The queue as a file: CSV, as filtered on screen, kept in the audit.

use super::queue::{self, Asked};
use crate::App;
use crate::answer::{Answer, OrStop, PageResult};
use crate::who::Who;
use access::Permit;
use access::action::{Export, ViewPasi};
use axum::extract::{Query, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::IntoResponse;
use pasi::QueueRow;
use schools::Directory;
use ui::Lang;

/// Rows in a file at most.
const ROWS: i64 = 5_000;

/// The file.
pub(crate) async fn csv(State(app): State<App>, who: Who, Query(asked): Query<Asked>) -> PageResult {
    let export = Permit::<Export>::wide(who.standing()).or_stop(&app, &who)?;
    let view = Permit::<ViewPasi>::wide(who.standing()).or_stop(&app, &who)?;
    let (wanted, me, chosen) = (asked.clone(), who.holder().account, who.school());
    let (rows, directory) = app
        .store()
        .write(who.actor(), move |tx| {
            let directory = schools::directory(tx)?;
            let narrowed = wanted.narrowed(me, chosen, ROWS);
            let mut rows = pasi::export(tx, (&view, &export), narrowed, wanted.tab())?;
            queue::keep_fitting(&mut rows, &directory, &wanted);
            Ok((rows, directory))
        })
        .await
        .or_stop(&app, &who)?;
    let today = app.store().now().date();
    let headers = [
        (CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (
            CONTENT_DISPOSITION,
            format!("attachment; filename=\"pasi-queue-{today}.csv\""),
        ),
        (CACHE_CONTROL, "no-store".to_owned()),
    ];
    let response = (headers, file(who.lang(), &rows, &directory)).into_response();
    Ok(Answer::Other(Box::new(response)))
}

/// The rows as CSV with a heading. It begins with the mark by which
/// spreadsheets know UTF-8.
fn file(lang: Lang, rows: &[QueueRow], directory: &Directory) -> String {
    let headings = [
        "column-state",
        "export-student",
        "export-record",
        "column-rule",
        "export-finding",
        "column-school",
        "export-since",
        "export-assigned",
    ];
    let headings = headings.map(|words| lang.t(&format!("pasi-page-{words}")).into_owned());
    let mut text = format!("\u{feff}{}", line(&headings));
    for row in rows {
        let kind = row
            .item
            .as_ref()
            .map_or("student", |item| item.record_kind.as_str());
        let cells = [
            queue::state(row.item.as_ref()).word(lang).into_owned(),
            row.name.clone(),
            lang.t(&format!("record-{kind}")).into_owned(),
            queue::rule(row),
            queue::line(lang, row),
            row.school
                .map(|school| directory.name(school).to_owned())
                .unwrap_or_default(),
            row.since.date().to_string(),
            row.assigned
                .as_ref()
                .map(|assigned| assigned.name.clone())
                .unwrap_or_default(),
        ];
        text.push_str(&line(&cells));
    }
    text
}

fn line(cells: &[String]) -> String {
    let cells: Vec<String> = cells.iter().map(|cell| cell_of(cell)).collect();
    format!("{}\r\n", cells.join(","))
}

/// A cell that no spreadsheet takes for a formula.
fn cell_of(text: &str) -> String {
    let plain = text.replace(['\r', '\n', '\t'], " ");
    let is_formula = plain.trim_start().starts_with(['=', '+', '-', '@']);
    let defused = if is_formula { format!("'{plain}") } else { plain };
    if defused.contains(['"', ',', ';']) {
        format!("\"{}\"", defused.replace('"', "\"\""))
    } else {
        defused
    }
}

#[cfg(test)]
mod tests {
    use super::cell_of;

    #[test]
    fn no_cell_is_taken_for_a_formula_or_breaks_its_row() {
        for (text, cell) in [
            ("Tremblay, Maëlle", "\"Tremblay, Maëlle\""),
            ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
            (" +1", "' +1"),
            ("-2", "'-2"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("a\tb\r\nc", "a b  c"),
            ("say \"no\"", "\"say \"\"no\"\"\""),
            ("3004", "3004"),
            ("", ""),
        ] {
            assert_eq!(cell_of(text), cell, "{text:?}");
        }
    }
}
