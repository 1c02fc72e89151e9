//! A small province with its console, as a browser asks it.
#![allow(dead_code, reason = "each test file uses a part of it")]
#![allow(unreachable_pub, reason = "a module of the tests")]

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::ConnectInfo;
use axum::http::{Request, StatusCode};
use kernel::{Asn, Date, FixedClock, Instant, PersonName, SchoolYear};
use pasi_reference::seed::{Province, SeedStudent};
use pasi_reference::{Config, Server, achievement_tests, diploma_exams, serve};
use pasi_wire::messages::{IdentificationRecord, School, SchoolAuthority, SchoolAuthorityPeriod};
use std::fmt::Write as _;
use std::net::SocketAddr;
use std::sync::Arc;
use tower::ServiceExt as _;

pub const TOKEN: &str = "token-of-this-run";
pub const HOST: &str = "127.0.0.1:8444";
pub const HOSTILE: &str = "<script>alert(1)</script>";
pub const ASN: &str = "999000001";
pub const OTHER: &str = "999000002";

/// The school years that have exams: the one before, and this one.
pub const YEARS: [i32; 2] = [2026, 2027];

pub fn school_year(ends: i32) -> SchoolYear {
    SchoolYear::ending(ends).expect("test year")
}

pub struct World {
    pub server: Server,
    pub router: Router,
    _folder: tempfile::TempDir,
}

pub fn date(text: &str) -> Date {
    text.parse().expect("test date")
}
pub fn asn(text: &str) -> Asn {
    text.parse().expect("test ASN")
}

pub fn student(number: &str, first: &str, last: &str, born: &str) -> SeedStudent {
    let identification = IdentificationRecord {
        name: PersonName::new(first, last),
        birth_date: date(born),
        gender: "F".into(),
        source_document_type: Some("BirthCertificateCanada".into()),
        identity_document_ref_id: None,
    };
    SeedStudent::new(asn(number), identification, date("2020-09-01"))
}

pub fn province() -> Province {
    let authority_code = "3260".parse().expect("test authority");
    Province {
        authorities: vec![SchoolAuthority {
            authority_code,
            name: HOSTILE.into(),
            authority_type: "Public".into(),
            restriction_level: "LOW".into(),
            is_international: false,
            address: None,
            pasi_core_version: 0,
        }],
        schools: vec![School {
            school_code: "2601".parse().expect("test school"),
            name: HOSTILE.into(),
            authorities: vec![SchoolAuthorityPeriod {
                authority_code,
                effective_date: date("2000-09-01"),
                expiry_date: None,
            }],
            school_type: "Public".into(),
            is_limited_access: false,
            is_international: false,
            is_designated_special_education: false,
            address: None,
            open_date: None,
            close_date: None,
            pasi_core_version: 0,
        }],
        students: vec![
            student(ASN, HOSTILE, "\"onload='x'", "2015-04-17"),
            student(OTHER, "Bruno", "Kowalski", "2015-02-03"),
        ],
        courses: pasi_reference::catalogue(),
        diploma_exams: YEARS
            .map(school_year)
            .into_iter()
            .flat_map(diploma_exams)
            .collect(),
        achievement_tests: achievement_tests(school_year(YEARS[0])),
        ..Province::default()
    }
}

pub async fn world() -> World {
    world_of(province()).await
}

pub async fn world_of(province: Province) -> World {
    let folder = tempfile::tempdir().expect("a folder");
    let noon = Instant::from_rfc3339("2026-11-23T19:00:00Z").expect("a moment");
    let listen = "127.0.0.1:0".parse().expect("an address");
    let mut config = Config::new(folder.path(), listen, Arc::new(FixedClock::at(noon)));
    config.console = true;
    let server = serve(config).await.expect("the server starts");
    server.seed(province).expect("the province loads");
    let router = pasi_console::router(pasi_console::App::new(server.ministry(), TOKEN));
    World {
        server,
        router,
        _folder: folder,
    }
}

/// A request as it arrives.
pub struct Asked {
    pub request: axum::http::request::Builder,
    pub body: String,
    pub from: SocketAddr,
}

pub fn get(path: &str) -> Asked {
    Asked {
        request: Request::get(path).header("host", HOST),
        body: String::new(),
        from: "127.0.0.1:50000".parse().expect("an address"),
    }
}

/// A form of one of the console's own pages.
pub fn post(path: &str, fields: &[(&str, &str)]) -> Asked {
    let encode = |text: &str| {
        let mut out = String::new();
        for byte in text.bytes() {
            write!(out, "%{byte:02X}").expect("a String takes any text");
        }
        out
    };
    let mut pairs = vec![format!("csrf={TOKEN}")];
    pairs.extend(
        fields
            .iter()
            .map(|(name, value)| format!("{name}={}", encode(value))),
    );
    Asked {
        request: Request::post(path)
            .header("host", HOST)
            .header("origin", format!("http://{HOST}"))
            .header("content-type", "application/x-www-form-urlencoded"),
        body: pairs.join("&"),
        ..get(path)
    }
}

impl World {
    pub async fn ask(&self, asked: Asked) -> (StatusCode, String) {
        let Asked { request, body, from } = asked;
        let mut request = request.body(Body::from(body)).expect("a request");
        request.extensions_mut().insert(ConnectInfo(from));
        let answer = self.router.clone().oneshot(request).await.expect("an answer");
        let status = answer.status();
        let bytes = to_bytes(answer.into_body(), 4 << 20).await.expect("a body");
        (status, String::from_utf8_lossy(&bytes).into_owned())
    }
    pub fn version(&self, number: &str) -> String {
        let held = self.server.outside().student(asn(number)).expect("there");
        held.pasi_core_version.to_string()
    }
}
