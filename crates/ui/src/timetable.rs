//! A timetable: periods down, days across; on a phone one day below the other.

use maud::{Markup, html};

use crate::Lang;

/// One lesson.
#[derive(Clone, Debug)]
pub struct Lesson {
    /// On which day, by its number among the days.
    pub day: u8,
    /// In which period, by its number among the periods.
    pub period: u8,
    /// What.
    pub title: String,
    /// Where and with whom, in one line; may be empty.
    pub detail: String,
    /// Where it leads; none for plain text.
    pub href: Option<String>,
}

/// A timetable. Days and periods are named by number and word; each that has a lesson must be among them.
#[derive(Clone, Debug)]
pub struct Timetable {
    caption: String,
    days: Vec<(u8, String)>,
    periods: Vec<(u8, String)>,
    times: Vec<(u8, String)>,
    lessons: Vec<Lesson>,
    empty: Markup,
}

impl Timetable {
    /// A timetable. The caption names it for assistive technology.
    pub fn new(caption: impl Into<String>, days: Vec<(u8, String)>, periods: Vec<(u8, String)>) -> Timetable {
        Timetable {
            caption: caption.into(),
            days,
            periods,
            times: Vec::new(),
            lessons: Vec::new(),
            empty: Markup::default(),
        }
    }

    /// When the periods begin and end, by their numbers; those that are not named show none.
    #[must_use]
    pub fn times(mut self, times: Vec<(u8, String)>) -> Timetable {
        self.times = times;
        self
    }

    fn time(&self, period: u8) -> Markup {
        let time = self.times.iter().find(|(number, _)| *number == period);
        html! { @if let Some((_, time)) = time { br; span class="dim num sm" { (time) } } }
    }

    /// The lessons, in any order; several at one time stand one below the other.
    #[must_use]
    pub fn lessons(mut self, lessons: Vec<Lesson>) -> Timetable {
        self.lessons = lessons;
        self
    }

    /// What stands in place of a timetable without lessons.
    #[must_use]
    pub fn empty(mut self, empty: Markup) -> Timetable {
        self.empty = empty;
        self
    }

    fn at(&self, day: u8, period: u8) -> impl Iterator<Item = &Lesson> {
        self.lessons
            .iter()
            .filter(move |lesson| (lesson.day, lesson.period) == (day, period))
    }

    /// Draws the timetable.
    pub fn draw(&self, lang: Lang) -> Markup {
        if self.lessons.is_empty() && !self.empty.0.is_empty() {
            return self.empty.clone();
        }
        html! {
            div class="ox tt-wide" tabindex="0" role="group" aria-label=(self.caption) {
                table class="tt" {
                    caption class="visually-hidden" { (self.caption) }
                    thead { tr {
                        th scope="col" { span class="visually-hidden" { (lang.t("timetable-period")) } }
                        @for (_, name) in &self.days { th scope="col" { (name) } }
                    } }
                    tbody { @for (period, name) in &self.periods { tr {
                        th scope="row" { (name) (self.time(*period)) }
                        @for (day, _) in &self.days { td { @for one in self.at(*day, *period) { (lesson(one)) } } }
                    } } }
                }
            }
            div class="tt-days" { @for (day, name) in &self.days { (self.day(lang, *day, name)) } }
        }
    }

    /// One day of a phone.
    fn day(&self, lang: Lang, day: u8, name: &str) -> Markup {
        let is_free = !self.lessons.iter().any(|lesson| lesson.day == day);
        html! {
            div class="tt-day" {
                p class="m-0" { b { (name) } }
                @if is_free { p class="dim m-0" { (lang.t("timetable-free")) } }
                @else { dl {
                    @for (period, words) in &self.periods {
                        @if self.at(day, *period).next().is_some() {
                            dt { (words) (self.time(*period)) }
                            dd { @for one in self.at(day, *period) { (lesson(one)) } }
                        }
                    }
                } }
            }
        }
    }
}

fn lesson(lesson: &Lesson) -> Markup {
    html! {
        div class="tt-l" {
            @match &lesson.href {
                Some(href) => a class="plain b" href=(href) { (lesson.title) },
                None => b { (lesson.title) },
            }
            @if !lesson.detail.is_empty() { span class="sub sm" { (lesson.detail) } }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn timetable() -> Timetable {
        let days = vec![(1, "Day 1".to_owned()), (2, "Day 2".to_owned())];
        let periods = vec![(1, "Period 1".to_owned()), (2, "Period 2".to_owned())];
        Timetable::new("Timetable", days, periods).lessons(vec![Lesson {
            day: 2,
            period: 1,
            title: "Biology 20".to_owned(),
            detail: "Room 12".to_owned(),
            href: Some("/sections/1".to_owned()),
        }])
    }

    #[test]
    fn a_lesson_stands_under_its_day_beside_its_period() {
        let drawn = timetable().draw(Lang::EnCa).into_string();
        let row = drawn.split("<tr>").nth(2).expect("the first period");
        let cells: Vec<&str> = row.split("<td>").skip(1).collect();
        assert!(!cells[0].contains("Biology 20") && cells[1].contains("Biology 20"));
        assert!(row.contains(r#"<th scope="row">Period 1</th>"#));
    }

    #[test]
    fn a_timetable_without_lessons_says_why() {
        let empty = crate::waiting::empty("No lesson yet.", None);
        let drawn = timetable()
            .lessons(Vec::new())
            .empty(empty)
            .draw(Lang::EnCa)
            .into_string();
        assert!(drawn.contains("No lesson yet.") && !drawn.contains("<table"));
    }
}
