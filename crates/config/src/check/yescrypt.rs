//! The parameters and the salt of a yescrypt hash, as libxcrypt decodes them.

use super::password_hash::{Fault, digit, is_sum};

/// The only flavour of the read-write mode that libxcrypt is built for.
const RW_FLAVOR: u32 = 2 + (0xb4 >> 2);
/// Memory in bytes that a login may take: the smallest host's dom0 has 512 MiB. `mkpasswd`'s cost 9 is a block over 256 MiB.
const MOST_MEMORY: u64 = 257 << 20;
/// Bytes beside the blocks, for each of p.
const S_BOXES: u64 = 12 << 10;
/// Bytes that a login may work through in all: a few seconds of a slow processor.
const MOST_WORK: u64 = 1 << 30;
/// Bytes of the longest salt.
const MOST_SALT: usize = 64;

/// What the first field says.
struct Params {
    flavor: u32,
    log2_n: u32,
    r: u32,
    p: u32,
    t: u32,
}

/// Checks what stands behind `$y$`.
pub(super) fn check(text: &str) -> Result<(), Fault> {
    let fields: Vec<&str> = text.split('$').collect();
    let [params, salt, sum] = fields.as_slice() else {
        return Err(Fault::Broken);
    };
    let params = read(params.as_bytes()).ok_or(Fault::Parameters)?;
    if !params.are_possible() || !is_salt(salt) {
        return Err(Fault::Parameters);
    }
    if !is_sum(sum, 32) {
        return Err(Fault::Broken);
    }
    if !params.are_bearable() {
        return Err(Fault::Costly);
    }
    Ok(())
}

fn read(text: &[u8]) -> Option<Params> {
    let mut rest = text;
    let mut params = Params {
        flavor: number(&mut rest, 0)?,
        log2_n: number(&mut rest, 1)?,
        r: number(&mut rest, 1)?,
        p: 1,
        t: 0,
    };
    if rest.is_empty() {
        return Some(params);
    }
    let have = number(&mut rest, 1)?;
    if have & 1 != 0 {
        params.p = number(&mut rest, 2)?;
    }
    if have & 2 != 0 {
        params.t = number(&mut rest, 1)?;
    }
    // 4 is a count of upgrades, 8 the size of a ROM: libxcrypt refuses what has one.
    (have & 12 == 0 && rest.is_empty()).then_some(params)
}

/// One number in the form of variable length; the first digit says how many follow.
fn number(rest: &mut &[u8], least: u32) -> Option<u32> {
    let mut next = || {
        let (first, behind) = rest.split_first()?;
        *rest = behind;
        digit(*first).map(u64::from)
    };
    let first = next()?;
    let (mut start, mut end, mut bits, mut value) = (0, 47, 0, u64::from(least));
    while first > end {
        value += (end + 1 - start) << bits;
        start = end + 1;
        end = start + (62 - end) / 2;
        bits += 6;
    }
    value += (first - start) << bits;
    while bits > 0 {
        bits -= 6;
        value += next()? << bits;
    }
    u32::try_from(value).ok()
}

impl Params {
    /// Whether libxcrypt computes with them at all.
    fn are_possible(&self) -> bool {
        let n = 1u64.checked_shl(self.log2_n).unwrap_or(0);
        let (r, p) = (u64::from(self.r), u64::from(self.p));
        let mode = match self.flavor {
            0 => self.t == 0,
            1 => true,
            RW_FLAVOR => n / p > 3,
            _ => false,
        };
        mode && (2..=31).contains(&self.log2_n) && r * p < 1 << 30
    }

    /// Whether a host can afford them at every login.
    fn are_bearable(&self) -> bool {
        let (block, p) = (128 * u64::from(self.r), u64::from(self.p));
        let memory = block.saturating_mul((1 << self.log2_n) + p);
        let memory = memory.saturating_add(p * S_BOXES);
        // Read-write divides the work by p, the older modes do it p times.
        let times = if self.flavor == RW_FLAVOR { 1 } else { p };
        let work = memory.saturating_mul((u64::from(self.t) + 1).saturating_mul(times));
        memory <= MOST_MEMORY && work <= MOST_WORK
    }
}

/// A salt is the base64 of whole bytes, in groups of three; a last group that is too short or has bits too many is
/// refused by libxcrypt.
fn is_salt(text: &str) -> bool {
    let bytes = text.len() * 6 / 8;
    !text.is_empty() && bytes <= MOST_SALT && text.len() % 4 != 1 && is_sum(text, bytes)
}
