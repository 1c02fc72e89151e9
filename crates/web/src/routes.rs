//! Every address of the site, in one table: the router is made from it, and
//! the sweep test walks it as every role.

use crate::{App, account, division, home, pasi, settings, sign_in, students, system};
use access::{Action, Reach, action};
use axum::Router;
use axum::http::{HeaderName, HeaderValue, Method};
use axum::routing::{get, post};
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
            Router::new()$(.route($path, $method($handler)))+
        }
    };
    (@method get) => { Method::GET };
    (@method post) => { Method::POST };
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
    post "/sign-out" => sign_in::password::sign_out, Who::SignedIn;

    get "/" => home::page, Who::SignedIn;
    get "/search" => students::find::page, Who::SignedIn;
    get "/more" => home::more, Who::SignedIn;
    post "/session/stay" => settings::stay, Who::SignedIn;
    post "/settings/theme" => settings::theme, Who::SignedIn;
    post "/settings/language" => settings::language, Who::Anyone;
    post "/settings/school" => settings::school, Who::SignedIn;
    post "/settings/year" => settings::year, Who::SignedIn;
    post "/settings/role" => settings::role, Who::SignedIn;

    get "/students" => students::list::page, may::<action::ViewStudents>();
    get "/students/new" => students::new::page, may::<action::CreateStudents>();
    post "/students/new" => students::new::send, may::<action::CreateStudents>();
    get "/students/new/matches" => students::new::live, may::<action::CreateStudents>();
    get "/students/{student}" => students::summary::page, student::<action::ViewStudents>();
    post "/students/{student}/read-notice" => students::summary::read_notice, student::<action::ViewStudents>();
    get "/students/{student}/family" => students::family::page, student::<action::ViewStudents>();
    get "/students/{student}/family/address" => students::family::ask_address, student::<action::EditStudents>();
    post "/students/{student}/family/address" => students::family::send_address, student::<action::EditStudents>();
    get "/students/{student}/family/contact" => students::family::ask_contact, student::<action::EditStudents>();
    post "/students/{student}/family/contact" => students::family::send_contact, student::<action::EditStudents>();
    get "/students/{student}/enrolment" => students::enrolment::page, student::<action::ViewStudents>();
    get "/students/{student}/enrolment/{enrolment}/{verb}" => students::enrolment::ask, student::<action::ManageEnrolment>();
    post "/students/{student}/enrolment/{enrolment}/{verb}" => students::enrolment::send, student::<action::ManageEnrolment>();
    get "/students/{student}/responsible-school" => students::responsible::ask, student::<action::ManageEnrolment>();
    post "/students/{student}/responsible-school" => students::responsible::send, student::<action::ManageEnrolment>();
    get "/students/{student}/history" => students::history::page, student::<action::ViewHistory>();

    get "/pasi" => pasi::queue::page, may::<action::ViewPasi>();
    post "/pasi/items/{item}/decide" => pasi::decide::item, may::<action::DecidePasi>();
    post "/pasi/items/{item}/assign" => pasi::care::assign_item, may::<action::DecidePasi>();
    post "/pasi/items/{item}/note" => pasi::care::note_item, may::<action::DecidePasi>();
    get "/pasi/items/{item}/candidates" => pasi::link::candidates, may::<action::DecidePasi>();
    post "/pasi/items/{item}/link" => pasi::link::send, may::<action::DecidePasi>();
    post "/pasi/check" => pasi::check::now, may::<action::DecidePasi>();
    post "/pasi/bulk" => pasi::bulk::send, may::<action::DecidePasi>();
    get "/pasi/export" => pasi::export::csv, may::<action::Export>();
    get "/pasi/connection" => pasi::connection::page, may::<action::ViewSystem>();
    get "/pasi/policy" => pasi::policy::page, may::<action::SetPasiPolicy>();
    post "/pasi/policy" => pasi::policy::save, may::<action::SetPasiPolicy>();
    get "/students/{student}/pasi" => students::live::page, student::<action::ViewStudents>();
    post "/students/{student}/pasi/assign" => pasi::care::assign_student, student::<action::DecidePasi>();
    post "/students/{student}/pasi/note" => pasi::care::note_student, student::<action::DecidePasi>();
    post "/students/{student}/pasi" => pasi::decide::student, student::<action::DecidePasi>();

    get "/division" => division::page, Who::SignedIn;
    get "/division/schools" => division::schools::list, may::<action::ViewSchools>();
    get "/division/schools/new" => division::schools::new_page, may::<action::ManageSchools>();
    post "/division/schools/new" => division::schools::add, may::<action::ManageSchools>();
    get "/division/schools/{school}" => division::schools::page, may::<action::ViewSchools>();
    post "/division/schools/{school}" => division::schools::save, may::<action::ManageSchools>();
    post "/division/schools/{school}/calendar" => division::calendar::save, may::<action::ManageSchools>();
    post "/division/schools/{school}/closures" => division::calendar::add, may::<action::ManageSchools>();
    post "/division/schools/{school}/closures/remove" => division::calendar::remove, may::<action::ManageSchools>();
    get "/division/accounts" => division::accounts::list, may::<action::ManageAccounts>();
    get "/division/accounts/new" => division::accounts::new_page, may::<action::ManageAccounts>();
    post "/division/accounts/new" => division::accounts::add, may::<action::ManageAccounts>();
    get "/division/accounts/{account}" => division::account::page, may::<action::ManageAccounts>();
    post "/division/accounts/{account}/roles" => division::account::give, may::<action::ManageAccounts>();
    post "/division/accounts/{account}/roles/{grant}/end" => division::account::end, may::<action::ManageAccounts>();
    post "/division/accounts/{account}/password" => division::account::password, may::<action::ManageAccounts>();
    post "/division/accounts/{account}/factors" => division::account::reset_factors, may::<action::ManageAccounts>();
    post "/division/accounts/{account}/close" => division::account::close, may::<action::ManageAccounts>();
    post "/division/accounts/{account}/reopen" => division::account::reopen, may::<action::ManageAccounts>();
    get "/division/audit" => division::audit::page, may::<action::ReadAudit>();

    get "/account" => account::page, Who::SignedIn;
    post "/account/password" => account::password, Who::SignedIn;
    post "/account/sign-out-everywhere" => account::sign_out_everywhere, Who::SignedIn;
    get "/account/authenticator" => account::authenticator::page, Who::SignedIn;
    post "/account/authenticator" => account::authenticator::confirm, Who::SignedIn;
    post "/account/authenticator/remove" => account::authenticator::remove, Who::SignedIn;
    post "/account/passkey/start" => account::passkey::start, Who::SignedIn;
    post "/account/passkey/finish" => account::passkey::finish, Who::SignedIn;
    post "/account/passkey/rename" => account::passkey::rename, Who::SignedIn;
    post "/account/passkey/remove" => account::passkey::remove, Who::SignedIn;
    post "/sign-in/passkey/start" => sign_in::passkey::start, Who::OnTheWay;
    post "/sign-in/passkey/finish" => sign_in::passkey::finish, Who::OnTheWay;
}

/// Largest form, in bytes; uploads have limits of their own.
const FORM_LIMIT: usize = 1 << 20;

/// The whole site.
pub fn router(app: App) -> Router {
    let header = |name: &'static str, value: &'static str| {
        SetResponseHeaderLayer::if_not_present(HeaderName::from_static(name), HeaderValue::from_static(value))
    };
    pages()
        .fallback(system::not_found)
        .layer(RequestBodyLimitLayer::new(FORM_LIMIT))
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
