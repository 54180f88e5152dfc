"""Items × bags × manifests × differences, in any order of acts and scans.

Whatever is asked, in whatever order, is done whole or refused; all agrees after each act, and time alone ends
all. `QHATU_PRUEBAS_ENVIOS=10000` (as `make caos` does) tells a hundredth of that many stories.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session, col, select

from envios.despachos.despachos import cargar, descargar, deshacer_despacho, despachar, preparar_despacho
from envios.despachos.diferencias import explicar, responder
from envios.despachos.errores import YaEstaDentro
from envios.despachos.estados import VIDA_DESPACHO, VIDA_SACA, EstadoDiferencia
from envios.despachos.modelos import Carga, Despacho, Diferencia, Saca
from envios.despachos.recibir import cerrar_recepcion, recibir, recibir_todo, vaciar_saca
from envios.despachos.sacas import abrir_saca, cerrar_saca, deshacer_saca, meter, reabrir_saca, sacar
from envios.despachos.tareas import vencer_todo
from envios.eventos import eventos_de, incidencias_abiertas
from envios.items.modelos import Envio
from nucleo.bd import transaccion
from nucleo.errores import ErrorDominio
from tests.ayudas.carreras import cruzar
from tests.envios.despachos.conftest import Red, sin_faltas

HISTORIAS = int(os.environ.get("QHATU_PRUEBAS_ENVIOS", "0")) // 100
UNOS = settings(
    max_examples=HISTORIAS or 8,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    deadline=None,
)
ENVIOS, SACAS, DESPACHOS = 3, 2, 2


@dataclass
class Mundo:
    """Three items, two bags and two manifests from La Paz to Potosí, and what may be asked of them."""

    red: Red
    envios: list[Envio]
    sacas: list[Saca]
    despachos: list[Despacho]

    @classmethod
    def nuevo(cls, red: Red) -> "Mundo":
        with transaccion() as sesion:
            camino = (red.en_la_paz, red.la_paz.id, red.potosi.id)
            sacas = [abrir_saca(sesion, *camino) for _ in range(SACAS)]
            despachos = [
                preparar_despacho(sesion, *camino, vehiculo="Bus", conductor="Alguien")
                for _ in range(DESPACHOS)
            ]
            return cls(red, [red.envio() for _ in range(ENVIOS)], sacas, despachos)

    def hacer(self, sesion: Session, que: str, e: int, s: int, d: int) -> None:
        aqui, alla = self.red.en_la_paz, self.red.en_potosi
        envio, saca, despacho = self.envios[e], self.sacas[s], self.despachos[d]
        actos: dict[str, Callable[[], object]] = {
            "meter": lambda: meter(sesion, aqui, saca.id, envio.numero),
            "sacar": lambda: sacar(sesion, aqui, saca.id, envio.id),
            "cerrar": lambda: cerrar_saca(sesion, aqui, saca.id, "PR-1", 1000),
            "reabrir": lambda: reabrir_saca(sesion, aqui, saca.id),
            "deshacer": lambda: deshacer_saca(sesion, aqui, saca.id),
            "cargar saca": lambda: cargar(sesion, aqui, despacho.id, saca.numero),
            "cargar envío": lambda: cargar(sesion, aqui, despacho.id, envio.numero),
            "bajar saca": lambda: descargar(sesion, aqui, despacho.id, saca.id),
            "bajar envío": lambda: descargar(sesion, aqui, despacho.id, envio.id),
            "deshacer despacho": lambda: deshacer_despacho(sesion, aqui, despacho.id),
            "salir": lambda: despachar(sesion, aqui, despacho.id),
            "llega saca": lambda: recibir(
                sesion, alla, despacho.id, saca.numero, precinto_intacto=e == 0, peso_g=1000 + 500 * d
            ),
            "llega envío": lambda: recibir(sesion, alla, despacho.id, envio.numero),
            "vaciar": lambda: vaciar_saca(sesion, alla, saca.id),
            "llega todo": lambda: recibir_todo(sesion, alla, despacho.id),
            "cerrar recepción": lambda: cerrar_recepcion(sesion, alla, despacho.id),
            "explicar": lambda: [
                explicar(sesion, aqui, f.id, "Se vio") for f in self.diferencias(sesion)[:1]
            ],
            "aceptar": lambda: [responder(sesion, alla, f.id, d == 0) for f in self.diferencias(sesion)[:1]],
        }
        actos[que]()

    def diferencias(self, sesion: Session) -> list[Diferencia]:
        ids = [d.id for d in self.despachos]
        suyas = select(Diferencia).where(col(Diferencia.despacho_id).in_(ids))
        return list(sesion.exec(suyas.order_by(col(Diferencia.id))))

    def intentar(self, que: str, e: int, s: int, d: int) -> bool:
        try:
            with transaccion() as sesion:
                self.hacer(sesion, que, e, s, d)
        except ErrorDominio:
            return False
        return True

    def como_quedo(self) -> tuple[Any, ...]:
        """By position, so that two worlds can be compared; what was found counts for nothing."""
        with transaccion() as sesion:
            sacas = [sesion.get_one(Saca, s.id).estado for s in self.sacas]
            despachos = [sesion.get_one(Despacho, d.id).estado for d in self.despachos]
            cargas = [
                (i, c.estado, [s.id for s in self.sacas].index(c.saca_id) if c.saca_id else None)
                for i, e in enumerate(self.envios)
                for c in sesion.exec(select(Carga).where(Carga.envio_id == e.id).order_by(Carga.entro_en))
            ]
            abiertas = sorted(
                (
                    f.clase,
                    f.estado,
                    [x.id for x in [*self.sacas, *self.envios]].index(f.saca_id or f.envio_id),
                )
                for f in self.diferencias(sesion)
                if f.estado is not EstadoDiferencia.ENCONTRADA
            )
            eventos = [sorted(x.codigo for x in eventos_de(sesion, e.id)) for e in self.envios]
            return sacas, despachos, cargas, abiertas, eventos


QUE = (
    *("meter", "meter", "sacar", "cerrar", "cerrar", "reabrir", "deshacer", "cargar saca", "cargar saca"),
    *("cargar envío", "bajar saca", "bajar envío", "deshacer despacho", "salir", "salir", "salir"),
    *("llega saca", "llega envío", "llega envío", "vaciar", "llega todo", "cerrar recepción"),
    *("explicar", "aceptar", "pasa el tiempo"),
)
actos = st.tuples(
    st.sampled_from(QUE),
    st.integers(0, ENVIOS - 1),
    st.integers(0, SACAS - 1),
    st.integers(0, DESPACHOS - 1),
)


@UNOS
@given(st.lists(actos, min_size=10, max_size=30))
def test_cualquier_orden_de_actos(red: Red, reloj: Any, historia: list[tuple[str, int, int, int]]) -> None:
    mundo = Mundo.nuevo(red)
    # A road half walked, so that what is drawn is not all refused.
    for acto in (("meter", 0, 0, 0), ("meter", 1, 0, 0), ("cerrar", 0, 0, 0), ("cargar saca", 0, 0, 0)):
        assert mundo.intentar(*acto)
    for acto in historia:
        if acto[0] == "pasa el tiempo":
            reloj.adelantar(timedelta(days=3 + acto[1] * 2, minutes=1))
            vencer_todo()
        else:
            mundo.intentar(*acto)
        with transaccion() as sesion:
            assert sin_faltas(sesion) == [], acto
    for _ in range(5):
        reloj.adelantar(timedelta(days=10, minutes=1))
        vencer_todo()
    with transaccion() as sesion:
        assert sin_faltas(sesion) == []
        for saca in mundo.sacas:
            estado = sesion.get_one(Saca, saca.id).estado
            assert estado in VIDA_SACA.fines or estado == "no_llego"
        assert {sesion.get_one(Despacho, d.id).estado for d in mundo.despachos} <= VIDA_DESPACHO.fines
        assert not sesion.exec(select(Carga).where(Carga.estado == "dentro")).all()
        assert all(f.vence_en is None for f in mundo.diferencias(sesion))
        for envio in mundo.envios:
            falta = [e.codigo for e in eventos_de(sesion, envio.id)][-1] == "QHFA"
            clases = [i.clase for i in incidencias_abiertas(sesion, envio.id)]
            assert clases == (["falta_en_despacho"] if falta else [])


@UNOS
@given(
    st.lists(st.tuples(st.sampled_from(["llega saca", "llega envío"]), st.integers(0, 2)), max_size=8),
    st.randoms(use_true_random=False),
)
def test_cualquier_orden_de_lecturas(red: Red, lecturas: list[tuple[str, int]], azar: Any) -> None:
    """What arrives is scanned in any order, again and again: the same differences in the end."""
    mundos = [Mundo.nuevo(red), Mundo.nuevo(red)]
    for mundo in mundos:
        for acto in (
            *(("meter", 0, 0, 0), ("meter", 1, 0, 0), ("cerrar", 0, 0, 0), ("cargar saca", 0, 0, 0)),
            *(("cargar envío", 2, 0, 0), ("salir", 0, 0, 0)),
        ):
            assert mundo.intentar(*acto)
    revueltas = lecturas + [x for x in lecturas if azar.random() < 0.4]
    azar.shuffle(revueltas)
    for mundo, orden in zip(mundos, (lecturas, revueltas), strict=True):
        for que, n in orden:
            assert mundo.intentar(que, 0 if que == "llega saca" else n, 0, 0)
        assert mundo.intentar("vaciar", 0, 0, 0) == any(que == "llega saca" for que, _n in orden)
        assert mundo.intentar("cerrar recepción", 0, 0, 0)

    assert mundos[0].como_quedo() == mundos[1].como_quedo()
    with transaccion() as sesion:
        assert sin_faltas(sesion) == []


@pytest.mark.parametrize("que", ["meter", "llega envío"])
def test_dos_lectores_a_la_vez(red: Red, que: str) -> None:
    """The same item scanned at the same moment into two bags, or at one reception: it counts once."""
    mundo = Mundo.nuevo(red)
    if que == "llega envío":
        assert mundo.intentar("cargar envío", 0, 0, 0)
        assert mundo.intentar("salir", 0, 0, 0)
    rechazo = cruzar(
        lambda sesion: mundo.hacer(sesion, que, 0, 0, 0), lambda sesion: mundo.hacer(sesion, que, 0, 1, 0)
    )
    assert isinstance(rechazo, YaEstaDentro) if que == "meter" else rechazo is None
    with transaccion() as sesion:
        filas = sesion.exec(select(Carga).where(Carga.envio_id == mundo.envios[0].id)).all()
        assert len(filas) == 1
        assert sin_faltas(sesion) == []
