//! Invented people and a context for the gallery. Texts that the product would take from records stand in both languages.

use jiff::civil::date;

use crate::Lang;
use crate::ctx::{Ctx, Job, NavItem, PasiFoot, PasiState, Person, Switch, SwitchOption, Theme};

/// The English or the French of a sample text.
pub(super) fn say(lang: Lang, english: &'static str, french: &'static str) -> &'static str {
    match lang {
        Lang::EnCa => english,
        Lang::FrCa => french,
    }
}

/// A forty-character name of two family names.
pub(super) const LONG_NAME: &str = "Montgomery-Featherstonehaugh, Maximiliana Anne-Sophie Bernadette";

/// A school secretary in November.
pub(super) fn ctx(lang: Lang) -> Ctx {
    Ctx {
        lang,
        theme: Theme::Device,
        path: "/ui".into(),
        nav: Job::ALL.iter().map(|job| nav_item(*job)).collect(),
        job: Some(Job::Students),
        person: Person {
            name: "Marie-Ève Lavallée".into(),
            role: Switch {
                current: "secretary".into(),
                label: say(lang, "School secretary", "Secrétaire d’école").into(),
                options: vec![
                    option("secretary", say(lang, "School secretary", "Secrétaire d’école")),
                    option(
                        "registrar",
                        say(lang, "Registrar, all schools", "Registraire, toutes les écoles"),
                    ),
                ],
            },
            acting_for: None,
        },
        school: Switch {
            current: "9104".into(),
            label: "Marten Lake School".into(),
            options: vec![
                option("all", say(lang, "All schools", "Toutes les écoles")),
                option("9104", "Marten Lake School"),
            ],
        },
        year: Switch {
            current: "2026".into(),
            label: "2026/27".into(),
            options: vec![
                option("2025", "2025/26"),
                option("2026", "2026/27"),
                option("2027", "2027/28"),
            ],
        },
        other_year: None,
        pasi: Some(PasiFoot {
            state: PasiState::Connected,
            last_exchange: Some(lang.time_to_second(jiff::civil::time(9, 42, 18, 0))),
            waiting: 2,
            href: Some("/pasi".into()),
        }),
        csrf: "sample".into(),
        seen: String::new(),
        demo: false,
        idle_minutes: Some(30),
        letter_keys: true,
        today: date(2026, 11, 23),
    }
}

fn nav_item(job: Job) -> NavItem {
    let (href, open) = match job {
        Job::Today => ("/", 0),
        Job::Students => ("/students", 0),
        Job::Classes => ("/sections", 0),
        Job::Attendance => ("/attendance", 2),
        Job::Assessment => ("/assessment", 0),
        Job::LearnerSupport => ("/support", 0),
        Job::Registration => ("/registration", 9),
        Job::Records => ("/records", 14),
        Job::Pasi => ("/pasi", 23),
        Job::Funding => ("/funding", 0),
        Job::Division => ("/division", 0),
        Job::Settings => ("/settings", 0),
    };
    NavItem {
        job,
        href: href.into(),
        open,
    }
}

/// A choice of a switch.
pub(super) fn option(value: &str, label: &str) -> SwitchOption {
    SwitchOption {
        value: value.into(),
        label: label.into(),
    }
}
