//! The matrix of kind `peer` in plain text: certificates by role.

use admit_core::fabric::{Answer, Cell, Connection, Role};

use crate::paint::{Paint, Tone, of_verdict, word};

/// A connection and its roles.
struct Group {
    connection: Connection,
    roles: &'static [Role],
    /// The roles in words, each as wide as its column. All words are ASCII.
    heads: Vec<String>,
    /// The width of the columns together.
    width: usize,
}

impl Group {
    fn new(connection: Connection, in_effect: bool) -> Self {
        let roles = connection.roles(in_effect);
        let mut heads: Vec<String> = roles.iter().map(word).collect();
        let width = heads.join("  ").len();
        // The name of a connection that is longer than its roles widens the last column.
        let more = word(&connection).len().saturating_sub(width);
        if let Some(last) = heads.last_mut() {
            last.push_str(&" ".repeat(more));
        }
        Self { connection, roles, heads, width: width + more }
    }
}

/// Writes the matrix: a row for each certificate, a column for each role of each connection. One certificate needs none.
pub(crate) fn render(out: &mut String, answer: &Answer, paint: Paint) {
    let mut numbers: Vec<u32> = answer.cells.iter().map(|cell| cell.certificate).collect();
    numbers.dedup();
    let Some(largest) = numbers.last().filter(|_| numbers.len() > 1) else { return };
    let margin = label(*largest).len();
    let has_cell = |connection: &Connection| answer.cells.iter().any(|cell| cell.connection == *connection);
    let connections = Connection::ALL.into_iter().filter(has_cell);
    let groups: Vec<Group> = connections.map(|connection| Group::new(connection, answer.roles_in_effect)).collect();
    let mut line = |label: String, cells: Vec<String>| {
        out.push_str(format!("  {label}  {}", cells.join("  ")).trim_end());
        out.push('\n');
    };
    let faint = |text: &str| paint.tone(Tone::Faint, text.trim_end()) + &" ".repeat(text.len() - text.trim_end().len());
    let names = groups.iter().map(|group| faint(&format!("{:1$}", word(&group.connection), group.width)));
    line(" ".repeat(margin), names.collect());
    line(" ".repeat(margin), groups.iter().flat_map(|group| &group.heads).map(|head| faint(head)).collect());
    for number in numbers {
        let cells = groups.iter().flat_map(|group| {
            let is_own = |cell: &&Cell| (cell.certificate, cell.connection) == (number, group.connection);
            let cell = answer.cells.iter().find(is_own);
            group.roles.iter().zip(&group.heads).map(move |(role, head)| {
                let (sign, tone) = cell.map_or((" ", Tone::Faint), |cell| of_verdict(cell.verdict_as(*role)));
                paint.tone(tone, sign) + &" ".repeat(head.len() - 1)
            })
        });
        let label = label(number);
        let fill = " ".repeat(margin - label.len());
        line(paint.tone(Tone::Strong, &label) + &fill, cells.collect());
    }
}

fn label(number: u32) -> String {
    format!("certificate {number}")
}

#[cfg(test)]
mod tests {
    use admit_core::Verdict;

    use super::*;

    fn cell(certificate: u32, connection: Connection, role: Option<Role>, perhaps: Option<Role>) -> Cell {
        let verdict = match (role, perhaps) {
            (Some(_), _) => Verdict::Admitted,
            (None, Some(_)) => Verdict::Indeterminate,
            (None, None) => Verdict::Refused,
        };
        let because = String::new();
        Cell { certificate, connection, verdict, role, perhaps, because, rule: None, span: None, code: None }
    }

    fn shown(cells: Vec<Cell>, roles_in_effect: bool) -> String {
        let mut out = String::new();
        render(&mut out, &Answer { roles_in_effect, cells }, Paint::new(false));
        out
    }

    fn all() -> Vec<Cell> {
        let mut cells = Vec::new();
        for (number, role, perhaps) in [
            (1, Some(Role::Admin), None),
            (2, Some(Role::User), None),
            (3, Some(Role::User), Some(Role::Admin)),
            (4, None, None),
            (5, None, Some(Role::User)),
            (10, None, Some(Role::Admin)),
        ] {
            for connection in Connection::ALL {
                let is_client = matches!(connection, Connection::Gateway | Connection::HttpGateway);
                let granted = |role: Option<Role>| role.filter(|_| is_client);
                cells.push(cell(number, connection, granted(role), granted(perhaps)));
            }
        }
        cells
    }

    #[test]
    fn certificates_by_role() {
        let expected = "
                  node          gateway      http-gateway  server
                  cluster-peer  admin  user  admin  user   server
  certificate 1   ✕             ✓      ✓     ✓      ✓      ✕
  certificate 2   ✕             ✕      ✓     ✕      ✓      ✕
  certificate 3   ✕             ?      ✓     ?      ✓      ✕
  certificate 4   ✕             ✕      ✕     ✕      ✕      ✕
  certificate 5   ✕             ✕      ?     ✕      ?      ✕
  certificate 10  ✕             ?      ?     ?      ?      ✕
";
        assert_eq!(format!("\n{}", shown(all(), true)), expected);
        assert!(expected.lines().all(|line| line.chars().count() <= 80));
    }

    #[test]
    fn without_roles_a_client_has_one_column() {
        let connections = [Connection::Gateway, Connection::Server];
        let cells = [1, 2].map(|number| {
            let role = (number == 2).then_some(Role::Unrestricted);
            [cell(number, connections[0], role, None), cell(number, connections[1], None, None)]
        });
        let expected = "
                 gateway       server
                 unrestricted  server
  certificate 1  ✕             ✕
  certificate 2  ✓             ✕
";
        assert_eq!(format!("\n{}", shown(cells.concat(), false)), expected);
    }

    #[test]
    fn one_certificate_needs_none() {
        assert_eq!(shown(vec![cell(1, Connection::Node, None, None)], true), "");
        assert_eq!(shown(Vec::new(), true), "");
    }

    #[test]
    fn colour_moves_nothing() {
        let mut out = String::new();
        render(&mut out, &Answer { roles_in_effect: true, cells: all() }, Paint::new(true));
        for code in ["0", "1", "2", "31", "32", "33"] {
            out = out.replace(&format!("\u{1b}[{code}m"), "");
        }
        assert_eq!(out, shown(all(), true));
    }
}
