"""The rows of what is asked for: made once, each total rounded once."""

from uuid import UUID

from moneyed import Money

from feria_inversa.precios import exigir_medida
from feria_inversa.procesos.esquemas import ItemEntrada
from feria_inversa.procesos.modelos import Item
from nucleo.dinero import MontoInvalido, a_centavos, bs
from nucleo.errores import DatosInvalidos
from nucleo.ids import nuevo_id
from nucleo.lectores import Ilegible, total_de_linea
from nucleo.textos import gettext as _


def item_de(convocatoria_id: UUID, numero: int, datos: ItemEntrada, id_: UUID | None = None) -> Item:
    """The row of an item. Raises `DatosInvalidos` naming what is wrong with it."""
    exigir_item(datos, f"items.{numero - 1}.")
    try:
        total = total_de_linea(datos.cantidad, datos.precio_referencial)
    except Ilegible as error:
        campo = f"items.{numero - 1}.precio_referencial"
        raise DatosInvalidos(str(error), campos={campo: str(error)}) from error
    return Item(
        id=id_ or nuevo_id(),
        convocatoria_id=convocatoria_id,
        numero=numero,
        total_referencial=total,
        **{nombre: getattr(datos, nombre) for nombre in ItemEntrada.model_fields},
    )


def exigir_item(datos: ItemEntrada, campo: str) -> None:
    """Raises `DatosInvalidos`; `campo` goes before the name of what is wrong."""
    exigir_medida(datos.cantidad, datos.unidad_medida, datos.unidad_texto, campo)
    if datos.precio_referencial <= bs(0):
        detalle = _("Escriba un precio referencial mayor que cero.")
        raise DatosInvalidos(detalle, campos={f"{campo}precio_referencial": detalle})


def exigir_lote(datos: ItemEntrada, lotes: int, campo: str) -> None:
    """Raises `DatosInvalidos` of an item in a lot that is not among the first so many."""
    if datos.lote is not None and datos.lote > lotes:
        detalle = _("No hay un lote {}.").format(datos.lote)
        raise DatosInvalidos(detalle, campos={f"{campo}lote": detalle})


def exigir_monto(monto: Money, campo: str) -> None:
    """Raises `DatosInvalidos` for a total that no column holds."""
    try:
        a_centavos(monto)
    except MontoInvalido as error:
        raise DatosInvalidos(error.detalle, campos={campo: error.detalle}) from error
