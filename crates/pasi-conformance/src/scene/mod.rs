//! What the cases know of each other: whom they speak for, the school, the
//! student they made and the versions they were told.

mod around;

use kernel::{Asn, Date, Instant, OrganizationCode, PersonName, SchoolCode, SchoolYear};
use pasi_wire::Request;
use pasi_wire::messages::{
    CallerInfo, CallerUser, CodeValue, CoreAlert, Course, DataNotificationRequest,
    DataNotificationRequestTypeInfo, DataNotificationResponse, DiplomaExam, DocumentTypeInfo,
    OperatingSchedule, School, Software,
};
use std::collections::BTreeMap;
use uuid::Uuid;

/// A change of school that the province recorded by itself, with its alert.
pub(crate) const TO_DETERMINE: &str = "change of school to be determined";

/// Words of what the province alone makes.
pub(crate) mod told {
    pub(crate) const EXAM: &str = "diploma exam";
    pub(crate) const RESCORE: &str = "rescore request";
    pub(crate) const TEST: &str = "achievement test";
    pub(crate) const TEST_RESULT: &str = "achievement test result";
    pub(crate) const CONNECTION: &str = "account of the portal";
}

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
    pub(crate) calendar: Option<OperatingSchedule>,
    pub(crate) asn: Option<Asn>,
    /// The version the student had when it was made.
    pub(crate) first_version: i64,
    /// The version it has.
    pub(crate) version: i64,
    pub(crate) code_version: i64,
    /// Somebody of the same name who is enrolled nowhere.
    pub(crate) twin: Option<Asn>,
    pub(crate) codes: Vec<CodeValue>,
    /// Courses in percent that any school may teach this year, two of them at most.
    pub(crate) courses: Vec<Course>,
    /// A diploma exam that is still to be written.
    pub(crate) exam: Option<DiplomaExam>,
    /// Kinds of document that any organization may add without a date or a year.
    pub(crate) kinds: Vec<DocumentTypeInfo>,
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
            calendar: None,
            asn: None,
            first_version: 0,
            version: 0,
            code_version: 0,
            twin: None,
            codes: Vec::new(),
            courses: Vec::new(),
            exam: None,
            kinds: Vec::new(),
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

    /// The record under a word, once it is stored.
    pub(crate) fn standing(&self, word: &str) -> Option<Held> {
        self.records.get(word).copied().filter(|held| held.version > 0)
    }

    /// Nobody has this number.
    #[allow(clippy::unused_self, reason = "asked for as the scene's other people are")]
    pub(crate) fn nobody(&self) -> Option<Asn> {
        "000000000".parse().ok()
    }

    /// The school of the run.
    pub(crate) fn school_code(&self) -> Option<SchoolCode> {
        self.school.as_ref().map(|school| school.school_code)
    }

    /// First and last day of instruction this year.
    pub(crate) fn instruction(&self) -> (Date, Date) {
        let year = (self.year.starts(), self.year.ends());
        self.calendar
            .as_ref()
            .map_or(year, |calendar| (calendar.start_date, calendar.end_date))
    }

    /// A value of a code class as the endpoint has it: the one wanted, else
    /// the first that holds this year.
    pub(crate) fn code(&self, class: &str, wanted: &str) -> String {
        let holds = |value: &&CodeValue| {
            value.code_class_name == class
                && value.effective_school_year.is_none_or(|first| first <= self.year)
                && value.expiry_school_year.is_none_or(|last| self.year <= last)
        };
        let mut of_class = self.codes.iter().filter(holds).peekable();
        let first = of_class.peek().map(|value| value.code_text.as_str());
        let text = of_class
            .clone()
            .map(|value| value.code_text.as_str())
            .find(|text| *text == wanted);
        text.or(first).unwrap_or(wanted).to_owned()
    }

    /// Keeps the version a record was stored with.
    pub(crate) fn keep(&mut self, word: &'static str, version: i64) {
        self.record(word);
        if let Some(held) = self.records.get_mut(word) {
            held.version = version;
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
}

/// Every pair told, of all kinds.
pub(crate) fn pairs(answer: &DataNotificationResponse) -> Vec<(String, i64)> {
    let all = answer.results.iter().flat_map(|kind| &kind.id_versions);
    all.map(|pair| (pair.id.clone(), pair.version)).collect()
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
