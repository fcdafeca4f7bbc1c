//! Messages of the core, cut for showing.

/// A part of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part<'a> {
    /// Words.
    Words(&'a str),
    /// What stood between back-ticks: a stranger's text, a name, a value.
    Code(&'a str),
}

/// The parts of a message. A back-tick without its partner is shown as it is.
pub fn parts(message: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut rest = message;
    while let Some((before, after)) = rest.split_once('`') {
        let Some((code, after)) = after.split_once('`') else { break };
        if !before.is_empty() {
            parts.push(Part::Words(before));
        }
        parts.push(Part::Code(code));
        rest = after;
    }
    if !rest.is_empty() {
        parts.push(Part::Words(rest));
    }
    parts
}

/// A message as a sentence of its own: the first letter large, unless the message begins with code.
pub fn sentence(message: &str) -> String {
    let mut characters = message.chars();
    match characters.next() {
        Some(first) => first.to_uppercase().chain(characters).collect(),
        None => String::new(),
    }
}

/// The values, each once, in the order in which they come first.
pub fn each_once<T: PartialEq>(values: impl Iterator<Item = T>) -> Vec<T> {
    let mut found = Vec::new();
    for value in values {
        if !found.contains(&value) {
            found.push(value);
        }
    }
    found
}

/// A thumbprint in groups of four, as it is read out: "A1B2 C3D4".
pub fn grouped(hexadecimal: &str) -> String {
    let mut grouped = String::with_capacity(hexadecimal.len() + hexadecimal.len() / 4);
    for (at, digit) in hexadecimal.chars().enumerate() {
        if at > 0 && at % 4 == 0 {
            grouped.push(' ');
        }
        grouped.extend(digit.to_uppercase());
    }
    grouped
}

/// A long name in parts between which it may be broken: after punctuation and where a small letter meets a large one.
pub fn humps(name: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut start = 0;
    let mut before = ' ';
    for (at, character) in name.char_indices() {
        let after_mark = matches!(before, '.' | '-' | '/' | '_' | ',' | ':') && !character.is_ascii_digit();
        if at > start && (after_mark || (before.is_lowercase() && character.is_uppercase())) {
            parts.extend(name.get(start..at));
            start = at;
        }
        before = character;
    }
    parts.extend(name.get(start..).filter(|rest| !rest.is_empty()));
    parts
}

/// A count with its noun, in English: "1 line", "2 lines".
pub fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// A size in bytes as people read it.
pub fn size(bytes: u32) -> String {
    match bytes {
        0..1_000 => format!("{bytes} B"),
        1_000..1_000_000 => format!("{}.{} kB", bytes / 1_000, bytes % 1_000 / 100),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_cut_at_back_ticks() {
        assert_eq!(
            parts("expected `a`, found `b c`"),
            [Part::Words("expected "), Part::Code("a"), Part::Words(", found "), Part::Code("b c")]
        );
        assert_eq!(parts("one ` alone"), [Part::Words("one ` alone")]);
        assert_eq!(parts(""), []);
    }

    #[test]
    fn numbers_and_names_are_readable() {
        assert_eq!(each_once([2, 1, 2, 3, 1].into_iter()), [2, 1, 3]);
        assert_eq!(grouped("a1b2c3d4e5"), "A1B2 C3D4 E5");
        assert_eq!(sentence("the list is refused"), "The list is refused");
        assert_eq!(sentence("`x` is not"), "`x` is not");
        assert_eq!(humps("ClusterCertThumbprints"), ["Cluster", "Cert", "Thumbprints"]);
        assert_eq!(humps("node1.cluster.example"), ["node1.", "cluster.", "example"]);
        assert_eq!(humps(""), [""; 0]);
        assert_eq!(size(5_240), "5.2 kB");
        assert_eq!(count(1, "line", "lines"), "1 line");
    }
}
