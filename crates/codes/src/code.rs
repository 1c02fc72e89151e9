//! One code and the set it belongs to.

use kernel::SchoolYear;
use serde::Deserialize;
use std::collections::HashMap;

/// The two languages every code has a label in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Lang {
    /// English.
    English,
    /// French.
    French,
}

impl Lang {
    /// French for `fr`, `fr-CA` and the like; English for every other tag.
    pub fn of_tag(tag: &str) -> Self {
        let primary = tag.split(['-', '_']).next().unwrap_or_default();
        if primary.eq_ignore_ascii_case("fr") {
            Self::French
        } else {
            Self::English
        }
    }
}

/// How well a row is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
pub enum Mark {
    /// Published by the body that owns the list.
    #[serde(rename = "K")]
    Known,
    /// Seen in a vendor's or a division's pages.
    #[serde(rename = "V")]
    Vendor,
    /// Public knowledge, to be confirmed.
    #[serde(rename = "P")]
    Public,
    /// Assumed until the province's list is read.
    #[serde(rename = "assumed")]
    Assumed,
}

/// One code value, with the school years in which it may be chosen.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Code {
    /// The text that is stored and sent.
    pub code: String,
    /// English label, at most 160 characters.
    pub en: String,
    /// French label, at most 160 characters.
    pub fr: String,
    /// First school year; none when it was always there.
    #[serde(default)]
    pub from: Option<SchoolYear>,
    /// Last school year, inclusive; none while it is in use.
    #[serde(default)]
    pub until: Option<SchoolYear>,
    /// Place in a list, rising.
    pub order: u16,
    /// How well the row is known.
    pub mark: Mark,
    /// Set by the province alone: shown, never offered to a person.
    #[serde(default)]
    pub system: bool,
    /// Codes of the parent set it may stand under; empty when it has none.
    #[serde(default)]
    pub under: Vec<String>,
}

impl Code {
    /// May it stand on a record of that school year?
    pub fn is_valid_in(&self, year: SchoolYear) -> bool {
        self.from.is_none_or(|from| from <= year) && self.until.is_none_or(|until| year <= until)
    }
    /// The label in a language.
    pub fn label(&self, lang: Lang) -> &str {
        match lang {
            Lang::English => &self.en,
            Lang::French => &self.fr,
        }
    }
}

/// A code set as it lies in its file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct SetFile {
    name: String,
    title_en: String,
    title_fr: String,
    source: String,
    codes: Vec<Code>,
}

/// A list of codes of one kind, in the order it is shown.
#[derive(Debug)]
pub struct Set {
    /// The province's class name, such as `GrantsProgramCode`.
    pub name: String,
    /// English title.
    pub title_en: String,
    /// French title.
    pub title_fr: String,
    /// Where the rows come from.
    pub source: String,
    codes: Vec<Code>,
    places: HashMap<String, usize>,
}

impl Set {
    /// Reads the text of a file; fails on an unknown key or a missing one.
    pub(crate) fn parse(text: &str) -> Result<Self, toml::de::Error> {
        let file: SetFile = toml::from_str(text)?;
        let named = Self {
            name: file.name,
            title_en: file.title_en,
            title_fr: file.title_fr,
            source: file.source,
            codes: Vec::new(),
            places: HashMap::new(),
        };
        Ok(named.with(file.codes))
    }
    fn with(self, mut codes: Vec<Code>) -> Self {
        codes.sort_by_key(|code| code.order);
        let places = codes
            .iter()
            .enumerate()
            .map(|(place, code)| (code.code.clone(), place))
            .collect();
        Self {
            codes,
            places,
            ..self
        }
    }
    /// This set with the province's list above it: see [`crate::put_above`].
    pub(crate) fn beneath(&self, mut listed: Vec<Code>, year: SchoolYear) -> Self {
        for code in &mut listed {
            let Some(built_in) = self.find(&code.code) else {
                continue;
            };
            code.system = built_in.system;
            // The contract has room for Latin-1 alone; our label may have more letters.
            for (theirs, ours) in [(&mut code.en, &built_in.en), (&mut code.fr, &built_in.fr)] {
                if theirs.is_empty() || *theirs == kernel::text::latin1(ours) {
                    theirs.clone_from(ours);
                }
            }
            if code.under.is_empty() {
                code.under.clone_from(&built_in.under);
            }
        }
        for code in &mut listed {
            if code.fr.is_empty() {
                code.fr.clone_from(&code.en);
            }
        }
        let is_listed = |code: &Code| listed.iter().any(|theirs| theirs.code == code.code);
        let unlisted: Vec<Code> = self
            .codes
            .iter()
            .filter(|code| !is_listed(code))
            .map(|code| Code {
                until: Some(code.until.unwrap_or(year).min(year.previous())),
                ..code.clone()
            })
            .collect();
        listed.extend(unlisted);
        let named = Self {
            name: self.name.clone(),
            title_en: self.title_en.clone(),
            title_fr: self.title_fr.clone(),
            source: self.source.clone(),
            codes: Vec::new(),
            places: HashMap::new(),
        };
        named.with(listed)
    }
    /// Every code, expired ones too, in order.
    pub fn all(&self) -> &[Code] {
        &self.codes
    }
    /// The codes that may stand on a record of that school year, in order.
    pub fn valid_in(&self, year: SchoolYear) -> impl Iterator<Item = &Code> {
        self.codes.iter().filter(move |code| code.is_valid_in(year))
    }
    /// The codes a person may choose in that school year: valid, and not the
    /// province's own.
    pub fn offered_in(&self, year: SchoolYear) -> impl Iterator<Item = &Code> {
        self.valid_in(year).filter(|code| !code.system)
    }
    /// The codes offered under a code of the parent set, as reasons of a
    /// transition are under `Yes`, `No` and `Unknown`.
    pub fn offered_under<'set>(
        &'set self,
        parent: &'set str,
        year: SchoolYear,
    ) -> impl Iterator<Item = &'set Code> {
        self.offered_in(year)
            .filter(move |code| code.under.iter().any(|under| under == parent))
    }
    /// The code with that exact text, expired or not.
    pub fn find(&self, code: &str) -> Option<&Code> {
        self.places.get(code).and_then(|place| self.codes.get(*place))
    }
    /// May that text stand on a record of that school year?
    pub fn is_valid(&self, code: &str, year: SchoolYear) -> bool {
        self.find(code).is_some_and(|code| code.is_valid_in(year))
    }
    /// The label, expired codes too; an unknown text is its own label, so that
    /// a record never shows a blank.
    pub fn label<'text>(&'text self, code: &'text str, lang: Lang) -> &'text str {
        self.find(code).map_or(code, |found| found.label(lang))
    }
    /// The title of the set.
    pub fn title(&self, lang: Lang) -> &str {
        match lang {
            Lang::English => &self.title_en,
            Lang::French => &self.title_fr,
        }
    }
}
