"""The payment of an entity's order once it was received conform: here, or outside with its C-31; and what
becomes of it when nobody pays."""

from dataclasses import replace
from uuid import UUID

from sqlmodel import Session

from comercio.compra import PedidoNoEncontrado, exigir_que_no_venda
from comercio.compra.modelos import Pedido
from comercio.comprometidos import avisos, eventos
from comercio.comprometidos.consultas import con_ese_comprobante, recibido_el, se_desmintio
from comercio.comprometidos.errores import ComprobanteRepetido
from comercio.custodia import (
    EstadoCompromiso,
    EstadoCustodia,
    PagoFuera,
    SePagaCon,
    adeudar,
    anotar_avisado,
    anotar_fuera,
    anotar_recordado,
    dar_por_recibido,
    elegir_con_que,
    pagar_lo_adeudado,
    pagar_lo_comprometido,
    por_silencio,
    rectificar_fuera,
    se_rectifica,
)
from comercio.custodia.modelos import Compromiso, Custodia
from comercio.pedidos import bloquear_pedido, concluir, es_comprador, exigir_vendedor
from empresa_digital.registro import CON_LO_SUYO, Facultad, SinFacultad, exigir_facultad, tiene_facultad
from nucleo.actor import Actor, Autorizacion
from nucleo.errores import DatosInvalidos
from nucleo.eventos import publicar
from nucleo.plantillas import filtro_fecha
from nucleo.reloj import ahora_bd, fecha_bolivia
from nucleo.textos import gettext as _
from nucleo.vidas import TransicionInvalida
from pagos import exigir_cuenta, exigir_reciente_si_es_grande, obtener_cuenta

SISTEMA = Autorizacion.propia(Actor.sistema("compromisos de entidades"))
_E = EstadoCompromiso
COMPROBANTE_MAXIMO = 40


def pagar(sesion: Session, actor: Actor, pedido_id: UUID) -> None:
    """Pay now from the entity's account what is due (the sweep does it by itself on its date, and tries again
    while there is no money): the commitment is executed and who sells is paid, linked. Also what the entity
    owes already of it.

    Who asks has `PAGAR` of the entity up to that (`FaltanFirmas` of a joint mandate). Raises
    `PedidoNoEncontrado`, `CompraPropia`, `TransicionInvalida` (not received conform, or paid),
    `FondosInsuficientes`.
    """
    pedido = bloquear_pedido(sesion, pedido_id)
    custodia, compromiso = _suyos(sesion, pedido)
    debe = compromiso.estado == _E.ADEUDADO
    monto = custodia.ejecutado if debe else custodia.queda
    _exigir_que_pague(sesion, actor, pedido, compromiso)
    exigir_que_no_venda(sesion, actor, pedido.vendedor_id)
    if not debe:
        _exigir_que_toque(sesion, custodia)
    autorizacion = exigir_cuenta(sesion, actor, obtener_cuenta(sesion, custodia.cuenta_comprador), monto)
    if debe:
        pagar_lo_adeudado(sesion, autorizacion, pedido.id)
        publicar(sesion, eventos.PAGO_RECIBIDO, pedido.id, {}, autorizacion)
        avisos.pagado(sesion, pedido, monto)
        return
    pagar_lo_comprometido(sesion, custodia, autorizacion)
    concluir(sesion, pedido, autorizacion)


def elegir_con_que_se_paga(sesion: Session, actor: Actor, pedido_id: UUID, con: SePagaCon) -> None:
    """Whether the sweep takes it from the entity's account on the day, or its treasury pays it and nobody
    takes anything; until it is paid.

    Who asks has `PAGAR` of the entity up to that; who only has it with others, or for less, may leave it to
    the treasury, which pays nobody. Raises `PedidoNoEncontrado`, `SinFacultad`, `MontoExcedido`,
    `CompraPropia`, `TransicionInvalida`.
    """
    pedido = bloquear_pedido(sesion, pedido_id)
    custodia, compromiso = _suyos(sesion, pedido)
    _exigir_que_pague(sesion, actor, pedido, compromiso)
    exigir_que_no_venda(sesion, actor, pedido.vendedor_id)
    autorizacion = exigir_facultad(
        sesion,
        actor,
        compromiso.entidad_id,
        Facultad.PAGAR,
        None if con is SePagaCon.C31 else custodia.queda,
        estados=CON_LO_SUYO,
        con_otros=con is SePagaCon.C31,
    )
    elegir_con_que(sesion, autorizacion, pedido.id, con)


def anotar_pago_fuera(sesion: Session, actor: Actor, pedido_id: UUID, pago: PagoFuera) -> None:
    """The treasury paid it: the commitment is executed with the number and the day of the C-31, and who sells
    has a term to say that it did not come. No commission is taken of it. Until they answer it is corrected
    alike, and the first time their term begins anew; what their silence took for paid is corrected once, and
    they have a term again to deny it. What they said that did not come is not said again.

    Who asks has `PAGAR` of the entity up to that (`FaltanFirmas` of a joint mandate). Raises
    `PedidoNoEncontrado`, `CompraPropia`, `SesionNoReciente`, `TransicionInvalida`, `DatosInvalidos`, and
    `ComprobanteRepetido` of a number that the entity said of another order, unless it says that it knows.
    """
    pedido = bloquear_pedido(sesion, pedido_id)
    custodia, compromiso = _suyos(sesion, pedido)
    _exigir_que_pague(sesion, actor, pedido, compromiso)
    exigir_que_no_venda(sesion, actor, pedido.vendedor_id)
    rectifica = se_rectifica(compromiso, ahora_bd(sesion))
    corrige = compromiso.estado == _E.DICHO or rectifica
    toca = compromiso.estado != _E.ADEUDADO and not corrige
    if toca:
        _exigir_que_toque(sesion, custodia)
    pago = _revisado(sesion, pedido, pago)
    if corrige and (pago.comprobante, pago.fecha) == (compromiso.comprobante, compromiso.comprobante_fecha):
        raise TransicionInvalida(_("Ese C-31 ya está anotado."))
    if se_desmintio(sesion, pedido.id, pago.comprobante, pago.fecha):
        dice = _("Quien vende dijo que ese C-31 no llegó: anote otro, o pague con dinero de la cuenta.")
        raise DatosInvalidos(dice, campos={"comprobante": dice})
    otros = _exigir_que_lo_sepa(sesion, compromiso, pago)
    monto = custodia.queda if toca else custodia.ejecutado
    autorizacion = exigir_facultad(
        sesion, actor, compromiso.entidad_id, Facultad.PAGAR, monto, estados=CON_LO_SUYO
    )
    exigir_reciente_si_es_grande(sesion, actor, monto)
    if rectifica:
        rectificar_fuera(sesion, autorizacion, pedido.id, pago)
        avisos.rectificado(sesion, pedido, compromiso, repetido=bool(otros))
        return
    anotar_fuera(sesion, autorizacion, pedido.id, pago)
    if toca:
        concluir(
            sesion, pedido, autorizacion, _("Pagado por tesorería: C-31 %(n)s.") % {"n": pago.comprobante}
        )
    avisos.dicho(sesion, pedido, compromiso, corrige=corrige, repetido=bool(otros))


def responder_pago_fuera(sesion: Session, actor: Actor, pedido_id: UUID, *, llego: bool) -> None:
    """Who sells says that what the treasury paid came, or that it did not: then the entity owes it again.
    That it did not come they may also say for a time after their silence said that it did.

    Raises `PedidoNoEncontrado`, `SinFacultad`, `TransicionInvalida`; `FaltanFirmas` of a joint mandate comes
    last.
    """
    pedido = bloquear_pedido(sesion, pedido_id)
    exigir_que_venda(sesion, actor, pedido)
    _custodia, compromiso = _suyos(sesion, pedido)
    desmiente = not llego and por_silencio(compromiso, ahora_bd(sesion))
    if compromiso.estado != _E.DICHO and not desmiente:
        raise TransicionInvalida(_("Nadie espera su respuesta: vea en el pedido cómo está el pago."))
    autorizacion = exigir_facultad(sesion, actor, pedido.vendedor_id, Facultad.VENDER, estados=CON_LO_SUYO)
    if llego:
        dar_por_recibido(sesion, autorizacion, pedido.id)
        publicar(sesion, eventos.PAGO_RECIBIDO, pedido.id, {}, autorizacion)
        return
    monto = adeudar(sesion, autorizacion, pedido.id)
    if desmiente:
        publicar(sesion, eventos.PAGO_DESMENTIDO, pedido.id, {}, autorizacion)
    avisos.adeudado(sesion, pedido, compromiso, monto, desmiente=desmiente)


def exigir_que_venda(sesion: Session, actor: Actor, pedido: Pedido) -> None:
    """Alone or with others. Raises what `exigir_vendedor` does."""
    if not tiene_facultad(
        sesion, actor, pedido.vendedor_id, Facultad.VENDER, estados=CON_LO_SUYO, con_otros=True
    ):
        exigir_vendedor(sesion, actor, pedido)


def revisar(sesion: Session, pedido_id: UUID) -> bool:
    """The sweep: what time does by itself. False when nothing was due."""
    pedido = bloquear_pedido(sesion, pedido_id)
    custodia, compromiso = _suyos(sesion, pedido)
    ahora = ahora_bd(sesion)
    if compromiso.responder_hasta is not None and compromiso.responder_hasta <= ahora:
        dar_por_recibido(sesion, SISTEMA, pedido.id)
        publicar(sesion, eventos.PAGO_RECIBIDO, pedido.id, {}, SISTEMA)
        return True
    if compromiso.recordar_en is not None and compromiso.recordar_en <= ahora:
        anotar_recordado(sesion, pedido.id)
        avisos.por_responder(sesion, pedido, compromiso)
        return True
    if custodia.estado != EstadoCustodia.POR_LIBERAR:
        return False  # a claim holds it
    if compromiso.adeudar_en is not None and compromiso.adeudar_en <= ahora:
        monto = adeudar(sesion, SISTEMA, pedido.id)
        concluir(sesion, pedido, SISTEMA, _("La entidad no lo pagó en su plazo: lo debe."))
        avisos.adeudado(sesion, pedido, compromiso, monto)
        return True
    if compromiso.avisar_en is not None and compromiso.avisar_en <= ahora:
        anotar_avisado(sesion, pedido.id)
        avisos.en_mora(sesion, pedido, compromiso, custodia)
        return True
    return False


def _revisado(sesion: Session, pedido: Pedido, pago: PagoFuera) -> PagoFuera:
    """Raises `DatosInvalidos`."""
    comprobante = pago.comprobante.strip()
    if not 0 < len(comprobante) <= COMPROBANTE_MAXIMO:
        dice = _("Escriba el número del C-31, de hasta 40 letras.")
        raise DatosInvalidos(dice, campos={"comprobante": dice})
    if pago.fecha > fecha_bolivia(ahora_bd(sesion)):
        dice = _("La fecha del C-31 no puede ser futura.")
        raise DatosInvalidos(dice, campos={"fecha": dice})
    recibido = recibido_el(sesion, pedido)
    if pago.fecha < recibido:
        dice = _("Se recibió el %(dia)s: el C-31 que lo paga no es de antes.") % {
            "dia": filtro_fecha(recibido)
        }
        raise DatosInvalidos(dice, campos={"fecha": dice})
    return replace(pago, comprobante=comprobante)


def _exigir_que_lo_sepa(sesion: Session, compromiso: Compromiso, pago: PagoFuera) -> list[str]:
    """The numbers of the other orders of which the entity said that C-31 of that year. Raises
    `ComprobanteRepetido`."""
    otros = con_ese_comprobante(sesion, compromiso, pago.comprobante, pago.fecha)
    if otros and not pago.repetido:
        dice = _(
            "El C-31 %(n)s de %(anio)s ya se anotó en %(otros)s: corrija el número, o diga que pagó ambos."
        )
        dice %= {"n": pago.comprobante, "anio": pago.fecha.year, "otros": ", ".join(otros)}
        raise ComprobanteRepetido(dice, campos={"comprobante": dice})
    return otros


def _suyos(sesion: Session, pedido: Pedido) -> tuple[Custodia, Compromiso]:
    compromiso = sesion.get(Compromiso, pedido.id, populate_existing=True)
    if compromiso is None:
        raise PedidoNoEncontrado()
    return sesion.get_one(Custodia, pedido.id, populate_existing=True), compromiso


def _exigir_que_pague(sesion: Session, actor: Actor, pedido: Pedido, compromiso: Compromiso) -> None:
    """To who neither pays nor buys for the entity it does not exist, nor is paid by who may not."""
    try:
        exigir_facultad(
            sesion, actor, compromiso.entidad_id, Facultad.PAGAR, estados=CON_LO_SUYO, con_otros=True
        )
    except SinFacultad:
        if not es_comprador(sesion, actor, pedido):
            raise PedidoNoEncontrado() from None
        raise


def _exigir_que_toque(sesion: Session, custodia: Custodia) -> None:
    desde = custodia.liberar_en if custodia.estado == EstadoCustodia.POR_LIBERAR else None
    if desde is None or desde > ahora_bd(sesion):
        raise TransicionInvalida(
            _("Se paga lo que se recibió conforme: todavía no consta, lo detiene un reclamo o ya se pagó.")
        )
