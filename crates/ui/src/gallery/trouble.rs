//! What stands in place of a page that cannot be shown.

use maud::Markup;

use super::sample::{ctx, say};
use crate::Lang;
use crate::error_page::{Trouble, alone, in_shell};

pub(super) fn error_400(lang: Lang) -> Markup {
    alone(lang, &Trouble::Expired)
}

pub(super) fn error_403(lang: Lang) -> Markup {
    in_shell(
        &ctx(lang),
        &Trouble::Denied {
            who_grants: say(
                lang,
                "The principal of École Notre-Dame-des-Sept-Douleurs, or whoever stands in for her at the division office,",
                "La direction de l’École Notre-Dame-des-Sept-Douleurs, ou la personne qui la remplace au bureau de la division,",
            ),
        },
    )
}

pub(super) fn error_404(lang: Lang) -> Markup {
    in_shell(&ctx(lang), &Trouble::NotFound)
}

pub(super) fn error_429(lang: Lang) -> Markup {
    alone(lang, &Trouble::TooMany { minutes: 15 })
}

pub(super) fn error_500(lang: Lang) -> Markup {
    alone(
        lang,
        &Trouble::Fault {
            incident: "7F3A-91AB",
        },
    )
}

pub(super) fn error_503(lang: Lang) -> Markup {
    alone(lang, &Trouble::Away)
}
