//! "Did you mean": the nearest of some names, for the findings of conditions and of messages.

/// The name nearest to `found`, when it is near enough to be a slip: other case, other separators, or few letters off.
pub fn nearest<'a>(found: &str, names: &mut dyn Iterator<Item = &'a str>) -> Option<&'a str> {
    let plain = |name: &str| -> String {
        name.chars().filter(|c| !matches!(c, '_' | ' ' | '-')).flat_map(char::to_lowercase).collect()
    };
    let wanted = plain(found);
    let allowed = (wanted.chars().count() / 3).clamp(1, 3);
    let mut best = None;
    for name in names.filter(|name| *name != found) {
        let letters = distance(&wanted, &plain(name));
        if letters > allowed {
            continue;
        }
        // Of two that are as near, the one whose separators are.
        let far = (letters, distance(found, name));
        if best.is_none_or(|(least, _)| far < least) {
            best = Some((far, name));
        }
    }
    best.map(|(_, name)| name)
}

/// How many letters to add, drop, change or swap (optimal string alignment); of the first 64 of each.
pub fn distance(left: &str, right: &str) -> usize {
    let left: Vec<char> = left.chars().take(64).collect();
    let right: Vec<char> = right.chars().take(64).collect();
    let mut before_last: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=right.len()).collect();
    let mut previous = None;
    for (row, a) in left.iter().enumerate() {
        let mut current = vec![row + 1];
        let mut beside = None;
        for (column, b) in right.iter().enumerate() {
            let cell = |list: &[usize], at: usize| list.get(at).copied().unwrap_or(usize::MAX / 2);
            let mut best = (cell(&last, column) + usize::from(a != b))
                .min(cell(&last, column + 1) + 1)
                .min(cell(&current, column) + 1);
            if column > 0 && previous == Some(b) && beside == Some(a) {
                best = best.min(cell(&before_last, column - 1) + 1);
            }
            current.push(best);
            beside = Some(b);
        }
        before_last = std::mem::replace(&mut last, current);
        previous = Some(a);
    }
    last.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_letters() {
        assert_eq!(distance("status", "status"), 0);
        assert_eq!(distance("statuss", "status"), 1);
        assert_eq!(distance("sttaus", "status"), 1, "a swap is one slip");
        assert_eq!(distance("", "abc"), 3);
    }

    #[test]
    fn finds_the_slip_and_nothing_far() {
        let names = ["status", "grand_total", "due_date"];
        assert_eq!(nearest("Status", &mut names.into_iter()), Some("status"));
        assert_eq!(nearest("grandtotal", &mut names.into_iter()), Some("grand_total"));
        assert_eq!(nearest("customer", &mut names.into_iter()), None);
        assert_eq!(nearest("formatdat", &mut ["format_date", "formatdate"].into_iter()), Some("formatdate"));
    }
}
