//! Every address of the site, in one table: the router is made from it, and
//! the sweep test walks it as every role.

use crate::students::change;
use crate::{
    App, account, attendance, division, families, home, pasi, sections, settings, sign_in, students, system,
};
use access::{Action, Reach, action};
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::{HeaderName, HeaderValue, Method};
use axum::routing::{MethodRouter, get, post};
use kernel::Role;
use tower_http::CompressionLevel;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::set_header::SetResponseHeaderLayer;

/// Who may ask for an address.
#[derive(Debug, Clone, Copy)]
pub enum Who {
    /// Anyone, signed in or not.
    Anyone,
    /// Someone on the way in: the password was right.
    OnTheWay,
    /// Anyone signed in.
    SignedIn,
    /// The roles of an action.
    May(&'static str, &'static [(Role, Reach)]),
    /// The roles of an action, for the student named in the address.
    Student(&'static str, &'static [(Role, Reach)]),
}

/// One address.
#[derive(Debug, Clone)]
pub struct Route {
    /// Its method.
    pub method: Method,
    /// Its pattern, as `axum` writes it.
    pub path: &'static str,
    /// Who may ask.
    pub who: Who,
}

const fn may<A: Action>() -> Who {
    Who::May(A::NAME, A::WHO)
}

const fn student<A: Action>() -> Who {
    Who::Student(A::NAME, A::WHO)
}

macro_rules! routes {
    ($($method:ident $path:literal => $handler:path, $who:expr;)+) => {
        /// Every address.
        pub const ROUTES: &[Route] = &[$(Route { method: routes!(@method $method), path: $path, who: $who }),+];

        fn pages() -> Router<App> {
            Router::new()$(.route($path, routes!(@handled $method $handler)))+
        }
    };
    (@method get) => { Method::GET };
    (@method post) => { Method::POST };
    (@method upload) => { Method::POST };
    (@method picture) => { Method::POST };
    (@handled get $handler:path) => { get($handler).layer(RequestBodyLimitLayer::new(FORM_LIMIT)) };
    (@handled post $handler:path) => { post($handler).layer(RequestBodyLimitLayer::new(FORM_LIMIT)) };
    (@handled upload $handler:path) => { large(post($handler)) };
    // The page of a photograph says in words that it is too large; it must hear of it.
    (@handled picture $handler:path) => { post($handler).layer(DefaultBodyLimit::max(students::photo::FORM_LIMIT)) };
}

routes! {
    get "/healthz" => system::healthz, Who::Anyone;
    get "/readyz" => system::readyz, Who::Anyone;
    get "/metrics" => system::metrics, Who::Anyone;
    get "/assets/{*path}" => system::asset, Who::Anyone;
    get "/ui" => system::gallery_index, Who::Anyone;
    get "/ui/{name}" => system::gallery_page, Who::Anyone;

    get "/sign-in" => sign_in::password::page, Who::Anyone;
    post "/sign-in" => sign_in::password::send, Who::Anyone;
    post "/sign-in/practice" => sign_in::password::practice, Who::Anyone;
    get "/sign-in/second" => sign_in::second::page, Who::OnTheWay;
    post "/sign-in/second" => sign_in::second::send, Who::OnTheWay;
    get "/sign-in/set-up" => sign_in::second::set_up_page, Who::OnTheWay;
    post "/sign-in/set-up" => sign_in::second::set_up, Who::OnTheWay;
    get "/sign-in/password" => sign_in::second::password_page, Who::OnTheWay;
    post "/sign-in/password" => sign_in::second::password, Who::OnTheWay;
    get "/sign-in/forgot" => families::forgot::page, Who::Anyone;
    post "/sign-in/forgot" => families::forgot::send, Who::Anyone;
    get "/sign-in/forgot/{code}" => families::forgot::choose_page, Who::Anyone;
    post "/sign-in/forgot/{code}" => families::forgot::choose, Who::Anyone;
    get "/join" => families::join::page, Who::Anyone;
    post "/join" => families::join::typed, Who::Anyone;
    get "/join/{code}" => families::join::welcome, Who::Anyone;
    post "/join/{code}" => families::join::accept, Who::Anyone;
    post "/join/{code}/add" => families::join::add, Who::SignedIn;
    post "/sign-out" => sign_in::password::sign_out, Who::SignedIn;

    get "/" => home::page, Who::SignedIn;
    get "/today/records" => home::records, may::<action::EditStudents>();
    get "/search" => students::find::page, Who::SignedIn;
    get "/more" => home::more, Who::SignedIn;
    post "/session/stay" => settings::stay, Who::SignedIn;
    post "/settings/theme" => settings::theme, Who::SignedIn;
    post "/settings/keys" => settings::keys, Who::SignedIn;
    post "/settings/language" => settings::language, Who::Anyone;
    post "/settings/school" => settings::school, Who::SignedIn;
    post "/settings/year" => settings::year, Who::SignedIn;
    post "/settings/role" => settings::role, Who::SignedIn;

    get "/students" => students::list::page, may::<action::ViewStudents>();
    get "/students/export" => students::export::page, may::<action::Export>();
    post "/students/export" => students::export::send, may::<action::Export>();
    get "/students/families" => families::school::page, may::<action::InviteFamilies>();
    post "/students/families" => families::school::send, may::<action::InviteFamilies>();
    get "/students/new" => students::new::page, may::<action::CreateStudents>();
    post "/students/new" => students::new::send, may::<action::CreateStudents>();
    get "/students/new/families" => students::new::family::live, may::<action::CreateStudents>();
    get "/students/new/matches" => students::new::live, may::<action::CreateStudents>();
    get "/students/print" => students::list::print::page, may::<action::ViewStudents>();
    get "/students/lists" => students::list::saved::page, may::<action::ViewStudents>();
    post "/students/lists" => students::list::saved::save, may::<action::ViewStudents>();
    get "/students/lists/new" => students::list::saved::new_page, may::<action::ViewStudents>();
    get "/students/lists/{list}" => students::list::saved::change_page, may::<action::ViewStudents>();
    post "/students/lists/{list}" => students::list::saved::change, may::<action::ViewStudents>();
    post "/students/lists/{list}/remove" => students::list::saved::remove, may::<action::ViewStudents>();
    post "/students/lists/{list}/restore" => students::list::saved::restore, may::<action::ViewStudents>();
    post "/students/lists/{list}/default" => students::list::saved::default, may::<action::ViewStudents>();
    get "/students/update" => students::mass::list, may::<action::MassUpdate>();
    post "/students/update" => students::mass::begin, may::<action::MassUpdate>();
    get "/students/update/{batch}" => students::mass::page, may::<action::MassUpdate>();
    post "/students/update/{batch}/choose" => students::mass::choose, may::<action::MassUpdate>();
    post "/students/update/{batch}/apply" => students::mass::apply, may::<action::MassUpdate>();
    post "/students/update/{batch}/stop" => students::mass::stop, may::<action::MassUpdate>();
    post "/students/update/{batch}/undo" => students::mass::undo, may::<action::MassUpdate>();
    post "/students/update/{batch}/go-on" => students::mass::go_on, may::<action::MassUpdate>();
    post "/students/update/{batch}/except" => students::mass::exception::send, may::<action::MassUpdate>();
    get "/students/update/{batch}/export" => students::mass::export::csv, may::<action::Export>();
    get "/students/year" => students::year::page, may::<action::MassUpdate>();
    get "/students/year/{verb}" => students::year::ask, may::<action::MassUpdate>();
    post "/students/year/{verb}" => students::year::send, may::<action::MassUpdate>();
    get "/students/{student}" => students::summary::page, student::<action::ViewStudents>();
    post "/students/{student}/read-notice" => students::summary::read_notice, student::<action::ViewStudents>();
    get "/students/{student}/family" => students::family::page, student::<action::ViewStudents>();
    post "/students/{student}/family/invite" => families::card::send, student::<action::InviteFamilies>();
    get "/students/{student}/absence" => families::absence::page, student::<action::ReportAbsence>();
    post "/students/{student}/absence" => families::absence::send, student::<action::ReportAbsence>();
    post "/students/{student}/absence/{report}/take-back" => families::absence::take_back, student::<action::ReportAbsence>();
    get "/students/{student}/looks" => families::looks::page, student::<action::ViewLooks>();
    post "/students/{student}/family/order" => students::family::order, student::<action::EditStudents>();
    post "/students/{student}/family/undo" => students::family::undo, student::<action::EditStudents>();
    get "/students/{student}/family/contact" => students::family::new_contact, student::<action::EditStudents>();
    post "/students/{student}/family/contact" => students::family::add_contact, student::<action::EditStudents>();
    get "/students/{student}/family/phone" => students::family::new_phone, student::<action::EditStudents>();
    post "/students/{student}/family/phone" => students::family::add_phone, student::<action::EditStudents>();
    get "/students/{student}/family/email" => students::family::new_email, student::<action::EditStudents>();
    post "/students/{student}/family/email" => students::family::add_email, student::<action::EditStudents>();
    get "/students/{student}/family/address" => students::family::new_address, student::<action::EditStudents>();
    post "/students/{student}/family/address" => students::family::add_address, student::<action::EditStudents>();
    get "/students/{student}/family/contact/{contact}" => students::family::ask_contact, student::<action::EditStudents>();
    post "/students/{student}/family/contact/{contact}" => students::family::save_contact, student::<action::EditStudents>();
    get "/students/{student}/family/phone/{phone}" => students::family::ask_phone, student::<action::EditStudents>();
    post "/students/{student}/family/phone/{phone}" => students::family::save_phone, student::<action::EditStudents>();
    get "/students/{student}/family/email/{email}" => students::family::ask_email, student::<action::EditStudents>();
    post "/students/{student}/family/email/{email}" => students::family::save_email, student::<action::EditStudents>();
    get "/students/{student}/family/address/{address}" => students::family::ask_address, student::<action::EditStudents>();
    post "/students/{student}/family/address/{address}" => students::family::save_address, student::<action::EditStudents>();
    get "/students/{student}/identity" => students::identity::page, student::<action::ViewStudents>();
    get "/students/{student}/identity/{verb}" => change::ask::<change::Details>, student::<action::EditStudents>();
    post "/students/{student}/identity/{verb}" => change::send::<change::Details>, student::<action::EditStudents>();
    get "/students/{student}/identity/name" => change::ask::<change::Names>, student::<action::EditStudents>();
    post "/students/{student}/identity/name" => change::send::<change::Names>, student::<action::EditStudents>();
    get "/students/{student}/identity/name/{record}/{verb}" => change::ask::<change::Names>, student::<action::EditStudents>();
    post "/students/{student}/identity/name/{record}/{verb}" => change::send::<change::Names>, student::<action::EditStudents>();
    get "/students/{student}/identity/citizenship" => change::ask::<change::Citizenships>, student::<action::EditStudents>();
    post "/students/{student}/identity/citizenship" => change::send::<change::Citizenships>, student::<action::EditStudents>();
    get "/students/{student}/identity/citizenship/{record}/{verb}" => change::ask::<change::Citizenships>, student::<action::EditStudents>();
    post "/students/{student}/identity/citizenship/{record}/{verb}" => change::send::<change::Citizenships>, student::<action::EditStudents>();
    get "/students/{student}/medical" => students::medical::page, student::<action::ViewMedical>();
    get "/students/{student}/medical/alert" => change::ask::<change::Alerts>, student::<action::EditMedical>();
    post "/students/{student}/medical/alert" => change::send::<change::Alerts>, student::<action::EditMedical>();
    get "/students/{student}/medical/alert/{record}/{verb}" => change::ask::<change::Alerts>, student::<action::EditMedical>();
    post "/students/{student}/medical/alert/{record}/{verb}" => change::send::<change::Alerts>, student::<action::EditMedical>();
    get "/students/{student}/medical/restriction" => change::ask::<change::Restrictions>, student::<action::EditCustody>();
    post "/students/{student}/medical/restriction" => change::send::<change::Restrictions>, student::<action::EditCustody>();
    get "/students/{student}/medical/restriction/{record}/{verb}" => change::ask::<change::Restrictions>, student::<action::EditCustody>();
    post "/students/{student}/medical/restriction/{record}/{verb}" => change::send::<change::Restrictions>, student::<action::EditCustody>();
    get "/students/{student}/photo" => students::photo::picture, student::<action::ViewStudents>();
    picture "/students/{student}/photo" => students::photo::send, student::<action::EditStudents>();
    get "/students/{student}/photo/change" => students::photo::ask, student::<action::EditStudents>();
    post "/students/{student}/photo/remove" => students::photo::remove, student::<action::EditStudents>();
    get "/students/{student}/enrolment" => students::enrolment::page, student::<action::ViewStudents>();
    get "/students/{student}/enrolment/enrol" => students::enrolment::enrol::ask, student::<action::ManageEnrolment>();
    post "/students/{student}/enrolment/enrol" => students::enrolment::enrol::send, student::<action::ManageEnrolment>();
    get "/students/{student}/enrolment/{enrolment}/{verb}" => students::enrolment::ask, student::<action::ManageEnrolment>();
    post "/students/{student}/enrolment/{enrolment}/{verb}" => students::enrolment::send, student::<action::ManageEnrolment>();
    get "/students/{student}/responsible-school" => students::responsible::ask, student::<action::ManageEnrolment>();
    post "/students/{student}/responsible-school" => students::responsible::send, student::<action::ManageEnrolment>();
    get "/students/{student}/history" => students::history::page, student::<action::ViewHistory>();

    get "/students/{student}/timetable" => students::timetable::page, student::<action::ViewStudents>();
    get "/students/{student}/timetable/pdf" => students::timetable::paper, student::<action::ViewStudents>();
    get "/students/{student}/requests" => students::requests::page, student::<action::ViewStudents>();
    post "/students/{student}/requests" => students::requests::send, student::<action::ManageSections>();

    get "/sections" => sections::list::page, may::<action::ViewSections>();
    get "/sections/new" => sections::form::new_page, may::<action::ManageSections>();
    post "/sections/new" => sections::form::make, may::<action::ManageSections>();
    get "/sections/timetable" => sections::timetable::page, may::<action::ViewSections>();
    get "/sections/timetable/pdf" => sections::timetable_paper::page, may::<action::ViewSections>();
    get "/sections/courses" => sections::catalogue::page, may::<action::ViewSections>();
    post "/sections/courses" => sections::catalogue::take_in, may::<action::ManageCourses>();
    get "/sections/requests" => sections::requests::page, may::<action::ManageSections>();
    get "/sections/requests/many" => sections::many::page, may::<action::ManageSections>();
    post "/sections/requests/many" => sections::many::send, may::<action::ManageSections>();
    get "/sections/load" => sections::load::page, may::<action::ManageSections>();
    post "/sections/load" => sections::load::begin, may::<action::ManageSections>();
    get "/sections/load/{load}" => sections::load::run::page, may::<action::ManageSections>();
    post "/sections/load/{load}" => sections::load::run::send, may::<action::ManageSections>();
    get "/sections/load/{load}/report" => sections::load::report::csv, may::<action::Export>();
    get "/sections/{section}" => sections::page::page, may::<action::ViewSections>();
    get "/sections/{section}/change" => sections::form::change_page, may::<action::ManageSections>();
    post "/sections/{section}/change" => sections::form::change, may::<action::ManageSections>();
    get "/sections/{section}/close" => sections::close::ask, may::<action::ManageSections>();
    post "/sections/{section}/close" => sections::close::send, may::<action::ManageSections>();
    get "/sections/{section}/add" => sections::add::ask, may::<action::ManageSections>();
    post "/sections/{section}/add" => sections::add::send, may::<action::ManageSections>();
    post "/sections/{section}/staff" => sections::staff::add, may::<action::ManageSections>();
    get "/sections/{section}/staff/{staff}" => sections::staff::ask, may::<action::ManageSections>();
    post "/sections/{section}/staff/{staff}/end" => sections::staff::end, may::<action::ManageSections>();
    post "/sections/{section}/staff/{staff}/remove" => sections::staff::remove, may::<action::ManageSections>();
    get "/sections/{section}/students/{seat}" => sections::seat::ask, may::<action::ManageSections>();
    post "/sections/{section}/students/{seat}/out" => sections::seat::out, may::<action::ManageSections>();
    post "/sections/{section}/students/{seat}/error" => sections::seat::in_error, may::<action::ManageSections>();
    post "/sections/{section}/students/{seat}/in" => sections::seat::let_in, may::<action::ManageSections>();
    post "/sections/{section}/students/{seat}/claim" => sections::seat::claim, may::<action::ManageSections>();
    get "/sections/{section}/offering" => sections::offering::ask, may::<action::ManageSections>();
    post "/sections/{section}/offering" => sections::offering::send, may::<action::ManageSections>();
    post "/sections/{section}/pasi" => sections::pasi::decide, may::<action::ManageSections>();
    post "/sections/{section}/pasi/tell" => sections::pasi::tell_now, may::<action::ManageSections>();
    post "/sections/{section}/students/{seat}/up" => sections::seat::up, may::<action::ManageSections>();

    get "/pasi" => pasi::queue::page, may::<action::ViewPasi>();
    post "/pasi/items/{item}/decide" => pasi::decide::item, may::<action::DecidePasi>();
    post "/pasi/items/{item}/assign" => pasi::care::assign_item, may::<action::DecidePasi>();
    post "/pasi/items/{item}/note" => pasi::care::note_item, may::<action::DecidePasi>();
    get "/pasi/items/{item}/candidates" => pasi::link::candidates, may::<action::DecidePasi>();
    post "/pasi/items/{item}/link" => pasi::link::send, may::<action::DecidePasi>();
    post "/pasi/check" => pasi::check::now, may::<action::DecidePasi>();
    post "/pasi/again" => pasi::kinds::again, may::<action::SetPasiPolicy>();
    post "/pasi/bulk" => pasi::bulk::send, may::<action::DecidePasi>();
    get "/pasi/export" => pasi::export::send, may::<action::Export>();
    get "/pasi/connection" => pasi::connection::page, may::<action::ViewSystem>();
    get "/pasi/policy" => pasi::policy::page, may::<action::SetPasiPolicy>();
    post "/pasi/policy" => pasi::policy::save, may::<action::SetPasiPolicy>();
    get "/students/{student}/pasi" => students::live::page, student::<action::ViewStudents>();
    post "/students/{student}/pasi/assign" => pasi::care::assign_student, student::<action::DecidePasi>();
    post "/students/{student}/pasi/note" => pasi::care::note_student, student::<action::DecidePasi>();
    post "/students/{student}/pasi/earlier" => students::earlier::read, student::<action::DecidePasi>();
    post "/students/{student}/pasi" => pasi::decide::student, student::<action::DecidePasi>();

    get "/students/{student}/attendance" => students::attendance::page, student::<action::ViewAttendance>();

    get "/students/{student}/attendance/pdf" => students::attendance::paper, student::<action::ViewAttendance>();
    get "/students/{student}/attendance/letters/{letter}" => attendance::letters::print::one, student::<action::ManageAttendance>();
    get "/attendance" => attendance::board::page, may::<action::TakeAttendance>();
    get "/attendance/board" => attendance::board::live, may::<action::TakeAttendance>();
    get "/attendance/worker.js" => attendance::worker::script, Who::Anyone;
    get "/attendance/roll" => attendance::roll::page, may::<action::TakeAttendance>();
    post "/attendance/roll" => attendance::roll_post::send, may::<action::TakeAttendance>();
    get "/attendance/unexplained" => attendance::unexplained::page, may::<action::ManageAttendance>();
    get "/attendance/unexplained/write" => attendance::home::page, may::<action::ManageAttendance>();
    post "/attendance/unexplained/write" => attendance::home::send, may::<action::ManageAttendance>();
    post "/attendance/reported" => attendance::reported::seen, may::<action::ManageAttendance>();
    post "/attendance/explain" => attendance::unexplained::explain, may::<action::ManageAttendance>();
    post "/attendance/call" => attendance::unexplained::call, may::<action::ManageAttendance>();
    get "/attendance/desk" => attendance::desk::page, may::<action::ManageAttendance>();
    post "/attendance/desk" => attendance::desk::send, may::<action::ManageAttendance>();
    get "/attendance/many" => attendance::many::page, may::<action::ManageAttendance>();
    post "/attendance/many" => attendance::many::send, may::<action::ManageAttendance>();
    post "/attendance/many/undo" => attendance::many::undo, may::<action::ManageAttendance>();
    get "/attendance/differences" => attendance::differences::page, may::<action::ManageAttendance>();
    post "/attendance/differences" => attendance::differences::send, may::<action::ManageAttendance>();
    get "/attendance/letters" => attendance::letters::page, may::<action::ManageAttendance>();
    post "/attendance/letters" => attendance::letters::send::send, may::<action::ManageAttendance>();
    post "/attendance/letters/mailed" => attendance::letters::send::mailed, may::<action::ManageAttendance>();
    post "/attendance/letters/undo" => attendance::letters::send::undo, may::<action::ManageAttendance>();
    get "/attendance/letters/when" => attendance::letters::plan::page, may::<action::ManageAttendance>();
    post "/attendance/letters/when" => attendance::letters::plan::save, may::<action::ManageAttendance>();
    get "/attendance/letters/text" => attendance::letters::text::page, may::<action::ManageSchools>();
    post "/attendance/letters/text" => attendance::letters::text::send, may::<action::ManageSchools>();
    get "/attendance/letters/{letters}" => attendance::letters::print::batch, may::<action::ManageAttendance>();
    get "/attendance/summary" => attendance::summary::page, may::<action::ManageAttendance>();
    get "/attendance/chronic" => attendance::chronic::page, may::<action::ManageAttendance>();
    get "/attendance/chronic/students" => attendance::chronic::list::page, may::<action::ManageAttendance>();
    post "/attendance/chronic/students" => attendance::chronic::list::send, may::<action::Export>();
    get "/attendance/summary/pdf" => attendance::record::page, may::<action::ManageAttendance>();
    get "/attendance/codes" => attendance::codes::page, may::<action::ManageAttendance>();
    post "/attendance/codes" => attendance::codes::save, may::<action::ManageAttendance>();

    get "/division" => division::page, Who::SignedIn;
    get "/division/schools" => division::schools::list, may::<action::ViewSchools>();
    get "/division/schools/export" => division::schools::export, may::<action::Export>();
    get "/division/schools/new" => division::schools::new_page, may::<action::ManageSchools>();
    post "/division/schools/new" => division::schools::add, may::<action::ManageSchools>();
    get "/division/schools/{school}" => division::schools::page, may::<action::ViewSchools>();
    post "/division/schools/{school}" => division::schools::save, may::<action::ManageSchools>();
    get "/division/schools/{school}/calendar" => division::calendar::year::page, may::<action::ViewSchools>();
    post "/division/schools/{school}/calendar" => division::calendar::year::save, may::<action::ManageSchools>();
    post "/division/schools/{school}/calendar/days" => division::calendar::days::send, may::<action::ManageSchools>();
    get "/division/schools/{school}/calendar/terms" => division::calendar::terms::page, may::<action::ViewSchools>();
    post "/division/schools/{school}/calendar/terms" => division::calendar::terms::send, may::<action::ManageSchools>();
    post "/division/schools/{school}/calendar/cycle" => division::calendar::terms::send_cycle, may::<action::ManageSchools>();
    get "/division/schools/{school}/calendar/bells" => division::calendar::bells::page, may::<action::ViewSchools>();
    post "/division/schools/{school}/calendar/bells" => division::calendar::bells::send, may::<action::ManageSchools>();
    get "/division/schools/{school}/calendar/bells/new" => division::calendar::bell::new_page, may::<action::ManageSchools>();
    get "/division/schools/{school}/calendar/bells/{bell}" => division::calendar::bell::page, may::<action::ManageSchools>();
    post "/division/schools/{school}/calendar/bells/{bell}" => division::calendar::bell::send, may::<action::ManageSchools>();
    post "/division/schools/{school}/calendar/bells/{bell}/remove" => division::calendar::bell::remove, may::<action::ManageSchools>();
    get "/division/schools/{school}/calendar/hours" => division::calendar::hours::page, may::<action::ViewSchools>();
    get "/division/schools/{school}/calendar/copy" => division::calendar::copy::page, may::<action::ManageSchools>();
    post "/division/schools/{school}/calendar/copy" => division::calendar::copy::send, may::<action::ManageSchools>();
    get "/division/schools/{school}/calendar/ics" => division::calendar::feed::file, may::<action::ViewSchools>();
    post "/division/schools/{school}/calendar/feed" => division::calendar::feed::send, may::<action::ManageSchools>();
    get "/calendar/{feed}" => division::calendar::feed::by_address, Who::Anyone;
    post "/division/schools/{school}/pasi" => division::school_there::decide, may::<action::ManageSchools>();
    get "/division/accounts" => division::accounts::list, may::<action::ManageAccounts>();
    get "/division/accounts/export" => division::accounts::export, may::<action::ManageAccounts>();
    get "/division/accounts/new" => division::accounts::new_page, may::<action::ManageAccounts>();
    post "/division/accounts/new" => division::accounts::add, may::<action::ManageAccounts>();
    get "/division/accounts/{account}" => division::account::page, may::<action::ManageAccounts>();
    post "/division/accounts/{account}/roles" => division::account::give, may::<action::ManageAccounts>();
    post "/division/accounts/{account}/roles/{grant}/end" => division::account::end, may::<action::ManageAccounts>();
    get "/division/accounts/{account}/ties/new" => division::tie_new::page, may::<action::ManageAccounts>();
    post "/division/accounts/{account}/ties" => division::tie_new::give, may::<action::ManageAccounts>();
    post "/division/accounts/{account}/ties/{tie}/end" => division::ties::end, may::<action::ManageAccounts>();
    post "/division/accounts/{account}/ties/{tie}/again" => division::ties::again, may::<action::ManageAccounts>();
    post "/division/accounts/{account}/password" => division::account::password, may::<action::ManageAccounts>();
    post "/division/accounts/{account}/factors" => division::account::reset_factors, may::<action::ManageAccounts>();
    post "/division/accounts/{account}/close" => division::account::close, may::<action::ManageAccounts>();
    post "/division/accounts/{account}/reopen" => division::account::reopen, may::<action::ManageAccounts>();
    get "/division/import" => division::import::list::page, may::<action::Import>();
    get "/division/import/new" => division::import::send::page, may::<action::Import>();
    upload "/division/import/new" => division::import::send::send, may::<action::Import>();
    get "/division/import/{import}" => division::import::run::page, may::<action::Import>();
    get "/division/import/{import}/mapping" => division::import::mapping::page, may::<action::Import>();
    post "/division/import/{import}/mapping" => division::import::mapping::save, may::<action::Import>();
    post "/division/import/{import}/as" => division::import::mapping::read_as, may::<action::Import>();
    post "/division/import/{import}/check" => division::import::run::check, may::<action::Import>();
    post "/division/import/{import}/run" => division::import::run::write, may::<action::Import>();
    post "/division/import/{import}/undo" => division::import::run::undo, may::<action::Import>();
    post "/division/import/{import}/rows/{row}" => division::import::rows::save, may::<action::Import>();
    get "/division/import/{import}/problems" => division::import::problems::file, may::<action::Import>();
    post "/division/audit/watch" => division::audit::watch, may::<action::ReadAudit>();
    get "/division/audit/export" => division::audit::export, may::<action::ReadAudit>();
    get "/division/audit" => division::audit::page, may::<action::ReadAudit>();

    get "/division/jobs" => division::jobs::page, may::<action::ViewSystem>();
    post "/division/jobs" => division::jobs::send, may::<action::ViewSystem>();
    get "/division/mail" => division::mail::page, may::<action::ViewSystem>();
    post "/division/mail" => division::mail::send, may::<action::ViewSystem>();

    get "/account" => account::page, Who::SignedIn;
    post "/account/password" => account::password, Who::SignedIn;
    post "/account/sessions/end" => account::end_session, Who::SignedIn;
    post "/account/sessions/end-others" => account::end_others, Who::SignedIn;
    post "/account/sign-out-everywhere" => account::sign_out_everywhere, Who::SignedIn;
    get "/account/authenticator" => account::authenticator::page, Who::SignedIn;
    post "/account/authenticator" => account::authenticator::confirm, Who::SignedIn;
    post "/account/authenticator/remove" => account::authenticator::remove, Who::SignedIn;
    post "/account/passkey/start" => account::passkey::start, Who::SignedIn;
    post "/account/passkey/finish" => account::passkey::finish, Who::SignedIn;
    post "/account/passkey/rename" => account::passkey::rename, Who::SignedIn;
    post "/account/passkey/remove" => account::passkey::remove, Who::SignedIn;
    post "/sign-in/set-up/passkey/start" => sign_in::passkey::start_first, Who::OnTheWay;
    post "/sign-in/set-up/passkey/finish" => sign_in::passkey::finish_first, Who::OnTheWay;
    post "/sign-in/passkey/start" => sign_in::passkey::start, Who::OnTheWay;
    post "/sign-in/passkey/finish" => sign_in::passkey::finish, Who::OnTheWay;
}

/// Largest form, in bytes; a file has a limit of its own.
const FORM_LIMIT: usize = 1 << 20;
/// Takes a file of up to [`crate::upload::LIMIT`], and the form around it.
fn large(handler: MethodRouter<App>) -> MethodRouter<App> {
    let open: MethodRouter<App> = handler.layer(DefaultBodyLimit::disable());
    open.layer(RequestBodyLimitLayer::new(crate::upload::LIMIT + FORM_LIMIT))
}

/// The whole site.
pub fn router(app: App) -> Router {
    let header = |name: &'static str, value: &'static str| {
        SetResponseHeaderLayer::if_not_present(HeaderName::from_static(name), HeaderValue::from_static(value))
    };
    pages()
        .fallback(system::not_found)
        .layer(axum::middleware::from_fn(system::count))
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest))
        .layer(header(
            "content-security-policy",
            ui::shell::CONTENT_SECURITY_POLICY,
        ))
        .layer(header("x-content-type-options", "nosniff"))
        .layer(header("referrer-policy", "same-origin"))
        .layer(header("cross-origin-opener-policy", "same-origin"))
        .layer(header(
            "permissions-policy",
            "camera=(self), microphone=(), geolocation=()",
        ))
        .layer(CatchPanicLayer::new())
        .with_state(app)
}
