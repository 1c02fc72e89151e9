//! Icons: Tabler's outline set, drawn through one sprite that holds only the glyphs a page uses.

use std::sync::LazyLock;

use maud::{Markup, PreEscaped, html};

/// Declares [`Icon`] and its table: one line per glyph, `Variant = "file"`.
macro_rules! icons {
    ($($name:ident = $file:literal,)*) => {
        /// A glyph of the vendored icon set; the name is Tabler's.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[expect(missing_docs, reason = "each variant is the name of the glyph it draws")]
        pub enum Icon { $($name,)* }

        impl Icon {
            /// Every glyph, in the order of the table.
            pub const ALL: &[Icon] = &[$(Icon::$name,)*];
        }

        const TABLE: &[(Icon, &str, &str)] = &[
            $((Icon::$name, $file, include_str!(concat!("../assets/icons/", $file, ".svg"))),)*
        ];
    };
}

icons! {
    AlertCircle = "alert-circle",
    AlertTriangle = "alert-triangle",
    Archive = "archive",
    ArrowDown = "arrow-down",
    ArrowLeft = "arrow-left",
    ArrowRight = "arrow-right",
    ArrowUp = "arrow-up",
    ArrowsExchange = "arrows-exchange",
    ArrowsJoin = "arrows-join",
    ArrowsSort = "arrows-sort",
    Ban = "ban",
    Bell = "bell",
    Building = "building",
    BuildingBank = "building-bank",
    BuildingCommunity = "building-community",
    Bus = "bus",
    Calendar = "calendar",
    CalendarEvent = "calendar-event",
    Camera = "camera",
    Certificate = "certificate",
    ChartDots = "chart-dots",
    ChartLine = "chart-line",
    Check = "check",
    Checklist = "checklist",
    ChevronDown = "chevron-down",
    ChevronLeft = "chevron-left",
    ChevronRight = "chevron-right",
    ChevronUp = "chevron-up",
    Circle = "circle",
    CircleCheck = "circle-check",
    CircleDot = "circle-dot",
    CircleX = "circle-x",
    ClipboardCheck = "clipboard-check",
    Clock = "clock",
    CloudOff = "cloud-off",
    CloudUp = "cloud-up",
    Coins = "coins",
    Copy = "copy",
    DeviceFloppy = "device-floppy",
    Dots = "dots",
    Download = "download",
    ExternalLink = "external-link",
    Eye = "eye",
    EyeOff = "eye-off",
    FileSpreadsheet = "file-spreadsheet",
    FileText = "file-text",
    FileTypeCsv = "file-type-csv",
    Filter = "filter",
    FirstAidKit = "first-aid-kit",
    Flag = "flag",
    Folder = "folder",
    GitCompare = "git-compare",
    HeartHandshake = "heart-handshake",
    HelpCircle = "help-circle",
    History = "history",
    Home = "home",
    Id = "id",
    InfoCircle = "info-circle",
    Key = "key",
    Keyboard = "keyboard",
    Language = "language",
    ListSearch = "list-search",
    Lock = "lock",
    Login = "login",
    Logout = "logout",
    Mail = "mail",
    MapPin = "map-pin",
    Menu2 = "menu-2",
    Message = "message",
    Minus = "minus",
    Moon = "moon",
    Paperclip = "paperclip",
    Pencil = "pencil",
    Phone = "phone",
    Plus = "plus",
    Printer = "printer",
    Refresh = "refresh",
    Rotate2 = "rotate-2",
    Search = "search",
    Send = "send",
    Settings = "settings",
    ShieldCheck = "shield-check",
    ShieldLock = "shield-lock",
    Sun = "sun",
    SunHigh = "sun-high",
    SwitchHorizontal = "switch-horizontal",
    Table = "table",
    Trash = "trash",
    Upload = "upload",
    User = "user",
    UserCheck = "user-check",
    UserPlus = "user-plus",
    UserShare = "user-share",
    Users = "users",
    UsersGroup = "users-group",
    WifiOff = "wifi-off",
    X = "x",
}

impl Icon {
    /// Tabler's name of the glyph, as in `alert-triangle`.
    pub fn name(self) -> &'static str {
        TABLE[self as usize].1
    }
}

/// The drawing inside each glyph's `<svg>`, in the order of the table.
static SHAPES: LazyLock<Vec<String>> = LazyLock::new(|| TABLE.iter().map(|(_, _, svg)| shape(svg)).collect());

/// Keeps the strokes of a Tabler file: the outer element and its invisible frame carry nothing.
fn shape(svg: &str) -> String {
    svg.lines()
        .map(str::trim)
        .filter(|line| line.starts_with("<path") || line.starts_with("<circle") || line.starts_with("<rect"))
        .filter(|line| !line.contains(r#"stroke="none""#))
        .collect()
}

/// Draws a glyph at text size. It is hidden from assistive technology: words beside it carry the meaning.
pub fn icon(icon: Icon) -> Markup {
    drawn(icon, "i")
}

/// Draws a glyph at the size used in navigation and banners.
pub fn icon_lg(icon: Icon) -> Markup {
    drawn(icon, "i i-lg")
}

fn drawn(icon: Icon, class: &str) -> Markup {
    html! { svg class=(class) viewBox="0 0 24 24" aria-hidden="true" { (PreEscaped(REFERENCE_OPEN)) (icon.name()) (PreEscaped(REFERENCE_CLOSE)) } }
}

const REFERENCE_OPEN: &str = r##"<use href="#i-"##;
const REFERENCE_CLOSE: &str = r#""></use>"#;

/// The glyphs that `markup` refers to, each once, in the order of the table.
fn used_in(markup: &str) -> Vec<usize> {
    let mut used = vec![false; TABLE.len()];
    for rest in markup.split(REFERENCE_OPEN).skip(1) {
        let name = rest.split('"').next().unwrap_or_default();
        if let Some(at) = position(name) {
            used[at] = true;
        }
    }
    used.iter()
        .enumerate()
        .filter_map(|(at, used)| used.then_some(at))
        .collect()
}

fn position(name: &str) -> Option<usize> {
    TABLE.iter().position(|(_, known, _)| *known == name)
}

/// One hidden `<svg>` with a `<symbol>` for each glyph that `page` uses, and no other.
///
/// Reading the finished markup needs no state between calls, so a page abandoned half-way leaves nothing behind.
pub fn sprite(page: &str) -> Markup {
    html! {
        svg class="sprite" aria-hidden="true" {
            @for at in used_in(page) {
                symbol id={ "i-" (TABLE[at].1) } viewBox="0 0 24 24" { (PreEscaped(&SHAPES[at])) }
            }
        }
    }
}

/// Draws each glyph in place, for a fragment that joins a page whose sprite was made without it.
pub fn inlined(fragment: &str) -> String {
    let mut out = String::with_capacity(fragment.len() * 2);
    let mut parts = fragment.split(REFERENCE_OPEN);
    out.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let (name, rest) = part.split_once(REFERENCE_CLOSE).unwrap_or((part, ""));
        if let Some(at) = position(name) {
            out.push_str(&SHAPES[at]);
        }
        out.push_str(rest);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_glyph_has_strokes_and_its_own_name() {
        for (at, (icon, name, _)) in TABLE.iter().enumerate() {
            assert_eq!(*icon as usize, at, "{name} stands in the order of the enum");
            assert!(SHAPES[at].contains("<path"), "{name} has a drawing");
            assert_eq!(position(name), Some(at), "{name} is named once");
        }
    }

    #[test]
    fn a_sprite_holds_the_glyphs_in_use_and_no_other() {
        let page = html! { (icon(Icon::Check)) (icon_lg(Icon::Bell)) (icon(Icon::Check)) }.into_string();
        let sprite = sprite(&page).into_string();
        assert_eq!(sprite.matches("<symbol").count(), 2);
        assert!(sprite.contains(r#"id="i-check""#) && sprite.contains(r#"id="i-bell""#));
    }

    #[test]
    fn a_fragment_carries_its_own_drawings() {
        let fragment = html! { li { (icon(Icon::Check)) "Done" } }.into_string();
        let inlined = inlined(&fragment);
        assert!(inlined.contains("<path") && inlined.contains("Done") && !inlined.contains("<use"));
    }
}
