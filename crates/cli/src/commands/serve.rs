//! `serve`: a division at work.

use super::place::{self, Place};
use crate::config::Config;
use crate::ending::{Ended, Stop};
use crate::site::Patience;
use crate::{logs, site, tls};
use db::{Division, Lane, Store};
use kernel::{Actor, AuthorityCode, DivisionId, OrganizationCode, SystemClock};
use mail::Postman;
use metrics_exporter_prometheus::PrometheusBuilder;
use pasi::{CallError, Client, Connection, Connector};
use std::net::SocketAddr;
use std::sync::Arc;
use tokio::sync::watch;

/// Runs a division.
#[derive(Debug, clap::Args)]
pub(crate) struct Serve {
    #[command(flatten)]
    place: Place,
    /// Where the site listens; the configuration's address when left away.
    #[arg(long, value_name = "ADDR")]
    listen: Option<SocketAddr>,
    /// The records are invented, and served only to be measured.
    #[arg(long, hide = true)]
    practice: bool,
}

/// Serves until SIGTERM or SIGINT.
pub(crate) fn run(call: &Serve) -> Ended {
    let mut config = call.place.config()?;
    config.listen = call.listen.unwrap_or(config.listen);
    logs::start(&config.log);
    super::wait_for(serve(config, call.practice))
}

async fn serve(config: Config, practice: bool) -> Ended {
    let location = config.location();
    let store = place::open(&location, &config)?;
    let division = place::division(&location, config.division)?;
    if division.is_practice && !practice {
        return Err(Stop::Call(
            "this is a practice database; `lodgepole demo` runs it. Real records never mix with it"
                .to_owned(),
        ));
    }
    let tls = match &config.tls {
        Some((certificate, key)) => Some(tls::acceptor(certificate, key)?),
        None => None,
    };
    let connector = connector_if_usable(&config, &store, &division)?;
    let (listener, address) = site::listen(config.listen).await?;
    let told = site::signals()?;
    let postman = postman(&config)?;
    let app = app(&config, store.clone(), connector.clone(), &division)?;
    let (stop, stopped) = watch::channel(false);
    let running = connector.as_ref().map(Connector::start);
    let jobs = jobs(
        &store,
        division.division_id,
        config.backup.clone(),
        (postman, connector),
    );
    let codes = tokio::spawn(pasi::follow_codes(store, division.division_id));
    tracing::info!(%address, division = %division.division_id, "ready");
    let serving = tokio::spawn(site::serve(
        listener,
        tls,
        web::router(app),
        stopped,
        Patience::default(),
    ));
    told.await;
    tracing::info!("stopping");
    stop.send_replace(true);
    drop(serving.await);
    jobs.stop().await;
    codes.abort();
    if let Some(running) = running {
        running.stop().await;
    }
    Ok(())
}

/// The connector, or none where its credentials cannot be used: schools work
/// on, what is for PASI waits, and every page says why.
fn connector_if_usable(
    config: &Config,
    store: &Store,
    division: &Division,
) -> Result<Option<Connector>, Stop> {
    match connect(config, store, division)? {
        Some(Err(error)) => {
            tracing::error!("PASI: {}; nothing is sent until it is put right", error.line());
            let system = Actor::system(division.division_id, "Sync");
            store.write_now(Lane::Interactive, &system, |tx| pasi::cannot_start(tx, &error))?;
            Ok(None)
        }
        Some(Ok(connector)) => Ok(Some(connector)),
        None => Ok(None),
    }
}

/// The connector of a configuration; none where PASI is not configured.
pub(crate) fn connector(
    config: &Config,
    store: &Store,
    division: &Division,
) -> Result<Option<Connector>, Stop> {
    connect(config, store, division)?
        .transpose()
        .map_err(|error| Stop::Away(error.line()))
}

/// None where PASI is not configured; an error where its credentials cannot be used.
fn connect(
    config: &Config,
    store: &Store,
    division: &Division,
) -> Result<Option<Result<Connector, CallError>>, Stop> {
    let Some(pasi) = &config.pasi else { return Ok(None) };
    let organization = pasi
        .organization
        .map_or_else(|| authority(division.division_id), Ok)?;
    let connection = Connection {
        url: pasi.url.clone(),
        credentials: pasi.credentials.clone(),
        organization,
    };
    let client = Client::new(connection, Arc::new(SystemClock));
    Ok(Some(client.map(|client| {
        Connector::new(store.clone(), client, division.division_id)
    })))
}

/// Who sends e-mail; none where no mail server is configured.
pub(crate) fn postman(config: &Config) -> Result<Option<Postman>, Stop> {
    let made = config.mail.clone().map(Postman::new).transpose();
    made.map_err(|words| Stop::Call(format!("mail: {words}")))
}

/// The authority a division is.
pub(crate) fn authority(division: DivisionId) -> Result<OrganizationCode, Stop> {
    let code: Result<AuthorityCode, _> = division.to_string().parse();
    code.map(OrganizationCode::Authority)
        .map_err(|error| Stop::Call(format!("division: {error}")))
}

fn app(
    config: &Config,
    store: Store,
    connector: Option<Connector>,
    division: &Division,
) -> Result<web::App, Stop> {
    let site = web::Site {
        division: division.division_id,
        name: division.name.clone(),
        is_practice: false,
        is_secure: true,
        shows_components: false,
        relying_party: config
            .public_url
            .as_deref()
            .and_then(|url| access::passkeys::RelyingParty::new(url, &division.name)),
        idle_minutes: config.idle_minutes,
        sends_mail: config.mail.is_some(),
        address: config
            .public_url
            .as_deref()
            .map(|url| url.trim_end_matches('/').to_owned())
            .unwrap_or_default(),
    };
    Ok(web::App::new(store, connector, site, metrics()?))
}

/// Begins to count; gives what renders the figures.
pub(crate) fn metrics() -> Result<impl Fn() -> String + Send + Sync + 'static, Stop> {
    let handle = PrometheusBuilder::new()
        .install_recorder()
        .map_err(|error| Stop::Problems(format!("metrics: {error}")))?;
    Ok(move || handle.render())
}

/// Begins the jobs of a division.
pub(crate) fn jobs(
    store: &Store,
    division: DivisionId,
    backup: Option<worker::Backup>,
    (mail, pasi): (Option<Postman>, Option<Connector>),
) -> jobs::Running {
    let register = worker::register(backup, mail, pasi);
    jobs::Runner::new(store.clone(), division, register, jobs::Pace::default()).start()
}
