"""Processes die by kill -9 under load; nothing that was acknowledged is lost, and nothing is done twice.

`make caos MUERTES=50 SEGUNDOS=120` runs it for long, with other choices each time; `QHATU_PRUEBAS_SEMILLA`
repeats those of a run.
"""

import asyncio
import os
import random
import secrets
from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

import pytest

from tests.ayudas.viva import PlataformaViva
from tests.caos.carga import PARTES, Carga, Cuaderno, Operacion, Persona
from tests.caos.verdugo import Verdugo
from tests.jornadas.ayudas import Cliente

MUERTES = int(os.environ.get("QHATU_PRUEBAS_MUERTES", "0"))
SEGUNDOS = float(os.environ.get("QHATU_PRUEBAS_SEGUNDOS", "20"))
CLIENTES = 16
EN_CI = 8  # deaths
OPCIONES = ("--procesos", "2") if MUERTES else ()

pytestmark = pytest.mark.lento


if MUERTES:

    @pytest.fixture
    def victima(nueva_plataforma: Callable[..., PlataformaViva]) -> Iterator[PlataformaViva]:
        """A platform of the test's own, with two web processes."""
        propia = nueva_plataforma("caos").arrancar(*OPCIONES)
        yield propia
        propia.detener()
else:

    @pytest.fixture
    def victima(plataforma_viva: PlataformaViva) -> PlataformaViva:
        """The shared one: it must be whole again after a few deaths."""
        return plataforma_viva


def test_nada_confirmado_se_pierde_ni_se_dobla(victima: PlataformaViva) -> None:
    semilla = int(os.environ.get("QHATU_PRUEBAS_SEMILLA", secrets.randbelow(10**6) if MUERTES else EN_CI))
    azar = random.Random(semilla)
    assert victima.en_la_base("SHOW fsync") == [("on",)]
    sin_prisa(victima)
    ana, luis, alcaldia = (Cliente(victima, p) for p in ("ana", "luis", "alcaldia"))
    pagadoras, cobradora = [como_persona(ana), como_persona(luis)], como_persona(alcaldia)
    antes = _saldos(victima, [p.cuenta for p in (*pagadoras, cobradora)])
    ((desde,),) = victima.en_la_base("SELECT max(numero) FROM pagos_transferencia")
    verdugo = Verdugo(victima, MUERTES or EN_CI, SEGUNDOS, azar)

    async def trabajar() -> Cuaderno:
        carga = Carga(victima.puerto, pagadoras, cobradora, alcaldia.unidad(), azar)
        verdugo.start()
        await carga.correr(CLIENTES, basta=lambda: not verdugo.is_alive())
        return carga.cuaderno

    try:
        cuaderno = asyncio.run(trabajar())
    finally:
        verdugo.basta.set()
        verdugo.join()
    assert verdugo.fallo is None, victima.salida()
    victima.matar_todo()
    victima.arrancar(*OPCIONES)

    informe = Informe(victima, cuaderno, desde, antes)
    print(f"\ncaos (semilla {semilla}): {dict(verdugo.hechas)} + todo a la vez · {informe}")
    assert cuaderno.faltas == []
    assert informe.perdidas == []
    assert informe.dobladas == []
    assert informe.descuadres == []
    assert sum(verdugo.hechas.values()) == (MUERTES or EN_CI)
    victima.esperar(lambda: _pendientes(victima) == 0, plazo_s=120)
    _exigir_ordenes(victima, cuaderno)
    verificacion = victima.orden("verify", "todo")
    assert verificacion.returncode == 0, verificacion.stdout + verificacion.stderr


def como_persona(cliente: Cliente) -> Persona:
    """Their token and their own wallet."""
    yo = cliente.leer("/yo")["id"]
    (cuenta,) = [c["id"] for c in cliente.leer("/cuentas")["datos"] if c["titular_id"] == yo]
    return Persona(cliente.http.headers["authorization"].removeprefix("Bearer "), cuenta)


def sin_prisa(plataforma: PlataformaViva) -> None:
    """Nobody is too fast on this platform any more: a few people pay here as thousands would."""
    plataforma.en_la_base("UPDATE pagos_limite SET cantidad_rapida = NULL, ventana_min = NULL", duenio=True)


def _saldos(victima: PlataformaViva, cuentas: list[int]) -> dict[int, int]:
    return dict(
        victima.en_la_base(
            "SELECT id, creditos_contabilizados - debitos_contabilizados FROM pagos_cuenta"
            " WHERE id = ANY(%s)",
            cuentas,
        )
    )


class Informe:
    """What the ledger says of what the clients wrote down."""

    def __init__(
        self, victima: PlataformaViva, cuaderno: Cuaderno, desde: int, antes: dict[int, int]
    ) -> None:
        self.cuaderno = cuaderno
        pedidas = cuaderno.operaciones
        filas = victima.en_la_base(
            "SELECT id, debito, credito, monto, referencia FROM pagos_transferencia"
            " WHERE numero > %s AND (debito = ANY(%s) OR credito = ANY(%s))",
            desde,
            list(antes),
            list(antes),
        )
        hechas = {f[0]: f for f in filas}
        self.perdidas = [o.id for o in pedidas.values() if o.confirmada and o.id not in hechas]
        # A second effect of one request would be a row that nobody asked for, or one of another shape.
        self.dobladas = [i for i, *cuerpo in filas if not _es_la_pedida(pedidas, i, cuerpo)]
        self.hechas_sin_confirmar = sum(not o.confirmada and o.id in hechas for o in pedidas.values())
        self.descuadres = _descuadres(antes, _saldos(victima, list(antes)), filas)

    def __str__(self) -> str:
        c, todas = self.cuaderno, self.cuaderno.operaciones.values()
        confirmadas = sum(o.confirmada for o in todas)
        return (
            f"{confirmadas} confirmadas, {len(self.perdidas)} perdidas, {len(self.dobladas)} dobladas · "
            f"{sum(o.envios > 1 for o in todas)} reintentadas; {len(todas) - confirmadas} sin confirmar, de "
            f"ellas {self.hechas_sin_confirmar} hechas · repetidas: {c.repetidas_iguales} iguales, "
            f"{c.otro_cuerpo_rechazadas} con otro monto rechazadas · {len(c.ordenes)} órdenes · "
            f"{c.accidentes} sin respuesta; respuestas {dict(sorted(c.estados.items()))}"
        )


def _es_la_pedida(pedidas: dict[UUID, Operacion], id: UUID, cuerpo: list[Any]) -> bool:
    debito, credito, monto, referencia = cuerpo
    o = pedidas.get(id)
    return (
        o is not None
        and (o.debito, o.centavos, o.referencia) == (debito, monto, referencia)
        and o.credito in (None, credito)
    )


def _descuadres(antes: dict[int, int], ahora: dict[int, int], filas: list[Any]) -> list[str]:
    """Accounts whose balance is not what it was plus what these rows moved."""
    debidos = dict(antes)
    for _id, debito, credito, monto, _referencia in filas:
        debidos[debito] -= monto
        if credito in debidos:
            debidos[credito] += monto
    return [f"cuenta {c}: {ahora[c]} y debía ser {debidos[c]}" for c in antes if ahora[c] != debidos[c]]


def _pendientes(victima: PlataformaViva) -> int:
    """Events not yet handed out, and deliveries not yet done."""
    (fila,) = victima.en_la_base(
        "SELECT (SELECT count(*) FROM nucleo_evento WHERE repartido_en IS NULL)"
        " + (SELECT count(*) FROM nucleo_entrega WHERE hecha_en IS NULL)"
    )
    return int(fila[0])


def _exigir_ordenes(victima: PlataformaViva, cuaderno: Cuaderno) -> None:
    """Each order holds the payments of the ledger, and one event for each of them."""
    filas = victima.en_la_base(
        "SELECT o.id, o.pagado, o.estado,"
        " (SELECT count(*) FROM pagos_transferencia t WHERE t.referencia = o.id),"
        " (SELECT count(*) FROM nucleo_evento e WHERE e.objeto_id = o.id AND e.tipo LIKE %s)"
        " FROM pagos_orden o WHERE o.id = ANY(%s)",
        "OrdenDeCobroPagada%",
        list(cuaderno.ordenes),
    )
    assert len(filas) == len(cuaderno.ordenes)
    for orden, pagado, estado, transferencias, eventos in filas:
        assert pagado == transferencias == eventos >= cuaderno.ordenes[orden]
        assert (estado == "pagada") == (pagado == PARTES)
