"""When a seller attends by appointment, and the places taken in it."""

from comercio.agenda.apartar import apartar, cerrar_citas, pasar_cita, se_puede_cancelar, ya_empezo
from comercio.agenda.consultas import (
    Hora,
    agendas_de,
    cita_de,
    citas_del_dia,
    con_cita,
    dia_siguiente,
    donde_atienden,
    horas_libres,
    propuesta_de,
    proximas_horas,
)
from comercio.agenda.declarar import (
    DatosDeAgenda,
    abrir_agenda,
    atender_con_cita,
    cambiar_agenda,
)
from comercio.agenda.errores import AgendaNoEncontrada, SinCita
from comercio.agenda.esquemas import CitaFicha
from comercio.agenda.estados import EN_PIE, EstadoCita, Lado

__all__ = [
    "EN_PIE",
    "AgendaNoEncontrada",
    "CitaFicha",
    "DatosDeAgenda",
    "EstadoCita",
    "Hora",
    "Lado",
    "SinCita",
    "abrir_agenda",
    "agendas_de",
    "apartar",
    "atender_con_cita",
    "cambiar_agenda",
    "cerrar_citas",
    "cita_de",
    "citas_del_dia",
    "con_cita",
    "dia_siguiente",
    "donde_atienden",
    "horas_libres",
    "pasar_cita",
    "propuesta_de",
    "proximas_horas",
    "se_puede_cancelar",
    "ya_empezo",
]
