//! What a code is for, whatever a front end asks for.

use par_survey::app;
use par_survey::deposit::{Deposited, NotKept};
use par_survey::office::answering::Ticket;
use par_survey::survey::mode::Mode;
use par_survey::survey::reading;

use super::issue_in;
use crate::harness::database::{Backend, TestDatabase};
use crate::harness::fixture::{self, SIPAS};
use crate::harness::steps::office;

#[tokio::test(flavor = "multi_thread")]
async fn a_code_brings_no_sheet_about_a_unit_that_it_is_not_for() {
    let database = TestDatabase::fresh(Backend::Sqlite).await;
    let store = database.store().await;
    fixture::open_round(&store, -1, 24).await;
    let code = issue_in(&store, &database.keys(), SIPAS, "", Some("so-noi-vu"), 1).await.remove(0);
    let answering = app::answering(&office(&store), &database.letterbox(1), &database.keys(), "one").await.unwrap();
    let directory = answering.directory();
    let opened = answering.look_up(&directory, code).await.unwrap().unwrap();
    let (form, own) = (opened.form, opened.units()[0].id);
    let answers = fixture::complete(form, 1);
    let fields = answers.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    let sheet = reading::read(&form.questionnaire, &form.places, fields).unwrap().sheet;
    let other = form.units.iter().find(|unit| unit.id != own).unwrap().id;
    let hand_in = async |about: &[i32]| {
        let answered = about.iter().map(|unit| (*unit, &sheet));
        answering.hand_in(Ticket::Code(&opened), Mode::Code, answered).await
    };
    for about in [&[other][..], &[own, other]] {
        assert_eq!(hand_in(about).await, Err(NotKept::Surely));
    }
    assert_eq!(hand_in(&[own]).await, Ok(Deposited::Received), "it was not used up");
    answering.stop().await.unwrap();
}
