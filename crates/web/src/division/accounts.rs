//! Accounts: the list and a new one.

use super::account::{self, Secret};
use super::words::{Ask, is_refused};
use crate::answer::{Answer, OrStop, PageResult, query};
use crate::context;
use crate::listing::{self, Ordered};
use crate::posted::{Fields, Posted};
use crate::who::Who;
use crate::{App, findings};
use access::Permit;
use access::accounts::{
    self, AccountFilter, AccountLine, AccountOrder, AccountState, FirstPassword, NewAccount,
};
use access::action::ManageAccounts;
use axum::extract::{Query, State};
use exchange::export::{self, OfficeList};
use kernel::Role;
use maud::{Markup, html};
use serde::Deserialize;
use ui::ctx::{Ctx, Job};
use ui::form::{Choice, Finding as Shown, Form, Width, form_end, summary};
use ui::head::{Crumb, PageHead};
use ui::list::{FilterSelect, Filters, Pager};
use ui::table::{Column, Row, Table};
use ui::{Action, Icon, Lang, State as PillState, card, pill};

/// What the address asks for.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    q: String,
    role: String,
    state: String,
    /// A column's word, with `-` before it for highest first.
    sort: String,
    after: String,
    /// Of a file: its kind.
    format: String,
}

/// Accounts on a page.
const ROWS: usize = 50;

/// The columns that order the list, the usual one first.
const SORTED: [&str; 2] = [AccountOrder::Username.as_str(), AccountOrder::Name.as_str()];

impl Asked {
    fn filter(&self) -> AccountFilter {
        AccountFilter {
            text: self.q.clone(),
            role: self.role.parse().ok(),
            state: self.state.parse().ok(),
            order: self.order().by.parse().unwrap_or_default(),
            is_down: self.order().is_down,
        }
    }
    fn order(&self) -> Ordered<'_> {
        Ordered::of(&self.sort, &SORTED)
    }
    /// What the rows are narrowed and ordered by.
    fn narrowed(&self) -> [(&'static str, &str); 4] {
        [
            ("q", &self.q),
            ("role", &self.role),
            ("state", &self.state),
            ("sort", &self.sort),
        ]
    }
    fn with(&self, sort: &str, after: &str) -> String {
        let [q, role, state, _] = self.narrowed();
        let pairs = [q, role, state, ("sort", sort), ("after", after)];
        format!("/division/accounts{}", query(pairs))
    }
    fn file(&self, format: &str) -> String {
        let pairs = self.narrowed().into_iter().chain([("format", format)]);
        format!("/division/accounts/export{}", query(pairs))
    }
    fn with_after(&self, after: &str) -> String {
        self.with(&self.sort, after)
    }
    fn is_filtered(&self) -> bool {
        [&self.q, &self.role, &self.state]
            .iter()
            .any(|value| !value.is_empty())
    }
}

/// The list.
pub(crate) async fn list(State(app): State<App>, who: Who, Query(asked): Query<Asked>) -> PageResult {
    let permit = Permit::<ManageAccounts>::wide(who.standing()).or_stop(&app, &who)?;
    let wanted = asked.clone();
    let read = app.store().read(who.division(), move |at| {
        let after = Some(wanted.after.as_str()).filter(|after| !after.is_empty());
        accounts::list(
            at,
            &permit,
            &wanted.filter(),
            after,
            i64::try_from(ROWS + 1).unwrap_or(i64::MAX),
        )
    });
    let mut found = read.await.or_stop(&app, &who)?;
    let is_more = found.len() > ROWS;
    found.truncate(ROWS);
    let ctx = context::of(&app, &who, Job::Division).await?;
    let lang = ctx.lang;
    let title = lang.t("division-part-accounts");
    let mut head = PageHead::new(title.clone()).crumbs(vec![
        Crumb::link(lang.t("nav-division"), "/division"),
        Crumb::here(title.clone()),
    ]);
    for action in listing::exports(lang, |format| asked.file(format)) {
        head = head.action(action);
    }
    let head = head.action(
        Action::link(lang.t("division-account-new"), "/division/accounts/new")
            .icon(Icon::UserPlus)
            .primary(),
    );
    let pager = Pager {
        is_longer: false,
        shown: found.len(),
        total: found.len(),
        previous: (!asked.after.is_empty()).then(|| asked.with_after("")),
        next: found
            .last()
            .filter(|_| is_more)
            .map(|line| asked.with_after(&line.username)),
    };
    let body = html! {
        (head.draw())
        (ui::list::list_card(
            &title, "accounts-rows", &filters(lang, &asked), &table(lang, &asked, &found), &ui::list::pager(lang, &pager, &html! {}),
        ))
    };
    Ok(ui::shell::page(&ctx, title, body).into())
}

/// Headings of the file.
const HEADINGS: [&str; 7] = [
    "division-field-display-name",
    "division-field-username",
    "division-field-email",
    "division-roles",
    "division-factor",
    "division-state",
    "division-made",
];

/// The list as a file, whole and as it is filtered and ordered.
pub(crate) async fn export(State(app): State<App>, who: Who, Query(asked): Query<Asked>) -> PageResult {
    let permit = Permit::<ManageAccounts>::wide(who.standing()).or_stop(&app, &who)?;
    let (lang, format) = (who.lang(), listing::format(&asked.format));
    let narrowed = asked.narrowed().into_iter();
    let list = OfficeList {
        filter: asked.filter(),
        asked: narrowed
            .filter(|(_, value)| !value.is_empty())
            .map(|(name, value)| (name.to_owned(), serde_json::Value::from(value)))
            .collect(),
        headings: HEADINGS.map(|words| lang.t(words).into_owned()).to_vec(),
        format,
    };
    let cells = move |line: &AccountLine| {
        vec![
            line.display_name.clone(),
            line.username.clone(),
            line.email.clone(),
            held(lang, line),
            factors(lang, line),
            lang.t(&format!("division-account-{}", line.state.as_str()))
                .into_owned(),
            line.created_at.date().to_string(),
        ]
    };
    let file = app
        .store()
        .write(who.actor(), move |tx| export::accounts(tx, &permit, &list, cells));
    let file = file.await.or_stop(&app, &who)?;
    let today = app.store().now().date();
    Ok(Answer::list(&format!("accounts-{today}"), format, file))
}

/// The roles held today, in words.
fn held(lang: Lang, line: &AccountLine) -> String {
    let roles = line.roles.iter();
    let words: Vec<String> = roles.map(|role| context::role_words(lang, *role)).collect();
    words.join(", ")
}

/// Every role, in words.
pub(super) fn roles(lang: Lang) -> Vec<Choice> {
    Role::ALL
        .iter()
        .map(|role| Choice::new(role.as_str(), context::role_words(lang, *role)))
        .collect()
}

fn filters(lang: Lang, asked: &Asked) -> Markup {
    let states = AccountState::ALL.iter().map(|state| {
        Choice::new(
            state.as_str(),
            lang.t(&format!("division-account-{}", state.as_str())),
        )
    });
    let select = |name: &str, words: &str, choices: Vec<Choice>, value: &str| FilterSelect {
        name: name.to_owned(),
        label: lang.t(words).into_owned(),
        choices,
        value: value.to_owned(),
    };
    let filters = Filters {
        action: "/division/accounts".to_owned(),
        text_label: lang.t("division-accounts-filter").into_owned(),
        text: asked.q.clone(),
        selects: vec![
            select("role", "division-any-role", roles(lang), &asked.role),
            select("state", "division-any-state", states.collect(), &asked.state),
        ],
        hidden: [("sort".to_owned(), asked.sort.clone())]
            .into_iter()
            .filter(|(_, value)| !value.is_empty())
            .collect(),
        clear: asked.is_filtered().then(|| "/division/accounts".to_owned()),
        results_id: "accounts-rows".to_owned(),
    };
    ui::list::filters(lang, &filters, &html! {})
}

fn table(lang: Lang, asked: &Asked, found: &[AccountLine]) -> Markup {
    let sorted = |column: Column, order: AccountOrder| {
        let heading = |sort: &str| asked.with(sort, "");
        asked.order().heading(column, order.as_str(), heading)
    };
    let columns = vec![
        sorted(
            Column::new(lang.t("division-field-display-name")),
            AccountOrder::Name,
        ),
        sorted(
            Column::new(lang.t("division-field-username")).hide_on_phone(),
            AccountOrder::Username,
        ),
        Column::new(lang.t("division-roles")),
        Column::new(lang.t("division-factor")).hide_on_phone(),
        Column::new(lang.t("division-state")),
    ];
    let row = |line: &AccountLine| {
        let roles = held(lang, line);
        Row::new(vec![
            html! { (line.display_name) },
            html! { span class="sub" { (line.username) } },
            html! { @if roles.is_empty() { span class="dim" { (lang.t("division-no-role")) } } @else { (roles) } },
            html! { span class="sub" { (factors(lang, line)) } },
            state(lang, line),
        ])
        .link(0, account::path(line.id))
    };
    let empty = ui::waiting::empty(&lang.t("division-accounts-none"), None);
    Table::new(lang.t("division-part-accounts"), columns)
        .rows(found.iter().map(row).collect())
        .empty(empty)
        .draw(lang)
}

/// Whether an account may sign in.
pub(super) fn state(lang: Lang, line: &AccountLine) -> Markup {
    let state = if line.state == AccountState::Active {
        PillState::Ok
    } else {
        PillState::Neutral
    };
    pill::pill(
        state,
        &lang.t(&format!("division-account-{}", line.state.as_str())),
    )
}

/// The second factors of an account.
pub(super) fn factors(lang: Lang, line: &AccountLine) -> String {
    let mut factors = Vec::new();
    if line.has_totp {
        factors.push(lang.t("division-factor-app").into_owned());
    }
    if line.passkeys > 0 {
        factors.push(
            lang.tx("division-factor-passkeys", &[("n", line.passkeys.into())])
                .into_owned(),
        );
    }
    if factors.is_empty() {
        lang.t("division-factor-none").into_owned()
    } else {
        factors.join(", ")
    }
}

/// The form of a new account.
pub(crate) async fn new_page(State(app): State<App>, who: Who) -> PageResult {
    show_new(&app, &who, &Fields::default(), &[]).await
}

async fn show_new(app: &App, who: &Who, typed: &Fields, found: &[Shown]) -> PageResult {
    Permit::<ManageAccounts>::wide(who.standing()).or_stop(app, who)?;
    let ctx = context::of(app, who, Job::Division).await?;
    let lang = ctx.lang;
    let head = PageHead::new(lang.t("division-account-new")).crumbs(vec![
        Crumb::link(lang.t("nav-division"), "/division"),
        Crumb::link(lang.t("division-part-accounts"), "/division/accounts"),
    ]);
    let title = card::Head::new("account", lang.t("division-account"));
    let body = html! {
        (head.draw())
        div class="grid" { div class="s7" { (card::bare_card(&title, &new_form(&ctx, typed, found))) } }
    };
    let page = ui::shell::page(&ctx, lang.t("division-account-new"), body);
    Ok(if is_refused(found) {
        Answer::again(page)
    } else {
        Answer::page(page)
    })
}

fn new_form(ctx: &Ctx, typed: &Fields, found: &[Shown]) -> Markup {
    let lang = ctx.lang;
    let languages: Vec<Choice> = Lang::ALL
        .iter()
        .map(|lang| Choice::new(lang.tag(), lang.own_name()))
        .collect();
    let ask = Ask { lang, typed, found };
    let fields = html! {
        div class="cb fg" {
            (summary(lang, found, &["display_name", "username", "email", "language"]))
            (ask.text("display_name", Width::Half))
            (ask.text("username", Width::Half))
            (ask.text("email", Width::Half))
            (ask.select("language", Width::Half, &languages))
            p class="f w12 sm sub m-0" { (lang.t("division-account-new-note")) }
        }
        (form_end(lang, &html! {}, "/division/accounts", &Action::submit(lang.t("division-account-make")).primary()))
    };
    Form::post("/division/accounts/new").draw_in(ctx, &fields)
}

/// Makes the account and shows its first password, once.
pub(crate) async fn add(State(app): State<App>, Posted { who, fields }: Posted) -> PageResult {
    let permit = Permit::<ManageAccounts>::wide(who.standing()).or_stop(&app, &who)?;
    let secret = Secret::fresh();
    let new = NewAccount {
        username: fields.get("username").to_owned(),
        display_name: fields.get("display_name").to_owned(),
        email: fields.get("email").to_owned(),
        password: FirstPassword::ToChange(secret.text().to_owned()),
        language: fields
            .some("language")
            .unwrap_or_else(|| who.lang().tag().to_owned()),
    };
    let fit = fields.fit();
    match app
        .store()
        .write(who.actor(), move |tx| {
            fit.clone()?;
            accounts::create(tx, &permit, &new)
        })
        .await
    {
        Ok(id) => account::first_password(&app, &who, id, &secret).await,
        Err(failure) => {
            let found = findings::of_failure(who.lang(), failure).or_stop(&app, &who)?;
            show_new(&app, &who, &fields, &found).await
        }
    }
}
