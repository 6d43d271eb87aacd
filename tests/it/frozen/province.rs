//! The province of the frozen samples: the same units, questionnaires, sheets and scores in every format.

use std::path::{Path, PathBuf};

use jiff::tz::Offset;
use par_survey::catalogue;
use par_survey::clock;
use par_survey::import::{targets, units};
use par_survey::keys::Keys;
use par_survey::office::actor::Actor;
use par_survey::office::desk::{Author, DeclaredStatus, Desk};
use par_survey::publication::{self, Publishing, past};
use par_survey::store::Store;
use par_survey::store::imports::ImportedSheet;
use par_survey::store::imports::{Anyway, ImportedFile};
use par_survey::store::rounds::{DefinitionText, NewRound};
use par_survey::store::scores::NewScoring;
use par_survey::store::snapshots::Snapshot;
use par_survey::survey::mode::Mode;
use par_survey::survey::reading;
use par_survey::unit::Unit;

use crate::harness::fixture::{self, complete, seal};
use crate::harness::steps::{self, office};

/// A ranking made elsewhere, a year with everything, and the year after it.
pub(super) const PAST: &str = "2024";
pub(super) const FIRST: &str = "2025";
pub(super) const SECOND: &str = "2026";
pub(super) const WHY: &str = "hai đơn vị đã khiếu nại";

const SURVEYS: [&str; 4] = ["citizens", "counted", "officials", "pooled"];
const SCHEMES: [&str; 2] = ["departments", "communes"];

/// Sheets by questionnaire, unit and group: over and under every bound of the rules.
const SHEETS: &[(&str, &str, &str, usize)] = &[
    ("citizens", "so-noi-vu", "", 250),
    ("citizens", "so-y-te", "", 60),
    ("citizens", "so-tu-phap", "", 30),
    ("citizens", "so-xay-dung", "", 12),
    ("citizens", "thanh-tra", "", 9),
    ("citizens", "phuong-cho-moi", "", 55),
    ("citizens", "xa-tan-lap", "", 14),
    ("counted", "so-noi-vu", "", 60),
    ("counted", "so-y-te", "", 10),
    ("officials", "so-noi-vu", "deputies", 40),
    ("officials", "so-noi-vu", "leaders", 150),
    ("officials", "so-noi-vu", "heads", 60),
    ("officials", "so-y-te", "deputies", 12),
    ("officials", "so-y-te", "leaders", 30),
    ("officials", "so-y-te", "heads", 25),
    ("officials", "so-tu-phap", "deputies", 3),
    ("officials", "so-tu-phap", "leaders", 20),
    ("officials", "so-tu-phap", "heads", 7),
    ("officials", "so-xay-dung", "deputies", 4),
    ("officials", "so-xay-dung", "leaders", 12),
    ("officials", "thanh-tra", "deputies", 1),
    ("officials", "thanh-tra", "leaders", 60),
    ("pooled", "phuong-cho-moi", "deputies", 20),
    ("pooled", "phuong-cho-moi", "divisions", 40),
    ("pooled", "xa-tan-lap", "deputies", 5),
    ("pooled", "xa-tan-lap", "divisions", 8),
];

pub(super) fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/frozen")
}

fn source(name: &str) -> String {
    std::fs::read_to_string(folder().join("source").join(name)).unwrap()
}

fn author(why: &str) -> Author {
    Author { may: Actor::operator("Nguyễn Văn Mẫu").unwrap().may(clock::now()), why: why.into() }
}

fn new_round(code: &str) -> NewRound {
    let year = code.parse().unwrap();
    let day = |day| Offset::constant(7).to_timestamp(jiff::civil::date(year, 11, day).at(0, 0, 0, 0)).unwrap();
    NewRound {
        code: code.into(),
        name_vi: format!("Chỉ số CCHC năm {code}"),
        name_en: format!("PAR Index {code}"),
        year: i32::from(year),
        opens_at: day(1),
        closes_at: day(30),
        offset: Offset::constant(7),
        synthetic: false,
        organiser: None,
        questionnaires: Vec::new(),
        scoring: NewScoring::default(),
    }
}

/// A database with the units, and nothing else yet.
pub(super) struct Province<'s>(pub(super) &'s Store);

impl Province<'_> {
    pub(super) async fn settled(&self) {
        self.0.save_units(&units::read(source("units.csv").as_bytes(), &[]).unwrap(), "", &fixture::BY).await.unwrap();
    }

    async fn register(&self) -> Vec<Unit> {
        self.0.units().await.unwrap().into_iter().map(|row| row.unit).collect()
    }

    /// Publishes the ranking that was made elsewhere: as this program writes it, or as it was frozen.
    pub(super) async fn past(&self, frozen: Option<String>) -> Snapshot {
        if let Some(body) = frozen {
            return self.0.create_published_round(new_round(PAST), body, &fixture::BY).await.unwrap();
        }
        let ranked = targets::past(source("past-2024.csv").as_bytes(), &self.register().await).unwrap();
        past::publish(self.0, new_round(PAST), &ranked, None, &fixture::BY).await.unwrap()
    }

    /// Makes, opens and closes a round in which everybody has answered, where there are `sheets`, and enters its scores.
    pub(super) async fn closed(&self, code: &str, sheets: bool) {
        let surveys = if code == FIRST { &SURVEYS[..] } else { &SURVEYS[..1] };
        let rows = self.0.units().await.unwrap();
        let rows: Vec<i32> = rows.iter().filter(|row| row.unit.merged_into.is_none()).map(|row| row.id).collect();
        let questionnaires = surveys.iter().map(|id| ((*id).to_owned(), rows.clone())).collect();
        let scoring = NewScoring { schemes: SCHEMES.map(str::to_owned).to_vec(), ..NewScoring::default() };
        self.0.create_round(NewRound { questionnaires, scoring, ..new_round(code) }, &fixture::BY).await.unwrap();
        let definition = |id: &&str| catalogue::definition(Path::new(&format!("{id}.toml")), source(&format!("{id}.toml"))).unwrap();
        let definitions: Vec<_> = surveys.iter().map(definition).collect();
        let texts =
            definitions.iter().map(|found| DefinitionText { code: &found.questionnaire.id, text: &found.text, sha256: &found.sha256 });
        let scheme = |id: &str| catalogue::scheme(Path::new(&format!("{id}.scheme.toml")), source(&format!("{id}.scheme.toml"))).unwrap();
        let schemes = SCHEMES.map(scheme);
        let schemes = schemes.iter().map(|found| DefinitionText { code: &found.scheme.id, text: &found.text, sha256: &found.sha256 });
        let (texts, schemes) = (texts.collect::<Vec<_>>(), schemes.collect::<Vec<_>>());
        self.0.open_round(&self.0.round(code).await.unwrap(), &texts, &schemes, Some(&seal()), &fixture::BY).await.unwrap();
        if sheets {
            self.answered(code).await;
        }
        steps::close(self.0, code, &fixture::how()).await.unwrap();
        let file = source(&format!("scores-{code}.csv"));
        self.desk(code, 1).await.import(file.as_bytes(), false, &author("")).await.unwrap();
        self.appraised(code).await;
    }

    /// Everybody's sheets, which are the same whenever they are made.
    async fn answered(&self, code: &str) {
        let opened = publication::opened(self.0, code).await.unwrap();
        for asked in self.0.asked(opened.round.id).await.unwrap() {
            let form = opened.form(&asked.code).unwrap();
            // A round does not take the files of another one.
            let (sha256, content) = (format!("a file of {code}"), format!("sheets of {code}"));
            let file = ImportedFile { sha256: &sha256, content: &content };
            let mut import = self.0.begin_import(&asked, file, Anyway::default(), &fixture::BY).await.unwrap();
            for (place, (_, unit, group, sheets)) in SHEETS.iter().enumerate().filter(|(_, row)| row.0 == asked.code) {
                for number in 0..*sheets {
                    let mut fields = complete(form, place * 1_000 + number);
                    match number % 11 {
                        3 => _ = fields.pop(),
                        5 if form.questionnaire.id != "counted" => fields.last_mut().unwrap().1 = "na".into(),
                        _ => {}
                    }
                    let fields = fields.iter().map(|(name, value)| (name.as_str(), value.as_str()));
                    let sheet = reading::read(&form.questionnaire, &form.places, fields).unwrap().sheet;
                    let mode = match number % 10 {
                        _ if !group.is_empty() => Mode::Code,
                        ..4 => Mode::Link,
                        4..7 => Mode::Desk,
                        7..9 => Mode::Interview,
                        _ => Mode::Paper,
                    };
                    let answers = form.codebook.pack(&sheet);
                    let (unit, group) = (form.unit(unit).unwrap().id, (*group).to_owned());
                    let sheet = ImportedSheet { unit, group, mode, stratum: None, psu: None, answers, remarks: Vec::new() };
                    import.add(asked.id, sheet).await.unwrap();
                }
            }
            import.finish().await.unwrap();
        }
    }

    /// The score sheets of a round on a day of December 2025.
    async fn desk(&self, code: &str, day: i8) -> Desk {
        let noon = Offset::constant(7).to_timestamp(jiff::civil::date(2025, 12, day).at(12, 0, 0, 0)).unwrap();
        Desk::at(&office(self.0), code, noon).await.unwrap()
    }

    /// What stands beside the scores: a merged and an exempt unit, targets, figures that others computed.
    async fn appraised(&self, code: &str) {
        let (unit, status) = if code == FIRST {
            ("phuong-cho-moi", DeclaredStatus::Merged(vec!["xa-cho-cu".into()]))
        } else {
            ("thanh-tra", DeclaredStatus::Exempt)
        };
        self.desk(code, 2).await.set_status(unit, &status, false, &author("")).await.unwrap();
        if code == FIRST {
            self.desk(code, 2).await.keep_targets(source("targets.csv").as_bytes(), false, &fixture::may()).await.unwrap();
            self.desk(code, 2).await.keep_figures(source("figures.csv").as_bytes(), false, &fixture::may()).await.unwrap();
        }
    }

    /// Publishes a closed round: as this program writes it, or as it was frozen.
    pub(super) async fn published(&self, code: &str, frozen: Option<String>) -> Snapshot {
        let Some(body) = frozen else {
            return self.frozen_now(code, Publishing { missing_as_zero: true, ..Publishing::default() }).await;
        };
        let round = self.0.round(code).await.unwrap();
        self.0.publish(&round, body, &self.0.seen(code).await.unwrap(), None, &fixture::BY).await.unwrap()
    }

    /// Corrects the first year by this program.
    pub(super) async fn corrected(&self) -> Snapshot {
        let file = source("scores-2025-changed.csv");
        self.desk(FIRST, 20).await.import(file.as_bytes(), true, &author("khiếu nại")).await.unwrap();
        let how = Publishing { correction: Some(WHY), missing_as_zero: true };
        self.frozen_now(FIRST, how).await
    }

    /// Publishes or corrects a round by this program. It has no codes, and so no secret of any.
    async fn frozen_now(&self, code: &str, how: Publishing<'_>) -> Snapshot {
        let published = steps::publish(self.0, &Keys::new(folder().join("no keys")), code, how).await.unwrap();
        self.0.snapshot_of(&published.sha256).await.unwrap().unwrap()
    }

    /// Puts a frozen correction beside the first year.
    pub(super) async fn corrected_before(&self, body: String) -> Snapshot {
        let round = self.0.round(FIRST).await.unwrap();
        self.0.correct(&round, body, &self.0.seen(FIRST).await.unwrap(), None, &fixture::BY).await.unwrap()
    }
}
