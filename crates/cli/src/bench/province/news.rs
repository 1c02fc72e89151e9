//! From a change that somebody else makes until it stands in the SIS: told by
//! the long poll, read, compared.

use super::super::figure::{Figure, Goal, millis, percentile};
use super::ask::another_language;
use super::live::Live;
use crate::demo::DIVISION;
use crate::ending::Stop;
use kernel::StudentId;
use std::time::{Duration, Instant};

/// Changes measured.
const CHANGES: usize = 100;
/// Longest wait for one.
const PATIENCE: Duration = Duration::from_secs(30);
/// How often the SIS is looked at.
const LOOK: Duration = Duration::from_millis(1);

/// Changes from outside, beside a bare read of the changed student.
pub(super) async fn figures(live: &Live) -> Result<Vec<Figure>, Stop> {
    let (mut seen, mut bare) = (Vec::new(), Vec::new());
    for (student, asn) in live.some(CHANGES) {
        let before = differing(live, student).await?;
        live.listens().await;
        let began = Instant::now();
        let outside = live.server.outside();
        let changed = outside.change(asn, |student| {
            let other = another_language(student.language_at_home.as_deref());
            student.language_at_home = Some(other.to_owned());
        });
        changed.await.map_err(|error| Stop::Problems(error.to_string()))?;
        while differing(live, student).await? == before {
            if began.elapsed() > PATIENCE {
                return Err(Stop::Problems("a change at the province never came".to_owned()));
            }
            tokio::time::sleep(LOOK).await;
        }
        seen.push(began.elapsed());
        let began = Instant::now();
        live.bare.student(asn).await?;
        bare.push(began.elapsed());
    }
    let figure = |percent, seen: &mut [Duration], bare: &mut [Duration]| {
        let name = format!("change at the province until it is seen p{percent}, limit a bare read");
        Figure::new(name, millis(percentile(seen, percent)), "ms").limit(millis(percentile(bare, percent)))
    };
    Ok(vec![
        figure(50, &mut seen, &mut bare),
        figure(95, &mut seen, &mut bare).goal(Goal::AtMost(1_000.0)),
    ])
}

/// The province's language at home, where it is not ours.
async fn differing(live: &Live, student: StudentId) -> Result<Option<String>, Stop> {
    let read = live
        .store
        .read(DIVISION, move |at| pasi::differences(at, student));
    let mut found = read.await?.into_iter();
    Ok(found
        .find(|found| found.field == "language")
        .map(|found| found.theirs))
}
