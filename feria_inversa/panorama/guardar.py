"""How rows of the market are written: worked out of their source by one query, and written if they differ.

A projection gives processes and items, both with the code `de` that tells which process they are of.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, text

DE_PROCESO = (
    "convocatoria_id",
    "secuencia",
    "plan_linea_id",
    "archivo_id",
    "linea",
    "cuce",
    "gestion",
    "entidad_codigo",
    "entidad",
    "unidad_id",
    "objeto",
    "categoria",
    "modalidad",
    "normativa",
    "etapa",
    "estado",
    "subasta",
    "publicado",
    "presentacion",
    "cierra_en",
    "decidido",
    "previsto",
    "departamento",
    "municipio_ine",
    "total_referencial",
    "total_adjudicado",
    "proponentes",
    "dias_al_pago",
    "fallas",
    "visto_en",
)
DE_SUS_ITEMS = ("items", "familias", "unidades", "busqueda")
DE_ITEM = (
    "lugar",
    "numero",
    "unspsc",
    "familia",
    "descripcion",
    "unidad",
    "contenido",
    "contenido_unidad",
    "unidad_texto",
    "cantidad",
    "precio_referencial",
    "precio_adjudicado",
    "proveedor",
    "proveedor_numero",
    "fallas",
)
PALABRAS_DE = 200
"""Items whose words find their process; each has its own, however many there are."""
TODAS = (*DE_PROCESO, *DE_SUS_ITEMS)


def lista(columnas: Sequence[str], de: str = "") -> str:
    return ", ".join(f"{de}{columna}" for columna in columnas)


@dataclass(frozen=True, slots=True)
class Proyeccion:
    """What a source says now: SQL of its processes and of their items, which of the rows kept are of it, and
    by which column a row is the same one (`clave`, of a `tipo`). `puede`: when the one kept may be written
    over. `DE_ESTOS` in the SQL is of which of them, a condition on `de`.
    """

    procesos: str
    items: str
    clave: str
    tipo: str
    suyas: str
    puede: str

    @property
    def _estos(self) -> str:
        return f"= ANY (CAST(:cuales AS {self.tipo}[]))"

    def completos(self, cuales: str) -> str:
        """SQL of the processes with what their items give them."""
        return f"""
            WITH items AS ({self.items.replace("DE_ESTOS", cuales)}), juntos AS (
                SELECT de, count(*)::int AS items,
                    array_remove(array_agg(DISTINCT familia ORDER BY familia), NULL) AS familias,
                    array_remove(array_agg(DISTINCT unidad ORDER BY unidad), NULL) AS unidades,
                    string_agg(left(descripcion, 300), ' ' ORDER BY lugar)
                        FILTER (WHERE lugar <= {PALABRAS_DE}) AS palabras
                FROM items GROUP BY de
            )
            SELECT {lista(DE_PROCESO, "p.")}, coalesce(j.items, 0) AS items,
                coalesce(j.familias, ARRAY[]::varchar[]) AS familias,
                coalesce(j.unidades, ARRAY[]::varchar[]) AS unidades,
                setweight(to_tsvector('feria_es', nucleo_en_palabras(coalesce(p.objeto, ''))), 'A')
                || setweight(to_tsvector('feria_es', nucleo_en_palabras(coalesce(j.palabras, ''))), 'C')
                    AS busqueda
            FROM ({self.procesos.replace("DE_ESTOS", cuales)}) p LEFT JOIN juntos j USING (de)
        """  # noqa: S608 (our own text)

    def guardar(self, conexion: Connection, cuales: Collection[Any]) -> None:
        """Write what differs of these."""
        for sentencia in (self._de_procesos, self._de_items, self._que_sobran):
            conexion.execute(text(sentencia), {"cuales": list(cuales)})

    @property
    def _de_procesos(self) -> str:
        return f"""
            INSERT INTO feria_mercado_proceso AS m ({lista(TODAS)})
            SELECT {lista(TODAS)} FROM ({self.completos(self._estos)}) n ORDER BY {self.clave}
            ON CONFLICT ({self.clave}) DO UPDATE SET ({lista(TODAS)}) = ROW ({lista(TODAS, "excluded.")})
            WHERE {self.puede}
                AND ROW ({lista(TODAS, "m.")}) IS DISTINCT FROM ROW ({lista(TODAS, "excluded.")})
        """  # noqa: S608 (our own text)

    @property
    def _de_items(self) -> str:
        return f"""
            INSERT INTO feria_mercado_item AS i (proceso_id, {lista(DE_ITEM)})
            SELECT m.id, {lista(DE_ITEM, "n.")} FROM ({self.items.replace("DE_ESTOS", self._estos)}) n
            JOIN feria_mercado_proceso m ON m.{self.clave} = n.de AND {self.suyas}
            ON CONFLICT (proceso_id, lugar) DO UPDATE
                SET ({lista(DE_ITEM)}) = ROW ({lista(DE_ITEM, "excluded.")})
            WHERE ROW ({lista(DE_ITEM, "i.")}) IS DISTINCT FROM ROW ({lista(DE_ITEM, "excluded.")})
        """  # noqa: S608 (our own text)

    @property
    def _que_sobran(self) -> str:
        return f"""
            WITH suyos AS MATERIALIZED (
                SELECT m.id, m.items FROM feria_mercado_proceso m
                WHERE {self.suyas} AND m.{self.clave} {self._estos}
            )
            DELETE FROM feria_mercado_item i USING suyos s WHERE i.proceso_id = s.id AND i.lugar > s.items
        """  # noqa: S608 (our own text)
