//! The cards of the account page.

use super::Factors;
use crate::App;
use crate::context;
use crate::lookup;
use crate::who::Who;
use access::Standing;
use access::accounts::Theme;
use access::own_sessions::OwnSession;
use access::passkeys::PasskeyLine;
use access::sessions::Factor;
use kernel::Instant;
use maud::{Markup, html};
use schools::Directory;
use ui::ctx::Ctx;
use ui::facts::Facts;
use ui::form::{Field, Finding as Shown, Form, Password, Width, summary};
use ui::table::{Column, Row, Table};
use ui::{Action, Icon, Lang, State as PillState, card, pill};

/// Name and roles; both are changed by the director.
pub(super) fn you(lang: Lang, who: &Who, directory: &Directory) -> Markup {
    let facts = Facts::new()
        .fact(lang.t("account-name"), &who.holder().display_name)
        .fact(lang.t("sign-in-username"), &who.holder().username);
    let body = html! {
        div class="cb" { (facts.draw()) h3 class="mt" { (lang.t("account-roles")) } }
        ul class="list" {
            @for standing in &who.signed_in.grants { (role(lang, who, standing, directory)) }
        }
        p class="cb b-top sm sub m-0" { (lang.t("account-you-note")) }
    };
    card::bare_card(&card::Head::new("you", lang.t("account-you")), &body)
}

/// A role: what it opens, and for which schools.
fn role(lang: Lang, who: &Who, standing: &Standing, directory: &Directory) -> Markup {
    let schools: Vec<&str> = directory
        .all()
        .iter()
        .filter(|school| standing.schools.contains(&school.id))
        .map(|school| school.name.as_str())
        .collect();
    html! {
        li class="row-x wrap" {
            div class="grow" {
                b { (context::role_words(lang, standing.role)) }
                @if !schools.is_empty() { span class="sub" { " · " (lang.list(&schools)) } }
                div class="sm sub" { (lang.t(&format!("account-role-{}", standing.role.as_str()))) }
            }
            @if standing.role == who.standing().role { (pill::pill(PillState::Selected, &lang.t("account-role-acting"))) }
        }
    }
}

/// Where one is signed in, and the ways out.
pub(super) fn sessions(ctx: &Ctx, who: &Who, all: &[OwnSession], now: Instant) -> Markup {
    let lang = ctx.lang;
    let factor = match who.signed_in.second_factor {
        Factor::None => "account-factor-none",
        Factor::Totp => "account-factor-totp",
        Factor::Passkey => "account-factor-passkey",
    };
    let others = html! { (Action::submit(lang.t("account-end-others")).small()) };
    let everywhere =
        html! { (Action::submit(lang.t("account-sign-out-everywhere")).small().icon(Icon::Logout)) };
    let body = html! {
        ul class="list" { @for one in all { (session(ctx, one, &lang.t(factor), now)) } }
        div class="cb b-top" {
            div class="row-x wrap" {
                @if all.len() > 1 { (Form::post("/account/sessions/end-others").draw_in(ctx, &others)) }
                (Form::post("/account/sign-out-everywhere").draw_in(ctx, &everywhere))
            }
            p class="sm sub m-0 mt-s" { (lang.t("account-sign-out-note")) }
        }
    };
    card::bare_card(&card::Head::new("sessions", lang.t("account-sessions")), &body)
}

fn session(ctx: &Ctx, one: &OwnSession, factor: &str, now: Instant) -> Markup {
    let lang = ctx.lang;
    let unknown = lang.t("account-device-unknown");
    let device = if one.device.is_empty() {
        unknown.as_ref()
    } else {
        one.device.as_str()
    };
    let since = lookup::moment(lang, one.since, now);
    let seen = lookup::moment(lang, one.seen_at, now);
    let (from, ended) = (
        one.ip.as_str(),
        lang.tx(
            "account-end-session",
            &[("device", device.into()), ("time", seen.as_str().into())],
        ),
    );
    let fields = html! {
        input type="hidden" name="session" value=(one.id);
        (Action::submit(lang.t("account-end")).small().spoken(ended))
    };
    html! {
        li class="row-x wrap" {
            div class="grow" {
                b { (device) }
                div class="sm sub num" {
                    (lang.tx("account-session-since", &[("time", since.as_str().into()), ("ip", from.into())]))
                }
                div class="sm sub num" {
                    @if one.is_this { (lang.tx("account-session-with", &[("factor", factor.into())])) }
                    @else { (lang.tx("account-session-seen", &[("time", seen.as_str().into())])) }
                }
            }
            @if one.is_this { (pill::pill(PillState::Ok, &lang.t("account-session"))) }
            @else { (Form::post("/account/sessions/end").draw_in(ctx, &fields)) }
        }
    }
}

/// A new password of one's own.
pub(super) fn password(ctx: &Ctx, who: &Who, found: &[Shown]) -> Markup {
    let lang = ctx.lang;
    let words = [
        "account-current",
        "new-password",
        "new-password-again",
        "new-password-hint",
    ]
    .map(|key| lang.t(key));
    let [current, new, again, hint] = words.each_ref().map(AsRef::as_ref);
    let fields = html! {
        div class="cb fg" {
            (summary(lang, found, &["current", "password", "again"]))
            // Password managers file the new password under this name.
            input type="text" name="username" value=(who.holder().username) autocomplete="username" hidden;
            (Field::new(lang, "current", current).findings(found).required().width(Width::Whole).password(Password::Current))
            (Field::new(lang, "password", new).hint(hint).findings(found).required().password(Password::New))
            (Field::new(lang, "again", again).findings(found).required().password(Password::New))
        }
        div class="form-end w12" {
            span class="sm sub" { (lang.t("account-password-note")) }
            span class="end" { (Action::submit(lang.t("account-password-change")).primary()) }
        }
    };
    let form = Form::post("/account/password").draw_in(ctx, &fields);
    card::bare_card(&card::Head::new("password", lang.t("sign-in-password")), &form)
}

/// Authenticator and passkeys.
pub(super) fn second_step(ctx: &Ctx, app: &App, factors: &Factors, found: &[Shown], now: Instant) -> Markup {
    let lang = ctx.lang;
    let may_make = app.site().relying_party.is_some();
    let body = html! {
        @if !found.is_empty() { div class="cb" { (summary(lang, found, &[])) } }
        ul class="list" { (authenticator(ctx, factors.has_totp)) }
        @if !factors.passkeys.is_empty() { (passkeys(ctx, &factors.passkeys, now)) }
        @if may_make {
            div class="cb b-top row-x wrap" {
                span class="sm sub grow" { (lang.t("account-passkey-text")) }
                (ui::sign_in::new_passkey(lang, "/account/passkey", false))
            }
        }
    };
    card::bare_card(&card::Head::new("second", lang.t("second-title")), &body)
}

fn authenticator(ctx: &Ctx, is_set_up: bool) -> Markup {
    let lang = ctx.lang;
    let (state, words, verb) = if is_set_up {
        (PillState::Ok, "account-app-on", "account-app-replace")
    } else {
        (PillState::Neutral, "account-app-off", "account-app-set-up")
    };
    let remove = html! { (Action::submit(lang.t("account-app-remove")).small().danger()) };
    html! {
        li class="row-x wrap" {
            b class="grow" { (lang.t("account-app")) }
            (pill::pill(state, &lang.t(words)))
            (Action::link(lang.t(verb), "/account/authenticator").small())
            @if is_set_up { (Form::post("/account/authenticator/remove").draw_in(ctx, &remove)) }
        }
    }
}

fn passkeys(ctx: &Ctx, all: &[PasskeyLine], now: Instant) -> Markup {
    let lang = ctx.lang;
    let columns = vec![
        Column::new(lang.t("account-passkey")),
        Column::new(lang.t("account-passkey-made")).hide_on_phone(),
        Column::new(lang.t("account-passkey-used")).hide_on_phone(),
        Column::new(lang.t("account-app-remove")).unseen_label(),
    ];
    let row = |key: &PasskeyLine| {
        let used = key.used_at.map_or_else(
            || lang.t("account-passkey-never").into_owned(),
            |at| lookup::moment(lang, at, now),
        );
        Row::new(vec![
            rename(ctx, key),
            html! { span class="num nw" { (lookup::moment(lang, key.created_at, now)) } },
            html! { span class="num nw" { (used) } },
            remove(ctx, key),
        ])
    };
    Table::new(lang.t("account-passkeys"), columns)
        .rows(all.iter().map(row).collect())
        .draw(lang)
}

fn rename(ctx: &Ctx, key: &PasskeyLine) -> Markup {
    let lang = ctx.lang;
    let label = lang.tx("account-passkey-label", &[("name", key.label.as_str().into())]);
    let fields = html! {
        input type="hidden" name="id" value=(key.id);
        span class="row-x" {
            input class="form-control" type="text" name="label" value=(key.label) maxlength="60" aria-label=(label) autocomplete="off";
            (Action::submit(lang.t("account-passkey-rename")).small())
        }
    };
    Form::post("/account/passkey/rename").draw_in(ctx, &fields)
}

fn remove(ctx: &Ctx, key: &PasskeyLine) -> Markup {
    let spoken = ctx
        .lang
        .tx("account-passkey-remove", &[("name", key.label.as_str().into())]);
    let fields = html! {
        input type="hidden" name="id" value=(key.id);
        (Action::submit(spoken).small().quiet().icon_only(Icon::Trash))
    };
    Form::post("/account/passkey/remove").draw_in(ctx, &fields)
}

/// Language and theme, kept with the account.
pub(super) fn display(ctx: &Ctx, who: &Who) -> Markup {
    let lang = ctx.lang;
    let button = |name: &str, value: &str, label: &str, is_on: bool| {
        html! { button class={ "btn btn-s" @if is_on { " btn-p" } } type="submit" name=(name) value=(value) aria-pressed=(is_on) { (label) } }
    };
    let back = html! { input type="hidden" name="back" value=(super::PATH); };
    let languages = html! {
        (back)
        span class="row-x wrap" role="group" aria-label=(lang.t("account-language")) {
            @for one in Lang::ALL { (button("lang", one.tag(), one.own_name(), one == lang)) }
        }
    };
    let themes = html! {
        (back)
        span class="row-x wrap" role="group" aria-label=(lang.t("account-theme")) {
            @for theme in Theme::ALL {
                (button("theme", theme.as_str(), &lang.t(&format!("account-theme-{}", theme.as_str())), *theme == who.holder().theme))
            }
        }
    };
    let facts = Facts::new()
        .fact(
            lang.t("account-language"),
            Form::post("/settings/language").draw_in(ctx, &languages),
        )
        .fact(
            lang.t("account-theme"),
            Form::post("/settings/theme").draw_in(ctx, &themes),
        );
    card::card(
        &card::Head::new("display", lang.t("account-display")),
        &facts.draw(),
    )
}

/// The keys that work everywhere, and the switch for single letters.
pub(super) fn keys(ctx: &Ctx, who: &Who) -> Markup {
    let lang = ctx.lang;
    let are_on = who.holder().letter_keys;
    let button = |value: &str, words: &str, is_on: bool| {
        html! { button class={ "btn btn-s" @if is_on { " btn-p" } } type="submit" name="letters" value=(value) aria-pressed=(is_on) { (lang.t(words)) } }
    };
    let fields = html! {
        input type="hidden" name="back" value=(super::PATH);
        span class="row-x wrap" role="group" aria-label=(lang.t("account-letters")) {
            (button("on", "account-letters-on", are_on))
            (button("off", "account-letters-off", !are_on))
        }
    };
    let body = html! {
        (Facts::new().fact(lang.t("account-letters"), Form::post("/settings/keys").draw_in(ctx, &fields)).draw())
        p class="sm sub mt" { (lang.t("account-keys-note")) }
        (ui::shell::keys_list(lang, &ctx.nav))
    };
    card::card(&card::Head::new("keys-card", lang.t("keys-title")), &body)
}
