//! Methods of `bytes`: what a message may do with an encoded text.

use super::super::signature::{Signature, text};
use super::super::{Arguments, Budget, Outcome, Stop, Value};
use super::Answer;

/// `bytes.name(arguments)`
pub fn call(bytes: &[u8], name: &str, arguments: &Arguments, budget: &Budget) -> Answer {
    Some(match name {
        "decode" => decode(bytes, arguments, budget),
        "hex" if arguments.positional.is_empty() && arguments.keyword.is_empty() => budget
            .bytes(bytes.len().saturating_mul(2))
            .map(|()| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>().into()),
        _ => return None,
    })
}

fn decode(bytes: &[u8], arguments: &Arguments, budget: &Budget) -> Outcome<Value> {
    let signature = Signature { name: "decode", parameters: &["encoding", "errors"], positional: 2, required: 0 };
    let encoding = signature.bind(arguments)?.into_iter().next().flatten();
    let utf8 = match encoding {
        None => true,
        Some(encoding) => text(&encoding)
            .is_some_and(|name| matches!(name.to_ascii_lowercase().replace('_', "-").as_str(), "utf-8" | "utf8")),
    };
    budget.bytes(bytes.len())?;
    match std::str::from_utf8(bytes) {
        Ok(text) if utf8 => Ok(Value::str(text)),
        _ => Err(Stop::unsupported("bytes.decode")),
    }
}
