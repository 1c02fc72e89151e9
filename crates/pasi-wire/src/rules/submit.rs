//! Rules every submit must satisfy.

use super::{finding, finding_at};
use crate::{Request, text};
use kernel::{Asn, Finding, Findings};

/// What the province holds of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Held {
    /// Nothing.
    Absent,
    /// A record at this version.
    Present(i64),
    /// A deleted record at this version.
    Deleted(i64),
}

impl Held {
    /// The version a message shows: 0 when absent or deleted.
    pub const fn shown(self) -> i64 {
        match self {
            Self::Present(version) => version,
            Self::Absent | Self::Deleted(_) => 0,
        }
    }
}

/// Judges the version that was sent: 0 for a new record, the held one for an
/// existing record, either for a deleted one. A version above `node`, the
/// highest this server knows, is 9014 (send again); any other is 3004.
pub fn version(sent: i64, held: Held, node: i64) -> Option<Finding> {
    let is_right = match held {
        Held::Absent => sent == 0,
        Held::Present(version) => sent == version,
        Held::Deleted(version) => sent == 0 || sent == version,
    };
    if is_right {
        return None;
    }
    if sent > node {
        return Some(finding(9014).with("client", sent));
    }
    Some(finding(3004).with("core", held.shown()).with("client", sent))
}

/// What an ASN stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AsnState {
    /// Nobody, or nobody the caller may know.
    Unknown,
    /// A student.
    Primary,
    /// Linked to this primary ASN.
    Secondary(Asn),
    /// Readable, not writable.
    Deactivated,
}

/// May the student be written? 9002, 9011 and 9009.
pub fn writable(state: AsnState) -> Option<Finding> {
    match state {
        AsnState::Primary => None,
        AsnState::Unknown => Some(finding(9002)),
        AsnState::Secondary(primary) => Some(finding(9011).with("primary", primary)),
        AsnState::Deactivated => Some(finding(9009)),
    }
}

/// Refuses a submit that would change nothing: 9023.
pub fn changes<T: PartialEq>(held: Option<&T>, sent: &T) -> Option<Finding> {
    (held == Some(sent)).then(|| finding(9023))
}

/// Judges a whole request as its reader will: every failed structural check,
/// beside the path of its element.
pub fn structural(request: &Request) -> Findings {
    let defects = request.inspect().defects;
    defects
        .into_iter()
        .map(|defect| structure(&defect.path, defect.check))
        .collect()
}

/// A structural check that failed beside a field: 3002.
pub fn structure(field: &str, check: impl ToString) -> Finding {
    finding_at(3002, field).with("check", check)
}

/// Judges a single line of text beside a field: at most `max` characters, the
/// text rule; empty is left to the caller.
pub fn line(field: &str, value: &str, max: usize) -> Vec<Finding> {
    let mut found = Vec::new();
    let length = value.chars().count();
    if length > max {
        found.push(structure(
            field,
            format_args!("{length} characters, at most {max} allowed"),
        ));
    }
    found.extend(
        text::single_line(value)
            .err()
            .map(|broken| structure(field, broken)),
    );
    found
}

/// Judges several lines of text beside a field.
pub fn lines(field: &str, value: &str, max: usize) -> Vec<Finding> {
    let mut found = Vec::new();
    let length = value.chars().count();
    if length > max {
        found.push(structure(
            field,
            format_args!("{length} characters, at most {max} allowed"),
        ));
    }
    found.extend(
        text::multi_line(value)
            .err()
            .map(|broken| structure(field, broken)),
    );
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(found: Option<Finding>) -> Option<String> {
        found.map(|finding| finding.code)
    }

    #[test]
    fn the_version_sent_must_be_the_one_held_and_0_for_a_new_record() {
        for (sent, held, want) in [
            (0, Held::Absent, None),
            (7, Held::Absent, Some("3004")),
            (101, Held::Absent, Some("9014")),
            (50, Held::Present(50), None),
            (0, Held::Present(50), Some("3004")),
            (49, Held::Present(50), Some("3004")),
            (51, Held::Present(50), Some("3004")),
            (100, Held::Present(50), Some("3004")),
            (101, Held::Present(50), Some("9014")),
            (0, Held::Deleted(50), None),
            (50, Held::Deleted(50), None),
            (49, Held::Deleted(50), Some("3004")),
            (101, Held::Deleted(50), Some("9014")),
            (-1, Held::Absent, Some("3004")),
        ] {
            assert_eq!(
                code(version(sent, held, 100)).as_deref(),
                want,
                "{sent} against {held:?}"
            );
        }
        let shown = version(7, Held::Deleted(50), 100).expect("refused").args;
        assert_eq!(
            shown,
            [
                ("core".to_owned(), "0".to_owned()),
                ("client".to_owned(), "7".to_owned())
            ]
        );
    }

    #[test]
    fn only_a_primary_asn_is_written() {
        let primary = Asn::from_number(999_044_182).expect("nine digits");
        for (state, want) in [
            (AsnState::Primary, None),
            (AsnState::Unknown, Some("9002")),
            (AsnState::Deactivated, Some("9009")),
            (AsnState::Secondary(primary), Some("9011")),
        ] {
            assert_eq!(code(writable(state)).as_deref(), want, "{state:?}");
        }
    }

    #[test]
    fn an_update_that_changes_nothing_is_refused() {
        assert_eq!(code(changes(Some(&"a"), &"a")).as_deref(), Some("9023"));
        assert_eq!(code(changes(Some(&"a"), &"b")), None);
        assert_eq!(code(changes(None, &"a")), None);
    }

    #[test]
    fn a_whole_request_is_judged_as_its_reader_will() {
        let sent = include_bytes!("../../tests/zeep/CreateStudent.xml");
        let Ok(Request::CreateStudent(mut request)) = crate::soap::decode_request(sent) else {
            panic!("the envelope holds a CreateStudent")
        };
        assert!(structural(&request.clone().into()).is_empty());
        request.name.last = "White  bear".into();
        request.caller.user.local_id = String::new();
        let found = structural(&request.into());
        let places: Vec<&str> = found.0.iter().map(|finding| finding.field.as_str()).collect();
        assert_eq!(places, ["CallerInfo.User.LocalID", "Name.LastName"]);
        assert!(found.0.iter().all(|finding| finding.code == "3002") && found.refuse());
    }

    #[test]
    fn text_is_judged_beside_its_field_with_all_that_is_wrong() {
        for (value, count) in [
            ("Ève", 0),
            ("", 0),
            ("Thảo", 1),
            (" a", 1),
            ("abcdef", 1),
            (" abcdef", 2),
        ] {
            let found = line("first", value, 5);
            assert_eq!(found.len(), count, "{value:?}");
            assert!(
                found
                    .iter()
                    .all(|finding| finding.code == "3002" && finding.field == "first")
            );
        }
        assert_eq!(lines("details", "a\r\nb", 4).len(), 0);
        assert_eq!(lines("details", "a\nb, too long", 4).len(), 2);
    }
}
