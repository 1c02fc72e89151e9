//! Cards and keys: made anew in the transaction of the change.

use super::keys::{KeyKind, Keys, on_card};
use super::near::{deletions, endings, sound};
use crate::model::{CardRow, Name, NameKind, Place, PlaceState, RestrictionCode};
use crate::ops::follow_place;
use crate::rules;
use crate::store::read::{self, When};
use crate::store::rows::{NameRow, PhoneRow};
use crate::store::rows_sealed::{ContactRow, DetailRow, RestrictionRow};
use access::{Action, Permit, action::ViewCustody};
use db::schema::{
    contact, disclosure_restriction, search_key, search_near, search_part, search_word, student_card,
};
use db::{Reading, Tx};
use diesel::prelude::*;
use kernel::text::fold;
use kernel::{Asn, Date, DivisionId, Failure, Outcome, PersonName, Role, SchoolId, StudentId};
use std::collections::BTreeSet;

/// Does the policy let the role read custody, however far?
pub(crate) fn may_read_custody(role: Role) -> bool {
    ViewCustody::WHO.iter().any(|(may, _)| *may == role)
}

/// A row of `student_card`.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(treat_none_as_default_value = false)]
#[diesel(table_name = student_card)]
pub(crate) struct Card {
    pub division_id: DivisionId,
    pub student_id: StudentId,
    pub sort_name: String,
    pub list_name: String,
    pub preferred_name: String,
    pub keys: String,
    pub asn: Option<Asn>,
    pub local_number: String,
    pub birth_date: Date,
    pub gender: String,
    pub grade: String,
    pub homeroom: String,
    pub school_id: Option<SchoolId>,
    pub enrolled_on: Option<Date>,
    pub state: PlaceState,
    pub restriction: String,
    pub is_custody_limited: bool,
    pub sync_state: String,
}

impl Card {
    /// As the holder of a permit sees it: families learn of no restriction, and whoever may not
    /// read custody of no limit.
    pub(crate) fn row_for<A: Action>(self, permit: &Permit<A>) -> CardRow {
        let role = permit.actor().role;
        let may_read_custody = role.is_none_or(may_read_custody);
        let row = self.row();
        CardRow {
            restriction: row.restriction.filter(|_| role.is_none_or(Role::is_staff)),
            is_custody_limited: row.is_custody_limited && may_read_custody,
            ..row
        }
    }

    fn row(self) -> CardRow {
        CardRow {
            student: self.student_id,
            sort_name: self.sort_name,
            list_name: self.list_name,
            preferred_name: self.preferred_name,
            asn: self.asn,
            local_number: self.local_number,
            birth_date: self.birth_date,
            gender: self.gender,
            grade: self.grade,
            homeroom: self.homeroom,
            school: self.school_id,
            state: self.state,
            enrolled_on: self.enrolled_on,
            restriction: self.restriction.parse().ok(),
            is_custody_limited: self.is_custody_limited,
            sync_state: self.sync_state,
        }
    }
}

#[derive(Insertable)]
#[diesel(treat_none_as_default_value = false)]
#[diesel(table_name = search_key)]
struct Key {
    division_id: DivisionId,
    word: String,
    student_id: StudentId,
    kind: KeyKind,
}

#[derive(Insertable)]
#[diesel(treat_none_as_default_value = false)]
#[diesel(table_name = search_word)]
struct KnownRow {
    division_id: DivisionId,
    word: String,
    sound: String,
}

#[derive(Insertable)]
#[diesel(treat_none_as_default_value = false)]
#[diesel(table_name = search_near)]
struct MissRow {
    division_id: DivisionId,
    near: String,
    word: String,
}

#[derive(Insertable)]
#[diesel(treat_none_as_default_value = false)]
#[diesel(table_name = search_part)]
struct PartRow {
    division_id: DivisionId,
    part: String,
    word: String,
}

/// What a card and its keys are made of.
pub(crate) struct Facts {
    pub student: StudentId,
    pub local_number: String,
    pub former_numbers: Vec<String>,
    pub asn: Option<Asn>,
    pub birth_date: Date,
    pub gender: String,
    pub names: Vec<Name>,
    pub phones: Vec<String>,
    pub guardians: Vec<PersonName>,
    pub restriction: Option<RestrictionCode>,
    pub is_custody_limited: bool,
    pub place: Place,
    pub sync_state: String,
}

impl Facts {
    /// The card and its keys. Names that must still wait are in neither.
    fn made(self, division: DivisionId, today: Date) -> (Card, Vec<Key>) {
        let usable: Vec<&Name> = self
            .names
            .iter()
            .filter(|name| rules::may_use(name, self.birth_date, today))
            .collect();
        let legal = self.names.iter().find(|name| name.kind == NameKind::Legal);
        let empty = PersonName::default();
        let legal = legal.map_or(&empty, |name| &name.name);
        let preferred = usable
            .iter()
            .find(|name| name.is_preferred)
            .map_or(legal, |name| &name.name);
        let mut keys = Keys::default();
        keys.legal(legal);
        usable
            .iter()
            .filter(|name| name.kind == NameKind::Other)
            .for_each(|name| keys.other(&name.name));
        self.guardians.iter().for_each(|name| keys.guardian(name));
        self.phones.iter().for_each(|phone| keys.phone(phone));
        keys.numbers(self.asn, &self.local_number, self.birth_date);
        self.former_numbers
            .iter()
            .for_each(|number| keys.local_number(number));
        let keys = keys.finish();
        let card = Card {
            division_id: division,
            student_id: self.student,
            sort_name: sort_name(legal),
            list_name: legal.list(),
            preferred_name: preferred.sentence(),
            keys: on_card(&keys),
            asn: self.asn,
            local_number: self.local_number,
            birth_date: self.birth_date,
            gender: self.gender,
            grade: self.place.grade,
            homeroom: self.place.homeroom,
            school_id: self.place.school,
            enrolled_on: self.place.enrolled_on,
            state: self.place.state,
            restriction: self.restriction.map(|code| code.to_string()).unwrap_or_default(),
            is_custody_limited: self.is_custody_limited,
            sync_state: self.sync_state,
        };
        let student_id = self.student;
        let keys = keys.into_iter().map(|(word, kind)| Key {
            division_id: division,
            word,
            student_id,
            kind,
        });
        (card, keys.collect())
    }
}

/// The order of lists: folded `last first middle`; a single name stands alone.
pub(crate) fn sort_name(name: &PersonName) -> String {
    let words = [fold(name.shown_last()), fold(&name.first), fold(&name.middle)];
    words
        .into_iter()
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// Writes cards and keys of students that have none yet.
pub(crate) fn insert_cards(tx: &mut Tx, all: Vec<Facts>) -> Outcome<()> {
    let (division, today) = (tx.division(), tx.today());
    let (mut cards, mut keys) = (Vec::with_capacity(all.len()), Vec::with_capacity(all.len() * 14));
    for facts in all {
        let (card, more) = facts.made(division, today);
        cards.push(card);
        keys.extend(more);
    }
    learn_words(tx, &keys)?;
    keys.sort_by(|a, b| (&a.word, a.student_id).cmp(&(&b.word, b.student_id)));
    db::insert_many!(tx.conn(), student_card::table, cards)?;
    db::insert_many!(tx.conn(), search_key::table, keys)?;
    Ok(())
}

/// Adds words not met before, with their near misses and endings.
fn learn_words(tx: &mut Tx, keys: &[Key]) -> Outcome<()> {
    let division = tx.division();
    let words: BTreeSet<&str> = keys
        .iter()
        .filter(|key| key.kind.is_word())
        .map(|key| key.word.as_str())
        .collect();
    let words: Vec<String> = words.into_iter().map(str::to_owned).collect();
    let mut known = BTreeSet::new();
    for some in words.chunks(400) {
        let found: Vec<String> = search_word::table
            .filter(
                search_word::division_id
                    .eq(division)
                    .and(search_word::word.eq_any(some.to_vec())),
            )
            .select(search_word::word)
            .load(tx.conn())?;
        known.extend(found);
    }
    let (mut new, mut near, mut parts) = (Vec::new(), Vec::new(), Vec::new());
    for word in words.into_iter().filter(|word| !known.contains(word)) {
        for miss in deletions(&word) {
            near.push(MissRow {
                division_id: division,
                near: miss,
                word: word.clone(),
            });
        }
        for part in endings(&word) {
            parts.push(PartRow {
                division_id: division,
                part: part.to_owned(),
                word: word.clone(),
            });
        }
        new.push(KnownRow {
            division_id: division,
            sound: sound(&word),
            word,
        });
    }
    // Two counters may learn one word at once: the first stands.
    db::insert_ignore!(tx.conn(), search_word::table, new)?;
    near.sort_by(|a, b| (&a.near, &a.word).cmp(&(&b.near, &b.word)));
    db::insert_ignore!(tx.conn(), search_near::table, near)?;
    parts.sort_by(|a, b| (&a.part, &a.word).cmp(&(&b.part, &b.word)));
    db::insert_ignore!(tx.conn(), search_part::table, parts)?;
    Ok(())
}

/// Makes a student's card and keys anew from what is recorded; called in the
/// transaction of every change here. The place and the sync state stay.
pub fn refresh(tx: &mut Tx, student: StudentId) -> Outcome<()> {
    let facts = facts(tx, student)?;
    let division = tx.division();
    diesel::delete(student_card::table.find((division, student))).execute(tx.conn())?;
    let keys = search_key::table.filter(
        search_key::division_id
            .eq(division)
            .and(search_key::student_id.eq(student)),
    );
    diesel::delete(keys).execute(tx.conn())?;
    insert_cards(tx, vec![facts])
}

fn facts(tx: &mut Tx, student: StudentId) -> Outcome<Facts> {
    let today = tx.today();
    let division = tx.division();
    let before: Option<Card> = student_card::table
        .find((division, student))
        .select(Card::as_select())
        .first(tx.conn())
        .optional()?;
    let detail = read::detail(tx, student, When::Now)?;
    let contacts = read::rows::<ContactRow>(tx, student, When::Now)?;
    let persons: Vec<_> = contacts
        .iter()
        .filter(|one| one.expires_on.is_none_or(|end| end >= today))
        .map(|one| one.person_id)
        .collect();
    let persons: Vec<_> = read::persons(tx, &persons, When::Now)?
        .into_values()
        .map(|row| row.plain())
        .collect();
    let own = read::rows::<PhoneRow>(tx, student, When::Now)?
        .into_iter()
        .map(|phone| phone.number);
    let called = persons
        .iter()
        .flat_map(|person| [&person.home_phone, &person.mobile_phone, &person.work_phone])
        .filter(|number| !number.is_empty())
        .cloned();
    let phones: Vec<String> = own.chain(called).collect();
    let restrictions = read::rows::<RestrictionRow>(tx, student, When::Now)?;
    let (place, sync_state) = match before {
        None => (Place::nowhere(), String::new()),
        Some(card) => {
            let place = Place {
                school: card.school_id,
                grade: card.grade,
                homeroom: card.homeroom,
                state: card.state,
                enrolled_on: card.enrolled_on,
            };
            (place, card.sync_state)
        }
    };
    Ok(Facts {
        student,
        former_numbers: former_numbers(tx, &detail)?,
        local_number: detail.local_number,
        asn: detail.identity.asn,
        birth_date: detail.identity.birth_date,
        gender: detail.identity.gender,
        names: read::rows::<NameRow>(tx, student, When::Now)?
            .iter()
            .map(NameRow::plain)
            .collect(),
        phones,
        guardians: persons.into_iter().map(|person| person.name).collect(),
        restriction: restrictions
            .iter()
            .filter(|one| one.holds_on(today))
            .map(|one| one.code)
            .min(),
        is_custody_limited: contacts
            .iter()
            .filter(|one| one.holds_on(today))
            .any(|one| rules::custody_limit(&one.plain()).is_some()),
        place,
        sync_state,
    })
}

/// Numbers the student had before: old lists and files still find the record by them.
fn former_numbers(tx: &mut Tx, now: &DetailRow) -> Outcome<Vec<String>> {
    if now.version == 1 {
        return Ok(Vec::new());
    }
    let all = DetailRow::history(tx, now.id)?;
    let mut numbers: Vec<String> = all.into_iter().map(|row| row.local_number).collect();
    numbers.sort();
    numbers.dedup();
    numbers.retain(|number| *number != now.local_number);
    Ok(numbers)
}

/// Notes where a student stands, and who sees the homeroom; called by the enrolment domain in its own transaction.
/// `NotFound` when there is no such student.
pub fn set_place(tx: &mut Tx, student: StudentId, place: &Place) -> Outcome<()> {
    note_place(tx, student, place)?;
    follow_place(tx, student, place)
}

/// The same for many students: whether anybody's ties follow a homeroom is asked once.
pub fn set_places(tx: &mut Tx, all: &[(StudentId, Place)]) -> Outcome<()> {
    let are_followed = access::ties::are_to_homerooms(tx)?;
    for (student, place) in all {
        note_place(tx, *student, place)?;
        if are_followed {
            follow_place(tx, *student, place)?;
        }
    }
    Ok(())
}

fn note_place(tx: &mut Tx, student: StudentId, place: &Place) -> Outcome<()> {
    let card = student_card::table.find((tx.division(), student));
    let update = diesel::update(card).set((
        student_card::school_id.eq(place.school),
        student_card::grade.eq(&place.grade),
        student_card::homeroom.eq(&place.homeroom),
        student_card::state.eq(place.state),
        student_card::enrolled_on.eq(place.enrolled_on),
    ));
    let changed = db::ask!(tx.conn(), execute, update)?;
    if changed == 1 {
        Ok(())
    } else {
        Err(Failure::NotFound)
    }
}

/// Notes where the record stands with the province, in the connector's word.
/// `NotFound` when there is no such student.
pub fn set_sync_state(tx: &mut Tx, student: StudentId, state: &str) -> Outcome<()> {
    let card = student_card::table.find((tx.division(), student));
    let update = diesel::update(card).set(student_card::sync_state.eq(state));
    let changed = db::ask!(tx.conn(), execute, update)?;
    if changed == 1 {
        Ok(())
    } else {
        Err(Failure::NotFound)
    }
}

/// Makes anew the cards that turn on the calendar: restrictions and contacts that
/// begin on `day` or ended the day before. Returns how many. For the daily job.
pub fn refresh_for_day(tx: &mut Tx, day: Date) -> Outcome<usize> {
    let (division, ended) = (tx.division(), day.plus_days(-1));
    let mut students: Vec<StudentId> = disclosure_restriction::table
        .filter(
            disclosure_restriction::division_id
                .eq(division)
                .and(disclosure_restriction::known_to.is_null()),
        )
        .filter(
            disclosure_restriction::effective_on
                .eq(day)
                .or(disclosure_restriction::expires_on.eq(ended)),
        )
        .select(disclosure_restriction::student_id)
        .load(tx.conn())?;
    let contacts: Vec<StudentId> = contact::table
        .filter(
            contact::division_id
                .eq(division)
                .and(contact::known_to.is_null())
                .and(contact::is_deleted.eq(false)),
        )
        .filter(contact::effective_on.eq(day).or(contact::expires_on.eq(ended)))
        .select(contact::student_id)
        .load(tx.conn())?;
    students.extend(contacts);
    students.sort();
    students.dedup();
    for student in &students {
        refresh(tx, *student)?;
    }
    Ok(students.len())
}

/// The card of a student; `NotFound` when there is none.
pub(crate) fn card<A: Action>(
    at: &mut impl Reading,
    permit: &Permit<A>,
    student: StudentId,
) -> Outcome<CardRow> {
    let division = at.division();
    let card: Card = db::ask!(
        at.conn(),
        first,
        student_card::table
            .find((division, student))
            .select(Card::as_select())
    )?;
    Ok(card.row_for(permit))
}
