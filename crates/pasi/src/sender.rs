//! Sends what waits: one call an item, in the name of the person who made the
//! change; what PASI answers decides where the item goes.

use crate::client::{CallError, CallRecord, Client};
use crate::map::Arrived;
use crate::queue::{self, Answer, Entity, Item, ItemState, RuleSaid};
use crate::tried::Tried;
use crate::{Connector, alerts, apply, backoff, classes, lag, lease, link, map, mirror, sealed};
use db::Tx;
use kernel::{Asn, Failure, Outcome};
use pasi_wire::messages::SubmitResponse;
use pasi_wire::window::NotificationType;
use pasi_wire::{Operation, Request, Response};
use std::collections::HashSet;

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
        let (mut moved, mut asked) = (0, HashSet::new());
        loop {
            if self.is_paused()
                || !self
                    .store
                    .read(self.division, |at| lease::is_anything_due(at))
                    .await?
            {
                return Ok(moved);
            }
            let (client, known) = (self.client.clone(), asked.clone());
            let (ready, behind) = self
                .write_apply(move |tx| {
                    let leased = lease::lease(tx, AT_ONCE, &known)?;
                    let ready = leased.items.into_iter().map(|item| make_ready(tx, &client, item));
                    Ok((ready.collect::<Outcome<Vec<Ready>>>()?, leased.behind))
                })
                .await?;
            if ready.is_empty() && behind.is_empty() {
                return Ok(moved);
            }
            if !behind.is_empty() {
                self.catch_up(&behind).await?;
                asked.extend(behind);
            }
            moved += ready.len();
            let mut sending = tokio::task::JoinSet::new();
            for item in ready {
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
    pub(crate) async fn send(&self, ready: Ready) -> Outcome<()> {
        let Ready {
            mut item,
            composed,
            body_before,
        } = ready;
        let request = match composed {
            map::Composed::Send(request) => *request,
            map::Composed::Nothing => {
                return self.settle(item, Verdict::nothing(), Exchange::default()).await;
            }
            map::Composed::Later => {
                return self.settle(item, Verdict::later(), Exchange::default()).await;
            }
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
            Err(error) => {
                if !error.may_have_arrived() {
                    item.body = body_before;
                }
                Verdict::failed(&error)
            }
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
                _ if exchange.is_cut_off() => Verdict::later(),
                Arrived::Now(version) => Verdict {
                    version,
                    ..Verdict::nothing()
                },
                // The record was changed once more since: it goes as it is now, on top.
                Arrived::Earlier(version) => Verdict {
                    version,
                    ..Verdict::later()
                },
                Arrived::No => Verdict {
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
                _ if exchange.is_cut_off() => Verdict::later(),
                Some((asn, version)) => Verdict {
                    version,
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
        self.rest_after(exchange.went.as_ref().and_then(|went| went.as_ref().err()));
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

impl Connector {
    /// Nothing is sent for a while after PASI was away or refused us.
    pub(crate) fn rest_after(&self, went_wrong: Option<&CallError>) {
        match went_wrong {
            Some(error) if error.is_refusal() => self.pause(AFTER_REFUSAL),
            Some(error) if error.is_passing() => self.pause(AFTER_AWAY),
            _ => {}
        }
    }
}

/// A leased item with what it sends.
pub(crate) struct Ready {
    pub(crate) item: Item,
    pub(crate) composed: map::Composed,
    /// The item's body without this try, for one that is known not to have arrived.
    body_before: String,
}

/// Composes what a leased item sends, and notes it as tried before it is: also
/// a program that is killed meanwhile leaves word of it.
pub(crate) fn make_ready(tx: &mut Tx, client: &Client, mut item: Item) -> Outcome<Ready> {
    let actor = item.actor()?;
    let organization = map::organization(tx, item.school_id)?;
    let composed = match map::compose(tx, &item, client.caller(&actor, organization)) {
        // The record is gone, or was taken back before PASI heard of it.
        Err(Failure::NotFound) => map::Composed::Nothing,
        composed => composed?,
    };
    let body_before = item.body.clone();
    if let map::Composed::Send(request) = &composed {
        let mut body = item.body()?;
        if body.tried.note(request) {
            item.keep_body(&body)?;
            queue::set(tx, &item)?;
        }
    }
    Ok(Ready {
        item,
        composed,
        body_before,
    })
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
    /// Why a copy that was asked for was not read: the line, and nothing that PASI said.
    pub(crate) unread: Option<CallError>,
}

impl Exchange {
    /// Did the line break before PASI's copy told what became of an earlier try?
    /// Then that is how the exchange went.
    fn is_cut_off(&mut self) -> bool {
        let unread = self.unread.take();
        let is_cut_off = unread.is_some();
        if let Some(error) = unread {
            self.went = Some(Err(error));
        }
        is_cut_off
    }
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
    item.body.clone_from(&sent.body);
    if verdict.state == ItemState::Waiting && verdict.version > 0 {
        let entity = Entity::of(&item)?;
        queue::carry_version(tx, &item, &entity, verdict.version)?;
        item.seen_version = verdict.version;
    } else if verdict.state == ItemState::Waiting {
        item.not_before =
            db::Reading::now(tx).plus_seconds(backoff::item_wait_seconds(item.attempts, chance));
    } else {
        let mut body = item.body()?;
        body.tried = Tried::default();
        item.keep_body(&body)?;
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
    let entity = Entity::of(item)?;
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
