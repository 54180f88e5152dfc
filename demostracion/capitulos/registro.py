"""Demonstration units over the nine departments, plainly labelled, in every state that a page can show.

They are listed in `datos/demostracion.csv`; `persona` is the key of the demonstration person who runs the
unit.
"""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlmodel import Session

from ciudadania import actor_de_persona, obtener_persona
from empresa_digital.registro import (
    Facultad,
    Habilitacion,
    NuevoMandato,
    TipoUnidad,
    habilitaciones,
    inscripcion,
    unidades_en_lote,
)
from nucleo.actor import Actor, Autorizacion
from nucleo.dinero import bs
from nucleo.ids import id_demo

ETIQUETA = "(demostración)"
NORMA = "Resolución de demostración 1/2026"
ARCHIVO = Path(__file__).parents[1] / "datos" / "registro.csv"


@dataclass(frozen=True, slots=True)
class UnidadDemo:
    """A unit to seed, and the state in which to leave it."""

    clave: str
    orden: int
    estado: str
    nombre: str
    tipo: TipoUnidad
    forma: str
    municipio: str
    actividad: str
    otras: list[str]
    persona: str
    facultades: tuple[Facultad, ...]
    habilitaciones: tuple[Habilitacion, ...]
    identificadores: dict[str, str]
    direccion: str
    descripcion: str

    @property
    def id(self) -> UUID:
        return id_demo(f"unidad:{self.clave}")

    @property
    def denominacion(self) -> str:
        return f"{self.nombre} {ETIQUETA}"

    @property
    def datos(self) -> dict[str, Any]:
        return {
            "tipo": self.tipo.value,
            "denominacion": self.denominacion,
            "forma_legal": self.forma,
            "municipio_ine": self.municipio,
            "actividad_ciiu": self.actividad,
            "actividades": self.otras,
            "direccion": self.direccion,
            "telefono": f"7110{self.orden:04d}",
            "correo": f"{self.clave}@example.test",
            "descripcion": self.descripcion,
            "identificadores": self.identificadores,
        }


@cache
def unidades_demo() -> dict[str, UnidadDemo]:
    """Every unit of the demonstration by its key."""
    with ARCHIVO.open(encoding="utf-8", newline="") as lector:
        return {
            fila["clave"]: _leer(orden, fila) for orden, fila in enumerate(csv.DictReader(lector), start=1)
        }


def _leer(orden: int, fila: dict[str, str]) -> UnidadDemo:
    return UnidadDemo(
        clave=fila["clave"],
        orden=orden,
        estado=fila["estado"],
        nombre=fila["nombre"],
        tipo=TipoUnidad(fila["tipo"]),
        forma=fila["forma"],
        municipio=fila["municipio"],
        actividad=fila["actividad"],
        otras=fila["otras"].split(),
        persona=fila["persona"],
        facultades=tuple(Facultad(f) for f in fila["facultades"].split()),
        habilitaciones=tuple(Habilitacion(h) for h in fila["habilitaciones"].split()),
        identificadores=dict(par.split("=", 1) for par in fila["identificadores"].split()),
        direccion=fila["direccion"],
        descripcion=fila["descripcion"],
    )


_OBSERVACION = "La referencia del domicilio no permite llegar: indique la comunidad y un punto conocido."


def sembrar(sesion: Session) -> None:
    """Create the demonstration units (idempotent: those that exist are left as they are)."""
    demos = unidades_demo().values()
    existen = unidades_en_lote(sesion, (demo.id for demo in demos))
    for demo in demos:
        if demo.id in existen:
            continue
        if demo.estado == "inscrita":
            _inscribir(sesion, demo)
        else:
            _tramitar(sesion, demo)


def _inscribir(sesion: Session, demo: UnidadDemo) -> None:
    administra = NuevoMandato(
        facultades=demo.facultades,
        persona_id=id_demo(f"persona:{demo.persona}"),
        subdelegable=True,
        documento=f"Poder {demo.orden}/2026 {ETIQUETA}",
    )
    inscripcion.inscribir_de_oficio(
        sesion,
        Autorizacion.propia(Actor.sistema("datos de demostración")),
        demo.datos,
        mandatos=[administra, *_ayudantes(demo)],
        habilitaciones=dict.fromkeys(demo.habilitaciones, NORMA),
        unidad_id=demo.id,
    )


def _ayudantes(demo: UnidadDemo) -> list[NuevoMandato]:
    """A second representative with less power, so that limits can be tried: Luis sells for the
    cooperative.
    """
    if demo.clave == "alcaldia":  # batches are prepared by one person and approved by another
        return [
            NuevoMandato(
                facultades=(Facultad.PAGAR,),
                persona_id=id_demo("persona:gobernacion"),
                monto_limite=bs(50000),
                documento=f"Resolución de delegación 7/2026 {ETIQUETA}",
            )
        ]
    if demo.clave != "tejidos":
        return []
    return [
        NuevoMandato(
            facultades=(Facultad.VENDER, Facultad.DESPACHAR),
            persona_id=id_demo("persona:luis"),
            monto_limite=bs(2000),
            documento=f"Acta de asamblea 4/2026 {ETIQUETA}",
        )
    ]


def _tramitar(sesion: Session, demo: UnidadDemo) -> None:
    """A registration that somebody began by themselves, left in its state."""
    duenio = _actor(sesion, demo.persona)
    regulador = _actor(sesion, "regulador")
    unidad = inscripcion.crear_borrador(sesion, duenio, demo.datos, unidad_id=demo.id)
    if demo.estado == "borrador":
        return
    inscripcion.presentar(sesion, duenio, unidad.id)
    if demo.estado in ("observada", "subsanada"):
        inscripcion.observar(sesion, regulador, unidad.id, _OBSERVACION)
    if demo.estado == "subsanada":
        inscripcion.presentar(sesion, duenio, unidad.id)
    if demo.estado in ("suspendida", "cancelada"):
        inscripcion.inscribir(sesion, regulador, unidad.id)
    if demo.estado == "suspendida":
        inscripcion.suspender(
            sesion, regulador, unidad.id, "No responde a las notificaciones desde hace un año."
        )
    if demo.estado == "cancelada":
        inscripcion.cancelar(sesion, duenio, unidad.id, "La titular cerró el taller.")
        _solicitudes_pendientes(sesion)


def _solicitudes_pendientes(sesion: Session) -> None:
    """Two qualities asked for and not yet decided, for the regulator's tray."""
    for clave in ("miel", "ceramica"):
        demo = unidades_demo()[clave]
        habilitaciones.solicitar_habilitacion(
            sesion, _actor(sesion, demo.persona), demo.id, Habilitacion.PROVEEDOR_DEL_ESTADO
        )


def _actor(sesion: Session, persona: str) -> Actor:
    return actor_de_persona(obtener_persona(sesion, id_demo(f"persona:{persona}")))
