//! Codes of this area; see the table in the parent module.

use super::codes;

codes! {}
