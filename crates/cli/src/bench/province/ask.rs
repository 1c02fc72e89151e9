//! A bare client of the province: what its calls take is what the machine can
//! do at best.

use crate::demo::DIVISION;
use crate::ending::Stop;
use kernel::{Actor, Asn, OrganizationCode, SystemClock};
use pasi::{CallError, Client, Connection};
use pasi_wire::messages::{
    AsnVersion, CallerInfo, DataNotificationIdVersion, DataNotificationRequest,
    DataNotificationRequestTypeInfo, GetStudentRequest, Student, SubmitLanguageAtHomeRequest,
};
use pasi_wire::window::Topic;
use pasi_wire::{Request, Response};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

/// Longest wait for an answer; a first page of a whole province is large.
const PATIENCE: Duration = Duration::from_mins(2);
/// Minutes of a long poll.
const WAIT_MINUTES: i32 = 5;

/// A bare client.
#[derive(Clone)]
pub(super) struct Bare(Client);

/// What is newer of one kind: keys and versions.
pub(super) type Pairs = Vec<DataNotificationIdVersion>;

impl Bare {
    /// With connections of its own.
    pub(super) fn new(url: &str, credentials: &Path, organization: OrganizationCode) -> Result<Self, Stop> {
        let connection = Connection {
            url: url.to_owned(),
            credentials: credentials.to_owned(),
            organization,
        };
        let client = Client::new(connection, Arc::new(SystemClock)).map_err(away)?;
        Ok(Self(client.patient_for(PATIENCE)))
    }

    /// Whom calls come from.
    pub(super) fn caller(&self) -> CallerInfo {
        self.0.caller(&Actor::system(DIVISION, "Measuring"), None)
    }

    /// One call and its answer.
    pub(super) async fn call(&self, request: impl Into<Request>) -> Result<Response, Stop> {
        self.0.call(&request.into()).await.0.map_err(away)
    }

    /// What is newer of the topics than a version.
    pub(super) async fn newer(&self, topics: &[Topic], than: i64) -> Result<Vec<(Topic, Pairs)>, Stop> {
        self.told(topics, than, 0).await
    }

    /// Waits until something of a topic is newer than a version.
    pub(super) async fn listen(&self, topic: Topic, than: i64) -> Result<Pairs, Stop> {
        let told = self.told(&[topic], than, WAIT_MINUTES).await?;
        Ok(told.into_iter().flat_map(|(_, pairs)| pairs).collect())
    }

    async fn told(&self, topics: &[Topic], than: i64, wait: i32) -> Result<Vec<(Topic, Pairs)>, Stop> {
        let request = DataNotificationRequest {
            caller: self.caller(),
            wait_time_in_minutes: wait,
            registered_types: topics
                .iter()
                .map(|topic| DataNotificationRequestTypeInfo {
                    notification_type: topic.to_string(),
                    max_pasi_core_version: than,
                    pasi_core_version_hash: None,
                })
                .collect(),
        };
        let patience = PATIENCE + Duration::from_mins(u64::from(wait.unsigned_abs()));
        let answer = self.0.call_within(&request.into(), patience).await.0;
        let Response::IsDataAvailable(news) = answer.map_err(away)? else {
            return Err(unexpected());
        };
        news.results
            .into_iter()
            .map(|told| {
                let topic = told.notification_type.parse().map_err(|_| unexpected())?;
                Ok((topic, told.id_versions))
            })
            .collect()
    }

    /// A student as the province has it.
    pub(super) async fn student(&self, asn: Asn) -> Result<Student, Stop> {
        let request = GetStudentRequest {
            caller: self.caller(),
            students: vec![AsnVersion {
                asn,
                expected_version: 0,
            }],
        };
        let Response::GetStudent(mut read) = self.call(request).await? else {
            return Err(unexpected());
        };
        let found = read.results.pop().and_then(|result| result.student);
        found.ok_or_else(|| Stop::Problems("the province does not give a student it has".to_owned()))
    }

    /// Says another language at home of a student, in place of the one that stands.
    pub(super) async fn say_another_language(&self, student: &Student) -> Result<(), Stop> {
        let request = SubmitLanguageAtHomeRequest {
            caller: self.caller(),
            asn: student.asn,
            pasi_core_version: student.pasi_core_version,
            language: Some(another_language(student.language_at_home.as_deref()).to_owned()),
        };
        match self.call(request).await? {
            Response::SubmitLanguageAtHome(answer) if answer.is_stored() => Ok(()),
            Response::SubmitLanguageAtHome(answer) => {
                Err(Stop::Problems(format!("refused: {:?}", answer.rejections)))
            }
            _ => Err(unexpected()),
        }
    }
}

/// A language at home that is not the one that stands.
pub(super) fn another_language(than: Option<&str>) -> &'static str {
    if than == Some("ENG") { "FRA" } else { "ENG" }
}

#[allow(
    clippy::needless_pass_by_value,
    reason = "it stands where an error is handed over"
)]
fn away(error: CallError) -> Stop {
    Stop::Away(error.line())
}

fn unexpected() -> Stop {
    Stop::Problems("the province answered something else".to_owned())
}
