"""The form of a schedule."""

from typing import Annotated

from fastapi import Depends

from feria_inversa.cronograma.esquemas import CronogramaEntrada
from nucleo.formularios import Formulario, Hoja, campos
from nucleo.textos import perezoso as _l

CRONOGRAMA = Formulario(
    "convocatoria.cronograma",
    CronogramaEntrada,
    campos.fecha("consultas", _l("Consultas por escrito, hasta"), opcional=True),
    campos.fecha("aclaracion", _l("Reunión de aclaración"), opcional=True),
    campos.fecha("apertura", _l("Apertura de sobres"), falta=_l("Elija el día de la apertura.")),
    campos.fecha("evaluacion", _l("Informe de evaluación"), opcional=True),
    campos.fecha("adjudicacion", _l("Adjudicación"), falta=_l("Elija el día de la adjudicación.")),
    campos.fecha("documentos", _l("Documentos para contratar, hasta"), opcional=True),
    campos.fecha("contrato", _l("Contrato u órdenes de compra"), falta=_l("Elija el día del contrato.")),
    campos.fecha("entrega", _l("Entrega, hasta"), opcional=True),
    campos.area(
        "motivo",
        _l("Por qué cambia"),
        ayuda=_l("Si ya había un cronograma: el motivo será público."),
        filas=2,
        maximo=1000,
        opcional=True,
        vacio="",
    ),
)
HojaDeCronograma = Annotated[Hoja[CronogramaEntrada], Depends(CRONOGRAMA)]
