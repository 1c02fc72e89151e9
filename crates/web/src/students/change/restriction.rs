//! Disclosure restrictions: one more, a change, an end, one that was made in error.

use super::question::{Kind, Question};
use super::{Asked, Part, Permits, Seen, Sent, Task};
use crate::posted::all_read;
use crate::students::head::Page;
use access::Permit;
use access::action::{EditCustody, ViewCustody};
use codes::CodeSet;
use db::{Reading, Tx};
use kernel::{Failure, Outcome, RestrictionId};
use pasi::ProvinceOnPeople;
use people::{Restriction, Saved};

/// The disclosure restrictions of a student.
pub(crate) struct Restrictions;

const CODE: Question = Question::new(
    "code",
    "restriction-kind",
    Kind::Code(CodeSet::DisclosureRestriction),
)
.required()
.sensitive();
const NOTICE: Question = Question::new("notice", "field-notice", Kind::Lines(4))
    .hint("restriction-notice-hint")
    .wide()
    .sensitive();

impl Part for Restrictions {
    type View = ViewCustody;
    type Edit = EditCustody;
    const PAGE: Page = Page::Medical;
    const WORDS: &'static str = "restriction";
    const FOLDER: &'static str = "medical/restriction";
    const READS: Option<&'static str> = Some("custody");
    const TASKS: &'static [Task] = &[
        Task {
            verb: "add",
            questions: &[CODE, Question::from(), Question::until(), NOTICE],
            is_grave: false,
        },
        Task {
            verb: "change",
            questions: &[
                CODE,
                Question::from(),
                Question::until(),
                NOTICE,
                Question::reason(),
            ],
            is_grave: false,
        },
        Task {
            verb: "end",
            questions: &[Question::ends(), Question::reason().required()],
            is_grave: true,
        },
        Task {
            verb: "remove",
            questions: &[Question::reason().required()],
            is_grave: true,
        },
    ];

    fn seen(at: &mut impl Reading, view: &Permit<ViewCustody>, asked: &Asked) -> Outcome<Seen> {
        let all = people::restrictions(at, view, asked.student, None)?;
        if asked.record.is_none() {
            return Ok(Seen::new_today(at.today()));
        }
        let id = asked.record(RestrictionId::from_uuid)?;
        let found = all.into_iter().find(|one| one.id == id);
        let found = found.ok_or(Failure::NotFound)?;
        let until = asked.until(found.value.expires_on, at.today());
        Ok(Seen {
            version: found.version,
            answers: vec![
                ("code", found.value.code.to_string()),
                ("notice", found.value.notice),
                ("effective_on", found.value.effective_on.to_string()),
                ("expires_on", until),
            ],
        })
    }

    fn save(tx: &mut Tx, permits: &Permits<Self>, sent: &Sent<'_>) -> Outcome<Saved> {
        let edit = &permits.edit;
        match sent.asked.verb() {
            "end" => {
                let until = all_read(|found| {
                    sent.reason(found);
                    sent.fields.day("expires_on", found)
                })?;
                let on = sent.on(RestrictionId::from_uuid)?;
                people::end_restriction(tx, edit, &on, until, &ProvinceOnPeople)
            }
            "remove" => {
                sent.needs_reason()?;
                let on = sent.on(RestrictionId::from_uuid)?;
                people::remove_restriction(tx, edit, &on)
            }
            _ => {
                let on = sent.on_or_made(RestrictionId::from_uuid, RestrictionId::derived, "restriction")?;
                people::set_restriction(tx, edit, &on, &typed(sent)?, &ProvinceOnPeople)
            }
        }
    }
}

fn typed(sent: &Sent<'_>) -> Outcome<Restriction> {
    all_read(|found| {
        let (code, from) = (
            sent.fields.chosen("code", "LP-0247", found),
            sent.fields.day("effective_on", found),
        );
        let expires_on = sent.fields.date("expires_on", found);
        Some(Restriction {
            code: code?,
            notice: sent.fields.get("notice").to_owned(),
            effective_on: from?,
            expires_on,
        })
    })
}
