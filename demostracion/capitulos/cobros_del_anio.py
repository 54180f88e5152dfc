"""What the State charged over the year: bills every two months, school fees, patents, stalls, consultations.

Most orders are paid in time, some by parts, some late in their term; a few expire or are annulled.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from random import Random
from typing import Any
from uuid import UUID

from sqlmodel import Session

from demostracion.capitulos.cobros import ALCALDIA, HOSPITAL, quien_debe
from demostracion.elenco import ETIQUETA, actor, billetera, id_de_unidad, si_se_puede
from demostracion.estaciones import carnaval, hora
from demostracion.personas import PERSONAS, SIN_SEMBRAR
from demostracion.relato import Epoca, Paso, a_las, capitulo
from nucleo.dinero import bs
from nucleo.ids import id_demo
from nucleo.reloj import ahora_bd, fecha_bolivia
from pagos.cobros import (
    ConceptoPorCrear,
    OrdenPorEmitir,
    anular_orden,
    crear_concepto,
    emitir_orden,
    medianoche,
    pagar_orden,
)

UNIVERSIDAD = "universidad"
COBRA = {ALCALDIA: "alcaldia", HOSPITAL: "alcaldia", UNIVERSIDAD: "gobernacion"}
# unidad, codigo, nombre, norma, monto
CONCEPTOS = (
    (ALCALDIA, "ASEO", "Tasa de aseo urbano, dos meses", "Ley Municipal 5/2023, artículo 3", "24.00"),
    (UNIVERSIDAD, "MATRICULA", "Matrícula de la gestión", "Resolución del Consejo 2/2025", "180.00"),
    (UNIVERSIDAD, "PENSION", "Curso de extensión, un mes", "Resolución del Consejo 9/2025", "65.00"),
)
TODOS = tuple(clave for clave in PERSONAS if clave not in SIN_SEMBRAR)
VECINOS = ("ana", "regulador", "correos", "tejidos", "alcaldia", "cafe", "quinua")
VENDEN = ("tejidos", "cafe", "quinua", "madera")
ESTUDIAN = ("ana", "luis", "papeleria", "cafe", "correos")
DE_EXTENSION = ("ana", "papeleria")
PATENTAN = ("tejidos", "cafe", "madera", "quinua", "ferreteria", "papeleria")
ULTIMOS = timedelta(days=16)  # the last days have their own story


@dataclass(frozen=True, slots=True)
class Deuda:
    """An order: from when, whose, of what, and the days there are to pay it."""

    dia: date
    concepto: str
    de: str
    unidad: str = ALCALDIA
    variables: tuple[tuple[str, str], ...] = ()
    plazo_dias: int = 25
    partes: int = 1


@capitulo("pagos.cobros.anio")
def pasos(epoca: Epoca) -> Iterator[Paso]:
    yield Paso(a_las(epoca.desde, 15.1), "conceptos", _crear_conceptos)
    hasta = fecha_bolivia(epoca.hoy - ULTIMOS)
    numero = 0
    for dia in epoca.dias():
        if dia == epoca.desde:
            continue
        for deuda in _deudas(epoca.azar(f"deudas {dia}"), dia):
            if dia + timedelta(days=deuda.plazo_dias) <= hasta:
                numero += 1
                yield from _pasos_de(deuda, numero, epoca.azar(f"deuda {numero}"))


def _deudas(azar: Random, dia: date) -> Iterator[Deuda]:
    """What is charged that day."""
    if dia.day == 5 and dia.month % 2:
        yield from (Deuda(dia, "ASEO", clave) for clave in VECINOS)
    if dia.month == 2 and 3 <= dia.day < 3 + len(ESTUDIAN):
        yield Deuda(dia, "MATRICULA", ESTUDIAN[dia.day - 3], UNIVERSIDAD, plazo_dias=20)
    if dia.day == 3 and 3 <= dia.month <= 11:
        yield from (Deuda(dia, "PENSION", clave, UNIVERSIDAD) for clave in DE_EXTENSION)
    if dia.day == 14 and 1 <= dia.month <= 6:
        local = (("superficie", str(azar.randrange(20, 70))), ("meses", "12"))
        yield Deuda(dia, "PAT-FUN", PATENTAN[dia.month - 1], variables=local, plazo_dias=60, partes=2)
    if dia.day == 20 and 5 <= dia.month <= 10:
        casa = (("valor_catastral", str(azar.randrange(250, 900) * 100)),)
        yield Deuda(dia, "IMP-INM", PATENTAN[dia.month - 5], variables=casa, plazo_dias=60, partes=3)
    if dia.day == 8 and dia.month in (4, 10):
        yield from (Deuda(dia, "CAR-SAN", clave) for clave in VENDEN)
    yield from _de_cada_semana(azar, dia)


def _de_cada_semana(azar: Random, dia: date) -> Iterator[Deuda]:
    """Stalls for the weekend, for Alasita and for Carnaval; consultations; certificates."""
    fiesta = (dia.month == 1 and dia.day == 23) or dia == carnaval(dia.year) - timedelta(days=5)
    if dia.weekday() == 3 or fiesta:
        vienen = VENDEN if fiesta else azar.sample(VENDEN, 1 + (azar.random() < 0.2))
        dias = str(8 if fiesta else azar.choice((1, 2)))
        yield from (
            Deuda(dia, "PUESTO", clave, variables=(("dias", dias),), plazo_dias=6) for clave in vienen
        )
    if dia.weekday() < 5 and azar.random() < 0.13:
        concepto = "LAB-BAS" if azar.random() < 0.2 else "FICHA"
        yield Deuda(dia, concepto, azar.choice(TODOS), HOSPITAL, plazo_dias=5)
    if dia.weekday() < 5 and azar.random() < 0.08:
        yield Deuda(dia, "CERT-RES", azar.choice(TODOS))


def _pasos_de(deuda: Deuda, numero: int, azar: Random) -> Iterator[Paso]:
    emitida = a_las(deuda.dia, azar.uniform(8.5, 11.5))
    yield Paso(emitida, f"orden {numero}", partial(_emitir, deuda=deuda, numero=numero))
    suerte = azar.random()
    if suerte < 0.04:
        anular = partial(_anular, deuda=deuda, numero=numero)
        yield Paso(emitida + timedelta(hours=3), f"anulación {numero}", anular)
    elif suerte < 0.88:
        for parte in range(deuda.partes):
            # Most in the first days; each part in its stretch of the term.
            tramo = deuda.plazo_dias / deuda.partes
            dia = deuda.dia + timedelta(days=int(tramo * (parte + 0.05 + 0.9 * azar.random() ** 2)))
            cuando = max(hora(azar, dia), emitida + timedelta(hours=2 + parte))
            pagar = partial(_pagar, deuda=deuda, numero=numero, parte=parte)
            yield Paso(cuando, f"pago {numero}.{parte}", pagar)


def _crear_conceptos(sesion: Session) -> None:
    desde = date(fecha_bolivia().year - 1, 1, 1)
    for unidad, codigo, nombre, norma, monto in CONCEPTOS:
        datos: dict[str, Any] = {
            "unidad_id": id_de_unidad(unidad),
            "codigo": codigo,
            "nombre": nombre,
            "norma": f"{norma} {ETIQUETA}",
            "monto": {"monto": monto},
            "vigente_desde": desde,
        }
        nuevo = ConceptoPorCrear.model_validate(datos)
        crear_concepto(sesion, actor(sesion, COBRA[unidad]), nuevo, id=id_demo(f"concepto:{codigo}"))


def _emitir(sesion: Session, deuda: Deuda, numero: int) -> None:
    dia = fecha_bolivia(ahora_bd(sesion))
    pedido = OrdenPorEmitir.model_validate(
        {
            "unidad_id": id_de_unidad(deuda.unidad),
            "concepto": deuda.concepto,
            "variables": {nombre: Decimal(valor) for nombre, valor in deuda.variables},
            "pagador": quien_debe(sesion, deuda.de),
            "parcial": deuda.partes > 1,
            "vence_en": medianoche(dia + timedelta(days=deuda.plazo_dias + 1)),
            "referencia": f"DEMO-{dia.year}-A{numero:04d}",
        }
    )
    emitir_orden(sesion, actor(sesion, COBRA[deuda.unidad]), pedido, id=_id_de_orden(numero))


def _pagar(sesion: Session, deuda: Deuda, numero: int, parte: int) -> None:
    """All that is left, or sixty bolivianos of it but for the last part."""
    monto = bs(60) if parte + 1 < deuda.partes else None
    with si_se_puede(sesion):
        pagar_orden(
            sesion,
            actor(sesion, deuda.de),
            _id_de_orden(numero),
            id_demo(f"pago-de-orden-del-anio:{numero}:{parte}"),
            monto,
            billetera(sesion, deuda.de),
        )


def _anular(sesion: Session, deuda: Deuda, numero: int) -> None:
    quien = actor(sesion, COBRA[deuda.unidad])
    anular_orden(sesion, quien, _id_de_orden(numero), "Se emitió dos veces por error.", 1)


def _id_de_orden(numero: int) -> UUID:
    return id_demo(f"orden-del-anio:{numero}")
