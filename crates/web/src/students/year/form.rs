//! Which schools, which year, which day: the form of both, and what it says.

use super::HOME;
use crate::posted::Fields;
use enrolment::ExitKind;
use enrolment::mass::{Close, MassChange, Register};
use kernel::{Date, Failure, Finding as Found, Findings, MassUpdateId, Outcome, SchoolId, SchoolYear};
use maud::{Markup, html};
use schools::{Calendar, Directory, School};
use ui::form::{self, Choice, Field, Finding, Form, Width};
use ui::{Action, Ctx, card};

/// What is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Verb {
    /// A year is closed.
    Close,
    /// Students are registered for the next.
    Register,
}

impl Verb {
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Close => "close",
            Self::Register => "register",
        }
    }
    /// The year that suggests itself.
    pub(super) const fn year(self, current: SchoolYear) -> SchoolYear {
        match self {
            Self::Close => current,
            Self::Register => current.next(),
        }
    }
    /// The years offered, the likely one first.
    fn years(self, current: SchoolYear) -> [SchoolYear; 2] {
        match self {
            Self::Close => [current, current.previous()],
            Self::Register => [current.next(), current],
        }
    }
    /// The day of a calendar that suggests itself: its last instructional day, or its first.
    pub(super) fn day(self, calendar: &Calendar) -> Option<Date> {
        let mut days = schools::rules::instructional_days(calendar);
        match self {
            Self::Close => days.last(),
            Self::Register => days.next(),
        }
    }
}

/// A school of the person.
pub(super) struct Place {
    pub(super) school: School,
    /// The day that suggests itself; none while no calendar is set.
    pub(super) day: Option<Date>,
    /// Where its oldest students go on, when that suggests itself.
    pub(super) onward: Option<SchoolId>,
}

/// The fields before anything was typed: the school that pages are about, else all of them.
pub(super) fn first(verb: Verb, id: MassUpdateId, places: &[Place], chosen: Option<SchoolId>) -> Fields {
    let mut pairs = vec![
        ("id".to_owned(), id.to_string()),
        ("kind".to_owned(), ExitKind::Completion.as_str().to_owned()),
    ];
    for place in places {
        let school = place.school.id;
        if chosen.is_none_or(|chosen| chosen == school) {
            pairs.push(("school".to_owned(), school.to_string()));
        }
        if let (Verb::Register, Some(onward)) = (verb, place.onward) {
            pairs.push((onward_name(school), onward.to_string()));
        }
    }
    Fields::from(pairs)
}

fn onward_name(school: SchoolId) -> String {
    format!("onward-{school}")
}

/// The form as a change; every wrong field at once.
pub(super) fn change(verb: Verb, fields: &Fields) -> Outcome<MassChange> {
    let mut findings = Findings::default();
    let year: Option<SchoolYear> = fields.parsed("year", "LP-0461", &mut findings);
    let on = fields.date("on", &mut findings);
    let kind = match verb {
        Verb::Close => fields.chosen("kind", "LP-0008", &mut findings),
        Verb::Register => None,
    };
    let named = fields.all("school");
    let schools: Vec<SchoolId> = named.iter().filter_map(|id| id.parse().ok()).collect();
    if schools.is_empty() || schools.len() < named.len() {
        findings.push(Found::refuse("LP-0460", "school"));
    }
    if year.is_none() && findings.of("year").next().is_none() {
        findings.push(Found::refuse("LP-0461", "year"));
    }
    let mut onward = Vec::new();
    for school in &schools {
        let next: Option<SchoolId> = fields.parsed(&onward_name(*school), "LP-0005", &mut findings);
        onward.extend(next.map(|next| (*school, next)));
    }
    findings.or_refuse()?;
    let Some(year) = year else {
        return Err(Failure::refuse("LP-0461", "year"));
    };
    Ok(match verb {
        Verb::Close => MassChange::Close(Close {
            year,
            schools,
            on,
            kind: kind.unwrap_or(ExitKind::Completion),
        }),
        Verb::Register => MassChange::Register(Register {
            year,
            onward,
            schools,
            on,
        }),
    })
}

/// What is drawn.
pub(super) struct Drawn<'a> {
    pub(super) ctx: &'a Ctx,
    pub(super) verb: Verb,
    pub(super) current: SchoolYear,
    pub(super) places: &'a [Place],
    pub(super) directory: &'a Directory,
    pub(super) fields: &'a Fields,
    pub(super) found: &'a [Finding],
}

impl Drawn<'_> {
    /// The card with the form.
    pub(super) fn card(&self) -> Markup {
        let (lang, word) = (self.ctx.lang, self.verb.word());
        let send = Action::submit(lang.t("mass-look")).primary().key("Ctrl Enter");
        let inner = html! {
            div class="cb fg" {
                input type="hidden" name="id" value=(self.fields.get("id"));
                (form::summary(lang, self.found, &["school", "year", "on", "kind", "reason"]))
                (self.when())
            }
            (self.schools())
            (form::form_end(lang, &html! {}, HOME, &send))
        };
        let title = lang.t(&format!("year-{word}"));
        card::unheaded_card(
            &title,
            &Form::post(&format!("{HOME}/{word}")).draw_in(self.ctx, &inner),
        )
    }

    /// Year, day, how it ends, and why.
    fn when(&self) -> Markup {
        let (lang, word) = (self.ctx.lang, self.verb.word());
        let label = |name: &str| lang.t(&format!("year-{word}-{name}"));
        let (year, on, kind, reason) = (
            label("year"),
            label("on"),
            lang.t("year-kind"),
            lang.t("field-reason"),
        );
        let hint = label("on-hint");
        let field = |name, label| {
            Field::new(lang, name, label)
                .value(self.fields.get(name))
                .findings(self.found)
        };
        let years = self
            .verb
            .years(self.current)
            .map(|year| Choice::new(year.number().to_string(), year.to_string()));
        let chosen = self
            .fields
            .some("year")
            .unwrap_or_else(|| self.verb.year(self.current).number().to_string());
        let kinds = ExitKind::ALL
            .iter()
            .map(|kind| Choice::new(kind.as_str(), lang.t(&format!("year-kind-{}", kind.as_str()))));
        html! {
            (field("year", &year).value(&chosen).required().width(Width::Third).select(&years))
            (field("on", &on).optional().hint(&hint).width(Width::Third).date())
            @if self.verb == Verb::Close {
                (field("kind", &kind).width(Width::Third).select(&kinds.collect::<Vec<_>>()))
            }
            (field("reason", &reason).optional().max_length(120).width(Width::TwoThirds).text())
        }
    }

    /// A line a school: chosen or not, its own day, and where its oldest students go on.
    fn schools(&self) -> Markup {
        let (lang, word) = (self.ctx.lang, self.verb.word());
        let chosen = self.fields.all("school");
        html! {
            fieldset class="plain-set" {
                legend class="cb b m-0" { (lang.t(&format!("year-{word}-schools"))) }
                ul class="list" {
                    @for place in self.places {
                        @let id = place.school.id.to_string();
                        li class="row-x wrap" {
                            label class="row-x grow" {
                                input class="form-check-input" type="checkbox" name="school" value=(id) checked[chosen.contains(&id)];
                                span class="grow" {
                                    b { (place.school.name) } br;
                                    span class="sub sm num" { (self.facts(place)) }
                                }
                            }
                            @if self.verb == Verb::Register { (self.onward(place)) }
                        }
                    }
                }
            }
        }
    }

    /// "Grades ECS–5 · last instructional day 2027-06-25".
    fn facts(&self, place: &Place) -> String {
        let (lang, school) = (self.ctx.lang, &place.school);
        let span = format!("{}–{}", school.lowest_grade.label(), school.highest_grade.label());
        let grades = lang.tx("division-grades-of", &[("grades", span.into())]);
        let day = match place.day {
            Some(day) => lang.tx(
                &format!("year-{}-day", self.verb.word()),
                &[("day", day.to_string().into())],
            ),
            None => lang.t("division-calendar-none"),
        };
        format!("{grades} · {day}")
    }

    fn onward(&self, place: &Place) -> Markup {
        let lang = self.ctx.lang;
        let Some(grade) = enrolment::rules::onward_grade(&place.school) else {
            return html! {};
        };
        let name = onward_name(place.school.id);
        let label = lang.tx("year-onward", &[("grade", grade.label().into())]);
        let spoken = format!("{}, {label}", place.school.name);
        let chosen = self.fields.get(&name);
        let taught = self
            .directory
            .all()
            .iter()
            .filter(|school| school.offers(grade) && school.id != place.school.id);
        html! {
            label class="row-x wrap sm" {
                span class="sub" { (label) }
                select class="form-select" name=(name) aria-label=(spoken) {
                    option value="" { (lang.t("year-onward-none")) }
                    @for school in taught {
                        @let id = school.id.to_string();
                        option value=(id) selected[id == chosen] { (school.name) }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_a_change_or_says_what_is_wrong() {
        let school = SchoolId::derived("a").to_string();
        let whole = [("year", "2027"), ("school", school.as_str())];
        let with = |more: &[(&'static str, &'static str)]| {
            let mut pairs: Vec<(&str, &str)> = more.to_vec();
            pairs.extend(whole);
            change(Verb::Close, &Fields::of(&pairs))
        };
        let Ok(MassChange::Close(close)) = with(&[("on", "2027-06-25"), ("kind", "WithdrawalDate")]) else {
            panic!("a whole form is a change");
        };
        assert_eq!((close.on.is_some(), close.kind), (true, ExitKind::Withdrawal));
        for (more, without, code) in [
            (("on", "the last"), "", "LP-0001"),
            (("year", "soon"), "", "LP-0461"),
            (("kind", ""), "year", "LP-0461"),
            (("kind", ""), "school", "LP-0460"),
        ] {
            let mut pairs = vec![more];
            pairs.extend(whole.iter().filter(|(name, _)| *name != without));
            let Err(Failure::Invalid(findings)) = change(Verb::Register, &Fields::of(&pairs)) else {
                panic!("{more:?} without {without}");
            };
            assert!(findings.0.iter().any(|one| one.code == code), "{findings:?}");
        }
    }

    #[test]
    fn where_the_oldest_go_on_is_read_for_the_schools_that_are_chosen() {
        let (here, there) = (SchoolId::derived("a"), SchoolId::derived("b"));
        let (onward, other) = (onward_name(here), onward_name(there));
        let pairs = [
            ("year", "2028".to_owned()),
            ("school", here.to_string()),
            (onward.as_str(), there.to_string()),
            (other.as_str(), here.to_string()),
        ];
        let fields = Fields::from(pairs.map(|(name, value)| (name.to_owned(), value)).to_vec());
        let Ok(MassChange::Register(register)) = change(Verb::Register, &fields) else {
            panic!("a whole form is a change");
        };
        assert_eq!(register.onward, [(here, there)]);
    }
}
