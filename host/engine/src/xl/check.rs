//! What this host lacks for a guest, beyond what every engine looks at.

use super::Paths;
use crate::{Firmware, Loader, Machine, Problem, Shape, check};
use firn_words::say;

pub(super) fn problems(shape: &Shape, paths: &Paths) -> Vec<Problem> {
    let mut found = Vec::new();
    match &shape.machine {
        Machine::Pvh(Loader::Grub) => {
            let text = check::unusable(&paths.grub);
            found.extend(text.map(|text| Problem::new("machine", text)));
        }
        Machine::Hvm(hvm) if hvm.firmware == Firmware::Uefi && !paths.ovmf.is_file() => {
            let text = say!(
                "engine-no-firmware",
                path = paths.ovmf.display().to_string()
            );
            found.push(Problem::new("machine", text));
        }
        _ => {}
    }
    for (at, nic) in shape.nics.iter().enumerate() {
        if !paths.network.join(&nic.bridge).join("bridge").is_dir() {
            let text = say!("engine-no-bridge", bridge = &nic.bridge);
            found.push(Problem::new(format!("nics[{at}]"), text));
        }
    }
    found
}
