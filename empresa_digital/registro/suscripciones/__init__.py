"""The webhooks of a unit."""
