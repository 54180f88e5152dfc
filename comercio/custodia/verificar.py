"""`qhatu verify`: the money of each order, by the ledger itself."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import islice
from uuid import UUID

from moneyed import Money
from sqlalchemy import BigInteger, func, type_coerce
from sqlmodel import Session, col, select

from comercio.custodia.asunto import CLASE
from comercio.custodia.comprometer import DESMENTIDO, RESPUESTA
from comercio.custodia.compromiso import EstadoCompromiso, Garantia, QueSeDijo
from comercio.custodia.estados import EstadoCustodia
from comercio.custodia.modelos import Compromiso, Custodia, PagoDicho
from nucleo.dinero import cero, formato_bs
from nucleo.plazos import plazo
from nucleo.verificar import comprueba
from pagos import (
    Codigo,
    EstadoPendiente,
    MovidoDeAsunto,
    TipoCuenta,
    cuenta_de_sistema,
    movido_de_asuntos,
    pendientes_en,
)
from pagos.presupuesto import Comprometido, comprometidos

FALTAS_MAXIMO = 50
LOTE = 500
HOLGURA = timedelta(hours=1)
"""Between an act and the row that tells it: the database's."""
_E = EstadoCustodia
_PENDIENTE = {_E.POR_MUDAR: EstadoPendiente.ABIERTA, _E.DEVUELTA: EstadoPendiente.ANULADA}
_RESPUESTAS = (QueSeDijo.LLEGO, QueSeDijo.NO_LLEGO, QueSeDijo.SILENCIO)
_Clave = tuple[int, bool, int]
_COBRO: _Clave = (int(Codigo.CONTRA_ENTREGA), True, 0)


@comprueba("custodias")
def custodias(sesion: Session) -> list[str]:
    """What came in, went out and is left of each order is what the ledger says, by reason and account."""
    return list(islice(_faltas(sesion), FALTAS_MAXIMO))


def _faltas(sesion: Session) -> Iterator[str]:
    comision = cuenta_de_sistema(sesion, TipoCuenta.COMISION)
    ids = list(sesion.exec(select(Custodia.pedido_id).order_by(col(Custodia.pedido_id))))
    for desde in range(0, len(ids), LOTE):
        grupo = ids[desde : desde + LOTE]
        filas = sesion.exec(
            select(Custodia).where(col(Custodia.pedido_id).in_(grupo)).order_by(col(Custodia.pedido_id))
        ).all()
        movido = movido_de_asuntos(sesion, CLASE, grupo)
        presupuesto = comprometidos(sesion, grupo)
        compromisos = _compromisos(sesion, grupo)
        sin_pagar, dichos = _dicen_pagado(sesion, grupo), _dichos(sesion, grupo)
        pendientes = pendientes_en(sesion, [f.pendiente_id for f in filas if f.pendiente_id is not None])
        for fila in filas:
            for falta in _de_una(fila, movido[fila.pedido_id], pendientes, comision):
                yield f"custodia del pedido {fila.pedido_id}: {falta}"
            suyo = presupuesto.get(fila.pedido_id)
            for falta in _del_presupuesto(fila, compromisos.get(fila.pedido_id), suyo):
                yield f"presupuesto del pedido {fila.pedido_id}: {falta}"
            for falta in _del_pago(sesion, compromisos.get(fila.pedido_id), dichos.get(fila.pedido_id, [])):
                yield f"presupuesto del pedido {fila.pedido_id}: {falta}"
            if fila.pedido_id in sin_pagar:
                yield f"presupuesto del pedido {fila.pedido_id}: dice que se pagó lo adeudado y el libro no"
        sesion.expunge_all()


def _de_una(
    fila: Custodia,
    movido: list[MovidoDeAsunto],
    pendientes: dict[UUID, tuple[EstadoPendiente, Money]],
    comision: int,
) -> Iterator[str]:
    if fila.pendiente_id is not None:
        otra = EstadoPendiente.CONFIRMADA
        debe = otra if fila.mudada_en else _PENDIENTE.get(EstadoCustodia(fila.estado), otra)
        estado, monto = pendientes.get(fila.pendiente_id, (None, fila.monto))
        if estado is not debe or monto != fila.monto:
            yield f"lo que esperaba está {estado or 'perdido'} por {formato_bs(monto)} y debe {debe}"
    debe_haber = _lo_que_dice(fila, comision)
    hay = {_clave(m, fila): m.monto for m in movido}
    if fila.estado == _E.POR_COBRAR and hay == {_COBRO: fila.monto}:
        return  # it was handed over and its order has not heard of it: `pedidos` judges that
    for clave in sorted(debe_haber.keys() | hay.keys()):
        dice, libro = debe_haber.get(clave, cero()), hay.get(clave, cero())
        if dice != libro:
            nombre = Codigo(clave[0]).name.lower()
            yield f"{nombre}: dice {formato_bs(dice)} y el libro {formato_bs(libro)}"


def _compromisos(sesion: Session, pedidos: list[UUID]) -> dict[UUID, Compromiso]:
    filas = sesion.exec(select(Compromiso).where(col(Compromiso.pedido_id).in_(pedidos)))
    return {fila.pedido_id: fila for fila in filas}


def _dichos(sesion: Session, pedidos: list[UUID]) -> dict[UUID, list[PagoDicho]]:
    """What was said of the payment of each, the first before."""
    consulta = select(PagoDicho).where(col(PagoDicho.pedido_id).in_(pedidos))
    suyos: dict[UUID, list[PagoDicho]] = {}
    for fila in sesion.exec(consulta.order_by(col(PagoDicho.pedido_id), col(PagoDicho.numero))):
        suyos.setdefault(fila.pedido_id, []).append(fila)
    return suyos


def _del_pago(sesion: Session, compromiso: Compromiso | None, dichos: Sequence[PagoDicho]) -> Iterator[str]:
    """A payment outside is the last that was said, answered when it was answered or by silence after the
    whole term."""
    if compromiso is None:
        return
    pagos = [d for d in dichos if d.que in (QueSeDijo.PAGO, QueSeDijo.CORRECCION)]
    ultimo = (pagos[-1].comprobante, pagos[-1].fecha) if pagos else (None, None)
    if (compromiso.comprobante, compromiso.comprobante_fecha) != ultimo:
        yield "su C-31 no es el último que se anotó"
    if compromiso.estado not in (EstadoCompromiso.DICHO, EstadoCompromiso.RECIBIDO) or not pagos:
        return
    dicho = next(d.ocurrio_en for d in reversed(pagos) if d.que == QueSeDijo.PAGO)
    pronto = dicho + timedelta(days=plazo(sesion, RESPUESTA, dicho).valor) - HOLGURA
    fin = next((d for d in reversed(dichos) if d.que in _RESPUESTAS), dichos[-1])
    if compromiso.responder_hasta is not None and compromiso.responder_hasta < pronto:
        yield "quien vende no tiene todo su plazo para responder"
    if compromiso.terminado_en is not None and (
        fin.que not in (QueSeDijo.LLEGO, QueSeDijo.SILENCIO)
        or abs(compromiso.terminado_en - fin.ocurrio_en) > HOLGURA
    ):
        yield "no terminó cuando se respondió"
    if fin.que == QueSeDijo.SILENCIO and fin.ocurrio_en < pronto:
        yield "se dio por llegado antes del plazo"
    if compromiso.desmentir_hasta is not None:
        dias = plazo(sesion, DESMENTIDO, dichos[-1].ocurrio_en).valor
        if compromiso.desmentir_hasta < dichos[-1].ocurrio_en + timedelta(days=dias) - HOLGURA:
            yield "quien vende no tiene todo su plazo para desmentir"


def _dicen_pagado(sesion: Session, pedidos: list[UUID]) -> set[UUID]:
    """Those whose debt ended and that the ledger does not say that the entity paid, whole, to who sells."""
    pagado = func.pagos_pagado_por(
        col(Custodia.pedido_id),
        int(Codigo.PAGO_CONTRATO),
        col(Custodia.cuenta_comprador),
        col(Custodia.cuenta_vendedor),
        type_=BigInteger,
    )
    consulta = (
        select(Custodia.pedido_id)
        .join(Compromiso, col(Compromiso.pedido_id) == col(Custodia.pedido_id))
        .where(
            col(Custodia.pedido_id).in_(pedidos),
            col(Custodia.estado) == _E.EJECUTADA,
            col(Compromiso.estado) == EstadoCompromiso.PAGADO,
            type_coerce(col(Custodia.ejecutado), BigInteger) != pagado,
        )
    )
    return set(sesion.exec(consulta))


def _del_presupuesto(
    fila: Custodia, compromiso: Compromiso | None, libro: Comprometido | None
) -> Iterator[str]:
    """What was committed, spent and given back is what the ledger says, in the currency of budgets alone."""
    if fila.garantia == Garantia.DINERO:
        if compromiso is not None or libro is not None:
            yield "guarda dinero y tiene presupuesto comprometido"
        return
    if compromiso is None or libro is None:
        yield "no tiene compromiso"
        return
    if libro.certificado_id != compromiso.certificado_id:
        yield "no es de la certificación que dice el libro"
    dice = (fila.queda, fila.ejecutado, fila.devuelto)
    hay = (libro.comprometido, libro.ejecutado, libro.liberado)
    for nombre, suyo, otro in zip(("comprometido", "ejecutado", "liberado"), dice, hay, strict=True):
        if suyo != otro:
            yield f"{nombre}: dice {formato_bs(suyo)} y el libro {formato_bs(otro)}"


def _clave(movido: MovidoDeAsunto, fila: Custodia) -> _Clave:
    """What comes from the account of a purchase that was paid by card is what was paid for the order; what
    was collected at the door, from that of the debt of whoever did."""
    if movido.entra and movido.codigo == Codigo.CONTRA_ENTREGA:
        return _COBRO
    pago = movido.entra and movido.contraparte == fila.cuenta_comprador and movido.codigo == Codigo.CUSTODIA
    return (int(Codigo.PAGO_PEDIDO) if pago else movido.codigo, movido.entra, movido.contraparte)


def _lo_que_dice(fila: Custodia, comision: int) -> dict[_Clave, Money]:
    """What the ledger should have, by reason, direction and the other account."""
    if fila.pendiente_id is not None and fila.mudada_en is None:
        return {}
    if fila.contra_entrega and fila.cobrada_en is None:
        return {}
    if fila.garantia == Garantia.COMPROMISO:
        return _lo_pagado(fila, comision)
    entra = (
        _COBRO
        if fila.contra_entrega
        else (
            (Codigo.PAGO_PEDIDO, True, fila.cuenta_comprador)
            if fila.pendiente_id is None
            else (Codigo.CUSTODIA, True, fila.cuenta_vendedor)
        )
    )
    montos = {
        entra: fila.monto,
        (Codigo.DEVOLUCION, False, fila.cuenta_comprador): fila.devuelto,
        (Codigo.LIBERACION, False, fila.cuenta_vendedor): fila.al_vendedor,
        (Codigo.COMISION, False, comision): fila.comision_cobrada,
    }
    return {(int(c), e, a): monto for (c, e, a), monto in montos.items() if monto > cero()}


def _lo_pagado(fila: Custodia, comision: int) -> dict[_Clave, Money]:
    """Of what a public entity committed there is money only in the chain that paid it."""
    montos = {
        (Codigo.PAGO_CONTRATO, True, fila.cuenta_comprador): fila.al_vendedor + fila.comision_cobrada,
        (Codigo.LIBERACION, False, fila.cuenta_vendedor): fila.al_vendedor,
        (Codigo.COMISION, False, comision): fila.comision_cobrada,
    }
    return {(int(c), e, a): monto for (c, e, a), monto in montos.items() if monto > cero()}
