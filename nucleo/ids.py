"""Public identifiers: UUIDv7 (sortable by time, safe to make before the row exists)."""

import uuid
from typing import Annotated

from pydantic import AfterValidator
from uuid_utils.compat import uuid7

from nucleo.textos import gettext as _

NAMESPACE_DEMO = uuid.UUID("6b1f0d0e-5f0a-5c55-9d5e-0b1a5e0c0d10")


def nuevo_id() -> uuid.UUID:
    """A new UUIDv7 (RFC 9562), as the standard library's type."""
    return uuid7()


def id_sin_hora() -> uuid.UUID:
    """One that does not tell when it was made, of what is public before that is."""
    return uuid.uuid4()


def exigir_elegible(id: uuid.UUID) -> uuid.UUID:
    """An id that others may choose for what they ask for; `ValueError` for one that is the platform's own.

    Payments that follow from another (the end of a reserve, the payment of a withdrawal) have ids derived
    from it, of version 5, which anybody can work out. Were those free to take, a payment of a cent under such
    an id would keep a guarantee from being charged, or a withdrawal from being posted.
    """
    # The bits first: a batch asks this of each of its payments.
    if id.int >> 76 & 15 == 5 and id.version == 5:
        raise ValueError(_("Use un UUIDv7 o un UUIDv4: los de versión 5 los deriva Qhatu."))
    return id


IdElegido = Annotated[uuid.UUID, AfterValidator(exigir_elegible)]


def id_demo(nombre: str) -> uuid.UUID:
    """The fixed id of a demonstration object, e.g. ``id_demo("persona:ana")``."""
    return uuid.uuid5(NAMESPACE_DEMO, nombre)
