//! One NIC more or less.

use super::create::made;
use super::{Ground, Planned, change, planned};
use crate::definition::Definition;
use crate::request::NewNic;
use crate::{Operation, Problem, Step};
use firn_words::say;

impl Ground<'_> {
    /// The plan of one more NIC. A running guest gets it at once.
    ///
    /// # Errors
    /// All that is wrong with the request.
    pub fn nic_add(&self, guest: &Definition, new: &NewNic) -> Planned {
        let (on, mut problems) = self.reached(guest);
        problems.extend(self.check_nic(new, ""));
        let nic = made(new);
        planned(problems, Operation::NicAdd, guest, || {
            let mut after = guest.clone();
            after.nics.push(nic.clone());
            let attach = || Step::AttachNic {
                definition: Box::new(guest.clone()),
                nic: nic.clone(),
            };
            let mut steps: Vec<Step> = on.then(attach).into_iter().collect();
            steps.push(change(guest, after));
            steps
        })
    }

    /// The plan of taking the NIC with this address away.
    ///
    /// # Errors
    /// When there is no such NIC.
    pub fn nic_remove(&self, guest: &Definition, mac: &str) -> Planned {
        let (on, mut problems) = self.reached(guest);
        let mac = mac.to_lowercase();
        let Some(nic) = guest.nics.iter().find(|nic| nic.mac == mac) else {
            problems.push(Problem::missing(
                "nic",
                say!("guests-no-nic", name = &guest.name, mac = mac),
            ));
            return Err(problems);
        };
        planned(problems, Operation::NicRemove, guest, || {
            let mut after = guest.clone();
            after.nics.retain(|nic| nic.mac != mac);
            let detach = || Step::DetachNic {
                definition: Box::new(guest.clone()),
                nic: nic.clone(),
            };
            let mut steps: Vec<Step> = on.then(detach).into_iter().collect();
            steps.push(change(guest, after));
            steps
        })
    }
}
