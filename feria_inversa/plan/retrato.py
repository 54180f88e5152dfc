"""What a plan says, as a version freezes it."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from feria_inversa.plan.modelos import Linea
from feria_inversa.precios import exacto, sumar
from feria_inversa.reglas.modelos import Modalidad
from nucleo.lectores import en_cifras


def retrato(lineas: Sequence[Linea], modalidades: Mapping[UUID, Modalidad]) -> dict[str, Any]:
    """JSON with exact decimals of all that is planned."""
    estan = [linea for linea in lineas if not linea.retirada]
    return {
        "monto": exacto(sumar(linea.monto for linea in estan)),
        "lineas": [_linea(linea, modalidades[linea.modalidad_id]) for linea in estan],
    }


def _linea(linea: Linea, modalidad: Modalidad) -> dict[str, Any]:
    return {
        "id": str(linea.id),
        "numero": linea.numero,
        "objeto": linea.objeto,
        "categoria": linea.categoria,
        "modalidad": modalidad.codigo,
        "norma": modalidad.norma,
        "mes": linea.mes,
        "monto": exacto(linea.monto),
        "partida": linea.partida,
        "fuente": linea.fuente,
        "organismo": linea.organismo,
        "familia": linea.familia,
        **cuanto_y_donde(linea),
    }


def cuanto_y_donde(linea: Linea) -> dict[str, Any]:
    """Of a line that says it; those of before it was asked for say nothing."""
    dicho = {
        "cantidad": None if linea.cantidad is None else Decimal(en_cifras(linea.cantidad)),
        "unidad_medida": linea.unidad_medida,
        "unidad_texto": linea.unidad_texto,
        "municipio_ine": linea.municipio_ine,
    }
    return {campo: valor for campo, valor in dicho.items() if valor is not None}
