"""Forms: what each asks for, in which words."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends
from pydantic import BaseModel, Field

from comercio.agenda.declarar import DatosDeAgenda
from comercio.agenda.esquemas import ServicioConCita
from comercio.agenda.modelos import AVISO_MAXIMO_DIAS, CAPACIDAD_MAXIMA, DURACION_MAX, DURACION_MIN
from nucleo.formularios import Formulario, Hoja, campos
from nucleo.lectores import escrito
from nucleo.semanas import Semanal, preguntas_de_la_semana
from nucleo.textos import perezoso as _l


class AgendaPedida(BaseModel):
    """An agenda as its page asks for it."""

    nombre: Annotated[str, escrito(80, 2)]
    lugar: Annotated[str, escrito(200)] = ""
    capacidad: Annotated[int, Field(ge=1, le=CAPACIDAD_MAXIMA)]
    dias_de_aviso: Annotated[int, Field(ge=0, le=AVISO_MAXIMO_DIAS)]
    horario: Semanal = Field(default_factory=Semanal)

    def datos(self) -> DatosDeAgenda:
        return DatosDeAgenda(
            self.nombre, self.capacidad, self.dias_de_aviso, self.horario.semana(), self.lugar
        )


class AgendaPedidaPor(AgendaPedida):
    unidad_id: UUID


_AGENDA = (
    campos.texto(
        "nombre",
        _l("¿Cómo se llama?"),
        ayuda=_l("Consultorio, taller, segunda silla: dónde atiende, o quién."),
        maximo=80,
        falta=_l("Escriba un nombre de 2 a 80 letras."),
    ),
    campos.texto(
        "lugar",
        _l("¿Dónde atiende?"),
        ayuda=_l("La dirección, si quien compra va donde usted. Vacío: usted va a donde le digan."),
        maximo=200,
        opcional=True,
        vacio="",
    ),
    campos.entero(
        "capacidad",
        _l("¿A cuántos atiende a la vez?"),
        minimo=1,
        maximo=CAPACIDAD_MAXIMA,
        falta=_l("Escriba a cuántos atiende a la vez, de 1 a 50."),
    ),
    campos.entero(
        "dias_de_aviso",
        _l("¿Con cuántos días de aviso?"),
        ayuda=_l("Cuántos días antes se pide una cita, y hasta cuántos antes la cancela quien compró."),
        sufijo=_l("días"),
        minimo=0,
        maximo=AVISO_MAXIMO_DIAS,
        falta=_l("Escriba los días de aviso, de 0 a 30."),
    ),
    *preguntas_de_la_semana("horario"),
)
AGENDA_NUEVA = Formulario(
    "agenda_de_citas.nueva",
    AgendaPedidaPor,
    campos.oculto("unidad_id"),
    *_AGENDA,
)
AGENDA = Formulario("agenda_de_citas", AgendaPedida, *_AGENDA)
CON_CITA = Formulario(
    "servicio_con_cita",
    ServicioConCita,
    campos.seleccion(
        "variante_id",
        _l("Servicio"),
        elija=_l("Elija un servicio"),
        falta=_l("Elija uno de sus servicios."),
    ),
    campos.entero(
        "duracion_min",
        _l("¿Cuánto dura la cita?"),
        ayuda=_l("Vacío: ya no se atiende con cita."),
        sufijo=_l("minutos"),
        minimo=DURACION_MIN,
        maximo=DURACION_MAX,
        opcional=True,
        falta=_l("Escriba los minutos, de 10 a 480."),
    ),
)
HojaDeAgendaNueva = Annotated[Hoja[AgendaPedidaPor], Depends(AGENDA_NUEVA)]
HojaDeAgenda = Annotated[Hoja[AgendaPedida], Depends(AGENDA)]
HojaDeConCita = Annotated[Hoja[ServicioConCita], Depends(CON_CITA)]
