//! The report of a run as a file: every request with its class, or why it has none.

use super::run::load;
use super::tables::why;
use crate::answer::{Answer, OrStop, PageResult};
use crate::who::Who;
use crate::{App, lookup};
use access::Permit;
use access::action::{Export, ViewStudents};
use axum::extract::{Path, State};
use db::Subject;
use exchange::export::{ExportFormat, ListOf, list_of};
use kernel::{CourseId, CourseLoadId, StudentId};
use people::CardRow;
use std::collections::HashMap;

/// The columns, by the words of their headings.
const COLUMNS: [&str; 6] = [
    "column-name",
    "import-name-local-number",
    "column-grade",
    "sections-course",
    "sections-section",
    "load-why",
];

/// The file.
pub(crate) async fn csv(State(app): State<App>, who: Who, Path(id): Path<CourseLoadId>) -> PageResult {
    let export = Permit::<Export>::wide(who.standing()).or_stop(&app, &who)?;
    let view = Permit::<ViewStudents>::wide(who.standing()).or_stop(&app, &who)?;
    let loaded = load(&app, &who, id).await?;
    let lang = who.lang();
    let plan = &loaded.run.plan;
    let placed = plan.placed.iter().map(|one| {
        let section = loaded.number(one.section).to_owned();
        (one.student, one.course, section, String::new())
    });
    let unplaced = plan.unplaced.iter().map(|one| {
        let why = why(lang, &loaded, one);
        (one.student, one.course, String::new(), why)
    });
    let mut all: Vec<(StudentId, CourseId, String, String)> = unplaced.chain(placed).collect();
    all.sort_by_key(|one| one.0);
    let file = app
        .store()
        .write(who.actor(), move |tx| {
            let mut students: Vec<StudentId> = all.iter().map(|one| one.0).collect();
            students.dedup();
            let cards = people::cards_of(tx, &view, &students)?;
            let cards: HashMap<StudentId, CardRow> =
                cards.into_iter().map(|card| (card.student, card)).collect();
            let mut lines: Vec<(&str, Vec<String>)> = all
                .iter()
                .filter_map(|(student, course, section, why)| {
                    let card = cards.get(student)?;
                    let line = vec![
                        card.list_name.clone(),
                        card.local_number.clone(),
                        lookup::grade(&card.grade),
                        loaded.course(*course),
                        section.clone(),
                        why.clone(),
                    ];
                    Some((card.sort_name.as_str(), line))
                })
                .collect();
            lines.sort();
            let lines: Vec<Vec<String>> = lines.into_iter().map(|(_, line)| line).collect();
            let list = ListOf {
                verb: "load.export",
                subject: Subject::new("course_load", id),
                filter: serde_json::json!({ "load": id }),
                headings: &COLUMNS.map(|words| lang.t(words).into_owned()),
                reason: "",
                format: ExportFormat::Csv,
            };
            list_of(tx, &export, &list, &lines)
        })
        .await
        .or_stop(&app, &who)?;
    let today = app.store().now().date();
    Ok(Answer::csv(&format!("requests-{today}"), file))
}
