"""How rates look: in which phase a version is, what a price and a date say, the rows of a file."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import Session

from envios.tarifas.consultas import lineas_de as filas_de
from envios.tarifas.consultas import todos_los_lugares
from envios.tarifas.cotizar import Comparacion
from envios.tarifas.estados import EstadoTarifario
from envios.tarifas.modelos import Tarifario
from envios.tarifas.palabras import ENTREGAS, Linea, Paso, lineas_de, negativa_en_palabras, pasos_en_palabras
from envios.tarifas.tablas import FORMAS, Que
from envios.tarifas.valores import Oferta
from nucleo.textos import gettext as _


def fase(tarifario: Tarifario, ahora: datetime) -> tuple[str, str]:
    """What a version is at an instant, and its tone."""
    if tarifario.estado == EstadoTarifario.BORRADOR:
        return _("Borrador"), "aviso"
    if tarifario.estado == EstadoTarifario.DESCARTADO:
        return _("Descartada"), "neutro"
    if tarifario.estado == EstadoTarifario.RETIRADO:
        return _("Retirada"), "neutro"
    assert tarifario.vigente_desde is not None
    if tarifario.vigente_desde > ahora:
        return _("Por venir"), "info"
    if tarifario.vigente_hasta is not None and tarifario.vigente_hasta <= ahora:
        return _("Superada"), "neutro"
    return _("En vigor"), "bien"


@dataclass(frozen=True, slots=True)
class OfertaVista:
    """An offer for a page."""

    oferta: Oferta
    lineas: list[Linea]
    pasos: list[Paso]

    @property
    def entrega(self) -> str:
        return str(ENTREGAS[self.oferta.condiciones.entrega])


def ofertas_vistas(comparacion: Comparacion) -> list[OfertaVista]:
    return [
        OfertaVista(
            oferta,
            lineas_de(oferta.condiciones, oferta.bulto, oferta.cargos),
            pasos_en_palabras(oferta.promesa) if oferta.promesa else [],
        )
        for oferta in comparacion.ofertas
    ]


def negativas_vistas(comparacion: Comparacion) -> list[tuple[str, str, str]]:
    """The operator, the service (or nothing) and why not."""
    return [(op, negativa.nombre, negativa_en_palabras(negativa)) for op, negativa in comparacion.negativas]


def celdas_de(sesion: Session, tarifario_id: UUID, que: Que) -> Iterator[tuple[str, ...]]:
    """The rows of the file of a table; a place goes with its name, which is not read back."""
    nombres = todos_los_lugares(sesion) if que is Que.LUGARES else {}
    for fila in filas_de(sesion, tarifario_id, que):
        celdas: tuple[Any, ...] = FORMAS[que].celdas(fila)
        yield (f"{celdas[0]} {nombres[celdas[0]]}", *celdas[1:]) if nombres else celdas
