//! Medical alerts: one more, a change, an end, one that was made in error.

use super::question::{Kind, Question};
use super::{Asked, Part, Permits, Seen, Sent, Task};
use crate::posted::all_read;
use crate::students::head::Page;
use access::Permit;
use access::action::{EditMedical, ViewMedical};
use db::{Reading, Tx};
use kernel::{Failure, MedicalAlertId, Outcome};
use pasi::ProvinceOnPeople;
use people::{MedicalAlert, Saved};

/// The medical alerts of a student.
pub(crate) struct Alerts;

const SEVERITY: Question = Question::new(
    "severity",
    "field-severity",
    Kind::One(&["life-threatening", "serious", "minor"], "severity"),
)
.required()
.wide()
.sensitive();
const ALERT: Question = Question::new("alert", "field-alert", Kind::Text)
    .required()
    .hint("alert-alert-hint")
    .half()
    .sensitive();
const ACTION: Question = Question::new("action", "field-action", Kind::Text)
    .required()
    .hint("alert-action-hint")
    .half()
    .sensitive();
const PLAN: Question = Question::new("plan", "field-plan", Kind::Lines(3))
    .hint("alert-plan-hint")
    .wide()
    .sensitive();

impl Part for Alerts {
    type View = ViewMedical;
    type Edit = EditMedical;
    const PAGE: Page = Page::Medical;
    const WORDS: &'static str = "alert";
    const FOLDER: &'static str = "medical/alert";
    const READS: Option<&'static str> = Some("medical");
    const TASKS: &'static [Task] = &[
        Task {
            verb: "add",
            questions: &[SEVERITY, ALERT, ACTION, PLAN, Question::from(), Question::until()],
            is_grave: false,
        },
        Task {
            verb: "change",
            questions: &[
                SEVERITY,
                ALERT,
                ACTION,
                PLAN,
                Question::from(),
                Question::until(),
                Question::reason(),
            ],
            is_grave: false,
        },
        Task {
            verb: "end",
            questions: &[Question::ends(), Question::reason()],
            is_grave: false,
        },
        Task {
            verb: "remove",
            questions: &[Question::reason().required()],
            is_grave: true,
        },
    ];

    fn seen(at: &mut impl Reading, view: &Permit<ViewMedical>, asked: &Asked) -> Outcome<Seen> {
        let all = people::medical_alerts(at, view, asked.student, None)?;
        if asked.record.is_none() {
            return Ok(Seen::new_today(at.today()));
        }
        let id = asked.record(MedicalAlertId::from_uuid)?;
        let found = all.into_iter().find(|one| one.id == id);
        let found = found.ok_or(Failure::NotFound)?;
        let until = asked.until(found.value.expires_on, at.today());
        Ok(Seen {
            version: found.version,
            answers: vec![
                ("severity", found.value.severity.to_string()),
                ("alert", found.value.alert),
                ("action", found.value.action),
                ("plan", found.value.plan),
                ("effective_on", found.value.effective_on.to_string()),
                ("expires_on", until),
            ],
        })
    }

    fn save(tx: &mut Tx, permits: &Permits<Self>, sent: &Sent<'_>) -> Outcome<Saved> {
        let edit = &permits.edit;
        match sent.asked.verb() {
            "end" => {
                let on = sent.on(MedicalAlertId::from_uuid)?;
                people::end_medical_alert(tx, edit, &on, sent.day("expires_on")?, &ProvinceOnPeople)
            }
            "remove" => {
                sent.needs_reason()?;
                let on = sent.on(MedicalAlertId::from_uuid)?;
                people::remove_medical_alert(tx, edit, &on)
            }
            _ => {
                let on = sent.on_or_made(MedicalAlertId::from_uuid, MedicalAlertId::derived, "alert")?;
                people::set_medical_alert(tx, edit, &on, &typed(sent)?, &ProvinceOnPeople)
            }
        }
    }
}

fn typed(sent: &Sent<'_>) -> Outcome<MedicalAlert> {
    let text = |name: &str| sent.fields.get(name).to_owned();
    all_read(|found| {
        let (severity, from) = (
            sent.fields.chosen("severity", "LP-0252", found),
            sent.fields.day("effective_on", found),
        );
        let expires_on = sent.fields.date("expires_on", found);
        Some(MedicalAlert {
            severity: severity?,
            alert: text("alert"),
            action: text("action"),
            plan: text("plan"),
            effective_on: from?,
            expires_on,
        })
    })
}
