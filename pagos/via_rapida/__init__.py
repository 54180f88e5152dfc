"""The fast lane: payments of many callers grouped into one call of the ledger, and batches of one caller."""
