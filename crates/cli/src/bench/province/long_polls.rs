//! Many systems that listen at once: what it costs while nothing happens, and
//! how soon all of them know when something does.

use super::super::figure::{Figure, Goal, millis};
use super::super::process;
use super::ask::Bare;
use super::whole::Whole;
use crate::ending::Stop;
use pasi_wire::window::{NotificationType, Topic};
use std::time::{Duration, Instant};
use tokio::task::JoinSet;

/// How long nothing happens.
const IDLE: Duration = Duration::from_secs(10);
/// Processor seconds that are nothing: a hundredth is the least that is counted.
const NOTHING: f64 = 0.02;

/// So many long polls, each on a connection of its own.
pub(super) async fn figures(whole: &Whole, listeners: usize) -> Result<Vec<Figure>, Stop> {
    let topic = Topic::of(NotificationType::Student);
    let writer = whole.division()?;
    let told = writer.newer(&[topic], 0).await?;
    let newest = told
        .into_iter()
        .flat_map(|(_, pairs)| pairs)
        .max_by_key(|pair| pair.version)
        .ok_or_else(|| Stop::Problems("the province tells of nobody".to_owned()))?;
    let known = newest.version;
    let mut listening = JoinSet::new();
    for _ in 0..listeners {
        let listener = whole.division()?;
        listening.spawn(async move { answered(&listener, topic, known).await });
    }
    process::calm(whole.pid()).await?;
    let before = process::processor(whole.pid())?;
    tokio::time::sleep(IDLE).await;
    let idle = process::processor(whole.pid())?.saturating_sub(before);
    if let Some(early) = listening.try_join_next() {
        drop(early);
        return Err(Stop::Problems(
            "a long poll was answered though nothing happened".to_owned(),
        ));
    }
    let asn = newest
        .id
        .parse()
        .map_err(|_| Stop::Problems("the province told of a number that is none".to_owned()))?;
    let student = writer.student(asn).await?;
    let began = Instant::now();
    writer.say_another_language(&student).await?;
    let stored = began.elapsed();
    let (mut all, mut last) = (0_u32, stored);
    while let Some(one) = listening.join_next().await {
        let at = one.map_err(|error| Stop::Problems(format!("a listener stopped: {error}")))??;
        all += 1;
        last = last.max(at.saturating_duration_since(began));
    }
    Ok(vec![
        Figure::new(
            format!(
                "processor time of the province in {} s of {listeners} long polls",
                IDLE.as_secs()
            ),
            idle.as_secs_f64(),
            "s",
        )
        .goal(Goal::AtMost(NOTHING)),
        Figure::new("long polls answered by one change", f64::from(all), "of them").goal(Goal::AtLeast(
            u32::try_from(listeners).map_or(f64::INFINITY, f64::from),
        )),
        Figure::new(
            "until the last of them knows, limit the change alone",
            millis(last),
            "ms",
        )
        .limit(millis(stored)),
    ])
}

/// When a long poll was answered with something.
async fn answered(listener: &Bare, topic: Topic, known: i64) -> Result<Instant, Stop> {
    let told = listener.listen(topic, known).await?;
    if told.is_empty() {
        return Err(Stop::Problems("a long poll was answered with nothing".to_owned()));
    }
    Ok(Instant::now())
}
