"""Scanning one item after another."""
