//! Repairs installed hosts from the medium. Guests' disks are never opened: of a host's volumes only `state` is activated, and
//! each command of LVM sees the disks of this one host.

mod files;
mod logs;
mod menu;
mod network;
mod parts;
mod password;
mod reports;
mod slots;
mod start;
mod state;
mod table;
pub mod verbs;

pub use logs::{bundle, logs, short};
pub use menu::menu;
pub use network::network;
pub use password::{SHORTEST, password};
pub use reports::keep_reports;
pub use start::{load, tell_firmware};

use firn_execute::failure::told;
use firn_machine::{Disk, FirnHost, Machine};
use firn_words::{Text, say};

/// What becomes of a repair: sentences about what was done, or one about why it was not.
pub type Result<T = Vec<Text>> = std::result::Result<T, Text>;

/// An installed host.
#[derive(Clone, Debug, PartialEq)]
pub struct Host {
    /// The disk that it starts from.
    pub disk: Disk,
    /// Who it is.
    pub host: FirnHost,
}

impl Host {
    /// The host for people: `xen1.example.net (1a2b3c4d, Firn 0.1.0) on /dev/sda (20 GB)`.
    pub fn title(&self) -> Text {
        let host = &self.host;
        say!(
            "repair-host",
            name = &host.name,
            id = host.short_id(),
            version = &host.version,
            disk = self.disk.title()
        )
    }
}

/// All installed hosts, in the order of the disks.
pub fn find(machine: &Machine) -> Vec<Host> {
    let host = |disk: &Disk| {
        let host = disk.firn.clone()?;
        let disk = disk.clone();
        Some(Host { disk, host })
    };
    machine.disks.iter().filter_map(host).collect()
}

/// The host on the disk of this path, name or id; without one the only host there is.
///
/// # Errors
/// When there is none or there are several; the sentence lists them.
pub fn choose(machine: &Machine, wish: Option<&str>) -> Result<Host> {
    let all = find(machine);
    let fits = |host: &&Host| match wish {
        None => true,
        Some(wish) => {
            wish == host.disk.path
                || wish == host.disk.name
                || host.disk.links.iter().any(|link| link == wish)
                || (wish.len() >= 8 && host.host.id.starts_with(&wish.to_lowercase()))
        }
    };
    let found: Vec<&Host> = all.iter().filter(fits).collect();
    let list = || Text::join(all.iter().map(Host::title), "; ");
    match (&found[..], all.is_empty()) {
        ([one], _) => Ok((*one).clone()),
        (_, true) => Err(say!("repair-no-host")),
        ([], false) => Err(say!(
            "repair-not-that-host",
            wish = wish.unwrap_or_default(),
            list = list()
        )),
        _ => Err(say!("repair-several-hosts", list = list())),
    }
}

/// Errors inside are `anyhow`'s; outside one sentence.
fn sentence<T>(result: anyhow::Result<T>) -> Result<T> {
    result.map_err(|error| told(&error))
}

#[cfg(test)]
mod tests {
    use super::*;
    use firn_machine::samples;

    fn machine(hosts: &[(&str, &str)]) -> Machine {
        let mut machine = samples::server();
        for (disk, id) in hosts {
            let mut disk = samples::disk(disk, 20_000_000_000);
            disk.firn = Some(FirnHost {
                id: id.repeat(4),
                name: "xen1".into(),
                version: "0.1.0".into(),
            });
            machine.disks.push(disk);
        }
        machine
    }

    #[test]
    fn a_host_is_chosen_by_disk_or_id_and_never_guessed() {
        let two = machine(&[("vdb", "1a2b3c4d"), ("vdc", "99999999")]);
        let name = |wish| choose(&two, wish).map(|host| host.disk.name);
        assert_eq!(name(Some("/dev/vdb")), Ok("vdb".into()));
        assert_eq!(name(Some("vdc")), Ok("vdc".into()));
        assert_eq!(name(Some("1A2B3C4D")), Ok("vdb".into()));
        let list = "xen1 (1a2b3c4d, Firn 0.1.0) on /dev/vdb (20 GB); xen1 (99999999, Firn 0.1.0) on /dev/vdc (20 GB)";
        assert_eq!(
            name(None).unwrap_err().to_string(),
            format!("There are several installed hosts, name one: {list}")
        );
        assert_eq!(
            name(Some("/dev/vda")).unwrap_err().to_string(),
            format!("There is no installed host on /dev/vda; there are: {list}")
        );
        assert_eq!(
            choose(&samples::server(), None).unwrap_err().to_string(),
            "No disk of this machine holds an installed Firn host."
        );
        let one = machine(&[("vdb", "1a2b3c4d")]);
        assert_eq!(choose(&one, None).unwrap().disk.name, "vdb");
    }
}
