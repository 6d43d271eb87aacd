//! Keys as the server signs them: for tests that send many sheets and open no form for each.

use par_survey::deposit::SheetKey;
use par_survey::keys::forms::{FormSecret, FormSubject};
use par_survey::store::secrets::RoundSecret;

use super::database::TestDatabase;
use super::fixture::ROUND;

/// Signs keys for one questionnaire and unit of the round.
#[derive(Debug)]
pub(crate) struct Signer {
    secret: FormSecret,
    about: FormSubject,
}

impl Signer {
    /// With the secret that is in the database.
    pub(crate) async fn new(database: &TestDatabase, questionnaire: &str, unit: &str) -> Self {
        let sql = format!(
            "SELECT r.id, q.id, u.id, s.secret FROM round r JOIN round_secret s ON s.round_id = r.id \
             JOIN round_questionnaire q ON q.round_id = r.id CROSS JOIN unit u \
             WHERE r.code = '{ROUND}' AND q.code = '{questionnaire}' AND u.code = '{unit}'"
        );
        let row = database.rows(&sql).await.remove(0);
        let number = |place: usize| row[place].parse().unwrap();
        let secret = RoundSecret::new(hex::decode(&row[3]).unwrap().try_into().unwrap());
        Self { secret: FormSecret::new(&secret), about: FormSubject { round: number(0), questionnaire: number(1), unit: number(2) } }
    }

    /// The key whose random bits are a number.
    pub(crate) fn key(&self, bits: u128) -> String {
        String::from_utf8(self.secret.sign(self.about, SheetKey::new(bits.to_be_bytes())).to_vec()).unwrap()
    }
}
