//! What the card says at each stage, and that anybody can check it.

use super::*;
use crate::domain::Volume;

fn at(text: &str) -> Instant {
    text.parse().unwrap()
}

fn captured() -> Captured {
    Captured {
        item_id: "i<1>".into(),
        meter_id: "m".into(),
        period: "2026-11".parse().unwrap(),
        value: Volume::from_units(123),
        entered: "00123,9".into(),
        taken_at: at("2026-11-25T20:58:10.123Z"),
    }
}

fn delivered() -> Delivered {
    Delivered {
        sent_at: Some(at("2026-11-26T05:00:00Z")),
        received_at: Some(at("2026-11-26T05:00:01Z")),
        receipt: Some("00/15".into()),
    }
}

fn shown(delivered: &Delivered, skew_ms: Option<i64>, stage: Stage) -> String {
    let captured = captured();
    html(&ProofCard {
        utility: "Водоканал",
        base_url: "https://cabinet.example.invalid/",
        zone: Tz::Europe__Moscow,
        zone_phrase: "по Москве",
        account: "1204417",
        address: "ул. Примерная, 12",
        resource: Resource::ColdWater,
        place: "кухня",
        serial: "0041",
        tariff_zone: Some("ночь"),
        captured: &captured,
        clocks: PhoneClocks { phone_at: at("2026-11-25T20:56:10Z"), skew_ms, monotonic_ms: 77 },
        delivered,
        accepted_at: None,
        accounted_at: None,
        effective_period: None,
        stage,
        handed_over: Some(("1204417: 123", at("2026-11-25T21:30:00Z"))),
    })
    .replace('\u{a0}', " ")
}

#[test]
fn the_card_says_everything_that_counts_in_a_dispute() {
    let card = shown(&delivered(), Some(120_123), Stage::Accepted);
    for said in [
        "Подтверждение показания за ноябрь 2026",
        "123 м³",
        "1204417",
        "Холодная вода, кухня, ночь, № 0041",
        "00123,9",
        "Снято, по часам водоканала</th><td>25 ноября 2026, 23:58:10 по Москве",
        "25 ноября 2026, 23:56:10 по Москве; отстают от часов водоканала на 120 с",
        "26 ноября 2026, 08:00:01 по Москве",
        "00/15",
        "26 ноября 2026, 00:30:00 по Москве: 1204417: 123",
    ] {
        assert!(card.contains(said), "{said} in {card}");
    }
}

#[test]
fn anybody_can_check_the_code_at_the_utilitys_address_and_by_hand() {
    let card = shown(&delivered(), Some(120_123), Stage::Accepted);
    let clocks =
        PhoneClocks { phone_at: at("2026-11-25T20:56:10Z"), skew_ms: Some(120_123), monotonic_ms: 77 };
    let code = check_code(&captured(), &clocks, &delivered());
    let url = format!("https://cabinet.example.invalid/v1/proofs/00%2F15/{}", code.replace(' ', "-"));
    assert!(card.contains(&format!("<p class=\"code\">{code}</p>")), "{card}");
    assert!(card.contains(&url) && card.contains("<svg"), "{url} in {card}");
    let lines = "i&lt;1&gt;\nm\n2026-11\n123\n00123,9\n2026-11-25T20:58:10.123Z\n2026-11-25T20:56:10.000Z\n120123\n77\n\
                 2026-11-26T05:00:00.000Z\n2026-11-26T05:00:01.000Z\n00/15\n</pre>";
    assert!(card.contains(lines), "{card}");
}

#[test]
fn a_card_without_a_receipt_says_that_it_can_not_be_checked_yet() {
    let nameless = Delivered { receipt: Some(String::new()), ..Delivered::default() };
    assert!(!shown(&nameless, None, Stage::Sent).contains("/v1/proofs/"));
    let card = shown(&Delivered::default(), None, Stage::Saved);
    assert!(
        card.contains("когда водоканал пришлёт номер квитанции") && !card.contains("/v1/proofs/"),
        "{card}"
    );
    assert!(card.contains("Водоканал этого показания ещё не получал"), "{card}");
    assert!(!card.contains("Снято, по часам водоканала"), "nobody knows them: {card}");
    assert!(card.contains("их может перевести кто угодно") && card.contains("не сверялись"), "{card}");
}

#[test]
fn what_is_not_proved_yet_follows_the_stage() {
    for (stage, said) in [
        (Stage::Sent, "ещё не принято"),
        (Stage::Accepted, "начисления с ним ещё не было"),
        (Stage::Asked, "ждёт ответа"),
        (Stage::Refused, "отклонил"),
        (Stage::Replaced, "больше не действует"),
    ] {
        assert!(shown(&delivered(), Some(0), stage).contains(said), "{stage:?}");
    }
    let accounted = shown(&delivered(), Some(0), Stage::Accounted);
    assert!(!accounted.contains("ещё не") && accounted.contains("Кто держал телефон"), "{accounted}");
}

#[test]
fn clocks_that_are_fast_or_slow_are_told_apart() {
    assert!(skew(Some(-61_000)).contains("спешат") && skew(Some(-61_000)).contains("61 с"));
    assert!(skew(Some(61_999)).contains("отстают") && skew(Some(61_999)).contains("61 с"));
    assert!(skew(Some(-5)).contains("(-5 мс)"));
}
