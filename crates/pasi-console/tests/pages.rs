//! The console as a browser meets it: who may look, what a form must carry,
//! and what comes of it in the province.

mod common;

use axum::http::{Request, StatusCode};
use common::*;
use pasi_reference::{Outage, Trouble};

const PAGES: [&str; 19] = [
    "/",
    "/more",
    "/students",
    "/students?q=script",
    "/students/999000001",
    "/students/999000001/change",
    "/students/999000001/number",
    "/students/999000001/results",
    "/documents",
    "/traffic",
    "/trouble",
    "/clients",
    "/organizations",
    "/organizations/2601",
    "/authorities/3260",
    "/trail",
    "/codes",
    "/codes/Grade",
    "/codes/Grade/value?text=06",
];

#[tokio::test]
async fn every_page_is_whole_in_both_languages_and_holds_no_foreign_markup() {
    let world = world().await;
    for lang in ["en-CA", "fr-CA"] {
        for path in PAGES {
            let mut asked = get(path);
            asked.request = asked.request.header("accept-language", lang);
            let (status, html) = world.ask(asked).await;
            assert_eq!(status, StatusCode::OK, "{path}");
            assert!(html.contains(&format!("<html lang=\"{lang}\"")), "{path}");
            assert!(!html.contains('⟦'), "{path} lacks a word in {lang}");
            assert!(!html.contains("<script>"), "{path} lets a text become a script");
            assert!(
                !html.contains("\"onload="),
                "{path} lets a text become an attribute"
            );
            assert_eq!(html.matches("<h1").count(), 1, "{path}");
        }
    }
}

#[tokio::test]
async fn no_name_and_no_birth_date_stands_in_a_title() {
    let world = world().await;
    for path in [
        "/students/999000002",
        "/students/999000002/change",
        "/students?q=kowalski",
    ] {
        let (_, html) = world.ask(get(path)).await;
        let title = html
            .split("<title>")
            .nth(1)
            .and_then(|rest| rest.split("</title>").next());
        let title = title.expect("a title");
        assert!(
            !title.contains("Kowalski") && !title.contains("2015"),
            "{path}: {title}"
        );
    }
}

#[tokio::test]
async fn another_machine_and_a_bent_name_find_nothing() {
    let world = world().await;
    let mut far = get("/");
    far.from = "192.0.2.7:50000".parse().expect("an address");
    assert_eq!(world.ask(far).await.0, StatusCode::NOT_FOUND);
    let mut mapped = get("/");
    mapped.from = "[::ffff:127.0.0.1]:50000".parse().expect("an address");
    assert_eq!(world.ask(mapped).await.0, StatusCode::OK);
    for host in [
        "evil.example",
        "127.0.0.1.evil.example:8444",
        "localhost.evil.example",
    ] {
        let bent = Asked {
            request: Request::get("/").header("host", host),
            ..get("/")
        };
        assert_eq!(world.ask(bent).await.0, StatusCode::NOT_FOUND, "{host}");
    }
    for address in ["0.0.0.0:8444", "192.0.2.7:8444", "[::]:8444"] {
        assert!(
            !pasi_console::is_loopback(address.parse().expect("an address")),
            "{address}"
        );
    }
}

#[tokio::test]
async fn a_form_of_another_page_changes_nothing() {
    let world = world().await;
    let form = || post("/trouble", &[("verb", "set"), ("outage", "fault")]);
    let from = |name: &'static str, value: &'static str| {
        let mut asked = form();
        asked.request = Request::post("/trouble")
            .header("host", HOST)
            .header("content-type", "application/x-www-form-urlencoded")
            .header(name, value);
        asked
    };
    for (name, value) in [
        ("origin", "http://127.0.0.1:8080"),
        ("origin", "http://evil.example"),
        ("origin", "null"),
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
    ] {
        assert_eq!(
            world.ask(from(name, value)).await.0,
            StatusCode::FORBIDDEN,
            "{name}: {value}"
        );
    }
    let mut forged = form();
    forged.body = "csrf=guessed&verb=set&outage=fault".into();
    assert_eq!(world.ask(forged).await.0, StatusCode::BAD_REQUEST);
    let mut by_cookie = form();
    by_cookie.request = by_cookie.request.header("cookie", format!("csrf={TOKEN}"));
    by_cookie.body = "verb=set&outage=fault".into();
    assert_eq!(
        world.ask(by_cookie).await.0,
        StatusCode::BAD_REQUEST,
        "a cookie proves nothing"
    );
    assert!(!world.server.ministry().trouble().is_any());
    assert_eq!(world.ask(form()).await.0, StatusCode::SEE_OTHER);
    assert_eq!(world.server.ministry().trouble().outage, Some(Outage::Fault));
}

#[tokio::test]
async fn a_birth_date_is_changed_once_and_a_stale_page_changes_nothing() {
    let world = world().await;
    let version = world.version(OTHER);
    let form = |born: &'static str, version: &str| {
        let (year, rest) = born.split_once('-').expect("a date");
        let (month, day) = rest.split_once('-').expect("a date");
        post(
            "/students/999000002/identity",
            &[
                ("version", version),
                ("first", "Bruno"),
                ("last", "Kowalski"),
                ("born-year", year),
                ("born-month", month),
                ("born-day", day),
            ],
        )
    };
    for wrong in ["2015-02-30", "2031-01-01", "x-y-z"] {
        let (status, html) = world.ask(form(wrong, &version)).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
        assert!(html.contains("aria-invalid"), "{wrong}: said beside the field");
    }
    assert_eq!(
        world.ask(form("2015-2-5", &version)).await.0,
        StatusCode::SEE_OTHER
    );
    let held = world.server.outside().student(asn(OTHER)).expect("there");
    assert_eq!(held.identification.birth_date, date("2015-02-05"));
    let (status, html) = world.ask(form("2015-02-09", &version)).await;
    assert_eq!(status, StatusCode::CONFLICT, "the page was older than the change");
    assert!(html.contains(&format!("value=\"{}\"", held.pasi_core_version)));
    let again = world.server.outside().student(asn(OTHER)).expect("there");
    assert_eq!(again.identification.birth_date, date("2015-02-05"));
}

#[tokio::test]
async fn a_name_that_pasi_refuses_is_refused_with_its_rule() {
    let world = world().await;
    let version = world.version(OTHER);
    for (first, last) in [(HOSTILE, "Kowalski"), ("", "Kowalski"), ("Bruno", "Kowalski 李")] {
        let form = post(
            "/students/999000002/identity",
            &[
                ("version", &version),
                ("first", first),
                ("last", last),
                ("born", "2015-02-03"),
            ],
        );
        let (status, html) = world.ask(form).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{first} {last}");
        assert!(
            html.contains("3002") && !html.contains("<script>"),
            "{first} {last}"
        );
    }
    assert_eq!(world.version(OTHER), version);
}

#[tokio::test]
async fn an_address_and_a_guardian_are_judged_as_any_submit() {
    let world = world().await;
    let address = |postal: &'static str, version: &str| {
        post(
            "/students/999000002/address",
            &[
                ("version", version),
                ("kind", "Mailing"),
                ("effective", "2026-11-01"),
                ("street", "12 Spruce Avenue"),
                ("city", "Fort McMurray"),
                ("province", "AB"),
                ("postal", postal),
                ("country", "Canada"),
            ],
        )
    };
    let refused = world.ask(address("nowhere", &world.version(OTHER))).await;
    assert_eq!(refused.0, StatusCode::UNPROCESSABLE_ENTITY);
    let stored = world.ask(address("T9H 1A1", &world.version(OTHER))).await;
    assert_eq!(stored.0, StatusCode::SEE_OTHER, "{}", stored.1);
    let relationships = codes::built_in(codes::CodeSet::GuardianRelationship);
    let guardian = |relationship: &str, version: &str| {
        let fields = [
            ("version", version),
            ("given", "Dawn"),
            ("family", "Kowalski"),
            ("relationship", relationship),
            ("mobile", "7805550148"),
            ("resides", "yes"),
        ];
        post("/students/999000002/guardian", &fields)
    };
    let refused = world.ask(guardian("Stranger", &world.version(OTHER))).await;
    assert_eq!(refused.0, StatusCode::UNPROCESSABLE_ENTITY);
    let known = &relationships.all()[0].code;
    let stored = world.ask(guardian(known, &world.version(OTHER))).await;
    assert_eq!(stored.0, StatusCode::SEE_OTHER, "{}", stored.1);
    let held = world.server.outside().student(asn(OTHER)).expect("there");
    assert_eq!(held.addresses[0].city.as_deref(), Some("Fort McMurray"));
    assert_eq!(held.guardians[0].name.first, "Dawn");
    assert!(held.guardians[0].resides_with);
}

#[tokio::test]
async fn a_number_is_deactivated_and_linked() {
    let world = world().await;
    let send = |fields: &[(&str, &str)]| post("/students/999000001/number", fields);
    for (fields, status) in [
        (
            vec![("verb", "link"), ("primary", ASN)],
            StatusCode::UNPROCESSABLE_ENTITY,
        ),
        (
            vec![("verb", "link"), ("primary", "12")],
            StatusCode::UNPROCESSABLE_ENTITY,
        ),
        (
            vec![("verb", "link"), ("primary", "999999999")],
            StatusCode::UNPROCESSABLE_ENTITY,
        ),
        (vec![("verb", "drop")], StatusCode::NOT_FOUND),
        (vec![("verb", "deactivate")], StatusCode::SEE_OTHER),
        (vec![("verb", "activate")], StatusCode::SEE_OTHER),
        (
            vec![("verb", "link"), ("primary", "9990-0000-2")],
            StatusCode::SEE_OTHER,
        ),
    ] {
        assert_eq!(world.ask(send(&fields)).await.0, status, "{fields:?}");
    }
    let held = world.server.outside().student(asn(ASN)).expect("there");
    assert_eq!(held.primary_asn, Some(asn(OTHER)));
    let (_, html) = world.ask(get("/students/999000002")).await;
    assert!(html.contains("9990-0000-1"), "the primary names its secondary");
    let twice = post(
        "/students/999000002/number",
        &[("verb", "link"), ("primary", ASN)],
    );
    assert_eq!(world.ask(twice).await.0, StatusCode::UNPROCESSABLE_ENTITY);
    let (_, html) = world.ask(get("/students/999000001/number")).await;
    assert!(html.contains("2040-09-01"), "the day its record goes");
    let part = || send(&[("verb", "unlink")]);
    assert_eq!(world.ask(part()).await.0, StatusCode::SEE_OTHER);
    assert_eq!(world.ask(part()).await.0, StatusCode::UNPROCESSABLE_ENTITY);
    let held = world.server.outside().student(asn(ASN)).expect("there");
    assert_eq!(held.primary_asn, None);
}

#[tokio::test]
async fn what_is_wrong_on_purpose_stands_above_every_page_until_it_ends() {
    let world = world().await;
    let wrong = post(
        "/trouble",
        &[("verb", "set"), ("latency", "-5"), ("race", "many")],
    );
    assert_eq!(world.ask(wrong).await.0, StatusCode::UNPROCESSABLE_ENTITY);
    let set = post(
        "/trouble",
        &[
            ("verb", "set"),
            ("outage", "none"),
            ("latency", "250"),
            ("lagging", "yes"),
            ("race", "2"),
            ("cut", "1"),
        ],
    );
    assert_eq!(world.ask(set).await.0, StatusCode::SEE_OTHER);
    let want = Trouble {
        latency_ms: 250,
        is_lagging: true,
        race_submits: 2,
        cut_answers: 1,
        ..Trouble::default()
    };
    assert_eq!(world.server.ministry().trouble(), want);
    for path in PAGES {
        let (_, html) = world.ask(get(path)).await;
        assert!(
            html.contains("Trouble on purpose:") && html.contains("250 ms longer"),
            "{path}"
        );
    }
    assert_eq!(
        world.ask(post("/trouble", &[("verb", "end")])).await.0,
        StatusCode::SEE_OTHER
    );
    assert!(!world.ask(get("/")).await.1.contains("Trouble on purpose:"));
}

#[tokio::test]
async fn a_client_gets_its_key_once_and_is_switched_off() {
    let world = world().await;
    for (name, organization) in [
        ("", "A.3260"),
        (HOSTILE, "A.3260"),
        ("New system", "A.9999"),
        ("New system", "O.1"),
    ] {
        let form = post("/clients", &[("name", name), ("organization", organization)]);
        assert_eq!(
            world.ask(form).await.0,
            StatusCode::UNPROCESSABLE_ENTITY,
            "{name} {organization}"
        );
    }
    let form = || post("/clients", &[("name", "New system"), ("organization", "S.2601")]);
    let (status, html) = world.ask(form()).await;
    assert!(status == StatusCode::OK && html.contains("BEGIN PRIVATE KEY"));
    assert_eq!(
        world.ask(form()).await.0,
        StatusCode::UNPROCESSABLE_ENTITY,
        "the name is taken"
    );
    let (_, html) = world.ask(get("/clients/New%20system")).await;
    assert!(!html.contains("PRIVATE KEY"));
    let off = post("/clients/New%20system", &[("on", "no")]);
    assert_eq!(world.ask(off).await.0, StatusCode::SEE_OTHER);
    assert!(!world.server.clients()[0].is_active);
    let (_, html) = world.ask(post("/clients/New%20system/certificate", &[])).await;
    assert!(html.contains("BEGIN PRIVATE KEY"));
    let serial = world.server.clients()[0].certificates[0].serial.clone();
    let off = post("/clients/New%20system", &[("serial", &serial), ("on", "no")]);
    assert_eq!(world.ask(off).await.0, StatusCode::SEE_OTHER);
    assert!(!world.server.clients()[0].certificates[0].is_active);
    let none = post("/clients/Nobody", &[("on", "no")]);
    assert_eq!(world.ask(none).await.0, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn codes_are_added_said_otherwise_and_expire() {
    let world = world().await;
    let value = |fields: &[(&str, &str)]| post("/codes/PhoneType/value", fields);
    let full = [
        ("text", "Satellite"),
        ("short", "Satellite"),
        ("long", "Satellite phone"),
        ("sequence", "9"),
    ];
    let hostile = value(&[("text", "x"), ("short", "a  b\u{7f}"), ("long", "李")]);
    assert_eq!(world.ask(hostile).await.0, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(world.ask(value(&full)).await.0, StatusCode::SEE_OTHER);
    assert_eq!(
        world.ask(value(&full)).await.0,
        StatusCode::UNPROCESSABLE_ENTITY,
        "it is there"
    );
    let mut changed = full.to_vec();
    changed[1].1 = "Said otherwise";
    changed.push(("held", "yes"));
    assert_eq!(world.ask(value(&changed)).await.0, StatusCode::SEE_OTHER);
    changed.push(("verb", "expire"));
    assert_eq!(world.ask(value(&changed)).await.0, StatusCode::SEE_OTHER);
    let held = world.server.ministry().code_values();
    let held = held
        .iter()
        .find(|value| value.code_text == "Satellite")
        .expect("there");
    assert_eq!(held.short_description, "Said otherwise");
    assert_eq!(
        held.expiry_school_year.map(kernel::SchoolYear::number),
        Some(2027)
    );
    let nowhere = post("/codes/NoSuchClass/value", &full);
    assert_eq!(world.ask(nowhere).await.0, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn schools_and_school_years_are_opened_and_closed() {
    let world = world().await;
    let close = post("/codes", &[("year", "2027"), ("to", "close")]);
    assert_eq!(world.ask(close).await.0, StatusCode::SEE_OTHER);
    let years = world.server.ministry().school_years();
    assert!(
        years
            .iter()
            .any(|at| at.year.school_year.number() == 2027 && !at.year.is_accepted)
    );
    let wrong = post(
        "/organizations/2601",
        &[("open", "2027-09-01"), ("close", "2026-06-30")],
    );
    assert_eq!(world.ask(wrong).await.0, StatusCode::UNPROCESSABLE_ENTITY);
    let close = post("/organizations/2601", &[("close", "2027-06-30")]);
    assert_eq!(world.ask(close).await.0, StatusCode::SEE_OTHER);
    let year = |first: &'static str, days: &'static str| {
        let fields = [
            ("year", "2028"),
            ("first", first),
            ("last", "2028-06-27"),
            ("days", days),
        ];
        post("/organizations/2601/year", &fields)
    };
    assert_eq!(
        world.ask(year("2026-09-01", "182")).await.0,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    assert_eq!(
        world.ask(year("2027-09-01", "0")).await.0,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    assert_eq!(
        world.ask(year("2027-09-01", "182")).await.0,
        StatusCode::SEE_OTHER
    );
    let (school, years) = world
        .server
        .ministry()
        .school("2601".parse().expect("a code"))
        .expect("there");
    assert_eq!(school.close_date, Some(date("2027-06-30")));
    assert_eq!(years[0].calendars[0].instructional_days, 182);
}

#[tokio::test]
async fn theme_and_language_are_kept_and_lead_to_no_other_site() {
    let world = world().await;
    let (status, _) = world
        .ask(post(
            "/settings/theme",
            &[("theme", "dark"), ("back", "//evil.example")],
        ))
        .await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let mut dark = get("/");
    dark.request = dark
        .request
        .header("cookie", "desk_theme=dark; desk_lang=fr-CA; lodgepole=somebody");
    let (_, html) = world.ask(dark).await;
    assert!(html.contains("data-bs-theme=\"dark\"") && html.contains("<html lang=\"fr-CA\""));
    let mut odd = get("/");
    odd.request = odd
        .request
        .header("cookie", "desk_theme=\"><script>; desk_lang=xx");
    assert!(!world.ask(odd).await.1.contains("<script>"));
}
