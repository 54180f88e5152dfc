"""What following does by itself. Asks the database what is due, and may run twice at once."""

from uuid import UUID

from sqlalchemy import text

from envios.seguimiento.rastreadores import revisar
from nucleo.bd import transaccion
from nucleo.tareas import cada_uno, periodica

LOTE = 500
# Items that changed since they were told of, numbers whose item came, and what time ends; in any order, so
# that numbers that cannot be told apart never keep the rest waiting.
_PENDIENTES = text(
    """
    SELECT id FROM (
    SELECT r.id FROM envios_rastreador r JOIN envios_envio e ON e.id = r.envio_id
    WHERE r.estado = 'siguiendo' AND e.version <> r.visto_version
    UNION SELECT r.id FROM envios_rastreador r JOIN envios_identificador i ON i.normalizado = r.numero
    WHERE r.estado = 'esperando' AND i.retirado_en IS NULL
    UNION SELECT id FROM envios_rastreador WHERE estado <> 'terminado' AND caduca_en <= nucleo_ahora()
    ) pendientes ORDER BY random() LIMIT :lote
    """
)


@periodica("envios.rastreadores", cada=20)
def revisar_rastreadores() -> int:
    """Tell the systems of units what is new of what they follow; returns how many were looked at."""
    with transaccion() as sesion:
        ids: list[UUID] = list(sesion.connection().execute(_PENDIENTES, {"lote": LOTE}).scalars())
    return cada_uno(ids, revisar)
