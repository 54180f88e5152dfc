"""`qhatu verify`: claims and the money that they hold agree, exchanges and their shipments too, and no clock
that ended is standing."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import islice

from sqlalchemy import text
from sqlmodel import Session, col, select

from comercio.reclamos.estados import EstadoCambio, EstadoReclamo
from comercio.reclamos.modelos import Cambio, Reclamo
from envios import EstadoEnvio, estados_de
from nucleo.eventos import sin_oir
from nucleo.verificar import comprueba

FALTAS_MAXIMO = 50
LOTE = 500
_C, _E = EstadoCambio, EstadoEnvio
_ENVIO = {
    _C.ANUNCIADO: {_E.ANUNCIADO},
    _C.EN_CAMINO: {e for e in _E if not e.es_terminal},
    _C.ENTREGADO: {_E.ENTREGADO},
    _C.DEVUELTO: {_E.DEVUELTO, _E.ANULADO},
    _C.PERDIDO: set(_E) - {_E.ENTREGADO},
    _C.ANULADO: {_E.ANULADO, _E.ANUNCIADO},
}
GRACIA = timedelta(hours=6)
_VENCIDOS = text(
    "SELECT id, estado FROM comercio_reclamo WHERE vence_en < nucleo_ahora() - :gracia"
    " ORDER BY id LIMIT :limite"
)
# Held while there is one, and only then.
_DINERO = text(
    "SELECT k.pedido_id FROM comercio_custodia k"
    " LEFT JOIN comercio_reclamo r ON r.pedido_id = k.pedido_id AND r.vence_en IS NOT NULL"
    " WHERE (r.id IS NOT NULL OR k.banco_desde IS NOT NULL AND k.terminada_en IS NULL)"
    "       <> (k.estado = 'congelada')"
    "   AND NOT (r.id IS NOT NULL AND (k.estado = 'por_cobrar' OR k.terminada_en > nucleo_ahora() - :gracia))"
    " ORDER BY 1 LIMIT :limite"
)
_PASOS = text(
    "SELECT r.id FROM comercio_reclamo r LEFT JOIN comercio_reclamo_paso p ON p.reclamo_id = r.id"
    " GROUP BY r.id HAVING count(p.id) < 1 OR count(p.id) <> max(p.numero) ORDER BY 1 LIMIT :limite"
)
_LINEAS = text(
    "SELECT r.id FROM comercio_reclamo r"
    " WHERE NOT EXISTS (SELECT FROM comercio_reclamo_linea l WHERE l.reclamo_id = r.id)"
    " ORDER BY 1 LIMIT :limite"
)
_POR_LINEA = text(
    "SELECT r.id FROM comercio_reclamo r"
    " LEFT JOIN (SELECT causa, sum(importe) AS n FROM comercio_pedido_devolucion GROUP BY 1) d"
    "   ON d.causa = r.id"
    " LEFT JOIN comercio_porte_devuelto t ON t.causa = r.id"
    " WHERE coalesce(d.n, 0) + coalesce(t.importe, 0) <> r.devuelto ORDER BY 1 LIMIT :limite"
)

# What was paid at the door, and a claim gave without being there, is owed by whoever collected it.
_CEDIDOS = text(
    "SELECT r.id FROM comercio_reclamo r WHERE r.estado = 'cedido' AND NOT EXISTS ("
    "   SELECT FROM comercio_paquete q WHERE q.pedido_id = r.pedido_id"
    "     AND envios_cedido_de(q.envio_id) = r.resuelto)"
    " ORDER BY 1 LIMIT :limite"
)
_CAMBIOS = text(
    "SELECT r.id FROM comercio_reclamo r LEFT JOIN comercio_cambio c ON c.reclamo_id = r.id"
    " WHERE NOT CASE r.estado WHEN 'por_cambiar' THEN coalesce(c.estado, '') = 'apartado'"
    "   WHEN 'en_cambio' THEN coalesce(c.estado, '') IN ('apartado', 'anunciado', 'en_camino')"
    "   WHEN 'cambiado' THEN coalesce(c.estado, '') = 'entregado'"
    "   ELSE c.estado IS NULL OR c.estado NOT IN ('apartado', 'anunciado', 'en_camino') END"
    " ORDER BY 1 LIMIT :limite"
)


@comprueba("reclamos de compra")
def verificar_reclamos(sesion: Session) -> list[str]:
    """What does not agree, in words; nothing is well."""
    conexion, limite = sesion.connection(), {"limite": FALTAS_MAXIMO}
    con_gracia = limite | {"gracia": GRACIA}
    faltas = [
        f"el reclamo {id} sigue {estado} y su plazo terminó"
        for id, estado in conexion.execute(_VENCIDOS, con_gracia)
    ]
    faltas += [
        f"el dinero del pedido {id} y sus reclamos no dicen lo mismo"
        for (id,) in conexion.execute(_DINERO, con_gracia)
    ]
    faltas += [f"al reclamo {id} le falta un paso" for (id,) in conexion.execute(_PASOS, limite)]
    faltas += [f"el reclamo {id} no dice de qué es" for (id,) in conexion.execute(_LINEAS, limite)]
    faltas += [
        f"lo que devolvió el reclamo {id} no es lo que se anotó de sus líneas y del envío"
        for (id,) in conexion.execute(_POR_LINEA, limite)
    ]
    faltas += [f"lo que cedió el reclamo {id} nadie lo debe" for (id,) in conexion.execute(_CEDIDOS, limite)]
    faltas += [
        f"el reclamo {id} y su cambio no dicen lo mismo" for (id,) in conexion.execute(_CAMBIOS, limite)
    ]
    faltas += islice(_de_los_envios(sesion), FALTAS_MAXIMO)
    faltas += islice(_de_las_vueltas(sesion), FALTAS_MAXIMO)
    return faltas[:FALTAS_MAXIMO]


def _de_los_envios(sesion: Session) -> Iterator[str]:
    """An exchange that says otherwise than its shipment has an incident that says why; what not everybody has
    heard of is not judged yet."""
    consulta = select(Cambio.reclamo_id, Cambio.envio_id, Cambio.estado).where(
        col(Cambio.envio_id).is_not(None), col(Cambio.incidencia) == ""
    )
    filas = sesion.exec(consulta.order_by(col(Cambio.reclamo_id))).all()
    for desde in range(0, len(filas), LOTE):
        grupo = filas[desde : desde + LOTE]
        ids = [envio_id for _r, envio_id, _e in grupo if envio_id is not None]
        estados, por_oir = estados_de(sesion, ids), sin_oir(sesion, ids)
        for reclamo_id, envio_id, suyo in grupo:
            assert envio_id is not None
            estado, con_incidencia = estados[envio_id]
            if envio_id not in por_oir and not con_incidencia and estado not in _ENVIO[EstadoCambio(suyo)]:
                yield f"el cambio del reclamo {reclamo_id} está {suyo} y su envío {estado}"


def _de_las_vueltas(sesion: Session) -> Iterator[str]:
    """What who sold looks at was delivered to them, and what travels was not, once everybody heard of it."""
    consulta = select(Reclamo.id, Reclamo.vuelta_id, Reclamo.estado).where(
        col(Reclamo.estado).in_((EstadoReclamo.EN_VUELTA, EstadoReclamo.POR_REVISAR))
    )
    filas = [(r, v, e) for r, v, e in sesion.exec(consulta.order_by(col(Reclamo.id))) if v is not None]
    for desde in range(0, len(filas), LOTE):
        grupo = filas[desde : desde + LOTE]
        ids = [vuelta_id for _r, vuelta_id, _e in grupo]
        estados, por_oir = estados_de(sesion, ids), sin_oir(sesion, ids)
        for reclamo_id, vuelta_id, suyo in grupo:
            llego = estados[vuelta_id][0] is _E.ENTREGADO
            if vuelta_id not in por_oir and llego != (suyo == EstadoReclamo.POR_REVISAR):
                yield f"lo que vuelve del reclamo {reclamo_id} está {suyo} y su envío {estados[vuelta_id][0]}"
