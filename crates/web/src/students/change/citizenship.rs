//! Citizenships: one more, a correction, one taken out. One ends the day before the next begins.

use super::question::{Kind, Question};
use super::{Asked, Part, Permits, Seen, Sent, Task};
use crate::posted::all_read;
use crate::students::head::Page;
use access::Permit;
use access::action::{EditStudents, ViewStudents};
use codes::CodeSet;
use db::{Reading, Tx};
use kernel::{CitizenshipId, Failure, Outcome};
use pasi::ProvinceOnPeople;
use people::{Citizenship, Saved};

/// The citizenships of a student.
pub(crate) struct Citizenships;

const STATUS: Question = Question::new(
    "status",
    "field-citizenship",
    Kind::Code(CodeSet::CitizenshipStatus),
)
.required()
.half();
const COUNTRY: Question =
    Question::new("country", "citizenship-country", Kind::Code(CodeSet::Country)).half();
const EXPIRES: Question = Question::new("document_expires_on", "citizenship-permit-ends", Kind::Day)
    .hint("citizenship-permit-hint");

impl Part for Citizenships {
    type View = ViewStudents;
    type Edit = EditStudents;
    const PAGE: Page = Page::Identity;
    const WORDS: &'static str = "citizenship";
    const FOLDER: &'static str = "identity/citizenship";
    const READS: Option<&'static str> = None;
    const TASKS: &'static [Task] = &[
        Task {
            verb: "add",
            questions: &[STATUS, COUNTRY, Question::from(), EXPIRES],
            is_grave: false,
        },
        Task {
            verb: "correct",
            questions: &[STATUS, COUNTRY, Question::from(), EXPIRES, Question::reason()],
            is_grave: false,
        },
        Task {
            verb: "remove",
            questions: &[Question::reason().required()],
            is_grave: true,
        },
    ];

    fn seen(at: &mut impl Reading, view: &Permit<ViewStudents>, asked: &Asked) -> Outcome<Seen> {
        let held = people::student(at, view, asked.student)?.citizenships;
        if asked.record.is_none() {
            return Ok(Seen::new_today(at.today()));
        }
        let id = asked.record(CitizenshipId::from_uuid)?;
        let found = held.into_iter().find(|one| one.id == id);
        let found = found.ok_or(Failure::NotFound)?;
        let expires = found.value.document_expires_on;
        Ok(Seen {
            version: found.version,
            answers: vec![
                ("status", found.value.status),
                ("country", found.value.country),
                ("effective_on", found.value.effective_on.to_string()),
                (
                    "document_expires_on",
                    expires.map(|day| day.to_string()).unwrap_or_default(),
                ),
            ],
        })
    }

    fn save(tx: &mut Tx, permits: &Permits<Self>, sent: &Sent<'_>) -> Outcome<Saved> {
        let edit = &permits.edit;
        if sent.asked.verb() == "remove" {
            sent.needs_reason()?;
            let on = sent.on(CitizenshipId::from_uuid)?;
            return people::remove_citizenship(tx, edit, &on);
        }
        let value = all_read(|found| {
            let from = sent.fields.day("effective_on", found);
            let document_expires_on = sent.fields.date("document_expires_on", found);
            Some(Citizenship {
                status: sent.fields.get("status").to_owned(),
                country: sent.fields.get("country").to_owned(),
                effective_on: from?,
                document_expires_on,
            })
        })?;
        let on = sent.on_or_made(CitizenshipId::from_uuid, CitizenshipId::derived, "citizenship")?;
        people::set_citizenship(tx, edit, &on, &value, &ProvinceOnPeople)
    }
}
