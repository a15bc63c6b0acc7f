//! Which volume group an LVM physical volume belongs to; nothing is activated.

use firn_command::limited;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::HashMap;
use std::process::Command;
use std::time::Duration;

/// A volume group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// Its name; two groups of different machines may have the same.
    pub name: String,
    /// Its id.
    pub uuid: String,
}

/// Volume groups by the path of their physical volumes.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Groups(HashMap<String, Group>);

impl Groups {
    /// The group of the device, where it has one.
    pub fn of(&self, path: &str) -> Option<&Group> {
        self.0.get(path)
    }
}

/// How long LVM may take: it looks at every disk.
const PATIENCE: Duration = Duration::from_secs(60);

/// Asks LVM about all devices: its list of devices that a host may touch does not count here.
///
/// # Errors
/// A sentence when it says nothing that can be understood.
pub fn groups() -> Result<Groups, String> {
    let mut pvs = Command::new("pvs");
    pvs.args([
        "--readonly",
        "--devicesfile=",
        "--reportformat=json",
        "--options=pv_name,vg_name,vg_uuid",
    ]);
    let output = limited::run(pvs, Vec::new(), PATIENCE).map_err(|error| error.to_string())?;
    // One volume with something wrong has it fail, but it tells about the others.
    parse(&output.text).ok_or(output.last_words)
}

/// Nothing where that is no report. A volume without all its fields is left out.
fn parse(text: &str) -> Option<Groups> {
    let listing = serde_json::from_str::<Value>(text).ok()?;
    let reports = listing.get("report")?.as_array()?;
    let volumes = reports
        .iter()
        .filter_map(|report| report.get("pv")?.as_array());
    let group = |volume: &Value| {
        let field = |name: &str| Some(volume.get(name)?.as_str()?.to_owned());
        let (name, uuid) = (field("vg_name")?, field("vg_uuid")?);
        (!name.is_empty()).then_some((field("pv_name")?, Group { name, uuid }))
    };
    Some(Groups(volumes.flatten().filter_map(group).collect()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn groups_by_device() {
        let text = r#"{"report": [{"pv": [{"pv_name":"/dev/sda5","vg_name":"vg0","vg_uuid":"a-b"},{"pv_name":"/dev/sdb","vg_name":"","vg_uuid":""}]}],"log": []}"#;
        let groups = parse(text).unwrap();
        let group = groups.of("/dev/sda5").unwrap();
        assert_eq!((group.name.as_str(), group.uuid.as_str()), ("vg0", "a-b"));
        assert_eq!(groups.of("/dev/sdb"), None);
        assert!(
            parse("").is_none() && parse("{}").is_none() && parse(r#"{"report": 5}"#).is_none()
        );
        let odd = text.replace(
            r#""report": ["#,
            r#""report": [5, {"pv": 5}, {"pv": [5, {"pv_name": 5}]}, "#,
        );
        assert_eq!(parse(&odd).unwrap().of("/dev/sda5").unwrap().name, "vg0");
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        /// A group is told only of a volume that has one; what else stands in the report hides none.
        #[test]
        fn a_good_volume_shows_beside_anything(odd in prop::collection::vec(prop_oneof![
            any::<String>().prop_map(Value::from), Just(Value::Null), any::<i64>().prop_map(Value::from),
            ("[a-z/_]{0,8}", any::<String>()).prop_map(|(name, value)| serde_json::json!({name: value, "pv_name": "/dev/sdz", "vg_name": 7})),
        ], 0..6), text in any::<String>()) {
            let good = serde_json::json!({"pv_name": "/dev/sda5", "vg_name": "vg0", "vg_uuid": "a-b"});
            let volumes: Vec<Value> = odd.iter().cloned().chain([good]).collect();
            let listing = serde_json::json!({"report": odd.into_iter().chain([serde_json::json!({"pv": volumes})]).collect::<Vec<_>>()});
            let groups = parse(&listing.to_string()).unwrap();
            prop_assert_eq!(groups.of("/dev/sda5").map(|group| group.name.as_str()), Some("vg0"));
            prop_assert_eq!(groups.of("/dev/sdz"), None);
            parse(&text);
        }
    }
}
