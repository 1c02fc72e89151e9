//! The office invites: one person, or everyone of a school who may be.

use crate::model::{Invite, Invited, Line, State, Words};
use crate::rules;
use access::action::{InviteFamilies, ViewStudents};
use access::invitations::{self, NewInvitation};
use access::ties::{self, TieKind};
use access::{Code, Permit};
use db::{Reading, Tx};
use kernel::{Failure, InvitationId, MailId, Outcome, PersonId, SchoolId, StudentId};
use people::Invitee;
use std::collections::{BTreeMap, BTreeSet};

/// What the messages are about.
const KIND: &str = "family.invite";

/// What the office may: invite, and see the students.
pub type Permits<'a> = (&'a Permit<InviteFamilies>, &'a Permit<ViewStudents>);

/// The contact persons of a student, with where each stands. Not found outside the permits.
pub fn lines_of(at: &mut impl Reading, permits: Permits<'_>, student: StudentId) -> Outcome<Vec<Line>> {
    if !permits.0.covers(at, student)? {
        return Err(Failure::NotFound);
    }
    let invitees = people::invitees(at, permits.1, student)?;
    lines(at, permits, invitees)
}

/// The contact persons of the students of a school, each once, with where each stands. Not found outside the permits.
pub fn lines_at(at: &mut impl Reading, permits: Permits<'_>, school: SchoolId) -> Outcome<Vec<Line>> {
    if !permits.0.covers_school(school) {
        return Err(Failure::NotFound);
    }
    let invitees = people::invitees_at(at, permits.1, school)?;
    lines(at, permits, invitees)
}

fn lines(at: &mut impl Reading, permits: Permits<'_>, invitees: Vec<Invitee>) -> Outcome<Vec<Line>> {
    let mut order: Vec<PersonId> = Vec::new();
    let mut of: BTreeMap<PersonId, Vec<Invitee>> = BTreeMap::new();
    for one in invitees {
        if !of.contains_key(&one.person) {
            order.push(one.person);
        }
        of.entry(one.person).or_default().push(one);
    }
    let mut last = invitations::last_of(at, permits.0, &order)?;
    let tied = ties::around_persons(at, &order)?;
    let today = at.today();
    let holders: BTreeSet<PersonId> = tied
        .iter()
        .filter(|tie| tie.kind == TieKind::Guardian && tie.goes_on(today))
        .filter_map(ties::Tie::person)
        .collect();
    let ids: Vec<MailId> = last.values().map(|one| message_id(one.id)).collect();
    let mut mails = mail::states(at, &ids)?;
    let now = at.now();
    let line = |person: PersonId| {
        let all = of.remove(&person)?;
        let students = all.iter().map(|one| one.student).collect();
        let may = all.iter().position(|one| one.uninvited.is_none()).unwrap_or(0);
        let invitee = all.into_iter().nth(may)?;
        let last = last.remove(&person);
        Some(Line {
            students,
            why: rules::why(invitee.uninvited, &invitee.email),
            state: rules::state(holders.contains(&person), last.as_ref(), now),
            mail: last.as_ref().and_then(|one| mails.remove(&message_id(one.id))),
            invitee,
            last,
        })
    };
    Ok(order.into_iter().filter_map(line).collect())
}

/// The message with the code of an invitation.
fn message_id(id: InvitationId) -> MailId {
    MailId::derived(&format!("{KIND}/{id}"))
}

/// Invites a person: by e-mail in `words` of that person's language, or on paper. Whoever has an account is given it
/// back by it. A conflict when another invitation was made since the page was shown.
///
/// Refused by the rules `LP-1001` to `LP-1006`; not found outside the permits. Writes: `invitation`, `mail_message`,
/// audit `invitation.make` and what [`mail::post`] writes.
pub fn invite(
    tx: &mut Tx,
    permits: Permits<'_>,
    cmd: &Invite,
    words: &dyn Fn(&Invited) -> Words,
) -> Outcome<Invited> {
    let lines = lines_of(tx, permits, cmd.student)?;
    let line = lines
        .into_iter()
        .find(|line| line.invitee.person == cmd.person)
        .ok_or(Failure::NotFound)?;
    rules::judge(line.why, cmd.on_paper).or_refuse()?;
    if line.last.as_ref().map(|last| last.id) != cmd.seen {
        return Err(Failure::stale("invitation", 0, 1));
    }
    make(tx, permits.0, line.invitee, cmd.on_paper, words)
}

/// Invites by e-mail everyone of a school who may be and never was. Returns how many; once more, nobody.
///
/// Not found outside the permits. Writes as [`invite`] does.
pub fn invite_school(
    tx: &mut Tx,
    permits: Permits<'_>,
    school: SchoolId,
    words: &dyn Fn(&Invited) -> Words,
) -> Outcome<usize> {
    let mut made = 0;
    for line in lines_at(tx, permits, school)? {
        if line.why.is_none() && line.state == State::NotInvited {
            make(tx, permits.0, line.invitee, false, words)?;
            made += 1;
        }
    }
    Ok(made)
}

fn make(
    tx: &mut Tx,
    permit: &Permit<InviteFamilies>,
    invitee: Invitee,
    on_paper: bool,
    words: &dyn Fn(&Invited) -> Words,
) -> Outcome<Invited> {
    let email = if on_paper {
        String::new()
    } else {
        invitee.email.clone()
    };
    let new = NewInvitation {
        person: invitee.person,
        student: invitee.student,
        email,
    };
    let (invitation, code): (_, Code) = invitations::make(tx, permit, &new)?;
    let made = Invited {
        invitee,
        invitation,
        code,
    };
    if !on_paper {
        let message = words(&made).mail(message_id(made.invitation.id), KIND, new.email);
        mail::post(tx, &[message])?;
    }
    Ok(made)
}

/// Takes the open invitation of a student's contact person back. A conflict when it was used, or another was made.
///
/// Not found outside the permits. Writes: `invitation`, audit `invitation.revoke`.
pub fn revoke(
    tx: &mut Tx,
    permits: Permits<'_>,
    (student, person): (StudentId, PersonId),
    id: InvitationId,
) -> Outcome<()> {
    let lines = lines_of(tx, permits, student)?;
    let line = lines.into_iter().find(|line| line.invitee.person == person);
    let last = line.and_then(|line| line.last).ok_or(Failure::NotFound)?;
    if last.id != id {
        return Err(Failure::stale("invitation", 0, 1));
    }
    invitations::revoke(tx, permits.0, id)
}
