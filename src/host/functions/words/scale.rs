//! What the languages share: tables of words, groups of digits, and the names of the powers of a thousand.

/// An entry of a table whose entries are divided by `|`; empty past its end.
pub fn pick(table: &'static str, index: usize) -> &'static str {
    table.split('|').nth(index).unwrap_or_default()
}

/// The groups of a number that are not zero, highest first: the power of `base`, and how many of them.
pub fn groups(mut number: u128, base: u128) -> Vec<(usize, usize)> {
    let mut groups = Vec::new();
    let mut power = 0;
    while number > 0 {
        // A base is a million at most.
        let count = usize::try_from(number % base).unwrap_or(0);
        if count > 0 {
            groups.push((power, count));
        }
        number /= base;
        power += 1;
    }
    groups.reverse();
    groups
}

/// Whether a group of three digits ends with these two; 0 to 99.
pub fn any_ends_with(number: u128, two_digits: usize) -> bool {
    groups(number, 1000).iter().any(|(_, count)| count % 100 == two_digits)
}

/// The name of a power of a thousand in the long scale, where a million has two of them: `m` and its ending.
pub fn long_scale(power: usize, endings: [&str; 2]) -> String {
    let [million, milliard] = endings;
    let ending = if power.is_multiple_of(2) { million } else { milliard };
    format!("{}{ending}", pick("|m|b|tr|quadr|quint", power / 2))
}
