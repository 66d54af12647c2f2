//! What a meter measures, or a line of the bill charges.

use serde::{Deserialize, Serialize};

/// A service of the utility.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Resource {
    /// Холодная вода.
    ColdWater,
    /// Горячая вода.
    HotWater,
    /// Водоотведение, «отведение стоков»; charged, never metered in a flat.
    Sewage,
}

impl Resource {
    /// The name in the contract and in the database.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::ColdWater => "cold_water",
            Self::HotWater => "hot_water",
            Self::Sewage => "sewage",
        }
    }

    /// The resource of a [`code`](Self::code).
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::ColdWater, Self::HotWater, Self::Sewage].into_iter().find(|r| r.code() == code)
    }

    /// The Russian name, for documents and messages to the utility.
    #[must_use]
    pub const fn name_ru(self) -> &'static str {
        match self {
            Self::ColdWater => "Холодная вода",
            Self::HotWater => "Горячая вода",
            Self::Sewage => "Отведение стоков",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_service_is_found_by_its_code_and_has_a_name_of_its_own() {
        let all = [Resource::ColdWater, Resource::HotWater, Resource::Sewage];
        for resource in all {
            assert_eq!(Resource::from_code(resource.code()), Some(resource));
        }
        assert_eq!(Resource::from_code("steam"), None);
        assert_eq!(all.map(Resource::name_ru), ["Холодная вода", "Горячая вода", "Отведение стоков"]);
    }
}
