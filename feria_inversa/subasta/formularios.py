"""The forms of an auction: what each asks for, in which words."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends
from pydantic import BaseModel

from feria_inversa.subasta.esquemas import InterrupcionEntrada, Numero
from nucleo.dinero import Dinero
from nucleo.formularios import Formulario, Hoja, campos
from nucleo.textos import perezoso as _l


class PujaDePagina(BaseModel):
    """A bid of a unit for what is auctioned at once."""

    unidad_id: UUID
    grupo: Numero
    total: Dinero


PUJA = Formulario(
    "subasta.puja",
    PujaDePagina,
    campos.oculto("unidad_id"),
    campos.oculto("grupo"),
    campos.dinero("total", _l("Su nuevo total"), falta=_l("Escriba un monto, por ejemplo 1.234,50.")),
    guardable=False,
)
INTERRUPCION = Formulario(
    "subasta.interrupcion",
    InterrupcionEntrada,
    campos.momento(
        "termina_en",
        _l("La subasta termina"),
        ayuda=_l(
            "Hora de Bolivia; más tarde que ahora. Lo que ya terminó no se reabre. Por rondas, cuándo "
            "termina lo último: lo demás se corre lo mismo."
        ),
        falta=_l("Elija el día y la hora."),
    ),
    campos.area(
        "motivo",
        _l("Qué la interrumpió: será público"),
        filas=3,
        maximo=1000,
        falta=_l("Explique el motivo con al menos 10 letras: será público."),
    ),
)

HojaDePuja = Annotated[Hoja[PujaDePagina], Depends(PUJA)]
HojaDeInterrupcion = Annotated[Hoja[InterrupcionEntrada], Depends(INTERRUPCION)]
