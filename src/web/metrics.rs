//! Counters for monitoring, in the text format of Prometheus, on an address of their own.
//!
//! None has a label: a count by round, questionnaire or unit would be a live result. Six sums need no library.

use std::sync::atomic::{AtomicU64, Ordering};

use actix_web::HttpResponse;
use actix_web::web::Data;

use super::site::Site;

/// What is counted since the start.
#[derive(Debug, Default)]
pub struct Counters {
    /// Blank forms given out.
    pub forms: AtomicU64,
    /// Sheets received.
    pub received: AtomicU64,
    /// Sheets that had been received before.
    pub again: AtomicU64,
    /// Posts refused as impossible, too large, from elsewhere or too many.
    pub refused: AtomicU64,
    /// Sheets that came after closing.
    pub late: AtomicU64,
    /// Sheets that could not be kept; their senders were told so.
    pub not_kept: AtomicU64,
}

/// Adds one.
pub(super) fn count(counter: &AtomicU64) {
    counter.fetch_add(1, Ordering::Relaxed);
}

/// `GET /metrics` on the address for monitoring.
pub async fn metrics(site: Data<Site>) -> HttpResponse {
    let Counters { forms, received, again, refused, late, not_kept } = &site.counters;
    let lines = [
        ("forms_total", "Blank forms given out.", forms),
        ("sheets_received_total", "Sheets received.", received),
        ("sheets_again_total", "Sheets that had been received before.", again),
        ("posts_refused_total", "Posts that were refused.", refused),
        ("sheets_late_total", "Sheets that came after closing.", late),
        ("sheets_not_kept_total", "Sheets that could not be kept; their senders were told so.", not_kept),
    ];
    let text = lines.map(|(name, help, counter)| {
        let value = counter.load(Ordering::Relaxed);
        format!("# HELP par_survey_{name} {help}\n# TYPE par_survey_{name} counter\npar_survey_{name} {value}\n")
    });
    HttpResponse::Ok().content_type("text/plain; version=0.0.4; charset=utf-8").body(text.concat())
}
