//! A letter, from what is due and from the division's text, in words.

use super::super::{label, slot_named};
use crate::pattern::Pattern;
use attendance::{Addressee, Codes, LetterDue, LetterText, LetterUnit, Mark, Tally, rules};
use db::Reading;
use kernel::{Date, Failure, Outcome, SchoolId, SchoolYear};
use pdf::letter::{Letter, Table};
use schools::School;
use ui::Lang;

/// What all letters of a school share.
pub(super) struct Letterhead {
    pub(super) school: School,
    pub(super) division: String,
    pub(super) sender: String,
    pub(super) today: Date,
    pub(super) codes: Codes,
    pub(super) pattern: Pattern,
}

impl Letterhead {
    /// Reads it; not found when there is no such school.
    pub(super) fn read(at: &mut impl Reading, id: SchoolId, codes: Codes, sender: &str) -> Outcome<Self> {
        let (school, today) = (schools::school(at, id)?, at.today());
        let authority = schools::authorities(at)?
            .into_iter()
            .find(|one| one.code == school.authority);
        Ok(Self {
            division: authority.map(|one| one.name).unwrap_or_default(),
            sender: sender.to_owned(),
            pattern: Pattern::read(at, Some(id), SchoolYear::of(today))?,
            school,
            today,
            codes,
        })
    }

    /// One that never was: for looking at a text.
    pub(super) fn sample(lang: Lang, school: School, division: String, today: Date) -> Self {
        Self {
            school,
            division,
            sender: lang.t("letters-sample-sender").into_owned(),
            today,
            codes: attendance::default_codes(),
            pattern: Pattern::default(),
        }
    }

    /// Name and address of the school, line by line.
    fn lines(&self) -> Vec<String> {
        let school = &self.school;
        let place = [format!("{} AB", school.city), school.postal_code.clone()];
        let place = if school.city.is_empty() {
            String::new()
        } else {
            place.join("  ").trim().to_owned()
        };
        let all = [
            school.name.clone(),
            school.street.clone(),
            place,
            ui::words::phone(&school.phone),
        ];
        all.into_iter().filter(|line| !line.is_empty()).collect()
    }

    /// The letter.
    pub(super) fn letter(
        &self,
        due: &LetterDue,
        addressee: &Addressee,
        (text, unit): (&LetterText, LetterUnit),
    ) -> Letter {
        let lang = words_of(&text.language);
        let names: Vec<&str> = addressee.names.iter().map(String::as_str).collect();
        let day = |day: Date| lang.date_in_words(day.civil());
        let filled = |words: &str| {
            rules::fill_letter(words, |name| match name {
                "addressee" => lang.list(&names),
                "student" => due.name.clone(),
                "homeroom" => due.homeroom.clone(),
                "school" => self.school.name.clone(),
                "division" => self.division.clone(),
                "phone" => ui::words::phone(&self.school.phone),
                "total" => total(lang, unit, due.total),
                "threshold" => total(lang, unit, rules::letter_measure(unit, due.step)),
                "from" => day(SchoolYear::of(self.today).starts()),
                "until" => day(self.today),
                "sender" => self.sender.clone(),
                _ => String::new(),
            })
        };
        let paragraphs = |words: &str| filled_paragraphs(words, &filled);
        let mut address = names.iter().map(|&name| name.to_owned()).collect::<Vec<String>>();
        address.extend(addressee.lines.iter().cloned());
        Letter {
            lang: tag(&text.language),
            sender: self.lines(),
            date: day(self.today),
            address,
            subject: filled(&text.subject),
            paragraphs: paragraphs(&text.body),
            table: self.table(lang, &due.marks),
            closing: paragraphs(&text.closing),
            foot: format!("{} · {}", self.school.name, due.name),
            page: lang.t("letters-page").into_owned(),
        }
    }

    /// The letter, as it is kept.
    pub(super) fn kept(
        &self,
        due: &LetterDue,
        addressee: &Addressee,
        by: (&LetterText, LetterUnit),
    ) -> Outcome<String> {
        let letter = self.letter(due, addressee, by);
        serde_json::to_string(&letter).map_err(|error| Failure::Fault(format!("letter: {error}")))
    }

    fn table(&self, lang: Lang, marks: &[Mark]) -> Table {
        let row = |mark: &Mark| {
            let code = self.codes.find(&mark.letter, mark.on);
            vec![
                lang.date_in_words(mark.on.civil()),
                slot_named(lang, &self.pattern, mark.slot),
                code.map_or_else(|| mark.letter.clone(), |code| label(lang, code).to_owned()),
            ]
        };
        Table {
            title: lang.t("letters-table").into_owned(),
            columns: ["many-day", "attendance-slot", "field-letter"]
                .map(|key| lang.t(key).into_owned())
                .to_vec(),
            figures: 0,
            rows: marks.iter().rev().map(row).collect(),
        }
    }
}

/// Paragraphs are parted by empty lines, in the text and not in what fills it.
fn filled_paragraphs(words: &str, filled: &dyn Fn(&str) -> String) -> Vec<String> {
    let parts = words.split("\n\n").map(str::trim).filter(|part| !part.is_empty());
    parts.map(filled).collect()
}

/// In which of our languages the fixed words of a letter stand.
pub(super) fn words_of(language: &str) -> Lang {
    if language == "FRA" { Lang::FrCa } else { Lang::EnCa }
}

/// The language as a reading machine knows it.
fn tag(language: &str) -> String {
    match language {
        "ENG" => "en".to_owned(),
        "FRA" => "fr".to_owned(),
        other => other.to_lowercase(),
    }
}

/// How much was counted, in words: `7 half days`, `5.3 half days`, `12 periods`.
pub(super) fn total(lang: Lang, unit: LetterUnit, total: u32) -> String {
    let key = format!("letters-total-{unit}");
    let half = Tally::DAY / 2;
    if unit == LetterUnit::Periods || total.is_multiple_of(half) {
        let many = if unit == LetterUnit::Periods {
            total
        } else {
            total / half
        };
        return lang.tx(&key, &[("n", many.into())]).into_owned();
    }
    let tenths = (i64::from(total) * 10 + i64::from(half) / 2) / i64::from(half);
    let key = format!("letters-part-{unit}");
    lang.tx(&key, &[("n", lang.tenths(tenths).into())]).into_owned()
}

/// Letters that were kept, as they are printed.
pub(super) fn printed<'a>(
    kept: impl IntoIterator<Item = &'a str>,
    school: &str,
) -> Outcome<pdf::letter::Letters> {
    let broken = |error| Failure::Fault(format!("attendance_letter: content: {error}"));
    let letters: Vec<Letter> = kept
        .into_iter()
        .map(|text| serde_json::from_str(text).map_err(broken))
        .collect::<Outcome<_>>()?;
    // Of the letters, not of whoever prints them again.
    let lang = letters.first().map_or(
        Lang::EnCa,
        |one| if one.lang == "fr" { Lang::FrCa } else { Lang::EnCa },
    );
    Ok(pdf::letter::Letters {
        title: lang.t("letters-file").into_owned(),
        lang: if lang == Lang::FrCa { "fr" } else { "en" }.to_owned(),
        author: school.to_owned(),
        letters,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_total_is_told_whole_or_in_tenths() {
        let half = Tally::DAY / 2;
        for (unit, sum, english, french) in [
            (LetterUnit::HalfDays, half, "1 half day", "1 demi-journée"),
            (LetterUnit::HalfDays, 7 * half, "7 half days", "7 demi-journées"),
            (
                LetterUnit::HalfDays,
                5 * half + half * 2 / 5,
                "5.4 half days",
                "5,4 demi-journées",
            ),
            (LetterUnit::Periods, 12, "12 class periods", "12 périodes"),
        ] {
            assert_eq!(total(Lang::EnCa, unit, sum), english);
            assert_eq!(total(Lang::FrCa, unit, sum), french);
        }
    }

    #[test]
    fn an_empty_line_in_a_name_makes_no_paragraph() {
        let filled = |_: &str| "a\n\nb".to_owned();
        assert_eq!(filled_paragraphs("x\n\n\n\ny\n", &filled).len(), 2);
    }
}
