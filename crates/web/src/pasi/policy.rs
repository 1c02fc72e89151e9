//! What is sent by itself and what waits for approval, by kind of record.

use crate::App;
use crate::answer::{Answer, OrStop, PageResult};
use crate::context;
use crate::posted::Posted;
use crate::who::Who;
use access::Permit;
use access::action::SetPasiPolicy;
use axum::extract::State;
use maud::{Markup, html};
use pasi::{Policy, Sends};
use ui::ctx::Job;
use ui::head::{Crumb, PageHead};
use ui::table::{Column, Row, Table};
use ui::{Action, Lang, card};

/// The page.
pub(crate) async fn page(State(app): State<App>, who: Who) -> PageResult {
    let _permit = Permit::<SetPasiPolicy>::wide(who.standing()).or_stop(&app, &who)?;
    let policies = app
        .store()
        .read(who.division(), |at| pasi::policies(at))
        .await
        .or_stop(&app, &who)?;
    let ctx = context::of(&app, &who, Job::Pasi).await?;
    let lang = ctx.lang;
    let head = PageHead::new(lang.t("pasi-page-policy-title"))
        .crumbs(vec![
            Crumb::link(lang.t("nav-pasi"), "/pasi"),
            Crumb::here(lang.t("pasi-page-policy")),
        ])
        .facts(lang.t("pasi-page-policy-facts"));
    let fields = html! {
        (table(lang, &policies))
        (ui::form::form_end(lang, &html! {}, "/pasi", &Action::submit(lang.t("save")).primary()))
    };
    let form = ui::form::Form::post("/pasi/policy").draw_in(&ctx, &fields);
    let body = html! { (head.draw()) (card::unheaded_card(&lang.t("pasi-page-policy-title"), &form)) };
    Ok(ui::shell::page(&ctx, lang.t("pasi-page-policy-title"), body).into())
}

fn table(lang: Lang, policies: &[Policy]) -> Markup {
    let columns = vec![
        Column::new(lang.t("pasi-page-record-kind")),
        Column::new(lang.t("pasi-page-sends")),
    ];
    let rows = policies.iter().map(|policy| row(lang, policy)).collect();
    Table::new(lang.t("pasi-page-policy-title"), columns)
        .rows(rows)
        .draw(lang)
}

fn row(lang: Lang, policy: &Policy) -> Row {
    let record = lang.t(&format!("record-{}", policy.record_kind));
    let choices = html! {
        span class="seg" role="radiogroup" aria-label=(record) {
            @for sends in Sends::ALL {
                label {
                    input type="radio" name=(policy.record_kind) value=(sends.as_str()) checked[*sends == policy.sends];
                    (lang.t(&format!("pasi-page-{}", sends.as_str())))
                }
            }
        }
    };
    Row::new(vec![html! { b { (record) } }, choices])
}

/// Keeps what was chosen; what did not change is not written.
pub(crate) async fn save(State(app): State<App>, Posted { who, fields }: Posted) -> PageResult {
    let permit = Permit::<SetPasiPolicy>::wide(who.standing()).or_stop(&app, &who)?;
    app.store()
        .write(who.actor(), move |tx| {
            for policy in pasi::policies(tx)? {
                let chosen: Option<Sends> = fields.get(policy.record_kind).parse().ok();
                if let Some(sends) = chosen.filter(|sends| *sends != policy.sends) {
                    pasi::set_policy(tx, &permit, policy.record_kind, sends)?;
                }
            }
            Ok(())
        })
        .await
        .or_stop(&app, &who)?;
    Ok(Answer::see("/pasi/policy"))
}
