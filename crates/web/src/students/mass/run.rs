//! The work of a batch, done in the background in the person's name: one chunk
//! a transaction, in the lane that lets persons pass.

use super::{PATIENCE, path};
use crate::App;
use crate::answer::{Answer, OrStop, PageResult};
use crate::who::Who;
use access::action::{EditStudents, ManageEnrolment, MassUpdate, ViewStudents};
use access::{Permit, Standing};
use db::Lane;
use enrolment::mass::{self, Runner};
use kernel::{MassUpdateId, Outcome};
use pasi::ProvinceRules;

/// Lets the work run and goes to the batch's page: with the end of it when that
/// is soon, else with how far it is.
pub(in crate::students) async fn go(app: &App, who: &Who, id: MassUpdateId) -> PageResult {
    Permit::<ManageEnrolment>::wide(who.standing()).or_stop(app, who)?;
    let (task, standing) = (app.clone(), who.standing().clone());
    let work = tokio::spawn(async move { all(task, standing, id).await });
    match tokio::time::timeout(PATIENCE, work).await {
        Ok(Ok(done)) => done.or_stop(app, who)?,
        Ok(Err(panicked)) => tracing::error!("a change to many stopped: {panicked}"),
        Err(_) => {} // it goes on by itself
    }
    Ok(Answer::see(path(id)))
}

/// Chunk after chunk until nothing is left, or somebody stops it.
async fn all(app: App, standing: Standing, id: MassUpdateId) -> Outcome<()> {
    let name = uuid::Uuid::new_v4().to_string();
    loop {
        let (mine, standing) = (name.clone(), standing.clone());
        let actor = standing.actor.clone();
        let worked = app
            .store()
            .write_in(Lane::Batch, &actor, move |tx| {
                let runner = Runner {
                    name: &mine,
                    mass: &Permit::<MassUpdate>::wide(&standing)?,
                    manage: &Permit::<ManageEnrolment>::wide(&standing)?,
                    view: &Permit::<ViewStudents>::wide(&standing)?,
                    edit: &Permit::<EditStudents>::wide(&standing)?,
                };
                mass::work(tx, &runner, id, |tx, student| {
                    ProvinceRules::of(tx, Some(student))
                })
            })
            .await;
        match worked {
            Ok(true) => {}
            Ok(false) => {
                app.kick();
                return Ok(());
            }
            Err(failure) => {
                tracing::warn!(batch = %id, "a change to many waits: {}", failure.log_line());
                return Err(failure);
            }
        }
    }
}
