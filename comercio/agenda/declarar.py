"""What a seller says of when they attend. What was taken already stays as it was taken."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from comercio.agenda.bloqueos import bloquear_agenda
from comercio.agenda.consultas import agendas_de
from comercio.agenda.errores import AgendaNoEncontrada, AgendaRepetida
from comercio.agenda.modelos import Agenda, HorasDeAgenda, VarianteConCita
from comercio.catalogo import Modalidad, VarianteNoEncontrada
from comercio.catalogo.modelos import Producto, Variante
from empresa_digital.registro import Facultad, exigir_facultad, tiene_facultad
from nucleo.actor import Actor, Autorizacion
from nucleo.auditoria import auditar
from nucleo.errores import DatosInvalidos
from nucleo.semanas import Semana
from nucleo.textos import gettext as _

AGENDAS_MAXIMAS = 20


@dataclass(frozen=True, slots=True)
class DatosDeAgenda:
    nombre: str
    capacidad: int
    dias_de_aviso: int
    semana: Semana
    lugar: str = ""


def abrir_agenda(
    sesion: Session, actor: Actor, unidad_id: UUID, datos: DatosDeAgenda, id: UUID | None = None
) -> Agenda:
    """One more agenda of a unit; with an id that is known, what it made.

    Raises `SinFacultad`, `AgendaRepetida`, `DatosInvalidos`.
    """
    autorizacion = exigir_facultad(sesion, actor, unidad_id, Facultad.VENDER)
    if id is not None and (ya := sesion.get(Agenda, id)) is not None and ya.vendedor_id == unidad_id:
        return ya
    if len(agendas_de(sesion, unidad_id)) >= AGENDAS_MAXIMAS:
        raise DatosInvalidos(_("Una unidad lleva hasta %(n)s agendas.") % {"n": AGENDAS_MAXIMAS})
    agenda = Agenda(
        vendedor_id=unidad_id,
        nombre=datos.nombre,
        lugar=datos.lugar,
        capacidad=datos.capacidad,
        dias_de_aviso=datos.dias_de_aviso,
    )
    agenda.id = id or agenda.id
    _guardar(sesion, agenda, datos)
    auditar(sesion, autorizacion, "agenda.abrir", "comercio_agenda", agenda.id, {"nombre": datos.nombre})
    return agenda


def cambiar_agenda(sesion: Session, actor: Actor, agenda_id: UUID, datos: DatosDeAgenda) -> Agenda:
    """From now on; the appointments that there are stay. Raises `AgendaNoEncontrada` to who does not sell for
    the unit, `AgendaRepetida`, `DatosInvalidos`."""
    agenda, autorizacion = _propia(sesion, actor, agenda_id)
    agenda.nombre, agenda.lugar, agenda.capacidad = datos.nombre, datos.lugar, datos.capacidad
    agenda.dias_de_aviso = datos.dias_de_aviso
    _guardar(sesion, agenda, datos)
    hechos = {"nombre": datos.nombre, "capacidad": datos.capacidad}
    auditar(sesion, autorizacion, "agenda.cambiar", "comercio_agenda", agenda.id, hechos)
    return agenda


def atender_con_cita(
    sesion: Session, actor: Actor, agenda_id: UUID, variante_id: UUID, duracion_min: int | None
) -> Agenda:
    """From now on who buys that variant takes an appointment of so many minutes in this agenda; without them,
    none. What was sold stays as it was sold. Raises `AgendaNoEncontrada`, `VarianteNoEncontrada`,
    `DatosInvalidos` of what is no service.
    """
    agenda, autorizacion = _propia(sesion, actor, agenda_id)
    de_quien = (
        select(Producto.vendedor_id, Producto.modalidad)
        .join(Variante, col(Variante.producto_id) == col(Producto.id))
        .where(col(Variante.id) == variante_id)
    )
    hallada = sesion.exec(de_quien).one_or_none()
    if hallada is None or hallada[0] != agenda.vendedor_id:
        raise VarianteNoEncontrada()
    if hallada[1] != Modalidad.SERVICIO:
        texto = _("Solo un servicio se atiende con cita.")
        raise DatosInvalidos(texto, campos={"variante_id": texto})
    fila = sesion.get(VarianteConCita, variante_id)
    if duracion_min is None:
        if fila is not None and fila.agenda_id == agenda.id:
            sesion.delete(fila)
    else:
        fila = fila or VarianteConCita(
            variante_id=variante_id,
            vendedor_id=agenda.vendedor_id,
            agenda_id=agenda.id,
            duracion_min=duracion_min,
        )
        fila.agenda_id, fila.duracion_min = agenda.id, duracion_min
        sesion.add(fila)
    sesion.flush()
    hechos = {"agenda": str(agenda.id), "minutos": duracion_min}
    auditar(sesion, autorizacion, "variante.con_cita", "comercio_variante", variante_id, hechos)
    return agenda


def agenda_propia(sesion: Session, actor: Actor, agenda_id: UUID) -> Agenda:
    """For who sells for its unit. Raises `AgendaNoEncontrada`."""
    agenda = sesion.get(Agenda, agenda_id)
    if agenda is None or not tiene_facultad(sesion, actor, agenda.vendedor_id, Facultad.VENDER):
        raise AgendaNoEncontrada()
    return agenda


def _propia(sesion: Session, actor: Actor, agenda_id: UUID) -> tuple[Agenda, Autorizacion]:
    agenda_propia(sesion, actor, agenda_id)
    agenda = bloquear_agenda(sesion, agenda_id)
    return agenda, exigir_facultad(sesion, actor, agenda.vendedor_id, Facultad.VENDER)


def _guardar(sesion: Session, agenda: Agenda, datos: DatosDeAgenda) -> None:
    if not datos.semana:
        texto = _("Diga al menos un día y sus horas.")
        raise DatosInvalidos(texto, campos={"horario.lunes": texto})
    try:
        with sesion.begin_nested():
            sesion.add(agenda)
            sesion.flush()
    except IntegrityError as error:
        texto = _("Ya tiene una agenda con ese nombre: póngale otro.")
        raise AgendaRepetida(texto, campos={"nombre": texto}) from error
    sesion.execute(delete(HorasDeAgenda).where(col(HorasDeAgenda.agenda_id) == agenda.id))
    for dia, tramos in datos.semana.items():
        for abre, cierra in tramos:
            sesion.add(HorasDeAgenda(agenda_id=agenda.id, dia=dia, abre_min=abre, cierra_min=cierra))
    sesion.flush()
