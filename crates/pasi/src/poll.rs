//! Listens for what changes at PASI: one long poll for all kinds of record,
//! then a read of just what is newer. No timer, no refresh button.

use crate::{Connector, apply, link, mirror, seed};
use kernel::{Asn, Failure, Outcome};
use pasi_wire::messages::{
    AsnVersion, DataNotificationIdVersion, DataNotificationRequest, DataNotificationRequestTypeInfo,
    GetResponsibleSchoolRequest, GetStudentRequest, GetStudentSchoolEnrolmentRequest,
    GetStudentSchoolEnrolmentStatusRequest, GetStudentStatusRequest, RefIdVersion, StatusAsnVersion,
    StatusRefIdVersion,
};
use pasi_wire::window::{NotificationType, Topic};
use pasi_wire::{Request, Response, soap};
use std::time::Duration;

/// Longest wait of one long poll, in minutes.
const WAIT_MINUTES: i32 = 1;

impl Connector {
    /// One long poll; reads what is newer and applies it. Returns how many
    /// records came. `wait` false asks without waiting.
    pub async fn listen(&self, wait: bool) -> Outcome<usize> {
        let topics = seed::topics_on(self.store.now().date());
        let asked = topics.clone();
        let cursors = self
            .store
            .read(self.division, move |at| {
                asked
                    .iter()
                    .map(|topic| mirror::cursor(at, *topic))
                    .collect::<Outcome<Vec<_>>>()
            })
            .await?;
        let minutes = if wait { WAIT_MINUTES } else { 0 };
        let registered_types = topics
            .iter()
            .zip(&cursors)
            .map(|(topic, known)| DataNotificationRequestTypeInfo {
                notification_type: topic.to_string(),
                max_pasi_core_version: *known,
                pasi_core_version_hash: None,
            })
            .collect();
        let request = Request::IsDataAvailable(DataNotificationRequest {
            caller: self.client.caller(&self.system(), None),
            wait_time_in_minutes: minutes,
            registered_types,
        });
        let patience = Duration::from_secs(u64::from(minutes.unsigned_abs()) * 60 + 20);
        let (answer, record) = self.client.call_within(&request, patience).await;
        let went = answer.as_ref().map(|_| ()).map_err(Clone::clone);
        if went.is_ok() {
            self.resume();
        }
        self.note(went, if wait { Vec::new() } else { vec![record] })
            .await?;
        let Ok(Response::IsDataAvailable(news)) = answer else {
            return Err(Failure::Unavailable("PASI does not answer".to_owned()));
        };
        let mut came = 0;
        for result in news.results {
            let topic: Topic = result
                .notification_type
                .parse()
                .map_err(|_| Failure::Fault("a topic nobody asked for".to_owned()))?;
            came += self.fetch(topic, &result.id_versions).await?;
        }
        Ok(came)
    }

    /// Reads the newer records of a topic, in batches; then moves its cursor.
    /// A batch that stops at a version mismatch leaves the cursor before it:
    /// the next long poll tells again.
    async fn fetch(&self, topic: Topic, pairs: &[DataNotificationIdVersion]) -> Outcome<usize> {
        let mut came = 0;
        for batch in pairs.chunks(soap::READ_BATCH) {
            let Some(request) = self.read_request(topic, batch).await? else {
                self.move_cursor(topic, batch).await?;
                continue;
            };
            let asked = request.1;
            let answer = match self.call(request.0).await? {
                Ok(answer) => answer,
                Err(error) => return Err(Failure::Unavailable(error.line())),
            };
            let given = self.write_apply(move |tx| apply::answer(tx, &answer)).await?;
            came += given;
            if given < asked {
                return Ok(came);
            }
            self.move_cursor(topic, batch).await?;
        }
        Ok(came)
    }

    async fn move_cursor(&self, topic: Topic, batch: &[DataNotificationIdVersion]) -> Outcome<()> {
        let highest = batch.iter().map(|pair| pair.version).max().unwrap_or(0);
        self.write_apply(move |tx| mirror::set_cursor(tx, topic, highest))
            .await
    }

    /// The read of those pairs whose version we do not have yet, and how many they are.
    async fn read_request(
        &self,
        topic: Topic,
        batch: &[DataNotificationIdVersion],
    ) -> Outcome<Option<(Request, usize)>> {
        let (kind, pairs) = (topic.notification_type, batch.to_vec());
        let newer = self
            .store
            .read(self.division, move |at| {
                let mut newer = Vec::new();
                for pair in pairs {
                    if mirror::version(at, kind, &pair.id)? < pair.version {
                        newer.push(pair);
                    }
                }
                Ok(newer)
            })
            .await?;
        if newer.is_empty() {
            return Ok(None);
        }
        let count = newer.len();
        Ok(Some((self.compose_read(kind, &newer)?, count)))
    }

    fn compose_read(&self, kind: NotificationType, pairs: &[DataNotificationIdVersion]) -> Outcome<Request> {
        let caller = self.client.caller(&self.system(), None);
        let wrong = |id: &str| Failure::Fault(format!("{kind}: {id} is no key"));
        let asn = |id: &str| id.parse::<Asn>().map_err(|_| wrong(id));
        let guid = |id: &str| id.parse::<uuid::Uuid>().map_err(|_| wrong(id));
        let each = pairs.iter();
        Ok(match kind {
            NotificationType::Student => Request::GetStudent(GetStudentRequest {
                caller,
                students: each
                    .map(|pair| {
                        Ok(AsnVersion {
                            asn: asn(&pair.id)?,
                            expected_version: 0,
                        })
                    })
                    .collect::<Outcome<_>>()?,
            }),
            NotificationType::StudentStatus => Request::GetStudentStatus(GetStudentStatusRequest {
                caller,
                students: each
                    .map(|pair| {
                        Ok(StatusAsnVersion {
                            asn: asn(&pair.id)?,
                            expected_version: 0,
                            known_source_version: i64::MAX,
                        })
                    })
                    .collect::<Outcome<_>>()?,
            }),
            NotificationType::StudentSchoolEnrolment => {
                Request::GetStudentSchoolEnrolment(GetStudentSchoolEnrolmentRequest {
                    caller,
                    enrolments: each
                        .map(|pair| {
                            Ok(RefIdVersion {
                                ref_id: guid(&pair.id)?,
                                expected_version: 0,
                            })
                        })
                        .collect::<Outcome<_>>()?,
                })
            }
            NotificationType::StudentSchoolEnrolmentStatus => {
                Request::GetStudentSchoolEnrolmentStatus(GetStudentSchoolEnrolmentStatusRequest {
                    caller,
                    enrolments: each
                        .map(|pair| {
                            Ok(StatusRefIdVersion {
                                ref_id: guid(&pair.id)?,
                                expected_version: 0,
                                known_source_version: i64::MAX,
                            })
                        })
                        .collect::<Outcome<_>>()?,
                })
            }
            NotificationType::ResponsibleSchool => {
                Request::GetResponsibleSchool(GetResponsibleSchoolRequest {
                    caller,
                    responsible_schools: each
                        .map(|pair| {
                            Ok(RefIdVersion {
                                ref_id: guid(&pair.id)?,
                                expected_version: 0,
                            })
                        })
                        .collect::<Outcome<_>>()?,
                })
            }
            other => return Err(Failure::Fault(format!("{other} is not listened for"))),
        })
    }

    async fn note(
        &self,
        went: Result<(), crate::client::CallError>,
        calls: Vec<crate::client::CallRecord>,
    ) -> Outcome<()> {
        if went.is_ok() && calls.is_empty() && self.store.read(self.division, |at| link::is_fresh(at)).await?
        {
            return Ok(()); // a write for every answer of the long poll would tell nobody anything
        }
        let certificate = self.client.expires_at();
        let is_back = self
            .write_apply(move |tx| {
                link::log_calls(tx, &calls)?;
                let is_changed = link::note(tx, went.as_ref().copied(), Some(certificate))?;
                Ok(is_changed && went.is_ok())
            })
            .await?;
        if is_back {
            self.kick();
        }
        Ok(())
    }
}
