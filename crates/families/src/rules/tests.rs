use super::{judge, state, why};
use crate::model::{State, Why};
use access::invitations::Invitation;
use kernel::{Instant, InvitationId, PersonId, StudentId};
use people::rules::Uninvited;

#[test]
fn each_reason_has_its_code_and_paper_needs_no_address() {
    for (kept, code) in [
        (Uninvited::NoContact, "LP-1001"),
        (Uninvited::Independent, "LP-1002"),
        (Uninvited::OfAge, "LP-1003"),
        (Uninvited::NotGuardian, "LP-1004"),
        (Uninvited::NoPortal, "LP-1005"),
    ] {
        for on_paper in [false, true] {
            let found = judge(why(Some(kept), "a@example.org"), on_paper);
            assert_eq!(found.0[0].code, code, "{kept:?}");
        }
    }
    assert_eq!(why(None, ""), Some(Why::NoAddress));
    assert_eq!(judge(Some(Why::NoAddress), false).0[0].code, "LP-1006");
    assert!(judge(Some(Why::NoAddress), true).is_empty());
    assert!(judge(why(None, "a@example.org"), false).is_empty());
}

#[test]
fn a_person_stands_where_the_last_invitation_and_the_account_say() {
    let at = Instant::from_micros;
    let sent = Invitation {
        id: InvitationId::derived("i"),
        person_id: PersonId::derived("p"),
        student_id: StudentId::derived("s"),
        email: String::new(),
        made_by: String::new(),
        made_at: at(0),
        expires_at: at(100),
        opened_at: None,
        used_at: None,
        account_id: None,
        revoked_at: None,
    };
    let opened = Invitation {
        opened_at: Some(at(1)),
        ..sent.clone()
    };
    let used = Invitation {
        used_at: Some(at(2)),
        ..opened.clone()
    };
    let revoked = Invitation {
        revoked_at: Some(at(2)),
        ..opened.clone()
    };
    for (case, has_account, last, now, want) in [
        ("nobody", false, None, 5, State::NotInvited),
        ("by the director", true, None, 5, State::Account),
        ("sent", false, Some(&sent), 5, State::Sent),
        ("opened", false, Some(&opened), 5, State::Opened),
        ("at the end", false, Some(&opened), 100, State::Expired),
        ("used", true, Some(&used), 5, State::Account),
        (
            "used, and the account was closed",
            false,
            Some(&used),
            5,
            State::NotInvited,
        ),
        ("taken back", false, Some(&revoked), 5, State::Revoked),
        ("invited anew", true, Some(&sent), 5, State::Sent),
        (
            "invited anew, and taken back",
            true,
            Some(&revoked),
            5,
            State::Account,
        ),
    ] {
        assert_eq!(state(has_account, last, at(now)), want, "{case}");
    }
}
