//! What the languages share: tables of words, groups of digits, and the names of the powers of a thousand.

/// A group of three digits that is not zero: the power of a thousand, and how many of them.
pub type Group = (usize, usize);

/// An entry of a table whose entries are divided by `|`; empty past its end.
pub fn pick(table: &'static str, index: usize) -> &'static str {
    table.split('|').nth(index).unwrap_or_default()
}

/// The groups of a number, highest first; none for zero.
pub fn groups(digits: &str) -> Vec<Group> {
    let mut groups = Vec::new();
    let mut rest = digits;
    let mut power = 0;
    while !rest.is_empty() {
        let (before, group) = rest.split_at_checked(rest.len().saturating_sub(3)).unwrap_or(("", rest));
        match group.parse() {
            Ok(0) | Err(_) => {}
            Ok(count) => groups.insert(0, (power, count)),
        }
        rest = before;
        power += 1;
    }
    groups
}

/// Whether a group ends with these two digits; 0 to 99.
pub fn any_ends_with(number: &[Group], two_digits: usize) -> bool {
    number.iter().any(|(_, count)| count % 100 == two_digits)
}

/// The name of a power of a thousand in the long scale, where a million has two of them: `m` and its ending.
pub fn long_scale(power: usize, endings: [&str; 2]) -> String {
    let [million, milliard] = endings;
    let ending = if power.is_multiple_of(2) { million } else { milliard };
    [pick("|m|b|tr|quadr|quint", power / 2), ending].concat()
}

/// Two parts of a number and what stands between them; nothing does where one is missing.
pub fn joined(head: &str, and: &str, tail: &str) -> String {
    let and = if head.is_empty() || tail.is_empty() { "" } else { and };
    [head, and, tail].concat()
}
