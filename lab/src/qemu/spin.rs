//! Whether a processor of an emulated machine waits in vain for another.
//!
//! The flaw that [`super::pulse`] tells of, seen from the other side: one processor has halted for ever, and another asks it
//! for something and goes round in the same few instructions until it is answered. That takes time, so the pulse shows nothing.

use super::Machine;
use std::thread::sleep;
use std::time::Duration;

/// How often it is looked where the processors are, and how long it takes between two looks.
const LOOKS: usize = 20;
const BETWEEN: Duration = Duration::from_secs(1);
/// Bytes of code of a loop that does nothing but wait.
const LOOP: u64 = 256;

/// Where a processor is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Place {
    instruction: u64,
    halted: bool,
}

impl Machine {
    /// Whether no processor leaves its place, although one of them works. Takes half a minute.
    pub fn spins(&self) -> bool {
        let look = |number| {
            if number > 0 {
                sleep(BETWEEN);
            }
            let registers = self.qmp().ask("info registers -a");
            places(&registers.unwrap_or_default())
        };
        spin(&Vec::from_iter((0..LOOKS).map(look)))
    }
}

/// The processors' places in the text of QEMU's `info registers -a`.
fn places(registers: &str) -> Vec<Place> {
    let place = |line: &str| {
        let instruction = line.strip_prefix("RIP=")?.split(' ').next()?;
        Some(Place {
            instruction: u64::from_str_radix(instruction, 16).ok()?,
            halted: line.contains("HLT=1"),
        })
    };
    registers.lines().filter_map(place).collect()
}

fn spin(looks: &[Vec<Place>]) -> bool {
    let processors = looks.iter().map(Vec::len).min().unwrap_or(0);
    let of = |number: usize| looks.iter().map(move |places| places[number]);
    let stays = |number: usize| {
        let places = || of(number).map(|place| place.instruction);
        let (least, most) = (places().min(), places().max());
        most.unwrap_or(0) - least.unwrap_or(0) < LOOP
    };
    let works = |number: usize| of(number).all(|place| !place.halted);
    (0..processors).all(stays) && (0..processors).any(works)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn registers(first: (u64, u8), second: (u64, u8)) -> String {
        let processor = |(rip, halted): (u64, u8)| {
            format!(
                "RAX=0000000000000000 RBX=ffff83007febfef8\nRIP={rip:016x} RFL=00000206 [-----P-] CPL=0 II=0 A20=1 SMM=0 HLT={halted}\n"
            )
        };
        format!(
            "\nCPU#0\n{}\nCPU#1\n{}",
            processor(first),
            processor(second)
        )
    }

    fn look(first: (u64, u8), second: (u64, u8)) -> Vec<Place> {
        places(&registers(first, second).replace('\n', "\r\n"))
    }

    #[test]
    fn one_halts_and_the_other_goes_round() {
        let (idle, waiting) = (0xffff82d040302fd7, 0xffff82d040328d7a);
        let stuck = [
            look((idle, 1), (waiting, 0)),
            look((idle, 1), (waiting + 2, 0)),
        ];
        assert_eq!(stuck[0].len(), 2);
        assert!(spin(&stuck));
        let goes_on = [
            look((idle, 1), (waiting, 0)),
            look((idle, 1), (waiting + 9000, 0)),
        ];
        assert!(!spin(&goes_on));
        let idles = [look((idle, 1), (idle, 1)), look((idle, 1), (idle, 1))];
        assert!(!spin(&idles), "that is for the pulse to judge");
        assert!(!spin(&[]) && !spin(&[Vec::new()]));
    }
}
