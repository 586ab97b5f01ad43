//! Every size, depth and step limit. A text that passes one is answered with a clear error before any engine sees it.
//!
//! The limits are far above what people write and far below what would freeze the page or overflow the stack of a
//! WebAssembly instance (1 MiB). `tests/suite/limits.rs` has a test that sits on each of them. The nesting of the JSON that
//! a page hands over is bounded by `serde_json` itself (128 levels).

/// Longest template, in bytes.
pub const TEMPLATE_BYTES: usize = 200_000;
/// Longest condition, in bytes. It is read, judged and explained in one go: a text of this length takes some 60 ms.
pub const CONDITION_BYTES: usize = 24_000;
/// Deepest nesting of expressions and blocks, chained operators and `elif` included, in a template or a condition.
pub const NESTING: usize = 120;
/// Deepest nesting of expressions, blocks and chained operators of a template. Jinja2 itself recurses in Python, whose
/// limit of 1000 frames and 100 indentations it meets somewhere above: at how many depends on what calls it.
pub const TEMPLATE_NESTING: usize = 40;
/// Most steps (nodes evaluated, items iterated) of one rendering or evaluation. A step is what takes some 150 ns in the
/// page, so that a loop without end is over in 40 ms; a condition that asks each of a thousand rows takes 20,000.
pub const STEPS: u64 = 200_000;
/// Bytes of a text that are looked through, compared or hashed in one step.
pub const BYTES_A_STEP: usize = 64;
/// Most bytes that the values made by one rendering or evaluation may take together.
pub const VALUE_BYTES: usize = 16_000_000;
/// Longest rendered message, in bytes.
pub const MESSAGE_BYTES: usize = 2_000_000;
/// Most bits of an integer.
pub const INTEGER_BITS: u64 = 200_000;
/// Most questions that the gaps of one rendering carry: a loop over a thousand rows would ask a thousand.
pub const QUESTIONS: usize = 20;
/// Longest pasted webhook URL, in bytes.
pub const URL_BYTES: usize = 20_000;
