//! The command line as somebody at a desk uses it: a folder of its own, files in it, and what each command says.

mod addresses;
mod codes;
mod cut_off;
pub(crate) mod desk;
mod exported;
mod faults;
mod figures;
mod help;
mod instances;
mod losing;
mod organiser;
mod private;
mod ranked;
mod responses;
mod rounds;
mod seal;
mod shared;
mod sheets;
mod shell;
mod standing;
mod terminal;
mod trustees;
mod units;
