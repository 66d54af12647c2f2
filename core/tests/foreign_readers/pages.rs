//! Every page is HTML without a single error (html5lib, strict), whatever is in its values, and shows those values as they
//! are.

use vodomer_core::documents::page::Paper;
use vodomer_core::documents::proof_card::{self, ProofCard, Stage};
use vodomer_core::documents::receipt::{self, Line, Meter, Receipt};
use vodomer_core::documents::registration;
use vodomer_core::domain::{
    Bank, Captured, ChargeLine, Delivered, PhoneClocks, Registration, Resource, Volume,
};

use super::answer;

/// What could break out of a page.
const NASTY: &str = "</td></table><script>x</script> & &lt; &#0; \"'> <!-- ]]> \u{0}\u{7}\u{fffe} Ёж «»№ 😀 --> </style></title>";
/// The same as it is to be seen: what no page can hold is gone.
const SEEN: &str =
    "</td></table><script>x</script> & &lt; &#0; \"'> <!-- ]]>  Ёж «»№ 😀 --> </style></title>";

/// Reads a page; the first error in it ends the script. Says the text of the body, white space as one space.
const READER: &str = "
import sys, html5lib
source = sys.stdin.buffer.read()
page = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(source, transport_encoding='utf-8')
scripts = len(page.findall('.//script'))
assert scripts == 0, 'a script'
sys.stdout.buffer.write(' '.join(''.join(page.find('body').itertext()).split()).encode())
";

fn text_of(page: &str) -> String {
    // Debian's own Python, for that is where Debian's packages are.
    String::from_utf8(answer("/usr/bin/python3", &["-I", "-B", "-c", READER], &[], page)).unwrap()
}

fn shows(page: &str, what: &str) {
    let (text, seen) = (text_of(page), SEEN.split_whitespace().collect::<Vec<_>>().join(" "));
    assert!(text.contains(&seen), "{what} shows {text}");
}

#[test]
fn receipts_are_sound_whatever_is_in_them() {
    let bank = Bank {
        name: NASTY.into(),
        account: "0".repeat(20),
        bank: "ОБРАЗЕЦ".into(),
        bic: "0".repeat(9),
        correspondent: "0".repeat(20),
        inn: None,
        kpp: None,
        sample: true,
    };
    let charge = |basis: &str| ChargeLine {
        resource: Some(Resource::ColdWater),
        basis: basis.into(),
        note: Some(NASTY.into()),
        from_value: Some(Volume::from_units(1)),
        to_value: Some(Volume::from_units(2)),
        ..ChargeLine::default()
    };
    let meter = Meter { place: NASTY.into(), serial: NASTY.into(), zone: Some(NASTY.into()) };
    let lines = vec![
        Line { charge: charge("meter"), meter: Some(meter) },
        Line { charge: charge("benefit"), meter: None },
        Line { charge: charge(NASTY), meter: None },
    ];
    for (due, paper) in [(100, Paper::A4), (100, Paper::Roll80), (0, Paper::A4), (-100, Paper::Roll80)] {
        let receipt = Receipt {
            utility: NASTY,
            account: NASTY,
            address: NASTY,
            period: "2026-11".parse().unwrap(),
            lines: lines.clone(),
            total_kopecks: 1,
            due_kopecks: due,
            pay_by: "2026-12-15".parse().ok(),
            bank: Some(&bank),
        };
        shows(&receipt::html(&receipt, paper), "a receipt");
    }
}

#[test]
fn proof_cards_are_sound_whatever_is_in_them() {
    let captured = Captured {
        item_id: NASTY.into(),
        meter_id: NASTY.into(),
        period: "2026-11".parse().unwrap(),
        value: Volume::from_units(1),
        entered: NASTY.into(),
        taken_at: "2026-11-25T20:58:10Z".parse().unwrap(),
    };
    let at = captured.taken_at;
    let received = Delivered { sent_at: Some(at), received_at: Some(at), receipt: Some(NASTY.into()) };
    for (delivered, skew_ms) in [(received, Some(5)), (Delivered::default(), None)] {
        let card = ProofCard {
            utility: NASTY,
            base_url: "https://cabinet.example.invalid",
            zone: "Europe/Moscow".parse().unwrap(),
            zone_phrase: NASTY,
            account: NASTY,
            address: NASTY,
            resource: Resource::HotWater,
            place: NASTY,
            serial: NASTY,
            tariff_zone: Some(NASTY),
            captured: &captured,
            clocks: PhoneClocks { phone_at: at, skew_ms, monotonic_ms: 1 },
            delivered: &delivered,
            accepted_at: Some(at),
            accounted_at: None,
            effective_period: None,
            stage: Stage::Sent,
            handed_over: Some((NASTY, at)),
        };
        shows(&proof_card::html(&card), "a card");
    }
}

#[test]
fn applications_are_sound_whatever_is_in_them() {
    let nasty = || NASTY.to_owned();
    let form = Registration {
        full_name: nasty(),
        born_on: nasty(),
        passport_series: nasty(),
        passport_number: nasty(),
        issued_by: nasty(),
        issued_on: nasty(),
        department_code: nasty(),
        address: nasty(),
        account: String::new(),
        phone: nasty(),
        email: nasty(),
    };
    let page = registration::html(NASTY, &form);
    shows(std::str::from_utf8(&page).unwrap(), "an application");
}

#[test]
#[should_panic(expected = "ParseError")]
fn the_reader_finds_an_error() {
    text_of("<!DOCTYPE html><html><head><title>а</title></head><body><p>а</b></body></html>");
}
