"""Races forced on real connections: each is stopped where the other is let through."""

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from empresa_digital.registro.actos.errores import ActoTerminado
from empresa_digital.registro.actos.tareas import vencer_actos
from empresa_digital.registro.actos.verificar import verificar_actos
from nucleo.bd import transaccion
from nucleo.errores import ErrorDominio
from tests.ayudas.carreras import hasta_que_esperen
from tests.registro.actos.conftest import Colectiva, leer


class EnMedio:
    """Runs the first act until its use case, starts the second meanwhile, sees it wait, and lets both end."""

    def __init__(self, colectiva: Colectiva) -> None:
        self.colectiva = colectiva
        self.adentro, self.seguir = threading.Event(), threading.Event()
        colectiva.al_hacer = self._parar
        self.errores: list[ErrorDominio] = []
        self.hechos: list[str] = []

    def _parar(self) -> None:
        if not self.adentro.is_set():
            self.adentro.set()
            assert self.seguir.wait(timeout=30)

    def correr(self, primero: Callable[[], Any], segundo: Callable[[], Any]) -> None:
        uno = threading.Thread(target=self._hacer, args=("primero", primero))
        dos = threading.Thread(target=self._hacer, args=("segundo", segundo))
        uno.start()
        assert self.adentro.wait(timeout=30)
        dos.start()
        hasta_que_esperen()
        assert self.hechos == [], "the second waits for the first"
        self.seguir.set()
        for hilo in (uno, dos):
            hilo.join(timeout=60)
            assert not hilo.is_alive()

    def _hacer(self, nombre: str, acto: Callable[[], Any]) -> None:
        try:
            acto()
            self.hechos.append(nombre)
        except ErrorDominio as error:
            self.errores.append(error)


def _sano() -> None:
    with transaccion() as sesion:
        assert verificar_actos(sesion) == []


def test_dos_ultimas_firmas_lo_hacen_una_vez(colectiva: Colectiva) -> None:
    c = colectiva
    acto = c.proponer().id
    medio = EnMedio(c)
    medio.correr(lambda: c.firmar("beto", acto), lambda: c.firmar("carla", acto))
    assert medio.hechos == ["primero"]
    assert [type(e) for e in medio.errores] == [ActoTerminado]
    assert (len(c.hechos), len(c.ver(acto).firmas)) == (1, 2)
    _sano()


def test_la_misma_ultima_firma_dos_veces(colectiva: Colectiva) -> None:
    c = colectiva
    acto = c.proponer().id
    medio = EnMedio(c)
    medio.correr(lambda: c.firmar("beto", acto), lambda: c.firmar("beto", acto))
    assert (sorted(medio.hechos), medio.errores, len(c.hechos)) == (["primero", "segundo"], [], 1)


@pytest.mark.parametrize("de_quien", ["ana", "beto"])
def test_la_revocacion_que_llega_durante_la_ultima_firma_viene_despues(
    colectiva: Colectiva, de_quien: str
) -> None:
    """It waits for the act, which is done by mandates that held; its own instant is later."""
    c = colectiva
    acto = c.proponer().id
    medio = EnMedio(c)
    medio.correr(lambda: c.firmar("beto", acto), lambda: c.revocar(de_quien))
    assert (sorted(medio.hechos), c.ver(acto).estado) == (["primero", "segundo"], "ejecutado")
    assert leer(
        "SELECT a.resuelto_en < m.revocado_en FROM registro_acto a, registro_mandato m WHERE m.id = :m",
        m=c.mandatos[de_quien],
    ) == [(True,)]
    _sano()


def test_la_revocacion_que_llega_antes_gana(colectiva: Colectiva, monkeypatch: pytest.MonkeyPatch) -> None:
    """The signature had read that Ana's mandate held; her revocation commits before it has the lock."""
    from empresa_digital.registro.actos import firmas

    c = colectiva
    acto = c.proponer().id
    original = firmas.bloquear_unidad

    def revocar_y_bloquear(sesion: Any, unidad_id: UUID) -> Any:
        monkeypatch.setattr(firmas, "bloquear_unidad", original)
        c.revocar("ana")
        return original(sesion, unidad_id)

    monkeypatch.setattr(firmas, "bloquear_unidad", revocar_y_bloquear)
    assert c.firmar("beto", acto) == "pendiente"
    assert (c.hechos, [f.vale for f in c.ver(acto).firmas]) == ([], [False, True])
    assert c.firmar("carla", acto) == "ejecutado"


def test_la_ultima_firma_contra_un_rechazo(colectiva: Colectiva) -> None:
    c = colectiva
    acto = c.proponer().id
    medio = EnMedio(c)
    medio.correr(lambda: c.firmar("beto", acto), lambda: c.rechazar("carla", acto))
    assert (medio.hechos, [type(e) for e in medio.errores]) == (["primero"], [ActoTerminado])
    assert (c.ver(acto).estado, c.fines, len(c.hechos)) == ("ejecutado", [], 1)


def test_la_ultima_firma_contra_el_plazo(colectiva: Colectiva, reloj: Any) -> None:
    """The sweep, whose clock says that the time is over, waits for the signature that came before."""
    c = colectiva
    acto = c.proponer().id
    medio = EnMedio(c)

    def barrer() -> None:
        reloj.adelantar(timedelta(days=16))
        vencer_actos()

    medio.correr(lambda: c.firmar("beto", acto), barrer)
    assert (sorted(medio.hechos), medio.errores) == (["primero", "segundo"], [])
    assert c.ver(acto).estado == "ejecutado"
    assert (c.fines, len(c.hechos)) == ([], 1)
