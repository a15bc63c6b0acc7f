//! In which order modules are loaded.

use super::module::Module;
use std::collections::BTreeSet;

/// Each module after those it depends on. A circle, which the kernel's build does not make, is broken up somewhere.
pub fn order(modules: Vec<Module>) -> Vec<Module> {
    let names: BTreeSet<String> = modules.iter().map(|m| m.name.clone()).collect();
    let mut waiting = modules;
    let mut done: Vec<Module> = Vec::new();
    while !waiting.is_empty() {
        let loaded = |name: &String| done.iter().any(|m| m.name == *name);
        let ready = |m: &Module| {
            let mut needs = m.depends.iter().chain(&m.wishes);
            needs.all(|need| *need == m.name || !names.contains(need) || loaded(need))
        };
        let at = waiting.iter().position(ready).unwrap_or(0);
        done.push(waiting.remove(at));
    }
    done
}

/// What these modules need and none of them is: the image must have it.
pub fn outside(modules: &[Module]) -> Vec<String> {
    let needs = modules
        .iter()
        .flat_map(|m| m.depends.iter().chain(&m.wishes));
    let own = |name: &&String| !modules.iter().any(|m| m.name == **name);
    let needs: BTreeSet<&String> = needs.filter(own).collect();
    needs.into_iter().cloned().collect()
}
