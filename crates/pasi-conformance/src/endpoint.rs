//! The line to an endpoint: mutual TLS, SOAP by POST, nothing read into the answer.

use kernel::OrganizationCode;
use pasi_wire::soap::{decode_response, encode_request};
use pasi_wire::{Fault, Operation, Request, Response};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Longest time a call may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// What is to be judged, and as whom.
#[derive(Debug, Clone)]
pub struct Endpoint {
    /// `https://…/`.
    pub url: String,
    /// The client certificate with its chain, PEM.
    pub certificate: PathBuf,
    /// Its private key, PEM.
    pub key: PathBuf,
    /// The authority that signed the server's certificate, PEM.
    pub authority: PathBuf,
    /// Whom calls speak for.
    pub organization: OrganizationCode,
}

/// Why nothing can be asked at all.
#[derive(Debug, thiserror::Error)]
pub enum EndpointError {
    /// A file cannot be read.
    #[error("{0}: {1}")]
    File(PathBuf, std::io::Error),
    /// The files are no certificate and key.
    #[error("the certificate cannot be used: {0}")]
    Certificate(#[from] reqwest::Error),
}

/// What came back.
#[derive(Debug)]
pub(crate) enum Said {
    Answer(Box<Response>),
    Fault(Fault),
    /// No answer of this contract; why.
    Broken(String),
}

/// The open line.
pub(crate) struct Line {
    http: reqwest::Client,
    url: String,
}

impl Endpoint {
    /// Reads the certificate; nothing is sent.
    #[expect(
        clippy::disallowed_methods,
        reason = "it asks an endpoint as a foreign program does"
    )]
    pub(crate) fn open(&self) -> Result<Line, EndpointError> {
        // Another part of the program may have chosen the provider; it is the same one.
        drop(rustls::crypto::ring::default_provider().install_default());
        let identity = [read(&self.certificate)?, read(&self.key)?].concat();
        let http = reqwest::Client::builder()
            .tls_certs_only([reqwest::Certificate::from_pem(&read(&self.authority)?)?])
            .identity(reqwest::Identity::from_pem(&identity)?)
            .https_only(true)
            .timeout(PATIENCE)
            .no_proxy()
            .build()?;
        Ok(Line {
            http,
            url: self.url.clone(),
        })
    }
}

fn read(path: &Path) -> Result<Vec<u8>, EndpointError> {
    std::fs::read(path).map_err(|error| EndpointError::File(path.to_owned(), error))
}

impl Line {
    /// Sends a request of the contract.
    pub(crate) async fn ask(&self, request: &Request) -> Said {
        self.send(request.operation(), encode_request(request)).await
    }

    /// Sends any text as a request for an operation.
    pub(crate) async fn send(&self, operation: Operation, body: String) -> Said {
        let sent = self
            .http
            .post(&self.url)
            .header("content-type", "text/xml; charset=utf-8")
            .header("soapaction", format!("\"{}\"", operation.soap_action()))
            .body(body)
            .send()
            .await;
        let answer = match sent {
            Ok(answer) => answer,
            Err(error) => return Said::Broken(cause(&error)),
        };
        let status = answer.status().as_u16();
        match answer.bytes().await {
            Err(error) => Said::Broken(cause(&error)),
            Ok(bytes) => match decode_response(operation, &bytes) {
                Ok(response) => Said::Answer(Box::new(response)),
                Err(fault) if fault.is_unreadable() => Said::Broken(format!(
                    "HTTP {status}, and no SOAP of the contract: {}",
                    fault.message
                )),
                Err(fault) => Said::Fault(fault),
            },
        }
    }
}

/// What went wrong, down to the cause.
fn cause(error: &reqwest::Error) -> String {
    let mut deepest: &dyn std::error::Error = error;
    while let Some(deeper) = deepest.source() {
        deepest = deeper;
    }
    if error.is_timeout() {
        "no answer in time".to_owned()
    } else {
        format!("no answer: {deepest}")
    }
}
