//! Rules of responsible schools and of answers to core alerts.

use super::finding;
use crate::messages::{
    AcknowledgementStatus, AlertAcknowledgement, AlertType, CoreAlert, HasResponsibleSchool,
    ResponsibleSchool,
};
use kernel::{AuthorityCode, Finding, Findings, OrganizationCode};
use uuid::Uuid;

/// Reasons PASI alone gives.
pub const SYSTEM_REASONS: [&str; 4] = ["DataConversion", "UpdatedByASL", TO_BE_DETERMINED, COMPLETED];
/// The reason that asks to be replaced (advice 11621).
pub const TO_BE_DETERMINED: &str = "ToBeDetermined";
/// The reason PASI gives who ended grade 12.
pub const COMPLETED: &str = "CompletedK12";

/// Judges a record before it is stored. `others` are the student's records
/// that are not deleted; `is_allowed` says whether a reason is a child of the
/// answer in the relation table.
pub fn submitted(
    sent: &ResponsibleSchool,
    others: &[ResponsibleSchool],
    is_allowed: impl Fn(HasResponsibleSchool, &str) -> bool,
) -> Findings {
    let mut found = Findings::default();
    if sent.is_deleted {
        return found;
    }
    let has = sent.has_responsible_school;
    let reason = sent.transition_reason.as_str();
    if SYSTEM_REASONS.contains(&reason) {
        found.push(finding(11_626).with("reason", reason));
    } else if !is_allowed(has, reason) {
        found.push(finding(11_692).with("reason", reason).with("has", has));
    }
    if has == HasResponsibleSchool::Yes && sent.school_code.is_none() && sent.school_name.is_none() {
        found.push(finding(11_693));
    }
    found.extend(in_time(sent, others));
    found
}

fn in_time(sent: &ResponsibleSchool, others: &[ResponsibleSchool]) -> Vec<Finding> {
    let mut all: Vec<&ResponsibleSchool> = others
        .iter()
        .filter(|other| other.ref_id != sent.ref_id && !other.is_deleted)
        .collect();
    if all
        .iter()
        .any(|other| other.effective_date == sent.effective_date)
    {
        return vec![finding(11_690).with("date", sent.effective_date)];
    }
    all.push(sent);
    all.sort_by_key(|record| record.effective_date);
    let touches = |pair: &[&ResponsibleSchool], id: Uuid| pair.iter().any(|record| record.ref_id == id);
    let is_repeated = all
        .windows(2)
        .any(|pair| touches(pair, sent.ref_id) && is_same_school(pair[0], pair[1]));
    is_repeated.then(|| finding(11_691)).into_iter().collect()
}

fn is_same_school(one: &ResponsibleSchool, other: &ResponsibleSchool) -> bool {
    match (one.school_code, other.school_code) {
        (Some(one), Some(other)) => one == other,
        (None, None) => {
            one.school_name.is_some() && (&one.school_name, &one.city) == (&other.school_name, &other.city)
        }
        _ => false,
    }
}

/// Judges a stored record: a reason still to be determined (11621), except
/// for organizations that need not say.
pub fn stored(
    record: &ResponsibleSchool,
    authority: Option<AuthorityCode>,
    is_out_of_alberta: bool,
) -> Findings {
    let is_exempt = is_out_of_alberta
        || authority
            .is_some_and(|code| EXEMPT.contains(&OrganizationCode::Authority(code).to_string().as_str()))
        || record
            .school_code
            .is_some_and(|code| EXEMPT.contains(&OrganizationCode::School(code).to_string().as_str()));
    let is_open = !record.is_deleted && record.transition_reason == TO_BE_DETERMINED;
    (is_open && !is_exempt)
        .then(|| finding(11_621))
        .into_iter()
        .collect()
}

/// Organizations exempt from rule 11621.
const EXEMPT: [&str; 4] = ["S.0099", "S.1363", "A.3170", "A.4870"];

/// Judges an answer to a core alert: it must name one that stands (12000,
/// 12001), and say what may be said to it (12002, 12003, 12004).
pub fn acknowledged(alerts: &[CoreAlert], said: &AlertAcknowledgement, is_ministry: bool) -> Option<Finding> {
    let Some(alert) = alerts.iter().find(|alert| said.names(alert)) else {
        let is_known = alerts.iter().any(|alert| alert.alert_code == said.alert_code);
        let number = if is_known { 12_001 } else { 12_000 };
        return Some(finding(number).with("alert", said.alert_code));
    };
    match (said.status, alert.alert_type) {
        (AcknowledgementStatus::Acknowledged, AlertType::Warning) => Some(finding(12_002)),
        (AcknowledgementStatus::Overridden, AlertType::Advice) => Some(finding(12_003)),
        (AcknowledgementStatus::Overridden, AlertType::Warning) if !is_ministry => Some(finding(12_003)),
        (status, _) if status == alert.acknowledgement_status => Some(
            finding(12_004)
                .with("alert", said.alert_code)
                .with("status", status),
        ),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::{Asn, Date, SchoolCode};

    fn record(number: u128, on: &str, school: Option<&str>) -> ResponsibleSchool {
        ResponsibleSchool {
            ref_id: Uuid::from_u128(number),
            asn: Asn::from_number(999_044_182).expect("nine digits"),
            effective_date: on.parse::<Date>().expect("test date"),
            has_responsible_school: HasResponsibleSchool::Yes,
            school_code: school.map(|code| code.parse::<SchoolCode>().expect("test school")),
            school_name: None,
            city: None,
            state_province: None,
            country: None,
            transition_reason: "Moved".into(),
            is_deleted: false,
            pasi_core_version: 0,
        }
    }

    #[test]
    fn a_responsible_school_is_judged_among_the_students_others() {
        let others = [
            record(1, "2024-09-01", Some("0982")),
            record(2, "2025-09-01", Some("0983")),
        ];
        let with = |number, on, school| record(number, on, school);
        for (case, sent, want) in [
            ("new school", with(3, "2026-09-01", Some("0982")), None),
            ("same day", with(3, "2025-09-01", Some("0984")), Some("11690")),
            ("its own day", with(2, "2025-09-01", Some("0984")), None),
            (
                "same as before",
                with(3, "2026-09-01", Some("0983")),
                Some("11691"),
            ),
            (
                "same as after",
                with(3, "2024-08-01", Some("0982")),
                Some("11691"),
            ),
            ("no school", with(3, "2026-09-01", None), Some("11693")),
            (
                "system reason",
                ResponsibleSchool {
                    transition_reason: "UpdatedByASL".into(),
                    ..with(3, "2026-09-01", Some("0982"))
                },
                Some("11626"),
            ),
            (
                "reason of another answer",
                ResponsibleSchool {
                    transition_reason: "Deceased".into(),
                    ..with(3, "2026-09-01", Some("0982"))
                },
                Some("11692"),
            ),
            (
                "deleted",
                ResponsibleSchool {
                    is_deleted: true,
                    ..with(3, "2025-09-01", Some("0983"))
                },
                None,
            ),
        ] {
            let found = submitted(&sent, &others, |_, reason| reason == "Moved");
            let codes: Vec<&str> = found.0.iter().map(|finding| finding.code.as_str()).collect();
            assert_eq!(codes, want.into_iter().collect::<Vec<_>>(), "{case}");
        }
    }

    #[test]
    fn rule_11621_asks_for_the_reason_except_of_exempt_organizations() {
        let open = |school| ResponsibleSchool {
            transition_reason: TO_BE_DETERMINED.into(),
            ..record(1, "2026-09-01", school)
        };
        let code = |text: &str| Some(text.parse::<AuthorityCode>().expect("test authority"));
        for (case, record, authority, is_out, is_found) in [
            ("to be determined", open(Some("0982")), code("3260"), false, true),
            (
                "determined",
                record(1, "2026-09-01", Some("0982")),
                code("3260"),
                false,
                false,
            ),
            ("distance learning centre", open(Some("0099")), None, false, false),
            (
                "francophone distance learning",
                open(Some("1363")),
                None,
                false,
                false,
            ),
            ("Lloydminster", open(Some("0982")), code("3170"), false, false),
            (
                "Lloydminster Catholic",
                open(Some("0982")),
                code("4870"),
                false,
                false,
            ),
            ("out of Alberta", open(Some("0982")), None, true, false),
        ] {
            assert_eq!(!stored(&record, authority, is_out).is_empty(), is_found, "{case}");
        }
    }

    #[test]
    fn an_answer_fits_the_alert_it_names() {
        use AcknowledgementStatus::{Acknowledged, InProgress, Overridden, Unacknowledged};
        let alert = |alert_type| CoreAlert {
            alert_code: 10_017,
            alert_type,
            message: String::new(),
            arguments: vec![crate::messages::KeyValuePair::new("age", "9")],
            acknowledgement_status: InProgress,
        };
        for (code, age, alert_type, status, is_ministry, want) in [
            (10_017, "9", AlertType::Advice, Acknowledged, false, None),
            (10_017, "9", AlertType::Advice, Unacknowledged, false, None),
            (10_017, "9", AlertType::Advice, InProgress, false, Some("12004")),
            (10_018, "9", AlertType::Advice, Acknowledged, false, Some("12000")),
            (10_017, "8", AlertType::Advice, Acknowledged, false, Some("12001")),
            (
                10_017,
                "9",
                AlertType::Warning,
                Acknowledged,
                false,
                Some("12002"),
            ),
            (10_017, "9", AlertType::Warning, Overridden, false, Some("12003")),
            (10_017, "9", AlertType::Warning, Overridden, true, None),
            (10_017, "9", AlertType::Advice, Overridden, true, Some("12003")),
        ] {
            let said = AlertAcknowledgement {
                alert_code: code,
                arguments: vec![crate::messages::KeyValuePair::new("age", age)],
                status,
            };
            let found = acknowledged(&[alert(alert_type)], &said, is_ministry);
            assert_eq!(
                found.map(|finding| finding.code).as_deref(),
                want,
                "{said:?} {alert_type}"
            );
        }
    }
}
