//! What a server says: bytes as the body of every answer, through its reader, and what could be read through a whole
//! pass into a database.

use serde::de::DeserializeOwned;
use serde_json::json;
use vodomer_core::portal::{Failure, wire};
use vodomer_soak::phone::World;

use crate::phone;

/// The first byte says whose body it is.
pub fn answers(bytes: &[u8]) {
    let Some((kind, body)) = bytes.split_first() else { return };
    let named = phone::with(|phone| phone.name_items(body));
    let body = named.as_slice();
    match kind % 6 {
        0 => page(body),
        1 => batch(body),
        2 => letter(body),
        3 => refusal(body),
        4 => drop(read::<wire::Withdrawn>(body)),
        _ => drop(read::<wire::Tokens>(body)),
    }
}

fn read<T: DeserializeOwned>(body: &[u8]) -> Option<T> {
    serde_json::from_slice(body).ok()
}

fn page(body: &[u8]) {
    if let Some(page) = read::<wire::Changes>(body) {
        pass(|world| {
            world.portal.will_answer(Err(Failure::AnswerLost));
            world.portal.will_register(Err(Failure::AnswerLost));
            world.portal.will_change(Ok(page));
        });
    }
}

fn batch(body: &[u8]) {
    if let Some(answer) = read::<wire::BatchAnswer>(body) {
        pass(|world| world.portal.will_answer(Ok(answer)));
    }
}

fn letter(body: &[u8]) {
    if let Some(answer) = read::<wire::LetterAnswer>(body) {
        pass(|world| {
            world.portal.will_answer(Err(Failure::AnswerLost));
            world.portal.will_register(Ok(answer));
        });
    }
}

/// Status and the wish to be left alone, then the problem.
fn refusal(body: &[u8]) {
    let Some((head, body)) = body.split_at_checked(10) else { return };
    let problem = read::<wire::Problem>(body);
    let (code, params) = problem.map(|problem| (problem.code, problem.params)).unzip();
    let params = params.unwrap_or_default();
    let wish = u64::from_le_bytes([head[2], head[3], head[4], head[5], head[6], head[7], head[8], head[9]]);
    let status = 400 + u16::from(head[0]);
    let retry_after = (head[1] % 2 == 0).then_some(wish >> (head[1] / 4));
    pass(|world| {
        let refused = || Failure::Refused { status, code: code.clone(), params: params.clone(), retry_after };
        world.portal.will_answer(Err(refused()));
        world.portal.will_register(Err(refused()));
        world.portal.will_change(Err(refused()));
    });
}

/// A pass of a phone with readings and a letter in its queue: whatever is answered, nothing taken is lost, and what
/// comes after finds its way.
fn pass(script: impl FnOnce(&World)) {
    phone::with(|phone| {
        let (disk, world) = phone.on();
        let Ok(app) = world.open(&disk) else { panic!("a sound file does not open") };
        world.will_renew_tokens();
        script(&world);
        world.will_change(json!({ "cursor": "9" }));
        let ended = app.sync(60_000);
        assert!(ended.is_ok(), "what a server says is no error of the phone: {ended:?}");
        phone.is_whole(&app);
        phone::look_at_everything(&app);
        drop(app);
        let Ok(app) = world.open(&disk) else { panic!("what was stored does not open") };
        assert_eq!(app.recovered().ok().flatten(), None, "what was stored is taken for damaged");
        phone.is_whole(&app);
    });
}
