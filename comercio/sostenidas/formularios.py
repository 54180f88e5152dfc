"""Forms: what each asks for, in which words."""

from decimal import Decimal
from typing import Annotated
from uuid import UUID

from fastapi import Depends
from pydantic import BaseModel, Field

from comercio.sostenidas.esquemas import Dias
from nucleo.dinero import Dinero
from nucleo.formularios import Formulario, Hoja, Nada, campos
from nucleo.textos import perezoso as _l


class Pedido(BaseModel):
    unidad_id: UUID
    variante_id: UUID | None = None
    cantidad: Annotated[Decimal, Field(gt=0, le=1_000_000)]
    dias: Dias
    busqueda_id: UUID | None = None


class Respuesta(BaseModel):
    sostener: bool
    motivo: str = ""


class Consentido(BaseModel):
    unidad_id: UUID
    dias: Dias | None = None
    importe_maximo: Dinero | None = None


PEDIDO = Formulario(
    "oferta.pedido",
    Pedido,
    campos.seleccion("unidad_id", _l("¿Para qué entidad?"), falta=_l("Elija la entidad.")),
    campos.seleccion("variante_id", _l("¿Cuál?"), opcional=True, elija=_l("Elija cuál")),
    campos.cantidad("cantidad", _l("¿Cuánto?"), falta=_l("Escriba cuánto, mayor que cero.")),
    campos.entero(
        "dias",
        _l("¿Cuántos días?"),
        ayuda=_l("Quince como máximo. Se cuentan desde que quien vende acepta."),
        falta=_l("Escriba los días, de 1 a 15."),
    ),
    campos.oculto("busqueda_id", opcional=True),
)
RESPUESTA = Formulario(
    "oferta.respuesta",
    Respuesta,
    campos.opciones(
        "sostener",
        _l("¿La sostiene?"),
        falta=_l("Elija si la sostiene."),
        opciones=lambda: [
            ("true", str(_l("Sí: aparto la cantidad a ese precio"))),
            ("false", str(_l("No"))),
        ],
    ),
    campos.texto("motivo", _l("Si no, ¿por qué?"), opcional=True, vacio="", maximo=300),
)
CONSENTIMIENTO = Formulario(
    "oferta.consentimiento",
    Consentido,
    campos.oculto("unidad_id"),
    campos.entero("dias", _l("Hasta cuántos días"), opcional=True),
    campos.dinero("importe_maximo", _l("Hasta cuánto dinero por oferta"), opcional=True),
)
ABANDONO = Formulario("oferta.abandono", Nada)
HojaDePedido = Annotated[Hoja[Pedido], Depends(PEDIDO)]
HojaDeRespuesta = Annotated[Hoja[Respuesta], Depends(RESPUESTA)]
HojaDeConsentimiento = Annotated[Hoja[Consentido], Depends(CONSENTIMIENTO)]
HojaDeAbandono = Annotated[Hoja[Nada], Depends(ABANDONO)]
