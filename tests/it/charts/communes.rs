//! A published round of 68 communes, some with names of up to 190 signs, that is compared with a year before in which all ranks were others.

use std::fmt::Write;
use std::path::Path;

use jiff::tz::Offset;
use par_survey::catalogue;
use par_survey::clock;
use par_survey::import::units;
use par_survey::office::Office;
use par_survey::office::desk::{Author, Desk};
use par_survey::office::past::{self, EarlierRound, RoundId};
use par_survey::publication::{self, Publishing};
use par_survey::store::Store;
use par_survey::store::imports::{Anyway, ImportedFile, ImportedSheet};
use par_survey::survey::mode::Mode;
use par_survey::survey::reading;

use crate::harness::app::TestApp;
use crate::harness::database::{Backend, TestDatabase};
use crate::harness::fixture::{self, ROUND, SIPAS};
use crate::harness::steps::{self, actor, may};

/// As many communes as a province of today has.
pub(super) const UNITS: usize = 68;
/// The one with the most sheets, whose shares have decimals; its name is as long as names get.
pub(super) const LARGE: usize = 30;

const SCHEME: &str = r#"
id = "communes"
version = "1"
languages = ["vi", "en"]
title = { vi = "Bộ tiêu chí thử", en = "Scheme of a test" }
total = 100
no_survey = "rescale-to-100"
[[block]]
code = "communes"
[[field]]
code = "plan"
text = { vi = "Công tác chỉ đạo, điều hành cải cách hành chính, kiểm tra, tuyên truyền và sáng kiến của Ủy ban nhân dân các xã, phường, đặc khu sau khi sắp xếp lại đơn vị hành chính theo mô hình hai cấp", en = "Direction of reform in the communes, wards and special zones after they were arranged anew" }
maximum = 40
source = "test"
[[field.criterion]]
code = "1-1"
text = { vi = "Kế hoạch", en = "Plan" }
maximum = 40
[[field]]
code = "finance"
text = { vi = "Tài chính công", en = "Public finance" }
maximum = 50
source = "test"
[[field.criterion]]
code = "2-1"
text = { vi = "Giải ngân", en = "Spending" }
maximum = 50
[[field]]
code = "service"
text = { vi = "Phục vụ", en = "Service" }
maximum = 10
source = "test"
[[field.criterion]]
code = "3-1"
text = { vi = "Hài lòng", en = "Satisfaction" }
maximum = 10
from = "satisfaction"
questionnaire = "sipas-2026"
index = "overall"
"#;

const LONG: &str = ", được thành lập trên cơ sở sắp xếp toàn bộ diện tích tự nhiên và quy mô dân số của các xã Tân Thạnh Đông, Nghĩa Hưng Trung, Phước Thượng và một phần thị trấn Quảng Hội cũ";

/// The name of a commune: some are short, some end in a word that has no place to be broken, and some have 190 signs.
pub(super) fn name(unit: usize) -> String {
    let short = format!("Xã Nghĩa Thượng {unit}");
    match unit % 3 {
        0 => [short, LONG.to_owned()].concat().chars().take(190).collect(),
        1 if unit % 4 == 1 => format!("{short} {}", "Thượng".repeat(9)),
        _ => short,
    }
}

/// So many sheets has a commune; one too few to have any figure.
fn sheets(unit: usize) -> usize {
    match unit {
        LARGE => 230,
        7 => 5,
        _ => 12,
    }
}

/// Points in percent: those of a year are others than those of the year before.
fn percent(unit: usize, year: usize) -> usize {
    70 + (unit * year + year) % UNITS * 28 / UNITS
}

/// A server over the round.
pub(super) async fn published() -> TestApp {
    let database = TestDatabase::fresh(Backend::Sqlite).await;
    let store = database.store().await;
    let mut register = String::from("code,name_vi,name_en,block,parent,valid_from,valid_to,merged_into\n");
    for unit in 0..UNITS {
        writeln!(register, "xa-{unit},\"{}\",\"{} Commune\",communes,,,,", name(unit), name(unit)).unwrap();
    }
    store.save_units(&units::read(register.as_bytes(), &[]).unwrap(), "", &fixture::BY).await.unwrap();
    before(&store).await;
    let scheme = catalogue::scheme(Path::new("communes.scheme.toml"), SCHEME.to_owned()).unwrap();
    fixture::open_scored(&store, &register, &[fixture::definition(SIPAS)], &[scheme], (-1, 24)).await;
    answered(&store).await;
    fixture::close(&store).await;
    let mut scores = String::from("unit,criterion,self,appraised\n");
    for unit in 0..UNITS {
        for (criterion, maximum) in [("1-1", 40), ("2-1", 50)] {
            let hundredths = maximum * percent(unit, 37);
            writeln!(scores, "xa-{unit},{criterion},,{}.{:02}", hundredths / 100, hundredths % 100).unwrap();
        }
    }
    let desk = Desk::at(&Office::over(store.clone()), ROUND, clock::now()).await.unwrap();
    desk.import(scores.as_bytes(), false, &Author { may: actor().may(clock::now()), why: String::new() }).await.unwrap();
    steps::publish(&store, &database.keys(), ROUND, Publishing::default()).await.unwrap();
    TestApp::over(database, store).await
}

/// The year before, which was ranked elsewhere.
async fn before(store: &Store) {
    let mut units: Vec<usize> = (0..UNITS).collect();
    units.sort_by_key(|unit| std::cmp::Reverse(percent(*unit, 29)));
    let mut table = String::from("block,unit,rank,index\n");
    for (unit, rank) in units.into_iter().zip(1..) {
        writeln!(table, "communes,xa-{unit},{rank},{}.00", percent(unit, 29)).unwrap();
    }
    let office = Office::over(store.clone());
    let ranked = past::read(&office, table.as_bytes()).await.unwrap();
    let [name_vi, name_en] = ["Năm 2025", "Year 2025"].map(str::to_owned);
    let id = RoundId::of("2025").unwrap();
    let earlier = EarlierRound { id, name_vi, name_en, year: 2025, offset: Offset::constant(7), synthetic: false };
    past::publish(&office, earlier, &ranked, None, &may()).await.unwrap();
}

async fn answered(store: &Store) {
    let opened = publication::opened(store, ROUND).await.unwrap();
    let asked = store.asked(opened.round.id).await.unwrap().remove(0);
    let form = opened.form(&asked.code).unwrap();
    let mut import = store.begin_import(&asked, ImportedFile { sha256: "1", content: "1" }, Anyway::default(), &fixture::BY).await.unwrap();
    for (unit, number) in (0..UNITS).flat_map(|unit| (0..sheets(unit)).map(move |number| (unit, number))) {
        let fields = fixture::complete(form, unit * 1_000 + number);
        let fields = fields.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let sheet = reading::read(&form.questionnaire, &form.places, fields).unwrap().sheet;
        let (unit, answers) = (form.unit(&format!("xa-{unit}")).unwrap().id, form.codebook.pack(&sheet));
        let sheet = ImportedSheet { unit, group: String::new(), mode: Mode::Link, stratum: None, psu: None, answers, remarks: Vec::new() };
        import.add(asked.id, sheet).await.unwrap();
    }
    import.finish().await.unwrap();
}
