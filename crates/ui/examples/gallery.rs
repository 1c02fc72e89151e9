//! Writes every page of the gallery with its assets as static files: `cargo run -p ui --example gallery -- DIR`.

use std::path::{Path, PathBuf};
use std::{env, fs, io};

use ui::{Lang, assets, gallery};

fn main() -> io::Result<()> {
    let folder = PathBuf::from(env::args().nth(1).unwrap_or_else(|| "gallery".into()));
    for (url, bytes) in assets::all() {
        write(&folder.join(url.trim_start_matches('/')), bytes)?;
    }
    for lang in Lang::ALL {
        let place = folder.join(lang.tag());
        write(
            &place.join("index.html"),
            gallery::index(lang).into_string().as_bytes(),
        )?;
        for name in gallery::names() {
            if let Some(page) = gallery::page(&name, lang) {
                write(&place.join(format!("{name}.html")), page.into_string().as_bytes())?;
            }
        }
    }
    Ok(())
}

fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent)?;
    }
    fs::write(path, bytes)
}
