"""The form of the award: what it asks for, in which words."""

from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from fastapi import Depends
from pydantic import BaseModel, Field

from feria_inversa.evaluacion.causas import CAUSAS, CAUSAS_DE_DESIERTA, Causa, CausaDesierta
from feria_inversa.procesos import Texto
from nucleo.formularios import Formulario, Hoja, campos
from nucleo.lectores import Momento, PrecioUnitario
from nucleo.textos import gettext as _
from nucleo.textos import perezoso as _l

DESIERTO = "desierto"
SIGUE = "sigue"
PRESENTE, AUSENTE = "si", "no"


class DecisionDePagina(BaseModel):
    oferta_id: UUID | Literal["desierto"]
    causa: CausaDesierta | None = None
    motivo: Annotated[Texto, Field(max_length=1000)] = ""


class AdjudicacionDePagina(BaseModel):
    decisiones: list[DecisionDePagina] = []


ADJUDICACION = Formulario(
    "convocatoria.adjudicacion",
    AdjudicacionDePagina,
    campos.opciones(
        "decisiones.*.oferta_id", _l("Decisión"), falta=_l("Elija una oferta o declare desierto el ítem.")
    ),
    campos.seleccion(
        "decisiones.*.causa",
        _l("Causa, si queda desierto"),
        opciones=lambda: [(causa, str(nombre)) for causa, nombre in CAUSAS_DE_DESIERTA.items()],
        elija=_l("Ninguna: se adjudica"),
        falta=_l("Elija una causa de la lista."),
        opcional=True,
    ),
    campos.texto(
        "decisiones.*.motivo",
        _l("Motivo"),
        ayuda=_l(
            "Obligatorio si no elige la que sale primera, si le falta algo o si es desierto por otra causa."
        ),
        maximo=1000,
        opcional=True,
    ),
)


class RevisadaDePagina(BaseModel):
    """What is found of a bid; rows go by its place."""

    causa: Causa | Literal["sigue"]
    explicacion: Annotated[Texto, Field(max_length=1000)] = ""
    origen: Annotated[Texto, Field(max_length=24)] | None = None
    productor: Annotated[Texto, Field(max_length=24)] | None = None


class PuntosDePagina(BaseModel):
    """The points of a bid for what is awarded at once; rows go by a number that the page gives."""

    puntos: Annotated[Decimal, Field(ge=0, le=100)]


class DocumentoDePagina(BaseModel):
    """Whether a document is there; rows go by a number that the page gives."""

    presente: Literal["si", "no"]


class CalificacionDePagina(BaseModel):
    documentos: list[DocumentoDePagina] = []
    revisadas: list[RevisadaDePagina] = []
    puntajes: list[PuntosDePagina] = []
    subsanar_hasta: Momento | None = None


CALIFICACION = Formulario(
    "convocatoria.calificacion",
    CalificacionDePagina,
    campos.seleccion(
        "revisadas.*.causa",
        _l("¿Sigue en la comparación?"),
        opciones=lambda: [
            (SIGUE, _("Sigue: cumple lo que se pide")),
            *((causa, str(nombre)) for causa, nombre in CAUSAS.items()),
        ],
        falta=_l("Diga si la oferta sigue o por qué queda fuera."),
    ),
    campos.texto(
        "revisadas.*.explicacion",
        _l("Explicación, que será pública"),
        ayuda=_l("Obligatoria si queda fuera."),
        maximo=1000,
        opcional=True,
    ),
    campos.seleccion("revisadas.*.origen", _l("Margen por origen"), elija=_l("Ninguno"), opcional=True),
    campos.seleccion(
        "revisadas.*.productor", _l("Margen por quien produce"), elija=_l("Ninguno"), opcional=True
    ),
    campos.cantidad("puntajes.*.puntos", _l("Puntos técnicos"), opcional=True),
    campos.opciones(
        "documentos.*.presente",
        _l("Documento"),
        opciones=lambda: [(PRESENTE, _("Está presente")), (AUSENTE, _("Falta"))],
        falta=_l("Diga si está o falta."),
    ),
    campos.momento(
        "subsanar_hasta",
        _l("¿Hasta cuándo se espera lo que falta y se puede subsanar?"),
        ayuda=_l("Se le avisa a cada oferente, y antes no se decide. Vacío, sigue el que ya se dijo."),
        opcional=True,
    ),
    por_paginas=True,
)


class RevisadaTecnicaDePagina(BaseModel):
    """What is found of a technical part; rows go by its place."""

    causa: Causa | Literal["sigue"]
    explicacion: Annotated[Texto, Field(max_length=1000)] = ""
    puntos: Annotated[Decimal | None, Field(ge=0, le=100)] = None


class CalificacionTecnicaDePagina(BaseModel):
    documentos: list[DocumentoDePagina] = []
    revisadas: list[RevisadaTecnicaDePagina] = []


TECNICA = Formulario(
    "convocatoria.calificacion_tecnica",
    CalificacionTecnicaDePagina,
    campos.seleccion(
        "revisadas.*.causa",
        _l("¿Se puntúa?"),
        opciones=lambda: [
            (SIGUE, _("Sí: cumple lo que se pide")),
            *((causa, str(nombre)) for causa, nombre in CAUSAS.items()),
        ],
        falta=_l("Diga si la oferta se puntúa o por qué queda fuera."),
    ),
    campos.texto(
        "revisadas.*.explicacion",
        _l("Explicación, que será pública"),
        ayuda=_l("Obligatoria si queda fuera."),
        maximo=1000,
        opcional=True,
    ),
    campos.cantidad(
        "revisadas.*.puntos", _l("Puntos técnicos"), ayuda=_l("Obligatorios si se puntúa."), opcional=True
    ),
    campos.opciones(
        "documentos.*.presente",
        _l("Documento"),
        opciones=lambda: [(PRESENTE, _("Está presente")), (AUSENTE, _("Falta"))],
        falta=_l("Diga si está o falta."),
    ),
    por_paginas=True,
)
HojaDeTecnica = Annotated[Hoja[CalificacionTecnicaDePagina], Depends(TECNICA)]


class DichoDePagina(BaseModel):
    """What was said of an item; rows go by its number."""

    dicho: Annotated[Texto, Field(min_length=3, max_length=2000)]


class RebajaDePagina(BaseModel):
    """A lower price of a bid for an item; rows go by a number that the page gives."""

    precio: PrecioUnitario


class MesaDePagina(BaseModel):
    presentes: Annotated[str, Field(max_length=20_000)]
    dichos: list[DichoDePagina] = []
    rebajas: list[RebajaDePagina] = []


MESA = Formulario(
    "convocatoria.mesa",
    MesaDePagina,
    campos.area(
        "presentes",
        _l("Quiénes estuvieron"),
        ayuda=_l("Cada persona y por quién vino, en un renglón aparte: Ana Quispe, por la cooperativa."),
        falta=_l("Escriba quiénes estuvieron, cada uno en un renglón."),
        filas=4,
        maximo=20_000,
    ),
    campos.area(
        "dichos.*.dicho",
        _l("Qué se dijo"),
        falta=_l("Escriba qué se dijo, de 3 a 2.000 letras."),
        filas=2,
        maximo=2000,
        opcional=True,
    ),
    campos.precio("rebajas.*.precio", _l("Precio menor que dijo"), ancho="", opcional=True),
)
HojaDeMesa = Annotated[Hoja[MesaDePagina], Depends(MESA)]
HojaDeCalificacion = Annotated[Hoja[CalificacionDePagina], Depends(CALIFICACION)]
HojaDeAdjudicacion = Annotated[Hoja[AdjudicacionDePagina], Depends(ADJUDICACION)]
