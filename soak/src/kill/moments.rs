//! A kill at any moment, also between two calls, and several in the life of one phone.

use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use super::strike::{killed, read};
use super::tale::{Prepared, Tale};
use super::told::Told;
use super::{Figures, Phone, Victim, Violation, in_parallel};

/// Processes in the life of a phone.
const LIVES: u16 = 3;

/// Kills so many processes.
pub fn strike(victim: &Victim, kills: usize, seed: u64) -> Result<Figures, Violation> {
    let phones: Vec<Prepared> = Tale::ALL.into_iter().map(Tale::prepare).collect::<Result<_, _>>()?;
    let lasts: Vec<Duration> = phones.iter().map(|phone| lasts(victim, phone)).collect::<Result<_, _>>()?;
    let (done, escaped, promises) = (AtomicUsize::new(0), AtomicUsize::new(0), AtomicUsize::new(0));
    let seeds: Vec<u64> =
        (0..u64::try_from(kills).unwrap_or(u64::MAX)).map(|n| seed.wrapping_add(n)).collect();
    in_parallel(&seeds, |seed| {
        if done.load(Ordering::SeqCst) >= kills {
            return Ok(());
        }
        let mut random = fastrand::Rng::with_seed(*seed);
        let which = random.usize(..phones.len());
        let phone = Phone::of(&phones[which])?;
        let mut told = Vec::new();
        for life in 1..=LIVES {
            let after = lasts[which].mul_f64(random.f64() * 1.05);
            let (more, killed) = live(victim, &phone, life, Some(after))?;
            promises.fetch_add(more.len(), Ordering::SeqCst);
            told.extend(more);
            if killed {
                done.fetch_add(1, Ordering::SeqCst)
            } else {
                escaped.fetch_add(1, Ordering::SeqCst)
            };
        }
        phone.judge(&told).map_err(|wrong| format!("{:?}, seed {seed}: {wrong}", phones[which].tale))
    })?;
    Ok(Figures {
        calls: 0,
        kills: done.into_inner(),
        escaped: escaped.into_inner(),
        promises: promises.into_inner(),
    })
}

/// How long an undisturbed process lives: the middle of five.
fn lasts(victim: &Victim, prepared: &Prepared) -> Result<Duration, Violation> {
    let mut times = Vec::new();
    for _ in 0..5 {
        let phone = Phone::of(prepared)?;
        let start = Instant::now();
        let (told, _) = live(victim, &phone, 1, None)?;
        times.push(start.elapsed());
        phone.judge(&told).map_err(|wrong| format!("{:?}, undisturbed: {wrong}", prepared.tale))?;
    }
    times.sort();
    Ok(times[2])
}

fn live(
    victim: &Victim,
    phone: &Phone<'_>,
    life: u16,
    kill_after: Option<Duration>,
) -> Result<(Vec<Told>, bool), Violation> {
    let mut command = Command::new(&victim.program);
    command.args(victim.arguments(phone.dir(), &phone.server.url(), phone.prepared.tale, life));
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| format!("the process can't be started: {error}"))?;
    if let Some(after) = kill_after {
        thread::sleep(after);
        // Fails only when it has ended by itself.
        let _ = child.kill();
    }
    let output = child.wait_with_output().map_err(|error| error.to_string())?;
    let told = read(output.stdout.as_slice());
    let killed = killed(output.status).ok_or_else(|| {
        format!("it ended with {}: {}", output.status, String::from_utf8_lossy(&output.stderr))
    })?;
    phone.server.wait_until_idle();
    Ok((told, killed))
}
