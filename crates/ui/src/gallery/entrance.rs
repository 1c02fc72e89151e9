//! The way in: password, second factor, a new password.

use maud::Markup;

use super::sample::{LONG_NAME, say};
use crate::Lang;
use crate::form::{Finding, Severity};
use crate::sign_in::{self as entrance, Before, PracticeRole};

fn before(lang: Lang, findings: &[Finding], demo: bool) -> Before<'_> {
    Before {
        lang,
        path: "/sign-in",
        csrf: "sample",
        division: "Kestrel Valley School Division",
        demo,
        recovers: !demo,
        findings,
    }
}

fn roles(lang: Lang) -> Vec<PracticeRole> {
    let role = |value: &str, en, fr, person: &str| PracticeRole {
        value: value.into(),
        role: say(lang, en, fr).into(),
        person: person.into(),
    };
    vec![
        role(
            "secretary",
            "School secretary",
            "Secrétaire d’école",
            "Marie-Ève Lavallée, Marten Lake School",
        ),
        role(
            "principal",
            "Principal",
            "Direction d’école",
            "Danielle Okafor, Marten Lake School",
        ),
        role(
            "coordinator",
            "SIS coordinator",
            "Coordination du système d’information scolaire",
            "Priya Raghavan",
        ),
        role("teacher", "Teacher", "Enseignante", LONG_NAME),
    ]
}

pub(super) fn sample(lang: Lang) -> Markup {
    entrance::sign_in(&before(lang, &[], true), "", "/", &roles(lang))
}

/// A division in earnest: no practice roles.
pub(super) fn empty(lang: Lang) -> Markup {
    entrance::sign_in(&before(lang, &[], false), "", "/", &[])
}

/// Refused, and every practice role there is.
pub(super) fn longest(lang: Lang) -> Markup {
    let found = [Finding::new(
        Severity::Refuse,
        "",
        say(
            lang,
            "User name and password do not match. Nothing else is said, so that nobody learns who has an account.",
            "Le nom d’utilisateur et le mot de passe ne concordent pas. Rien d’autre n’est précisé, afin que personne n’apprenne qui a un compte.",
        ),
    )];
    entrance::sign_in(
        &before(lang, &found, true),
        "maximiliana.montgomery-featherstonehaugh@kestrelvalley.ab.ca",
        "/",
        &roles(lang),
    )
}

pub(super) fn second_factor(lang: Lang) -> Markup {
    entrance::second_factor(&before(lang, &[], false), true)
}

/// Without a passkey.
pub(super) fn second_factor_empty(lang: Lang) -> Markup {
    entrance::second_factor(&before(lang, &[], false), false)
}

pub(super) fn second_factor_longest(lang: Lang) -> Markup {
    let found = [Finding::new(
        Severity::Refuse,
        "code",
        say(
            lang,
            "This code is not right or is too old. Type the one shown now.",
            "Ce code n’est pas le bon ou n’est plus valide. Tapez celui qui s’affiche maintenant.",
        ),
    )];
    entrance::second_factor(&before(lang, &found, false), true)
}

fn set_up_with(lang: Lang, findings: &[Finding], secret: &str) -> Markup {
    entrance::set_up_second_factor(
        &before(lang, findings, false),
        r##"<svg viewBox="0 0 8 8" width="160" height="160"><rect width="8" height="8" fill="#fff"/><path d="M1 1h2v2h-2zM5 1h2v2h-2zM1 5h2v2h-2zM4 4h1v1h-1zM6 6h1v1h-1z" fill="#000"/></svg>"##,
        secret,
        true,
    )
}

pub(super) fn set_up(lang: Lang) -> Markup {
    set_up_with(lang, &[], "JBSW Y3DP EHPK 3PXP")
}

/// The longest secret, and a code that was wrong.
pub(super) fn set_up_longest(lang: Lang) -> Markup {
    let found = [Finding::new(
        Severity::Refuse,
        "code",
        say(
            lang,
            "This code is not right or is too old. Type the one shown now.",
            "Ce code n’est pas le bon ou n’est plus valide. Tapez celui qui s’affiche maintenant.",
        ),
    )];
    set_up_with(
        lang,
        &found,
        "JBSW Y3DP EHPK 3PXP JBSW Y3DP EHPK 3PXP JBSW Y3DP EHPK 3PXP",
    )
}

pub(super) fn new_password(lang: Lang) -> Markup {
    entrance::new_password(&before(lang, &[], false), "/account/password", "mlavallee")
}

pub(super) fn new_password_longest(lang: Lang) -> Markup {
    let found = [
        Finding::new(
            Severity::Refuse,
            "password",
            say(
                lang,
                "Use at least 12 characters.",
                "Utilisez au moins 12 caractères.",
            ),
        ),
        Finding::new(
            Severity::Refuse,
            "again",
            say(
                lang,
                "The two are not the same.",
                "Les deux ne sont pas identiques.",
            ),
        ),
    ];
    entrance::new_password(&before(lang, &found, false), "/account/password", "mlavallee")
}
