//! Taking rolls: a class saved over HTTP by somebody signed in, beside the same
//! rows written by bare statements in a transaction of the same store; 32 who
//! save at once; the board of a large school; pages when a year of rolls lies behind them.
//!
//! Rolls are taken on days that have none yet, before those of the practice division.

mod year;

use super::division::Bench;
use super::figure::{Figure, Goal, millis, percentile};
use crate::demo::DIVISION;
use crate::ending::Stop;
use access::Permit;
use access::action::ManageAttendance;
use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use db::schema::{attendance_mark, attendance_roll, audit, audit_head};
use db::{AuditRow, Lane, Reading, Store, Tx};
use diesel::prelude::*;
use kernel::{Actor, Date, Outcome, SchoolId, SchoolYear, StudentId, SubmissionId};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::time::{Duration, Instant};
use tokio::task::JoinSet;
use tower::ServiceExt;

/// Students of the division, so that its largest school has some 2,000.
const STUDENTS: usize = 10_000;
/// Classes saved one after the other, each way.
const SAVES: usize = 200;
/// Saves of each way before any is counted.
const WARM_UP: usize = 10;
/// Who save at once.
const TEACHERS: usize = 32;
/// Classes that each of them saves.
const EACH: usize = 60;
/// Boards asked for.
const BOARDS: usize = 60;
/// Smallest class that is saved.
const CLASS: usize = 20;
/// Exceptions of a class.
const EXCEPTIONS: usize = 3;

/// A roll to take.
#[derive(Debug, Clone)]
struct Class {
    school: SchoolId,
    on: Date,
    slot: &'static str,
    homeroom: String,
    students: Vec<StudentId>,
}

/// The figures.
pub(crate) async fn figures() -> Result<Vec<Figure>, Stop> {
    let bench = Bench::make(None, Some(STUDENTS)).await?;
    let (classes, largest, day) = bench.store.read_now(DIVISION, classes)?;
    let wanted = 2 * (WARM_UP + SAVES) + TEACHERS * EACH;
    if classes.len() < wanted {
        return Err(Stop::Problems(format!(
            "{} rolls can be taken before the practice division's own, {wanted} are needed: the school year is too young",
            classes.len()
        )));
    }
    let csrf = token(&bench).await?;
    let mut all = boards(&bench, largest, day).await?;
    all.extend(saves(&bench, &csrf, &classes[..2 * (WARM_UP + SAVES)]).await?);
    all.push(at_once(&bench, &csrf, &classes[2 * (WARM_UP + SAVES)..wanted]).await?);
    drop(bench);
    all.extend(year::figures().await?);
    Ok(all)
}

/// The school with the most students on a day, and how many they are.
fn largest(at: &mut db::Reader, on: Date) -> Outcome<(SchoolId, usize)> {
    let mut found = (SchoolId::derived(""), 0);
    for school in schools::directory(at)?.all() {
        let many = enrolment::placed_on(at, school.id, on)?.len();
        if many > found.1 {
            found = (school.id, many);
        }
    }
    Ok(found)
}

/// Rolls that nobody took; the largest school with its size; the last day with rolls.
fn classes(at: &mut db::Reader) -> Outcome<(Vec<Class>, (SchoolId, usize), Date)> {
    let (division, today) = (at.division(), at.today());
    let taken: Vec<Date> = attendance_roll::table
        .filter(attendance_roll::division_id.eq(division))
        .select(attendance_roll::on_date)
        .distinct()
        .order(attendance_roll::on_date)
        .load(at.conn())?;
    let first_taken = taken.first().copied().unwrap_or(today);
    let last_taken = taken.last().copied().unwrap_or(today);
    let permit = Permit::<ManageAttendance>::program(&Actor::system(division, "Bench"))?;
    let (mut all, mut largest) = (Vec::new(), (SchoolId::derived(""), 0));
    for school in schools::directory(at)?.all() {
        if !attendance::setting_of(at, &permit, school.id)?.mode.has_daily() {
            continue;
        }
        let calendar = schools::calendar(at, school.id, SchoolYear::of(today))?;
        let days: Vec<Date> = schools::rules::instructional_days(&calendar)
            .take_while(|day| *day < first_taken)
            .collect();
        let mut rooms: BTreeMap<String, Vec<StudentId>> = BTreeMap::new();
        let placed = enrolment::placed_on(at, school.id, last_taken)?;
        if placed.len() > largest.1 {
            largest = (school.id, placed.len());
        }
        for (student, homeroom) in placed {
            rooms.entry(homeroom).or_default().push(student);
        }
        rooms.retain(|homeroom, students| !homeroom.is_empty() && students.len() >= CLASS);
        for on in days {
            for homeroom in rooms.keys() {
                let students = enrolment::in_homeroom(at, school.id, homeroom, on)?;
                if students.len() < CLASS {
                    continue;
                }
                for slot in ["AM", "PM"] {
                    all.push(Class {
                        school: school.id,
                        on,
                        slot,
                        homeroom: homeroom.clone(),
                        students: students.clone(),
                    });
                }
            }
            if all.len() > 4_000 {
                break;
            }
        }
    }
    Ok((all, largest, last_taken))
}

async fn ask(router: &Router, request: Request<Body>) -> Result<(StatusCode, String), Stop> {
    let answer = match router.clone().oneshot(request).await {
        Ok(answer) => answer,
        Err(never) => match never {},
    };
    let status = answer.status();
    let body = axum::body::to_bytes(answer.into_body(), usize::MAX)
        .await
        .map_err(|error| Stop::Problems(error.to_string()))?;
    Ok((status, String::from_utf8_lossy(&body).into_owned()))
}

fn get(bench: &Bench, path: &str) -> Result<Request<Body>, Stop> {
    Request::get(path)
        .header(header::COOKIE, &bench.cookie)
        .body(Body::empty())
        .map_err(|error| Stop::Problems(error.to_string()))
}

/// The token of the session's forms.
async fn token(bench: &Bench) -> Result<String, Stop> {
    let (_, page) = ask(&bench.router, get(bench, "/attendance")?).await?;
    let found = page
        .split_once("name=\"csrf-token\" content=\"")
        .and_then(|(_, rest)| rest.split_once('"'))
        .map(|(token, _)| token.to_owned());
    found.ok_or_else(|| Stop::Problems("the page of rolls holds no token".to_owned()))
}

/// The board of the largest school.
async fn boards(bench: &Bench, (school, many): (SchoolId, usize), day: Date) -> Result<Vec<Figure>, Stop> {
    let path = format!("/attendance?school={school}&on={day}");
    let mut times = Vec::with_capacity(BOARDS);
    for turn in 0..WARM_UP + BOARDS {
        let request = get(bench, &path)?;
        let began = Instant::now();
        let (status, _) = ask(&bench.router, request).await?;
        if status != StatusCode::OK {
            return Err(Stop::Problems(format!("a board was answered with {status}")));
        }
        if turn >= WARM_UP {
            times.push(began.elapsed());
        }
    }
    let figure = |percent: usize, times: &mut [Duration]| {
        let name = format!("board of a school of {many} students p{percent}");
        Figure::new(name, millis(percentile(times, percent)), "ms")
    };
    Ok(vec![
        figure(50, &mut times),
        figure(95, &mut times).goal(Goal::AtMost(20.0)),
    ])
}

/// The form of a class, as its page sends it: everyone present but a few.
fn request(bench: &Bench, csrf: &str, class: &Class) -> Result<Request<Body>, Stop> {
    let mut form = format!(
        "key={}&school={}&on={}&slot={}&group=homeroom%3A{}",
        SubmissionId::fresh(bench.store.now()),
        class.school,
        class.on,
        class.slot,
        class.homeroom
    );
    for (place, student) in class.students.iter().enumerate() {
        let letter = if place < EXCEPTIONS { "A" } else { "P" };
        write!(
            form,
            "&letter-{student}={letter}&minutes-{student}=&comment-{student}=&seen-{student}=0"
        )
        .expect("writing to a text does not fail");
    }
    Request::post("/attendance/roll")
        .header(header::COOKIE, &bench.cookie)
        .header("x-csrf-token", csrf)
        .header(header::ACCEPT, "application/json")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from(form))
        .map_err(|error| Stop::Problems(error.to_string()))
}

async fn send(router: &Router, request: Request<Body>) -> Result<Duration, Stop> {
    let began = Instant::now();
    let (status, body) = ask(router, request).await?;
    let time = began.elapsed();
    if status == StatusCode::OK && body.contains("\"clashes\":0") {
        Ok(time)
    } else {
        Err(Stop::Problems(format!(
            "a roll was answered with {status}: {body:.200}"
        )))
    }
}

/// By the product and by hand in turns, so that both meet the same disk.
async fn saves(bench: &Bench, csrf: &str, classes: &[Class]) -> Result<Vec<Figure>, Stop> {
    let actor = Actor::system(DIVISION, "Measuring");
    let (mut product, mut raw) = (Vec::new(), Vec::new());
    for (turn, pair) in classes.chunks_exact(2).enumerate() {
        let saved = send(&bench.router, request(bench, csrf, &pair[0])?).await?;
        let written = by_hand(&bench.store, &actor, &pair[1])?;
        if turn >= WARM_UP {
            product.push(saved);
            raw.push(written);
        }
    }
    let figure = |percent, product: &mut [Duration], raw: &mut [Duration]| {
        let name = format!("saving a class over HTTP p{percent}, limit its raw transaction");
        Figure::new(name, millis(percentile(product, percent)), "ms").limit(millis(percentile(raw, percent)))
    };
    Ok(vec![
        figure(50, &mut product, &mut raw),
        figure(95, &mut product, &mut raw).goal(Goal::TimesLimit(3.0)),
    ])
}

/// All at once; classes a second.
async fn at_once(bench: &Bench, csrf: &str, classes: &[Class]) -> Result<Figure, Stop> {
    let requests = classes
        .iter()
        .map(|class| request(bench, csrf, class))
        .collect::<Result<Vec<_>, Stop>>()?;
    let mut hands: Vec<Vec<Request<Body>>> = (0..TEACHERS).map(|_| Vec::new()).collect();
    for (place, request) in requests.into_iter().enumerate() {
        hands[place % TEACHERS].push(request);
    }
    let began = Instant::now();
    let mut teachers = JoinSet::new();
    for own in hands {
        let router = bench.router.clone();
        teachers.spawn(async move {
            for request in own {
                send(&router, request).await?;
            }
            Ok::<(), Stop>(())
        });
    }
    while let Some(done) = teachers.join_next().await {
        done.map_err(|error| Stop::Problems(format!("measuring: {error}")))??;
    }
    let many = f64::from(u32::try_from(classes.len()).unwrap_or(u32::MAX));
    let rate = many / began.elapsed().as_secs_f64();
    let name = format!("classes saved by {TEACHERS} teachers at once");
    Ok(Figure::new(name, rate, "classes/s").goal(Goal::AtLeast(500.0)))
}

fn by_hand(store: &Store, actor: &Actor, class: &Class) -> Outcome<Duration> {
    let audit = store.read_now(DIVISION, |at| {
        let division = at.division();
        let mut audit: AuditRow = audit::table
            .filter(audit::division_id.eq(division))
            .order(audit::seq.desc())
            .select(AuditRow::as_select())
            .first(at.conn())?;
        audit.seq += 1;
        audit.previous_hash.clone_from(&audit.hash);
        Ok(audit)
    })?;
    let began = Instant::now();
    store.write_now(Lane::Interactive, actor, |tx| write_rows(tx, class, &audit))?;
    Ok(began.elapsed())
}

/// The roll, its exceptions, the audit row and its head.
fn write_rows(tx: &mut Tx, class: &Class, audit_row: &AuditRow) -> Outcome<()> {
    let (division, now) = (tx.division(), tx.now());
    let many = i32::try_from(class.students.len()).unwrap_or(i32::MAX);
    diesel::insert_into(attendance_roll::table)
        .values((
            attendance_roll::division_id.eq(division),
            attendance_roll::school_id.eq(class.school),
            attendance_roll::on_date.eq(class.on),
            attendance_roll::slot.eq(class.slot),
            attendance_roll::group_key.eq(format!("homeroom:{}", class.homeroom)),
            attendance_roll::version.eq(1_i64),
            attendance_roll::submission.eq(SubmissionId::fresh(now)),
            attendance_roll::taken_at.eq(now),
            attendance_roll::taken_by.eq("Measuring"),
            attendance_roll::source.eq("office"),
            attendance_roll::students.eq(many),
        ))
        .execute(tx.conn())?;
    for student in class.students.iter().take(EXCEPTIONS) {
        diesel::insert_into(attendance_mark::table)
            .values((
                attendance_mark::division_id.eq(division),
                attendance_mark::school_id.eq(class.school),
                attendance_mark::on_date.eq(class.on),
                attendance_mark::slot.eq(class.slot),
                attendance_mark::student_id.eq(student),
                attendance_mark::version.eq(1_i64),
                attendance_mark::known_from.eq(now),
                attendance_mark::known_by.eq("Measuring"),
                attendance_mark::reason.eq(""),
                attendance_mark::letter.eq("A"),
                attendance_mark::meaning.eq("unexplained"),
                attendance_mark::comment.eq(""),
                attendance_mark::source.eq("office"),
            ))
            .execute(tx.conn())?;
    }
    diesel::insert_into(audit::table)
        .values(audit_row)
        .execute(tx.conn())?;
    diesel::update(audit_head::table.find(division))
        .set((
            audit_head::seq.eq(audit_row.seq),
            audit_head::hash.eq(&audit_row.hash),
        ))
        .execute(tx.conn())?;
    Ok(())
}
