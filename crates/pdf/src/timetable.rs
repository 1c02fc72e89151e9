use crate::paper::{Paper, Template};
use serde::Serialize;

/// Timetables in one file, a page each, on its side.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Timetables {
    /// What the file is called by whoever reads it aloud.
    pub title: String,
    /// Its language: `en`, `fr`.
    pub lang: String,
    /// Who prints it.
    pub author: String,
    /// One by one.
    pub pages: Vec<Timetable>,
}

/// One timetable.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Timetable {
    /// Whose.
    pub title: String,
    /// What stands beside it: school, year, the days on which it holds.
    pub facts: String,
    /// What the corner is called: `Period`.
    pub corner: String,
    /// The days, from the left.
    pub days: Vec<String>,
    /// The periods, from the top.
    pub rows: Vec<Row>,
    /// What is said instead when there is no lesson.
    pub empty: String,
    /// What stands at the foot.
    pub foot: String,
}

/// A period over all days.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Row {
    /// What it is called.
    pub name: String,
    /// From when until when; may be empty.
    pub time: String,
    /// As many as days; what happens in each.
    pub cells: Vec<Vec<Lesson>>,
}

/// What happens in a period of a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Lesson {
    /// What is taught.
    pub title: String,
    /// Number, room, teachers.
    pub detail: String,
}

impl Paper for Timetables {
    const TEMPLATE: Template = Template::Timetables;
}
