//! `pasi-reference`: the reference server alone, for other people's systems.

use super::desk::Desk;
use crate::demo::Provincial;
use crate::ending::{Ended, Stop};
use crate::{logs, site};
use kernel::{Clock, Instant, OrganizationCode, SystemClock};
use pasi_reference::{Config, NewClient, Server};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tokio::sync::watch;

/// Runs the PASI reference server alone.
#[derive(Debug, clap::Args)]
pub(crate) struct Reference {
    /// Folder of its records, certificates and clients.
    #[arg(long, value_name = "DIR")]
    data: PathBuf,
    /// Where it listens; port 0 takes a free one.
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8443")]
    listen: SocketAddr,
    /// Where the ministry's console listens, for browsers of this machine alone; the port after the province's when left away.
    #[arg(long, value_name = "ADDR")]
    console: Option<SocketAddr>,
    /// Load the practice province into an empty folder, and leave a client certificate in `DIR/pasi-client`.
    #[arg(long, conflicts_with = "province")]
    practice: bool,
    /// Load the whole province into an empty folder: 2,500 schools, 800,000 students, four school years of a million enrolments each.
    #[arg(long)]
    province: bool,
    /// So many students in place of the official counts, or of 800,000.
    #[arg(long, value_name = "N")]
    students: Option<usize>,
    /// A clock so many seconds ahead of the machine's (negative: behind), so that clients can be seen to bear it.
    #[arg(
        long,
        value_name = "SECONDS",
        default_value_t = 0,
        allow_negative_numbers = true
    )]
    clock_ahead: i64,
    /// What is logged.
    #[arg(long, default_value = logs::DEFAULT)]
    log: String,
}

/// The machine's clock, so many seconds ahead.
struct Ahead(i64);

impl Clock for Ahead {
    fn now(&self) -> Instant {
        SystemClock.now().plus_seconds(self.0)
    }
}

/// Serves until SIGTERM or SIGINT.
pub(crate) fn run(call: Reference) -> Ended {
    logs::start(&call.log);
    super::wait_for(serve(call))
}

async fn serve(call: Reference) -> Ended {
    let mut config = Config::new(&call.data, call.listen, Arc::new(Ahead(call.clock_ahead)));
    config.console = true;
    let desk = Desk::open(call.console, call.listen).await?;
    let server = start(config).await?;
    if call.practice || call.province {
        if server.students() == 0 {
            load(&call, &server)?;
        }
        let authority = OrganizationCode::Authority(practice::default_authority());
        client(
            &server,
            "practice-client",
            authority,
            &call.data.join("pasi-client"),
        )?;
    }
    let told = site::signals()?;
    println!("{}", server.url());
    println!("{} students; WSDL at {}?wsdl", server.students(), server.url());
    println!("ministry console at {}", desk.url());
    let (stop, stopped) = watch::channel(false);
    let desk = desk.serve(&server, stopped);
    told.await;
    stop.send_replace(true);
    drop(desk.await);
    server
        .shutdown()
        .await
        .map_err(Stop::io("the province's records"))
}

/// Fills a server without students, as the call asks.
fn load(call: &Reference, server: &Server) -> Ended {
    let loaded = if call.province {
        let province = Provincial::new(call.students, server.today())?;
        server.seed_with(province.organizations(), province.students())
    } else {
        server.seed(crate::demo::whole_province(call.students, server.today())?)
    };
    loaded.map_err(|error| Stop::Away(error.to_string()))?;
    Ok(())
}

/// Starts a server, or says why not.
pub(crate) async fn start(config: Config) -> Result<Server, Stop> {
    pasi_reference::serve(config)
        .await
        .map_err(|error| Stop::Away(error.to_string()))
}

/// Leaves a client certificate in a folder; the one that is there stays while it is known.
pub(crate) fn client(server: &Server, name: &str, organization: OrganizationCode, folder: &Path) -> Ended {
    let held = std::fs::read_to_string(folder.join("cert.pem"));
    if held.is_ok_and(|pem| server.knows(&pem)) && folder.join("key.pem").exists() {
        return Ok(());
    }
    let made = server
        .register(NewClient::school_authority(name, organization))
        .map_err(|error| Stop::Away(error.to_string()))?;
    made.save(folder).map_err(Stop::io(folder.display()))
}
