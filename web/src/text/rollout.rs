//! Words for roll-outs.

/// Heading of the picture.
pub const WALK: &str = "The roll-out";
/// Label of the slider.
pub const MOMENT: &str = "Moment";
/// The button that goes to the first moment that is not safe.
pub const FIRST: &str = "Go to the first moment that is not safe";
/// Heading of the matrix.
pub const PAIRS: &str = "Who accepts whom at this moment";
/// Column of the one who presents.
pub const PRESENTS: &str = "presents ↓, validates →";
/// Summary of the table.
pub const TABLE: &str = "Every moment as a table";
/// Columns of the table.
pub const COLUMNS: [&str; 6] = ["When", "What happens", "Connected", "Cut off", "Quorum", "States of the domains"];
/// Heading of the plan.
pub const PLAN: &str = "The shortest safe way";
/// Summary of a step's text.
pub const TEXT: &str = "Settings to copy";
/// Heading of the ways back.
pub const BACK: &str = "Going back";
/// Heading of the losses.
pub const LOSSES: &str = "Who loses access";
/// Heading of the check before a roll-out.
pub const GATES: &str = "The check before";
/// Heading of what the deployer makes of it.
pub const DEPLOYER: &str = "The deployer of standalone clusters";
/// Its steps.
pub const ITS_STEPS: &str = "It would make these steps:";
/// Its refusals.
pub const REFUSES: &str = "It refuses the update:";
/// A pair without nodes.
pub const NO_PAIR: &str = "no such pair";
/// A class that has not searched its store again.
pub const STALE: &str = "not searched again yet";
/// Heading of what nodes can't load.
pub const CLOSED: &str = "Nodes without a usable certificate";
/// Heading of what is logged.
pub const LOGS: &str = "What the nodes log";

/// "3 nodes".
pub fn nodes(number: u32) -> String {
    if number == 1 { "1 node".to_owned() } else { format!("{number} nodes") }
}

/// "4 of 5 seed nodes".
pub fn quorum(connected: u32, seeds: u32) -> String {
    format!("{connected} of {seeds}")
}

/// "roll-out 2, UD0 done".
pub fn happens(roll_out: u32, label: &str) -> String {
    format!("roll-out {roll_out}, {label}")
}

/// "back from settings 2 to 0".
pub fn back(from: u32, to: u32, unfinished: bool) -> String {
    let half = if unfinished { ", half way" } else { "" };
    format!("From settings {from} to {to}{half}")
}

/// "Step 1: accept the new certificate".
pub fn step(number: usize, title: &str) -> String {
    format!("{number}. {title}")
}
