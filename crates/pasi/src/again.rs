//! Looking at PASI's copy after a submit, and telling whether an earlier try,
//! whose answer was lost, had arrived.

use crate::map::Arrived;
use crate::queue::{Item, RuleSaid};
use crate::sender::Exchange;
use crate::{Connector, alerts, apply, base, link, map};
use kernel::{Asn, Outcome};
use pasi_wire::messages::{
    AsnVersion, AvailabilityStatus, CallerInfo, GetCourseEnrolmentRequest, GetCourseEnrolmentStatusRequest,
    GetResponsibleSchoolRequest, GetResponsibleSchoolStatusRequest, GetSectionRequest,
    GetSectionStatusRequest, GetStudentRequest, GetStudentSchoolEnrolmentRequest,
    GetStudentSchoolEnrolmentStatusRequest, GetStudentStatusRequest, IdentifyStudentRequest, RefIdVersion,
    STUDENT_ENROLMENT, StatusAsnVersion, StatusRefIdVersion, StudentLocator,
};
use pasi_wire::{Operation, Request, Response, soap};

/// The read of the alerts that an answer to one of them is about.
fn alerts_read(caller: CallerInfo, item: &Item, asn: Option<Asn>) -> Outcome<Option<Request>> {
    let record = StatusRefIdVersion {
        ref_id: item.ref_id()?,
        expected_version: 0,
        known_source_version: i64::MAX,
    };
    Ok(Some(match item.operation()? {
        Operation::SubmitStudentStatusAcknowledgement => {
            let Some(asn) = asn else { return Ok(None) };
            GetStudentStatusRequest {
                caller,
                students: vec![StatusAsnVersion {
                    asn,
                    expected_version: 0,
                    known_source_version: i64::MAX,
                }],
            }
            .into()
        }
        Operation::SubmitStudentSchoolEnrolmentStatusAcknowledgement => {
            GetStudentSchoolEnrolmentStatusRequest {
                caller,
                enrolments: vec![record],
            }
            .into()
        }
        Operation::SubmitSectionStatusAcknowledgement => GetSectionStatusRequest {
            caller,
            sections: vec![record],
        }
        .into(),
        Operation::SubmitCourseEnrolmentStatusAcknowledgement => GetCourseEnrolmentStatusRequest {
            caller,
            course_enrolments: vec![record],
        }
        .into(),
        _ => GetResponsibleSchoolStatusRequest {
            caller,
            responsible_schools: vec![record],
        }
        .into(),
    }))
}

impl Connector {
    /// Reads PASI's copy of what an item touched; an absent PASI is no failure:
    /// the long poll tells it later.
    pub(crate) async fn read_back(
        &self,
        item: &Item,
        new_asn: Option<Asn>,
        exchange: &mut Exchange,
    ) -> Outcome<()> {
        let asn = match (new_asn, item.student_id) {
            (Some(asn), _) => Some(asn),
            (None, None) => None,
            (None, Some(student)) => {
                self.store
                    .read(self.division, move |at| map::asn_of(at, student))
                    .await?
            }
        };
        let caller = self.client.caller(&item.actor()?, None);
        let record = || -> Outcome<_> {
            Ok(vec![RefIdVersion {
                ref_id: item.ref_id()?,
                expected_version: 0,
            }])
        };
        let request: Option<Request> = match item.record_kind.as_str() {
            "enrolment" => Some(Request::from(GetStudentSchoolEnrolmentRequest {
                caller,
                enrolments: record()?,
            })),
            "responsible-school" => Some(Request::from(GetResponsibleSchoolRequest {
                caller,
                responsible_schools: record()?,
            })),
            "section" => Some(Request::from(GetSectionRequest {
                caller,
                sections: record()?,
            })),
            "course-enrolment" => Some(Request::from(GetCourseEnrolmentRequest {
                caller,
                course_enrolments: record()?,
            })),
            alerts::ACKNOWLEDGEMENT => alerts_read(caller, item, asn)?,
            _ => asn.map(|asn| {
                Request::from(GetStudentRequest {
                    caller,
                    students: vec![AsnVersion {
                        asn,
                        expected_version: 0,
                    }],
                })
            }),
        };
        if let Some(request) = request {
            exchange.read = self.ask(request, exchange).await;
        }
        Ok(())
    }

    async fn ask(&self, request: Request, exchange: &mut Exchange) -> Option<Response> {
        let (answer, record) = self.client.call(&request).await;
        exchange.calls.push(record);
        answer
            .map_err(|error| {
                if error.is_of_the_line() {
                    exchange.unread = Some(error);
                }
            })
            .ok()
    }

    /// After 3004 to a second try: whether PASI says just what we sent, now or
    /// before, and nobody else changed anything meanwhile. Was PASI's copy not
    /// read, [`Exchange::unread`] says why, and nothing is known.
    pub(crate) async fn arrived(
        &self,
        item: &Item,
        request: &Request,
        exchange: &mut Exchange,
    ) -> Outcome<Arrived> {
        self.read_back(item, None, exchange).await?;
        let tried = item.body()?.tried;
        macro_rules! of_record {
            ($read:ident, $record:ident) => {{
                let held = $read
                    .results
                    .first()
                    .and_then(|result| result.$record.as_ref());
                held.map_or(Arrived::No, |held| map::of_record(request, &tried, held))
            }};
        }
        Ok(match &exchange.read {
            Some(Response::GetStudentSchoolEnrolment(read)) => of_record!(read, enrolment),
            Some(Response::GetResponsibleSchool(read)) => of_record!(read, responsible_school),
            Some(Response::GetSection(read)) => of_record!(read, section),
            Some(Response::GetCourseEnrolment(read)) => of_record!(read, course_enrolment),
            Some(Response::GetStudent(read)) => {
                let Some(held) = read.results.first().and_then(|result| result.student.clone()) else {
                    return Ok(Arrived::No);
                };
                let (key, seen) = (held.asn, item.seen_version);
                let before = self
                    .store
                    .read(self.division, move |at| base::in_version(at, key.as_str(), seen))
                    .await?;
                before.map_or(Arrived::No, |before| {
                    map::of_student(request, &tried, (&before, &held))
                })
            }
            _ => Arrived::No,
        })
    }

    /// Reads students of whom PASI accepted more than the copies here show.
    pub(crate) async fn catch_up(&self, asns: &[Asn]) -> Outcome<()> {
        for batch in asns.chunks(soap::READ_BATCH) {
            let whole = |asn: &Asn| AsnVersion {
                asn: *asn,
                expected_version: 0,
            };
            let request = Request::from(GetStudentRequest {
                caller: self.client.caller(&self.system(), None),
                students: batch.iter().map(whole).collect(),
            });
            let (answer, record) = self.client.call(&request).await;
            self.rest_after(answer.as_ref().err());
            let certificate = self.client.expires_at();
            self.write_apply(move |tx| {
                link::log_calls(tx, std::slice::from_ref(&record))?;
                match &answer {
                    Ok(read) => apply::answer(tx, read).map(|_| ()),
                    Err(error) => link::note(tx, Err(error), Some(certificate)).map(|_| ()),
                }
            })
            .await?;
        }
        Ok(())
    }

    /// After 11404 to a second try: the ASN that our own first try made.
    ///
    /// Adopted only when nobody but us can have made it, and not before we
    /// first sent: it is just what we asked for with nothing added; its version
    /// is above all we had read when the change was queued; we may read it
    /// though it has no enrolment, which its maker alone may; and no student
    /// here has it. Everything else is for a person. Was anything of it not
    /// read, [`Exchange::unread`] says why, and nothing is known.
    pub(crate) async fn born(
        &self,
        item: &Item,
        request: &Request,
        rules: &[RuleSaid],
        exchange: &mut Exchange,
    ) -> Outcome<Option<(Asn, i64)>> {
        let Request::CreateStudent(asked) = request else {
            return Ok(None);
        };
        let told = rules
            .iter()
            .flat_map(|rule| &rule.arguments)
            .find(|(name, _)| name == "asn");
        let asn = match told.and_then(|(_, asn)| asn.parse::<Asn>().ok()) {
            Some(asn) => asn,
            None => match self.found(item, request, exchange).await? {
                Some(asn) => asn,
                None => return Ok(None),
            },
        };
        self.read_back(item, Some(asn), exchange).await?;
        let Some(Response::GetStudent(read)) = &exchange.read else {
            return Ok(None);
        };
        let result = read
            .results
            .first()
            .filter(|result| result.availability_status == AvailabilityStatus::Normal);
        let Some(held) = result.and_then(|result| result.student.clone()) else {
            exchange.read = None;
            return Ok(None);
        };
        let is_taken = self
            .store
            .read(self.division, move |at| map::by_asn(at, asn))
            .await?
            .is_some();
        let is_new = held.pasi_core_version > item.body()?.version && map::is_newborn(asked, &held);
        if is_taken || !is_new || !self.is_without_enrolment(item, asn, exchange).await? {
            exchange.read = None;
            return Ok(None);
        }
        Ok(Some((asn, held.pasi_core_version)))
    }

    /// The one student of exactly that name and birth date.
    async fn found(&self, item: &Item, request: &Request, exchange: &mut Exchange) -> Outcome<Option<Asn>> {
        let Request::CreateStudent(asked) = request else {
            return Ok(None);
        };
        let criteria = Some(crate::identify::criteria(&asked.name, Some(asked.birth_date)));
        let found = self
            .look(item, StudentLocator { asn: None, criteria }, exchange)
            .await?;
        let mut same = found
            .into_iter()
            .filter(|one| one.name == asked.name && one.birth_date == asked.birth_date);
        let first = same.next();
        Ok(first.filter(|_| same.next().is_none()).map(|one| one.asn))
    }

    async fn is_without_enrolment(&self, item: &Item, asn: Asn, exchange: &mut Exchange) -> Outcome<bool> {
        let found = self
            .look(
                item,
                StudentLocator {
                    asn: Some(asn),
                    criteria: None,
                },
                exchange,
            )
            .await?;
        Ok(found
            .iter()
            .any(|one| one.asn == asn && one.enrolments.is_empty()))
    }

    async fn look(
        &self,
        item: &Item,
        student_locator: StudentLocator,
        exchange: &mut Exchange,
    ) -> Outcome<Vec<pasi_wire::messages::IdentifiedStudent>> {
        let request = Request::IdentifyStudent(IdentifyStudentRequest {
            caller: self.client.caller(&item.actor()?, None),
            caller_reason_code: STUDENT_ENROLMENT.to_owned(),
            include_all_quality_levels: false,
            include_students_with_disclosure_restriction: false,
            student_locator,
        });
        Ok(match self.ask(request, exchange).await {
            Some(Response::IdentifyStudent(found)) => found.students,
            _ => Vec::new(),
        })
    }
}
