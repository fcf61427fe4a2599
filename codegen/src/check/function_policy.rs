//! Checks the size of the functions' resource policies. Each trigger adds a statement. Reports a function whose policy
//! is too large for Lambda in every stack, at the function.

use skylift_model::aws::limits;
use skylift_model::problem::{ItemIndex, PlaceInItem, Problems};

use crate::lower::function_policy::{AssumedNames, policy_bytes};
use crate::messages;
use crate::stack::Stack;

/// Reports the functions whose resource policy is too large.
pub(super) fn check_function_policies(stack: &Stack, problems: &mut Problems) {
    for (index, function) in stack.functions.iter().enumerate() {
        let (bytes, most) =
            (policy_bytes(function, AssumedNames::Shortest), limits::FUNCTION_POLICY_BYTES);
        if bytes > most {
            let message = messages::function_policy_too_large(bytes, most);
            problems.push(ItemIndex::Function(index), PlaceInItem::Name, message);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::overlay::Overlay;
    use crate::testing::assemble_unchecked;

    #[test]
    fn a_function_has_no_more_triggers_than_its_policy_has_room_for() {
        let problems = |schedules: usize| {
            let schedules = "schedule = \"rate(1 day)\", ".repeat(schedules);
            let source = format!(
                "#[function({schedules})]\nasync fn take() -> Result<(), Error> {{ Ok(()) }}"
            );
            let assembled = assemble_unchecked(&source, &Overlay::default());
            let notes = assembled.notes.iter().flat_map(|(_, note)| &note.problems);
            notes.map(|it| it.message.text.clone()).collect::<Vec<_>>()
        };
        assert_eq!(problems(40), [""; 0]);
        let found = problems(70);
        let [problem] = found.as_slice() else { panic!("{found:?}") };
        assert!(
            problem.starts_with("the resource policy of this function would have "),
            "{problem}"
        );
        assert!(problem.ends_with(" bytes, Lambda takes 20480"), "{problem}");
    }
}
