//! A batch as a file, through the one door of all lists: every student, what becomes of each, and why.

use super::words::{place, value};
use super::{Asked, load};
use crate::answer::{Answer, OrStop, PageResult};
use crate::who::Who;
use crate::{App, findings, lookup};
use access::Permit;
use access::action::{Export, MassUpdate, ViewStudents};
use axum::extract::{Path, Query, State};
use db::Subject;
use enrolment::mass::{self, MassChange, Row, RowState, Wanted};
use exchange::export::{ExportFormat, ListOf, list_of};
use kernel::{MassUpdateId, StudentId};
use people::CardRow;
use schools::Directory;
use std::collections::HashMap;
use ui::Lang;

/// The columns, by the words of their headings.
const COLUMNS: [&str; 9] = [
    "column-name",
    "import-name-local-number",
    "column-school",
    "column-grade",
    "column-state",
    "mass-old",
    "mass-new",
    "year-rules",
    "mass-says",
];

/// The file: of the rows on screen when some are asked for, else of all.
pub(crate) async fn csv(
    State(app): State<App>,
    who: Who,
    Path(id): Path<MassUpdateId>,
    Query(asked): Query<Asked>,
) -> PageResult {
    let export = Permit::<Export>::wide(who.standing()).or_stop(&app, &who)?;
    let mass = Permit::<MassUpdate>::wide(who.standing()).or_stop(&app, &who)?;
    let view = Permit::<ViewStudents>::wide(who.standing()).or_stop(&app, &who)?;
    let batch = load(&app, &who, id).await?;
    let lang = who.lang();
    let states: Vec<RowState> = asked.show.parse().into_iter().collect();
    let file = app
        .store()
        .write(who.actor(), move |tx| {
            let wanted = Wanted {
                states: &states,
                school: asked.school(),
                after: 0,
                limit: i64::MAX,
            };
            let rows = mass::rows(tx, &mass, id, wanted)?;
            let students: Vec<StudentId> = rows.iter().map(|row| row.student).collect();
            let cards = people::cards_of(tx, &view, &students)?;
            let cards: HashMap<StudentId, CardRow> =
                cards.into_iter().map(|card| (card.student, card)).collect();
            let directory = schools::directory(tx)?;
            let lines: Vec<Vec<String>> = rows
                .iter()
                .filter_map(|row| {
                    Some(cells(
                        lang,
                        batch.change.as_ref(),
                        (row, cards.get(&row.student)?),
                        &directory,
                    ))
                })
                .collect();
            let list = ListOf {
                verb: "mass-update.export",
                subject: Subject::new("mass-update", id),
                filter: serde_json::json!({ "show": asked.show, "school": asked.school() }),
                headings: &COLUMNS.map(|words| lang.t(words).into_owned()),
                reason: "",
                format: ExportFormat::Csv,
            };
            list_of(tx, &export, &list, &lines)
        })
        .await
        .or_stop(&app, &who)?;
    let today = app.store().now().date();
    Ok(Answer::csv(&format!("changes-{today}"), file))
}

/// A row, in the order of [`COLUMNS`].
fn cells(
    lang: Lang,
    change: Option<&MassChange>,
    (row, card): (&Row, &CardRow),
    directory: &Directory,
) -> Vec<String> {
    let words = |text: &str| match change {
        Some(MassChange::Register(_)) => place(lang, text, directory)
            .map(|(school, facts)| format!("{school}, {facts}"))
            .unwrap_or_default(),
        Some(change) => value(lang, change, text),
        None => String::new(),
    };
    let found = row.findings.0.iter();
    let rules: Vec<&str> = found.clone().map(|finding| finding.code.as_str()).collect();
    let says: Vec<String> = found.map(|finding| findings::sentence(lang, finding)).collect();
    let school = row.seat.map(|seat| directory.name(seat.school).to_owned());
    let grade = row.seat.map_or_else(
        || lookup::grade(&card.grade),
        |seat| seat.grade.label().to_owned(),
    );
    vec![
        card.list_name.clone(),
        card.local_number.clone(),
        school.unwrap_or_default(),
        grade,
        lang.t(&format!("mass-row-{}", row.state.as_str())).into_owned(),
        words(&row.old),
        words(&row.new),
        rules.join(", "),
        says.join(" "),
    ]
}
