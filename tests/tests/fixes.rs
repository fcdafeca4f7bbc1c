//! Every fix that a report offers can be applied, and keeps what it promises.

use admit_core::{Answer, evaluate};
use admit_tests::folder;

#[test]
fn fixes_give_the_verdict_they_promise() {
    let mut tried = 0;
    let mut broken = Vec::new();
    for folder in folder::all() {
        let report = evaluate(&folder.case);
        for finding in &report.findings {
            for fix in &finding.fixes {
                tried += 1;
                let name = format!("{}: `{}`: {:?}", folder.name, finding.rule, fix.title);
                let Some(edited) = folder.case.edited(fix) else {
                    broken.push(format!("{name} can't be applied"));
                    continue;
                };
                if edited == folder.case {
                    broken.push(format!("{name} changes nothing"));
                }
                if fix.edits.iter().any(|edit| edit.text.contains("Name=\"\"")) {
                    broken.push(format!("{name} declares an empty name"));
                }
                let verdict = evaluate(&edited).verdict;
                if fix.then != Some(verdict) {
                    broken.push(format!("{name} promises {:?} and gives {verdict:?}", fix.then));
                }
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
    assert!(tried > 0, "no report offers a fix");
}

/// While client roles are off, a fix that lets a client in says that it lets it do everything, and not that it makes an admin.
#[test]
fn fixes_say_what_a_client_may_do() {
    let mut counts = [0; 2];
    for folder in folder::all() {
        let report = evaluate(&folder.case);
        let Answer::Peer(answer) = &report.answer else { continue };
        let fixes = report.findings.iter().flat_map(|finding| &finding.fixes);
        for lets_in in fixes.flat_map(|fix| &fix.lets_in).filter(|lets_in| lets_in.contains("client")) {
            let says_all = lets_in.contains("client with every right");
            assert_eq!(says_all, !answer.roles_in_effect, "{}: {lets_in}", folder.name);
            if let Some(count) = counts.get_mut(usize::from(says_all)) {
                *count += 1;
            }
        }
    }
    assert!(counts.iter().all(|count| *count > 0), "{counts:?}");
}

/// What the first visit shows: the article's snippet, and the way out of it.
#[test]
fn the_first_snippet_can_be_mended_to_admitted() {
    let folders = folder::all();
    let snippet = folders.iter().find(|folder| folder.name == "peer/article-1-thumbprints").expect("the first snippet");
    let mut case = snippet.case.clone();
    // One list after the other, as somebody who clicks does; four lists are abbreviated.
    for _ in 0..8 {
        let report = evaluate(&case);
        let Some(fix) = report
            .findings
            .iter()
            .filter(|finding| finding.rule == "thumbprint-abbreviated")
            .flat_map(|finding| &finding.fixes)
            .next()
        else {
            break;
        };
        case = case.edited(fix).expect("an edit that fits");
    }
    let report = evaluate(&case);
    assert_eq!(report.verdict, admit_core::Verdict::Admitted, "{}", report.summary);
}

/// Whom a fix lets in besides is said where it does, and only there: the names after it on Windows, the roles that a
/// configuration in JSON writes it into.
#[test]
fn whom_a_fix_lets_in_is_said() {
    let after = "on Windows, what it issues for names without pins that come after it, such as `zz.com`";
    let issuer = "that `0000000000000000000000000000000000000aaa` issues, as cluster peer";
    let declare = "Declare aa.com with its issuer in Security/ClusterX509Names";
    let pin = "Pin `a.x.com` to this issuer as well";
    let expected: [(&str, &str, &[&str]); 4] = [
        ("peer/fix-before-unpinned", declare, &[issuer, after]),
        ("peer/fix-after-unpinned", declare, &[issuer]),
        ("peer/config-fix-admin", pin, &["issues, as server, client and admin client"]),
        ("peer/config-fix-server", pin, &["issues, as server"]),
    ];
    let folders = folder::all();
    for (name, title, phrases) in expected {
        let folder = folders.iter().find(|folder| folder.name == name).unwrap_or_else(|| panic!("{name} is there"));
        let report = evaluate(&folder.case);
        let fix = report.findings.iter().flat_map(|finding| &finding.fixes).find(|fix| fix.title == title);
        let lets_in = &fix.unwrap_or_else(|| panic!("{name} offers {title}")).lets_in;
        assert_eq!(lets_in.len(), phrases.len(), "{name}: {lets_in:?}");
        for (said, phrase) in lets_in.iter().zip(phrases) {
            let is_whole = said.contains(phrase) && (said.ends_with(phrase) || phrase.starts_with("on"));
            assert!(is_whole, "{name}: {said:?} lacks {phrase:?}");
        }
    }
}
