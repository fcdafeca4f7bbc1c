//! Values and the places of their bytes.

use alloc::format;
use alloc::vec::Vec;

use super::WHOLE;
use crate::Document;
use crate::fabric::manifest::read;

#[test]
fn each_byte_of_a_value_has_its_place() {
    let document = Document::new("m", WHOLE);
    let reading = read(&document);
    let value = &reading.manifest.parameter("security", "CLUSTERCERTTHUMBPRINTS").expect("it is there").value;
    assert_eq!(value.text(), "\u{1f512}\u{200e}ab<cd");
    let source = |needle| WHOLE.find(needle).expect("it is there");
    let at = |text: &str| value.text().find(text).expect("it is there");
    // The mark is three bytes, its source eight.
    let mark = at("\u{200e}");
    assert_eq!(value.place(mark..mark + 3), source("&#x200E;")..source("&#x200E;") + 8);
    assert_eq!(value.place(at("ab")..at("ab") + 2), source("ab&lt;cd")..source("ab&lt;cd") + 2);
    assert_eq!(value.place(at("<")..at("<") + 1), source("&lt;cd")..source("&lt;cd") + 4);
    assert_eq!(value.place(at("cd")..at("cd") + 2), source("cd' Name=")..source("cd' Name=") + 2);
    assert_eq!(value.place(0..value.text().len()), source("🔒&#x200E;")..source("' Name='Clus"));
    let end = value.text().len();
    assert_eq!(value.place(end..end + 9), source("' Name='Clus")..source("' Name='Clus"));
    let span = value.span(at("cd")..at("cd") + 1);
    let line = WHOLE.lines().position(|line| line.contains("&#x200E;")).expect("it is there");
    assert_eq!((span.line, span.column), (u32::try_from(line).expect("small") + 1, 40));
    assert_eq!(document.slice(value.whole().start as usize..value.whole().end as usize), "🔒&#x200E;ab&lt;cd");
}

#[test]
fn an_edit_of_a_value_stays_xml() {
    let text = "<Section Name='S'><Parameter Name='n' Value='a&amp;b'/></Section>";
    let document = Document::new("m", text);
    let reading = read(&document);
    let edit = reading.manifest.sections[0].parameters[0].value.edit(1..2, "'<\n&");
    let (start, end) = (edit.span.start as usize, edit.span.end as usize);
    assert_eq!(&text[start..end], "&amp;");
    let edited = format!("{}{}{}", &text[..start], edit.text, &text[end..]);
    let document = Document::new("m", &edited);
    let reading = read(&document);
    assert!(reading.errors.is_empty(), "{:?}", reading.errors);
    assert_eq!(reading.manifest.sections[0].parameters[0].value.text(), "a'<\n&b");
}

#[test]
fn white_space_is_normalised_and_references_are_not() {
    let text = "<Section Name='a\r\nb\tc\nd&#10;e&#13;&#x9;f&quot;&apos;&gt;&#x1F512;'/>";
    let document = Document::new("m", text);
    let reading = read(&document);
    assert!(reading.errors.is_empty(), "{:?}", reading.errors);
    let name = &reading.manifest.sections[0].name;
    assert_eq!(name.text(), "a b c d\ne\r\tf\"'>\u{1f512}");
    assert_eq!(name.place(1..2), 16..18);
    assert_eq!(name.place(2..3), 18..19);
    let lock = name.text().len() - 4;
    assert_eq!(document.slice(name.place(lock..lock + 4)), "&#x1F512;");
    // A range that begins inside of a replaced piece covers the whole of it.
    assert_eq!(document.slice(name.place(lock + 2..lock + 4)), "&#x1F512;");
}

#[test]
fn the_places_of_all_parts_of_a_value_join() {
    let text = "<Section Name='x&amp;&lt;y\r\nz&#x200E;\u{1f512}&quot;'/>";
    let document = Document::new("m", text);
    let reading = read(&document);
    let name = &reading.manifest.sections[0].name;
    let starts: Vec<usize> = name.text().char_indices().map(|(at, _)| at).chain([name.text().len()]).collect();
    let mut last = name.place(0..0).start;
    for pair in starts.windows(2) {
        let place = name.place(pair[0]..pair[1]);
        assert_eq!(place.start, last, "{pair:?}");
        assert!(place.end > place.start);
        last = place.end;
    }
    assert_eq!(text[last..].chars().next(), Some('\''));
}
