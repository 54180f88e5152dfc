"""Service levels in figures: groups of items, each with how many it is of; a group of a few is not told."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlmodel import Session

from empresa_digital.registro import departamentos, lugares, nombres_de_unidades
from nucleo.plantillas import filtro_fecha
from nucleo.reloj import ahora_bd, fecha_bolivia
from nucleo.textos import gettext as _
from nucleo.textos import perezoso as _l

MINIMO = 5
"""A group of fewer items is not told: it would say of somebody's own parcel."""
GRUPOS_MAXIMO = 5_000


class Por(StrEnum):
    """What the items are grouped by."""

    OPERADOR = "operador"
    SERVICIO = "servicio"
    MES = "mes"
    ORIGEN = "origen"
    DESTINO = "destino"
    MUNICIPIO_ORIGEN = "municipio_origen"
    MUNICIPIO_DESTINO = "municipio_destino"

    @property
    def texto(self) -> str:
        return str(_POR[self])


_POR = {
    Por.OPERADOR: _l("Operador"),
    Por.SERVICIO: _l("Servicio"),
    Por.MES: _l("Mes en que se recibió"),
    Por.ORIGEN: _l("Departamento de origen"),
    Por.DESTINO: _l("Departamento de destino"),
    Por.MUNICIPIO_ORIGEN: _l("Municipio de origen"),
    Por.MUNICIPIO_DESTINO: _l("Municipio de destino"),
}
_COLUMNA = {
    Por.OPERADOR: "operador_unidad_id",
    Por.SERVICIO: "coalesce(servicio, '')",
    Por.MES: "mes",
    Por.ORIGEN: "coalesce(left(origen_ine, 2), '')",
    Por.DESTINO: "left(destino_ine, 2)",
    Por.MUNICIPIO_ORIGEN: "coalesce(origen_ine, '')",
    Por.MUNICIPIO_DESTINO: "destino_ine",
}


class Etapa(StrEnum):
    """The stages of an item, in order; `TOTAL` is from the first to the last one."""

    SALIDA = "salida"
    LLEGADA = "llegada"
    REPARTO = "reparto"
    ENTREGA = "entrega"
    TOTAL = "total"

    @property
    def texto(self) -> str:
        return str(_ETAPAS[self][0])


_ETAPAS = {
    Etapa.SALIDA: (_l("De recibido a que salió"), "admitido_en", "salida_en"),
    Etapa.LLEGADA: (_l("De que salió a que llegó"), "salida_en", "llegada_en"),
    Etapa.REPARTO: (_l("De que llegó a que salió a reparto"), "llegada_en", "reparto_en"),
    Etapa.ENTREGA: (_l("De reparto a entregado"), "reparto_en", "entregado_en"),
    Etapa.TOTAL: (_l("De recibido a entregado"), "admitido_en", "entregado_en"),
}


@dataclass(frozen=True, slots=True)
class Filtro:
    """Which items: of an operator, a service, between departments or municipalities (INE), of some months."""

    operador_unidad_id: UUID | None = None
    servicio: str | None = None
    origen: str | None = None
    destino: str | None = None
    desde: date | None = None
    hasta: date | None = None


@dataclass(frozen=True, slots=True)
class Duracion:
    """Days of a stage, in tenths: half of the items took up to `mediana`, nine of ten up to `p90`."""

    n: int
    mediana: Decimal
    p90: Decimal


@dataclass(frozen=True, slots=True)
class Medida:
    """A group of `n` items received.

    `decididos` have a promise that was kept or broken by now; `sin_promesa` have none, and are not of that
    count, nor what came back or was annulled. `intentados` were brought to a door or a counter at least once.
    """

    clave: Mapping[Por, str]
    n: int
    entregados: int
    sin_promesa: int
    decididos: int
    a_tiempo: int
    intentados: int
    al_primero: int
    etapas: Mapping[Etapa, Duracion]

    @property
    def puntualidad(self) -> Decimal | None:
        """Of those decided, in hundreds; None for fewer than are told."""
        return _porcentaje(self.a_tiempo, self.decididos)

    @property
    def primera(self) -> Decimal | None:
        return _porcentaje(self.al_primero, self.intentados)


def _porcentaje(parte: int, todo: int) -> Decimal | None:
    return _decimo(Decimal(100) * parte / todo) if todo >= MINIMO else None


def _decimo(valor: Decimal) -> Decimal:
    return valor.quantize(Decimal("0.1"), ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class Medicion:
    """Groups in the order of their keys; `pocos` groups had fewer items than are told."""

    filtro: Filtro
    por: tuple[Por, ...]
    hasta_el: date
    medidas: tuple[Medida, ...]
    pocos: int


def medir(sesion: Session, filtro: Filtro, por: Collection[Por] = (), *, minimo: int = MINIMO) -> Medicion:
    """One statement. Without `por`, one group of all of them. Judged as of today in Bolivia."""
    claves = tuple(p for p in Por if p in por)
    hoy = fecha_bolivia(ahora_bd(sesion))
    condiciones, parametros = _condiciones(filtro)
    filas = sesion.connection().execute(
        text(_consulta(claves, condiciones)), parametros | {"hoy": hoy, "limite": GRUPOS_MAXIMO}
    )
    medidas, pocos = [], 0
    for fila in filas.mappings():
        if fila["n"] < minimo:
            pocos += fila["n"] > 0
            continue
        medidas.append(_medida(claves, fila))
    return Medicion(filtro, claves, hoy, tuple(medidas), pocos)


def operadores_medidos(sesion: Session) -> list[UUID]:
    """Those that received something."""
    consulta = text("SELECT DISTINCT operador_unidad_id FROM envios_nivel")
    return list(sesion.connection().execute(consulta).scalars())


def _condiciones(filtro: Filtro) -> tuple[list[str], dict[str, Any]]:
    posibles = (
        ("operador_unidad_id = :operador", "operador", filtro.operador_unidad_id),
        ("servicio = :servicio", "servicio", filtro.servicio),
        ("starts_with(origen_ine, :origen)", "origen", filtro.origen),
        ("starts_with(destino_ine, :destino)", "destino", filtro.destino),
        ("mes >= :desde", "desde", filtro.desde),
        ("mes <= :hasta", "hasta", filtro.hasta),
    )
    puestas = [(sql, nombre, valor) for sql, nombre, valor in posibles if valor is not None]
    return [sql for sql, _n, _v in puestas], {nombre: valor for _sql, nombre, valor in puestas}


def _consulta(claves: Collection[Por], condiciones: Collection[str]) -> str:
    """Every name in it is one of ours; what was asked comes as parameters."""
    grupos = [f"{_COLUMNA[p]} AS {p.value}" for p in claves]
    dia = "(entregado_en AT TIME ZONE 'America/La_Paz')::date"
    decidido = (
        "entregado_en IS NOT NULL AND prometido_el IS NOT NULL OR NOT terminado AND prometido_el < :hoy"
    )
    etapas = []
    for etapa, (_texto, de, a) in _ETAPAS.items():
        dura = f"extract(epoch FROM {a} - {de}) / 86400"
        entra = f"FILTER (WHERE {a} >= {de})"
        etapas.append(
            f"count(*) {entra} AS n_{etapa.value},"
            f" percentile_cont(ARRAY[0.5, 0.9]) WITHIN GROUP (ORDER BY {dura}) {entra} AS d_{etapa.value}"
        )
    columnas = [
        *grupos,
        "count(*) AS n",
        "count(entregado_en) AS entregados",
        "count(*) FILTER (WHERE prometido_el IS NULL) AS sin_promesa",
        f"count(*) FILTER (WHERE {decidido}) AS decididos",
        f"count(*) FILTER (WHERE {dia} <= prometido_el) AS a_tiempo",
        "count(primer_intento) AS intentados",
        "count(*) FILTER (WHERE primer_intento) AS al_primero",
        *etapas,
    ]
    donde = f" WHERE {' AND '.join(condiciones)}" if condiciones else ""
    agrupa = ", ".join(str(i + 1) for i in range(len(grupos)))
    orden = f" GROUP BY {agrupa} ORDER BY {agrupa}" if grupos else ""
    return f"SELECT {', '.join(columnas)} FROM envios_nivel{donde}{orden} LIMIT :limite"  # noqa: S608 (our own names)


def _medida(claves: Collection[Por], fila: Any) -> Medida:
    return Medida(
        clave={p: str(fila[p.value]) for p in claves},
        etapas={
            etapa: Duracion(
                fila[f"n_{etapa.value}"], *(_decimo(Decimal(str(v))) for v in fila[f"d_{etapa.value}"])
            )
            for etapa in Etapa
            if fila[f"n_{etapa.value}"] >= MINIMO
        },
        **{
            c: fila[c]
            for c in ("n", "entregados", "sin_promesa", "decididos", "a_tiempo", "intentados", "al_primero")
        },
    )


def nombres_de(sesion: Session, medicion: Medicion) -> dict[tuple[Por, str], str]:
    """How people read the keys of a measurement."""
    suyas = {(p, m.clave[p]) for m in medicion.medidas for p in medicion.por}
    unidades = nombres_de_unidades(sesion, {UUID(v) for p, v in suyas if p is Por.OPERADOR})
    deptos = {d.ine: d.nombre for d in departamentos(sesion)}
    municipios = lugares(sesion, [v for p, v in suyas if p.value.startswith("municipio")])
    nombres: dict[tuple[Por, str], str] = {}
    for p, valor in suyas:
        if p is Por.OPERADOR:
            nombres[p, valor] = unidades[UUID(valor)]
        elif p in (Por.ORIGEN, Por.DESTINO):
            nombres[p, valor] = deptos.get(valor, _("Sin dato"))
        elif p is Por.SERVICIO:
            nombres[p, valor] = valor.capitalize() or _("Sin servicio dicho")
        elif p is Por.MES:
            nombres[p, valor] = filtro_fecha(date.fromisoformat(valor), "MMM y")
        else:
            nombres[p, valor] = municipios.get(valor, _("Sin dato"))
    return nombres
