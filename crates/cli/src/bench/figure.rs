//! A figure: what was measured, what the machine can do, what was promised.

use serde::{Serialize, Serializer};
use std::fmt;
use std::fmt::Write as _;
use std::time::Duration;

/// Up to so many students everything is measured; among more, reading alone.
pub(super) const A_DIVISION: usize = 10_000;

/// What was promised.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Goal {
    /// This much or less.
    AtMost(f64),
    /// This much or more.
    AtLeast(f64),
    /// So many times the limit, or less.
    TimesLimit(f64),
}

impl fmt::Display for Goal {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AtMost(most) => write!(out, "≤ {most}"),
            Self::AtLeast(least) => write!(out, "≥ {least}"),
            Self::TimesLimit(times) => write!(out, "≤ {times} × limit"),
        }
    }
}

impl Serialize for Goal {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

/// One figure.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Figure {
    name: String,
    value: f64,
    unit: &'static str,
    /// What the machine can do at best, in the same unit.
    limit: Option<f64>,
    /// Value over limit.
    ratio: Option<f64>,
    goal: Option<Goal>,
    /// The same on the embedded database, when another is measured.
    #[serde(skip_serializing_if = "Option::is_none")]
    embedded: Option<f64>,
    /// The goal is reached; true where none was set.
    pub(crate) holds: bool,
}

impl fmt::Display for Figure {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}: {} {}", self.name, self.value, self.unit)
    }
}

impl Figure {
    /// A figure without a limit or a goal.
    pub(super) fn new(name: impl Into<String>, value: f64, unit: &'static str) -> Self {
        Self {
            name: name.into(),
            value: rounded(value),
            unit,
            limit: None,
            ratio: None,
            goal: None,
            embedded: None,
            holds: true,
        }
    }
    /// Beside what the machine can do.
    pub(super) fn limit(mut self, limit: f64) -> Self {
        self.limit = Some(rounded(limit));
        self.ratio = (limit > 0.0).then(|| rounded(self.value / limit));
        self
    }
    /// Beside the figure of the same name, measured on the embedded database in the same run.
    pub(super) fn beside(mut self, embedded: &[Self]) -> Self {
        let same = embedded.iter().find(|other| other.name == self.name);
        self.embedded = same.map(|other| other.value);
        self
    }
    /// Judged by a goal; a multiple of the limit needs the limit first, and fails without.
    pub(super) fn goal(mut self, goal: Goal) -> Self {
        self.goal = Some(goal);
        self.holds = match goal {
            Goal::AtMost(most) => self.value <= most,
            Goal::AtLeast(least) => self.value >= least,
            Goal::TimesLimit(times) => self.ratio.is_some_and(|ratio| ratio <= times),
        };
        self
    }
}

fn rounded(value: f64) -> f64 {
    (value * 1000.0).round() / 1000.0
}

/// Milliseconds.
pub(super) fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

/// The time that `percent` of the times do not exceed; zero when there are none.
pub(super) fn percentile(times: &mut [Duration], percent: usize) -> Duration {
    times.sort_unstable();
    let place = (times.len() * percent).div_ceil(100).saturating_sub(1);
    times.get(place).copied().unwrap_or_default()
}

/// The figures as a table for people.
pub(crate) fn table(figures: &[Figure]) -> String {
    let is_beside = figures.iter().any(|figure| figure.embedded.is_some());
    let (here, there) = if is_beside {
        ("PostgreSQL", "SQLite")
    } else {
        ("value", "")
    };
    let mut text = format!(
        "{:<58} {here:>11} {:<9} {:>11} {:>8}  {:<14} {:<8} {there:>11}\n",
        "", "unit", "limit", "ratio", "goal", ""
    );
    for figure in figures {
        let number = |value: Option<f64>| value.map(|value| value.to_string()).unwrap_or_default();
        let goal = figure.goal.map(|goal| goal.to_string()).unwrap_or_default();
        let verdict = match (figure.goal, figure.holds) {
            (None, _) => "",
            (Some(_), true) => "holds",
            (Some(_), false) => "MISSED",
        };
        writeln!(
            text,
            "{:<58} {:>11} {:<9} {:>11} {:>8}  {goal:<14} {verdict:<8} {:>11}",
            figure.name,
            figure.value,
            figure.unit,
            number(figure.limit),
            number(figure.ratio),
            number(figure.embedded),
        )
        .expect("writing to a text does not fail");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_goal_holds_up_to_its_bound_and_no_further() {
        let figure = |value| Figure::new("", value, "ms").limit(10.0);
        for (value, goal, holds) in [
            (15.0, Goal::AtMost(15.0), true),
            (15.1, Goal::AtMost(15.0), false),
            (15.0, Goal::AtLeast(15.0), true),
            (14.9, Goal::AtLeast(15.0), false),
            (20.0, Goal::TimesLimit(2.0), true),
            (20.1, Goal::TimesLimit(2.0), false),
        ] {
            assert_eq!(figure(value).goal(goal).holds, holds, "{value} {goal}");
        }
    }

    #[test]
    fn a_multiple_of_a_limit_that_was_not_measured_does_not_hold() {
        assert!(!Figure::new("", 1.0, "ms").goal(Goal::TimesLimit(2.0)).holds);
    }

    #[test]
    fn a_figure_stands_beside_the_one_of_its_name_on_the_embedded_database() {
        let embedded = [Figure::new("page", 1.0, "ms"), Figure::new("search", 2.0, "ms")];
        let figures = [Figure::new("search", 3.0, "ms").beside(&embedded)];
        assert_eq!(figures[0].embedded, Some(2.0));
        let table = table(&figures);
        assert!(
            table.contains("PostgreSQL") && table.contains("SQLite"),
            "{table}"
        );
    }

    #[test]
    fn a_percentile_is_the_nearest_rank() {
        let mut times: Vec<Duration> = (1..=20).rev().map(Duration::from_millis).collect();
        for (percent, millis) in [(50, 10), (95, 19), (100, 20)] {
            assert_eq!(percentile(&mut times, percent), Duration::from_millis(millis));
        }
        assert_eq!(percentile(&mut [], 95), Duration::ZERO);
    }
}
