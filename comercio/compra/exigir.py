"""What a purchase asks before anything is written: who sells and who buys may, and nobody pays what they have
not seen."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from moneyed import Money
from sqlmodel import Session

from comercio.carrito import huella
from comercio.catalogo import CantidadInvalida
from comercio.compra.descontar import Descuentos
from comercio.compra.errores import CambioDePorte, CambioDePrecio, CompraPropia
from comercio.compra.esquemas import SolicitudCompra
from comercio.compra.quien import Comprador
from comercio.existencias import Apartado, ProductoNoDisponible
from empresa_digital.registro import (
    EstadoUnidad,
    Facultad,
    UnidadInactiva,
    facultades_de,
    sostener_activas,
    unidades_representadas,
)
from nucleo.actor import Actor
from nucleo.dinero import a_centavos, cero, formato_bs
from nucleo.textos import gettext as _


def exigir_activas(
    sesion: Session, comprador: Comprador, apartados: Sequence[Apartado]
) -> Mapping[UUID, str | None]:
    """Who sells is registered, and the unit that buys, and stay so until the sale is written; where each is.

    Raises `ProductoNoDisponible`, `UnidadInactiva`.
    """
    suya = {comprador.unidad_id} if comprador.unidad_id else set()
    activas = sostener_activas(sesion, {a.opcion.producto.vendedor_id for a in apartados} | suya)
    if not activas.keys() >= suya:
        raise UnidadInactiva(_("La unidad económica no está inscrita o está suspendida: no puede actuar."))
    for a in apartados:
        if a.opcion.producto.vendedor_id not in activas:
            raise ProductoNoDisponible(_("«%(titulo)s» ya no está a la venta.") % {"titulo": a.opcion.titulo})
    return activas


def exigir_ajenos(sesion: Session, actor: Actor, comprador: Comprador, apartados: Sequence[Apartado]) -> None:
    """Nobody buys from a unit that they may sell for, alone or with others, for themselves or for another;
    nor a unit from itself. Raises `CompraPropia`."""
    suyas = facultades_de(sesion, actor, con_otros=True)
    for a in apartados:
        producto = a.opcion.producto
        if producto.vendedor_id == comprador.unidad_id:
            raise CompraPropia(
                _("«%(titulo)s» es de la misma unidad para la que compra: quítelo de su carrito.")
                % {"titulo": a.opcion.titulo}
            )
        if Facultad.VENDER in suyas.get(producto.vendedor_id, ()):
            raise CompraPropia(
                _("«%(titulo)s» es de %(vendedor)s, por la que usted puede vender: quítelo de su carrito.")
                % {"titulo": a.opcion.titulo, "vendedor": producto.vendedor_nombre}
            )


def representa_a(sesion: Session, actor: Actor, unidad_id: UUID) -> bool:
    """Whether the actor holds any mandate of that unit, alone or with others, also while it may not act: the
    interest is there."""
    return any(u.id == unidad_id for u in unidades_representadas(sesion, actor, estados=tuple(EstadoUnidad)))


def exigir_que_no_venda(sesion: Session, actor: Actor, vendedor_id: UUID) -> None:
    """Of what a public entity buys: who receives it, claims or pays does not represent the seller. Raises
    `CompraPropia`."""
    if representa_a(sesion, actor, vendedor_id):
        raise CompraPropia(
            _("Usted tiene un mandato de quien vende: que lo haga otra persona de la entidad.")
        )


def exigir_que_cuesten(apartados: Iterable[Apartado]) -> None:
    """Raises `CantidadInvalida` if a line comes to nothing."""
    for a in apartados:
        if a.por_pagar.amount == 0:
            raise CantidadInvalida(
                _("Esa cantidad de «%(titulo)s» no llega a costar un centavo: lleve más.")
                % {"titulo": a.opcion.titulo}
            )


def exigir_lo_visto(
    solicitud: SolicitudCompra,
    apartados: list[Apartado],
    vistos: Mapping[UUID, Money],
    descuentos: Descuentos,
    porte: Money,
) -> None:
    """Nobody pays a price, a line or postage that they have not seen."""
    total = descuentos.total(apartados) + porte
    actual = huella_de(apartados, descuentos)
    if solicitud.huella is not None:
        igual = solicitud.huella == actual
    elif solicitud.total is not None:
        igual = solicitud.total == total
    else:
        igual = all(vistos.get(a.opcion.id, a.rebajado) == a.rebajado for a in apartados)
    ahora: dict[str, Any] = {"total": _en_json(total), "porte": _en_json(porte), "huella": actual}
    if not igual:
        raise CambioDePrecio(
            _("Cambió un precio o una cantidad desde que lo vio. Revise el total y confirme."), **ahora
        )
    visto = solicitud.porte
    if visto is None:
        visto = porte if solicitud.huella is None and solicitud.total is not None else cero()
    if visto != porte:
        texto = _("El envío cuesta %(porte)s y el total es %(total)s. Si está de acuerdo, confirme.")
        montos = {"porte": formato_bs(porte), "total": formato_bs(total)}
        raise CambioDePorte(texto % montos, **ahora)


def _en_json(monto: Money) -> dict[str, str]:
    return {"monto": f"{monto.amount:.2f}", "moneda": "BOB"}


def huella_de(apartados: Iterable[Apartado], descuentos: Descuentos) -> str:
    return huella(((a.opcion.id, a.cantidad, a_centavos(a.rebajado)) for a in apartados), descuentos.cupon)
