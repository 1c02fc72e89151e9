//! Whom an account sees: its ties as the director gave them, ended and given again.

use super::account::{after, path, why};
use super::words::Step;
use crate::answer::{Answer, OrStop, PageResult};
use crate::context;
use crate::posted::Posted;
use crate::{App, lookup};
use access::Permit;
use access::action::ManageAccounts;
use access::grants::Grant;
use access::ties::{self, Around, Tie, TieKind};
use axum::extract::{Path, State};
use db::Reading;
use kernel::{AccountId, Date, Failure, Outcome, TieId};
use maud::{Markup, Render, html};
use people::CardRow;
use schools::Directory;
use ui::ctx::Ctx;
use ui::table::{Column, Row, Table};
use ui::{Action, Lang, State as PillState, card, pill};

/// To whom a tie is, in words.
enum Whom {
    /// A contact person.
    Person(String),
    /// A student.
    Student(Box<CardRow>),
    /// A homeroom of a school.
    Homeroom(kernel::SchoolId, String),
    /// A record that was taken back.
    Gone,
}

/// A tie with what it comes to today.
pub(super) struct Line {
    tie: Tie,
    whom: Whom,
    sees: Vec<CardRow>,
}

/// The ties of an account, newest first.
pub(super) fn lines(
    at: &mut impl Reading,
    permit: &Permit<ManageAccounts>,
    account: AccountId,
) -> Outcome<Vec<Line>> {
    ties::of_account(at, permit, account)?
        .into_iter()
        .map(|tie| {
            Ok(Line {
                whom: whom(at, permit, tie.around()?)?,
                sees: people::students_of_tie(at, permit, tie.id)?,
                tie,
            })
        })
        .collect()
}

fn whom(at: &mut impl Reading, permit: &Permit<ManageAccounts>, around: Around) -> Outcome<Whom> {
    let found = match around {
        Around::Person(id) => {
            people::person_to_tie(at, permit, id).map(|found| Whom::Person(found.name.sentence()))
        }
        Around::Student(id) => {
            people::student_to_tie(at, permit, id).map(|card| Whom::Student(Box::new(card)))
        }
        Around::Homeroom(school, name) => Ok(Whom::Homeroom(school, name)),
    };
    match found {
        Err(Failure::NotFound) => Ok(Whom::Gone),
        other => other,
    }
}

/// The kinds of tie by which the account sees students, today or later.
pub(super) fn kinds(grants: &[Grant], today: Date) -> Vec<TieKind> {
    let lasts =
        |grant: &&Grant| grant.ended_at.is_none() && grant.until_date.is_none_or(|last| last >= today);
    let mut kinds: Vec<TieKind> = grants
        .iter()
        .filter(lasts)
        .filter_map(|grant| TieKind::of(grant.role))
        .collect();
    kinds.sort_by_key(|kind| TieKind::ALL.iter().position(|one| one == kind));
    kinds.dedup();
    kinds
}

/// What the card is drawn from.
pub(super) struct Shown<'a> {
    /// Whose.
    pub(super) account: AccountId,
    /// The ties.
    pub(super) lines: &'a [Line],
    /// Roles of the account that see by ties.
    pub(super) kinds: Vec<TieKind>,
    /// The division's schools.
    pub(super) directory: &'a Directory,
    /// Today.
    pub(super) today: Date,
    /// May it be changed: not one's own, not closed.
    pub(super) may_change: bool,
}

impl Shown<'_> {
    /// The card; nothing for an account that never saw by a tie.
    pub(super) fn draw(&self, ctx: &Ctx) -> Markup {
        let lang = ctx.lang;
        if self.lines.is_empty() && self.kinds.is_empty() {
            return html! {};
        }
        let columns = vec![
            Column::new(lang.t("division-tie-whom")),
            Column::new(lang.t("division-field-from")),
            Column::new(lang.t("division-field-until")),
            Column::new(lang.t("division-field-reason")).hide_on_phone(),
            Column::new(lang.t("division-state")),
        ];
        let rows = self.lines.iter().map(|line| self.row(ctx, line)).collect();
        let empty = ui::waiting::empty(&lang.t("division-tie-none"), None);
        let body = html! {
            (Table::new(lang.t("division-ties"), columns).rows(rows).empty(empty).draw(lang))
            @for line in self.lines.iter().filter(|line| self.may_end(line)) {
                (step(ctx, &self.address(&line.tie, "end"), &format!("end-{}", line.tie.id)))
            }
        };
        let head = card::Head::new("ties", lang.t("division-ties"));
        let head = if self.may_change && !self.kinds.is_empty() {
            let address = format!("{}/ties/new", path(self.account));
            head.end(Action::link(lang.t("division-tie-new"), address).small().render())
        } else {
            head
        };
        card::bare_card(&head, &body)
    }

    fn address(&self, tie: &Tie, verb: &str) -> String {
        format!("{}/ties/{}/{verb}", path(self.account), tie.id)
    }

    fn may_end(&self, line: &Line) -> bool {
        self.may_change && line.tie.goes_on(self.today)
    }

    fn row(&self, ctx: &Ctx, line: &Line) -> Row {
        let (lang, tie) = (ctx.lang, &line.tie);
        let goes_on = tie.goes_on(self.today);
        let state = if !goes_on {
            (PillState::Neutral, "division-tie-over")
        } else if tie.from_date > self.today {
            (PillState::Pending, "division-tie-to-come")
        } else if !self.kinds.contains(&tie.kind) {
            (PillState::Warning, "division-tie-no-role")
        } else {
            (PillState::Ok, "division-tie-holds")
        };
        let reason = if tie.ended_reason.is_empty() {
            &tie.reason
        } else {
            &tie.ended_reason
        };
        let (id, end) = (format!("end-{}", tie.id), self.address(tie, "end"));
        let again = self.address(tie, "again");
        let may_return = self.may_change && !goes_on && self.kinds.contains(&tie.kind);
        Row::new(vec![
            html! { b { (self.whom(lang, line)) } br; span class="sm sub" { (self.sees(lang, line)) } },
            html! { span class="num nw" { (tie.from_date) } },
            html! { span class="num nw" { @if let Some(last) = tie.until_date { (last) } @else { "–" } } },
            html! { span class="sm sub" { (reason) br; (lang.tx("division-given-by", &[("who", tie.given_by.as_str().into())])) } },
            html! { span class="row-x" {
                (pill::pill(state.0, &lang.t(state.1)))
                @if self.may_end(line) { (Step { id: &id, words: "end-tie", action: &end, csrf: &ctx.csrf }.opener(lang)) }
                @if may_return {
                    form method="post" action=(again) data-guard {
                        (ui::action::csrf_field(&ctx.csrf))
                        (Action::submit(lang.t("division-tie-again")).small())
                    }
                }
            } },
        ])
    }

    fn whom(&self, lang: Lang, line: &Line) -> String {
        match &line.whom {
            Whom::Person(name) => lang
                .tx("division-tie-person", &[("name", name.as_str().into())])
                .into_owned(),
            Whom::Student(card) => card.list_name.clone(),
            Whom::Homeroom(school, name) => {
                let school = self.directory.name(*school);
                let args = [("room", name.as_str().into()), ("school", school.into())];
                lang.tx("division-tie-homeroom", &args).into_owned()
            }
            Whom::Gone => lang.t("division-tie-gone").into_owned(),
        }
    }

    /// The role it is for, and whom it comes to today.
    fn sees(&self, lang: Lang, line: &Line) -> String {
        let role = context::role_words(lang, line.tie.kind.role());
        if !line.tie.goes_on(self.today) {
            return role;
        }
        let seen = match &line.whom {
            Whom::Student(card) => student_note(lang, card, self.directory),
            Whom::Homeroom(..) => lang
                .tx("division-tie-students", &[("n", line.sees.len().into())])
                .into_owned(),
            Whom::Person(_) | Whom::Gone if line.sees.is_empty() => {
                lang.t("division-tie-nobody").into_owned()
            }
            Whom::Person(_) | Whom::Gone => {
                let names: Vec<&str> = line.sees.iter().map(|card| card.list_name.as_str()).collect();
                let names = names.join("; ");
                lang.tx("division-tie-sees", &[("names", names.as_str().into())])
                    .into_owned()
            }
        };
        format!("{role} · {seen}")
    }
}

fn step(ctx: &Ctx, action: &str, id: &str) -> Markup {
    Step {
        id,
        words: "end-tie",
        action,
        csrf: &ctx.csrf,
    }
    .draw(ctx.lang)
}

/// What tells a student apart for someone who sees no record: number, grade, homeroom, school.
pub(super) fn student_note(lang: Lang, card: &CardRow, directory: &Directory) -> String {
    let school = card.school.map_or_else(
        || lang.t("student-no-school").into_owned(),
        |school| directory.name(school).to_owned(),
    );
    let grade = (!card.grade.is_empty()).then(|| {
        lang.tx("crumb-grade", &[("grade", lookup::grade(&card.grade).into())])
            .into_owned()
    });
    let parts = [
        Some(card.local_number.clone()),
        grade,
        Some(card.homeroom.clone()),
        Some(school),
    ];
    let parts: Vec<String> = parts
        .into_iter()
        .flatten()
        .filter(|part| !part.is_empty())
        .collect();
    parts.join(" · ")
}

/// Ends a tie.
pub(crate) async fn end(
    State(app): State<App>,
    Path((id, tie)): Path<(AccountId, TieId)>,
    Posted { who, fields }: Posted,
) -> PageResult {
    let permit = Permit::<ManageAccounts>::wide(who.standing()).or_stop(&app, &who)?;
    let reason = why(&fields);
    let done = app
        .store()
        .write(who.actor(), move |tx| {
            ties::end(tx, &permit, id, tie, &reason.clone()?)
        })
        .await;
    after(&app, &who, id, done).await
}

/// Gives a tie that was ended once more.
pub(crate) async fn again(
    State(app): State<App>,
    Path((id, tie)): Path<(AccountId, TieId)>,
    Posted { who, .. }: Posted,
) -> PageResult {
    let permit = Permit::<ManageAccounts>::wide(who.standing()).or_stop(&app, &who)?;
    let done = app
        .store()
        .write(who.actor(), move |tx| people::tie_again(tx, &permit, id, tie))
        .await;
    after(&app, &who, id, done.map(|_| ())).await
}

/// Back to the account.
pub(super) fn back(account: AccountId) -> Answer {
    Answer::see(path(account))
}
