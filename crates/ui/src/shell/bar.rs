//! Top bar: mark, school, year, find, theme, person; and the full-width notes below it.

use maud::{Markup, html};

use super::{address, language_form, mark};
use crate::action::csrf_field;
use crate::avatar::{self, Size};
use crate::ctx::{Ctx, OtherYear, Switch, Theme};
use crate::{Icon, Lang, icon};

/// The bar across the top.
pub(super) fn top_bar(ctx: &Ctx) -> Markup {
    let lang = ctx.lang;
    let today = ctx.nav.first().map_or("/", |item| item.href.as_str());
    html! {
        header class="lp-top no-print" {
            a class="lp-brand" href=(today) aria-label=(lang.t("brand-label")) { (mark()) span { (lang.t("product")) } }
            (switch(ctx, &ctx.school, "school", address::SCHOOL))
            (switch(ctx, &ctx.year, "year", address::YEAR))
            button class="lp-find end" type="button" data-cmd aria-keyshortcuts="Control+K" {
                (icon(Icon::Search)) span class="grow" { (lang.t("find-label")) } kbd aria-hidden="true" { "Ctrl K" }
            }
            (theme_form(ctx.lang, ctx.theme, &ctx.csrf, &ctx.path))
            (person(ctx))
        }
    }
}

/// A switch of the bar: plain words with one choice, a menu with several.
fn switch(ctx: &Ctx, switch: &Switch, name: &'static str, to: &str) -> Markup {
    let (label, class) = match name {
        "school" => ("switch-school-label", "lp-ctx"),
        _ => ("switch-year-label", "lp-ctx num"),
    };
    let spoken = ctx.lang.tx(label, &[("name", switch.label.as_str().into())]);
    let glyph = (name == "school").then_some(Icon::BuildingCommunity);
    let shown = html! { @if let Some(glyph) = glyph { (icon(glyph)) } span class="ell" { (switch.label) } };
    let hide = if name == "year" { " hide-ph" } else { "" };
    if switch.options.len() < 2 {
        return html! { @if !switch.label.is_empty() { span class={ (class) (hide) } { (shown) } } };
    }
    html! {
        details class={ "menu" (hide) } {
            summary class=(class) aria-label=(spoken) { (shown) (icon(Icon::ChevronDown)) }
            div class="menu-list" { (options(ctx, switch, name, to)) }
        }
    }
}

/// The choices of a switch as one form: works without a script.
fn options(ctx: &Ctx, switch: &Switch, name: &str, to: &str) -> Markup {
    html! {
        form method="post" action=(to) {
            (csrf_field(&ctx.csrf))
            input type="hidden" name="back" value=(ctx.path);
            @for option in &switch.options {
                button type="submit" name=(name) value=(option.value) aria-current=[(option.value == switch.current).then_some("true")] {
                    (option.label)
                }
            }
        }
    }
}

/// The switch between light and dark.
pub(super) fn theme_form(lang: Lang, theme: Theme, csrf: &str, back: &str) -> Markup {
    let (to, words, glyph) = match theme {
        Theme::Dark => ("light", "theme-to-light", Icon::Sun),
        Theme::Light | Theme::Device => ("dark", "theme-to-dark", Icon::Moon),
    };
    html! {
        form method="post" action=(address::THEME) class="hide-ph" data-theme-form data-dark=(lang.t("theme-to-dark")) data-light=(lang.t("theme-to-light")) {
            (csrf_field(csrf))
            input type="hidden" name="back" value=(back);
            button class="btn btn-q btn-i" type="submit" name="theme" value=(to) aria-label=(lang.t(words)) { (icon(glyph)) }
        }
    }
}

/// Person with acting role; a menu with the other roles, language, account and the way out.
fn person(ctx: &Ctx) -> Markup {
    let lang = ctx.lang;
    let person = &ctx.person;
    let role = match &person.acting_for {
        Some(name) => lang.tx("acting-for", &[("name", name.into())]),
        None => lang.tx("acting-as", &[("role", person.role.label.as_str().into())]),
    };
    html! {
        details class="menu menu-end" {
            summary class="lp-me" {
                (avatar::initials(&person.name, Size::S30))
                span { (person.name) " " br; small class="dim" { (role) } }
            }
            div class="menu-list" {
                @if person.role.options.len() > 1 {
                    div class="cap" { (lang.t("change-role")) }
                    (options(ctx, &person.role, "role", address::ROLE))
                    hr;
                }
                a href=(address::ACCOUNT) { (icon(Icon::User)) (lang.t("my-account")) }
                (language_form(lang, &ctx.csrf, &ctx.path, ""))
                button type="button" data-open="keys" { (icon(Icon::Keyboard)) (lang.t("keys-open")) }
                hr;
                form method="post" action=(address::SIGN_OUT) {
                    (csrf_field(&ctx.csrf))
                    button type="submit" { (icon(Icon::Logout)) (lang.t("sign-out")) }
                }
            }
        }
    }
}

/// Full-width notes under the bar: the practice division, and another school year.
pub(super) fn notes(ctx: &Ctx) -> Markup {
    let lang = ctx.lang;
    html! {
        @if ctx.demo {
            aside class="lp-note demo" aria-label=(lang.t("note-demo")) { (icon(Icon::Flag)) span { (lang.t("demo-banner")) } }
        }
        @if let Some(year) = &ctx.other_year {
            aside class="lp-note" aria-label=(lang.t("note-year")) {
                (icon(Icon::History))
                span { (lang.tx(if year.read_only { "past-year" } else { "other-year" }, &[("year", year.shown.as_str().into())])) }
                (to_this_year(ctx, year, "back-to-year"))
            }
        }
    }
}

/// Back to this year, on the same page.
fn to_this_year(ctx: &Ctx, year: &OtherYear, words: &str) -> Markup {
    html! {
        form method="post" action=(address::YEAR) class="no-print" {
            (csrf_field(&ctx.csrf))
            input type="hidden" name="back" value=(ctx.path);
            button class="btn btn-s nw" type="submit" name="year" value=(year.current.value) {
                (ctx.lang.tx(words, &[("year", year.current.label.as_str().into())]))
            }
        }
    }
}

/// On a page of a past year whose records may still be corrected: why there is
/// nothing to press, and the way to where there is.
pub fn way_to_this_year(ctx: &Ctx, words: &str) -> Markup {
    html! {
        @if let Some(year) = &ctx.other_year {
            aside class="lp-note no-print" aria-label=(ctx.lang.t("note-year")) {
                (icon(Icon::Pencil))
                span { (ctx.lang.tx(words, &[("shown", year.shown.as_str().into()), ("year", year.current.label.as_str().into())])) }
                (to_this_year(ctx, year, "go-to-year"))
            }
        }
    }
}
