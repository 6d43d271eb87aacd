//! Counters for monitoring, in the text format of Prometheus, on an address of their own.
//! So few sums need no library.

use std::sync::PoisonError;
use std::sync::atomic::Ordering;

use actix_web::HttpResponse;
use actix_web::web::Data;

use super::counters::Counters;
use super::site::Site;
use crate::deposit::DepositCounts;

/// `GET /metrics` on the address for monitoring.
pub async fn metrics(site: Data<Site>) -> HttpResponse {
    let Counters { forms, again, refused, late, not_kept } = &site.counters;
    let DepositCounts { mixed, failed, since_good, set_aside } = site.answering.figures();
    let forms = forms.lock().unwrap_or_else(PoisonError::into_inner).iter().map(|given| given.load(Ordering::Relaxed)).sum();
    let [again, refused, late, not_kept] = [again, refused, late, not_kept].map(|counter| counter.load(Ordering::Relaxed));
    let counters = [
        ("forms_total", "Blank forms given out.", forms),
        (
            "sheets_received_total",
            "Sheets received, counted when they are mixed with others; not what is left at closing, nor where more than 20 are asked for.",
            mixed,
        ),
        ("sheets_again_total", "Sheets that had been received before.", again),
        ("posts_refused_total", "Posts that were refused.", refused),
        ("sheets_late_total", "Sheets that came after closing.", late),
        ("sheets_not_kept_total", "Sheets that were not acknowledged; their senders were told so.", not_kept),
        ("mixings_failed_total", "Mixings that failed; each is tried again.", failed),
    ];
    let since =
        since_good.map(|since| ("seconds_since_mixing", "Seconds since the mixer last got through; absent before.", since.as_secs()));
    let gauges = [("rows_set_aside", "Rows of the letterbox that cannot be read.", set_aside)].into_iter().chain(since);
    let text = counters.into_iter().map(|row| lines(row, "counter")).chain(gauges.map(|row| lines(row, "gauge")));
    HttpResponse::Ok().content_type("text/plain; version=0.0.4; charset=utf-8").body(text.collect::<String>())
}

fn lines((name, help, value): (&str, &str, u64), kind: &str) -> String {
    format!("# HELP par_survey_{name} {help}\n# TYPE par_survey_{name} {kind}\npar_survey_{name} {value}\n")
}
