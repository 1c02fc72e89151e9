//! The identity itself: birth date, gender, document, languages, Section 23; a death; the two numbers.

use super::question::{Kind, Question};
use super::{Asked, Part, Permits, Seen, Sent, Task};
use crate::posted::all_read;
use crate::students::head::Page;
use access::Permit;
use access::action::{EditStudents, ViewStudents};
use codes::CodeSet;
use db::{Reading, Tx};
use kernel::{Asn, Date, Outcome};
use people::{ChangeIdentity, Identity, Saved};
use std::borrow::Cow;
use ui::Lang;

/// The card of the page that shows a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum OnCard {
    /// Who the student is.
    Who,
    /// Languages, and the right to be taught in French.
    Language,
}

/// A text or code of the identity: asked in the form, shown on its card, told in
/// the history. One line a field, in the order of the form and of the card.
struct IdentityField {
    question: Question,
    card: OnCard,
    of: fn(&mut Identity) -> &mut String,
}

const FIELDS: &[IdentityField] = &[
    IdentityField {
        question: Question::new("gender", "field-gender", Kind::Code(CodeSet::Gender)).required(),
        card: OnCard::Who,
        of: |identity| &mut identity.gender,
    },
    IdentityField {
        question: language("language_at_home", "field-language-at-home"),
        card: OnCard::Language,
        of: |identity| &mut identity.language_at_home,
    },
    IdentityField {
        question: language("other_language", "field-other-language"),
        card: OnCard::Language,
        of: |identity| &mut identity.other_language,
    },
    IdentityField {
        question: language("first_language", "field-first-language"),
        card: OnCard::Language,
        of: |identity| &mut identity.first_language,
    },
    IdentityField {
        question: language("letters_in", "field-letters-in"),
        card: OnCard::Language,
        of: |identity| &mut identity.letters_in,
    },
    IdentityField {
        question: Question::new(
            "section23",
            "field-section23",
            Kind::Code(CodeSet::Section23Eligibility),
        ),
        card: OnCard::Language,
        of: |identity| &mut identity.section23,
    },
    IdentityField {
        question: Question::new(
            "document_type",
            "field-document-type",
            Kind::Code(CodeSet::SourceDocumentType),
        ),
        card: OnCard::Who,
        of: |identity| &mut identity.document_type,
    },
];

const fn language(name: &'static str, label: &'static str) -> Question {
    Question::new(name, label, Kind::Code(CodeSet::LanguageAtHome))
}

/// The questions of the form: the birth date, every field, the document's characters, why.
const QUESTIONS: [Question; FIELDS.len() + 4] = {
    let mut all = [Question::reason(); FIELDS.len() + 4];
    all[0] = Question::new("birth_date", "field-birth-date", Kind::Day).required();
    let mut at = 0;
    while at < FIELDS.len() {
        at += 1;
        all[at] = FIELDS[at - 1].question;
    }
    all[at + 1] = Question::new("document_last_four", "field-document-last-four", Kind::Short(4))
        .hint("identity-last-four-hint")
        .sensitive();
    all[at + 2] = Question::new("clear_last_four", "identity-clear-last-four", Kind::Tick).wide();
    all
};

/// The identity of a student.
pub(crate) struct Details;

impl Details {
    /// What a card shows of an identity: label, and value in words where there is one.
    pub(crate) fn shown(
        lang: Lang,
        identity: &Identity,
        card: OnCard,
    ) -> impl Iterator<Item = (Cow<'static, str>, Option<String>)> {
        let mut identity = identity.clone();
        FIELDS
            .iter()
            .filter(move |field| field.card == card)
            .map(move |field| {
                let value = field.question.said(lang, (field.of)(&mut identity));
                (lang.t(field.question.label), value)
            })
    }

    /// The code set of a field; none for one that is no code.
    pub(crate) fn code_set(name: &str) -> Option<CodeSet> {
        let field = FIELDS.iter().find(|field| field.question.name == name)?;
        match field.question.kind {
            Kind::Code(set) => Some(set),
            _ => None,
        }
    }
}

impl Part for Details {
    type View = ViewStudents;
    type Edit = EditStudents;
    const PAGE: Page = Page::Identity;
    const WORDS: &'static str = "identity";
    const FOLDER: &'static str = "identity";
    const READS: Option<&'static str> = None;
    const TASKS: &'static [Task] = &[
        Task {
            verb: "details",
            questions: &QUESTIONS,
            is_grave: false,
        },
        Task {
            verb: "deceased",
            questions: &[
                Question::new("deceased_on", "field-deceased-on", Kind::Day).hint("identity-deceased-hint"),
                Question::reason().required(),
            ],
            is_grave: true,
        },
        Task {
            verb: "asn",
            questions: &[
                Question::new("asn", "field-asn", Kind::Short(11))
                    .required()
                    .hint("identity-asn-hint"),
                Question::reason().required(),
            ],
            is_grave: false,
        },
        Task {
            verb: "number",
            questions: &[
                Question::new("local_number", "field-local-number", Kind::Text)
                    .required()
                    .hint("identity-number-hint"),
                Question::reason().required(),
            ],
            is_grave: false,
        },
    ];

    fn seen(at: &mut impl Reading, view: &Permit<ViewStudents>, asked: &Asked) -> Outcome<Seen> {
        let student = people::student(at, view, asked.student)?;
        let mut identity = student.identity;
        let text = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
        let mut answers = vec![
            ("birth_date", identity.birth_date.to_string()),
            ("deceased_on", text(identity.deceased_on)),
            ("asn", identity.asn.map(|asn| asn.to_string()).unwrap_or_default()),
            ("local_number", student.local_number),
        ];
        answers.extend(FIELDS.iter().map(|field| {
            let value = std::mem::take((field.of)(&mut identity));
            (field.question.name, value)
        }));
        Ok(Seen {
            version: student.version,
            answers,
        })
    }

    fn save(tx: &mut Tx, permits: &Permits<Self>, sent: &Sent<'_>) -> Outcome<Saved> {
        let (edit, on) = (&permits.edit, sent.at(sent.asked.student)?);
        match sent.asked.verb() {
            "deceased" => {
                let day = all_read(|found| {
                    sent.reason(found);
                    Some(sent.fields.date("deceased_on", found))
                })?;
                people::mark_deceased(tx, edit, &on, day)
            }
            "asn" => {
                let asn: Asn = all_read(|found| {
                    sent.reason(found);
                    sent.fields.chosen("asn", "LP-0007", found)
                })?;
                people::set_asn(tx, edit, &on, Some(asn))
            }
            "number" => {
                sent.needs_reason()?;
                people::set_local_number(tx, edit, &on, sent.fields.get("local_number"))
            }
            _ => {
                let was = people::student(tx, &permits.view, on.student)?.identity;
                people::change_identity(tx, edit, &on, &details(&was, sent)?)
            }
        }
    }
}

fn details(was: &Identity, sent: &Sent<'_>) -> Outcome<ChangeIdentity> {
    let mut identity = Identity {
        birth_date: sent.day("birth_date")?,
        ..was.clone()
    };
    for field in FIELDS {
        sent.fields
            .get(field.question.name)
            .clone_into((field.of)(&mut identity));
    }
    let document_last_four = if sent.fields.is_on("clear_last_four") {
        Some(String::new())
    } else {
        sent.fields.some("document_last_four")
    };
    Ok(ChangeIdentity {
        identity,
        document_last_four,
    })
}
