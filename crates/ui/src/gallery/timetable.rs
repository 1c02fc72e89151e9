//! The timetable of a week, of nobody, and with everything at once.

use super::sample::{LONG_NAME, say};
use super::{Cases, Empty};
use crate::timetable::{Lesson, Timetable};
use crate::{Lang, waiting};

fn empty_timetable(lang: Lang, days: u8, periods: u8) -> Timetable {
    let day = |number: u8| {
        (
            number,
            lang.tx("timetable-day", &[("n", u32::from(number).into())])
                .into_owned(),
        )
    };
    let period = |number: u8| {
        let words = lang.tx("timetable-period-n", &[("n", u32::from(number).into())]);
        (number, words.into_owned())
    };
    Timetable::new(
        say(lang, "Timetable of Noémie Beaulieu", "Horaire de Noémie Beaulieu"),
        (1..=days).map(day).collect(),
        (1..=periods).map(period).collect(),
    )
    .empty(waiting::empty(&lang.t("timetable-none"), None))
}

fn lesson((day, period): (u8, u8), title: &str, detail: &str) -> Lesson {
    Lesson {
        day,
        period,
        title: title.to_owned(),
        detail: detail.to_owned(),
        href: Some("#".to_owned()),
    }
}

pub(super) fn timetable(lang: Lang) -> Cases {
    let biology = say(lang, "Biology 20", "Biologie 20");
    let social = say(lang, "Social Studies 20-1", "Études sociales 20-1");
    let room = say(lang, "Room 112 · M. Lavallée", "Local 112 · M. Lavallée");
    let week = vec![
        lesson((1, 1), biology, room),
        lesson((1, 2), social, ""),
        lesson((2, 2), biology, room),
        lesson((4, 4), social, room),
    ];
    let detail = format!("{LONG_NAME} · {LONG_NAME}");
    let all = (1..=10).flat_map(|day| (1..=12).map(move |period| (day, period)));
    let most = all.map(|at| lesson(at, LONG_NAME, &detail)).collect();
    Cases {
        sample: empty_timetable(lang, 5, 4)
            .times(vec![(1, "8:40–10:05".to_owned())])
            .lessons(week)
            .draw(lang),
        empty: Empty::Drawn(empty_timetable(lang, 5, 4).draw(lang)),
        longest: empty_timetable(lang, 10, 12).lessons(most).draw(lang),
        more: Vec::new(),
    }
}
