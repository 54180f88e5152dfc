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
from random import Random
from typing import Any
from uuid import UUID

from sqlmodel import Session

from demostracion.elenco import ETIQUETA, actor, id_de_persona, id_de_unidad
from demostracion.relato import Epoca, Paso, a_las, capitulo
from empresa_digital.registro import (
    Facultad,
    Habilitacion,
    Materia,
    NuevaCompetencia,
    NuevoMandato,
    TipoUnidad,
    habilitaciones,
    inscripcion,
    mandatos,
    otorgar_competencia_con,
    unidad_por_id,
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
FUNDADORAS = 13  # the first of the file: the State's, the operators, and who sold from the beginning
ANTES_DE_LA_TIENDA = timedelta(days=105)  # everybody who sells or offers is registered by then


@capitulo("empresa_digital.registro")
def pasos(epoca: Epoca) -> Iterator[Paso]:
    """The first units at one go; then those that registered themselves, more and more of them; and those on
    their way.
    """
    unidades = unidades_demo().values()
    for demo in unidades:
        if demo.orden <= FUNDADORAS:
            yield Paso(a_las(epoca.desde, 8 + demo.orden / 3), demo.clave, partial(_inscribir, demo=demo))
    for clave, inicio in inicios(epoca).items():
        yield from _inscripcion(unidades_demo()[clave], inicio, epoca.azar(f"inscripción de {clave}"))
    yield from _incidentes(epoca)
    for demo in unidades:
        if demo.estado not in ("inscrita", "suspendida", "cancelada"):
            yield from _tramite(demo, epoca.hoy - timedelta(days=60 - demo.orden))
    yield Paso(epoca.hoy - timedelta(days=45), "clientes de la papelería", _clientes)
    yield Paso(epoca.hoy - timedelta(days=1.5), "solicitudes", _solicitudes_pendientes)


def inicios(epoca: Epoca) -> dict[str, datetime]:
    """When each of the units that registered themselves began: fewer at first, on working days."""
    suyas = [d for d in unidades_demo().values() if d.orden > FUNDADORAS and d.estado == "inscrita"]
    dias = max((epoca.hoy - ANTES_DE_LA_TIENDA - a_las(epoca.desde, 0)).days, 15) - 15
    azar, hallados = epoca.azar("inscripciones"), {}
    for numero, demo in enumerate(suyas):
        dia = epoca.desde + timedelta(days=5 + int(dias * (numero / len(suyas)) ** 0.7))
        while dia.weekday() > 4:
            dia += timedelta(days=1)
        hallados[demo.clave] = a_las(dia, azar.uniform(8.5, 11))
    return hallados


def _inscripcion(demo: UnidadDemo, inicio: datetime, azar: Random) -> Iterator[Paso]:
    """What its owner and the authority did, one act after the other; one in three was observed and mended."""
    duenio, regulador = partial(actor, clave=demo.persona), partial(actor, clave="regulador")
    datos = demo.datos
    corregida = datos["direccion"]
    actos: list[tuple[str, Callable[[Session], object]]] = []
    if azar.random() < 1 / 3:
        datos["direccion"] = "Cerca de la plaza"
        actos += [
            ("observación", lambda s: inscripcion.observar(s, regulador(s), demo.id, _OBSERVACION)),
            ("corrección", partial(_corregir, demo=demo, direccion=corregida)),
            ("otra vez", lambda s: inscripcion.presentar(s, duenio(s), demo.id)),
        ]
    actos = [
        ("borrador", lambda s: inscripcion.crear_borrador(s, duenio(s), datos, unidad_id=demo.id)),
        ("presentación", lambda s: inscripcion.presentar(s, duenio(s), demo.id)),
        *actos,
        ("inscripción", lambda s: inscripcion.inscribir(s, regulador(s), demo.id)),
    ]
    if demo.habilitaciones:
        actos += [
            ("pide sus calidades", partial(_pedir_calidades, demo=demo)),
            ("las obtiene", partial(_otorgar_calidades, demo=demo, calidades=demo.habilitaciones)),
        ]
    cuando = inicio
    for nombre, hacer in actos:
        yield Paso(cuando, f"{demo.clave}: {nombre}", hacer)
        cuando += timedelta(hours=azar.choice((1, 2, 3, 24, 26)), minutes=azar.randrange(60))


def _corregir(sesion: Session, demo: UnidadDemo, direccion: str) -> None:
    version = unidad_por_id(sesion, demo.id).version
    cambios = {"direccion": direccion}
    inscripcion.editar_unidad(sesion, actor(sesion, demo.persona), demo.id, cambios, version=version)


def _pedir_calidades(sesion: Session, demo: UnidadDemo) -> None:
    for calidad in demo.habilitaciones:
        habilitaciones.solicitar_habilitacion(sesion, actor(sesion, demo.persona), demo.id, calidad)


def _otorgar_calidades(sesion: Session, demo: UnidadDemo, calidades: tuple[Habilitacion, ...]) -> None:
    regulador, desde = actor(sesion, "regulador"), fecha_bolivia(ahora_bd(sesion))
    for calidad in calidades:
        habilitaciones.otorgar_habilitacion(sesion, regulador, demo.id, calidad, norma=NORMA, desde=desde)


def _incidentes(epoca: Epoca) -> Iterator[Paso]:
    """One unit was suspended and restored, one lost and got back a quality, one is suspended, one closed."""
    regulador = partial(actor, clave="regulador")
    for demo in unidades_demo().values():
        if demo.estado in ("suspendida", "cancelada"):
            yield from _tramite(demo, a_las(epoca.desde + timedelta(days=10 + demo.orden), 9.5))
    inicio = inicios(epoca)["ceramica"] + timedelta(days=45)
    id, motivo = id_de_unidad("ceramica"), "El domicilio declarado no existe: la carta fue devuelta."
    yield Paso(inicio, "ceramica: suspensión", lambda s: inscripcion.suspender(s, regulador(s), id, motivo))
    vuelve = inicio + timedelta(days=16)
    yield Paso(vuelve, "ceramica: rehabilitación", lambda s: inscripcion.rehabilitar(s, regulador(s), id))
    demo, calidad = unidades_demo()["ferreteria"], Habilitacion.PROVEEDOR_DEL_ESTADO
    yield Paso(
        inicio + timedelta(days=30),
        "ferreteria: pierde una calidad",
        lambda s: habilitaciones.suspender_habilitacion(
            s, regulador(s), demo.id, calidad, "Entregó tarde dos veces."
        ),
    )
    otorgar = partial(_otorgar_calidades, demo=demo, calidades=(calidad,))
    yield Paso(inicio + timedelta(days=60), "ferreteria: la recupera", otorgar)


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
    if demo.clave == "alcaldia":  # batches and purchases are prepared by one person and approved by another
        return [
            NuevoMandato(
                facultades=(Facultad.CONSULTAR, Facultad.BUZON, Facultad.COMPRAR, Facultad.PAGAR),
                persona_id=id_de_persona("gobernacion"),
                monto_limite=bs(50000),
                documento=f"Resolución de delegación 7/2026 {ETIQUETA}",
            )
        ]
    if demo.clave == "regulador":  # some decisions are of two people
        return [NuevoMandato(facultades=(Facultad.REGULAR,), persona_id=id_de_persona("vocal"))]
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
    """A registration that somebody began by themselves, up to its state."""
    duenio, regulador = partial(actor, clave=demo.persona), partial(actor, clave="regulador")
    actos: list[tuple[float, Callable[[Session], object]]] = [
        (0, lambda s: inscripcion.crear_borrador(s, duenio(s), demo.datos, unidad_id=demo.id))
    ]
    if demo.estado != "borrador":
        actos.append((1, lambda s: inscripcion.presentar(s, duenio(s), demo.id)))
    if demo.estado in ("observada", "subsanada"):
        actos.append((2, lambda s: inscripcion.observar(s, regulador(s), demo.id, _OBSERVACION)))
    if demo.estado == "subsanada":
        actos.append((3, lambda s: inscripcion.presentar(s, duenio(s), demo.id)))
    if demo.estado in ("suspendida", "cancelada"):
        actos.append((2, lambda s: inscripcion.inscribir(s, regulador(s), demo.id)))
    if demo.estado == "suspendida":
        motivo = "No responde a las notificaciones desde hace meses."
        actos.append((210, lambda s: inscripcion.suspender(s, regulador(s), demo.id, motivo)))
    if demo.estado == "cancelada":
        cierra = "La titular cerró el taller."
        actos.append((160, lambda s: inscripcion.cancelar(s, duenio(s), demo.id, cierra)))
    for numero, (dias, hacer) in enumerate(actos):
        yield Paso(inicio + timedelta(days=dias), f"{demo.clave} {numero}", hacer)


CLIENTES = (
    "tejidos",
    "cafe",
    "madera",
    "quinua",
    "ferreteria",
    "sombreros",
    "chocolate",
    "miel",
    "llama",
    "sal",
)
"""Whose papers Paula's shop does; Luis, who works there, serves the first four."""


def _clientes(sesion: Session) -> None:
    """Ten units let the stationer's shop prepare and submit for them; Paula says who serves whom."""
    papeleria, paula = unidades_demo()["papeleria"], actor(sesion, "papeleria")
    de_luis = NuevoMandato((Facultad.CONSULTAR, Facultad.TRAMITAR), persona_id=id_de_persona("luis"))
    dado = mandatos.otorgar_mandato(sesion, paula, papeleria.id, de_luis)
    mandatos.aceptar_mandato(sesion, actor(sesion, "luis"), dado.id)
    for numero, clave in enumerate(CLIENTES):
        cliente = unidades_demo()[clave]
        nuevo = NuevoMandato(
            (Facultad.CONSULTAR, Facultad.TRAMITAR, Facultad.PRESENTAR),
            unidad_id=papeleria.id,
            documento=f"Contrato de servicios {numero + 1}/2026 {ETIQUETA}",
        )
        dado = mandatos.otorgar_mandato(sesion, actor(sesion, cliente.persona), cliente.id, nuevo)
        mandatos.aceptar_mandato(sesion, paula, dado.id)
        if numero < 4:
            personas = [id_de_persona("papeleria"), id_de_persona("luis")]
            mandatos.asignar_cliente(sesion, paula, dado.id, personas)


def _solicitudes_pendientes(sesion: Session) -> None:
    """Two qualities asked for and not yet decided, for the regulator's tray."""
    for clave in ("miel", "ceramica"):
        demo = unidades_demo()[clave]
        habilitaciones.solicitar_habilitacion(
            sesion, actor(sesion, demo.persona), demo.id, Habilitacion.PROVEEDOR_DEL_ESTADO
        )
