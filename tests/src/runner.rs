//! Runs scenarios, a few at a time, and says how each has ended.

use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use anyhow::{Result, anyhow};
use firn_lab::qemu::{Accel, accel};

use crate::bench::{Bench, Shared};
use crate::scenarios::Scenario;

/// How to run them.
pub struct Plan {
    /// What they share.
    pub shared: Shared,
    /// How many at once.
    pub jobs: usize,
    /// Whether disk images of passed ones stay.
    pub keep: bool,
}

/// Runs them all; whether all have passed. The last line is `N passed, N failed`.
pub fn run(plan: &Plan, scenarios: &[&'static Scenario]) -> bool {
    let queue = Mutex::new(scenarios.iter().copied().collect::<VecDeque<_>>());
    let failed = Mutex::new(0);
    std::thread::scope(|scope| {
        for _ in 0..plan.jobs.min(scenarios.len()) {
            scope.spawn(|| {
                while let Some(scenario) = next(&queue) {
                    if !one(plan, scenario) {
                        *failed.lock().unwrap_or_else(PoisonError::into_inner) += 1;
                    }
                }
            });
        }
    });
    let failed = failed.into_inner().unwrap_or_else(PoisonError::into_inner);
    println!("{} passed, {failed} failed", scenarios.len() - failed);
    failed == 0
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
fn one(plan: &Plan, scenario: &Scenario) -> bool {
    let name = scenario.name;
    println!("start {name}: {}", scenario.text);
    let start = Instant::now();
    let mut result = attempt(plan, scenario);
    if let Err(first) = &result
        && accel() == Accel::Tcg
    {
        println!("again {name}: {first:#}");
        result = attempt(plan, scenario);
    }
    let seconds = start.elapsed().as_secs();
    match result {
        Ok(()) => println!("PASS  {name} ({seconds} s)"),
        Err(error) => {
            let folder = plan.shared.out.join(name);
            println!(
                "FAIL  {name} ({seconds} s): {error:#}\n      logs and screenshots: {}",
                folder.display()
            );
            return false;
        }
    }
    true
}

fn attempt(plan: &Plan, scenario: &Scenario) -> Result<()> {
    let bench = Bench::new(&plan.shared, scenario.name)?;
    guarded(scenario, &bench)?;
    if plan.keep {
        Ok(())
    } else {
        bench.drop_disks()
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
