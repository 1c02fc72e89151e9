//! One call to PASI: SOAP over mutual TLS, as an acting person, for an organization.

use kernel::{Actor, Clock, Instant, OrganizationCode};
use pasi_wire::messages::{CallerInfo, CallerUser, Software};
use pasi_wire::{Fault, Operation, Request, Response, soap};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

/// How PASI is reached.
#[derive(Debug, Clone)]
pub struct Connection {
    /// Endpoint, `https://…/`.
    pub url: String,
    /// Folder with `ca.pem`, `cert.pem` and `key.pem`.
    pub credentials: PathBuf,
    /// Whom calls speak for when no school is meant.
    pub organization: OrganizationCode,
}

kernel::text_enum! {
    /// What stands between us and PASI; the connection page has words for each.
    pub enum Hindrance {
        /// No answer in time.
        Slow = "slow",
        /// No connection at all.
        Unreached = "unreached",
        /// The connection ended before the answer did.
        BrokenOff = "broken-off",
        /// Something answered that is not PASI.
        Garbage = "garbage",
        /// PASI says that it cannot work now.
        Fault = "fault",
        /// PASI does not accept our certificate.
        OurCertificate = "our-certificate",
        /// We do not accept PASI's certificate.
        TheirCertificate = "their-certificate",
        /// Our certificate has run out.
        Expired = "expired",
        /// Our certificate's files cannot be read or used.
        Credentials = "credentials",
        /// PASI knows our certificate, and refuses the client, its role or its organization.
        Refused = "refused",
    }
}

/// Why a call has no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CallError {
    /// PASI was not reached, did not answer in time, or the answer broke off. Trying again helps.
    Away(Hindrance, String),
    /// PASI answered with a fault: the contract, the certificate, or PASI itself.
    Fault(Fault),
    /// Our own credentials cannot be used: missing, unreadable, expired.
    Credentials(Hindrance, String),
}

impl CallError {
    /// Does trying again help, without anyone changing anything?
    pub fn is_passing(&self) -> bool {
        match self {
            Self::Away(..) => true,
            // 2001 not available, 4001 not saved, 4002 time-out, 9001 unexpected: PASI's own trouble.
            Self::Fault(fault) => fault.is_unreadable() || matches!(fault.code, 2001 | 4001 | 4002 | 9001),
            Self::Credentials(..) => false,
        }
    }
    /// Are we refused: certificate, client, address, role or organization? A person must act.
    pub fn is_refusal(&self) -> bool {
        match self {
            Self::Credentials(..) => true,
            Self::Fault(fault) => (1001..=1008).contains(&fault.code),
            Self::Away(..) => false,
        }
    }
    /// May PASI have done what it was asked? Not when there was no connection, or
    /// when it knows us not.
    pub(crate) fn may_have_arrived(&self) -> bool {
        !self.is_refusal() && !matches!(self, Self::Away(Hindrance::Unreached, _))
    }
    /// Does it say nothing of our message: PASI away, or refusing whoever asks?
    pub fn is_of_the_line(&self) -> bool {
        self.is_passing() || self.is_refusal()
    }
    /// What stands between us; none when PASI answered and disliked only our message.
    pub fn hindrance(&self) -> Option<Hindrance> {
        match self {
            Self::Away(what, _) | Self::Credentials(what, _) => Some(*what),
            Self::Fault(fault) if fault.is_unreadable() => Some(Hindrance::Garbage),
            Self::Fault(fault) if (1001..=1004).contains(&fault.code) => Some(Hindrance::OurCertificate),
            Self::Fault(_) if self.is_refusal() => Some(Hindrance::Refused),
            Self::Fault(_) => self.is_passing().then_some(Hindrance::Fault),
        }
    }
    /// In one line, for the log and the connection page.
    pub fn line(&self) -> String {
        match self {
            Self::Away(_, why) | Self::Credentials(_, why) => why.clone(),
            Self::Fault(fault) if fault.is_unreadable() => "the answer is not PASI's".to_owned(),
            Self::Fault(fault) => format!("{}: {}", fault.code, fault.message),
        }
    }
}

/// A client of PASI with one certificate. Cheap to clone.
#[derive(Clone)]
pub struct Client {
    http: reqwest::Client,
    connection: Arc<Connection>,
    clock: Arc<dyn Clock>,
    expires_at: Instant,
    patience: Duration,
}

/// What one call took and what came of it; for the client's own log.
#[derive(Debug, Clone)]
pub struct CallRecord {
    /// `ClientMessageID`.
    pub message_id: String,
    /// Which operation.
    pub operation: Operation,
    /// In whose name.
    pub user: String,
    /// For whom.
    pub organization: String,
    /// When it was sent.
    pub sent_at: Instant,
    /// How long it took, in microseconds.
    pub took_micros: i64,
    /// `ok`, or what went wrong, in one line.
    pub result: String,
}

/// Our certificate has run out.
fn expired() -> CallError {
    CallError::Credentials(
        Hindrance::Expired,
        "the client certificate has expired".to_owned(),
    )
}

/// Longest time for a call that does not wait on purpose.
const PATIENCE: Duration = Duration::from_secs(20);

impl Client {
    /// Reads the credentials and prepares connections; nothing is sent.
    ///
    /// Fails when a file is missing, is not PEM, or the certificate has expired.
    #[expect(clippy::disallowed_methods, reason = "the connector's own connections")]
    pub fn new(connection: Connection, clock: Arc<dyn Clock>) -> Result<Self, CallError> {
        // Another part of the program may have chosen the provider; it is the same one.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let read = |name: &str| read_credential(&connection.credentials.join(name));
        let (ca, certificate, key) = (read("ca.pem")?, read("cert.pem")?, read("key.pem")?);
        let expires_at = expiry(&certificate)?;
        if expires_at <= clock.now() {
            return Err(expired());
        }
        let wrong = |error: reqwest::Error| unusable(format!("credentials: {error}"));
        let root = reqwest::Certificate::from_pem(&ca).map_err(wrong)?;
        let identity = reqwest::Identity::from_pem(&[certificate, key].concat()).map_err(wrong)?;
        let http = reqwest::Client::builder()
            .tls_certs_only([root])
            .identity(identity)
            .https_only(true)
            .connect_timeout(Duration::from_secs(3))
            .pool_idle_timeout(Duration::from_mins(1))
            .tcp_nodelay(true)
            .no_proxy()
            .build()
            .map_err(wrong)?;
        Ok(Self {
            http,
            connection: Arc::new(connection),
            clock,
            expires_at,
            patience: PATIENCE,
        })
    }

    /// With another longest time for a call that does not wait on purpose.
    #[must_use]
    pub fn patient_for(self, patience: Duration) -> Self {
        Self { patience, ..self }
    }

    /// The moment by the clock that calls carry.
    pub fn now(&self) -> Instant {
        self.clock.now()
    }

    /// When the certificate runs out.
    pub fn expires_at(&self) -> Instant {
        self.expires_at
    }
    /// Whom calls speak for when no school is meant.
    pub fn organization(&self) -> OrganizationCode {
        self.connection.organization
    }

    /// `CallerInfo` of one call: a fresh message id, the person, the organization.
    pub fn caller(&self, actor: &Actor, organization: Option<OrganizationCode>) -> CallerInfo {
        CallerInfo {
            client_message_id: uuid::Uuid::new_v4().to_string(),
            sent_utc_time: self.clock.now(),
            software: Software {
                manufacturer: "Lodgepole".to_owned(),
                product: "Lodgepole".to_owned(),
                version: env!("CARGO_PKG_VERSION").to_owned(),
                build_number: env!("CARGO_PKG_VERSION").to_owned(),
            },
            user: CallerUser {
                name: kernel::text::latin1(&kernel::text::squeeze(&actor.name)),
                local_id: actor.local_id.clone(),
                ip_address: actor.ip.clone(),
                organization_code: organization.unwrap_or(self.connection.organization),
            },
        }
    }

    /// Sends a request and reads the answer; also says what the log must keep.
    pub async fn call(&self, request: &Request) -> (Result<Response, CallError>, CallRecord) {
        self.call_within(request, self.patience).await
    }

    /// [`Self::call`] for a call that waits on purpose, such as a long poll.
    pub async fn call_within(
        &self,
        request: &Request,
        patience: Duration,
    ) -> (Result<Response, CallError>, CallRecord) {
        let sent_at = self.clock.now();
        let answer = if self.expires_at <= sent_at {
            Err(expired())
        } else {
            self.exchange(request, patience).await
        };
        let caller = request.caller();
        let record = CallRecord {
            message_id: caller.client_message_id.clone(),
            operation: request.operation(),
            user: caller.user.name.clone(),
            organization: caller.user.organization_code.to_string(),
            sent_at,
            took_micros: self.clock.now().micros() - sent_at.micros(),
            result: answer.as_ref().map_or_else(CallError::line, |_| "ok".to_owned()),
        };
        (answer, record)
    }

    async fn exchange(&self, request: &Request, patience: Duration) -> Result<Response, CallError> {
        let operation = request.operation();
        let away = |error: reqwest::Error| failed(&error);
        let body = soap::encode_request(request);
        fits(operation, body.len())?;
        let answer = self
            .http
            .post(&self.connection.url)
            .header("content-type", "text/xml; charset=utf-8")
            .header("soapaction", format!("\"{}\"", operation.soap_action()))
            .timeout(patience)
            .body(body)
            .send()
            .await
            .map_err(away)?;
        let body = answer.bytes().await.map_err(away)?;
        soap::decode_response(operation, &body).map_err(CallError::Fault)
    }
}

/// A longer request than PASI reads would end without a word and seem an
/// absence, over and over; it goes to a person as what PASI calls too long.
fn fits(operation: Operation, bytes: usize) -> Result<(), CallError> {
    let cap = operation.request_cap();
    if bytes <= cap {
        return Ok(());
    }
    let words = format!("the request has {bytes} bytes; {cap} are the most");
    Err(CallError::Fault(Fault::new(3002, words)))
}

/// What went wrong, down to the cause, without the URL. A certificate that one
/// side does not accept is a refusal, everything else an absence.
fn failed(error: &reqwest::Error) -> CallError {
    use std::error::Error;
    let mut cause: &dyn Error = error;
    loop {
        if let Some(refusal) = tls(cause).and_then(refusal) {
            return refusal;
        }
        match cause.source() {
            Some(deeper) => cause = deeper,
            None => break,
        }
    }
    let (hindrance, what) = if error.is_timeout() {
        (Hindrance::Slow, "no answer in time")
    } else if error.is_connect() {
        (Hindrance::Unreached, "not reached")
    } else {
        (Hindrance::BrokenOff, "broken off")
    };
    CallError::Away(hindrance, format!("{what}: {cause}"))
}

/// The TLS error that an error is or wraps, however deep: a handshake's error
/// comes as an error of the socket within an error of the socket.
fn tls<'e>(error: &'e (dyn std::error::Error + 'static)) -> Option<&'e rustls::Error> {
    if let Some(found) = error.downcast_ref() {
        return Some(found);
    }
    let inner = error.downcast_ref::<std::io::Error>()?.get_ref()?;
    tls(inner)
}

fn refusal(error: &rustls::Error) -> Option<CallError> {
    use rustls::AlertDescription as Alert;
    match error {
        rustls::Error::InvalidCertificate(_) => Some(CallError::Credentials(
            Hindrance::TheirCertificate,
            format!("the server's certificate: {error}"),
        )),
        rustls::Error::AlertReceived(
            Alert::BadCertificate
            | Alert::UnsupportedCertificate
            | Alert::CertificateRevoked
            | Alert::CertificateExpired
            | Alert::CertificateUnknown
            | Alert::CertificateRequired
            | Alert::UnknownCA
            | Alert::AccessDenied,
        ) => Some(CallError::Credentials(
            Hindrance::OurCertificate,
            format!("our certificate: {error}"),
        )),
        _ => None,
    }
}

fn read_credential(path: &Path) -> Result<Vec<u8>, CallError> {
    std::fs::read(path).map_err(|error| {
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        unusable(format!("{name}: {error}"))
    })
}

fn unusable(why: String) -> CallError {
    CallError::Credentials(Hindrance::Credentials, why)
}

/// When the first certificate of a PEM file runs out.
fn expiry(pem: &[u8]) -> Result<Instant, CallError> {
    let wrong = || unusable("cert.pem holds no certificate".to_owned());
    let (_, block) = x509_parser::pem::parse_x509_pem(pem).map_err(|_| wrong())?;
    let certificate = block.parse_x509().map_err(|_| wrong())?;
    let seconds = certificate.validity().not_after.timestamp();
    Ok(Instant::from_micros(0).plus_seconds(seconds))
}

#[cfg(test)]
mod tests {
    use super::{CallError, fits};
    use pasi_wire::Operation;

    #[test]
    fn a_request_too_long_for_pasi_is_for_a_person_and_no_absence() {
        let operation = Operation::SubmitName;
        let cap = operation.request_cap();
        assert_eq!(fits(operation, cap), Ok(()));
        match fits(operation, cap + 1) {
            Err(error @ CallError::Fault(_)) => {
                assert!(
                    !error.is_of_the_line() && error.line().starts_with("3002"),
                    "{error:?}"
                );
            }
            other => panic!("{other:?}"),
        }
    }
}
