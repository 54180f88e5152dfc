"""`qhatu verify`: claims, their decisions and what is owed agree, and no clock that ended is standing."""

from collections.abc import Iterator
from datetime import timedelta

from sqlalchemy import text
from sqlmodel import Session

from nucleo.verificar import comprueba

FALTAS_MAXIMO = 50
GRACIA = timedelta(hours=6)

_VENCIDOS = text(
    "SELECT id, estado, vence_en FROM envios_reclamo WHERE vence_en < nucleo_ahora() - :gracia"
    " ORDER BY id"
    " LIMIT :limite"
)
_SIN_DEUDA = text(
    "SELECT r.id, r.estado FROM envios_reclamo r LEFT JOIN envios_indemnizacion i ON i.reclamo_id = r.id"
    " WHERE (r.estado IN ('aceptado', 'resuelto', 'pagado')) <> (i.reclamo_id IS NOT NULL)"
    " ORDER BY 1 LIMIT :limite"
)
_OTRO_MONTO = text(
    "SELECT i.reclamo_id FROM envios_indemnizacion i JOIN envios_reclamo_decision d ON d.id = i.decision_id"
    " JOIN envios_reclamo r ON r.id = i.reclamo_id WHERE d.contenido <> i.contenido OR d.porte <> i.porte"
    " OR d.sentido = 'contra' OR i.parte_id <> r.beneficiario_parte_id"
    " OR i.contenido > least(r.pedido, r.tope_contenido) OR i.porte > r.tope_porte ORDER BY 1 LIMIT :limite"
)
_DOS_VECES = text(
    "SELECT i.envio_id FROM envios_indemnizacion i JOIN envios_reclamo r ON r.id = i.reclamo_id"
    " GROUP BY i.envio_id HAVING sum(i.contenido) > max(r.tope_contenido) OR sum(i.porte) > max(r.porte)"
    " ORDER BY 1 LIMIT :limite"
)
# What is owed is a debt of the same amount to the same party; a claim is paid when it is, a little later.
_DEUDAS = text(
    "SELECT coalesce(i.reclamo_id, d.origen_id) FROM envios_indemnizacion i"
    " FULL JOIN (SELECT * FROM envios_deuda WHERE clase = 'indemnizacion' AND estado <> 'cancelada') d"
    "   ON d.origen_id = i.reclamo_id"
    " LEFT JOIN envios_reclamo r ON r.id = i.reclamo_id"
    " WHERE i.reclamo_id IS NULL OR d.id IS NULL OR d.monto <> i.contenido + i.porte"
    "   OR d.acreedor_parte_id <> i.parte_id OR d.envio_id <> i.envio_id"
    "   OR d.operador_unidad_id <> r.operador_unidad_id"
    "   OR (r.estado = 'pagado' AND d.estado <> 'saldada')"
    "   OR (r.estado <> 'pagado' AND d.estado = 'saldada' AND d.terminada_en < nucleo_ahora() - :gracia)"
    " ORDER BY 1 LIMIT :limite"
)
_DECISIONES = text(
    "SELECT r.id, r.estado FROM envios_reclamo r WHERE CASE r.estado"
    " WHEN 'rechazado' THEN NOT EXISTS (SELECT FROM envios_reclamo_decision d WHERE d.reclamo_id = r.id"
    "   AND d.quien = 'operador' AND d.sentido <> 'favor')"
    " WHEN 'resuelto' THEN NOT EXISTS (SELECT FROM envios_reclamo_decision d WHERE d.reclamo_id = r.id"
    "   AND d.quien = 'regulador' AND d.sentido = 'favor')"
    " WHEN 'presentado' THEN EXISTS (SELECT FROM envios_reclamo_decision d WHERE d.reclamo_id = r.id)"
    " ELSE false END ORDER BY 1 LIMIT :limite"
)
_MENSAJES = text(
    "SELECT r.id FROM envios_reclamo r LEFT JOIN envios_reclamo_mensaje m ON m.reclamo_id = r.id"
    " GROUP BY r.id HAVING count(m.id) < 1 OR count(m.id) <> max(m.numero) ORDER BY 1 LIMIT :limite"
)


@comprueba("reclamos")
def verificar_reclamos(sesion: Session) -> list[str]:
    """What does not agree, in words; nothing is well."""
    return list(_faltas(sesion))[:FALTAS_MAXIMO]


def _faltas(sesion: Session) -> Iterator[str]:
    conexion, limite = sesion.connection(), {"limite": FALTAS_MAXIMO}
    for id, estado, vence_en in conexion.execute(_VENCIDOS, limite | {"gracia": GRACIA}):
        yield f"el reclamo {id} sigue {estado} y su plazo terminó el {vence_en}"
    for id, estado in conexion.execute(_SIN_DEUDA, limite):
        yield f"el reclamo {id} está {estado} y lo que se debe por él dice otra cosa"
    for (id,) in conexion.execute(_OTRO_MONTO, limite):
        yield f"lo que se debe por el reclamo {id} no es lo que se decidió"
    for (id,) in conexion.execute(_DEUDAS, limite | {"gracia": GRACIA}):
        yield f"lo que se debe por el reclamo {id} y la deuda del operador no coinciden"
    for (id,) in conexion.execute(_DOS_VECES, limite):
        yield f"por el envío {id} se debe más de lo que se puede pagar"
    for id, estado in conexion.execute(_DECISIONES, limite):
        yield f"el reclamo {id} está {estado} sin la decisión que lo dice"
    for (id,) in conexion.execute(_MENSAJES, limite):
        yield f"al reclamo {id} le falta un mensaje"
