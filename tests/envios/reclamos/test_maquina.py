"""Whatever anybody does with a claim, nothing is owed twice, and from where it stands time alone ends it.

`QHATU_PRUEBAS_ENVIOS=10000` (as `make caos` does) tells 250 stories; the suite, a dozen.
"""

import os
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from envios.reclamos import reclamar, resolver, responder
from envios.reclamos.estados import POR_PAGAR, SIN_DECIDIR, VIDA_RECLAMO, ClaseReclamo
from envios.reclamos.mensajes import escribir
from envios.reclamos.tareas import vencer_reclamos
from envios.reclamos.vencer import vencer
from nucleo import reloj as modulo
from nucleo.bd import transaccion
from nucleo.dinero import bs
from nucleo.errores import ErrorDominio
from nucleo.eventos import entregar_pendientes
from tests.envios.reclamos.conftest import Mesa

HISTORIAS = int(os.environ.get("QHATU_PRUEBAS_ENVIOS", "0")) // 40
_MONTOS = ("1", "99.99", "250.50", "370", "1000")

Paso = tuple[str, Any, str]
pasos: st.SearchStrategy[Paso] = st.one_of(
    st.tuples(st.just("presentar"), st.sampled_from(list(ClaseReclamo)), st.sampled_from(_MONTOS)),
    st.tuples(
        st.sampled_from(["mensaje", "aceptar", "rechazar", "impugnar", "conformar", "resolver", "retirar"]),
        st.integers(0, 2),
        st.sampled_from(_MONTOS),
    ),
    st.tuples(st.just("barrer"), st.just(0), st.just("")),
    st.tuples(st.just("pasar"), st.sampled_from([1, 12, 35]), st.just("")),
    st.tuples(st.just("llega"), st.just(0), st.just("")),
)

_GUIONES = (
    ["presentar"],
    ["presentar", "mensaje", "rechazar"],
    ["presentar", "rechazar", "impugnar"],
    ["presentar", "rechazar", "impugnar", "resolver"],
    ["presentar", "aceptar"],
    ["presentar", "presentar otra", "rechazar", "aceptar otra"],
)
"""How claims usually go on, so that every state is often where a story begins to be told at random."""


def _empezada(guion: list[str], monto: str, resto: list[Paso]) -> list[Paso]:
    """«otra» is a second claim of the same item."""
    return [
        ("presentar", ClaseReclamo.PERDIDA_PARCIAL, "370")
        if que == "presentar otra"
        else (que.removesuffix(" otra"), None if que == "presentar" else int(que.endswith(" otra")), monto)
        for que in guion
    ] + resto


historias = st.builds(
    _empezada, st.sampled_from(_GUIONES), st.sampled_from(("1", "99.99")), st.lists(pasos, max_size=8)
)


def _actos(mesa: Mesa, monto: str) -> dict[str, Callable[[UUID], Any]]:
    vende, jefa, rita = mesa.reparto.vendedora, mesa.jefa, mesa.autoridad
    return {
        "mensaje": lambda r: mesa.hacer(escribir, mesa.reparto.cartero, r, "Lo buscamos."),
        "aceptar": lambda r: mesa.hacer(responder.aceptar, jefa, r, "Es cierto."),
        "rechazar": lambda r: mesa.hacer(
            responder.rechazar, jefa, r, "No es cierto.", bs(monto) if monto != "1" else None
        ),
        "impugnar": lambda r: mesa.hacer(reclamar.impugnar, vende, r, "Sí es cierto."),
        "conformar": lambda r: mesa.hacer(reclamar.aceptar_oferta, vende, r),
        "resolver": lambda r: mesa.hacer(
            resolver.resolver, rita, r, motivos="Consta.", contenido=bs(monto) if monto != "1" else None
        ),
        "retirar": lambda r: mesa.hacer(reclamar.retirar, vende, r),
    }


@settings(
    max_examples=HISTORIAS or 12,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    deadline=None,
)
@given(historias, st.booleans())
@example(_empezada(_GUIONES[2], "1", []), True)  # the authority says nothing, and nothing was offered
@example(_empezada(_GUIONES[2], "99.99", []), False)
@example(_empezada(_GUIONES[0], "99.99", [("llega", 0, ""), ("presentar", ClaseReclamo.DANO, "370")]), True)
@example(_empezada(_GUIONES[5], "99.99", [("conformar", 0, "")]), False)  # what was offered is left no more
def test_toda_historia_termina(mesa: Mesa, historia: list[Paso], perdido: bool) -> None:
    modulo.fijar_desfase(timedelta(0))
    envio = mesa.perdido() if perdido else mesa.entregado()
    suyos: list[UUID] = []
    llego = not perdido
    for que, cual, monto in historia:
        try:
            if que == "presentar":
                procede = ClaseReclamo.DANO if llego else ClaseReclamo.PERDIDA
                pedido = "250.50" if cual is None else monto
                suyos.append(mesa.presentar(envio, cual or procede, pedido))
            elif que == "barrer":
                vencer_reclamos()
            elif que == "pasar":
                mesa.reloj.adelantar(timedelta(days=cual))
            elif que == "llega" and not llego:
                mesa.evento(envio, "EMI")
                llego = True
                entregar_pendientes()
            elif suyos and que in _actos(mesa, monto):
                _actos(mesa, monto)[que](suyos[cual % len(suyos)])
        except ErrorDominio:
            pass  # refused: what it left behind is judged below
        _cuadra(mesa, suyos)
    for _ in range(3):  # nobody does anything any more
        mesa.reloj.adelantar(timedelta(days=60))
        for reclamo in suyos:
            with transaccion() as sesion:
                vencer(sesion, reclamo)
    finales = {mesa.leer(r).estado for r in suyos}
    assert finales <= VIDA_RECLAMO.fines | POR_PAGAR, finales
    _cuadra(mesa, suyos)


def _cuadra(mesa: Mesa, suyos: list[UUID]) -> None:
    debe = [bs(monto) for r in suyos if (monto := mesa.debe(r)) is not None]
    assert sum(debe, bs(0)) <= bs(370), debe
    for reclamo in suyos:
        fila = mesa.leer(reclamo)
        assert (fila.vence_en is not None) == (fila.estado in SIN_DECIDIR)
        assert (mesa.debe(reclamo) is not None) == (fila.estado in POR_PAGAR)
