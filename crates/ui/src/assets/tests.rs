use std::io::Read;
use std::path::Path;

use super::*;

#[derive(serde::Deserialize)]
struct Vendor {
    package: Vec<Package>,
}

#[derive(serde::Deserialize)]
struct Package {
    name: String,
    version: String,
    licence: String,
    files: Vec<File>,
}

#[derive(serde::Deserialize)]
struct File {
    file: String,
    sha256: String,
}

fn vendor() -> Vendor {
    toml::from_str(include_str!("../../assets/VENDOR.toml")).expect("VENDOR.toml is valid")
}

fn sha256(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    digest(&SHA256, bytes)
        .as_ref()
        .iter()
        .fold(String::new(), |mut out, byte| {
            let _ = write!(out, "{byte:02x}");
            out
        })
}

#[test]
fn every_vendored_file_has_the_recorded_checksum() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets");
    for package in vendor().package {
        assert!(
            !package.version.is_empty() && !package.licence.is_empty(),
            "{} is described",
            package.name
        );
        for file in package.files {
            let bytes = std::fs::read(folder.join(&file.file))
                .unwrap_or_else(|error| panic!("{}: {error}", file.file));
            assert_eq!(
                sha256(&bytes),
                file.sha256,
                "{} differs from VENDOR.toml: run assets/vendor.mjs",
                file.file
            );
        }
    }
}

#[test]
fn every_embedded_file_is_ours_or_listed_as_vendored() {
    let listed: Vec<String> = vendor()
        .package
        .into_iter()
        .flat_map(|package| package.files)
        .map(|file| file.file)
        .collect();
    for source in SOURCES {
        let ours = is_ours(source.name) || source.name == "mark.svg";
        assert!(
            ours || listed.iter().any(|file| file == source.name),
            "{} is missing from VENDOR.toml",
            source.name
        );
    }
}

#[test]
fn a_file_is_found_under_its_hashed_name_only() {
    let url = url("app.css");
    let asset = lookup(url).expect("app.css is served");
    assert_eq!(asset.content_type, "text/css; charset=utf-8");
    assert!(asset.etag.starts_with('"') && url.contains(asset.etag.trim_matches('"')));
    assert!(
        lookup("/assets/app.css").is_none(),
        "a plain name would outlive its contents"
    );
    assert!(lookup("/assets/../Cargo.toml").is_none());
}

#[test]
fn compressed_bytes_unpack_to_the_file() {
    let asset = lookup(url("htmx.js")).expect("htmx is served");
    let mut unpacked = Vec::new();
    flate2::read::GzDecoder::new(asset.gzip.expect("scripts are compressed"))
        .read_to_end(&mut unpacked)
        .expect("valid gzip");
    assert_eq!(unpacked, asset.bytes);
    assert!(
        lookup(url("fonts/source-sans-3-latin.woff2"))
            .expect("font is served")
            .gzip
            .is_none()
    );
}

#[test]
fn our_own_files_name_others_by_their_hashed_address() {
    for (name, mentions) in [
        ("app.css", "fonts/source-sans-3-latin.woff2"),
        ("js/app.js", "js/base.js"),
    ] {
        let text = String::from_utf8(lookup(url(name)).expect("served").bytes.to_vec()).expect("text");
        assert!(text.contains(url(mentions)), "{name} names {mentions}");
        assert!(!text.contains("{{"), "{name} has an unresolved name");
    }
}

/// Loaded by pages that have a chart, and by no other.
const CHARTS: [&str; 2] = ["echarts.js", "js/charts.js"];
/// Loaded by the pages of attendance alone.
const ROLLS: [&str; 3] = ["js/keep.js", "js/roll.js", "js/roll-worker.js"];

#[test]
fn the_first_view_keeps_its_budget() {
    // KB compressed: the table in the design's speed budget; scripts include idiomorph and the modules.
    let kb = |names: &[&str]| {
        names
            .iter()
            .map(|name| lookup(url(name)).and_then(|a| a.gzip).map_or(0, <[u8]>::len))
            .sum::<usize>()
    };
    assert!(kb(&["tabler.css"]) <= 25 * 1024);
    assert!(
        kb(&["app.css"]) <= 12 * 1024,
        "app.css is {} bytes",
        kb(&["app.css"])
    );
    let scripts: Vec<&str> = SOURCES
        .iter()
        .map(|s| s.name)
        .filter(|name| content_type(name).starts_with("text/javascript"))
        .filter(|name| !CHARTS.contains(name) && !ROLLS.contains(name))
        .collect();
    assert!(kb(&scripts) <= 32 * 1024, "scripts are {} bytes", kb(&scripts));
    assert!(kb(&ROLLS) <= 8 * 1024, "rolls are {} bytes", kb(&ROLLS));
    assert!(kb(&CHARTS) <= 200 * 1024, "charts are {} bytes", kb(&CHARTS));
}

#[test]
fn no_asset_asks_for_anything_from_elsewhere() {
    for name in ["app.css", "tabler.css"] {
        let text = String::from_utf8(lookup(url(name)).expect("served").bytes.to_vec()).expect("text");
        for address in text.split("url(").skip(1) {
            let address = address.trim_start_matches(['"', '\'']);
            assert!(
                address.starts_with("/assets/") || address.starts_with("data:"),
                "{name}: {}",
                &address[..40.min(address.len())]
            );
        }
    }
}
