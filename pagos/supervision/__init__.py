"""Supervision of payments: daily closings with proofs, the regulator's page, dated rules."""
