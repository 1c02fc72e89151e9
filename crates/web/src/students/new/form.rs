//! The counter's form, drawn.

use super::matches::{self, LIVE, Matches};
use super::{family, guardian};
use crate::lookup;
use crate::posted::Fields;
use crate::students::family::address;
use crate::who::Who;
use codes::CodeSet;
use kernel::{Date, Grade, SchoolYear};
use maud::{Markup, html};
use schools::Directory;
use ui::form::{self, Choice, Field, Finding, Form, Width};
use ui::head::{Crumb, PageHead};
use ui::{Action, Ctx, card};

/// What is drawn.
pub(super) struct Drawn<'a> {
    pub(super) ctx: &'a Ctx,
    pub(super) who: &'a Who,
    pub(super) fields: &'a Fields,
    pub(super) found: &'a [Finding],
    pub(super) directory: &'a Directory,
    pub(super) matches: Option<&'a Matches>,
    pub(super) families: &'a [people::Family],
    pub(super) token: &'a str,
    pub(super) today: Date,
}

/// The key that saves, as it is printed.
const SAVE_KEY: &str = "Ctrl Enter";

/// Fields of the form but those of a guardian.
const NAMES: &[&str] = &[
    "first",
    "middle",
    "last",
    "suffix",
    "born",
    "another",
    "province",
    "gender",
    "preferred",
    "document",
    "last4",
    "school",
    "grade",
    "homeroom",
    "start",
    "street",
    "city",
    "state",
    "postal",
    "format",
    "country",
    "phone",
    "language",
    "citizenship",
    "section23",
    "indigenous_declaration",
];

/// Fields of the form, for the summary of findings.
fn names() -> Vec<&'static str> {
    let guardian = guardian::FIELDS.iter().map(|(name, _)| *name);
    NAMES.iter().copied().chain(guardian).collect()
}

impl Drawn<'_> {
    /// The page.
    pub(super) fn page(&self) -> Markup {
        let lang = self.ctx.lang;
        let crumbs = vec![Crumb::link(lang.t("nav-students"), "/students")];
        let head = PageHead::new(lang.t("new-title"))
            .crumbs(crumbs)
            .facts(lang.t("new-facts"));
        let body = html! {
            div class="mb" { (form::summary(lang, self.found, &names())) }
            div class="grid counter" hx-indicator="#matching" {
                div class="s7" { (self.child()) }
                // Right after name and birth date, for the keyboard and on a phone; beside them on a desk.
                div class="s5 beside stack" {
                    // PASI is asked meanwhile; it may take its time.
                    div id="matching" class="live-wait" { (ui::waiting::loading(lang, 3, "/students/new")) }
                    div id="matches" class="stack" aria-live="polite" {
                        @match self.matches {
                            Some(found) => (matches::draw(lang, self.who, found, (self.fields, self.found))),
                            None => (matches::waiting(lang)),
                        }
                    }
                }
                div class="s7 stack" {
                    (self.about()) (self.enrolment())
                    (family::card(lang, self.families, self.fields))
                    div class="typed-guardian" { (guardian::card(self)) }
                    div class="typed-home" { (self.home()) }
                    (self.more())
                }
            }
            (form::form_end(lang, &html! { span class="sm sub" { (lang.t("new-foot")) " " kbd class="hide-ph" { (SAVE_KEY) } } }, "/students", &Action::submit(lang.t("new-save")).primary().key(SAVE_KEY)))
        };
        html! { (head.draw()) (Form::post("/students/new").draft("new-student").once(self.token).draw_in(self.ctx, &body)) }
    }

    pub(super) fn field<'f>(&'f self, name: &'f str, label: &'f str) -> Field<'f> {
        Field::new(self.ctx.lang, name, label)
            .value(self.fields.get(name))
            .findings(self.found)
    }

    pub(super) fn codes(&self, set: CodeSet) -> Vec<Choice> {
        lookup::choices(self.ctx.lang, set, SchoolYear::of(self.today))
    }

    fn child(&self) -> Markup {
        let lang = self.ctx.lang;
        let word = |key: &str| lang.t(key);
        let (first, middle, last) = (word("field-first"), word("field-middle"), word("field-last"));
        let (born, suffix) = (word("field-born"), word("field-suffix"));
        let (single_name, as_seen) = (word("new-last-hint"), word("new-born-hint"));
        let body = html! {
            div class="fg" {
                (self.field("first", &first).required().focus().width(Width::Third).live(LIVE.0, LIVE.1).text())
                (self.field("middle", &middle).optional().width(Width::Third).live(LIVE.0, LIVE.1).text())
                (self.field("last", &last).hint(&single_name).required().width(Width::Third).live(LIVE.0, LIVE.1).text())
                (self.field("suffix", &suffix).optional().width(Width::Third).text())
                (self.field("born", &born).hint(&as_seen).required().width(Width::Third).live(LIVE.0, LIVE.1).date())
            }
        };
        card::card(&card::Head::new("child", lang.t("new-child")), &body)
    }

    fn about(&self) -> Markup {
        let lang = self.ctx.lang;
        let word = |key: &str| lang.t(key);
        let (preferred, gender) = (word("field-preferred"), word("field-gender"));
        let (document, last4, sealed) = (
            word("field-document"),
            word("field-last4"),
            word("new-last4-hint"),
        );
        let body = html! {
            div class="fg" {
                (self.field("gender", &gender).required().width(Width::Half).select(&self.codes(CodeSet::Gender)))
                (self.field("preferred", &preferred).optional().width(Width::Half).text())
                (self.field("document", &document).width(Width::Half).select(&self.codes(CodeSet::SourceDocumentType)))
                (self.field("last4", &last4).hint(&sealed).optional().sensitive().max_length(4).width(Width::Half).text())
            }
        };
        card::card(&card::Head::new("about", lang.t("new-about")), &body)
    }

    fn enrolment(&self) -> Markup {
        let lang = self.ctx.lang;
        let (school, grade, homeroom, start) = (
            lang.t("field-school"),
            lang.t("field-grade"),
            lang.t("field-homeroom"),
            lang.t("field-start"),
        );
        let own = &self.who.standing().schools;
        let reachable = self
            .directory
            .all()
            .iter()
            .filter(|school| own.is_empty() || own.contains(&school.id));
        let schools: Vec<Choice> = reachable
            .map(|school| Choice::new(school.id.to_string(), school.name.clone()))
            .collect();
        let chosen = self
            .fields
            .some("school")
            .or(self.who.school().map(|school| school.to_string()));
        let chosen = chosen
            .or((schools.len() == 1).then(|| schools[0].value.clone()))
            .unwrap_or_default();
        let grades: Vec<Choice> = Grade::ALL
            .iter()
            .map(|grade| Choice::new(grade.as_str(), grade.label()))
            .collect();
        let today = self.today.to_string();
        let begins = self.fields.some("start").unwrap_or(today);
        let body = html! {
            div class="fg" {
                (Field::new(lang, "school", &school).value(&chosen).findings(self.found).required().width(Width::Whole).select(&schools))
                (self.field("grade", &grade).required().width(Width::Third).select(&grades))
                (self.field("homeroom", &homeroom).optional().width(Width::Third).text())
                (Field::new(lang, "start", &start).value(&begins).findings(self.found).required().width(Width::Third).date())
            }
        };
        card::card(&card::Head::new("enrol", lang.t("new-enrolment")), &body)
    }

    fn home(&self) -> Markup {
        let lang = self.ctx.lang;
        let (street, city, postal) = (
            lang.t("field-street"),
            lang.t("field-city"),
            lang.t("field-postal"),
        );
        let (phone, lives) = (lang.t("field-home-phone"), lang.t("new-lives-there"));
        let (format, country) = (lang.t("field-format"), lang.t("field-country"));
        let usual = |name: &str, usual: &str| self.fields.some(name).unwrap_or_else(|| usual.to_owned());
        let (of_format, of_country) = (
            usual("format", address::CANADIAN),
            usual("country", address::CANADA),
        );
        let is_elsewhere = of_format != address::CANADIAN || of_country != address::CANADA;
        let states = Fields::from(vec![
            ("state".to_owned(), usual("state", "AB")),
            ("format".to_owned(), of_format.clone()),
        ]);
        let is_ticked = self.fields.is_on("lives_there") || self.fields.get("once").is_empty();
        let body = html! {
            div class="fg" {
                (self.field("street", &street).text())
                (self.field("city", &city).width(Width::Third).text())
                (address::province(self.ctx, "state", &states, self.found))
                (self.field("postal", &postal).width(Width::Third).numeric().text())
                (self.field("phone", &phone).width(Width::Third).phone())
                (Field::new(lang, "lives_there", &lives).value(if is_ticked { "yes" } else { "" }).width(Width::TwoThirds).checkbox())
                details class="w12" open[is_elsewhere] {
                    summary class="sm sub" { (lang.t("family-address-elsewhere")) }
                    div class="fg" {
                        (Field::new(lang, "format", &format).value(&of_format).findings(self.found).required().width(Width::Half).select(&address::codes_in(self.ctx, CodeSet::AddressFormat)))
                        (Field::new(lang, "country", &country).value(&of_country).findings(self.found).required().width(Width::Half).select(&address::codes_in(self.ctx, CodeSet::Country)))
                    }
                }
            }
        };
        card::card(&card::Head::new("home", lang.t("new-home")), &body)
    }

    fn more(&self) -> Markup {
        let lang = self.ctx.lang;
        let (citizenship, language) = (lang.t("field-citizenship"), lang.t("field-language"));
        let (section23, indigenous) = (lang.t("field-section23"), lang.t("field-indigenous"));
        let (section23_hint, indigenous_hint) = (lang.t("new-section23-hint"), lang.t("new-indigenous-hint"));
        let body = html! {
            div class="fg" {
                (self.field("citizenship", &citizenship).width(Width::Half).select(&lookup::numbered_choices(lang, CodeSet::CitizenshipStatus, SchoolYear::of(self.today))))
                (self.field("language", &language).width(Width::Half).select(&self.codes(CodeSet::LanguageAtHome)))
                (self.field("section23", &section23).hint(&section23_hint).width(Width::Half).select(&self.codes(CodeSet::Section23Eligibility)))
                (self.field("indigenous_declaration", &indigenous).hint(&indigenous_hint).optional().width(Width::Half).select(&self.codes(CodeSet::FnmiDeclaration)))
            }
        };
        card::card(&card::Head::new("more", lang.t("new-more")), &body)
    }
}
