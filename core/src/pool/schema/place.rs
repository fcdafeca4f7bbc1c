//! Where a property belongs.

use super::{Property, RESOURCE, Shape};

/// Where a property of this name belongs: its path, and the property. Names are compared in any case.
pub(in crate::pool) fn place_of(name: &str) -> Option<(alloc::string::String, &'static Property)> {
    fn inside(shape: &'static Shape) -> &'static [Property] {
        match shape {
            Shape::Object(properties) => properties,
            Shape::List(shape) => inside(shape),
            _ => &[],
        }
    }
    // The tables are a tree of five levels.
    fn search(of: &'static [Property], path: &str, name: &str) -> Option<(alloc::string::String, &'static Property)> {
        let join = |property: &Property| {
            if path.is_empty() { property.name.into() } else { alloc::format!("{path}.{}", property.name) }
        };
        let here = of.iter().find(|property| property.name.eq_ignore_ascii_case(name));
        here.map(|property| (join(property), property))
            .or_else(|| of.iter().find_map(|property| search(inside(&property.shape), &join(property), name)))
    }
    // These stand in several places, so that their name alone does not tell which is meant.
    let common = ["name", "value", "type", "status", "identity", "host", "path", "port", "server"];
    if common.iter().any(|common| common.eq_ignore_ascii_case(name)) { None } else { search(RESOURCE, "", name) }
}
