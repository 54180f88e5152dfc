"""What whoever receives an item pays at its door: as its postage was quoted, or for an order."""

from collections.abc import Collection
from uuid import UUID

from moneyed import Money
from sqlmodel import Session

from envios.deudas import cobros_de
from envios.portes.consultas import portes_de
from nucleo.dinero import cero


def por_cobrar(sesion: Session, envios: Collection[UUID]) -> dict[UUID, Money]:
    """By item; those of which nothing is collected are left out."""
    cotizados = {id: porte.contra_entrega for id, porte in portes_de(sesion, envios).items()}
    return {id: m for id, m in (cotizados | cobros_de(sesion, envios)).items() if m > cero()}
