"""Charges of the State: the catalogue of a municipality and a hospital, and what is owed and paid lately.

The rest of the year is in `cobros_del_anio`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from typing import Any
from uuid import UUID

from sqlmodel import Session

from demostracion.elenco import ETIQUETA, actor, asegurar, billetera, id_de_unidad, persona
from demostracion.relato import Epoca, Paso, a_las, capitulo
from nucleo.actor import Actor
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
    vencer_tanda,
)
from pagos.devoluciones import devolver, saldo_por_devolver

SOBRA = bs(400)  # more than any of these costs
ALCALDIA, HOSPITAL = "alcaldia", "hospital"

# unidad, codigo, nombre, norma, monto or None, formula or None
_M2 = {"variable": "superficie", "etiqueta": "Superficie del local", "unidad": "m²", "tarifa": "2.35"}
_MESES = {"variable": "meses", "etiqueta": "Meses", "unidad": "meses", "tarifa": "18.00"}
_VALOR = {"variable": "valor_catastral", "etiqueta": "Valor catastral", "unidad": "Bs", "tarifa": "0.0035"}
_DIAS = {"variable": "dias", "etiqueta": "Días de puesto", "unidad": "días", "tarifa": "4.50"}
CONCEPTOS: tuple[tuple[str, str, str, str, str | None, dict[str, Any] | None], ...] = (
    (ALCALDIA, "CERT-RES", "Certificado de residencia", "Ley Municipal 12/2024, artículo 4", "20.00", None),
    (ALCALDIA, "CAR-SAN", "Carnet sanitario", "Ley Municipal 9/2023, artículo 11", "35.00", None),
    (
        ALCALDIA,
        "PAT-FUN",
        "Patente de funcionamiento",
        "Ley Municipal 12/2024, artículo 7",
        None,
        {"base": {"monto": "50.00"}, "terminos": [_M2, _MESES], "maximo": {"monto": "5000.00"}},
    ),
    (
        ALCALDIA,
        "IMP-INM",
        "Impuesto a la propiedad de inmuebles",
        "Ley Municipal 3/2022, artículo 15",
        None,
        {"terminos": [_VALOR], "minimo": {"monto": "60.00"}},
    ),
    (
        ALCALDIA,
        "PUESTO",
        "Puesto en la feria municipal",
        "Ley Municipal 21/2025, artículo 2",
        None,
        {"terminos": [_DIAS], "minimo": {"monto": "9.00"}},
    ),
    (HOSPITAL, "FICHA", "Ficha de consulta externa", "Resolución Administrativa 8/2025", "15.00", None),
    (
        HOSPITAL,
        "LAB-BAS",
        "Análisis de laboratorio básico",
        "Resolución Administrativa 8/2025",
        "60.00",
        None,
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Historia:
    """An order to sow, and how it ends: who pays, or `anulada`, or `vencida`."""

    concepto: str
    de: str  # the person's key whose card number it carries
    unidad: str = ALCALDIA
    variables: tuple[tuple[str, str], ...] = ()
    hace_dias: int | None = None
    plazo_dias: int = 20
    pagan: tuple[tuple[str, str | None], ...] = ()  # (who, how much or None for all)
    parcial: str | None = None
    devuelven: tuple[str, ...] = ()  # of the first payment, given back in turn
    final: str = ""
    detalle: str | None = None


def _v(**valores: str) -> tuple[tuple[str, str], ...]:
    return tuple(valores.items())


_LOCAL = _v(superficie="24.5", meses="3")
HISTORIAS: tuple[Historia, ...] = (
    # Ana may pay these now.
    Historia(concepto="CERT-RES", de="ana", plazo_dias=6),
    Historia(
        concepto="IMP-INM", de="ana", variables=_v(valor_catastral="48250"), parcial="40.00", plazo_dias=33
    ),
    Historia(concepto="FICHA", de="ana", unidad=HOSPITAL, hace_dias=1, plazo_dias=2),
    Historia(concepto="LAB-BAS", de="ana", unidad=HOSPITAL, plazo_dias=12),
    Historia(
        concepto="PUESTO", de="ana", variables=_v(dias="3"), plazo_dias=9, detalle="Puesto 14, tres días"
    ),
    # Others owe these.
    Historia(concepto="PAT-FUN", de="ferreteria", variables=_LOCAL, plazo_dias=25),
    Historia(concepto="PAT-FUN", de="papeleria", variables=_v(superficie="60", meses="12"), parcial="100.00"),
    Historia(concepto="IMP-INM", de="madera", variables=_v(valor_catastral="96400"), plazo_dias=28),
    Historia(concepto="CAR-SAN", de="cafe"),
    Historia(concepto="PUESTO", de="quinua", variables=_v(dias="6"), hace_dias=0),
    # Paid, some by parts and by several people.
    Historia(concepto="CERT-RES", de="luis", pagan=(("luis", None),), hace_dias=9),
    Historia(concepto="CERT-RES", de="ana", pagan=(("ana", None),), hace_dias=8),
    Historia(concepto="CAR-SAN", de="tejidos", pagan=(("tejidos", None),), hace_dias=5),
    Historia(concepto="CAR-SAN", de="quinua", pagan=(("quinua", None),), devuelven=("15.00",), hace_dias=0),
    Historia(concepto="PAT-FUN", de="cafe", variables=_LOCAL, pagan=(("cafe", None),), hace_dias=12),
    Historia(concepto="PUESTO", de="luis", variables=_v(dias="2"), pagan=(("luis", None),), hace_dias=0),
    Historia(concepto="PUESTO", de="madera", variables=_v(dias="1"), pagan=(("madera", None),), hace_dias=0),
    Historia(concepto="CERT-RES", de="madera", pagan=(("madera", None),), devuelven=("8.00", "12.00")),
    Historia(concepto="FICHA", de="luis", unidad=HOSPITAL, pagan=(("luis", None),)),
    Historia(
        concepto="IMP-INM",
        de="tejidos",
        variables=_v(valor_catastral="61300"),
        parcial="50.00",
        pagan=(("tejidos", "100.00"), ("luis", "114.55")),
    ),
    # Paid in part.
    Historia(
        concepto="PAT-FUN",
        de="madera",
        variables=_v(superficie="41.25", meses="6"),
        parcial="60.00",
        pagan=(("madera", "120.00"),),
    ),
    Historia(
        concepto="IMP-INM",
        de="papeleria",
        variables=_v(valor_catastral="82900"),
        parcial="50.00",
        pagan=(("papeleria", "90.00"),),
    ),
    # Overdue and annulled.
    Historia(
        concepto="PUESTO", de="ana", variables=_v(dias="5"), hace_dias=40, plazo_dias=10, final="vencida"
    ),
    Historia(concepto="CAR-SAN", de="ferreteria", hace_dias=60, plazo_dias=30, final="vencida"),
    Historia(concepto="PAT-FUN", de="luis", variables=_LOCAL, hace_dias=50, plazo_dias=30, final="vencida"),
    Historia(concepto="CERT-RES", de="cafe", final="anulada"),
    Historia(concepto="LAB-BAS", de="quinua", unidad=HOSPITAL, final="anulada"),
)


@capitulo("pagos.cobros")
def pasos(epoca: Epoca) -> Iterator[Paso]:
    """Concepts, orders and their payments."""
    hoy = epoca.hoy
    yield Paso(a_las(epoca.desde, 15), "conceptos", _crear_conceptos)
    for numero, historia in enumerate(HISTORIAS, start=1):
        emitida_en = hoy - timedelta(days=_hace_dias(numero, historia), minutes=7 * numero)
        yield Paso(emitida_en, f"orden {numero}", partial(_emitir, numero=numero, historia=historia))
        for parte, (quien, monto) in enumerate(historia.pagan, start=1):
            pagar = partial(_pagar, numero=numero, parte=parte, quien=quien, monto=monto)
            cuando = min(emitida_en + timedelta(hours=5 * parte), hoy - timedelta(minutes=9 - parte))
            yield Paso(cuando, f"pago {numero}.{parte}", pagar)
        for vez, monto in enumerate(historia.devuelven, start=1):
            vuelve = partial(_devolver, numero=numero, vez=vez, monto=monto)
            cuando = min(emitida_en + timedelta(hours=20 + 2 * vez), hoy - timedelta(minutes=5 - vez))
            yield Paso(cuando, f"devolución {numero}.{vez}", vuelve)
        if historia.final == "anulada":
            yield Paso(
                emitida_en + timedelta(hours=6), f"anulación {numero}", partial(_anular, numero=numero)
            )
    yield Paso(hoy, "vencidas", vencer_tanda)


def _hace_dias(numero: int, historia: Historia) -> int:
    """What was paid was issued on many days, today too; what is owed, lately."""
    if historia.hace_dias is not None:
        return historia.hace_dias
    return 3 + 7 * numero % 24 if historia.pagan else 2


def _crear_conceptos(sesion: Session) -> None:
    desde = date(fecha_bolivia().year - 1, 1, 1)
    for unidad, codigo, nombre, norma, monto, formula in CONCEPTOS:
        datos = {
            "unidad_id": id_de_unidad(unidad),
            "codigo": codigo,
            "nombre": nombre,
            "norma": f"{norma} {ETIQUETA}",
            "monto": {"monto": monto} if monto else None,
            "formula": formula,
            "vigente_desde": desde,
        }
        nuevo = ConceptoPorCrear.model_validate(datos)
        crear_concepto(sesion, _cobrador(sesion), nuevo, id=id_demo(f"concepto:{codigo}"))


def _cobrador(sesion: Session) -> Actor:
    """Alberto runs both the municipality and the hospital."""
    return actor(sesion, "alcaldia")


def _pagar(sesion: Session, numero: int, parte: int, quien: str, monto: str | None) -> None:
    asegurar(sesion, quien, SOBRA)
    pagar_orden(
        sesion,
        actor(sesion, quien),
        _id_de_orden(numero),
        id_demo(f"pago-de-orden:{numero}:{parte}"),
        bs(monto) if monto else None,
        billetera(sesion, quien),
    )


def _devolver(sesion: Session, numero: int, vez: int, monto: str) -> None:
    """A part of the first payment."""
    pago_id, alberto = id_demo(f"pago-de-orden:{numero}:1"), _cobrador(sesion)
    devolver(
        sesion,
        alberto,
        id=id_demo(f"devolucion:{numero}:{vez}"),
        transferencia_id=pago_id,
        monto=bs(monto),
        saldo_visto=saldo_por_devolver(sesion, alberto, pago_id),
        nota="Se cobró de más (demostración).",
    )


def _anular(sesion: Session, numero: int) -> None:
    anular_orden(sesion, _cobrador(sesion), _id_de_orden(numero), "Se emitió dos veces por error.", 1)


def _emitir(sesion: Session, numero: int, historia: Historia) -> None:
    emitida_en = ahora_bd(sesion)
    pedido = OrdenPorEmitir.model_validate(
        {
            "unidad_id": id_de_unidad(historia.unidad),
            "concepto": historia.concepto,
            "variables": {nombre: Decimal(valor) for nombre, valor in historia.variables},
            "detalle": historia.detalle,
            "pagador": quien_debe(sesion, historia.de),
            "parcial": historia.parcial is not None,
            "minimo": {"monto": historia.parcial} if historia.parcial else None,
            "vence_en": medianoche(fecha_bolivia(emitida_en) + timedelta(days=historia.plazo_dias + 1)),
            "referencia": f"DEMO-{emitida_en.year}-{numero:04d}",
        }
    )
    emitir_orden(sesion, _cobrador(sesion), pedido, id=_id_de_orden(numero))


def quien_debe(sesion: Session, clave: str) -> dict[str, str]:
    """The payer of an order, by their card."""
    deudor = persona(sesion, clave)
    documento = f"{deudor.ci}-{deudor.complemento}" if deudor.complemento else deudor.ci
    return {"tipo": "CI", "documento": documento, "nombre": deudor.nombre_completo}


def _id_de_orden(numero: int) -> UUID:
    return id_demo(f"orden-de-cobro:{numero}")
