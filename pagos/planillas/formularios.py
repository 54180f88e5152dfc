"""The forms of batch payments: what each asks for, in which words."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends
from pydantic import BaseModel

from nucleo.formularios import Formulario, Hoja, Nada, campos
from nucleo.textos import perezoso as _l
from pagos.planillas.archivo import BYTES_MAXIMOS
from pagos.planillas.errores import PlanillaDistinta, PlanillaInvalida
from pagos.planillas.esquemas import Aprobacion, Rechazo


class Subida(BaseModel):
    unidad: UUID
    nombre: str


SUBIDA = Formulario(
    "planilla.subida",
    Subida,
    campos.seleccion("unidad", _l("Paga")),
    campos.texto(
        "nombre",
        _l("Nombre de la planilla"),
        ayuda=_l("Por ejemplo: Jornales de noviembre."),
        falta=_l("Escriba un nombre de hasta 120 letras, por ejemplo «Jornales de noviembre»."),
        maximo=120,
        autocompletar="off",
    ),
    campos.archivo(
        "archivo",
        _l("Archivo CSV o Excel"),
        bytes_maximos=BYTES_MAXIMOS,
        ayuda=_l("Hasta 2.000 líneas. La primera debe decir: documento;nombre;monto;glosa"),
        acepta=".csv,.txt,.xlsx,text/csv",
    ),
    lugares=dict.fromkeys((PlanillaDistinta.codigo, PlanillaInvalida.codigo), "archivo"),
    guardable=False,
)
APROBACION = Formulario(
    "planilla.aprobacion",
    Aprobacion,
    campos.casilla("diferencias_revisadas", _l("Revisé los nombres que no coinciden")),
    guardable=False,
)
RECHAZO = Formulario(
    "planilla.rechazo",
    Rechazo,
    campos.texto(
        "motivo",
        _l("Motivo, si la rechaza"),
        falta=_l("Escriba por qué la rechaza, en hasta 300 letras."),
        maximo=300,
    ),
)
PASO = Formulario("planilla.paso", Nada)

HojaDeSubida = Annotated[Hoja[Subida], Depends(SUBIDA)]
HojaDeAprobacion = Annotated[Hoja[Aprobacion], Depends(APROBACION)]
HojaDeRechazo = Annotated[Hoja[Rechazo], Depends(RECHAZO)]
HojaDePaso = Annotated[Hoja[Nada], Depends(PASO)]
