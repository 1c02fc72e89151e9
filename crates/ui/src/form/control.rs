//! Typing: text, e-mail, phone, numbers, dates, passwords, one-time codes, long text, files.

use maud::{Markup, html};

use super::Field;

/// What a password field is for; decides what a password manager offers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Password {
    /// Signing in.
    Current,
    /// Choosing one.
    New,
}

impl Field<'_> {
    /// One line of text.
    pub fn text(&self) -> Markup {
        self.input("text")
    }

    /// A search within a page.
    pub fn search(&self) -> Markup {
        self.input("search")
    }

    /// An e-mail address.
    pub fn email(&self) -> Markup {
        self.clone().input_mode("email").input("email")
    }

    /// A phone number.
    pub fn phone(&self) -> Markup {
        self.clone().numeric().input_mode("tel").input("tel")
    }

    /// A whole number, typed as text so that nothing is rounded or spun away.
    pub fn number(&self) -> Markup {
        self.clone().numeric().input_mode("numeric").input("text")
    }

    /// A date of staff work: the browser's own control, `yyyy-MM-dd`. Its last day keeps the year to four digits, so
    /// that eight digits typed in a row are a date, in the order that the browser shows.
    pub fn date(&self) -> Markup {
        self.clone().numeric().input("date")
    }

    /// A time of day: the browser's own control, `HH:mm`.
    pub fn time(&self) -> Markup {
        self.clone().numeric().input("time")
    }

    /// A password, with the token a password manager needs.
    pub fn password(&self, what: Password) -> Markup {
        let token = match what {
            Password::Current => "current-password",
            Password::New => "new-password",
        };
        let mut field = self.clone().sensitive();
        field.autocomplete = token;
        field.input("password")
    }

    /// The six digits of an authenticator.
    pub fn one_time_code(&self) -> Markup {
        let mut field = self.clone().sensitive().input_mode("numeric").max_length(7);
        field.autocomplete = "one-time-code";
        field.input_with("text", "form-control num otp")
    }

    /// A file; `accept` lists media types, and `camera` opens the camera of a phone first.
    pub fn file(&self, accept: &str, camera: bool) -> Markup {
        let control = html! {
            input class="form-control" type="file" id=(self.id()) name=(self.name) accept=(accept) capture=[camera.then_some("environment")]
                aria-describedby=[self.described_by()] aria-invalid=[self.is_refused().then_some("true")] aria-required=[self.required.then_some("true")]
                disabled[self.disabled] data-no-draft;
        };
        self.around(&control)
    }

    /// Several lines.
    pub fn textarea(&self, rows: u8) -> Markup {
        let control = html! {
            textarea class=(self.class("form-control")) id=(self.id()) name=(self.name) rows=(rows) maxlength=[self.max_length]
                autocomplete=(self.autocomplete) aria-describedby=[self.described_by()] aria-invalid=[self.is_refused().then_some("true")]
                aria-required=[self.required.then_some("true")] disabled[self.disabled] autofocus[self.focus] data-no-draft[self.sensitive] { (self.value) }
        };
        self.around(&control)
    }

    /// A date in three boxes, for birth dates: year, month, day. Sent as `name-year`, `name-month`, `name-day`;
    /// the value is `yyyy-MM-dd`, or what was typed joined by hyphens.
    pub fn three_box_date(&self) -> Markup {
        let mut parts = self.value.splitn(3, '-');
        let boxes = [("year", "y", 4), ("month", "m", 2), ("day", "m", 2)];
        let controls = html! {
            div class="d3" {
                @for (part, class, length) in boxes {
                    @let id = format!("{}-{part}", self.id());
                    span {
                        label for=(id) { (self.lang.t(&format!("date-{part}"))) }
                        input class={ "form-control num " (class) } id=(id) name={ (self.name) "-" (part) } value=(parts.next().unwrap_or_default())
                            inputmode="numeric" maxlength=(length) autocomplete="off" aria-invalid=[self.is_refused().then_some("true")]
                            aria-required=[self.required.then_some("true")] disabled[self.disabled] autofocus[self.focus && part == "year"]
                            data-no-draft[self.sensitive] hx-get=[self.live.map(|live| live.0)] hx-target=[self.live.map(|live| live.1)]
                            hx-trigger=[self.live.map(|_| LIVE_TRIGGER)] hx-include=[self.live.map(|_| "closest form")] hx-sync=[self.live.map(|_| "closest form:replace")];
                    }
                }
            }
        };
        self.around_group(&controls)
    }

    fn input(&self, kind: &str) -> Markup {
        self.input_with(kind, "form-control")
    }

    fn class(&self, base: &str) -> String {
        let numeric = if self.pattern_numeric { " num" } else { "" };
        let warned = if self.is_warned() { " is-w" } else { "" };
        format!("{base}{numeric}{warned}")
    }

    fn input_with(&self, kind: &str, class: &str) -> Markup {
        let secret = matches!(kind, "password");
        let latest = (kind == "date").then_some("9999-12-31");
        let control = html! {
            input class=(self.class(class)) type=(kind) id=(self.id()) name=(self.name) value=[(!secret).then_some(self.value)]
                autocomplete=(self.autocomplete) inputmode=[self.input_mode] maxlength=[self.max_length] max=[latest] spellcheck="false"
                aria-describedby=[self.described_by()] aria-invalid=[self.is_refused().then_some("true")] aria-required=[self.required.then_some("true")]
                disabled[self.disabled] autofocus[self.focus] data-no-draft[self.sensitive] hx-get=[self.live.map(|live| live.0)]
                hx-target=[self.live.map(|live| live.1)] hx-trigger=[self.live.map(|_| LIVE_TRIGGER)] hx-include=[self.live.map(|_| "closest form")]
                hx-sync=[self.live.map(|_| "closest form:replace")];
        };
        self.around(&control)
    }
}

/// Ask after a quarter of a second without typing, and only when the words changed.
const LIVE_TRIGGER: &str = "input changed delay:250ms";
