"""What a seller has on sale that answers to some words: for who offers it elsewhere."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from moneyed import Money
from sqlalchemy import text
from sqlmodel import Session

from comercio.catalogo import opciones_por_id, origen_en_palabras

POR_TEXTO = 2


@dataclass(frozen=True, slots=True)
class EnVenta:
    """A product as it is sold, in the first of its variants; `precio` of one when so much is bought."""

    id: UUID
    titulo: str
    descripcion: str
    origen: str
    foto: UUID | None
    unidad_medida: str
    precio: Money


# The title shares with the text its first word, or two of any.
_PARECIDOS = text(
    """
    WITH dicho AS (
        SELECT d.clave, array_agg(DISTINCT comercio_raiz(w.palabra)) AS raices,
            (array_agg(comercio_raiz(w.palabra) ORDER BY w.n))[1] AS primera
        FROM unnest(CAST(:claves AS int[]), CAST(:textos AS text[])) AS d (clave, texto),
            unnest(comercio_palabras(d.texto)) WITH ORDINALITY AS w (palabra, n)
        WHERE NOT comercio_es_vacia(w.palabra) AND length(w.palabra) > 2
        GROUP BY d.clave
    )
    SELECT d.clave, e.id, (
        SELECT v.id FROM comercio_variante v WHERE v.producto_id = e.id AND v.estado = 'activa'
        ORDER BY v.orden, v.id LIMIT 1)
    FROM dicho d CROSS JOIN LATERAL (
        SELECT p.id, row_number() OVER (ORDER BY count(*) DESC, p.publicado_en DESC, p.id) AS lugar
        FROM comercio_producto p JOIN unnest(d.raices) r ON p.busqueda @@ CAST('''+' || r || '''' AS tsquery)
        WHERE p.vendedor_id = :vendedor AND p.estado = 'publicado' AND p.vendedor_habilitado
        GROUP BY p.id HAVING count(*) > 1 OR bool_or(r = d.primera)
        ORDER BY lugar LIMIT :por_texto
    ) e ORDER BY d.clave, e.lugar
    """
)


def parecidos_de(
    sesion: Session, vendedor_id: UUID, buscados: Mapping[int, tuple[str, Decimal]]
) -> dict[int, list[EnVenta]]:
    """The products of a seller that answer to each text, the nearest first, at the price of its quantity."""
    pedido = {
        "claves": list(buscados),
        "textos": [palabras for palabras, _cantidad in buscados.values()],
        "vendedor": vendedor_id,
        "por_texto": POR_TEXTO,
    }
    filas = sesion.connection().execute(_PARECIDOS, pedido).all()
    opciones = opciones_por_id(sesion, {variante for _clave, _id, variante in filas if variante})
    hallados: dict[int, list[EnVenta]] = {}
    for clave, id_, variante in filas:
        if (opcion := opciones.get(variante)) is None or not opcion.a_la_venta:
            continue
        producto, cantidad = opcion.producto, buscados[clave][1]
        en_venta = EnVenta(
            id_,
            opcion.titulo,
            producto.descripcion,
            origen_en_palabras(producto.origen),
            producto.foto,
            opcion.variante.unidad_medida,
            opcion.precio_de(cantidad),
        )
        hallados.setdefault(clave, []).append(en_venta)
    return hallados
