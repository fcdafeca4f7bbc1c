//! Running vectors: several at a time, each for a bounded time.

use std::sync::Mutex;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

/// What one vector may take, on a host that is busy with others.
const LIMIT: Duration = Duration::from_secs(5);

/// The result of `work`, done in a thread of its own.
///
/// # Errors
///
/// It panicked, or it took longer than five seconds; its thread is then left to itself.
pub(super) fn within<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, String> {
    let (sender, receiver) = mpsc::channel();
    // Nobody listens any more once the time is over.
    thread::spawn(move || drop(sender.send(work())));
    receiver.recv_timeout(LIMIT).map_err(|error| match error {
        RecvTimeoutError::Timeout => format!("no answer within {} s", LIMIT.as_secs()),
        RecvTimeoutError::Disconnected => "a panic".to_owned(),
    })
}

/// Does the same with every item, on as many threads as there are processors; results in the items' order.
pub(super) fn each<I: Sync, T: Send>(items: &[I], work: impl Fn(&I) -> T + Sync) -> Vec<T> {
    let queue = Mutex::new(items.iter().enumerate());
    let results = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                loop {
                    let next = queue.lock().expect("no work is done while it is locked").next();
                    let Some((place, item)) = next else { break };
                    let result = work(item);
                    results.lock().expect("no work is done while it is locked").push((place, result));
                }
            });
        }
    });
    let mut results = results.into_inner().expect("no work is done while it is locked");
    results.sort_by_key(|(place, _)| *place);
    results.into_iter().map(|(_, result)| result).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_told_apart_from_an_answer() {
        assert_eq!(within(|| 1), Ok(1));
        assert_eq!(within(|| -> u32 { panic!("on purpose") }), Err("a panic".to_owned()));
    }

    #[test]
    fn results_are_in_order() {
        let items: Vec<u32> = (0..100).collect();
        assert_eq!(each(&items, |item| item * 2), items.iter().map(|item| item * 2).collect::<Vec<_>>());
    }
}
