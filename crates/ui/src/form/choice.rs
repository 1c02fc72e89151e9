//! Choosing: select, large radios, joined radios, one tick.

use maud::{Markup, html};

use super::Field;

/// One answer to choose.
#[derive(Clone, Debug, Default)]
pub struct Choice {
    /// What the form sends.
    pub value: String,
    /// Words shown.
    pub label: String,
    /// A line below, as in the consequence of an outcome.
    pub note: Option<String>,
    /// The key that chooses it, printed at its end.
    pub key: Option<&'static str>,
    /// Heading of its group in a select.
    pub group: Option<String>,
}

impl Choice {
    /// An answer with its words.
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Choice {
        Choice {
            value: value.into(),
            label: label.into(),
            ..Choice::default()
        }
    }

    /// With a line below.
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Choice {
        self.note = Some(note.into());
        self
    }

    /// With a key.
    #[must_use]
    pub fn key(mut self, key: &'static str) -> Choice {
        self.key = Some(key);
        self
    }

    /// In a group of the select.
    #[must_use]
    pub fn group(mut self, group: impl Into<String>) -> Choice {
        self.group = Some(group.into());
        self
    }
}

impl Field<'_> {
    /// As many lists of one name as answers may stand; empty ones are none.
    pub fn selects(&self, choices: &[Choice], chosen: &[String], most: usize) -> Markup {
        let controls = html! {
            div class="row-x wrap" {
                @for at in 0..most {
                    select class="form-select several" name=(self.name) aria-label={ (self.label) " " (at + 1) }
                        aria-describedby=[self.described_by()] aria-invalid=[self.is_refused().then_some("true")] disabled[self.disabled] {
                        option value="" { "–" }
                        @for choice in choices {
                            option value=(choice.value) selected[chosen.get(at) == Some(&choice.value)] { (choice.label) }
                        }
                    }
                }
            }
        };
        self.around_group(&controls)
    }

    /// A list to choose from; use above five answers. The first line is empty unless a value is set and required.
    pub fn select(&self, choices: &[Choice]) -> Markup {
        let blank = !self.required || self.value.is_empty();
        let control = html! {
            select class="form-select" id=(self.id()) name=(self.name) autocomplete=(self.autocomplete)
                aria-describedby=[self.described_by()] aria-invalid=[self.is_refused().then_some("true")]
                aria-required=[self.required.then_some("true")] disabled[self.disabled] autofocus[self.focus] data-no-draft[self.sensitive] {
                @if blank { option value="" { (self.lang.t("field-choose")) } }
                (self.options(choices))
            }
        };
        self.around(&control)
    }

    fn options(&self, choices: &[Choice]) -> Markup {
        let groups = choices.chunk_by(|a, b| a.group == b.group);
        html! {
            @for group in groups {
                @match group.first().and_then(|choice| choice.group.as_deref()) {
                    Some(heading) => optgroup label=(heading) { (self.plain_options(group)) },
                    None => (self.plain_options(group)),
                }
            }
        }
    }

    fn plain_options(&self, choices: &[Choice]) -> Markup {
        html! { @for choice in choices { option value=(choice.value) selected[choice.value == self.value] { (choice.label) } } }
    }

    /// Large radios, one below the other: two to five answers that need a line of explanation.
    pub fn radios(&self, choices: &[Choice]) -> Markup {
        let controls = html! {
            div class="opts" {
                @for choice in choices {
                    label class="opt" for={ (self.id()) "-" (choice.value) } {
                        // The id keeps the focus where it is when a live part is drawn again.
                        input type="radio" id={ (self.id()) "-" (choice.value) } name=(self.name) value=(choice.value) checked[choice.value == self.value] disabled[self.disabled]
                            data-key=[choice.key] data-no-draft[self.sensitive];
                        span class="grow" {
                            @if choice.note.is_some() { b { (choice.label) } } @else { (choice.label) }
                            @if let Some(note) = &choice.note { span class="sub" { (note) } }
                        }
                        @if let Some(key) = choice.key { kbd { (key) } }
                    }
                }
            }
        };
        self.around_group(&controls)
    }

    /// Joined radios: two to four short answers.
    pub fn segmented(&self, choices: &[Choice]) -> Markup {
        let controls = html! {
            div class="seg" {
                @for choice in choices {
                    label {
                        input type="radio" name=(self.name) value=(choice.value) checked[choice.value == self.value] disabled[self.disabled]
                            data-key=[choice.key] data-no-draft[self.sensitive];
                        (choice.label)
                    }
                }
            }
        };
        self.around_group(&controls)
    }

    /// One tick. The field's label stands beside the box; its value is sent as `yes`.
    pub fn checkbox(&self) -> Markup {
        html! {
            div class=(self.width.class()) {
                div class="form-check" {
                    input class="form-check-input" type="checkbox" id=(self.id()) name=(self.name) value="yes" checked[self.value == "yes"]
                        disabled[self.disabled] aria-describedby=[self.described_by()] aria-invalid=[self.is_refused().then_some("true")] data-no-draft[self.sensitive];
                    label for=(self.id()) { (self.label_words()) }
                }
                (self.hint_line())
                (self.finding_lines())
            }
        }
    }

    /// Several ticks under one label; the values chosen are `chosen`. Each is sent under the field's name.
    pub fn checkboxes(&self, choices: &[Choice], chosen: &[&str]) -> Markup {
        let controls = html! {
            div class="opts" {
                @for choice in choices {
                    label class="opt" {
                        input type="checkbox" name=(self.name) value=(choice.value) checked[chosen.contains(&choice.value.as_str())]
                            disabled[self.disabled] data-no-draft[self.sensitive];
                        span class="grow" {
                            (choice.label)
                            @if let Some(note) = &choice.note { span class="sub" { (note) } }
                        }
                    }
                }
            }
        };
        self.around_group(&controls)
    }
}
