//! The real program: started, stopped, killed. SQLite always; PostgreSQL too
//! when `LODGEPOLE_TEST_POSTGRES` names a server.

mod apart;
mod bad_input;
mod cluster;
mod console;
mod demo;
mod faults;
mod import;
mod killed;
mod operator;
mod pasi;
mod program;
mod province;
mod site;
mod troubled;
