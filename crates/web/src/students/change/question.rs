//! One question of a form: how it is asked, and how its answer reads.

use crate::lookup;
use crate::posted::Fields;
use codes::CodeSet;
use kernel::SchoolYear;
use maud::Markup;
use ui::Lang;
use ui::ctx::Ctx;
use ui::form::{Choice, Field, Finding, Width};

/// How a question is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// By a line.
    Text,
    /// By digits, or a few letters.
    Short(u16),
    /// By so many lines.
    Lines(u8),
    /// By a day.
    Day,
    /// By yes or no.
    Tick,
    /// By a code of a set.
    Code(CodeSet),
    /// By one of these; their words begin with the second text.
    One(&'static [&'static str], &'static str),
    /// By the last day it holds; it belongs to the change, not to the record.
    LastDay,
    /// By why; it belongs to the change, not to the record.
    Reason,
}

/// A question.
#[derive(Debug, Clone, Copy)]
pub(super) struct Question {
    /// The field.
    pub(super) name: &'static str,
    /// Its label, a message.
    pub(super) label: &'static str,
    hint: Option<&'static str>,
    pub(super) kind: Kind,
    width: Width,
    is_required: bool,
    is_sensitive: bool,
}

impl Question {
    /// A question with the label of its field.
    pub(super) const fn new(name: &'static str, label: &'static str, kind: Kind) -> Self {
        Self {
            name,
            label,
            hint: None,
            kind,
            width: Width::Third,
            is_required: false,
            is_sensitive: false,
        }
    }
    /// Why the record changes.
    pub(super) const fn reason() -> Self {
        Self::new("reason", "field-reason", Kind::Reason).wide()
    }
    /// The first day it holds.
    pub(super) const fn from() -> Self {
        Self::new("effective_on", "field-effective-on", Kind::Day).required()
    }
    /// The last day it holds, if there is one.
    pub(super) const fn until() -> Self {
        Self::new("expires_on", "field-expires-on", Kind::Day).hint("until-hint")
    }
    /// The last day of what is being ended.
    pub(super) const fn ends() -> Self {
        Self::new("expires_on", "last-day", Kind::LastDay)
            .required()
            .hint("last-day-hint")
    }
    /// On a line of its own.
    pub(super) const fn wide(self) -> Self {
        Self {
            width: Width::Whole,
            ..self
        }
    }
    /// On half a line.
    pub(super) const fn half(self) -> Self {
        Self {
            width: Width::Half,
            ..self
        }
    }
    /// With a line above the control.
    pub(super) const fn hint(self, hint: &'static str) -> Self {
        Self {
            hint: Some(hint),
            ..self
        }
    }
    /// Must be answered.
    pub(super) const fn required(self) -> Self {
        Self {
            is_required: true,
            ..self
        }
    }
    /// Never kept on the device.
    pub(super) const fn sensitive(self) -> Self {
        Self {
            is_sensitive: true,
            ..self
        }
    }

    /// Is the answer part of the record?
    pub(super) fn is_of_record(&self) -> bool {
        !matches!(self.kind, Kind::Reason | Kind::LastDay)
    }

    /// The question, drawn.
    pub(super) fn draw(&self, ctx: &Ctx, fields: &Fields, found: &[Finding], is_first: bool) -> Markup {
        let lang = ctx.lang;
        let (label, hint) = (lang.t(self.label), self.hint.map(|hint| lang.t(hint)));
        let value = fields.get(self.name);
        let mut field = Field::new(lang, self.name, &label)
            .value(value)
            .findings(found)
            .width(self.width);
        if let Some(hint) = &hint {
            field = field.hint(hint);
        }
        if self.is_required {
            field = field.required();
        } else if !matches!(self.kind, Kind::Tick) {
            field = field.optional();
        }
        if self.is_sensitive {
            field = field.sensitive();
        }
        if is_first {
            field = field.focus();
        }
        match self.kind {
            Kind::Text | Kind::Reason => field.text(),
            Kind::Short(most) => field.max_length(most).numeric().text(),
            Kind::Lines(rows) => field.textarea(rows),
            Kind::Day | Kind::LastDay => field.date(),
            Kind::Tick => field.checkbox(),
            Kind::Code(set) => field.select(&choices(ctx, set, value)),
            Kind::One(values, words) => {
                let all: Vec<Choice> = values
                    .iter()
                    .map(|value| Choice::new(*value, lang.t(&format!("{words}-{value}"))))
                    .collect();
                if all.len() > 4 {
                    field.select(&all)
                } else {
                    field.segmented(&all)
                }
            }
        }
    }

    /// How an answer reads; none when there is none.
    pub(super) fn said(&self, lang: Lang, answer: &str) -> Option<String> {
        match self.kind {
            Kind::Tick => Some(lang.t(if answer == "yes" { "yes" } else { "no" }).into_owned()),
            _ if answer.is_empty() => None,
            Kind::Code(set) => Some(lookup::code(lang, set, answer)),
            Kind::One(_, words) => Some(lang.t(&format!("{words}-{answer}")).into_owned()),
            _ => Some(answer.to_owned()),
        }
    }
}

/// The codes offered today, and the one that stands on the record already.
fn choices(ctx: &Ctx, set: CodeSet, value: &str) -> Vec<Choice> {
    let mut all = lookup::choices(ctx.lang, set, SchoolYear::of(ctx.today.into()));
    if !value.is_empty() && all.iter().all(|choice| choice.value != value) {
        all.push(Choice::new(value, lookup::code(ctx.lang, set, value)));
    }
    all
}
