"""Stock: what is there (`existencia`) and what of it is sold and waits (`reservado`).

Rows are locked in id order and moved by one conditional UPDATE; below it, CHECK (reservado BETWEEN 0 AND
existencia) makes overselling impossible whatever the code does.
"""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import text
from sqlmodel import Session

from comercio.bloqueos import bloquear_productos
from comercio.errores import ProductoNoDisponible, SinExistencia
from comercio.modelos import Producto
from nucleo.textos import gettext as _
from nucleo.textos import ngettext

_RESERVAR = text(
    """
    UPDATE comercio_producto p SET reservado = p.reservado + l.cantidad
    FROM unnest(CAST(:ids AS uuid[]), CAST(:cantidades AS integer[])) AS l (id, cantidad)
    WHERE p.id = l.id AND p.existencia - p.reservado >= l.cantidad
      AND p.estado = 'publicado' AND p.vendedor_habilitado
    """
)
_MOVER = text(
    """
    UPDATE comercio_producto p SET
        reservado = p.reservado + CAST(:signo_reservado AS integer) * l.cantidad,
        existencia = p.existencia + CAST(:signo_existencia AS integer) * l.cantidad,
        version = p.version + abs(CAST(:signo_existencia AS integer))
    FROM unnest(CAST(:ids AS uuid[]), CAST(:cantidades AS integer[])) AS l (id, cantidad)
    WHERE p.id = l.id
    """
)


def reservar(sesion: Session, cantidades: Mapping[UUID, int]) -> list[Producto]:
    """Reserve so many units of each product, all or none; return them locked, in id order.

    Raises `ProductoNoDisponible` or `SinExistencia` naming what is missing.
    """
    productos = bloquear_productos(sesion, cantidades)
    _exigir_disponibles(productos, cantidades)
    hechas = sesion.connection().execute(_RESERVAR, _parametros(cantidades)).rowcount
    if hechas != len(cantidades):
        raise SinExistencia(_("Otra persona compró antes. Revise las cantidades y vuelva a intentar."))
    return productos


def soltar(sesion: Session, cantidades: Mapping[UUID, int]) -> None:
    """A sale was cancelled before dispatch: the units are for sale again."""
    _mover(sesion, cantidades, reservado=-1, existencia=0)


def retirar(sesion: Session, cantidades: Mapping[UUID, int]) -> None:
    """The units left the shelf: they are neither there nor reserved any more."""
    _mover(sesion, cantidades, reservado=-1, existencia=-1)


def reponer(sesion: Session, cantidades: Mapping[UUID, int]) -> None:
    """Dispatched units came back to the seller."""
    _mover(sesion, cantidades, reservado=0, existencia=1)


def _mover(sesion: Session, cantidades: Mapping[UUID, int], *, reservado: int, existencia: int) -> None:
    bloquear_productos(sesion, cantidades)
    parametros = _parametros(cantidades) | {"signo_reservado": reservado, "signo_existencia": existencia}
    hechas = sesion.connection().execute(_MOVER, parametros).rowcount
    assert hechas == len(cantidades)


def _parametros(cantidades: Mapping[UUID, int]) -> dict[str, object]:
    assert cantidades
    assert all(c > 0 for c in cantidades.values())
    return {"ids": list(cantidades), "cantidades": list(cantidades.values())}


def _exigir_disponibles(productos: list[Producto], cantidades: Mapping[UUID, int]) -> None:
    a_la_venta = {p.id: p for p in productos if p.a_la_venta}
    perdidos = [p.titulo for p in productos if p.id not in a_la_venta]
    if perdidos or len(productos) != len(cantidades):
        nombres = ", ".join(perdidos) or _("un producto")
        raise ProductoNoDisponible(
            _("Ya no está a la venta: %(nombres)s. Quítelo para continuar.") % {"nombres": nombres},
            productos=[str(i) for i in cantidades if i not in a_la_venta],
        )
    cortos = [p for p in productos if p.disponible < cantidades[p.id]]
    if cortos:
        frases = [
            ngettext("queda %(n)s de «%(titulo)s»", "quedan %(n)s de «%(titulo)s»", p.disponible)
            % {"n": p.disponible, "titulo": p.titulo}
            for p in cortos
        ]
        raise SinExistencia(
            _("No alcanza la existencia: %(detalle)s.") % {"detalle": "; ".join(frases)},
            productos=[str(p.id) for p in cortos],
        )
