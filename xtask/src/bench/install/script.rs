//! What runs in the rescue shell to measure dd; each script's last line is its time in nanoseconds.

/// Writes as many bytes as its argument says, from memory: the image's files, repeated. Zeros would not do, as a disk may take
/// them for holes.
pub const MEMORY: &str = r#"set -eu
mkdir -p /run/benchmem
mountpoint -q /run/benchmem || mount -t tmpfs -o size=90% bench /run/benchmem
while :; do cat /run/firn/medium/firn/*; done 2>/dev/null | head -c "$1" >/run/benchmem/bytes
sync
start=$(date +%s%N)
dd if=/run/benchmem/bytes of=/dev/vda bs=1M conv=fsync
end=$(date +%s%N)
rm /run/benchmem/bytes
echo $((end - start))
"#;

/// Writes the image's files, read from the medium, of which nothing is in memory any more.
pub const MEDIUM: &str = r#"set -eu
sync
echo 3 >/proc/sys/vm/drop_caches
start=$(date +%s%N)
cat /run/firn/medium/firn/* | dd of=/dev/vda bs=1M iflag=fullblock conv=fsync
end=$(date +%s%N)
echo $((end - start))
"#;
