//! What work that goes on later cannot stand beside: the order of a FIFO queue.

use crate::App;
use crate::problem::Problems;
use crate::resource::Settings;
use crate::resume::FIFO;
use crate::source::Trigger;

pub(super) fn check(app: &App, problems: &mut Problems) {
    for (place, trigger) in app.triggers() {
        let Trigger::Sqs(sqs) = trigger else { continue };
        if app.functions[place.function].resume.is_none() {
            continue;
        }
        let queue = sqs.queue.declared().and_then(|ident| app.resource(ident));
        if let Some(Settings::Queue(queue)) = queue.map(|it| &it.settings)
            && queue.fifo
        {
            place.key("queue", problems, FIFO.0.to_owned()).help(FIFO.1);
        }
    }
}
