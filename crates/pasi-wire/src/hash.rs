//! The hash of what a client holds of one kind of record (`IsDataAvailable`).

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use md5::{Digest as _, Md5};

/// MD5 over the pairs, in Base64.
///
/// Pairs are sorted by id in lower case, written `id:version`, joined by `;`
/// in UTF-8. Both sides call this function; what the province hashes is not
/// published (assumption `version-hash`).
pub fn version_hash<I, S>(pairs: I) -> String
where
    I: IntoIterator<Item = (S, i64)>,
    S: AsRef<str>,
{
    let mut sorted: Vec<(String, i64)> = pairs
        .into_iter()
        .map(|(id, version)| (id.as_ref().to_lowercase(), version))
        .collect();
    sorted.sort_unstable();
    let mut md5 = Md5::new();
    for (at, (id, version)) in sorted.iter().enumerate() {
        if at > 0 {
            md5.update(b";");
        }
        md5.update(id.as_bytes());
        md5.update(b":");
        md5.update(version.to_string().as_bytes());
    }
    BASE64_STANDARD.encode(md5.finalize())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_depends_on_what_is_held_and_not_on_its_order() {
        let held = [("999044182", 234_987), ("100000001", 5)];
        assert_eq!(version_hash(held), version_hash([held[1], held[0]]));
        assert_eq!(version_hash([("AB", 1)]), version_hash([("ab", 1)]));
        assert_ne!(
            version_hash(held),
            version_hash([("999044182", 234_988), ("100000001", 5)])
        );
        assert_ne!(version_hash(held), version_hash([("999044182", 234_987)]));
    }

    #[test]
    fn the_hash_is_md5_in_base64_of_pairs_joined_by_semicolons() {
        // printf '' | md5sum; printf 'a:1;b:2' | md5sum
        assert_eq!(
            version_hash(Vec::<(&str, i64)>::new()),
            "1B2M2Y8AsgTpgAmY7PhCfg=="
        );
        assert_eq!(version_hash([("b", 2), ("A", 1)]), "sbaMGghIP5OrfE/0us2VwA==");
    }
}
