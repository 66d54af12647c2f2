//! News, outages, and which accounts these touch.

use chrono::{DateTime, Utc};

use super::changes::THEIRS;
use super::engine::{Row, params};
use super::row::{instant, instant_if_any, ms};
use super::{Result, Span, StorageError, Tx};
use crate::domain::Resource;
use crate::notices::{Keys, News, Outage, Place};

const NEWS: &str = "id, title, text, published_ms, until_ms, important";
const OUTAGE: &str = "id, resources, text, planned, starts_ms, ends_ms, updated_ms";
/// More are nobody's to read, and the archive is the utility's site.
const MOST_NEWS: i64 = 100;

/// The outages of resident `?1`, each at the place in the change sequence where it, or the account that it touches, last
/// changed: who gets another account gets its outages with it.
pub(super) fn their_outages() -> String {
    format!(
        "SELECT outages.id, max(CASE WHEN outages.seq > home.seq THEN outages.seq ELSE home.seq END) AS seq \
         FROM outages JOIN outage_places AS off ON off.outage_id = outages.id \
         JOIN account_places AS home ON (off.district_key = '' OR off.district_key = home.district_key) \
             AND (off.street_key = '' OR off.street_key = home.street_key) \
             AND (off.house_key = '' OR off.house_key = home.house_key) \
         WHERE home.account_id {THEIRS} GROUP BY outages.id"
    )
}

impl Tx<'_> {
    /// Writes news, in place of what had its id.
    pub fn put_news(&self, news: &News) -> Result<()> {
        let sql = "INSERT INTO news VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (id) DO UPDATE SET \
                   title = excluded.title, text = excluded.text, until_ms = excluded.until_ms, \
                   important = excluded.important, seq = excluded.seq";
        let News { id, title, text, published_at, until, important } = news;
        let seq = self.next("change")?;
        self.run(sql, params![id, title, text, ms(*published_at), until.map(ms), important, seq])?;
        Ok(())
    }

    /// One piece of news.
    pub fn piece_of_news(&self, id: &str) -> Result<Option<News>> {
        self.one(&format!("SELECT {NEWS} FROM news WHERE id = ?1"), params![id], news)
    }

    /// What was published at an instant or later and is not over, newest first.
    pub fn news_since(&self, since: DateTime<Utc>, now: DateTime<Utc>) -> Result<Vec<News>> {
        let sql = format!(
            "SELECT {NEWS} FROM news WHERE published_ms >= ?1 AND (until_ms IS NULL OR until_ms > ?2) \
             ORDER BY published_ms DESC, id LIMIT ?3"
        );
        self.all(&sql, params![ms(since), ms(now), MOST_NEWS], news)
    }

    /// The news that stand within a span of the change sequence.
    pub(super) fn changed_news(&self, Span { after, upto }: Span) -> Result<Vec<News>> {
        let sql = format!("SELECT {NEWS} FROM news WHERE seq > ?1 AND seq <= ?2 ORDER BY seq");
        self.all(&sql, params![after, upto], news)
    }

    /// Writes an outage, in place of what had its id.
    pub fn put_outage(&self, outage: &Outage) -> Result<()> {
        let resources: Vec<_> = outage.resources.iter().map(|resource| resource.name()).collect();
        let sql = "INSERT INTO outages VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT (id) DO UPDATE SET \
                   resources = excluded.resources, text = excluded.text, planned = excluded.planned, \
                   starts_ms = excluded.starts_ms, ends_ms = excluded.ends_ms, updated_ms = excluded.updated_ms, \
                   seq = excluded.seq";
        self.run(
            sql,
            params![
                outage.id,
                resources.join(","),
                outage.text,
                outage.planned,
                ms(outage.starts_at),
                outage.ends_at.map(ms),
                ms(outage.updated_at),
                self.next("change")?,
            ],
        )?;
        Ok(())
    }

    /// Where an outage is.
    pub fn places_of_outage(&self, id: &str) -> Result<Vec<Place>> {
        let sql = "SELECT district, street, house FROM outage_places WHERE outage_id = ?1 ORDER BY place";
        self.all(sql, params![id], |row| {
            Ok(Place { district: row.get(0)?, street: row.get(1)?, house: row.get(2)? })
        })
    }

    /// Writes where an outage is.
    pub fn add_places(&self, outage: &str, places: &[Place]) -> Result<()> {
        for (number, place) in places.iter().enumerate() {
            let Keys { district, street, house } = place.keys();
            let number = i64::try_from(number).unwrap_or(i64::MAX);
            self.run(
                "INSERT INTO outage_places VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                params![outage, number, place.district, place.street, place.house, district, street, house],
            )?;
        }
        Ok(())
    }

    /// The outages that were not over at an instant and touch a place, of which what is left out matches any; the
    /// earliest first.
    pub fn outages(&self, at: &Keys, since: DateTime<Utc>) -> Result<Vec<Outage>> {
        let sql = format!(
            "SELECT {OUTAGE} FROM outages WHERE (ends_ms IS NULL OR ends_ms > ?1) AND EXISTS (SELECT 1 FROM outage_places \
             WHERE outage_id = outages.id AND (?2 = '' OR district_key = '' OR district_key = ?2) \
             AND (?3 = '' OR street_key = '' OR street_key = ?3) AND (?4 = '' OR house_key = '' OR house_key = ?4)) \
             ORDER BY starts_ms, id"
        );
        self.with_places(self.all(&sql, params![ms(since), at.district, at.street, at.house], outage)?)
    }

    /// The outages of a resident's accounts that stand within a span of the change sequence.
    pub(super) fn changed_outages(&self, resident: &str, Span { after, upto }: Span) -> Result<Vec<Outage>> {
        let theirs = their_outages();
        let sql = format!(
            "SELECT {OUTAGE} FROM outages JOIN (SELECT id AS theirs, seq AS place FROM ({theirs}) AS found) AS listed \
             ON theirs = id WHERE place > ?2 AND place <= ?3 ORDER BY place, id"
        );
        self.with_places(self.all(&sql, params![resident, after, upto], outage)?)
    }

    /// Writes where an account is.
    pub fn set_place(&self, account: &str, place: &Place) -> Result<()> {
        let sql = "INSERT INTO account_places VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (account_id) DO UPDATE SET \
                   district_key = excluded.district_key, street_key = excluded.street_key, \
                   house_key = excluded.house_key, seq = excluded.seq";
        let Keys { district, street, house } = place.keys();
        self.run(sql, params![account, district, street, house, self.next("change")?])?;
        Ok(())
    }

    /// Forgets news and outages that were over before an instant.
    pub fn forget_notices(&self, before: DateTime<Utc>) -> Result<usize> {
        let news = "DELETE FROM news WHERE until_ms < ?1";
        Ok(self.run(news, params![ms(before)])?
            + self.run("DELETE FROM outages WHERE ends_ms < ?1", params![ms(before)])?)
    }

    fn with_places(&self, outages: Vec<Outage>) -> Result<Vec<Outage>> {
        let placed = |outage: Outage| Ok(outage.clone().at(&self.places_of_outage(&outage.id)?));
        outages.into_iter().map(placed).collect()
    }
}

fn news(row: &Row) -> Result<News> {
    Ok(News {
        id: row.get("id")?,
        title: row.get("title")?,
        text: row.get("text")?,
        published_at: instant(row, "published_ms")?,
        until: instant_if_any(row, "until_ms")?,
        important: row.get("important")?,
    })
}

fn outage(row: &Row) -> Result<Outage> {
    let resources: String = row.get("resources")?;
    let resources: Option<Vec<_>> = resources.split(',').map(Resource::named).collect();
    Ok(Outage {
        id: row.get("id")?,
        resources: resources.ok_or_else(|| StorageError::Unreadable("what an outage is of".to_owned()))?,
        districts: Vec::new(),
        addresses: Vec::new(),
        starts_at: instant(row, "starts_ms")?,
        ends_at: instant_if_any(row, "ends_ms")?,
        planned: row.get("planned")?,
        text: row.get("text")?,
        updated_at: instant(row, "updated_ms")?,
    })
}
