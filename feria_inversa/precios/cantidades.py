"""How much of something, in a unit of the list: its column, what crosses the API, its words."""

from decimal import Decimal
from typing import Annotated

from babel.numbers import format_decimal
from pydantic import AfterValidator, Field
from sqlalchemy import Numeric

from feria_inversa.precios.leer_medida import leer_medida
from feria_inversa.precios.unidades_de_medida import UNIDADES, nombre_de
from nucleo.errores import DatosInvalidos
from nucleo.lectores import DecimalPlano, Preciso, escrito
from nucleo.plantillas import REGION
from nucleo.textos import gettext as _
from nucleo.textos import ngettext

CANTIDAD = Numeric(14, 4)


UNIDAD_ESCRITA = "unidad_texto = btrim(unidad_texto) AND unidad_texto ~ '[[:alpha:]]'"
"""Of a column, in SQL: what is kept of a unit that is of no list."""


def _unidad_conocida(texto: str) -> str:
    """Its code, however it was written («PZAS.»)."""
    medida = leer_medida(texto)
    if medida is None:
        raise ValueError(
            _("Elija la unidad de medida de la lista o, si no está, escríbala en unidad_texto: quedará así.")
        )
    if medida.contenido is not None:
        raise ValueError(_solo(medida.codigo))
    return medida.codigo


def _unidad_desconocida(texto: str) -> str:
    """As it was written. What is understood is said by its code: a unit is kept in one way only."""
    medida = leer_medida(texto)
    if medida is not None:
        unidad = UNIDADES[medida.codigo].nombre
        raise Preciso(
            _solo(medida.codigo)
            if medida.contenido is not None
            else _("Esa unidad está en la lista: elija «%(unidad)s».") % {"unidad": unidad}
        )
    if not any(letra.isalpha() for letra in texto):
        raise ValueError(_("Escriba la unidad en letras, hasta 60."))
    return texto


def _solo(codigo: str) -> str:
    return _("Como unidad escriba solo «%(unidad)s»; cuánto trae va en la descripción.") % {
        "unidad": UNIDADES[codigo].nombre
    }


Cantidad = Annotated[DecimalPlano, Field(gt=0, max_digits=14, decimal_places=4, examples=["120"])]
UnidadMedida = Annotated[
    str,
    AfterValidator(_unidad_conocida),
    Field(json_schema_extra={"enum": list(UNIDADES)}, examples=["pieza"]),
]
UnidadEscrita = Annotated[
    str,
    escrito(60, 1),
    AfterValidator(_unidad_desconocida),
    Field(description="La unidad que no está en la lista, como se escribe: en lugar de unidad_medida."),
]


def cabe(cantidad: Decimal, unidad: str | None) -> bool:
    """Whether it has no more decimals than its unit; one of no list may have all that are kept."""
    return unidad is None or cantidad == round(cantidad, UNIDADES[unidad].decimales)


def exigir_medida(cantidad: Decimal, unidad: str | None, escrita: str | None, campo: str = "") -> None:
    """One unit, of the list or written, and no decimals that it has not; `campo` goes before the field's
    name. Raises `DatosInvalidos`.
    """
    if unidad is not None and escrita is not None:
        dice = _(
            "Eligió «%(unidad)s» y escribió «%(escrita)s»: borre la escrita, o elija que no está en la lista."
        ) % {
            "unidad": UNIDADES[unidad].nombre,
            "escrita": escrita,
        }
        raise DatosInvalidos(dice, campos={f"{campo}unidad_texto": dice})
    if unidad is None:
        if escrita is None:
            dice = _("Elija la unidad de medida o, si no está en la lista, escríbala.")
            raise DatosInvalidos(dice, campos={f"{campo}unidad_medida": dice})
        return
    if not cabe(cantidad, unidad):
        decimales = UNIDADES[unidad].decimales
        dice = ngettext(
            "La cantidad en {unidad} admite {n} decimal.",
            "La cantidad en {unidad} admite {n} decimales.",
            decimales,
        )
        if not decimales:
            dice = _("La cantidad en {unidad} no lleva decimales.")
        detalle = dice.format(unidad=UNIDADES[unidad].plural, n=decimales)
        raise DatosInvalidos(detalle, campos={f"{campo}cantidad": detalle})


def cantidad(valor: Decimal, unidad: str | None, escrita: str | None = None) -> str:
    """«12,5 kilogramos»: all the decimals there are, no more. Of a unit of no list, who wrote it is said."""
    cuanto = format_decimal(valor.normalize(), format="#,##0.####", locale=REGION)
    if unidad is None:
        return _("%(cuanto)s (unidad escrita por la entidad: «%(unidad)s»)") % {
            "cuanto": cuanto,
            "unidad": escrita,
        }
    return f"{cuanto} {nombre_de(unidad, valor)}"


def opciones_de_unidad() -> list[tuple[str, str]]:
    """For a list of them, by name."""
    return sorted(((u.codigo, u.plural) for u in UNIDADES.values()), key=lambda par: par[1])
