"""A mandate revoked while its payments are under way: none carries a time after the revocation."""

import asyncio
import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest

from empresa_digital.registro import Facultad, NuevoMandato
from empresa_digital.registro.mandatos import revocar_mandato
from empresa_digital.registro.mandatos.otorgar import otorgar_con
from empresa_digital.registro.unidades.bloqueos import bloquear_unidad
from nucleo.actor import Actor, Autorizacion
from nucleo.bd import transaccion
from nucleo.dinero import de_centavos
from pagos.libro import Resultado, SolicitudTransferencia
from pagos.via_rapida.escritor import Escritor
from tests.ayudas.carreras import hasta_que_esperen
from tests.pagos.conftest import Libro


class Escena:
    """A unit whose account is held by the test, so that what touches it waits."""

    def __init__(
        self,
        libro: Libro,
        crear_persona: Callable[..., Any],
        crear_unidad: Callable[..., Any],
        actor_de: Callable[..., Any],
    ) -> None:
        self.libro = libro
        duenia, ana = crear_persona("Dueña"), crear_persona("Ana")
        self.duenia, self.ana = actor_de(duenia), actor_de(ana)
        self.unidad = crear_unidad("Tejidos", representante=duenia)
        self.cuenta = libro.cuenta(100_000, titular_id=self.unidad.id, titular_tipo="unidad", tipo="comercio")
        self.otra = libro.cuenta()
        nuevo = NuevoMandato(facultades=(Facultad.PAGAR,), persona_id=ana.id)
        with transaccion() as sesion:
            sistema = Autorizacion.propia(Actor.sistema("prueba"))
            self.mandato = otorgar_con(sesion, bloquear_unidad(sesion, self.unidad.id), sistema, nuevo).id
        self.autorizacion = Autorizacion(
            actor=self.ana, unidad_id=self.unidad.id, mandato_id=self.mandato, cadena=(self.mandato,)
        )

    def pago(self) -> SolicitudTransferencia:
        return SolicitudTransferencia(
            id=uuid.uuid4(), debito=self.cuenta, credito=self.otra, monto=de_centavos(1), codigo=4
        )

    def revocar(self) -> None:
        with transaccion() as sesion:
            revocar_mandato(sesion, self.duenia, self.mandato, "Ya no trabaja aquí")

    def revocado_en(self) -> Any:
        return self.libro.uno("SELECT revocado_en FROM registro_mandato WHERE id = %s", self.mandato)

    @contextmanager
    def cuenta_tomada(self) -> Iterator[None]:
        with psycopg.connect(self.libro.url_duenio) as conexion:
            conexion.execute("SELECT 1 FROM pagos_cuenta WHERE id = %s FOR UPDATE", [self.cuenta])
            yield


@pytest.fixture
def escena(
    libro: Libro,
    crear_persona: Callable[..., Any],
    crear_unidad: Callable[..., Any],
    actor_de: Callable[..., Any],
) -> Escena:
    return Escena(libro, crear_persona, crear_unidad, actor_de)


def test_revocar_contra_treinta_pagos_en_el_escritor(escena: Escena) -> None:
    """The first call of the writer is inside the ledger, the rest in its queue, and the owner revokes."""
    revocacion = threading.Thread(target=escena.revocar)

    async def tarea() -> list[Resultado]:
        escritor = Escritor()
        try:
            with escena.cuenta_tomada():
                primeros = [
                    asyncio.create_task(escritor.transferir(escena.pago(), escena.autorizacion))
                    for _ in range(10)
                ]
                await asyncio.to_thread(hasta_que_esperen, 1)  # they hold the mandate and want the account
                resto = [
                    asyncio.create_task(escritor.transferir(escena.pago(), escena.autorizacion))
                    for _ in range(20)
                ]
                await asyncio.sleep(0)
                revocacion.start()
                await asyncio.to_thread(hasta_que_esperen, 2)  # the revocation waits for them
                assert escena.revocado_en() is None
            return await asyncio.gather(*primeros, *resto)
        finally:
            escritor.cerrar()

    resultados = asyncio.run(tarea())
    revocacion.join(20)
    momento = escena.revocado_en()

    assert momento is not None
    hechos = [r for r in resultados if r.hecha]
    assert [r.codigo for r in resultados[:10]] == ["ok"] * 10
    assert {r.codigo for r in resultados} <= {"ok", "mandato_no_vigente"}
    assert all(r.creada_en is not None and r.creada_en < momento for r in hechos)
    assert escena.libro.saldo(escena.otra) == len(hechos)
    assert (
        escena.libro.uno("SELECT count(*) FROM pagos_transferencia WHERE mandato = %s AND creada_en >= %s",
                         escena.mandato, momento)
        == 0
    )  # fmt: skip


def test_un_pago_que_espera_a_la_revocacion_se_niega(escena: Escena) -> None:
    """The owner revokes first; what waited for the mandate does not pass with an instant of before."""
    resultado: list[Resultado] = []

    def pagar() -> None:
        async def tarea() -> None:
            escritor = Escritor()
            try:
                resultado.append(await escritor.transferir(escena.pago(), escena.autorizacion))
            finally:
                escritor.cerrar()

        asyncio.run(tarea())

    hilo = threading.Thread(target=pagar)
    with transaccion() as sesion:
        revocar_mandato(sesion, escena.duenia, escena.mandato, "Ya no trabaja aquí")
        sesion.flush()
        hilo.start()
        hasta_que_esperen(1)
    hilo.join(20)

    assert [r.codigo for r in resultado] == ["mandato_no_vigente"]
    assert escena.libro.saldo(escena.otra) == 0
