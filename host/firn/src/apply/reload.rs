//! Which services a change concerns. Only those are told.

use super::change::{Change, Kind};
use firn_command::cmd;
use serde::{Deserialize, Serialize};
use std::path::Path;

/// One thing to do after the files are written, in the order in which it is done.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Action {
    /// The running kernel's name.
    HostName,
    /// Names of NICs; they take effect at the next start.
    NicNames,
    /// Removes a bond or VLAN that is gone or made in another way now.
    DeleteLink(String),
    Network,
    Firewall,
    Time,
    Ssh,
    Keyboard,
    Banner,
}

/// What the changes ask for, each once.
pub fn actions(changes: &[Change]) -> Vec<Action> {
    let mut actions: Vec<Action> = changes.iter().flat_map(concerned).collect();
    actions.sort();
    actions.dedup();
    actions
}

fn concerned(change: &Change) -> Vec<Action> {
    match change.path.as_str() {
        "/etc/hostname" => vec![Action::HostName, Action::Banner],
        "/etc/nftables.conf" => vec![Action::Firewall],
        "/etc/vconsole.conf" => vec![Action::Keyboard],
        path if path.starts_with("/etc/chrony/") => vec![Action::Time],
        path if path.starts_with("/etc/ssh/") => vec![Action::Ssh, Action::Banner],
        path if path.starts_with("/etc/systemd/network/") => network(change),
        _ => Vec::new(),
    }
}

fn network(change: &Change) -> Vec<Action> {
    if change.path.ends_with(".link") {
        return vec![Action::NicNames];
    }
    let delete = old_device(change).map(Action::DeleteLink);
    delete.into_iter().chain([Action::Network]).collect()
}

/// The device that networkd made from a `.netdev` file and would keep as it is. Never the bridge: the guests hang on it.
fn old_device(change: &Change) -> Option<String> {
    if !change.path.ends_with(".netdev") || change.kind == Kind::New {
        return None;
    }
    let name = change
        .old
        .as_ref()?
        .lines()
        .find_map(|line| line.strip_prefix("Name="))?;
    (name != firn_config::BRIDGE).then(|| name.to_owned())
}

/// Does it all, even if one fails; what failed, and why.
pub fn run(actions: &[Action]) -> Vec<(Action, firn_command::Error)> {
    let failure = |action: &Action| Some((action.clone(), one(action).err()?));
    actions.iter().filter_map(failure).collect()
}

fn one(action: &Action) -> Result<(), firn_command::Error> {
    let systemctl = |verb: &str, unit: &str| cmd("systemctl", [verb, unit]).run();
    match action {
        Action::HostName => cmd("hostname", ["--file", "/etc/hostname"]).run(),
        Action::NicNames => {
            println!("names of NICs take effect at the next start");
            cmd("udevadm", ["control", "--reload"]).run()
        }
        Action::DeleteLink(name) if !Path::new("/sys/class/net").join(name).exists() => Ok(()),
        Action::DeleteLink(name) => cmd("networkctl", ["delete", name]).run(),
        Action::Network => cmd("networkctl", ["reload"]).run(),
        Action::Firewall => systemctl("reload-or-restart", "nftables.service"),
        Action::Time => systemctl("restart", "chrony.service"),
        Action::Ssh => systemctl("reload-or-restart", "ssh.service"),
        Action::Keyboard => systemctl("restart", "firn-keyboard.service"),
        Action::Banner => cmd("systemctl", ["--no-block", "restart", "firn-issue.service"]).run(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(path: &str, kind: Kind, old: &str) -> Change {
        Change {
            path: path.into(),
            kind,
            old: Some(old.into()),
            file: None,
        }
    }

    #[test]
    fn each_service_is_told_once_and_only_if_concerned() {
        let changes = [
            change("/etc/systemd/network/20-xenbr0.network", Kind::Changed, ""),
            change("/etc/systemd/network/20-nic0.network", Kind::New, ""),
            change("/etc/hostname", Kind::Changed, ""),
            change("/etc/timezone", Kind::Changed, ""),
        ];
        assert_eq!(
            actions(&changes),
            [Action::HostName, Action::Network, Action::Banner]
        );
    }

    #[test]
    fn a_bond_that_is_gone_is_deleted_and_the_bridge_never() {
        let changes = [
            change(
                "/etc/systemd/network/20-bond0.netdev",
                Kind::Removed,
                "[NetDev]\nName=bond0\nKind=bond\n",
            ),
            change(
                "/etc/systemd/network/20-xenbr0.netdev",
                Kind::Changed,
                "[NetDev]\nName=xenbr0\n",
            ),
            change(
                "/etc/systemd/network/20-vlan.netdev",
                Kind::New,
                "[NetDev]\nName=nic0.42\n",
            ),
        ];
        assert_eq!(
            actions(&changes),
            [Action::DeleteLink("bond0".into()), Action::Network]
        );
    }

    #[test]
    fn paths_lead_to_services() {
        let cases: [(&str, &[Action]); 6] = [
            ("/etc/nftables.conf", &[Action::Firewall]),
            ("/etc/chrony/chrony.conf", &[Action::Time]),
            (
                "/etc/ssh/sshd_config.d/firn.conf",
                &[Action::Ssh, Action::Banner],
            ),
            ("/etc/vconsole.conf", &[Action::Keyboard]),
            ("/etc/systemd/network/10-nic0.link", &[Action::NicNames]),
            ("/etc/localtime", &[]),
        ];
        for (path, expected) in cases {
            assert_eq!(
                actions(&[change(path, Kind::Changed, "")]),
                expected,
                "{path}"
            );
        }
    }
}
