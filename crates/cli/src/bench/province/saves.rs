//! From a save at the counter until the province has taken it, beside the bare
//! round trip of the same submit.

use super::super::blocking;
use super::super::figure::{Figure, Goal, millis, percentile};
use super::ask::another_language;
use super::live::Live;
use crate::demo::DIVISION;
use crate::ending::Stop;
use access::Permit;
use access::action::{EditStudents, ViewStudents};
use db::{Lane, Store};
use kernel::{Actor, Outcome, StudentId};
use people::{ChangeIdentity, On};
use std::time::{Duration, Instant};

/// Saves measured, and as many bare submits.
const SAVES: usize = 100;
/// Saves before any is counted.
const WARM_UP: usize = 10;
/// Longest wait for the province to take one.
const PATIENCE: Duration = Duration::from_secs(10);

/// Saves and bare submits in turns, so that both meet the same machine.
pub(super) async fn figures(live: &Live) -> Result<Vec<Figure>, Stop> {
    let (mut saved, mut bare) = (Vec::new(), Vec::new());
    let some: Vec<_> = live.some(2 * (WARM_UP + SAVES)).collect();
    for (turn, pair) in some.chunks_exact(2).enumerate() {
        let at_the_counter = save(live, pair[0].0).await?;
        let student = live.bare.student(pair[1].1).await?;
        let began = Instant::now();
        live.bare.say_another_language(&student).await?;
        if turn >= WARM_UP {
            saved.push(at_the_counter);
            bare.push(began.elapsed());
        }
    }
    let beyond = |percent, saved: &mut [Duration], bare: &mut [Duration]| {
        let (ours, limit) = (percentile(saved, percent), percentile(bare, percent));
        let name = format!("save until the province has it, beyond its round trip p{percent}");
        Figure::new(name, millis(ours.saturating_sub(limit)), "ms").limit(millis(limit))
    };
    Ok(vec![
        beyond(50, &mut saved, &mut bare),
        beyond(95, &mut saved, &mut bare).goal(Goal::AtMost(50.0)),
    ])
}

/// A person saves another language at home; until the province has it.
async fn save(live: &Live, student: StudentId) -> Result<Duration, Stop> {
    let store = live.store.clone();
    let began = Instant::now();
    blocking(move || Ok(change(&store, student)?)).await?;
    if live.connector.settle_student(student, PATIENCE).await? {
        Ok(began.elapsed())
    } else {
        Err(Stop::Problems("the province did not take a save".to_owned()))
    }
}

fn change(store: &Store, student: StudentId) -> Outcome<()> {
    let actor = Actor::system(DIVISION, "Measuring");
    let view = Permit::<ViewStudents>::program(&actor)?;
    let edit = Permit::<EditStudents>::program(&actor)?;
    store.write_now(Lane::Interactive, &actor, |tx| {
        let ours = people::student(tx, &view, student)?;
        let mut identity = ours.identity.clone();
        another_language(Some(&ours.identity.language_at_home)).clone_into(&mut identity.language_at_home);
        let change = ChangeIdentity {
            identity,
            document_last_four: None,
        };
        let on = On::seen(student, student, ours.version);
        people::change_identity(tx, &edit, &on, &change).map(drop)
    })
}
