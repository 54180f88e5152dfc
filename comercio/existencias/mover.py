"""Stock and its sales: what is there (`existencia`) and what of it is sold and waits (`reservado`).

Fichas are locked in id order and stock is reserved by one conditional UPDATE; below it, CHECK (reservado
BETWEEN 0 AND existencia) makes overselling impossible whatever the code does. A sale takes all of a line from
one place of dispatch: the order keeps which row of stock it was (`Apartado.existencia_id`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from moneyed import Money
from sqlalchemy import text
from sqlmodel import Session

from comercio.catalogo import (
    Motivo,
    Opcion,
    anotar_movimientos,
    bloquear_de_existencias,
    bloquear_de_variantes,
    exigir_medida,
    opciones_por_id,
    quedan,
)
from comercio.existencias.errores import ProductoNoDisponible, SinExistencia
from nucleo.actor import Autorizacion
from nucleo.dinero import redondear
from nucleo.textos import gettext as _

_RESERVAR = text(
    """
    UPDATE comercio_existencia e SET reservado = e.reservado + l.cantidad
    FROM unnest(CAST(:ids AS uuid[]), CAST(:cantidades AS numeric[])) AS l (id, cantidad)
    WHERE e.id = l.id AND e.existencia - e.reservado >= l.cantidad
    """
)
_SOLTAR = text(
    """
    UPDATE comercio_existencia e SET reservado = e.reservado - l.cantidad
    FROM unnest(CAST(:ids AS uuid[]), CAST(:cantidades AS numeric[])) AS l (id, cantidad)
    WHERE e.id = l.id
    """
)
_OTRA_VERSION = text(
    """
    UPDATE comercio_producto SET version = version + 1 WHERE id IN (
        SELECT v.producto_id FROM comercio_variante v JOIN comercio_existencia e ON e.variante_id = v.id
        WHERE e.id = ANY(CAST(:ids AS uuid[])))
    """
)


@dataclass(frozen=True, slots=True)
class Apartado:
    """So much of a variant, reserved in a place, at the price of that quantity: what it is (`importe`) and
    what is paid with a promotion (`por_pagar`). `pactado`: its price, when it was agreed on before."""

    opcion: Opcion
    cantidad: Decimal
    existencia_id: UUID
    pactado: Money | None = None

    @property
    def precio(self) -> Money:
        return self.pactado or self.opcion.precio_de(self.cantidad)

    @property
    def precio_desde(self) -> Decimal | None:
        """From how many on that is its price; None of the price of one, or of what was agreed on."""
        return None if self.pactado else self.opcion.precio_desde(self.cantidad)

    @property
    def importe(self) -> Money:
        return redondear(self.precio.amount * self.cantidad)

    @property
    def rebajado(self) -> Money:
        """What is paid for one of it."""
        return self.pactado or self.opcion.rebajado_de(self.cantidad)

    @property
    def por_pagar(self) -> Money:
        return redondear(self.rebajado.amount * self.cantidad)


def reservar(sesion: Session, cantidades: Mapping[UUID, Decimal]) -> list[Apartado]:
    """Reserve so much of each variant, all or none; what was reserved, by variant, in id order.

    Raises `ProductoNoDisponible`, `SinExistencia` naming what is missing, `CantidadInvalida` (half a chompa).
    """
    bloquear_de_variantes(sesion, cantidades)
    opciones = opciones_por_id(sesion, cantidades)
    _exigir_disponibles(opciones, cantidades)
    apartados = []
    for variante_id, opcion in opciones.items():
        assert opcion.existencia_id is not None
        exigir_medida(opcion.variante.unidad_medida, cantidades[variante_id])
        apartados.append(Apartado(opcion, cantidades[variante_id], opcion.existencia_id))
    pedidas = {a.existencia_id: a.cantidad for a in apartados}
    hechas = sesion.connection().execute(_RESERVAR, _parametros(pedidas)).rowcount
    if hechas != len(cantidades):
        raise SinExistencia(_("Otra persona compró antes. Revise las cantidades y vuelva a intentar."))
    return apartados


def tomar_apartado(
    sesion: Session, variante_id: UUID, cantidad: Decimal, existencia_id: UUID, precio: Money
) -> Apartado:
    """What was reserved before for who buys it now, at a price agreed on then."""
    bloquear_de_variantes(sesion, [variante_id])
    opcion = opciones_por_id(sesion, [variante_id])[variante_id]
    return Apartado(opcion, cantidad, existencia_id, precio)


def volver_a_reservar(sesion: Session, cantidades: Mapping[UUID, Decimal]) -> None:
    """What a sale had of each row of stock and was let go is reserved again, all or none (in the caller's
    savepoint). Raises `SinExistencia`."""
    bloquear_de_existencias(sesion, cantidades)
    if sesion.connection().execute(_RESERVAR, _parametros(cantidades)).rowcount != len(cantidades):
        raise SinExistencia(_("Otra persona lo compró antes."))


def soltar(sesion: Session, cantidades: Mapping[UUID, Decimal]) -> None:
    """A sale was cancelled before dispatch: what it had of each row of stock is for sale again."""
    bloquear_de_existencias(sesion, cantidades)
    _soltar(sesion, cantidades)


def retirar(
    sesion: Session, cantidades: Mapping[UUID, Decimal], quien: Autorizacion, pedido_id: UUID
) -> None:
    """What was reserved left the shelf for an order: it is neither there nor reserved any more."""
    bloquear_de_existencias(sesion, cantidades)
    _soltar(sesion, cantidades)
    salen = {existencia_id: -cantidad for existencia_id, cantidad in cantidades.items()}
    _mover(sesion, salen, Motivo.VENTA, quien, pedido_id)


def reponer(
    sesion: Session, cantidades: Mapping[UUID, Decimal], quien: Autorizacion, pedido_id: UUID
) -> None:
    """What was dispatched for an order came back to the seller."""
    bloquear_de_existencias(sesion, cantidades)
    _mover(sesion, cantidades, Motivo.DEVOLUCION, quien, pedido_id)


def _soltar(sesion: Session, cantidades: Mapping[UUID, Decimal]) -> None:
    hechas = sesion.connection().execute(_SOLTAR, _parametros(cantidades)).rowcount
    assert hechas == len(cantidades)


def _mover(
    sesion: Session, cantidades: Mapping[UUID, Decimal], motivo: Motivo, quien: Autorizacion, pedido_id: UUID
) -> None:
    """Whoever counts their stock meanwhile reads again: the version of the product changes."""
    anotar_movimientos(sesion, quien, motivo, cantidades, referencia_id=pedido_id)
    sesion.connection().execute(_OTRA_VERSION, {"ids": list(cantidades)})


def _parametros(cantidades: Mapping[UUID, Decimal]) -> dict[str, object]:
    assert cantidades
    assert all(c > 0 for c in cantidades.values())
    return {"ids": list(cantidades), "cantidades": list(cantidades.values())}


def _exigir_disponibles(opciones: Mapping[UUID, Opcion], cantidades: Mapping[UUID, Decimal]) -> None:
    perdidos = [o for o in opciones.values() if not o.a_la_venta or o.existencia_id is None]
    if perdidos or len(opciones) != len(cantidades):
        lejos = next((o.por_que_no for o in perdidos if o.vuelve), "")
        nombres = ", ".join(o.titulo for o in perdidos) or _("un producto")
        raise ProductoNoDisponible(
            lejos or _("Ya no está a la venta: %(nombres)s. Quítelo para continuar.") % {"nombres": nombres},
            variantes=[str(i) for i in cantidades if i not in opciones or not opciones[i].a_la_venta],
        )
    cortos = [o for o in opciones.values() if o.disponible < cantidades[o.id]]
    if cortos:
        raise SinExistencia(
            _("No alcanza la existencia: %(detalle)s.") % {"detalle": "; ".join(map(_cuanto_queda, cortos))},
            variantes=[str(o.id) for o in cortos],
        )


def _cuanto_queda(opcion: Opcion) -> str:
    return _("%(quedan)s de «%(titulo)s»") % {"quedan": quedan(opcion.disponible), "titulo": opcion.titulo}
