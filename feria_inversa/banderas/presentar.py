"""Flags to pages, to the API and to a sheet: each number with its name, as a person writes it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction
from typing import Any

from feria_inversa.banderas.consultas import Filtro, Mostrada, todas
from feria_inversa.banderas.definiciones import CONTACTOS, DATOS, DEFINICIONES, Definicion
from feria_inversa.banderas.esquemas import (
    BanderaSalida,
    DatoSalida,
    ProcesoConBandera,
    QuienFigura,
    RespuestaSalida,
)
from nucleo.archivos.tablas import celda, celda_de_numero, escribir_por_lotes
from nucleo.dinero import bs, formato_bs
from nucleo.plantillas import filtro_fecha, filtro_fecha_hora, filtro_numero

COLUMNAS = (
    "codigo",
    "bandera",
    "version",
    "sobre",
    "cuce",
    "objeto",
    "entidad_codigo",
    "entidad",
    "quien",
    "dia",
    "valor",
    "datos",
    "quienes",
    "respuesta",
    "respondida_en",
)


@dataclass(frozen=True, slots=True)
class DatoDicho:
    nombre: str
    valor: str


def definicion(mostrada: Mostrada) -> Definicion:
    return DEFINICIONES[mostrada.bandera.codigo]


def datos_dichos(datos: Mapping[str, Any]) -> list[DatoDicho]:
    """The numbers that a flag comes from, in words; in the order of their names, which is ours."""
    return [
        DatoDicho(str(DATOS[clave][0]), _dicho(DATOS[clave][1], valor))
        for clave, valor in sorted(datos.items())
        if clave in DATOS
    ]


def _dicho(clase: str, valor: str | int) -> str:
    match clase:
        case "bs":
            return formato_bs(bs(_decimal(Fraction(valor), 2)))
        case "porcentaje":
            return f"{filtro_numero(_decimal(Fraction(valor) * 100, 1))} %"
        case "decimal":
            return str(filtro_numero(_decimal(Fraction(valor), 1)))
        case "numero":
            return str(filtro_numero(int(valor)))
        case "fecha":
            return filtro_fecha(date.fromisoformat(str(valor)))
        case "momento":
            return filtro_fecha_hora(datetime.fromisoformat(str(valor)))
        case "contacto":
            return ", ".join(str(CONTACTOS[cual]) for cual in str(valor).split(", "))
    return str(valor)


def _decimal(valor: Fraction, decimales: int) -> Decimal:
    entero = Decimal(valor.numerator) / Decimal(valor.denominator)
    return entero.quantize(Decimal(1).scaleb(-decimales), ROUND_HALF_EVEN)


def salida(mostrada: Mostrada) -> BanderaSalida:
    una, cual, proceso = mostrada.bandera, definicion(mostrada), mostrada.proceso
    return BanderaSalida(
        codigo=una.codigo,
        version=una.version,
        nombre=str(cual.nombre),
        que_es=str(cual.que_es),
        formula=str(cual.formula),
        que_la_aclara=str(cual.aclara),
        fuente=cual.fuente,
        sobre=una.sobre,
        quien=QuienFigura(id=una.quien, nombre=una.nombre or una.quien) if una.quien else None,
        proceso=ProcesoConBandera.model_validate(proceso, from_attributes=True) if proceso else None,
        entidad_codigo=una.entidad_codigo,
        dia=una.dia,
        valor=una.valor,
        datos=[
            DatoSalida(dato=clave, nombre=str(DATOS[clave][0]), valor=valor)
            for clave, valor in sorted(una.datos.items())
        ],
        quienes=[QuienFigura.model_validate(quien) for quien in una.quienes],
        vista_en=una.vista_en,
        levantada_en=una.levantada_en,
        respuestas=[RespuestaSalida.model_validate(r, from_attributes=True) for r in mostrada.respuestas],
    )


def en_csv(filtro: Filtro) -> Iterator[bytes]:
    """All that stand of what is chosen, a lot at a time."""
    return escribir_por_lotes(COLUMNAS, (map(_fila, lote) for lote in todas(filtro)))


def _fila(mostrada: Mostrada) -> tuple[object, ...]:
    una, ultima = mostrada.bandera, mostrada.respuestas[-1] if mostrada.respuestas else None
    proceso = mostrada.proceso
    datos = "; ".join(f"{clave}={valor}" for clave, valor in sorted(una.datos.items()))
    return (
        una.codigo,
        celda(str(definicion(mostrada).nombre)),
        una.version,
        una.sobre,
        (proceso.cuce if proceso else None) or "",
        celda((proceso.objeto if proceso else None) or ""),
        una.entidad_codigo or "",
        celda((proceso.entidad if proceso else None) or ""),
        celda(una.nombre or ""),
        una.dia.isoformat(),
        celda_de_numero(_decimal(Fraction(una.valor), 6)),  # «1/2» would be the first of February
        celda(datos),
        celda("; ".join(str(quien["nombre"]) for quien in una.quienes)),
        celda(ultima.texto) if ultima else "",
        ultima.respondida_en.isoformat() if ultima else "",
    )
