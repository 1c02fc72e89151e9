//! An account of staff, as a row tells it.

use super::{Cells, Ground};
use kernel::text::fold;
use kernel::{Date, PersonName, Role, SchoolId};

/// An account of a row.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct StaffDraft {
    pub(crate) username: String,
    pub(crate) display_name: String,
    pub(crate) email: String,
    pub(crate) role: Role,
    pub(crate) school: Option<SchoolId>,
    pub(crate) from: Date,
}

/// Reads a row.
pub(crate) fn staff(cells: &mut Cells, ground: &Ground) -> Option<StaffDraft> {
    let username = cells.needed("username");
    let typed = cells.needed("role");
    let role = role(&typed);
    if role.is_none() && !typed.is_empty() {
        cells.refuse("LP-0837", "role");
    }
    let display_name = match cells.some("display_name") {
        Some(name) => straight(&name),
        None => PersonName::new(&cells.get("first_name"), &cells.get("last_name")).sentence(),
    };
    if display_name.is_empty() {
        cells.refuse("LP-0820", "last_name");
    }
    Some(StaffDraft {
        username,
        display_name,
        email: cells.get("email"),
        role: role?,
        school: cells.school("school", ground),
        from: cells.date("from").unwrap_or(ground.today),
    })
}

/// `Lavallée, Marie` is Marie Lavallée.
fn straight(name: &str) -> String {
    match name.split_once(',') {
        Some((last, first)) if !first.contains(',') => format!("{} {}", first.trim(), last.trim()),
        _ => name.to_owned(),
    }
}

/// Roles of families are not given by a file.
fn role(text: &str) -> Option<Role> {
    let named = match fold(text).as_str() {
        "principal" | "vice principal" | "assistant principal" | "directeur d ecole" => Some(Role::Principal),
        "secretary" | "office" | "secretaire" => Some(Role::Secretary),
        "teacher" | "enseignant" | "enseignante" => Some(Role::Teacher),
        "specialist" | "specialiste" => Some(Role::Specialist),
        _ => text.parse().ok(),
    };
    named.filter(|role: &Role| role.is_staff())
}
