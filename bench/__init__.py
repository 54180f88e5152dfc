"""Measurements with ratios against the least work that could be done. `make bench` runs them all."""
