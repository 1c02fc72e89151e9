//! "Check PASI now": what is newer is read, and both sides are compared.

use super::queue::Asked;
use crate::App;
use crate::answer::{Answer, OrStop, PageResult};
use crate::posted::Posted;
use access::Permit;
use access::action::DecidePasi;
use axum::extract::{Query, State};
use kernel::Failure;
use std::time::Duration;

/// How long the page waits; the check goes on by itself afterwards.
const PATIENCE: Duration = Duration::from_secs(4);

/// Asks, and says what came of it.
pub(crate) async fn now(
    State(app): State<App>,
    Query(asked): Query<Asked>,
    Posted { who, .. }: Posted,
) -> PageResult {
    Permit::<DecidePasi>::wide(who.standing()).or_stop(&app, &who)?;
    let Some(connector) = app.connector().cloned() else {
        return Ok(Answer::see(asked.saying("off").path()));
    };
    let checking = tokio::spawn(async move { connector.check().await });
    let said = match tokio::time::timeout(PATIENCE, checking).await {
        Ok(Ok(Ok(check))) => format!("checked.{}.{}", check.came, check.put_right()),
        // A check is under way, by another person or by itself.
        Ok(Ok(Err(Failure::Conflict(_)))) | Err(_) => "checking".to_owned(),
        Ok(Ok(Err(Failure::Unavailable(_)))) => "away".to_owned(),
        Ok(Ok(Err(failure))) => return Err(failure).or_stop(&app, &who),
        Ok(Err(stopped)) => {
            let fault = Failure::Fault(format!("the check stopped: {stopped}"));
            return Err(fault).or_stop(&app, &who);
        }
    };
    Ok(Answer::see(asked.saying(&said).path()))
}
