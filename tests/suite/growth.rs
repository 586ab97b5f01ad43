//! Values that grow in one step or long texts of one sign: the time and the memory that they take stay within the limits.
//!
//! The expectations are the promise of `limits.rs`; a text that was counted too late would end the process, and one that
//! is looked through again from each of its places would take minutes.

use std::time::{Duration, Instant};

use deskbell::api::MessageOptions;

use crate::limits::{message, ticket};

/// A text of a million characters, a list that holds it two thousand times, and an expression about them.
#[test]
fn values_are_counted_before_they_are_made() {
    for expression in [
        "(',' | safe).join(l)",
        "(a | safe) + (a | safe) + (a | safe) + (a | safe) + (a | safe) + (a | safe) + (a | safe) + (a | safe)",
        "json.dumps([1] * 100000, separators=(a, a))",
        "json.dumps([1] * 100000, indent=100000)",
        "l | map('e') | list",
        "resolve_class(l)",
    ] {
        let template =
            format!("{{% set a = 'x' * 1000000 %}}{{% set l = [a] * 2000 %}}{{{{ ({expression}) | length }}}}");
        assert_eq!(message(&template), "limit/bytes", "{expression}");
    }
}

/// Each reads the one before: what asks and what drops them must not go as deep.
#[test]
fn chains_of_generators_stop_and_drop() {
    for part in ["ns.x | map('string')", "ns.x | select", "[ns.x] | map('first')", "(ns.x, 1) | reject('none')"] {
        for end in ["ns.x | list | length", "1"] {
            let chain = format!("{{% for i in range(3000) %}}{{% set ns.x = {part} %}}{{% endfor %}}");
            let template = format!("{{% set ns = namespace(x=[1]) %}}{chain}{{{{ {end} }}}}");
            let expected = if end == "1" || part.starts_with('(') { "exact" } else { "limit/depth" };
            assert_eq!(message(&template), expected, "{part} {end}");
        }
    }
}

#[test]
fn long_runs_of_one_sign_are_looked_through_once() {
    let begin = Instant::now();
    for (sign, filter) in [("<", "_(a)"), ("<!--", "frappe.utils.strip_html(a)"), ("-", "a | wordwrap"), ("<!--", "a")]
    {
        let template = format!("{{% set a = '{sign}' * 40000 %}}{{{{ {filter} | length }}}}");
        assert_eq!(message(&template), "exact", "{filter}");
    }
    let names = |count: usize| (0..count).map(|n| format!("{{{{ b{n} }}}}{{% set a{n} = 1 %}}")).collect::<String>();
    let findings = ticket().render_message(&names(5000), &MessageOptions::default()).findings.len();
    assert!(findings < 100, "{findings} findings");
    // Many times what it takes, and less than the names alone take when each is compared with all others.
    assert!(begin.elapsed() < Duration::from_secs(20), "{:?}", begin.elapsed());
}
