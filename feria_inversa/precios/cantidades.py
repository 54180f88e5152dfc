"""How much of something, in a unit of the list: its column, what crosses the API, its words."""

from decimal import Decimal
from typing import Annotated

from babel.numbers import format_decimal
from pydantic import AfterValidator, Field
from sqlalchemy import Numeric

from feria_inversa.precios.leer_medida import leer_medida
from feria_inversa.precios.unidades_de_medida import UNIDADES, nombre_de
from nucleo.errores import DatosInvalidos
from nucleo.lectores import DecimalPlano
from nucleo.plantillas import REGION
from nucleo.textos import gettext as _

CANTIDAD = Numeric(14, 4)


def _unidad_conocida(texto: str) -> str:
    """Its code, however it was written («PZAS.»)."""
    medida = leer_medida(texto)
    if medida is None:
        raise ValueError(_("Elija la unidad de medida de la lista."))
    if medida.contenido is not None:
        unidad = UNIDADES[medida.codigo].nombre
        raise ValueError(
            _("Como unidad escriba solo «%(unidad)s»; cuánto trae va en la descripción.") % {"unidad": unidad}
        )
    return medida.codigo


Cantidad = Annotated[DecimalPlano, Field(gt=0, max_digits=14, decimal_places=4, examples=["120"])]
UnidadMedida = Annotated[
    str,
    AfterValidator(_unidad_conocida),
    Field(json_schema_extra={"enum": list(UNIDADES)}, examples=["pieza"]),
]


def exigir_cantidad(cantidad: Decimal, unidad: str, campo: str = "") -> None:
    """Raises `DatosInvalidos` of decimals that the unit has not; `campo` goes before the field's name."""
    decimales = UNIDADES[unidad].decimales
    if cantidad != round(cantidad, decimales):
        detalle = _("La cantidad en {unidad} admite {n} decimales.").format(
            unidad=UNIDADES[unidad].plural, n=decimales
        )
        raise DatosInvalidos(detalle, campos={f"{campo}cantidad": detalle})


def cantidad(valor: Decimal, unidad: str) -> str:
    """«12,5 kilogramos»: all the decimals there are, no more."""
    return (
        f"{format_decimal(valor.normalize(), format='#,##0.####', locale=REGION)} {nombre_de(unidad, valor)}"
    )


def opciones_de_unidad() -> list[tuple[str, str]]:
    """For a list of them, by name."""
    return sorted(((u.codigo, u.plural) for u in UNIDADES.values()), key=lambda par: par[1])
