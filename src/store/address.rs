//! Addresses of databases: what is wrong with one is said without a word of it, because any part may be a piece of a password.

use std::ffi::OsString;
use std::os::unix::ffi::OsStringExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use sea_orm::sqlx::postgres::{PgConnectOptions, PgConnection};
use sea_orm::sqlx::{Connection, Error as SqlxError};
use tokio::time::{Instant, sleep, timeout_at};

use super::fault::{Fault, FaultKind};
use super::{Result, StoreError};
use crate::refusal::{Misread, Refusal};

/// What may stand behind the `?`. The driver would ignore anything else and write it into the log.
const SETTINGS: [&str; 13] = [
    "application_name",
    "dbname",
    "host",
    "hostaddr",
    "options",
    "password",
    "port",
    "sslcert",
    "sslkey",
    "sslmode",
    "sslrootcert",
    "statement-cache-capacity",
    "user",
];

/// How long a database that is just being started is waited for.
const PATIENCE: Duration = Duration::from_secs(5);

/// Between two tries.
const PAUSE: Duration = Duration::from_millis(200);

/// What the address of a file begins with.
const FILE: &str = "sqlite://";

/// The file of an embedded database, by its address `sqlite://FILE`, in which `%20` and the like stand for single bytes; none where the
/// address is of another kind.
///
/// # Errors
/// When it names no file, or something beside it.
pub fn file(address: &str) -> std::result::Result<Option<PathBuf>, Misread> {
    let Some(name) = address.strip_prefix(FILE) else { return Ok(None) };
    match name {
        "" => Err(Misread::NoFile),
        _ if name.contains(['?', '#']) => Err(Misread::FileSettings),
        _ => Ok(Some(OsString::from_vec(decoded(name.as_bytes())).into())),
    }
}

/// The address of a file, which [`file()`] reads.
#[must_use]
pub fn of_file(file: &Path) -> String {
    let plain = file.display().to_string().replace('%', "%25").replace('?', "%3F").replace('#', "%23");
    format!("{FILE}{plain}")
}

/// Bytes for what stands for them; a `%` that is followed by no two hexadecimal digits is itself.
fn decoded(mut written: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(written.len());
    while let Some((&first, rest)) = written.split_first() {
        let coded = rest.get(..2).filter(|_| first == b'%').and_then(|digits| hex::decode(digits).ok());
        written = if coded.is_some() { rest.get(2..).unwrap_or_default() } else { rest };
        bytes.extend(coded.unwrap_or_else(|| vec![first]));
    }
    bytes
}

/// Connects once, so that a database that is away is told with its cause (a pool forgets it), and gives the address as a pool takes it.
pub(super) async fn reach(address: &str) -> Result<String> {
    let misread = |why| Refusal::DatabaseAddress { why };
    let address = readable(address).map_err(misread)?;
    let options: PgConnectOptions = address.parse().map_err(|_| misread(Misread::Other))?;
    let until = Instant::now() + PATIENCE;
    let mut last = Fault::from(&SqlxError::PoolTimedOut);
    while let Ok(tried) = timeout_at(until, PgConnection::connect_with(&options)).await {
        match tried.map_err(|error| Fault::from(&error)) {
            Ok(connection) => {
                // Whoever ends is not asked whether that went well.
                connection.close().await.ok();
                return Ok(address);
            }
            Err(fault) if fault.kind == FaultKind::Away => last = fault,
            Err(fault) => return Err(StoreError::Database(fault)),
        }
        sleep(PAUSE).await;
    }
    Err(StoreError::Database(last))
}

/// The address in the one spelling that the driver knows, if nothing in it can be taken for something else.
fn readable(address: &str) -> std::result::Result<String, Misread> {
    let (_, rest) = address.split_once("://").ok_or(Misread::Scheme)?;
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (server, after) = rest.split_at(end);
    if after.contains(['@', '#']) {
        return Err(Misread::Signs);
    }
    let (account, place) = server.rsplit_once('@').unwrap_or(("", server));
    let user = account.split(':').next().unwrap_or_default();
    if user.to_ascii_lowercase().contains("%3a") {
        return Err(Misread::Password);
    }
    let port = place.rsplit_once(':').map_or("", |(_, port)| port);
    if !place.ends_with(']') && !port.is_empty() && port.parse::<u16>().is_err() {
        return Err(Misread::Port);
    }
    let settings = after.split_once('?').map_or("", |(_, settings)| settings);
    if settings.split('&').any(|setting| !setting.is_empty() && !is_known(setting)) {
        return Err(Misread::Setting);
    }
    Ok(format!("postgres://{rest}"))
}

fn is_known(setting: &str) -> bool {
    let name = setting.split('=').next().unwrap_or_default();
    SETTINGS.contains(&name)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("sqlite://par-survey.db", "par-survey.db")]
    #[case("sqlite:///srv/par%20survey/x.db", "/srv/par survey/x.db")]
    #[case("sqlite:///srv/par survey/x.db", "/srv/par survey/x.db")]
    #[case("sqlite://t%E1%BB%89nh.db", "tỉnh.db")]
    #[case("sqlite://100%.db", "100%.db")]
    #[case("sqlite://a%2520b%3F.db", "a%20b?.db")]
    fn a_file_is_named_by_its_address(#[case] address: &str, #[case] name: &str) {
        assert_eq!(file(address), Ok(Some(PathBuf::from(name))));
        assert_eq!(file(&of_file(Path::new(name))), Ok(Some(PathBuf::from(name))));
    }

    #[rstest]
    #[case("sqlite://", Misread::NoFile)]
    #[case("sqlite://x.db?mode=rwc", Misread::FileSettings)]
    #[case("sqlite://x.db#y", Misread::FileSettings)]
    fn what_stands_beside_a_file_is_refused(#[case] address: &str, #[case] why: Misread) {
        assert_eq!(file(address), Err(why));
    }

    #[rstest]
    #[case("postgres://db/par")]
    #[case("postgres://par@db/par")]
    #[case("postgres://par:p%40ss@db:5433/par")]
    #[case("postgres://par:a:b@[::1]:5433/par")]
    #[case("postgres://par@[::1]/par")]
    #[case("postgres:///par?host=/run/postgresql&user=par")]
    #[case("postgres://par@db/par?sslmode=verify-full&sslrootcert=/etc/ca.pem")]
    fn what_can_be_read_in_one_way_is_taken(#[case] address: &str) {
        assert_eq!(readable(address), Ok(address.to_owned()));
        assert_eq!(readable(&address.replace("postgres:", "postgresql:")), Ok(address.to_owned()));
    }

    #[rstest]
    #[case("postgres://par:canary@db:port/par")]
    #[case("postgres://par:canary@db:99999/par")]
    #[case("postgres://par:can/ary@db/par")]
    #[case("postgres://par:12/canary@db/par")]
    #[case("postgres://par:can?ary@db/par")]
    #[case("postgres://par:can#ary@db/par")]
    #[case("postgres://par%3Acanary@db/par")]
    #[case("postgres://par:canary")]
    #[case("postgres://par@db/par?pasword=canary")]
    #[case("postgres://p?ar:canary@db/par")]
    fn what_cannot_is_refused(#[case] address: &str) {
        assert!(readable(address).is_err());
    }
}
