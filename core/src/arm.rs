//! Templates of Azure Resource Manager: the values of expressions, as far as the template tells them, and its resources.
//!
//! Reference: Azure Resource Manager, "Understand the structure and syntax of ARM templates".

mod expression;
mod function;
pub(crate) mod resources;
pub(crate) mod scope;
pub(crate) mod setting;
