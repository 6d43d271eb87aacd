//! A published round with units on both sides of every bound of the rules, and a scheme that makes points of its surveys.

use std::fmt::Write;
use std::path::Path;

use par_survey::catalogue;
use par_survey::publication::{self, Publishing};
use par_survey::store::Store;
use par_survey::store::imports::{Anyway, ImportedFile, ImportedSheet};
use par_survey::survey::Role;
use par_survey::survey::mode::Mode;
use par_survey::survey::reading;

use crate::harness::app::TestApp;
use crate::harness::database::{Backend, TestDatabase};
use crate::harness::fixture::{self, OFFICIALS, ROUND, SERVICE, SIPAS};
use crate::harness::steps;

const SCHEME: &str = r#"
id = "surveyed"
version = "1"
languages = ["vi", "en"]
title = { vi = "Bộ tiêu chí thử", en = "Scheme of a test" }
total = 100
no_survey = "no-points"
[[block]]
code = "departments"
[[field]]
code = "service"
text = { vi = "Phục vụ", en = "Service" }
maximum = 100
source = "test"
[[field.criterion]]
code = "1-1"
text = { vi = "Hài lòng", en = "Satisfaction" }
maximum = 60
from = "satisfaction"
questionnaire = "sipas-2026"
index = "overall"
[[field.criterion]]
code = "1-2"
text = { vi = "Cán bộ đánh giá", en = "Officials' rating" }
maximum = 40
from = "officials"
questionnaire = "par-officials-departments"
rated = "leadership"
"#;

/// Units by their sheets from citizens, how many of these leave the last question of the index blank, and sheets from each group of officials.
const UNITS: [(usize, usize, [usize; 4]); 8] = [
    (1, 0, [1, 0, 0, 0]),
    (9, 0, [6, 7, 0, 3]),
    (10, 0, [10, 0, 0, 0]),
    (25, 0, [12, 30, 20, 9]),
    (30, 2, [0, 60, 55, 0]),
    (49, 0, [3, 49, 60, 9]),
    (50, 1, [55, 60, 70, 9]),
    (120, 9, [5, 80, 60, 9]),
];

/// So few do not say the first thing that is asked about themselves.
const UNKNOWN: usize = 3;

/// A server over the round.
pub(super) async fn published() -> TestApp {
    let database = TestDatabase::fresh(Backend::Sqlite).await;
    let store = database.store().await;
    let mut register = String::from("code,name_vi,name_en,block,parent,valid_from,valid_to,merged_into\n");
    for (sheets, ..) in UNITS {
        writeln!(register, "so-{sheets},Sở có {sheets} phiếu,Department of {sheets} sheets,departments,,,,").unwrap();
    }
    let scheme = catalogue::scheme(Path::new("surveyed.scheme.toml"), SCHEME.to_owned()).unwrap();
    fixture::open_scored(&store, &register, &[SIPAS, SERVICE, OFFICIALS].map(fixture::definition), &[scheme], (-1, 24)).await;
    answered(&store).await;
    fixture::close(&store).await;
    let how = Publishing { missing_as_zero: true, ..Publishing::default() };
    steps::publish(&store, &database.keys(), ROUND, how).await.unwrap();
    TestApp::over(database, store).await
}

async fn answered(store: &Store) {
    let opened = publication::opened(store, ROUND).await.unwrap();
    for asked in store.asked(opened.round.id).await.unwrap() {
        let form = opened.form(&asked.code).unwrap();
        let attribute = form.questionnaire.items.iter().find(|item| item.role == Role::Attribute).map(|item| &item.code);
        let scored = form.questionnaire.items.iter().rev().find(|item| item.factor.is_some()).map(|item| &item.code);
        let groups = form
            .questionnaire
            .rating
            .as_ref()
            .map_or(vec![String::new()], |rating| rating.groups.iter().map(|group| group.code.clone()).collect());
        let file = ImportedFile { sha256: &asked.code, content: &asked.code };
        let mut import = store.begin_import(&asked, file, Anyway::default(), &fixture::BY).await.unwrap();
        for (unit, (citizens, blank, officials)) in UNITS.iter().enumerate() {
            let sheets = if form.questionnaire.rating.is_some() { &officials[..] } else { std::slice::from_ref(citizens) };
            for (group, number) in groups.iter().zip(sheets).flat_map(|(group, sheets)| (0..*sheets).map(move |number| (group, number))) {
                let mut fields = fixture::complete(form, unit * 1_000 + number);
                if group.is_empty() && number < *blank {
                    fields.retain(|(name, _)| Some(name) != scored);
                }
                if number < UNKNOWN && *citizens == 120 {
                    fields.retain(|(name, _)| Some(name) != attribute);
                }
                let fields = fields.iter().map(|(name, value)| (name.as_str(), value.as_str()));
                let sheet = reading::read(&form.questionnaire, &form.places, fields).unwrap().sheet;
                let mode = if group.is_empty() { Mode::Link } else { Mode::Code };
                let (unit, answers) = (form.unit(&format!("so-{citizens}")).unwrap().id, form.codebook.pack(&sheet));
                let sheet = ImportedSheet { unit, group: group.clone(), mode, stratum: None, psu: None, answers, remarks: Vec::new() };
                import.add(asked.id, sheet).await.unwrap();
            }
        }
        import.finish().await.unwrap();
    }
}
