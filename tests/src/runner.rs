//! Runs scenarios, a few at a time, and says how each has ended.

use crate::bench::{self, Bench, Shared};
use crate::results::{self, Ran};
use crate::scenarios::{Need, Scenario};
use anyhow::{Result, anyhow};
use firn_lab::net::Network;
use firn_lab::qemu::{Accel, accel};
use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

/// How to run them.
pub struct Plan {
    /// What they share.
    pub shared: Shared,
    /// How many at once.
    pub jobs: usize,
    /// Whether disk images of passed ones stay.
    pub keep: bool,
}

/// Runs them all, the longest of the last time first; whether all have passed. The last line is `N passed, N failed, N skipped`, and
/// [`results`] keeps what each has shown.
///
/// # Errors
/// When the results cannot be written.
pub fn run(plan: &Plan, scenarios: &[&'static Scenario]) -> Result<bool> {
    let earlier = results::read(&plan.shared.out);
    let ordered = results::longest_first(scenarios, &earlier);
    let queue = Mutex::new(VecDeque::from(ordered));
    let ended = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..plan.jobs.min(scenarios.len()) {
            scope.spawn(|| {
                while let Some(scenario) = next(&queue) {
                    let result = one(plan, scenario);
                    ended
                        .lock()
                        .unwrap_or_else(PoisonError::into_inner)
                        .push(result);
                }
            });
        }
    });
    let mut ended = ended.into_inner().unwrap_or_else(PoisonError::into_inner);
    let place = |ran: &Ran| scenarios.iter().position(|s| s.name == ran.name);
    ended.sort_by_key(place);
    results::write(&plan.shared.out, &ended)?;
    let failed = ended.iter().filter(|ran| ran.failure.is_some()).count();
    let skipped = ended.iter().filter(|ran| ran.skipped.is_some()).count();
    let passed = ended.len() - failed - skipped;
    println!("{passed} passed, {failed} failed, {skipped} skipped");
    Ok(failed == 0)
}

fn next(queue: &Mutex<VecDeque<&'static Scenario>>) -> Option<&'static Scenario> {
    queue
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .pop_front()
}

/// Runs one. Emulating several processors, QEMU 10 now and then ends by an assertion of its own (seen: `iotlb_to_section`), loses an
/// interrupt that the local APIC has handed over (seen: the timer's vector in service, the processor halted, for ever), or delivers one
/// to a guest twice. So what has failed under emulation runs once more; what was wrong the first time is said.
fn one(plan: &Plan, scenario: &Scenario) -> Ran {
    let name = scenario.name;
    if let Some(reason) = missing(plan, scenario) {
        println!("SKIP  {name}: {reason}");
        return Ran::skipped(name, reason);
    }
    println!("start {name}: {}", scenario.text);
    let start = Instant::now();
    let mut result = attempt(plan, scenario);
    let mut first = None;
    if let Err(error) = &result
        && accel() == Accel::Tcg
    {
        let error = format!("{error:#}");
        println!("again {name}: {error}");
        first = Some(error);
        keep_logs(&plan.shared.out, name);
        result = attempt(plan, scenario);
    }
    let seconds = start.elapsed().as_secs();
    match &result {
        Ok(()) => println!("PASS  {name} ({seconds} s)"),
        Err(error) => println!(
            "FAIL  {name} ({seconds} s): {error:#}\n      logs and screenshots: {}",
            plan.shared.out.join(name).display()
        ),
    }
    Ran {
        name,
        seconds,
        first,
        skipped: None,
        failure: result.err().map(|error| format!("{error:#}")),
    }
}

/// Puts what the first attempt has left beside the folder of the second, without its disks. Without it the second still counts.
fn keep_logs(out: &Path, name: &str) {
    let (folder, kept) = (out.join(name), out.join(format!("{name}-first")));
    let _ = std::fs::remove_dir_all(&kept);
    if std::fs::rename(&folder, &kept).is_ok() {
        let _ = bench::drop_disks(&kept);
    }
}

/// Why the scenario cannot run here. What is wrong with guests' files the scenario itself says: they are the builder's.
fn missing(plan: &Plan, scenario: &Scenario) -> Option<String> {
    let network = scenario.needs.contains(&Need::Network);
    network.then(|| Network::impossible(plan.shared.lab.root()))?
}

fn attempt(plan: &Plan, scenario: &Scenario) -> Result<()> {
    let bench = Bench::new(&plan.shared, scenario.name)?;
    guarded(scenario, &bench)?;
    if plan.keep {
        Ok(())
    } else {
        bench::drop_disks(&bench.folder)
    }
}

/// A scenario that panics has failed; the others go on.
fn guarded(scenario: &Scenario, bench: &Bench) -> Result<()> {
    catch_unwind(AssertUnwindSafe(|| (scenario.run)(bench))).unwrap_or_else(|panic| {
        let text = panic.downcast_ref::<String>().map(String::as_str);
        let text = text.or_else(|| panic.downcast_ref::<&str>().copied());
        Err(anyhow!("it panicked: {}", text.unwrap_or("without a word")))
    })
}
