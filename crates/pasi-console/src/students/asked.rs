//! A form about a student, as it is drawn and drawn again.

use super::path;
use crate::at::At;
use crate::posted::Tried;
use maud::{Markup, html};
use pasi_reference::Dossier;
use ui::Action;
use ui::form::{Choice, Field, Finding, Form, Width, form_end, summary};

/// A form about a student: what stands in a field is what was typed, else the record.
pub(super) struct Asked<'a> {
    pub(super) at: &'a At,
    pub(super) tried: Option<&'a Tried>,
    /// Its fields that can be wrong.
    names: &'static [&'static str],
}

impl<'a> Asked<'a> {
    pub(super) fn of(at: &'a At, form: &str, names: &'static [&'static str], tried: &'a Tried) -> Self {
        let tried = (tried.form == form).then_some(tried);
        Self { at, tried, names }
    }
    pub(super) fn findings(&self) -> &'a [Finding] {
        self.tried.map_or(&[], |tried| &tried.findings)
    }
    pub(super) fn value(&self, name: &str, record: &str) -> String {
        self.tried
            .map_or_else(|| record.to_owned(), |tried| tried.fields.get(name))
    }
    /// A line of text, of a kind the caller ends.
    pub(super) fn text(&self, name: &str, words: &str, record: &str, width: Width) -> Markup {
        let (label, value) = (self.at.t(words), self.value(name, record));
        Field::new(self.at.lang, name, &label)
            .value(&value)
            .findings(self.findings())
            .width(width)
            .sensitive()
            .text()
    }
    pub(super) fn choice(&self, name: &str, words: &str, record: &str, choices: &[Choice]) -> Markup {
        let (label, value) = (self.at.t(words), self.value(name, record));
        Field::new(self.at.lang, name, &label)
            .value(&value)
            .findings(self.findings())
            .required()
            .select(choices)
    }
    /// A choice that may be left open.
    pub(super) fn may_choose(&self, name: &str, words: &str, record: &str, choices: &[Choice]) -> Markup {
        let (label, value) = (self.at.t(words), self.value(name, record));
        Field::new(self.at.lang, name, &label)
            .value(&value)
            .findings(self.findings())
            .optional()
            .select(choices)
    }
    pub(super) fn tick(&self, name: &str, words: &str, record: bool) -> Markup {
        let record = if record { "yes" } else { "" };
        let (label, value) = (self.at.t(words), self.value(name, record));
        Field::new(self.at.lang, name, &label)
            .value(&value)
            .width(Width::Whole)
            .checkbox()
    }
    /// The form with its last line; `to` is its own part of the address.
    pub(super) fn draw(&self, to: &str, dossier: &Dossier, fields: &Markup) -> Markup {
        let back = path(dossier.student.asn);
        let save = Action::submit(self.at.t("desk-save")).primary();
        let fields = html! {
            (summary(self.at.lang, self.findings(), self.names))
            input type="hidden" name="version" value=(dossier.student.pasi_core_version);
            (fields)
            (form_end(self.at.lang, &Markup::default(), &back, &save))
        };
        Form::post(&format!("{back}/{to}"))
            .class("fg")
            .draw(&self.at.token, &fields)
    }
}
