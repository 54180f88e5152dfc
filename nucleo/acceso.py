"""Markers of authorisation: every route depends on `publico` or on an actor (a test walks all routes)."""


def publico() -> None:
    """Marks a route that anybody may use."""
