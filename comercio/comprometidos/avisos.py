"""Notices about what entities pay, are late with, and owe."""

from moneyed import Money
from sqlmodel import Session

from comercio.compra.modelos import Pedido
from comercio.comprometidos.paginas import (
    PAGINA_DE_LA_AUTORIDAD,
    pagina_de_compra,
    pagina_de_la_respuesta,
)
from comercio.custodia import CompromisoDePedido
from comercio.custodia.modelos import Compromiso, Custodia
from comercio.pedidos import AVISO_PEDIDO, AVISO_VENTA
from empresa_digital.registro import Habilitacion, Materia, autoridades_competentes, notificar_unidad
from nucleo.dinero import formato_bs
from nucleo.plantillas import filtro_fecha
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _
from nucleo.textos import perezoso as _l

_MISMO_C31 = _l("La entidad anotó ese mismo C-31 en otro pedido.")


def dicho(sesion: Session, pedido: Pedido, compromiso: Compromiso, *, corrige: bool, repetido: bool) -> None:
    """Who sells has until a day to say that it did not come; and knows when that C-31 is said of another."""
    datos = _dicho(pedido, compromiso)
    asunto = (
        _("La entidad corrigió el C-31 del pedido %(numero)s")
        if corrige
        else _("La entidad dice que pagó el pedido %(numero)s")
    )
    texto = _(
        "C-31 %(c31)s. Diga en el pedido si llegó a su cuenta; si no dice nada hasta el %(dia)s, llegó."
    )
    if repetido:
        texto += f" {_MISMO_C31}"
    _al_vendedor(sesion, pedido, asunto % datos, texto % datos, pagina_de_la_respuesta(pedido.id))


def rectificado(sesion: Session, pedido: Pedido, compromiso: Compromiso, *, repetido: bool) -> None:
    """Who sells did not answer, and may still say that it did not come."""
    assert compromiso.desmentir_hasta is not None
    hasta = filtro_fecha(compromiso.desmentir_hasta)
    datos = {"numero": pedido.numero, "c31": compromiso.comprobante or "", "dia": hasta}
    texto = _("C-31 %(c31)s. Se dio por llegado porque no dijo nada; si no llegó, dígalo hasta el %(dia)s.")
    if repetido:
        texto += f" {_MISMO_C31}"
    asunto = _("La entidad corrigió el C-31 del pedido %(numero)s") % datos
    _al_vendedor(sesion, pedido, asunto, texto % datos, pagina_de_la_respuesta(pedido.id))


def por_responder(sesion: Session, pedido: Pedido, compromiso: Compromiso) -> None:
    """Their silence will say that it came."""
    datos = _dicho(pedido, compromiso)
    texto = _("C-31 %(c31)s. Mire su cuenta: si no dice nada hasta el %(dia)s, se da por llegado.")
    asunto = _("¿Llegó el pago del pedido %(numero)s?") % datos
    _al_vendedor(sesion, pedido, asunto, texto % datos, pagina_de_la_respuesta(pedido.id))


def _dicho(pedido: Pedido, compromiso: Compromiso) -> dict[str, str]:
    assert compromiso.responder_hasta is not None
    hasta = filtro_fecha(compromiso.responder_hasta)
    return {"numero": pedido.numero, "c31": compromiso.comprobante or "", "dia": hasta}


def pagado(sesion: Session, pedido: Pedido, monto: Money) -> None:
    datos = {"numero": pedido.numero, "monto": formato_bs(monto)}
    asunto = _("La entidad pagó lo que debía del pedido %(numero)s") % datos
    _al_vendedor(sesion, pedido, asunto, _("Los %(monto)s están en la cuenta de su unidad.") % datos)


def en_mora(sesion: Session, pedido: Pedido, compromiso: Compromiso, custodia: Custodia) -> None:
    """Its people, who sells and the authority are told that it is late."""
    datos = {"numero": pedido.numero, "monto": formato_bs(custodia.queda), "quien": pedido.vendedor_nombre}
    asunto = _("Pedido %(numero)s: recibido y sin pagar") % datos
    texto = _("%(quien)s espera %(monto)s. El presupuesto sigue comprometido.") % datos
    que_hacer = CompromisoDePedido.de(compromiso, custodia, ahora_bd(sesion)).que_hacer
    _a_la_entidad(sesion, pedido, compromiso, asunto, f"{texto} {que_hacer}")
    _al_vendedor(sesion, pedido, asunto, _("La entidad se atrasa con %(monto)s: se lo recordamos.") % datos)
    _a_la_autoridad(sesion, asunto, _("Una entidad se atrasa con %(monto)s a %(quien)s.") % datos)


def adeudado(
    sesion: Session, pedido: Pedido, compromiso: Compromiso, monto: Money, *, desmiente: bool = False
) -> None:
    """`desmiente`: it had been taken for paid, by the silence of who sells, who now says that it did not
    come."""
    datos = {"numero": pedido.numero, "monto": formato_bs(monto), "quien": pedido.vendedor_nombre}
    asunto = _("Pedido %(numero)s: la entidad lo debe") % datos
    _a_la_entidad(sesion, pedido, compromiso, asunto, _("Debe %(monto)s a %(quien)s.") % datos)
    _al_vendedor(sesion, pedido, asunto, _("Le debe %(monto)s hasta que los pague.") % datos)
    texto = _("Una entidad debe %(monto)s a %(quien)s.")
    if desmiente:
        texto += " " + _("Dijo que los pagó por tesorería, se dieron por llegados y no llegaron.")
    _a_la_autoridad(sesion, asunto, texto % datos)


def _al_vendedor(
    sesion: Session, pedido: Pedido, asunto: str, cuerpo: str, enlace: str | None = None
) -> None:
    enlace = enlace or f"/vender/pedidos/{pedido.id}"
    notificar_unidad(sesion, pedido.vendedor_id, asunto, cuerpo, enlace, clase=AVISO_VENTA)


def _a_la_entidad(sesion: Session, pedido: Pedido, compromiso: Compromiso, asunto: str, cuerpo: str) -> None:
    enlace = pagina_de_compra(pedido.compra_id)
    notificar_unidad(sesion, compromiso.entidad_id, asunto, cuerpo, enlace, clase=AVISO_PEDIDO)


def _a_la_autoridad(sesion: Session, asunto: str, cuerpo: str) -> None:
    """Those that open its page (`exigir_autoridad`)."""
    for unidad_id in autoridades_competentes(sesion, Materia.HABILITACION, Habilitacion.VENDEDOR):
        notificar_unidad(sesion, unidad_id, asunto, cuerpo, PAGINA_DE_LA_AUTORIDAD, clase=AVISO_PEDIDO)
