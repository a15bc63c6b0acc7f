//! Which volume group an LVM physical volume belongs to; nothing is activated.

use firn_command::cmd;
use serde::Deserialize;
use std::collections::HashMap;

/// A volume group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// Its name; two groups of different machines may have the same.
    pub name: String,
    /// Its id.
    pub uuid: String,
}

/// Volume groups by the path of their physical volumes.
#[derive(Clone, Debug, Default)]
pub struct Groups(HashMap<String, Group>);

impl Groups {
    /// The group of the device, where it has one.
    pub fn of(&self, path: &str) -> Option<&Group> {
        self.0.get(path)
    }
}

#[derive(Deserialize)]
struct Listing {
    report: Vec<Report>,
}

#[derive(Deserialize)]
struct Report {
    pv: Vec<Volume>,
}

#[derive(Deserialize)]
struct Volume {
    pv_name: String,
    vg_name: String,
    vg_uuid: String,
}

/// Asks LVM about all devices: its list of devices that a host may touch does not count here.
pub fn groups() -> Groups {
    let listing = cmd(
        "pvs",
        [
            "--readonly",
            "--devicesfile=",
            "--reportformat=json",
            "--options=pv_name,vg_name,vg_uuid",
        ],
    );
    listing.read().map(|text| parse(&text)).unwrap_or_default()
}

fn parse(text: &str) -> Groups {
    let Ok(listing) = serde_json::from_str::<Listing>(text) else {
        return Groups::default();
    };
    let volumes = listing.report.into_iter().flat_map(|report| report.pv);
    let grouped = volumes.filter(|v| !v.vg_name.is_empty());
    let group = |v: Volume| {
        let (name, uuid) = (v.vg_name, v.vg_uuid);
        (v.pv_name, Group { name, uuid })
    };
    Groups(grouped.map(group).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_by_device() {
        let text = r#"{"report": [{"pv": [{"pv_name":"/dev/sda5","vg_name":"vg0","vg_uuid":"a-b"},{"pv_name":"/dev/sdb","vg_name":"","vg_uuid":""}]}],"log": []}"#;
        let groups = parse(text);
        let group = groups.of("/dev/sda5").unwrap();
        assert_eq!((group.name.as_str(), group.uuid.as_str()), ("vg0", "a-b"));
        assert_eq!(groups.of("/dev/sdb"), None);
        assert_eq!(parse("").of("/dev/sda5"), None);
    }
}
