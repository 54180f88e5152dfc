"""When a seller attends by appointment, and the places taken in it."""

from comercio.agenda.apartar import apartar, cerrar_citas, pasar_cita, se_puede_cancelar, ya_empezo
from comercio.agenda.consultas import (
    HORIZONTE_DIAS,
    Hora,
    agendas_de,
    cita_de,
    citas_del_dia,
    con_cita,
    de_la_agenda,
    horas_libres,
    propuesta_de,
    proximas_horas,
    semana_de,
)
from comercio.agenda.declarar import (
    DatosDeAgenda,
    abrir_agenda,
    agenda_propia,
    atender_con_cita,
    cambiar_agenda,
)
from comercio.agenda.errores import AgendaNoEncontrada, SinCita
from comercio.agenda.esquemas import CitaFicha
from comercio.agenda.estados import EN_PIE, EstadoCita, Lado

__all__ = [
    "EN_PIE",
    "HORIZONTE_DIAS",
    "AgendaNoEncontrada",
    "CitaFicha",
    "DatosDeAgenda",
    "EstadoCita",
    "Hora",
    "Lado",
    "SinCita",
    "abrir_agenda",
    "agenda_propia",
    "agendas_de",
    "apartar",
    "atender_con_cita",
    "cambiar_agenda",
    "cerrar_citas",
    "cita_de",
    "citas_del_dia",
    "con_cita",
    "de_la_agenda",
    "horas_libres",
    "pasar_cita",
    "propuesta_de",
    "proximas_horas",
    "se_puede_cancelar",
    "semana_de",
    "ya_empezo",
]
