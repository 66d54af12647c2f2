//! Several cabinets over one PostgreSQL database: whichever is asked, it is as if there were one.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that can't go on must stop")]

mod common;

use std::sync::Barrier;
use std::sync::atomic::{AtomicBool, Ordering};

use common::program::{Program, command};
use common::{Answer, READINGS, but, cold};
use serde_json::{Value, json};
use vodomer_cabinet::demo;
use vodomer_test_postgres::{Cluster, TestDatabase};

struct City {
    cabinets: [Program; 3],
    access: String,
    database: TestDatabase,
}

impl City {
    /// Three cabinets that begin at the same time over a database without a table. One of them fills in the
    /// demonstration, before it answers.
    fn new(now: &str) -> Self {
        let database = Cluster::of_this_run().empty_database();
        let start = || Program::start(&database.url, &["--demo", "--control", "127.0.0.1:0", "--now", now]);
        let cabinets = std::thread::scope(|scope| {
            [(), (), ()].map(|()| scope.spawn(start)).map(|started| started.join().unwrap())
        });
        let access = cabinets[2].sign_in();
        Self { cabinets, access, database }
    }

    /// The same of each, at the same moment.
    fn at_once<T: Send>(&self, ask: impl Fn(usize, &Program) -> T + Sync) -> Vec<T> {
        let together = Barrier::new(self.cabinets.len());
        std::thread::scope(|scope| {
            let asked = self.cabinets.iter().enumerate().map(|(number, cabinet)| {
                let (ask, together) = (&ask, &together);
                scope.spawn(move || {
                    together.wait();
                    ask(number, cabinet)
                })
            });
            asked.collect::<Vec<_>>().into_iter().map(|asked| asked.join().unwrap()).collect()
        })
    }

    fn post(&self, cabinet: &Program, path: &str, body: &Value) -> Answer {
        cabinet.post(&format!("{}{path}", cabinet.listen), &self.access, body)
    }

    fn number(&self, sql: &str) -> i64 {
        self.database.connect().query_one(sql, &[]).unwrap().get(0)
    }
}

#[test]
fn the_same_key_at_all_of_them_at_once_has_one_effect_and_one_answer() {
    let city = City::new("2026-11-24T12:00:00Z");
    for month in 0..8 {
        let item = but(
            cold(&format!("{month}"), &format!("{}", 120 + month)),
            json!({ "supersedes": standing(&city) }),
        );
        let batch = json!({ "items": [item] });
        let answers = city.at_once(|_, cabinet| city.post(cabinet, READINGS, &batch).item().clone());
        assert_eq!(answers[0]["status"], "received", "{answers:?}");
        assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");
        let sql = format!("SELECT count(*) FROM readings WHERE client_item_id = 'item-{month}'");
        assert_eq!(city.number(&sql), 1);
    }
}

/// The reading that stands for November, which the next one corrects.
fn standing(city: &City) -> Value {
    let readings = city.cabinets[0].get(READINGS, &city.access).body["readings"].clone();
    let of_november = |it: &&Value| it["period"] == "2026-11" && it["status"] == "received";
    readings.as_array().unwrap().iter().find(of_november).map_or(Value::Null, |it| it["id"].clone())
}

#[test]
fn of_readings_for_the_same_month_at_all_of_them_at_once_one_is_received() {
    let city = City::new("2026-11-24T12:00:00Z");
    let answers = city.at_once(|number, cabinet| {
        let batch = json!({"items": [cold(&format!("{number}"), &format!("{}", 121 + number))]});
        city.post(cabinet, READINGS, &batch).item().clone()
    });
    let received = answers.iter().filter(|answer| answer["status"] == "received").count();
    let refused = answers.iter().filter(|answer| answer["code"] == "DUPLICATE_IN_PERIOD").count();
    assert_eq!((received, refused), (1, 2), "{answers:?}");
    assert_eq!(city.number("SELECT count(*) FROM readings WHERE period = '2026-11'"), 1);
}

#[test]
fn a_write_that_the_server_cuts_at_its_commit_is_answered_as_trouble_and_its_replay_has_its_effect_once() {
    let city = City::new("2026-11-24T12:00:00Z");
    // A sequence counts on also in what is undone.
    let cut_the_first = "CREATE SEQUENCE commits;
        CREATE FUNCTION cut() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            IF nextval('commits') = 1 THEN PERFORM pg_terminate_backend(pg_backend_pid()); END IF;
            RETURN NULL;
        END $$;
        CREATE CONSTRAINT TRIGGER cut AFTER INSERT ON readings DEFERRABLE INITIALLY DEFERRED
            FOR EACH ROW EXECUTE FUNCTION cut()";
    city.database.connect().batch_execute(cut_the_first).unwrap();
    let batch = json!({"items": [cold("a", "123")]});
    let cut = city.post(&city.cabinets[0], READINGS, &batch);
    assert_eq!((cut.status, cut.code()), (500, "INTERNAL"));
    assert_eq!(city.number("SELECT count(*) FROM readings WHERE period = '2026-11'"), 0);
    for cabinet in [&city.cabinets[0], &city.cabinets[1]] {
        let replayed = city.post(cabinet, READINGS, &batch);
        assert_eq!(replayed.item()["status"], "received", "{:?}", replayed.body);
    }
    assert_eq!(city.number("SELECT count(*) FROM readings WHERE period = '2026-11'"), 1);
}

#[test]
fn a_cursor_of_one_is_good_at_the_others_and_misses_nothing() {
    let city = City::new("2026-11-24T12:00:00Z");
    let done = AtomicBool::new(false);
    let write = |number: usize, cabinet: &Program| {
        for question in 0..15 {
            let name = format!("{number}.{question}");
            let question = json!({"idempotency_key": name, "client_item_id": name, "topic": "charges",
                "text": "Почему?", "written_at": "2026-11-24T11:00:00Z"});
            let path = "/v1/accounts/demo-account/questions";
            assert_eq!(city.post(cabinet, path, &question).status, 200);
        }
    };
    let follow = || {
        let (mut cursor, mut seen) = (String::new(), Vec::new());
        for cabinet in city.cabinets.iter().cycle() {
            let is_last = done.load(Ordering::SeqCst);
            let changes = cabinet.get(&format!("/v1/sync?cursor={cursor}"), &city.access).body;
            changes["cursor"].as_str().unwrap().clone_into(&mut cursor);
            let letters = changes["letters"].as_array().unwrap().iter();
            seen.extend(letters.map(|letter| letter["client_item_id"].as_str().unwrap().to_owned()));
            if is_last {
                break;
            }
        }
        seen
    };
    let mut seen = std::thread::scope(|scope| {
        let follower = scope.spawn(follow);
        city.at_once(write);
        done.store(true, Ordering::SeqCst);
        follower.join().unwrap()
    });
    assert_eq!(seen.len(), 45, "each comes once");
    seen.sort_unstable();
    seen.dedup();
    assert_eq!(seen.len(), 45);
}

#[test]
fn wrong_passwords_are_counted_over_all_of_them() {
    let city = City::new("2026-11-24T12:00:00Z");
    let login = |cabinet: &Program, password: &str| {
        let body = json!({"login": demo::LOGIN, "password": password});
        cabinet.post(&format!("{}/v1/auth/login", cabinet.listen), "", &body).status
    };
    let wrong = city.at_once(|_, cabinet| [login(cabinet, "wrong"), login(cabinet, "wrong")]);
    let refused = wrong.iter().flatten().filter(|status| **status == 429).count();
    assert_eq!(refused, 1, "{wrong:?}");
    assert_eq!(city.at_once(|_, cabinet| login(cabinet, demo::PASSWORD)), [429, 429, 429]);
}

#[test]
fn a_billing_run_whose_cabinet_was_killed_is_finished_by_another_and_charges_nothing_twice() {
    let mut city = City::new("2026-11-27T12:00:00Z");
    let flats = "INSERT INTO accounts SELECT 'flat-' || n, 'n' || n, '', 1, 0, NULL, 0, 1 FROM generate_series(1, 500) AS n;
        INSERT INTO meters SELECT 'meter of ' || id, id, '1', 'cold_water', '', 5, 3, 1, NULL, 0, NULL, 1
        FROM accounts WHERE id LIKE 'flat-%'";
    city.database.connect().batch_execute(flats).unwrap();
    let (url, body) =
        (format!("{}/control/billing-run", city.cabinets[0].control), json!({"period": "2026-11"}));
    let begun = {
        let (url, body) = (url, body.clone());
        std::thread::spawn(move || common::agent().post(&url).send_json(&body).is_ok())
    };
    let charged = "SELECT count(*) FROM charges WHERE period = '2026-11'";
    while city.number(charged) < 20 {
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    city.cabinets[0].child.kill().unwrap();
    assert!(!begun.join().unwrap(), "the run was to be cut");
    assert!(city.number(charged) < 501, "the run was to be cut");
    let done = city.cabinets[1].steer("billing-run", &body);
    assert_eq!(done["accounts"], 501);
    assert_eq!(city.number(charged), 501);
    let total = "SELECT CAST(sum(total_kopecks) AS BIGINT) FROM charges WHERE period = '2026-11'";
    assert_eq!(done["total_kopecks"], city.number(total));
    assert_eq!(
        city.number("SELECT count(*) FROM accounts WHERE id LIKE 'flat-%' AND balance_kopecks <> 6000"),
        0
    );
}

#[test]
fn a_password_of_the_database_is_not_in_the_log_of_a_cabinet_that_can_not_reach_it() {
    for address in [
        "postgres://cabinet:planted@127.0.0.1:1/cabinet",
        "postgres://cabinet:planted@127.0.0.1:port/cabinet",
        "mysql://cabinet:planted@127.0.0.1/cabinet",
    ] {
        let output = command(address, &[]).output().unwrap();
        let told = String::from_utf8(output.stderr).unwrap();
        assert!(!output.status.success() && told.contains("does not run"), "{told}");
        assert!(!told.contains("planted"), "{told}");
        assert!(output.stdout.is_empty());
    }
}
