"""`qhatu verify`: each order, its parcels, its money and its lines tell the same story."""

from collections.abc import Iterator
from itertools import islice
from uuid import UUID

from sqlalchemy import text
from sqlmodel import Session, col, select

from comercio.compra import SIN_PAGO, EstadoPedido
from comercio.compra.modelos import Pedido
from comercio.custodia import DineroDePedido, EstadoCustodia, dineros_de
from comercio.pedidos.estados import EstadoPaquete
from comercio.pedidos.modelos import Paquete
from envios import EstadoEnvio, estados_de
from nucleo.eventos import sin_oir
from nucleo.lectores import en_cifras
from nucleo.verificar import comprueba

FALTAS_MAXIMO = 50
LOTE = 500
_P, _C, _Q, _E = EstadoPedido, EstadoCustodia, EstadoPaquete, EstadoEnvio
_TERMINADO = {_E.ENTREGADO, _E.DEVUELTO, _E.ANULADO}
_ENVIO = {
    _Q.ANUNCIADO: {_E.ANUNCIADO},
    _Q.DESPACHADO: set(_E) - _TERMINADO,
    _Q.ENTREGADO: {_E.ENTREGADO},
    _Q.DEVUELTO: {_E.DEVUELTO},
    _Q.ANULADO: {_E.ANULADO, _E.ANUNCIADO},
    _Q.PERDIDO: set(_E) - {_E.ENTREGADO},
}
_ESPERA = {_C.POR_MUDAR, _C.RETENIDA, _C.CONGELADA}
_SIN_RENDIR = _ESPERA | {_C.POR_COBRAR}
_DINERO = {
    _P.CONFIRMADO: {_C.POR_COBRAR, _C.RETENIDA, _C.CONGELADA},
    _P.PAGADO: _ESPERA,
    _P.EN_PREPARACION: _SIN_RENDIR,
    _P.DESPACHADO: _SIN_RENDIR,
    _P.ENTREGADO: {_C.POR_MUDAR, _C.POR_LIBERAR, _C.CONGELADA},
    _P.CONCLUIDO: {_C.LIBERADA, _C.DEVUELTA, _C.EJECUTADA},
    _P.CANCELADO: {_C.DEVUELTA, _C.NO_COBRADA},
}
# What was cancelled and what is in parcels that hold it is never more than what was ordered.
_LINEAS = text(
    """
    SELECT p.numero, l.id
    FROM comercio_pedido_linea l JOIN comercio_pedido p ON p.id = l.pedido_id
    LEFT JOIN (SELECT linea_id, sum(cantidad) AS n FROM comercio_pedido_cancelacion GROUP BY 1) c
        ON c.linea_id = l.id
    LEFT JOIN (SELECT pl.linea_id, sum(pl.cantidad) AS n FROM comercio_paquete_linea pl
               JOIN comercio_paquete q ON q.id = pl.paquete_id
               WHERE NOT q.saldado GROUP BY 1) e
        ON e.linea_id = l.id
    WHERE coalesce(c.n, 0) + coalesce(e.n, 0) > l.cantidad ORDER BY p.numero, l.id LIMIT :limite
    """
)
_DEVUELTO = text(
    """
    SELECT p.numero
    FROM comercio_custodia k JOIN comercio_pedido p ON p.id = k.pedido_id
    LEFT JOIN (SELECT pedido_id, sum(importe) AS n FROM comercio_pedido_cancelacion GROUP BY 1) c
        ON c.pedido_id = k.pedido_id
    LEFT JOIN (SELECT pedido_id, sum(devuelto) AS n FROM comercio_reclamo GROUP BY 1) r
        ON r.pedido_id = k.pedido_id
    LEFT JOIN (SELECT d.pedido_id, sum(d.importe) FILTER (WHERE r.id IS NULL) AS n, sum(d.importe) AS porte
               FROM comercio_porte_devuelto d LEFT JOIN comercio_reclamo r ON r.id = d.causa GROUP BY 1) d
        ON d.pedido_id = k.pedido_id
    LEFT JOIN (SELECT d.pedido_id, sum(d.importe) AS n FROM comercio_pedido_devolucion d
               LEFT JOIN comercio_reclamo r ON r.id = d.causa WHERE r.id IS NULL GROUP BY 1) b
        ON b.pedido_id = k.pedido_id
    WHERE coalesce(c.n, 0) + coalesce(r.n, 0) + coalesce(d.n, 0) + coalesce(b.n, 0) <> k.devuelto
       OR coalesce(d.porte, 0) <> k.porte_devuelto
    ORDER BY p.numero LIMIT :limite
    """
)
# What is paid of an order, charge by charge, is its total and what is held of it, with the same commission
# and postage.
_CARGOS = text(
    """
    SELECT p.numero
    FROM comercio_pedido p
    LEFT JOIN comercio_custodia k ON k.pedido_id = p.id
    LEFT JOIN (SELECT pedido_id, sum(monto) FILTER (WHERE paga = 'comprador') AS total,
                      sum(monto) FILTER (WHERE clase = 'comision') AS comision,
                      coalesce(sum(monto) FILTER (WHERE clase = 'porte' AND paga = 'comprador'), 0) AS porte
               FROM comercio_pedido_cargo GROUP BY 1) c ON c.pedido_id = p.id
    LEFT JOIN (SELECT DISTINCT x.pedido_id FROM (
                   SELECT l.pedido_id FROM comercio_pedido_linea l
                   LEFT JOIN comercio_pedido_cargo g ON g.linea_id = l.id
                   GROUP BY l.id
                   HAVING sum(g.monto) FILTER (WHERE g.clase = 'bienes') IS DISTINCT FROM l.importe
                       OR coalesce(sum(g.monto) FILTER (WHERE g.clase = 'descuento'), 0) <> -l.descuento) x
               ) d ON d.pedido_id = p.id
    WHERE c.total IS DISTINCT FROM p.total OR d.pedido_id IS NOT NULL
       OR p.estado NOT IN ('por_pagar', 'no_pagado')
          AND (c.comision, c.porte) IS DISTINCT FROM (k.comision, k.porte)
    ORDER BY p.numero LIMIT :limite
    """
)

# Its account has what was collected at the door, and its money does not say so.
_COBRADO = text(
    """
    SELECT DISTINCT ON (p.numero) p.numero, q.envio_id
    FROM comercio_custodia k JOIN comercio_pedido p ON p.id = k.pedido_id
    JOIN comercio_paquete q ON q.pedido_id = p.id
    WHERE k.estado = 'por_cobrar' AND EXISTS (SELECT FROM pagos_de_asunto('pedido', p.id) m WHERE m.entra)
    ORDER BY p.numero, q.entregado_en DESC NULLS LAST LIMIT :limite
    """
)

# What an order reserves of its stock, paid or not yet, line by line: what it still owes, what it announced
# and nobody received (also when it ended), the service that was not accepted as done.
_APARTADO = text(
    """
    WITH linea AS (
        SELECT l.id, p.estado, p.modalidad = 'servicio' AS es_servicio,
            s.estado IN ('agendado', 'prestado') AS por_aceptar,
            l.cantidad - coalesce(c.n, 0) AS viva,
            coalesce(q.anunciado, 0) AS anunciado, coalesce(q.salido, 0) AS salido
        FROM comercio_pedido_linea l JOIN comercio_pedido p ON p.id = l.pedido_id
        LEFT JOIN comercio_servicio s ON s.pedido_id = p.id
        LEFT JOIN (SELECT linea_id, sum(cantidad) AS n FROM comercio_pedido_cancelacion GROUP BY 1) c
            ON c.linea_id = l.id
        LEFT JOIN (SELECT pl.linea_id, sum(pl.cantidad) FILTER (WHERE q.estado = 'anunciado') AS anunciado,
                       sum(pl.cantidad) FILTER (WHERE q.estado IN ('despachado', 'entregado')) AS salido
                   FROM comercio_paquete_linea pl JOIN comercio_paquete q ON q.id = pl.paquete_id
                   WHERE NOT q.saldado GROUP BY 1) q
            ON q.linea_id = l.id
    )
    SELECT l.id FROM linea l LEFT JOIN comercio_apartado a ON a.linea_id = l.id
    WHERE coalesce(a.cantidad, 0) <> CASE
        WHEN es_servicio THEN CASE WHEN por_aceptar THEN viva ELSE 0 END
        WHEN estado IN ('concluido', 'cancelado', 'no_pagado') THEN anunciado
        ELSE anunciado + greatest(0, viva - anunciado - salido) END
    ORDER BY l.id LIMIT :limite
    """
)
# Of each row of stock, that; what is kept for an exchange that has not left, and what is held for an entity.
_RESERVADO = text(
    """
    SELECT e.id, e.reservado, coalesce(r.n, 0) AS esperan
    FROM comercio_existencia e LEFT JOIN (
        SELECT existencia_id, sum(cantidad) AS n
        FROM (SELECT existencia_id, cantidad FROM comercio_apartado
              UNION ALL SELECT existencia_id, cantidad
              FROM comercio_cambio WHERE estado IN ('apartado', 'anunciado')
              UNION ALL SELECT existencia_id, cantidad
              FROM comercio_oferta_sostenida WHERE estado = 'sostenida') todo
        GROUP BY 1) r ON r.existencia_id = e.id
    WHERE e.reservado <> coalesce(r.n, 0) ORDER BY e.id LIMIT :limite
    """
)
# What waits has its term: a parcel on its way, and money that is to be paid not before it was received; and
# what was delivered is settled only when nobody handed its money over, or it came too late.
_PLAZOS = text(
    """
    SELECT p.numero, falta FROM (
        SELECT q.pedido_id, 'su paquete ' || q.numero || ' no tiene plazo' AS falta
        FROM comercio_paquete q
        WHERE q.estado = 'despachado' AND (q.vence_en IS NULL OR q.vence_en < q.despachado_en)
        UNION ALL
        SELECT q.pedido_id, 'su paquete ' || q.numero || ' se entregó y no cuenta'
        FROM comercio_paquete q WHERE q.estado = 'entregado' AND q.saldado AND q.incidencia = ''
        UNION ALL
        SELECT k.pedido_id, 'se paga antes de que se entregara'
        FROM comercio_custodia k
        WHERE k.estado IN ('por_liberar', 'congelada') AND k.liberar_en < (
            SELECT max(s.ocurrio_en) FROM comercio_pedido_paso s
            WHERE s.pedido_id = k.pedido_id AND s.estado = 'entregado')
    ) f JOIN comercio_pedido p ON p.id = f.pedido_id
    ORDER BY p.numero, falta LIMIT :limite
    """
)


@comprueba("pedidos")
def pedidos(sesion: Session) -> list[str]:
    """Delivered waits for its date or is paid, cancelled is given back, and on its way the money waits.

    A parcel that says otherwise than its shipment has an incident that says why; what has just happened to it
    and not every room has heard of is not judged yet.
    """
    return list(islice(_faltas(sesion), FALTAS_MAXIMO))


def _faltas(sesion: Session) -> Iterator[str]:
    for numero, linea in sesion.connection().execute(_LINEAS, {"limite": FALTAS_MAXIMO}):
        yield f"pedido {numero}: de su línea {linea} se canceló y se envió más de lo que se pidió"
    for (numero,) in sesion.connection().execute(_DEVUELTO, {"limite": FALTAS_MAXIMO}):
        yield f"pedido {numero}: lo que se canceló y se decidió no es lo que se devolvió"
    for id_, reservado, esperan in sesion.connection().execute(_RESERVADO, {"limite": FALTAS_MAXIMO}):
        tiene, toca = en_cifras(reservado), en_cifras(esperan)
        yield f"existencia {id_}: tiene reservado {tiene} y sus pedidos y ofertas esperan {toca}"
    for (linea,) in sesion.connection().execute(_APARTADO, {"limite": FALTAS_MAXIMO}):
        yield f"línea {linea}: lo que aparta de su existencia no es lo que espera"
    for numero, falta in sesion.connection().execute(_PLAZOS, {"limite": FALTAS_MAXIMO}):
        yield f"pedido {numero}: {falta}"
    for (numero,) in sesion.connection().execute(_CARGOS, {"limite": FALTAS_MAXIMO}):
        yield f"pedido {numero}: sus cargos no son su total, sus líneas, la comisión y el porte de su dinero"
    yield from _cobrados(sesion)
    ids = list(sesion.exec(select(Pedido.id).order_by(col(Pedido.id))))
    for desde in range(0, len(ids), LOTE):
        grupo = ids[desde : desde + LOTE]
        filas = sesion.exec(select(Pedido).where(col(Pedido.id).in_(grupo)).order_by(col(Pedido.id))).all()
        paquetes: dict[UUID, list[Paquete]] = {}
        for paquete in sesion.exec(
            select(Paquete).where(col(Paquete.pedido_id).in_(grupo)).order_by(col(Paquete.id))
        ):
            paquetes.setdefault(paquete.pedido_id, []).append(paquete)
        envios = [p.envio_id for suyos in paquetes.values() for p in suyos if p.envio_id is not None]
        estados, dinero = estados_de(sesion, envios), dineros_de(sesion, grupo)
        por_oir = sin_oir(sesion, [*grupo, *envios])
        for pedido in filas:
            suyos = paquetes.get(pedido.id, [])
            yield from _del_dinero(pedido, dinero.get(pedido.id))
            if not por_oir & {pedido.id, *(p.envio_id for p in suyos if p.envio_id is not None)}:
                yield from _de_los_paquetes(pedido, suyos, estados)
        sesion.expunge_all()


def _cobrados(sesion: Session) -> Iterator[str]:
    """What was collected at the door and handed over, of orders that have heard all that there is to hear."""
    filas = sesion.connection().execute(_COBRADO, {"limite": FALTAS_MAXIMO}).all()
    por_oir = sin_oir(sesion, [f.envio_id for f in filas])
    for fila in filas:
        if fila.envio_id not in por_oir:
            yield f"pedido {fila.numero}: se cobró al entregarlo y su dinero dice que no"


def _del_dinero(pedido: Pedido, dinero: DineroDePedido | None) -> Iterator[str]:
    if pedido.estado in SIN_PAGO:
        if dinero is not None:
            yield f"pedido {pedido.numero} {pedido.estado}: tiene dinero en custodia"
        return
    if dinero is None:
        yield f"pedido {pedido.numero}: no tiene custodia"
        return
    if dinero.estado not in _DINERO[EstadoPedido(pedido.estado)]:
        yield f"pedido {pedido.numero} {pedido.estado}: su dinero está {dinero.estado}"
    if dinero.monto != pedido.total:
        yield f"pedido {pedido.numero}: su custodia es de {dinero.monto} y el pedido de {pedido.total}"


def _de_los_paquetes(
    pedido: Pedido, paquetes: list[Paquete], estados: dict[UUID, tuple[EstadoEnvio, bool]]
) -> Iterator[str]:
    for paquete in paquetes:
        nombre = paquete.envio_numero or paquete.numero
        if paquete.envio_id is not None:
            estado, con_incidencia = estados[paquete.envio_id]
            se_sabe = con_incidencia or paquete.incidencia
            if estado not in _ENVIO[EstadoPaquete(paquete.estado)] and not se_sabe:
                yield (
                    f"pedido {pedido.numero}: su paquete {nombre} está {paquete.estado} y el envío {estado}"
                )
        if paquete.estado == _Q.ENTREGADO and pedido.estado == _P.CANCELADO and not paquete.incidencia:
            yield f"pedido {pedido.numero} cancelado: su paquete {nombre} se entregó"
