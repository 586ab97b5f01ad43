//! The vocabulary of everything we tell a person: what is wrong or worth knowing, where, and what a click would change.

use std::ops::Range;

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Good to know; nothing has to change.
    Info,
    /// Works, but probably not as meant.
    Warning,
    /// Will not work.
    Error,
}

/// One remark about a text that a person wrote or pasted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// How much it matters.
    pub severity: Severity,
    /// Stable name, `room/what-is-wrong`: the key of its sentence in [`crate::language`] and of its tests.
    pub code: &'static str,
    /// One sentence in the person's language: what was expected and what was found.
    pub message: String,
    /// The place, in bytes of the text that was checked; `None` when the remark is about the whole text.
    pub span: Option<Range<usize>>,
    /// A replacement that mends it.
    pub fix: Option<Fix>,
}

/// A replacement that a click applies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// What the button says, in the person's language.
    pub label: String,
    /// The bytes that go away.
    pub span: Range<usize>,
    /// What takes their place.
    pub text: String,
}

impl Finding {
    /// A finding about the whole text, without a fix.
    #[inline(never)]
    pub fn new(severity: Severity, code: &'static str, message: String) -> Self {
        Self { severity, code, message, span: None, fix: None }
    }

    /// The same finding, at a place (byte offsets).
    #[must_use]
    #[inline(never)]
    pub fn at(mut self, span: Range<usize>) -> Self {
        self.span = Some(span);
        self
    }

    /// The same finding, with a fix.
    #[must_use]
    pub fn with_fix(self, label: String, span: Range<usize>, text: impl Into<String>) -> Self {
        self.fixed_by(Fix { label, span, text: text.into() })
    }

    #[inline(never)]
    fn fixed_by(mut self, fix: Fix) -> Self {
        self.fix = Some(fix);
        self
    }
}

/// Takes away every fix that touches what an earlier one changes: whoever applies all fixes at once gets what each of them
/// says. The later one comes back when the text is looked at again.
pub fn without_overlaps(findings: &mut [Finding]) {
    let mut taken: Vec<Range<usize>> = Vec::new();
    for finding in findings {
        let Some(Fix { span, .. }) = &finding.fix else { continue };
        let overlaps =
            |other: &Range<usize>| span.start == other.start || span.start < other.end && other.start < span.end;
        if taken.iter().any(overlaps) {
            finding.fix = None;
        } else {
            taken.push(span.clone());
        }
    }
}
