//! Rules of responsible schools.

use super::finding;
use crate::messages::{HasResponsibleSchool, ResponsibleSchool};
use kernel::{AuthorityCode, Finding, Findings, OrganizationCode};
use uuid::Uuid;

/// Reasons PASI alone gives.
pub const SYSTEM_REASONS: [&str; 4] = ["DataConversion", "UpdatedByASL", TO_BE_DETERMINED, COMPLETED];
/// The reason that asks to be replaced (advice 11621).
pub const TO_BE_DETERMINED: &str = "ToBeDetermined";
/// The reason PASI gives who ended grade 12.
pub const COMPLETED: &str = "CompletedK12";

/// Judges a record before it is stored. `others` are the student's records as
/// they stand, this one among them; `is_allowed` says whether a reason is a
/// child of the answer in the relation table.
///
/// A reason that only the province gives may stay where it stands, and a
/// record may go or come only when no school then follows itself that does
/// not today.
pub fn submitted(
    sent: &ResponsibleSchool,
    others: &[ResponsibleSchool],
    is_allowed: impl Fn(HasResponsibleSchool, &str) -> bool,
) -> Findings {
    let mut found = Findings::default();
    let held = others.iter().find(|other| other.ref_id == sent.ref_id);
    let others: Vec<&ResponsibleSchool> = others.iter().filter(|other| !other.is_deleted).collect();
    if !sent.is_deleted {
        found.extend(reason(sent, held, is_allowed));
        found.extend(school(sent));
        let is_taken = others
            .iter()
            .any(|other| other.ref_id != sent.ref_id && other.effective_date == sent.effective_date);
        if is_taken {
            found.push(finding(11_690).with("date", sent.effective_date));
            return found;
        }
    }
    if repeats(sent, &others) {
        found.push(finding(11_691));
    }
    found
}

fn reason(
    sent: &ResponsibleSchool,
    held: Option<&ResponsibleSchool>,
    is_allowed: impl Fn(HasResponsibleSchool, &str) -> bool,
) -> Option<Finding> {
    let (has, reason) = (sent.has_responsible_school, sent.transition_reason.as_str());
    let is_kept = held.is_some_and(|held| held.transition_reason == reason);
    if SYSTEM_REASONS.contains(&reason) {
        (!is_kept).then(|| finding(11_626).with("reason", reason))
    } else {
        (!is_allowed(has, reason)).then(|| finding(11_692).with("reason", reason).with("has", has))
    }
}

/// A school of Alberta by its code, another by its name and country.
fn school(sent: &ResponsibleSchool) -> Option<Finding> {
    let is_given = |text: &Option<String>| text.as_deref().is_some_and(|text| !text.trim().is_empty());
    let is_named = sent.school_code.is_some() || (is_given(&sent.school_name) && is_given(&sent.country));
    (sent.has_responsible_school == HasResponsibleSchool::Yes && !is_named).then(|| finding(11_693))
}

/// Does a school follow itself then that does not now?
fn repeats(sent: &ResponsibleSchool, others: &[&ResponsibleSchool]) -> bool {
    let now = repetitions(others.to_vec());
    let mut then: Vec<&ResponsibleSchool> = others
        .iter()
        .copied()
        .filter(|other| other.ref_id != sent.ref_id)
        .collect();
    if !sent.is_deleted {
        then.push(sent);
    }
    repetitions(then).iter().any(|pair| !now.contains(pair))
}

fn repetitions(mut records: Vec<&ResponsibleSchool>) -> Vec<(Uuid, Uuid)> {
    records.sort_by_key(|record| record.effective_date);
    records
        .windows(2)
        .filter(|pair| is_same_school(pair[0], pair[1]))
        .map(|pair| (pair[0].ref_id, pair[1].ref_id))
        .collect()
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
    fn a_reason_of_the_province_may_stay_where_it_was_and_a_school_abroad_has_a_country() {
        let held = ResponsibleSchool {
            transition_reason: TO_BE_DETERMINED.into(),
            ..record(1, "2026-09-01", Some("0982"))
        };
        let later = ResponsibleSchool {
            effective_date: "2026-09-02".parse().expect("test date"),
            ..held.clone()
        };
        let codes = |found: Findings| -> Vec<String> { found.0.into_iter().map(|one| one.code).collect() };
        let is_allowed = |_, reason: &str| reason == "Moved";
        assert_eq!(codes(submitted(&later, &[held], is_allowed)), [""; 0]);
        let abroad = |name: &str, country: &str| ResponsibleSchool {
            school_name: Some(name.into()),
            country: Some(country.into()),
            ..record(3, "2026-09-01", None)
        };
        for (name, country, want) in [("Lakeview", "CA", 0), (" ", "CA", 1), ("Lakeview", "", 1)] {
            let found = codes(submitted(&abroad(name, country), &[], is_allowed));
            assert_eq!(found, vec!["11693"; want], "{name} {country}");
        }
    }

    #[test]
    fn a_deletion_is_judged_by_what_it_leaves_behind() {
        let all = |last: &str| {
            [
                record(1, "2024-09-01", Some("0982")),
                record(2, "2025-09-01", Some("0983")),
                record(3, "2026-09-01", Some(last)),
            ]
        };
        let gone = ResponsibleSchool {
            is_deleted: true,
            ..record(2, "2025-09-01", Some("0983"))
        };
        for (last, want) in [("0982", 1), ("0984", 0)] {
            let found = submitted(&gone, &all(last), |_, _| true);
            assert_eq!(found.0.len(), want, "{last}");
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
}
