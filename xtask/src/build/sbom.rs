//! The image's bill of materials: dom0's packages and the loaders', the crates in Firn's programs, and Xen.

mod crates;
mod packages;

use super::image;
use crate::bom::{ADVISORIES_TO, Bom, Component, Metadata, SUITE};
use crate::build::xen_source::Source;
use crate::step::Job;
use anyhow::{Context, Result};
use firn_image::Manifest;
use std::fs;
use std::path::Path;
use uuid::Uuid;

/// The time that all files of the image bear, [`crate::EPOCH`].
const TIME: &str = "2026-01-01T00:00:00Z";
/// What of the tools root goes onto disks: the loaders.
const LOADERS: [&str; 2] = ["grub", "shim"];

/// Writes it to `job.out`.
///
/// # Errors
/// When a package list or the crates cannot be read.
pub fn build(job: &Job<'_>, workspace: &Path, suite: &str, xen: &Source) -> Result<()> {
    let manifest = image::manifest(job.output("image")?)?;
    let mut components = packages::of_tree(job.output("dom0-base")?)?;
    let tools = packages::of_tree(job.output("tools-root")?)?;
    components.extend(tools.into_iter().filter(is_loader));
    components.extend(crates::of_programs(workspace)?);
    components.push(xen_part(&manifest, xen));
    let text = serde_json::to_string_pretty(&bom(&manifest, suite, components))? + "\n";
    fs::write(job.out, text).with_context(|| format!("writing {}", job.out.display()))
}

fn is_loader(part: &Component) -> bool {
    LOADERS.iter().any(|start| part.name.starts_with(start))
}

fn xen_part(manifest: &Manifest, source: &Source) -> Component {
    let part = Component::package("generic", "", "xen", &manifest.xen, "");
    let part = part.with("firn:source-sha256", &source.sha256);
    match source.advisories_to {
        Some(number) => part.with(ADVISORIES_TO, number.to_string()),
        None => part,
    }
}

fn bom(manifest: &Manifest, suite: &str, mut components: Vec<Component>) -> Bom {
    components.sort_by(|a, b| a.reference.cmp(&b.reference));
    components.dedup_by(|a, b| a.reference == b.reference);
    let firn = Component {
        kind: "operating-system".into(),
        reference: "firn".into(),
        name: "firn".into(),
        version: manifest.version.clone(),
        ..Component::default()
    };
    let id = Uuid::new_v5(
        &Uuid::NAMESPACE_OID,
        format!("firn {}", manifest.id).as_bytes(),
    );
    Bom {
        bom_format: "CycloneDX".into(),
        spec_version: "1.6".into(),
        serial_number: id.urn().to_string(),
        version: 1,
        metadata: Metadata {
            timestamp: TIME.into(),
            component: firn
                .with(SUITE, suite)
                .with("firn:image", &manifest.id)
                .with("firn:release", manifest.release.to_string()),
        },
        components,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_parts_make_the_same_bytes() {
        let manifest = Manifest {
            version: "0.1.0".into(),
            id: "0123456789abcdef".into(),
            xen: "4.20.4".into(),
            release: 2026120100,
            ..Manifest::default()
        };
        let source = Source {
            path: "xen.tar.xz".into(),
            sha256: "ab".into(),
            advisories_to: Some(523),
            note: None,
        };
        let part = |name| Component::package("cargo", "", name, "1.0.0", "");
        let made = |parts: Vec<Component>| {
            serde_json::to_string_pretty(&bom(&manifest, "trixie", parts)).unwrap()
        };
        let text = made(vec![
            part("b"),
            xen_part(&manifest, &source),
            part("a"),
            part("b"),
        ]);
        assert_eq!(
            text,
            made(vec![part("a"), part("b"), xen_part(&manifest, &source)])
        );
        insta::assert_snapshot!(text);
    }

    #[test]
    fn the_time_is_that_of_the_image() {
        let days = crate::EPOCH.parse::<i64>().unwrap() / 86400;
        // 56 years after 1970, of which 14 had a day more.
        assert_eq!((days, TIME), (56 * 365 + 14, "2026-01-01T00:00:00Z"));
    }
}
