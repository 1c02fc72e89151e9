//! What every verb does when it is decided: write, audit, announce, settle.

use crate::events::{ENROLMENT_CHANGED, EnrolmentChanged};
use crate::model::Enrolment;
use crate::place;
use crate::store::EnrolmentRow;
use db::{Subject, Tx};
use kernel::{EnrolmentId, Outcome, SchoolId, StudentId};
use people::{On, Origin};
use serde::Serialize;
use serde_json::{Map, Value};

/// What the audit keeps: old and new value of each field that changed.
#[derive(Serialize)]
struct Detail<'a> {
    student_id: StudentId,
    school_id: SchoolId,
    version: i64,
    reason: &'a str,
    changed: Map<String, Value>,
}

/// Writes the enrolment as it shall stand: a first version when there was
/// none before, else the one after the version that was seen.
pub(super) fn save(
    tx: &mut Tx,
    action: &str,
    on: &On<EnrolmentId>,
    before: Option<&Enrolment>,
    after: &Enrolment,
) -> Outcome<Enrolment> {
    let mut row = EnrolmentRow::of_enrolment(after);
    row.reason.clone_from(&on.reason);
    let row = match before {
        None => row.insert(tx)?,
        Some(_) => row.replace(tx, on.seen, &on.reason)?,
    };
    let saved = row.enrolment();
    let detail = Detail {
        student_id: saved.student,
        school_id: saved.school,
        version: saved.known.version,
        reason: &on.reason,
        changed: differences(before, &saved),
    };
    tx.record(action, Subject::new("enrolment", saved.id), &detail);
    announce(tx, &saved, on.origin);
    place::settle(tx, before, &saved)?;
    Ok(saved)
}

/// Tells others, unless it is the province's own news.
pub(crate) fn announce(tx: &mut Tx, saved: &Enrolment, origin: Origin) {
    if origin == Origin::Here {
        let payload = EnrolmentChanged {
            student_id: saved.student,
            school_id: saved.school,
            version: saved.known.version,
        };
        tx.announce(ENROLMENT_CHANGED, &Subject::new("enrolment", saved.id), &payload);
    }
}

/// `{field: [old, new]}`. That a self-identification changed is kept, not what it says.
fn differences(before: Option<&Enrolment>, after: &Enrolment) -> Map<String, Value> {
    let old = before.map(fields).unwrap_or_default();
    fields(after)
        .into_iter()
        .filter_map(|(name, new)| {
            let was = old.get(&name).cloned().unwrap_or(Value::Null);
            if was == new {
                return None;
            }
            let pair = if name == "indigenous_declaration" {
                Value::from("changed")
            } else {
                Value::from(vec![was, new])
            };
            Some((name, pair))
        })
        .collect()
}

/// What the enrolment says, one value a field.
fn fields(said: &Enrolment) -> Map<String, Value> {
    let json = |value: serde_json::Result<Value>| value.unwrap_or_default();
    let mut all = match json(serde_json::to_value(&said.coding)) {
        Value::Object(coding) => coding,
        _ => Map::new(),
    };
    for (name, value) in [
        ("year", serde_json::to_value(said.year)),
        ("grade", serde_json::to_value(said.grade)),
        ("homeroom", serde_json::to_value(&said.homeroom)),
        ("start", serde_json::to_value(said.start)),
        ("state", serde_json::to_value(said.state)),
    ] {
        all.insert(name.to_owned(), json(value));
    }
    all
}
