"""What narrows a search, as SQL."""

import json
from typing import Any

from sqlalchemy import String, bindparam, cast, text
from sqlalchemy.dialects.postgresql import JSONPATH, TSQUERY

from comercio.busqueda.valores import Filtros
from comercio.catalogo.modelos import tabla_producto as p
from nucleo.dinero import a_centavos

# Written as the partial indexes state it, so that the planner sees they apply.
A_LA_VENTA = text("comercio_producto.estado = 'publicado' AND comercio_producto.vendedor_habilitado")


def responde(nombre: str, columnas: Any = p.c) -> Any:
    """The document has what the parameter asks for."""
    return columnas.busqueda.op("@@")(cast(bindparam(nombre, type_=String), TSQUERY))


CONDICIONES: dict[str, Any] = {
    "palabras": responde("palabras"),
    "raiz": p.c.raiz_codigo == bindparam("raiz"),
    "categoria": p.c.categoria_codigo == bindparam("categoria"),
    "departamento": p.c.departamento == bindparam("departamento"),
    "vendedor_id": p.c.vendedor_id == bindparam("vendedor_id"),
    "origen": p.c.origen == bindparam("origen"),
    "precio_min": p.c.rebajado_maximo >= bindparam("precio_min"),
    "precio_max": p.c.rebajado <= bindparam("precio_max"),
    "con_existencia": p.c.disponible > 0,
    "una_variante": p.c.opciones.op("@?")(cast(bindparam("una_variante", type_=String), JSONPATH)),
}


def condiciones(pedidos: frozenset[str]) -> list[Any]:
    """On sale, and what the named parameters ask."""
    return [A_LA_VENTA, *(CONDICIONES[nombre] for nombre in sorted(pedidos))]


def parametros(filtros: Filtros, consulta: str | None) -> dict[str, Any]:
    """What narrows the search, named as in `CONDICIONES`."""
    pedidos = {
        "palabras": consulta,
        "raiz" if filtros.es_rama else "categoria": filtros.categoria or None,
        "departamento": filtros.departamento or None,
        "vendedor_id": filtros.vendedor_id,
        "origen": filtros.origen or None,
        "precio_min": filtros.precio_min,
        "precio_max": filtros.precio_max,
        "con_existencia": filtros.con_existencia or None,
        "una_variante": _una_variante(filtros),
    }
    return {nombre: valor for nombre, valor in pedidos.items() if valor is not None}


def _una_variante(filtros: Filtros) -> str | None:
    if not filtros.atributos and (filtros.precio_min is None or filtros.precio_max is None):
        return None
    return camino(filtros)


def camino(filtros: Filtros) -> str:
    """JSON path of the variants of a product that are all that is asked of one and the same: never the size
    of one with the colour or price of another.
    """
    minimo, maximo = filtros.precio_min, filtros.precio_max
    partes = [f"@.es.{json.dumps(nombre)} == {json.dumps(valor)}" for nombre, valor in filtros.atributos]
    partes += [f"@.rebajado >= {a_centavos(minimo)}"] if minimo is not None else []
    partes += [f"@.rebajado <= {a_centavos(maximo)}"] if maximo is not None else []
    partes += ["@.hay == true"] if filtros.con_existencia else []
    return f"$[*] ? ({' && '.join(partes)})" if partes else "$[*]"
