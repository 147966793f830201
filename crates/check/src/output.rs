//! Findings as text, for people and machines.
