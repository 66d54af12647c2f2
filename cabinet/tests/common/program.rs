//! The program `cabinet`.

use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Command, ExitStatus, Stdio};

use serde_json::{Value, json};
use vodomer_cabinet::demo;

use super::{Answer, agent, answer};

/// A cabinet of its own process.
pub struct Program {
    pub child: Child,
    pub listen: String,
    pub control: String,
}

impl Program {
    pub fn start(database: &str, more: &[&str]) -> Self {
        Self::started_by(command(database, more))
    }

    /// The same, with a command that was changed.
    pub fn started_by(mut command: Command) -> Self {
        let mut child = command.spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let ready: Value = serde_json::from_str(&line).expect("one line of JSON when it is ready");
        let address = |name: &str| ready[name].as_str().unwrap_or_default().to_owned();
        Self { child, listen: address("listen"), control: address("control") }
    }

    pub fn post(&self, url: &str, token: &str, body: &Value) -> Answer {
        answer(agent().post(url).header("Authorization", format!("Bearer {token}")).send_json(body).unwrap())
    }

    pub fn steer(&self, path: &str, body: &Value) -> Value {
        let answer = self.post(&format!("{}/control/{path}", self.control), "", body);
        assert_eq!(answer.status, 200, "{:?}", answer.body);
        answer.body
    }

    pub fn look(&self, path: &str) -> Value {
        answer(agent().get(format!("{}/control/{path}", self.control)).call().unwrap()).body
    }

    pub fn sign_in(&self) -> String {
        let body = json!({"login": demo::LOGIN, "password": demo::PASSWORD});
        let tokens = self.post(&format!("{}/v1/auth/login", self.listen), "", &body);
        tokens.body["access_token"].as_str().unwrap().to_owned()
    }

    pub fn get(&self, path: &str, token: &str) -> Answer {
        let request = agent().get(format!("{}{path}", self.listen));
        answer(request.header("Authorization", format!("Bearer {token}")).call().unwrap())
    }

    /// Ends it as a service manager does. Tells what it logged.
    pub fn terminate(mut self) -> (ExitStatus, String) {
        let killed = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status().unwrap();
        assert!(killed.success());
        let mut log = String::new();
        self.child.stderr.take().unwrap().read_to_string(&mut log).unwrap();
        (self.child.wait().unwrap(), log)
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// `cabinet serve`, told where its database is as a service manager would: a password is not to stand in the list of
/// processes.
pub fn command(database: &str, more: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cabinet"));
    command.arg("serve").args(more).env("CABINET_DATABASE", database);
    command.stdout(Stdio::piped()).stderr(Stdio::piped()).env_remove("RUST_LOG");
    command
}
