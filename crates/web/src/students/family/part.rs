//! What of a family may be changed on a page of its own: how each part fills
//! its form, what its fields are called, and which operation saves it.

use super::{address, contact, reach};
use crate::posted::Fields;
use access::Permit;
use access::action::{EditStudents, ViewStudents};
use kernel::{AddressId, ContactId, EmailId, Findings, Outcome, PhoneId, StudentId};
use maud::{Markup, html};
use people::{CardRow, Family, Saved, Student, Undo};
use ui::form::Finding;
use ui::{Ctx, Lang};

/// A part of a family; without an id it is a new one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// A person, shared by brothers and sisters, and what the person is to the student.
    Contact(Option<ContactId>),
    /// A phone of the student.
    Phone(Option<PhoneId>),
    /// An e-mail address of the student.
    Email(Option<EmailId>),
    /// An address.
    Address(Option<AddressId>),
}

/// What the form of a part is drawn from.
pub(super) struct Known {
    /// The record.
    pub(super) student: Student,
    /// The children whose records change with the person, and whether there are others.
    pub(super) shared: (Vec<CardRow>, bool),
    /// Families whose persons and addresses are offered.
    pub(super) families: Vec<Family>,
    /// The versions of PASI's copies of the other children whose records change.
    pub(super) seen: String,
    /// May the note of a contact be read and written?
    pub(super) may_note: bool,
    /// The note of the contact; empty when there is none, or it may not be read.
    pub(super) note: String,
}

/// What a save did: what can be taken back, with the version each has now, and what the rules say of it.
#[derive(Debug, Default)]
pub(super) struct Done {
    pub(super) undo: Vec<(Undo, i64)>,
    pub(super) findings: Findings,
}

impl Done {
    /// One record was saved.
    pub(super) fn one(undo: Undo, saved: Saved) -> Self {
        let mut done = Self::default();
        done.and(undo, saved);
        done
    }
    /// Another one was.
    pub(super) fn and(&mut self, undo: Undo, saved: Saved) {
        self.undo.push((undo, saved.version));
        self.findings.extend(saved.findings.0);
    }
}

impl Part {
    /// Its page below the family page.
    pub(super) fn path(self) -> String {
        match self {
            Self::Contact(None) => "contact".to_owned(),
            Self::Contact(Some(id)) => format!("contact/{id}"),
            Self::Phone(None) => "phone".to_owned(),
            Self::Phone(Some(id)) => format!("phone/{id}"),
            Self::Email(None) => "email".to_owned(),
            Self::Email(Some(id)) => format!("email/{id}"),
            Self::Address(None) => "address".to_owned(),
            Self::Address(Some(id)) => format!("address/{id}"),
        }
    }

    /// The records that it writes: that of its page, and the person behind a contact.
    pub(super) fn records(self, known: &Known) -> Vec<String> {
        let id = self.path().rsplit('/').next().map(str::to_owned);
        let contacts = known.student.contacts.iter();
        let person = contacts.filter(|one| self == Self::Contact(Some(one.contact.id)));
        id.into_iter()
            .chain(person.map(|one| one.person.id.to_string()))
            .collect()
    }

    /// Does the form write what is kept sealed?
    pub(super) fn writes_note(self, fields: &Fields) -> bool {
        matches!(self, Self::Contact(_)) && contact::has_note(fields)
    }

    /// What was typed, to be sent again over what the record says now.
    pub(super) fn of_now(self, typed: Fields, now: &Fields) -> Fields {
        match self {
            Self::Contact(_) => contact::of_now(&typed, now),
            _ => typed,
        }
    }

    /// The words of its heading.
    pub(super) const fn title(self) -> &'static str {
        match self {
            Self::Contact(None) => "family-contact-title",
            Self::Contact(Some(_)) => "family-contact-change",
            Self::Phone(None) => "family-phone-title",
            Self::Phone(Some(_)) => "family-phone-change",
            Self::Email(None) => "family-email-title",
            Self::Email(Some(_)) => "family-email-change",
            Self::Address(None) => "family-address-title",
            Self::Address(Some(_)) => "family-address-correct",
        }
    }

    /// The record's own version, and the form as it would fill it; none when there is no such record.
    pub(super) fn fields(self, known: &Known, today: kernel::Date) -> Option<(i64, Fields)> {
        let (version, pairs) = match self {
            Self::Contact(None) => (0, contact::fresh(known, today)),
            Self::Contact(Some(id)) => contact::pairs(known, id)?,
            Self::Phone(None) => (0, reach::fresh_phone(&known.student)),
            Self::Phone(Some(id)) => reach::phone_pairs(&known.student, id)?,
            Self::Email(None) => (0, reach::fresh_email()),
            Self::Email(Some(id)) => reach::email_pairs(&known.student, id)?,
            Self::Address(None) => (0, address::fresh(&known.student, today)),
            Self::Address(Some(id)) => address::pairs(&known.student, id)?,
        };
        let filled = pairs.into_iter().filter(|(_, value)| !value.is_empty());
        let fields: Vec<(String, String)> = filled.map(|(name, value)| (name.to_owned(), value)).collect();
        Some((version, Fields::from(fields)))
    }

    /// The questions of the form.
    pub(super) fn questions(self, ctx: &Ctx, known: &Known, fields: &Fields, found: &[Finding]) -> Markup {
        match self {
            Self::Contact(id) => contact::questions(ctx, (known, id), fields, found),
            Self::Phone(_) => reach::phone_questions(ctx, fields, found),
            Self::Email(_) => reach::email_questions(ctx, fields, found),
            Self::Address(None) => address::new_questions(ctx, known, fields, found),
            Self::Address(Some(_)) => address::questions(ctx, fields, found),
        }
    }

    /// A further verb beside saving: its word in the form, and its words on the button.
    pub(super) const fn verb(self) -> Option<(&'static str, &'static str)> {
        match self {
            Self::Contact(Some(_)) => Some(("end", "family-contact-end")),
            Self::Phone(Some(_)) => Some(("remove", "family-phone-remove")),
            Self::Email(Some(_)) => Some(("remove", "family-email-remove")),
            Self::Address(Some(_)) => Some(("remove", "family-address-remove")),
            _ => None,
        }
    }

    /// The fields with their labels, as two versions are compared.
    pub(super) fn compared(self, lang: Lang) -> Vec<(&'static str, String)> {
        let names: Vec<&(&str, &str)> = match self {
            Self::Contact(_) => contact::labels().collect(),
            Self::Phone(_) => reach::PHONE_LABELS.iter().collect(),
            Self::Email(_) => reach::EMAIL_LABELS.iter().collect(),
            Self::Address(_) => address::LABELS.iter().collect(),
        };
        names
            .into_iter()
            .map(|(name, label)| (*name, lang.t(label).into_owned()))
            .collect()
    }

    /// A value of a field in words.
    pub(super) fn say(self, lang: Lang, name: &str, value: &str) -> String {
        match self {
            Self::Contact(_) => contact::say(lang, name, value),
            Self::Phone(_) | Self::Email(_) => reach::say(lang, name, value),
            Self::Address(_) => address::say(lang, name, value),
        }
    }

    /// Saves the form.
    pub(super) fn save(
        self,
        tx: &mut db::Tx,
        (permit, view): (&Permit<EditStudents>, &Permit<ViewStudents>),
        student: StudentId,
        fields: &Fields,
    ) -> Outcome<Done> {
        match self {
            Self::Contact(None) => contact::add(tx, (permit, view), student, fields),
            Self::Contact(Some(id)) => contact::save(tx, (permit, view), (student, id), fields),
            Self::Phone(id) => reach::save_phone(tx, permit, (student, id), fields),
            Self::Email(id) => reach::save_email(tx, permit, (student, id), fields),
            Self::Address(None) => address::add(tx, permit, student, fields),
            Self::Address(Some(id)) => address::save(tx, (permit, view), (student, id), fields),
        }
    }
}

/// What is rarely asked, a step further.
pub(super) fn further(lang: Lang, words: &str, is_open: bool, fields: &Markup) -> Markup {
    html! {
        details class="w12" open[is_open] {
            summary class="sm sub" { (lang.t(words)) }
            div class="fg mt" { (fields) }
        }
    }
}

/// The version that the form saw.
pub(super) fn seen(fields: &Fields) -> Outcome<i64> {
    fields.version("version")
}

/// Was this verb pressed instead of saving?
pub(super) fn is_verb(fields: &Fields, verb: &str) -> bool {
    fields.get("verb") == verb
}
