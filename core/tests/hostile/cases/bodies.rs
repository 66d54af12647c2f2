//! Whole answers that say something wrong, or say it in an odd way.

use super::*;

pub const BODIES: &[Case] = &[
    unreadable("nothing", |w| {
        w.json("200 OK", "", "");
    }),
    unreadable("no content", |w| {
        w.say("HTTP/1.1 204 No Content\r\n\r\n");
    }),
    unreadable("null", |w| {
        w.json("200 OK", "", "null");
    }),
    unreadable("a list instead of an object", |w| {
        w.json("200 OK", "", "[]");
    }),
    unreadable("an object of another kind", |w| {
        w.json("200 OK", "", r#"{"ok": true}"#);
    }),
    unreadable("half a JSON in a whole frame", |w| {
        let verdicts = w.verdicts();
        w.json("200 OK", "", &verdicts[..verdicts.len() / 2]);
    }),
    unreadable("JSON and something after it", |w| {
        let verdicts = w.verdicts();
        w.json("200 OK", "", format!("{verdicts}{verdicts}"));
    }),
    unreadable("a NUL in the JSON", |w| {
        let verdicts = w.verdicts().replace("received", "rec\0eived");
        w.json("200 OK", "", format!("{{\"items\":\0{verdicts}}}"));
    }),
    unreadable("bytes that are no UTF-8", |w| {
        w.json("200 OK", "", b"{\"items\": [{\"client_item_id\": \"\xff\xfe\"}]}");
    }),
    unreadable("UTF-16", |w| {
        let wide: Vec<u8> = w.verdicts().encode_utf16().flat_map(u16::to_le_bytes).collect();
        w.json("200 OK", "", wide);
    }),
    unreadable("the same key twice", |w| {
        w.json("200 OK", "", r#"{"items": [], "items": []}"#);
    }),
    unreadable("brackets a million deep", |w| {
        w.json("200 OK", "", "[".repeat(60_000));
    }),
    unreadable("the right JSON under another type", |w| {
        let verdicts = w.verdicts();
        w.answer("200 OK", "content-type: text/plain\r\n", verdicts);
    }),
    unreadable("the right JSON under no type", |w| {
        let verdicts = w.verdicts();
        w.answer("200 OK", "", verdicts);
    }),
    fine("the right JSON after a byte order mark", |w| {
        let verdicts = w.verdicts();
        w.json("200 OK", "", format!("\u{feff}{verdicts}"));
    }),
    fine("the right JSON of a newer version", |w| {
        let verdicts = w.verdicts().replace("\"status\"", "\"mood\":{\"of\":[1e5,null]},\"status\"");
        w.json("200 OK", "", verdicts);
    }),
    unclear("deep parameters", |w| {
        let deep = format!("{}{}", "[".repeat(30_000), "]".repeat(30_000));
        let verdicts =
            w.verdicts().replace("\"receipt\"", &format!("\"params\":{{\"a\":{deep}}},\"receipt\""));
        w.json("200 OK", "", verdicts);
    }),
    unclear("a number larger than any", |w| {
        let verdicts = w.verdicts().replace("\"receipt\"", "\"params\":{\"a\":1e999999999},\"receipt\"");
        w.json("200 OK", "", verdicts);
    }),
    unclear("a key of the verdict twice", |w| {
        let verdicts = w.verdicts().replace("\"status\"", "\"status\":\"refused\",\"status\"");
        w.json("200 OK", "", verdicts);
    }),
    unclear("a reading without an id", |w| {
        let verdicts = w.verdicts().replace("\"reading_id\"", "\"reading\"");
        w.json("200 OK", "", verdicts);
    }),
    unclear("an id that is a number", |w| {
        let item = w.item();
        w.json(
            "200 OK",
            "",
            format!(r#"{{"items":[{{"client_item_id":"{item}","status":"received","reading_id":7}}]}}"#),
        );
    }),
    unclear("a month that is none", |w| {
        let verdicts = w.verdicts().replace("2026-11\"", "2026-99\"");
        w.json("200 OK", "", verdicts);
    }),
    unclear("a status that nobody knows", |w| {
        let verdicts = w.verdicts().replace("\"received\"", "\"pondered\"");
        w.json("200 OK", "", verdicts);
    }),
    unclear("a refusal without a reason", |w| {
        let item = w.item();
        w.json("200 OK", "", format!(r#"{{"items":[{{"client_item_id":"{item}","status":"refused"}}]}}"#));
    }),
    unclear("no verdict on anything", |w| {
        w.json("200 OK", "", r#"{"items":[]}"#);
    }),
    unclear("a verdict on an item that was never sent", |w| {
        let verdicts = w.verdicts().replace(&w.item(), "somebody else's");
        w.json("200 OK", "", verdicts);
    }),
    unclear("two verdicts on one item", |w| {
        let item = w.item();
        let verdicts = w.verdicts().replace(
            "]}",
            &format!(r#",{{"client_item_id":"{item}","status":"refused","code":"PERIOD_CLOSED"}}]}}"#),
        );
        w.json("200 OK", "", verdicts);
    }),
    unclear("a verdict on the batch's breakdown instead of the item", |w| {
        let item = w.item();
        w.json(
            "200 OK",
            "",
            format!(r#"{{"items":[{{"client_item_id":"{item}","status":"refused","code":"INTERNAL"}}]}}"#),
        );
    }),
];
