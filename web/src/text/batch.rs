//! Words for identifiers together.

use admit_core::session::{Bits, Check, Summary};

use super::session::bits;
use crate::heat::Stretch;
use crate::prose::count;

/// Heading.
pub const TOGETHER: &str = "Identifiers together";
/// The table of checks, its caption.
pub const CHECKS: &str = "What was looked for";
/// First column.
pub const LOOKED_FOR: &str = "Looked for";
/// Second column.
pub const FOUND: &str = "Found";
/// The table of rows, its caption.
pub const ROWS: &str = "Row by row";
/// Its columns.
pub const IDENTIFIER: &str = "Identifier";
/// Whose.
pub const WHOSE: &str = "Whose";
/// When.
pub const SEEN: &str = "Seen";
/// How strong.
pub const BITS: &str = "Bits";
/// The heat map.
pub const PLACES: &str = "How much each place varies";
/// What its colours mean.
pub const SCALE: &str = "From the same in all (dashed) to the most that varies here (dark).";
/// A check for which the list or the policy tells too little.
pub const NOT_LOOKED: &str = "Not looked for, since list and policy do not say enough";
/// Nothing was found.
pub const NONE: &str = "none";

/// The rows in a sentence.
pub fn summary(summary: &Summary) -> String {
    let number = |number: u32| usize::try_from(number).unwrap_or(usize::MAX);
    let mut sentence =
        format!("{}, {} of them different", count(number(summary.rows), "row", "rows"), summary.distinct);
    if summary.users > 0 {
        sentence.push_str(&format!(", of {}", count(number(summary.users), "user", "users")));
    }
    if summary.conversations > 0 {
        let conversations = count(number(summary.conversations), "conversation", "conversations");
        sentence.push_str(&format!(", for {conversations}"));
    }
    sentence.push_str(&match (summary.common_prefix, summary.common_suffix) {
        (0, 0) => ". They share no beginning and no end.".to_owned(),
        (start, 0) => format!(". They begin with the same {}.", count(number(start), "byte", "bytes")),
        (0, end) => format!(". They end in the same {}.", count(number(end), "byte", "bytes")),
        (start, end) => format!(
            ". They begin with the same {} and end in the same {}.",
            count(number(start), "byte", "bytes"),
            count(number(end), "byte", "bytes")
        ),
    });
    sentence
}

/// What a check looks for.
pub fn check(check: &Check) -> &str {
    match check.rule.as_ref() {
        "identifiers-duplicated" => "the same identifier twice",
        "identifier-shared-by-users" => "one identifier for two users",
        "identifier-shared-by-conversations" => "one identifier for two conversations",
        "user-has-many-identifiers" => "several identifiers of one user or conversation",
        "identifier-is-the-user" => "identifiers that hold the user’s own name",
        "identifiers-differ-by-case" => "identifiers that differ by case only",
        "identifiers-equal-after-normalisation" => "identifiers that the application makes equal",
        "identifiers-collide-on-the-wire" => "identifiers that are one on the wire",
        "identifiers-in-sequence" => "identifiers that count",
        "identifiers-share-a-beginning" => "a beginning that all share",
        "identifiers-vary-too-little" => "too few places that vary",
        "identifier-outlives-rotation" => "identifiers that are used for longer than the rotation",
        "identifier-older-than-rotation" => "identifiers that were made before the rotation",
        "mapping-outlives-session" => "identifiers whose sessions have ended",
        "identifiers-in-burst" => "many new identifiers within a minute",
        other => other,
    }
}

/// Places that vary alike.
pub fn stretch(stretch: &Stretch) -> String {
    let places = match (stretch.from, stretch.to) {
        (from, to) if from == to => format!("Place {from}"),
        (from, to) => format!("Places {from} to {to}"),
    };
    let range = |least: Bits, most: Bits| match (bits(least), bits(most)) {
        (least, most) if least == most => format!("{least} bits"),
        (least, most) => format!("{least} to {most} bits"),
    };
    match stretch.step {
        0 => format!("{places}: the same in all"),
        _ => format!("{places}: {}", range(stretch.least, stretch.most)),
    }
}

/// How many rows are not shown.
pub fn not_shown(shown: usize, rows: u32) -> String {
    format!("{shown} of {rows} rows are shown.")
}
