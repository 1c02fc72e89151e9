//! Families already here: while a sibling is registered, the guardians on file
//! are offered, with the reason why.

use super::card::Card;
use super::duplicates::past;
use super::find::{scoped, students_with_guardian};
use super::list::cards_of;
use crate::model::{Address, AddressKind, CardRow, Person, Record, StudentContact};
use crate::rules;
use crate::store::read::{self, When};
use access::{Permit, Scope, action::ViewStudents};
use db::Reading;
use db::schema::{access_place, access_tie, contact, person_detail, student_address, student_card};
use diesel::prelude::*;
use kernel::text::fold;
use kernel::{Date, Outcome, PersonId, PersonName, StudentId};
use serde::Serialize;

kernel::text_enum! {
    /// Why a family may be that of the child at the counter, likeliest first.
    pub enum FamilyReason {
        /// The brother or sister was chosen.
        Sibling = "sibling",
        /// A guardian has this phone.
        Phone = "phone",
        /// A guardian has this e-mail address.
        Email = "email",
        /// They live at this address.
        Address = "address",
        /// A guardian of this name.
        GuardianName = "guardian-name",
        /// The same last name.
        LastName = "last-name",
    }
}

impl FamilyReason {
    const fn weight(self) -> u32 {
        match self {
            Self::Sibling => 1000,
            Self::Phone | Self::Email => 100,
            Self::GuardianName => 60,
            Self::Address => 50,
            Self::LastName => 10,
        }
    }
}

/// What is known of the child at the counter so far; empty texts are not looked at.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FamilyHints {
    /// The child's last name.
    pub last_name: String,
    /// The guardian typed.
    pub guardian: PersonName,
    /// The guardian's phone and the home phone, as typed.
    pub phones: Vec<String>,
    /// The guardian's e-mail address.
    pub email: String,
    /// Street of the home.
    pub street: String,
    /// Brothers or sisters who were named.
    pub siblings: Vec<StudentId>,
}

/// A family on file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Family {
    /// Its children of the permit's scope, the one that fits best first.
    pub children: Vec<CardRow>,
    /// Why it is offered.
    pub reasons: Vec<FamilyReason>,
    /// The current guardians and contacts of the first child, in calling order.
    pub contacts: Vec<StudentContact>,
    /// Where the first child's letters go, and where it lives.
    pub addresses: Vec<Address>,
}

/// Families shown at most.
const MOST: usize = 5;
/// Students looked at for one hint.
const LOOKED_AT: i64 = 25;

/// Families of the permit's scope that the hints point to, likeliest first, at
/// most five. Children who share their guardians are one family.
pub fn families_like(
    at: &mut impl Reading,
    permit: &Permit<ViewStudents>,
    hints: &FamilyHints,
) -> Outcome<Vec<Family>> {
    let candidates = candidates(at, permit, hints)?;
    let today = at.today();
    let mut families: Vec<Family> = Vec::new();
    for card in cards_of(at, permit, &candidates)? {
        let mut contacts = read::contacts(at, card.student, When::Now)?;
        contacts.retain(|one| holds(one, today));
        if contacts.is_empty() {
            continue;
        }
        let addresses = addresses(at, card.student, today)?;
        let reasons = reasons(hints, &card, &contacts, &addresses);
        if reasons.is_empty() {
            continue;
        }
        let same = families
            .iter_mut()
            .find(|family| persons(&family.contacts) == persons(&contacts));
        match same {
            Some(family) if weight(&reasons) > weight(&family.reasons) => {
                family.children.insert(0, card);
                (family.reasons, family.contacts, family.addresses) = (reasons, contacts, addresses);
            }
            Some(family) => family.children.push(card),
            None => families.push(Family {
                children: vec![card],
                reasons,
                contacts,
                addresses,
            }),
        }
    }
    families.sort_by_key(|family| std::cmp::Reverse(weight(&family.reasons)));
    families.truncate(MOST);
    Ok(families)
}

/// A person of the scope with this very name and one of these phones or this
/// e-mail address: typed again, it would be the same person twice.
pub fn known_person(
    at: &mut impl Reading,
    permit: &Permit<ViewStudents>,
    typed: &Person,
) -> Outcome<Option<Record<PersonId, Person>>> {
    let typed = rules::tidy_person(typed);
    let hints = FamilyHints {
        guardian: typed.name.clone(),
        phones: vec![
            typed.mobile_phone.clone(),
            typed.home_phone.clone(),
            typed.work_phone.clone(),
        ],
        email: typed.email.clone(),
        ..FamilyHints::default()
    };
    for student in candidates(at, permit, &hints)? {
        for one in read::contacts(at, student, When::Now)? {
            let kept = &one.person.value;
            let reached = hints.phones.iter().any(|phone| has_phone(kept, phone))
                || typed.emails().any(|address| has_email(kept, address));
            if fold(&kept.name.full()) == fold(&typed.name.full()) && reached {
                return Ok(Some(one.person));
            }
        }
    }
    Ok(None)
}

fn candidates(
    at: &mut impl Reading,
    permit: &Permit<ViewStudents>,
    hints: &FamilyHints,
) -> Outcome<Vec<StudentId>> {
    let mut ids: Vec<StudentId> = hints.siblings.clone();
    for phone in hints.phones.iter().filter(|phone| !phone.trim().is_empty()) {
        ids.extend(students_with_guardian(at, permit, "", phone)?);
    }
    if !hints.email.trim().is_empty() {
        ids.extend(by_email(at, hints.email.trim())?);
    }
    if !rules::street_key(&hints.street).is_empty() {
        ids.extend(by_address(at, hints)?);
    }
    if !hints.guardian.last.trim().is_empty() {
        ids.extend(students_with_guardian(at, permit, &hints.guardian.last, "")?);
    }
    if hints.last_name.trim().chars().count() > 1 {
        ids.extend(namesakes(at, permit, &hints.last_name)?);
    }
    ids.sort();
    ids.dedup();
    Ok(ids)
}

/// Students whose guardian has this e-mail address; the scope is looked at later.
fn by_email(at: &mut impl Reading, email: &str) -> Outcome<Vec<StudentId>> {
    let division = at.division();
    let people: Vec<PersonId> = db::ask!(
        at.conn(),
        load,
        person_detail::table
            .filter(
                person_detail::division_id
                    .eq(division)
                    .and(person_detail::known_to.is_null())
                    .and(
                        person_detail::email
                            .eq(email.to_owned())
                            .or(person_detail::other_email.eq(email.to_owned()))
                    ),
            )
            .limit(LOOKED_AT)
            .select(person_detail::id)
    )?;
    Ok(contact::table
        .filter(
            contact::division_id
                .eq(division)
                .and(contact::person_id.eq_any(people)),
        )
        .filter(contact::known_to.is_null().and(contact::is_deleted.eq(false)))
        .limit(LOOKED_AT)
        .select(contact::student_id)
        .load(at.conn())?)
}

/// Students who live on this street, or whose letters go there.
fn by_address(at: &mut impl Reading, hints: &FamilyHints) -> Outcome<Vec<StudentId>> {
    let division = at.division();
    let street = rules::street_key(&hints.street);
    Ok(student_address::table
        .filter(
            student_address::division_id
                .eq(division)
                .and(student_address::street_key.eq(street)),
        )
        .filter(
            student_address::known_to
                .is_null()
                .and(student_address::is_deleted.eq(false)),
        )
        .limit(LOOKED_AT)
        .select(student_address::student_id)
        .load(at.conn())?)
}

/// Students of the scope with this last name.
fn namesakes(
    at: &mut impl Reading,
    permit: &Permit<ViewStudents>,
    last_name: &str,
) -> Outcome<Vec<StudentId>> {
    let division = at.division();
    let begins = format!("{} ", fold(last_name));
    let mut cards = student_card::table
        .filter(student_card::division_id.eq(division))
        .filter(
            student_card::sort_name
                .ge(begins.clone())
                .and(student_card::sort_name.lt(past(&begins))),
        )
        .order(student_card::sort_name)
        .limit(LOOKED_AT)
        .select(Card::as_select())
        .into_boxed();
    cards = scoped!(cards, at, permit, student_card::student_id);
    let cards: Vec<Card> = cards.load(at.conn())?;
    Ok(cards.into_iter().map(|card| card.student_id).collect())
}

fn holds(one: &StudentContact, day: Date) -> bool {
    let tie = &one.contact.value;
    tie.effective_on <= day && tie.expires_on.is_none_or(|end| end >= day)
}

/// The mailing and the home address that hold on a day.
fn addresses(at: &mut impl Reading, student: StudentId, day: Date) -> Outcome<Vec<Address>> {
    let whole = read::student(at, student, When::Now, None, false)?;
    Ok([AddressKind::Mailing, AddressKind::Physical]
        .into_iter()
        .filter_map(|kind| whole.address_on(kind, day))
        .map(|record| record.value.clone())
        .collect())
}

fn reasons(
    hints: &FamilyHints,
    card: &CardRow,
    contacts: &[StudentContact],
    addresses: &[Address],
) -> Vec<FamilyReason> {
    let people = || contacts.iter().map(|one| &one.person.value);
    let same = |typed: &str, kept: &str| !typed.trim().is_empty() && fold(typed) == fold(kept);
    let mut found = Vec::new();
    if hints.siblings.contains(&card.student) {
        found.push(FamilyReason::Sibling);
    }
    if hints
        .phones
        .iter()
        .any(|phone| people().any(|person| has_phone(person, phone)))
    {
        found.push(FamilyReason::Phone);
    }
    if people().any(|person| has_email(person, &hints.email)) {
        found.push(FamilyReason::Email);
    }
    let street = rules::street_key(&hints.street);
    if addresses
        .iter()
        .any(|address| !street.is_empty() && rules::street_key(&address.street) == street)
    {
        found.push(FamilyReason::Address);
    }
    let named = |person: &Person| {
        same(&hints.guardian.last, &person.name.last)
            && (hints.guardian.first.is_empty() || same(&hints.guardian.first, &person.name.first))
    };
    if people().any(named) {
        found.push(FamilyReason::GuardianName);
    }
    let begins = format!("{} ", fold(&hints.last_name));
    let namesake = people().any(|person| same(&hints.last_name, &person.name.last));
    if namesake || (begins.len() > 1 && card.sort_name.starts_with(&begins)) {
        found.push(FamilyReason::LastName);
    }
    found
}

fn has_phone(person: &Person, typed: &str) -> bool {
    let digits = rules::tidy_phone(typed);
    !digits.is_empty() && [&person.home_phone, &person.mobile_phone, &person.work_phone].contains(&&digits)
}

fn has_email(person: &Person, typed: &str) -> bool {
    !typed.trim().is_empty() && person.emails().any(|address| fold(address) == fold(typed))
}

fn weight(reasons: &[FamilyReason]) -> u32 {
    reasons.iter().map(|reason| reason.weight()).sum()
}

fn persons(contacts: &[StudentContact]) -> Vec<PersonId> {
    let mut ids: Vec<PersonId> = contacts.iter().map(|one| one.person.id).collect();
    ids.sort();
    ids
}
