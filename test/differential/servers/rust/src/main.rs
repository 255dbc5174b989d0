//! A server written by hand with serde. Its derived decoders also read objects from arrays, by position, and do not
//! look into members they do not know. The arguments are the file in which it writes down what it executes, and the
//! version of the protocol.

use serde::{Deserialize, Serialize};
use serde_json::{json, Deserializer, Value};
use std::fs::{File, OpenOptions};
use std::io::{self, BufRead, Write};

#[derive(Deserialize)]
struct Message {
    #[serde(default)]
    id: Option<Value>,
    method: String,
    #[serde(default)]
    params: Option<Params>,
}

#[derive(Deserialize)]
struct Params {
    name: Option<String>,
    #[serde(default)]
    arguments: Option<Arguments>,
}

#[derive(Deserialize, Serialize, Default)]
#[serde(default)]
struct Arguments {
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    amount: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<String>,
}

#[derive(Serialize)]
struct Execution<'a> {
    tool: &'a str,
    arguments: Arguments,
}

const TOOLS: [&str; 4] = ["list", "read_note", "create_charge", "delete_broker"];

fn main() -> io::Result<()> {
    let file = std::env::args().nth(1).expect("a file to write to");
    let mut record = OpenOptions::new().append(true).create(true).open(file)?;
    let mut input = io::stdin().lock();
    let mut line = Vec::new();
    while input.read_until(b'\n', &mut line)? > 0 {
        for message in messages(&line) {
            receive(message, &mut record)?;
        }
        line.clear();
    }
    Ok(())
}

/// As many as stand on the line, or else those of a batch.
fn messages(line: &[u8]) -> Vec<Message> {
    let each = Deserializer::from_slice(line).into_iter::<Message>();
    let several: Vec<Message> = each.map_while(Result::ok).collect();
    if !several.is_empty() {
        return several;
    }
    let batches = Deserializer::from_slice(line).into_iter::<Vec<Message>>();
    batches.map_while(Result::ok).flatten().collect()
}

/// Calls without an id are run too.
fn receive(message: Message, record: &mut File) -> io::Result<()> {
    let Message { id, method, params } = message;
    if same(&method, "tools/call") {
        if let Some(Params {
            name: Some(name),
            arguments,
        }) = params
        {
            if let Some(tool) = TOOLS.iter().find(|tool| same(&name, tool)) {
                let execution = Execution {
                    tool,
                    arguments: arguments.unwrap_or_default(),
                };
                writeln!(record, "{}", serde_json::to_string(&execution)?)?;
            }
        }
    }
    if let Some(id) = id {
        let version = std::env::args().nth(2);
        println!(
            "{}",
            json!({ "jsonrpc": "2.0", "id": id, "result": { "content": [], "protocolVersion": version } })
        );
    }
    Ok(())
}

fn same(text: &str, name: &str) -> bool {
    text.trim().to_lowercase() == name
}
