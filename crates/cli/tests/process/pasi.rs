//! `pasi conformance`, `pasi rules` and `pasi status` against a real province.

use crate::console::Console;
use crate::program::{Running, done, run};
use serde_json::Value;
use std::path::Path;

/// The practice division's authority.
const ORGANIZATION: &str = "A.3260";

fn text(path: &Path) -> &str {
    path.to_str().expect("a temporary folder has a plain name")
}

fn demo(folder: &Path) -> (Running, Value) {
    let mut running = Running::start(&[
        "demo",
        "--students",
        "60",
        "--data",
        text(folder),
        "--listen",
        "127.0.0.1:0",
        "--pasi-listen",
        "127.0.0.1:0",
        "--json",
    ]);
    let line = running.line().expect("a line when ready");
    let told = serde_json::from_str(&line).expect("the line is JSON");
    (running, told)
}

#[test]
fn a_province_is_pasi_until_the_ministry_lets_it_lose_races() {
    let place = tempfile::tempdir().expect("a folder");
    let folder = place.path().join("demo");
    let (running, told) = demo(&folder);
    let endpoint = told["pasi"].as_str().expect("an address");
    let credentials = folder.join("pasi-client");
    let asked = |further: &[&str]| {
        let mut call = vec![
            "pasi",
            "conformance",
            "--endpoint",
            endpoint,
            "--organization",
            ORGANIZATION,
        ];
        call.extend(["--credentials", text(&credentials)]);
        call.extend(further);
        run(&call)
    };
    let good = asked(&["--json"]);
    let said = String::from_utf8_lossy(&good.stderr).into_owned();
    let report: Value = serde_json::from_slice(&good.stdout).expect("one line of JSON");
    let failed: Vec<&Value> = report["cases"]
        .as_array()
        .expect("cases")
        .iter()
        .filter(|case| case["result"] != "passed")
        .collect();
    assert_eq!(good.status.code(), Some(0), "{said} {failed:#?}");
    assert_eq!(report["checklist"].as_array().map(Vec::len), Some(29));

    Console::at(told["console"].as_str().expect("an address")).trouble("outage=none&race=2");
    let bad = asked(&[]);
    assert_eq!(
        bad.status.code(),
        Some(1),
        "a server that loses races is not PASI"
    );
    let table = String::from_utf8_lossy(&bad.stdout);
    assert!(table.contains("FAIL") && table.contains("3004"), "{table}");

    let status = run(&["pasi", "status", "--data", text(&folder), "--json"]);
    let status: Value = serde_json::from_slice(&status.stdout).expect("one line of JSON");
    assert!(
        status["in_sync"].is_boolean() && status["state"].is_string(),
        "{status}"
    );
    let kinds = status["kinds"].as_array().expect("kinds of records");
    assert!(
        kinds.iter().any(|kind| kind["notification"] == "Student"),
        "{status}"
    );
    let words = run(&["pasi", "status", "--data", text(&folder)]);
    let words = String::from_utf8_lossy(&words.stdout);
    assert!(
        words.contains("in sync: ") && words.contains("queue: "),
        "{words}"
    );
    assert_eq!(running.terminate(), Some(0));

    let away = asked(&["--json"]);
    assert_eq!(away.status.code(), Some(1), "nobody answers");
}

#[test]
fn the_rules_are_listed_with_who_judges_them() {
    let rules: Vec<Value> = serde_json::from_str(&done(&["pasi", "rules", "--json"])).expect("a list");
    let by = |judged: &str| rules.iter().filter(|rule| rule["judged"] == judged).count();
    assert_eq!(by("both") + by("reference") + by("nobody"), rules.len());
    assert!(
        by("both") > 10 && by("reference") > 10,
        "{} and {}",
        by("both"),
        by("reference")
    );
    let table = done(&["pasi", "rules", "--number", "1000", "--french"]);
    assert!(table.contains("10002") && !table.contains("  3004  "), "{table}");
    let open = done(&["pasi", "rules", "--judged", "nobody"]);
    assert!(open.contains("known only") && open.contains("4002"), "{open}");
}

#[test]
fn an_endpoint_is_not_asked_without_a_certificate_and_the_console_not_opened_to_others() {
    let place = tempfile::tempdir().expect("a folder");
    let missing = text(place.path());
    let asked = run(&[
        "pasi",
        "conformance",
        "--organization",
        ORGANIZATION,
        "--credentials",
        missing,
    ]);
    assert_eq!(asked.status.code(), Some(2));
    assert!(
        String::from_utf8_lossy(&asked.stderr).contains("cert.pem"),
        "the file is named"
    );
    let none = run(&["pasi", "conformance", "--organization", ORGANIZATION]);
    assert_eq!(none.status.code(), Some(2));
    let open = run(&[
        "pasi-reference",
        "--data",
        missing,
        "--listen",
        "127.0.0.1:0",
        "--console",
        "0.0.0.0:0",
    ]);
    assert_eq!(open.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&open.stderr).contains("this machine alone"));
}

#[test]
fn the_connection_is_measured_to_the_end_beside_a_bare_client() {
    let output = run(&["bench", "pasi", "--json", "--students", "80", "--province", "400"]);
    let told: Value = serde_json::from_slice(&output.stdout).expect("one line of JSON");
    let figures = told["figures"].as_array().expect("a list of figures");
    for (begins, has_limit) in [
        ("save until the province has it", true),
        ("change at the province until it is seen", true),
        ("first load of 80 students", true),
        ("most memory of the SIS", false),
        ("a province of 400 students", false),
        ("first page from version 0 for the ministry", true),
        ("until the last of them knows", true),
    ] {
        let figure = figures.iter().find(|figure| {
            figure["name"]
                .as_str()
                .is_some_and(|name| name.starts_with(begins))
        });
        let figure = figure.unwrap_or_else(|| panic!("{begins}: {told}"));
        assert!(
            figure["value"].as_f64().is_some_and(|value| value >= 0.0),
            "{figure}"
        );
        assert_eq!(figure["limit"].is_number(), has_limit, "{figure}");
    }
    let answered = figures
        .iter()
        .find(|figure| figure["name"] == "long polls answered by one change");
    assert_eq!(
        answered.map(|figure| &figure["holds"]),
        Some(&Value::Bool(true)),
        "{told}"
    );
}
