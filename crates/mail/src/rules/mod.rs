//! What may be posted, and what follows from an answer. Pure.

mod register;

pub use register::RULES;

use crate::model::{Answer, MailState, NewMail};
use kernel::{Finding, Findings};

/// Longest subject, in characters.
pub const LONGEST_SUBJECT: usize = 120;
/// Longest text, in characters.
pub const LONGEST_TEXT: usize = 4000;

/// Seconds to wait after each answer that puts a message off; after the last it is given up: about a day.
const WAITS: [i64; 8] = [60, 300, 900, 3600, 7200, 14_400, 28_800, 28_800];
/// Longest wait for a server that is away, in seconds.
const LONGEST_AWAY: i64 = 900;

/// What a message must be to be posted.
pub fn judge(new: &NewMail) -> Findings {
    let mut findings = Findings::default();
    let count = |text: &str| text.chars().count();
    if new.to.parse::<lettre::Address>().is_err() {
        findings.push(Finding::refuse("LP-0901", "to"));
    }
    let subject = new.subject.trim();
    if subject.is_empty() || count(subject) > LONGEST_SUBJECT || subject.chars().any(char::is_control) {
        findings.push(Finding::refuse("LP-0902", "subject").with("longest", LONGEST_SUBJECT));
    }
    if new.text.trim().is_empty() || count(&new.text) > LONGEST_TEXT {
        findings.push(Finding::refuse("LP-0903", "text").with("longest", LONGEST_TEXT));
    }
    findings
}

/// What follows from an answer after so many attempts: the state, and in how many seconds it is tried again.
///
/// A server that is away is waited for, however long; one that puts off is asked eight times more.
pub fn after(answer: &Answer, attempts: i32) -> (MailState, Option<i64>) {
    let place = usize::try_from(attempts - 1).unwrap_or(0);
    match answer {
        Answer::Taken(_) => (MailState::Sent, None),
        Answer::Refused(_) => (MailState::Refused, None),
        Answer::Later(_) => match WAITS.get(place) {
            Some(wait) => (MailState::Waiting, Some(*wait)),
            None => (MailState::GivenUp, None),
        },
        Answer::Away(_) => {
            let wait = WAITS.get(place).copied().unwrap_or(LONGEST_AWAY);
            (MailState::Waiting, Some(wait.min(LONGEST_AWAY)))
        }
    }
}

/// May a person have it tried again? Not what was sent, nor what waits untried.
pub fn may_go_again(state: MailState, attempts: i32) -> Findings {
    match state {
        MailState::Refused | MailState::GivenUp => Findings::default(),
        MailState::Waiting if attempts > 0 => Findings::default(),
        MailState::Waiting | MailState::Sent => Finding::refuse("LP-0904", "").into(),
    }
}

/// What the server said, short and without the recipient's address.
pub fn told(answer: &str, to: &str) -> String {
    const LONGEST: usize = 200;
    let local = to.split('@').next().unwrap_or(to);
    let covered = answer.replace(to, "…");
    let covered = if local.len() > 2 {
        covered.replace(local, "…")
    } else {
        covered
    };
    let line: Vec<&str> = covered.split_whitespace().collect();
    line.join(" ").chars().take(LONGEST).collect()
}

#[cfg(test)]
mod tests {
    use super::{after, judge, may_go_again, told};
    use crate::model::{Answer, MailState, NewMail};
    use kernel::MailId;

    fn a_mail() -> NewMail {
        NewMail {
            id: MailId::derived("one"),
            kind: "test",
            to: "ada@example.org".to_owned(),
            subject: "An absence".to_owned(),
            text: "Please call.".to_owned(),
            language: "en-CA".to_owned(),
        }
    }

    #[test]
    fn what_cannot_be_a_message_is_refused_with_every_reason() {
        let codes = |change: fn(&mut NewMail)| {
            let mut new = a_mail();
            change(&mut new);
            judge(&new).0.into_iter().map(|one| one.code).collect::<Vec<_>>()
        };
        assert!(codes(|_| ()).is_empty());
        assert_eq!(codes(|new| new.to = "ada at home".to_owned()), ["LP-0901"]);
        assert_eq!(
            codes(|new| new.to = "a@b.c\r\nBcc: x@y.z".to_owned()),
            ["LP-0901"]
        );
        assert_eq!(
            codes(|new| new.subject = "Two\r\nBcc: x@y.z".to_owned()),
            ["LP-0902"]
        );
        assert_eq!(codes(|new| new.subject = "x".repeat(121)), ["LP-0902"]);
        assert_eq!(codes(|new| new.text = "x".repeat(4001)), ["LP-0903"]);
        assert_eq!(
            codes(|new| (new.to, new.subject, new.text) = Default::default()),
            ["LP-0901", "LP-0902", "LP-0903"]
        );
    }

    #[test]
    fn an_answer_decides_whether_and_when_a_message_goes_again() {
        let text = || "x".to_owned();
        for (answer, attempts, want) in [
            (Answer::Taken(text()), 1, (MailState::Sent, None)),
            (Answer::Refused(text()), 1, (MailState::Refused, None)),
            (Answer::Later(text()), 1, (MailState::Waiting, Some(60))),
            (Answer::Later(text()), 8, (MailState::Waiting, Some(28_800))),
            (Answer::Later(text()), 9, (MailState::GivenUp, None)),
            (Answer::Away(text()), 1, (MailState::Waiting, Some(60))),
            (Answer::Away(text()), 5, (MailState::Waiting, Some(900))),
            (Answer::Away(text()), 500, (MailState::Waiting, Some(900))),
        ] {
            assert_eq!(after(&answer, attempts), want, "{answer:?} after {attempts}");
        }
    }

    #[test]
    fn only_what_did_not_arrive_is_tried_again() {
        for (state, attempts, may) in [
            (MailState::Sent, 1, false),
            (MailState::Waiting, 0, false),
            (MailState::Waiting, 1, true),
            (MailState::Refused, 1, true),
            (MailState::GivenUp, 9, true),
        ] {
            let found = may_go_again(state, attempts).0;
            assert_eq!(found.is_empty(), may, "{state}");
            assert!(found.iter().all(|one| one.code == "LP-0904"));
        }
    }

    #[test]
    fn an_answer_is_told_without_the_address() {
        let said = told(
            "550 5.1.1 <ada@example.org>:\r\n no mailbox ada here",
            "ada@example.org",
        );
        assert_eq!(said, "550 5.1.1 <…>: no mailbox … here");
    }
}
