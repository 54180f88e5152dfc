"""Reads of the red flags."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, fields
from typing import Annotated, Any
from urllib.parse import urlencode
from uuid import UUID

from fastapi import Depends, Query
from sqlalchemy import and_, or_
from sqlmodel import Session, col, func, select

from feria_inversa.banderas.definiciones import DEFINICIONES, Ambito
from feria_inversa.banderas.modelos import BanderaVista, EntidadMirada, RespuestaDeEntidad
from feria_inversa.panorama.modelos import ProcesoDelMercado
from nucleo.bd import transaccion
from nucleo.paginacion import CursorPedido, paginar

DE_A = 1_000
DE_UN_PROVEEDOR = ("R025", "R038", "R048")
"""Those that may be of a supplier."""


@dataclass(frozen=True, slots=True)
class Filtro:
    """One definition; the code of an entity; the id of a supplier; the CUCE of a process. Empty, all."""

    codigo: str = ""
    entidad: str = ""
    proveedor: str = ""
    cuce: str = ""

    def en_la_direccion(self, **mas: str | None) -> str:
        """As the query of an address."""
        puestos = {campo.name: getattr(self, campo.name) for campo in fields(self)} | mas
        return urlencode({clave: valor for clave, valor in puestos.items() if valor})


async def _leer(  # async: it waits for nothing, and a plain function would be sent to a thread
    codigo: Annotated[str, Query(pattern=f"^({'|'.join(DEFINICIONES)})?$", description="Una bandera.")] = "",
    entidad: Annotated[
        str, Query(pattern="^([0-9A-Z]{4})?$", description="Código de la entidad en el CUCE.")
    ] = "",
    proveedor: Annotated[
        str, Query(pattern="^[A-Za-z0-9-]{0,80}$", description="Su id en los datos abiertos.")
    ] = "",
    cuce: Annotated[str, Query(pattern="^[0-9A-Z-]{0,30}$", description="El de un proceso.")] = "",
) -> Filtro:
    return Filtro(codigo, entidad, proveedor, cuce)


Elegidas = Annotated[Filtro, Depends(_leer)]


@dataclass(frozen=True, slots=True)
class Mostrada:
    """A flag with the process that it is of, and what its entity answered."""

    bandera: BanderaVista
    proceso: ProcesoDelMercado | None
    respuestas: Sequence[RespuestaDeEntidad]


def en_pie(sesion: Session, filtro: Filtro, pagina: CursorPedido) -> tuple[list[Mostrada], str | None]:
    """Those that stand, the newest first."""
    filas, siguiente = paginar(sesion, _de(filtro), pagina, columnas=(BanderaVista.dia, BanderaVista.id))
    return _mostrar(sesion, filas), siguiente


def todas(filtro: Filtro) -> Iterator[list[Mostrada]]:
    """All that stand, a lot at a time, each read in a transaction of its own."""
    desde = 0
    while True:
        with transaccion() as sesion:
            lote = _de(filtro).where(col(BanderaVista.id) > desde).order_by(col(BanderaVista.id)).limit(DE_A)
            filas = sesion.execute(lote).scalars().all()
            mostradas = _mostrar(sesion, filas)
        if not mostradas:
            return
        yield mostradas
        desde = filas[-1].id or 0


def de_un_proceso(sesion: Session, convocatoria_id: UUID) -> list[Mostrada]:
    """Those of a process of here that stand, and those lifted that were answered."""
    suyas = (
        select(BanderaVista)
        .join(ProcesoDelMercado)
        .where(ProcesoDelMercado.convocatoria_id == convocatoria_id)
        .order_by(col(BanderaVista.codigo))
    )
    mostradas = _mostrar(sesion, sesion.exec(suyas).all())
    return [una for una in mostradas if una.bandera.levantada_en is None or una.respuestas]


def proceso_de(sesion: Session, convocatoria_id: UUID) -> ProcesoDelMercado | None:
    suyo = select(ProcesoDelMercado).where(ProcesoDelMercado.convocatoria_id == convocatoria_id)
    return sesion.exec(suyo).one_or_none()


def respuestas_de(sesion: Session, ids: Collection[int]) -> dict[int, list[RespuestaDeEntidad]]:
    """What was answered to each flag, in order."""
    salida: dict[int, list[RespuestaDeEntidad]] = {id_: [] for id_ in ids}
    if ids:
        dichas = select(RespuestaDeEntidad).where(col(RespuestaDeEntidad.bandera_id).in_(ids))
        for fila in sesion.exec(dichas.order_by(col(RespuestaDeEntidad.version))):
            salida[fila.bandera_id].append(fila)
    return salida


def cuentas(sesion: Session, filtro: Filtro) -> list[tuple[str, int]]:
    """How many of each definition stand, of what is chosen."""
    consulta = (
        select(BanderaVista.codigo, func.count())
        .where(*_condiciones(filtro))
        .group_by(col(BanderaVista.codigo))
        .order_by(col(BanderaVista.codigo))
    )
    return [(codigo, cuantas) for codigo, cuantas in sesion.exec(consulta)]


def entidad_mirada(sesion: Session, codigo: str) -> EntidadMirada | None:
    return sesion.get(EntidadMirada, codigo) if codigo else None


def _de(filtro: Filtro) -> Any:
    return select(BanderaVista).where(*_condiciones(filtro))


def _condiciones(filtro: Filtro) -> list[Any]:
    condiciones: list[Any] = [col(BanderaVista.levantada_en).is_(None)]
    if filtro.codigo:
        condiciones.append(BanderaVista.codigo == filtro.codigo)
    if filtro.entidad:
        condiciones.append(BanderaVista.entidad_codigo == filtro.entidad)
    if filtro.proveedor:
        lo_nombra = col(BanderaVista.quienes).contains([{"id": filtro.proveedor}])
        es_suya = and_(  # as their unique index has them
            col(BanderaVista.codigo).in_(DE_UN_PROVEEDOR),
            col(BanderaVista.proceso_id).is_(None),
            col(BanderaVista.quien) == filtro.proveedor,
            col(BanderaVista.sobre) == Ambito.PROVEEDOR,
        )
        condiciones.append(or_(lo_nombra, es_suya))
    if filtro.cuce:
        suyo = select(ProcesoDelMercado.id).where(ProcesoDelMercado.cuce == filtro.cuce)
        condiciones.append(col(BanderaVista.proceso_id) == suyo.scalar_subquery())
    return condiciones


def _mostrar(sesion: Session, filas: Sequence[BanderaVista]) -> list[Mostrada]:
    ids = {fila.proceso_id for fila in filas if fila.proceso_id is not None}
    suyos = select(ProcesoDelMercado).where(col(ProcesoDelMercado.id).in_(ids))
    procesos = {fila.id: fila for fila in sesion.exec(suyos)} if ids else {}
    respuestas = respuestas_de(sesion, [fila.id for fila in filas if fila.id is not None])
    return [Mostrada(fila, procesos.get(fila.proceso_id), respuestas[fila.id or 0]) for fila in filas]
