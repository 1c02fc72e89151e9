//! Results of provincial achievement tests, as the ministry posts them.

use super::finding;
use crate::messages::{ProvincialAchievementTest, ProvincialAchievementTestResult};
use kernel::Findings;

/// What a student did with a test. Only who wrote it has a score.
pub const PARTICIPATION: [&str; 3] = [WRITTEN, "Absent", "Excused"];
/// The test was written.
pub const WRITTEN: &str = "Written";

/// Judges a result before it is stored: 45090 to 45092.
pub fn result(sent: &ProvincialAchievementTestResult, test: Option<&ProvincialAchievementTest>) -> Findings {
    let mut found = Findings::default();
    let Some(test) = test else {
        found.push(finding(45_090));
        return found;
    };
    if sent.is_deleted {
        return found;
    }
    if (sent.participation == WRITTEN) != sent.score.is_some() {
        found.push(finding(45_092));
    }
    if let Some(score) = sent.score.filter(|score| *score > test.maximum_score) {
        found.push(
            finding(45_091)
                .with("score", score)
                .with("most", test.maximum_score),
        );
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::{Asn, Grade, SchoolYear};
    use uuid::Uuid;

    #[test]
    fn who_wrote_has_a_score_up_to_the_highest() {
        let test = ProvincialAchievementTest {
            ref_id: Uuid::from_u128(1),
            school_year: SchoolYear::ending(2027).expect("test year"),
            grade: Grade::G9,
            subject: "Mathematics".into(),
            language: "English".into(),
            maximum_score: 60,
            pasi_core_version: 0,
        };
        for (participation, score, is_known, want) in [
            (WRITTEN, Some(60), true, None),
            (WRITTEN, Some(0), true, None),
            (WRITTEN, Some(61), true, Some("45091")),
            (WRITTEN, None, true, Some("45092")),
            ("Absent", None, true, None),
            ("Absent", Some(10), true, Some("45092")),
            (WRITTEN, Some(10), false, Some("45090")),
        ] {
            let sent = ProvincialAchievementTestResult {
                ref_id: Uuid::from_u128(2),
                asn: Asn::from_number(999_044_182).expect("nine digits"),
                test_ref_id: test.ref_id,
                school_code: "0982".parse().expect("test school"),
                participation: participation.into(),
                score,
                achievement_level: None,
                is_deleted: false,
                pasi_core_version: 0,
            };
            let found = result(&sent, is_known.then_some(&test));
            let codes: Vec<&str> = found.0.iter().map(|one| one.code.as_str()).collect();
            let want: Vec<&str> = want.into_iter().collect();
            assert_eq!(codes, want, "{participation} {score:?}");
        }
    }
}
