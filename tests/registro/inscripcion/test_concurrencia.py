"""Races on real connections: one identifier, unique numbers, one version, and a feed that loses nothing."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from sqlalchemy import Engine, text
from sqlmodel import Session, select

from empresa_digital.registro import (
    EstadoUnidad,
    cambios,
    inscripcion,
    mandatos,
    verificar_registro,
)
from empresa_digital.registro.identificadores.errores import IdentificadorEnUso
from empresa_digital.registro.mandatos.consultas import mandatos_de
from empresa_digital.registro.mandatos.errores import UltimoAdministrador
from empresa_digital.registro.mandatos.otorgar import NuevoMandato
from empresa_digital.registro.mandatos.tipos import Facultad
from empresa_digital.registro.unidades.modelos import UnidadEconomica
from nucleo.bd import nueva_sesion, transaccion
from nucleo.errores import PrecondicionFallida

Crear = Callable[..., Any]


def _a_la_vez(funciones: list[Callable[[], Any]]) -> list[Any]:
    """Run all together from a barrier; each result, or the exception it raised."""
    barrera = threading.Barrier(len(funciones))

    def correr(funcion: Callable[[], Any]) -> Any:
        barrera.wait()
        try:
            return funcion()
        except Exception as error:
            return error

    with ThreadPoolExecutor(len(funciones)) as hilos:
        return list(hilos.map(correr, funciones))


def test_dos_unidades_con_el_mismo_nit_a_la_vez(
    sesion: Session, crear_persona: Crear, actor_de: Crear, borrador: Crear
) -> None:
    for ronda in range(5):
        ana = actor_de(crear_persona("Ana"))
        rivales = [
            borrador(ana, f"Rival {ronda} {n}", identificadores={"BO-NIT": f"77700{ronda}"}) for n in range(4)
        ]

        def presentar(unidad: UnidadEconomica, actor: Any = ana) -> EstadoUnidad:
            with transaccion() as propia:
                return inscripcion.presentar(propia, actor, unidad.id).estado

        resultados = _a_la_vez([lambda u=u: presentar(u) for u in rivales])

        assert resultados.count(EstadoUnidad.PRESENTADA) == 1, resultados
        assert sum(isinstance(r, IdentificadorEnUso) for r in resultados) == 3, resultados
        consulta = select(UnidadEconomica.estado).where(UnidadEconomica.id.in_([u.id for u in rivales]))  # type: ignore[attr-defined]
        assert sorted(sesion.exec(consulta).all()) == ["borrador", "borrador", "borrador", "presentada"]
        sesion.rollback()
    assert verificar_registro(sesion) == []


def test_los_numeros_no_se_repiten_con_veinte_hilos(
    sesion: Session, crear_persona: Crear, actor_de: Crear
) -> None:
    ana = actor_de(crear_persona("Ana"))

    def crear(n: int) -> str:
        with transaccion() as propia:
            return inscripcion.crear_borrador(
                propia, ana, {"tipo": "EMPRESA", "denominacion": f"Unidad {n}"}
            ).numero

    numeros = _a_la_vez([lambda n=n: crear(n) for n in range(20)])

    assert len(set(numeros)) == 20, numeros
    assert verificar_registro(sesion) == []


def test_dos_ediciones_de_la_misma_version(
    sesion: Session, crear_persona: Crear, actor_de: Crear, borrador: Crear
) -> None:
    ana = actor_de(crear_persona("Ana"))
    unidad = borrador(ana)

    def editar(telefono: str) -> int:
        with transaccion() as propia:
            return inscripcion.editar_unidad(
                propia, ana, unidad.id, {"telefono": telefono}, version=1
            ).version

    resultados = _a_la_vez([lambda t=t: editar(t) for t in ("71111111", "72222222", "73333333")])

    assert resultados.count(2) == 1, resultados
    assert sum(isinstance(r, PrecondicionFallida) for r in resultados) == 2
    assert verificar_registro(sesion) == []


def test_dos_administradores_no_renuncian_a_la_vez(
    sesion: Session, crear_persona: Crear, actor_de: Crear, crear_unidad: Crear
) -> None:
    ana, luis = crear_persona("Ana"), crear_persona("Luis")
    unidad = crear_unidad(representante=ana, facultades=["ADMINISTRAR"])
    with transaccion() as propia:
        otorgado = mandatos.otorgar_mandato(
            propia, actor_de(ana), unidad.id, NuevoMandato((Facultad.ADMINISTRAR,), persona_id=luis.id)
        )
        mandatos.aceptar_mandato(propia, actor_de(luis), otorgado.id)
    suyos = {m.apoderado_persona_id: m.id for m in mandatos_de(sesion, unidad.id)}
    assert suyos[luis.id] == otorgado.id
    sesion.rollback()

    def renunciar(quien: Any) -> bool:
        with transaccion() as propia:
            mandatos.revocar_mandato(propia, actor_de(quien), suyos[quien.id], "adiós")
        return True

    resultados = _a_la_vez([lambda: renunciar(ana), lambda: renunciar(luis)])

    assert resultados.count(True) == 1, resultados
    assert len(mandatos_de(sesion, unidad.id, solo_vigentes=True)) == 1
    with transaccion() as propia:
        (queda,) = mandatos_de(propia, unidad.id, solo_vigentes=True)
        duenio = ana if queda.apoderado_persona_id == ana.id else luis
        try:
            mandatos.revocar_mandato(propia, actor_de(duenio), queda.id, "renuncio")
        except UltimoAdministrador:
            return
    raise AssertionError("the unit was left without an administrator")


def test_el_ultimo_en_confirmar_es_el_ultimo_numero(
    bd: Engine, crear_persona: Crear, actor_de: Crear, borrador: Crear
) -> None:
    """The measured trap, forced: who wrote first commits last. A reader in between must not skip it."""
    ana = actor_de(crear_persona("Ana"))
    lenta, rapida = borrador(ana, "La lenta"), borrador(ana, "La rápida")
    with nueva_sesion() as lectora:
        base = cambios(lectora)[-1].numero
    with nueva_sesion() as primera:
        inscripcion.editar_unidad(primera, ana, lenta.id, {"telefono": "71111111"}, version=1)
        with transaccion() as segunda:
            inscripcion.editar_unidad(segunda, ana, rapida.id, {"telefono": "72222222"}, version=1)
        with nueva_sesion() as lectora:
            vistos = cambios(lectora, base)
        assert [(c.numero, c.unidad) for c in vistos] == [(base + 1, rapida.numero)]
        primera.commit()
    with nueva_sesion() as lectora:
        assert [(c.numero, c.unidad) for c in cambios(lectora, vistos[-1].numero)] == [
            (base + 2, lenta.numero)
        ]


def test_quien_sigue_los_cambios_no_pierde_ninguno(
    bd: Engine, sesion: Session, crear_persona: Crear, actor_de: Crear, borrador: Crear
) -> None:
    """Eight writers that pause before committing, some roll back; a reader polls from its last number."""
    ana = actor_de(crear_persona("Ana"))
    mias = [borrador(ana, f"Unidad {n}") for n in range(8)]
    base = cambios(sesion)[-1].numero
    sesion.rollback()
    fin = threading.Event()
    leidos: list[int] = []

    def leer() -> None:
        desde = base
        while True:
            terminado = fin.is_set()
            with nueva_sesion() as propia:
                filas = cambios(propia, desde)
            leidos.extend(f.numero for f in filas)
            desde = filas[-1].numero if filas else desde
            if terminado and not filas:
                return

    def escribir(unidad: UnidadEconomica, pausa_s: float) -> None:
        for vuelta in range(8):
            with nueva_sesion() as propia:
                version = propia.get_one(UnidadEconomica, unidad.id).version
                inscripcion.editar_unidad(
                    propia, ana, unidad.id, {"telefono": f"7000{vuelta:04d}"}, version=version
                )
                time.sleep(pausa_s)
                propia.rollback() if vuelta % 4 == 3 else propia.commit()

    lector = threading.Thread(target=leer)
    lector.start()
    resultados = _a_la_vez([lambda n=n, u=u: escribir(u, 0.001 * n) for n, u in enumerate(mias)])
    fin.set()
    lector.join()

    assert resultados == [None] * 8
    escritos = 8 * 6
    assert leidos == list(range(base + 1, base + escritos + 1))
    with bd.connect() as conexion:
        total = conexion.execute(text("SELECT count(*) FROM registro_asiento")).scalar_one()
    assert total == base + escritos
    assert verificar_registro(sesion) == []
