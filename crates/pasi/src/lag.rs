//! How long changes take, both ways: from the save until PASI has accepted it,
//! and from PASI's word of a change until it is here. Half and nearly all of
//! the last day's or week's, for the connection page.

use crate::queue::Item;
use db::schema::pasi_lag;
use db::{Reading, Tx};
use diesel::prelude::*;
use kernel::{DivisionId, Instant, Outcome};

kernel::text_enum! {
    /// Which way a change went.
    pub enum Way {
        /// Typed here, accepted by PASI.
        Sent = "sent",
        /// Changed at PASI, applied here.
        Received = "received",
    }
}

/// Days for which the figures are kept: a week is shown, whole days of it.
pub const LAGS_KEPT_DAYS: i64 = 8;

/// Seconds without an answer after which what comes may have waited since the last one.
const LISTENED: i64 = 75;

/// How far back is looked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Span {
    /// The last 24 hours, hour by hour.
    Day,
    /// The last seven days, day by day.
    Week,
}

/// What went one way in a while.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Took {
    /// Changes.
    pub changes: i64,
    /// Half of them took at most so long, in microseconds; none without changes.
    pub half: Option<i64>,
    /// 95 of 100 took at most so long, in microseconds; none without changes.
    pub most: Option<i64>,
}

/// An hour or a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct While {
    /// Its first moment.
    pub begins: Instant,
    /// Ours to PASI.
    pub sent: Took,
    /// PASI's to us.
    pub received: Took,
}

/// The figures of a span.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lags {
    /// The whole of it.
    pub all: While,
    /// Hour by hour or day by day, the earliest first; those of nothing too.
    pub whiles: Vec<While>,
}

/// An item was accepted: since it was saved, or since a person last let it go.
pub(crate) fn sent(tx: &mut Tx, item: &Item) -> Outcome<()> {
    let since = item.body()?.released_at.unwrap_or(item.created_at);
    note(tx, &item.id.to_string(), Way::Sent, since, 1)
}

/// Records of a kind came of which PASI had told at `since`.
pub(crate) fn received(tx: &mut Tx, kind: &str, since: Instant, records: usize) -> Outcome<()> {
    note(tx, kind, Way::Received, since, records)
}

/// Since when what PASI tells now may have waited: since this moment, or since
/// its last answer when nobody listened meanwhile.
pub(crate) fn told_since(last_exchange: Option<Instant>, asked: Instant, told: Instant) -> Instant {
    match last_exchange {
        Some(last) if last.seconds_until(asked) > LISTENED => last,
        _ => told,
    }
}

fn note(tx: &mut Tx, subject: &str, way: Way, since: Instant, records: usize) -> Outcome<()> {
    let now = tx.now();
    let row = Row {
        division_id: tx.division(),
        subject: subject.to_owned(),
        ended_at: now,
        way,
        // A clock set back meanwhile makes no negative time.
        took_micros: (now.micros() - since.micros()).max(0),
        records: i32::try_from(records).unwrap_or(i32::MAX),
    };
    Ok(db::insert_ignore!(tx.conn(), pasi_lag::table, [row])?)
}

#[derive(Insertable)]
#[diesel(table_name = pasi_lag)]
struct Row {
    division_id: DivisionId,
    subject: String,
    ended_at: Instant,
    way: Way,
    took_micros: i64,
    records: i32,
}

/// How long changes took in a span that ends now.
pub fn lags(at: &mut impl Reading, span: Span) -> Outcome<Lags> {
    let begins = beginnings(at, span);
    let (division, first) = (at.division(), begins[0]);
    let mut rows: Vec<Measured> = pasi_lag::table
        .filter(
            pasi_lag::division_id
                .eq(division)
                .and(pasi_lag::ended_at.ge(first)),
        )
        .select((
            pasi_lag::ended_at,
            pasi_lag::way,
            pasi_lag::took_micros,
            pasi_lag::records,
        ))
        .load(at.conn())?;
    rows.sort_unstable_by_key(|(_, _, took, _)| *took);
    let whiles = begins.iter().enumerate().map(|(place, begins_at)| {
        let ends = begins.get(place + 1).copied();
        taken(*begins_at, &rows, |ended| {
            ended >= *begins_at && ends.is_none_or(|ends| ended < ends)
        })
    });
    Ok(Lags {
        whiles: whiles.collect(),
        all: taken(first, &rows, |_| true),
    })
}

type Measured = (Instant, Way, i64, i32);

/// The first moments of the hours or days of a span, the earliest first.
fn beginnings(at: &impl Reading, span: Span) -> Vec<Instant> {
    const HOUR: i64 = 3_600_000_000;
    let now = at.now();
    match span {
        Span::Day => {
            let this = Instant::from_micros(now.micros() - now.micros().rem_euclid(HOUR));
            (0..24)
                .map(|hour| this.plus_seconds((hour - 23) * 3_600))
                .collect()
        }
        Span::Week => (0..7)
            .map(|day| {
                let day = at.today().plus_days(day - 6);
                day.midnight().unwrap_or(now)
            })
            .collect(),
    }
}

/// What went both ways among `sorted`, the quickest first.
fn taken(begins: Instant, sorted: &[Measured], is_in: impl Fn(Instant) -> bool) -> While {
    let of = |way: Way| {
        let these: Vec<(i64, i64)> = sorted
            .iter()
            .filter(|(ended, went, _, _)| *went == way && is_in(*ended))
            .map(|(_, _, took, records)| (*took, i64::from(*records)))
            .collect();
        Took {
            changes: these.iter().map(|(_, records)| records).sum(),
            half: within(&these, 50),
            most: within(&these, 95),
        }
    };
    While {
        begins,
        sent: of(Way::Sent),
        received: of(Way::Received),
    }
}

/// The time within which so many of 100 changes were through; `sorted` are times, and how many took each.
fn within(sorted: &[(i64, i64)], of_hundred: i64) -> Option<i64> {
    let all: i64 = sorted.iter().map(|(_, records)| records).sum();
    let wanted = (all * of_hundred + 99) / 100;
    let mut met = 0;
    let found = sorted.iter().find(|(_, records)| {
        met += records;
        met >= wanted
    });
    found.map(|(took, _)| *took)
}

#[cfg(test)]
mod tests {
    use super::{LISTENED, told_since, within};
    use kernel::Instant;

    #[test]
    fn half_and_nearly_all_are_counted_by_records() {
        let hundred: Vec<(i64, i64)> = (1..=100).map(|took| (took, 1)).collect();
        for (case, sorted, half, most) in [
            ("nothing", vec![], None, None),
            ("one", vec![(7, 1)], Some(7), Some(7)),
            ("a hundred", hundred, Some(50), Some(95)),
            ("many at once weigh more", vec![(1, 1), (9, 99)], Some(9), Some(9)),
            ("a few slow ones", vec![(1, 96), (900, 4)], Some(1), Some(1)),
            ("some more slow ones", vec![(1, 94), (900, 6)], Some(1), Some(900)),
        ] {
            assert_eq!((within(&sorted, 50), within(&sorted, 95)), (half, most), "{case}");
        }
    }

    #[test]
    fn what_comes_after_a_silence_may_have_waited_all_of_it() {
        let told = Instant::from_micros(1_000_000_000_000);
        let before = |seconds: i64| Some(told.plus_seconds(-seconds));
        for (last, since) in [
            (None, told),
            (before(1), told),
            (before(LISTENED), told),
            (before(LISTENED + 1), told.plus_seconds(-LISTENED - 1)),
            (before(7_200), told.plus_seconds(-7_200)),
        ] {
            assert_eq!(told_since(last, told, told), since, "{last:?}");
        }
    }
}
