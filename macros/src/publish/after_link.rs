//! Runs a function after rustc has linked the binary.
//!
//! rustc expands macros on the thread that compiles the crate, and that thread also runs the linker. When the
//! thread ends, it drops its thread-local values. So a thread-local value is dropped after the linker has
//! finished, or after the compilation has failed, and before Cargo continues. If the process is killed, the
//! function does not run.
// See decision 0006.

use std::cell::RefCell;

use skylift_model::message::Message;

use super::report::report_error;

thread_local! {
    /// The function to run when the thread of this compilation ends.
    static AFTER_LINK: RefCell<Option<AfterLink>> = const { RefCell::new(None) };
}

/// A function that runs when this value is dropped.
struct AfterLink(Option<Box<dyn FnOnce() -> Result<(), Message>>>);

/// Runs a function when the thread of this compilation ends. The function runs after a failed compilation too. If
/// it returns an error, rustc prints the error and fails, and so does Cargo.
pub(super) fn run_after_link(function: impl FnOnce() -> Result<(), Message> + 'static) {
    let after_link = AfterLink(Some(Box::new(function)));
    AFTER_LINK.with(|slot| *slot.borrow_mut() = Some(after_link));
}

impl Drop for AfterLink {
    fn drop(&mut self) {
        let Some(function) = self.0.take() else { return };
        if let Err(message) = function() {
            report_error(&message);
            // rustc has nothing left to do. Only the exit code tells Cargo that the build failed.
            std::process::exit(1);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    #[test]
    fn the_function_runs_when_the_thread_ends() {
        let (sender, receiver) = mpsc::channel();
        let at_end = sender.clone();
        let thread = std::thread::spawn(move || {
            run_after_link(move || {
                let _ = at_end.send("end of the thread");
                Ok(())
            });
            let _ = sender.send("macro");
        });
        thread.join().unwrap();
        assert_eq!(receiver.iter().collect::<Vec<_>>(), ["macro", "end of the thread"]);
    }
}
