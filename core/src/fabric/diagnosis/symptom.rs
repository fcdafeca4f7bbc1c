//! What someone sees without a code.

use serde::{Deserialize, Serialize};

/// A symptom of the article's list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Symptom {
    /// Nodes don't come up, or come up and go down again.
    NodesDown,
    /// Attempts to connect are refused.
    ConnectionsRefused,
    /// Attempts to connect time out.
    ConnectionsTimeOut,
    /// Nodes exchange messages, but can't join.
    CannotJoin,
    /// A node is up, but hears nobody, and nobody hears it.
    HearsNobody,
}

/// Which part of authentication fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    /// The other side doesn't accept what is presented.
    Accepting,
    /// The node can't load what it is to present.
    Loading,
    /// The settings can't be read, so that nothing opens.
    Opening,
}

impl Symptom {
    /// Whether a fault of this side shows in this way. The article says that any symptom may have several causes; two of
    /// them point to one side.
    pub(super) const fn shows(self, side: Side) -> bool {
        match self {
            Self::CannotJoin => matches!(side, Side::Accepting),
            Self::HearsNobody => matches!(side, Side::Loading),
            Self::NodesDown | Self::ConnectionsRefused | Self::ConnectionsTimeOut => true,
        }
    }
}
