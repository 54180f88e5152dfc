"""The reverse fair in the home page and in the search over the whole place."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from moneyed import Money
from sqlmodel import Session

from empresa_digital.registro import lugares, unidades_en_lote
from feria_inversa.procesos import (
    buscar_convocatorias,
    como_esta,
    contar_abiertas,
    nombre_estado,
    tono_estado,
)
from feria_inversa.procesos.modelos import Convocatoria
from nucleo.textos import gettext as _
from nucleo.vitrina import MAXIMO_CONTADO, Escaparate, Seccion, hasta, registrar

POCAS = 6


@dataclass(frozen=True, slots=True)
class TarjetaConvocatoria:
    url: str
    titulo: str
    entidad: str
    cierra_en: datetime | None
    lugar: str
    monto: Money
    estado: str
    tono: str


def portada(sesion: Session) -> Seccion:
    """The needs that close first, and how many are open."""
    urgentes = buscar_convocatorias(sesion, "", limite=POCAS)
    abiertas = contar_abiertas(sesion, MAXIMO_CONTADO)
    cifra = (_("Necesidades abiertas"), hasta(abiertas, hay_mas=abiertas == MAXIMO_CONTADO), "/feria")
    return Seccion(_tarjetas(sesion, urgentes), (cifra,))


def buscar(sesion: Session, consulta: str) -> Seccion:
    return Seccion(_tarjetas(sesion, buscar_convocatorias(sesion, consulta, limite=POCAS)))


def _tarjetas(sesion: Session, convocatorias: Sequence[Convocatoria]) -> list[TarjetaConvocatoria]:
    entidades = unidades_en_lote(sesion, {c.unidad_id for c in convocatorias})
    municipios = {c.municipio_ine for c in convocatorias}
    sitios = lugares(sesion, municipios) if municipios else {}
    return [
        TarjetaConvocatoria(
            url=f"/feria/{c.id}",
            titulo=c.titulo,
            entidad=entidades[c.unidad_id].nombre if c.unidad_id in entidades else "",
            cierra_en=c.vence_en,
            lugar=sitios.get(c.municipio_ine, ""),
            monto=c.monto_referencial,
            estado=nombre_estado(como_esta(c)),
            tono=tono_estado(como_esta(c)),
        )
        for c in convocatorias
    ]


registrar("convocatorias", Escaparate(portada, buscar))
