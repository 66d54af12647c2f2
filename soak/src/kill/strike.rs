//! strace as the killer: it counts the calls of a process, and kills it at the beginning of a given one.

use std::collections::BTreeMap;
use std::fmt;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};

use super::tale::{Prepared, Tale};
use super::told::Told;
use super::{Phone, Victim, Violation};

/// Calls that can change something outside of the process; those that a machine does not have are no error.
const CALLS: &str = "?open,openat,?creat,write,pwrite64,writev,pwritev,?pwritev2,fsync,fdatasync,sync_file_range,\
    ?truncate,ftruncate,fallocate,?unlink,unlinkat,?rename,renameat,?renameat2,?link,linkat,?mkdir,mkdirat,?rmdir,\
    sendto,sendmsg,?sendmmsg,?sendfile,copy_file_range";

/// One call of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Blow {
    call: String,
    /// It is the so manieth of that name.
    number: usize,
    /// As strace shows it.
    shown: String,
}

impl fmt::Display for Blow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}#{} {}", self.call, self.number, self.shown)
    }
}

/// The calls of an undisturbed run that change something.
///
/// # Errors
/// When the run does not come to its end: strace is missing, or may not trace here.
pub fn calls_of(victim: &Victim, prepared: &Prepared) -> Result<Vec<Blow>, Violation> {
    let phone = Phone::of(prepared)?;
    let log = tempfile::NamedTempFile::new().map_err(|error| error.to_string())?;
    let (told, killed) = run(victim, &phone, &["-y", "-o", &log.path().display().to_string()])?;
    if killed || told.last() != Some(&Told::Ended) {
        return Err(format!("an undisturbed run did not come to its end; it told {told:?}"));
    }
    phone.judge(&told).map_err(|wrong| format!("{:?}, undisturbed: {wrong}", prepared.tale))?;
    let text = std::fs::read_to_string(log.path()).map_err(|error| error.to_string())?;
    let blows = blows(&text);
    if blows.len() < prepared.tale.fewest_calls() {
        return Err(format!("only {} calls of {:?} were seen:\n{text}", blows.len(), prepared.tale));
    }
    Ok(blows)
}

/// Runs with a kill at that call; tells what was promised before, and whether it was killed.
///
/// # Errors
/// When it ended otherwise than by that or by itself.
pub fn strike(victim: &Victim, phone: &Phone<'_>, blow: &Blow) -> Result<(Vec<Told>, bool), Violation> {
    let inject = format!("inject={}:signal=SIGKILL:when={}", blow.call, blow.number);
    run(victim, phone, &["-o", "/dev/null", "-e", &inject])
}

fn run(victim: &Victim, phone: &Phone<'_>, options: &[&str]) -> Result<(Vec<Told>, bool), Violation> {
    let mut command = Command::new("strace");
    let trace = format!("trace={CALLS}");
    command.args(["-f", "-qq", "-e", "signal=none", "-e", &trace]).args(options);
    command.arg(&victim.program).args(victim.arguments(
        phone.dir(),
        &phone.server.url(),
        phone.prepared.tale,
        1,
    ));
    let not_there = |error| {
        format!(
            "strace can't be started ({error}): it kills the process at its calls, and without it nothing is checked"
        )
    };
    let child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let output = child.and_then(std::process::Child::wait_with_output).map_err(not_there)?;
    let told = read(output.stdout.as_slice());
    match killed(output.status) {
        Some(killed) => Ok((told, killed)),
        None => Err(format!(
            "strace or its process ended with {} (is tracing allowed here?); it told {told:?}, and said: {}",
            output.status,
            String::from_utf8_lossy(&output.stderr)
        )),
    }
}

/// Whether it was killed or ended by itself; none for any other end.
pub fn killed(status: std::process::ExitStatus) -> Option<bool> {
    use std::os::unix::process::ExitStatusExt;
    const SIGKILL: i32 = 9;
    match (status.success(), status.signal()) {
        (true, _) => Some(false),
        (false, Some(SIGKILL)) => Some(true),
        (false, _) => None,
    }
}

/// What was told in whole lines.
pub fn read(output: impl std::io::Read) -> Vec<Told> {
    let lines = BufReader::new(output).lines().map_while(Result::ok);
    lines.filter_map(|line| Told::read(&line)).collect()
}

/// Reads strace's log: of each name the so manieth call of a thread, if it changes anything.
fn blows(log: &str) -> Vec<Blow> {
    let mut counted: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    let mut blows = Vec::new();
    for line in log.lines() {
        let Some((thread, call)) = line.split_once(' ') else { continue };
        let call = call.trim_start();
        let Some((name, _)) = call.split_once('(').filter(|(name, _)| !name.starts_with(['<', '+', '-']))
        else {
            continue;
        };
        let number = counted.entry((thread, name)).and_modify(|n| *n += 1).or_insert(1);
        if changes_something(name, call) {
            let shown = call.chars().take(120).collect();
            blows.push(Blow { call: name.to_owned(), number: *number, shown });
        }
    }
    blows
}

fn changes_something(name: &str, call: &str) -> bool {
    match name {
        "open" | "openat" => call.contains("O_CREAT") || call.contains("O_TRUNC"),
        // What wakes a thread of its own changes nothing outside.
        _ => !call.contains("anon_inode:"),
    }
}

impl Tale {
    /// A log with fewer calls than this was not understood.
    const fn fewest_calls(self) -> usize {
        match self {
            Self::Month => 60,
            Self::Beginning | Self::Wipe | Self::Damage | Self::Upgrade => 20,
        }
    }
}

impl Victim {
    /// The hidden command.
    pub(super) fn arguments(&self, dir: &Path, url: &str, tale: Tale, life: u16) -> Vec<String> {
        let name = clap::ValueEnum::to_possible_value(&tale).map(|value| value.get_name().to_owned());
        let mut words =
            vec!["live".to_owned(), dir.display().to_string(), url.to_owned(), name.unwrap_or_default()];
        words.push(life.to_string());
        if self.says_too_early {
            words.push("--says-too-early".to_owned());
        }
        words
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calls_are_counted_by_name_and_those_that_change_nothing_are_left_out() {
        let log = "7  openat(AT_FDCWD</>, \"/lib/x\", O_RDONLY|O_CLOEXEC) = 3</lib/x>\n\
                   7  openat(AT_FDCWD</>, \"/d/vodomer.db\", O_RDWR|O_CREAT, 0644) = 4</d/vodomer.db>\n\
                   7  write(9<anon_inode:[eventfd]>, \"\\1\\0\", 8) = 8\n\
                   7  write(1<pipe:[77]>, \"opened\\n\", 7) = 7\n\
                   7  +++ exited with 0 +++\n";
        let found: Vec<(String, usize)> = blows(log).into_iter().map(|b| (b.call, b.number)).collect();
        assert_eq!(found, [("openat".to_owned(), 2), ("write".to_owned(), 2)]);
    }
}
