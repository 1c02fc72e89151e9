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

/// Why a call has no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CallError {
    /// PASI was not reached, did not answer in time, or the answer broke off. Trying again helps.
    Away(String),
    /// PASI answered with a fault: the contract, the certificate, or PASI itself.
    Fault(Fault),
    /// Our own credentials cannot be used: missing, unreadable, expired.
    Credentials(String),
}

impl CallError {
    /// Does trying again help, without anyone changing anything?
    pub fn is_passing(&self) -> bool {
        match self {
            Self::Away(_) => true,
            // 2001 not available, 4001 not saved, 4002 time-out, 9001 unexpected: PASI's own trouble.
            Self::Fault(fault) => fault.is_unreadable() || matches!(fault.code, 2001 | 4001 | 4002 | 9001),
            Self::Credentials(_) => false,
        }
    }
    /// Are we refused: certificate, client, address, role or organization? A person must act.
    pub fn is_refusal(&self) -> bool {
        match self {
            Self::Credentials(_) => true,
            Self::Fault(fault) => (1001..=1008).contains(&fault.code),
            Self::Away(_) => false,
        }
    }
    /// In one line, for the log and the connection page.
    pub fn line(&self) -> String {
        match self {
            Self::Away(why) | Self::Credentials(why) => why.clone(),
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

const EXPIRED: &str = "the client certificate has expired";

/// Longest time for a call that does not wait on purpose.
const PATIENCE: Duration = Duration::from_secs(20);

impl Client {
    /// Reads the credentials and prepares connections; nothing is sent.
    ///
    /// Fails when a file is missing, is not PEM, or the certificate has expired.
    pub fn new(connection: Connection, clock: Arc<dyn Clock>) -> Result<Self, CallError> {
        // Another part of the program may have chosen the provider; it is the same one.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let read = |name: &str| read_credential(&connection.credentials.join(name));
        let (ca, certificate, key) = (read("ca.pem")?, read("cert.pem")?, read("key.pem")?);
        let expires_at = expiry(&certificate)?;
        if expires_at <= clock.now() {
            return Err(CallError::Credentials(EXPIRED.to_owned()));
        }
        let wrong = |error: reqwest::Error| CallError::Credentials(format!("credentials: {error}"));
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
        })
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
        self.call_within(request, PATIENCE).await
    }

    /// [`Self::call`] for a call that waits on purpose, such as a long poll.
    pub async fn call_within(
        &self,
        request: &Request,
        patience: Duration,
    ) -> (Result<Response, CallError>, CallRecord) {
        let sent_at = self.clock.now();
        let answer = if self.expires_at <= sent_at {
            Err(CallError::Credentials(EXPIRED.to_owned()))
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
        let answer = self
            .http
            .post(&self.connection.url)
            .header("content-type", "text/xml; charset=utf-8")
            .header("soapaction", format!("\"{}\"", operation.soap_action()))
            .timeout(patience)
            .body(soap::encode_request(request))
            .send()
            .await
            .map_err(away)?;
        let body = answer.bytes().await.map_err(away)?;
        soap::decode_response(operation, &body).map_err(CallError::Fault)
    }
}

/// What went wrong, down to the cause, without the URL. A certificate that one
/// side does not accept is a refusal, everything else an absence.
fn failed(error: &reqwest::Error) -> CallError {
    use std::error::Error;
    let mut cause: &dyn Error = error;
    loop {
        if let Some(refusal) = tls(cause).and_then(refusal) {
            return CallError::Credentials(refusal);
        }
        match cause.source() {
            Some(deeper) => cause = deeper,
            None => break,
        }
    }
    let what = if error.is_timeout() {
        "no answer in time"
    } else if error.is_connect() {
        "not reached"
    } else {
        "broken off"
    };
    CallError::Away(format!("{what}: {cause}"))
}

/// The TLS error that an error is or wraps.
fn tls<'e>(error: &'e (dyn std::error::Error + 'static)) -> Option<&'e rustls::Error> {
    let wrapped = error
        .downcast_ref::<std::io::Error>()
        .and_then(std::io::Error::get_ref);
    error
        .downcast_ref()
        .or_else(|| wrapped.and_then(|inner| inner.downcast_ref()))
}

fn refusal(error: &rustls::Error) -> Option<String> {
    use rustls::AlertDescription as Alert;
    match error {
        rustls::Error::InvalidCertificate(_) => Some(format!("the server's certificate: {error}")),
        rustls::Error::AlertReceived(
            Alert::BadCertificate
            | Alert::UnsupportedCertificate
            | Alert::CertificateRevoked
            | Alert::CertificateExpired
            | Alert::CertificateUnknown
            | Alert::CertificateRequired
            | Alert::UnknownCA
            | Alert::AccessDenied,
        ) => Some(format!("our certificate: {error}")),
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
        CallError::Credentials(format!("{name}: {error}"))
    })
}

/// When the first certificate of a PEM file runs out.
fn expiry(pem: &[u8]) -> Result<Instant, CallError> {
    let wrong = || CallError::Credentials("cert.pem holds no certificate".to_owned());
    let (_, block) = x509_parser::pem::parse_x509_pem(pem).map_err(|_| wrong())?;
    let certificate = block.parse_x509().map_err(|_| wrong())?;
    let seconds = certificate.validity().not_after.timestamp();
    Ok(Instant::from_micros(0).plus_seconds(seconds))
}
