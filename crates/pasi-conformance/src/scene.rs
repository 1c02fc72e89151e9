//! What the cases know of each other: whom they speak for, the school, the
//! student they made and the versions they were told.

use crate::endpoint::{Line, Said};
use kernel::{Asn, AuthorityCode, Date, Instant, OrganizationCode, PersonName, SchoolCode, SchoolYear};
use pasi_wire::messages::{
    CalendarYearVersion, CallerInfo, CallerUser, CoreAlert, DataNotificationRequest,
    DataNotificationRequestTypeInfo, DataNotificationResponse, GetSchoolCalendarYearInformationRequest,
    GetSchoolInformationRequest, OperatingSchedule, School, SchoolVersion, Software,
};
use pasi_wire::soap::READ_BATCH;
use pasi_wire::{Request, Response};
use std::collections::BTreeMap;
use uuid::Uuid;

/// A record of a run: its GUID and the version it has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Held {
    pub(crate) ref_id: Uuid,
    pub(crate) version: i64,
}

/// What is known so far.
#[derive(Debug)]
pub(crate) struct Scene {
    pub(crate) organization: OrganizationCode,
    pub(crate) now: Instant,
    pub(crate) today: Date,
    /// The school year of today.
    pub(crate) year: SchoolYear,
    /// Name of the student of this run; nobody else has it.
    pub(crate) name: PersonName,
    /// Ten years ago.
    pub(crate) born: Date,
    pub(crate) school: Option<School>,
    /// Another school, so that responsibility can change.
    pub(crate) other_school: Option<SchoolCode>,
    pub(crate) calendar: Option<OperatingSchedule>,
    pub(crate) asn: Option<Asn>,
    /// The version the student had when it was made.
    pub(crate) first_version: i64,
    /// The version it has.
    pub(crate) version: i64,
    pub(crate) code_version: i64,
    /// Highest version told of authorities, and the pairs told.
    pub(crate) authorities: Vec<(String, i64)>,
    /// Records by the word the cases call them.
    pub(crate) records: BTreeMap<&'static str, Held>,
    /// An alert by the word of its record.
    pub(crate) alerts: BTreeMap<&'static str, CoreAlert>,
}

impl Scene {
    pub(crate) fn new(organization: OrganizationCode, now: Instant) -> Self {
        let today = now.date();
        Self {
            organization,
            now,
            today,
            year: SchoolYear::of(today),
            name: PersonName::new("Conformance", &unique_name()),
            born: today.plus_years(-10),
            school: None,
            other_school: None,
            calendar: None,
            asn: None,
            first_version: 0,
            version: 0,
            code_version: 0,
            authorities: Vec::new(),
            records: BTreeMap::new(),
            alerts: BTreeMap::new(),
        }
    }

    /// Who calls: a fresh message id each time.
    pub(crate) fn caller(&self) -> CallerInfo {
        CallerInfo {
            client_message_id: Uuid::new_v4().to_string(),
            sent_utc_time: self.now,
            software: Software {
                manufacturer: "Lodgepole".to_owned(),
                product: "PASI conformance".to_owned(),
                version: env!("CARGO_PKG_VERSION").to_owned(),
                build_number: env!("CARGO_PKG_VERSION").to_owned(),
            },
            user: CallerUser {
                name: "[System] Conformance".to_owned(),
                local_id: "conformance".to_owned(),
                ip_address: "127.0.0.1".to_owned(),
                organization_code: self.organization,
            },
        }
    }

    /// A record's GUID, made when it is first named, and the version it has.
    pub(crate) fn record(&mut self, word: &'static str) -> Held {
        *self.records.entry(word).or_insert_with(|| Held {
            ref_id: Uuid::new_v4(),
            version: 0,
        })
    }

    /// Keeps the version a record was stored with.
    pub(crate) fn keep(&mut self, word: &'static str, version: i64) {
        self.record(word);
        if let Some(held) = self.records.get_mut(word) {
            held.version = version;
        }
    }

    /// Finds a school of the organization that is open, and its calendar. What
    /// is not found leaves the cases that need it without.
    pub(crate) async fn look_around(&mut self, line: &Line) {
        let codes: Vec<SchoolCode> = self
            .told(line, "School")
            .await
            .into_iter()
            .filter_map(|(id, _)| id.parse().ok())
            .collect();
        let mut schools = Vec::new();
        for some in codes.chunks(READ_BATCH) {
            let request = GetSchoolInformationRequest {
                caller: self.caller(),
                schools: some.iter().map(|code| key(*code)).collect(),
            };
            if let Said::Answer(answer) = line.ask(&request.into()).await
                && let Response::GetSchoolInformation(answer) = *answer
            {
                schools.extend(answer.results.into_iter().filter_map(|result| result.school));
            }
        }
        let (organization, today) = (self.organization, self.today);
        let mut ours: Vec<School> = schools
            .into_iter()
            .filter(|school| is_of(school, organization) && school.close_date.is_none_or(|day| day > today))
            .collect();
        ours.sort_by_key(|school| school.school_code);
        self.other_school = ours.get(1).map(|school| school.school_code);
        self.school = ours.into_iter().next();
        self.calendar = self.calendar(line).await;
        self.authorities = self.told(line, "SchoolAuthority").await;
    }

    /// Everything of a kind, with its versions.
    async fn told(&self, line: &Line, kind: &str) -> Vec<(String, i64)> {
        match line.ask(&self.news(kind, 0, None)).await {
            Said::Answer(answer) => match *answer {
                Response::IsDataAvailable(answer) => pairs(&answer),
                _ => Vec::new(),
            },
            _ => Vec::new(),
        }
    }

    /// A question for news of one kind that does not wait.
    pub(crate) fn news(&self, kind: &str, known: i64, hash: Option<String>) -> Request {
        DataNotificationRequest {
            caller: self.caller(),
            wait_time_in_minutes: 0,
            registered_types: vec![DataNotificationRequestTypeInfo {
                notification_type: kind.to_owned(),
                max_pasi_core_version: known,
                pasi_core_version_hash: hash,
            }],
        }
        .into()
    }

    async fn calendar(&self, line: &Line) -> Option<OperatingSchedule> {
        let request = GetSchoolCalendarYearInformationRequest {
            caller: self.caller(),
            calendar_years: vec![CalendarYearVersion {
                school_code: self.school.as_ref()?.school_code,
                school_year: self.year,
                expected_version: 0,
            }],
        };
        let Said::Answer(answer) = line.ask(&request.into()).await else {
            return None;
        };
        let Response::GetSchoolCalendarYearInformation(mut answer) = *answer else {
            return None;
        };
        let year = answer.results.pop()?.calendar_year?;
        year.calendars.into_iter().next()
    }
}

/// Every pair told, of all kinds.
pub(crate) fn pairs(answer: &DataNotificationResponse) -> Vec<(String, i64)> {
    let all = answer.results.iter().flat_map(|kind| &kind.id_versions);
    all.map(|pair| (pair.id.clone(), pair.version)).collect()
}

fn key(school_code: SchoolCode) -> SchoolVersion {
    SchoolVersion {
        school_code,
        expected_version: 0,
    }
}

/// Is the school the organization, or does it report to it?
fn is_of(school: &School, organization: OrganizationCode) -> bool {
    let latest: Option<AuthorityCode> = school
        .authorities
        .iter()
        .max_by_key(|period| period.effective_date)
        .map(|period| period.authority_code);
    match organization {
        OrganizationCode::School(code) => school.school_code == code,
        OrganizationCode::Authority(code) => latest == Some(code),
        OrganizationCode::Other(_) => false,
    }
}

/// A last name of letters alone that nobody has.
fn unique_name() -> String {
    let letters = Uuid::new_v4().simple().to_string();
    let letters = letters.bytes().take(16).map(|byte| match byte {
        b'0'..=b'9' => char::from(b'q' + byte - b'0'),
        letter => char::from(letter),
    });
    std::iter::once('Q').chain(letters).collect()
}
