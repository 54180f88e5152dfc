"""Demonstration needs in every state, from `datos/demostracion.json`, made with the real use cases.

Each act happens when it would have: the clock of this transaction is moved to its instant, so that deadlines,
releases and audit say the same. Who acts is a demonstration person, on the authority of their mandate.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlmodel import Session

from ciudadania import actor_de_persona, obtener_persona
from demostracion.capitulos.registro import unidades_demo
from empresa_digital.registro import exigir_facultad
from feria_inversa import (
    ConvocatoriaEntrada,
    DecisionEntrada,
    ItemEntrada,
    LineaEntrada,
    abrir_con,
    adjudicar_con,
    agregar_modalidad,
    cancelar_con,
    cerrar_recepcion,
    comparar,
    crear_con,
    emitir_con,
    items_de,
    presentar_con,
    publicar_con,
)
from nucleo.actor import Autorizacion
from nucleo.dinero import bs
from nucleo.ids import id_demo
from nucleo.reloj import ZONA, ahora_bd, fecha_bolivia

ARCHIVO = Path(__file__).parents[1] / "datos" / "feria_inversa.json"
HORA_DE_CIERRE = time(16, 0)
TRAS_LA_APERTURA = frozenset({"evaluacion", "adjudicado", "contratado", "desierto"})
TRAS_LA_DECISION = frozenset({"adjudicado", "contratado", "desierto"})
MARCAS = ("Producción propia", "Hecho en Bolivia", "Marca nacional", "Importado")
PRACTICA: dict[str, Any] = {
    "codigo": "DEMO",
    "nombre": "Compra de práctica (demostración)",
    "norma": "Sin norma: solo existe en modo de demostración",
    "nota": "Sirve para recorrer toda la historia en minutos: no exige días mínimos.",
    "confirmado": False,
    "vigente_desde": date(2020, 1, 1),
    "monto_desde": bs(0),
    "monto_hasta": bs(50_000),
    "dias_minimos": 0,
    "dias_impugnacion": 0,
    "metodo_ocds": "open",
}


@dataclass(frozen=True, slots=True)
class Necesidad:
    """A row of the file, with the instants of its story."""

    datos: dict[str, Any]
    id: UUID
    publicada_en: datetime
    vence_en: datetime

    @property
    def estado(self) -> str:
        return str(self.datos["estado"])


def sembrar(sesion: Session) -> None:
    """Create the demonstration needs (idempotent)."""
    if not agregar_modalidad(sesion, id_demo("modalidad:practica"), **PRACTICA):
        return
    hoy = ahora_bd(sesion)
    filas = json.loads(ARCHIVO.read_text(encoding="utf-8"))
    necesidades = [_leer(n, fila, hoy) for n, fila in enumerate(filas, start=1)]
    claves = {clave for fila in filas for clave in (fila["entidad"], *fila["ofertas"])}
    autoridades = {clave: _autoridad(sesion, clave) for clave in sorted(claves)}
    for necesidad in sorted(necesidades, key=lambda necesidad: necesidad.publicada_en):
        _contar(sesion, necesidad, hoy, autoridades)


def _leer(numero: int, fila: dict[str, Any], hoy: datetime) -> Necesidad:
    cierre = hoy + timedelta(days=fila["cierra_en"])
    if fila["cierra_en"] >= 1 or fila["cierra_en"] <= -3:
        cierre = datetime.combine(fecha_bolivia(cierre), HORA_DE_CIERRE, ZONA).astimezone(UTC)
    publicada = hoy - timedelta(days=fila["publicada_hace"], minutes=17 * numero % 60)
    return Necesidad(fila, id_demo(f"convocatoria:{numero}"), publicada, cierre)


@contextmanager
def en_el_instante(sesion: Session, instante: datetime, hoy: datetime) -> Iterator[None]:
    """Move the clock of this transaction to a past instant, and bring it back."""
    fijar = text("SELECT set_config('qhatu.desfase', :desfase, true)")
    sesion.flush()
    desfase = f"{(min(instante, hoy) - datetime.now(UTC)).total_seconds()} s"
    sesion.connection().execute(fijar, {"desfase": desfase})
    try:
        yield
        sesion.flush()
    finally:
        sesion.connection().execute(fijar, {"desfase": ""})


def _autoridad(sesion: Session, clave: str) -> Autorizacion:
    """The demonstration person who acts for a unit, by the mandate they hold."""
    demo = unidades_demo()[clave]
    actor = actor_de_persona(obtener_persona(sesion, id_demo(f"persona:{demo.persona}")))
    return exigir_facultad(sesion, actor, demo.id, demo.facultades[0])


def _contar(
    sesion: Session, necesidad: Necesidad, hoy: datetime, autoridades: dict[str, Autorizacion]
) -> None:
    """Live the story of one need up to its state."""
    entidad = autoridades[necesidad.datos["entidad"]]
    datos, estado = necesidad.datos, necesidad.estado
    with en_el_instante(sesion, necesidad.publicada_en - timedelta(hours=2), hoy):
        crear_con(sesion, entidad, _entrada(datos), [_item(fila) for fila in datos["items"]], necesidad.id)
    if estado == "borrador":
        return
    with en_el_instante(sesion, necesidad.publicada_en, hoy):
        publicar_con(sesion, entidad, necesidad.id, necesidad.vence_en)
    _ofertar(sesion, necesidad, hoy, autoridades)
    if estado == "cancelado":
        with en_el_instante(sesion, hoy - timedelta(days=6), hoy):
            cancelar_con(sesion, entidad, necesidad.id, datos["motivos"]["0"])
        return
    if estado == "recepcion_cerrada":
        with en_el_instante(sesion, necesidad.vence_en + timedelta(seconds=9), hoy):
            cerrar_recepcion(sesion, necesidad.id)
    if estado in TRAS_LA_APERTURA:
        with en_el_instante(sesion, necesidad.vence_en + timedelta(hours=1), hoy):
            abrir_con(sesion, entidad, necesidad.id)
    if estado in TRAS_LA_DECISION:
        with en_el_instante(sesion, necesidad.vence_en + timedelta(days=1), hoy):
            adjudicar_con(sesion, entidad, necesidad.id, _decisiones(sesion, necesidad))
    if estado == "contratado":
        with en_el_instante(sesion, necesidad.vence_en + timedelta(days=8), hoy):
            emitir_con(sesion, entidad, necesidad.id)


def _entrada(datos: dict[str, Any]) -> ConvocatoriaEntrada:
    return ConvocatoriaEntrada(
        titulo=datos["titulo"],
        descripcion=datos["descripcion"],
        categoria=datos["categoria"],
        municipio_ine=datos["municipio"],
        lugar_entrega=datos["lugar"],
        plazo_entrega_dias=datos["plazo"],
    )


def _item(fila: list[str]) -> ItemEntrada:
    descripcion, cantidad, unidad, precio, unspsc = fila
    return ItemEntrada(
        descripcion=descripcion,
        cantidad=Decimal(cantidad),
        unidad_medida=unidad,
        precio_referencial=bs(precio),
        unspsc=unspsc,
    )


def _ofertar(
    sesion: Session, necesidad: Necesidad, hoy: datetime, autoridades: dict[str, Autorizacion]
) -> None:
    """Each bid a while after the one before, all of them in time."""
    items = items_de(sesion, necesidad.id)
    fin = min(necesidad.vence_en, hoy)
    paso = (fin - necesidad.publicada_en) / (len(necesidad.datos["ofertas"]) + 1)
    for orden, (clave, factores) in enumerate(necesidad.datos["ofertas"].items(), start=1):
        lineas = [
            LineaEntrada(
                item_id=item.id,
                precio_unitario=bs(
                    (item.precio_referencial.amount * Decimal(str(factor))).quantize(Decimal("0.01"))
                ),
                marca=MARCAS[(orden + item.numero) % len(MARCAS)],
                plazo_dias=max(1, necesidad.datos["plazo"] - 3 * orden),
            )
            for item, factor in zip(items, factores, strict=True)
            if factor is not None
        ]
        with en_el_instante(sesion, necesidad.publicada_en + orden * paso, hoy):
            presentar_con(sesion, autoridades[clave], necesidad.id, lineas)


def _decisiones(sesion: Session, necesidad: Necesidad) -> list[DecisionEntrada]:
    """The lowest price of each item, unless the file says another winner (null: desierto) and why."""
    ganadores = necesidad.datos.get("ganadores", {})
    motivos = necesidad.datos.get("motivos", {})
    decisiones = []
    for comparado in comparar(sesion, necesidad.id):
        indice = str(comparado.numero - 1)
        ofertas = comparado.ofertas
        if indice in ganadores:
            elegida = ganadores[indice] and id_demo(f"unidad:{ganadores[indice]}")
            ofertas = [par for par in ofertas if par[0] == elegida]
        decisiones.append(
            DecisionEntrada(
                item_id=comparado.item_id,
                oferta_id=ofertas[0][1] if ofertas else None,
                motivo=motivos.get(indice, ""),
            )
        )
    return decisiones
