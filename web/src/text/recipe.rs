//! Words for making an identifier.

use admit_core::session::{KEY_BYTES, Underivable};

/// Heading.
pub const MAKE: &str = "Make an identifier";
/// What is made.
pub const ABOUT: &str = "64 hexadecimal digits: in both published rules, the same under every encoding and in any case. \
                         Keep it beside its owner, on the server.";
/// The button that draws one.
pub const DRAW: &str = "Draw one at random";
/// Heading of the derivation.
pub const DERIVE: &str = "Or derive it, where nothing can be stored";
/// How it is derived.
pub const HOW: &str = "HMAC-SHA-256 with a key that only the server has, over tenant, user and conversation. The user is \
                       always the one that was authenticated; a conversation is only an addition.";
/// Fields.
pub const TENANT: &str = "Tenant";
/// The user.
pub const USER: &str = "User";
/// The conversation.
pub const CONVERSATION: &str = "Conversation";
/// The key.
pub const KEY: &str = "Server key";
/// What the key has to be.
pub const KEY_HINT: &str = "64 or more hexadecimal digits";
/// The button that draws a key.
pub const DRAW_KEY: &str = "Draw a key";
/// What becomes of the key.
pub const KEY_STAYS: &str = "The key is in no case and in no storage: it is gone when this page is.";
/// What was made.
pub const MADE: &str = "Identifier";
/// The button that puts it into the case.
pub const JUDGE: &str = "Judge it";
/// Heading of the code.
pub const CODE: &str = "Code";
/// Label of the choice of a language.
pub const LANGUAGE: &str = "Language";
/// Label of code that draws.
pub const RANDOM: &str = "at random";
/// Label of code that derives.
pub const DERIVED: &str = "derived";
/// The browser has no random source.
pub const NO_SOURCE: &str = "This browser gives no random bytes here.";

/// Why nothing is derived.
pub fn underivable(why: Underivable) -> String {
    match why {
        Underivable::NoUser => "A user is needed: without one, a caller could choose another’s session.".to_owned(),
        Underivable::ShortKey => format!("A key of at least {KEY_BYTES} bytes is needed, in hexadecimal."),
        Underivable::Zero => "A part holds U+0000, which joins the parts.".to_owned(),
    }
}
