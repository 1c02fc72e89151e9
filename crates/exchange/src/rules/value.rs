//! Values: what Excel did to them, and what they mean.

use super::Ground;
use super::cells::Cells;
use super::date::{self, Read};
use codes::{CodeSet, Lang, set};
use kernel::text::fold;
use kernel::{Asn, Date, Finding, Grade, SchoolId, SchoolYear};

/// A number as a spreadsheet leaves it: `7805550123.0`, `1.23457E+08`.
enum Digits {
    Are(String),
    /// Rounded: the last digits are lost.
    Rounded,
    No,
}

fn digits(text: &str) -> Digits {
    let plain = text.strip_suffix(".0").unwrap_or(text);
    let kept: String = plain
        .chars()
        .filter(|letter| !matches!(letter, '-' | ' ' | '\''))
        .collect();
    if !kept.is_empty() && kept.bytes().all(|byte| byte.is_ascii_digit()) {
        return Digits::Are(kept);
    }
    let is_rounded = text
        .to_uppercase()
        .split_once("E+")
        .is_some_and(|(number, power)| number.parse::<f64>().is_ok() && power.parse::<u8>().is_ok());
    if is_rounded { Digits::Rounded } else { Digits::No }
}

impl Cells<'_> {
    /// An ASN. Eight digits: its first zero may have been eaten; the caller
    /// knows whether the student with it is the one of this row.
    pub(crate) fn asn(&mut self, field: &str) -> (Option<Asn>, bool) {
        let Some(text) = self.some(field) else {
            return (None, false);
        };
        match digits(&text) {
            Digits::Are(digits) if digits.len() == 9 => (digits.parse().ok(), false),
            Digits::Are(digits) if (7..=8).contains(&digits.len()) => {
                (format!("{digits:0>9}").parse().ok(), true)
            }
            Digits::Rounded => {
                self.refuse("LP-0822", field);
                (None, false)
            }
            _ => {
                self.refuse("LP-0821", field);
                (None, false)
            }
        }
    }

    /// A number within the division.
    pub(crate) fn local_number(&mut self, field: &str) -> Option<String> {
        let text = self.some(field)?;
        match digits(&text) {
            Digits::Rounded => {
                self.refuse("LP-0822", field);
                None
            }
            Digits::Are(digits) if text.ends_with(".0") => {
                self.repaired("LP-0823", field, &digits);
                Some(digits)
            }
            _ if text.chars().count() > 20 => {
                self.found
                    .push(Finding::refuse("LP-0229", field).with("most", 20));
                None
            }
            _ => Some(text),
        }
    }

    /// A phone as typed; what Excel made of it is repaired or refused.
    pub(crate) fn phone(&mut self, field: &str) -> String {
        let text = self.get(field);
        match digits(&text) {
            Digits::Rounded => {
                self.refuse("LP-0822", field);
                String::new()
            }
            Digits::Are(digits) if text.ends_with(".0") => {
                self.repaired("LP-0823", field, &digits);
                digits
            }
            _ => text,
        }
    }

    /// A postal or ZIP code. A ZIP code of four digits has lost its zero.
    pub(crate) fn postal_code(&mut self, field: &str, is_american: bool) -> String {
        let text = self.get(field);
        if is_american && text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit()) {
            let whole = format!("0{text}");
            self.repaired("LP-0823", field, &whole);
            return whole;
        }
        text
    }

    /// A day.
    pub(crate) fn date(&mut self, field: &str) -> Option<Date> {
        let text = self.some(field)?;
        match date::read(&text, self.bound.dates) {
            Read::Plain(day) => Some(day),
            Read::Other(day) => {
                self.repaired("LP-0824", field, day);
                Some(day)
            }
            Read::None => {
                self.found
                    .push(Finding::refuse("LP-0825", field).with("form", self.bound.dates));
                None
            }
        }
    }

    /// A school of the division, by its code of four digits, or by its name.
    pub(crate) fn school(&mut self, field: &str, ground: &Ground) -> Option<SchoolId> {
        let text = self.some(field)?;
        if let Digits::Are(digits) = digits(&text)
            && digits.len() <= 4
        {
            let whole = format!("{digits:0>4}");
            let known = whole.parse().ok().and_then(|code| ground.directory.by_code(code));
            let Some(school) = known else {
                self.refuse("LP-0826", field);
                return None;
            };
            if whole != digits {
                self.repaired("LP-0823", field, &whole);
            }
            return Some(school.id);
        }
        let wanted = fold(&text);
        let mut named = ground
            .directory
            .all()
            .iter()
            .filter(|school| fold(&school.name) == wanted);
        if let (Some(school), None) = (named.next(), named.next()) {
            Some(school.id)
        } else {
            self.refuse("LP-0826", field);
            None
        }
    }

    /// A grade: `K`, `EC`, `0`, `3`, `03`, `Grade 3`.
    pub(crate) fn grade(&mut self, field: &str) -> Option<Grade> {
        let text = self.some(field)?;
        let read = grade_of(&text);
        if read.is_none() {
            self.refuse("LP-0827", field);
        }
        read
    }

    /// A code of a set, by itself or by its label in either language.
    pub(crate) fn code(&mut self, field: &str, which: CodeSet) -> Option<String> {
        let text = self.some(field)?;
        let read = code_of(which, &text);
        if read.is_none() {
            self.found
                .push(Finding::refuse("LP-0828", field).with("list", set(which).title(Lang::English)));
        }
        read
    }

    /// Several codes in one cell, parted by comma, semicolon or blank.
    pub(crate) fn list(&self, field: &str) -> Vec<String> {
        let text = self.get(field);
        text.split([',', ';', ' ', '|'])
            .map(str::trim)
            .filter(|one| !one.is_empty())
            .map(str::to_owned)
            .collect()
    }

    /// Yes or no.
    pub(crate) fn yes(&mut self, field: &str) -> Option<bool> {
        let text = self.some(field)?;
        match fold(&text).as_str() {
            "y" | "yes" | "true" | "1" | "x" | "oui" | "o" | "vrai" => Some(true),
            "n" | "no" | "false" | "0" | "non" | "faux" => Some(false),
            _ => {
                self.refuse("LP-0829", field);
                None
            }
        }
    }

    /// A whole number.
    pub(crate) fn number(&mut self, field: &str) -> Option<i32> {
        let text = self.some(field)?;
        let read = text
            .strip_suffix(".0")
            .unwrap_or(&text)
            .replace(',', "")
            .parse()
            .ok();
        if read.is_none() {
            self.refuse("LP-0835", field);
        }
        read
    }

    /// A school year: `2026/27`, `2026-2027`, or the year it ends in.
    pub(crate) fn year(&mut self, field: &str) -> Option<SchoolYear> {
        let text = self.some(field)?;
        let read = year_of(&text);
        if read.is_none() {
            self.refuse("LP-0836", field);
        }
        read
    }
}

pub(crate) fn year_of(text: &str) -> Option<SchoolYear> {
    if let Ok(ends) = text.parse::<i32>() {
        return SchoolYear::ending(ends).filter(|_| ends > 1980);
    }
    text.replace('-', "/").replace(' ', "").parse().ok()
}

pub(crate) fn grade_of(text: &str) -> Option<Grade> {
    let folded = fold(text);
    let word = folded.trim_start_matches("grade").trim_start_matches("gr").trim();
    match (text.trim(), word) {
        // PowerSchool counts the years before grade 1 downwards.
        ("-1" | "-2" | "-3", _) => Some(Grade::Ecs),
        (_, "k" | "kg" | "ec" | "ecs" | "kindergarten" | "maternelle" | "pk" | "prek" | "pre k") => {
            Some(Grade::Ecs)
        }
        (typed, _) if typed.starts_with('-') => None,
        (_, number) => Grade::from_number(number.trim_end_matches(" 0").parse().ok()?),
    }
}

/// The code that a text means, itself or one of its labels.
pub(crate) fn code_of(which: CodeSet, text: &str) -> Option<String> {
    let set = set(which);
    if let Some(code) = set.find(text) {
        return Some(code.code.clone());
    }
    let wanted = fold(text);
    let is_it = |code: &&codes::Code| {
        fold(&code.code) == wanted || fold(&code.en) == wanted || fold(&code.fr) == wanted
    };
    set.all().iter().find(is_it).map(|code| code.code.clone())
}
