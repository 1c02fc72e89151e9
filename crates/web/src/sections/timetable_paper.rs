//! Timetables on paper: a page for each stretch of days on which it stays the same.

use super::timetable::{Asked, detail, read};
use crate::answer::{Answer, OrStop, PageResult, Stopped};
use crate::pattern::{Pattern, Patterns};
use crate::who::Who;
use crate::{App, context, paper};
use axum::extract::{Query, State};
use courses::Lesson;
use kernel::{Date, SchoolYear};
use pdf::timetable::{Lesson as Told, Row, Timetable, Timetables};
use ui::Lang;

/// Whose timetable it is.
pub(crate) struct Whose {
    /// Student, teacher or room.
    pub(crate) name: String,
    /// What stands beside: school, homeroom.
    pub(crate) beside: String,
    /// Who prints it.
    pub(crate) author: String,
    /// Of which year.
    pub(crate) year: SchoolYear,
}

/// The timetable of a teacher, or of a room; the page on which one is chosen while neither is.
pub(crate) async fn page(State(app): State<App>, who: Who, Query(asked): Query<Asked>) -> PageResult {
    let read = read(&app, &who, &asked).await?;
    let name = read.of(who.lang(), &asked);
    if name.is_empty() {
        return super::timetable::page(State(app), who, Query(asked)).await;
    }
    let school = read
        .school
        .map_or("", |school| read.directory.name(school))
        .to_owned();
    let whose = Whose {
        name,
        beside: school.clone(),
        author: school,
        year: context::year_shown(&who),
    };
    answer(&app, &who, &whose, (&read.lessons, &read.patterns)).await
}

/// The file.
pub(crate) async fn answer(
    app: &App,
    who: &Who,
    whose: &Whose,
    (lessons, patterns): (&[Lesson], &Patterns),
) -> Result<Answer, Stopped> {
    let (lang, now) = (who.lang(), app.store().now());
    let foot = lang.tx(
        "paper-printed",
        &[
            ("who", who.holder().display_name.as_str().into()),
            ("day", lang.date_in_words(now.date().civil()).into()),
        ],
    );
    let of = timetables((lang, &foot), whose, (lessons, patterns));
    let made = paper::made(of, (format!("timetable {}", whose.name), now))
        .await
        .or_stop(app, who)?;
    Ok(Answer::pdf("timetable", made))
}

fn timetables(
    (lang, foot): (Lang, &str),
    whose: &Whose,
    (lessons, patterns): (&[Lesson], &Patterns),
) -> Timetables {
    let title = lang
        .tx("sections-timetable-of", &[("name", whose.name.as_str().into())])
        .into_owned();
    let mut pages: Vec<Timetable> = stretches(lessons, whose.year)
        .into_iter()
        .map(|(from, until)| {
            let here = |lesson: &&Lesson| (lesson.days.0..=lesson.days.1).contains(&from);
            let shown: Vec<&Lesson> = lessons.iter().filter(here).collect();
            let days = lang.tx(
                "paper-days",
                &[
                    ("from", from.to_string().into()),
                    ("until", until.to_string().into()),
                ],
            );
            let facts = [whose.beside.clone(), whose.year.to_string(), days.into_owned()];
            let facts: Vec<String> = facts.into_iter().filter(|part| !part.is_empty()).collect();
            one(
                lang,
                (title.clone(), facts.join(" · "), foot.to_owned()),
                &shown,
                patterns,
            )
        })
        .collect();
    if pages.is_empty() {
        let facts = format!("{} · {}", whose.beside, whose.year);
        pages.push(one(lang, (title.clone(), facts, foot.to_owned()), &[], patterns));
    }
    Timetables {
        title,
        lang: paper::tag(lang),
        author: whose.author.clone(),
        pages,
    }
}

/// From when until when the same lessons are held, earliest first; days without any are left out.
fn stretches(lessons: &[Lesson], year: SchoolYear) -> Vec<(Date, Date)> {
    let mut begins: Vec<Date> = lessons.iter().map(|lesson| lesson.days.0).collect();
    begins.sort();
    begins.dedup();
    let last = lessons
        .iter()
        .map(|lesson| lesson.days.1)
        .max()
        .unwrap_or(year.ends());
    let ends = begins.iter().skip(1).map(|next| next.plus_days(-1)).chain([last]);
    begins.iter().copied().zip(ends).collect()
}

fn one(
    lang: Lang,
    (title, facts, foot): (String, String, String),
    shown: &[&Lesson],
    patterns: &Patterns,
) -> Timetable {
    // As the first of several schools calls its days, on the page too.
    let pattern: Pattern = shown
        .first()
        .map(|lesson| patterns.of(lesson.school))
        .unwrap_or_default();
    let days = pattern.days(shown.iter().map(|lesson| lesson.meeting.cycle_day));
    let periods = pattern.periods(shown.iter().map(|lesson| lesson.meeting.period));
    let cell = |day: u8, period: u8| {
        let here = shown
            .iter()
            .filter(|lesson| lesson.meeting.cycle_day == day && lesson.meeting.period == period);
        here.map(|lesson| Told {
            title: lesson.title.clone(),
            detail: detail(lang, lesson),
        })
        .collect()
    };
    let rows = periods.iter().map(|period| Row {
        name: pattern.period(lang, *period),
        time: pattern.time(lang, *period).unwrap_or_default(),
        cells: days.iter().map(|day| cell(*day, *period)).collect(),
    });
    Timetable {
        title,
        facts,
        corner: lang.t("paper-period").into_owned(),
        rows: rows.collect(),
        days: days.iter().map(|day| pattern.day(lang, *day)).collect(),
        empty: lang.t("timetable-none").into_owned(),
        foot,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use courses::Meeting;
    use kernel::{SchoolId, SectionId};

    fn lesson(title: &str, days: (&str, &str), meeting: Meeting) -> Lesson {
        Lesson {
            section: SectionId::derived(title),
            school: SchoolId::derived("s"),
            number: format!("{title}-1"),
            title: title.to_owned(),
            room: "12".to_owned(),
            teachers: "S. Nakamura".to_owned(),
            days: (days.0.parse().expect("a date"), days.1.parse().expect("a date")),
            meeting,
        }
    }

    #[test]
    fn each_stretch_of_days_is_a_page_and_nothing_is_a_page_that_says_so() {
        let year = SchoolYear::ending(2027).expect("a year");
        let whose = Whose {
            name: "Ann Field".to_owned(),
            beside: "School".to_owned(),
            author: "School".to_owned(),
            year,
        };
        let all = [
            lesson("MAT", ("2026-09-01", "2027-01-29"), Meeting::new(1, 2)),
            lesson("ART", ("2026-09-01", "2027-06-25"), Meeting::new(3, 1)),
            lesson("BIO", ("2027-02-01", "2027-06-25"), Meeting::new(1, 2)),
        ];
        let made = timetables((Lang::EnCa, "foot"), &whose, (&all, &Patterns::default()));
        let facts: Vec<&str> = made.pages.iter().map(|page| page.facts.as_str()).collect();
        assert_eq!(
            facts,
            [
                "School · 2026/27 · 2026-09-01 to 2027-01-31",
                "School · 2026/27 · 2027-02-01 to 2027-06-25"
            ]
        );
        let titles = |page: usize| -> Vec<&str> {
            made.pages[page]
                .rows
                .iter()
                .flat_map(|row| row.cells.iter().flatten())
                .map(|one| one.title.as_str())
                .collect()
        };
        assert_eq!((titles(0), titles(1)), (vec!["ART", "MAT"], vec!["ART", "BIO"]));
        let none = timetables((Lang::FrCa, "foot"), &whose, (&[], &Patterns::default()));
        assert_eq!((none.pages.len(), none.lang.as_str()), (1, "fr"));
    }
}
