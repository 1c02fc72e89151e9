//! A page for each component with sample, empty and longest data, in both languages. Served in development only.
//!
//! The samples are invented. The longest ones are the worst the field holds: forty-character names, a single name
//! (`LNU`), Vietnamese letters, and French sentences a third longer than the English ones.

use maud::{Markup, html};

use crate::head::PageHead;
use crate::{Ctx, Lang, card, shell};

mod desk;
mod forms;
mod lists;
mod parts;
mod sample;
mod whole;

#[cfg(test)]
mod tests;

/// One page of the gallery: name in the address, and what draws it.
struct Entry {
    name: &'static str,
    draw: Drawn,
}

enum Drawn {
    /// Blocks inside the shell, each with a heading.
    Blocks(fn(Lang) -> Vec<Block>),
    /// A whole document of its own.
    Whole(fn(Lang) -> Markup),
}

/// One case of a component.
struct Block {
    title: &'static str,
    body: Markup,
}

fn block(title: &'static str, body: Markup) -> Block {
    Block { title, body }
}

const ENTRIES: &[Entry] = &[
    Entry {
        name: "pills",
        draw: Drawn::Blocks(parts::pills),
    },
    Entry {
        name: "actions",
        draw: Drawn::Blocks(parts::actions),
    },
    Entry {
        name: "icons",
        draw: Drawn::Blocks(parts::icons),
    },
    Entry {
        name: "avatars",
        draw: Drawn::Blocks(parts::avatars),
    },
    Entry {
        name: "cards",
        draw: Drawn::Blocks(parts::cards),
    },
    Entry {
        name: "facts",
        draw: Drawn::Blocks(parts::facts),
    },
    Entry {
        name: "tabs",
        draw: Drawn::Blocks(parts::tabs),
    },
    Entry {
        name: "timeline",
        draw: Drawn::Blocks(parts::timeline),
    },
    Entry {
        name: "steps",
        draw: Drawn::Blocks(parts::steps),
    },
    Entry {
        name: "notices",
        draw: Drawn::Blocks(parts::notices),
    },
    Entry {
        name: "waiting",
        draw: Drawn::Blocks(parts::waiting),
    },
    Entry {
        name: "dialogs",
        draw: Drawn::Blocks(parts::dialogs),
    },
    Entry {
        name: "search",
        draw: Drawn::Blocks(parts::search),
    },
    Entry {
        name: "fields",
        draw: Drawn::Blocks(forms::fields),
    },
    Entry {
        name: "choices",
        draw: Drawn::Blocks(forms::choices),
    },
    Entry {
        name: "findings",
        draw: Drawn::Blocks(forms::findings),
    },
    Entry {
        name: "charts",
        draw: Drawn::Blocks(lists::charts),
    },
    Entry {
        name: "table",
        draw: Drawn::Blocks(lists::table),
    },
    Entry {
        name: "list",
        draw: Drawn::Blocks(lists::list),
    },
    Entry {
        name: "differences",
        draw: Drawn::Blocks(lists::differences),
    },
    Entry {
        name: "student",
        draw: Drawn::Whole(whole::student),
    },
    Entry {
        name: "student-longest",
        draw: Drawn::Whole(whole::student_longest),
    },
    Entry {
        name: "student-bare",
        draw: Drawn::Whole(whole::student_bare),
    },
    Entry {
        name: "student-covered",
        draw: Drawn::Whole(whole::student_covered),
    },
    Entry {
        name: "queue",
        draw: Drawn::Whole(whole::queue),
    },
    Entry {
        name: "queue-empty",
        draw: Drawn::Whole(whole::queue_empty),
    },
    Entry {
        name: "review",
        draw: Drawn::Whole(whole::review),
    },
    Entry {
        name: "shell-other-year",
        draw: Drawn::Whole(whole::other_year),
    },
    Entry {
        name: "shell-least",
        draw: Drawn::Whole(whole::least),
    },
    Entry {
        name: "desk",
        draw: Drawn::Whole(desk::desk),
    },
    Entry {
        name: "family",
        draw: Drawn::Whole(whole::family),
    },
    Entry {
        name: "sign-in",
        draw: Drawn::Whole(whole::sign_in),
    },
    Entry {
        name: "sign-in-practice",
        draw: Drawn::Whole(whole::sign_in_practice),
    },
    Entry {
        name: "second-factor",
        draw: Drawn::Whole(whole::second_factor),
    },
    Entry {
        name: "second-factor-set-up",
        draw: Drawn::Whole(whole::set_up),
    },
    Entry {
        name: "new-password",
        draw: Drawn::Whole(whole::new_password),
    },
    Entry {
        name: "error-400",
        draw: Drawn::Whole(whole::error_400),
    },
    Entry {
        name: "error-403",
        draw: Drawn::Whole(whole::error_403),
    },
    Entry {
        name: "error-404",
        draw: Drawn::Whole(whole::error_404),
    },
    Entry {
        name: "error-429",
        draw: Drawn::Whole(whole::error_429),
    },
    Entry {
        name: "error-500",
        draw: Drawn::Whole(whole::error_500),
    },
    Entry {
        name: "error-503",
        draw: Drawn::Whole(whole::error_503),
    },
];

/// The names of all pages, in order.
pub fn names() -> impl Iterator<Item = &'static str> {
    ENTRIES.iter().map(|entry| entry.name)
}

/// The list of all pages, in the shell.
pub fn index(lang: Lang) -> Markup {
    let ctx = sample::ctx(lang);
    let title = lang.t("gallery-title");
    let links = html! {
        ul class="list" { @for name in names() { li { a class="plain" href={ "/ui/" (name) } { (name) } } } }
    };
    let body = html! {
        (PageHead::new(title.clone()).facts(lang.tx("gallery-count", &[("n", ENTRIES.len().into())])).draw())
        (card::unheaded_card(&title, &links))
    };
    shell::page(&ctx, title, body)
}

/// One page; `None` when no component has this name.
pub fn page(name: &str, lang: Lang) -> Option<Markup> {
    let entry = ENTRIES.iter().find(|entry| entry.name == name)?;
    Some(match entry.draw {
        Drawn::Whole(draw) => draw(lang),
        Drawn::Blocks(draw) => in_shell(&sample::ctx(lang), name, &draw(lang)),
    })
}

fn in_shell(ctx: &Ctx, name: &str, blocks: &[Block]) -> Markup {
    let body = html! {
        (PageHead::new(name).draw())
        div class="stack" { @for block in blocks { div class="stack-s" { p class="cap m-0" { (block.title) } (block.body) } } }
    };
    shell::page(ctx, name, body)
}
