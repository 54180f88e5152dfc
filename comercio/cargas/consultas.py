"""Reads of files of products."""

from dataclasses import dataclass
from uuid import UUID

from moneyed import Money
from sqlmodel import Session, col, func, select

from comercio.cargas.columnas import precio_pedido
from comercio.cargas.errores import CargaInexistente
from comercio.cargas.estados import Que
from comercio.cargas.modelos import Carga, LineaDeCarga
from comercio.catalogo import EstadoVariante
from comercio.catalogo.modelos import Variante
from empresa_digital.registro import Facultad, tiene_facultad
from nucleo.actor import Actor
from nucleo.dinero import bs
from nucleo.paginacion import CursorPedido, paginar

CON_PROBLEMA = col(LineaDeCarga.texto) != ""


def carga_visible(sesion: Session, actor: Actor, carga_id: UUID) -> Carga:
    """To who sells for its unit. Raises `CargaInexistente`."""
    carga = sesion.get(Carga, carga_id)
    if carga is None or not tiene_facultad(sesion, actor, carga.vendedor_id, Facultad.VENDER):
        raise CargaInexistente()
    return carga


def cargas_de(sesion: Session, unidad_id: UUID, limite: int = 10) -> list[Carga]:
    """The last ones, newest first."""
    consulta = select(Carga).where(Carga.vendedor_id == unidad_id).order_by(col(Carga.id).desc())
    return list(sesion.exec(consulta.limit(limite)))


def cuentas_de(sesion: Session, carga_id: UUID) -> dict[Que, int]:
    consulta = select(LineaDeCarga.que, func.count()).where(LineaDeCarga.carga_id == carga_id)
    return {Que(que): cuantas for que, cuantas in sesion.exec(consulta.group_by(col(LineaDeCarga.que)))}


@dataclass(frozen=True, slots=True)
class Muestra:
    """A line that will be done, and the prices of its code: today's and the one it will have."""

    linea: LineaDeCarga
    antes: Money | None
    precio: Money | None


def muestra_de(sesion: Session, carga: Carga, limite: int = 10) -> list[Muestra]:
    """The first lines that will be done."""
    consulta = select(LineaDeCarga).where(LineaDeCarga.carga_id == carga.id, LineaDeCarga.que != Que.MALA)
    lineas = sesion.exec(consulta.order_by(col(LineaDeCarga.numero)).limit(limite)).all()
    suyas = select(Variante.sku, col(Variante.precio)).where(
        col(Variante.vendedor_id) == carga.vendedor_id,
        col(Variante.estado) == EstadoVariante.ACTIVA,
        col(Variante.sku).in_([linea.codigo for linea in lineas]),
    )
    antes = dict(sesion.exec(suyas).all())
    dichos = (
        (linea, precio_pedido(linea.datos) if linea.codigo in antes else linea.datos.get("precio"))
        for linea in lineas
    )
    return [Muestra(linea, antes.get(linea.codigo), bs(dicho) if dicho else None) for linea, dicho in dichos]


def problemas_de(
    sesion: Session, carga_id: UUID, pagina: CursorPedido
) -> tuple[list[LineaDeCarga], str | None]:
    """Lines that cannot be read or could not be done, in the order of the file."""
    consulta = select(LineaDeCarga).where(LineaDeCarga.carga_id == carga_id, CON_PROBLEMA)
    return paginar(sesion, consulta, pagina, columnas=(LineaDeCarga.numero,), desc=False)
