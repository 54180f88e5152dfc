"""The forms of a budget certificate: write it down, annul it."""

from typing import Annotated

from fastapi import Depends

from feria_inversa.certificaciones.esquemas import AnulacionEntrada, CertificacionEntrada
from nucleo.formularios import Formulario, Hoja, campos
from nucleo.textos import perezoso as _l

CERTIFICACION = Formulario(
    "certificacion.registro",
    CertificacionEntrada,
    campos.seleccion("ejecutora", _l("Unidad ejecutora"), falta=_l("Elija la unidad ejecutora.")),
    campos.texto(
        "numero",
        _l("Número de la certificación"),
        maximo=20,
        ancho="medio",
        falta=_l("Escriba el número como está en la certificación."),
    ),
    campos.fecha("fecha", _l("Fecha en que se emitió"), falta=_l("Escriba la fecha de la certificación.")),
    campos.dinero("monto", _l("Monto certificado"), falta=_l("Escriba el monto certificado.")),
    campos.texto("concepto", _l("Para qué se certifica"), maximo=300, falta=_l("Escriba para qué es.")),
    campos.texto(
        "objeto",
        _l("Partida por objeto del gasto"),
        ayuda=_l("Cinco números: 39500."),
        falta=_l("La partida tiene cinco números."),
        modo="numeric",
        ancho="corto",
        maximo=5,
    ),
    campos.texto(
        "fuente",
        _l("Fuente de financiamiento"),
        ayuda=_l("Dos números, como en el C-31."),
        falta=_l("La fuente tiene dos números."),
        modo="numeric",
        ancho="corto",
        maximo=2,
        opcional=True,
    ),
    campos.texto(
        "organismo",
        _l("Organismo financiador"),
        ayuda=_l("Tres números, como en el C-31."),
        falta=_l("El organismo tiene tres números."),
        modo="numeric",
        ancho="corto",
        maximo=3,
        opcional=True,
    ),
    campos.texto(
        "direccion",
        _l("Dirección administrativa"),
        falta=_l("La dirección administrativa lleva solo números."),
        modo="numeric",
        ancho="corto",
        maximo=4,
        opcional=True,
    ),
    campos.texto(
        "apertura",
        _l("Apertura programática"),
        ayuda=_l("Con sus espacios: 00 0000 001."),
        falta=_l("Escriba solo números, con un espacio entre programa, proyecto y actividad."),
        ancho="medio",
        maximo=40,
        opcional=True,
    ),
)
HojaDeCertificacion = Annotated[Hoja[CertificacionEntrada], Depends(CERTIFICACION)]
ANULACION = Formulario(
    "certificacion.anulacion",
    AnulacionEntrada,
    campos.area(
        "motivo",
        _l("Por qué se anula"),
        filas=3,
        maximo=1000,
        falta=_l("Explique el motivo con al menos 10 letras."),
    ),
)
HojaDeAnulacion = Annotated[Hoja[AnulacionEntrada], Depends(ANULACION)]
