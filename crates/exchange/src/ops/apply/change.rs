//! A student who is here: what the row tells otherwise is changed, by the
//! operations a person would use. What a row does not tell stays as it is.

use super::enrolments;
use super::persons::{self, Persons};
use super::students::citizenship;
use super::{Doing, Pass, same};
use crate::model::{Before, Touch};
use crate::rules::StudentDraft;
use db::{Reading, Tx};
use kernel::text::fold;
use kernel::{AddressId, CitizenshipId, EmailId, Finding, NameId, Outcome, PersonName, PhoneId, StudentId};
use people::known::Found;
use people::{AddressKind, ChangeIdentity, Email, Name, NameChange, NameKind, On, Phone, Student};

pub(super) fn student(
    tx: &mut Tx,
    pass: &Pass,
    (id, draft, found): (StudentId, &StudentDraft, &Found),
    persons: &mut Persons,
    doing: &mut Doing,
) -> Outcome<()> {
    let there = people::student(tx, pass.permits.view()?, id)?;
    if !is_the_same(&there, draft, found, doing) {
        return Ok(());
    }
    let version = identity(tx, pass, (&there, draft), doing)?;
    let version = asn(tx, pass, (&there, draft, version), doing)?;
    number(tx, pass, (&there, draft, version), doing)?;
    names(tx, pass, (&there, draft), doing)?;
    addresses(tx, pass, (&there, draft), doing)?;
    phones(tx, pass, (&there, draft), doing)?;
    email(tx, pass, (&there, draft), doing)?;
    status(tx, pass, (&there, draft), doing)?;
    for guardian in &draft.guardians {
        persons::put(tx, pass, (&there, guardian), persons, doing)?;
    }
    if let Some(told) = &draft.enrol {
        enrolments::put(tx, pass, (id, told), doing)?;
    }
    Ok(())
}

/// A number of somebody else is worse than no number.
fn is_the_same(there: &Student, draft: &StudentDraft, found: &Found, doing: &mut Doing) -> bool {
    let legal = there.legal();
    let named =
        fold(&legal.last) == fold(&draft.legal.last) && fold(&legal.first) == fold(&draft.legal.first);
    let is_family = fold(&legal.last) == fold(&draft.legal.last);
    let born = draft.birth_date == Some(there.identity.birth_date);
    let by_number = found.by_asn.is_some() || found.by_number.is_some();
    if by_number && !born && !(named || is_family) {
        let field = if found.by_asn.is_some() {
            "asn"
        } else {
            "local_number"
        };
        doing.found.push(Finding::refuse("LP-0831", field));
        return false;
    }
    if draft.asn_is_guessed {
        if found.by_asn.is_some() && (born || named) {
            let to = draft.asn.map(|asn| asn.as_str().to_owned()).unwrap_or_default();
            doing.found.push(Finding::note("LP-0823", "asn").with("to", to));
        } else {
            doing.found.push(Finding::refuse("LP-0840", "asn"));
            return false;
        }
    }
    match (draft.asn, there.identity.asn) {
        (Some(told), Some(kept)) if told != kept => {
            doing.found.push(Finding::refuse("LP-0833", "asn"));
            return false;
        }
        _ => {}
    }
    if !by_number {
        doing.found.push(Finding::note("LP-0845", "last_name"));
    }
    true
}

fn on<I>(pass: &Pass, student: StudentId, id: I, seen: i64) -> On<I> {
    On {
        origin: pass.origin(),
        ..On::seen(student, id, seen)
    }
    .because(&pass.reason())
}

fn identity(
    tx: &mut Tx,
    pass: &Pass,
    (there, draft): (&Student, &StudentDraft),
    doing: &mut Doing,
) -> Outcome<i64> {
    let mut identity = there.identity.clone();
    identity.birth_date = draft.birth_date.unwrap_or(identity.birth_date);
    if let Some(gender) = &draft.gender {
        identity.gender.clone_from(gender);
    }
    draft.tell(&mut identity);
    if identity == there.identity {
        return Ok(there.version);
    }
    let change = ChangeIdentity {
        identity,
        document_last_four: None,
    };
    let saved = people::change_identity(
        tx,
        pass.permits.edit()?,
        &on(pass, there.id, there.id, there.version),
        &change,
    );
    let Some(saved) = doing.step(saved, same)? else {
        return Ok(there.version);
    };
    doing.keep(saved.findings, same);
    doing.touched.push(Touch::Was(
        there.id,
        Before::Identity(there.identity.clone()),
        saved.version,
    ));
    Ok(saved.version)
}

fn asn(
    tx: &mut Tx,
    pass: &Pass,
    (there, draft, version): (&Student, &StudentDraft, i64),
    doing: &mut Doing,
) -> Outcome<i64> {
    if there.identity.asn.is_some() || draft.asn.is_none() {
        return Ok(version);
    }
    let saved = people::set_asn(
        tx,
        pass.permits.edit()?,
        &on(pass, there.id, there.id, version),
        draft.asn,
    );
    let Some(saved) = doing.step(saved, same)? else {
        return Ok(version);
    };
    doing.touched.push(Touch::Asn(there.id, saved.version));
    Ok(saved.version)
}

/// Another number within the division, for a student whom the ASN names beyond doubt.
fn number(
    tx: &mut Tx,
    pass: &Pass,
    (there, draft, version): (&Student, &StudentDraft, i64),
    doing: &mut Doing,
) -> Outcome<()> {
    let is_certain = draft.asn.is_some() && draft.asn == there.identity.asn && !draft.asn_is_guessed;
    let told = draft
        .local_number
        .as_ref()
        .filter(|told| **told != there.local_number);
    let Some(told) = told.filter(|_| is_certain) else {
        return Ok(());
    };
    let on = on(pass, there.id, there.id, version);
    let saved = people::set_local_number(tx, pass.permits.edit()?, &on, told);
    if let Some(saved) = doing.step(saved, same)? {
        let before = there.local_number.clone();
        doing.touched.push(Touch::Number(there.id, before, saved.version));
    }
    Ok(())
}

fn names(
    tx: &mut Tx,
    pass: &Pass,
    (there, draft): (&Student, &StudentDraft),
    doing: &mut Doing,
) -> Outcome<()> {
    if let Some(legal) = there.names.iter().find(|name| name.value.kind == NameKind::Legal) {
        let kept = &legal.value.name;
        let told = PersonName {
            first: draft.legal.first.clone(),
            middle: if draft.legal.middle.is_empty() {
                kept.middle.clone()
            } else {
                draft.legal.middle.clone()
            },
            last: draft.legal.last.clone(),
            suffix: if draft.legal.suffix.is_empty() {
                kept.suffix.clone()
            } else {
                draft.legal.suffix.clone()
            },
        };
        if told != *kept {
            let name = Name {
                name: told,
                ..legal.value.clone()
            };
            let on = on(pass, there.id, legal.id, legal.version);
            let saved = people::change_name(
                tx,
                pass.permits.edit()?,
                &on,
                (&name, NameChange::Correction),
                pass.province.people(),
            );
            if let Some(saved) = doing.step(saved, same)? {
                doing.keep(saved.findings, same);
                doing.touched.push(Touch::Was(
                    there.id,
                    Before::Name(legal.id, legal.value.clone()),
                    saved.version,
                ));
            }
        }
    }
    let Some(preferred) = &draft.preferred else {
        return Ok(());
    };
    let has = |name: &PersonName| name.first == preferred.first && name.last == preferred.last;
    if there.names.iter().any(|name| has(&name.value.name)) {
        return Ok(());
    }
    let on = on(pass, there.id, NameId::fresh(tx.now()), 0);
    let saved = people::add_name(
        tx,
        pass.permits.edit()?,
        &on,
        &Name::other(preferred.clone(), true),
        pass.province.people(),
    );
    if let Some(saved) = doing.step(saved, |field| format!("preferred_{field}"))? {
        doing.keep(saved.findings, same);
        doing.touched.push(Touch::Name(there.id, on.id));
    }
    Ok(())
}

fn addresses(
    tx: &mut Tx,
    pass: &Pass,
    (there, draft): (&Student, &StudentDraft),
    doing: &mut Doing,
) -> Outcome<()> {
    for told in &draft.addresses {
        let kept = there.address_on(told.kind, pass.ground.today);
        let says_the_same = kept.is_some_and(|kept| {
            let kept = &kept.value;
            (&kept.street, &kept.city, &kept.province, &kept.postal_code)
                == (&told.street, &told.city, &told.province, &told.postal_code)
        });
        if says_the_same {
            continue;
        }
        let prefix = if told.kind == AddressKind::Physical {
            "home_"
        } else {
            ""
        };
        let on = on(pass, there.id, AddressId::fresh(tx.now()), 0);
        let saved = people::set_address(tx, pass.permits.edit()?, &on, told, pass.province.people());
        if let Some(saved) = doing.step(saved, |field| format!("{prefix}{field}"))? {
            doing.keep(saved.findings, |field| format!("{prefix}{field}"));
            doing.touched.push(Touch::Address(there.id, on.id));
        }
    }
    Ok(())
}

fn phones(
    tx: &mut Tx,
    pass: &Pass,
    (there, draft): (&Student, &StudentDraft),
    doing: &mut Doing,
) -> Outcome<()> {
    for told in &draft.phones {
        if there.phones.iter().any(|kept| kept.value.number == told.number) {
            continue;
        }
        let field = if told.kind == "Mobile" {
            "mobile_phone"
        } else {
            "phone"
        };
        let kept = there.phones.iter().find(|kept| kept.value.kind == told.kind);
        let (on, value, touch) = if let Some(kept) = kept {
            let value = Phone {
                number: told.number.clone(),
                ..kept.value.clone()
            };
            (
                on(pass, there.id, kept.id, kept.version),
                value,
                Some(Before::Phone(kept.id, kept.value.clone())),
            )
        } else {
            let value = Phone {
                is_preferred: there.phones.is_empty() && told.is_preferred,
                ..told.clone()
            };
            (on(pass, there.id, PhoneId::fresh(tx.now()), 0), value, None)
        };
        let saved = people::set_phone(tx, pass.permits.edit()?, &on, &value, pass.province.people());
        if let Some(saved) = doing.step(saved, |_| field.to_owned())? {
            doing.touched.push(match touch {
                Some(before) => Touch::Was(there.id, before, saved.version),
                None => Touch::Phone(there.id, on.id),
            });
        }
    }
    Ok(())
}

fn email(
    tx: &mut Tx,
    pass: &Pass,
    (there, draft): (&Student, &StudentDraft),
    doing: &mut Doing,
) -> Outcome<()> {
    let Some(told) = &draft.email else { return Ok(()) };
    if there
        .emails
        .iter()
        .any(|kept| kept.value.address.eq_ignore_ascii_case(&told.address))
    {
        return Ok(());
    }
    let kept = there.emails.iter().find(|kept| kept.value.kind == told.kind);
    let (on, value, touch) = match kept {
        Some(kept) => {
            let value = Email {
                address: told.address.clone(),
                ..kept.value.clone()
            };
            (
                on(pass, there.id, kept.id, kept.version),
                value,
                Some(Before::Email(kept.id, kept.value.clone())),
            )
        }
        None => (
            on(pass, there.id, EmailId::fresh(tx.now()), 0),
            told.clone(),
            None,
        ),
    };
    let saved = people::set_email(tx, pass.permits.edit()?, &on, &value, pass.province.people());
    if let Some(saved) = doing.step(saved, |_| "email".to_owned())? {
        doing.touched.push(match touch {
            Some(before) => Touch::Was(there.id, before, saved.version),
            None => Touch::Email(there.id, on.id),
        });
    }
    Ok(())
}

fn status(
    tx: &mut Tx,
    pass: &Pass,
    (there, draft): (&Student, &StudentDraft),
    doing: &mut Doing,
) -> Outcome<()> {
    let Some(told) = citizenship(draft, there.identity.birth_date, pass.ground.today) else {
        return Ok(());
    };
    if there
        .citizenships
        .first()
        .is_some_and(|kept| kept.value.status == told.status)
    {
        return Ok(());
    }
    let on = on(pass, there.id, CitizenshipId::fresh(tx.now()), 0);
    let saved = people::set_citizenship(tx, pass.permits.edit()?, &on, &told, pass.province.people());
    if let Some(saved) = doing.step(saved, |_| "citizenship".to_owned())? {
        doing.keep(saved.findings, |_| "citizenship".to_owned());
        doing.touched.push(Touch::Citizenship(there.id, on.id));
    }
    Ok(())
}
