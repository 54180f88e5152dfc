"""From rows of appeals to what the API answers."""

from collections.abc import Sequence

from sqlmodel import Session

from empresa_digital.registro import unidades_en_lote
from feria_inversa.entidades import unidad_breve
from feria_inversa.impugnacion.esquemas import ImpugnacionSalida
from feria_inversa.impugnacion.modelos import Impugnacion
from feria_inversa.procesos.modelos import Item

_IGUALES = ImpugnacionSalida.model_fields.keys() - {"numero_item", "unidad"}


def impugnaciones(sesion: Session, filas: Sequence[Impugnacion]) -> list[ImpugnacionSalida]:
    unidades = unidades_en_lote(sesion, [fila.unidad_id for fila in filas])
    return [
        ImpugnacionSalida(
            **{campo: getattr(fila, campo) for campo in _IGUALES},
            numero_item=sesion.get_one(Item, fila.item_id).numero,
            unidad=unidad_breve(unidades[fila.unidad_id]),
        )
        for fila in filas
    ]
