//! Files the pages need, embedded in the program and served under names that carry their checksum.
//!
//! A name changes whenever its bytes do, so browsers keep a file for ever. Each file is compressed once, at first use.

use std::collections::HashMap;
use std::io::Write;
use std::sync::LazyLock;

use flate2::Compression;
use flate2::write::GzEncoder;
use ring::digest::{SHA256, digest};

/// `Cache-Control` of every asset.
pub const CACHE_CONTROL: &str = "public, max-age=31536000, immutable";

/// One servable file.
#[derive(Clone, Copy, Debug)]
pub struct Asset {
    /// The bytes as they are.
    pub bytes: &'static [u8],
    /// The same, gzip-compressed; `None` for formats that are compressed already.
    pub gzip: Option<&'static [u8]>,
    /// Media type, with the character set for text.
    pub content_type: &'static str,
    /// Strong entity tag, quotes included.
    pub etag: &'static str,
}

/// One embedded file: plain name and bytes. Text files may name others in `{{…}}`; those must stand above them.
struct Source {
    name: &'static str,
    bytes: &'static [u8],
}

macro_rules! embedded {
    ($($name:literal,)*) => {
        &[$(Source { name: $name, bytes: include_bytes!(concat!("../assets/", $name)) },)*]
    };
}

const SOURCES: &[Source] = embedded![
    "fonts/source-sans-3-latin.woff2",
    "fonts/source-sans-3-latin-ext.woff2",
    "fonts/source-sans-3-vietnamese.woff2",
    "tabler.css",
    "app.css",
    "htmx.js",
    "idiomorph.js",
    "echarts.js",
    "mark.svg",
    "js/base.js",
    "js/theme.js",
    "js/palette.js",
    "js/keys.js",
    "js/choices.js",
    "js/connection.js",
    "js/forms.js",
    "js/selection.js",
    "js/notices.js",
    "js/passkey.js",
    "js/app.js",
    "js/charts.js",
    "js/keep.js",
    "js/roll.js",
    "js/roll-worker.js",
];

struct Stored {
    bytes: Vec<u8>,
    gzip: Option<Vec<u8>>,
    content_type: &'static str,
    etag: String,
    url: String,
}

#[derive(Default)]
struct Registry {
    stored: Vec<Stored>,
    by_name: HashMap<&'static str, usize>,
    by_url: HashMap<String, usize>,
}

static REGISTRY: LazyLock<Registry> = LazyLock::new(|| {
    let mut registry = Registry::default();
    for source in SOURCES {
        registry.add(source);
    }
    registry
});

impl Registry {
    fn add(&mut self, source: &Source) {
        let content_type = content_type(source.name);
        let text = content_type.contains("charset");
        let bytes = if text && is_ours(source.name) {
            self.resolved(source)
        } else {
            source.bytes.to_vec()
        };
        let hash = hash8(&bytes);
        let stored = Stored {
            gzip: text.then(|| gzip(&bytes)),
            content_type,
            etag: format!("\"{hash}\""),
            url: hashed_url(source.name, &hash),
            bytes,
        };
        let at = self.stored.len();
        self.by_name.insert(source.name, at);
        self.by_url.insert(stored.url.clone(), at);
        self.stored.push(stored);
    }

    /// Our own text with every `{{name}}` replaced by the address of that file.
    fn resolved(&self, source: &Source) -> Vec<u8> {
        let text =
            std::str::from_utf8(source.bytes).expect("invariant: our own style sheets and scripts are UTF-8");
        let mut out = String::with_capacity(text.len());
        let mut parts = text.split("{{");
        out.push_str(parts.next().unwrap_or_default());
        for part in parts {
            let (name, rest) = part
                .split_once("}}")
                .expect("invariant: every {{ in our own files is closed");
            let at = self
                .by_name
                .get(name)
                .expect("invariant: a file named in {{…}} stands above the one that names it");
            out.push_str(&self.stored[*at].url);
            out.push_str(rest);
        }
        out.into_bytes()
    }
}

fn is_ours(name: &str) -> bool {
    name == "app.css" || name.starts_with("js/")
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit_once('.').map(|(_, extension)| extension) {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml; charset=utf-8",
        Some("woff2") => "font/woff2",
        _ => "application/octet-stream",
    }
}

/// The first eight hexadecimal digits of the SHA-256.
fn hash8(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    digest(&SHA256, bytes).as_ref()[..4]
        .iter()
        .fold(String::new(), |mut out, byte| {
            let _ = write!(out, "{byte:02x}");
            out
        })
}

fn hashed_url(name: &str, hash: &str) -> String {
    let file = name.rsplit('/').next().unwrap_or(name);
    let (stem, extension) = file.rsplit_once('.').unwrap_or((file, "bin"));
    format!("/assets/{stem}.{hash}.{extension}")
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder
        .write_all(bytes)
        .and_then(|()| encoder.finish())
        .expect("invariant: writing to memory does not fail")
}

/// The file at a request path such as `/assets/app.1a2b3c4d.css`; `None` when no file has exactly this name.
pub fn lookup(path: &str) -> Option<Asset> {
    let registry: &'static Registry = &REGISTRY;
    let stored = &registry.stored[*registry.by_url.get(path)?];
    Some(Asset {
        bytes: &stored.bytes,
        gzip: stored.gzip.as_deref(),
        content_type: stored.content_type,
        etag: &stored.etag,
    })
}

/// The address of a file by its plain name, as in `app.css`.
///
/// Panics when no such file is embedded; the names are literals in this crate and in `web`, and a test walks them.
pub fn url(name: &str) -> &'static str {
    let registry: &'static Registry = &REGISTRY;
    let at = registry
        .by_name
        .get(name)
        .unwrap_or_else(|| panic!("no asset is named {name:?}"));
    &registry.stored[*at].url
}

/// Every embedded file: address and contents. For writing a static copy.
pub fn all() -> impl Iterator<Item = (&'static str, &'static [u8])> {
    let registry: &'static Registry = &REGISTRY;
    registry
        .stored
        .iter()
        .map(|stored| (stored.url.as_str(), stored.bytes.as_slice()))
}

#[cfg(test)]
mod tests;
