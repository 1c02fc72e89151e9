//! What a template may see: itself, the rules shared by all, one value, two fonts, no clock.

use crate::paper::Template;
use kernel::{Failure, Outcome};
use std::sync::LazyLock;
use typst::Library;
use typst::LibraryExt as _;
use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;

/// What every template imports.
const SHARED: (&str, &str) = ("/paper.typ", include_str!("../templates/paper.typ"));
/// Where a template finds its value.
const DATA: &str = "/data.json";

static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| LazyHash::new(Library::default()));

static FONTS: LazyLock<(LazyHash<FontBook>, Vec<Font>)> = LazyLock::new(|| {
    let files: [&'static [u8]; 2] = [
        include_bytes!("../fonts/LodgepoleSans-Regular.ttf"),
        include_bytes!("../fonts/LodgepoleSans-Semibold.ttf"),
    ];
    let fonts: Vec<Font> = files
        .into_iter()
        .flat_map(|file| Font::iter(Bytes::new(file)))
        .collect();
    (LazyHash::new(FontBook::from_fonts(&fonts)), fonts)
});

/// The first sign of a text that no font here has a shape for; none when all of it can be printed.
pub fn unprintable(text: &str) -> Option<char> {
    let has = |sign: char| {
        FONTS
            .1
            .iter()
            .all(|font| font.info().coverage.contains(u32::from(sign)))
    };
    text.chars()
        .find(|sign| !sign.is_control() && *sign != '\u{202f}' && !has(*sign))
}

/// A template with its value.
pub(crate) struct World {
    main: Source,
    shared: Source,
    data: (FileId, Bytes),
}

impl World {
    /// Puts the value where the template reads it.
    pub(crate) fn new(template: Template, data: Vec<u8>) -> Outcome<Self> {
        Ok(Self {
            main: source(template.source())?,
            shared: source(SHARED)?,
            data: (file(DATA)?, Bytes::new(data)),
        })
    }
}

fn source((name, text): (&str, &str)) -> Outcome<Source> {
    Ok(Source::new(file(name)?, text.to_owned()))
}

fn file(name: &str) -> Outcome<FileId> {
    let path = VirtualPath::new(name).map_err(|_| Failure::Fault(format!("paper: no path {name}")))?;
    Ok(RootedPath::new(VirtualRoot::Project, path).intern())
}

impl typst::World for World {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }
    fn book(&self) -> &LazyHash<FontBook> {
        &FONTS.0
    }
    fn main(&self) -> FileId {
        self.main.id()
    }
    fn source(&self, id: FileId) -> FileResult<Source> {
        let known = [&self.main, &self.shared].into_iter().find(|one| one.id() == id);
        known.cloned().ok_or(FileError::AccessDenied)
    }
    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == self.data.0 {
            Ok(self.data.1.clone())
        } else {
            Err(FileError::AccessDenied)
        }
    }
    fn font(&self, index: usize) -> Option<Font> {
        FONTS.1.get(index).cloned()
    }
    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}
