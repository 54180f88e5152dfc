"""The forms of the calendar and of the count of a term."""

from datetime import datetime
from typing import Annotated

from fastapi import Depends
from pydantic import BaseModel, Field

from empresa_digital.registro.feriados.esquemas import Acto, AnioNuevo, Decreto
from nucleo.formularios import Formulario, Hoja, campos
from nucleo.lectores import leer_entero
from nucleo.plazos import NACIONAL
from nucleo.textos import perezoso as _l

DECRETO = Formulario(
    "feriados.decreto",
    Decreto,
    campos.opciones(
        "acto",
        _l("¿Qué dice la norma?"),
        opciones=lambda: [
            (Acto.FERIADO, str(_l("Declara un feriado")), str(_l("También para confirmar o corregir uno."))),
            (Acto.TRASLADO, str(_l("Traslada un feriado a otro día")), ""),
            (Acto.LABORABLE, str(_l("Deja sin efecto un feriado")), ""),
        ],
    ),
    campos.fecha("fecha", _l("Día"), ayuda=_l("En un traslado, el nuevo día feriado.")),
    campos.fecha("de", _l("Día que se traslada"), opcional=True, ayuda=_l("Solo en un traslado.")),
    campos.seleccion("lugar", _l("¿Dónde rige?")),
    campos.texto("nombre", _l("Nombre"), minimo=3, maximo=120, falta=_l("Escriba el nombre del feriado.")),
    campos.texto(
        "norma",
        _l("Norma"),
        minimo=3,
        maximo=200,
        ayuda=_l("Por ejemplo: DS 5521 (13/1/2026), art. 3."),
        falta=_l("Escriba la norma, con su número y fecha."),
    ),
    campos.casilla("confirmado", _l("Leí el texto de la norma en la Gaceta Oficial")),
)
HojaDeDecreto = Annotated[Hoja[Decreto], Depends(DECRETO)]

ANIO = Formulario("feriados.anio", AnioNuevo, campos.oculto("anio", lector=leer_entero))
HojaDeAnio = Annotated[Hoja[AnioNuevo], Depends(ANIO)]


class Consulta(BaseModel):
    """From when and where to count."""

    inicio: datetime
    lugar: str = Field(NACIONAL, max_length=6)
    otro: str = Field("", max_length=6)
    distancia: bool = False


CONSULTA = Formulario(
    "plazos.consulta",
    Consulta,
    campos.momento(
        "inicio", _l("¿Cuándo ocurrió el hecho?"), ayuda=_l("La notificación, el pago, la entrega.")
    ),
    campos.seleccion("lugar", _l("¿Dónde?")),
    campos.seleccion(
        "otro",
        _l("¿También en otro lugar?"),
        opcional=True,
        vacio="",
        elija=_l("No"),
        ayuda=_l("El día debe ser hábil en los dos."),
    ),
    campos.casilla("distancia", _l("Añadir el plazo por distancia")),
)
HojaDeConsulta = Annotated[Hoja[Consulta], Depends(CONSULTA)]
