"""Demonstration units over the nine departments, plainly labelled, in every state that a page can show.

They are listed in `datos/registro.csv`; `persona` is the key of the demonstration person who runs the
unit.
"""

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache, partial
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlmodel import Session

from demostracion.elenco import ETIQUETA, actor, id_de_persona, id_de_unidad
from demostracion.relato import Epoca, Paso, capitulo
from empresa_digital.registro import (
    Facultad,
    Habilitacion,
    Materia,
    NuevaCompetencia,
    NuevoMandato,
    TipoUnidad,
    habilitaciones,
    inscripcion,
    otorgar_competencia_con,
)
from nucleo.actor import Actor, Autorizacion
from nucleo.dinero import bs
from nucleo.reloj import ahora_bd, fecha_bolivia

NORMA = "LEY-1398"
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
        return id_de_unidad(self.clave)

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


@capitulo("empresa_digital.registro")
def pasos(epoca: Epoca) -> Iterator[Paso]:
    """The registered units over some weeks; then those on their way, lately."""
    hoy = epoca.hoy
    for demo in unidades_demo().values():
        if demo.estado == "inscrita":
            yield Paso(hoy - timedelta(days=88 - demo.orden / 2), demo.clave, partial(_inscribir, demo=demo))
    for demo in unidades_demo().values():
        if demo.estado != "inscrita":
            yield from _tramite(demo, hoy - timedelta(days=60 - demo.orden))
    yield Paso(hoy - timedelta(days=1.5), "solicitudes", _solicitudes_pendientes)


def _inscribir(sesion: Session, demo: UnidadDemo) -> None:
    administra = NuevoMandato(
        facultades=demo.facultades,
        persona_id=id_de_persona(demo.persona),
        subdelegable=True,
        documento=f"Poder {demo.orden}/2026 {ETIQUETA}",
    )
    oficio = Autorizacion.propia(Actor.sistema("datos de demostración"))
    inscripcion.inscribir_de_oficio(
        sesion,
        oficio,
        demo.datos,
        mandatos=[administra, *_ayudantes(demo)],
        habilitaciones=dict.fromkeys(demo.habilitaciones, NORMA),
        unidad_id=demo.id,
    )
    if demo.clave == "regulador":
        hoy = fecha_bolivia(ahora_bd(sesion))
        for materia in Materia:
            otorgar_competencia_con(sesion, demo.id, oficio, NuevaCompetencia(materia, NORMA, hoy))


def _ayudantes(demo: UnidadDemo) -> list[NuevoMandato]:
    """A second representative with less power, so that limits can be tried: Luis sells for the
    cooperative.
    """
    if demo.clave == "alcaldia":  # batches are prepared by one person and approved by another
        return [
            NuevoMandato(
                facultades=(Facultad.CONSULTAR, Facultad.BUZON, Facultad.PAGAR),
                persona_id=id_de_persona("gobernacion"),
                monto_limite=bs(50000),
                documento=f"Resolución de delegación 7/2026 {ETIQUETA}",
            )
        ]
    if demo.clave != "tejidos":
        return []
    return [
        NuevoMandato(
            facultades=(Facultad.CONSULTAR, Facultad.BUZON, Facultad.VENDER, Facultad.DESPACHAR),
            persona_id=id_de_persona("luis"),
            monto_limite=bs(2000),
            documento=f"Acta de asamblea 4/2026 {ETIQUETA}",
        )
    ]


def _tramite(demo: UnidadDemo, inicio: datetime) -> Iterator[Paso]:
    """A registration that somebody began by themselves, up to its state: a day between two acts."""
    duenio, regulador = partial(actor, clave=demo.persona), partial(actor, clave="regulador")
    actos: list[Callable[[Session], object]] = [
        lambda s: inscripcion.crear_borrador(s, duenio(s), demo.datos, unidad_id=demo.id)
    ]
    if demo.estado != "borrador":
        actos.append(lambda s: inscripcion.presentar(s, duenio(s), demo.id))
    if demo.estado in ("observada", "subsanada"):
        actos.append(lambda s: inscripcion.observar(s, regulador(s), demo.id, _OBSERVACION))
    if demo.estado == "subsanada":
        actos.append(lambda s: inscripcion.presentar(s, duenio(s), demo.id))
    if demo.estado in ("suspendida", "cancelada"):
        actos.append(lambda s: inscripcion.inscribir(s, regulador(s), demo.id))
    if demo.estado == "suspendida":
        motivo = "No responde a las notificaciones desde hace un año."
        actos.append(lambda s: inscripcion.suspender(s, regulador(s), demo.id, motivo))
    if demo.estado == "cancelada":
        actos.append(lambda s: inscripcion.cancelar(s, duenio(s), demo.id, "La titular cerró el taller."))
    for numero, hacer in enumerate(actos):
        yield Paso(inicio + timedelta(days=numero), f"{demo.clave} {numero}", hacer)


def _solicitudes_pendientes(sesion: Session) -> None:
    """Two qualities asked for and not yet decided, for the regulator's tray."""
    for clave in ("miel", "ceramica"):
        demo = unidades_demo()[clave]
        habilitaciones.solicitar_habilitacion(
            sesion, actor(sesion, demo.persona), demo.id, Habilitacion.PROVEEDOR_DEL_ESTADO
        )
