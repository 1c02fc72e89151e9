//! `doctor`: what is wrong, in words.

mod letters;

use super::place::{self, Place};
use super::serve;
use crate::config::Config;
use crate::ending::{Ended, Stop};
use db::{Engine, Location};
use kernel::{Clock, Date, Instant, SystemClock};
use std::net::ToSocketAddrs;
use std::path::Path;
use std::time::Duration;

/// Says in words what is wrong.
#[derive(Debug, clap::Args)]
pub(crate) struct Doctor {
    #[command(flatten)]
    place: Place,
}

/// How one thing stands.
#[derive(Debug, PartialEq, Eq)]
enum Finding {
    Well(String),
    /// Works, and will not for long.
    Soon(String),
    Wrong(String),
    Away(String),
}

/// Days before the end of a certificate from which it is named.
const CERTIFICATE_DAYS: i64 = 60;
/// Free space below which it is named, in MiB.
const LOW_SPACE: u64 = 1024;
/// Before this day the clock is wrong: the program is younger.
const YOUNGEST: &str = "2026-01-01";
/// Seconds without a run after which a daily job is late.
const LATE: i64 = 2 * 86_400;
/// How long PASI may take to open a connection.
const PATIENCE: Duration = Duration::from_secs(3);

/// Looks at everything, tells all of it, and ends with the gravest.
pub(crate) fn run(call: &Doctor) -> Ended {
    let config = call.place.config()?;
    let location = config.location();
    let mut found = vec![clock(SystemClock.now().date()), key(&config.keys)];
    found.extend(records(&location));
    found.push(space(&config.data));
    found.push(door(&config));
    found.extend(background(&config, &location));
    found.extend(reading(&config, &location));
    found.extend(province(&config, &location));
    found.extend(letters::look(&config, &location));
    for finding in &found {
        match finding {
            Finding::Well(words) => println!("ok     {words}"),
            Finding::Soon(words) => println!("soon   {words}"),
            Finding::Wrong(words) => println!("wrong  {words}"),
            Finding::Away(words) => println!("away   {words}"),
        }
    }
    if found.iter().any(|finding| matches!(finding, Finding::Away(_))) {
        return Err(Stop::Away("something is away".to_owned()));
    }
    if found.iter().any(|finding| matches!(finding, Finding::Wrong(_))) {
        return Err(Stop::Problems("something is wrong".to_owned()));
    }
    Ok(())
}

fn clock(today: Date) -> Finding {
    if today.as_str() < YOUNGEST {
        Finding::Wrong(format!("the clock says {today}; set the machine's time"))
    } else {
        Finding::Well(format!("the clock says {today} in Alberta"))
    }
}

fn key(folder: &Path) -> Finding {
    let file = folder.join("master.key");
    let Ok(meta) = std::fs::metadata(&file) else {
        return Finding::Wrong(format!(
            "no master key at {}; it is made at the first start, or must be brought back for records that have one",
            file.display()
        ));
    };
    let mode = std::os::unix::fs::PermissionsExt::mode(&meta.permissions()) & 0o777;
    let others = mode & 0o077;
    if others == 0 {
        Finding::Well("the master key is readable by its owner alone".to_owned())
    } else {
        Finding::Wrong(format!(
            "the master key may be read by others (mode {mode:o}); chmod 600 {}",
            file.display()
        ))
    }
}

fn records(location: &Location) -> Vec<Finding> {
    if let Location::Folder(folder) = location
        && !folder.join("lodgepole.db").exists()
    {
        let words = format!(
            "no records in {}; `lodgepole migrate` makes them",
            folder.display()
        );
        return vec![Finding::Wrong(words)];
    }
    let engine = match location.engine() {
        Engine::Sqlite => "SQLite",
        Engine::Postgres => "PostgreSQL",
    };
    let waiting = match db::pending(location) {
        Ok(waiting) => waiting,
        Err(failure) => {
            return vec![Finding::Away(format!(
                "{engine} does not answer: {}",
                failure.log_line()
            ))];
        }
    };
    if !waiting.is_empty() {
        let words = format!(
            "the schema is behind by {}; back up, then `lodgepole migrate`",
            waiting.join(", ")
        );
        return vec![Finding::Wrong(words)];
    }
    let mut found = vec![Finding::Well(format!("{engine} answers; the schema is current"))];
    found.push(match db::divisions(location) {
        Ok(all) if all.is_empty() => {
            Finding::Wrong("there is no division; make one with `lodgepole division add`".to_owned())
        }
        Ok(all) => {
            let names: Vec<String> = all
                .iter()
                .map(|one| format!("{} {}", one.division_id, one.name))
                .collect();
            Finding::Well(format!("divisions: {}", names.join("; ")))
        }
        Err(failure) => Finding::Away(failure.log_line()),
    });
    found
}

/// Cookies travel over TLS alone, so a browser that comes by plain HTTP cannot sign in; its own machine may.
fn door(config: &Config) -> Finding {
    let listen = config.listen;
    if config.tls.is_some() {
        return Finding::Well(format!("the site speaks TLS at {listen}"));
    }
    if !listen.ip().is_loopback() {
        return Finding::Wrong(format!(
            "the site would speak plain HTTP at {listen}, and nobody could sign in: set tls.certificate and tls.key, \
             or listen on 127.0.0.1 behind a proxy with TLS"
        ));
    }
    let is_public = |url: &&String| url.starts_with("https://");
    match config.public_url.as_ref().filter(is_public) {
        Some(url) => Finding::Well(format!(
            "the site is at {listen}, behind a proxy with TLS at {url}"
        )),
        None => Finding::Soon(format!(
            "the site is at {listen} for this machine alone (http://localhost:{}); others need a proxy with TLS before \
             it, and its address as public_url",
            listen.port()
        )),
    }
}

/// What runs by itself, as it stands in the records.
fn background(config: &Config, location: &Location) -> Vec<Finding> {
    let Ok(overview) = overview(config, location) else {
        return Vec::new(); // what is wrong with the records was said above
    };
    let now = SystemClock.now();
    let last = |kind: &jobs::KindLine| kind.last.as_ref().and_then(|job| job.done_at);
    let late: Vec<&str> = overview
        .kinds
        .iter()
        .filter(|kind| kind.is_scheduled)
        .filter(|kind| last(kind).is_some_and(|at| at.seconds_until(now) > LATE))
        .map(|kind| kind.kind.as_str())
        .collect();
    let mut found = Vec::new();
    if overview.kinds.is_empty() {
        found.push(Finding::Soon(
            "no background job has run; they begin with `lodgepole serve`".to_owned(),
        ));
    } else if late.is_empty() {
        found.push(Finding::Well("background jobs run each day".to_owned()));
    } else {
        found.push(Finding::Wrong(format!(
            "not done for more than two days: {}; is `lodgepole serve` running?",
            late.join(", ")
        )));
    }
    for job in overview
        .troubled
        .iter()
        .filter(|job| job.state == jobs::JobState::Dead)
    {
        found.push(Finding::Wrong(format!(
            "job {} was given up: {}",
            job.kind, job.last_error
        )));
    }
    if config.backup.is_none() {
        found.push(Finding::Soon(
            "no daily backup is configured (backup.to); make them otherwise".to_owned(),
        ));
    }
    found
}

/// Who read unusually many sensitive records: by number, since a terminal is no place for names.
fn reading(config: &Config, location: &Location) -> Option<Finding> {
    let division = place::division(location, config.division).ok()?.division_id;
    let store = place::open(location, config).ok()?;
    let permit = access::Permit::program(&kernel::Actor::system(division, "Doctor")).ok()?;
    let (readers, most) = store
        .read_now(division, |at| {
            let readers = access::watch::bulk_readers(at, &permit)?;
            Ok((readers, access::watch::threshold(at, &permit)?))
        })
        .ok()?;
    Some(match readers.as_slice() {
        [] => Finding::Well(format!(
            "nobody read sensitive parts of more than {most} students in a day"
        )),
        [first, ..] => Finding::Soon(format!(
            "{} read sensitive parts of more than {most} students in a day, up to {}; the privacy officer sees who",
            if readers.len() == 1 {
                "one account".to_owned()
            } else {
                format!("{} accounts", readers.len())
            },
            first.students
        )),
    })
}

fn overview(config: &Config, location: &Location) -> Result<jobs::Overview, Stop> {
    let division = place::division(location, config.division)?.division_id;
    let store = place::open(location, config)?;
    let permit = access::Permit::program(&kernel::Actor::system(division, "Doctor"))?;
    Ok(store.read_now(division, |at| jobs::overview(at, &permit))?)
}

/// Free space by `df`, which every system has; nothing is said where it cannot be asked.
fn space(folder: &Path) -> Finding {
    let asked = std::process::Command::new("df")
        .args(["-Pm"])
        .arg(folder)
        .output();
    let free = asked.ok().and_then(|answer| {
        let text = String::from_utf8(answer.stdout).ok()?;
        text.lines()
            .nth(1)?
            .split_whitespace()
            .nth(3)?
            .parse::<u64>()
            .ok()
    });
    match free {
        Some(free) if free < LOW_SPACE => {
            Finding::Wrong(format!("only {free} MiB are free for {}", folder.display()))
        }
        Some(free) => Finding::Well(format!("{free} MiB are free for {}", folder.display())),
        None => Finding::Soon(format!(
            "how much space is free for {} is not known",
            folder.display()
        )),
    }
}

fn province(config: &Config, location: &Location) -> Vec<Finding> {
    let Some(pasi) = &config.pasi else {
        return vec![Finding::Well(
            "PASI is not configured; nothing is sent".to_owned(),
        )];
    };
    let mut found = vec![reachable(&pasi.url)];
    let opened = place::division(location, config.division)
        .and_then(|division| Ok((place::open(location, config)?, division)));
    found.extend(opened.as_ref().ok().and_then(|(store, division)| {
        let link = store.read_now(division.division_id, |at| pasi::link(at)).ok()?;
        beside_pasi(&link, SystemClock.now())
    }));
    found.push(
        match opened.and_then(|(store, division)| serve::connector(config, &store, &division)) {
            Ok(_) => certificate(&pasi.credentials),
            Err(stop) => Finding::Wrong(format!("PASI: {}", stop.words())),
        },
    );
    found
}

/// Our clock beside PASI's, as it was when PASI last answered.
fn beside_pasi(link: &pasi::Link, now: Instant) -> Option<Finding> {
    let told = match (link.set_back(now), link.clock_skew()) {
        (Some(back), _) => format!("was set back by {} since PASI last answered", lasting(back)),
        (None, Some(ahead)) if ahead > 0 => format!("is {} ahead of PASI's", lasting(ahead)),
        (None, Some(behind)) => format!("is {} behind PASI's", lasting(-behind)),
        (None, None) => return None,
    };
    Some(Finding::Wrong(format!(
        "this machine's clock {told}; set it by a time server"
    )))
}

/// Seconds in the largest unit that tells enough.
fn lasting(seconds: i64) -> String {
    match seconds {
        ..7_200 => format!("{} min", (seconds + 59) / 60),
        7_200..172_800 => format!("{} h", seconds / 3_600),
        _ => format!("{} days", seconds / 86_400),
    }
}

fn reachable(url: &str) -> Finding {
    let authority = url
        .trim_start_matches("https://")
        .split('/')
        .next()
        .unwrap_or_default();
    let host = if authority.contains(':') {
        authority.to_owned()
    } else {
        format!("{authority}:443")
    };
    let addresses: Vec<_> = match host.to_socket_addrs() {
        Ok(addresses) => addresses.collect(),
        Err(error) => return Finding::Away(format!("PASI at {host}: {error}")),
    };
    let opened = addresses
        .iter()
        .any(|to| std::net::TcpStream::connect_timeout(to, PATIENCE).is_ok());
    if opened {
        Finding::Well(format!("PASI at {host} is reached"))
    } else {
        Finding::Away(format!(
            "PASI at {host} is not reached; work goes on and waits in the queue"
        ))
    }
}

fn certificate(folder: &Path) -> Finding {
    let wrong = || {
        Finding::Wrong(format!(
            "{} holds no certificate",
            folder.join("cert.pem").display()
        ))
    };
    let Ok(pem) = std::fs::read(folder.join("cert.pem")) else {
        return wrong();
    };
    let Ok((_, block)) = x509_parser::pem::parse_x509_pem(&pem) else {
        return wrong();
    };
    let Ok(parsed) = block.parse_x509() else {
        return wrong();
    };
    let left = (parsed.validity().not_after.timestamp() - SystemClock.now().micros() / 1_000_000) / 86_400;
    match left {
        ..0 => Finding::Wrong("the PASI certificate has expired; ask the ministry for a new one".to_owned()),
        0..CERTIFICATE_DAYS => Finding::Soon(format!("the PASI certificate runs out in {left} days")),
        _ => Finding::Well(format!("the PASI certificate holds for {left} days")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_before_the_program_is_wrong() {
        let day = |text: &str| text.parse::<Date>().expect("a date");
        assert!(matches!(clock(day("1970-01-01")), Finding::Wrong(_)));
        assert!(matches!(clock(day("2026-11-23")), Finding::Well(_)));
    }

    #[test]
    fn a_clock_that_jumped_is_told_in_words() {
        let now = Instant::from_rfc3339("2026-11-23T16:42:00Z").expect("a moment");
        for (answered, ahead, told) in [
            (-60, Some(0), None),
            (-60, Some(365 * 86_400), Some("is 365 days ahead of PASI's")),
            (-60, Some(-600), Some("is 10 min behind PASI's")),
            (
                86_400,
                Some(0),
                Some("was set back by 24 h since PASI last answered"),
            ),
        ] {
            let link = pasi::Link {
                state: pasi::LinkState::Up,
                last_exchange_at: Some(now.plus_seconds(answered)),
                down_since: None,
                last_error: String::new(),
                hindrance: String::new(),
                certificate_expires_at: None,
                clock_ahead: ahead,
            };
            let want = told.map(|told| format!("this machine's clock {told}; set it by a time server"));
            let found = match beside_pasi(&link, now) {
                Some(Finding::Wrong(words)) => Some(words),
                None => None,
                Some(_) => panic!("a wrong clock is wrong"),
            };
            assert_eq!(found, want);
        }
    }

    #[test]
    fn plain_http_beyond_this_machine_is_wrong_and_behind_a_proxy_is_well() {
        let config = |text: &str| Config::from_text(text).expect("a configuration");
        for (text, is_wrong, is_well) in [
            ("listen = \"0.0.0.0:80\"", true, false),
            ("listen = \"127.0.0.1:8080\"", false, false),
            (
                "listen = \"127.0.0.1:8080\"\npublic_url = \"https://sis.example\"",
                false,
                true,
            ),
            (
                "listen = \"0.0.0.0:443\"\n[tls]\ncertificate = \"c.pem\"\nkey = \"k.pem\"",
                false,
                true,
            ),
        ] {
            let found = door(&config(text));
            assert_eq!(matches!(found, Finding::Wrong(_)), is_wrong, "{text}");
            assert_eq!(matches!(found, Finding::Well(_)), is_well, "{text}");
        }
    }

    #[test]
    fn a_key_that_others_may_read_is_named() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().expect("a folder");
        assert!(matches!(key(folder.path()), Finding::Wrong(_)), "there is none");
        let file = folder.path().join("master.key");
        std::fs::write(&file, "x").expect("written");
        for (mode, is_well) in [(0o600, true), (0o640, false), (0o604, false), (0o400, true)] {
            std::fs::set_permissions(&file, std::fs::Permissions::from_mode(mode)).expect("set");
            assert_eq!(
                matches!(key(folder.path()), Finding::Well(_)),
                is_well,
                "{mode:o}"
            );
        }
    }
}
