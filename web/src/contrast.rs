//! The colours of the style sheet: every pair of text and background that it uses is readable in both themes.

const STYLE: &str = include_str!("../style/tokens.css");

/// Text and background; WCAG 2.2, success criterion 1.4.3 asks for 4.5:1.
const TEXTS: [(&str, &str); 18] = [
    ("ink", "page"),
    ("ink", "surface"),
    ("ink", "sunken"),
    ("ink", "hover"),
    ("ink-quiet", "page"),
    ("ink-quiet", "surface"),
    ("ink-quiet", "sunken"),
    ("accent", "page"),
    ("accent", "surface"),
    ("accent", "hover"),
    ("on-accent", "accent"),
    ("ink", "admitted-tint"),
    ("ink", "refused-tint"),
    ("ink", "indeterminate-tint"),
    ("ink-quiet", "refused-tint"),
    ("admitted", "admitted-tint"),
    ("refused", "refused-tint"),
    ("indeterminate", "indeterminate-tint"),
];

/// Shapes and borders of controls against what is beside them; success criterion 1.4.11 asks for 3:1.
const SHAPES: [(&str, &str); 4] = [("edge", "page"), ("edge", "surface"), ("accent", "sunken"), ("ink-quiet", "hover")];

/// The light and the dark colour of a token.
fn token(name: &str) -> [[f64; 3]; 2] {
    let start = format!("--{name}: light-dark(");
    let (_, rest) = STYLE.split_once(&start).unwrap_or_else(|| panic!("--{name} is not a light-dark() token"));
    let (pair, _) = rest.split_once(')').expect("an end");
    let colours: Vec<[f64; 3]> = pair.split(',').map(|colour| linear(colour.trim())).collect();
    [colours[0], colours[1]]
}

/// WCAG 2.2, "relative luminance".
fn linear(hex: &str) -> [f64; 3] {
    assert!(hex.len() == 7 && hex.starts_with('#'), "{hex}");
    [1, 3, 5].map(|at| {
        let channel = f64::from(u8::from_str_radix(&hex[at..at + 2], 16).expect("hexadecimal")) / 255.0;
        if channel <= 0.04045 { channel / 12.92 } else { ((channel + 0.055) / 1.055).powf(2.4) }
    })
}

fn contrast(one: [f64; 3], other: [f64; 3]) -> f64 {
    let luminance = |[red, green, blue]: [f64; 3]| 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[test]
fn pairs_are_readable_in_both_themes() {
    let mut low = Vec::new();
    for (pairs, least) in [(&TEXTS[..], 4.5), (&SHAPES[..], 3.0)] {
        for (front, back) in pairs {
            for (theme, (front_colour, back_colour)) in
                ["light", "dark"].iter().zip(token(front).into_iter().zip(token(back)))
            {
                let found = contrast(front_colour, back_colour);
                if found < least {
                    low.push(format!("{front} on {back}, {theme}: {found:.2} < {least}"));
                }
            }
        }
    }
    assert!(low.is_empty(), "{low:#?}");
}

#[test]
fn black_on_white_is_twenty_one() {
    assert!((contrast(linear("#000000"), linear("#ffffff")) - 21.0).abs() < 1e-9);
}
