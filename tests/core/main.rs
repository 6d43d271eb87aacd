//! The pure core: definitions that must fail, worked cases, laws, and the tidiness of the house.

mod definitions;
mod laws;
mod sample;
mod scoring;
