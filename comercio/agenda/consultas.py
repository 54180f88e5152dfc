"""Reads of agendas and appointments."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from sqlmodel import Session, col, select

from comercio.agenda.estados import LIBERAN, EstadoCita
from comercio.agenda.modelos import Agenda, Cita, HorasDeAgenda, VarianteConCita
from comercio.catalogo import EstadoVariante, Modalidad
from comercio.catalogo.modelos import Producto, Variante
from comercio.vendedores import vacaciones_de
from empresa_digital.registro import unidad_por_id
from nucleo.plazos import NACIONAL, calendario
from nucleo.reloj import ZONA, ahora_bd, fecha_bolivia
from nucleo.semanas import Semana, Tramo

SERVICIOS_A_LA_VISTA = 200
A_LA_VISTA = 3
HORIZONTE_DIAS = 60
"""How far ahead an appointment is taken."""


@dataclass(frozen=True, slots=True)
class Hora:
    """When one may come, and how many more fit."""

    inicio: datetime
    fin: datetime
    quedan: int


@dataclass(frozen=True, slots=True)
class Proximas:
    """What is told of an appointment before buying it."""

    duracion_min: int
    dias_de_aviso: int
    lugar: str
    horas: tuple[datetime, ...]


def agendas_de(sesion: Session, unidad_id: UUID) -> Sequence[Agenda]:
    consulta = select(Agenda).where(col(Agenda.vendedor_id) == unidad_id)
    return sesion.exec(consulta.order_by(col(Agenda.nombre), col(Agenda.id))).all()


def semana_de(sesion: Session, agenda_id: UUID) -> Semana:
    consulta = select(HorasDeAgenda).where(col(HorasDeAgenda.agenda_id) == agenda_id)
    semana: dict[int, tuple[Tramo, ...]] = {}
    for f in sesion.exec(consulta.order_by(col(HorasDeAgenda.dia), col(HorasDeAgenda.abre_min))):
        semana[f.dia] = (*semana.get(f.dia, ()), (f.abre_min, f.cierra_min))
    return semana


def con_cita(sesion: Session, variantes: Iterable[UUID]) -> dict[UUID, VarianteConCita]:
    """Of these variants, those that need an appointment."""
    consulta = select(VarianteConCita).where(col(VarianteConCita.variante_id).in_(list(variantes)))
    return {f.variante_id: f for f in sesion.exec(consulta)}


def donde_atienden(sesion: Session, variantes: Iterable[UUID]) -> dict[UUID, str]:
    """Of these variants, where whoever buys those that need an appointment goes; of the rest, who sells goes
    to them."""
    suyas = list(variantes)
    if not suyas:
        return {}
    consulta = (
        select(VarianteConCita.variante_id, Agenda.lugar)
        .join(Agenda, col(Agenda.id) == col(VarianteConCita.agenda_id))
        .where(col(VarianteConCita.variante_id).in_(suyas), col(Agenda.lugar) != "")
    )
    return dict(sesion.exec(consulta).all())


def de_la_agenda(sesion: Session, agenda_id: UUID) -> Sequence[VarianteConCita]:
    consulta = select(VarianteConCita).where(col(VarianteConCita.agenda_id) == agenda_id)
    return sesion.exec(consulta.order_by(col(VarianteConCita.variante_id))).all()


def cita_de(sesion: Session, pedido_id: UUID) -> Cita | None:
    """The appointment of an order: the one that it waits for, or that came to pass."""
    suyas = (col(Cita.pedido_id) == pedido_id, col(Cita.estado).not_in([*LIBERAN, EstadoCita.PROPUESTA]))
    return sesion.exec(select(Cita).where(*suyas).execution_options(populate_existing=True)).one_or_none()


def propuesta_de(sesion: Session, pedido_id: UUID) -> Cita | None:
    """Where one side asks to move it, while the other one has not answered."""
    suyas = (col(Cita.pedido_id) == pedido_id, col(Cita.estado) == EstadoCita.PROPUESTA)
    return sesion.exec(select(Cita).where(*suyas).execution_options(populate_existing=True)).one_or_none()


def citas_del_dia(sesion: Session, agendas: Iterable[UUID], dia: date) -> Sequence[Cita]:
    """Those of a day, in order; what was moved or annulled is not there."""
    desde = _instante(dia, 0)
    consulta = select(Cita).where(
        col(Cita.agenda_id).in_(list(agendas)),
        col(Cita.inicio) >= desde,
        col(Cita.inicio) < desde + timedelta(days=1),
        col(Cita.estado).not_in(list(LIBERAN)),
    )
    return sesion.exec(consulta.order_by(col(Cita.inicio), col(Cita.puesto))).all()


def dia_siguiente(sesion: Session, agendas: Iterable[UUID], dia: date) -> date | None:
    """The first day after this one with somebody to attend."""
    consulta = select(Cita.inicio).where(
        col(Cita.agenda_id).in_(list(agendas)),
        col(Cita.inicio) >= _instante(dia, 0) + timedelta(days=1),
        col(Cita.estado).not_in(list(LIBERAN)),
    )
    inicio = sesion.exec(consulta.order_by(col(Cita.inicio)).limit(1)).first()
    return fecha_bolivia(inicio) if inicio else None


def horas_libres(
    sesion: Session, agenda: Agenda, duracion_min: int, desde: date | None = None, dias: int = HORIZONTE_DIAS
) -> list[Hora]:
    """When one may come, from a day on: in the hours of the agenda, not on a holiday of the seller's place
    nor while they are away, with the notice that it asks for, and where somebody still fits."""
    ahora = ahora_bd(sesion)
    hoy, pronto = fecha_bolivia(ahora), ahora + timedelta(days=agenda.dias_de_aviso)
    primero = max(desde or hoy, hoy)
    ultimo = min(primero + timedelta(days=dias - 1), hoy + timedelta(days=HORIZONTE_DIAS))
    semana = semana_de(sesion, agenda.id)
    posibles = [
        (inicio, inicio + timedelta(minutes=duracion_min))
        for dia in _dias_que_atiende(sesion, agenda, primero, ultimo)
        for inicio in _empiezan(semana, dia, duracion_min)
        if inicio > ahora and inicio >= pronto
    ]
    ocupadas = _ocupadas(sesion, agenda.id, _instante(primero, 0), _instante(ultimo, 1440))
    libres = []
    for inicio, fin in posibles:
        tomados = {c.puesto for c in ocupadas if c.inicio < fin and inicio < c.fin}
        if quedan := len(set(range(1, agenda.capacidad + 1)) - tomados):
            libres.append(Hora(inicio, fin, quedan))
    return libres


def proximas_horas(sesion: Session, variantes: Sequence[UUID]) -> Proximas | None:
    """When whoever buys the first of these variants that needs an appointment may come; None: none does."""
    suyas = con_cita(sesion, variantes)
    suya = next((suyas[v] for v in variantes if v in suyas), None)
    if suya is None:
        return None
    agenda = sesion.get_one(Agenda, suya.agenda_id)
    libres = horas_libres(sesion, agenda, suya.duracion_min)
    pronto = tuple(h.inicio for h in libres[:A_LA_VISTA])
    return Proximas(suya.duracion_min, agenda.dias_de_aviso, agenda.lugar, pronto)


def puesto_libre(sesion: Session, agenda: Agenda, inicio: datetime, fin: datetime) -> int | None:
    """A place of an agenda, locked, that nobody has between two instants."""
    tomados = {c.puesto for c in _ocupadas(sesion, agenda.id, inicio, fin)}
    return next((n for n in range(1, agenda.capacidad + 1) if n not in tomados), None)


def _dias_que_atiende(sesion: Session, agenda: Agenda, primero: date, ultimo: date) -> list[date]:
    lugar = unidad_por_id(sesion, agenda.vendedor_id).municipio_ine or NACIONAL
    conocido = calendario(sesion)
    feriados, anios = conocido.en([lugar]), set(conocido.anios())
    lejos = [(v.desde, v.hasta) for v in vacaciones_de(sesion, agenda.vendedor_id)]
    todos = (primero + timedelta(days=n) for n in range((ultimo - primero).days + 1))
    return [
        d for d in todos if d.year in anios and d not in feriados and not any(de <= d <= a for de, a in lejos)
    ]


def _empiezan(semana: Semana, dia: date, duracion_min: int) -> list[datetime]:
    return [
        _instante(dia, minuto)
        for abre, cierra in semana.get(dia.isoweekday(), ())
        for minuto in range(abre, cierra - duracion_min + 1, duracion_min)
    ]


def _ocupadas(sesion: Session, agenda_id: UUID, desde: datetime, hasta: datetime) -> Sequence[Cita]:
    consulta = select(Cita).where(
        col(Cita.agenda_id) == agenda_id,
        col(Cita.inicio) < hasta,
        col(Cita.fin) > desde,
        col(Cita.estado).not_in(list(LIBERAN)),
    )
    return sesion.exec(consulta).all()


def _instante(dia: date, minuto: int) -> datetime:
    return datetime.combine(dia, time(), ZONA) + timedelta(minutes=minuto)


def servicios_de(sesion: Session, unidad_id: UUID) -> list[tuple[UUID, str]]:
    """What of a seller may be attended by appointment: each variant of their services, in words."""
    consulta = (
        select(Variante.id, Producto.titulo, Variante.sku)
        .join(Producto, col(Producto.id) == col(Variante.producto_id))
        .where(
            col(Producto.vendedor_id) == unidad_id,
            col(Producto.modalidad) == Modalidad.SERVICIO,
            col(Variante.estado) == EstadoVariante.ACTIVA,
        )
        .order_by(col(Producto.titulo), col(Variante.orden), col(Variante.id))
    )
    return [
        (id, f"{titulo} ({sku})") for id, titulo, sku in sesion.exec(consulta.limit(SERVICIOS_A_LA_VISTA))
    ]
