"""The document of a frozen search: canonical JSON, with amounts and quantities as text.

The same text gives the same SHA-256 anywhere: keys sorted, no spaces, UTF-8 as it is, nothing but objects,
lists, texts, whole numbers, booleans and null.
"""

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from moneyed import Money

from comercio.busqueda import DEPARTAMENTOS, Ficha, Filtros, Resultado
from comercio.catalogo import Arbol
from empresa_digital.registro import Unidad
from nucleo.lectores import en_cifras

FORMATO = "qhatu-busqueda-congelada-v1"


@dataclass(frozen=True, slots=True)
class Contexto:
    """Who froze it, when, for which entity, by which mandate, what for."""

    numero: str
    instante: datetime
    entidad: Unidad
    persona: str
    mandato_id: UUID
    para_que: str
    elegido: UUID | None


def hacer_documento(c: Contexto, filtros: Filtros, ramas: Arbol, resultado: Resultado) -> dict[str, Any]:
    return {
        "formato": FORMATO,
        "numero": c.numero,
        "instante": c.instante.astimezone(UTC).isoformat(timespec="microseconds"),
        "entidad": {"id": str(c.entidad.id), "numero": c.entidad.numero, "nombre": c.entidad.denominacion},
        "persona": c.persona,
        "mandato": str(c.mandato_id),
        "para_que": c.para_que,
        "pedido": _pedido(filtros, ramas),
        "entendido": resultado.entendido,
        "parcial": resultado.parcial,
        "total": resultado.facetas.total,
        "hay_mas_que_total": resultado.facetas.hay_mas,
        "resultados": [_linea(n, ficha, ramas) for n, ficha in enumerate(resultado.productos, 1)],
        "elegido": str(c.elegido) if c.elegido else None,
    }


def en_texto(documento: dict[str, Any]) -> str:
    return json.dumps(documento, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def huella_de(texto: str) -> str:
    return hashlib.sha256(texto.encode()).hexdigest()


def _pedido(f: Filtros, ramas: Arbol) -> dict[str, Any]:
    return {
        "palabras": f.q,
        "categoria": {"codigo": f.categoria, "nombre": ramas.nombre(f.categoria)}
        if f.categoria in ramas.nodos
        else None,
        "departamento": {"codigo": f.departamento, "nombre": DEPARTAMENTOS[f.departamento]}
        if f.departamento in DEPARTAMENTOS
        else None,
        "precio_desde": _bs(f.precio_min),
        "precio_hasta": _bs(f.precio_max),
        "vendedor": str(f.vendedor_id) if f.vendedor_id else None,
        "solo_con_existencia": f.con_existencia,
        "atributos": dict(f.atributos),
        "origen": f.origen,
        "orden": f.orden_efectivo,
    }


def _linea(n: int, f: Ficha, ramas: Arbol) -> dict[str, Any]:
    return {
        "orden": n,
        "producto": str(f.id),
        "titulo": f.titulo,
        "precio": _bs(f.cuesta),
        "precio_maximo": _bs(f.cuesta_mas),
        "unidad_medida": f.unidad_medida,
        "disponible": en_cifras(f.disponible),
        "categoria": f.categoria_codigo,
        "unspsc": ramas.hoja(f.categoria_codigo).unspsc,
        "origen": f.origen,
        "modalidad": f.modalidad,
        "vendedor": {"id": str(f.vendedor_id), "numero": f.vendedor_numero, "nombre": f.vendedor_nombre},
        "departamento": f.departamento,
        "lugar": f.lugar,
    }


def _bs(monto: Money | None) -> str | None:
    return None if monto is None else f"{monto.amount:.2f}"
