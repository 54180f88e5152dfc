"""Forms: what each asks for, in which words."""

from decimal import Decimal
from typing import Annotated
from uuid import UUID

from fastapi import Depends
from pydantic import BaseModel

from comercio.pedidos.esquemas import Cancelacion, CodigoDicho, DeUnaLinea, Prestacion
from nucleo.formularios import Formulario, Hoja, Nada, campos
from nucleo.textos import perezoso as _l


class RenglonDeDespacho(BaseModel):
    linea_id: UUID
    cantidad: Decimal


class DespachoEscrito(BaseModel):
    """A parcel as the page asks for it: a line left empty does not go; without lines, all that is left."""

    operador_id: UUID
    lineas: list[RenglonDeDespacho] = []

    @property
    def cantidades(self) -> dict[UUID, Decimal] | None:
        return {x.linea_id: x.cantidad for x in self.lineas} or None


DESPACHO = Formulario(
    "pedido.despacho",
    DespachoEscrito,
    campos.opciones("operador_id", _l("¿Quién lo lleva?"), falta=_l("Elija quién llevará el pedido.")),
    campos.oculto("lineas.*.linea_id"),
    campos.cantidad(
        "lineas.*.cantidad",
        _l("¿Cuánto va?"),
        opcional=True,
        vacio=Decimal(0),
        falta=_l("Escriba cuánto va, con números."),
    ),
)
CANCELACION = Formulario(
    "pedido.cancelacion",
    Cancelacion,
    campos.texto(
        "motivo",
        _l("¿Por qué lo cancela?"),
        maximo=300,
        falta=_l("Escriba el motivo, con 3 letras o más."),
    ),
)
PRESTACION = Formulario(
    "pedido.prestacion",
    Prestacion,
    campos.area(
        "evidencia",
        _l("¿Qué hizo y qué lo muestra?"),
        ayuda=_l("Qué se hizo, cuándo y dónde. Quien compró lo verá."),
        falta=_l("Cuente qué hizo, con 3 letras o más."),
        filas=3,
        maximo=1000,
    ),
)
CANCELACION_DE_LINEA = Formulario(
    "pedido.cancelacion_de_linea",
    DeUnaLinea,
    campos.cantidad("cantidad", _l("¿Cuánto cancela?"), falta=_l("Escriba cuánto cancela.")),
    campos.texto("motivo", _l("¿Por qué?"), maximo=300, falta=_l("Escriba el motivo, con 3 letras o más.")),
    campos.oculto("linea_id"),
    lugares={"lineas.0.cantidad": "cantidad"},
)
EN_MANO = Formulario(
    "pedido.en_mano",
    CodigoDicho,
    campos.texto(
        "codigo_entrega",
        _l("Código de quien compró"),
        ayuda=_l("Los 7 números que le muestra al recibirlo."),
        modo="numeric",
        ancho="medio",
        maximo=20,
        autocompletar="off",
        falta=_l("Escriba los 7 números del código."),
    ),
)
PASO = Formulario("pedido.paso", Nada)
HojaDeDespacho = Annotated[Hoja[DespachoEscrito], Depends(DESPACHO)]
HojaDeCancelacion = Annotated[Hoja[Cancelacion], Depends(CANCELACION)]
HojaDePrestacion = Annotated[Hoja[Prestacion], Depends(PRESTACION)]
HojaDeUnaLinea = Annotated[Hoja[DeUnaLinea], Depends(CANCELACION_DE_LINEA)]
HojaEnMano = Annotated[Hoja[CodigoDicho], Depends(EN_MANO)]
HojaDePaso = Annotated[Hoja[Nada], Depends(PASO)]
