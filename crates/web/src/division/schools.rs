//! Schools: the list, a new one, and one school with its calendar.

use super::words::{Ask, is_noted, is_refused, wanted};
use super::{calendar, school_there};
use crate::answer::{Answer, OrStop, PageResult, query};
use crate::context;
use crate::listing::{self, Ordered};
use crate::posted::{Fields, Posted};
use crate::who::Who;
use crate::{App, findings, lookup};
use access::Permit;
use access::action::{Export, ManageSchools, ViewSchools};
use axum::extract::{Path, Query, State};
use db::Subject;
use exchange::export::{ListOf, list_of};
use kernel::text::fold;
use kernel::{Findings, Grade, Outcome, SchoolId};
use maud::{Markup, html};
use schools::{AddSchool, Authority, Calendar, School, SchoolDetails};
use serde::Deserialize;
use ui::ctx::{Ctx, Job};
use ui::facts::Facts;
use ui::form::{Choice, Finding as Shown, Form, Width, form_end, summary};
use ui::head::{Crumb, PageHead};
use ui::table::{Column, Row, Table};
use ui::{Action, Icon, Lang, card};

/// Names of the fields of a school.
const FIELDS: [&str; 9] = [
    "name",
    "code",
    "authority",
    "street",
    "city",
    "postal_code",
    "phone",
    "lowest_grade",
    "highest_grade",
];

/// The address of a school.
pub(super) fn path(school: SchoolId) -> String {
    format!("/division/schools/{school}")
}

/// A form that was sent, and what was found in it.
pub(super) type Sent = (Fields, Vec<Shown>);

/// What was sent to the page of a school and is shown again.
#[derive(Default)]
pub(super) struct Attempt {
    /// What is said of the school.
    pub(super) school: Option<Sent>,
    /// What stood in the way of a decision about what PASI says.
    pub(super) there: Vec<Shown>,
}

impl Attempt {
    fn is_refused(&self) -> bool {
        is_refused(&self.there) || self.school.iter().any(|(_, found)| is_refused(found))
    }
}

/// What the address of the list asks for.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    /// A column's word, with `-` before it for highest first.
    sort: String,
    /// Of a file: its kind.
    format: String,
}

/// The columns that order the list, the usual one first.
const SORTED: [&str; 4] = ["name", "code", "grades", "city"];

/// Puts schools in the order asked for; of one value by name.
fn put(all: &mut [School], asked: &Asked) {
    let order = Ordered::of(&asked.sort, &SORTED);
    all.sort_by_key(|one| fold(&one.name));
    match order.by {
        "code" => order.put(all, |school| school.code),
        "grades" => order.put(all, |school| (school.lowest_grade, school.highest_grade)),
        "city" => order.put(all, |school| fold(&school.city)),
        _ => order.put(all, |school| fold(&school.name)),
    }
}

/// The list.
pub(crate) async fn list(State(app): State<App>, who: Who, Query(asked): Query<Asked>) -> PageResult {
    let permit = Permit::<ViewSchools>::wide(who.standing()).or_stop(&app, &who)?;
    let read = app.store().read(who.division(), move |at| {
        Ok((schools::schools(at, &permit)?, schools::authorities(at)?))
    });
    let (mut all, authorities) = read.await.or_stop(&app, &who)?;
    put(&mut all, &asked);
    let ctx = context::of(&app, &who, Job::Division).await?;
    let lang = ctx.lang;
    let mut head = PageHead::new(lang.t("division-part-schools"))
        .crumbs(vec![
            Crumb::link(lang.t("nav-division"), "/division"),
            Crumb::here(lang.t("division-part-schools")),
        ])
        .facts(lang.tx("division-schools-count", &[("n", all.len().into())]));
    if context::may::<Export>(who.standing()) {
        let to = |format: &str| {
            let pairs = [("sort", asked.sort.as_str()), ("format", format)];
            format!("/division/schools/export{}", query(pairs))
        };
        for action in listing::exports(lang, to) {
            head = head.action(action);
        }
    }
    if who.may_now::<ManageSchools>() {
        head = head.action(
            Action::link(lang.t("division-school-new"), "/division/schools/new")
                .icon(Icon::Plus)
                .primary(),
        );
    }
    let body = html! { (head.draw()) (card::unheaded_card(&lang.t("division-part-schools"), &table(lang, &asked, &all, &authorities))) };
    Ok(ui::shell::page(&ctx, lang.t("division-part-schools"), body).into())
}

/// The headings of the file.
const HEADINGS: [&str; 6] = [
    "division-field-name",
    "division-field-code",
    "division-field-authority",
    "division-grades",
    "division-field-city",
    "division-field-phone",
];

/// The list as a file.
pub(crate) async fn export(State(app): State<App>, who: Who, Query(asked): Query<Asked>) -> PageResult {
    let export = Permit::<Export>::wide(who.standing()).or_stop(&app, &who)?;
    let view = Permit::<ViewSchools>::wide(who.standing()).or_stop(&app, &who)?;
    let (lang, format) = (who.lang(), listing::format(&asked.format));
    let headings = HEADINGS.map(|words| lang.t(words).into_owned());
    let file = app
        .store()
        .write(who.actor(), move |tx| {
            let mut all = schools::schools(tx, &view)?;
            put(&mut all, &asked);
            let authorities = schools::authorities(tx)?;
            let row = |school: &School| {
                let authority = authorities.iter().find(|one| one.code == school.authority);
                vec![
                    school.name.clone(),
                    format!("S.{}", school.code),
                    authority.map(|one| one.name.clone()).unwrap_or_default(),
                    grades(school),
                    school.city.clone(),
                    lookup::phone(&school.phone),
                ]
            };
            let rows: Vec<Vec<String>> = all.iter().map(row).collect();
            let list = ListOf {
                verb: "schools.export",
                subject: Subject::new("list", "schools"),
                filter: serde_json::json!({ "sort": asked.sort }),
                headings: &headings,
                reason: "",
                format,
            };
            list_of(tx, &export, &list, &rows)
        })
        .await
        .or_stop(&app, &who)?;
    let today = app.store().now().date();
    Ok(Answer::list(&format!("schools-{today}"), format, file))
}

fn table(lang: Lang, asked: &Asked, all: &[School], authorities: &[Authority]) -> Markup {
    let sorted = |column: Column, word: &str| {
        let to = |sort: &str| format!("/division/schools{}", query([("sort", sort)]));
        Ordered::of(&asked.sort, &SORTED).heading(column, word, to)
    };
    let columns = vec![
        sorted(Column::new(lang.t("division-field-name")), "name"),
        sorted(Column::figures(lang.t("division-field-code")), "code"),
        Column::new(lang.t("division-field-authority")).hide_on_phone(),
        sorted(Column::new(lang.t("division-grades")), "grades"),
        sorted(Column::new(lang.t("division-field-city")).hide_on_phone(), "city"),
        Column::figures(lang.t("division-field-phone")).hide_on_phone(),
    ];
    let row = |school: &School| {
        let authority = authorities.iter().find(|one| one.code == school.authority);
        Row::new(vec![
            html! { (school.name) },
            html! { "S." (school.code) },
            html! { (authority.map(|one| one.name.as_str()).unwrap_or_default()) },
            html! { span class="num" { (grades(school)) } },
            html! { (school.city) },
            html! { (lookup::phone(&school.phone)) },
        ])
        .link(0, path(school.id))
    };
    let empty = ui::waiting::empty(&lang.t("division-schools-none"), None);
    Table::new(lang.t("division-part-schools"), columns)
        .rows(all.iter().map(row).collect())
        .empty(empty)
        .draw(lang)
}

/// The grades taught: `ECS–9`.
fn grades(school: &School) -> String {
    if school.lowest_grade == school.highest_grade {
        school.lowest_grade.label().to_owned()
    } else {
        format!("{}–{}", school.lowest_grade.label(), school.highest_grade.label())
    }
}

/// The page of one school.
pub(crate) async fn page(State(app): State<App>, who: Who, Path(id): Path<SchoolId>) -> PageResult {
    show(&app, &who, id, Attempt::default()).await
}

/// The page of one school, with forms that were refused as they were sent.
pub(super) async fn show(app: &App, who: &Who, id: SchoolId, attempt: Attempt) -> PageResult {
    let view = Permit::<ViewSchools>::school(who.standing(), id).or_stop(app, who)?;
    let year = context::year_shown(who);
    let read = app.store().read(who.division(), move |at| {
        let days = schools::calendars(at, id)?
            .into_iter()
            .find(|calendar| calendar.year == year);
        let there = pasi::school_differences(at, &view, id)?;
        Ok((schools::school(at, id)?, schools::authorities(at)?, days, there))
    });
    let (school, authorities, days, there) = read.await.or_stop(app, who)?;
    let ctx = context::of(app, who, Job::Division).await?;
    let lang = ctx.lang;
    let may_edit = who.may_now::<ManageSchools>();
    let head = PageHead::new(school.name.clone())
        .crumbs(vec![
            Crumb::link(lang.t("nav-division"), "/division"),
            Crumb::link(lang.t("division-part-schools"), "/division/schools"),
        ])
        .facts(facts_line(lang, &school, days.as_ref()));
    let title = card::Head::new("school", lang.t("division-school"));
    let body = html! {
        (head.draw())
        div class="grid" {
            @if !there.is_empty() || !attempt.there.is_empty() {
                div class="s12 stack" { (school_there::draw(&ctx, id, &there, may_edit, &attempt)) }
            }
            div class="s5 stack" {
                @if may_edit {
                    @let sent = attempt.school.clone().unwrap_or_else(|| (said(&school), Vec::new()));
                    (card::bare_card(&title, &form(&ctx, &path(id), "/division/schools", &authorities, &sent)))
                } @else {
                    (card::card(&title, &facts(lang, &school, &authorities)))
                }
            }
            div class="s7 stack" {
                (calendar::summary(lang, id, year, days.as_ref()))
            }
        }
    };
    let page = ui::shell::page(&ctx, ui::Title::new(school.name.clone()), body);
    Ok(if attempt.is_refused() {
        Answer::again(page)
    } else {
        Answer::page(page)
    })
}

fn facts_line(lang: Lang, school: &School, days: Option<&Calendar>) -> String {
    let mut facts = vec![
        format!("S.{}", school.code),
        lang.tx("division-grades-of", &[("grades", grades(school).into())])
            .into_owned(),
    ];
    facts.extend(days.map(|days| {
        let count = schools::rules::instructional_days(days).count();
        format!(
            "{} · {}",
            days.year,
            lang.tx("division-days", &[("n", count.into())])
        )
    }));
    facts.join(" · ")
}

fn facts(lang: Lang, school: &School, authorities: &[Authority]) -> Markup {
    let authority = authorities.iter().find(|one| one.code == school.authority);
    let place = [school.street.as_str(), &school.city, &school.postal_code];
    let place: Vec<&str> = place.into_iter().filter(|part| !part.is_empty()).collect();
    Facts::new()
        .fact(
            lang.t("division-field-authority"),
            authority.map(|one| one.name.clone()).unwrap_or_default(),
        )
        .fact(lang.t("division-address"), place.join(", "))
        .figure(lang.t("division-field-phone"), lookup::phone(&school.phone))
        .draw()
}

/// What is said of a school, as its form shows it.
fn said(school: &School) -> Fields {
    let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    Fields::from(vec![
        pair("name", &school.name),
        pair("code", school.code.as_str()),
        pair("authority", school.authority.as_str()),
        pair("street", &school.street),
        pair("city", &school.city),
        pair("postal_code", &school.postal_code),
        pair("phone", &school.phone),
        pair("lowest_grade", school.lowest_grade.as_str()),
        pair("highest_grade", school.highest_grade.as_str()),
        pair("seen", &school.version.to_string()),
    ])
}

fn form(ctx: &Ctx, action: &str, back: &str, authorities: &[Authority], (typed, found): &Sent) -> Markup {
    let lang = ctx.lang;
    let authorities: Vec<Choice> = authorities
        .iter()
        .map(|one| Choice::new(one.code.as_str(), format!("{} ({})", one.name, one.code)))
        .collect();
    let grades: Vec<Choice> = Grade::ALL
        .iter()
        .map(|grade| Choice::new(grade.as_str(), grade.label()))
        .collect();
    let ask = Ask { lang, typed, found };
    let fields = html! {
        div class="cb fg" {
            (summary(lang, found, &FIELDS))
            input type="hidden" name="seen" value=(typed.get("seen"));
            (ask.text("name", Width::TwoThirds))
            (ask.text("code", Width::Third))
            (ask.select("authority", Width::Whole, &authorities))
            (ask.text("street", Width::Whole))
            (ask.text("city", Width::TwoThirds))
            (ask.text("postal_code", Width::Third))
            (ask.text("phone", Width::Third))
            (ask.select("lowest_grade", Width::Third, &grades))
            (ask.select("highest_grade", Width::Third, &grades))
        }
        (form_end(lang, &html! {}, back, &Action::submit(lang.t("save")).primary()))
    };
    Form::post(action).draw_in(ctx, &fields)
}

/// What was typed of a school; refused when a part is missing or has not its form.
fn details(fields: &Fields) -> Outcome<SchoolDetails> {
    let mut findings = Findings::default();
    let code = fields.parsed("code", "LP-0031", &mut findings);
    let code = wanted(code, "LP-0031", "code", &mut findings);
    let authority = fields.parsed("authority", "LP-0032", &mut findings);
    let authority = wanted(authority, "LP-0032", "authority", &mut findings);
    let lowest = fields.parsed("lowest_grade", "LP-0033", &mut findings);
    let lowest = wanted(lowest, "LP-0033", "lowest_grade", &mut findings);
    let highest = fields.parsed("highest_grade", "LP-0033", &mut findings);
    let highest = wanted(highest, "LP-0033", "highest_grade", &mut findings);
    let text = |name: &str| fields.get(name).to_owned();
    match (code, authority, lowest, highest) {
        (Some(code), Some(authority), Some(lowest_grade), Some(highest_grade)) => Ok(SchoolDetails {
            code,
            name: text("name"),
            authority,
            street: text("street"),
            city: text("city"),
            postal_code: text("postal_code"),
            phone: text("phone"),
            lowest_grade,
            highest_grade,
        }),
        _ => Err(kernel::Failure::Invalid(findings)),
    }
}

/// Keeps what was typed of a school.
pub(crate) async fn save(
    State(app): State<App>,
    Path(id): Path<SchoolId>,
    Posted { who, fields }: Posted,
) -> PageResult {
    let permit = Permit::<ManageSchools>::school(who.standing(), id).or_stop(&app, &who)?;
    let read = fields
        .fit()
        .and_then(|()| Ok((details(&fields)?, fields.version("seen")?)));
    let saved = match read {
        Ok((details, seen)) => {
            let write = move |tx: &mut db::Tx| schools::change_school(tx, &permit, id, seen, details.clone());
            app.store().write(who.actor(), write).await
        }
        Err(failure) => Err(failure),
    };
    let found = match saved {
        Ok(saved) if !is_noted(&saved.findings) => return Ok(Answer::see(path(id))),
        Ok(saved) => {
            return {
                let sent = (said(&saved.record), findings::shown(who.lang(), &saved.findings));
                show(
                    &app,
                    &who,
                    id,
                    Attempt {
                        school: Some(sent),
                        ..Attempt::default()
                    },
                )
                .await
            };
        }
        Err(failure) => findings::of_failure(who.lang(), failure).or_stop(&app, &who)?,
    };
    show(
        &app,
        &who,
        id,
        Attempt {
            school: Some((fields, found)),
            ..Attempt::default()
        },
    )
    .await
}

/// The form of a new school.
pub(crate) async fn new_page(State(app): State<App>, who: Who) -> PageResult {
    show_new(&app, &who, (Fields::default(), Vec::new())).await
}

async fn show_new(app: &App, who: &Who, sent: Sent) -> PageResult {
    Permit::<ManageSchools>::wide(who.standing()).or_stop(app, who)?;
    let authorities = app
        .store()
        .read(who.division(), |at| schools::authorities(at))
        .await
        .or_stop(app, who)?;
    let ctx = context::of(app, who, Job::Division).await?;
    let lang = ctx.lang;
    let head = PageHead::new(lang.t("division-school-new")).crumbs(vec![
        Crumb::link(lang.t("nav-division"), "/division"),
        Crumb::link(lang.t("division-part-schools"), "/division/schools"),
    ]);
    let form = form(
        &ctx,
        "/division/schools/new",
        "/division/schools",
        &authorities,
        &sent,
    );
    let title = card::Head::new("school", lang.t("division-school"));
    let body =
        html! { (head.draw()) div class="grid" { div class="s7" { (card::bare_card(&title, &form)) } } };
    let page = ui::shell::page(&ctx, lang.t("division-school-new"), body);
    Ok(if is_refused(&sent.1) {
        Answer::again(page)
    } else {
        Answer::page(page)
    })
}

/// Adds the school.
pub(crate) async fn add(State(app): State<App>, Posted { who, fields }: Posted) -> PageResult {
    let permit = Permit::<ManageSchools>::wide(who.standing()).or_stop(&app, &who)?;
    let added = match fields.fit().and_then(|()| details(&fields)) {
        Ok(details) => {
            let write = move |tx: &mut db::Tx| {
                schools::add_school(
                    tx,
                    &permit,
                    AddSchool {
                        id: None,
                        details: details.clone(),
                    },
                )
            };
            app.store().write(who.actor(), write).await
        }
        Err(failure) => Err(failure),
    };
    match added {
        Ok(saved) => Ok(Answer::see(path(saved.record.id))),
        Err(failure) => {
            let found = findings::of_failure(who.lang(), failure).or_stop(&app, &who)?;
            show_new(&app, &who, (fields, found)).await
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{details, said};
    use crate::posted::Fields;
    use kernel::{Failure, Grade, SchoolId};
    use schools::School;

    fn school() -> School {
        School {
            id: SchoolId::derived("Marten Lake"),
            code: "0982".parse().expect("four digits"),
            name: "Marten Lake School".into(),
            authority: "3260".parse().expect("four digits"),
            street: "12 Lake Road".into(),
            city: "Marten Lake".into(),
            postal_code: "T0Z 1A0".into(),
            phone: "7805550147".into(),
            lowest_grade: Grade::Ecs,
            highest_grade: Grade::G9,
            version: 3,
        }
    }

    #[test]
    fn a_form_that_is_not_touched_says_the_same_again() {
        let (school, read) = (school(), details(&said(&school())).expect("complete"));
        assert_eq!(
            (read.code, read.authority, read.name.as_str()),
            (school.code, school.authority, school.name.as_str())
        );
        assert_eq!(
            (read.lowest_grade, read.highest_grade),
            (school.lowest_grade, school.highest_grade)
        );
    }

    #[test]
    fn everything_missing_is_told_at_once() {
        let Err(Failure::Invalid(found)) = details(&Fields::of(&[("code", "98")])) else {
            panic!("an empty form was taken");
        };
        let told: Vec<_> = found
            .0
            .iter()
            .map(|finding| (finding.code.as_str(), finding.field.as_str()))
            .collect();
        let wanted = [
            ("LP-0031", "code"),
            ("LP-0032", "authority"),
            ("LP-0033", "lowest_grade"),
            ("LP-0033", "highest_grade"),
        ];
        assert_eq!(told, wanted);
    }
}
