//! What a receipt says in each of its cases, on both papers.

use super::*;
use crate::domain::{Resource, Volume};

fn bank() -> Bank {
    Bank {
        name: "ОБРАЗЕЦ".into(),
        account: "0".repeat(20),
        bank: "УЧЕБНЫЙ БАНК".into(),
        bic: "0".repeat(9),
        correspondent: "0".into(),
        inn: None,
        kpp: None,
        sample: true,
    }
}

fn line() -> Line {
    let charge = ChargeLine {
        resource: Some(Resource::ColdWater),
        basis: "meter".into(),
        from_value: Some(Volume::from_units(119)),
        to_value: Some(Volume::from_units(123)),
        volume: Volume::from_units(4),
        tariff_kopecks: 1000,
        amount_kopecks: 4000,
        ..ChargeLine::default()
    };
    let meter = Meter { place: "кухня".into(), serial: "0041".into(), zone: Some("ночь".into()) };
    Line { charge, meter: Some(meter) }
}

fn receipt(bank: Option<&Bank>) -> Receipt<'_> {
    Receipt {
        utility: "Водоканал <учебный>",
        account: "1204417",
        address: "ул. Примерная, 12",
        period: "2026-11".parse().unwrap(),
        lines: vec![line()],
        total_kopecks: 4000,
        due_kopecks: 5000,
        pay_by: None,
        bank,
    }
}

fn both(receipt: &Receipt<'_>) -> [String; 2] {
    [Paper::A4, Paper::Roll80].map(|paper| html(receipt, paper).replace("&nbsp;", " ").replace('\u{a0}', " "))
}

#[test]
fn both_papers_repeat_what_the_utility_charged() {
    for page in both(&receipt(None)) {
        for said in [
            "Квитанция за ноябрь 2026",
            "Холодная вода",
            "счётчик № 0041, кухня, ночь",
            "119 → 123",
            "10,00 ₽",
            "40,00 ₽",
            "Долг за прошлое время",
            "50,00 ₽",
        ] {
            assert!(page.contains(said), "{said} in {page}");
        }
        assert!(!page.contains("<svg"), "no code without a payee");
    }
}

#[test]
fn a_benefit_is_named_with_its_service_and_its_reason_and_has_no_volume() {
    let mut with_benefit = receipt(None);
    let charge = ChargeLine {
        basis: "benefit".into(),
        note: Some("50 % <норматива>".into()),
        from_value: None,
        to_value: None,
        amount_kopecks: -2000,
        ..line().charge
    };
    with_benefit.lines.push(Line { charge, meter: None });
    for page in both(&with_benefit) {
        let said = "<br><span class=\"small\">Холодная вода</span><br><span class=\"small\">50 % &lt;норматива&gt;</span>";
        assert!(page.contains(said) && page.contains("Льгота") && page.contains("−20,00"), "{page}");
        assert_eq!(page.matches("10,00").count(), 2, "the tariff and what stood before: {page}");
    }
}

#[test]
fn an_overpayment_and_a_clear_account_have_nothing_to_pay_and_no_code() {
    let bank = bank();
    for (due, said) in [(-1234, Some("Переплата 12,34 ₽")), (0, None)] {
        let receipt = Receipt { due_kopecks: due, total_kopecks: due, ..receipt(Some(&bank)) };
        for page in both(&receipt) {
            assert!(page.contains("К оплате ничего нет") && !page.contains("<svg"), "{page}");
            assert_eq!(page.contains("Переплата"), said.is_some(), "{page}");
            assert!(said.is_none_or(|said| page.contains(said)), "{page}");
        }
    }
}

#[test]
fn what_stood_before_is_shown_with_its_sign_or_not_at_all() {
    let said = |due| both(&Receipt { due_kopecks: due, ..receipt(None) })[0].clone();
    assert!(said(3000).contains("Переплата за прошлое время и платежи</td><td>−10,00 ₽"));
    assert!(!said(4000).contains("прошлое время"));
}

#[test]
fn a_month_without_use_has_zeros_and_not_nothing() {
    let mut empty = receipt(None);
    let charge = ChargeLine { volume: Volume::default(), amount_kopecks: 0, ..line().charge };
    empty.lines = vec![Line { charge, meter: None }];
    (empty.total_kopecks, empty.due_kopecks) = (0, 0);
    for page in both(&empty) {
        assert!(page.contains("0,00 ₽") && page.contains('0'), "{page}");
    }
}

#[test]
fn foreign_text_stays_text() {
    for page in both(&receipt(None)) {
        assert!(page.contains("Водоканал &lt;учебный&gt;"));
    }
}

#[test]
fn a_sample_payee_is_called_a_sample_and_a_real_one_is_not() {
    let sample = bank();
    let page = html(&receipt(Some(&sample)), Paper::A4);
    assert!(
        page.contains("<b>ОБРАЗЕЦ</b>") && page.contains("платить по нему нельзя") && page.contains("<svg")
    );
    let real = Bank { sample: false, ..sample };
    assert!(!html(&receipt(Some(&real)), Paper::A4).contains("платить по нему нельзя"));
}

#[test]
fn a_payee_that_fits_into_no_code_is_told_without_one() {
    let too_long = Bank { name: "\u{416}".repeat(161), ..bank() };
    let page = html(&receipt(Some(&too_long)), Paper::A4);
    assert!(page.contains("Кода нет") && !page.contains("<svg"), "{page}");
}
