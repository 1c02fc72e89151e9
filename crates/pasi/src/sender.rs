//! Sends what waits: one call an item, in the name of the person who made the
//! change; what PASI answers decides where the item goes.

use crate::client::{CallError, CallRecord};
use crate::queue::{self, Answer, Entity, Item, ItemState, RuleSaid};
use crate::{Connector, alerts, apply, backoff, classes, lag, lease, link, map, mirror, sealed};
use db::Tx;
use kernel::{Asn, Failure, Outcome};
use pasi_wire::messages::SubmitResponse;
use pasi_wire::window::NotificationType;
use pasi_wire::{Operation, Request, Response};

/// Items sent at once; of one student there is never more than one.
const AT_ONCE: usize = 12;
/// Seconds without sending after PASI was away; the long poll ends them earlier.
const AFTER_AWAY: i64 = 5;
/// Seconds without sending after PASI refused us: a person must act first.
const AFTER_REFUSAL: i64 = 60;
/// Longest of the two.
pub(crate) const LONGEST_PAUSE: i64 = AFTER_REFUSAL;

impl Connector {
    /// Sends everything that is due; returns how many items moved. Stops when
    /// PASI is away or refuses us: what waits stays, and goes when it is back.
    pub async fn send_due(&self) -> Outcome<usize> {
        let mut moved = 0;
        loop {
            if self.is_paused()
                || !self
                    .store
                    .read(self.division, |at| lease::is_anything_due(at))
                    .await?
            {
                return Ok(moved);
            }
            let items = self.write_apply(|tx| lease::lease(tx, AT_ONCE)).await?;
            if items.is_empty() {
                return Ok(moved);
            }
            moved += items.len();
            let mut sending = tokio::task::JoinSet::new();
            for item in items {
                let connector = self.clone();
                sending.spawn(async move { connector.send(item).await });
            }
            while let Some(sent) = sending.join_next().await {
                sent.map_err(|error| Failure::Fault(format!("a sender stopped: {error}")))??;
            }
        }
    }

    /// Sends one item and writes down what came of it. What PASI accepted is
    /// read back, so that the mirror holds PASI's words and not ours.
    pub(crate) async fn send(&self, mut item: Item) -> Outcome<()> {
        let actor = item.actor()?;
        let (wanted, caller_of) = (item.clone(), self.client.clone());
        let composed = self
            .store
            .read(self.division, move |at| {
                let organization = map::organization(at, wanted.school_id)?;
                map::compose(at, &wanted, caller_of.caller(&actor, organization))
            })
            .await;
        let request = match composed {
            Ok(map::Composed::Send(request)) => *request,
            // The record is gone, or was taken back before PASI heard of it.
            Ok(map::Composed::Nothing) | Err(Failure::NotFound) => {
                return self.settle(item, Verdict::nothing(), Exchange::default()).await;
            }
            Ok(map::Composed::Later) => {
                return self.settle(item, Verdict::later(), Exchange::default()).await;
            }
            Err(failure) => return Err(failure),
        };
        item.message_id.clone_from(&request.caller().client_message_id);
        let (answer, record) = self.client.call(&request).await;
        let mut exchange = Exchange {
            went: Some(answer.as_ref().map(|_| ()).map_err(Clone::clone)),
            ..Exchange::default()
        };
        exchange.calls.push(record);
        let verdict = match answer {
            Ok(response) => self.judge(&item, &request, response, &mut exchange).await?,
            Err(error) => Verdict::failed(&error),
        };
        let is_of_alert = item.record_kind == alerts::ACKNOWLEDGEMENT;
        let is_settled = matches!(verdict.state, ItemState::Done | ItemState::Conflict)
            || (is_of_alert && verdict.state == ItemState::Rejected);
        if is_settled && exchange.read.is_none() {
            self.read_back(&item, verdict.asn, &mut exchange).await?;
        }
        self.settle(item, verdict, exchange).await
    }

    /// What an answer means for its item.
    async fn judge(
        &self,
        item: &Item,
        request: &Request,
        response: Response,
        exchange: &mut Exchange,
    ) -> Outcome<Verdict> {
        let (version, rules, asn) = answer_of(response)?;
        let told = Verdict {
            version,
            rules,
            asn,
            ..Verdict::nothing()
        };
        let says = |code: u32| told.rules.iter().any(|rule| rule.code == code);
        let is_again = item.attempts > 1;
        let verdict = if told.rules.is_empty() || says(9023) {
            told // stored, or PASI has it so already
        } else if says(9014) {
            Verdict::later() // PASI's node lags behind; safe to send again
        } else if says(3004) && is_again {
            // Our own earlier try may have arrived though its answer did not.
            match self.arrived(item, request, exchange).await? {
                Some(version) => Verdict {
                    version,
                    rules: Vec::new(),
                    ..Verdict::nothing()
                },
                None => Verdict {
                    state: ItemState::Conflict,
                    ..told
                },
            }
        } else if says(3004) {
            Verdict {
                state: ItemState::Conflict,
                ..told
            }
        } else if says(11_404) && is_again {
            match self.born(item, request, &told.rules, exchange).await? {
                Some((asn, version)) => Verdict {
                    version,
                    rules: Vec::new(),
                    asn: Some(asn),
                    ..Verdict::nothing()
                },
                None => Verdict {
                    state: ItemState::Rejected,
                    ..told
                },
            }
        } else {
            Verdict {
                state: ItemState::Rejected,
                ..told
            }
        };
        Ok(verdict)
    }

    /// Writes the verdict, the log and PASI's copy down, in one transaction.
    async fn settle(&self, item: Item, verdict: Verdict, exchange: Exchange) -> Outcome<()> {
        match &exchange.went {
            Some(Err(error)) if error.is_refusal() => self.pause(AFTER_REFUSAL),
            Some(Err(error)) if error.is_passing() => self.pause(AFTER_AWAY),
            _ => {}
        }
        let (certificate, chance) = (self.client.expires_at(), backoff::chance());
        self.write_apply(move |tx| {
            link::log_calls(tx, &exchange.calls)?;
            write_verdict(
                tx,
                &item,
                &verdict,
                (exchange.went.as_ref().is_some_and(Result::is_ok), chance),
            )?;
            if let Some(went) = &exchange.went {
                let is_known = went.is_ok() && link::is_fresh(tx)?;
                if !is_known {
                    link::note(tx, went.as_ref().copied(), Some(certificate))?;
                }
            }
            if let Some(read) = &exchange.read {
                apply::answer(tx, read)?;
            }
            Ok(())
        })
        .await?;
        self.wake_waiters();
        Ok(())
    }
}

/// What was said on the wire for one item.
#[derive(Default)]
pub(crate) struct Exchange {
    /// Each call, for the log.
    pub(crate) calls: Vec<CallRecord>,
    /// How the submit itself went; none when nothing was sent.
    pub(crate) went: Option<Result<(), CallError>>,
    /// PASI's copy, read afterwards.
    pub(crate) read: Option<Response>,
}

/// Where an item goes.
struct Verdict {
    state: ItemState,
    version: i64,
    rules: Vec<RuleSaid>,
    asn: Option<Asn>,
}

impl Verdict {
    /// Done, and nothing came of it.
    fn nothing() -> Self {
        Self {
            state: ItemState::Done,
            version: 0,
            rules: Vec::new(),
            asn: None,
        }
    }
    /// It is sent again a little later.
    fn later() -> Self {
        Self {
            state: ItemState::Waiting,
            ..Self::nothing()
        }
    }
    /// No answer: the item waits. A fault about our message itself goes to a person.
    fn failed(error: &CallError) -> Self {
        match error {
            CallError::Fault(fault) if !error.is_passing() && !error.is_refusal() => {
                let said = RuleSaid {
                    code: fault.code,
                    message: fault.message.clone(),
                    arguments: Vec::new(),
                };
                Self {
                    state: ItemState::Rejected,
                    rules: vec![said],
                    ..Self::nothing()
                }
            }
            _ => Self::later(),
        }
    }
}

fn answer_of(response: Response) -> Outcome<(i64, Vec<RuleSaid>, Option<Asn>)> {
    let rules =
        |rejections: &[pasi_wire::messages::Rejection]| rejections.iter().map(RuleSaid::from).collect();
    if let Response::CreateStudent(created) = response {
        return Ok((created.pasi_core_version, rules(&created.rejections), created.asn));
    }
    let submitted: SubmitResponse = map::submit_response(response)
        .ok_or_else(|| Failure::Fault("an answer that is none of a submit".to_owned()))?;
    Ok((submitted.pasi_core_version, rules(&submitted.rejections), None))
}

fn write_verdict(
    tx: &mut Tx,
    sent: &Item,
    verdict: &Verdict,
    (is_answered, chance): (bool, u16),
) -> Outcome<()> {
    let mut item = queue::item(tx, sent.id)?;
    if item.state != ItemState::Sending || item.attempts != sent.attempts {
        return Ok(()); // another sender took it over, or a person dropped it meanwhile
    }
    item.message_id.clone_from(&sent.message_id);
    item.leased_until = None;
    item.state = verdict.state;
    if verdict.state == ItemState::Waiting {
        item.not_before =
            db::Reading::now(tx).plus_seconds(backoff::item_wait_seconds(item.attempts, chance));
    }
    if is_answered || verdict.state == ItemState::Rejected {
        let answer = Answer {
            version: verdict.version,
            rules: sealed::kept(&item, &verdict.rules),
            acknowledgement: String::new(),
        };
        item.answer = serde_json::to_string(&answer).map_err(|error| Failure::Fault(error.to_string()))?;
    }
    queue::set(tx, &item)?;
    if verdict.state == ItemState::Done {
        accepted(tx, &item, verdict)?;
    }
    map::refresh_of(tx, &item)
}

/// What follows from PASI's yes.
fn accepted(tx: &mut Tx, item: &Item, verdict: &Verdict) -> Outcome<()> {
    if let Some(asn) = verdict.asn {
        map::take_asn(tx, item.student()?, Some(asn))?;
    }
    if verdict.version == 0 || item.record_kind == alerts::ACKNOWLEDGEMENT {
        return Ok(()); // nothing was written, or not to a record of ours
    }
    lag::sent(tx, item)?;
    let entity = if Entity::of_kind(&item.record_kind) {
        Entity::Student
    } else {
        Entity::Record(item.ref_id()?)
    };
    if matches!(entity, Entity::Record(_)) {
        classes::settled(tx, item)?;
    }
    if item.operation()? != Operation::CreateStudent || verdict.asn.is_some() {
        queue::carry_version(tx, item, &entity, verdict.version)?;
    }
    Ok(())
}

/// The version of PASI's copy that a person sees now, for a change of `kind`.
pub(crate) fn seen_version(tx: &mut Tx, kind: &str, asn: Option<Asn>, record: uuid::Uuid) -> Outcome<i64> {
    match (Entity::of_kind(kind), asn) {
        (true, Some(asn)) => mirror::version(tx, NotificationType::Student, asn.as_str()),
        (true, None) => Ok(0),
        (false, _) => mirror::version(tx, own_type(kind), &record.to_string()),
    }
}

/// What PASI calls a kind of record that has a version of its own.
pub(crate) fn own_type(kind: &str) -> NotificationType {
    match kind {
        "enrolment" => NotificationType::StudentSchoolEnrolment,
        "section" => NotificationType::Section,
        "course-enrolment" => NotificationType::CourseEnrolment,
        _ => NotificationType::ResponsibleSchool,
    }
}
