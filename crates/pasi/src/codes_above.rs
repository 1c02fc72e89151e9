//! The province's code values above the built-in lists, in each program of a division.

use crate::codes_read::{codes_read, kept};
use codes::{Code, CodeSet};
use db::{Reading, Store};
use kernel::{DivisionId, Instant, Outcome, SchoolYear};
use std::collections::BTreeMap;
use std::time::Duration;

/// How often a program looks whether the lists have changed.
const LOOK: Duration = Duration::from_mins(1);

/// Takes up what any program of the division has read, at once and then every
/// minute: the lists live in each program's memory. Ends when it is dropped.
pub async fn follow_codes(store: Store, division: DivisionId) {
    let mut known = None;
    loop {
        match store.read(division, move |at| put_codes_above(at, known)).await {
            Ok(changed_at) => known = changed_at,
            Err(failure) => tracing::warn!("PASI's code values: {}", failure.log_line()),
        }
        tokio::time::sleep(LOOK).await;
    }
}

/// Puts the values kept above the built-in lists, for this program, when they
/// changed since `known`; gives when they last did.
pub fn put_codes_above(at: &mut impl Reading, known: Option<Instant>) -> Outcome<Option<Instant>> {
    let read = codes_read(at)?;
    let changed_at = read.map(|read| read.changed_at);
    if changed_at.is_none() || changed_at == known {
        return Ok(changed_at);
    }
    let mut by_set: BTreeMap<CodeSet, Vec<Code>> = BTreeMap::new();
    for ((class, text), value) in kept(at)? {
        let Some(set) = CodeSet::of_class(&class) else {
            continue; // a class the program does not know yet
        };
        by_set.entry(set).or_default().push(Code {
            code: text,
            en: value.en,
            fr: value.fr,
            from: value.from,
            until: value.until,
            order: u16::try_from(value.order).unwrap_or(u16::MAX),
            mark: codes::Mark::Known,
            system: false,
            under: value.under.into_iter().collect(),
        });
    }
    let year = SchoolYear::of(at.today());
    for (set, listed) in by_set {
        codes::put_above(set, listed, year);
    }
    Ok(changed_at)
}
