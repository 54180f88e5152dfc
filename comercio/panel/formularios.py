"""Forms: what each asks for, in which words."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from fastapi import Depends
from pydantic import BaseModel, Field

from comercio.catalogo import LINEAS_MAXIMAS, Como
from comercio.panel.esquemas import Cuanto
from comercio.panel.preparar import MAXIMO
from nucleo.formularios import Formulario, Hoja, Nada, campos
from nucleo.textos import perezoso as _l


class Elegido(BaseModel):
    """An order that was ticked; the others are not sent."""

    id: UUID


class Tanda(BaseModel):
    unidad_id: UUID
    operador_id: UUID
    formato: Literal["hojas", "rollo", "zpl"]
    pedidos: Annotated[list[Elegido], Field(default_factory=list, max_length=MAXIMO)]


ANUNCIOS = Formulario(
    "venta.anuncios",
    Tanda,
    campos.seleccion("operador_id", _l("¿Quién los lleva?"), falta=_l("Elija quién llevará los pedidos.")),
    campos.seleccion(
        "formato",
        _l("Etiquetas"),
        opciones=lambda: [
            ("hojas", _l("Cuatro por hoja")),
            ("rollo", _l("Una por etiqueta")),
            ("zpl", _l("Impresora térmica (ZPL)")),
        ],
    ),
    campos.oculto("unidad_id"),
    campos.texto("pedidos.*.id", _l("Pedido"), falta=_l("Elija otra vez los pedidos.")),
)
HojaDeAnuncios = Annotated[Hoja[Tanda], Depends(ANUNCIOS)]


class Umbral(BaseModel):
    """Of a variant; without `umbral`, nothing is told."""

    variante_id: UUID
    umbral: Annotated[Decimal, Field(ge=0, le=1_000_000)] | None = None


class Umbrales(BaseModel):
    unidad_id: UUID
    lineas: list[Umbral] = Field(default_factory=list)


UMBRALES = Formulario(
    "venta.umbrales",
    Umbrales,
    campos.oculto("unidad_id"),
    campos.texto("lineas.*.variante_id", _l("Producto")),
    campos.cantidad("lineas.*.umbral", _l("Avisarme cuando queden"), opcional=True),
)
HojaDeUmbrales = Annotated[Hoja[Umbrales], Depends(UMBRALES)]


class Propuesta(BaseModel):
    """Which variants, and what would change."""

    categoria: str = ""
    q: str = ""
    como: Como
    cuanto: Cuanto


PROPUESTA = Formulario(
    "precios.propuesta",
    Propuesta,
    campos.seleccion("categoria", _l("¿De qué categoría?"), opcional=True, vacio="", elija=_l("De todas")),
    campos.texto("q", _l("Con estas palabras"), opcional=True, vacio="", maximo=120),
    campos.opciones(
        "como",
        _l("¿Qué cambia?"),
        opciones=lambda: [
            (Como.SUBIR_PORCENTAJE, _l("Subir un porcentaje")),
            (Como.BAJAR_PORCENTAJE, _l("Bajar un porcentaje")),
            (Como.SUBIR_MONTO, _l("Subir un monto en bolivianos")),
            (Como.BAJAR_MONTO, _l("Bajar un monto en bolivianos")),
        ],
    ),
    campos.cantidad(
        "cuanto",
        _l("¿Cuánto?"),
        ayuda=_l("Por ejemplo 10 para diez por ciento, o 2,50 para dos bolivianos con cincuenta."),
        falta=_l("Escriba un número mayor que cero, con dos decimales como máximo."),
    ),
)
HojaDePropuesta = Annotated[Hoja[Propuesta], Depends(PROPUESTA)]


class PrecioVisto(BaseModel):
    """A variant as the preview showed it, and whether it was left ticked."""

    variante_id: UUID
    antes: int
    elegida: bool = False


class CambioElegido(BaseModel):
    unidad_id: UUID
    como: Como
    cuanto: Cuanto
    lineas: Annotated[list[PrecioVisto], Field(min_length=1, max_length=LINEAS_MAXIMAS)]


CAMBIO = Formulario(
    "precios.cambio",
    CambioElegido,
    campos.oculto("unidad_id"),
    campos.oculto("como"),
    campos.cantidad("cuanto", _l("¿Cuánto?")),
    campos.texto("lineas.*.variante_id", _l("Producto")),
    campos.entero("lineas.*.antes", _l("Precio de antes, en centavos")),
    campos.casilla("lineas.*.elegida", _l("Cambiar")),
)
HojaDeCambio = Annotated[Hoja[CambioElegido], Depends(CAMBIO)]


class Descanso(BaseModel):
    unidad_id: UUID
    desde: date
    hasta: date


VACACIONES = Formulario(
    "venta.vacaciones",
    Descanso,
    campos.oculto("unidad_id"),
    campos.fecha("desde", _l("Primer día sin vender"), falta=_l("Elija el primer día.")),
    campos.fecha("hasta", _l("Último día sin vender"), falta=_l("Elija el último día.")),
)
HojaDeVacaciones = Annotated[Hoja[Descanso], Depends(VACACIONES)]
VUELTA = Formulario("venta.vuelta", Nada)
HojaDeVuelta = Annotated[Hoja[Nada], Depends(VUELTA)]
