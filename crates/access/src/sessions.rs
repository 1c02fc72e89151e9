//! Sessions: a browser, a person, a role. The browser holds 256 random bits;
//! the database only their SHA-256.

use crate::accounts::{AccountState, Theme};
use crate::grants::{self, Grant};
use crate::secret::{random_text, same, sha256};
use crate::{Standing, ceremony};
use db::schema::{account, web_session};
use db::{Reading, Subject, Tx};
use diesel::prelude::*;
use kernel::{AccountId, Actor, DivisionId, Failure, Instant, Outcome, Role, SchoolId, SessionId};
use serde_json::json;

/// How long sessions last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Seconds without a request after which the session is over.
    pub idle_seconds: i64,
    /// Seconds after which it is over in any case.
    pub absolute_seconds: i64,
}

/// The longest time without input, in minutes; a site may be stricter.
pub const IDLE_MINUTES: u16 = 30;
/// Staff. Source: NIST SP 800-63B 4.2.3, assurance level 2: 30 minutes idle, 12 hours in all.
pub const STAFF: Limits = Limits {
    idle_seconds: 30 * 60,
    absolute_seconds: 12 * 3600,
};
/// Guardians and students, often at a computer that others use: the same.
pub const FAMILY: Limits = STAFF;
/// Between the password and the second factor.
pub const PENDING_SECONDS: i64 = 600;
/// `seen_at` is written at most this often, so that reading a page rarely writes.
const TOUCH_SECONDS: i64 = 60;
/// A session opened later than this after now was opened by a clock that ran
/// ahead, and would last that much longer: it is over. Machines differ by seconds.
const CLOCK_SLACK_SECONDS: i64 = 300;
/// Ended sessions are kept so long, for questions about who was in.
const KEPT_DAYS: i64 = 30;

impl Limits {
    /// Those of a role.
    pub const fn of(role: Role) -> Self {
        if role.is_staff() { STAFF } else { FAMILY }
    }
}

kernel::text_enum! {
    /// How far signing in has come.
    pub enum Stage {
        /// The password was right; a second factor is asked for.
        SecondFactor = "second-factor",
        /// The password was right; a second factor must be set up before anything else.
        MustEnrol = "enrol",
        /// All is right, but the password was set by someone else and must be changed first.
        NewPassword = "new-password",
        /// Signed in.
        Full = "full",
    }
}

kernel::text_enum! {
    /// The second factor a session was opened with.
    pub enum Factor {
        /// None: never for staff.
        None = "none",
        /// A code of an authenticator app.
        Totp = "totp",
        /// A passkey.
        Passkey = "passkey",
    }
}

/// What the browser holds: goes into a `Secure`, `HttpOnly`, `SameSite=Lax` cookie and nowhere else.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

impl Token {
    pub(crate) fn fresh() -> Outcome<Self> {
        random_text().map(Self)
    }
    /// From a cookie; none when it has not the form of a token.
    pub fn parse(cookie: &str) -> Option<Self> {
        (cookie.len() == 64 && cookie.bytes().all(|byte| byte.is_ascii_hexdigit()))
            .then(|| Self(cookie.to_owned()))
    }
    /// For the cookie.
    pub fn as_str(&self) -> &str {
        &self.0
    }
    pub(crate) fn hash(&self) -> Vec<u8> {
        sha256(&self.0)
    }
}

impl std::fmt::Debug for Token {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Token(…)")
    }
}

/// The person of a session, signed in or not yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    /// The division.
    pub division: DivisionId,
    /// The session.
    pub session: SessionId,
    /// The account.
    pub account: AccountId,
    /// What was typed to sign in; sent to PASI as the local id.
    pub username: String,
    /// As shown.
    pub display_name: String,
    /// Preferred language tag.
    pub language: String,
    /// Preferred theme.
    pub theme: Theme,
    /// Single letters are keys where nothing is typed.
    pub letter_keys: bool,
    /// Must come back with every form.
    pub csrf: String,
    /// Where the request came from.
    pub ip: String,
}

impl Holder {
    /// The person acting without a role: for what one does to one's own account.
    pub fn actor(&self) -> Actor {
        Actor {
            division: self.division,
            account: Some(self.account),
            session: Some(self.session),
            name: self.display_name.clone(),
            local_id: self.username.clone(),
            role: None,
            ip: self.ip.clone(),
            seen: String::new(),
        }
    }
    /// Did the form carry this session's token?
    pub fn csrf_holds(&self, sent: &str) -> bool {
        same(&self.csrf, sent)
    }
}

/// The password was right, but the person is not in: no standing, no permit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pending {
    /// Who.
    pub who: Holder,
    /// What is missing; never [`Stage::Full`].
    pub stage: Stage,
}

/// A person signed in and acting in one role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedIn {
    /// Who.
    pub who: Holder,
    /// The acting role with its schools.
    pub standing: Standing,
    /// Every role the person may act in today; holds `standing`.
    pub grants: Vec<Standing>,
    /// The school pages are about; none for all schools of the standing.
    pub chosen_school: Option<SchoolId>,
    /// The second factor given.
    pub second_factor: Factor,
    /// Signed in when.
    pub since: Instant,
    /// [`touch`] should be called with this request.
    pub is_touch_due: bool,
}

impl SignedIn {
    /// Does the person hold a role that asks for a second factor, acting in it or not?
    pub fn needs_second_factor(&self) -> bool {
        self.grants
            .iter()
            .any(|standing| standing.role.needs_second_factor())
    }
    /// May set up further second factors.
    pub fn enroller(&self) -> Enroller<'_> {
        Enroller(&self.who)
    }
}

impl Pending {
    /// May set up a first second factor. Denied to whoever has one: the
    /// password alone must not replace it.
    pub fn enroller(&self) -> Outcome<Enroller<'_>> {
        match self.stage {
            Stage::MustEnrol => Ok(Enroller(&self.who)),
            _ => Err(Failure::Denied("second-factor.enrol")),
        }
    }
}

/// Proof that a person may set up a second factor.
#[derive(Debug, Clone, Copy)]
pub struct Enroller<'a>(&'a Holder);

impl<'a> Enroller<'a> {
    pub(crate) fn holder(self) -> &'a Holder {
        self.0
    }
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = web_session)]
struct SessionRow {
    id: SessionId,
    account_id: AccountId,
    csrf: String,
    stage: Stage,
    acting_role: Option<Role>,
    chosen_school: Option<SchoolId>,
    second_factor: Factor,
    created_at: Instant,
    seen_at: Instant,
    expires_at: Instant,
    ended_at: Option<Instant>,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = account)]
struct OwnerRow {
    username: String,
    display_name: String,
    language: String,
    theme: Theme,
    letter_keys: bool,
    state: AccountState,
}

/// The session of a token that has neither ended nor expired; one query.
fn load(at: &mut impl Reading, token: &Token, ip: &str) -> Outcome<Option<(SessionRow, Holder)>> {
    let (division, now) = (at.division(), at.now());
    let found: Option<(SessionRow, OwnerRow)> = db::ask!(
        at.conn(),
        first,
        web_session::table
            .inner_join(
                account::table.on(account::division_id
                    .eq(web_session::division_id)
                    .and(account::id.eq(web_session::account_id))),
            )
            .filter(
                web_session::division_id
                    .eq(division)
                    .and(web_session::token_hash.eq(token.hash())),
            )
            .select((SessionRow::as_select(), OwnerRow::as_select()))
    )
    .optional()?;
    Ok(found
        .filter(|(row, owner)| {
            row.ended_at.is_none()
                && now < row.expires_at
                && now.seconds_until(row.created_at) <= CLOCK_SLACK_SECONDS
                && owner.state == AccountState::Active
        })
        .map(|(row, owner)| {
            let who = Holder {
                division,
                session: row.id,
                account: row.account_id,
                username: owner.username,
                display_name: owner.display_name,
                language: owner.language,
                theme: owner.theme,
                letter_keys: owner.letter_keys,
                csrf: row.csrf.clone(),
                ip: ip.to_owned(),
            };
            (row, who)
        }))
}

/// The person signed in with this token; none when it is unknown, ended,
/// expired, idle for too long, not yet through signing in, or when the person
/// holds no role today. Two indexed queries. `ip` is the request's.
///
/// A session opened without a second factor is over as soon as its person
/// holds a role of staff.
pub fn find(at: &mut impl Reading, token: &Token, ip: &str) -> Outcome<Option<SignedIn>> {
    find_within(at, token, ip, i64::MAX)
}

/// As [`find`], on a site where a session ends after `idle_seconds` without a request, if not before.
pub fn find_within(
    at: &mut impl Reading,
    token: &Token,
    ip: &str,
    idle_seconds: i64,
) -> Outcome<Option<SignedIn>> {
    let Some((row, who)) = load(at, token, ip)?.filter(|(row, _)| row.stage == Stage::Full) else {
        return Ok(None);
    };
    let given = grants::all_of(at, who.account)?;
    let (now, today) = (at.now(), at.today());
    let found = signed_in(&row, who, &given, now, today);
    Ok(found.filter(|_| row.seen_at.seconds_until(now) <= idle_seconds))
}

fn signed_in(
    row: &SessionRow,
    who: Holder,
    given: &[Grant],
    now: Instant,
    today: kernel::Date,
) -> Option<SignedIn> {
    let choices = grants::standings(given, &who.actor(), today);
    let is_staff = choices.iter().any(|choice| choice.role.is_staff());
    if is_staff && row.second_factor == Factor::None {
        return None;
    }
    let acting = |choice: &&Standing| Some(choice.role) == row.acting_role;
    let standing = choices.iter().find(acting).or(choices.first())?.clone();
    let idle = row.seen_at.seconds_until(now);
    if idle > Limits::of(standing.role).idle_seconds {
        return None;
    }
    let chosen_school = row.chosen_school.filter(|school| may_choose(&standing, *school));
    Some(SignedIn {
        chosen_school,
        second_factor: row.second_factor,
        since: row.created_at,
        is_touch_due: idle.abs() >= TOUCH_SECONDS,
        standing,
        grants: choices,
        who,
    })
}

/// The person of this token who is on the way in; none once they are, or when the time is over.
pub fn find_pending(at: &mut impl Reading, token: &Token, ip: &str) -> Outcome<Option<Pending>> {
    Ok(load(at, token, ip)?
        .filter(|(row, _)| row.stage != Stage::Full)
        .map(|(row, who)| Pending {
            who,
            stage: row.stage,
        }))
}

fn may_choose(standing: &Standing, school: SchoolId) -> bool {
    !crate::matrix::is_of_schools(standing.role) || standing.schools.contains(&school)
}

/// Notes that the session is in use. Call when [`SignedIn::is_touch_due`]; two at once write once.
pub fn touch(tx: &mut Tx, who: &SignedIn) -> Outcome<()> {
    let (division, now) = (tx.division(), tx.now());
    diesel::update(web_session::table.find((division, who.who.session)))
        .filter(
            web_session::seen_at
                .le(now.plus_seconds(-TOUCH_SECONDS))
                .or(web_session::seen_at.gt(now)),
        )
        .set(web_session::seen_at.eq(now))
        .execute(tx.conn())?;
    Ok(())
}

/// Acts in another of the person's roles from the next request on.
/// `NotFound` when it is not theirs today. Writes: `web_session`, audit `session.act-as`.
pub fn act_as(tx: &mut Tx, who: &SignedIn, role: Role) -> Outcome<()> {
    let choice = who
        .grants
        .iter()
        .find(|choice| choice.role == role)
        .ok_or(Failure::NotFound)?;
    let division = tx.division();
    diesel::update(web_session::table.find((division, who.who.session)))
        .set((
            web_session::acting_role.eq(role),
            web_session::chosen_school.eq(only_school(choice)),
        ))
        .execute(tx.conn())?;
    tx.record(
        "session.act-as",
        Subject::new("account", who.who.account),
        &json!({ "old": who.standing.role, "new": role }),
    );
    Ok(())
}

/// The one school of a standing that has exactly one.
pub(crate) fn only_school(standing: &Standing) -> Option<SchoolId> {
    match standing.schools.as_slice() {
        [only] => Some(*only),
        _ => None,
    }
}

/// Pages are about this school from the next request on; none for all of the
/// standing's. `NotFound` when the division has no such school or it is not
/// the role's. Writes: `web_session`.
pub fn choose_school(tx: &mut Tx, who: &SignedIn, school: Option<SchoolId>) -> Outcome<()> {
    if let Some(id) = school {
        grants::school_exists(tx, id)?;
        if !may_choose(&who.standing, id) {
            return Err(Failure::NotFound);
        }
    }
    let division = tx.division();
    diesel::update(web_session::table.find((division, who.who.session)))
        .set(web_session::chosen_school.eq(school))
        .execute(tx.conn())?;
    Ok(())
}

/// Ends this session. Writes: `web_session`, audit `session.sign-out`.
pub fn sign_out(tx: &mut Tx, who: &Holder) -> Outcome<()> {
    let (division, now) = (tx.division(), tx.now());
    diesel::update(web_session::table.find((division, who.session)))
        .filter(web_session::ended_at.is_null())
        .set(web_session::ended_at.eq(now))
        .execute(tx.conn())?;
    tx.record(
        "session.sign-out",
        Subject::new("account", who.account),
        &json!({}),
    );
    Ok(())
}

/// Ends every session of the person, this one too. Writes: `web_session`, audit `session.sign-out-everywhere`.
pub fn sign_out_everywhere(tx: &mut Tx, who: &Holder) -> Outcome<()> {
    let ended = end_all(tx, who.account, None)?;
    tx.record(
        "session.sign-out-everywhere",
        Subject::new("account", who.account),
        &json!({ "sessions": ended }),
    );
    Ok(())
}

/// Ends the sessions of an account, but for one. Returns how many.
pub(crate) fn end_all(tx: &mut Tx, account: AccountId, but: Option<SessionId>) -> Outcome<usize> {
    let (division, now) = (tx.division(), tx.now());
    let mut query = diesel::update(
        web_session::table
            .filter(
                web_session::division_id
                    .eq(division)
                    .and(web_session::account_id.eq(account)),
            )
            .filter(web_session::ended_at.is_null()),
    )
    .set(web_session::ended_at.eq(now))
    .into_boxed();
    if let Some(session) = but {
        query = query.filter(web_session::id.ne(session));
    }
    Ok(query.execute(tx.conn())?)
}

/// A session about to be opened.
pub(crate) struct NewSession<'a> {
    pub(crate) account: AccountId,
    pub(crate) ip: &'a str,
}

/// Opens a session that is not in yet; returns its id and what the browser is to hold.
pub(crate) fn open(tx: &mut Tx, new: &NewSession<'_>, stage: Stage) -> Outcome<(SessionId, Token)> {
    let (division, now) = (tx.division(), tx.now());
    let (id, token) = (SessionId::fresh(now), Token::fresh()?);
    diesel::insert_into(web_session::table)
        .values((
            web_session::division_id.eq(division),
            web_session::id.eq(id),
            web_session::account_id.eq(new.account),
            web_session::token_hash.eq(token.hash()),
            web_session::csrf.eq(random_text()?),
            web_session::stage.eq(stage),
            web_session::acting_role.eq(None::<Role>),
            web_session::chosen_school.eq(None::<SchoolId>),
            (
                web_session::second_factor.eq(Factor::None),
                web_session::ip.eq(new.ip),
                web_session::device.eq(""),
                web_session::created_at.eq(now),
                web_session::seen_at.eq(now),
                web_session::expires_at.eq(now.plus_seconds(PENDING_SECONDS)),
                web_session::ended_at.eq(None::<Instant>),
            ),
        ))
        .execute(tx.conn())?;
    Ok((id, token))
}

/// Where a session goes next.
pub(crate) struct Step<'a> {
    pub(crate) from: Stage,
    pub(crate) to: Stage,
    pub(crate) factor: Option<Factor>,
    pub(crate) standing: &'a Standing,
}

/// Moves a session on, with a new token and a new form token: what was known
/// before the step opens nothing after it. A conflict when it is not where it was.
pub(crate) fn advance(tx: &mut Tx, session: SessionId, step: &Step<'_>) -> Outcome<Token> {
    let (division, now) = (tx.division(), tx.now());
    let token = Token::fresh()?;
    let lasts = match step.to {
        Stage::Full => Limits::of(step.standing.role).absolute_seconds,
        _ => PENDING_SECONDS,
    };
    let at_stage = web_session::table
        .find((division, session))
        .filter(web_session::stage.eq(step.from))
        .filter(web_session::ended_at.is_null());
    let moved = diesel::update(at_stage)
        .set((
            web_session::token_hash.eq(token.hash()),
            web_session::csrf.eq(random_text()?),
            web_session::stage.eq(step.to),
            web_session::acting_role.eq(step.standing.role),
            web_session::chosen_school.eq(only_school(step.standing)),
            web_session::seen_at.eq(now),
            web_session::expires_at.eq(now.plus_seconds(lasts)),
        ))
        .execute(tx.conn())?;
    if moved != 1 {
        return Err(Failure::stale("web_session", 0, 1));
    }
    if let Some(factor) = step.factor {
        diesel::update(web_session::table.find((division, session)))
            .set(web_session::second_factor.eq(factor))
            .execute(tx.conn())?;
    }
    Ok(token)
}

/// Deletes sessions that were over a month ago, and what was asked in them. For a nightly job.
pub fn forget_old(tx: &mut Tx) -> Outcome<usize> {
    let (division, before) = (tx.division(), tx.now().plus_seconds(-KEPT_DAYS * 86_400));
    let now = tx.now();
    ceremony::forget_before(tx, now)?;
    Ok(diesel::delete(
        web_session::table.filter(
            web_session::division_id
                .eq(division)
                .and(web_session::expires_at.lt(before)),
        ),
    )
    .execute(tx.conn())?)
}
