//! Who teaches a section: the card, a new member of staff, and the last day of one.

use super::form::manageable;
use super::page::{self, Loaded};
use super::path;
use super::words::{Ask, Sent, answer};
use crate::answer::{Answer, OrStop, PageResult};
use crate::posted::{Fields, Posted};
use crate::who::Who;
use crate::{App, context, findings, stale};
use access::Permit;
use access::action::ManageSections;
use axum::extract::{Path, State};
use courses::{NewStaff, Staff, StaffRole};
use kernel::{Failure, Findings, Outcome, SectionId, SectionStaffId};
use maud::{Markup, html};
use ui::ctx::{Ctx, Job};
use ui::form::{Choice, Form, Width, form_end, summary};
use ui::{Action, Icon, Lang, card};

/// Names of the fields of a new member of staff.
const FIELDS: [&str; 4] = ["account", "role", "from", "until"];

/// What a member of staff is, in words.
fn role(lang: Lang, role: StaffRole) -> String {
    lang.t(&format!("sections-role-{}", role.as_str())).into_owned()
}

/// The address of a member of staff.
fn address(section: SectionId, id: SectionStaffId) -> String {
    format!("{}/staff/{id}", path(section))
}

/// The card on the page of the section.
pub(super) fn card(ctx: &Ctx, loaded: &Loaded, may: bool, sent: Option<&Sent>) -> Markup {
    let lang = ctx.lang;
    let staff: Vec<&Staff> = loaded.view.section.taught_by().collect();
    let body = html! {
        @if staff.is_empty() { (ui::waiting::empty(&lang.t("sections-staff-none"), None)) }
        @else { ul class="list" { @for one in &staff { (line(lang, loaded, one, may)) } } }
        @if may { (new_form(ctx, loaded, sent)) }
    };
    card::bare_card(&card::Head::new("staff", lang.t("sections-staff")), &body)
}

fn line(lang: Lang, loaded: &Loaded, staff: &Staff, may: bool) -> Markup {
    let name = loaded.view.names.get(&staff.account).map_or("", String::as_str);
    let section = &loaded.view.section;
    let (from, until) = section.staff_days(staff);
    let spoken = lang.tx("sections-change-student", &[("name", name.into())]);
    html! {
        li class="row-x" {
            div class="grow" {
                b { (name) }
                div class="sm sub" { (role(lang, staff.role)) " · " span class="num nw" { (from) " – " (until) } }
            }
            @if may { span class="no-print" { (Action::link(lang.t("sections-change"), address(section.id, staff.id)).small().quiet().spoken(spoken)) } }
        }
    }
}

fn new_form(ctx: &Ctx, loaded: &Loaded, sent: Option<&Sent>) -> Markup {
    let (lang, section) = (ctx.lang, &loaded.view.section);
    let pair = |name: &str, value: String| (name.to_owned(), value);
    let from = kernel::Date::from(ctx.today).clamp(section.first_day, section.last_day);
    let fresh = (
        Fields::from(vec![
            pair("id", SectionStaffId::fresh(loaded.now).to_string()),
            pair("role", StaffRole::Lead.as_str().to_owned()),
            pair("from", from.to_string()),
        ]),
        Vec::new(),
    );
    let (typed, found) = sent.unwrap_or(&fresh);
    let ask = Ask { lang, typed, found };
    let teachers: Vec<Choice> = loaded
        .teachers
        .iter()
        .map(|one| Choice::new(one.account.to_string(), one.name.clone()))
        .collect();
    let roles: Vec<Choice> = StaffRole::ALL
        .iter()
        .map(|one| Choice::new(one.as_str(), role(lang, *one)))
        .collect();
    let fields = html! {
        div class="cb fg b-top" {
            (summary(lang, found, &FIELDS))
            input type="hidden" name="id" value=(typed.get("id"));
            (ask.select("account", Width::Whole, &teachers))
            (ask.select("role", Width::Whole, &roles))
            (ask.day("from", Width::Half))
            (ask.date("until", Width::Half))
            div class="f w12" { (Action::submit(lang.t("sections-staff-add")).icon(Icon::UserPlus)) }
        }
    };
    let address = format!("{}/staff", path(section.id));
    html! { div class="no-print" { (Form::post(&address).draw_in(ctx, &fields)) } }
}

/// Puts a member of staff in.
pub(crate) async fn add(
    State(app): State<App>,
    Path(id): Path<SectionId>,
    Posted { who, fields }: Posted,
) -> PageResult {
    let loaded = manageable(&app, &who, id).await?;
    let permit =
        Permit::<ManageSections>::school(who.standing(), loaded.view.section.school).or_stop(&app, &who)?;
    let added = match new_staff(&fields, SectionStaffId::fresh(app.store().now())) {
        Ok(new) => {
            let write = move |tx: &mut db::Tx| courses::add_staff(tx, &permit, id, &new);
            app.store().write(who.actor(), write).await.map(|_| ())
        }
        Err(failure) => Err(failure),
    };
    match added {
        Ok(()) => Ok(Answer::see(path(id))),
        Err(failure) => {
            let found = findings::of_failure(who.lang(), failure).or_stop(&app, &who)?;
            page::show(&app, &who, id, Some((fields, found))).await
        }
    }
}

/// What was typed. The form names the record it makes, so that sent twice it makes one; `fresh` is for a form that does not.
fn new_staff(fields: &Fields, fresh: SectionStaffId) -> Outcome<NewStaff> {
    fields.fit()?;
    let mut findings = Findings::default();
    let account: Option<kernel::AccountId> = fields.chosen("account", "LP-0008", &mut findings);
    let role: Option<StaffRole> = fields.chosen("role", "LP-0008", &mut findings);
    let from = fields.day("from", &mut findings);
    let until = fields.date("until", &mut findings);
    match (account, role, from) {
        (Some(account), Some(role), Some(from)) if !findings.refuse() => Ok(NewStaff {
            id: fields.get("id").parse().unwrap_or(fresh),
            account,
            role,
            from,
            until,
        }),
        _ => Err(Failure::Invalid(findings)),
    }
}

/// The member of staff of an address.
fn find(loaded: &Loaded, id: SectionStaffId) -> Outcome<&Staff> {
    let found = loaded.view.section.taught_by().find(|one| one.id == id);
    found.ok_or(Failure::NotFound)
}

/// The page of one member of staff.
pub(crate) async fn ask(
    State(app): State<App>,
    who: Who,
    Path((section, id)): Path<(SectionId, SectionStaffId)>,
) -> PageResult {
    let loaded = manageable(&app, &who, section).await?;
    let staff = find(&loaded, id).or_stop(&app, &who)?;
    let today = app.store().now().date();
    let (from, last) = loaded.view.section.staff_days(staff);
    let day = today.min(last).max(from);
    let fields = Fields::from(vec![("until".to_owned(), day.to_string())]);
    show(&app, &who, &loaded, id, (fields, Vec::new())).await
}

async fn show(app: &App, who: &Who, loaded: &Loaded, id: SectionStaffId, (typed, found): Sent) -> PageResult {
    let staff = find(loaded, id).or_stop(app, who)?;
    let ctx = context::of(app, who, Job::Classes).await?;
    let (lang, section) = (ctx.lang, &loaded.view.section);
    let name = loaded.view.names.get(&staff.account).map_or("", String::as_str);
    let ask = Ask {
        lang,
        typed: &typed,
        found: &found,
    };
    let seen = stale::seen(staff.version, &typed);
    let end = html! {
        div class="cb fg" {
            (summary(lang, &found, &["until"]))
            p class="w12 m-0" { (lang.t("sections-staff-end-text")) }
            (seen)
            (ask.day("until", Width::Half))
        }
        (form_end(lang, &html! {}, &path(section.id), &Action::submit(lang.t("sections-staff-end")).primary()))
    };
    let remove = html! {
        div class="cb" {
            p { (lang.t("sections-staff-remove-text")) }
            (seen)
            (Action::submit(lang.t("sections-staff-remove")).danger())
        }
    };
    let body = html! {
        (page::head(lang, loaded).draw())
        div class="grid" {
            div class="s6" { (card::bare_card(&card::Head::new("end", format!("{name} · {}", role(lang, staff.role))), &Form::post(&format!("{}/end", address(section.id, id))).draw_in(&ctx, &end))) }
            div class="s6" { (card::bare_card(&card::Head::new("remove", lang.t("sections-in-error")), &Form::post(&format!("{}/remove", address(section.id, id))).draw_in(&ctx, &remove))) }
        }
    };
    Ok(answer(
        ui::shell::page(&ctx, lang.t("sections-staff"), body),
        &found,
    ))
}

/// Says the last day.
pub(crate) async fn end(
    State(app): State<App>,
    Path((section, id)): Path<(SectionId, SectionStaffId)>,
    Posted { who, fields }: Posted,
) -> PageResult {
    let loaded = manageable(&app, &who, section).await?;
    find(&loaded, id).or_stop(&app, &who)?;
    let permit =
        Permit::<ManageSections>::school(who.standing(), loaded.view.section.school).or_stop(&app, &who)?;
    let mut found = Findings::default();
    let day = fields.day("until", &mut found);
    let read = fields
        .fit()
        .and_then(|()| day.ok_or(Failure::Invalid(found)))
        .and_then(|day| Ok((day, fields.version("version")?)));
    let done = match read {
        Ok((day, seen)) => {
            let write = move |tx: &mut db::Tx| courses::end_staff(tx, &permit, section, (id, seen), day);
            app.store().write(who.actor(), write).await.map(|_| ())
        }
        Err(failure) => Err(failure),
    };
    settled(&app, &who, (section, id), fields, done).await
}

/// Takes back that somebody was to teach.
pub(crate) async fn remove(
    State(app): State<App>,
    Path((section, id)): Path<(SectionId, SectionStaffId)>,
    Posted { who, fields }: Posted,
) -> PageResult {
    let loaded = manageable(&app, &who, section).await?;
    find(&loaded, id).or_stop(&app, &who)?;
    let permit =
        Permit::<ManageSections>::school(who.standing(), loaded.view.section.school).or_stop(&app, &who)?;
    let done = match fields.version("version") {
        Ok(seen) => {
            let write = move |tx: &mut db::Tx| courses::remove_staff(tx, &permit, section, (id, seen));
            app.store().write(who.actor(), write).await.map(|_| ())
        }
        Err(failure) => Err(failure),
    };
    settled(&app, &who, (section, id), fields, done).await
}

async fn settled(
    app: &App,
    who: &Who,
    (section, id): (SectionId, SectionStaffId),
    fields: Fields,
    done: Outcome<()>,
) -> PageResult {
    let sent = match done {
        Ok(()) => return Ok(Answer::see(path(section))),
        Err(failure) if stale::is_stale(&failure) => stale::again(who.lang(), &fields),
        Err(failure) => (
            fields,
            findings::of_failure(who.lang(), failure).or_stop(app, who)?,
        ),
    };
    let loaded = manageable(app, who, section).await?;
    // Taken back meanwhile: there is nothing left to end.
    if find(&loaded, id).is_err() {
        return Ok(Answer::see(path(section)));
    }
    show(app, who, &loaded, id, sent).await
}

#[cfg(test)]
mod tests {
    use super::new_staff;
    use crate::posted::Fields;
    use kernel::{AccountId, Failure, SectionStaffId};

    #[test]
    fn who_as_what_and_from_when_must_be_said() {
        let account = AccountId::derived("ana").to_string();
        let fine = [
            ("account", account.as_str()),
            ("role", "lead"),
            ("from", "2026-09-01"),
        ];
        assert!(new_staff(&Fields::of(&fine), SectionStaffId::derived("1")).is_ok());
        let told = match new_staff(&Fields::of(&[("until", "soon")]), SectionStaffId::derived("1")) {
            Err(Failure::Invalid(found)) => found.0.into_iter().map(|one| one.field).collect(),
            _ => Vec::new(),
        };
        assert_eq!(told, ["account", "role", "from", "until"]);
    }
}
