//! Somebody saved first: what was typed and what the record says now stand side
//! by side, and the person chooses, field by field. One way for every form.
//!
//! A form that changes a record draws [`seen`]; after a conflict its page shows
//! [`Stale::card`] instead of the form; what comes back from that reaches the
//! page as if it had been typed so ([`settled`], called where forms are read).

use crate::answer::encoded;
use crate::posted::Fields;
use axum::extract::Query;
use axum::http::Uri;
use kernel::Failure;
use maud::{Markup, html};
use ui::diff::{self, Chosen, Decision, Difference, Sides};
use ui::form::{self, Finding, Form, Severity};
use ui::notice::{Tone, banner};
use ui::{Action, Ctx, Lang, card};

/// The version that a form saw, and what the record said then.
pub(crate) fn seen(version: i64, fields: &Fields) -> Markup {
    let version = fields.version("version").unwrap_or(version);
    let was = fields.some("was").unwrap_or_else(|| written(fields));
    html! {
        input type="hidden" name="version" value=(version);
        input type="hidden" name="was" value=(was);
    }
}

/// A form as the record fills it, with other values to begin from; what the
/// record says is kept beside it.
pub(crate) fn offering(fields: &Fields, values: &[(&'static str, String)]) -> Fields {
    let is_offered = |name: &str| values.iter().any(|(offered, _)| *offered == name);
    let mut pairs: Vec<(String, String)> = fields
        .pairs()
        .filter(|(name, _)| !is_offered(name))
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    let filled = values.iter().filter(|(_, value)| !value.is_empty());
    pairs.extend(filled.map(|(name, value)| ((*name).to_owned(), value.clone())));
    pairs.push(("was".to_owned(), written(fields)));
    Fields::from(pairs)
}

fn written(fields: &Fields) -> String {
    let pairs: Vec<String> = fields
        .pairs()
        .map(|(name, value)| format!("{name}={}", encoded(value)))
        .collect();
    pairs.join("&")
}

/// Did another save come first? Then what it is about can be shown side by side.
pub(crate) fn is_stale(failure: &Failure) -> bool {
    matches!(failure, Failure::Conflict(conflict) if conflict.now > 0)
}

/// For a verb that asks for nothing the record holds, such as "withdraw": the
/// form again, of the version there is now, saying that somebody saved first.
pub(crate) fn again(lang: Lang, typed: &Fields) -> (Fields, Vec<Finding>) {
    let kept: Vec<(String, String)> = typed
        .pairs()
        .filter(|(name, _)| !matches!(*name, "version" | "was"))
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    let told = Finding::new(Severity::Refuse, "", lang.t("stale-again"));
    (Fields::from(kept), vec![told])
}

/// A form that was refused because somebody saved first.
pub(crate) struct Stale<'a> {
    /// Where the form is sent.
    pub(crate) address: &'a str,
    /// The page to go back to.
    pub(crate) back: &'a str,
    /// The version the record has now.
    pub(crate) version: i64,
    /// The fields to compare with their labels, in the order of the form.
    pub(crate) asked: &'a [(&'a str, String)],
    /// What was sent.
    pub(crate) typed: &'a Fields,
    /// The form as the record would fill it now.
    pub(crate) now: &'a Fields,
    /// Who saved, and when, in words; may be empty.
    pub(crate) by: &'a str,
}

impl Stale<'_> {
    /// Both versions of each field that differs. `say` puts a value in words.
    pub(crate) fn card(&self, ctx: &Ctx, say: &dyn Fn(&str, &str) -> String) -> Markup {
        let lang = ctx.lang;
        let rows: Vec<Difference> = self
            .asked
            .iter()
            .filter(|(name, _)| self.typed.all(name) != self.now.all(name))
            .map(|(name, label)| self.difference(name, label, say))
            .collect();
        let text = if self.by.is_empty() {
            lang.t("stale-text")
        } else {
            lang.tx("stale-text-by", &[("by", self.by.into())])
        };
        let told = banner(Tone::Warn, &lang.t("stale-title"), &text, &[]);
        if rows.is_empty() {
            let body = html! {
                (told)
                p class="m-0" { (lang.t("stale-same")) }
                div { (Action::link(lang.t("stale-back"), self.back).primary()) }
            };
            return card::card(
                &card::Head::new("stale", lang.t("stale-head")),
                &html! { div class="stack-s" { (body) } },
            );
        }
        let sides = Sides {
            ours: lang.t("stale-now").into_owned(),
            theirs: lang.t("stale-yours").into_owned(),
        };
        let inner = html! {
            (self.hidden())
            div class="cb" { (told) }
            (diff::differences(lang, &sides, Decision::NowOrYours, &rows))
            (form::form_end(lang, &html! { span class="sm sub" { (lang.t("stale-nothing")) } }, self.back, &Action::submit(lang.t("stale-send")).primary().key("Ctrl Enter")))
        };
        let drawn = Form::post(self.address).draw_in(ctx, &inner);
        card::bare_card(&card::Head::new("stale", lang.t("stale-head")), &drawn)
    }

    /// A field that only the other changed is taken from the record, unless the
    /// person says otherwise; one that both changed stays as typed.
    fn difference(&self, name: &str, label: &str, say: &dyn Fn(&str, &str) -> String) -> Difference {
        let words = |fields: &Fields| {
            let all: Vec<String> = fields.all(name).iter().map(|value| say(name, value)).collect();
            Some(all.join(", ")).filter(|text| !text.is_empty())
        };
        let is_untouched = self.typed.all(name) == self.was().all(name);
        let chosen = if self.typed.some("was").is_some() && is_untouched {
            Chosen::Ours
        } else {
            Chosen::Theirs
        };
        Difference {
            name: format!("take.{name}"),
            field: label.to_owned(),
            cause: String::new(),
            ours: words(self.now),
            theirs: words(self.typed),
            chosen: Some(chosen),
            findings: Vec::new(),
            only_theirs: false,
            edit: None,
        }
    }

    fn was(&self) -> Fields {
        let uri = format!("/?{}", self.typed.get("was")).parse::<Uri>();
        uri.ok()
            .and_then(|uri| Query::<Vec<(String, String)>>::try_from_uri(&uri).ok())
            .map(|Query(pairs)| Fields::from(pairs))
            .unwrap_or_default()
    }

    /// Both sides of each compared field, and everything else as it was typed.
    fn hidden(&self) -> Markup {
        let is_asked = |name: &str| self.asked.iter().any(|(asked, _)| *asked == name);
        let is_own = |name: &str| matches!(name, "csrf" | "seen-there" | "version" | "was");
        html! {
            input type="hidden" name="version" value=(self.version);
            input type="hidden" name="was" value=(written(self.now));
            @for (name, _) in self.asked {
                input type="hidden" name="asked" value=(name);
                @for value in self.typed.all(name) { input type="hidden" name={ "mine." (name) } value=(value); }
                @for value in self.now.all(name) { input type="hidden" name={ "now." (name) } value=(value); }
            }
            @for (name, value) in self.typed.pairs().filter(|(name, _)| !is_asked(name) && !is_own(name)) {
                input type="hidden" name=(name) value=(value);
            }
        }
    }
}

/// A form whose two versions were chosen between, as if it had been typed so.
/// Every other form is left as it is.
pub(crate) fn settled(fields: Fields) -> Fields {
    let asked = fields.all("asked");
    if asked.is_empty() || !fields.pairs().any(|(name, _)| name.starts_with("take.")) {
        return fields;
    }
    let is_side = |name: &str| {
        name == "asked"
            || ["mine.", "now.", "take."]
                .iter()
                .any(|side| name.starts_with(side))
    };
    let mut pairs: Vec<(String, String)> = fields
        .pairs()
        .filter(|(name, _)| !is_side(name))
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    for name in asked {
        // What did not differ has no choice, and says the same on both sides.
        let side = if fields.get(&format!("take.{name}")) == "ours" {
            "now"
        } else {
            "mine"
        };
        let values = fields.all(&format!("{side}.{name}"));
        pairs.extend(values.into_iter().map(|value| (name.clone(), value)));
    }
    Fields::from(pairs)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_chosen_side_of_each_field_comes_back_as_typed() {
        let sent = Fields::of(&[
            ("version", "4"),
            ("once", "abc"),
            ("asked", "grade"),
            ("asked", "homeroom"),
            ("asked", "grants"),
            ("asked", "lives"),
            ("mine.grade", "07"),
            ("now.grade", "08"),
            ("take.grade", "ours"),
            ("mine.homeroom", "7B"),
            ("now.homeroom", "7C"),
            ("take.homeroom", "theirs"),
            ("mine.grants", "500"),
            ("mine.grants", "303"),
            ("now.grants", "500"),
            ("take.grants", "theirs"),
            ("now.lives", "yes"),
            ("take.lives", "theirs"),
        ]);
        let settled = settled(sent);
        assert_eq!(
            (settled.get("grade"), settled.get("homeroom"), settled.get("once")),
            ("08", "7B", "abc")
        );
        assert_eq!(settled.all("grants"), ["500", "303"]);
        assert!(!settled.is_on("lives"), "an unticked box stays unticked");
        assert!(
            settled
                .pairs()
                .all(|(name, _)| !name.contains('.') && name != "asked")
        );
    }

    #[test]
    fn a_form_that_was_not_stale_is_left_as_it_is() {
        let typed = Fields::of(&[("asked", "x"), ("grade", "07")]);
        assert_eq!(settled(typed).pairs().count(), 2);
    }

    #[test]
    fn only_what_the_other_changed_alone_is_taken_from_the_record() {
        let (typed, now) = (
            Fields::of(&[
                ("grade", "07"),
                ("homeroom", "7B"),
                ("was", "grade=07&homeroom=7A"),
            ]),
            Fields::of(&[("grade", "08"), ("homeroom", "7C")]),
        );
        let asked = [("grade", "Grade".to_owned()), ("homeroom", "Homeroom".to_owned())];
        let stale = Stale {
            address: "/x",
            back: "/",
            version: 3,
            asked: &asked,
            typed: &typed,
            now: &now,
            by: "",
        };
        let say = |_: &str, value: &str| value.to_owned();
        assert_eq!(
            stale.difference("grade", "Grade", &say).chosen,
            Some(Chosen::Ours)
        );
        assert_eq!(
            stale.difference("homeroom", "Homeroom", &say).chosen,
            Some(Chosen::Theirs)
        );
    }
}
