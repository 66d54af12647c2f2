//! What an operator does at a terminal, and what becomes of it.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that can't go on must stop")]

mod common;

use std::io::Write;
use std::process::{Command, Stdio};

use common::{Flat, Home, agent, answer};
use serde_json::{Value, json};
use vodomer_cabinet::Running;

const ACCOUNTS: &str = "number,address,residents,district,street,house\n\
    500,\"ул. Новая, 1, кв. 2\",3,Северный,ул. Новая,1\n501,\"ул. Новая, 1, кв. 3\",1,,,\n";
const METERS: &str = "account_number;serial;resource;place;whole_digits;fraction_digits;verify_by;value;value_period\r\n\
    500;0071;cold_water;кухня;5;3;2029-04-18;120.5;2026-10\r\n500;0072;hot_water;кухня;5;3;;;\r\n";
const CHARGES: &str = "account_number,period,basis,resource,volume,tariff_kopecks,amount_kopecks,pay_by,meter_serial,note\n\
    500,2026-09,meter,cold_water,4,1000,4000,2026-10-15,0071,\n\
    500,2026-09,benefit,,0,0,-500,2026-10-15,,льгота\n\
    500,2026-10,norm,cold_water,2.5,1001,2503,2026-11-15,,\n";

/// A database of an operator, and a folder for letters.
struct Office {
    home: Home,
    letters: tempfile::TempDir,
}

/// How a command ended: what it said, or what it complained of.
type Said = Result<Value, String>;

impl Office {
    fn new() -> Self {
        Self { home: Home::in_a_file(), letters: tempfile::TempDir::new().unwrap() }
    }

    /// With something piped in.
    fn say(&self, arguments: &[&str], piped: &[u8]) -> Said {
        let mut command = Command::new(env!("CARGO_BIN_EXE_cabinet"));
        command.args(arguments).env("CABINET_DATABASE", self.home.file());
        command.env("CABINET_MAIL", self.letters.path()).args(["--now", "2026-11-24T12:00:00Z"]);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).env_remove("RUST_LOG");
        let mut child = command.spawn().unwrap();
        child.stdin.take().unwrap().write_all(piped).unwrap();
        let output = child.wait_with_output().unwrap();
        let complaint = String::from_utf8(output.stderr).unwrap();
        if output.status.success() {
            assert_eq!(complaint, "");
            return Ok(serde_json::from_slice(&output.stdout).unwrap());
        }
        assert!(output.stdout.is_empty());
        Err(complaint)
    }

    fn import(&self, what: &str, csv: &str) -> Said {
        self.say(&[what, "import", "-"], csv.as_bytes())
    }

    fn with_accounts() -> Self {
        let office = Self::new();
        assert_eq!(office.import("accounts", ACCOUNTS), Ok(json!({"lines": 2})));
        office
    }

    /// The login and the password out of the only letter.
    fn letter(&self) -> (String, String) {
        let file = std::fs::read_dir(self.letters.path()).unwrap().next().unwrap().unwrap();
        let letter = std::fs::read_to_string(file.path()).unwrap();
        let told =
            |word: &str| letter.lines().find_map(|it| it.strip_prefix(word)).unwrap().trim().to_owned();
        (told("Логин:"), told("Пароль:"))
    }

    /// What a resident with the only letter sees.
    fn seen(self) -> (Flat, Value) {
        let (login, password) = self.letter();
        let mut config = common::config(&self.home);
        config.demo = false;
        config.now = Some(common::instant("2026-11-24T12:00:00Z"));
        let running = Running::start_blocking(config).unwrap();
        let (access, refresh) = (String::new(), String::new());
        let mut flat =
            Flat { running, access, refresh, agent: agent(), home: self.home, letters: self.letters };
        let tokens = flat.login(&login, &password);
        flat.take(&tokens);
        let seen = flat.get("/v1/sync").body;
        (flat, seen)
    }
}

fn complaint(said: Said) -> String {
    said.expect_err("is refused")
}

#[test]
fn accounts_meters_and_charges_are_brought_in_and_seen_by_who_gets_a_login_by_letter() {
    let office = Office::with_accounts();
    assert_eq!(office.import("meters", METERS), Ok(json!({"lines": 2})));
    assert_eq!(office.import("charges", CHARGES), Ok(json!({"lines": 3})));
    let to = ["--account", "500", "--phone", "+7 000 000-00-05", "--email", "five@example.invalid"];
    assert_eq!(office.say(&[&["add-resident"], &to[..]].concat(), b""), Ok(json!({"sent": true})));
    let (flat, seen) = office.seen();
    let account = &seen["accounts"][0];
    assert_eq!(
        json!([account["number"], account["address"], account["residents"], account["balance"]["kopecks"]]),
        json!(["500", "ул. Новая, 1, кв. 2", 3, 6003])
    );
    let mut serials: Vec<_> =
        seen["meters"].as_array().unwrap().iter().map(|it| it["serial"].clone()).collect();
    serials.sort_by_key(ToString::to_string);
    assert_eq!(serials, ["0071", "0072"]);
    let reading = &seen["readings"][0];
    assert_eq!(
        json!([reading["value"], reading["period"], reading["source"], reading["status"]]),
        json!(["120.5", "2026-10", "import", "accounted"])
    );
    let id = account["id"].as_str().unwrap();
    let charges = flat.get(&format!("/v1/accounts/{id}/charges")).body["charges"].clone();
    let told = |it: &Value| json!([it["period"], it["total_kopecks"], it["due_kopecks"], it["pay_by"]]);
    assert_eq!(told(&charges[0]), json!(["2026-10", 2503, 6003, "2026-11-15"]));
    assert_eq!(told(&charges[1]), json!(["2026-09", 3500, 3500, "2026-10-15"]));
    assert_eq!(charges[1]["lines"][1]["note"], "льгота");
}

#[test]
fn a_table_with_a_mistake_is_told_by_line_and_column_and_nothing_of_it_is_kept() {
    let office = Office::with_accounts();
    assert_eq!(office.import("meters", METERS), Ok(json!({"lines": 2})));
    let good = "600,\"ул. Новая, 9\",2\n";
    let accounts = |lines: &str| format!("number,address,residents\n{good}{lines}");
    let line = |with: &str| {
        CHARGES.lines().next().unwrap().to_owned()
            + "\n500,2026-09,meter,cold_water,4,1000,4000,2026-10-15,,\n"
            + with
    };
    let meter = |line: &str| {
        "account_number,serial,resource,place,whole_digits,fraction_digits,value,value_period\n\
         501,9,cold_water,ванная,5,3,,\n"
            .to_owned()
            + line
    };
    for (what, csv, told) in [
        ("accounts", accounts("601,,1\n"), "line 3, column address: is empty"),
        ("accounts", accounts("601,Улица,0\n"), "line 3, column residents: `0` is not a number from 1"),
        ("accounts", accounts("500,Улица,1\n"), "line 3, column number: there is an account"),
        ("accounts", accounts("600,Улица,1\n"), "line 3, column number: there is an account"),
        ("accounts", accounts("601,Улица\n"), "line 3: 2 values, where there are 3 columns"),
        ("accounts", "number,address\n".to_owned(), "line 1: there is no column `residents`"),
        ("accounts", "number,address,residents,flat\n".to_owned(), "line 1: the column `flat` is not known"),
        (
            "accounts",
            "number,address,residents,number\n".to_owned(),
            "line 1: there are two columns `number`",
        ),
        (
            "meters",
            meter("700,9,cold_water,ванная,5,3,,\n"),
            "line 3, column account_number: there is no account",
        ),
        (
            "meters",
            meter("501,8,sewage,ванная,5,3,,\n"),
            "line 3, column resource: `sewage` is not cold_water",
        ),
        (
            "meters",
            meter("501,9,cold_water,ванная,5,3,,\n"),
            "line 3, column serial: the account has this meter",
        ),
        ("meters", meter("501,8,cold_water,ванная,10,3,,\n"), "line 3, column whole_digits: `10` is not"),
        (
            "meters",
            meter("501,8,cold_water,ванная,3,3,1000,2026-10\n"),
            "line 3, column value: `1000` is not",
        ),
        ("meters", meter("501,8,cold_water,ванная,3,3,999,\n"), "line 3, column value_period: a value needs"),
        (
            "charges",
            line("500,2026-10,meter,cold_water,4,1000,4001,2026-11-15,,\n"),
            "line 3, column amount_kopecks: volume times tariff is 4000",
        ),
        (
            "charges",
            line("500,2026-09,meter,cold_water,4,1000,4000,2026-10-16,,\n"),
            "line 3, column pay_by: differs",
        ),
        (
            "charges",
            line("500,2026-08,meter,cold_water,4,1000,4000,2026-10-15,,\n"),
            "line 3, column period: 2026-09 was charged",
        ),
        (
            "charges",
            line("500,2026-10,guess,cold_water,4,1000,4000,2026-11-15,,\n"),
            "line 3, column basis: `guess`",
        ),
        (
            "charges",
            line("500,2026-10,meter,,4,1000,4000,2026-11-15,,\n"),
            "line 3, column resource: is empty",
        ),
        (
            "charges",
            line("500,2026-10,meter,cold_water,4,1000,4000,2026-11-15,77,\n"),
            "line 3, column meter_serial: the account",
        ),
        ("charges", line("500,2026-10,benefit,,1,0,-1,2026-11-15,,\n"), "line 3, column volume: a benefit"),
    ] {
        let refused = complaint(office.import(what, &csv));
        assert!(refused.contains(told), "{csv}\n{refused}");
    }
    let cp1251 = [ACCOUNTS.as_bytes(), b"502,\xd3\xeb\xe8\xf6\xe0,1,,,\n"].concat();
    assert!(complaint(office.say(&["accounts", "import", "-"], &cp1251)).contains("line 4: is not UTF-8"));
    let kept = "SELECT (SELECT count(*) FROM accounts) * 100 + (SELECT count(*) FROM meters) * 10 \
        + (SELECT count(*) FROM charges)";
    assert_eq!(office.home.number(kept), 220);
}

#[test]
fn a_table_that_was_saved_by_an_office_program_is_read_as_well() {
    let office = Office::new();
    let csv = "\u{feff}number;address;residents\r\n 500 ;\"ул. «Новая»; 1\";2\r\n";
    assert_eq!(office.import("accounts", csv), Ok(json!({"lines": 1})));
    assert_eq!(office.home.text("SELECT number || address FROM accounts"), "500ул. «Новая»; 1");
}

#[test]
fn news_and_outages_are_published_beside_a_cabinet_that_runs() {
    let office = Office::new();
    let mut config = common::config(&office.home);
    config.now = Some(common::instant("2026-11-24T12:00:00Z"));
    let running = Running::start_blocking(config).unwrap();
    let open = |path: &str| answer(agent().get(format!("{}{path}", running.url())).call().unwrap()).body;
    let news = json!({"title": "Приём", "text": "С 23 по 25."}).to_string();
    let published = office.say(&["publish-news", "-"], news.as_bytes()).unwrap();
    assert_eq!(open("/v1/news")["news"], json!([published]));
    let outage = json!({"resources": ["cold_water"], "places": [{"district": "Центральный"}],
        "starts_at": "2026-11-25T05:00:00Z", "text": "Авария."});
    let published = office.say(&["publish-outage", "-"], outage.to_string().as_bytes()).unwrap();
    assert_eq!(open("/v1/outages")["outages"], json!([published]));
    let silent = json!({"title": " ", "text": "?"}).to_string();
    assert!(complaint(office.say(&["publish-news", "-"], silent.as_bytes())).contains("a title"));
}

#[test]
fn letters_and_applications_are_listed_and_answered() {
    let office = Office::with_accounts();
    let mut config = common::config(&office.home);
    config.now = Some(common::instant("2026-11-24T12:00:00Z"));
    let running = Running::start_blocking(config).unwrap();
    let post = |path: &str, body: &Value| {
        answer(agent().post(format!("{}{path}", running.url())).send_json(body).unwrap()).body
    };
    let appeal = json!({"idempotency_key": "a", "client_item_id": "a", "topic": "other", "text": "Почему?",
        "written_at": "2026-11-24T11:00:00Z", "name": "Житель", "contact": "почта"});
    let appeal = post("/v1/appeals", &appeal)["letter_id"].as_str().unwrap().to_owned();
    assert_eq!(office.say(&["letters"], b"").unwrap()[0]["id"], appeal.as_str());
    office.say(&["answer-letter", &appeal, "Потому."], b"").unwrap();
    assert_eq!(office.say(&["letters"], b"").unwrap()[0]["answer"], "Потому.");
    assert!(complaint(office.say(&["answer-letter", "none", "?"], b"")).contains("no such letter"));

    let application = json!({"idempotency_key": "r", "client_item_id": "r", "written_at": "2026-11-24T11:00:00Z",
        "surname": "Примерова", "name": "Анна", "address": "ул. Новая, 1", "phone": "123456",
        "email": "a@example.org", "consent": true});
    let application = post("/v1/registration", &application)["letter_id"].as_str().unwrap().to_owned();
    let listed = office.say(&["registrations"], b"").unwrap();
    assert_eq!(json!([listed[0]["id"], listed[0]["surname"]]), json!([application, "Примерова"]));
    let answer = |number: &str| office.say(&["answer-registration", &application, "--account", number], b"");
    assert!(complaint(answer("999")).contains("no account has this number"));
    assert_eq!(answer("501"), Ok(json!({"sent": true})));
    assert!(complaint(answer("501")).contains("answered already"));
    running.stop();
    let (_flat, seen) = office.seen();
    assert_eq!(seen["accounts"][0]["number"], "501");
}

#[test]
fn a_month_is_charged_from_the_terminal_or_said_why_not() {
    let office = Office::with_accounts();
    assert_eq!(office.import("meters", METERS), Ok(json!({"lines": 2})));
    assert!(complaint(office.say(&["billing-run", "2026-11"], b"")).contains("open until 2026-11-25"));
    let run = office.say(&["billing-run", "2026-10"], b"").unwrap();
    assert_eq!(json!([run["period"], run["accounts"]]), json!(["2026-10", 2]));
}
