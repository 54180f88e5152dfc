"""Alerts of the shop: the search of a list, told when something new answers it."""

from collections.abc import Mapping, Sequence
from typing import Annotated
from urllib.parse import urlencode
from uuid import UUID

from moneyed import Money
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import select, text
from sqlmodel import Session

from alertas import Busqueda, Emparejador, Hallazgo, Objeto, emparejar, registrar_emparejador
from comercio.busqueda.condiciones import A_LA_VENTA
from comercio.busqueda.entender import raices_de
from comercio.busqueda.palabras import DEPARTAMENTOS
from comercio.busqueda.valores import Filtros
from comercio.catalogo import arbol, eventos, origen_en_palabras
from comercio.catalogo.modelos import tabla_producto as p
from empresa_digital.registro import nombres_de_unidades
from nucleo.dinero import Dinero, a_centavos, formato_bs
from nucleo.eventos import EventoRecibido, al_ocurrir
from nucleo.lectores import escrito, para_buscar
from nucleo.textos import gettext as _
from nucleo.textos import perezoso as _l

CODIGO = "comercio.productos"


class Criterios(BaseModel):
    """What one may ask of a new product: every word, a category or a branch, a place, a price, a seller."""

    model_config = ConfigDict(extra="forbid")

    q: Annotated[str, escrito(200)] = ""
    categoria: Annotated[str, Field(pattern=r"^[a-z0-9-]{1,40}$")] | None = None
    departamento: Annotated[str, Field(pattern=r"^0[1-9]$")] | None = None
    desde: Dinero | None = None
    hasta: Dinero | None = None
    vendedor_id: UUID | None = None
    origen: Annotated[str, Field(pattern=r"^[A-Z]{2}$")] | None = None


def criterios_de(filtros: Filtros) -> Criterios:
    """Those of the list that one is looking at; order and stock are not asked of what is to come."""
    return Criterios(
        q=para_buscar(filtros.q),
        categoria=filtros.categoria,
        departamento=filtros.departamento,
        desde=filtros.precio_min,
        hasta=filtros.precio_max,
        vendedor_id=filtros.vendedor_id,
        origen=filtros.origen,
    )


def _busqueda(sesion: Session, criterios: Criterios) -> Busqueda:
    """Words first, the longest before: they tell most; the department last."""
    raices = raices_de(sesion, criterios.q)
    terminos = [f"p:{raiz}" for raiz in sorted(raices, key=lambda raiz: (-len(raiz), raiz))]
    if criterios.vendedor_id is not None:
        terminos.append(f"v:{criterios.vendedor_id}")
    if criterios.categoria:
        terminos.append(f"{'r' if criterios.categoria in arbol(sesion).ramas else 'c'}:{criterios.categoria}")
    if criterios.departamento:
        terminos.append(f"d:{criterios.departamento}")
    if criterios.origen:
        terminos.append(f"o:{criterios.origen}")
    return Busqueda(
        terminos,
        None if criterios.desde is None else a_centavos(criterios.desde),
        None if criterios.hasta is None else a_centavos(criterios.hasta),
    )


_OBJETO = text(
    """
    SELECT tsvector_to_array(busqueda) AS lexemas, vendedor_id, categoria_codigo, raiz_codigo, departamento,
        origen, rebajado
    FROM comercio_producto WHERE id = :id AND estado = 'publicado' AND vendedor_habilitado
    """
)


@al_ocurrir(eventos.PRODUCTO_PUBLICADO, consumidor="comercio.emparejar_alertas")
def emparejar_producto(sesion: Session, evento: EventoRecibido) -> None:
    emparejar_publicado(sesion, evento.objeto_id)


def emparejar_publicado(sesion: Session, producto_id: UUID) -> None:
    """Note a product for every alert that it answers, if it is still on sale."""
    fila = sesion.connection().execute(_OBJETO, {"id": producto_id}).one_or_none()
    if fila is None:
        return
    terminos = [f"p:{lexema}" for lexema in fila.lexemas if lexema[0] not in "^=+"]
    terminos += [f"v:{fila.vendedor_id}", f"c:{fila.categoria_codigo}", f"r:{fila.raiz_codigo}"]
    terminos += [f"d:{fila.departamento}", f"o:{fila.origen}"]
    emparejar(sesion, CODIGO, producto_id, Objeto(terminos, fila.rebajado))


def a_ese_precio(precio: Money) -> str:
    """What is told of a product that is new, or that fell to a price: for who waits for it, the same."""
    return f"a {a_centavos(precio)}"


def _mostrar(sesion: Session, ids: Sequence[UUID]) -> Mapping[UUID, Hallazgo]:
    columnas = (p.c.id, p.c.titulo, p.c.rebajado, p.c.vendedor_nombre, p.c.lugar)
    filas = sesion.execute(select(*columnas).where(p.c.id.in_(ids), A_LA_VENTA))
    return {
        fila.id: Hallazgo(
            fila.titulo,
            f"{formato_bs(fila.rebajado)} · {fila.vendedor_nombre} · {fila.lugar}",
            f"/productos/{fila.id}",
            a_ese_precio(fila.rebajado),
        )
        for fila in filas
    }


def _en_palabras(sesion: Session, criterios: Criterios) -> str:
    partes = [f"«{criterios.q}»"] if criterios.q else []
    if criterios.categoria in (ramas := arbol(sesion)).nodos:
        partes.append(ramas.nombre(str(criterios.categoria)))
    if criterios.departamento in DEPARTAMENTOS:
        partes.append(DEPARTAMENTOS[str(criterios.departamento)])
    if criterios.origen:
        partes.append(origen_en_palabras(criterios.origen))
    if criterios.vendedor_id is not None:
        partes += nombres_de_unidades(sesion, {criterios.vendedor_id}).values()
    if criterios.desde is not None:
        partes.append(_("desde %(monto)s") % {"monto": formato_bs(criterios.desde)})
    if criterios.hasta is not None:
        partes.append(_("hasta %(monto)s") % {"monto": formato_bs(criterios.hasta)})
    return ", ".join(partes) or _("Todo lo nuevo de la tienda")


def _volver(criterios: Criterios) -> str:
    montos = {n: getattr(criterios, n) for n in ("desde", "hasta")}
    pedidos = {
        "q": criterios.q,
        "categoria": criterios.categoria,
        "departamento": criterios.departamento,
        **{n: f"{monto.amount:.2f}" for n, monto in montos.items() if monto is not None},
        "vendedor": criterios.vendedor_id,
        "origen": criterios.origen,
    }
    return "/tienda?" + urlencode({n: v for n, v in pedidos.items() if v})


registrar_emparejador(
    Emparejador(CODIGO, _l("Productos nuevos"), Criterios, _busqueda, _en_palabras, _volver, _mostrar)
)
