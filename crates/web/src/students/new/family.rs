//! The sibling's way through the counter: a family on file is chosen with one
//! key, and its guardians and address come along. Nobody is typed twice.

use crate::App;
use crate::answer::{OrStop, PageResult, Stopped};
use crate::lookup;
use crate::posted::Fields;
use crate::who::Who;
use access::Permit;
use access::action::{CreateStudents, ViewStudents};
use axum::extract::{Query, State};
use db::Reading;
use kernel::{AddressId, ContactId, Date, Failure, Outcome, PersonName, StudentId};
use maud::{Markup, html};
use people::{Address, Contact, Family, FamilyHints, NewContact, NewStudent, PersonOf, StudentContact};
use ui::form::{Field, Width};
use ui::{Icon, Lang, card};

/// Where the part asks.
const LIVE: &str = "/students/new/families";
/// The fields that point to a family.
const POINTERS: [&str; 6] = [
    "last",
    "guardian_last",
    "guardian_phone",
    "guardian_email",
    "street",
    "phone",
];
/// The key that chooses each family; they work while one types.
const KEYS: [&str; 4] = ["F2", "F4", "F8", "F9"];
/// Brothers or sisters looked at when one is named.
const NAMED: usize = 3;

/// The families alone, asked for while typing.
pub(crate) async fn live(
    State(app): State<App>,
    who: Who,
    Query(pairs): Query<Vec<(String, String)>>,
) -> PageResult {
    Permit::<CreateStudents>::wide(who.standing()).or_stop(&app, &who)?;
    let fields = Fields::from(pairs);
    let families = find(&app, &who, &fields).await?;
    Ok(ui::shell::fragment(offers(who.lang(), &families, &fields)).into())
}

/// Families that what is typed points to.
pub(super) async fn find(app: &App, who: &Who, fields: &Fields) -> Result<Vec<Family>, Stopped> {
    let view = Permit::<ViewStudents>::wide(who.standing()).or_stop(app, who)?;
    let mut hints = hints(fields);
    let named = fields.get("sibling").to_owned();
    app.store()
        .read(who.division(), move |at| {
            if !named.is_empty() {
                let found = people::search::find(at, &view, &named, NAMED)?;
                hints
                    .siblings
                    .extend(found.into_iter().map(|hit| hit.card.student));
            }
            people::families_like(at, &view, &hints)
        })
        .await
        .or_stop(app, who)
}

fn hints(fields: &Fields) -> FamilyHints {
    let text = |name: &str| fields.get(name).to_owned();
    FamilyHints {
        last_name: text("last"),
        guardian: PersonName::new(fields.get("guardian_first"), fields.get("guardian_last")),
        phones: vec![text("guardian_phone"), text("phone")],
        email: text("guardian_email"),
        street: text("street"),
        siblings: chosen(fields).into_iter().collect(),
    }
}

/// The child whose family was chosen.
pub(super) fn chosen(fields: &Fields) -> Option<StudentId> {
    fields.get("family").strip_prefix("student-")?.parse().ok()
}

/// The card: who is the brother or sister, and the families that fit.
pub(super) fn card(lang: Lang, families: &[Family], fields: &Fields) -> Markup {
    let label = lang.t("family-sibling");
    let hint = lang.t("family-sibling-hint");
    let trigger: Vec<String> = POINTERS
        .iter()
        .chain(&["sibling"])
        .map(|name| format!("input delay:300ms from:#f-{name}"))
        .collect();
    let body = html! {
        div class="fg mb" {
            (Field::new(lang, "sibling", &label).hint(&hint).value(fields.get("sibling")).optional().width(Width::Whole).search())
        }
        div id="families" aria-live="polite" hx-get=(LIVE) hx-trigger=(trigger.join(", ")) hx-include="closest form" hx-swap="innerHTML" {
            (offers(lang, families, fields))
        }
    };
    card::card(
        &card::Head::new("family", lang.t("family-on-file")).beside(ui::icon(Icon::Users)),
        &body,
    )
}

fn offers(lang: Lang, families: &[Family], fields: &Fields) -> Markup {
    if families.is_empty() {
        return html! {
            p class="sub sm m-0" { (lang.t("family-none-like")) }
            input type="hidden" name="family" value="typed";
        };
    }
    let picked = chosen(fields).filter(|id| families.iter().any(|family| family.children[0].student == *id));
    html! {
        fieldset class="f" {
            legend class="visually-hidden" { (lang.t("family-which")) }
            div class="opts" {
                @for (at, family) in families.iter().enumerate() {
                    (offer(lang, family, KEYS.get(at).copied(), picked, fields))
                }
                label class="form-check with-family" {
                    input class="form-check-input" type="checkbox" name="family_address" value="yes" checked[picked.is_none() || fields.is_on("family_address")];
                    span { (lang.t("family-address-too")) }
                }
                label class="opt" {
                    input type="radio" name="family" value="typed" checked[picked.is_none()];
                    span class="grow" { (lang.t("family-typed")) }
                }
            }
        }
    }
}

fn offer(
    lang: Lang,
    family: &Family,
    key: Option<&'static str>,
    picked: Option<StudentId>,
    fields: &Fields,
) -> Markup {
    let first = family.children[0].student;
    let is_picked = picked == Some(first);
    let children: Vec<&str> = family
        .children
        .iter()
        .map(|card| card.preferred_name.as_str())
        .collect();
    let reasons: Vec<String> = family
        .reasons
        .iter()
        .map(|reason| lang.t(&format!("family-reason-{}", reason.as_str())).into_owned())
        .collect();
    let with = fields.all("with");
    let is_with =
        |one: &StudentContact| !is_picked || with.is_empty() || with.contains(&one.contact.id.to_string());
    let names: Vec<String> = family
        .contacts
        .iter()
        .map(|one| one.person.value.name.sentence())
        .collect();
    html! {
        div class="opt-x" {
            label class="opt" {
                input type="radio" name="family" value={ "student-" (first) } checked[is_picked] data-key=[key];
                span class="grow" {
                    b { (names.join(", ")) }
                    span class="sub" { (lang.tx("family-of", &[("names", children.join(", ").into())])) " · " (reasons.join(", ")) }
                }
                @if let Some(key) = key { kbd { (key) } }
            }
            div class="opt-more" {
                @for one in &family.contacts {
                    @let tie = &one.contact.value;
                    label class="form-check" {
                        input class="form-check-input" type="checkbox" name="with" value=(one.contact.id) checked[is_with(one)];
                        span {
                            (one.person.value.name.sentence()) " "
                            span class="sub" {
                                (lookup::relationship(lang, &tie.relationship))
                                @if !one.person.value.phone().is_empty() { " · " span class="num nw" { (lookup::phone(one.person.value.phone())) } }
                                @if tie.lives_with { " · " (lang.t("column-lives-with")) }
                            }
                        }
                    }
                }
                @if let Some(address) = family.addresses.first() {
                    p class="sub sm m-0" { (address.street) ", " (address.city) }
                }
            }
        }
    }
}

/// Brings the family that was chosen along: its guardians as they stand around
/// the brother or sister, and the address. A guardian typed anew who is on file
/// is refused, so that no person is there twice.
pub(super) fn bring(
    tx: &mut db::Tx,
    view: &Permit<ViewStudents>,
    fields: &Fields,
    new: &mut NewStudent,
) -> Outcome<()> {
    let Some(sibling) = chosen(fields) else {
        for (at, contact) in new.contacts.iter().enumerate() {
            if let PersonOf::New(_, person) = &contact.person {
                people::refuse_known(tx, view, person, &format!("contacts.{at}.person.mobile_phone"))?;
            }
        }
        return Ok(());
    };
    let today = tx.today();
    let family = family_of(tx, view, sibling)?;
    let with = fields.all("with");
    let seed = format!("{}/family", new.id);
    new.contacts = family
        .contacts
        .iter()
        .filter(|one| with.is_empty() || with.contains(&one.contact.id.to_string()))
        .map(|one| NewContact {
            id: ContactId::derived(&format!("{seed}/{}", one.person.id)),
            person: PersonOf::Existing(one.person.id),
            contact: same(&one.contact.value, today),
        })
        .collect();
    if fields.is_on("family_address") {
        new.addresses = family
            .addresses
            .iter()
            .map(|address| {
                let id = AddressId::derived(&format!("{seed}/{}", address.kind.as_str()));
                let address = Address {
                    effective_on: today,
                    expires_on: None,
                    ..address.clone()
                };
                (id, address)
            })
            .collect();
    }
    Ok(())
}

/// The same standing from today on; what staff noted about the other child stays there.
fn same(tie: &Contact, today: Date) -> Contact {
    Contact {
        effective_on: today,
        expires_on: None,
        note: None,
        ..tie.clone()
    }
}

/// The family of a child of the scope; not found when the child is not.
fn family_of(at: &mut db::Tx, view: &Permit<ViewStudents>, sibling: StudentId) -> Outcome<Family> {
    let hints = FamilyHints {
        siblings: vec![sibling],
        ..FamilyHints::default()
    };
    people::families_like(at, view, &hints)?
        .pop()
        .ok_or(Failure::NotFound)
}
