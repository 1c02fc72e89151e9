//! A page for each component with sample, empty and longest data, in both languages; an entry without one of the
//! three does not compile. Served in development only.
//!
//! The samples are invented. The longest ones are the worst the field holds: forty-character names, a single name
//! (`LNU`), Vietnamese letters, and French sentences a third longer than the English ones.

use maud::{Markup, html};

use crate::head::PageHead;
use crate::{Ctx, Lang, card, shell};

mod desk;
mod entrance;
mod family;
mod forms;
mod lists;
mod months;
mod parts;
mod queue;
mod review;
mod roll;
mod sample;
mod shells;
mod student;
mod timetable;
mod trouble;

#[cfg(test)]
mod tests;

/// One component: its name in the address, and what draws it.
struct Entry {
    name: &'static str,
    draw: Drawn,
}

enum Drawn {
    /// Blocks inside the shell, each with a heading.
    Blocks(fn(Lang) -> Cases),
    /// Whole documents: `name`, `name-empty`, `name-longest`, and those beside.
    Whole(Pages),
}

/// What a component is seen with: none of the three can be left out.
struct Cases {
    sample: Markup,
    empty: Empty<Markup>,
    longest: Markup,
    /// Its other states.
    more: Vec<Block>,
}

/// Draws a whole document.
type Page = fn(Lang) -> Markup;

/// What a whole page is seen with.
struct Pages {
    sample: Page,
    empty: Empty<Page>,
    longest: Page,
    /// Its other states, by the end of their names.
    more: &'static [(&'static str, Page)],
}

/// A component without data.
enum Empty<T> {
    /// It is drawn so.
    Drawn(T),
    /// It has no such state, and why.
    Never(&'static str),
}

/// One case of a component.
struct Block {
    title: &'static str,
    body: Markup,
}

fn block(title: &'static str, body: Markup) -> Block {
    Block { title, body }
}

const fn blocks(name: &'static str, draw: fn(Lang) -> Cases) -> Entry {
    Entry {
        name,
        draw: Drawn::Blocks(draw),
    }
}

const fn whole(name: &'static str, pages: Pages) -> Entry {
    Entry {
        name,
        draw: Drawn::Whole(pages),
    }
}

const ENTRIES: &[Entry] = &[
    blocks("pills", parts::pills),
    blocks("actions", parts::actions),
    blocks("icons", parts::icons),
    blocks("avatars", parts::avatars),
    blocks("cards", parts::cards),
    blocks("facts", parts::facts),
    blocks("tabs", parts::tabs),
    blocks("timeline", parts::timeline),
    blocks("steps", parts::steps),
    blocks("notices", parts::notices),
    blocks("waiting", parts::waiting),
    blocks("dialogs", parts::dialogs),
    blocks("search", parts::search),
    blocks("fields", forms::fields),
    blocks("choices", forms::choices),
    blocks("findings", forms::findings),
    blocks("charts", lists::charts),
    blocks("table", lists::table),
    blocks("list", lists::list),
    blocks("months", months::months),
    blocks("differences", lists::differences),
    blocks("timetable", timetable::timetable),
    whole(
        "student",
        Pages {
            sample: student::sample,
            empty: Empty::Drawn(student::empty),
            longest: student::longest,
            more: &[("covered", student::covered_record)],
        },
    ),
    whole(
        "queue",
        Pages {
            sample: queue::sample,
            empty: Empty::Drawn(queue::empty),
            longest: queue::longest,
            more: &[],
        },
    ),
    whole(
        "roll",
        Pages {
            sample: roll::sample,
            empty: Empty::Drawn(roll::empty),
            longest: roll::longest,
            more: &[("list", roll::as_list)],
        },
    ),
    whole(
        "review",
        Pages {
            sample: review::sample,
            empty: Empty::Drawn(review::empty),
            longest: review::longest,
            more: &[],
        },
    ),
    whole(
        "shell",
        Pages {
            sample: shells::sample,
            empty: Empty::Drawn(shells::empty),
            longest: shells::longest,
            more: &[],
        },
    ),
    whole(
        "desk",
        Pages {
            sample: desk::sample,
            empty: Empty::Drawn(desk::empty),
            longest: desk::longest,
            more: &[],
        },
    ),
    whole(
        "family",
        Pages {
            sample: family::sample,
            empty: Empty::Drawn(family::empty),
            longest: family::longest,
            more: &[],
        },
    ),
    whole(
        "sign-in",
        Pages {
            sample: entrance::sample,
            empty: Empty::Drawn(entrance::empty),
            longest: entrance::longest,
            more: &[],
        },
    ),
    whole(
        "second-factor",
        Pages {
            sample: entrance::second_factor,
            empty: Empty::Drawn(entrance::second_factor_empty),
            longest: entrance::second_factor_longest,
            more: &[],
        },
    ),
    whole(
        "second-factor-set-up",
        Pages {
            sample: entrance::set_up,
            empty: Empty::Never("it is shown for the secret alone"),
            longest: entrance::set_up_longest,
            more: &[],
        },
    ),
    whole(
        "new-password",
        Pages {
            sample: entrance::new_password,
            empty: Empty::Never("nothing stands in a password field when it opens"),
            longest: entrance::new_password_longest,
            more: &[],
        },
    ),
    whole(
        "error",
        Pages {
            sample: trouble::error_404,
            empty: Empty::Never("it says one thing, whatever it is about"),
            longest: trouble::error_403,
            more: &[
                ("400", trouble::error_400),
                ("429", trouble::error_429),
                ("500", trouble::error_500),
                ("503", trouble::error_503),
            ],
        },
    ),
];

impl Entry {
    /// Its pages by name, and what draws each; none for blocks, which are one page.
    fn pages(&self) -> Vec<(String, Option<Page>)> {
        let own = self.name.to_owned();
        let Drawn::Whole(pages) = &self.draw else {
            return vec![(own, None)];
        };
        let mut all = vec![(own, Some(pages.sample))];
        if let Empty::Drawn(empty) = pages.empty {
            all.push((format!("{}-empty", self.name), Some(empty)));
        }
        all.push((format!("{}-longest", self.name), Some(pages.longest)));
        let more = pages.more.iter();
        all.extend(more.map(|(end, draw)| (format!("{}-{end}", self.name), Some(*draw))));
        all
    }

    /// Why it is never empty.
    fn never_empty(&self, lang: Lang) -> Option<&'static str> {
        match &self.draw {
            Drawn::Whole(pages) => match pages.empty {
                Empty::Never(reason) => Some(reason),
                Empty::Drawn(_) => None,
            },
            Drawn::Blocks(draw) => match draw(lang).empty {
                Empty::Never(reason) => Some(reason),
                Empty::Drawn(_) => None,
            },
        }
    }
}

/// The names of all pages, in order.
pub fn names() -> impl Iterator<Item = String> {
    ENTRIES
        .iter()
        .flat_map(|entry| entry.pages().into_iter().map(|(name, _)| name))
}

/// The list of all pages, in the shell.
pub fn index(lang: Lang) -> Markup {
    let ctx = sample::ctx(lang);
    let title = lang.t("gallery-title");
    let links = html! {
        ul class="list" { @for entry in ENTRIES { li class="row-x wrap" {
            @for (name, _) in entry.pages() { a class="plain" href={ "/ui/" (name) } { (name) } }
            @if let Some(why) = entry.never_empty(lang) { span class="sm sub" lang="en" { "Never empty: " (why) "." } }
        } } }
    };
    let body = html! {
        (PageHead::new(title.clone()).facts(lang.tx("gallery-count", &[("n", names().count().into())])).draw())
        (card::unheaded_card(&title, &links))
    };
    shell::page(&ctx, title, body)
}

/// One page; `None` when no component has this name.
pub fn page(name: &str, lang: Lang) -> Option<Markup> {
    ENTRIES.iter().find_map(|entry| {
        let (_, whole) = entry.pages().into_iter().find(|(own, _)| own == name)?;
        Some(match (whole, &entry.draw) {
            (Some(draw), _) => draw(lang),
            (None, Drawn::Blocks(draw)) => in_shell(&sample::ctx(lang), name, draw(lang)),
            (None, Drawn::Whole(pages)) => (pages.sample)(lang),
        })
    })
}

fn in_shell(ctx: &Ctx, name: &str, cases: Cases) -> Markup {
    let empty = match cases.empty {
        Empty::Drawn(body) => Some(block("empty", body)),
        Empty::Never(_) => None,
    };
    let all = [block("sample", cases.sample)]
        .into_iter()
        .chain(empty)
        .chain([block("longest", cases.longest)])
        .chain(cases.more);
    let body = html! {
        (PageHead::new(name).draw())
        div class="stack" { @for block in all { div class="stack-s" { p class="cap m-0" { (block.title) } (block.body) } } }
    };
    shell::page(ctx, name, body)
}
