//! Every finding of a run as CSV, without a limit.

use super::load;
use crate::answer::{Answer, OrStop, PageResult};
use crate::who::Who;
use crate::{App, findings};
use axum::extract::{Path, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::IntoResponse;
use exchange::export::CsvList;
use kernel::{Failure, ImportId, Severity};

/// The file.
pub(crate) async fn file(State(app): State<App>, who: Who, Path(id): Path<ImportId>) -> PageResult {
    let (_, permits) = load(&app, &who, id).await?;
    let (lang, store) = (who.lang(), app.store().clone());
    let headings = ["row", "label", "weight", "column", "value", "finding", "code"]
        .map(|name| lang.t(&format!("import-csv-{name}")).into_owned());
    let work = move || {
        let mut list = CsvList::new(&headings);
        exchange::problems(&store, &permits, id, &mut |run, view| {
            for finding in &view.row.findings.0 {
                let weight = if finding.severity == Severity::Refuse {
                    "import-tab-problem"
                } else {
                    "import-tab-noted"
                };
                let value = run.place_of(&finding.field).and_then(|at| view.row.cells.get(at));
                let column = if finding.field.is_empty() {
                    ""
                } else {
                    run.heading_of(&finding.field)
                };
                list.row(&[
                    view.row.number.to_string(),
                    view.label.clone(),
                    lang.t(weight).into_owned(),
                    column.to_owned(),
                    value.cloned().unwrap_or_default(),
                    findings::sentence(lang, finding),
                    finding.code.clone(),
                ]);
            }
        })?;
        Ok(list.finish())
    };
    let made = tokio::task::spawn_blocking(work)
        .await
        .map_err(|error| Failure::Fault(format!("a list of findings stopped: {error}")));
    let bytes = made.and_then(|bytes| bytes).or_stop(&app, &who)?;
    let headers = [
        (CONTENT_TYPE, "text/csv; charset=utf-8"),
        (CONTENT_DISPOSITION, "attachment; filename=\"findings.csv\""),
        (CACHE_CONTROL, "no-store"),
    ];
    Ok(Answer::Other(Box::new((headers, bytes).into_response())))
}
