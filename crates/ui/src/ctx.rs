//! What the shell must know about the request: who acts where, in which language and year, and what they may open.

use jiff::civil::Date;

use crate::{Icon, Lang};

/// Light or dark, as saved for the person.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// Follows the device; the default.
    #[default]
    Device,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

impl Theme {
    /// The value sent and saved: `device`, `light`, `dark`.
    pub fn name(self) -> &'static str {
        match self {
            Theme::Device => "device",
            Theme::Light => "light",
            Theme::Dark => "dark",
        }
    }

    /// The theme of a saved value; anything unknown follows the device.
    pub fn from_name(name: &str) -> Theme {
        match name {
            "light" => Theme::Light,
            "dark" => Theme::Dark,
            _ => Theme::Device,
        }
    }
}

/// The jobs of the side navigation, in the order they are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(
    missing_docs,
    reason = "each variant is the job it names; its words are in shell.ftl"
)]
pub enum Job {
    Today,
    Students,
    Classes,
    Attendance,
    Assessment,
    LearnerSupport,
    Registration,
    Records,
    Pasi,
    Funding,
    Division,
    Settings,
}

impl Job {
    /// Every job in the order of the navigation.
    pub const ALL: [Job; 12] = [
        Job::Today,
        Job::Students,
        Job::Classes,
        Job::Attendance,
        Job::Assessment,
        Job::LearnerSupport,
        Job::Registration,
        Job::Records,
        Job::Pasi,
        Job::Funding,
        Job::Division,
        Job::Settings,
    ];

    /// The key of its words.
    pub fn words(self) -> &'static str {
        self.row().0
    }

    /// Its glyph.
    pub fn icon(self) -> Icon {
        self.row().1
    }

    /// The letter that follows `g` on the keyboard.
    pub fn letter(self) -> &'static str {
        self.row().2
    }

    /// Whether it stands below the line: the office's work, not a school's day.
    pub fn is_office(self) -> bool {
        matches!(self, Job::Funding | Job::Division | Job::Settings)
    }

    fn row(self) -> (&'static str, Icon, &'static str) {
        match self {
            Job::Today => ("nav-today", Icon::SunHigh, "t"),
            Job::Students => ("nav-students", Icon::Users, "s"),
            Job::Classes => ("nav-classes", Icon::Table, "c"),
            Job::Attendance => ("nav-attendance", Icon::Checklist, "a"),
            Job::Assessment => ("nav-assessment", Icon::ChartDots, "m"),
            Job::LearnerSupport => ("nav-learner-support", Icon::HeartHandshake, "l"),
            Job::Registration => ("nav-registration", Icon::UserPlus, "r"),
            Job::Records => ("nav-records", Icon::Folder, "d"),
            Job::Pasi => ("nav-pasi", Icon::ArrowsExchange, "p"),
            Job::Funding => ("nav-funding", Icon::Coins, "f"),
            Job::Division => ("nav-division", Icon::BuildingBank, "v"),
            Job::Settings => ("nav-settings", Icon::Settings, "e"),
        }
    }
}

/// One item of the navigation that the acting role may open; the others are absent.
#[derive(Clone, Debug)]
pub struct NavItem {
    /// The job it opens.
    pub job: Job,
    /// Its address.
    pub href: String,
    /// Open work for this person; 0 shows no count.
    pub open: u32,
}

/// One choice of a switch in the top bar.
#[derive(Clone, Debug)]
pub struct SwitchOption {
    /// Value posted when chosen.
    pub value: String,
    /// Words shown.
    pub label: String,
}

/// A switch in the top bar: the current choice and, when there is more than one, the others.
#[derive(Clone, Debug, Default)]
pub struct Switch {
    /// Value of the current choice.
    pub current: String,
    /// Words of the current choice.
    pub label: String,
    /// Every choice, the current one included. With fewer than two the label is plain text.
    pub options: Vec<SwitchOption>,
}

/// The person signed in.
#[derive(Clone, Debug, Default)]
pub struct Person {
    /// `First Last`.
    pub name: String,
    /// The acting role in words, and the other roles the person may take.
    pub role: Switch,
    /// The person acted for, when acting for another; colours the bar.
    pub acting_for: Option<String>,
}

/// How the province's system answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PasiState {
    /// Answering.
    Connected,
    /// Answering, but slowly.
    Slow,
    /// Not answering; changes wait.
    Away,
    /// No connection is configured.
    Off,
}

/// Foot of the side navigation.
#[derive(Clone, Debug)]
pub struct PasiFoot {
    /// How it answers.
    pub state: PasiState,
    /// Clock time of the last exchange, written in the language; `None` before the first.
    pub last_exchange: Option<String>,
    /// Changes of ours waiting to be sent.
    pub waiting: u32,
    /// Address of the queue, when the role may open it.
    pub href: Option<String>,
}

/// The school year on screen, when it is not the current one.
#[derive(Clone, Debug)]
pub struct OtherYear {
    /// The year on screen, as in `2024/25`.
    pub shown: String,
    /// The current year's value in the year switch and its words.
    pub current: SwitchOption,
    /// Whether it is past, and so cannot be changed.
    pub read_only: bool,
}

/// Everything the shell needs about a request.
#[derive(Clone, Debug)]
pub struct Ctx {
    /// Language of the page.
    pub lang: Lang,
    /// Saved theme.
    pub theme: Theme,
    /// Path and query of this page: marks the current navigation item, and is where switches return to.
    pub path: String,
    /// Items the role may open, in the order of [`Job::ALL`].
    pub nav: Vec<NavItem>,
    /// The job this page belongs to.
    pub job: Option<Job>,
    /// Who is signed in.
    pub person: Person,
    /// School switch; value `all` for the whole division.
    pub school: Switch,
    /// School year switch.
    pub year: Switch,
    /// Set when another school year is on screen.
    pub other_year: Option<OtherYear>,
    /// Connection to the province; `None` when the role does not see it.
    pub pasi: Option<PasiFoot>,
    /// Token that every form must carry.
    pub csrf: String,
    /// What the page shows of other systems' copies, in words of whoever keeps those; every form of the page
    /// carries it. Empty for nothing.
    pub seen: String,
    /// Whether this is the practice division.
    pub demo: bool,
    /// Minutes without input after which the session ends; `None` turns the warning off.
    pub idle_minutes: Option<u16>,
    /// Whether single-letter keys are on (a person may switch them off).
    pub letter_keys: bool,
    /// Today in the division's time zone.
    pub today: Date,
}
