use super::*;
use crate::app::{
    BalanceKind, CaptureOutcome, CaptureRequest, Channel, LetterKind, LetterProblem, LetterRequest,
    NoticeTopic, Status, SyncOutcome, VisitRequest, WipeOutcome, WipeRequest, Withdrawn, scan_payment_code,
};
use crate::testing::{Phone, first_page, question};

const TIME: i64 = 10_000;

fn account(number: &str) -> AccountByHand {
    AccountByHand { account_id: None, number: number.into(), address: " Дача ".into() }
}

fn meter(account_id: &str, serial: &str, resource: Resource, place: &str) -> MeterByHand {
    MeterByHand {
        meter_id: None,
        account_id: account_id.into(),
        resource,
        serial: serial.into(),
        place: place.into(),
        whole_digits: 5,
        fraction_digits: 3,
        verify_by: None,
    }
}

/// An account by hand with a cold meter.
fn with_a_meter(phone: &Phone) -> (String, String) {
    let account = phone.app.keep_account(&account("л/с 120 44 17")).unwrap();
    let meter = phone.app.keep_meter(&meter(&account, "417283", Resource::ColdWater, "кухня")).unwrap();
    (account, meter)
}

#[test]
fn an_account_and_its_meters_typed_in_are_on_the_first_screen_and_owe_nothing_that_is_known() {
    let phone = Phone::new_one();
    let (account, meter) = with_a_meter(&phone);
    let phone = phone.restarted();
    let home = phone.app.home().unwrap();
    let flat = &home.flats[0];
    assert_eq!((flat.account_id.as_str(), flat.number.as_str()), (account.as_str(), "1204417"));
    assert_eq!((flat.address.as_str(), flat.by_hand, flat.balance), ("Дача", true, None));
    assert_eq!(
        (flat.meters[0].meter_id.as_str(), flat.meters[0].status),
        (meter.as_str(), Status::NotSubmitted)
    );
    assert_eq!((home.needs_sign_in, home.as_of, flat.same_as.as_ref()), (false, None, None));
    let signed_in = Phone::signed_in().app.home().unwrap().flats.remove(0);
    assert_eq!(signed_in.balance.map(|b| b.kind), Some(BalanceKind::Clear));
    assert!(!signed_in.by_hand);
}

#[test]
fn a_reading_without_a_login_is_kept_and_nothing_ever_waits_for_the_network() {
    let phone = Phone::new_one();
    let (account, meter) = with_a_meter(&phone);
    let saved = phone.capture(&meter, "00123,7");
    assert_eq!(saved.value.to_string(), "123");
    phone.app.note_offline().unwrap();
    let report = phone.app.sync(TIME).unwrap();
    assert_eq!((report.outcome, report.waiting, report.retry_at), (SyncOutcome::Done, 0, None));
    assert_eq!((phone.portal.posted(), phone.portal.cursors()), (vec![], vec![]), "no request has left");
    let entry = phone.app.outbox().unwrap().remove(0);
    assert_eq!((entry.status, entry.reason), (Status::Saved, None));
    let waiting = phone.app.home().unwrap().waiting.unwrap();
    assert_eq!((waiting.count, waiting.offer_channels), (1, true), "there is no other way");
    let texts = phone.app.sms_messages(&account).unwrap();
    assert_eq!(texts[0].body, "ЛС1204417 417283=123");
}

#[test]
fn another_login_on_the_phone_sends_nothing_of_it() {
    let phone = Phone::new_one();
    let account = phone.app.keep_account(&account("55")).unwrap();
    let meter = phone.app.keep_meter(&meter(&account, "1", Resource::ColdWater, "")).unwrap();
    phone.capture(&meter, "5");
    phone.sign_in(first_page());
    phone.nothing_new();
    let report = phone.app.sync(TIME).unwrap();
    assert_eq!((report.outcome, report.waiting, report.retry_at), (SyncOutcome::Done, 0, None));
    assert_eq!(phone.portal.posted(), Vec::<serde_json::Value>::new());
    assert_eq!(phone.app.home().unwrap().flats.len(), 2);
}

#[test]
fn what_was_handed_over_is_said_to_be_and_next_month_tells_only_its_own_reading() {
    let phone = Phone::new_one();
    let (account, meter) = with_a_meter(&phone);
    let november = phone.capture(&meter, "123").item_id;
    assert_eq!(phone.app.hand_over(&account, Channel::Sms), Ok(1));
    assert_eq!(phone.item(&november).channel_text.as_deref(), Some("ЛС1204417 417283=123"));
    assert_eq!(phone.app.outbox().unwrap()[0].status, Status::SentElsewhere);
    assert_eq!(phone.app.home().unwrap().waiting, None);
    assert_eq!(phone.app.sms_messages(&account).unwrap().len(), 1, "as long as the window is open");

    phone.set_clock("2026-12-23T12:00:00+03:00");
    assert_eq!(phone.app.sms_messages(&account).unwrap(), [], "December's is still to come");
    let before = phone.item(&november).channel;
    let december = phone.capture(&meter, "127").item_id;
    assert_eq!(phone.app.sms_messages(&account).unwrap()[0].body, "ЛС1204417 417283=127");
    assert_eq!(phone.app.hand_over(&account, Channel::Phone), Ok(1));
    assert_eq!(phone.item(&november).channel, before, "what was said of November stays");
    assert!(phone.item(&december).channel.is_some());
}

#[test]
fn its_past_is_what_was_taken_here_and_a_value_is_checked_by_it() {
    let phone = Phone::new_one();
    let (account, meter) = with_a_meter(&phone);
    phone.capture(&meter, "123");
    phone.app.hand_over(&account, Channel::Sms).unwrap();
    phone.set_clock("2026-12-23T12:00:00+03:00");
    let lower = CaptureRequest { meter_id: meter.clone(), typed: "122".into(), ..CaptureRequest::default() };
    assert!(matches!(phone.app.capture(&lower), Ok(CaptureOutcome::Asked { .. })));
    phone.capture(&meter, "127");
    let history = phone.app.history(&meter, 12).unwrap();
    let values: Vec<String> = history.readings.iter().map(|r| r.value.to_string()).collect();
    assert_eq!(values, ["127", "123"]);
    assert!(phone.app.history_table(&account).unwrap().csv.contains("417283"));
    assert_eq!(phone.app.withdraw(&phone.app.outbox().unwrap()[0].item_id), Ok(Withdrawn::AtOnce));
}

#[test]
fn reminders_ring_for_it_as_for_any_other() {
    let phone = Phone::new_one();
    let (account, meter) = with_a_meter(&phone);
    let papers = MeterByHand {
        meter_id: Some(meter.clone()),
        verify_by: Some("2026-12-01".parse().unwrap()),
        ..self::meter(&account, "417283", Resource::ColdWater, "кухня")
    };
    phone.app.keep_meter(&papers).unwrap();
    phone
        .app
        .note_visit(&VisitRequest {
            account_id: account,
            date: "2026-11-24".parse().unwrap(),
            from: None,
            until: None,
            note: String::new(),
        })
        .unwrap();
    let topics = phone.app.plan().unwrap().notice.unwrap().topics;
    let is_missing =
        |t: &NoticeTopic| matches!(t, NoticeTopic::Window { missing, .. } if missing[0].meter_id == meter);
    assert!(topics.iter().any(is_missing), "{topics:?}");
    let to_verify =
        |t: &NoticeTopic| matches!(t, NoticeTopic::Verification { meter: m, .. } if m.meter_id == meter);
    assert!(topics.iter().any(to_verify), "{topics:?}");
    assert_eq!(phone.app.visits().unwrap()[0].flat, "Дача");
}

#[test]
fn an_account_comes_out_of_the_code_on_a_paper_receipt() {
    let phone = Phone::new_one();
    let code = "ST00012|Name=ОБРАЗЕЦ|PersonalAcc=00000000000000000000|BankName=УЧЕБНЫЙ БАНК|BIC=000000000|\
                CorrespAcc=0|Sum=12345|PersAcc=120 44 17|PayerAddress=ул. Примерная, 12|PaymPeriod=102026";
    let scanned = scan_payment_code(code).unwrap();
    let request = AccountByHand {
        account_id: None,
        number: scanned.account.unwrap(),
        address: scanned.address.unwrap_or_default(),
    };
    phone.app.keep_account(&request).unwrap();
    let flat = phone.app.home().unwrap().flats.remove(0);
    assert_eq!((flat.number.as_str(), flat.address.as_str()), ("1204417", "ул. Примерная, 12"));
    assert_eq!(flat.balance, None, "what the receipt says is owed is a claim, and may be paid");
}

#[test]
fn what_is_typed_wrong_is_named_and_nothing_is_kept() {
    let phone = Phone::signed_in();
    let app = &phone.app;
    let number = |text: &str| app.keep_account(&account(text));
    assert!(matches!(number("двенадцать"), Err(ByHandError::Number { .. })));
    assert_eq!(number("120-44-17"), Err(ByHandError::KnownAccount { account_id: "a1".into() }));
    let mine = number("77").unwrap();
    assert_eq!(number("77"), Err(ByHandError::KnownAccount { account_id: mine.clone() }));
    let nobody = AccountByHand { account_id: Some("nobody".into()), ..account("78") };
    assert_eq!(app.keep_account(&nobody), Err(Error::not_found("account").into()));

    let cold = |serial: &str, place: &str| meter(&mine, serial, Resource::ColdWater, place);
    assert_eq!(app.keep_meter(&cold(" ", "")), Err(ByHandError::Nameless));
    for (whole_digits, fraction_digits) in [(2, 3), (10, 3), (5, 5), (5, -1), (300, 3)] {
        let wrong = MeterByHand { whole_digits, fraction_digits, ..cold("1", "") };
        assert_eq!(app.keep_meter(&wrong), Err(ByHandError::Digits), "{whole_digits} {fraction_digits}");
    }
    let first = app.keep_meter(&cold("1", "кухня")).unwrap();
    assert_eq!(app.keep_meter(&cold("1", "ванная")), Err(ByHandError::KnownMeter { meter_id: first }));
    let theirs = MeterByHand { account_id: "a1".into(), ..cold("2", "") };
    assert_eq!(
        app.keep_meter(&theirs),
        Err(Error::not_found("account").into()),
        "the utility's own has its list"
    );
    let gone = MeterByHand { meter_id: Some("gone".into()), ..cold("3", "") };
    assert_eq!(app.keep_meter(&gone), Err(Error::not_found("meter").into()));
    assert_eq!(app.home().unwrap().flats[1].meters.len(), 1);
}

#[test]
fn what_was_typed_wrong_can_be_put_right() {
    let phone = Phone::new_one();
    let (account, meter) = with_a_meter(&phone);
    phone.capture(&meter, "123");
    let right =
        AccountByHand { account_id: Some(account.clone()), number: "1204418".into(), address: String::new() };
    assert_eq!(phone.app.keep_account(&right), Ok(account.clone()));
    let hot = MeterByHand {
        meter_id: Some(meter.clone()),
        ..self::meter(&account, "5", Resource::HotWater, "ванная")
    };
    assert_eq!(phone.app.keep_meter(&hot), Ok(meter.clone()));
    let flat = phone.app.home().unwrap().flats.remove(0);
    assert_eq!(
        (flat.number.as_str(), flat.meters.len(), flat.meters[0].place.as_str()),
        ("1204418", 1, "ванная")
    );
    assert_eq!(
        flat.meters[0].value.map(|v| v.to_string()).as_deref(),
        Some("123"),
        "its reading is still its"
    );
}

#[test]
fn no_letter_goes_out_for_an_account_that_nobody_has_signed_in_for() {
    let phone = Phone::new_one();
    let (account, _) = with_a_meter(&phone);
    for kind in [LetterKind::Question, LetterKind::ServiceRequest, LetterKind::Appeal] {
        let letter = LetterRequest { kind, account_id: Some(account.clone()), ..question() };
        let refused = Err(Error::Letter { problem: LetterProblem::NoAccount });
        assert_eq!(phone.app.write_letter(&letter), refused);
    }
    assert_eq!(phone.app.letters().unwrap(), []);
    let appeal = LetterRequest { kind: LetterKind::Appeal, account_id: None, ..question() };
    phone.app.write_letter(&appeal).unwrap();
}

fn files(phone: &Phone) -> Vec<u8> {
    let files = std::fs::read_dir(phone.dir()).unwrap();
    files.flat_map(|file| std::fs::read(file.unwrap().path()).unwrap()).collect()
}

#[test]
fn removing_it_asks_what_would_be_lost_and_leaves_nothing_and_no_other_account_suffers() {
    let phone = Phone::signed_in();
    let account = phone.app.keep_account(&account("5550555")).unwrap();
    let meter =
        phone.app.keep_meter(&meter(&account, "С-9081726354", Resource::ColdWater, "погреб")).unwrap();
    let old = phone.capture(&meter, "00123,7").item_id;
    phone.app.hand_over(&account, Channel::Sms).unwrap();
    phone.set_clock("2026-12-23T12:00:00+03:00");
    let new = phone.capture(&meter, "127").item_id;
    let other = phone.capture("m-hot", "85").item_id;
    let wipe = |confirmed: Vec<String>| {
        phone.app.wipe(&WipeRequest { account_id: Some(account.clone()), confirmed }).unwrap()
    };
    let WipeOutcome::Asked { readings, .. } = wipe(vec![]) else { panic!("not asked") };
    let lost: Vec<String> = readings.into_iter().map(|r| r.item_id).collect();
    assert_eq!(lost, [old.clone(), new.clone()], "what was handed over is nowhere else on the phone");
    let WipeOutcome::Asked { readings, .. } = wipe(vec![old]) else { panic!("not asked") };
    assert_eq!(readings.len(), 1);
    assert_eq!(wipe(lost), WipeOutcome::Wiped);
    let left = files(&phone);
    for trace in ["9081726354", "5550555", "погреб", new.as_str(), account.as_str(), meter.as_str()] {
        assert!(!left.windows(trace.len()).any(|bytes| bytes == trace.as_bytes()), "{trace}");
    }
    let home = phone.app.home().unwrap();
    assert_eq!((home.flats.len(), phone.app.outbox().unwrap()[0].item_id.as_str()), (1, other.as_str()));
}

#[test]
fn wiping_everything_takes_it_along() {
    let phone = Phone::new_one();
    with_a_meter(&phone);
    assert_eq!(phone.app.wipe(&WipeRequest::default()), Ok(WipeOutcome::Wiped));
    assert_eq!(phone.app.home().unwrap().flats, []);
}
