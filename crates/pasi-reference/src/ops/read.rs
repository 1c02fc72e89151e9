//! Reading lists of records with the versions the client expects.

use crate::access::Caller;
use crate::store::World;

/// What a read looks at.
pub(super) struct View<'a> {
    pub(super) world: &'a World,
    pub(super) by: &'a Caller,
    /// Newest version this node knows.
    pub(super) node: i64,
}

impl View<'_> {
    /// Answers in the order asked. An expected version that is neither 0 nor
    /// the held one ends the list there: the node may lag behind the one that
    /// told the client, so the client asks again what is new.
    ///
    /// `find` gives the held version (0 for none) and the result.
    pub(super) fn list<Asked, Found>(
        &self,
        asked: &[Asked],
        expected: impl Fn(&Asked) -> i64,
        find: impl Fn(&Asked) -> (i64, Found),
    ) -> Vec<Found> {
        let mut results = Vec::with_capacity(asked.len());
        for one in asked {
            let (held, found) = find(one);
            let wanted = expected(one);
            if wanted != 0 && (wanted != held || wanted > self.node) {
                break;
            }
            results.push(found);
        }
        results
    }
}
