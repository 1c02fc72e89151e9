//! When a section meets, to be ticked: days across, periods down.

use super::words::label;
use crate::pattern::Pattern;
use crate::posted::Fields;
use courses::Meeting;
use kernel::{Finding, Findings};
use maud::{Markup, html};
use ui::Lang;
use ui::form::{Finding as Shown, finding_line};

/// The ticks; the value of each is its meeting.
pub(super) fn draw(lang: Lang, pattern: &Pattern, typed: &Fields, found: &[Shown]) -> Markup {
    let chosen = typed.all("meetings");
    let used: Vec<Meeting> = chosen.iter().filter_map(|value| value.parse().ok()).collect();
    let days = pattern.days(used.iter().map(|meeting| meeting.cycle_day));
    let mut periods = pattern.offered(used.iter().map(|meeting| meeting.period));
    periods.retain(|number| *number <= Meeting::MOST_PERIODS);
    let title = label(lang, "meetings");
    html! {
        fieldset class="f w12" id="f-meetings" {
            legend class="cap" { (title) }
            div class="ox" tabindex="0" role="group" aria-label=(title) {
                table class="tt mt-grid" {
                    caption class="visually-hidden" { (title) }
                    thead { tr {
                        th scope="col" { span class="visually-hidden" { (lang.t("timetable-period")) } }
                        @for day in &days { th scope="col" { (pattern.day(lang, *day)) } }
                    } }
                    tbody { @for period in &periods { tr {
                        th scope="row" { (pattern.period(lang, *period)) @if let Some(time) = pattern.time(lang, *period) { br; span class="dim num sm" { (time) } } }
                        @for day in &days {
                            @let value = Meeting::new(*day, *period).value();
                            td { label {
                                input class="form-check-input" type="checkbox" name="meetings" value=(value) checked[chosen.contains(&value)]
                                    aria-label={ (pattern.day(lang, *day)) ", " (pattern.period(lang, *period)) };
                            } }
                        }
                    } } }
                }
            }
            @for finding in found.iter().filter(|one| one.field == "meetings") { (finding_line(lang, finding)) }
        }
    }
}

/// What was ticked; a finding when a value is no meeting.
pub(super) fn read(fields: &Fields, findings: &mut Findings) -> Vec<Meeting> {
    let mut all = Vec::new();
    for value in fields.all("meetings") {
        match value.parse() {
            Ok(meeting) => all.push(meeting),
            Err(_) => findings.push(Finding::refuse("LP-0008", "meetings")),
        }
    }
    all
}
