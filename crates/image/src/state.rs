//! Where things lie on an installed host's state that more than one program knows.

/// The mounted volume of a store of files.
pub const GUESTS: &str = "/var/lib/firn/guests";
/// What was rendered from the settings, and the id of the image that has rendered it: `image` in an object of JSON.
pub const RENDERED: &str = "/var/lib/firn/rendered.json";
/// The hash of root's password, and nothing else. `/etc/shadow` is made from the image's and from this.
pub const ROOT_HASH: &str = "/var/lib/firn/access/root";
