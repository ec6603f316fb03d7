//! The `jobc` command.

fn main() {}
