//! Who may be the child at the counter: our own students, and those of the
//! province. The person decides; nobody is chosen beforehand.

use super::read;
use crate::App;
use crate::answer::{OrStop, Stopped};
use crate::posted::Fields;
use crate::who::Who;
use access::Permit;
use access::action::{CreateStudents, ManageEnrolment};
use enrolment::Claim;
use kernel::{Asn, Failure, OrganizationCode, Outcome};
use maud::{Markup, html};
use pasi::{Search, SearchOutcome};
use people::search::Duplicate;
use std::time::Duration;
use tokio::time::timeout;
use ui::form::{self, Choice, Field, Finding, Severity, Width};
use ui::notice::{Tone, banner};
use ui::{Action, Lang, card};

/// Where the live part asks, and where its answer goes.
pub(super) const LIVE: (&str, &str) = ("/students/new/matches", "#matches");
/// The answer of `another` that takes in the child of another school.
pub(super) const TAKE_IN: &str = "take-in";
/// The answer of `province` for a child that PASI does not know.
const NEW: &str = "new";
/// What the answer of `province` for one of PASI's students begins with.
const ASN: &str = "asn-";

/// How long a form that was sent waits for the province to say whom it knows.
const PATIENCE: Duration = Duration::from_secs(4);

/// How far the province is asked; further only when a person asks for it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Reach {
    is_wide: bool,
    with_restricted: bool,
}

impl Reach {
    /// As the button says that was pressed.
    pub(super) fn pressed(fields: &Fields) -> Self {
        Self {
            is_wide: fields.is_on("wide"),
            with_restricted: fields.is_on("restricted"),
        }
    }
    /// As far as the matches on screen went, which the form carries.
    pub(super) fn on_screen(fields: &Fields) -> Self {
        Self {
            is_wide: fields.is_on("asked_wide"),
            with_restricted: fields.is_on("asked_restricted"),
        }
    }
}

/// Who may be the same child.
pub(crate) struct Matches {
    here: Vec<Duplicate>,
    /// The child left another school and may be taken in from it.
    may_take_in: bool,
    province: Option<SearchOutcome>,
    reach: Reach,
}

/// Looks here and at the province, once name and birth date are there.
pub(super) async fn find(app: &App, who: &Who, fields: &Fields, reach: Reach) -> Result<Matches, Stopped> {
    let Some((name, born)) = read::name_and_birth(fields) else {
        return Ok(Matches {
            here: Vec::new(),
            may_take_in: false,
            province: None,
            reach,
        });
    };
    let (standing, legal) = (who.standing().clone(), name.clone());
    let (here, may_take_in) = app
        .store()
        .read(who.division(), move |at| {
            let create = Permit::<CreateStudents>::wide(&standing)?;
            let here = people::possible_duplicates(at, &create, &legal, Some(born))?;
            let claim = Claim { legal, born };
            Ok((here, enrolment::may_take_in(at, &create, &claim)?.is_some()))
        })
        .await
        .or_stop(app, who)?;
    Ok(Matches {
        here,
        may_take_in,
        province: province(app, who, fields, reach).await?,
        reach,
    })
}

/// Asks the province; none when there is no connection at all.
async fn province(
    app: &App,
    who: &Who,
    fields: &Fields,
    reach: Reach,
) -> Result<Option<SearchOutcome>, Stopped> {
    let (Some(connector), Some(name)) = (app.connector(), read::name_and_birth(fields)) else {
        return Ok(None);
    };
    let search = Search {
        asn: None,
        name: Some(name),
        all_qualities: reach.is_wide,
        with_restricted: reach.with_restricted,
    };
    let organization = organization(app, who, fields).await?;
    let found = connector.identify(who.actor(), organization, search).await;
    found.or_stop(app, who).map(Some)
}

/// The school that asks, when one is chosen.
async fn organization(app: &App, who: &Who, fields: &Fields) -> Result<Option<OrganizationCode>, Stopped> {
    let directory = app
        .store()
        .read(who.division(), |at| schools::directory(at))
        .await
        .or_stop(app, who)?;
    let chosen = fields.get("school").parse().ok().or(who.school());
    Ok(chosen
        .and_then(|school| directory.get(school))
        .map(|school| OrganizationCode::School(school.code)))
}

/// Which of the province's students the child is, as the form says; PASI is
/// asked again, and only one whom it names for what was typed can be chosen.
///
/// Refused when nothing was chosen though PASI names somebody (`LP-0012`),
/// when it does not name the one chosen (`LP-0013`), and when it is away and
/// cannot say so (`LP-0014`).
pub(super) async fn chosen(app: &App, who: &Who, fields: &Fields) -> Result<Outcome<Option<Asn>>, Stopped> {
    let answer = fields.get("province");
    if answer == NEW {
        return Ok(Ok(None));
    }
    // Whoever was chosen may have been found by a wider search than the last one.
    let reach = if answer.is_empty() {
        Reach::on_screen(fields)
    } else {
        Reach {
            is_wide: true,
            with_restricted: true,
        }
    };
    // Nobody waits at the counter for a province that does not answer.
    let found = match timeout(PATIENCE, province(app, who, fields, reach)).await {
        Ok(found) => found?,
        Err(_) => Some(SearchOutcome::Away),
    };
    let named = match found {
        Some(SearchOutcome::Found(named)) => Some(named.iter().map(|one| one.asn).collect()),
        Some(SearchOutcome::Away) => None,
        _ => Some(Vec::new()),
    };
    Ok(decided(answer, named.as_deref()))
}

/// What the answer comes to, beside whom PASI names; none when it is away.
fn decided(answer: &str, named: Option<&[Asn]>) -> Outcome<Option<Asn>> {
    let refuse = |code: &str| Err(Failure::refuse(code, "province"));
    match (answer, named) {
        ("", Some([_, ..])) => refuse("LP-0012"),
        ("", _) => Ok(None),
        (_, None) => refuse("LP-0014"),
        (answer, Some(named)) => {
            let asn = answer.strip_prefix(ASN).and_then(|asn| asn.parse::<Asn>().ok());
            let offered = asn.filter(|asn| named.contains(asn));
            offered.map_or_else(|| refuse("LP-0013"), |asn| Ok(Some(asn)))
        }
    }
}

/// The part before name and birth date are there.
pub(super) fn waiting(lang: Lang) -> Markup {
    card::card(
        &card::Head::new("known", lang.t("new-known")),
        &html! { p class="sub m-0" { (lang.t("new-known-waiting")) } },
    )
}

/// The live part: who may be the same child, here and at the province.
pub(super) fn draw(lang: Lang, who: &Who, found: &Matches, (fields, wrong): (&Fields, &[Finding])) -> Markup {
    if found.province.is_none() && found.here.is_empty() {
        return waiting(lang);
    }
    html! {
        @if found.reach.is_wide { input type="hidden" name="asked_wide" value="yes"; }
        @if found.reach.with_restricted { input type="hidden" name="asked_restricted" value="yes"; }
        @if !found.here.is_empty() { (here(lang, who, found, (fields, wrong))) }
        @if let Some(province) = &found.province { (at_the_province(lang, province, (fields, wrong))) }
    }
}

fn here(lang: Lang, who: &Who, found: &Matches, sent: (&Fields, &[Finding])) -> Markup {
    let may_enrol = Permit::<ManageEnrolment>::wide(who.standing()).is_ok();
    let body = html! {
        ul class="list" {
            @for duplicate in &found.here {
                li {
                    @match &duplicate.student {
                        Some(card) => {
                            a href={ "/students/" (card.student) } { b { (card.list_name) } }
                            " " span class="num sub" { (card.birth_date) @if let Some(asn) = card.asn { " · " (asn) } }
                            br; span class="sm dim" { (lang.tx("new-same-score", &[("n", i64::from(duplicate.score).into())])) }
                            @if may_enrol {
                                div class="row-x" {
                                    (Action::link(lang.t("new-enrol-this"), format!("/students/{}/enrolment/enrol", card.student)).small().spoken(lang.tx("new-enrol-named", &[("name", card.list_name.as_str().into())])))
                                }
                            }
                        }
                        None if found.may_take_in => span class="sub" { (lang.t("new-elsewhere-left")) },
                        None => span class="sub" { (lang.t("new-elsewhere")) },
                    }
                }
            }
        }
        div class="cb b-top" { (another(lang, found.may_take_in, sent)) }
    };
    card::bare_card(&card::Head::new("here", lang.t("new-here")), &body)
}

/// Is it another child, or the one who left another school?
fn another(lang: Lang, may_take_in: bool, (fields, found): (&Fields, &[Finding])) -> Markup {
    if !may_take_in {
        let label = lang.t("new-another");
        let is_another = if fields.is_on("another") { "yes" } else { "" };
        return Field::new(lang, "another", &label)
            .value(is_another)
            .findings(found)
            .width(Width::Whole)
            .checkbox();
    }
    let label = lang.t("new-who-here");
    let choices = [
        Choice::new(TAKE_IN, lang.t("new-take-in")).note(lang.t("new-take-in-note")),
        Choice::new("yes", lang.t("new-another")).note(lang.t("new-another-note")),
    ];
    Field::new(lang, "another", &label)
        .value(fields.get("another"))
        .findings(found)
        .width(Width::Whole)
        .radios(&choices)
}

fn at_the_province(lang: Lang, outcome: &SearchOutcome, sent: (&Fields, &[Finding])) -> Markup {
    let wider = |label: &str, flag: &str| {
        Action::scripted(lang.t(label))
            .small()
            .with("hx-get", format!("{}?{flag}=yes", LIVE.0))
            .with("hx-include", "closest form")
            .with("hx-target", LIVE.1)
    };
    let body = match outcome {
        SearchOutcome::Found(students) => choices(lang, students, sent),
        SearchOutcome::Nobody => html! {
            div class="cb" { (form::finding_line(lang, &Finding::new(Severity::Confirmed, "", lang.t("new-nobody")))) }
        },
        SearchOutcome::Restricted => html! {
            div class="cb stack-s" { (banner(Tone::Warn, &lang.t("new-restricted"), &lang.t("new-restricted-text"), &[])) (wider("new-ask-restricted", "restricted")) }
        },
        SearchOutcome::TooMany => html! { div class="cb" { p class="m-0" { (lang.t("new-too-many")) } } },
        SearchOutcome::Away => html! {
            div class="cb" { (banner(Tone::Warn, &lang.t("new-away"), &lang.t("new-away-text"), &[])) }
        },
    };
    let end = match outcome {
        SearchOutcome::Found(_) | SearchOutcome::Nobody => html! { (wider("new-wider", "wide")) },
        _ => html! {},
    };
    card::bare_card(
        &card::Head::new("province", lang.t("new-province")).end(end),
        &body,
    )
}

/// Which of the province's students it is, or none of them.
fn choices(lang: Lang, students: &[pasi::Found], (fields, found): (&Fields, &[Finding])) -> Markup {
    let label = lang.t("new-which");
    let mut all: Vec<Choice> = students
        .iter()
        .map(|student| {
            let mut facts = vec![student.birth_date.to_string()];
            facts.extend(student.addresses.first().and_then(|address| address.city.clone()));
            facts.extend(
                student
                    .enrolments
                    .first()
                    .map(|enrolment| format!("S.{} {}", enrolment.school_code, enrolment.school_year)),
            );
            let quality = lang.t(&format!("new-quality-{}", student.quality.as_str()));
            facts.push(quality.into_owned());
            Choice::new(
                format!("{ASN}{}", student.asn.as_str()),
                format!("{} · {}", student.name.list(), student.asn),
            )
            .note(facts.join(" · "))
        })
        .collect();
    all.push(
        Choice::new(NEW, lang.t("new-none-of-these").into_owned())
            .note(lang.t("new-none-of-these-note").into_owned()),
    );
    let field = Field::new(lang, "province", &label)
        .value(fields.get("province"))
        .findings(found);
    html! { div class="cb" { (field.width(Width::Whole).radios(&all)) } }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whom_pasi_names_can_be_chosen() {
        let known: Asn = "123456782".parse().expect("an ASN");
        let one = [known];
        for (case, answer, named, want) in [
            ("the one named", "asn-123456782", Some(&one[..]), Ok(Some(known))),
            ("another number", "asn-111111118", Some(&one), Err("LP-0013")),
            ("no number", "asn-1", Some(&one), Err("LP-0013")),
            ("another word", "yes", Some(&one), Err("LP-0013")),
            ("PASI names nobody", "asn-123456782", Some(&[]), Err("LP-0013")),
            ("PASI is away", "asn-123456782", None, Err("LP-0014")),
            ("nothing chosen", "", Some(&one), Err("LP-0012")),
            ("nobody to choose", "", Some(&[]), Ok(None)),
            ("away, and nothing to choose", "", None, Ok(None)),
        ] {
            let want = want.map_err(|code| Failure::refuse(code, "province"));
            assert_eq!(decided(answer, named), want, "{case}");
        }
    }
}
