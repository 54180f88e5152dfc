"""Public identifiers: UUIDv7 (sortable by time, safe to make before the row exists)."""

import uuid

from uuid_utils.compat import uuid7

NAMESPACE_DEMO = uuid.UUID("6b1f0d0e-5f0a-5c55-9d5e-0b1a5e0c0d10")


def nuevo_id() -> uuid.UUID:
    """A new UUIDv7 (RFC 9562), as the standard library's type."""
    return uuid7()


def id_demo(nombre: str) -> uuid.UUID:
    """The fixed id of a demonstration object, e.g. ``id_demo("persona:ana")``."""
    return uuid.uuid5(NAMESPACE_DEMO, nombre)
