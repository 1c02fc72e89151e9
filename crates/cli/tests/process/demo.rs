//! `demo`: ready in one line, the same after a second start, whole after a kill.

use crate::program::{Running, done, run, text};
use serde_json::Value;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;

const STUDENTS: &str = "300";

fn start(folder: &Path) -> Running {
    Running::start(&[
        "demo",
        "--students",
        STUDENTS,
        "--data",
        text(folder),
        "--listen",
        "127.0.0.1:0",
        "--pasi-listen",
        "127.0.0.1:0",
        "--json",
    ])
}

fn ready(running: &mut Running) -> Value {
    let line = running.line().expect("a line when ready");
    serde_json::from_str(&line).expect("the line is JSON")
}

/// The status line of a plain GET.
fn get(sis: &str, path: &str) -> String {
    let host = sis.strip_prefix("http://").expect("plain HTTP on loopback");
    let mut stream = TcpStream::connect(host).expect("the site answers");
    write!(
        stream,
        "GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
    )
    .expect("sent");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("read");
    answer.lines().next().unwrap_or_default().to_owned()
}

#[test]
fn the_demo_is_ready_continues_and_its_backup_restores_whole() {
    let place = tempfile::tempdir().expect("a folder");
    let folder = place.path().join("demo");
    let mut first = start(&folder);
    let told = ready(&mut first);
    assert_eq!(told["ready"], Value::Bool(true));
    let (sis, pasi) = (
        told["sis"].as_str().expect("an address"),
        told["pasi"].as_str().expect("an address"),
    );
    assert!(pasi.starts_with("https://"), "{pasi}");
    for path in ["/healthz", "/readyz", "/metrics"] {
        assert!(get(sis, path).contains(" 200 "), "{path}");
    }
    let roles: Vec<&str> = told["accounts"]
        .as_array()
        .expect("accounts")
        .iter()
        .filter_map(|one| one["role"].as_str())
        .collect();
    assert_eq!(roles.len(), 12, "{roles:?}");
    for file in [
        "pasi-client/cert.pem",
        "pasi-client/key.pem",
        "pasi-client/ca.pem",
        "pasi-sis/cert.pem",
    ] {
        assert!(folder.join(file).exists(), "{file}");
    }
    assert_eq!(first.terminate(), Some(0), "SIGTERM ends it well");

    let mut second = start(&folder);
    assert_eq!(
        ready(&mut second)["accounts"],
        told["accounts"],
        "a second start continues"
    );
    drop(second);

    assert!(done(&["audit", "verify", "--data", text(&folder)]).contains("whole"));
    let (backup, restored) = (place.path().join("backup"), place.path().join("restored"));
    done(&["backup", "--data", text(&folder), "--to", text(&backup)]);
    done(&["restore", "--from", text(&backup), "--data", text(&restored)]);
    let said = |folder: &Path| done(&["audit", "verify", "--data", text(folder)]);
    assert_eq!(said(&folder), said(&restored), "the same chain");
    let again = run(&["restore", "--from", text(&backup), "--data", text(&restored)]);
    assert_eq!(again.status.code(), Some(2), "records are never written over");
}

#[test]
fn another_size_on_the_same_folder_is_a_wrong_call_and_serve_refuses_practice_records() {
    let place = tempfile::tempdir().expect("a folder");
    let folder = place.path().join("demo");
    let mut first = start(&folder);
    ready(&mut first);
    assert_eq!(first.terminate(), Some(0));
    let other = run(&[
        "demo",
        "--students",
        "200",
        "--data",
        text(&folder),
        "--listen",
        "127.0.0.1:0",
        "--pasi-listen",
        "127.0.0.1:0",
    ]);
    assert_eq!(other.status.code(), Some(2));
    let file = place.path().join("lodgepole.toml");
    let keys = folder.join("keys");
    let config = format!(
        "data = {:?}\nkeys = {:?}\nlisten = \"127.0.0.1:0\"\n",
        text(&folder),
        text(&keys)
    );
    std::fs::write(&file, config).expect("written");
    let served = run(&["serve", "--config", text(&file)]);
    assert_eq!(served.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&served.stderr).contains("practice"));
}

#[test]
fn a_first_start_that_is_killed_goes_on_and_ends_whole() {
    let place = tempfile::tempdir().expect("a folder");
    let folder = place.path().join("demo");
    let mut kills = 0;
    for moment in 0..6_u32 {
        let mut started = start(&folder);
        // The steps are a few tens of milliseconds each: watch the folder grow, then kill.
        let seen = wait_until(|| folder.join("lodgepole.db").exists());
        assert!(seen, "the records are begun");
        spin(moment * 40);
        started.kill();
        kills += 1;
    }
    let mut last = start(&folder);
    assert_eq!(
        ready(&mut last)["ready"],
        Value::Bool(true),
        "after {kills} kills"
    );
    drop(last);
    assert!(done(&["audit", "verify", "--data", text(&folder)]).contains("whole"));
}

/// Looks until it is so; gives up after many looks.
fn wait_until(is_so: impl Fn() -> bool) -> bool {
    (0..2_000_000).any(|_| {
        std::thread::yield_now();
        is_so()
    })
}

/// Lets so many milliseconds pass.
fn spin(millis: u32) {
    let began = std::time::Instant::now();
    while began.elapsed().as_millis() < u128::from(millis) {
        std::thread::yield_now();
    }
}
