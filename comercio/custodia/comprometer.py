"""What a public entity commits of its budget for orders, in the place of the money, and how it is paid.

At its date the commitment is executed and the entity's money pays who sells, in one chain of the ledger: all
of it or nothing. While there is no money nothing changes, and a sweep tries again, each time later.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from moneyed import Money
from sqlmodel import Session, col, select

from comercio.custodia import eventos
from comercio.custodia.asunto import CLASE, SISTEMA, id_de
from comercio.custodia.bloqueos import bloquear_compromiso, bloquear_custodia
from comercio.custodia.compromiso import EstadoCompromiso, Garantia, QueSeDijo, SePagaCon
from comercio.custodia.estados import EstadoCustodia
from comercio.custodia.modelos import Compromiso, Custodia, PagoDicho
from comercio.custodia.terminar import pasar_compromiso, terminar
from comercio.custodia.valores import se_rectifica
from empresa_digital.registro import devolver_compromiso, quienes_firmaron
from nucleo.actor import Actor, Autorizacion
from nucleo.auditoria import auditar
from nucleo.dinero import a_centavos, cero
from nucleo.eventos import publicar
from nucleo.plazos import NACIONAL, correr, inicio_del_dia
from nucleo.reloj import ahora_bd, fecha_bolivia
from nucleo.textos import gettext as _
from nucleo.vidas import TransicionInvalida
from pagos import (
    Codigo,
    ErrorDePago,
    SolicitudTransferencia,
    TipoCuenta,
    cuenta_de_asunto,
    cuenta_de_sistema,
    exigir_transferencia,
    presupuesto,
)

MORA = "comercio.mora_de_entidad"
DEUDA = "comercio.deuda_de_entidad"
RESPUESTA = "comercio.responder_pago_de_entidad"
DESMENTIDO = "comercio.desmentir_pago_de_entidad"
PRIMERA_ESPERA = timedelta(hours=1)
ESPERA_MAXIMA = timedelta(days=1)
RECUERDO = timedelta(days=2)
"""Before the end of a term in which silence says something."""


@dataclass(frozen=True, slots=True)
class Certificacion:
    """Of which entity and certificate it is committed, with its number as people read it."""

    entidad_id: UUID
    certificado_id: UUID
    numero: str


@dataclass(frozen=True, slots=True)
class PagoFuera:
    """A payment that the treasury made: the number of its C-31 and its day. `repetido`: the entity knows that
    it said that number of another order, and it paid both."""

    comprobante: str
    fecha: date
    repetido: bool = False


def comprometer(
    sesion: Session, autorizacion: Autorizacion, montos: Sequence[tuple[UUID, Money]], de: Certificacion
) -> None:
    """Commit so much to each order, linked. Raises `FondosInsuficientes` and what the ledger says of whose
    mandate it is."""
    presupuesto.comprometer(
        sesion,
        autorizacion,
        [
            presupuesto.NuevoCompromiso(id_de(pedido_id, "compromete"), pedido_id, de.certificado_id, monto)
            for pedido_id, monto in montos
        ],
    )


def liberar_lo_comprometido(sesion: Session, pedido_id: UUID, monto: Money, causa: UUID) -> None:
    """So much goes back to the certificate, and to the mandate by which it was committed."""
    devolver_compromiso(sesion, pedido_id, monto)
    presupuesto.liberar(sesion, SISTEMA, pedido_id, monto, id=id_de(pedido_id, f"devuelve.{causa}"))


def pagar_lo_comprometido(sesion: Session, custodia: Custodia, autorizacion: Autorizacion) -> None:
    """All that is committed of an order, locked, is executed and paid from the entity's account, by that
    authority, less the commission. Raises the ledger's errors."""
    elegir_con_que(sesion, autorizacion, custodia.pedido_id, SePagaCon.CUENTA)
    id, monto, comision = custodia.pedido_id, custodia.queda, custodia.comision_debida
    assert cero() <= comision < monto
    suya = cuenta_de_asunto(sesion, CLASE, id)
    salidas = [
        ("libera", Codigo.LIBERACION, custodia.cuenta_vendedor, monto - comision),
        ("comision", Codigo.COMISION, cuenta_de_sistema(sesion, TipoCuenta.COMISION), comision),
    ]
    cadena = [
        presupuesto.ejecucion(sesion, id, monto, id=id_de(id, "ejecuta")),
        _de(id, "paga", Codigo.PAGO_CONTRATO, custodia.cuenta_comprador, suya, monto),
        *(_de(id, n, codigo, suya, a, cuanto) for n, codigo, a, cuanto in salidas if cuanto > cero()),
    ]
    quien = [autorizacion if s.codigo == Codigo.PAGO_CONTRATO else SISTEMA for s in cadena]
    exigir_transferencia(sesion, cadena, quien)
    custodia.al_vendedor, custodia.comision_cobrada, custodia.ejecutado = monto - comision, comision, monto
    terminar(sesion, custodia, EstadoCustodia.LIBERADA)
    sesion.flush()
    hechos = {"al_vendedor": a_centavos(monto - comision), "comision": a_centavos(comision)}
    auditar(sesion, autorizacion, "custodia.pagar_lo_comprometido", "comercio_pedido", id, hechos)


def pagar_o_esperar(sesion: Session, custodia: Custodia) -> bool:
    """The sweep's: False, and when to try again, while the ledger refuses. What is paid by a C-31 is not
    tried: it waits for it, late."""
    fila = bloquear_compromiso(sesion, custodia.pedido_id)
    if fila.se_paga_con == SePagaCon.C31:
        if fila.intentar_en is None:
            _esperar(sesion, custodia)
        return False
    try:
        with sesion.begin_nested():
            pagar_lo_comprometido(sesion, custodia, SISTEMA)
    except ErrorDePago as error:
        _esperar(sesion, custodia, str(error.codigo))
        return False
    return True


def olvidar_mora(sesion: Session, custodia: Custodia) -> None:
    """It was not delivered: nothing is due."""
    if custodia.garantia == Garantia.COMPROMISO:
        fila = bloquear_compromiso(sesion, custodia.pedido_id)
        fila.intentos, fila.falla = 0, None
        fila.intentar_en = fila.avisar_en = fila.adeudar_en = fila.avisado_en = None


def en_mora(sesion: Session, custodia: Custodia) -> bool:
    """It is due and could not be paid: its date does not change any more."""
    if custodia.garantia != Garantia.COMPROMISO:
        return False
    return bloquear_compromiso(sesion, custodia.pedido_id).intentar_en is not None


def elegir_con_que(sesion: Session, autorizacion: Autorizacion, pedido_id: UUID, con: SePagaCon) -> None:
    """With what it will be paid, while nobody paid it. Raises `TransicionInvalida`."""
    custodia, fila = bloquear_custodia(sesion, pedido_id), bloquear_compromiso(sesion, pedido_id)
    if fila.estado != EstadoCompromiso.VIGENTE:
        raise TransicionInvalida(_("Ya se pagó, o se debe: no hay qué elegir."))
    if fila.se_paga_con == con:
        return
    fila.se_paga_con, fila.falla = con, None
    if custodia.estado == EstadoCustodia.POR_LIBERAR and fila.intentar_en is not None:
        fila.intentar_en = ahora_bd(sesion) if con is SePagaCon.CUENTA else fila.adeudar_en
    sesion.flush()
    auditar(
        sesion, autorizacion, "compromiso.elegir_con_que", "comercio_pedido", pedido_id, {"con": str(con)}
    )


def anotar_fuera(sesion: Session, autorizacion: Autorizacion, pedido_id: UUID, pago: PagoFuera) -> Money:
    """The entity says that its treasury paid what is due, or what it owes, or corrects what it said: it is
    executed, and who sells has a term to say that it did not come, which begins anew with the first
    correction alone. How much. Raises `TransicionInvalida`."""
    custodia, fila = bloquear_custodia(sesion, pedido_id), bloquear_compromiso(sesion, pedido_id)
    ahora = ahora_bd(sesion)
    hasta = _plazo(sesion, RESPUESTA, ahora)
    quienes = _quienes(sesion, autorizacion.actor)
    sigue = fila.responder_hasta if _ya_se_corrigio(sesion, fila) else None
    if sigue is not None and sigue <= ahora:
        raise TransicionInvalida(_("Terminó el plazo de quien vende: ya no se corrige."))
    if fila.estado == EstadoCompromiso.ADEUDADO:
        pasar_compromiso(sesion, fila, EstadoCompromiso.DICHO)
    elif fila.estado != EstadoCompromiso.DICHO:
        elegir_con_que(sesion, autorizacion, pedido_id, SePagaCon.C31)
        _ejecutar(sesion, custodia, EstadoCompromiso.DICHO)
    fila.comprobante, fila.comprobante_fecha = pago.comprobante, pago.fecha
    fila.dicho_por, fila.dicho_en = quienes, ahora
    if sigue is None:
        fila.responder_hasta, fila.recordar_en = hasta, hasta - RECUERDO
    fila.respondio = fila.respondio_id = fila.respondio_mandatos = fila.respondio_en = None
    sesion.flush()
    _auditar_pago(sesion, autorizacion, custodia, pago)
    return custodia.ejecutado


def rectificar_fuera(sesion: Session, autorizacion: Autorizacion, pedido_id: UUID, pago: PagoFuera) -> None:
    """The entity corrects the C-31 that the silence of who sells took for one that came: it stays paid, and
    they have a term again to say that it did not come. Raises `TransicionInvalida`."""
    custodia, fila = bloquear_custodia(sesion, pedido_id), bloquear_compromiso(sesion, pedido_id)
    ahora = ahora_bd(sesion)
    if not se_rectifica(fila, ahora):
        raise TransicionInvalida(_("Ese C-31 ya se dio por llegado, y no se corrige."))
    assert fila.desmentir_hasta is not None
    hasta = max(fila.desmentir_hasta, _plazo(sesion, DESMENTIDO, ahora))
    quienes = _quienes(sesion, autorizacion.actor)
    fila.comprobante, fila.comprobante_fecha = pago.comprobante, pago.fecha
    fila.dicho_por, fila.dicho_en, fila.desmentir_hasta = quienes, ahora, hasta
    sesion.flush()
    _auditar_pago(sesion, autorizacion, custodia, pago)


def _auditar_pago(sesion: Session, autorizacion: Autorizacion, custodia: Custodia, pago: PagoFuera) -> None:
    hechos = {"comprobante": pago.comprobante, "monto": a_centavos(custodia.ejecutado)}
    hechos |= {"fecha": pago.fecha.isoformat(), "repetido": pago.repetido}
    auditar(sesion, autorizacion, "compromiso.pagar_fuera", "comercio_pedido", custodia.pedido_id, hechos)


def _ya_se_corrigio(sesion: Session, fila: Compromiso) -> bool:
    """What is being said now of its payment is a correction."""
    if fila.estado != EstadoCompromiso.DICHO:
        return False
    suyos = select(PagoDicho.que).where(PagoDicho.pedido_id == fila.pedido_id)
    return sesion.exec(suyos.order_by(col(PagoDicho.numero).desc())).first() == QueSeDijo.CORRECCION


def adeudar(sesion: Session, autorizacion: Autorizacion, pedido_id: UUID) -> Money:
    """Nobody paid it in its term, or what was said to have been paid did not come: the entity owes it."""
    custodia, fila = bloquear_custodia(sesion, pedido_id), bloquear_compromiso(sesion, pedido_id)
    if fila.estado in (EstadoCompromiso.DICHO, EstadoCompromiso.RECIBIDO):
        with sesion.no_autoflush:  # what is said and who says it are one change
            pasar_compromiso(sesion, fila, EstadoCompromiso.ADEUDADO)
            fila.desmentir_hasta = None
            _responder(sesion, fila, autorizacion)
    else:
        _ejecutar(sesion, custodia, EstadoCompromiso.ADEUDADO)
    sesion.flush()
    hechos = {"monto": a_centavos(custodia.ejecutado)}
    auditar(sesion, autorizacion, "compromiso.adeudar", "comercio_pedido", pedido_id, hechos)
    return custodia.ejecutado


def anotar_recordado(sesion: Session, pedido_id: UUID) -> None:
    """Who sells was reminded that their silence will say that it came, once."""
    bloquear_compromiso(sesion, pedido_id).recordar_en = None
    sesion.flush()


def anotar_avisado(sesion: Session, pedido_id: UUID) -> None:
    """Whoever should know that it is late was told, once."""
    fila = bloquear_compromiso(sesion, pedido_id)
    fila.avisar_en, fila.avisado_en = None, ahora_bd(sesion)
    sesion.flush()


def dar_por_recibido(sesion: Session, autorizacion: Autorizacion, pedido_id: UUID) -> None:
    """Who sells says that what was paid outside came, or their silence does. Raises `TransicionInvalida`."""
    fila = bloquear_compromiso(sesion, pedido_id)
    with sesion.no_autoflush:  # what is said and who says it are one change
        pasar_compromiso(sesion, fila, EstadoCompromiso.RECIBIDO)
        if autorizacion.actor.tipo != "sistema":
            _responder(sesion, fila, autorizacion)
        else:
            fila.desmentir_hasta = _hasta_desmentir(sesion, fila)
    sesion.flush()
    auditar(sesion, autorizacion, "compromiso.recibir", "comercio_pedido", pedido_id, {})


def pagar_lo_adeudado(sesion: Session, autorizacion: Autorizacion, pedido_id: UUID) -> None:
    """From the entity's account to who sells, whole: of a debt no commission is taken. Raises the ledger's
    errors, `TransicionInvalida`."""
    custodia, fila = bloquear_custodia(sesion, pedido_id), bloquear_compromiso(sesion, pedido_id)
    pasar_compromiso(sesion, fila, EstadoCompromiso.PAGADO)
    pago = _de(
        pedido_id,
        "paga_lo_adeudado",
        Codigo.PAGO_CONTRATO,
        custodia.cuenta_comprador,
        custodia.cuenta_vendedor,
        custodia.ejecutado,
    )
    exigir_transferencia(sesion, pago, autorizacion)
    sesion.flush()
    auditar(sesion, autorizacion, "compromiso.pagar_lo_adeudado", "comercio_pedido", pedido_id, {})


def _quienes(sesion: Session, actor: Actor) -> str:
    """Everybody who signed it, if it is a joint act."""
    return (actor.nombre if actor.acto is None else quienes_firmaron(sesion, actor.acto))[:200]


def _responder(sesion: Session, fila: Compromiso, autorizacion: Autorizacion) -> None:
    """By whom, and by which mandates: the database judges them."""
    fila.respondio, fila.respondio_id = _quienes(sesion, autorizacion.actor), autorizacion.actor.id
    fila.respondio_mandatos, fila.respondio_en = list(autorizacion.cadena), ahora_bd(sesion)


def _hasta_desmentir(sesion: Session, fila: Compromiso) -> datetime:
    """Of what silence said: while its year runs, and never less than the term."""
    assert fila.terminado_en is not None
    fin_de_su_anio = inicio_del_dia(date(fecha_bolivia(fila.terminado_en).year + 1, 1, 1))
    return max(fin_de_su_anio, _plazo(sesion, DESMENTIDO, fila.terminado_en))


def _ejecutar(sesion: Session, custodia: Custodia, a: EstadoCompromiso) -> None:
    if custodia.estado != EstadoCustodia.POR_LIBERAR or (custodia.liberar_en or ahora_bd(sesion)) > ahora_bd(
        sesion
    ):
        raise TransicionInvalida(_("Se paga lo que se recibió conforme: todavía no consta, o ya se pagó."))
    monto = custodia.queda
    presupuesto.ejecutar(sesion, SISTEMA, custodia.pedido_id, monto, id=id_de(custodia.pedido_id, "ejecuta"))
    custodia.ejecutado = monto
    terminar(sesion, custodia, EstadoCustodia.EJECUTADA, a)


def _esperar(sesion: Session, custodia: Custodia, falla: str | None = None) -> None:
    """`falla`: why the ledger refused it; None of what is not paid here."""
    fila = bloquear_compromiso(sesion, custodia.pedido_id)
    ahora = ahora_bd(sesion)
    assert custodia.liberar_en is not None
    es_la_primera = fila.intentar_en is None
    if es_la_primera:
        plazos = [_plazo(sesion, codigo, custodia.liberar_en) for codigo in (MORA, DEUDA)]
        fila.avisar_en, fila.adeudar_en = plazos
    otra_vez = ahora + min(PRIMERA_ESPERA * 2 ** min(fila.intentos, 5), ESPERA_MAXIMA)
    fila.intentar_en = fila.adeudar_en if falla is None else otra_vez
    fila.intentos, fila.falla = fila.intentos + 1, falla
    sesion.flush()
    hechos = {"intento": fila.intentos, "por_que": falla or str(SePagaCon.C31)}
    auditar(sesion, SISTEMA, "compromiso.esperar", "comercio_pedido", custodia.pedido_id, hechos)
    if es_la_primera:
        publicar(sesion, eventos.PAGO_VENCIDO, custodia.pedido_id, {}, SISTEMA)


def _plazo(sesion: Session, codigo: str, desde: datetime) -> datetime:
    vence_en = correr(sesion, codigo, desde, [NACIONAL]).vence_en
    assert vence_en is not None
    return vence_en


def _de(
    pedido_id: UUID, nombre: str, codigo: Codigo, debito: int, credito: int, monto: Money
) -> SolicitudTransferencia:
    return SolicitudTransferencia(
        id=id_de(pedido_id, nombre),
        codigo=codigo,
        debito=debito,
        credito=credito,
        monto=monto,
        referencia=pedido_id,
    )
