//! One account: its roles, and help for someone who cannot sign in.

use super::accounts::{factors, roles, state};
use super::ties;
use super::words::{self, Ask, Step, wanted};
use crate::answer::{Answer, OrStop, PageResult};
use crate::context;
use crate::posted::{Fields, Posted};
use crate::who::Who;
use crate::{App, findings, lookup};
use access::Permit;
use access::accounts::{self, AccountLine, AccountState};
use access::action::ManageAccounts;
use access::grants::{self, GiveRole, Grant};
use axum::extract::{Path, State};
use kernel::{AccountId, Date, Failure, Findings, GrantId, Instant, Outcome};
use maud::{Markup, html};
use schools::Directory;
use ui::ctx::{Ctx, Job};
use ui::facts::Facts;
use ui::form::{Finding as Shown, Form, Width, form_end, summary};
use ui::head::{Crumb, PageHead};
use ui::table::{Column, Row, Table};
use ui::{Action, Lang, State as PillState, card, pill};

/// The address of an account.
pub(super) fn path(account: AccountId) -> String {
    format!("/division/accounts/{account}")
}

/// A first password: told to the person once, changed by them at the first sign-in.
#[derive(Clone)]
pub(super) struct Secret(String);

/// Letters and digits that are not taken for one another when read aloud or copied.
const READABLE: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz2345678#+";

impl Secret {
    /// Sixteen random signs in groups of four: 80 bits.
    pub(super) fn fresh() -> Self {
        // The two halves leave out the fixed bits of version and variant.
        let (one, two) = (
            uuid::Uuid::new_v4().into_bytes(),
            uuid::Uuid::new_v4().into_bytes(),
        );
        Self::of(
            one[..6]
                .iter()
                .chain(&one[10..])
                .chain(&two[..6])
                .take(16)
                .copied(),
        )
    }

    fn of(bytes: impl Iterator<Item = u8>) -> Self {
        let signs: Vec<u8> = bytes.map(|byte| READABLE[usize::from(byte % 32)]).collect();
        let groups: Vec<String> = signs
            .chunks(4)
            .map(|group| String::from_utf8_lossy(group).into_owned())
            .collect();
        Self(groups.join("-"))
    }

    pub(super) fn text(&self) -> &str {
        &self.0
    }
}

/// What was sent to the page and is shown again.
#[derive(Default)]
struct Attempt {
    /// A role to be given.
    role: Option<(Fields, Vec<Shown>)>,
    /// Why a step was refused.
    step: Vec<Shown>,
}

/// What the page shows.
struct Read {
    line: AccountLine,
    grants: Vec<Grant>,
    ties: Vec<ties::Line>,
    directory: Directory,
    today: Date,
}

/// The page.
pub(crate) async fn page(State(app): State<App>, who: Who, Path(id): Path<AccountId>) -> PageResult {
    show(&app, &who, id, Attempt::default()).await
}

async fn load(app: &App, who: &Who, id: AccountId) -> Result<Read, crate::answer::Stopped> {
    let permit = Permit::<ManageAccounts>::wide(who.standing()).or_stop(app, who)?;
    let read = app.store().read(who.division(), move |at| {
        Ok(Read {
            line: accounts::line(at, &permit, id)?,
            grants: grants::of_account(at, &permit, id)?,
            ties: ties::lines(at, &permit, id)?,
            directory: schools::directory(at)?,
            today: db::Reading::today(at),
        })
    });
    read.await.or_stop(app, who)
}

async fn show(app: &App, who: &Who, id: AccountId, attempt: Attempt) -> PageResult {
    let read = load(app, who, id).await?;
    let ctx = context::of(app, who, Job::Division).await?;
    let (lang, now) = (ctx.lang, app.store().now());
    let is_own = who.holder().account == id;
    let head = PageHead::new(read.line.display_name.clone())
        .crumbs(vec![
            Crumb::link(lang.t("nav-division"), "/division"),
            Crumb::link(lang.t("division-part-accounts"), "/division/accounts"),
        ])
        .facts(read.line.username.clone());
    let body = html! {
        (head.draw())
        @if !attempt.step.is_empty() { div class="mb" { (summary(lang, &attempt.step, &[])) } }
        div class="grid" {
            div class="s7 stack" {
                (held(&ctx, &read, is_own))
                (seen(&read, is_own).draw(&ctx))
                @if !is_own && read.line.state == AccountState::Active {
                    (give_form(&ctx, &read, attempt.role.clone().unwrap_or_default()))
                }
            }
            div class="s5 stack" {
                (facts(lang, &read.line, now))
                @if !is_own { (help(&ctx, &read.line)) }
            }
        }
    };
    let page = ui::shell::page(&ctx, lang.t("division-account"), body);
    let is_refused = !attempt.step.is_empty() || attempt.role.is_some();
    Ok(if is_refused {
        Answer::again(page)
    } else {
        Answer::page(page)
    })
}

fn seen(read: &Read, is_own: bool) -> ties::Shown<'_> {
    ties::Shown {
        account: read.line.id,
        lines: &read.ties,
        kinds: ties::kinds(&read.grants, read.today),
        directory: &read.directory,
        today: read.today,
        may_change: !is_own && read.line.state == AccountState::Active,
    }
}

fn facts(lang: Lang, line: &AccountLine, now: Instant) -> Markup {
    let email = Some(line.email.clone()).filter(|email| !email.is_empty());
    let facts = Facts::new()
        .fact(lang.t("division-state"), state(lang, line))
        .fact(lang.t("division-field-username"), &line.username)
        .maybe(lang, lang.t("division-field-email"), email)
        .fact(lang.t("division-factor"), factors(lang, line))
        .figure(
            lang.t("division-made"),
            lookup::moment(lang, line.created_at, now),
        );
    card::card(
        &card::Head::new("account", lang.t("division-account")),
        &facts.draw(),
    )
}

/// Roles as given, the newest first; what is over stays to be read.
fn held(ctx: &Ctx, read: &Read, is_own: bool) -> Markup {
    let lang = ctx.lang;
    let columns = vec![
        Column::new(lang.t("division-field-role")),
        Column::new(lang.t("division-field-school")),
        Column::new(lang.t("division-field-from")),
        Column::new(lang.t("division-field-until")),
        Column::new(lang.t("division-field-reason")).hide_on_phone(),
        Column::new(lang.t("division-state")),
    ];
    let ends: Vec<(&Grant, String, String)> = read
        .grants
        .iter()
        .map(|grant| {
            (
                grant,
                format!("end-{}", grant.id),
                format!("{}/roles/{}/end", path(read.line.id), grant.id),
            )
        })
        .collect();
    let may_end = |grant: &Grant| {
        !is_own && grant.ended_at.is_none() && grant.until_date.is_none_or(|last| last >= read.today)
    };
    let rows = ends.iter().map(|(grant, id, action)| {
        let end = Step {
            id,
            words: "end-role",
            action,
            csrf: &ctx.csrf,
        };
        role_row(
            lang,
            grant,
            &read.directory,
            read.today,
            may_end(grant).then(|| end.opener(lang)),
        )
    });
    let empty = ui::waiting::empty(&lang.t("division-no-role"), None);
    let body = html! {
        (Table::new(lang.t("division-roles"), columns).rows(rows.collect()).empty(empty).draw(lang))
        @for (_, id, action) in ends.iter().filter(|(grant, _, _)| may_end(grant)) {
            (Step { id, words: "end-role", action, csrf: &ctx.csrf }.draw(lang))
        }
    };
    card::bare_card(&card::Head::new("roles", lang.t("division-roles")), &body)
}

fn role_row(lang: Lang, grant: &Grant, directory: &Directory, today: Date, end: Option<Action>) -> Row {
    let school = grant.school_id.map_or_else(
        || lang.t("division-whole").into_owned(),
        |school| directory.name(school).to_owned(),
    );
    let state = if grant.holds(today) {
        (PillState::Ok, "division-role-held")
    } else if grant.ended_at.is_none() && grant.from_date > today {
        (PillState::Pending, "division-role-to-come")
    } else {
        (PillState::Neutral, "division-role-over")
    };
    let reason = if grant.ended_reason.is_empty() {
        &grant.reason
    } else {
        &grant.ended_reason
    };
    Row::new(vec![
        html! { b { (context::role_words(lang, grant.role)) } },
        html! { (school) },
        html! { span class="num nw" { (grant.from_date) } },
        html! { span class="num nw" { @if let Some(last) = grant.until_date { (last) } @else { "–" } } },
        html! { span class="sm sub" { (reason) br; (lang.tx("division-given-by", &[("who", grant.given_by.as_str().into())])) } },
        html! { span class="row-x" { (pill::pill(state.0, &lang.t(state.1))) @if let Some(end) = end { (end) } } },
    ])
}

fn give_form(ctx: &Ctx, read: &Read, (typed, found): (Fields, Vec<Shown>)) -> Markup {
    let lang = ctx.lang;
    let mut pairs: Vec<(String, String)> = typed
        .pairs()
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    if pairs.is_empty() {
        pairs.push(("from".to_owned(), read.today.to_string()));
    }
    let typed = Fields::from(pairs);
    let ask = Ask {
        lang,
        typed: &typed,
        found: &found,
    };
    let fields = html! {
        div class="cb fg" {
            (summary(lang, &found, &["role", "school", "from", "until", "reason"]))
            (ask.select("role", Width::Half, &roles(lang)))
            (ask.select("school", Width::Half, &words::schools(&read.directory)))
            (ask.date("from", Width::Third))
            (ask.date("until", Width::Third))
            (ask.text("reason", Width::Third))
            p class="f w12 sm sub m-0" { (lang.t("division-role-note")) }
        }
        (form_end(lang, &html! {}, "/division/accounts", &Action::submit(lang.t("division-role-give")).primary()))
    };
    let form = Form::post(&format!("{}/roles", path(read.line.id))).draw_in(ctx, &fields);
    card::bare_card(&card::Head::new("give", lang.t("division-role-new")), &form)
}

/// Steps for someone who cannot sign in, or shall not.
fn help(ctx: &Ctx, line: &AccountLine) -> Markup {
    let lang = ctx.lang;
    let names: &[&str] = match line.state {
        AccountState::Active => &["password", "factors", "close"],
        AccountState::Closed => &["reopen"],
    };
    let steps: Vec<(&str, String, String)> = names
        .iter()
        .map(|name| (*name, format!("step-{name}"), format!("{}/{name}", path(line.id))))
        .collect();
    let body = html! {
        ul class="list" {
            @for (name, id, action) in &steps {
                @let step = Step { id, words: name, action, csrf: &ctx.csrf };
                li class="row-x" {
                    span class="grow sm sub" { (lang.t(&format!("division-{name}-effect"))) }
                    (step.opener(lang))
                }
            }
        }
        @for (name, id, action) in &steps { (Step { id, words: name, action, csrf: &ctx.csrf }.draw(lang)) }
    };
    card::bare_card(&card::Head::new("help", lang.t("division-help")), &body)
}

/// The first password, shown this once.
pub(super) async fn first_password(app: &App, who: &Who, id: AccountId, secret: &Secret) -> PageResult {
    let read = load(app, who, id).await?;
    let ctx = context::of(app, who, Job::Division).await?;
    let lang = ctx.lang;
    let name = read.line.display_name.as_str();
    let facts = Facts::new()
        .fact(
            lang.t("division-field-username"),
            html! { span class="code" { (read.line.username) } },
        )
        .fact(
            lang.t("division-first-password"),
            html! { span class="code big" { (secret.text()) } },
        );
    let body = html! {
        (PageHead::new(lang.t("division-first-password")).facts(name).draw())
        div class="grid" { div class="s7 stack" {
            (ui::notice::banner(
                ui::notice::Tone::Warn,
                &lang.t("division-first-password-once"),
                &lang.tx("division-first-password-text", &[("name", name.into())]),
                &[],
            ))
            (card::card(&card::Head::new("secret", lang.t("division-first-password")), &facts.draw()))
            p { (Action::link(lang.t("division-first-password-done"), path(id)).primary()) }
        } }
    };
    Ok(ui::shell::page(&ctx, lang.t("division-first-password"), body).into())
}

/// Gives a role.
pub(crate) async fn give(
    State(app): State<App>,
    Path(id): Path<AccountId>,
    Posted { who, fields }: Posted,
) -> PageResult {
    let permit = Permit::<ManageAccounts>::wide(who.standing()).or_stop(&app, &who)?;
    let given = match fields.fit().and_then(|()| role_typed(&fields, id)) {
        Ok(new) => {
            app.store()
                .write(who.actor(), move |tx| grants::give(tx, &permit, &new))
                .await
        }
        Err(failure) => Err(failure),
    };
    match given {
        Ok(_) => Ok(Answer::see(path(id))),
        Err(failure) => {
            let found = findings::of_failure(who.lang(), failure).or_stop(&app, &who)?;
            show(
                &app,
                &who,
                id,
                Attempt {
                    role: Some((fields, found)),
                    ..Attempt::default()
                },
            )
            .await
        }
    }
}

fn role_typed(fields: &Fields, account: AccountId) -> Outcome<GiveRole> {
    let mut findings = Findings::default();
    let role = fields.parsed("role", "LP-0034", &mut findings);
    let role = wanted(role, "LP-0034", "role", &mut findings);
    let school = fields.parsed("school", "LP-0005", &mut findings);
    let from = fields.date("from", &mut findings);
    let from = wanted(from, "LP-0001", "from", &mut findings);
    let until = fields.date("until", &mut findings);
    match role.zip(from) {
        Some((role, from)) if !findings.refuse() => Ok(GiveRole {
            account,
            role,
            school,
            from,
            until,
            reason: fields.get("reason").to_owned(),
        }),
        _ => Err(Failure::Invalid(findings)),
    }
}

/// Why a step is taken.
pub(super) fn why(fields: &Fields) -> Outcome<String> {
    fields.fit()?;
    fields.at_most("reason", 200)?;
    Ok(fields.get("reason").to_owned())
}

/// Ends a role.
pub(crate) async fn end(
    State(app): State<App>,
    Path((id, grant)): Path<(AccountId, GrantId)>,
    Posted { who, fields }: Posted,
) -> PageResult {
    let permit = Permit::<ManageAccounts>::wide(who.standing()).or_stop(&app, &who)?;
    let reason = why(&fields);
    let done = app
        .store()
        .write(who.actor(), move |tx| {
            grants::end(tx, &permit, grant, &reason.clone()?)
        })
        .await;
    after(&app, &who, id, done).await
}

/// Sets a first password for someone who forgot theirs, and shows it once.
pub(crate) async fn password(
    State(app): State<App>,
    Path(id): Path<AccountId>,
    Posted { who, fields }: Posted,
) -> PageResult {
    let permit = Permit::<ManageAccounts>::wide(who.standing()).or_stop(&app, &who)?;
    let (secret, reason) = (Secret::fresh(), why(&fields));
    let new = secret.clone();
    let write =
        move |tx: &mut db::Tx| accounts::reset_password(tx, &permit, id, new.text(), &reason.clone()?);
    match app.store().write(who.actor(), write).await {
        Ok(()) => first_password(&app, &who, id, &secret).await,
        refused => after(&app, &who, id, refused).await,
    }
}

/// Takes the second factors away from someone who lost theirs.
pub(crate) async fn reset_factors(
    State(app): State<App>,
    Path(id): Path<AccountId>,
    Posted { who, fields }: Posted,
) -> PageResult {
    let permit = Permit::<ManageAccounts>::wide(who.standing()).or_stop(&app, &who)?;
    let reason = why(&fields);
    let done = app
        .store()
        .write(who.actor(), move |tx| {
            accounts::reset_factors(tx, &permit, id, &reason.clone()?)
        })
        .await;
    after(&app, &who, id, done).await
}

/// Closes the account.
pub(crate) async fn close(
    State(app): State<App>,
    Path(id): Path<AccountId>,
    Posted { who, fields }: Posted,
) -> PageResult {
    let permit = Permit::<ManageAccounts>::wide(who.standing()).or_stop(&app, &who)?;
    let reason = why(&fields);
    let done = app
        .store()
        .write(who.actor(), move |tx| {
            accounts::close(tx, &permit, id, &reason.clone()?)
        })
        .await;
    after(&app, &who, id, done).await
}

/// Opens a closed account again and shows its new first password once.
pub(crate) async fn reopen(
    State(app): State<App>,
    Path(id): Path<AccountId>,
    Posted { who, fields }: Posted,
) -> PageResult {
    let permit = Permit::<ManageAccounts>::wide(who.standing()).or_stop(&app, &who)?;
    let (secret, reason) = (Secret::fresh(), why(&fields));
    let new = secret.clone();
    let write = move |tx: &mut db::Tx| accounts::reopen(tx, &permit, id, new.text(), &reason.clone()?);
    match app.store().write(who.actor(), write).await {
        Ok(()) => first_password(&app, &who, id, &secret).await,
        refused => after(&app, &who, id, refused).await,
    }
}

/// Back to the account, or the account with why a step was refused.
pub(super) async fn after(app: &App, who: &Who, id: AccountId, done: Outcome<()>) -> PageResult {
    match done {
        Ok(()) => Ok(Answer::see(path(id))),
        Err(failure) => {
            let step = findings::of_failure(who.lang(), failure).or_stop(app, who)?;
            show(
                app,
                who,
                id,
                Attempt {
                    step,
                    ..Attempt::default()
                },
            )
            .await
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Secret, role_typed};
    use crate::posted::Fields;
    use kernel::{AccountId, Failure};

    #[test]
    fn a_first_password_is_easy_to_read_and_hard_to_guess() {
        let (one, two) = (Secret::fresh(), Secret::fresh());
        assert_ne!(one.text(), two.text());
        assert_eq!(one.text().len(), 19);
        assert!(
            access::judge_password("mlavallee", one.text()).is_empty(),
            "{} was refused",
            one.text()
        );
        assert!(!one.text().contains(['0', 'o', '1', 'l', 'i']));
    }

    #[test]
    fn a_role_needs_its_name_and_its_first_day() {
        let account = AccountId::derived("a");
        for (sent, missing) in [
            (vec![("role", "secretary"), ("from", "2026-11-23")], vec![]),
            (vec![("from", "2026-11-23")], vec!["role"]),
            (
                vec![("role", "king"), ("from", "soon"), ("until", "later")],
                vec!["role", "from", "until"],
            ),
        ] {
            let told: Vec<String> = match role_typed(&Fields::of(&sent), account) {
                Err(Failure::Invalid(found)) => found.0.into_iter().map(|finding| finding.field).collect(),
                _ => Vec::new(),
            };
            assert_eq!(told, missing);
        }
    }
}
