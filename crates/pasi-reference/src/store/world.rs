//! All records, their indexes and their feeds.

use super::feed::{Audience, Feeds, Touched};
use super::keep::{Keep as _, Packed};
use super::kinds::{AnyRecord, Tables, is_open};
use super::people::People;
use super::record::{
    About, Associate, Change, Held, Judged, Key as _, Record, RecordKey, StudentRecord, Under, Versioned,
};
use kernel::{Asn, AuthorityCode, Date, OrganizationCode, SchoolCode};
use pasi_wire::messages::{CoreAlert, RecordStatus, School, StudentSchoolEnrolment, StudentStatus};
use pasi_wire::window::{NotificationType, Topic};
use std::collections::HashMap;

/// A student and what the processor found about it.
#[derive(Debug)]
struct KeptStudent {
    record: Packed<StudentRecord>,
    /// As in the record: whom every record of the student is told to.
    associates: Box<[Associate]>,
    /// As in the record: whose associations count too.
    primary: Option<Asn>,
    status: Option<Box<StudentStatus>>,
}

impl KeptStudent {
    fn keep(record: Box<StudentRecord>, status: Option<Box<StudentStatus>>) -> Self {
        Self {
            associates: record.associates.as_slice().into(),
            primary: record.student.primary_asn,
            record: Packed::keep(record),
            status,
        }
    }
    fn told(&self) -> impl Iterator<Item = AuthorityCode> {
        self.associates.iter().map(|associate| associate.authority)
    }
}

/// All records. Changed through [`World::apply_all`] alone, so that the journal
/// and the memory always agree.
#[derive(Debug, Default)]
pub(crate) struct World {
    version: i64,
    last_asn: u32,
    students: HashMap<Asn, KeptStudent>,
    tables: Tables,
    people: People,
    feeds: Feeds,
    /// What people said to alerts that stand no more.
    remembered: HashMap<Judged, Vec<CoreAlert>>,
}

impl World {
    /// Highest version given so far.
    pub(crate) fn version(&self) -> i64 {
        self.version
    }
    pub(crate) fn student(&self, asn: Asn) -> Option<Box<StudentRecord>> {
        self.students.get(&asn).map(|kept| kept.record.held())
    }
    /// Is there a student of that number? Does not unpack the record.
    pub(crate) fn has_student(&self, asn: Asn) -> bool {
        self.students.contains_key(&asn)
    }
    /// The number that the student's counts as; none for a primary one. Does not unpack the record.
    pub(crate) fn primary_of(&self, asn: Asn) -> Option<Asn> {
        self.students.get(&asn)?.primary
    }
    /// The version of a student; 0 for none. Does not unpack the record.
    pub(crate) fn student_version(&self, asn: Asn) -> i64 {
        self.students.get(&asn).map_or(0, |kept| kept.record.version())
    }
    pub(crate) fn student_count(&self) -> usize {
        self.students.len()
    }
    pub(crate) fn asns(&self) -> Vec<Asn> {
        self.students.keys().copied().collect()
    }
    pub(crate) fn student_status(&self, asn: Asn) -> Option<&StudentStatus> {
        self.students.get(&asn)?.status.as_deref()
    }
    /// A record, deleted ones too.
    pub(crate) fn get<T: Record>(&self, key: T::Key) -> Option<Held<'_, T>> {
        T::table(&self.tables).get(key)
    }
    /// The version of a record; 0 for none. Does not unpack the record.
    pub(crate) fn held_version<T: Record>(&self, key: T::Key) -> i64 {
        T::table(&self.tables).version(key).unwrap_or(0)
    }
    /// Every record of a kind, in no order.
    pub(crate) fn all<T: Record>(&self) -> impl Iterator<Item = Held<'_, T>> {
        T::table(&self.tables).all().map(|(record, _)| record)
    }
    /// The record a change puts something else in place of; none for a new one.
    pub(crate) fn standing(&self, change: &Change) -> Option<Change> {
        match change {
            Change::Student(record) => self.student(record.student.asn).map(Change::Student),
            Change::Record(record) => record.standing(self),
            Change::StudentStatus(_) | Change::Status(..) | Change::Remembered(..) => None,
        }
    }
    /// What people said to alerts of a record that stand no more.
    pub(crate) fn remembered(&self, of: Judged) -> &[CoreAlert] {
        self.remembered.get(&of).map_or(&[][..], Vec::as_slice)
    }
    /// What was found about a record.
    pub(crate) fn status_of<T: Record>(&self, key: T::Key) -> Option<&RecordStatus> {
        T::table(&self.tables).status(key)
    }
    /// What was found about a record of the kind named.
    pub(crate) fn status(&self, of: NotificationType, key: RecordKey) -> Option<&RecordStatus> {
        self.tables.status(of, key)
    }
    /// The version of a record, or of its alerts, by the notification that tells of it.
    pub(crate) fn version_of(&self, told: NotificationType, key: RecordKey) -> Option<i64> {
        match (told, key) {
            (NotificationType::Student, RecordKey::Student(asn)) => {
                self.students.get(&asn).map(|kept| kept.record.version())
            }
            (NotificationType::StudentStatus, RecordKey::Student(asn)) => {
                self.student_status(asn).map(Versioned::version)
            }
            _ => self.tables.version(told, key),
        }
    }
    /// Records something leads to, in the order in which they came; deleted ones too.
    pub(crate) fn under<T: Record>(&self, under: Under) -> impl Iterator<Item = Held<'_, T>> {
        T::table(&self.tables).under(under)
    }
    /// Records of a student, deleted ones too.
    pub(crate) fn of_student<T: Record>(&self, asn: Asn) -> impl Iterator<Item = Held<'_, T>> {
        self.under::<T>(Under::Student(asn))
    }
    /// Enrolments of a student, deleted ones too.
    pub(crate) fn enrolments_of(&self, asn: Asn) -> impl Iterator<Item = Box<StudentSchoolEnrolment>> {
        self.of_student::<StudentSchoolEnrolment>(asn)
    }
    pub(super) fn records_under(&self, under: Under) -> Vec<AnyRecord> {
        self.tables.records_under(under)
    }
    /// The judged records something leads to.
    pub(crate) fn judged_under(&self, under: Under) -> Vec<Judged> {
        self.tables.judged_under(under)
    }
    /// The judged records that are about no student.
    pub(crate) fn judged_of_nobody(&self) -> Vec<Judged> {
        self.tables.judged_of_nobody()
    }
    /// The authority a school reports to: that of its latest period.
    pub(crate) fn authority_of(&self, school: SchoolCode) -> Option<AuthorityCode> {
        let periods = &self.get::<School>(school)?.authorities;
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
        self.version_of(topic.notification_type, key) == Some(version)
    }

    /// Takes changes in, in their order.
    pub(crate) fn apply_all(&mut self, changes: impl IntoIterator<Item = Change>) {
        for change in changes {
            self.apply(change);
        }
    }

    /// Takes a change in. Feeds are in order again after [`World::settle`].
    pub(crate) fn apply(&mut self, change: Change) {
        self.version = self.version.max(change.version());
        match change {
            Change::Student(record) => self.put_student(record),
            Change::StudentStatus(status) => self.put_student_status(status),
            Change::Record(record) => record.put_into(self),
            Change::Status(of, status) => self.put_any_status(of, status),
            Change::Remembered(of, said) => {
                self.remembered.remove(&of);
                if !said.is_empty() {
                    self.remembered.insert(of, said);
                }
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
        if record.created_by.is_some() {
            self.last_asn = self.last_asn.max(asn.number());
        }
        self.people.add(&record);
        let old = self.students.remove(&asn);
        let replaces = old.is_some();
        if let Some(old) = &old {
            self.people.remove(&old.record.held());
        }
        let kept = KeptStudent::keep(record, old.and_then(|old| old.status));
        let told = kept.told().collect();
        self.students.insert(asn, kept);
        let topic = Topic::of(NotificationType::Student);
        self.tell(topic, (version, RecordKey::Student(asn)), replaces, told);
    }

    fn put_student_status(&mut self, status: StudentStatus) {
        let (asn, version) = (status.asn, status.version());
        let Some(kept) = self.students.get_mut(&asn) else {
            return;
        };
        let told = kept.told().collect();
        let replaces = kept.status.replace(Box::new(status)).is_some();
        let topic = Topic::of(NotificationType::StudentStatus);
        self.tell(topic, (version, RecordKey::Student(asn)), replaces, told);
    }

    pub(super) fn put_record<T: Record>(&mut self, record: Box<T>) {
        let (key, version) = (record.key().wrap(), record.version());
        let about = About::of(&*record, self);
        let told = self.told_of(about.asn, about.owner, version);
        let replaces = T::table_mut(&mut self.tables).put(record);
        self.tell(about.topic(T::TYPE), (version, key), replaces, told);
    }

    pub(super) fn put_status<T: Record>(&mut self, status: RecordStatus) {
        let (key, version) = (RecordKey::Guid(status.ref_id), status.version());
        let (Some(own_key), Some(topic)) = (T::Key::unwrap(key), T::STATUS) else {
            return;
        };
        let Some(about) = self.get::<T>(own_key).map(|record| About::of(&*record, self)) else {
            return;
        };
        let asn = about.asn.filter(|_| !T::ALERTS_ARE_THE_OWNERS);
        let told = self.told_of(asn, about.owner, version);
        let replaces = T::table_mut(&mut self.tables).put_status(own_key, status);
        self.tell(about.topic(topic), (version, key), replaces, told);
    }

    /// The owner, and every authority associated with the student before that version.
    fn told_of(&self, asn: Option<Asn>, owner: Option<AuthorityCode>, version: i64) -> Vec<AuthorityCode> {
        let student = asn.and_then(|asn| self.students.get(&asn));
        let listed = student.map_or(&[][..], |kept| &kept.associates);
        let others = listed.iter().filter(|associate| associate.since < version);
        let mut told: Vec<AuthorityCode> = others.map(|associate| associate.authority).chain(owner).collect();
        told.sort_unstable();
        told.dedup();
        told
    }

    /// Tells everybody of an open kind, else the ministry and those named.
    fn tell(&mut self, topic: Topic, pair: (i64, RecordKey), replaces: bool, told: Vec<AuthorityCode>) {
        let (version, key) = pair;
        let mut push = |audience| self.feeds.push((topic, audience), version, key, replaces);
        push(Audience::Everyone);
        if !is_open(topic.notification_type) {
            told.into_iter().map(Audience::Authority).for_each(push);
        }
    }

    /// Every record as a change, in an order in which they can be taken in
    /// again: organizations, students, what is about them.
    pub(super) fn everything(&self) -> impl Iterator<Item = Change> + '_ {
        let students = self.students.values().flat_map(|kept| {
            let record = Change::Student(kept.record.held());
            let status = kept.status.as_deref().cloned().map(Change::StudentStatus);
            std::iter::once(record).chain(status)
        });
        let others = self.tables.everything(false);
        let said = self.remembered.iter();
        let said = said.map(|(of, said)| Change::Remembered(*of, said.clone()));
        self.tables
            .everything(true)
            .chain(students)
            .chain(others)
            .chain(said)
    }
}
