//! Steppers: beside a family form, above a staff process, and as a bar on a phone.

use maud::{Markup, html};

use crate::{Icon, Lang, icon};

/// How far a step is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// Complete.
    Done,
    /// On screen now.
    Current,
    /// Still to come.
    Ahead,
}

/// One step.
#[derive(Clone, Debug)]
pub struct Step {
    /// Its name.
    pub label: String,
    /// A line below: how long, what is needed.
    pub note: Option<String>,
    /// Where it leads, once it may be visited.
    pub href: Option<String>,
    /// How far it is.
    pub progress: Progress,
}

impl Step {
    fn words(&self) -> Markup {
        html! {
            @match &self.href {
                Some(href) => a href=(href) { (self.label) },
                None => (self.label),
            }
        }
    }

    fn spoken(&self, lang: Lang) -> Markup {
        html! {
            @if self.progress == Progress::Done { span class="visually-hidden" { " (" (lang.t("step-done")) ")" } }
        }
    }

    fn current(&self) -> Option<&'static str> {
        (self.progress == Progress::Current).then_some("step")
    }
}

/// Numbered steps, one below the other.
pub fn beside(lang: Lang, steps: &[Step]) -> Markup {
    html! {
        ol class="steps-v" {
            @for (at, step) in steps.iter().enumerate() {
                li class=(look(step.progress)) aria-current=[step.current()] {
                    span class="k" { @if step.progress == Progress::Done { (icon(Icon::Check)) } @else { (at + 1) } }
                    span {
                        (step.words()) (step.spoken(lang))
                        @if let Some(note) = &step.note { br; span class="sm dim" { (note) } }
                    }
                }
            }
        }
    }
}

fn look(progress: Progress) -> &'static str {
    match progress {
        Progress::Done => "done",
        Progress::Current => "cur",
        Progress::Ahead => "next",
    }
}

/// Steps of a staff process on one line, in a card; on a phone with a bar above them.
pub fn along(lang: Lang, steps: &[Step]) -> Markup {
    html! {
        (phone_bar(lang, steps))
        nav class="card" aria-label=(lang.t("steps")) {
            ol class="steps-h" tabindex="0" {
                @for step in steps {
                    li class=(look(step.progress)) aria-current=[step.current()] {
                        (icon(match step.progress {
                            Progress::Done => Icon::CircleCheck,
                            Progress::Current => Icon::CircleDot,
                            Progress::Ahead => Icon::Circle,
                        }))
                        (step.words()) (step.spoken(lang))
                    }
                }
            }
        }
    }
}

/// "Step 2 of 5" with a bar: where one is, on a phone, without scrolling the steps.
pub fn phone_bar(lang: Lang, steps: &[Step]) -> Markup {
    let is_current = |step: &Step| step.progress == Progress::Current;
    let at = steps.iter().position(is_current).map_or(steps.len(), |at| at + 1);
    html! {
        p class="sub sm only-ph m-0" { (lang.tx("step-of", &[("at", at.into()), ("total", steps.len().into())])) }
        div class="only-ph steps-bar" aria-hidden="true" { @for step in 1..=steps.len() { i class=[(step <= at).then_some("on")] {} } }
    }
}
