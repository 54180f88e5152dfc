"""The forms of the operator's desk and of my shipments."""

from typing import Annotated, Literal
from uuid import UUID

from fastapi import Depends
from pydantic import BaseModel, Field

from envios.eventos import COMO_SE_RESUELVE, Codigo, ComoSeResuelve, MotivoCorreccion
from nucleo.formularios import Formulario, Hoja, Nada, campos
from nucleo.textos import gettext as _
from nucleo.textos import perezoso as _l

RAPIDOS = frozenset({Codigo.EMA, Codigo.EMG, Codigo.EDG, Codigo.EDH, Codigo.EMI})


class RespuestaDeAnulacion(BaseModel):
    confirma: Literal["si", "no"]
    nota: str


class CorreccionPedida(BaseModel):
    evento: UUID
    motivo: MotivoCorreccion
    detalle: str


class ResolucionPedida(BaseModel):
    incidencia: UUID
    como: ComoSeResuelve
    nota: str


class EventoRapido(BaseModel):
    """`agencia`: where the worker is, when they work in one or said in which."""

    codigo: Codigo
    volver: str
    agencia: UUID | None = None


EVENTO = Formulario(
    "envio.evento",
    EventoRapido,
    campos.oculto("codigo"),
    campos.oculto("volver", vacio=""),
    campos.oculto("agencia", opcional=True),
)


class NumeroPorSeguir(BaseModel):
    unidad: UUID
    numero: str = Field(max_length=60)


RASTREADOR = Formulario(
    "envio.rastreador",
    NumeroPorSeguir,
    campos.oculto("unidad"),
    campos.texto(
        "numero",
        _l("Número de envío"),
        maximo=60,
        ayuda=_l("El del envío, el del operador o el suyo; también uno que todavía no existe."),
        falta=_l("Escriba el número que quiere seguir."),
    ),
    lugares={"numero_s10_invalido": "numero", "numero_ambiguo": "numero"},
)
HojaDeRastreador = Annotated[Hoja[NumeroPorSeguir], Depends(RASTREADOR)]
PASO = Formulario("envio.paso", Nada)
ANULACION = Formulario(
    "envio.respuesta_anulacion",
    RespuestaDeAnulacion,
    campos.opciones(
        "confirma",
        _l("¿Tiene el paquete?"),
        opciones=lambda: [
            ("si", _("No lo tengo: confirmo la anulación")),
            ("no", _("Lo tengo o no corresponde: la rechazo")),
        ],
        falta=_l("Indique si confirma o rechaza la anulación."),
    ),
    campos.texto("nota", _l("Nota para quien envía"), maximo=300, opcional=True, vacio=""),
)


CORRECCION = Formulario(
    "envio.correccion",
    CorreccionPedida,
    campos.oculto("evento"),
    campos.opciones(
        "motivo",
        _l("¿Qué tiene de malo?"),
        opciones=lambda: [(m.value, m.texto) for m in MotivoCorreccion],
        falta=_l("Indique qué tiene de malo el evento."),
    ),
    campos.texto("detalle", _l("Detalle"), maximo=300, opcional=True, vacio=""),
)
RESOLUCION = Formulario(
    "envio.resolucion",
    ResolucionPedida,
    campos.oculto("incidencia"),
    campos.opciones(
        "como",
        _l("¿Cómo terminó?"),
        opciones=lambda: [(como.value, str(texto)) for como, texto in COMO_SE_RESUELVE.items()],
        falta=_l("Indique cómo terminó."),
    ),
    campos.texto("nota", _l("Qué se hizo"), maximo=300, falta=_l("Escriba qué se hizo.")),
)

HojaDeEvento = Annotated[Hoja[EventoRapido], Depends(EVENTO)]


HojaDeAnulacion = Annotated[Hoja[RespuestaDeAnulacion], Depends(ANULACION)]
HojaDeCorreccion = Annotated[Hoja[CorreccionPedida], Depends(CORRECCION)]
HojaDeResolucion = Annotated[Hoja[ResolucionPedida], Depends(RESOLUCION)]
HojaDePaso = Annotated[Hoja[Nada], Depends(PASO)]
