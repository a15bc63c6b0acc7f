use super::*;
use std::collections::BTreeSet;

/// `get /v1/answers`, one for each operation.
fn described() -> BTreeSet<String> {
    let text = include_str!("../../../docs/netboot-api.yaml");
    let document = &yaml_rust2::YamlLoader::load_from_str(text).unwrap()[0];
    assert_eq!(document["openapi"].as_str(), Some("3.1.0"));
    let mut all = BTreeSet::new();
    for (path, operations) in document["paths"].as_hash().unwrap() {
        for (method, operation) in operations.as_hash().unwrap() {
            let name = format!("{} {}", method.as_str().unwrap(), path.as_str().unwrap());
            assert!(
                !operation["responses"].is_badvalue(),
                "{name} has no responses"
            );
            all.insert(name);
        }
    }
    all
}

#[test]
fn every_route_is_described_and_no_other() {
    let mut served: BTreeSet<String> = routes()
        .iter()
        .flat_map(|(methods, path, _)| methods.iter().map(move |method| format!("{method} {path}")))
        .collect();
    served.insert("get /{file}".into());
    served.insert("head /{file}".into());
    assert_eq!(served, described());
}
