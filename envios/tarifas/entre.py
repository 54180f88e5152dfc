"""What carrying a parcel costs between two places, for who must say it of many at once: a shop."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from moneyed import Money
from sqlalchemy import func
from sqlmodel import Session

from empresa_digital.registro import nombres_de_unidades
from envios.tarifas.calcular import calcular
from envios.tarifas.consultas import Ruteo, alcances
from envios.tarifas.cotizar import vigentes
from envios.tarifas.valores import Bulto, Condiciones, Negativa


@dataclass(frozen=True, slots=True)
class Tarifa:
    """A service of an operator on a route; `dias` are working days from when it is received."""

    operador_unidad_id: UUID
    operador: str
    servicio: str
    nombre: str
    entrega: str
    dias: int
    condiciones: Condiciones

    def precio(self, peso_g: int) -> Money | None:
        """Of a parcel of so much; None when such a one is not carried."""
        cargos = calcular(self.condiciones, Bulto(max(1, peso_g)))
        return None if isinstance(cargos, Negativa) else cargos.total

    def cobra(self, peso_g: int, monto: Money) -> bool:
        """Whether a parcel of so much is carried and that is collected at its door."""
        return not isinstance(
            calcular(self.condiciones, Bulto(max(1, peso_g), contra_entrega=monto)), Negativa
        )


def tarifas_entre(sesion: Session, rutas: Collection[Ruteo]) -> dict[Ruteo, tuple[Tarifa, ...]]:
    """All that carries something on each of these routes (origin and destination, by INE code) by the rates
    in force, in six statements however many they are."""
    tarifarios = vigentes(sesion, func.nucleo_ahora())
    hallados = alcances(sesion, tarifarios, set(rutas))
    nombres = nombres_de_unidades(sesion, {t.operador_unidad_id for t in tarifarios})
    return {
        ruta: tuple(_tarifa(c, nombres[c.operador_unidad_id]) for c in hallado.condiciones)
        for ruta, hallado in hallados.items()
    }


def mas_barata(tarifas: Collection[Tarifa], peso_g: int) -> tuple[Tarifa, Money] | None:
    """The one that asks least for a parcel of so much, the quickest of those that ask the same, and how much;
    None when nobody carries it."""
    ofrecen = [(t, precio) for t in tarifas if (precio := t.precio(peso_g)) is not None]
    return min(ofrecen, key=_orden, default=None)


def _orden(ofrecida: tuple[Tarifa, Money]) -> tuple[object, ...]:
    tarifa, precio = ofrecida
    return precio, tarifa.dias, tarifa.operador, tarifa.servicio


def _tarifa(condiciones: Condiciones, operador: str) -> Tarifa:
    return Tarifa(
        operador_unidad_id=condiciones.operador_unidad_id,
        operador=operador,
        servicio=condiciones.servicio,
        nombre=condiciones.nombre,
        entrega=condiciones.entrega,
        dias=condiciones.dias,
        condiciones=condiciones,
    )
