//! Medical alerts, which the student's own record does not hold: read by the
//! connector's own permit, never written down unsealed.

use super::around::{holds, records};
use super::compare::Compared;
use super::{PARTS, student, travel};
use crate::sealed::MEDICAL;
use access::action::ViewMedical;
use db::Reading;
use kernel::{Date, MedicalAlertId, Outcome, StudentId};
use pasi_wire::messages as wire;
use people::{AlertSeverity, MedicalAlert, Record};
use uuid::Uuid;

/// What stands as the action of an alert that PASI tells without one: an alert
/// is never without a word on what to do.
const WITHOUT_ACTION: &str = "PASI has this alert without an action; ask the school that recorded it. \
     PASI a cette alerte sans mesure à prendre; demandez à l’école qui l’a inscrite.";

/// The codes of how grave an alert is.
const SEVERITIES: [(AlertSeverity, &str); 3] = [
    (AlertSeverity::LifeThreatening, "LifeThreatening"),
    (AlertSeverity::Serious, "Serious"),
    (AlertSeverity::Minor, "Minor"),
];

/// The code of how grave an alert is.
pub(super) fn severity_code(severity: AlertSeverity) -> &'static str {
    let found = SEVERITIES.iter().find(|(known, _)| *known == severity);
    found.map_or("Serious", |(_, code)| code)
}

/// What an alert says, one part a line as the contract ends lines: what it is,
/// what to do, then the plan.
pub(super) fn details(alert: &MedicalAlert) -> String {
    let action = Some(alert.action.as_str()).filter(|action| *action != WITHOUT_ACTION);
    let parts = [alert.alert.as_str(), action.unwrap_or_default(), &alert.plan];
    let text = parts.map(str::trim).join("\n");
    text.trim_end().lines().collect::<Vec<_>>().join("\r\n")
}

/// Our alerts that are not taken out.
pub(crate) fn ours(
    at: &mut impl Reading,
    student: StudentId,
) -> Outcome<Vec<Record<MedicalAlertId, MedicalAlert>>> {
    let permit = student::program::<ViewMedical>(at)?;
    people::medical_alerts(at, &permit, student, None)
}

/// The alert as a submit carries it; none when there is nothing to tell any more.
pub(super) fn sent(
    at: &mut impl Reading,
    student: StudentId,
    held: Option<&wire::Student>,
    record: Uuid,
) -> Outcome<Option<wire::MedicalAlert>> {
    let ours = ours(at, student)?;
    if let Some(kept) = ours.iter().find(|kept| kept.id.uuid() == record) {
        return Ok(Some(travel::medical_alert(record, &kept.value)));
    }
    let there = held.and_then(|held| held.medical_alerts.iter().find(|there| there.ref_id == record));
    Ok(there.map(|there| wire::MedicalAlert {
        is_deleted: true,
        ..there.clone()
    }))
}

/// The alerts of both sides that hold, each as one line.
pub(crate) fn compared(
    at: &mut impl Reading,
    student: StudentId,
    theirs: &wire::Student,
) -> Outcome<Vec<Compared>> {
    let today = at.today();
    let here: Vec<wire::MedicalAlert> = ours(at, student)?
        .iter()
        .filter(|kept| holds(kept.value.expires_on, today))
        .map(|kept| travel::medical_alert(kept.id.uuid(), &kept.value))
        .collect();
    let there: Vec<&wire::MedicalAlert> = theirs
        .medical_alerts
        .iter()
        .filter(|there| !there.is_deleted && holds(there.expiry_date, today))
        .collect();
    let is_same = |one: &wire::MedicalAlert, other: &wire::MedicalAlert| told(one) == told(other);
    let lines = records(
        &here,
        &there,
        (|alert| alert.ref_id, is_same),
        ((MEDICAL, MEDICAL), told),
    );
    Ok(lines)
}

/// An alert in one line.
fn told(alert: &wire::MedicalAlert) -> String {
    let mut parts = vec![alert.alert_type.clone()];
    let text = alert.details.as_deref().unwrap_or_default();
    parts.extend(
        text.lines()
            .map(str::trim)
            .filter(|line| !line.is_empty())
            .map(str::to_owned),
    );
    let days = [alert.effective_date, alert.expiry_date];
    parts.extend(days.into_iter().flatten().map(|day| day.to_string()));
    parts.join(PARTS)
}

/// PASI's alert as ours. What it does not tell stands as `kept` has it: the
/// severity of a kind we do not know, the first day.
pub(crate) fn theirs(there: &wire::MedicalAlert, kept: Option<&MedicalAlert>, today: Date) -> MedicalAlert {
    let known = SEVERITIES.iter().find(|(_, code)| *code == there.alert_type);
    let text = there.details.as_deref().unwrap_or_default();
    let mut lines = text.lines().map(str::trim);
    let first = lines.next().filter(|line| !line.is_empty());
    let second = lines.next().filter(|line| !line.is_empty());
    MedicalAlert {
        severity: known
            .map(|(severity, _)| *severity)
            .or(kept.map(|kept| kept.severity))
            .unwrap_or(AlertSeverity::Serious),
        alert: first.unwrap_or(&there.alert_type).to_owned(),
        action: second.unwrap_or(WITHOUT_ACTION).to_owned(),
        plan: lines.collect::<Vec<_>>().join("\n").trim().to_owned(),
        effective_on: there
            .effective_date
            .or(kept.map(|kept| kept.effective_on))
            .unwrap_or(today),
        expires_on: there.expiry_date,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use testkit::date;

    fn alert(alert: &str, action: &str, plan: &str) -> MedicalAlert {
        MedicalAlert {
            severity: AlertSeverity::LifeThreatening,
            alert: alert.to_owned(),
            action: action.to_owned(),
            plan: plan.to_owned(),
            effective_on: date("2026-09-01"),
            expires_on: None,
        }
    }

    #[test]
    fn what_an_alert_says_travels_line_by_line_and_comes_back_as_it_was() {
        for (case, ours, want) in [
            ("two parts", alert("Peanuts", "EpiPen", ""), "Peanuts\r\nEpiPen"),
            (
                "a plan of lines",
                alert("Peanuts", "EpiPen", "In the office\nSecond one: locker"),
                "Peanuts\r\nEpiPen\r\nIn the office\r\nSecond one: locker",
            ),
            (
                "no word on what to do",
                alert("Peanuts", WITHOUT_ACTION, ""),
                "Peanuts",
            ),
            (
                "a plan without an action",
                alert("Peanuts", WITHOUT_ACTION, "Locker"),
                "Peanuts\r\n\r\nLocker",
            ),
        ] {
            let there = travel::medical_alert(Uuid::nil(), &ours);
            assert_eq!(there.details.as_deref(), Some(want), "{case}");
            assert_eq!(theirs(&there, None, date("2026-11-30")), ours, "{case}");
        }
    }

    #[test]
    fn what_pasi_does_not_tell_stands_as_it_was() {
        let there = wire::MedicalAlert {
            alert_type: "Allergy".to_owned(),
            details: None,
            effective_date: None,
            ..travel::medical_alert(Uuid::nil(), &alert("Peanuts", "EpiPen", ""))
        };
        let kept = alert("Peanuts", "EpiPen", "");
        let taken = theirs(&there, Some(&kept), date("2026-11-30"));
        assert_eq!((taken.alert.as_str(), taken.severity), ("Allergy", kept.severity));
        assert_eq!(
            (taken.action.as_str(), taken.effective_on),
            (WITHOUT_ACTION, kept.effective_on)
        );
        assert_eq!(
            theirs(&there, None, date("2026-11-30")).severity,
            AlertSeverity::Serious
        );
    }
}
