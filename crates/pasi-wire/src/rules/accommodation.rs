//! Rules of classroom accommodation.

use super::finding;
use crate::messages::ClassroomAccommodation;
use kernel::{Date, Finding, Findings};

/// Judges an accommodation before it is stored. `others` are the student's
/// that are not deleted.
pub fn submitted<'a>(
    sent: &ClassroomAccommodation,
    others: impl IntoIterator<Item = &'a ClassroomAccommodation>,
) -> Findings {
    let mut found = Findings::default();
    if sent.is_deleted {
        return found;
    }
    if sent.end_date_override.is_some_and(|end| end < sent.start_date) {
        found.push(finding(13_990).with("start", sent.start_date));
    }
    let is_there = |other: &ClassroomAccommodation| {
        other.ref_id != sent.ref_id && is_alike(other, sent) && other.start_date == sent.start_date
    };
    if others.into_iter().any(is_there) {
        found.push(finding(13_991).with("date", sent.start_date));
    }
    found
}

/// The same thing, granted by the same school?
fn is_alike(one: &ClassroomAccommodation, other: &ClassroomAccommodation) -> bool {
    let what = |of: &ClassroomAccommodation| {
        (
            of.school_code,
            of.accommodation_type.clone(),
            of.accommodation_format.clone(),
        )
    };
    what(one) == what(other)
}

/// The last day: the one a person said, else the day before the next
/// accommodation alike begins, else none.
pub fn ends<'a>(
    of: &ClassroomAccommodation,
    others: impl IntoIterator<Item = &'a ClassroomAccommodation>,
) -> Option<Date> {
    let later = others
        .into_iter()
        .filter(|other| !other.is_deleted && is_alike(other, of) && other.start_date > of.start_date);
    let next = later.map(|other| other.start_date.plus_days(-1)).min();
    of.end_date_override.or(next)
}

/// Judges a stored accommodation: is the student in the school when it begins?
pub fn stored(held: &ClassroomAccommodation, is_enrolled_at_start: bool) -> Option<Finding> {
    (!held.is_deleted && !is_enrolled_at_start).then(|| {
        finding(13_992)
            .with("school", held.school_code)
            .with("date", held.start_date)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::Asn;
    use uuid::Uuid;

    fn date(text: &str) -> Date {
        text.parse().expect("test date")
    }

    fn from(number: u128, start: &str) -> ClassroomAccommodation {
        ClassroomAccommodation {
            ref_id: Uuid::from_u128(number),
            asn: Asn::from_number(999_044_182).expect("nine digits"),
            school_code: "0982".parse().expect("test school"),
            accommodation_type: "ExtraTime".into(),
            accommodation_format: None,
            accommodation_detail: None,
            start_date: date(start),
            end_date: None,
            end_date_override: None,
            is_deleted: false,
            last_update_utc_time: None,
            pasi_core_version: 0,
        }
    }

    #[test]
    fn an_accommodation_ends_after_it_begins_and_begins_once() {
        let until = |end: &str| ClassroomAccommodation {
            end_date_override: Some(date(end)),
            ..from(2, "2026-10-01")
        };
        let reader = ClassroomAccommodation {
            accommodation_type: "Reader".into(),
            ..from(2, "2026-09-01")
        };
        let out = ClassroomAccommodation {
            is_deleted: true,
            ..from(2, "2026-09-01")
        };
        for (case, sent, want) in [
            ("open", from(2, "2026-10-01"), None),
            ("one day", until("2026-10-01"), None),
            ("backwards", until("2026-09-30"), Some("13990")),
            ("the same day as another", from(2, "2026-09-01"), Some("13991")),
            ("the same day as itself", from(1, "2026-09-01"), None),
            ("something else", reader, None),
            ("taken out", out, None),
        ] {
            let found = submitted(&sent, &[from(1, "2026-09-01")]);
            let codes: Vec<&str> = found.0.iter().map(|finding| finding.code.as_str()).collect();
            assert_eq!(codes, want.into_iter().collect::<Vec<_>>(), "{case}");
        }
    }

    #[test]
    fn it_lasts_until_the_next_alike_begins_unless_a_person_says_otherwise() {
        let next = from(2, "2027-02-01");
        let gone = ClassroomAccommodation {
            is_deleted: true,
            ..from(3, "2027-01-01")
        };
        let said = ClassroomAccommodation {
            end_date_override: Some(date("2027-06-25")),
            ..from(1, "2026-09-01")
        };
        for (case, of, others, want) in [
            ("alone", from(1, "2026-09-01"), vec![], None),
            (
                "another follows",
                from(1, "2026-09-01"),
                vec![&next, &gone],
                Some("2027-01-31"),
            ),
            ("another came before", from(1, "2027-03-01"), vec![&next], None),
            ("a person said", said, vec![&next], Some("2027-06-25")),
        ] {
            assert_eq!(ends(&of, others), want.map(date), "{case}");
        }
    }

    #[test]
    fn who_is_elsewhere_when_it_begins_is_warned_of() {
        let held = from(1, "2026-09-01");
        assert!(stored(&held, true).is_none());
        assert_eq!(
            stored(&held, false).map(|found| found.code).as_deref(),
            Some("13992")
        );
    }
}
