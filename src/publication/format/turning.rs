//! How what was frozen becomes what is printed from today, and a corrected ranking what was frozen.

use crate::round::steps::ScorePart;
use crate::scheme::TieRule;
use crate::scoring::decimal::Held;
use crate::scoring::disclosure::{Percent, SheetsTold, Shown};
use crate::scoring::ranking::{CellState, Origin};
use crate::scoring::results::UnitGroup;
use crate::scoring::targets::Outcome;
use crate::survey::mode::Mode;
use crate::survey::rating::Combination;
use crate::survey::{Aggregation, Audience, ItemValue};
use crate::unit::UnitCode;

/// A value that turns into its counterpart.
pub(super) trait Today<T> {
    fn today(self) -> T;
}

impl<F: Today<T>, T> Today<Option<T>> for Option<F> {
    fn today(self) -> Option<T> {
        self.map(Today::today)
    }
}

impl<F: Today<T>, T> Today<Vec<T>> for Vec<F> {
    fn today(self) -> Vec<T> {
        self.into_iter().map(Today::today).collect()
    }
}

impl<F, T: From<F>> Today<Shown<T>> for Shown<F> {
    fn today(self) -> Shown<T> {
        self.turned()
    }
}

/// What is the same in every format.
macro_rules! the_same {
    ($($kind:ty),* $(,)?) => {
        $(impl Today<$kind> for $kind {
            fn today(self) -> $kind {
                self
            }
        })*
    };
}

the_same!(u8, u32, i32, bool, String, Held, Percent, UnitCode, Mode, Audience, Combination, ItemValue, Aggregation);
the_same!(SheetsTold, TieRule, Origin, CellState, Outcome, ScorePart);

/// In format 1 every number of sheets was told.
impl Today<SheetsTold> for u32 {
    fn today(self) -> SheetsTold {
        self.into()
    }
}

/// Sheets of groups of a unit stood without names, and nothing ever printed them.
impl Today<Vec<UnitGroup>> for Option<Vec<Shown<u32>>> {
    fn today(self) -> Vec<UnitGroup> {
        Vec::new()
    }
}

/// Frozen structures with the fields that their counterparts of today have too: `read` those that are only read, each ended by `;`
/// after what today's structure has besides, `shown` those inside a [`Shown`], `both` those that a correction writes again, `grown` the
/// same where today's structure has something besides.
macro_rules! frozen {
    () => {};
    (read $name:ident = $today:path { $($(#[$meta:meta])* $field:ident: $kind:ty),* $(,)? }
        $(and { $($new:ident: $is:expr),* })? ; $($rest:tt)*) => {
        #[derive(serde::Deserialize)]
        pub(super) struct $name { $($(#[$meta])* $field: $kind),* }
        impl $crate::publication::format::turning::Today<$today> for $name {
            fn today(self) -> $today {
                let Self { $($field),* } = self;
                $today {
                    $($field: $crate::publication::format::turning::Today::today($field),)*
                    $($($new: $is,)*)?
                }
            }
        }
        $crate::publication::format::turning::frozen! { $($rest)* }
    };
    (shown $name:ident = $today:path { $($(#[$meta:meta])* $field:ident: $kind:ty),* $(,)? } $($rest:tt)*) => {
        #[derive(serde::Deserialize)]
        pub(super) struct $name { $($(#[$meta])* $field: $kind),* }
        impl From<$name> for $today {
            fn from(old: $name) -> Self {
                let $name { $($field),* } = old;
                $today { $($field),* }
            }
        }
        $crate::publication::format::turning::frozen! { $($rest)* }
    };
    (both $name:ident = $today:path { $($(#[$meta:meta])* $field:ident: $kind:ty),* $(,)? } $($rest:tt)*) => {
        #[derive(serde::Deserialize, serde::Serialize)]
        pub(super) struct $name { $($(#[$meta])* $field: $kind),* }
        impl $crate::publication::format::turning::Today<$today> for $name {
            fn today(self) -> $today {
                let Self { $($field),* } = self;
                $today { $($field: $crate::publication::format::turning::Today::today($field)),* }
            }
        }
        impl $crate::publication::format::turning::Today<$name> for $today {
            fn today(self) -> $name {
                let Self { $($field),* } = self;
                $name { $($field: $crate::publication::format::turning::Today::today($field)),* }
            }
        }
        $crate::publication::format::turning::frozen! { $($rest)* }
    };
    (grown $name:ident = $today:path { $($(#[$meta:meta])* $field:ident: $kind:ty),* $(,)? }
        and { $($new:ident: $is:expr),* } $($rest:tt)*) => {
        #[derive(serde::Deserialize, serde::Serialize)]
        pub(super) struct $name { $($(#[$meta])* $field: $kind),* }
        impl $crate::publication::format::turning::Today<$today> for $name {
            fn today(self) -> $today {
                let Self { $($field),* } = self;
                $today { $($field: $crate::publication::format::turning::Today::today($field),)* $($new: $is,)* }
            }
        }
        impl $crate::publication::format::turning::Today<$name> for $today {
            fn today(self) -> $name {
                let Self { $($field,)* .. } = self;
                $name { $($field: $crate::publication::format::turning::Today::today($field)),* }
            }
        }
        $crate::publication::format::turning::frozen! { $($rest)* }
    };
}

pub(super) use frozen;
