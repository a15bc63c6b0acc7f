//! What keeps a guest from starting, said before Xen's tools try: they only say that it has failed.

mod files;
mod kernel;
mod memory;

use crate::{Host, Problem, Shape};
pub(crate) use files::{place, unusable};
use firn_words::say;
pub use memory::{Need, need};

/// All that is wrong with a shape on this machine, as it is now.
pub(crate) fn all(shape: &Shape, host: &Host) -> Vec<Problem> {
    let mut found = Vec::new();
    if !host.hvm {
        found.push(Problem::new("machine", say!("engine-no-virtualization")));
    }
    found.extend(memory::problems(shape, host));
    found.extend(files::problems(shape));
    found
}
