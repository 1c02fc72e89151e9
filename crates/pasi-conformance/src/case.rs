//! One case: what is asked, what must come of it, and which lines of the
//! checklist it shows.

use crate::endpoint::{Line, Said};
use crate::report::{Outcome, Tried};
use crate::scene::Scene;
use kernel::Clock;
use pasi_wire::messages::SubmitResponse;
use pasi_wire::{Operation, Request, Response};
use std::time::Duration;

/// How long the province may take to find out what it finds by itself.
const SOON: Duration = Duration::from_secs(15);
/// How long to wait before it is asked again.
const AGAIN: Duration = Duration::from_millis(250);

/// What is sent.
pub(crate) enum Ask {
    Request(Box<Request>),
    /// Not of the contract.
    Raw(String),
    /// The operation's request with nothing in it.
    Empty,
    /// Nothing: it is about what the province alone makes, and it tells of none.
    Absent(&'static str),
}

impl<R: Into<Request>> From<R> for Ask {
    fn from(request: R) -> Self {
        Self::Request(Box::new(request.into()))
    }
}

/// What must come of it.
#[derive(Clone, Copy)]
pub(crate) enum Expect {
    /// An answer that is right; what must be known later is kept.
    Given(fn(&mut Scene, &Response) -> Result<(), String>),
    /// The same, but the province may need a while.
    Soon(fn(&mut Scene, &Response) -> Result<(), String>),
    /// A submit is stored; its answer is kept.
    Stored(fn(&mut Scene, &SubmitResponse)),
    /// A submit is stored; its version is kept under the record's word.
    Kept(&'static str),
    /// A list is judged record by record, in its order: by its word, those it
    /// stores (no rule; the version is kept) and those a rule refuses.
    Each(&'static [(&'static str, Option<u32>)]),
    /// One of these rules refuses.
    Rejected(&'static [u32]),
    /// An answer that gives nothing away; refused without a rule.
    Withheld(fn(&mut Scene, &Response) -> Result<(), String>),
    /// One of these faults.
    Faulted(&'static [u32]),
    /// The call ends without a PASI code.
    Ended,
}

/// One case.
#[derive(Clone, Copy)]
pub(crate) struct Case {
    pub(crate) of: Operation,
    pub(crate) what: &'static str,
    /// Numbers of the checklist.
    pub(crate) shows: &'static [u8],
    /// What is asked; none when an earlier case did not leave what it builds on.
    pub(crate) ask: fn(&mut Scene) -> Option<Ask>,
    pub(crate) expect: Expect,
}

impl Case {
    /// A row of a table.
    pub(crate) const fn new(
        of: Operation,
        what: &'static str,
        shows: &'static [u8],
        ask: fn(&mut Scene) -> Option<Ask>,
        expect: Expect,
    ) -> Self {
        Self {
            of,
            what,
            shows,
            ask,
            expect,
        }
    }

    /// Must it be given, not refused? A list of which some is stored is given.
    pub(crate) fn is_accepted(&self) -> bool {
        match self.expect {
            Expect::Given(_) | Expect::Soon(_) | Expect::Stored(_) | Expect::Kept(_) => true,
            Expect::Each(records) => records.iter().any(|(_, rule)| rule.is_none()),
            Expect::Rejected(_) | Expect::Withheld(_) | Expect::Faulted(_) | Expect::Ended => false,
        }
    }
}

/// Asks a case and judges the answer.
pub(crate) async fn attempt(line: &Line, scene: &mut Scene, case: &Case, clock: &dyn Clock) -> Tried {
    let began = clock.now();
    let outcome = outcome(line, scene, case).await;
    let took = clock.now().micros() - began.micros();
    Tried {
        operation: case.of.name(),
        kind: if case.is_accepted() { "accepted" } else { "refused" },
        what: case.what,
        shows: case.shows,
        outcome,
        milliseconds: u64::try_from(took / 1_000).unwrap_or(0),
    }
}

async fn outcome(line: &Line, scene: &mut Scene, case: &Case) -> Outcome {
    let patience = tokio::time::Instant::now() + SOON;
    loop {
        let Some(ask) = (case.ask)(scene) else {
            return Outcome::Skipped("what it builds on is missing".to_owned());
        };
        let said = match ask {
            Ask::Request(request) => line.ask(&request).await,
            Ask::Raw(body) => line.send(case.of, body).await,
            Ask::Empty => line.send(case.of, crate::cases::empty(case.of)).await,
            Ask::Absent(why) => return Outcome::Absent(why),
        };
        let judged = judge(scene, &case.expect, said);
        let may_come = matches!(case.expect, Expect::Soon(_)) && tokio::time::Instant::now() < patience;
        match judged {
            Ok(()) => return Outcome::Passed,
            Err(_) if may_come => tokio::time::sleep(AGAIN).await,
            Err(why) => return Outcome::Failed(why),
        }
    }
}

/// Is the answer the one that must come?
fn judge(scene: &mut Scene, expect: &Expect, said: Said) -> Result<(), String> {
    match (expect, said) {
        (Expect::Ended, Said::Broken(_)) => Ok(()),
        (_, Said::Broken(why)) => Err(why),
        (Expect::Faulted(codes), Said::Fault(fault)) if codes.contains(&fault.code) => Ok(()),
        (_, Said::Fault(fault)) => Err(format!("fault {}: {}", fault.code, fault.message)),
        (Expect::Given(check) | Expect::Soon(check), Said::Answer(answer)) => {
            no_rejection(&answer)?;
            check(scene, &answer)
        }
        (Expect::Withheld(check), Said::Answer(answer)) => check(scene, &answer),
        (Expect::Stored(keep), Said::Answer(answer)) => {
            no_rejection(&answer)?;
            let submitted = answer.submitted().ok_or("not the answer of a submit")?;
            keep(scene, submitted);
            Ok(())
        }
        (Expect::Kept(word), Said::Answer(answer)) => {
            no_rejection(&answer)?;
            let submitted = answer.submitted().ok_or("not the answer of a submit")?;
            scene.keep(word, submitted.pasi_core_version);
            Ok(())
        }
        (Expect::Each(records), Said::Answer(answer)) => {
            no_rejection(&answer)?;
            each(scene, records, answer.submitted_each())
        }
        (Expect::Rejected(codes), Said::Answer(answer)) => rejected(codes, &answer),
        (Expect::Faulted(codes), Said::Answer(_)) => {
            Err(format!("answered, where fault {codes:?} must come"))
        }
        (Expect::Ended, Said::Answer(_)) => Err("answered, where the call must end".to_owned()),
    }
}

fn no_rejection(answer: &Response) -> Result<(), String> {
    match answer.rejections() {
        [] => Ok(()),
        [first, ..] => Err(format!("rejected by {}: {}", first.code, first.message)),
    }
}

/// Is every record of a list stored or refused as it must be?
fn each(
    scene: &mut Scene,
    records: &[(&'static str, Option<u32>)],
    answered: &[SubmitResponse],
) -> Result<(), String> {
    if answered.len() != records.len() {
        return Err(format!(
            "{} answers for {} records",
            answered.len(),
            records.len()
        ));
    }
    for ((word, rule), answer) in records.iter().zip(answered) {
        let said: Vec<u32> = answer.rejections.iter().map(|one| one.code).collect();
        match rule {
            Some(rule) if !said.contains(rule) => {
                return Err(format!("{word}: rejected by {said:?}, where {rule} must refuse"));
            }
            Some(_) => {}
            None if !said.is_empty() => return Err(format!("{word}: rejected by {said:?}")),
            None => scene.keep(word, answer.pasi_core_version),
        }
    }
    Ok(())
}

fn rejected(codes: &[u32], answer: &Response) -> Result<(), String> {
    let said: Vec<u32> = answer
        .rejections()
        .iter()
        .map(|rejection| rejection.code)
        .collect();
    if !said.iter().any(|code| codes.contains(code)) {
        return Err(format!("rejected by {said:?}, where {codes:?} must refuse"));
    }
    match answer
        .rejections()
        .iter()
        .find(|rejection| rejection.message.is_empty())
    {
        Some(silent) => Err(format!("{} says nothing to a person", silent.code)),
        None => Ok(()),
    }
}
