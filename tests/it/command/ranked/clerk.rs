//! A clerk who scores a small round: its scheme, its files, and the commands on one database.

use std::fmt::Write;
use std::path::PathBuf;

use par_survey::store::Store;
use par_survey::survey::Kind;
use serde_json::Value;

use crate::command::desk::Desk;
use crate::harness::database::{Backend, TestDatabase};
use crate::harness::fixture::{SERVICE, UNITS, definition};

/// 60 points of reports, 40 of the survey and a plan; bonus and penalty beside them.
pub(super) const SCHEME: &str = r#"
id = "small"
version = "2026.1"
languages = ["vi", "en"]
title = { vi = "Bộ tiêu chí nhỏ", en = "A small scheme" }
total = 100
no_survey = "rescale-to-100"

[[block]]
code = "departments"
[[block.band]]
code = "good"
text = { vi = "Tốt", en = "Good" }
from = 80
[[block.band]]
code = "weak"
text = { vi = "Yếu", en = "Weak" }
from = 0

[[field]]
code = "reports"
text = { vi = "Báo cáo", en = "Reports" }
maximum = 60
unverified = true
[[field.criterion]]
code = "1-1"
text = { vi = "Kế hoạch", en = "Plan" }
maximum = 40
[[field.criterion]]
code = "1-2"
text = { vi = "Hồ sơ đúng hạn", en = "Dossiers in time" }
maximum = 20
from = "statistic"
conversion = { rule = "linear" }

[[field]]
code = "service"
text = { vi = "Phục vụ", en = "Service" }
maximum = 40
source = "test"
[[field.criterion]]
code = "2-1"
text = { vi = "Hài lòng", en = "Satisfaction" }
maximum = 10
from = "satisfaction"
questionnaire = "service-satisfaction"
index = "overall"
[[field.criterion]]
code = "2-2"
text = { vi = "Sáng kiến", en = "Initiatives" }
maximum = 30
conversion = { rule = "steps", step = [{ from = 0, points = 0 }, { from = 1, points = 15 }, { from = 2, points = 30 }] }

[[field]]
code = "adjustments"
text = { vi = "Thưởng, trừ", en = "Bonus and penalty" }
maximum = 0
unverified = true
[[field.criterion]]
code = "b"
text = { vi = "Thưởng", en = "Bonus" }
maximum = 2
from = "bonus"
[[field.criterion]]
code = "p"
text = { vi = "Trừ", en = "Penalty" }
maximum = 2
from = "penalty"
"#;

pub(super) const ROUND: &str = r#"
id = "2026"
name = { vi = "Chỉ số CCHC 2026", en = "PAR Index 2026" }
year = 2026
opens = 2026-11-01
closes = 2099-11-30
schemes = ["small"]
STEPS
[[questionnaire]]
id = "service-satisfaction"
blocks = ["departments"]
"#;

/// The year before: ranks, and an index where it is known.
pub(super) const PAST: &str =
    "block,unit,rank,index,field:reports\ndepartments,so-noi-vu,2,88,80\ndepartments,so-y-te,1,90.5,95\ndepartments,so-tu-phap,3,,\n";

/// so-noi-vu: 36 + 20 × 90 % + 10 × 100 % + 30 = 94 of 100, and 1.5 more. so-y-te: 30 + 20 × 80 % + 10 × 0 % + 15 = 61, less 1.
/// so-tu-phap: 32 + 20 × 50 % + 30 = 72 of 90 without a survey, brought to 80 of 100.
pub(super) const SCORES: &str = "unit,criterion,self,appraised,note\n\
so-noi-vu,1-1,40,36,chậm hai tuần\nso-noi-vu,1-2,95,\"90,0\",báo cáo quý IV\nso-noi-vu,2-2,30,30,\nso-noi-vu,b,,1.5,\n\
so-y-te,1-1,30,30,\nso-y-te,1-2,80,80,\nso-y-te,2-2,15,15,\nso-y-te,p,,1,\n\
so-tu-phap,1-1,32,32,\nso-tu-phap,1-2,50,50,\nso-tu-phap,2-2,30,30,\n";

pub(super) const AS: [&str; 2] = ["--as", "Trần Thị B"];

/// A clerk's folder whose commands work on one database, with a round that is open.
pub(super) struct Clerk {
    pub(super) desk: Desk,
    pub(super) url: String,
    pub(super) database: Option<TestDatabase>,
}

impl Clerk {
    pub(super) async fn with_round(backend: Backend, steps: &str) -> Self {
        Self::with_scheme(backend, steps, SCHEME).await
    }

    pub(super) async fn with_scheme(backend: Backend, steps: &str, scheme: &str) -> Self {
        let database = TestDatabase::fresh(backend).await;
        database.store().await;
        let clerk = Self { desk: Desk::new(), url: database.url.clone(), database: Some(database) };
        std::fs::create_dir(clerk.desk.path("definitions")).unwrap();
        for name in ["service-satisfaction", "sipas-2026"] {
            let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(format!("survey-definitions/{name}.toml"));
            std::fs::copy(file, clerk.desk.path(&format!("definitions/{name}.toml"))).unwrap();
        }
        clerk.desk.file("definitions/small.scheme.toml", scheme);
        clerk.desk.file("units.csv", UNITS);
        clerk.desk.file("past.csv", PAST);
        clerk.desk.file("scores.csv", SCORES);
        clerk.desk.file("round.toml", ROUND.replace("STEPS", steps));
        clerk.done(&["units", "import", "units.csv"]);
        let past = ["scores", "past", "past.csv", "--id", "2025", "--year", "2025", "--name-vi", "Năm 2025", "--name-en", "Year 2025"];
        assert!(clerk.signed(&past).contains("the ranks of 3 units"));
        clerk.done(&["round", "create", "round.toml"]);
        clerk.done(&["round", "open", "2026", "--definitions", "definitions"]);
        clerk
    }

    pub(super) fn on<'a>(&'a self, args: &[&'a str]) -> Vec<&'a str> {
        args.iter().copied().chain(["--database", &self.url]).collect()
    }

    pub(super) fn done(&self, args: &[&str]) -> String {
        self.desk.done(&self.on(args))
    }

    pub(super) fn refused(&self, args: &[&str]) -> String {
        self.desk.refused(&self.on(args))
    }

    pub(super) async fn store(&self) -> Store {
        self.database.as_ref().unwrap().store().await
    }

    /// Runs a command that enters something.
    pub(super) fn signed(&self, args: &[&str]) -> String {
        self.done(&[args, &AS].concat())
    }

    /// Forty sheets that tick the best everywhere about so-noi-vu, and the worst about so-y-te; nobody writes about so-tu-phap.
    pub(super) fn survey(&self) {
        let questionnaire = definition(SERVICE).questionnaire;
        let items: Vec<_> = questionnaire.items.iter().filter(|item| !item.is_remark()).collect();
        let choice = |best: bool| {
            let cells = items.iter().map(|item| {
                let choices = item.choices();
                let chosen = if best == matches!(item.kind, Kind::Scale { .. }) { choices.last() } else { choices.first() };
                chosen.unwrap().code.as_str()
            });
            cells.collect::<Vec<_>>().join(",")
        };
        let head: Vec<&str> = items.iter().map(|item| item.code.as_str()).collect();
        let mut file = format!("unit,{}\n", head.join(","));
        for _ in 0..40 {
            writeln!(file, "so-noi-vu,{}\nso-y-te,{}", choice(true), choice(false)).unwrap();
        }
        self.desk.file("answers.csv", file);
        self.signed(&["responses", "import", "2026", SERVICE, "answers.csv"]);
    }

    /// Rows of the exported scores: those of a level and a code.
    pub(super) fn rows(&self, level: &str, code: &str, more: &[&str]) -> Vec<Value> {
        let export = [&["export", "2026", "scores", "--format", "json"], more].concat();
        let rows: Vec<Value> = serde_json::from_str(&self.done(&export)).unwrap();
        rows.into_iter().filter(|row| row["level"] == level && row["code"].as_str().unwrap_or_default() == code).collect()
    }

    pub(super) fn column(&self, name: &str, more: &[&str]) -> Vec<Value> {
        self.rows("unit", "", more).into_iter().map(|mut row| row[name].take()).collect()
    }
}
