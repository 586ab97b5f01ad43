//! (to be written)

use super::Template;
use crate::finding::Finding;

pub(super) fn find(_template: &Template<'_>) -> Vec<Finding> {
    Vec::new()
}
