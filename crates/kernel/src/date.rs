//! Dates, instants and the clock.

use crate::UnknownText;
use crate::stored::stored_as_text;
use jiff::civil;
use std::fmt;
use std::str::FromStr;
use std::sync::atomic::{AtomicI64, Ordering};

/// A calendar date, years 0001 to 9999.
///
/// Kept as its ten ISO characters: so it orders, prints and is stored as it
/// stands; arithmetic goes through [`Date::civil`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date([u8; 10]);

impl Date {
    /// The date, when it exists in the calendar.
    pub fn new(year: i16, month: i8, day: i8) -> Option<Self> {
        if year < 1 {
            return None;
        }
        civil::Date::new(year, month, day).ok().map(Self::from)
    }
    /// `yyyy-MM-dd`.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).expect("a Date is made of ASCII digits and hyphens")
    }
    /// For arithmetic.
    pub fn civil(self) -> civil::Date {
        civil::Date::new(self.year(), self.month(), self.day()).expect("a Date was checked when it was made")
    }
    /// Calendar year.
    pub fn year(self) -> i16 {
        self.0[..4]
            .iter()
            .fold(0, |sum, digit| sum * 10 + i16::from(digit - b'0'))
    }
    /// Month, 1 to 12.
    pub fn month(self) -> i8 {
        two_digits(self.0[5], self.0[6])
    }
    /// Day of the month, 1 to 31.
    pub fn day(self) -> i8 {
        two_digits(self.0[8], self.0[9])
    }
    /// This date moved by `days`; stops at the ends of the calendar.
    #[must_use]
    pub fn plus_days(self, days: i64) -> Self {
        Self::from(
            self.civil()
                .saturating_add(jiff::Span::new().days(days.clamp(-3_000_000, 3_000_000))),
        )
    }
    /// Its first moment in Alberta; none at the very ends of the calendar.
    pub fn midnight(self) -> Option<Instant> {
        let start = self.civil().to_zoned_datetime(alberta()).ok()?;
        Some(Instant::from_micros(start.timestamp().as_microsecond()))
    }
    /// Same day `years` later; 29 February becomes 28 February.
    #[must_use]
    pub fn plus_years(self, years: i16) -> Self {
        Self::from(
            self.civil()
                .saturating_add(jiff::Span::new().years(i64::from(years))),
        )
    }
    /// Whole days from `self` to `other`; negative when `other` is earlier.
    pub fn days_until(self, other: Self) -> i32 {
        other
            .civil()
            .since(self.civil())
            .map_or(0, |span| span.get_days())
    }
    /// Whole years lived on `on` by a person born on `self`; 0 before birth.
    pub fn age_on(self, on: Self) -> u8 {
        let birthday_passed = (on.month(), on.day()) >= (self.month(), self.day());
        let years = on.year() - self.year() - i16::from(!birthday_passed);
        u8::try_from(years.max(0)).unwrap_or(u8::MAX)
    }
    /// Saturday or Sunday.
    pub fn is_weekend(self) -> bool {
        matches!(
            self.civil().weekday(),
            civil::Weekday::Saturday | civil::Weekday::Sunday
        )
    }
}

fn two_digits(tens: u8, ones: u8) -> i8 {
    i8::try_from((tens - b'0') * 10 + (ones - b'0')).expect("two digits are below 100")
}

impl From<civil::Date> for Date {
    fn from(date: civil::Date) -> Self {
        let text = format!("{:04}-{:02}-{:02}", date.year().max(1), date.month(), date.day());
        Self(
            text.as_bytes()
                .try_into()
                .expect("four, two and two digits make ten characters"),
        )
    }
}

impl FromStr for Date {
    type Err = UnknownText;
    fn from_str(text: &str) -> Result<Self, UnknownText> {
        let wrong = || UnknownText {
            kind: "date (yyyy-MM-dd)",
            text: text.to_owned(),
        };
        if text.len() != 10 {
            return Err(wrong());
        }
        let date: civil::Date = text.parse().map_err(|_| wrong())?;
        Self::new(date.year(), date.month(), date.day()).ok_or_else(wrong)
    }
}

impl fmt::Display for Date {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.as_str())
    }
}

impl fmt::Debug for Date {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.as_str())
    }
}

stored_as_text!(Date);

/// A point in time: microseconds since 1970-01-01 UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct Instant(i64);

impl Instant {
    /// From microseconds since 1970.
    pub const fn from_micros(micros: i64) -> Self {
        Self(micros)
    }
    /// Microseconds since 1970.
    pub const fn micros(self) -> i64 {
        self.0
    }
    /// Moved by `seconds`.
    #[must_use]
    pub const fn plus_seconds(self, seconds: i64) -> Self {
        Self(self.0.saturating_add(seconds.saturating_mul(1_000_000)))
    }
    /// Seconds from `self` to `later`; negative when it is earlier.
    pub const fn seconds_until(self, later: Self) -> i64 {
        (later.0 - self.0) / 1_000_000
    }
    /// The same moment for `jiff`.
    pub fn timestamp(self) -> jiff::Timestamp {
        jiff::Timestamp::from_microsecond(self.0).unwrap_or(jiff::Timestamp::MAX)
    }
    /// The moment that RFC 3339 text names.
    pub fn from_rfc3339(text: &str) -> Result<Self, UnknownText> {
        text.parse::<jiff::Timestamp>()
            .map(|at| Self(at.as_microsecond()))
            .map_err(|_| UnknownText {
                kind: "instant (RFC 3339)",
                text: text.to_owned(),
            })
    }
    /// RFC 3339 in UTC.
    pub fn rfc3339(self) -> String {
        self.timestamp().to_string()
    }
    /// The Alberta date of this moment.
    pub fn date(self) -> Date {
        self.local().date().into()
    }
    /// Date and time of day in Alberta.
    pub fn local(self) -> civil::DateTime {
        self.timestamp().to_zoned_datetime(alberta()).datetime()
    }
}

/// The time zone schools keep: America/Edmonton.
pub fn alberta() -> jiff::tz::TimeZone {
    static ZONE: std::sync::OnceLock<jiff::tz::TimeZone> = std::sync::OnceLock::new();
    ZONE.get_or_init(|| {
        jiff::tz::TimeZone::get("America/Edmonton").unwrap_or(jiff::tz::TimeZone::fixed(jiff::tz::offset(-7)))
    })
    .clone()
}

crate::sql_value!(
    Instant,
    diesel::sql_types::BigInt,
    i64,
    i64,
    |this| &this.0,
    |micros| Ok(Self(micros))
);

/// Where operations get the time from; a parameter, never a global.
pub trait Clock: Send + Sync + 'static {
    /// This moment.
    fn now(&self) -> Instant;
}

/// The machine's clock. Only programs make one; everything else is handed a [`Clock`].
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place where the machine's clock is read"
    )]
    fn now(&self) -> Instant {
        Instant(jiff::Timestamp::now().as_microsecond())
    }
}

/// A clock that stands where it is put: tests, and a school year played in minutes.
#[derive(Debug)]
pub struct FixedClock(AtomicI64);

impl FixedClock {
    /// Stands at `at`.
    pub const fn at(at: Instant) -> Self {
        Self(AtomicI64::new(at.0))
    }
    /// Moves to `at`; backwards too, as machines' clocks do.
    pub fn set(&self, at: Instant) {
        self.0.store(at.0, Ordering::SeqCst);
    }
}

impl Clock for FixedClock {
    fn now(&self) -> Instant {
        Instant(self.0.load(Ordering::SeqCst))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Date {
        text.parse().expect("test date")
    }

    #[test]
    fn dates_that_do_not_exist_are_refused() {
        for wrong in [
            "2026-02-29",
            "2026-13-01",
            "26-01-01",
            "2026-1-1",
            "",
            "20260101",
            "0000-01-01",
            "2026-01-01T00:00",
        ] {
            assert!(wrong.parse::<Date>().is_err(), "{wrong} was taken");
        }
        assert_eq!(date("2024-02-29").plus_years(1), date("2025-02-28"));
    }

    #[test]
    fn age_counts_whole_birthdays() {
        for (born, on, age) in [
            ("2013-04-17", "2026-04-16", 12),
            ("2013-04-17", "2026-04-17", 13),
            ("2012-02-29", "2025-02-28", 12),
            ("2012-02-29", "2025-03-01", 13),
            ("2026-09-02", "2026-09-01", 0),
        ] {
            assert_eq!(date(born).age_on(date(on)), age, "born {born}, on {on}");
        }
    }

    #[test]
    fn midnight_is_albertas_in_winter_and_in_summer() {
        for (day, utc) in [
            ("2026-01-15", "2026-01-15T07:00:00Z"),
            ("2026-07-15", "2026-07-15T06:00:00Z"),
        ] {
            let day: Date = day.parse().expect("a date");
            assert_eq!(day.midnight().map(Instant::rfc3339).as_deref(), Some(utc));
        }
    }

    #[test]
    fn an_instant_late_in_the_evening_belongs_to_the_alberta_day() {
        let evening = Instant::from_rfc3339("2026-11-24T05:30:00Z").expect("rfc 3339");
        assert_eq!(evening.date(), date("2026-11-23"));
    }
}
