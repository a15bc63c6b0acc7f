//! Compiles Xen, the hypervisor and its tools, inside the build root.

use crate::recipe::Xen;
use crate::step::Job;
use anyhow::{Context, Result};

/// Always the same place, so that no path of the build host gets into a binary.
const FOLDER: &str = "/build/xen";

/// Makes a folder with `xen.gz`, `version`, and `root/`, the tools as they are to be laid over dom0's root.
///
/// # Errors
/// When the compile fails; the log has all of it.
pub fn build(job: &Job<'_>, recipe: &Xen) -> Result<()> {
    let out = job.out;
    std::fs::create_dir(out).with_context(|| format!("making {}", out.display()))?;
    let source = job.output("xen-source")?;
    let room = job.room("build-root")?;
    room.run("sh", ["-euxc", &script(recipe), "build"])
        .args([source, out].map(|path| room.inside(path)))
        .env("XEN_BUILD_DATE", "1970-01-01")
        .env("XEN_BUILD_TIME", "00:00:00")
        .env("XEN_BUILD_HOST", "firn")
        .env("XEN_WHOAMI", "firn")
        .env("XEN_DOMAIN", "firn")
        .env("SOURCE_DATE_EPOCH", crate::EPOCH)
        .log_to(job.log)
        .run()?;
    Ok(())
}

fn script(recipe: &Xen) -> String {
    let config = recipe.config.join("\n");
    let configure = recipe.configure.join(" ");
    let prune: String = recipe
        .prune
        .iter()
        .map(|p| format!("rm -rf {p}\n"))
        .collect();
    format!(
        r#"rm -rf {FOLDER}; mkdir -p {FOLDER}; cd {FOLDER}
tar -x --strip-components=1 -f "$1"
./configure {configure}
cat >xen/.config <<'END'
{config}
END
make -C xen olddefconfig
jobs=$(nproc)
make -j"$jobs" dist-xen debug=n
make -j"$jobs" dist-tools debug=n
cp xen/xen.gz "$2/xen.gz"
make --silent --no-print-directory -C xen xenversion >"$2/version"
cp xen/.config "$2/xen.config"
mkdir "$2/licenses"; cp COPYING "$2/licenses/xen-COPYING"
mv dist/install "$2/root"; cd "$2/root"
rm -rf boot; {prune}
find . -type f -exec sh -c 'file=$1; head -c4 "$file" | grep -q ELF && strip --strip-unneeded "$file" || true' strip {{}} \;
rm -rf {FOLDER}
"#
    )
}
