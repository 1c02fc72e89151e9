//! The guardian typed at the counter: whom to call, and a step further what the
//! person may and how else to reach them.

use super::form::Drawn;
use crate::posted::Fields;
use codes::CodeSet;
use kernel::{ContactId, Date, Findings, PersonId, PersonName};
use maud::{Markup, html};
use people::{Contact, Custody, NewContact, Person, PersonOf};
use ui::card;
use ui::form::{Choice, Width};

/// The fields of the card, and the field of a person or contact that each fills.
pub(super) const FIELDS: [(&str, &str); 11] = [
    ("guardian_first", "first_name"),
    ("guardian_last", "last_name"),
    ("relationship", "relationship"),
    ("guardian_phone", "mobile_phone"),
    ("guardian_email", "email"),
    ("guardian_custody", "custody"),
    ("guardian_language", "language"),
    ("guardian_middle", "middle_name"),
    ("guardian_suffix", "suffix"),
    ("guardian_home_phone", "home_phone"),
    ("guardian_work_phone", "work_phone"),
];

/// What a guardian at the counter may, unless somebody says otherwise.
const MAY: [(&str, &str); 3] = [
    ("guardian_pick_up", "field-may-pick-up"),
    ("guardian_emergency", "field-is-emergency"),
    ("guardian_portal", "family-sees-pages"),
];

/// The fields of [`FIELDS`] that are asked of everybody.
const USUAL: usize = 5;

/// The card.
pub(super) fn card(drawn: &Drawn) -> Markup {
    let lang = drawn.ctx.lang;
    let (first, last, relationship) = (
        lang.t("field-first"),
        lang.t("field-last"),
        lang.t("field-relationship"),
    );
    let (phone, email, lives) = (
        lang.t("field-phone"),
        lang.t("field-email"),
        lang.t("new-lives-with"),
    );
    let body = html! {
        div class="fg" {
            (drawn.field("guardian_first", &first).width(Width::Third).text())
            (drawn.field("guardian_last", &last).width(Width::Third).text())
            (drawn.field("relationship", &relationship).width(Width::Third).select(&drawn.codes(CodeSet::GuardianRelationship)))
            (drawn.field("guardian_phone", &phone).width(Width::Third).phone())
            (drawn.field("guardian_email", &email).width(Width::Third).email())
            (tick(drawn, "guardian_lives", &lives))
            details class="w12" open[is_open(drawn)] {
                summary class="sm sub" { (lang.t("new-guardian-more")) }
                div class="fg mt" { (further(drawn)) }
            }
        }
    };
    card::card(&card::Head::new("guardian", lang.t("new-guardian")), &body)
}

/// Ticked on a form that was just opened.
fn tick(drawn: &Drawn, name: &'static str, label: &str) -> Markup {
    let is_ticked = drawn.fields.is_on(name) || drawn.fields.get("once").is_empty();
    drawn
        .field(name, label)
        .value(if is_ticked { "yes" } else { "" })
        .width(Width::Third)
        .checkbox()
}

fn is_open(drawn: &Drawn) -> bool {
    let is_sent = !drawn.fields.get("once").is_empty();
    let is_said = |name: &str| {
        !drawn.fields.get(name).is_empty() || drawn.found.iter().any(|finding| finding.field == name)
    };
    FIELDS[USUAL..].iter().any(|(name, _)| is_said(name))
        || is_sent && MAY.iter().any(|(name, _)| !drawn.fields.is_on(name))
}

fn further(drawn: &Drawn) -> Markup {
    let lang = drawn.ctx.lang;
    let custody: Vec<Choice> = Custody::ALL
        .iter()
        .filter(|one| **one != Custody::Unknown)
        .map(|one| Choice::new(one.as_str(), lang.t(&format!("custody-{}", one.as_str()))))
        .collect();
    html! {
        @for (name, of) in &FIELDS[USUAL..] {
            @let label = lang.t(&format!("field-{}", of.replace('_', "-")));
            @let field = drawn.field(name, &label).width(Width::Third);
            @match *of {
                "custody" => (field.select(&custody)),
                "language" => (field.select(&drawn.codes(CodeSet::LanguageAtHome))),
                "home_phone" | "work_phone" => (field.phone()),
                _ => (field.text()),
            }
        }
        @for (name, words) in MAY { (tick(drawn, name, &lang.t(words))) }
    }
}

/// The guardian as typed; nobody when none of its fields is filled. A custody of no list is refused (`LP-0008`).
pub(super) fn typed(
    fields: &Fields,
    seed: &dyn Fn(&str) -> String,
    today: Date,
    findings: &mut Findings,
) -> Option<NewContact> {
    let is_typed = |(name, _): &(&str, &str)| *name != "relationship" && !fields.get(name).is_empty();
    if !FIELDS.iter().any(is_typed) {
        return None;
    }
    let text = |name: &str| kernel::text::squeeze(fields.get(name));
    let person = Person {
        name: PersonName {
            first: text("guardian_first"),
            middle: text("guardian_middle"),
            last: text("guardian_last"),
            suffix: text("guardian_suffix"),
        },
        mobile_phone: text("guardian_phone"),
        home_phone: text("guardian_home_phone"),
        work_phone: text("guardian_work_phone"),
        email: text("guardian_email"),
        language: text("guardian_language"),
        ..Person::default()
    };
    let contact = Contact {
        custody: fields
            .parsed("guardian_custody", "LP-0008", findings)
            .unwrap_or(Custody::Unknown),
        lives_with: fields.is_on("guardian_lives"),
        may_pick_up: fields.is_on("guardian_pick_up"),
        is_emergency: fields.is_on("guardian_emergency"),
        portal_access: fields.is_on("guardian_portal"),
        call_order: 1,
        ..Contact::new(fields.get("relationship"), today)
    };
    Some(NewContact {
        id: ContactId::derived(&seed("contact")),
        person: PersonOf::New(PersonId::derived(&seed("person")), Box::new(person)),
        contact,
    })
}
