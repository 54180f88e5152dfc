"""The forms at the door."""

from typing import Annotated

from fastapi import Depends
from pydantic import BaseModel

from envios.eventos import AccionIntento, CodigoBloqueado, Motivo, opciones_de_accion, opciones_de_motivo
from nucleo.formularios import Formulario, Hoja, campos
from nucleo.textos import perezoso as _l


class EntregaEnMano(BaseModel):
    codigo_entrega: str
    receptor_nombre: str


class Intento(BaseModel):
    motivo: Motivo
    accion: AccionIntento


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
    campos.opciones(
        "motivo", _l("¿Por qué?"), opciones=opciones_de_motivo, falta=_l("Indique por qué no se entregó.")
    ),
    campos.opciones(
        "accion", _l("¿Qué sigue?"), opciones=opciones_de_accion, falta=_l("Indique qué se hará ahora.")
    ),
)


HojaDeEntrega = Annotated[Hoja[EntregaEnMano], Depends(ENTREGA)]


HojaDeIntento = Annotated[Hoja[Intento], Depends(INTENTO)]
