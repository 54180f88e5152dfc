"""Giving a unit back to its people when none of them can: two officials, notice, time to object."""
