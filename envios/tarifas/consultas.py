"""Reads of rates: versions, their lines, what carries a parcel from here to there."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, exists, func, text
from sqlmodel import Session, col, select, tuple_
from sqlmodel.sql.expression import SelectOfScalar

from empresa_digital.registro import (
    Facultad,
    Habilitacion,
    Unidad,
    con_habilitacion,
    departamentos,
    lugares,
    municipios,
    unidades_de,
)
from envios.tarifas.estados import EstadoTarifario
from envios.tarifas.modelos import Banda, Cotizacion, Lugar, Ruta, Servicio, Tarifario
from envios.tarifas.tablas import FORMAS, Que
from envios.tarifas.valores import Condiciones, Tramo
from nucleo.actor import Actor

_FALTAS = text("SELECT falta, servicio, que FROM envios_tarifario_faltas(:id) ORDER BY 1, 2, 3 LIMIT 30")


def operadores_que_administra(sesion: Session, actor: Actor) -> list[Unidad]:
    """The postal operators for which the actor decides, by name."""
    suyas = unidades_de(sesion, actor, Facultad.ADMINISTRAR)
    operan = con_habilitacion(sesion, [u.id for u in suyas], Habilitacion.OPERADOR_POSTAL)
    return [u for u in suyas if u.id in operan]


def todos_los_lugares(sesion: Session) -> dict[str, str]:
    """`{INE code: name}` of the departments and municipalities: «Potosí», «Uyuni, Potosí»."""
    nombres = {d.ine: d.nombre for d in departamentos(sesion)}
    return nombres | lugares(sesion, [m.ine for m in municipios(sesion)])


def en_vigor(instante: datetime | ColumnElement[datetime]) -> tuple[Any, ...]:
    """The conditions of the versions in force at an instant, or at that of an expression of SQL."""
    hasta = col(Tarifario.vigente_hasta)
    return (
        col(Tarifario.estado) == EstadoTarifario.PUBLICADO.value,
        col(Tarifario.vigente_desde) <= instante,
        hasta.is_(None) | (hasta > instante),
    )


def vigente_de(sesion: Session, operador_unidad_id: UUID, instante: datetime) -> Tarifario | None:
    """The version in force at an instant; None when there is none."""
    consulta = select(Tarifario).where(
        col(Tarifario.operador_unidad_id) == operador_unidad_id, *en_vigor(instante)
    )
    return sesion.exec(consulta).one_or_none()


def tarifarios_de(operador_unidad_id: UUID) -> SelectOfScalar[Tarifario]:
    return select(Tarifario).where(col(Tarifario.operador_unidad_id) == operador_unidad_id)


def publicados(operador_unidad_id: UUID | None) -> SelectOfScalar[Tarifario]:
    """The versions that anybody may read: those in force, to come and past."""
    consulta = select(Tarifario).where(col(Tarifario.estado) == EstadoTarifario.PUBLICADO.value)
    if operador_unidad_id is None:
        return consulta
    return consulta.where(col(Tarifario.operador_unidad_id) == operador_unidad_id)


def borrador_de(sesion: Session, operador_unidad_id: UUID) -> Tarifario | None:
    """The version that is being worked on; one at most."""
    consulta = tarifarios_de(operador_unidad_id).where(
        col(Tarifario.estado) == EstadoTarifario.BORRADOR.value
    )
    return sesion.exec(consulta).one_or_none()


def faltas_de(sesion: Session, tarifario_id: UUID) -> list[tuple[str, str, str]]:
    """What a version lacks to be published: (what, service, which), thirty at most."""
    filas = sesion.connection().execute(_FALTAS, {"id": tarifario_id})
    return [(falta, servicio, que) for falta, servicio, que in filas]


def lineas_de(sesion: Session, tarifario_id: UUID, que: Que) -> Sequence[Any]:
    """The rows of a table of a version, in the order of their keys (ten thousand at most)."""
    forma = FORMAS[que]
    orden = [col(getattr(forma.modelo, columna.campo)) for columna in forma.columnas[: forma.clave]]
    consulta = select(forma.modelo).where(forma.modelo.tarifario_id == tarifario_id).order_by(*orden)
    return sesion.exec(consulta).all()


def contar_lineas(sesion: Session, tarifario_id: UUID) -> dict[Que, int]:
    cuentas = [
        select(func.count())
        .select_from(FORMAS[que].modelo)
        .where(FORMAS[que].modelo.tarifario_id == tarifario_id)
        .scalar_subquery()
        for que in Que
    ]
    return dict(zip(Que, sesion.exec(select(*cuentas)).one(), strict=True))


def servicios_de(sesion: Session, tarifario_id: UUID) -> Sequence[Servicio]:
    consulta = select(Servicio).where(col(Servicio.tarifario_id) == tarifario_id)
    return sesion.exec(consulta.order_by(col(Servicio.codigo))).all()


# --- What carries a parcel from here to there ------------------------------------------------------------


class Alcance:
    """Where the versions at hand go: by version, the place of each end and the conditions of each service."""

    def __init__(self) -> None:
        self.tarifarios: dict[UUID, Tarifario] = {}
        self.origenes: dict[UUID, Lugar] = {}
        self.destinos: dict[UUID, Lugar] = {}
        self.condiciones: list[Condiciones] = []
        self.servicios: dict[UUID, set[str]] = defaultdict(set)

    @property
    def zonas(self) -> set[tuple[UUID, str, str]]:
        """Of each version that serves both ends, the zone of each."""
        ambas = self.origenes.keys() & self.destinos.keys()
        return {(id, self.origenes[id].zona, self.destinos[id].zona) for id in ambas}


Ruteo = tuple[str, str]
"""From which municipality to which, by their INE codes."""


def alcance(sesion: Session, tarifarios: Sequence[Tarifario], origen_ine: str, destino_ine: str) -> Alcance:
    """What these versions say of a route, in three statements however many they are."""
    return alcances(sesion, tarifarios, [(origen_ine, destino_ine)])[origen_ine, destino_ine]


def alcances(
    sesion: Session, tarifarios: Sequence[Tarifario], rutas: Collection[Ruteo]
) -> dict[Ruteo, Alcance]:
    """What these versions say of each of some routes, in three statements however many there are."""
    hallados = {ruta: Alcance() for ruta in rutas}
    for hallado in hallados.values():
        hallado.tarifarios = {t.id: t for t in tarifarios}
    if not tarifarios or not hallados:
        return hallados
    extremos = {ine for ruta in hallados for ine in ruta}
    consulta = (
        select(Lugar)
        .where(
            col(Lugar.tarifario_id).in_([t.id for t in tarifarios]),
            col(Lugar.lugar).in_(extremos | {ine[:2] for ine in extremos}),
        )
        .order_by(func.length(Lugar.lugar))
    )
    for lugar in sesion.exec(consulta):  # the municipality comes after its department, and stays
        for (origen_ine, destino_ine), hallado in hallados.items():
            if origen_ine.startswith(lugar.lugar):
                hallado.origenes[lugar.tarifario_id] = lugar
            if destino_ine.startswith(lugar.lugar):
                hallado.destinos[lugar.tarifario_id] = lugar
    _servicios(sesion, hallados.values())
    return hallados


def _servicios(sesion: Session, hallados: Collection[Alcance]) -> None:
    """The services on the routes of each version, and why there is none."""
    zonas = {zona for hallado in hallados for zona in hallado.zonas}
    consulta = (
        select(Servicio, Ruta)
        .outerjoin(
            Ruta,
            (col(Ruta.tarifario_id) == col(Servicio.tarifario_id))
            & (col(Ruta.servicio) == col(Servicio.codigo))
            & tuple_(Ruta.tarifario_id, Ruta.origen, Ruta.destino).in_(zonas),
        )
        .where(col(Servicio.tarifario_id).in_({id for hallado in hallados for id in hallado.tarifarios}))
        .order_by(col(Servicio.tarifario_id), col(Servicio.codigo), col(Ruta.origen), col(Ruta.destino))
    )
    filas = sesion.exec(consulta).all()
    tramos = _tramos(sesion, [ruta for _servicio, ruta in filas if ruta is not None])
    for hallado in hallados:
        for servicio, ruta in filas:
            hallado.servicios[servicio.tarifario_id].add(servicio.codigo)
            if ruta is not None and (ruta.tarifario_id, ruta.origen, ruta.destino) in hallado.zonas:
                hallado.condiciones.append(
                    _condiciones(
                        hallado.tarifarios[servicio.tarifario_id],
                        servicio,
                        ruta,
                        hallado.origenes[servicio.tarifario_id],
                        hallado.destinos[servicio.tarifario_id],
                        tramos[ruta.tarifario_id, ruta.servicio, ruta.tarifa],
                    )
                )


def _tramos(sesion: Session, rutas: Sequence[Ruta]) -> dict[tuple[UUID, str, str], list[Tramo]]:
    claves = {(r.tarifario_id, r.servicio, r.tarifa) for r in rutas}
    tramos: dict[tuple[UUID, str, str], list[Tramo]] = defaultdict(list)
    if claves:
        consulta = select(Banda).where(tuple_(Banda.tarifario_id, Banda.servicio, Banda.tarifa).in_(claves))
        for b in sesion.exec(consulta.order_by(col(Banda.hasta_g))):
            tramos[b.tarifario_id, b.servicio, b.tarifa].append(
                Tramo(b.desde_g or 0, b.hasta_g, b.precio, b.paso_g, b.precio_paso)
            )
    return tramos


_DEL_SERVICIO = (
    "nombre",
    "indicador",
    "entrega",
    "cm3_por_kg",
    "peso_maximo_g",
    "lado_maximo_cm",
    "suma_maxima_cm",
    "seguro_pb",
    "seguro_minimo",
    "valor_maximo",
    "contra_entrega_pb",
    "contra_entrega_minimo",
    "recojo",
)


def _condiciones(
    tarifario: Tarifario,
    servicio: Servicio,
    ruta: Ruta,
    origen: Lugar,
    destino: Lugar,
    tramos: Sequence[Tramo],
) -> Condiciones:
    return Condiciones(
        tarifario_id=tarifario.id,
        version=tarifario.numero,
        vigente_hasta=tarifario.vigente_hasta,
        operador_unidad_id=tarifario.operador_unidad_id,
        servicio=servicio.codigo,
        tarifa=ruta.tarifa,
        dias=ruta.dias + destino.dias_mas,
        corte=origen.corte,
        reparte=destino.reparte,
        recargo=destino.recargo,
        tramos=tuple(tramos),
        **{campo: getattr(servicio, campo) for campo in _DEL_SERVICIO},
    )


def se_retira(cotizacion_id: Any) -> ColumnElement[bool]:
    """Whether the service of the quote of this column delivers at an agency; not without a quote."""
    return exists().where(
        col(Cotizacion.id) == cotizacion_id,
        col(Servicio.tarifario_id) == col(Cotizacion.tarifario_id),
        col(Servicio.codigo) == col(Cotizacion.servicio),
        col(Servicio.entrega) == "agencia",
    )


def entrega_cotizada(sesion: Session, cotizacion_id: UUID | None) -> str:
    """Where the service of a kept quote delivers: `puerta` or `agencia`; empty without a quote."""
    if cotizacion_id is None:
        return ""
    consulta = (
        select(Servicio.entrega)
        .join(
            Cotizacion,
            (col(Cotizacion.tarifario_id) == col(Servicio.tarifario_id))
            & (col(Cotizacion.servicio) == col(Servicio.codigo)),
        )
        .where(col(Cotizacion.id) == cotizacion_id)
    )
    return sesion.exec(consulta).one()
