//! Guests: what they are and how that is kept; what a request may ask for; the plan of each operation as data; carrying it out so
//! that a kill at any moment leaves every guest as it was or as it was asked for.
//!
//! [`Ground`] makes plans, [`run`] carries one out, [`recover`] finishes or undoes what was interrupted, [`audit`] finds what belongs
//! to nobody. Stores and hypervisor are reached through their traits only, and all files through [`Files`].

mod act;
mod audit;
mod autostart;
mod book;
mod definition;
mod ended;
mod failed;
mod files;
mod hands;
mod id;
mod journal;
mod name;
mod networks;
mod plan;
mod problem;
mod request;
mod run;
mod shape;
mod step;
#[cfg(test)]
mod tests;

pub use audit::{Stray, audit};
pub use autostart::autostart;
pub use book::{Book, Trouble};
pub use definition::{
    Autostart, Crash, Definition, Disk, Machine, Nic, Removed, Role, trashed, volume,
};
pub use ended::{Next, after_end};
pub use failed::{Failed, Result};
pub use files::{Files, Folder};
pub use hands::{Hands, Materials, Nothing, Stores, Told, Watcher};
pub use id::{Id, random_mac};
pub use journal::{Journal, Task, journals};
pub use name::tidy;
pub use networks::{HOST, Networks};
pub use plan::{Ground, Planned, needed};
pub use problem::{Problem, Sort};
pub use request::{Create, NewDisk, NewNic, Set};
pub use run::{Outcome, recover, run};
pub use shape::shape;
pub use step::{BootFile, Operation, Plan, Source, Step};
