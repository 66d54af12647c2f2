//! The papers of a phone with readings of its own and of the utility.

use super::*;
use crate::testing::{COLD, Phone};

#[test]
fn a_proof_card_follows_its_reading_from_the_phone_to_the_utility() {
    let phone = Phone::signed_in();
    let id = phone.capture(COLD, "123,9").item_id;
    let saved = phone.app.proof_card(&id).unwrap();
    assert_eq!(saved.title, "Подтверждение показания за ноябрь 2026");
    assert!(saved.html.contains("ещё не получал") && !saved.html.contains("/v1/proofs/"), "{}", saved.html);
    phone.will_take(&id, "r1");
    phone.nothing_new();
    phone.app.sync(10_000).unwrap();
    let proof = phone.app.proof(&id).unwrap();
    let sent = phone.app.proof_card(&id).unwrap().html;
    let url = format!("https://cabinet.example.invalid/v1/proofs/7/{}", proof.code.replace(' ', "-"));
    for said in ["123,9", "1204417", &url, &format!("<p class=\"code\">{}</p>", proof.code), "ещё не принято"]
    {
        assert!(sent.contains(said), "{said} in {sent}");
    }
}

#[test]
fn a_history_has_the_utilitys_readings_and_what_waits_here() {
    let phone = Phone::signed_in();
    phone.capture(COLD, "123");
    let table = phone.app.history_table("a1").unwrap();
    let lines: Vec<&str> = table.csv.split("\r\n").collect();
    let shown: Vec<String> = lines[1..lines.len() - 1]
        .iter()
        .map(|line| {
            let cells: Vec<&str> = line.split(';').collect();
            [cells[2], cells[5], cells[6], cells[7], cells[10], cells[11]].join(" ")
        })
        .collect();
    let expected = [
        "№ m-cold 11.2026 123 личный кабинет сохранено 4",
        "№ m-cold 10.2026 119 личный кабинет учтено 4",
        "№ m-cold 07.2026 107 личный кабинет учтено ",
        "№ m-hot 10.2026 82 личный кабинет учтено 3",
        "№ m-hot 07.2026 73 личный кабинет учтено ",
    ];
    assert_eq!(shown, expected);
    assert!(
        lines[1].contains("23.11.2026 12:00:00;;"),
        "taken by Moscow's clock, not received: {}",
        lines[1]
    );
}

#[test]
fn papers_of_what_is_not_known_are_refused() {
    let app = Phone::signed_in().app;
    assert_eq!(app.proof_card("no-such"), Err(Error::not_found("item")));
    assert_eq!(app.history_table("no-such"), Err(Error::not_found("account")));
}

#[test]
fn a_paper_receipt_gives_what_a_resident_needs_or_says_why_not() {
    let scanned = scan_payment_code("ST00012|Name=Образец|PersAcc=1204417|Sum=100").unwrap();
    assert_eq!((scanned.account.as_deref(), scanned.kopecks), (Some("1204417"), Some(100)));
    assert_eq!(scan_payment_code_bytes(b"ST00011|Name=\xCE|PersAcc=1").unwrap().payee.as_deref(), Some("О"));
    assert_eq!(scan_payment_code("https://example.invalid"), Err(ReadProblem::Link));
}
