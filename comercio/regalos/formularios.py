"""Forms: what each asks for, in which words."""

from typing import Annotated

from fastapi import Depends

from comercio.regalos.esquemas import DestinatarioDeRegalo
from nucleo.formularios import Formulario, Hoja, Nada, campos
from nucleo.textos import perezoso as _l

DESTINATARIO = Formulario(
    "regalo.destinatario",
    DestinatarioDeRegalo,
    campos.texto(
        "destinatario",
        _l("¿Quién lo recibe?"),
        ayuda=_l("Su alias, carnet o celular en Qhatu. Verá por dónde viene y su código, sin precios."),
        maximo=60,
        autocompletar="off",
        falta=_l("Escriba su alias, carnet o celular."),
    ),
    guardable=False,
)
PASO = Formulario("regalo.paso", Nada)
HojaDeDestinatario = Annotated[Hoja[DestinatarioDeRegalo], Depends(DESTINATARIO)]
HojaDePaso = Annotated[Hoja[Nada], Depends(PASO)]
