"""The form that asks which service levels to see: its sheet comes in the address."""

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Depends
from pydantic import BaseModel

from envios.niveles.medir import Filtro
from nucleo.formularios import Formulario, Hoja, campos
from nucleo.textos import perezoso as _l


class Consulta(BaseModel):
    operador: UUID | None = None
    servicio: str | None = None
    origen: str | None = None
    destino: str | None = None
    desde: date | None = None
    hasta: date | None = None

    def filtro(self) -> Filtro:
        return Filtro(
            self.operador,
            self.servicio,
            self.origen,
            self.destino,
            self.desde.replace(day=1) if self.desde else None,
            self.hasta.replace(day=1) if self.hasta else None,
        )


CONSULTA = Formulario(
    "envio.niveles",
    Consulta,
    campos.seleccion("operador", _l("Operador"), elija=_l("Todos"), opcional=True),
    campos.texto(
        "servicio", _l("Servicio"), ayuda=_l("Por ejemplo expreso."), maximo=20, ancho="medio", opcional=True
    ),
    campos.seleccion("origen", _l("Desde"), elija=_l("Cualquier departamento"), opcional=True),
    campos.seleccion("destino", _l("Hasta"), elija=_l("Cualquier departamento"), opcional=True),
    campos.fecha("desde", _l("Recibidos desde el mes de"), ancho="medio", opcional=True),
    campos.fecha("hasta", _l("Hasta el mes de"), ancho="medio", opcional=True),
)
HojaDeConsulta = Annotated[Hoja[Consulta], Depends(CONSULTA)]
