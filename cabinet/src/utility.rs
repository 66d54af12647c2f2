//! The utility as data: what `GET /v1/utility` gives to phones. It has the form of the app's profile, without the
//! profile's `portal`: where the server is and whom to trust about it, a server does not get to say.
//!
//! The operator writes names, contacts, templates and bank details into a file; window, tariffs, norms and checks are
//! taken from the rules by which readings are judged and charged, so that there is one place for each.

use std::path::Path;

use serde_json::{Map, Value, json};
use vodomer_domain::Profile;

use crate::config::{ConfigError, Rules};
use crate::domain::{Resource, WindowEnd};

const DEMO: &str = include_str!("../demo/profile.json");
/// A profile has one; what is checked here is the rest.
const NOWHERE: &str = "https://cabinet.example.invalid";

/// What the operator says of the utility.
#[derive(Clone, Debug)]
pub struct Utility {
    said: Map<String, Value>,
}

impl Utility {
    /// The demonstration's, with invented bank details.
    #[expect(clippy::expect_used, reason = "the file is compiled in, and a test reads it")]
    pub fn demo() -> Self {
        Self::parse(DEMO).expect("demo/profile.json is an object")
    }

    /// Reads a file in the form of a profile.
    ///
    /// # Errors
    /// Says what can't be read.
    pub fn read(file: &Path) -> Result<Self, ConfigError> {
        Self::parse(&std::fs::read_to_string(file)?)
    }

    fn parse(text: &str) -> Result<Self, ConfigError> {
        let said = serde_json::from_str(text);
        Ok(Self { said: said.map_err(|error| ConfigError::Utility(error.to_string()))? })
    }

    /// Whom to pay, as the profile has it.
    pub fn bank(&self) -> Option<&Value> {
        self.said.get("bank").filter(|bank| !bank.is_null())
    }

    /// The whole of it, as phones get it.
    pub fn document(&self, rules: &Rules) -> Value {
        let mut document = self.said.clone();
        for of_the_file in ["portal", "$schema", "sources", "notes", "windows"] {
            document.remove(of_the_file);
        }
        document.extend(by_the_rules(rules));
        Value::Object(document)
    }

    /// Refuses what no phone would take.
    ///
    /// # Errors
    /// Names the fields and what is wrong with them.
    pub fn check(&self, rules: &Rules) -> Result<(), ConfigError> {
        let mut profile = self.document(rules);
        profile["portal"] = json!({ "base_url": NOWHERE });
        let checked = Profile::from_json(&profile.to_string());
        checked.map(drop).map_err(|problems| ConfigError::Utility(problems.to_string()))
    }
}

fn by_the_rules(rules: &Rules) -> Map<String, Value> {
    let end = |end: WindowEnd| match end {
        WindowEnd { day, next_month: false } => json!({ "day": day }),
        WindowEnd { day, next_month: true } => json!({ "day": day, "next_month": true }),
    };
    let tariff = |resource: Resource| json!({ "resource": resource, "kopecks": rules.tariffs.of(resource) });
    let fields = [
        ("zone", json!(rules.window.zone.name())),
        ("window", json!({ "opens": end(rules.window.opens), "closes": end(rules.window.closes) })),
        (
            "fraction",
            if rules.readings.places == 0 {
                json!("truncate")
            } else {
                json!({ "keep": rules.readings.places })
            },
        ),
        ("tariffs", [Resource::ColdWater, Resource::HotWater, Resource::Sewage].map(tariff).into()),
        (
            "norms",
            json!([
                { "resource": Resource::ColdWater, "volume": rules.norms.cold_water },
                { "resource": Resource::HotWater, "volume": rules.norms.hot_water },
            ]),
        ),
        (
            "checks",
            json!({
                "unusual_times": rules.readings.ask_over_averages,
                "never_unusual": rules.readings.ask_from,
                "unusual_alone": rules.readings.ask_over,
                "hard_limit": rules.readings.refuse_over,
            }),
        ),
    ];
    fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}
