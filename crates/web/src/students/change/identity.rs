//! The identity itself: birth date, gender, document, language, Section 23; a death; the provincial number.

use super::question::{Kind, Question};
use super::{Asked, Part, Permits, Seen, Sent, Task};
use crate::students::head::Page;
use access::Permit;
use access::action::{EditStudents, ViewStudents};
use codes::CodeSet;
use db::{Reading, Tx};
use kernel::{Asn, Failure, Findings, Outcome};
use people::{ChangeIdentity, Identity};

/// The identity of a student.
pub(crate) struct Details;

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
            questions: &[
                Question::new("birth_date", "field-birth-date", Kind::Day).required(),
                Question::new("gender", "field-gender", Kind::Code(CodeSet::Gender)).required(),
                Question::new(
                    "language_at_home",
                    "field-language-at-home",
                    Kind::Code(CodeSet::LanguageAtHome),
                ),
                Question::new(
                    "document_type",
                    "field-document-type",
                    Kind::Code(CodeSet::SourceDocumentType),
                ),
                Question::new("document_last_four", "field-document-last-four", Kind::Short(4))
                    .hint("identity-last-four-hint")
                    .sensitive(),
                Question::new(
                    "section23",
                    "field-section23",
                    Kind::Code(CodeSet::Section23Eligibility),
                ),
                Question::new("clear_last_four", "identity-clear-last-four", Kind::Tick).wide(),
                Question::reason(),
            ],
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
    ];

    fn seen(at: &mut impl Reading, view: &Permit<ViewStudents>, asked: &Asked) -> Outcome<Seen> {
        let student = people::student(at, view, asked.student)?;
        let identity = student.identity;
        Ok(Seen {
            version: student.version,
            answers: vec![
                ("birth_date", identity.birth_date.to_string()),
                ("gender", identity.gender),
                ("language_at_home", identity.language_at_home),
                ("document_type", identity.document_type),
                ("section23", identity.section23),
                (
                    "deceased_on",
                    identity
                        .deceased_on
                        .map(|day| day.to_string())
                        .unwrap_or_default(),
                ),
                ("asn", identity.asn.map(|asn| asn.to_string()).unwrap_or_default()),
            ],
        })
    }

    fn save(tx: &mut Tx, permits: &Permits<Self>, sent: &Sent<'_>) -> Outcome<()> {
        let (edit, on) = (&permits.edit, sent.at(sent.asked.student));
        match sent.asked.verb() {
            "deceased" => {
                sent.needs_reason()?;
                let [day] = sent.days(["deceased_on"])?;
                people::mark_deceased(tx, edit, &on, day).map(|_| ())
            }
            "asn" => {
                sent.needs_reason()?;
                let mut found = Findings::default();
                let asn: Option<Asn> = sent.fields.parsed("asn", "LP-0007", &mut found);
                found.or_refuse()?;
                let asn = asn.ok_or_else(|| Failure::refuse("LP-0007", "asn"))?;
                people::set_asn(tx, edit, &on, Some(asn)).map(|_| ())
            }
            _ => {
                let was = people::student(tx, &permits.view, on.student)?.identity;
                people::change_identity(tx, edit, &on, &details(&was, sent)?).map(|_| ())
            }
        }
    }
}

fn details(was: &Identity, sent: &Sent<'_>) -> Outcome<ChangeIdentity> {
    let code = |name: &str| sent.fields.get(name).to_owned();
    let identity = Identity {
        birth_date: sent.day("birth_date")?,
        gender: code("gender"),
        language_at_home: code("language_at_home"),
        document_type: code("document_type"),
        section23: code("section23"),
        ..was.clone()
    };
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
