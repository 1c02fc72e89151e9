//! HTTP: SOAP by POST, the WSDL and the health by GET, the console.

use crate::access::Caller;
use crate::calls::Call;
use crate::clients::Peer;
use crate::refusal::fault;
use crate::state::State;
use crate::trouble::{Ending, Fate, Outage};
use crate::{console, ops};
use http_body_util::{BodyExt as _, Full, LengthLimitError, Limited};
use hyper::body::{Bytes, Frame, Incoming, SizeHint};
use hyper::header::{CONNECTION, CONTENT_TYPE, HOST};
use hyper::{Method, Response as Answer, StatusCode};
use pasi_wire::soap::{REQUEST_CAP, decode_request, encode_fault, encode_response, is_too_large};
use pasi_wire::{Fault, Operation, Request, Response};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

pub(crate) type Reply = Answer<Sent>;

/// What is sent as an answer: all of it, or half of it before the connection ends.
pub(crate) enum Sent {
    Whole(Full<Bytes>),
    Cut { half: Option<Bytes>, announced: u64 },
}

impl hyper::body::Body for Sent {
    type Data = Bytes;
    type Error = Dropped;
    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Dropped>>> {
        match self.get_mut() {
            Self::Whole(whole) => Pin::new(whole)
                .poll_frame(context)
                .map_err(|never| match never {}),
            Self::Cut { half, .. } => {
                let next = half.take().map(Frame::data).ok_or(Dropped);
                Poll::Ready(Some(next))
            }
        }
    }
    fn size_hint(&self) -> SizeHint {
        match self {
            Self::Whole(whole) => whole.size_hint(),
            Self::Cut { announced, .. } => SizeHint::with_exact(*announced),
        }
    }
}

/// The connection ends without an answer.
#[derive(Debug, thiserror::Error)]
#[error("the connection was dropped on purpose")]
pub(crate) struct Dropped;

/// Longest time a client may take to send its request.
const BODY_PATIENCE: Duration = Duration::from_secs(30);
const SOAP: &str = "text/xml; charset=utf-8";
const PLAIN: &str = "text/plain; charset=utf-8";

/// Answers one HTTP request.
pub(crate) async fn answer(
    state: Arc<State>,
    peer: Arc<Peer>,
    request: hyper::Request<Incoming>,
) -> Result<Reply, Dropped> {
    let path = request.uri().path().to_owned();
    let query = request.uri().query().unwrap_or_default().to_ascii_lowercase();
    match (request.method(), path.as_str()) {
        (&Method::GET, "/healthz") => Ok(reply(StatusCode::OK, PLAIN, "ok\n")),
        (_, path) if path.starts_with("/console/api") => Ok(console::answer(&state, &peer, request).await),
        (&Method::GET, "/") if query == "wsdl" || query == "singlewsdl" => {
            let wsdl = pasi_wire::wsdl_at(&location(&state, &request));
            Ok(reply(StatusCode::OK, SOAP, wsdl))
        }
        (&Method::GET, "/") => Ok(reply(
            StatusCode::OK,
            PLAIN,
            "PASI reference server. The contract is at /?wsdl\n",
        )),
        (&Method::POST, "/") => soap(&state, &peer, request).await,
        (_, "/") => Ok(reply(
            StatusCode::METHOD_NOT_ALLOWED,
            PLAIN,
            "SOAP is sent by POST\n",
        )),
        _ => Ok(reply(StatusCode::NOT_FOUND, PLAIN, "nothing is here\n")),
    }
}

/// Where the client reached the server.
fn location(state: &State, request: &hyper::Request<Incoming>) -> String {
    let host = request.headers().get(HOST).and_then(|host| host.to_str().ok());
    let host = host.map_or_else(|| state.config.listen.to_string(), str::to_owned);
    format!("https://{host}/")
}

pub(crate) fn reply(status: StatusCode, kind: &'static str, body: impl Into<Bytes>) -> Reply {
    let mut answer = Answer::new(Sent::Whole(Full::new(body.into())));
    *answer.status_mut() = status;
    answer
        .headers_mut()
        .insert(CONTENT_TYPE, hyper::header::HeaderValue::from_static(kind));
    answer
}

/// A request that was not read to its end leaves the connection unusable.
fn closing(mut answer: Reply) -> Reply {
    answer
        .headers_mut()
        .insert(CONNECTION, hyper::header::HeaderValue::from_static("close"));
    answer
}

fn too_large(cap: usize) -> Reply {
    let text = format!("a request is at most {cap} bytes\n");
    closing(reply(StatusCode::PAYLOAD_TOO_LARGE, PLAIN, text))
}

/// How long a body is read: one that is said to bring a document may be
/// longer, from a client that may add documents.
fn cap_of(state: &State, peer: &Peer, request: &hyper::Request<Incoming>) -> usize {
    let longer = Operation::SubmitStudentRecordDocument;
    let action = request
        .headers()
        .get("soapaction")
        .and_then(|action| action.to_str().ok());
    let is_said = action.is_some_and(|action| action.trim_matches('"') == longer.soap_action());
    let may = || {
        let client = state.registry.judge(peer, state.config.clock.now().date());
        client.is_ok_and(|client| client.roles.contains(&longer.role()))
    };
    if is_said && may() {
        longer.request_cap()
    } else {
        REQUEST_CAP
    }
}

/// The whole body; at most so many bytes, in at most so much time.
pub(crate) async fn body(request: hyper::Request<Incoming>, cap: usize) -> Result<Bytes, Reply> {
    let limited = Limited::new(request.into_body(), cap);
    match tokio::time::timeout(BODY_PATIENCE, limited.collect()).await {
        Ok(Ok(whole)) => Ok(whole.to_bytes()),
        Ok(Err(error)) if error.is::<LengthLimitError>() => Err(too_large(cap)),
        Ok(Err(_)) => Err(closing(reply(
            StatusCode::BAD_REQUEST,
            PLAIN,
            "the request broke off\n",
        ))),
        Err(_) => Err(closing(reply(
            StatusCode::REQUEST_TIMEOUT,
            PLAIN,
            "the request took too long\n",
        ))),
    }
}

async fn soap(state: &State, peer: &Peer, request: hyper::Request<Incoming>) -> Result<Reply, Dropped> {
    let at = state.config.clock.now();
    let started = tokio::time::Instant::now();
    let mut call = Call::at(at);
    let fate = state.fate();
    tokio::time::sleep(Duration::from_millis(fate.latency_ms)).await;
    let cap = cap_of(state, peer, &request);
    let answered = match body(request, cap).await {
        _ if fate.ending == Ending::Dropped => Err(Dropped),
        Ok(bytes) if is_too_large(&bytes) => {
            "HTTP 413".clone_into(&mut call.outcome);
            Ok(too_large(REQUEST_CAP))
        }
        Err(refused) => {
            call.outcome = format!("HTTP {}", refused.status().as_u16());
            Ok(refused)
        }
        Ok(bytes) => {
            if state.config.console {
                call.request = bytes.clone();
            }
            answer_envelope(state, peer, &bytes, fate, &mut call).await
        }
    };
    call.milliseconds = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
    state.calls.add(call);
    answered
}

async fn answer_envelope(
    state: &State,
    peer: &Peer,
    bytes: &[u8],
    fate: Fate,
    call: &mut Call,
) -> Result<Reply, Dropped> {
    let answered = operate(state, peer, bytes, fate, call).await;
    call.outcome = match &answered {
        Ok(response) => outcome_of(response),
        Err(fault) => format!("fault {}", fault.code),
    };
    if fate.ending == Ending::Lost {
        return Err(Dropped);
    }
    if fate.ending == Ending::Garbage {
        return Ok(reply(StatusCode::OK, SOAP, "<html><body>Bad Gateway</body"));
    }
    let (status, text) = match answered {
        Ok(response) => (StatusCode::OK, encode_response(&response)),
        Err(fault) => (StatusCode::INTERNAL_SERVER_ERROR, encode_fault(&fault)),
    };
    let text = Bytes::from(text);
    if state.config.console {
        call.answer = text.clone();
    }
    if fate.ending == Ending::Cut {
        let mut answer = reply(status, SOAP, Bytes::new());
        *answer.body_mut() = Sent::Cut {
            half: Some(text.slice(..text.len() / 2)),
            announced: text.len() as u64,
        };
        return Ok(answer);
    }
    Ok(reply(status, SOAP, text))
}

/// Certificate, envelope, codes, role, organization, operation: in this order.
async fn operate(
    state: &State,
    peer: &Peer,
    bytes: &[u8],
    fate: Fate,
    call: &mut Call,
) -> Result<Response, Fault> {
    if fate.outage == Some(Outage::Fault) {
        return Err(fault(2001, &[]));
    }
    let now = state.config.clock.now();
    let client = state.registry.judge(peer, now.date())?;
    call.client.clone_from(&client.name);
    let unreadable = |error: pasi_wire::WireError| error.fault().unwrap_or_else(|| fault(9001, &[]));
    let request = decode_request(bytes).map_err(unreadable)?;
    note(call, &request);
    state
        .code_tables()
        .check(&request.inspect().codes)
        .map_err(unreadable)?;
    let role = request.operation().role();
    if !client.roles.contains(&role) {
        return Err(fault(1007, &[("role", role.to_string())]));
    }
    let organization = request.caller().user.organization_code;
    let by = state
        .store
        .read(|world| Caller::new(world, client, organization, now))?;
    if request.operation().takes_version() && state.is_raced() {
        ops::race(state, &by, &request).await;
    }
    ops::answer(state, &by, request).await
}

fn note(call: &mut Call, request: &Request) {
    request.operation().name().clone_into(&mut call.operation);
    call.message_id.clone_from(&request.caller().client_message_id);
    call.organization = request.caller().user.organization_code.to_string();
}

/// `ok`, or the rules that refused.
fn outcome_of(response: &Response) -> String {
    let codes: Vec<String> = response
        .rejections()
        .iter()
        .map(|rejection| rejection.code.to_string())
        .collect();
    if codes.is_empty() {
        "ok".to_owned()
    } else {
        format!("rejected {}", codes.join(" "))
    }
}
