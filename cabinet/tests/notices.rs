//! What needs no login: the utility as data, news, outages. The last two come through the cursor too.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that can't go on must stop")]

mod common;

use common::{ACCOUNT, Answer, Flat, answer, but};
use serde_json::{Value, json};
use vodomer_cabinet::{NewNews, NewOutage, News, NoticeError, Outage, Place};

const NOW: &str = "2026-11-24T12:00:00Z";

/// Without a login, and perhaps with the tag of an earlier answer.
fn open(flat: &Flat, path: &str, tag: &str) -> Answer {
    let request = flat.agent.get(format!("{}{path}", flat.running.url()));
    answer(if tag.is_empty() { request } else { request.header("If-None-Match", tag) }.call().unwrap())
}

fn news(title: &str) -> NewNews {
    serde_json::from_value(json!({"title": title, "text": "Текст."})).unwrap()
}

fn publish(flat: &Flat, news: &NewNews) -> News {
    flat.running.control().publish_news(news).unwrap()
}

fn outage(places: Value) -> NewOutage {
    let outage = json!({"resources": ["cold_water", "hot_water"], "starts_at": "2026-11-25T05:00:00Z",
        "ends_at": "2026-11-25T14:00:00Z", "planned": true, "text": "Ремонт."});
    serde_json::from_value(but(outage, json!({ "places": places }))).unwrap()
}

fn off(flat: &Flat, places: Value) -> Outage {
    flat.running.control().publish_outage(&outage(places)).unwrap()
}

fn titles(answer: &Answer) -> Vec<String> {
    let listed = answer.body["news"].as_array().unwrap_or_else(|| panic!("{answer:?}"));
    listed.iter().map(|it| it["title"].as_str().unwrap().to_owned()).collect()
}

fn ids(changes: &Value) -> Vec<String> {
    let outages = changes["outages"].as_array().unwrap();
    outages.iter().map(|it| it["id"].as_str().unwrap().to_owned()).collect()
}

fn sync(flat: &Flat, cursor: &Value) -> Value {
    flat.get(&format!("/v1/sync?cursor={}", cursor.as_str().unwrap_or_default())).body
}

/// `/v1/sync` from a cursor, as who has its answer.
fn anything_new(flat: &Flat, cursor: &Value) -> Answer {
    let cursor = cursor.as_str().unwrap();
    let request = flat.agent.get(format!("{}/v1/sync?cursor={cursor}", flat.running.url()));
    let request = request.header("Authorization", format!("Bearer {}", flat.access));
    answer(request.header("If-None-Match", format!("\"{cursor}\"")).call().unwrap())
}

#[test]
fn the_utility_is_told_in_the_form_of_a_profile_that_says_nothing_of_the_server() {
    let flat = Flat::new();
    let told = open(&flat, "/v1/utility", "");
    assert_eq!(told.status, 200);
    assert!(told.body.get("portal").is_none());
    assert_eq!(told.body["contacts"]["phones"][2]["hours"], json!({"weekdays_only": true}));
    let mut profile = told.body;
    profile["portal"] = json!({"base_url": "https://example.invalid"});
    let profile = vodomer_domain::Profile::from_json(&profile.to_string()).unwrap();
    assert_eq!((profile.name.as_str(), profile.tariffs.len()), ("Учебный водоканал", 3));
}

#[test]
fn window_tariffs_and_checks_are_those_by_which_readings_are_judged_and_charged() {
    let flat = Flat::with(NOW, |config| {
        config.rules.window.closes.day = 27;
        config.rules.tariffs.hot_water = 2345;
        config.rules.readings.places = 2;
        config.rules.readings.ask_over = "55.5".parse().unwrap();
    });
    let told = open(&flat, "/v1/utility", "").body;
    assert_eq!(told["window"], json!({"opens": {"day": 23}, "closes": {"day": 27}}));
    assert_eq!(told["tariffs"][1], json!({"resource": "hot_water", "kopecks": 2345}));
    assert_eq!(told["fraction"], json!({"keep": 2}));
    assert_eq!(told["checks"]["unusual_alone"], "55.5");
}

#[test]
fn who_has_the_utility_is_told_so_until_it_changes() {
    let flat = Flat::new();
    let tag = open(&flat, "/v1/utility", "").header("etag").to_owned();
    for known in [tag.clone(), format!("W/{tag}"), format!("\"another\", {tag}"), "*".to_owned()] {
        let again = open(&flat, "/v1/utility", &known);
        assert_eq!((again.status, &again.body, again.header("etag")), (304, &Value::Null, tag.as_str()));
    }
    assert_eq!(open(&flat, "/v1/utility", "\"another\"").status, 200);
    let dearer = Flat::with(NOW, |config| config.rules.tariffs.sewage += 1);
    assert_eq!(open(&dearer, "/v1/utility", &tag).status, 200);
}

#[test]
fn a_utility_that_no_phone_would_take_is_refused_at_the_start() {
    let home = common::Home::new();
    let mut config = common::config(&home);
    config.rules.readings.ask_over_averages = 0;
    let error = vodomer_cabinet::Running::start_blocking(config).err().unwrap().to_string();
    assert!(error.contains("unusual_times"), "{error}");
}

#[test]
fn news_are_listed_newest_first_until_they_are_over() {
    let flat = Flat::at("2026-11-20T09:00:00Z");
    publish(&flat, &news("Первая"));
    flat.set_clock("2026-11-22T09:00:00Z");
    let over_at = Some("2026-11-25T21:00:00Z".parse().unwrap());
    publish(&flat, &NewNews { until: over_at, important: true, ..news("Вторая") });
    let all = open(&flat, "/v1/news", "");
    assert_eq!(titles(&all), ["Вторая", "Первая"]);
    assert_eq!(all.body["news"][0]["important"], true);
    assert_eq!(titles(&open(&flat, "/v1/news?since=2026-11-22T09:00:00Z", "")), ["Вторая"]);
    assert!(titles(&open(&flat, "/v1/news?since=2026-11-22T09:00:01Z", "")).is_empty());
    assert_eq!(open(&flat, "/v1/news", all.header("etag")).status, 304);
    flat.set_clock("2026-11-25T21:00:00Z");
    assert_eq!(titles(&open(&flat, "/v1/news", all.header("etag"))), ["Первая"]);
}

#[test]
fn news_that_are_changed_keep_their_day_and_come_through_the_cursor_again() {
    let flat = Flat::at("2026-11-20T09:00:00Z");
    let first = publish(&flat, &news("С ошибкой"));
    let seen = sync(&flat, &Value::Null);
    assert_eq!(seen["news"][0]["title"], "С ошибкой");
    let nothing = sync(&flat, &seen["cursor"]);
    assert_eq!(nothing["news"], json!([]));
    flat.set_clock("2026-11-20T09:10:00Z");
    publish(&flat, &NewNews { id: Some(first.id.clone()), ..news("Без ошибки") });
    let changed = sync(&flat, &nothing["cursor"])["news"].clone();
    assert_eq!(changed.as_array().unwrap().len(), 1);
    assert_eq!(
        json!([changed[0]["id"], changed[0]["title"], changed[0]["published_at"]]),
        json!([first.id, "Без ошибки", "2026-11-20T09:00:00Z"])
    );
}

#[test]
fn an_outage_is_found_by_its_district_its_street_or_its_house() {
    let flat = Flat::new();
    off(&flat, json!([{"district": "Северный"}]));
    off(&flat, json!([{"street": "ул. Примерная", "house": "12"}, {"street": "ул. Зелёная"}]));
    let found = |query: &str| {
        let answer = open(&flat, &format!("/v1/outages?{query}"), "");
        assert_eq!(answer.status, 200, "{query}: {:?}", answer.body);
        answer.body["outages"].as_array().unwrap().len()
    };
    let (north, green, example) = (
        "district=%D0%A1%D0%95%D0%92%D0%95%D0%A0%D0%9D%D0%AB%D0%99",
        "street=%D1%83%D0%BB%20%D0%B7%D0%B5%D0%BB%D0%B5%D0%BD%D0%B0%D1%8F",
        "street=%D1%83%D0%BB.%20%D0%9F%D1%80%D0%B8%D0%BC%D0%B5%D1%80%D0%BD%D0%B0%D1%8F",
    );
    assert_eq!((found(""), found(north)), (2, 2), "streets without a district may be in any");
    assert_eq!((found(&format!("{green}&house=7")), found(&format!("{example}&house=12"))), (2, 2));
    assert_eq!(found(&format!("{example}&house=14&{north}")), 1, "the district alone");
    assert_eq!(found(&format!("{example}&house=14&district=%D0%AE%D0%B3")), 0);
    assert_eq!(open(&flat, "/v1/outages?town=1", "").code(), "INVALID_QUERY");
}

#[test]
fn an_outage_tells_whole_districts_and_addresses_and_is_shown_for_a_day_after_its_end() {
    let flat = Flat::new();
    let places = json!([{"district": "Северный"}, {"street": "ул. Примерная", "house": "12"}, {"street": "ул. Новая"}]);
    off(&flat, places);
    let listed = open(&flat, "/v1/outages", "");
    let told = listed.body["outages"][0].clone();
    assert_eq!(told["districts"], json!(["Северный"]));
    assert_eq!(told["addresses"], json!(["ул. Примерная, 12", "ул. Новая"]));
    assert_eq!(told["resources"], json!(["cold_water", "hot_water"]));
    assert_eq!(open(&flat, "/v1/outages", listed.header("etag")).status, 304);
    flat.set_clock("2026-11-26T13:59:59Z");
    assert_eq!(open(&flat, "/v1/outages", "").body, listed.body);
    flat.set_clock("2026-11-26T14:00:00Z");
    assert_eq!(open(&flat, "/v1/outages", "").body, json!({"outages": []}));
}

#[test]
fn an_outage_comes_through_the_cursor_to_those_whose_address_it_touches() {
    let mut flat = Flat::new();
    let place = |district: &str, street: &str| json!({"district": district, "street": street, "house": if street.is_empty() { "" } else { "12" }});
    let touches = [
        off(&flat, json!([place("центральный", "")])),
        off(&flat, json!([place("", "Ул. Примерная")])),
        off(&flat, json!([place("Северный", ""), place("Центральный", "ул. Примерная")])),
    ];
    off(&flat, json!([place("Северный", "")]));
    off(&flat, json!([place("Северный", "ул. Примерная")]));
    off(&flat, json!([{"street": "ул. Примерная", "house": "14"}]));
    let seen = sync(&flat, &Value::Null);
    assert_eq!(ids(&seen), touches.each_ref().map(|outage| outage.id.clone()));

    let ended = NewOutage {
        id: Some(touches[0].id.clone()),
        ends_at: Some("2026-11-25T09:00:00Z".parse().unwrap()),
        ..outage(json!([place("центральный", "")]))
    };
    flat.running.control().publish_outage(&ended).unwrap();
    let changed = sync(&flat, &seen["cursor"]);
    assert_eq!(ids(&changed), [touches[0].id.clone()]);
    assert_eq!(changed["outages"][0]["ends_at"], "2026-11-25T09:00:00Z");

    common::add_neighbour(&flat);
    let tokens = flat.login("neighbour", vodomer_cabinet::demo::PASSWORD);
    flat.take(&tokens);
    assert!(ids(&sync(&flat, &Value::Null)).is_empty(), "nobody knows where the neighbour lives");
}

#[test]
fn an_address_that_becomes_known_brings_its_outages_through_the_cursor() {
    let flat = Flat::new();
    let north = Place { district: "Северный".to_owned(), ..Place::default() };
    let there = off(&flat, json!([{"district": "Северный"}]));
    let seen = sync(&flat, &Value::Null);
    assert!(ids(&seen).is_empty());
    flat.running.control().set_place(ACCOUNT, &north).unwrap();
    assert_eq!(ids(&sync(&flat, &seen["cursor"])), [there.id]);
}

#[test]
fn an_outage_that_says_nothing_or_moves_is_not_published() {
    let flat = Flat::new();
    let publish = |outage: &NewOutage| flat.running.control().publish_outage(outage);
    let good = outage(json!([{"district": "Северный"}]));
    let refused = |change: fn(&mut NewOutage)| {
        let mut outage = good.clone();
        change(&mut outage);
        publish(&outage).err().unwrap().to_string()
    };
    assert!(refused(|it| it.resources.clear()).contains("what is off"));
    assert!(refused(|it| it.places.clear()).contains("a district or a street"));
    assert!(refused(|it| it.places[0].house = "3".to_owned()).contains("a district or a street"));
    assert!(refused(|it| it.text = " ".to_owned()).contains("a text"));
    assert!(refused(|it| it.ends_at = Some("2026-11-25T04:00:00Z".parse().unwrap())).contains("before"));
    assert_eq!(open(&flat, "/v1/outages", "").body, json!({"outages": []}));
    let published = publish(&good).unwrap();
    let moved = NewOutage { id: Some(published.id), ..outage(json!([{"district": "Южный"}])) };
    assert!(matches!(publish(&moved), Err(NoticeError::ElsewhereThanPublished)));
}

#[test]
fn who_has_everything_is_told_so_and_stays_where_they_are() {
    let flat = Flat::new();
    let seen = flat.get("/v1/sync");
    let cursor = seen.body["cursor"].clone();
    assert_eq!(seen.header("etag"), format!("\"{}\"", cursor.as_str().unwrap()));
    let nothing = anything_new(&flat, &cursor);
    assert_eq!((nothing.status, &nothing.body), (304, &Value::Null));

    let neighbours = common::add_neighbour(&flat);
    flat.running.control().set_place(neighbours, &Place::default()).unwrap();
    assert_eq!(anything_new(&flat, &cursor).status, 304, "what is new is somebody else's");
    publish(&flat, &news("Новая"));
    let new = anything_new(&flat, &cursor);
    assert_eq!((new.status, &new.body["news"][0]["title"]), (200, &json!("Новая")));
    flat.received(&common::cold("a", "123"));
    let new = anything_new(&flat, &new.body["cursor"]);
    assert_eq!((new.status, new.body["readings"].as_array().unwrap().len()), (200, 1));
}

#[test]
fn a_tag_without_its_cursor_does_not_keep_anything_from_who_begins() {
    let flat = Flat::new();
    let tag = flat.get("/v1/sync").header("etag").to_owned();
    let request = flat.agent.get(format!("{}/v1/sync", flat.running.url())).header("If-None-Match", &tag);
    let all = answer(request.header("Authorization", format!("Bearer {}", flat.access)).call().unwrap());
    assert_eq!((all.status, all.body["readings"].as_array().unwrap().len()), (200, 16));
}

#[test]
fn notices_that_were_over_a_year_ago_are_forgotten() {
    let flat = Flat::new();
    let until = Some("2026-11-25T14:00:00Z".parse().unwrap());
    publish(&flat, &NewNews { until, ..news("Старая") });
    publish(&flat, &news("Остаётся"));
    off(&flat, json!([{"district": "Северный"}]));
    let kept =
        || flat.home.number("SELECT (SELECT count(*) FROM news) + (SELECT count(*) FROM outage_places)");
    flat.set_clock("2027-11-24T12:00:00Z");
    flat.running.control().forget_what_is_over().unwrap();
    assert_eq!(kept(), 3);
    flat.set_clock("2027-11-25T14:00:01Z");
    flat.running.control().forget_what_is_over().unwrap();
    assert_eq!(kept(), 1);
}
