"""Races forced on real connections: bids at the close, twin acts, serials."""

import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlmodel import Session, func, select

from feria_inversa.actos.modelos import Acta
from feria_inversa.apertura.acta import ActaDeApertura
from feria_inversa.apertura.apertura import abrir_convocatoria
from feria_inversa.contratos.modelos import OrdenDeCompra
from feria_inversa.contratos.ordenes import emitir_ordenes
from feria_inversa.datos_abiertos.modelos import ActoPublico
from feria_inversa.evaluacion.adjudicacion import adjudicar
from feria_inversa.evaluacion.esquemas import DecisionEntrada
from feria_inversa.evaluacion.modelos import Adjudicacion
from feria_inversa.ofertas import ofertas
from feria_inversa.ofertas.errores import OfertaTardia, OfertaYaPresentada
from feria_inversa.ofertas.modelos import Oferta, OfertaLinea, Sobre
from feria_inversa.ofertas.ofertas import presentar_oferta
from feria_inversa.procesos.bloqueos import bloquear
from feria_inversa.procesos.convocatorias import agregar_item, cerrar_si_vencio, publicar_convocatoria
from feria_inversa.procesos.errores import EstadoNoPermite
from feria_inversa.procesos.modelos import Convocatoria
from feria_inversa.procesos.tareas import cerrar_recepciones
from nucleo.bd import nueva_sesion, transaccion
from nucleo.errores import ErrorDominio
from nucleo.reloj import ahora
from tests.feria_inversa.conftest import Feria, Parte, item, linea

T = TypeVar("T")


MOTIVO = "Entrega antes, y las dos cuestan lo mismo."


def a_la_vez(acciones: Sequence[Callable[[], T]]) -> list[T | ErrorDominio]:
    """Run all at the same instant; what each returned, or the domain error it raised."""
    barrera = threading.Barrier(len(acciones), timeout=30)

    def correr(accion: Callable[[], T]) -> T | ErrorDominio:
        barrera.wait()
        try:
            return accion()
        except ErrorDominio as error:
            return error

    with ThreadPoolExecutor(len(acciones)) as grupo:
        return list(grupo.map(correr, acciones))


def contar(sesion: Session, modelo: Any) -> int:
    cuantos = int(sesion.exec(select(func.count()).select_from(modelo)).one())
    sesion.rollback()
    return cuantos


def en_transaccion(accion: Callable[[Session], T]) -> Callable[[], T]:
    def correr() -> T:
        with transaccion() as sesion:
            return accion(sesion)

    return correr


def _esperar_a(instante: datetime) -> None:
    pausa = (instante - ahora()).total_seconds()
    if pausa > 0:
        time.sleep(pausa)


def _ronda_en_el_cierre(
    feria: Feria, oferentes: Sequence[Parte], monkeypatch: pytest.MonkeyPatch
) -> tuple[UUID, datetime, dict[UUID, bool]]:
    """One call and bids whose clock is read within 50 ms of its close; who got in.

    Half of them wait holding the call's row, the rest before asking for it, while the sweep closes without
    rest. The first one bids long before, and the last one asks when it is over, however slow the machine.
    """
    convocatoria = feria.publicada()
    item = feria.items(convocatoria.id)[0]
    original = ofertas.lugar_de
    metas: dict[UUID, datetime] = {oferentes[0].id: ahora()}

    def esperar_y_seguir(propia: Session, convocatoria_id: UUID, unidad_id: UUID) -> None:
        _esperar_a(metas[unidad_id])
        original(propia, convocatoria_id, unidad_id)

    monkeypatch.setattr(ofertas, "lugar_de", esperar_y_seguir)
    entraron: dict[UUID, bool] = {}

    def ofertar(parte: Parte) -> None:
        try:
            with transaccion() as propia:
                lineas = [linea(item.id, "400.00")]
                presentar_oferta(propia, parte.actor, convocatoria.id, parte.id, lineas)
            entraron[parte.id] = True
        except OfertaTardia:
            entraron[parte.id] = False

    ofertar(oferentes[0])
    cierre = ahora() + timedelta(seconds=1)
    feria.vence_en(convocatoria.id, cierre)

    def ofertar_en_el_cierre(n: int, parte: Parte) -> None:
        metas[parte.id] = cierre + timedelta(milliseconds=-50 + 100 * n / (len(oferentes) - 1))
        if n % 2:
            _esperar_a(metas[parte.id])
        ofertar(parte)

    def cerrar() -> None:
        _esperar_a(cierre - timedelta(milliseconds=50))
        while ahora() < cierre + timedelta(milliseconds=200):
            cerrar_recepciones()

    with ThreadPoolExecutor(len(oferentes) + 1) as grupo:
        tareas = [grupo.submit(cerrar)]
        tareas += [grupo.submit(ofertar_en_el_cierre, n, p) for n, p in enumerate(oferentes) if n]
        for tarea in tareas:
            tarea.result(timeout=60)
    monkeypatch.undo()
    return convocatoria.id, cierre, entraron


def test_ofertas_alrededor_del_cierre_ninguna_mal_archivada(
    feria: Feria, sesion: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    oferentes = [feria.crear_parte(f"Taller {n:02d}") for n in range(24)]
    vistas: set[bool] = set()
    for _ronda in range(2):
        convocatoria_id, cierre, entraron = _ronda_en_el_cierre(feria, oferentes, monkeypatch)
        vistas |= set(entraron.values())
        assert len(entraron) == 24

        guardadas = sesion.exec(select(Oferta).where(Oferta.convocatoria_id == convocatoria_id)).all()
        assert {oferta.unidad_id for oferta in guardadas} == {u for u, entro in entraron.items() if entro}
        assert all(oferta.presentada_en < cierre for oferta in guardadas)
        sesion.rollback()
        cerrar_recepciones()
        with transaccion() as otra:
            acta = abrir_convocatoria(otra, feria.entidad.actor, convocatoria_id)
        assert acta.ofertas == len(guardadas)
    assert vistas == {True, False}
    assert contar(sesion, Sobre) == contar(sesion, Oferta) == contar(sesion, OfertaLinea)


def _hay_quien_espera(sesion: Session) -> bool:
    consulta = text(
        "SELECT count(*) FROM pg_stat_activity "
        "WHERE datname = current_database() AND wait_event_type = 'Lock'"
    )
    hay = int(sesion.connection().execute(consulta).scalar_one()) > 0
    sesion.rollback()
    return hay


def test_dos_que_anaden_items_a_la_vez_no_se_pisan(feria: Feria, sesion: Session) -> None:
    """An item is added to those that there are when the draft is one's own, not to those seen before."""
    convocatoria = feria.borrador()
    antes = len(feria.items(convocatoria.id))

    def anadir() -> None:
        with transaccion() as otra:
            agregar_item(otra, feria.entidad.actor, convocatoria.id, item("Sillas", "4", "100.00"))

    with nueva_sesion() as lenta, ThreadPoolExecutor(1) as grupo:
        agregar_item(lenta, feria.entidad.actor, convocatoria.id, item("Mesas", "2", "300.00"))
        segunda = grupo.submit(anadir)
        while not _hay_quien_espera(sesion):
            assert not segunda.done()
        lenta.commit()
        segunda.result(timeout=30)
    assert [i.descripcion for i in feria.items(convocatoria.id)][antes:] == ["Mesas", "Sillas"]


def test_el_cierre_espera_a_la_oferta_que_llego_a_tiempo(feria: Feria, sesion: Session, reloj: Any) -> None:
    convocatoria = feria.publicada()
    item = feria.items(convocatoria.id)[0]
    with nueva_sesion() as lenta:
        presentar_oferta(lenta, feria.ana.actor, convocatoria.id, feria.ana.id, [linea(item.id, "400.00")])
        reloj.adelantar(timedelta(days=10, seconds=1))
        with ThreadPoolExecutor(1) as grupo:
            cierre = grupo.submit(cerrar_recepciones)
            while not _hay_quien_espera(sesion):
                assert not cierre.done()
            lenta.commit()
            assert cierre.result(timeout=30) == 1

    with transaccion() as otra:
        assert abrir_convocatoria(otra, feria.entidad.actor, convocatoria.id).ofertas == 1


def test_la_oferta_que_espera_al_cierre_es_tardia(feria: Feria, sesion: Session, reloj: Any) -> None:
    convocatoria = feria.publicada()
    item = feria.items(convocatoria.id)[0]
    lista, seguir = threading.Event(), threading.Event()

    def ofertar() -> None:
        with transaccion() as propia:
            propia.connection()  # its clock is fixed here, before the deadline
            lista.set()
            assert seguir.wait(30)
            presentar_oferta(
                propia, feria.ana.actor, convocatoria.id, feria.ana.id, [linea(item.id, "400.00")]
            )

    with ThreadPoolExecutor(1) as grupo:
        oferta = grupo.submit(ofertar)
        assert lista.wait(30)
        reloj.adelantar(timedelta(days=10, seconds=1))
        with nueva_sesion() as barrido:
            assert cerrar_si_vencio(barrido, bloquear(barrido, convocatoria.id))
            seguir.set()
            while not _hay_quien_espera(sesion):
                assert not oferta.done()
            barrido.commit()
        with pytest.raises(OfertaTardia):
            oferta.result(timeout=30)

    assert contar(sesion, Oferta) == 0


def test_dos_ofertas_iguales_a_la_vez_entra_una(feria: Feria, sesion: Session) -> None:
    convocatoria = feria.publicada()
    item = feria.items(convocatoria.id)[0]

    def ofertar(propia: Session) -> UUID:
        return presentar_oferta(
            propia, feria.ana.actor, convocatoria.id, feria.ana.id, [linea(item.id, "400.00")]
        ).id

    resultados = a_la_vez([en_transaccion(ofertar)] * 4)

    assert sum(isinstance(r, UUID) for r in resultados) == 1
    assert sum(isinstance(r, OfertaYaPresentada) for r in resultados) == 3
    assert (contar(sesion, Oferta), contar(sesion, Sobre)) == (1, 1)


def test_el_mismo_envio_repetido_a_la_vez_es_una_oferta(feria: Feria, sesion: Session) -> None:
    from nucleo.ids import nuevo_id

    convocatoria = feria.publicada()
    item = feria.items(convocatoria.id)[0]
    id_ = nuevo_id()

    def ofertar(propia: Session) -> UUID:
        lineas = [linea(item.id, "400.00")]
        return presentar_oferta(propia, feria.ana.actor, convocatoria.id, feria.ana.id, lineas, id_=id_).id

    assert a_la_vez([en_transaccion(ofertar)] * 4) == [id_] * 4
    assert (contar(sesion, Oferta), contar(sesion, Sobre)) == (1, 1)


def test_dos_aperturas_a_la_vez_una_acta(feria: Feria, sesion: Session, reloj: Any) -> None:
    convocatoria = feria.publicada()
    feria.ofertar(feria.ana, convocatoria.id, ["400.00", "700.00"])
    reloj.adelantar(timedelta(days=10, seconds=1))

    resultados = a_la_vez(
        [en_transaccion(lambda s: abrir_convocatoria(s, feria.entidad.actor, convocatoria.id))] * 4
    )

    assert sum(isinstance(r, ActaDeApertura) for r in resultados) == 1
    assert sum(isinstance(r, EstadoNoPermite) for r in resultados) == 3
    assert (contar(sesion, Acta), contar(sesion, OfertaLinea)) == (1, 2)
    assert contar(sesion, ActoPublico) == 2


def test_dos_adjudicaciones_y_dos_ordenes_a_la_vez(feria: Feria, sesion: Session, reloj: Any) -> None:
    convocatoria = feria.publicada()
    de_ana = feria.ofertar(feria.ana, convocatoria.id, ["400.00", "700.00"])
    de_beto = feria.ofertar(feria.beto, convocatoria.id, ["400.00", "700.00"])
    reloj.adelantar(timedelta(days=10, seconds=1))
    with transaccion() as otra:
        abrir_convocatoria(otra, feria.entidad.actor, convocatoria.id)
    items = feria.items(convocatoria.id)

    def decidir(oferta_id: UUID) -> Callable[[], list[Adjudicacion]]:
        decisiones = [DecisionEntrada(item_id=i.id, oferta_id=oferta_id, motivo=MOTIVO) for i in items]
        return en_transaccion(lambda s: adjudicar(s, feria.entidad.actor, convocatoria.id, decisiones))

    resultados = a_la_vez([decidir(de_ana), decidir(de_beto)] * 2)

    assert sum(isinstance(r, list) for r in resultados) == 1
    assert sum(isinstance(r, EstadoNoPermite) for r in resultados) == 3
    decididas = sesion.exec(select(Adjudicacion)).all()
    assert len(decididas) == 2
    assert len({fila.proveedor_id for fila in decididas}) == 1
    sesion.rollback()

    ordenes = a_la_vez(
        [en_transaccion(lambda s: emitir_ordenes(s, feria.entidad.actor, convocatoria.id))] * 4
    )
    assert sum(isinstance(r, EstadoNoPermite) for r in ordenes) == 3
    assert contar(sesion, OrdenDeCompra) == 1


def test_publicar_a_la_vez_da_series_seguidas(feria: Feria, sesion: Session) -> None:
    borradores = [feria.borrador(titulo=f"Necesidad {n}") for n in range(6)]
    vence_en = ahora() + timedelta(days=10)

    def publicar(convocatoria_id: UUID) -> Callable[[], Convocatoria]:
        return en_transaccion(
            lambda s: publicar_convocatoria(s, feria.entidad.actor, convocatoria_id, vence_en)
        )

    resultados = a_la_vez([publicar(borrador.id) for borrador in borradores])

    cuces = sorted(r.cuce or "" for r in resultados if isinstance(r, Convocatoria))
    assert [cuce.split("-")[3] for cuce in cuces] == [f"{n:06d}" for n in range(1, 7)]
    assert contar(sesion, ActoPublico) == 6
