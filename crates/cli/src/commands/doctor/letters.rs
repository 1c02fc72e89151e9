//! E-mail: the server, its password, what it did not take.

use super::{Finding, PATIENCE};
use crate::commands::place;
use crate::config::Config;
use db::Location;
use std::net::ToSocketAddrs;
use std::path::Path;

/// The mail server, and what it did not take.
pub(super) fn look(config: &Config, location: &Location) -> Vec<Finding> {
    let Some(smtp) = &config.mail else {
        return vec![Finding::Well(
            "e-mail is not configured; none is offered".to_owned(),
        )];
    };
    let server = format!("{}:{}", smtp.host, smtp.port);
    let mut found = vec![if opens(&server) {
        Finding::Well(format!("the mail server at {server} is reached"))
    } else {
        Finding::Away(format!(
            "the mail server at {server} is not reached; messages wait"
        ))
    }];
    if let Some(file) = &smtp.password_file {
        found.extend(private(file));
    }
    let opened = place::division(location, config.division)
        .and_then(|division| Ok((place::open(location, config)?, division)));
    let counts = opened
        .ok()
        .and_then(|(store, division)| store.read_now(division.division_id, |at| mail::troubled(at)).ok());
    if let Some((_, refused, given_up)) = counts
        && refused + given_up > 0
    {
        found.push(Finding::Soon(format!(
            "{refused} messages were refused and {given_up} given up; the page of e-mail tells why"
        )));
    }
    found
}

/// A secret's file that is not there, or that others may read.
fn private(file: &Path) -> Option<Finding> {
    let Ok(meta) = std::fs::metadata(file) else {
        return Some(Finding::Wrong(format!("no file {}", file.display())));
    };
    let mode = std::os::unix::fs::PermissionsExt::mode(&meta.permissions()) & 0o077;
    (mode != 0).then(|| Finding::Wrong(format!("{} may be read by others; chmod 600 it", file.display())))
}

/// Does anybody answer there?
fn opens(host: &str) -> bool {
    let addresses = host
        .to_socket_addrs()
        .map(Iterator::collect::<Vec<_>>)
        .unwrap_or_default();
    let answers = |to: &std::net::SocketAddr| std::net::TcpStream::connect_timeout(to, PATIENCE).is_ok();
    addresses.iter().any(answers)
}
