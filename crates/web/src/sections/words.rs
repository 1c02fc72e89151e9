//! Pieces that the pages of classes share.

use crate::answer::Answer;
use crate::pattern::Pattern;
use crate::posted::Fields;
use courses::{Course, Meeting};
use maud::Markup;
use std::collections::BTreeMap;
use ui::Lang;
use ui::form::{Choice, Field, Finding as Shown, Severity, Width};

/// A form that was sent, and what was found in it.
pub(crate) type Sent = (Fields, Vec<Shown>);

/// The fields of a form: what was typed, and what was found in it. A label is
/// the message `sections-field-` and the field's name.
#[derive(Clone, Copy)]
pub(crate) struct Ask<'a> {
    /// Language of the page.
    pub(crate) lang: Lang,
    /// What was typed.
    pub(crate) typed: &'a Fields,
    /// What was found.
    pub(crate) found: &'a [Shown],
}

impl<'a> Ask<'a> {
    /// A line of text that must be typed, of at most so many characters.
    pub(crate) fn needed(self, name: &'a str, width: Width, most: u16) -> Markup {
        let label = label(self.lang, name);
        self.field(name, &label)
            .width(width)
            .max_length(most)
            .required()
            .text()
    }
    /// A line of text, of at most so many characters.
    pub(crate) fn text(self, name: &'a str, width: Width, most: u16) -> Markup {
        let label = label(self.lang, name);
        self.field(name, &label)
            .width(width)
            .max_length(most)
            .optional()
            .text()
    }
    /// A whole number.
    pub(crate) fn number(self, name: &'a str, width: Width) -> Markup {
        let label = label(self.lang, name);
        self.field(name, &label)
            .width(width)
            .max_length(3)
            .optional()
            .number()
    }
    /// A whole number of at most so many digits.
    pub(crate) fn count(self, name: &'a str, width: Width, digits: u16) -> Markup {
        let label = label(self.lang, name);
        self.field(name, &label)
            .width(width)
            .max_length(digits)
            .optional()
            .number()
    }
    /// A date that must be there.
    pub(crate) fn day(self, name: &'a str, width: Width) -> Markup {
        let label = label(self.lang, name);
        self.field(name, &label).width(width).required().date()
    }
    /// A date that may be missing.
    pub(crate) fn date(self, name: &'a str, width: Width) -> Markup {
        let label = label(self.lang, name);
        self.field(name, &label).width(width).optional().date()
    }
    /// A choice that must be made.
    pub(crate) fn select(self, name: &'a str, width: Width, choices: &[Choice]) -> Markup {
        let label = label(self.lang, name);
        self.field(name, &label).width(width).required().select(choices)
    }
    /// A choice that may be left open.
    pub(crate) fn choice(self, name: &'a str, width: Width, choices: &[Choice]) -> Markup {
        let label = label(self.lang, name);
        self.field(name, &label).width(width).optional().select(choices)
    }
    /// Several lines of text.
    pub(crate) fn lines(self, name: &'a str, rows: u8, hint: &str) -> Markup {
        let label = label(self.lang, name);
        self.field(name, &label)
            .width(Width::Whole)
            .optional()
            .hint(hint)
            .textarea(rows)
    }
    /// Several choices of one kind.
    pub(crate) fn selects(self, name: &'a str, choices: &[Choice], most: usize) -> Markup {
        let label = label(self.lang, name);
        let chosen = self.typed.all(name);
        let most = most.max(chosen.len() + 1);
        self.field(name, &label)
            .width(Width::Whole)
            .selects(choices, &chosen, most)
    }

    /// A term of the calendar, which says the days; none for days of one's own.
    pub(crate) fn term(self, choices: &[Choice]) -> Markup {
        let (label, hint) = (label(self.lang, "term"), self.lang.t("sections-term-hint"));
        self.field("term", &label)
            .hint(&hint)
            .width(Width::Third)
            .optional()
            .select(choices)
    }

    fn field<'f>(self, name: &'f str, label: &'f str) -> Field<'f>
    where
        'a: 'f,
    {
        Field::new(self.lang, name, label)
            .value(self.typed.get(name))
            .findings(self.found)
    }
}

/// The label of a field.
pub(crate) fn label(lang: Lang, name: &str) -> String {
    lang.t(&format!("sections-field-{}", name.replace('_', "-")))
        .into_owned()
}

/// Does any of the findings stand in the way?
pub(crate) fn is_refused(found: &[Shown]) -> bool {
    found.iter().any(|finding| finding.severity == Severity::Refuse)
}

/// A page with its form: as the answer to a form that was refused, when a finding stands in the way.
pub(crate) fn answer(page: Markup, found: &[Shown]) -> Answer {
    if is_refused(found) {
        Answer::again(page)
    } else {
        Answer::page(page)
    }
}

/// When a section meets, in one line: periods that meet on the same days together.
pub(crate) fn meets(lang: Lang, pattern: &Pattern, meetings: &[Meeting]) -> String {
    let mut by_period: BTreeMap<u8, Vec<u8>> = BTreeMap::new();
    for meeting in meetings {
        by_period
            .entry(meeting.period)
            .or_default()
            .push(meeting.cycle_day);
    }
    let mut by_days: Vec<(Vec<u8>, Vec<u8>)> = Vec::new();
    for (period, days) in by_period {
        match by_days.iter_mut().find(|(known, _)| *known == days) {
            Some((_, periods)) => periods.push(period),
            None => by_days.push((days, vec![period])),
        }
    }
    let parts: Vec<String> = by_days
        .into_iter()
        .map(|(days, periods)| {
            let days = pattern.days_line(lang, &days);
            format!("{days} · {}", pattern.periods_line(lang, &periods))
        })
        .collect();
    parts.join("; ")
}

/// Courses to choose from, by code and name.
pub(crate) fn course_choices<'a>(all: impl IntoIterator<Item = &'a Course>) -> Vec<Choice> {
    all.into_iter()
        .map(|course| {
            Choice::new(
                course.id.to_string(),
                format!("{} · {}", course.code, course.name),
            )
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pattern::tests::blocks;

    #[test]
    fn meetings_are_told_by_days_and_periods() {
        let at = |all: &[(u8, u8)]| -> Vec<Meeting> {
            all.iter()
                .map(|(day, period)| Meeting::new(*day, *period))
                .collect()
        };
        for (meetings, told) in [
            (at(&[(1, 2)]), "days 1 · period 2"),
            (at(&[(1, 1), (2, 1), (3, 1), (5, 1)]), "days 1–3, 5 · period 1"),
            (at(&[(1, 1), (1, 2), (3, 1), (3, 2)]), "days 1, 3 · period 1, 2"),
            (at(&[(1, 1), (2, 3)]), "days 1 · period 1; days 2 · period 3"),
            (at(&[]), ""),
        ] {
            assert_eq!(meets(Lang::EnCa, &Pattern::default(), &meetings), told);
        }
        let named = meets(Lang::EnCa, &blocks(), &at(&[(1, 2), (2, 2), (3, 2)]));
        assert_eq!(named, "days A–C · Block A");
    }
}
