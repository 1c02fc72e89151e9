//! What the ministry alone posts: courses, exams and their results, tests and
//! their results, credentials.

use crate::ops;
use crate::outside::{Outside, OutsideError};
use crate::store::Change;
use kernel::Asn;
use pasi_wire::messages::{
    AwardedCredential, Course, DiplomaExam, DiplomaExamMark, DiplomaExamRescoreRequest,
    ProvincialAchievementTest, ProvincialAchievementTestResult, StudentTranscriptDetail,
};

/// A record that the ministry alone makes.
pub struct MinistryRecord(Change);

macro_rules! ministry_records {
    ($($record:ty),+) => {$(
        impl From<$record> for MinistryRecord {
            fn from(record: $record) -> Self {
                Self(record.into())
            }
        }
    )+};
}
ministry_records!(
    Course,
    DiplomaExam,
    DiplomaExamMark,
    DiplomaExamRescoreRequest,
    ProvincialAchievementTest,
    ProvincialAchievementTestResult
);

impl Outside {
    /// Posts a record that the ministry alone makes, or puts it in place of the
    /// one with its key; gives the version.
    pub async fn post(&self, record: impl Into<MinistryRecord>) -> Result<i64, OutsideError> {
        let change: Change = record.into().0;
        self.act(|draft| Ok(draft.put(change))).await
    }

    /// Awards a diploma or certificate; gives the transcript's new version.
    pub async fn award(&self, asn: Asn, credential: AwardedCredential) -> Result<i64, OutsideError> {
        self.act(|draft| {
            if !draft.world.has_student(asn) {
                return Err(OutsideError::UnknownStudent);
            }
            let held = draft.world.get::<StudentTranscriptDetail>(asn);
            let mut transcript = held.cloned().unwrap_or_else(|| ops::empty_transcript(asn));
            if transcript.credentials.contains(&credential) {
                return Err(OutsideError::NothingChanged);
            }
            transcript.credentials.push(credential);
            Ok(draft.put(transcript.into()))
        })
        .await
    }
}
