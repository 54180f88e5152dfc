"""The record of a supplier: what the State ordered from it, what came in time, what delay cost it.

All of it is read from its orders, each of which is public; nothing is kept beside them, nor judged.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from moneyed import Money
from sqlalchemy import text
from sqlmodel import Session, col, select

from empresa_digital.registro import Unidad, UnidadNoEncontrada, unidad_por_numero
from feria_inversa.contratos.modelos import OrdenDeCompra
from feria_inversa.procesos.modelos import Convocatoria
from nucleo.dinero import cero, de_centavos
from nucleo.paginacion import CursorPedido, paginar
from nucleo.reloj import fecha_bolivia


@dataclass(frozen=True, slots=True)
class Historial:
    """`aceptadas`: orders that bound it; of them `concluidas` (paid), `resueltas` (cut short because they
    were late) and `con_multa`. `caidas`: those that it declined or did not answer. `a_tiempo` of `entregas`
    that were received came within their term.
    """

    aceptadas: int = 0
    concluidas: int = 0
    resueltas: int = 0
    caidas: int = 0
    entregas: int = 0
    a_tiempo: int = 0
    con_multa: int = 0
    recibido: Money = field(default_factory=cero)
    multas: Money = field(default_factory=cero)

    @property
    def vacio(self) -> bool:
        return not (self.aceptadas or self.caidas)


_HISTORIALES = text(
    "SELECT o.proveedor_id, count(*) FILTER (WHERE o.entregar_hasta IS NOT NULL) AS aceptadas,"
    " count(*) FILTER (WHERE o.estado = 'concluida') AS concluidas,"
    " count(*) FILTER (WHERE o.cortada_en IS NOT NULL) AS resueltas,"
    " count(*) FILTER (WHERE o.estado IN ('rechazada', 'vencida')) AS caidas,"
    " count(*) FILTER (WHERE o.multa > 0) AS con_multa,"
    " sum(o.recibido)::bigint AS recibido, sum(o.multa)::bigint AS multas,"
    " sum(e.recibidas)::bigint AS entregas, sum(e.a_tiempo)::bigint AS a_tiempo"
    " FROM feria_orden_de_compra o LEFT JOIN LATERAL ("
    "   SELECT count(*) AS recibidas, count(*) FILTER (WHERE dias_atraso = 0) AS a_tiempo"
    "   FROM feria_entrega WHERE orden_id = o.id AND estado = 'recibida') e ON true"
    " WHERE o.proveedor_id = ANY (:ids) GROUP BY o.proveedor_id"
)


def historiales_de(sesion: Session, unidad_ids: Collection[UUID]) -> dict[UUID, Historial]:
    """Of each of these units, in one query; one that was ordered nothing has an empty one."""
    filas = sesion.connection().execute(_HISTORIALES, {"ids": list(unidad_ids)}).mappings()
    hallados = {
        fila["proveedor_id"]: Historial(
            **{c: fila[c] for c in fila if c not in {"proveedor_id", "recibido", "multas"}},
            recibido=de_centavos(fila["recibido"]),
            multas=de_centavos(fila["multas"]),
        )
        for fila in filas
    }
    return {id_: hallados.get(id_, Historial()) for id_ in unidad_ids}


def ordenes_del_proveedor(
    sesion: Session, unidad_id: UUID, pagina: CursorPedido
) -> tuple[list[tuple[OrdenDeCompra, str]], str | None]:
    """What a unit was ordered, newest first, with what each process asked."""
    consulta = select(OrdenDeCompra).where(OrdenDeCompra.proveedor_id == unidad_id)
    columnas = (OrdenDeCompra.emitida_en, OrdenDeCompra.id)
    filas, siguiente = paginar(sesion, consulta, pagina, columnas=columnas)
    titulos = select(Convocatoria.id, Convocatoria.titulo).where(
        col(Convocatoria.id).in_({fila.convocatoria_id for fila in filas})
    )
    por_id = dict(sesion.exec(titulos).all())
    return [(fila, por_id[fila.convocatoria_id]) for fila in filas], siguiente


def dias_para_pagar(orden: OrdenDeCompra, instante: datetime) -> int | None:
    """How many days a received order was paid in, or has waited so far; None of one that is not received."""
    if orden.recibida_en is None:
        return None
    return (fecha_bolivia(orden.concluida_en or instante) - fecha_bolivia(orden.recibida_en)).days


def proveedor_publico(sesion: Session, numero: str) -> Unidad:
    """A registered unit by its number, or one that was ordered something. Raises `UnidadNoEncontrada`."""
    unidad = unidad_por_numero(sesion, numero)
    if not unidad.esta_activa and historiales_de(sesion, [unidad.id])[unidad.id].vacio:
        raise UnidadNoEncontrada
    return unidad
