"""The forms of the roles: naming, ceasing, and recusals."""

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Depends

from feria_inversa.designaciones.designar import Nombramiento
from feria_inversa.designaciones.esquemas import (
    CeseEntrada,
    Documento,
    ExcusaEntrada,
    RecusacionEntrada,
    ResolucionDeExcusa,
)
from feria_inversa.papeles import (
    EstadoExcusa,
    Papel,
    nombre_de_excusa,
)
from nucleo.formularios import Formulario, Hoja, campos
from nucleo.lectores import Entrada, Fecha
from nucleo.textos import perezoso as _l

_FALTA_MOTIVO = _l("Explique el motivo con al menos 10 letras: será público.")


class NombramientoDePagina(Entrada):
    papel: Papel
    persona: UUID
    documento: Documento = ""
    hasta: Fecha | None = None

    def nombramiento(self) -> Nombramiento:
        hasta: date | None = self.hasta
        return Nombramiento(self.papel, self.persona, self.documento, hasta)


NOMBRAMIENTO = Formulario(
    "papel.nombramiento",
    NombramientoDePagina,
    campos.seleccion("papel", _l("Papel"), falta=_l("Elija el papel.")),
    campos.seleccion(
        "persona",
        _l("Persona"),
        ayuda=_l("Están quienes tienen un mandato de la entidad para compras."),
        falta=_l("Elija a la persona."),
    ),
    campos.texto(
        "documento",
        _l("Documento que la designa"),
        ayuda=_l("Por ejemplo: RA 12/2026."),
        maximo=200,
        opcional=True,
        vacio="",
    ),
    campos.fecha("hasta", _l("Último día"), ayuda=_l("Vacío: hasta su cese."), opcional=True),
)
HojaDeNombramiento = Annotated[Hoja[NombramientoDePagina], Depends(NOMBRAMIENTO)]


class CeseDePagina(CeseEntrada):
    designacion: UUID


CESE = Formulario(
    "papel.cese",
    CeseDePagina,
    campos.seleccion("designacion", _l("Quién cesa"), falta=_l("Elija a la persona.")),
    campos.area("motivo", _l("Motivo, que será público"), filas=2, maximo=1000, falta=_FALTA_MOTIVO),
)
HojaDeCese = Annotated[Hoja[CeseDePagina], Depends(CESE)]

EXCUSA = Formulario(
    "papel.excusa",
    ExcusaEntrada,
    campos.area("motivo", _l("Por qué se excusa: será público"), filas=3, maximo=1000, falta=_FALTA_MOTIVO),
)
HojaDeExcusa = Annotated[Hoja[ExcusaEntrada], Depends(EXCUSA)]


class RecusacionDePagina(RecusacionEntrada):
    designacion: UUID


RECUSACION = Formulario(
    "papel.recusacion",
    RecusacionDePagina,
    campos.seleccion(
        "unidad_id", _l("Por qué unidad"), entre_varias=_l("Elija la unidad"), falta=_l("Elija la unidad.")
    ),
    campos.seleccion("designacion", _l("A quién recusa"), falta=_l("Elija a la persona.")),
    campos.area("motivo", _l("Motivo, que será público"), filas=3, maximo=1000, falta=_FALTA_MOTIVO),
)
HojaDeRecusacion = Annotated[Hoja[RecusacionDePagina], Depends(RECUSACION)]

RESPUESTA = Formulario(
    "papel.resolucion_de_excusa",
    ResolucionDeExcusa,
    campos.opciones(
        "decision",
        _l("Qué se resuelve"),
        opciones=lambda: [
            (str(estado), nombre_de_excusa(estado))
            for estado in (EstadoExcusa.ACEPTADA, EstadoExcusa.RECHAZADA)
        ],
        falta=_l("Elija qué se resuelve."),
    ),
    campos.area("fundamento", _l("Fundamento, que será público"), filas=3, maximo=1000, falta=_FALTA_MOTIVO),
)
HojaDeRespuesta = Annotated[Hoja[ResolucionDeExcusa], Depends(RESPUESTA)]
