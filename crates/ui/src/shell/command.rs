//! The two dialogs of every page: find, and the keys.

use maud::{Markup, html};

use super::address;
use crate::ctx::NavItem;
use crate::{Icon, Lang, icon};

/// Find: one list of students, staff, pages and actions. The list is filled as one types.
pub(super) fn palette(lang: Lang) -> Markup {
    html! {
        dialog class="cmd no-print" id="find" aria-label=(lang.t("find")) data-search=(address::SEARCH) data-failed=(lang.t("find-failed")) {
            form method="get" action=(address::SEARCH) role="search" {
                input type="search" name="q" id="find-q" autocomplete="off" spellcheck="false" placeholder=(lang.t("find-placeholder"))
                    aria-label=(lang.t("find-label")) role="combobox" aria-expanded="true" aria-controls="find-list" aria-autocomplete="list";
            }
            ul class="list" id="find-list" role="listbox" aria-label=(lang.t("find-results")) {}
            p class="cmd-s m-0" id="find-note" data-start=(lang.t("find-start")) { (lang.t("find-start")) }
        }
    }
}

/// The keys that work on every page, with the pages that the reader may go to.
pub fn keys_list(lang: Lang, nav: &[NavItem]) -> Markup {
    const REST: [(&[&str], &str); 6] = [
        (&["j", "k"], "keys-move"),
        (&["Enter", "Esc"], "keys-open-close"),
        (&["[", "]"], "keys-neighbour"),
        (&["1", "2", "3"], "keys-outcome"),
        (&["y", "n"], "keys-accept"),
        (&["?"], "keys-this"),
    ];
    html! {
        dl class="keys" {
            (key_row(&["Ctrl K", "/"], &lang.t("keys-find")))
            @for item in nav {
                (key_row(&["g", item.job.letter()], &lang.tx("keys-go", &[("page", lang.t(item.job.words()).as_ref().into())])))
            }
            @for (keys, words) in REST { (key_row(keys, &lang.t(words))) }
        }
    }
}

fn key_row(keys: &[&str], words: &str) -> Markup {
    html! {
        dt { @for key in keys { kbd { (key) } " " } }
        dd { (words) }
    }
}

/// The keys, on `?`; pages add their own with `data-key`, which the script lists below the others.
pub fn keys_dialog(lang: Lang, nav: &[NavItem]) -> Markup {
    html! {
        dialog class="dlg no-print" id="keys" aria-labelledby="keys-h" {
            div class="dlg-h" {
                h2 id="keys-h" { (lang.t("keys-title")) }
                form method="dialog" class="end" {
                    button class="btn btn-q btn-s btn-i" type="submit" aria-label=(lang.t("close")) { (icon(Icon::X)) }
                }
            }
            div class="dlg-b" {
                (keys_list(lang, nav))
                dl class="keys" id="keys-here" {}
                p class="sm sub m-0" { (lang.t("keys-note")) }
            }
        }
    }
}
