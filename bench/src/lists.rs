//! A long list of identifiers, as CSV: made, and judged.

use admit_core::session::{Policy, Subject};
use admit_core::{Answer, Case, Evaluator, Question, Sessions, Time, Trust, Verdict};

/// Rows of the list.
pub const ROWS: u32 = 100_000;

/// A list of `rows` rows: random identifiers with their users, conversations and times. With `uuid` they are UUIDs of
/// version 4, one a line, and nothing else. The same every time.
pub fn list(rows: u32, uuid: bool) -> String {
    let mut text = String::from(if uuid { "" } else { "identifier,user,conversation,time\n" });
    // splitmix64: nothing here has to be secret.
    let mut state = 0x0123_4567_89ab_cdef_u64;
    let mut next = || {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    };
    for row in 0..rows {
        let (high, low) = (next(), next());
        if uuid {
            let (third, fourth) = (0x4000 | (high & 0xfff), 0x8000 | (low >> 50));
            let (first, second) = (high >> 32, (high >> 16) & 0xffff);
            text.push_str(&format!(
                "{first:08x}-{second:04x}-{third:04x}-{fourth:04x}-{:012x}\n",
                low & 0xffff_ffff_ffff
            ));
        } else {
            let (day, second) = (1 + row % 20, row % 86_400);
            let (hours, minutes, seconds) = (second / 3600, second / 60 % 60, second % 60);
            text.push_str(&format!(
                "{high:016x}{low:016x},user-{row},c-{row},2026-11-{day:02}T{hours:02}:{minutes:02}:{seconds:02}Z\n"
            ));
        }
    }
    text
}

/// How many rows of a list are judged, and whether it is admitted.
pub fn judge(list: String) -> (u32, bool) {
    let subject = Subject { identifiers: list, ..Subject::default() };
    let question = Question::Session(Policy::default(), subject);
    let at = "2026-11-22T00:00:00Z".parse::<Time>().unwrap_or(Time::from_unix(0));
    let case = Case { title: None, teaches: None, at, question, trust: Trust::default(), expect: Vec::new() };
    let report = Evaluator::<Sessions>::default().evaluate(&case);
    let Answer::Session(answer) = &report.answer else { return (0, false) };
    (answer.batch.as_ref().map_or(0, |batch| batch.rows), report.verdict == Verdict::Admitted)
}
