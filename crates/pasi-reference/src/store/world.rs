//! All records, their indexes and their feeds.

use super::feed::{Audience, Feeds, Touched};
use super::people::People;
use super::record::{Change, RecordKey, StudentRecord, Versioned};
use kernel::{Asn, AuthorityCode, Date, OrganizationCode, SchoolCode, SchoolYear};
use pasi_wire::messages::{
    RecordStatus, ResponsibleSchool, School, SchoolAuthority, SchoolCalendarYear, StudentSchoolEnrolment,
    StudentStatus,
};
use pasi_wire::window::{NotificationType, Topic};
use std::collections::{BTreeMap, HashMap};
use uuid::Uuid;

/// A student with what hangs on it.
#[derive(Debug)]
struct KeptStudent {
    record: Box<StudentRecord>,
    enrolments: Vec<Uuid>,
    responsible_schools: Vec<Uuid>,
    status: Option<Box<StudentStatus>>,
}

/// A record with a GUID and what the processor found about it.
#[derive(Debug)]
struct KeptRecord<T> {
    record: Box<T>,
    status: Option<Box<RecordStatus>>,
}

/// All records. Changed through [`World::apply`] alone, so that the journal
/// and the memory always agree.
#[derive(Debug, Default)]
pub(crate) struct World {
    version: i64,
    last_asn: u32,
    students: HashMap<Asn, KeptStudent>,
    enrolments: HashMap<Uuid, KeptRecord<StudentSchoolEnrolment>>,
    responsible_schools: HashMap<Uuid, KeptRecord<ResponsibleSchool>>,
    schools: BTreeMap<SchoolCode, School>,
    authorities: BTreeMap<AuthorityCode, SchoolAuthority>,
    calendar_years: BTreeMap<(SchoolCode, SchoolYear), SchoolCalendarYear>,
    people: People,
    feeds: Feeds,
}

impl World {
    /// Highest version given so far.
    pub(crate) fn version(&self) -> i64 {
        self.version
    }
    pub(crate) fn student(&self, asn: Asn) -> Option<&StudentRecord> {
        self.students.get(&asn).map(|kept| &*kept.record)
    }
    pub(crate) fn student_count(&self) -> usize {
        self.students.len()
    }
    pub(crate) fn asns(&self) -> Vec<Asn> {
        self.students.keys().copied().collect()
    }
    pub(crate) fn enrolment(&self, ref_id: Uuid) -> Option<&StudentSchoolEnrolment> {
        self.enrolments.get(&ref_id).map(|kept| &*kept.record)
    }
    pub(crate) fn responsible_school(&self, ref_id: Uuid) -> Option<&ResponsibleSchool> {
        self.responsible_schools.get(&ref_id).map(|kept| &*kept.record)
    }
    pub(crate) fn student_status(&self, asn: Asn) -> Option<&StudentStatus> {
        self.students.get(&asn)?.status.as_deref()
    }
    pub(crate) fn enrolment_status(&self, ref_id: Uuid) -> Option<&RecordStatus> {
        self.enrolments.get(&ref_id)?.status.as_deref()
    }
    pub(crate) fn responsible_school_status(&self, ref_id: Uuid) -> Option<&RecordStatus> {
        self.responsible_schools.get(&ref_id)?.status.as_deref()
    }
    /// Enrolments of a student, deleted ones too.
    pub(crate) fn enrolments_of(&self, asn: Asn) -> impl Iterator<Item = &StudentSchoolEnrolment> {
        let listed = self.students.get(&asn).map_or(&[][..], |kept| &kept.enrolments);
        listed.iter().filter_map(|ref_id| self.enrolment(*ref_id))
    }
    /// Responsible school records of a student, deleted ones too.
    pub(crate) fn responsible_schools_of(&self, asn: Asn) -> impl Iterator<Item = &ResponsibleSchool> {
        let listed = self
            .students
            .get(&asn)
            .map_or(&[][..], |kept| &kept.responsible_schools);
        listed
            .iter()
            .filter_map(|ref_id| self.responsible_school(*ref_id))
    }
    pub(crate) fn school(&self, code: SchoolCode) -> Option<&School> {
        self.schools.get(&code)
    }
    pub(crate) fn authority(&self, code: AuthorityCode) -> Option<&SchoolAuthority> {
        self.authorities.get(&code)
    }
    pub(crate) fn calendar_year(&self, school: SchoolCode, year: SchoolYear) -> Option<&SchoolCalendarYear> {
        self.calendar_years.get(&(school, year))
    }
    /// The authority a school reports to: that of its latest period.
    pub(crate) fn authority_of(&self, school: SchoolCode) -> Option<AuthorityCode> {
        let periods = &self.schools.get(&school)?.authorities;
        let latest = periods.iter().max_by_key(|period| period.effective_date)?;
        Some(latest.authority_code)
    }
    /// The authority an organization is or reports to.
    pub(crate) fn authority_behind(&self, organization: OrganizationCode) -> Option<AuthorityCode> {
        match organization {
            OrganizationCode::Authority(code) => Some(code),
            OrganizationCode::School(code) => self.authority_of(code),
            OrganizationCode::Other(_) => None,
        }
    }
    /// Students born that day.
    pub(crate) fn born_on(&self, day: Date) -> &[Asn] {
        self.people.born_on(day)
    }
    /// Students one of whose last names sounds like that.
    pub(crate) fn sounding_like(&self, last: &str) -> &[Asn] {
        self.people.sounding_like(last)
    }
    /// The next free ASN, at or after `first`.
    pub(crate) fn free_asn(&self, first: Asn) -> Option<Asn> {
        let start = first.number().max(self.last_asn + 1);
        (start..=999_999_999)
            .filter_map(Asn::from_number)
            .find(|asn| !self.students.contains_key(asn))
    }
    /// Pairs of a feed newer than a version that are still current, ascending.
    pub(crate) fn newer(&self, at: Touched, version: i64) -> impl Iterator<Item = (i64, RecordKey)> + '_ {
        let pairs = self.feeds.newer_than(at, version).iter().copied();
        pairs.filter(move |(version, key)| self.is_current(at.0, *key, *version))
    }

    fn is_current(&self, topic: Topic, key: RecordKey, version: i64) -> bool {
        use NotificationType as N;
        let held = match (topic.notification_type, key) {
            (N::Student, RecordKey::Student(asn)) => self.student(asn).map(Versioned::version),
            (N::StudentStatus, RecordKey::Student(asn)) => self.student_status(asn).map(Versioned::version),
            (N::StudentSchoolEnrolment, RecordKey::Guid(id)) => self.enrolment(id).map(Versioned::version),
            (N::StudentSchoolEnrolmentStatus, RecordKey::Guid(id)) => {
                self.enrolment_status(id).map(Versioned::version)
            }
            (N::ResponsibleSchool, RecordKey::Guid(id)) => {
                self.responsible_school(id).map(Versioned::version)
            }
            (N::ResponsibleSchoolStatus, RecordKey::Guid(id)) => {
                self.responsible_school_status(id).map(Versioned::version)
            }
            (N::School, RecordKey::School(code)) => self.school(code).map(Versioned::version),
            (N::SchoolAuthority, RecordKey::Authority(code)) => self.authority(code).map(Versioned::version),
            (N::SchoolCalendarYear, RecordKey::CalendarYear(code, year)) => {
                self.calendar_year(code, year).map(Versioned::version)
            }
            _ => None,
        };
        held == Some(version)
    }

    /// Takes changes in, in their order.
    pub(crate) fn apply_all(&mut self, changes: Vec<Change>) {
        for change in changes {
            self.apply(change);
        }
    }

    /// Takes a change in. Feeds are in order again after [`World::settle`].
    fn apply(&mut self, change: Change) {
        self.version = self.version.max(change.version());
        match change {
            Change::Student(record) => self.put_student(record),
            Change::Enrolment(record) => self.put_enrolment(record),
            Change::ResponsibleSchool(record) => self.put_responsible_school(record),
            Change::StudentStatus(status) => self.put_student_status(status),
            Change::EnrolmentStatus(status) => self.put_enrolment_status(status),
            Change::ResponsibleSchoolStatus(status) => self.put_responsible_school_status(status),
            Change::School(school) => {
                let key = RecordKey::School(school.school_code);
                let version = school.version();
                let replaces = self.schools.insert(school.school_code, school).is_some();
                self.tell_all(Topic::of(NotificationType::School), version, key, replaces);
            }
            Change::Authority(authority) => {
                let key = RecordKey::Authority(authority.authority_code);
                let version = authority.version();
                let replaces = self
                    .authorities
                    .insert(authority.authority_code, authority)
                    .is_some();
                self.tell_all(
                    Topic::of(NotificationType::SchoolAuthority),
                    version,
                    key,
                    replaces,
                );
            }
            Change::CalendarYear(calendar) => {
                let at = (calendar.school_code, calendar.school_year);
                let (key, version) = (RecordKey::CalendarYear(at.0, at.1), calendar.version());
                let replaces = self.calendar_years.insert(at, calendar).is_some();
                let topic = Topic::in_year(NotificationType::SchoolCalendarYear, at.1);
                self.tell_all(topic, version, key, replaces);
            }
        }
    }

    /// Puts the feeds in order and names those that have something new.
    pub(crate) fn settle(&mut self) -> Vec<Touched> {
        let mut feeds = std::mem::take(&mut self.feeds);
        let touched = feeds.settle(|topic, key, version| self.is_current(topic, key, version));
        self.feeds = feeds;
        touched
    }

    fn put_student(&mut self, record: Box<StudentRecord>) {
        let (asn, version) = (record.student.asn, record.version());
        self.last_asn = self.last_asn.max(if record.created_by.is_some() {
            asn.number()
        } else {
            0
        });
        let mut told: Vec<AuthorityCode> = record
            .associates
            .iter()
            .map(|associate| associate.authority)
            .collect();
        told.dedup();
        self.people.add(&record);
        let mut replaces = false;
        if let Some(kept) = self.students.get_mut(&asn) {
            let old = std::mem::replace(&mut kept.record, record);
            self.people.remove(&old);
            replaces = true;
        } else {
            let kept = KeptStudent {
                record,
                enrolments: Vec::new(),
                responsible_schools: Vec::new(),
                status: None,
            };
            self.students.insert(asn, kept);
        }
        let topic = Topic::of(NotificationType::Student);
        self.tell(topic, (version, RecordKey::Student(asn)), replaces, told);
    }

    fn put_enrolment(&mut self, record: Box<StudentSchoolEnrolment>) {
        let (ref_id, asn, version) = (record.ref_id, record.asn, record.version());
        let topic = Topic::in_year(NotificationType::StudentSchoolEnrolment, record.school_year);
        let told = self.told_of(asn, self.authority_of(record.school_code), version);
        let old = put(&mut self.enrolments, ref_id, record);
        if let Some(before) = old.as_ref().filter(|before| before.asn != asn)
            && let Some(kept) = self.students.get_mut(&before.asn)
        {
            kept.enrolments.retain(|listed| *listed != ref_id);
        }
        if old.as_ref().is_none_or(|before| before.asn != asn)
            && let Some(kept) = self.students.get_mut(&asn)
        {
            kept.enrolments.push(ref_id);
        }
        self.tell(topic, (version, RecordKey::Guid(ref_id)), old.is_some(), told);
    }

    fn put_responsible_school(&mut self, record: Box<ResponsibleSchool>) {
        let (ref_id, asn, version) = (record.ref_id, record.asn, record.version());
        let owner = record.school_code.and_then(|school| self.authority_of(school));
        let told = self.told_of(asn, owner, version);
        let old = put(&mut self.responsible_schools, ref_id, record);
        if old.is_none()
            && let Some(kept) = self.students.get_mut(&asn)
        {
            kept.responsible_schools.push(ref_id);
        }
        let topic = Topic::of(NotificationType::ResponsibleSchool);
        self.tell(topic, (version, RecordKey::Guid(ref_id)), old.is_some(), told);
    }

    fn put_student_status(&mut self, status: StudentStatus) {
        let (asn, version) = (status.asn, status.version());
        let Some(kept) = self.students.get_mut(&asn) else {
            return;
        };
        let told = kept
            .record
            .associates
            .iter()
            .map(|associate| associate.authority)
            .collect();
        let replaces = kept.status.replace(Box::new(status)).is_some();
        let topic = Topic::of(NotificationType::StudentStatus);
        self.tell(topic, (version, RecordKey::Student(asn)), replaces, told);
    }

    fn put_enrolment_status(&mut self, status: RecordStatus) {
        let (ref_id, version) = (status.ref_id, status.version());
        let Some(kept) = self.enrolments.get_mut(&ref_id) else {
            return;
        };
        let (school, year) = (kept.record.school_code, kept.record.school_year);
        let replaces = kept.status.replace(Box::new(status)).is_some();
        let topic = Topic::in_year(NotificationType::StudentSchoolEnrolmentStatus, year);
        let told = self.authority_of(school).into_iter().collect();
        self.tell(topic, (version, RecordKey::Guid(ref_id)), replaces, told);
    }

    fn put_responsible_school_status(&mut self, status: RecordStatus) {
        let (ref_id, version) = (status.ref_id, status.version());
        let Some(kept) = self.responsible_schools.get_mut(&ref_id) else {
            return;
        };
        let (asn, school) = (kept.record.asn, kept.record.school_code);
        let replaces = kept.status.replace(Box::new(status)).is_some();
        let owner = school.and_then(|school| self.authority_of(school));
        let told = self.told_of(asn, owner, version);
        let topic = Topic::of(NotificationType::ResponsibleSchoolStatus);
        self.tell(topic, (version, RecordKey::Guid(ref_id)), replaces, told);
    }

    /// The owner, and every authority associated before that version.
    fn told_of(&self, asn: Asn, owner: Option<AuthorityCode>, version: i64) -> Vec<AuthorityCode> {
        let associates = self.student(asn).map_or(&[][..], |record| &record.associates);
        let others = associates.iter().filter(|associate| associate.since < version);
        let mut told: Vec<AuthorityCode> = others.map(|associate| associate.authority).chain(owner).collect();
        told.sort_unstable();
        told.dedup();
        told
    }

    fn tell(&mut self, topic: Topic, pair: (i64, RecordKey), replaces: bool, told: Vec<AuthorityCode>) {
        let (version, key) = pair;
        self.tell_all(topic, version, key, replaces);
        for authority in told {
            self.feeds
                .push((topic, Audience::Authority(authority)), version, key, replaces);
        }
    }

    fn tell_all(&mut self, topic: Topic, version: i64, key: RecordKey, replaces: bool) {
        self.feeds
            .push((topic, Audience::Everyone), version, key, replaces);
    }

    /// Every record as a change, in an order in which they can be taken in again.
    pub(super) fn everything(&self) -> impl Iterator<Item = Change> + '_ {
        let authorities = self.authorities.values().cloned().map(Change::Authority);
        let schools = self.schools.values().cloned().map(Change::School);
        let calendars = self.calendar_years.values().cloned().map(Change::CalendarYear);
        let students = self.students.values().flat_map(|kept| {
            let record = Change::Student(kept.record.clone());
            let status = kept.status.as_deref().cloned().map(Change::StudentStatus);
            std::iter::once(record).chain(status)
        });
        let enrolments = self.enrolments.values().flat_map(|kept| {
            let record = Change::Enrolment(kept.record.clone());
            let status = kept.status.as_deref().cloned().map(Change::EnrolmentStatus);
            std::iter::once(record).chain(status)
        });
        let responsible_schools = self.responsible_schools.values().flat_map(|kept| {
            let record = Change::ResponsibleSchool(kept.record.clone());
            let status = kept
                .status
                .as_deref()
                .cloned()
                .map(Change::ResponsibleSchoolStatus);
            std::iter::once(record).chain(status)
        });
        authorities
            .chain(schools)
            .chain(calendars)
            .chain(students)
            .chain(enrolments)
            .chain(responsible_schools)
    }

    /// Every responsible school record's GUID.
    pub(crate) fn responsible_school_ids(&self) -> Vec<Uuid> {
        self.responsible_schools.keys().copied().collect()
    }
}

/// Puts a record in and gives the one it replaces; its status stays.
fn put<T>(map: &mut HashMap<Uuid, KeptRecord<T>>, ref_id: Uuid, record: Box<T>) -> Option<Box<T>> {
    if let Some(kept) = map.get_mut(&ref_id) {
        return Some(std::mem::replace(&mut kept.record, record));
    }
    map.insert(ref_id, KeptRecord { record, status: None });
    None
}
