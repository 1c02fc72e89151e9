//! When a section meets, to be ticked: days across, periods down.

use super::words::{day_name, label, period_name};
use crate::posted::Fields;
use courses::Meeting;
use kernel::{Finding, Findings};
use maud::{Markup, html};
use ui::Lang;
use ui::form::{Finding as Shown, finding_line};

/// Days of the cycle that are offered.
const DAYS: u8 = 10;
/// Periods that are offered when no section of the school meets later.
const PERIODS: u8 = 8;

/// The ticks; the value of each is its meeting.
pub(super) fn draw(lang: Lang, typed: &Fields, found: &[Shown]) -> Markup {
    let chosen = typed.all("meetings");
    let latest = chosen
        .iter()
        .filter_map(|value| value.parse::<Meeting>().ok())
        .map(|meeting| meeting.period)
        .max()
        .unwrap_or(0);
    let periods = latest.clamp(PERIODS, Meeting::MOST_PERIODS);
    let title = label(lang, "meetings");
    html! {
        fieldset class="f w12" id="f-meetings" {
            legend class="cap" { (title) }
            div class="ox" tabindex="0" role="group" aria-label=(title) {
                table class="tt mt-grid" {
                    caption class="visually-hidden" { (title) }
                    thead { tr {
                        th scope="col" { span class="visually-hidden" { (lang.t("timetable-period")) } }
                        @for day in 1..=DAYS { th scope="col" { (day_name(lang, day)) } }
                    } }
                    tbody { @for period in 1..=periods { tr {
                        th scope="row" { (period_name(lang, period)) }
                        @for day in 1..=DAYS {
                            @let value = Meeting::new(day, period).value();
                            td { label {
                                input class="form-check-input" type="checkbox" name="meetings" value=(value) checked[chosen.contains(&value)]
                                    aria-label={ (day_name(lang, day)) ", " (period_name(lang, period)) };
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
