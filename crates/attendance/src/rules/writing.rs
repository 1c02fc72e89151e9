//! Whom the office may write to about an absence.

use kernel::{Finding, Findings};
use people::rules::Unwritten;

/// Why a person is not written to, as a finding; nothing when the person may be.
pub fn judge_addressee(unwritten: Option<Unwritten>) -> Findings {
    let code = match unwritten {
        None => return Findings::default(),
        Some(Unwritten::NotGuardian) => "LP-0771",
        Some(Unwritten::NoContact) => "LP-0772",
        Some(Unwritten::Independent) => "LP-0773",
        Some(Unwritten::NoAddress) => "LP-0774",
    };
    Finding::refuse(code, "to").into()
}

/// Whom a form chose: somebody.
pub fn judge_chosen(many: usize) -> Findings {
    if many == 0 {
        Finding::refuse("LP-0770", "to").into()
    } else {
        Findings::default()
    }
}

/// What is read before somebody is written to about a student with a restriction.
pub fn read_first() -> Findings {
    Finding::note("LP-0775", "to").into()
}

#[cfg(test)]
mod tests {
    use super::{judge_addressee, judge_chosen, read_first};
    use people::rules::Unwritten;

    #[test]
    fn each_reason_not_to_write_has_its_rule() {
        for (unwritten, code) in [
            (Unwritten::NotGuardian, "LP-0771"),
            (Unwritten::NoContact, "LP-0772"),
            (Unwritten::Independent, "LP-0773"),
            (Unwritten::NoAddress, "LP-0774"),
        ] {
            assert_eq!(judge_addressee(Some(unwritten)).0[0].code, code);
        }
        assert!(judge_addressee(None).0.is_empty());
        assert_eq!(judge_chosen(0).0[0].code, "LP-0770");
        assert!(judge_chosen(1).0.is_empty());
        assert_eq!(read_first().0[0].code, "LP-0775");
    }
}
