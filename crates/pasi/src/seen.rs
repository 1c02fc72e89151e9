//! Which versions of PASI's copies a person had before them. A page that shows
//! a record carries the versions as a token that only this crate reads; the
//! token travels with the acting person ([`kernel::Actor::seen`]) through the
//! change and its event to the queue. So a change that is saved after PASI's
//! copy changed, without the person having seen it, is made on the older
//! version, and PASI's own check keeps it from overwriting anything.

use crate::queue::{self, Entity};
use crate::{mirror, sender};
use db::{Reading, Tx};
use kernel::{Asn, CourseEnrolmentId, Outcome, SectionId, StudentId};
use pasi_wire::window::NotificationType;
use std::fmt::Write as _;
use uuid::Uuid;

/// The longest token that is read: dozens of records of several brothers and sisters.
const LONGEST: usize = 16_384;

/// The versions of PASI's copies of everything of these students, as a page of
/// theirs carries them: `STUDENT KIND/KEY=VERSION …;…`.
pub fn seen(at: &mut impl Reading, students: &[StudentId]) -> Outcome<String> {
    let mut token = String::new();
    for student in students {
        let separator = if token.is_empty() { "" } else { ";" };
        let _ = write!(token, "{separator}{student}");
        for (kind, key, version) in mirror::versions_of(at, *student)? {
            let _ = write!(token, " {kind}/{key}={version}");
        }
    }
    Ok(token)
}

/// [`seen`] of a section and of everybody in it.
pub fn seen_section(
    at: &mut impl Reading,
    section: SectionId,
    seats: &[CourseEnrolmentId],
) -> Outcome<String> {
    let mut token = section.to_string();
    let seats: Vec<String> = seats.iter().map(ToString::to_string).collect();
    for (kind, keys) in [
        (NotificationType::Section, vec![section.to_string()]),
        (NotificationType::CourseEnrolment, seats),
    ] {
        for (key, version) in mirror::versions_among(at, kind, &keys)? {
            let _ = write!(token, " {}/{key}={version}", kind.as_str());
        }
    }
    Ok(token)
}

/// The version of a copy in a token; none when the token tells nothing of the
/// student or section, 0 when PASI's copy had not been read then.
fn told(token: &str, whose: &str, kind: NotificationType, key: &str) -> Option<i64> {
    let token = Some(token).filter(|token| token.len() <= LONGEST)?;
    let mut parts = token
        .split(';')
        .map(|part| part.split(' '))
        .find_map(|mut words| (words.next() == Some(whose)).then_some(words))?;
    let named = format!("{}/{key}", kind.as_str());
    let version = parts.find_map(|word| {
        let (record, version) = word.rsplit_once('=')?;
        (record == named).then(|| version.parse().ok()).flatten()
    });
    Some(version.unwrap_or(0))
}

/// A record, by what PASI keeps its version for.
pub(crate) struct Of<'a> {
    /// Whose; none for a section.
    pub(crate) student: Option<StudentId>,
    /// The section that it is of, for a page of the section.
    pub(crate) section: Option<Uuid>,
    pub(crate) kind: &'a str,
    pub(crate) record: Uuid,
    pub(crate) asn: Option<Asn>,
}

impl Of<'_> {
    fn copy(&self) -> (NotificationType, String) {
        if Entity::of_kind(self.kind) {
            let key = self.asn.map(|asn| asn.as_str().to_owned());
            return (NotificationType::Student, key.unwrap_or_default());
        }
        (sender::own_type(self.kind), self.record.to_string())
    }
    /// By whose page a token may tell of it.
    fn pages(&self) -> impl Iterator<Item = String> {
        let section = self.section.map(|section| section.to_string());
        let own = (self.kind == "section").then(|| self.record.to_string());
        let student = self.student.map(|student| student.to_string());
        section.into_iter().chain(own).chain(student)
    }
}

/// The version that a change was made on: that of the token, where it tells
/// one, moved on by what PASI accepted from ourselves since. A change without a
/// token, such as an import's, is made on PASI's copy as it is now, with what
/// PASI accepted of ours that the copy does not show yet.
pub(crate) fn version(tx: &mut Tx, token: &str, of: &Of<'_>) -> Outcome<i64> {
    let now = sender::seen_version(tx, of.kind, of.asn, of.record)?;
    let (kind, key) = of.copy();
    match of.pages().find_map(|whose| told(token, &whose, kind, &key)) {
        Some(seen) => moved_on(tx, of, seen, now),
        None => moved_on(tx, of, now, now),
    }
}

/// A version moved on by our own changes that PASI accepted since. One that was
/// made before PASI's copy was known at all is made on the copy that came.
pub(crate) fn moved_on(tx: &mut Tx, of: &Of<'_>, seen: i64, now: i64) -> Outcome<i64> {
    let entity = if Entity::of_kind(of.kind) {
        Entity::Student
    } else {
        Entity::Record(of.record)
    };
    let version = queue::accepted_since(tx, (of.student, of.record), &entity, seen)?;
    Ok(if version == 0 { now } else { version })
}

#[cfg(test)]
mod tests {
    use super::told;
    use kernel::StudentId;
    use pasi_wire::window::NotificationType::{Student, StudentSchoolEnrolment};

    #[test]
    fn a_token_tells_the_version_of_each_copy_and_nothing_of_others() {
        let (one, two, other) = (
            StudentId::derived("one"),
            StudentId::derived("two"),
            StudentId::derived("other"),
        );
        let token = format!("{one} Student/999044182=17 StudentSchoolEnrolment/a-b=4;{two}");
        for (case, token, student, kind, key, want) in [
            ("the student", token.as_str(), one, Student, "999044182", Some(17)),
            (
                "an enrolment",
                &token,
                one,
                StudentSchoolEnrolment,
                "a-b",
                Some(4),
            ),
            (
                "a record that was not there yet",
                &token,
                one,
                Student,
                "111111111",
                Some(0),
            ),
            (
                "a sibling without a copy",
                &token,
                two,
                Student,
                "999044182",
                Some(0),
            ),
            (
                "somebody the page did not show",
                &token,
                other,
                Student,
                "999044182",
                None,
            ),
            ("no token", "", one, Student, "999044182", None),
            ("nonsense", "a=b;;= =/;=", one, Student, "999044182", None),
        ] {
            assert_eq!(told(token, &student.to_string(), kind, key), want, "{case}");
        }
        let padded = format!("{token}{}", " x".repeat(super::LONGEST));
        assert_eq!(
            told(&padded, &one.to_string(), Student, "999044182"),
            None,
            "too long to be ours"
        );
    }
}
