//! What people do, one function each, for any front end: the command line today, the browser later. What stands in the way is a value with what a
//! sentence about it has to name; the words, and the command or the button that helps, are the front end's. What the store refuses still comes in its
//! own words.

pub mod answering;
pub mod desk;
pub mod evidence;
pub mod extending;
pub mod opening;
pub mod past;
pub mod publishing;
