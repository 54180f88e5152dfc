"""The forms of shipments: what each asks for, in which words."""

from typing import Annotated, Self

from fastapi import Depends
from pydantic import BaseModel, model_validator

from envios.emsevt import CODIGOS, CODIGOS_DE_ESCANEO, Codigo
from envios.errores import CodigoBloqueado
from envios.motivos import MOTIVOS_DE_INTENTO, AccionIntento, Motivo
from nucleo.formularios import Formulario, Hoja, Nada, campos
from nucleo.textos import gettext as _
from nucleo.textos import perezoso as _l

RAPIDOS = frozenset({Codigo.EMA, Codigo.EMG, Codigo.EDG, Codigo.EDH, Codigo.EMI})


class Escaneo(BaseModel):
    """One item read at a counter. A failed attempt says why and what follows."""

    numero: str
    codigo: Codigo
    lugar: str
    motivo: Motivo | None = None
    accion: AccionIntento | None = None

    @model_validator(mode="after")
    def _explicado(self) -> Self:
        if self.codigo is Codigo.EMI:
            raise ValueError(_("Para entregar hace falta el código de quien recibe: abra el envío."))
        if self.codigo is Codigo.EMH and (self.motivo is None or self.accion is None):
            raise ValueError(_("Si no se pudo entregar, indique el motivo y lo que se hará."))
        return self


class EntregaEnMano(BaseModel):
    codigo_entrega: str
    receptor_nombre: str


class Intento(BaseModel):
    motivo: Motivo
    accion: AccionIntento


class EventoRapido(BaseModel):
    codigo: Codigo
    volver: str


def _motivos() -> list[tuple[str, str]]:
    return [(m.value, m.ficha.texto) for m in MOTIVOS_DE_INTENTO]


def _acciones() -> list[tuple[str, str]]:
    return [(a.value, a.texto) for a in AccionIntento]


def _escaneables() -> list[tuple[str, str]]:
    return [(c.value, f"{CODIGOS[c].texto} ({c.value})") for c in CODIGOS_DE_ESCANEO]


ESCANEO = Formulario(
    "envio.escaneo",
    Escaneo,
    campos.seleccion(
        "codigo",
        _l("Qué pasó"),
        opciones=_escaneables,
        elija=_l("Elija un evento"),
        falta=_l("Elija qué pasó con el envío."),
    ),
    campos.texto(
        "lugar",
        _l("Oficina o lugar"),
        ayuda=_l("Se muestra en el seguimiento. Por ejemplo: Oficina central, Oruro."),
        maximo=120,
        opcional=True,
        vacio="",
    ),
    campos.texto(
        "numero",
        _l("Número de envío"),
        ayuda=_l("Con el lector, la cámara o a mano."),
        maximo=60,
        autocompletar="off",
    ),
    campos.seleccion("motivo", _l("Motivo"), opciones=_motivos, elija=_l("Elija un motivo"), opcional=True),
    campos.seleccion(
        "accion", _l("Qué se hará"), opciones=_acciones, elija=_l("Elija una acción"), opcional=True
    ),
)
ENTREGA = Formulario(
    "envio.entrega",
    EntregaEnMano,
    campos.texto(
        "codigo_entrega",
        _l("Código de entrega"),
        ayuda=_l("Pida los 6 dígitos a quien recibe. Están en su página de seguimiento."),
        falta=_l("Escriba el código de 6 dígitos que tiene quien recibe."),
        tipo="text",
        modo="numeric",
        maximo=9,
        ancho="medio",
        autocompletar="off",
        secreto=True,
    ),
    campos.texto(
        "receptor_nombre",
        _l("Quién recibe"),
        ayuda=_l("Si no es la misma persona, su nombre."),
        maximo=120,
        opcional=True,
        vacio="",
    ),
    lugares={CodigoBloqueado.codigo: "codigo_entrega"},
    guardable=False,
)
INTENTO = Formulario(
    "envio.intento",
    Intento,
    campos.opciones("motivo", _l("¿Por qué?"), opciones=_motivos, falta=_l("Indique por qué no se entregó.")),
    campos.opciones("accion", _l("¿Qué sigue?"), opciones=_acciones, falta=_l("Indique qué se hará ahora.")),
)
EVENTO = Formulario("envio.evento", EventoRapido, campos.oculto("codigo"), campos.oculto("volver", vacio=""))
PASO = Formulario("envio.paso", Nada)

HojaDeEscaneo = Annotated[Hoja[Escaneo], Depends(ESCANEO)]
HojaDeEntrega = Annotated[Hoja[EntregaEnMano], Depends(ENTREGA)]
HojaDeIntento = Annotated[Hoja[Intento], Depends(INTENTO)]
HojaDeEvento = Annotated[Hoja[EventoRapido], Depends(EVENTO)]
HojaDePaso = Annotated[Hoja[Nada], Depends(PASO)]
