//! Signing in: password, then the second factor, then a session.

pub(crate) mod passkey;
pub(crate) mod password;
pub(crate) mod second;

use crate::App;
use crate::answer::{Answer, Stop};
use crate::findings;
use crate::who::{Visit, session_cookie};
use access::sessions::{Stage, Token};
use access::sign_in::Answer as Went;
use kernel::Failure;
use ui::form::Finding;
use ui::sign_in::Before;

/// The pages before a session have no token of their own; see `posted::Early`.
const NO_TOKEN: &str = "";

/// What every page before a session needs.
pub(crate) fn before<'a>(
    app: &'a App,
    visit: &'a Visit,
    csrf: &'a str,
    findings: &'a [Finding],
) -> Before<'a> {
    Before {
        lang: visit.lang,
        path: &visit.path,
        csrf,
        division: &app.site().name,
        demo: app.site().is_practice,
        recovers: app.site().sends_mail && !app.site().address.is_empty(),
        findings,
    }
}

/// The session cookie; it lives as long as the browser, the session ends earlier by itself.
fn cookie(app: &App, token: &Token) -> String {
    let secure = if app.site().is_secure { "; Secure" } else { "" };
    format!(
        "{}={}; Path=/; HttpOnly; SameSite=Lax{secure}",
        session_cookie(app.site().is_secure),
        token.as_str()
    )
}

/// Takes the session cookie away.
pub(crate) fn no_cookie(app: &App) -> String {
    let secure = if app.site().is_secure { "; Secure" } else { "" };
    format!(
        "{}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0{secure}",
        session_cookie(app.site().is_secure)
    )
}

/// A path of this site to go on to; anything else is the first page.
fn safe_next(next: &str) -> &str {
    let inside = next.starts_with('/')
        && !next.starts_with("//")
        && !next.contains('\\')
        && !next.contains(char::is_control);
    if inside && !next.starts_with("/sign-in") {
        next
    } else {
        "/"
    }
}

/// What the person typed did not lead on: why, in words that give nothing away.
fn refusal(visit: &Visit, went: &Went) -> Vec<Finding> {
    findings::shown(visit.lang, &refused(went).into())
}

fn refused(went: &Went) -> kernel::Finding {
    match went {
        Went::Wait(seconds) => kernel::Finding::refuse("LP-0019", "").with("minutes", (seconds + 59) / 60),
        Went::UsedCode => kernel::Finding::refuse("LP-0017", ""),
        Went::NoRole => kernel::Finding::refuse("LP-0018", ""),
        Went::Wrong | Went::Go(..) => kernel::Finding::refuse("LP-0016", ""),
    }
}

/// On to the next step, with the new token.
pub(crate) fn on(app: &App, token: &Token, stage: Stage, next: &str) -> Answer {
    let path = match stage {
        Stage::Full => safe_next(next).to_owned(),
        Stage::SecondFactor => step("/sign-in/second", next),
        Stage::MustEnrol => step("/sign-in/set-up", next),
        Stage::NewPassword => step("/sign-in/password", next),
    };
    Answer::See(path, vec![cookie(app, token)])
}

fn step(path: &str, next: &str) -> String {
    match safe_next(next) {
        "/" => path.to_owned(),
        next => format!("{path}?next={}", crate::answer::encoded(next)),
    }
}

/// `?` on an outcome before there is a session.
pub(crate) fn stopped<T>(outcome: Result<T, Failure>, visit: &Visit) -> Result<T, crate::answer::Stopped> {
    outcome.map_err(|failure| Stop::Failed(failure).at(visit.clone()))
}

#[cfg(test)]
mod tests {
    use super::{Went, refused, safe_next};

    #[test]
    fn each_refusal_has_its_code_and_what_is_wrong_is_not_told_apart() {
        for (went, code) in [
            (Went::Wrong, "LP-0016"),
            (Went::UsedCode, "LP-0017"),
            (Went::NoRole, "LP-0018"),
            (Went::Wait(61), "LP-0019"),
        ] {
            assert_eq!(refused(&went).code, code, "{went:?}");
        }
        assert_eq!(refused(&Went::Wait(61)).args[0].1, "2", "minutes, never too few");
    }

    #[test]
    fn signing_in_never_leads_to_another_site() {
        for (asked, taken) in [
            ("/students?q=a", "/students?q=a"),
            ("//evil.example", "/"),
            ("/\\evil.example", "/"),
            ("https://evil.example", "/"),
            ("", "/"),
            ("/sign-in", "/"),
            ("/a\r\nSet-Cookie: x", "/"),
        ] {
            assert_eq!(safe_next(asked), taken, "{asked}");
        }
    }
}
