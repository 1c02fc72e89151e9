//! A school's years as an iCalendar file: days and bell times, nothing of any person.

use super::{cycle_words, kind_words, marks};
use icalendar::{Calendar, Component, Event, EventLike, Parameter, Property};
use kernel::{Date, Instant};
use schools::rules::teaching::turns;
use schools::{CycleKind, DayKind, School, TeachingYear};
use ui::Lang;

/// An event of whole days, the last one included.
struct Whole {
    id: String,
    from: Date,
    until: Date,
    title: String,
    text: String,
}

/// The file. `now` is when it was made.
pub(super) fn written(lang: Lang, school: &School, years: &[TeachingYear], now: Instant) -> String {
    let mut file = Calendar::new();
    file.name(&school.name);
    for year in years {
        for event in events(lang, year) {
            file.push(drawn(&event, &school.name, now));
        }
    }
    file.done().to_string()
}

fn events(lang: Lang, year: &TeachingYear) -> Vec<Whole> {
    let calendar = &year.calendar;
    let one = |id: String, (from, until): (Date, Date), title: String, text: String| Whole {
        id: format!("{}-{id}", calendar.id),
        from,
        until,
        title,
        text,
    };
    let mut all = vec![
        one(
            "first".to_owned(),
            (calendar.first_day, calendar.first_day),
            lang.t("calendar-field-first-day").into_owned(),
            String::new(),
        ),
        one(
            "last".to_owned(),
            (calendar.last_day, calendar.last_day),
            lang.t("calendar-field-last-day").into_owned(),
            String::new(),
        ),
    ];
    for term in &year.plan.terms {
        let begins = lang.tx("calendar-ics-begins", &[("name", term.name.as_str().into())]);
        all.push(one(
            term.id.to_string(),
            (term.first_day, term.first_day),
            begins.into_owned(),
            String::new(),
        ));
    }
    for span in marks::spans(year)
        .into_iter()
        .filter(|span| span.kind != DayKind::Instructional)
    {
        let kind = kind_words(lang, span.kind);
        let bell = span.bell.and_then(|id| year.bell(id));
        let ends = bell
            .and_then(schools::BellSchedule::ends)
            .map(|ends| lang.minutes(ends));
        let title = if span.reason.is_empty() {
            kind.clone()
        } else {
            span.reason
        };
        let text = ends.map_or(kind.clone(), |ends| format!("{kind}, {ends}"));
        all.push(one(span.from.to_string(), (span.from, span.until), title, text));
    }
    if year.plan.cycle.kind != CycleKind::Weekday {
        for (day, turn) in turns(year) {
            if let Some(turn) = turn {
                let title = cycle_words(lang, year.plan.cycle, turn);
                all.push(one(format!("turn-{day}"), (day, day), title, String::new()));
            }
        }
    }
    all
}

fn compact(day: Date) -> String {
    day.as_str().replace('-', "")
}

fn drawn(event: &Whole, place: &str, now: Instant) -> Event {
    let whole = |name: &str, day: Date| {
        let mut property = Property::new(name, compact(day));
        property.append_parameter(Parameter::new("VALUE", "DATE"));
        property.done()
    };
    let stamp: String = now
        .rfc3339()
        .chars()
        .take(19)
        .filter(char::is_ascii_alphanumeric)
        .collect();
    let mut drawn = Event::new();
    drawn
        .uid(&format!("{}@lodgepole", event.id))
        .summary(&event.title)
        .location(place)
        .append_property(whole("DTSTART", event.from))
        // The end of whole days is the day after.
        .append_property(whole("DTEND", event.until.plus_days(1)))
        .add_property("DTSTAMP", format!("{stamp}Z"))
        .add_property("TRANSP", "TRANSPARENT");
    if !event.text.is_empty() {
        drawn.description(&event.text);
    }
    drawn.done()
}
