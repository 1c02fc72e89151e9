//! `pasi conformance`: is an endpoint PASI?

use crate::ending::{Ended, Stop};
use kernel::{OrganizationCode, SystemClock};
use pasi_conformance::{Endpoint, EndpointError};
use std::path::PathBuf;

/// Which endpoint, with which certificate, for whom.
#[derive(Debug, clap::Args)]
pub(crate) struct Conformance {
    /// The endpoint.
    #[arg(long, value_name = "URL", default_value = "https://localhost:8443/")]
    endpoint: String,
    /// Folder with `cert.pem`, `key.pem` and `ca.pem`, as the reference server leaves one for its client.
    #[arg(long, value_name = "DIR", required_unless_present_all = ["client_cert", "client_key", "ca"])]
    credentials: Option<PathBuf>,
    /// The client certificate with its chain, PEM; in place of the folder's.
    #[arg(long, value_name = "FILE")]
    client_cert: Option<PathBuf>,
    /// Its private key, PEM.
    #[arg(long, value_name = "FILE")]
    client_key: Option<PathBuf>,
    /// The authority that signed the server's certificate, PEM.
    #[arg(long, value_name = "FILE")]
    ca: Option<PathBuf>,
    /// Whom calls speak for: `A.nnnn` an authority, `S.nnnn` a school.
    #[arg(long, value_name = "CODE")]
    organization: OrganizationCode,
    /// Print one line of JSON instead of the table.
    #[arg(long)]
    json: bool,
}

impl Conformance {
    fn endpoint(self) -> Endpoint {
        let folder = self.credentials.unwrap_or_default();
        let or = |file: Option<PathBuf>, name: &str| file.unwrap_or_else(|| folder.join(name));
        Endpoint {
            url: self.endpoint,
            certificate: or(self.client_cert, "cert.pem"),
            key: or(self.client_key, "key.pem"),
            authority: or(self.ca, "ca.pem"),
            organization: self.organization,
        }
    }
}

/// Asks, prints, and ends with exit code 1 unless all came as it must.
pub(crate) fn run(call: Conformance) -> Ended {
    let is_json = call.json;
    let endpoint = call.endpoint();
    crate::commands::wait_for(async move {
        let report = pasi_conformance::run(&endpoint, &SystemClock).await;
        let report = report.map_err(|error| match error {
            EndpointError::File(..) | EndpointError::Certificate(_) => Stop::Call(error.to_string()),
        })?;
        if is_json {
            println!("{}", serde_json::to_string(&report).expect("texts are JSON"));
        } else {
            println!("{report}");
        }
        if report.is_conformant() {
            Ok(())
        } else {
            Err(Stop::Problems(format!(
                "{} is not PASI as the contract has it",
                endpoint.url
            )))
        }
    })
}
