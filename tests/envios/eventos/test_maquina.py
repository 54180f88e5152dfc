"""Any order, repetition and cut of a story gives the same item: state, custody, instants, open incidents.

`QHATU_PRUEBAS_ENVIOS=10000` (as `make caos` does) derives that many stories, and tells a tenth of them to the
database through the use cases; the suite repeats a few dozen.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from empresa_digital.registro import Facultad, exigir_facultad
from envios.eventos.consultas import incidencias_por_envio
from envios.eventos.corregir import Correccion, corregir
from envios.eventos.derivar import QuienRecibe
from envios.eventos.motivos import AccionIntento, Motivo, MotivoCorreccion
from envios.eventos.nuevo import EventoNuevo, Fuente, Resultado
from envios.eventos.registrar_eventos import registrar_autorizado
from envios.eventos.tareas import revisar
from envios.eventos.verificar import items
from envios.items.consultas import envio_por_id
from envios.items.modelos import Envio
from nucleo.bd import transaccion
from nucleo.reloj import ahora
from tests.envios.conftest import Reparto
from tests.envios.eventos.test_derivar import E, derivar_estado, eventos

SECUENCIAS = int(os.environ.get("QHATU_PRUEBAS_ENVIOS", "0"))


# --- Pure: thousands ---------------------------------------------------------------------------------------


@settings(max_examples=SECUENCIAS or 200)
@given(st.lists(eventos, max_size=14), st.randoms(use_true_random=False), st.floats(0, 1))
def test_cualquier_orden_repeticion_y_correccion(lista: list[E], azar: Any, cuantas: float) -> None:
    """Two orders of arrival, one with repetitions: the answer is the same, now and later."""
    corregidos = {e.id for e in lista if azar.random() < cuantas / 2}
    for dias in (0, 4, 31):
        llegada = lista + [e for e in lista if azar.random() < 0.3]
        azar.shuffle(llegada)
        vistos: dict[UUID, E] = {}
        for evento in llegada:
            vistos.setdefault(evento.id, evento)
        assert derivar_estado(vistos.values(), corregidos, dias) == derivar_estado(
            {e.id: e for e in lista}.values(), corregidos, dias
        )


# --- Through the use cases, on the database -------------------------------------------------------------


@dataclass(frozen=True)
class Acto:
    """One thing that is sent: an event (by its minute after the first) or the correction of the act `de`."""

    operador: int
    codigo: str
    minuto: int
    de: int | None = None


CODIGOS = (
    "EMA",
    "EMC",
    "EDG",
    "EMH",
    "DEVUELVE",
    "EMI",
    "EMI",
    "VUELTO",
    "QHAC",
    "QHTE",
    "QHTR",
    "EDH",
    "QHDV",
    "ZZ9",
)
actos = st.builds(
    Acto,
    operador=st.sampled_from([0, 0, 1]),
    codigo=st.sampled_from(CODIGOS),
    minuto=st.integers(0, 30),
    de=st.sampled_from([None, None, None, 0, 1, 2, 3]),
)


@dataclass(frozen=True)
class Mesa:
    """Two operators, and who writes for each."""

    reparto: Reparto
    operadores: tuple[UUID, UUID]
    quienes: tuple[Any, Any]
    base: datetime

    def evento(self, envio: Envio, n: int, acto: Acto) -> EventoNuevo:
        codigo = {"DEVUELVE": "EMH", "VUELTO": "EMI"}.get(acto.codigo, acto.codigo)
        falla = codigo == "EMH"
        return EventoNuevo(
            codigo,
            envio.id,
            ocurrido_en=self.base + timedelta(minutes=acto.minuto),
            evento_cliente_id=f"{envio.id.hex}:{n}",
            motivo=Motivo.CLIMA if falla else None,
            accion=(AccionIntento.DEVOLVER if acto.codigo == "DEVUELVE" else AccionIntento.NUEVO_INTENTO)
            if falla
            else None,
            entregado_a=QuienRecibe.REMITENTE if acto.codigo == "VUELTO" else None,
            contraparte_unidad_id=self.operadores[1 - acto.operador] if codigo in ("QHTE", "QHTR") else None,
        )

    def contar(self, envio: Envio, orden: list[tuple[int, Acto]], cortes: int) -> None:
        """Send the acts in this order, events in batches of up to `cortes`."""
        lote: list[EventoNuevo] = []
        de = 0
        for n, acto in [*orden, (-1, Acto(-1, "", 0))]:
            if lote and (acto.de is not None or acto.operador != de or len(lote) >= cortes):
                with transaccion() as sesion:  # who may try the recipient's code has tests of its own
                    quien, operador = self.quienes[de], self.operadores[de]
                    permiso = exigir_facultad(sesion, quien, operador, Facultad.DESPACHAR)
                    hechos = registrar_autorizado(
                        sesion, permiso, operador, lote, Fuente.LOTE, verificar_codigo=False
                    )
                    assert {r.resultado for r in hechos} <= {Resultado.REGISTRADO, Resultado.REPETIDO}
                lote = []
            if n < 0:
                return
            if acto.de is not None:
                with transaccion() as sesion:
                    nombra = Correccion(MotivoCorreccion.NO_OCURRIO, None, f"{envio.id.hex}:{acto.de}")
                    quien, operador = self.quienes[acto.operador], self.operadores[acto.operador]
                    corregir(sesion, quien, operador, nombra, Fuente.API)
                continue
            de = acto.operador
            lote.append(self.evento(envio, n, acto))

    def leer(self, envio: Envio) -> tuple[Any, ...]:
        with transaccion() as sesion:
            fila = envio_por_id(sesion, envio.id)
            incidencias = incidencias_por_envio(sesion, [envio.id])[envio.id]
            abiertas = [
                (i.clase, i.clave.replace(envio.id.hex, "")) for i in incidencias if i.estado == "abierta"
            ]
            return (
                fila.estado,
                self.operadores.index(fila.custodio_unidad_id),
                fila.admitido_en,
                fila.entregado_en,
                fila.intentos,
                fila.correcciones,
                sorted(abiertas),
            )


@pytest.fixture
def mesa(reparto: Reparto, crear_unidad: Callable[..., Any]) -> Mesa:
    rapido = crear_unidad(
        "Rápidos de prueba",
        tipo="OPERADOR_POSTAL",
        representante=reparto.ajeno,
        habilitaciones=["OPERADOR_POSTAL"],
    )
    return Mesa(
        reparto,
        (reparto.correos_id, rapido.id),
        (reparto.actor(reparto.cartero), reparto.actor(reparto.ajeno)),
        (ahora() - timedelta(hours=3)).replace(microsecond=0),
    )


@settings(
    max_examples=SECUENCIAS // 10 or 10,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    deadline=None,
)
@given(st.lists(actos, min_size=1, max_size=8), st.randoms(use_true_random=False), st.integers(1, 5))
def test_por_los_casos_de_uso(mesa: Mesa, historia: list[Acto], azar: Any, cortes: int) -> None:
    numerada = list(enumerate(historia))
    orden = numerada + [par for par in numerada if azar.random() < 0.4]
    azar.shuffle(orden)
    primero, segundo = mesa.reparto.enviar(), mesa.reparto.enviar()

    mesa.contar(primero, numerada, cortes)
    mesa.contar(segundo, orden, 6 - cortes)

    assert mesa.leer(primero) == mesa.leer(segundo)
    with transaccion() as sesion:
        assert items(sesion) == []


def test_el_tiempo_solo_da_lo_mismo_en_cualquier_orden(mesa: Mesa, reloj: Any) -> None:
    """The other operator's half never comes; then thirty days without news; then the half comes."""
    historia = [Acto(0, "EMA", 0), Acto(1, "QHTR", 5), Acto(1, "EDG", 9)]
    envios = [mesa.reparto.enviar() for _ in range(2)]
    mesa.contar(envios[0], list(enumerate(historia)), 5)
    mesa.contar(envios[1], list(enumerate(historia))[::-1], 1)

    def pasar(**cuanto: float) -> tuple[Any, ...]:
        reloj.adelantar(timedelta(**cuanto))
        for envio in envios:
            with transaccion() as sesion:
                revisar(sesion, envio.id)
        uno, otro = (mesa.leer(e) for e in envios)
        assert uno == otro
        return uno[0], uno[1], [clase for clase, _clave in uno[-1]]

    assert pasar(hours=1) == ("admitido", 0, [])
    assert pasar(days=3) == ("admitido", 0, ["operador_sin_traspaso", "traspaso_sin_confirmar"])
    assert pasar(days=27) == ("sin_noticias", 0, ["operador_sin_traspaso", "traspaso_sin_confirmar"])
    for envio in envios:
        mesa.contar(envio, [(9, Acto(0, "QHTE", 4))], 1)
    assert pasar(seconds=1) == ("en_reparto", 1, [])
    with transaccion() as sesion:
        assert items(sesion) == []
