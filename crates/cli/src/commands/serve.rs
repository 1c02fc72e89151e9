//! `serve`: a division at work.

use super::place;
use crate::config::Config;
use crate::ending::{Ended, Stop};
use crate::{logs, site, tls};
use db::{Division, Lane, Store};
use kernel::{Actor, AuthorityCode, Date, DivisionId, OrganizationCode, SystemClock};
use metrics_exporter_prometheus::PrometheusBuilder;
use pasi::{Client, Connection, Connector};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;

/// Runs a division.
#[derive(Debug, clap::Args)]
pub(crate) struct Serve {
    /// Configuration file; `LODGEPOLE_CONFIG` when left away.
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// The records are invented, and served only to be measured.
    #[arg(long, hide = true)]
    practice: bool,
}

/// Serves until SIGTERM or SIGINT.
pub(crate) fn run(call: &Serve) -> Ended {
    let config = Config::load(call.config.as_deref())?;
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
    let connector = connector(&config, &store, &division)?;
    let (listener, address) = site::listen(config.listen).await?;
    let app = app(&config, store.clone(), connector.clone(), &division)?;
    let (stop, stopped) = watch::channel(false);
    let running = connector.as_ref().map(Connector::start);
    let daily = tokio::spawn(each_day(store.clone(), division.division_id));
    let with_pasi = tokio::spawn(each_day_with_pasi(store, division.division_id, connector));
    tracing::info!(%address, division = %division.division_id, "ready");
    let serving = tokio::spawn(site::serve(listener, tls, web::router(app), stopped));
    let told = site::told_to_stop().await;
    tracing::info!("stopping");
    stop.send_replace(true);
    drop(serving.await);
    daily.abort();
    with_pasi.abort();
    if let Some(running) = running {
        running.stop().await;
    }
    told
}

/// The connector of a configuration; none where PASI is not configured.
pub(crate) fn connector(
    config: &Config,
    store: &Store,
    division: &Division,
) -> Result<Option<Connector>, Stop> {
    let Some(pasi) = &config.pasi else { return Ok(None) };
    let organization = pasi
        .organization
        .map_or_else(|| authority(division.division_id), Ok)?;
    let connection = Connection {
        url: pasi.url.clone(),
        credentials: pasi.credentials.clone(),
        organization,
    };
    let client = Client::new(connection, Arc::new(SystemClock)).map_err(|error| Stop::Away(error.line()))?;
    Ok(Some(Connector::new(store.clone(), client, division.division_id)))
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

/// How often the day is looked at.
const LOOK: Duration = Duration::from_mins(1);

/// Makes anew, once each day, the cards that turn on the calendar.
pub(crate) async fn each_day(store: Store, division: DivisionId) {
    let mut done: Option<Date> = None;
    loop {
        let today = store.now().date();
        if done != Some(today) {
            let actor = Actor::system(division, "Daily");
            let refreshed = store
                .write_in(Lane::Batch, &actor, move |tx| people::refresh_for_day(tx, today))
                .await;
            match refreshed {
                Ok(cards) => {
                    tracing::info!(cards, "the day turned");
                    done = Some(today);
                }
                Err(failure) => tracing::warn!("the day's cards: {}", failure.log_line()),
            }
        }
        tokio::time::sleep(LOOK).await;
    }
}

/// How long the day's work with PASI rests when PASI did not answer.
const TRY_AGAIN: Duration = Duration::from_mins(15);

/// Once each day compares both sides, reads the code values and lets old calls
/// go; meanwhile takes up code values that another program of the division read.
pub(crate) async fn each_day_with_pasi(store: Store, division: DivisionId, connector: Option<Connector>) {
    let mut known = None;
    let mut tried: Option<std::time::Instant> = None;
    loop {
        match store
            .read(division, move |at| pasi::put_codes_above(at, known))
            .await
        {
            Ok(changed_at) => known = changed_at,
            Err(failure) => tracing::warn!("PASI's code values: {}", failure.log_line()),
        }
        let is_rested = tried.is_none_or(|tried| tried.elapsed() >= TRY_AGAIN);
        if let Some(connector) = connector.as_ref().filter(|_| is_rested) {
            tried = day_with_pasi(connector).await;
        }
        tokio::time::sleep(LOOK).await;
    }
}

/// The day's work, if it is not done; gives when it was tried in vain.
async fn day_with_pasi(connector: &Connector) -> Option<std::time::Instant> {
    let done = async {
        if connector.is_day_done().await? {
            return Ok(true);
        }
        let day = connector.day().await?;
        if let Some(check) = &day.check {
            tracing::info!(
                put_right = check.put_right(),
                changed_codes = day.codes,
                "compared with PASI"
            );
        }
        Ok::<bool, kernel::Failure>(day.is_done())
    };
    match done.await {
        Ok(true) => None,
        Ok(false) => Some(std::time::Instant::now()),
        Err(failure) => {
            tracing::warn!("the day's work with PASI: {}", failure.log_line());
            Some(std::time::Instant::now())
        }
    }
}
