//! Who is already here? Asked for many at once, by imports.

use crate::model::{Person, Record};
use crate::search::sort_name;
use crate::store::rows::PersonRow;
use access::Permit;
use access::action::{EditStudents, ViewStudents};
use db::Reading;
use db::schema::{person_detail, student_card, student_detail};
use diesel::prelude::*;
use kernel::{Asn, Date, Outcome, PersonId, PersonName, StudentId};
use std::collections::{HashMap, HashSet};

/// Below both engines' limit of bound values.
const CHUNK: usize = 400;

/// What is told of somebody who may be here.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Told {
    /// The provincial number.
    pub asn: Option<Asn>,
    /// The number within the division.
    pub local_number: Option<String>,
    /// Legal name and birth date.
    pub born: Option<(PersonName, Date)>,
}

/// Who that is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    /// The student with that ASN.
    pub by_asn: Option<StudentId>,
    /// The student with that local number.
    pub by_number: Option<StudentId>,
    /// The students of that name and birth date; asked only when neither number finds anyone.
    pub by_name: Vec<StudentId>,
}

impl Found {
    /// Nobody.
    pub fn is_empty(&self) -> bool {
        self.by_asn.is_none() && self.by_number.is_none() && self.by_name.is_empty()
    }
}

/// Looks for each of `all`, in its order; only students of the permit's scope are named.
pub fn look_up(at: &mut impl Reading, permit: &Permit<ViewStudents>, all: &[Told]) -> Outcome<Vec<Found>> {
    let asns: HashSet<Asn> = all.iter().filter_map(|told| told.asn).collect();
    let numbers: HashSet<&str> = all
        .iter()
        .filter_map(|told| told.local_number.as_deref())
        .collect();
    let by_asn = of_asns(at, &Vec::from_iter(asns))?;
    let by_number = of_numbers(at, &numbers.into_iter().map(str::to_owned).collect::<Vec<_>>())?;
    let mut found: Vec<Found> = all
        .iter()
        .map(|told| Found {
            by_asn: told.asn.and_then(|asn| by_asn.get(&asn).copied()),
            by_number: told
                .local_number
                .as_ref()
                .and_then(|number| by_number.get(number).copied()),
            by_name: Vec::new(),
        })
        .collect();
    let days: HashSet<Date> = (all.iter().zip(&found))
        .filter(|(_, found)| found.is_empty())
        .filter_map(|(told, _)| told.born.as_ref().map(|(_, day)| *day))
        .collect();
    let born = of_days(at, &Vec::from_iter(days))?;
    for (told, found) in all.iter().zip(&mut found) {
        if let (true, Some((name, day))) = (found.is_empty(), &told.born) {
            let there = born.get(day).map_or(&[][..], Vec::as_slice);
            found.by_name = namesakes(name, there);
        }
    }
    for one in &mut found {
        keep_covered(at, permit, one)?;
    }
    Ok(found)
}

fn keep_covered(at: &mut impl Reading, permit: &Permit<ViewStudents>, found: &mut Found) -> Outcome<()> {
    if *permit.scope() == access::Scope::Division {
        return Ok(());
    }
    for one in [&mut found.by_asn, &mut found.by_number] {
        if let Some(id) = *one
            && !permit.covers(at, id)?
        {
            *one = None;
        }
    }
    let mut kept = Vec::new();
    for id in std::mem::take(&mut found.by_name) {
        if permit.covers(at, id)? {
            kept.push(id);
        }
    }
    found.by_name = kept;
    Ok(())
}

/// The middle name counts only when both have one.
fn namesakes(name: &PersonName, there: &[(StudentId, String)]) -> Vec<StudentId> {
    let short = sort_name(&PersonName {
        middle: String::new(),
        ..name.clone()
    });
    let whole = sort_name(name);
    there
        .iter()
        .filter(|(_, kept)| {
            *kept == whole || *kept == short || (whole == short && kept.starts_with(&format!("{short} ")))
        })
        .map(|(id, _)| *id)
        .collect()
}

fn of_asns(at: &mut impl Reading, asns: &[Asn]) -> Outcome<HashMap<Asn, StudentId>> {
    let division = at.division();
    let mut found = HashMap::new();
    for some in asns.chunks(CHUNK) {
        let rows: Vec<(Option<Asn>, StudentId)> = student_detail::table
            .filter(
                student_detail::division_id
                    .eq(division)
                    .and(student_detail::known_to.is_null()),
            )
            .filter(student_detail::asn.eq_any(some.to_vec()))
            .select((student_detail::asn, student_detail::id))
            .load(at.conn())?;
        found.extend(rows.into_iter().filter_map(|(asn, id)| Some((asn?, id))));
    }
    Ok(found)
}

fn of_numbers(at: &mut impl Reading, numbers: &[String]) -> Outcome<HashMap<String, StudentId>> {
    let division = at.division();
    let mut found = HashMap::new();
    for some in numbers.chunks(CHUNK) {
        let rows: Vec<(String, StudentId)> = student_detail::table
            .filter(
                student_detail::division_id
                    .eq(division)
                    .and(student_detail::known_to.is_null()),
            )
            .filter(student_detail::local_number.eq_any(some.to_vec()))
            .select((student_detail::local_number, student_detail::id))
            .load(at.conn())?;
        found.extend(rows);
    }
    Ok(found)
}

fn of_days(at: &mut impl Reading, days: &[Date]) -> Outcome<HashMap<Date, Vec<(StudentId, String)>>> {
    let division = at.division();
    let mut found: HashMap<Date, Vec<_>> = HashMap::new();
    for some in days.chunks(CHUNK) {
        let rows: Vec<(Date, StudentId, String)> = student_card::table
            .filter(
                student_card::division_id
                    .eq(division)
                    .and(student_card::birth_date.eq_any(some.to_vec())),
            )
            .select((
                student_card::birth_date,
                student_card::student_id,
                student_card::sort_name,
            ))
            .load(at.conn())?;
        for (day, id, name) in rows {
            found.entry(day).or_default().push((id, name));
        }
    }
    Ok(found)
}

/// Persons around students whose last name is one of `last_names`, as written;
/// for recognizing a guardian of siblings. Empty unless the permit is of the
/// whole division.
pub fn persons_named(
    at: &mut impl Reading,
    permit: &Permit<EditStudents>,
    last_names: &[String],
) -> Outcome<Vec<Record<PersonId, Person>>> {
    if *permit.scope() != access::Scope::Division {
        return Ok(Vec::new());
    }
    let division = at.division();
    let mut found = Vec::new();
    for some in last_names.chunks(CHUNK) {
        let rows: Vec<PersonRow> = person_detail::table
            .filter(
                person_detail::division_id
                    .eq(division)
                    .and(person_detail::last_name.eq_any(some.to_vec())),
            )
            .filter(person_detail::known_to.is_null())
            .order(person_detail::id)
            .select(PersonRow::as_select())
            .load(at.conn())?;
        found.extend(rows.iter().map(|row| Record {
            id: row.id,
            version: row.version,
            value: row.plain(),
        }));
    }
    Ok(found)
}
