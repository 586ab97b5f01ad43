//! One test on each limit of `deskbell::limits`.
