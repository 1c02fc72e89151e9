//! Roll call: a seat for each student with one press per exception, the
//! tallies, and what the earlier days said. It is a form that works without a
//! script; with one, letters mark and move on (see `assets/js/roll.js`).

use maud::{Markup, html};

use crate::avatar::{self, Size};
use crate::form::Finding;
use crate::{Icon, Lang, icon};

/// What a code comes to on screen: its colour and its glyph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// There.
    Present,
    /// Not there, without leave or not explained.
    Absent,
    /// Came late.
    Late,
    /// Not there with leave, or elsewhere for the school.
    Excused,
}

impl Tone {
    /// Every tone, in the order of the tallies.
    pub const ALL: [Tone; 4] = [Tone::Present, Tone::Absent, Tone::Late, Tone::Excused];

    /// Its class and its value in `data-m`.
    pub fn class(self) -> &'static str {
        match self {
            Tone::Present => "P",
            Tone::Absent => "A",
            Tone::Late => "L",
            Tone::Excused => "E",
        }
    }

    fn glyph(self) -> Icon {
        match self {
            Tone::Present => Icon::Check,
            Tone::Absent => Icon::X,
            Tone::Late => Icon::Clock,
            Tone::Excused => Icon::CalendarEvent,
        }
    }

    fn tally(self) -> &'static str {
        match self {
            Tone::Present => "roll-present",
            Tone::Absent => "roll-absent",
            Tone::Late => "roll-late",
            Tone::Excused => "roll-excused",
        }
    }
}

/// A code to choose.
#[derive(Clone, Debug)]
pub struct Code {
    /// Its letter: what is sent, and the key that chooses it.
    pub letter: String,
    /// Its label in the language of the page.
    pub label: String,
    /// What it comes to.
    pub tone: Tone,
    /// One press on the seat; the others are in the opened seat.
    pub is_near: bool,
}

/// A student of the roll.
#[derive(Clone, Debug, Default)]
pub struct Seat {
    /// Ends the names of its fields.
    pub id: String,
    /// `First Last`.
    pub name: String,
    /// What one calls the student: the beginning of spoken labels.
    pub first: String,
    /// Address of the photograph.
    pub photo: Option<String>,
    /// Something must be read before any detail: the shield stands beside the name.
    pub is_shielded: bool,
    /// The letter that is chosen.
    pub letter: String,
    /// Minutes late, as typed.
    pub minutes: String,
    /// The note.
    pub note: String,
    /// The version of the mark that is shown; 0 for none.
    pub seen: i64,
    /// Who said so and when, where it was not this roll: "Office 9:02".
    pub by: String,
    /// The letter of the last time; empty for none.
    pub last: String,
}

/// The seats of a roll.
#[derive(Clone, Debug)]
pub struct Seats<'a> {
    /// Language.
    pub lang: Lang,
    /// Codes, in the order of the school.
    pub codes: &'a [Code],
    /// Students, in order.
    pub seats: &'a [Seat],
    /// What was found in the fields `letter-…`, `minutes-…`, `comment-…`.
    pub findings: &'a [Finding],
    /// May it be changed?
    pub is_open: bool,
    /// One below the other, without pictures side by side.
    pub as_list: bool,
}

impl Seats<'_> {
    /// Draws them.
    pub fn draw(&self) -> Markup {
        html! {
            div class={ "roll" @if self.as_list { " as-list" } } data-roll {
                @for seat in self.seats { (self.seat(seat)) }
            }
        }
    }

    fn chosen(&self, seat: &Seat) -> Option<&Code> {
        self.codes.iter().find(|code| code.letter == seat.letter)
    }

    fn seat(&self, seat: &Seat) -> Markup {
        let lang = self.lang;
        let chosen = self.chosen(seat);
        let tone = chosen.map_or(Tone::Present, |code| code.tone);
        let label = chosen.map_or("", |code| code.label.as_str());
        let photo = |src: &str| {
            let label = lang.tx("roll-photo", &[("name", seat.name.as_str().into())]);
            avatar::photo(src, &label, Size::S40)
        };
        html! {
            div class="seat" role="group" id={ "seat-" (seat.id) } data-m=(tone.class()) data-last=[(!seat.last.is_empty()).then_some(&seat.last)]
                data-present=[self.codes.iter().find(|code| code.tone == Tone::Present).map(|code| &code.letter)] aria-label={ (seat.name) ", " (label) } {
                @match &seat.photo {
                    Some(src) => (photo(src)),
                    None => (avatar::initials(&seat.name, Size::S40)),
                }
                div class="grow" {
                    div class="nm" { (seat.name) @if seat.is_shielded { " " (icon(Icon::ShieldLock)) span class="visually-hidden" { (lang.t("roll-shield")) } } }
                    div class="st" {
                        @for tone in Tone::ALL { i class=(tone.class()) { (icon(tone.glyph())) } }
                        b data-word { (label) }
                        span class="dim ell" data-note { (self.beside(seat)) }
                    }
                    (self.pick(seat))
                }
                (self.more(seat))
                input type="hidden" name={ "seen-" (seat.id) } value=(seat.seen);
            }
        }
    }

    fn beside(&self, seat: &Seat) -> String {
        let minutes = match seat.minutes.parse::<i64>() {
            Ok(minutes) => self
                .lang
                .tx("roll-minutes", &[("n", minutes.into())])
                .into_owned(),
            Err(_) => String::new(),
        };
        let parts = [minutes, seat.note.clone(), seat.by.clone()];
        parts
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(" · ")
    }

    /// The codes that are one press away.
    fn pick(&self, seat: &Seat) -> Markup {
        html! {
            div class="pick" {
                @for code in self.codes.iter().filter(|code| code.is_near) {
                    label class=(code.tone.class()) { (self.radio(seat, code)) span aria-hidden="true" { (code.letter) } }
                }
            }
        }
    }

    fn radio(&self, seat: &Seat, code: &Code) -> Markup {
        html! {
            input type="radio" id={ "m-" (seat.id) "-" (code.letter) } name={ "letter-" (seat.id) } value=(code.letter)
                data-tone=(code.tone.class()) data-label=(code.label) aria-label={ (seat.first) " " (code.label) }
                checked[seat.letter == code.letter] disabled[!self.is_open];
        }
    }

    /// The opened seat: every further code in words, minutes and a note.
    fn more(&self, seat: &Seat) -> Markup {
        let lang = self.lang;
        let names = ["letter", "minutes", "comment"].map(|part| format!("{part}-{}", seat.id));
        let found: Vec<&Finding> = self
            .findings
            .iter()
            .filter(|one| names.contains(&one.field))
            .collect();
        let described = |part: &str| {
            let field = format!("{part}-{}", seat.id);
            let mut own = found.iter().filter(|one| one.field == field);
            own.next().map(|_| format!("f-{field}-find-0"))
        };
        let spoken = lang.tx("roll-open", &[("name", seat.first.as_str().into())]);
        html! {
            details class="seat-more" open[!found.is_empty()] {
                summary aria-label=(spoken) { (icon(Icon::Dots)) }
                div class="more-b" {
                    div class="row-x wrap" {
                        @for code in self.codes {
                            @if !code.is_near {
                                label class={ "word " (code.tone.class()) } { (self.radio(seat, code)) span { b { (code.letter) } " " (code.label) } }
                            } @else if code.tone == Tone::Excused {
                                // On a phone the fourth letter is not on the seat: its words choose it here.
                                label class={ "word only-ph " (code.tone.class()) } for={ "m-" (seat.id) "-" (code.letter) } { span { b { (code.letter) } " " (code.label) } }
                            }
                        }
                    }
                    div class="row-x" {
                        label class="sm" for={ "f-minutes-" (seat.id) } { (lang.t("roll-minutes-late")) }
                        input class="form-control num min" type="text" inputmode="numeric" maxlength="3" autocomplete="off" id={ "f-minutes-" (seat.id) }
                            name={ "minutes-" (seat.id) } value=(seat.minutes) aria-describedby=[described("minutes")] disabled[!self.is_open];
                    }
                    label class="sm" for={ "f-comment-" (seat.id) } { (lang.t("roll-note")) }
                    input class="form-control" type="text" maxlength="200" autocomplete="off" id={ "f-comment-" (seat.id) }
                        name={ "comment-" (seat.id) } value=(seat.note) aria-describedby=[described("comment")] disabled[!self.is_open];
                    @for (at, one) in found.iter().enumerate() {
                        (crate::form::finding_below(one, &format!("f-{}-find-{}", one.field, found[..at].iter().filter(|other| other.field == one.field).count())))
                    }
                }
            }
        }
    }
}

/// The tallies, told politely as they change, and the keys.
pub fn tallies(lang: Lang, codes: &[Code], seats: &[Seat], is_open: bool) -> Markup {
    let count = |tone: Tone| {
        let of_tone = |seat: &&Seat| {
            codes
                .iter()
                .find(|code| code.letter == seat.letter)
                .map_or(Tone::Present, |code| code.tone)
                == tone
        };
        i64::try_from(seats.iter().filter(of_tone).count()).unwrap_or(i64::MAX)
    };
    html! {
        div class="row-x wrap sm tallies" {
            div class="row-x wrap" role="status" {
                @for tone in Tone::ALL {
                    span class="num" { b data-tally=(tone.class()) { (lang.number(count(tone))) } " " (lang.t(tone.tally())) }
                }
            }
            @if is_open {
                span class="end hide-ph dim row-x" data-keys {
                    @for code in codes.iter().filter(|code| code.is_near) { span { kbd { (code.letter) } " " (code.label) } }
                    span { kbd { "←" } " " kbd { "→" } " " (lang.t("roll-keys-move")) }
                    span { kbd { (lang.t("roll-key-shift")) } " " (lang.t("roll-keys-note")) }
                }
            }
        }
    }
}

/// One student in the grid of earlier days.
#[derive(Clone, Debug)]
pub struct EarlierRow {
    /// `Last, F.`
    pub name: String,
    /// For each day: the letter and its tone, `None` for present, or nothing where no roll was taken.
    pub days: Vec<Option<Option<(String, Tone)>>>,
}

/// The last days beside a roll: a dot for present, a letter for all else, nothing where no roll was taken. `days`
/// holds the words read aloud and the day of the month.
pub fn earlier(lang: Lang, title: &str, days: &[(String, String)], rows: &[EarlierRow]) -> Markup {
    let table = html! {
        div class="ox" tabindex="0" role="group" aria-label=(title) {
            table class="t tight" {
                caption class="visually-hidden" { (title) }
                thead { tr {
                    th scope="col" { (lang.t("column-name")) }
                    @for (spoken, shown) in days { th scope="col" class="c" { span class="visually-hidden" { (spoken) } span aria-hidden="true" { (shown) } } }
                } }
                tbody {
                    @for row in rows {
                        tr {
                            td { span class="nw" { (row.name) } }
                            @for day in &row.days {
                                td class="c" {
                                    @match day {
                                        Some(Some((letter, tone))) => span class={ "mk " (tone.class()) } { (letter) },
                                        Some(None) => span class="mk P" { span aria-hidden="true" { "·" } span class="visually-hidden" { (lang.t("roll-present")) } },
                                        None => span class="visually-hidden" { (lang.t("roll-not-taken")) },
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    };
    crate::card::bare_card(&crate::card::Head::new("earlier", title), &table)
}

/// What the script says while a roll is kept on the device; hidden until then.
pub fn kept_banner(lang: Lang) -> Markup {
    html! {
        div class="ban warn" id="ban-roll" hidden data-keeping=(lang.t("roll-keeping")) data-kept=(lang.t("roll-kept")) data-marks=(lang.t("roll-marks-kept")) data-last=(lang.t("roll-last-sent")) {
            (icon(Icon::CloudOff))
            p class="grow" { b { (lang.t("offline-title")) } " " span data-kept-words {} }
            span class="sm nw hide-ph num" data-last-sent {}
        }
    }
}
