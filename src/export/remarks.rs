//! `remarks`: what was written, in the order of random keys, linked to nothing but questionnaire and item.

use std::io::Write;

use super::origin::Origin;
use super::table::{Format, Table, Value};
use super::{ExportError, LeftOut};
use crate::directory::Form;
use crate::store::Store;

/// Writes the table.
pub(super) async fn write(
    store: &Store,
    form: &Form,
    origin: &Origin,
    format: Format,
    out: &mut dyn Write,
) -> Result<LeftOut, ExportError> {
    let remarks = store.remarks(form.id).await?;
    let mut table = Table::begin(format, super::columns(&["item", "words"]), out)?;
    for (item, words) in remarks {
        let mut row = origin.to_vec();
        row.extend([Value::text(item), Value::text(words)]);
        table.row(&row)?;
    }
    Ok(LeftOut { rows: table.end()?, ..LeftOut::default() })
}
