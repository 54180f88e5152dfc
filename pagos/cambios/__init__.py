"""The change feed of an account: every entry that touches it, in order, for systems that keep a copy."""
