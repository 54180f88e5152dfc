"""Reading of page forms: what people type, as the requests of the use cases, and the errors they see."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ValidationError

from nucleo.dinero import MontoInvalido, leer_monto
from nucleo.textos import gettext as _
from nucleo.textos import perezoso as _l
from pagos.cobros.consultas import medianoche
from pagos.cobros.modelos import Concepto

FILAS_DE_LINEAS = 4
FILAS_DE_TERMINOS = 4

# What each field of the requests is called in the forms, and what to say when it is not valid.
_CAMPOS: dict[str, tuple[str, str]] = {
    "pagador.documento": (
        "documento",
        _l("Escriba solo el número, con su complemento si tiene: 1234567-1A."),
    ),
    "pagador.nombre": ("nombre_pagador", _l("Escriba el nombre en hasta 120 letras.")),
    "facturacion.razon_social": ("razon_social", _l("Escriba a nombre de quién va la factura.")),
    "facturacion.nit": ("nit", _l("El NIT lleva de 4 a 13 números.")),
    "facturacion.correo": ("correo", _l("Escriba un correo como nombre@ejemplo.bo.")),
    "referencia": ("referencia", _l("Use hasta 60 letras y números, sin espacios ni tildes.")),
    "detalle": ("detalle", _l("Diga qué se cobra, en hasta 200 letras.")),
    "minimo": ("minimo", _l("El pago mínimo debe ser un monto mayor que cero.")),
    "vence_en": ("vence", _l("Elija una fecha futura.")),
    "cantidad": ("cantidad", _l("Escriba una cantidad mayor que cero.")),
    "codigo": ("codigo", _l("Use hasta 20 letras sin tilde, números y guiones, por ejemplo PAT-FUN.")),
    "nombre": ("nombre", _l("Escriba el nombre en hasta 120 letras.")),
    "descripcion": ("descripcion", _l("Escriba hasta 1.000 letras.")),
    "norma": ("norma", _l("Diga qué norma fija este cobro.")),
    "codigo_sin": ("codigo_sin", _l("El código del SIN lleva hasta 12 números.")),
    "monto": ("monto", _l("Escriba un monto mayor que cero y hasta un millón.")),
    "vigente_desde": ("vigente_desde", _l("Elija desde cuándo rige.")),
    "vigente_hasta": ("vigente_hasta", _l("Elija una fecha válida, o ninguna.")),
}


def errores_de(error: ValidationError) -> dict[str, str]:
    """The errors of a request by the field of the form that caused them, in Spanish."""
    errores: dict[str, str] = {}
    for falta in error.errors():
        partes = [str(p) for p in falta["loc"]]
        nombre = _campo_de(partes)
        propio = falta.get("ctx", {}).get("error")
        if propio is not None and falta["type"] == "value_error":
            texto = str(propio)[:1].upper() + str(propio)[1:] + "."
        else:
            texto = str(_CAMPOS.get(".".join(partes), ("", _l("Revise este dato.")))[1])
        errores.setdefault(nombre, texto)
    return errores


def _campo_de(partes: list[str]) -> str:
    camino = ".".join(partes)
    if camino in _CAMPOS:
        return _CAMPOS[camino][0]
    if partes[:1] == ["lineas"] and len(partes) > 2:
        return f"linea{int(partes[1]) + 1}_{partes[2]}"
    if partes[:1] == ["variables"] and len(partes) > 1:
        return f"v_{partes[1]}"
    if partes[:2] == ["formula", "terminos"] and len(partes) > 3:
        return f"termino{int(partes[2]) + 1}_{'tarifa' if partes[3] == 'tarifa' else 'etiqueta'}"
    if partes[:1] == ["formula"]:
        return partes[1] if len(partes) > 1 and partes[1] in ("base", "minimo", "maximo") else "general"
    return "general"


def cantidad(texto: str) -> Decimal | str:
    """`120,5` or `120.5` as a number; what cannot be read goes on as it is and fails validation."""
    limpio = texto.strip().replace(" ", "").replace(",", ".")
    try:
        valor = Decimal(limpio)
    except InvalidOperation:
        return texto
    return valor if valor.is_finite() else texto


class Lector:
    """Reads fields of one form and gathers the errors of reading; validation comes after."""

    def __init__(self, datos: Mapping[str, str]) -> None:
        self.datos = datos
        self.errores: dict[str, str] = {}

    def texto(self, nombre: str) -> str | None:
        return self.datos.get(nombre, "").strip() or None

    def monto(self, nombre: str) -> dict[str, str] | None:
        """An amount in the shape of the API."""
        crudo = self.texto(nombre)
        if crudo is None:
            return None
        try:
            return {"monto": f"{leer_monto(crudo).amount:.2f}"}
        except MontoInvalido as error:
            self.errores[nombre] = error.detalle
            return None

    def fecha(self, nombre: str) -> date | None:
        crudo = self.texto(nombre)
        if crudo is None:
            return None
        try:
            leida = date.fromisoformat(crudo)
        except ValueError:
            leida = date.min
        if not 2000 <= leida.year <= 2200:
            self.errores[nombre] = _("Escriba una fecha válida.")
            return None
        return leida


def leer_pedido_de_orden(
    datos: Mapping[str, str], unidad_id: UUID, concepto: Concepto | None
) -> tuple[dict[str, Any], dict[str, str]]:
    """The body of an order as the API takes it, and the errors of reading."""
    lector = Lector(datos)
    pedido: dict[str, Any] = {"unidad_id": unidad_id, "detalle": lector.texto("detalle")}
    if concepto is None:
        pedido["lineas"] = _lineas(lector)
        if not pedido["lineas"] and not lector.errores:
            lector.errores["linea1_descripcion"] = _("Escriba al menos una línea con su precio.")
    else:
        pedido["concepto"] = concepto.codigo
        formula = concepto.como_formula
        if formula is None:
            pedido["cantidad"] = cantidad(datos.get("cantidad", "") or "1")
        else:
            pedido["variables"] = {
                t.variable: cantidad(datos.get(f"v_{t.variable}", "")) for t in formula.terminos
            }
    _quien_paga(lector, pedido)
    if lector.texto("parcial"):
        pedido |= {"parcial": True, "minimo": lector.monto("minimo")}
    dia = lector.fecha("vence")
    if dia is not None:
        pedido["vence_en"] = medianoche(dia + timedelta(days=1))  # payable until the end of that day
    pedido["referencia"] = lector.texto("referencia")
    return pedido, lector.errores


def _lineas(lector: Lector) -> list[dict[str, Any]]:
    lineas = []
    for i in range(1, FILAS_DE_LINEAS + 1):
        descripcion, crudo = lector.texto(f"linea{i}_descripcion"), lector.texto(f"linea{i}_precio")
        if descripcion is None and crudo is None:
            continue
        precio = lector.monto(f"linea{i}_precio")
        if precio is None:
            lector.errores.setdefault(f"linea{i}_precio", _("Escriba el precio."))
        lineas.append(
            {
                "descripcion": descripcion or "",
                "cantidad": cantidad(lector.texto(f"linea{i}_cantidad") or "1"),
                "precio": precio or {"monto": "0.01"},
            }
        )
    return lineas


def _quien_paga(lector: Lector, pedido: dict[str, Any]) -> None:
    documento = lector.texto("documento")
    if documento is not None:
        tipo = "NIT" if lector.texto("tipo_documento") == "NIT" else "CI"
        pedido["pagador"] = {
            "tipo": tipo,
            "documento": documento.replace(".", "").replace(" ", ""),
            "nombre": lector.texto("nombre_pagador"),
        }
    if lector.texto("nit") is not None or lector.texto("razon_social") is not None:
        pedido["facturacion"] = {
            "razon_social": lector.texto("razon_social") or "",
            "nit": lector.texto("nit") or "",
            "correo": lector.texto("correo"),
        }


def leer_concepto(datos: Mapping[str, str]) -> tuple[dict[str, Any], dict[str, str]]:
    """The body of a concept as the API takes it, and the errors of reading."""
    lector = Lector(datos)
    pedido: dict[str, Any] = {
        "nombre": lector.texto("nombre") or "",
        "descripcion": lector.texto("descripcion") or "",
        "norma": lector.texto("norma") or "",
        "codigo_sin": lector.texto("codigo_sin"),
        "vigente_desde": lector.fecha("vigente_desde"),
        "vigente_hasta": lector.fecha("vigente_hasta"),
    }
    if pedido["vigente_desde"] is None:
        lector.errores.setdefault("vigente_desde", _("Elija desde cuándo rige."))
    if lector.texto("modo") == "formula":
        pedido["formula"] = _formula(lector)
    else:
        pedido["monto"] = lector.monto("monto")
        if pedido["monto"] is None:
            lector.errores.setdefault("monto", _("Escriba el monto."))
    return pedido, lector.errores


def _formula(lector: Lector) -> dict[str, Any]:
    terminos = []
    for i in range(1, FILAS_DE_TERMINOS + 1):
        etiqueta = lector.texto(f"termino{i}_etiqueta")
        if etiqueta is None:
            continue
        terminos.append(
            {
                "variable": variable_de(etiqueta),
                "etiqueta": etiqueta,
                "unidad": lector.texto(f"termino{i}_unidad") or "",
                "tarifa": cantidad(lector.texto(f"termino{i}_tarifa") or ""),
            }
        )
    if not terminos:
        lector.errores["termino1_etiqueta"] = _("Escriba al menos una variable con su tarifa.")
    formula: dict[str, Any] = {"terminos": terminos}
    for nombre in ("base", "minimo", "maximo"):
        monto = lector.monto(nombre)
        if monto is not None:
            formula[nombre] = monto
    return formula


def variable_de(etiqueta: str) -> str:
    """The name of a variable from its label: `Superficie útil` -> `superficie_util`."""
    plano = unicodedata.normalize("NFKD", etiqueta).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "_", plano).strip("_")[:30].lstrip("0123456789_") or "variable"


def valores_de_concepto(concepto: Concepto) -> dict[str, str]:
    """A concept as its form shows it."""
    valores = {
        "codigo": concepto.codigo,
        "nombre": concepto.nombre,
        "descripcion": concepto.descripcion,
        "norma": concepto.norma,
        "codigo_sin": concepto.codigo_sin or "",
        "modo": "monto" if concepto.formula is None else "formula",
        "monto": str(concepto.monto.amount) if concepto.monto is not None else "",
        "vigente_desde": concepto.vigente_desde.isoformat(),
        "vigente_hasta": concepto.vigente_hasta.isoformat() if concepto.vigente_hasta else "",
    }
    formula = concepto.como_formula
    if formula is None:
        return valores
    for nombre in ("base", "minimo", "maximo"):
        monto = getattr(formula, nombre)
        valores[nombre] = "" if monto is None else str(monto.amount)
    for i, termino in enumerate(formula.terminos, start=1):
        valores |= {
            f"termino{i}_etiqueta": termino.etiqueta,
            f"termino{i}_unidad": termino.unidad,
            f"termino{i}_tarifa": f"{termino.tarifa.normalize():f}".replace(".", ","),
        }
    return valores


def validar(modelo: type[BaseModel], datos: dict[str, Any]) -> tuple[Any, dict[str, str]]:
    """The validated request, or None and the errors by field of the form."""
    try:
        return modelo.model_validate(datos), {}
    except ValidationError as error:
        return None, errores_de(error)
