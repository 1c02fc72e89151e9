//! Names: one more, a correction, a legal change, which one is gone by, taken out.

use super::question::{Kind, Question};
use super::{Asked, Part, Permits, Seen, Sent, Task};
use crate::posted::all_read;
use crate::students::head::Page;
use access::Permit;
use access::action::{EditStudents, ViewStudents};
use codes::CodeSet;
use db::{Reading, Tx};
use kernel::{Failure, NameId, Outcome, PersonName, StudentId};
use pasi::ProvinceOnPeople;
use people::{Consent, Name, NameChange, NameKind, Record, Saved};

/// The names of a student.
pub(crate) struct Names;

const FIRST: Question = Question::new("first_name", "field-first-name", Kind::Text).required();
const MIDDLE: Question = Question::new("middle_name", "field-middle-name", Kind::Text);
const LAST: Question = Question::new("last_name", "field-last-name", Kind::Text)
    .required()
    .hint("new-last-hint");
const SUFFIX: Question = Question::new("suffix", "field-suffix", Kind::Text);
const WHY: Question = Question::new(
    "source_change",
    "field-source-change",
    Kind::Code(CodeSet::SourceChangeCode),
)
.half();
const PREFERRED: Question = Question::new("is_preferred", "field-is-preferred", Kind::Tick).wide();
const GENDER: Question = Question::new("is_gender_related", "field-is-gender-related", Kind::Tick)
    .hint("name-gender-hint")
    .wide();
const TOLD: Question = Question::new("guardians_told_on", "field-guardians-told-on", Kind::Day);
const CONSENTED: Question = Question::new(
    "guardians_consented_on",
    "field-guardians-consented-on",
    Kind::Day,
);

impl Part for Names {
    type View = ViewStudents;
    type Edit = EditStudents;
    const PAGE: Page = Page::Identity;
    const WORDS: &'static str = "name";
    const FOLDER: &'static str = "identity/name";
    const READS: Option<&'static str> = None;
    const TASKS: &'static [Task] = &[
        Task {
            verb: "add",
            questions: &[
                FIRST, MIDDLE, LAST, SUFFIX, WHY, PREFERRED, GENDER, TOLD, CONSENTED,
            ],
            is_grave: false,
        },
        Task {
            verb: "correct",
            questions: &[
                FIRST,
                MIDDLE,
                LAST,
                SUFFIX,
                WHY,
                PREFERRED,
                GENDER,
                TOLD,
                CONSENTED,
                Question::reason(),
            ],
            is_grave: false,
        },
        Task {
            verb: "spelling",
            questions: &[FIRST, MIDDLE, LAST, SUFFIX, Question::reason()],
            is_grave: false,
        },
        Task {
            verb: "legal",
            questions: &[
                FIRST,
                MIDDLE,
                LAST,
                SUFFIX,
                Question::reason().required().hint("name-legal-reason"),
            ],
            is_grave: false,
        },
        Task {
            verb: "prefer",
            questions: &[Question::reason()],
            is_grave: false,
        },
        Task {
            verb: "remove",
            questions: &[Question::reason().required()],
            is_grave: true,
        },
    ];

    fn seen(at: &mut impl Reading, view: &Permit<ViewStudents>, asked: &Asked) -> Outcome<Seen> {
        if asked.record.is_none() {
            people::student(at, view, asked.student)?; // there is such a student
            return Ok(Seen::default());
        }
        let Record { version, value, .. } = one(at, view, asked.student, asked.record(NameId::from_uuid)?)?;
        let tick = |set: bool| if set { "yes".to_owned() } else { String::new() };
        let day = |day: Option<kernel::Date>| day.map(|day| day.to_string()).unwrap_or_default();
        Ok(Seen {
            version,
            answers: vec![
                ("first_name", value.name.first),
                ("middle_name", value.name.middle),
                ("last_name", value.name.last),
                ("suffix", value.name.suffix),
                ("source_change", value.source_change),
                ("is_preferred", tick(value.is_preferred)),
                ("is_gender_related", tick(value.consent.is_gender_related)),
                ("guardians_told_on", day(value.consent.told_on)),
                ("guardians_consented_on", day(value.consent.consented_on)),
            ],
        })
    }

    fn save(tx: &mut Tx, permits: &Permits<Self>, sent: &Sent<'_>) -> Outcome<Saved> {
        let edit = &permits.edit;
        if sent.asked.verb() == "add" {
            let name = typed(sent, NameKind::Other)?;
            return people::add_name(
                tx,
                edit,
                &sent.made(NameId::derived, "name"),
                &name,
                &ProvinceOnPeople,
            );
        }
        let on = sent.on(NameId::from_uuid)?;
        match sent.asked.verb() {
            "prefer" => people::prefer_name(tx, edit, &on),
            "remove" => {
                sent.needs_reason()?;
                people::remove_name(tx, edit, &on)
            }
            verb => {
                let was = one(tx, &permits.view, on.student, on.id)?.value;
                let name = if verb == "correct" {
                    typed(sent, was.kind)?
                } else {
                    Name {
                        name: parts(sent),
                        ..was
                    }
                };
                let change = if verb == "legal" {
                    sent.needs_reason()?;
                    let former = sent.made(NameId::derived, "former").id;
                    NameChange::Legal { former }
                } else {
                    NameChange::Correction
                };
                people::change_name(tx, edit, &on, (&name, change), &ProvinceOnPeople)
            }
        }
    }
}

fn one(
    at: &mut impl Reading,
    view: &Permit<ViewStudents>,
    student: StudentId,
    id: NameId,
) -> Outcome<Record<NameId, Name>> {
    let names = people::student(at, view, student)?.names;
    names
        .into_iter()
        .find(|name| name.id == id)
        .ok_or(Failure::NotFound)
}

fn parts(sent: &Sent<'_>) -> PersonName {
    let part = |name: &str| sent.fields.get(name).to_owned();
    PersonName {
        first: part("first_name"),
        middle: part("middle_name"),
        last: part("last_name"),
        suffix: part("suffix"),
    }
}

fn typed(sent: &Sent<'_>, kind: NameKind) -> Outcome<Name> {
    all_read(|found| {
        Some(Name {
            kind,
            name: parts(sent),
            is_preferred: sent.fields.is_on("is_preferred"),
            source_change: sent.fields.get("source_change").to_owned(),
            consent: Consent {
                is_gender_related: sent.fields.is_on("is_gender_related"),
                told_on: sent.fields.date("guardians_told_on", found),
                consented_on: sent.fields.date("guardians_consented_on", found),
            },
        })
    })
}
