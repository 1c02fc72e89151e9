//! The shell of every page: who acts where, what the role may open, how the province answers.

use crate::App;
use crate::answer::{OrStop, Stopped};
use crate::who::Who;
use access::action::{
    Export, Import, ManageAccounts, ManageSchools, ReadAudit, ReportAbsence, TakeAttendance, ViewPasi,
    ViewSchools, ViewSections, ViewStudents, ViewSystem,
};
use access::{Action, Permit, Standing};
use db::Reading;
use kernel::{Outcome, Role, SchoolYear};
use pasi::LinkState;
use schools::Directory;
use ui::Ctx;
use ui::ctx::{Job, NavItem, OtherYear, PasiFoot, PasiState, Person, Switch, SwitchOption, Theme};

/// May the acting role do this at all?
pub(crate) fn may<A: Action>(standing: &Standing) -> bool {
    Permit::<A>::wide(standing).is_ok()
}

/// What the shell needs from the database.
#[derive(Default)]
pub(crate) struct Foot {
    pasi: Option<PasiFoot>,
    to_do: u32,
    rolls: u32,
}

/// The shell of a page of `job`.
pub(crate) async fn of(app: &App, who: &Who, job: Job) -> Result<Ctx, Stopped> {
    let (standing, lang, is_connected) = (who.standing().clone(), who.lang(), app.connector().is_some());
    let (directory, foot) = app
        .store()
        .read(who.division(), move |at| {
            let foot = read_foot(at, &standing, lang, is_connected)?;
            Ok((schools::directory(at)?, foot))
        })
        .await
        .or_stop(app, who)?;
    Ok(shell(app, who, job, &directory, foot))
}

/// [`of`] for a page that has read the directory and the foot with its own things.
pub(crate) fn shell(app: &App, who: &Who, job: Job, directory: &Directory, foot: Foot) -> Ctx {
    let mut ctx = bare(app, who);
    ctx.job = Some(job);
    ctx.school = school_switch(who, directory);
    ctx.nav = nav(who, &foot);
    ctx.pasi = foot.pasi;
    ctx
}

/// Reads what the shell needs.
pub(crate) fn read_foot(
    at: &mut impl Reading,
    standing: &Standing,
    lang: ui::Lang,
    is_connected: bool,
) -> Outcome<Foot> {
    let number = |count: i64| u32::try_from(count).unwrap_or(u32::MAX);
    let rolls = match Permit::<TakeAttendance>::wide(standing) {
        Ok(permit) => u32::try_from(attendance::to_take(at, &permit)?).unwrap_or(u32::MAX),
        Err(_) => 0,
    };
    let Ok(permit) = Permit::<ViewPasi>::wide(standing) else {
        return Ok(Foot {
            rolls,
            ..Foot::default()
        });
    };
    let (link, counts) = (pasi::link(at)?, pasi::open_counts(at, &permit)?);
    let state = match link.state {
        _ if !is_connected => PasiState::Off,
        LinkState::Up => PasiState::Connected,
        LinkState::Down | LinkState::Refused => PasiState::Away,
        LinkState::Unknown => PasiState::Slow,
    };
    let last_exchange = link
        .last_exchange_at
        .map(|at| lang.time_to_second(at.local().time()));
    let pasi = PasiFoot {
        state,
        last_exchange,
        waiting: number(counts.waiting),
        href: Some("/pasi".to_owned()),
    };
    Ok(Foot {
        pasi: Some(pasi),
        to_do: number(counts.to_do()),
        rolls,
    })
}

/// The shell without anything from the database: error pages.
pub(crate) fn bare(app: &App, who: &Who) -> Ctx {
    let (today, current) = (app.store().now().date(), who.this_year);
    let shown = who.visit.year.unwrap_or(current);
    let year = |year: SchoolYear| SwitchOption {
        value: year.number().to_string(),
        label: year.to_string(),
    };
    let years = [
        current.next(),
        current,
        current.previous(),
        current.previous().previous(),
    ];
    let roles = who
        .signed_in
        .grants
        .iter()
        .map(|standing| role_option(who, standing.role));
    Ctx {
        lang: who.lang(),
        theme: Theme::from_name(who.holder().theme.as_str()),
        path: who.visit.path.clone(),
        nav: nav(who, &Foot::default()),
        job: None,
        person: Person {
            name: who.holder().display_name.clone(),
            role: Switch {
                current: who.standing().role.as_str().to_owned(),
                label: role_words(who.lang(), who.standing().role),
                options: roles.collect(),
            },
            acting_for: None,
        },
        school: Switch::default(),
        year: Switch {
            current: shown.number().to_string(),
            label: shown.to_string(),
            options: years.into_iter().map(year).collect(),
        },
        other_year: (shown != current).then(|| OtherYear {
            shown: shown.to_string(),
            current: year(current),
            read_only: shown < current,
        }),
        pasi: None,
        csrf: crate::past::marked(&who.holder().csrf, who.other_year()),
        seen: String::new(),
        demo: app.site().is_practice,
        idle_minutes: Some(app.site().idle_minutes),
        letter_keys: who.holder().letter_keys,
        today: today.civil(),
    }
}

/// The school year on screen.
pub(crate) fn year_shown(who: &Who) -> SchoolYear {
    who.visit.year.unwrap_or(who.this_year)
}

/// A role in words.
pub(crate) fn role_words(lang: ui::Lang, role: Role) -> String {
    lang.t(&format!("role-{}", role.as_str())).into_owned()
}

fn role_option(who: &Who, role: Role) -> SwitchOption {
    SwitchOption {
        value: role.as_str().to_owned(),
        label: role_words(who.lang(), role),
    }
}

/// The schools to choose from; none for a family, which sees its own students wherever they go.
fn school_switch(who: &Who, directory: &Directory) -> Switch {
    if !who.standing().role.is_staff() {
        return Switch::default();
    }
    let all = SwitchOption {
        value: "all".to_owned(),
        label: who.lang().t("all-schools").into_owned(),
    };
    let own = &who.standing().schools;
    let reachable = directory
        .all()
        .iter()
        .filter(|school| own.is_empty() || own.contains(&school.id));
    let mut options: Vec<SwitchOption> = reachable
        .map(|school| SwitchOption {
            value: school.id.to_string(),
            label: school.name.clone(),
        })
        .collect();
    if options.len() > 1 {
        options.insert(0, all.clone());
    }
    let current = who
        .school()
        .map_or_else(|| all.value.clone(), |school| school.to_string());
    let chosen = options
        .iter()
        .find(|option| option.value == current)
        .or(options.first());
    let (current, label) = chosen.map_or((all.value.clone(), all.label.clone()), |one| {
        (one.value.clone(), one.label.clone())
    });
    Switch {
        current,
        label,
        options,
    }
}

/// What the acting role may open; everything else is absent.
fn nav(who: &Who, foot: &Foot) -> Vec<NavItem> {
    let standing = who.standing();
    let item = |job: Job, href: &str, open: u32| NavItem {
        job,
        href: href.to_owned(),
        open,
    };
    let mut nav = Vec::new();
    if standing.role.is_staff() || may::<ReportAbsence>(standing) {
        nav.push(item(Job::Today, "/", 0));
    }
    if may::<ViewStudents>(standing) {
        nav.push(item(Job::Students, "/students", 0));
    }
    if may::<TakeAttendance>(standing) {
        nav.push(item(Job::Attendance, "/attendance", foot.rolls));
    }
    if may::<ViewSections>(standing) {
        nav.push(item(Job::Classes, "/sections", 0));
    }
    if may::<ViewPasi>(standing) {
        nav.push(item(Job::Pasi, "/pasi", foot.to_do));
    }
    let office = may::<Import>(standing)
        || may::<ManageSchools>(standing)
        || may::<ManageAccounts>(standing)
        || may::<ReadAudit>(standing)
        || may::<ViewSystem>(standing);
    if office && (may::<ViewSchools>(standing) || may::<Export>(standing) || may::<ReadAudit>(standing)) {
        nav.push(item(Job::Division, "/division", 0));
    }
    nav.push(item(Job::Settings, "/account", 0));
    nav
}
