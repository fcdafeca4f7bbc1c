//! PEM files of the cases: lists of names, filled with what they name.

use super::Material;

/// Fills a PEM file of a case.
///
/// A line `# NAME` stands for a piece of the material: the lines after it, up to a blank line or the next such line,
/// are replaced by that piece. `# NAME, cut after N lines` leaves out what follows the first N lines. Everything else
/// stays.
///
/// # Errors
///
/// A line that starts with `#` and names nothing.
pub fn fill(text: &str, material: &Material) -> Result<String, String> {
    let mut filled = String::new();
    let mut owned = false;
    for line in text.lines() {
        if let Some(label) = line.strip_prefix('#') {
            owned = true;
            filled.push_str(line);
            filled.push('\n');
            filled.push_str(&piece(label.trim(), material)?);
            continue;
        }
        owned &= !line.trim().is_empty();
        if !owned {
            filled.push_str(line);
            filled.push('\n');
        }
    }
    Ok(filled)
}

fn piece(label: &str, material: &Material) -> Result<String, String> {
    let (name, cut) = match label.split_once(", cut after ") {
        Some((name, lines)) => (name, Some(lines)),
        None => (label, None),
    };
    let pem = material.get(name).ok_or_else(|| format!("`# {label}` names nothing in the tables"))?.pem();
    let Some(cut) = cut else { return Ok(pem) };
    let count: usize = cut
        .strip_suffix(" lines")
        .and_then(|n| n.parse().ok())
        .ok_or_else(|| format!("`# {label}`: how many lines?"))?;
    Ok(pem.split_inclusive('\n').take(count).collect())
}
