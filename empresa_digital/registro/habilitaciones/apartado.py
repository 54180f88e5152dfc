"""The qualities as a section of the record of a unit."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, select

from empresa_digital.registro.asientos import (
    Operacion,
    fecha_o_nada,
    instante_o_nada,
    iso,
    iso_o_nada,
    texto_o_nada,
)
from empresa_digital.registro.catalogos import Habilitacion
from empresa_digital.registro.habilitaciones.estados import DESTINO
from empresa_digital.registro.habilitaciones.modelos import HabilitacionUnidad
from empresa_digital.registro.habilitaciones.tipos import EstadoHabilitacion
from empresa_digital.registro.unidades import Apartado, Seccion, agregar_apartado


def _aplicar(habilitaciones: Seccion, operacion: Operacion, datos: dict[str, Any], instante: str) -> None:
    actual = habilitaciones.setdefault(
        datos["habilitacion"],
        {"norma": None, "vigente_desde": None, "vigente_hasta": None, "solicitada_en": instante},
    )
    actual["estado"] = DESTINO[operacion].value
    actual["motivo"] = datos.get("motivo")
    if operacion == Operacion.SOLICITAR_HABILITACION:
        actual.update(solicitada_en=instante, resuelta_en=None)
        return
    actual["resuelta_en"] = instante
    if operacion == Operacion.OTORGAR_HABILITACION:
        actual.update({clave: datos[clave] for clave in ("norma", "vigente_desde", "vigente_hasta")})


def _leer(sesion: Session, unidades: list[UUID]) -> Iterator[tuple[UUID, str, dict[str, Any]]]:
    consulta = select(HabilitacionUnidad).where(col(HabilitacionUnidad.unidad_id).in_(unidades))
    for h in sesion.exec(consulta):
        datos = {
            "estado": str(h.estado),
            "norma": h.norma,
            "vigente_desde": texto_o_nada(h.vigente_desde),
            "vigente_hasta": texto_o_nada(h.vigente_hasta),
            "motivo": h.motivo,
            "solicitada_en": iso(h.solicitada_en),
            "resuelta_en": iso_o_nada(h.resuelta_en),
        }
        yield h.unidad_id, str(h.habilitacion), datos


def _guardar(sesion: Session, unidad_id: UUID, seccion: Seccion) -> None:
    consulta = select(HabilitacionUnidad).where(HabilitacionUnidad.unidad_id == unidad_id)
    actuales = {str(fila.habilitacion): fila for fila in sesion.exec(consulta)}
    for clave, datos in seccion.items():
        columnas = {
            "estado": EstadoHabilitacion(datos["estado"]),
            "norma": datos["norma"],
            "vigente_desde": fecha_o_nada(datos["vigente_desde"]),
            "vigente_hasta": fecha_o_nada(datos["vigente_hasta"]),
            "motivo": datos["motivo"],
            "solicitada_en": instante_o_nada(datos["solicitada_en"]),
            "resuelta_en": instante_o_nada(datos["resuelta_en"]),
        }
        fila = actuales.get(clave) or HabilitacionUnidad(
            unidad_id=unidad_id, habilitacion=Habilitacion(clave), **columnas
        )
        for columna, valor in columnas.items():
            setattr(fila, columna, valor)
        sesion.add(fila)


agregar_apartado(
    Apartado(
        nombre="habilitaciones",
        operaciones=frozenset(DESTINO),
        aplicar=_aplicar,
        leer=_leer,
        guardar=_guardar,
    )
)
