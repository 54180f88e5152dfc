"""The market in the home page and in the search over the whole place."""

from sqlmodel import Session

from comercio.busqueda.buscar import buscar_productos
from nucleo.paginacion import CursorPedido
from nucleo.textos import gettext as _
from nucleo.vitrina import Escaparate, Seccion, hasta, registrar

PRIMEROS = CursorPedido(None, 10)


def portada(sesion: Session) -> Seccion:
    """Fresh products, how many there are and from how many departments."""
    catalogo = buscar_productos(sesion, "", PRIMEROS)
    facetas = catalogo.facetas
    cifras = (
        (_("Productos a la venta"), hasta(facetas.total, hay_mas=facetas.hay_mas), "/tienda"),
        (_("Departamentos que venden"), len(facetas.departamentos), "/tienda"),
    )
    return Seccion(catalogo.productos, cifras)


def buscar(sesion: Session, consulta: str) -> Seccion:
    hallado = buscar_productos(sesion, consulta, PRIMEROS, contar=False)
    return Seccion(hallado.productos, entendido=hallado.entendido)


registrar("productos", Escaparate(portada, buscar))
