//! `demo`: the practice division and the practice province, in one process.

use super::desk::Desk;
use super::reference;
use super::serve::{jobs, metrics};
use crate::demo::{self, Account, DIVISION, Made};
use crate::ending::{Ended, Stop};
use crate::site::Patience;
use crate::{logs, site};
use db::{Location, Options, Store};
use kernel::{OrganizationCode, SystemClock};
use mail::Postman;
use pasi::{Client, Connection, Connector};
use pasi_reference::Server;
use practice_mailbox::Mailbox;
use serde::Serialize;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;
use tokio::net::TcpListener;
use tokio::sync::watch;

/// Starts a practice division with invented students, the province beside it.
#[derive(Debug, clap::Args)]
pub(crate) struct Demo {
    /// How many students; the official counts (8,143) when left away.
    #[arg(long, value_name = "N")]
    students: Option<usize>,
    /// Folder of everything it makes; a second start on it continues.
    #[arg(long, value_name = "DIR", default_value = "lodgepole-demo")]
    data: PathBuf,
    /// Where the site listens; port 0 takes a free one.
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// Where the province listens; port 0 takes a free one.
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8443")]
    pasi_listen: SocketAddr,
    /// Where the ministry's console listens, for browsers of this machine alone; the port after the province's when left away.
    #[arg(long, value_name = "ADDR")]
    console: Option<SocketAddr>,
    /// PostgreSQL for the records, in place of the folder.
    #[arg(long, value_name = "URL")]
    database_url: Option<String>,
    /// Print one line of JSON when ready.
    #[arg(long)]
    json: bool,
    /// What is logged.
    #[arg(long, default_value = "warn")]
    log: String,
    /// Minutes without input after which a session ends; 30 when left away.
    #[arg(long, value_name = "MINUTES", hide = true, value_parser = clap::value_parser!(u16).range(1..=30))]
    idle_minutes: Option<u16>,
}

/// Runs until SIGTERM or SIGINT.
pub(crate) fn run(call: Demo) -> Ended {
    logs::start(&call.log);
    super::wait_for(demo(call))
}

async fn demo(call: Demo) -> Ended {
    let began = Instant::now();
    let (listener, address) = site::listen(call.listen).await?;
    let desk = Desk::open(call.console, call.pasi_listen).await?;
    let store = open(&call)?;
    let server = province(&call).await?;
    let making = Instant::now();
    let (made, server) = made(&call, store.clone(), server).await?;
    let made_in = making.elapsed().as_millis();
    let organization = OrganizationCode::Authority(practice::default_authority());
    reference::client(
        &server,
        "practice-client",
        organization,
        &call.data.join("pasi-client"),
    )?;
    let credentials = call.data.join("pasi-sis");
    reference::client(&server, "Lodgepole", organization, &credentials)?;
    let pasi = server.url();
    let connection = Connection {
        url: pasi.clone(),
        credentials,
        organization,
    };
    let client = Client::new(connection, Arc::new(SystemClock)).map_err(|error| Stop::Away(error.line()))?;
    let connector = Connector::new(store.clone(), client, DIVISION);
    let letters = call.data.join("mailbox");
    let mailbox = Mailbox::open(0, Some(letters.clone()))
        .await
        .map_err(Stop::io("the practice mail server"))?;
    let postman = postman(&mailbox)?;
    let sis = format!("http://{address}");
    let console = desk.url();
    let ready = Told {
        ready: true,
        sis: &sis,
        pasi: &pasi,
        console: &console,
        mailbox: &letters,
        accounts: &made.accounts,
    };
    let site = SiteAt {
        listener,
        address,
        idle_minutes: call.idle_minutes.unwrap_or(access::sessions::IDLE_MINUTES),
    };
    let app = app(store.clone(), connector.clone(), &site)?;
    let announce = || {
        if call.json {
            ready.line();
        } else {
            ready.words(&call.data, &made, made_in, began.elapsed().as_millis());
        }
    };
    let (stop, stopped) = watch::channel(false);
    let desk = desk.serve(&server, stopped);
    let told = run_until_told(site, app, (postman, connector), store, announce).await;
    drop(mailbox);
    stop.send_replace(true);
    drop(desk.await);
    told?;
    server
        .shutdown()
        .await
        .map_err(Stop::io("the province's records"))
}

/// Sends to the practice mail server, which sends nothing on.
fn postman(mailbox: &Mailbox) -> Result<Postman, Stop> {
    let smtp = mail::Smtp {
        host: "127.0.0.1".to_owned(),
        port: mailbox.port(),
        security: mail::Security::None,
        user: None,
        password_file: None,
        from: "Practice division <office@practice.example>".to_owned(),
    };
    Postman::new(smtp).map_err(Stop::Call)
}

struct SiteAt {
    listener: TcpListener,
    address: SocketAddr,
    idle_minutes: u16,
}

/// Starts everything, announces that it is ready, and waits to be told to stop.
async fn run_until_told(
    site: SiteAt,
    app: web::App,
    (postman, connector): (Postman, Connector),
    store: Store,
    announce: impl FnOnce(),
) -> Ended {
    let (stop, stopped) = watch::channel(false);
    let running = connector.start();
    let jobs = jobs(&store, DIVISION, None, (Some(postman), Some(connector)));
    let codes = tokio::spawn(pasi::follow_codes(store, DIVISION));
    let serving = tokio::spawn(site::serve(
        site.listener,
        None,
        web::router(app),
        stopped,
        Patience::default(),
    ));
    let told = site::signals()?;
    announce();
    told.await;
    stop.send_replace(true);
    drop(serving.await);
    jobs.stop().await;
    codes.abort();
    running.stop().await;
    Ok(())
}

/// Opens the records, made where there are none; a database of real records is refused.
fn open(call: &Demo) -> Result<Store, Stop> {
    let location = Location::new(&call.data, call.database_url.as_deref());
    std::fs::create_dir_all(&call.data).map_err(Stop::io(call.data.display()))?;
    db::migrate(&location)?;
    let divisions = db::divisions(&location)?;
    if let Some(real) = divisions.iter().find(|division| !division.is_practice) {
        return Err(Stop::Call(format!(
            "the database holds the division {}; practice records never mix with real ones",
            real.division_id
        )));
    }
    Ok(Store::open(
        &location,
        &call.data.join("keys"),
        Arc::new(SystemClock),
        Options::default(),
    )?)
}

async fn province(call: &Demo) -> Result<Server, Stop> {
    let mut config = pasi_reference::Config::new(
        call.data.join("province"),
        call.pasi_listen,
        Arc::new(SystemClock),
    );
    config.console = true;
    reference::start(config).await
}

/// Makes what is missing, on a thread that may block.
async fn made(call: &Demo, store: Store, server: Server) -> Result<(Made, Server), Stop> {
    let students = call.students;
    tokio::task::spawn_blocking(move || demo::make(&store, &server, students).map(|made| (made, server)))
        .await
        .map_err(|error| Stop::Problems(format!("making the practice division: {error}")))?
}

fn app(store: Store, connector: Connector, site: &SiteAt) -> Result<web::App, Stop> {
    let name = store.read_now(DIVISION, |at| {
        Ok(schools::authorities(at)?
            .into_iter()
            .next()
            .map(|authority| authority.name))
    })?;
    let name = name.unwrap_or_else(|| "Practice division".to_owned());
    let port = site.address.port();
    let settings = web::Site {
        division: DIVISION,
        is_practice: true,
        is_secure: false,
        shows_components: true,
        // Browsers make passkeys for localhost, not for a bare address.
        relying_party: access::passkeys::RelyingParty::new(&format!("http://localhost:{port}"), &name),
        name,
        idle_minutes: site.idle_minutes,
        sends_mail: true,
        address: format!("http://{}", site.address),
    };
    Ok(web::App::new(store, Some(connector), settings, metrics()?))
}

/// What is told once everything answers.
#[derive(Serialize)]
struct Told<'a> {
    ready: bool,
    sis: &'a str,
    pasi: &'a str,
    console: &'a str,
    /// Folder of the messages that were sent: each is a file.
    mailbox: &'a Path,
    accounts: &'a [Account],
}

impl Told<'_> {
    fn line(&self) {
        println!("{}", serde_json::to_string(self).expect("texts are JSON"));
    }

    fn words(&self, folder: &Path, made: &Made, made_in: u128, all: u128) {
        println!("The practice division is ready. Nobody in it is real.\n");
        println!("  Open         {}", self.sis);
        println!("  Province     {}   (contract: {}?wsdl)", self.pasi, self.pasi);
        println!("  Ministry     {}", self.console);
        println!("  E-mail       {}   (sent to nobody)", self.mailbox.display());
        println!("  Its client   {}", folder.join("pasi-client").display());
        println!("  Records      {}\n", folder.display());
        println!("On the sign-in page, enter as anyone in one click; or type:\n");
        for account in self.accounts {
            println!(
                "  {:<16} {:<14} {:<30} {}",
                account.role.as_str(),
                account.username,
                account.password,
                account.totp_secret
            );
        }
        println!("\n  (role, name, password, secret for an authenticator)\n");
        if made.was_there {
            println!("It was there already; school year {}.", made.shape.year);
        } else {
            println!("Made in {made_in} ms:");
            for (part, millis) in &made.parts {
                println!("  {millis:>6} ms  {part}");
            }
        }
        println!("Ready after {all} ms. Ctrl-C stops it; the same command continues.");
    }
}
