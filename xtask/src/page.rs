//! The page that the demo leaves: every screen under its step, the receipt, and the requests as the cabinet saw them.
//!
//! One file beside its pictures, without scripts and without anything from elsewhere.

use crate::cabinet::{Ending, SeenRequest};
use crate::story::Step;
use std::fmt::Write;

/// What the page tells of.
pub struct Played<'a> {
    /// The steps that were played.
    pub steps: &'a [Step],
    /// Why the story stopped, if it did.
    pub failure: Option<&'a str>,
    /// The receipt's document, as a file name beside the page.
    pub receipt: Option<&'a str>,
    /// What reached the cabinet.
    pub requests: &'a [SeenRequest],
}

/// Writes the page as one text.
pub fn html(played: &Played) -> String {
    let mut page = String::new();
    head(&mut page, played);
    if let Some(why) = played.failure {
        let _ = writeln!(page, "<pre class=\"why\">{}</pre>", escaped(why));
    }
    for step in played.steps {
        section(&mut page, step);
    }
    receipt(&mut page, played.receipt);
    requests(&mut page, played.requests);
    page.push_str(FOOT);
    page
}

const FOOT: &str = "</main>
<footer>Left by <code>cargo xtask demo</code>. Playing it again writes this page anew.</footer>
</body>
</html>
";

fn head(page: &mut String, played: &Played) {
    let style = include_str!("page.css");
    let checks: usize = played.steps.iter().map(|step| step.checked.len()).sum();
    let pictures: usize = played.steps.iter().map(|step| step.pictures.len()).sum();
    let steps = played.steps.len();
    page.push_str(&format!(
        r##"<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Vodomer: one resident's month</title>
<style>
{style}</style>
</head>
<body>
<header>
<h1>One resident's month</h1>
<p>A reading typed in a cellar becomes «учтено»: the Android app, the Rust core and the reference cabinet,
over real HTTP and real database files, with a clock that the story sets.</p>
{verdict}
<nav aria-label="On this page">{links}<a href="#receipt">Receipt</a><a href="#requests">Requests</a></nav>
</header>
<main>
<p class="note">The pictures are drawn by Robolectric on a computer, from the app's own screens.
They are not photographs of a phone: there are no system bars and no keyboard, and nothing here shows
how a device behaves.</p>
"##,
        verdict = match played.failure {
            None => format!(
                r#"<p class="verdict good">{steps} steps played, {checks} things checked, {pictures} pictures</p>"#
            ),
            Some(_) => format!(r#"<p class="verdict bad">Stopped in step {steps}: it was not as told</p>"#),
        },
        links = played.steps.iter().fold(String::new(), |mut links, step| {
            let number = step.number;
            let _ = write!(links, r##"<a href="#step-{number}">Step {number}</a>"##);
            links
        }),
    ));
}

fn section(page: &mut String, step: &Step) {
    let number = step.number;
    page.push_str(&format!(
        r#"<section class="step" id="step-{number}">
<div class="title"><span class="number" aria-hidden="true">{number}</span><h2>{}</h2></div>
"#,
        escaped(&step.title)
    ));
    page.push_str("<div class=\"text\">\n");
    list(page, "told", &step.lines);
    if !step.checked.is_empty() {
        page.push_str("<h3>Checked</h3>\n");
        list(page, "checked", &step.checked);
    }
    page.push_str("</div>\n");
    if !step.pictures.is_empty() {
        page.push_str("<div class=\"screens\">\n");
        for picture in &step.pictures {
            page.push_str(&format!(
                r#"<figure><a href="{file}"><img src="{file}" alt="Screen: {name}" loading="lazy"></a><figcaption>{name}</figcaption></figure>
"#,
                file = escaped(picture),
                name = escaped(&caption(picture)),
            ));
        }
        page.push_str("</div>\n");
    }
    page.push_str("</section>\n");
}

fn list(page: &mut String, class: &str, lines: &[String]) {
    if lines.is_empty() {
        return;
    }
    page.push_str(&format!("<ul class=\"{class}\">\n"));
    for line in lines {
        page.push_str(&format!("<li>{}</li>\n", escaped(line)));
    }
    page.push_str("</ul>\n");
}

fn receipt(page: &mut String, file: Option<&str>) {
    page.push_str("<section id=\"receipt\">\n<h2>The receipt</h2>\n");
    match file.map(escaped) {
        Some(file) => page.push_str(&format!(
            r#"<p>The квитанция as the core wrote it: <a href="{file}">open it by itself</a>, to print it or to scan its code.</p>
<iframe src="{file}" title="The receipt" sandbox loading="lazy"></iframe>
"#
        )),
        None => page.push_str("<p>None was written.</p>\n"),
    }
    page.push_str("</section>\n");
}

fn requests(page: &mut String, seen: &[SeenRequest]) {
    page.push_str(
        r#"<section id="requests">
<h2>Requests as the cabinet saw them</h2>
<p>A key that comes twice is the same reading sent again after its answer was lost; the cabinet keeps one.
Times are UTC; in Moscow it is three hours later.</p>
<div class="wide"><table>
<thead><tr><th class="amount">№</th><th>At, UTC</th><th>Request</th><th>Answer</th><th class="amount">Body</th><th>Idempotency keys</th></tr></thead>
<tbody>
"#,
    );
    for (index, request) in seen.iter().enumerate() {
        let (ending, kind) = match &request.status {
            Ending::Answered(status) if *status < 400 => (status.to_string(), "good"),
            Ending::Answered(status) => (status.to_string(), "bad"),
            Ending::Other(words) => (escaped(words), "bad"),
        };
        page.push_str(&format!(
            r#"<tr><td class="amount">{number}</td><td><time>{at}</time></td><td class="path"><code>{method} {path}</code></td><td><span class="status {kind}">{ending}</span></td><td class="amount">{bytes} bytes</td><td>{keys}</td></tr>
"#,
            number = index + 1,
            at = escaped(&clock(&request.at)),
            method = escaped(&request.method),
            path = escaped(&request.path),
            bytes = request.bytes_in,
            keys = keys(seen, index),
        ));
    }
    page.push_str("</tbody></table></div>\n</section>\n");
}

/// "2026-11-25T21:02:09.123Z" → "25.11 21:02:09"; anything else as it is.
fn clock(instant: &str) -> String {
    match (instant.get(5..7), instant.get(8..10), instant.get(11..19)) {
        (Some(month), Some(day), Some(time)) => format!("{day}.{month} {time}"),
        _ => instant.to_owned(),
    }
}

/// The keys of one request, each with the number of the request that carried it first.
fn keys(seen: &[SeenRequest], index: usize) -> String {
    let mut text = String::new();
    let before = seen.get(..index).unwrap_or_default();
    for key in seen.get(index).iter().flat_map(|request| &request.idempotency_keys) {
        let first = before.iter().position(|earlier| earlier.idempotency_keys.contains(key));
        let again = first.map_or_else(String::new, |first| {
            format!(r#" <span class="again">again, first in {}</span>"#, first + 1)
        });
        let _ = write!(text, r#"<div class="key"><code>{}</code>{again}</div>"#, escaped(key));
    }
    text
}

/// "2-capture/typed.png" → "capture typed".
fn caption(picture: &str) -> String {
    let name = picture.rsplit_once('.').map_or(picture, |(name, _)| name);
    let words = name.replace(['_', '-', '/'], " ");
    words.trim_start_matches(|c: char| c.is_ascii_digit() || c == ' ').to_owned()
}

/// Text as it may stand in HTML, between tags and in attributes.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(other),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(keys: &[&str]) -> SeenRequest {
        SeenRequest {
            at: "2026-11-25T21:02:00Z".into(),
            method: "POST".into(),
            path: "/v1/accounts/1/readings".into(),
            status: Ending::Answered(200),
            idempotency_keys: keys.iter().map(|key| (*key).to_owned()).collect(),
            bytes_in: 400,
        }
    }

    #[test]
    fn what_a_server_or_an_app_said_cannot_become_markup() {
        let step = Step {
            number: 1,
            title: "<script>alert('x')</script>".into(),
            lines: vec!["«5 < 6 & \"so\" on»".into()],
            pictures: vec!["a\"onerror=.png".into()],
            checked: Vec::new(),
        };
        let page = html(&Played {
            steps: &[step],
            failure: Some("<b>"),
            receipt: None,
            requests: &[request(&["<i>"])],
        });
        for markup in ["<script", "<b>", "<i>", "a\"onerror"] {
            assert!(!page.contains(markup), "{markup}");
        }
        assert!(page.contains("«5 &lt; 6 &amp; &quot;so&quot; on»"));
    }

    #[test]
    fn a_key_that_comes_again_points_to_its_first_request() {
        let seen = [request(&["k1"]), request(&["k2"]), request(&["k1"])];
        assert!(!keys(&seen, 0).contains("again"));
        assert!(!keys(&seen, 1).contains("again"));
        assert!(keys(&seen, 2).contains("again, first in 1"));
    }

    #[test]
    fn an_instant_is_shown_short_and_what_is_none_as_it_is() {
        assert_eq!(clock("2026-11-25T21:02:09.123Z"), "25.11 21:02:09");
        assert_eq!(clock("then"), "then");
    }

    #[test]
    fn a_pictures_name_is_its_caption() {
        assert_eq!(caption("2-capture_typed.png"), "capture typed");
        assert_eq!(caption("03/home.png"), "home");
    }

    #[test]
    fn the_receipt_is_framed_without_scripts_and_linked() {
        let page = html(&Played { steps: &[], failure: None, receipt: Some("receipt.html"), requests: &[] });
        assert!(page.contains(r#"<iframe src="receipt.html" title="The receipt" sandbox"#));
        assert!(page.contains(r#"<a href="receipt.html">"#));
    }
}
