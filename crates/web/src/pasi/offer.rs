//! The third answer to a difference: our own form, opened from it, with PASI's
//! value to begin from. What the page showed of PASI's copies goes with the
//! form, as with every form of the record, so that the save settles the
//! difference on what was seen.

use super::sides;
use crate::posted::Fields;
use crate::stale;
use axum::extract::Query;
use db::Reading;
use kernel::{Outcome, StudentId};
use maud::{Markup, html};
use pasi::{Difference, OwnForm};
use serde::Deserialize;
use ui::Lang;
use ui::notice::{Tone, banner};

/// What a form was opened from.
#[derive(Debug, Clone)]
pub(crate) struct Offered {
    /// The difference, then those that travel in the same record.
    of_record: Vec<Difference>,
    values: Vec<(&'static str, String)>,
}

/// What the address names: a difference of the student.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    differs: String,
}

impl Asked {
    /// Of a path with its query.
    fn of(path: &str) -> Self {
        let uri = path.parse::<axum::http::Uri>().ok();
        uri.and_then(|uri| Query::try_from_uri(&uri).ok())
            .map(|Query(asked)| asked)
            .unwrap_or_default()
    }

    /// The named one among those that are open.
    fn find(&self, open: &[Difference]) -> Option<usize> {
        let (field, key) = self.differs.split_once('~')?;
        open.iter()
            .position(|one| one.field == field && name_of(one) == key)
    }
}

/// How a difference is told from others of its field: by its record; the
/// student's own by nothing, for an ASN does not belong into an address.
fn name_of(found: &Difference) -> &str {
    if found.record_kind == "student" {
        ""
    } else {
        &found.record_key
    }
}

fn query(found: &Difference) -> String {
    format!("differs={}~{}", found.field, name_of(found))
}

/// Where the form of each difference is; none where a third value is none of ours to give.
pub(crate) fn forms(
    at: &mut impl Reading,
    student: StudentId,
    open: &[Difference],
) -> Outcome<Vec<Option<String>>> {
    let offers = pasi::offers(at, student, open)?;
    let forms = offers.into_iter().zip(open);
    Ok(forms
        .map(|(offer, found)| offer.map(|offer| address(student, offer.form, found)))
        .collect())
}

fn address(student: StudentId, form: OwnForm, found: &Difference) -> String {
    let part = |folder: &str, id: Option<String>| match id {
        Some(id) => format!("family/{folder}/{id}"),
        None => format!("family/{folder}"),
    };
    let record = |folder: &str, id: Option<String>| match id {
        Some(id) => format!("identity/{folder}/{id}/correct"),
        None => format!("identity/{folder}"),
    };
    let page = match form {
        OwnForm::Details => "identity/details".to_owned(),
        OwnForm::LegalName(id) => format!("identity/name/{id}/spelling"),
        OwnForm::OtherName(id) => record("name", id.map(|id| id.to_string())),
        OwnForm::Citizenship(id) => record("citizenship", id.map(|id| id.to_string())),
        OwnForm::Address(id) => part("address", id.map(|id| id.to_string())),
        OwnForm::Phone(id) => part("phone", id.map(|id| id.to_string())),
        OwnForm::Email(id) => part("email", id.map(|id| id.to_string())),
        OwnForm::Contact(id) => part("contact", id.map(|id| id.to_string())),
        OwnForm::Enrolment(id) => format!("enrolment/{id}/change"),
        OwnForm::ResponsibleSchool(Some(id)) => {
            return format!(
                "/students/{student}/responsible-school?verb=change&record={id}&{}",
                query(found)
            );
        }
        OwnForm::ResponsibleSchool(None) => "responsible-school".to_owned(),
    };
    format!("/students/{student}/{page}?{}", query(found))
}

/// What a page of the student was opened from, when it was from a difference that is still open.
pub(crate) fn read(at: &mut impl Reading, student: StudentId, path: &str) -> Outcome<Option<Offered>> {
    let asked = Asked::of(path);
    if asked.differs.is_empty() {
        return Ok(None);
    }
    let open = pasi::differences(at, student)?;
    let Some(found) = asked.find(&open) else {
        return Ok(None);
    };
    let Some(offer) = pasi::offers(at, student, &open)?.swap_remove(found) else {
        return Ok(None);
    };
    let with = pasi::travelling_with(&open, found);
    let of_record = std::iter::once(found).chain(with).map(|at| open[at].clone());
    Ok(Some(Offered {
        of_record: of_record.collect(),
        values: offer.values,
    }))
}

impl Offered {
    /// The form with PASI's value in place of ours.
    pub(crate) fn fill(&self, fields: &Fields) -> Fields {
        stale::offering(fields, &self.values)
    }

    /// Both sides in words: of the field, and of what else goes to PASI with it.
    pub(crate) fn draw(&self, lang: Lang) -> Markup {
        let line = |found: &Difference| {
            let side = |value: &str| {
                sides::shown(lang, &found.field, value)
                    .unwrap_or_else(|| lang.t("diff-not-recorded").into_owned())
            };
            lang.tx(
                "pasi-offer-line",
                &[
                    ("field", sides::field_words(lang, &found.field).into()),
                    ("ours", side(&found.ours).into()),
                    ("theirs", side(&found.theirs).into()),
                ],
            )
            .into_owned()
        };
        let lines: Vec<String> = self.of_record.iter().map(line).collect();
        let text = format!("{} {}", lines.join(" "), lang.t("pasi-offer-text"));
        html! { div class="mb" { (banner(Tone::Conflict, &lang.t("pasi-offer-title"), &text, &[])) } }
    }
}

#[cfg(test)]
mod tests {
    use super::Asked;

    #[test]
    fn a_difference_is_read_from_the_address_and_nothing_else_is() {
        for (path, want) in [
            ("/students/1/identity/details?differs=gender~", "gender~"),
            (
                "/students/1/responsible-school?verb=change&record=7&differs=x~7",
                "x~7",
            ),
            ("/students/1/identity/details", ""),
            ("/students/1?differ=gender", ""),
        ] {
            assert_eq!(Asked::of(path).differs, want, "{path}");
        }
    }
}
