//! How many bytes the package sends to a page, beside the budget in `xtask/size-budget.json`.

use std::io::Write as _;

use flate2::{Compression, write::GzEncoder};
use serde_json::Value;

use crate::workspace::{Outcome, files_below, path, read};

/// One line per entry of the budget; fails, with the same lines, when an entry is over it.
pub fn report() -> Outcome<String> {
    let budget: Value = serde_json::from_slice(&read(&path("xtask/size-budget.json"))?)
        .map_err(|error| format!("xtask/size-budget.json: {error}"))?;
    let folder = path("pkg");
    let files = files_below(&folder);
    let (mut lines, mut over) = (Vec::new(), false);
    for (pattern, limit) in budget.as_object().into_iter().flatten() {
        let (mut raw, mut packed) = (0, 0);
        for name in files.iter().filter(|name| matches(pattern, name)) {
            let bytes = read(&folder.join(name))?;
            raw += bytes.len();
            packed += gzip(&bytes)?;
        }
        let limit = limit.get("gzip").and_then(Value::as_u64).unwrap_or(0) as usize;
        let verdict = if packed > limit { "OVER THE BUDGET of" } else { "of" };
        over |= packed > limit;
        lines.push(format!("{pattern:18} {raw:>9} bytes, gzip -9 {packed:>7} {verdict} {limit}"));
    }
    let report = lines.join("\n");
    if over { Err(report) } else { Ok(report) }
}

/// `*.js` takes every JavaScript file of the package, anything else is one file's name.
fn matches(pattern: &str, name: &str) -> bool {
    pattern.strip_prefix('*').map_or(pattern == name, |ending| name.ends_with(ending))
}

/// The size after `gzip -9`.
pub fn gzip(bytes: &[u8]) -> Outcome<usize> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    let packed = encoder.write_all(bytes).and_then(|()| encoder.finish());
    packed.map(|packed| packed.len()).map_err(|error| format!("gzip: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_takes_one_file_or_every_file_with_an_ending() {
        assert!(matches("deskbell_bg.wasm", "deskbell_bg.wasm"));
        assert!(!matches("deskbell_bg.wasm", "other/deskbell_bg.wasm.map"));
        assert!(matches("*.js", "hosts/demo.js"));
        assert!(!matches("*.js", "deskbell.d.ts"));
    }

    #[test]
    fn repeated_bytes_pack_well_and_a_packed_file_is_never_empty() {
        assert!(gzip(&[b'a'; 10_000]).expect("packs") < 100);
        assert!(gzip(&[]).expect("packs") > 10);
    }
}
