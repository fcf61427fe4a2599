//! The nested stacks of an application whose functions are divided among several stacks.
// See decision 0131.

use skylift_model::aws::node::Map;
use skylift_syntax::handoff::{self, layout};

/// The beginning of the logical ids of nested stacks. Their number follows.
const ID: &str = "FunctionStack";

/// A nested stack, as the stack of the application declares it.
#[derive(Debug)]
pub(crate) struct NestedStack {
    /// The number of the stack, below [`layout::NESTED_STACKS`].
    pub(crate) number: usize,
    /// The values of the nested stack's parameters, without the code parameters.
    pub(crate) arguments: Map,
    /// The names of the code parameters that the nested stack takes.
    pub(crate) code_parameters: Vec<String>,
    /// The ids of resources that must exist before the nested stack, apart from those that `arguments` refers to.
    pub(crate) depends_on: Vec<String>,
}

impl NestedStack {
    /// Returns the logical id of the stack with this number.
    pub(crate) fn id(number: usize) -> String {
        format!("{ID}{number}")
    }
}

/// Returns the number of the nested stack that has the function with this logical id. It depends on the id alone, so
/// that a new function moves no other function.
pub(crate) fn stack_number(id: &str) -> usize {
    // The hash alone does not divide ids evenly that differ in their last characters: this mixes its bits.
    let mut hash = handoff::hash_text(id);
    hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    hash ^= hash >> 31;
    // The remainder is below the number of stacks.
    usize::try_from(hash % layout::NESTED_STACKS as u64).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_of_a_stack_depends_on_the_functions_id_alone() {
        // These numbers must never change: a function would move to another stack, and be replaced.
        let numbers = ["TakeOrder", "Resize", "Report", "A", "B"].map(stack_number);
        assert_eq!(numbers, [2, 3, 1, 14, 3]);
    }

    #[test]
    fn functions_are_divided_evenly() {
        let mut sizes = [0; layout::NESTED_STACKS];
        (0..1_600).for_each(|number| sizes[stack_number(&format!("Handle{number}"))] += 1);
        let (least, most) = (sizes.iter().min().unwrap(), sizes.iter().max().unwrap());
        assert!(*least > 70 && *most < 130, "{sizes:?}");
    }
}
