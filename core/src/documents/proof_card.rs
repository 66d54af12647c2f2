//! The proof card of a reading: what counts in a dispute, on one sheet, for somebody who has neither the app nor the
//! account.
//!
//! It says what the phone and the utility have noted, how to check that, and what it does not prove.

use chrono_tz::Tz;

use super::page::{Paper, escaped, page};
use super::{qr, ru};
use crate::domain::{Captured, Delivered, Instant, Period, PhoneClocks, Resource, check_code};

/// How far the reading has come, as far as the phone knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// On the phone.
    Saved,
    /// It has left, or may have; the utility has not confirmed it.
    Sent,
    /// Seen in the utility's list.
    Accepted,
    /// Seen in a charge.
    Accounted,
    /// The utility asks about it.
    Asked,
    /// The utility has refused it.
    Refused,
    /// The resident has withdrawn it, or has put another in its place.
    Replaced,
}

/// What the card says.
#[derive(Debug, Clone)]
pub struct ProofCard<'a> {
    /// The utility's name.
    pub utility: &'a str,
    /// Its server: `https://host[/path]`.
    pub base_url: &'a str,
    /// Whose clocks the days are read by.
    pub zone: Tz,
    /// How that zone is called after a time.
    pub zone_phrase: &'a str,
    /// Account number.
    pub account: &'a str,
    /// The flat.
    pub address: &'a str,
    /// What the meter measures.
    pub resource: Resource,
    /// Where it hangs.
    pub place: &'a str,
    /// Its factory number.
    pub serial: &'a str,
    /// The tariff zone, where the meter has several.
    pub tariff_zone: Option<&'a str>,
    /// The reading as it went to disk.
    pub captured: &'a Captured,
    /// The phone's clocks at that time.
    pub clocks: PhoneClocks,
    /// How it came to the utility.
    pub delivered: &'a Delivered,
    /// When it was seen in the utility's list.
    pub accepted_at: Option<Instant>,
    /// When a charge was seen that carries it.
    pub accounted_at: Option<Instant>,
    /// The month that the utility counts it for.
    pub effective_period: Option<Period>,
    /// How far it has come.
    pub stage: Stage,
    /// What went by SMS, letter or telephone, and when.
    pub handed_over: Option<(&'a str, Instant)>,
}

const STYLE: &str = include_str!("style/proof.css");

/// `Подтверждение показания за ноябрь 2026`.
#[must_use]
pub fn title(period: Period) -> String {
    format!("Подтверждение показания за {}", ru::month(period))
}

/// The document, one sheet.
#[must_use]
pub fn html(card: &ProofCard<'_>) -> String {
    let title = title(card.captured.period);
    let facts: String = facts(card)
        .into_iter()
        .map(|(what, said)| format!("<tr><th scope=\"row\">{what}</th><td>{}</td></tr>\n", escaped(&said)))
        .collect();
    let limits: String = limits(card).iter().map(|limit| format!("<li>{limit}</li>\n")).collect();
    let body = format!(
        "<h1>{title}</h1>\n<p>{utility}</p>\n<p class=\"value\">{value} м³</p>\n\
         <table class=\"facts\"><tbody>\n{facts}</tbody></table>\n\
         <h2>Проверочный код</h2>\n{check}\
         <h2>Чего эта карточка не доказывает</h2>\n<ul>\n{limits}</ul>\n\
         <h2>Из чего сделан код</h2>\n\
         <p class=\"small\">SHA-256 этих строк в UTF-8, каждая с переводом строки (LF) в конце; пустая строка — данных нет. \
         Код — первые 8 байт.</p>\n<pre class=\"raw\">\n{raw}</pre>\n",
        utility = escaped(card.utility),
        value = ru::volume(card.captured.value),
        check = check(card),
        raw = raw(card),
    );
    page(&title, Paper::A4, STYLE, &body)
}

fn facts(card: &ProofCard<'_>) -> Vec<(&'static str, String)> {
    let by_utility = |at: Instant| format!("{} {}", ru::moment(at, card.zone), card.zone_phrase);
    let zone = card.tariff_zone.map(|zone| format!(", {zone}")).unwrap_or_default();
    let mut facts = vec![
        ("Лицевой счёт", card.account.to_owned()),
        ("Адрес", card.address.to_owned()),
        ("Прибор учёта", format!("{}, {}{zone}, № {}", card.resource.name_ru(), card.place, card.serial)),
        ("Набрано на телефоне", card.captured.entered.clone()),
        ("Состояние", stage(card.stage).to_owned()),
        (
            "Снято, по часам телефона",
            format!("{}; {}", by_utility(card.clocks.phone_at), skew(card.clocks.skew_ms)),
        ),
    ];
    // Before the phone had seen the utility's clock, its own was taken for it.
    let taken_at = card.clocks.skew_ms.map(|_| by_utility(card.captured.taken_at));
    let maybe = [
        ("Снято, по часам водоканала", taken_at),
        ("Отправлено", card.delivered.sent_at.map(by_utility)),
        ("Получено водоканалом, по его часам", card.delivered.received_at.map(by_utility)),
        ("Номер квитанции о приёме", card.delivered.receipt.clone()),
        ("Видно в списке водоканала", card.accepted_at.map(by_utility)),
        ("Видно в начислении", card.accounted_at.map(by_utility)),
        ("Учитывается за месяц", card.effective_period.map(ru::month)),
        (
            "Передано иначе, со слов жителя",
            card.handed_over.map(|(text, at)| format!("{}: {text}", by_utility(at))),
        ),
    ];
    facts.extend(maybe.into_iter().filter_map(|(what, said)| Some((what, said?))));
    facts
}

const fn stage(stage: Stage) -> &'static str {
    match stage {
        Stage::Saved => "Сохранено на телефоне, не отправлено",
        Stage::Sent => "Отправлено, приём ещё не подтверждён",
        Stage::Accepted => "Принято",
        Stage::Accounted => "Учтено в начислении",
        Stage::Asked => "Водоканал просит подтвердить показание",
        Stage::Refused => "Отклонено водоканалом",
        Stage::Replaced => "Отозвано или заменено другим",
    }
}

fn skew(ms: Option<i64>) -> String {
    match ms {
        None => "с часами водоканала не сверялись".to_owned(),
        Some(ms @ -999..=999) => format!("с часами водоканала расходятся меньше чем на секунду ({ms} мс)"),
        Some(ms) if ms > 0 => format!("отстают от часов водоканала на {} с", ms / 1000),
        Some(ms) => format!("спешат относительно часов водоканала на {} с", ms.unsigned_abs() / 1000),
    }
}

fn check(card: &ProofCard<'_>) -> String {
    let code = check_code(card.captured, &card.clocks, card.delivered);
    let Some(url) = url(card, &code) else {
        return format!(
            "<p class=\"code\">{code}</p>\n<p>Проверить код можно будет, когда водоканал пришлёт номер квитанции о приёме: \
             до этого у него нет с чем сравнивать.</p>\n"
        );
    };
    let picture = qr::svg(url.as_bytes(), "Адрес проверки").unwrap_or_default();
    format!(
        "<div class=\"check whole\"><div><p class=\"code\">{code}</p>\n\
         <p>Проверить может кто угодно, без входа в кабинет: откройте адрес или наведите камеру на код справа.</p>\n\
         <p class=\"small\">{url}</p>\n<p>Ответ <b>confirmed: true</b> — водоканал получил именно это показание, с этими \
         временами. Ответ <b>false</b> — нет.</p></div>{picture}</div>\n",
        url = escaped(&url),
    )
}

/// Where the utility confirms the code; none without a receipt.
fn url(card: &ProofCard<'_>, code: &str) -> Option<String> {
    let receipt = card.delivered.receipt.as_deref().filter(|receipt| !receipt.is_empty())?;
    let base = card.base_url.trim_end_matches('/');
    Some(format!("{base}/v1/proofs/{}/{}", in_path(receipt), code.replace(' ', "-")))
}

/// A part of a path: everything but letters, digits and the few harmless signs as `%XX`.
fn in_path(text: &str) -> String {
    let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'_' | b'~');
    text.bytes().map(|b| if plain(b) { char::from(b).to_string() } else { format!("%{b:02X}") }).collect()
}

fn limits(card: &ProofCard<'_>) -> Vec<&'static str> {
    let by_stage = match card.stage {
        Stage::Saved => Some("Водоканал этого показания ещё не получал."),
        Stage::Sent => Some("Показание ещё не принято: его нет в списке водоканала."),
        Stage::Accepted => Some("Показание принято, но начисления с ним ещё не было."),
        Stage::Asked => Some("Показание не принято: водоканал ждёт ответа жителя."),
        Stage::Refused => Some("Показание не принято: водоканал его отклонил."),
        Stage::Replaced => Some("Это показание больше не действует."),
        Stage::Accounted => None,
    };
    let by_clock = card
        .clocks
        .skew_ms
        .is_none()
        .then_some("Время снятия известно только по часам телефона, а их может перевести кто угодно.");
    let always = [
        "Что показание верно списано с прибора: это видно только на самом приборе.",
        "Кто держал телефон в руках.",
    ];
    by_stage.into_iter().chain(by_clock).chain(always).collect()
}

/// The lines of the hash, as the contract has them.
fn raw(card: &ProofCard<'_>) -> String {
    crate::domain::proof_lines(card.captured, &card.clocks, card.delivered)
        .iter()
        .map(|line| format!("{}\n", escaped(line)))
        .collect()
}

#[cfg(test)]
#[path = "proof_card_tests.rs"]
mod tests;
