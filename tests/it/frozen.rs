//! What was published stays readable for good: a published round of every format, made by the program of its time, and what comes out of it.

mod maker;
mod outlets;
mod province;
