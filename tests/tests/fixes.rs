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
