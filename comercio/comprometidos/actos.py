"""The payments of an entity, and what who sells answers of them, as joint acts: what their people sign when
none of them may alone."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from moneyed import Money
from pydantic import BaseModel, ConfigDict
from sqlmodel import Session

from comercio.compra import PedidoNoEncontrado, exigir_que_no_venda
from comercio.compra.modelos import Pedido
from comercio.comprometidos.consultas import compromiso_de
from comercio.comprometidos.paginas import pagina_de_compra, pagina_de_la_respuesta
from comercio.comprometidos.pagos import (
    anotar_pago_fuera,
    exigir_que_venda,
    pagar,
    responder_pago_fuera,
)
from comercio.comprometidos.valores import CompromisoLeido
from comercio.custodia import EstadoCompromiso, PagoFuera
from comercio.pedidos import bloquear_pedido
from empresa_digital.registro import Facultad
from nucleo.actor import Actor
from nucleo.actos import ActoConjunto, Propuesto, acto_conjunto
from nucleo.dinero import Dinero, formato_bs
from nucleo.plantillas import filtro_fecha
from nucleo.textos import gettext as _
from nucleo.textos import perezoso as _l
from nucleo.vidas import TransicionInvalida


class CuerpoDePago(BaseModel):
    """Which order, and how much was due when it was asked for: else it is asked again."""

    model_config = ConfigDict(frozen=True)

    pedido_id: UUID
    monto: Dinero
    compra_id: UUID | None = None
    """Of those that were asked for before it was said, none."""


class CuerpoDePagoFuera(CuerpoDePago):
    """And the C-31 that paid it; `repetido`: another order too, and they know."""

    comprobante: str
    fecha: date
    repetido: bool = False


class CuerpoDeRespuesta(BaseModel):
    """Of which C-31 of which order who sells says whether it came."""

    model_config = ConfigDict(frozen=True)

    pedido_id: UUID
    comprobante: str
    fecha: date
    llego: bool


def _pagar(sesion: Session, actor: Actor, c: CuerpoDePago) -> None:
    _exigir_igual(sesion, c)
    pagar(sesion, actor, c.pedido_id)


def _anotar(sesion: Session, actor: Actor, c: CuerpoDePagoFuera) -> None:
    _exigir_igual(sesion, c)
    anotar_pago_fuera(sesion, actor, c.pedido_id, PagoFuera(c.comprobante, c.fecha, c.repetido))


def _exigir_igual(sesion: Session, c: CuerpoDePago) -> None:
    bloquear_pedido(sesion, c.pedido_id)
    if _por_pagar(_compromiso(sesion, c.pedido_id)) != c.monto:
        raise TransicionInvalida(_("Lo que se debe de ese pedido cambió: pídalo otra vez."))


def _en_palabras(sesion: Session, c: CuerpoDePago) -> Sequence[tuple[str, str]]:
    pedido = sesion.get_one(Pedido, c.pedido_id)
    palabras = [
        (_("Pedido"), pedido.numero),
        (_("A quien vende"), pedido.vendedor_nombre),
        (_("Monto"), formato_bs(c.monto)),
    ]
    if isinstance(c, CuerpoDePagoFuera):
        palabras += [(_("C-31"), c.comprobante), (_("Fecha del C-31"), filtro_fecha(c.fecha))]
    return palabras


def _exigir(sesion: Session, actor: Actor, c: CuerpoDePago) -> None:
    exigir_que_no_venda(sesion, actor, sesion.get_one(Pedido, c.pedido_id).vendedor_id)


def _pagina(c: CuerpoDePago) -> str | None:
    return None if c.compra_id is None else pagina_de_compra(c.compra_id)


PAGO: ActoConjunto[CuerpoDePago, None] = acto_conjunto(
    ActoConjunto(
        codigo="pago_de_entidad",
        nombre=_l("Pago de un pedido de la entidad"),
        facultad=Facultad.PAGAR.value,
        cuerpo=CuerpoDePago,
        ejecutar=_pagar,
        en_palabras=_en_palabras,
        pagina=_pagina,
        exige=_exigir,
    )
)
PAGO_FUERA: ActoConjunto[CuerpoDePagoFuera, None] = acto_conjunto(
    ActoConjunto(
        codigo="pago_de_entidad_por_tesoreria",
        nombre=_l("Pago por tesorería de un pedido de la entidad"),
        facultad=Facultad.PAGAR.value,
        cuerpo=CuerpoDePagoFuera,
        ejecutar=_anotar,
        en_palabras=_en_palabras,
        pagina=_pagina,
        exige=_exigir,
    )
)


def _responder(sesion: Session, actor: Actor, c: CuerpoDeRespuesta) -> None:
    pedido = bloquear_pedido(sesion, c.pedido_id)
    exigir_que_venda(sesion, actor, pedido)
    suyo = _compromiso(sesion, c.pedido_id)
    if (suyo.comprobante, suyo.comprobante_fecha) != (c.comprobante, c.fecha):
        raise TransicionInvalida(_("La entidad corrigió su C-31: responda otra vez."))
    responder_pago_fuera(sesion, actor, c.pedido_id, llego=c.llego)


def _respuesta_en_palabras(sesion: Session, c: CuerpoDeRespuesta) -> Sequence[tuple[str, str]]:
    suyo = _compromiso(sesion, c.pedido_id)
    return [
        (_("Pedido"), suyo.pedido_numero),
        (_("Monto"), formato_bs(suyo.ejecutado)),
        (_("C-31"), c.comprobante),
        (_("Fecha del C-31"), filtro_fecha(c.fecha)),
        (_("Respuesta"), _("Llegó") if c.llego else _("No llegó: la entidad lo debe")),
    ]


def _hasta_responder(sesion: Session, c: CuerpoDeRespuesta) -> datetime | None:
    suyo = _compromiso(sesion, c.pedido_id)
    return suyo.responder_hasta or suyo.desmentir_hasta


RESPUESTA: ActoConjunto[CuerpoDeRespuesta, None] = acto_conjunto(
    ActoConjunto(
        codigo="respuesta_a_pago_de_entidad",
        nombre=_l("Respuesta sobre el pago de una entidad"),
        facultad=Facultad.VENDER.value,
        cuerpo=CuerpoDeRespuesta,
        ejecutar=_responder,
        en_palabras=_respuesta_en_palabras,
        vence=_hasta_responder,
        pagina=lambda c: pagina_de_la_respuesta(c.pedido_id),
    )
)


def responder_o_proponer(sesion: Session, actor: Actor, pedido_id: UUID, *, llego: bool) -> Propuesto | None:
    """`responder_pago_fuera` for whoever may alone; for who only may with others, it waits for their
    signatures. Raises what `responder_pago_fuera` does."""
    exigir_que_venda(sesion, actor, bloquear_pedido(sesion, pedido_id))
    suyo = _compromiso(sesion, pedido_id)
    if suyo.comprobante_fecha is None:
        raise TransicionInvalida(_("Nadie espera su respuesta: vea en el pedido cómo está el pago."))
    cuerpo = CuerpoDeRespuesta(
        pedido_id=pedido_id, comprobante=suyo.comprobante, fecha=suyo.comprobante_fecha, llego=llego
    )
    return RESPUESTA.hacer(sesion, actor, cuerpo)


def pagar_o_proponer(sesion: Session, actor: Actor, pedido_id: UUID) -> Propuesto | None:
    """`pagar` for whoever may alone; for who only may with others, it waits for their signatures. Raises what
    `pagar` does."""
    suyo = _compromiso(sesion, pedido_id)
    cuerpo = CuerpoDePago(pedido_id=pedido_id, monto=_por_pagar(suyo), compra_id=suyo.compra_id)
    return PAGO.hacer(sesion, actor, cuerpo)


def anotar_o_proponer(sesion: Session, actor: Actor, pedido_id: UUID, pago: PagoFuera) -> Propuesto | None:
    """`anotar_pago_fuera` for whoever may alone; for who only may with others, it waits for their signatures.
    Raises what `anotar_pago_fuera` does."""
    suyo = _compromiso(sesion, pedido_id)
    cuerpo = CuerpoDePagoFuera(
        pedido_id=pedido_id,
        monto=_por_pagar(suyo),
        compra_id=suyo.compra_id,
        comprobante=pago.comprobante,
        fecha=pago.fecha,
        repetido=pago.repetido,
    )
    return PAGO_FUERA.hacer(sesion, actor, cuerpo)


def _compromiso(sesion: Session, pedido_id: UUID) -> CompromisoLeido:
    """Raises `PedidoNoEncontrado` of one that holds no commitment."""
    suyo = compromiso_de(sesion, pedido_id)
    if suyo is None:
        raise PedidoNoEncontrado()
    return suyo


def _por_pagar(suyo: CompromisoLeido) -> Money:
    """What would be paid of it, or is said to have been."""
    if suyo.estado is EstadoCompromiso.ADEUDADO:
        return suyo.adeudado
    return suyo.ejecutado if suyo.se_corrige else suyo.queda
