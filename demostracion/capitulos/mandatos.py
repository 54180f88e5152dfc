"""Who acted for whom over the year: helpers for a season, one who left, and an accountant with clients."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from uuid import UUID

from sqlmodel import Session

from demostracion.capitulos.registro import unidades_demo
from demostracion.elenco import ETIQUETA, actor, id_de_persona, id_de_unidad
from demostracion.relato import Epoca, Paso, a_las, capitulo
from empresa_digital.registro import (
    Facultad,
    NuevoMandato,
    aceptar_mandato,
    mandatos_dados,
    otorgar_mandato,
    revocar_mandato,
)
from nucleo.dinero import bs
from nucleo.reloj import ahora_bd


@dataclass(frozen=True, slots=True)
class Encargo:
    """A mandate: on which day of the story, whose, to whom (a person or a unit), for what, until when."""

    dia: int
    de: str
    a: str
    facultades: tuple[Facultad, ...]
    limite: str | None = None
    dura_dias: int | None = None
    revocado_dia: int | None = None
    motivo: str = ""
    a_unidad: bool = False


OFICINA = "contable"
LLEVA = (Facultad.CONSULTAR, Facultad.TRAMITAR, Facultad.PRESENTAR, Facultad.BUZON)
ENCARGOS = (
    # Helpers: their time ended, or somebody ended it.
    Encargo(20, "tejidos", "quinua", (Facultad.CONSULTAR, Facultad.VENDER), "500", dura_dias=75),
    Encargo(41, "ferreteria", "luis", (Facultad.DESPACHAR,), revocado_dia=170, motivo="Terminó su contrato."),
    Encargo(62, "cafe", "madera", (Facultad.VENDER,), "1000", revocado_dia=139, motivo="Vuelve a su taller."),
    Encargo(95, "papeleria", "cafe", (Facultad.OFERTAR,), "8000", dura_dias=120),
    Encargo(210, "madera", "ferreteria", (Facultad.DESPACHAR,), dura_dias=40),
    Encargo(330, "quinua", "tejidos", (Facultad.CONSULTAR, Facultad.TRAMITAR), dura_dias=180),
    # The accountant's clients: one left, the last one has just come.
    Encargo(48, "tejidos", OFICINA, LLEVA, a_unidad=True),
    Encargo(77, "cafe", OFICINA, LLEVA, a_unidad=True),
    Encargo(
        83, "quinua", OFICINA, LLEVA, a_unidad=True, revocado_dia=240, motivo="Llevará sus propios libros."
    ),
    Encargo(151, "papeleria", OFICINA, LLEVA, a_unidad=True),
    Encargo(222, "ferreteria", OFICINA, LLEVA, a_unidad=True, dura_dias=365),
    Encargo(352, "madera", OFICINA, LLEVA, a_unidad=True, dura_dias=365),
)


@capitulo("empresa_digital.registro.mandatos")
def pasos(epoca: Epoca) -> Iterator[Paso]:
    for numero, encargo in enumerate(ENCARGOS, start=1):
        cuando = a_las(epoca.desde + timedelta(days=encargo.dia), 9 + numero / 2)
        yield Paso(cuando, f"{numero}: otorga", partial(_otorgar, encargo=encargo))
        acepta = cuando + timedelta(hours=3 + numero)
        yield Paso(acepta, f"{numero}: acepta", partial(_aceptar, encargo=encargo))
        if encargo.revocado_dia is not None:
            fin = a_las(epoca.desde + timedelta(days=encargo.revocado_dia), 16.2)
            yield Paso(fin, f"{numero}: revoca", partial(_revocar, encargo=encargo))


def _otorgar(sesion: Session, encargo: Encargo) -> None:
    hasta = ahora_bd(sesion) + timedelta(days=encargo.dura_dias) if encargo.dura_dias else None
    nuevo = NuevoMandato(
        facultades=encargo.facultades,
        persona_id=None if encargo.a_unidad else id_de_persona(encargo.a),
        unidad_id=id_de_unidad(encargo.a) if encargo.a_unidad else None,
        monto_limite=bs(encargo.limite) if encargo.limite else None,
        hasta=hasta,
        documento=f"Carta poder de {encargo.de} {ETIQUETA}",
    )
    demo = unidades_demo()[encargo.de]
    otorgar_mandato(sesion, actor(sesion, demo.persona), demo.id, nuevo)


def _aceptar(sesion: Session, encargo: Encargo) -> None:
    quien = unidades_demo()[encargo.a].persona if encargo.a_unidad else encargo.a
    aceptar_mandato(sesion, actor(sesion, quien), _el_suyo(sesion, encargo))


def _revocar(sesion: Session, encargo: Encargo) -> None:
    quien = actor(sesion, unidades_demo()[encargo.de].persona)
    revocar_mandato(sesion, quien, _el_suyo(sesion, encargo), encargo.motivo)


def _el_suyo(sesion: Session, encargo: Encargo) -> UUID:
    """The mandate of that errand: the last one to them that nobody ended."""
    suyo = id_de_unidad(encargo.a) if encargo.a_unidad else id_de_persona(encargo.a)
    hallados = [
        mandato.id
        for mandato in mandatos_dados(sesion, id_de_unidad(encargo.de))
        if suyo in (mandato.unidad_id, mandato.persona_id) and not mandato.revocado
    ]
    return hallados[-1]
