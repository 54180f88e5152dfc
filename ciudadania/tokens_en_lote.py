"""The people behind many bearer tokens in one query, for edges that serve concurrent requests together."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

import psycopg

from ciudadania.secretos import huella

_CONSULTA = """
    SELECT t.huella, t.persona_id FROM ciudadania_token t
    WHERE t.huella = ANY(%s) AND t.persona_id IS NOT NULL AND t.revocado_en IS NULL
      AND t.vence_en > nucleo_ahora()
"""


async def personas_de_tokens(
    conexion: psycopg.AsyncConnection[Any], tokens: Collection[str]
) -> dict[str, UUID]:
    """The person of each valid token; the unknown, expired, revoked and machines' are left out."""
    por_huella = {huella(token): token for token in tokens}
    filas = await conexion.cursor(binary=True).execute(_CONSULTA, (list(por_huella),))
    return {por_huella[bytes(h)]: persona async for h, persona in filas}
