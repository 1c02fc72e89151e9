//! Families: invitations by the office, the way in by a code, absences told ahead, who looked at a record.

pub(crate) mod absence;
pub(crate) mod card;
pub(crate) mod forgot;
pub(crate) mod join;
pub(crate) mod looks;
pub(crate) mod school;

use crate::App;
use ::families::{Invited, Line, State, Why, Words, rules};
use kernel::Actor;
use mail::MailState;
use maud::{Markup, html};
use people::Invitee;
use ui::{Lang, State as PillState, pill};

/// The acting party while a family comes by a code: the program, from the browser's address.
fn visitor(app: &App, ip: &str) -> Actor {
    Actor {
        ip: ip.to_owned(),
        ..Actor::system(app.division(), "Family invitation")
    }
}

/// The language somebody is written to in: French for whom it is recorded, else English.
fn speaks(to: &Invitee) -> Lang {
    if to.language.to_lowercase().starts_with("fr") {
        Lang::FrCa
    } else {
        Lang::EnCa
    }
}

/// What an invitation says, part by part; the subject names nobody.
fn letter(app: &App, lang: Lang, invited: &Invited) -> Vec<String> {
    let (division, address) = (app.site().name.as_str(), app.site().address.as_str());
    let code = invited.code.to_string();
    let last = invited.invitation.expires_at.date();
    let text = lang.tx("invite-mail-text", &[("division", division.into())]);
    let how = if address.is_empty() {
        lang.tx("invite-mail-code", &[("code", code.as_str().into())])
    } else {
        let (link, site) = (format!("{address}/join/{code}"), format!("{address}/join"));
        let args = [
            ("link", link.as_str().into()),
            ("site", site.as_str().into()),
            ("code", code.as_str().into()),
        ];
        lang.tx("invite-mail-link", &args)
    };
    let last = lang.date_in_words(last.civil());
    vec![
        text.into_owned(),
        how.into_owned(),
        lang.tx("invite-mail-until", &[("day", last.into())]).into_owned(),
        lang.t("invite-mail-unexpected").into_owned(),
        division.to_owned(),
    ]
}

/// The message to one person.
fn words(app: &App, invited: &Invited) -> Words {
    let lang = speaks(&invited.invitee);
    let division = app.site().name.as_str();
    let subject = lang.tx("invite-mail-subject", &[("division", division.into())]);
    Words {
        subject: subject.chars().take(mail::rules::LONGEST_SUBJECT).collect(),
        text: letter(app, lang, invited).join("\n\n"),
        language: lang.tag().to_owned(),
    }
}

/// Why a person is not invited, in words; nothing when the person may be.
fn why_words(lang: Lang, why: Option<Why>) -> Option<String> {
    let found = crate::findings::shown(lang, &rules::judge(why, false));
    found.into_iter().next().map(|one| one.text)
}

/// Where a person stands, in a word; a message that did not arrive says so.
fn state_pill(lang: Lang, line: &Line) -> Markup {
    let failed = line
        .mail
        .as_ref()
        .filter(|mail| matches!(mail.state, MailState::Refused | MailState::GivenUp));
    let (state, key) = match line.state {
        State::Sent | State::Opened if failed.is_some() => (PillState::Rejected, "invite-state-failed"),
        State::NotInvited => (PillState::Neutral, "invite-state-none"),
        State::Sent => (PillState::Pending, "invite-state-sent"),
        State::Opened => (PillState::Pending, "invite-state-opened"),
        State::Expired => (PillState::Warning, "invite-state-expired"),
        State::Revoked => (PillState::Neutral, "invite-state-revoked"),
        State::Account => (PillState::Ok, "invite-state-account"),
    };
    html! { (pill::pill(state, &lang.t(key))) }
}
