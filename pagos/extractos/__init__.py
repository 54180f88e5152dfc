"""Statements to take away: CSV, PDF, camt.053."""
