"""The gateway misbehaves in every way we know, many times; after the sweep nothing is left unreconciled.

`QHATU_PRUEBAS_CAOS=2000` (as `make caos` does) runs that many payments for each fault.
"""

import os
import uuid
from datetime import timedelta

import pytest

from nucleo.dinero import a_centavos
from pagos.tarjetas.conciliar import avanzar
from pagos.tarjetas.estados import ABIERTOS
from pagos.tarjetas.modelos import Intento
from pagos.tarjetas.simulada.almacen import abrir
from pagos.tarjetas.simulada.fallas import Falla, provocar
from pagos.tarjetas.simulada.sesiones import pagar_sesion
from tests.pagos.tarjetas.conftest import Escena

PAGOS = int(os.environ.get("QHATU_PRUEBAS_CAOS", "60"))
# The eight of docs/fiabilidad.md get that many; the others, variations of them, a quarter.
OCHO = {
    *(Falla.TIEMPO_ANTES, Falla.TIEMPO_DESPUES, Falla.ERROR_ANTES, Falla.LIMITE, Falla.LENTA),
    *(Falla.AVISO_DOBLE, Falla.MONTO_DISTINTO, Falla.AVISOS_EN_DESORDEN),
}
TANDA = min(100, PAGOS // 2)  # payments in flight at once

# What the platform knows right after asking, before any sweep.
AL_PREGUNTAR = {
    Falla.TIEMPO_ANTES: "ambiguo",
    Falla.TIEMPO_DESPUES: "ambiguo",
    Falla.ERROR_ANTES: "ambiguo",
    Falla.ERROR_DESPUES: "ambiguo",
    Falla.LIMITE: "creado",
    Falla.LENTA: "ambiguo",
    Falla.AVISO_DOBLE: "pagado",
    Falla.AVISOS_EN_DESORDEN: "pagado",
    Falla.AVISO_TARDIO: "pagado",
    Falla.AVISO_PERDIDO: "pagado",
    Falla.MONTO_DISTINTO: "observado",
}
# A stored 500 is repeated for ever by the gateway's key: the charge was never made.
AL_FINAL = dict.fromkeys(Falla, "pagado") | {
    Falla.ERROR_ANTES: "cancelado",
    Falla.MONTO_DISTINTO: "observado",
}


def _barrer_hasta_el_final(escena: Escena, ids: list[uuid.UUID]) -> None:
    for _ in range(40):
        escena.barrer(timedelta(seconds=45))
        if not set(escena.estados(ids)) & ABIERTOS:
            return
    raise AssertionError(escena.estados(ids))


@pytest.mark.usefixtures("sin_limites", "sin_cupo")
@pytest.mark.parametrize("falla", list(Falla))
def test_despues_del_barrido_nada_queda_sin_conciliar(escena: Escena, falla: Falla) -> None:
    escena.por_http = False
    pagos = PAGOS if falla in OCHO else PAGOS // 4
    hechos: list[uuid.UUID] = []
    while len(hechos) < pagos:
        tanda: list[uuid.UUID] = []
        for n in range(min(TANDA, pagos - len(hechos))):
            intento_id = escena.crear(f"{10 + (len(hechos) + n) % 50}.00")
            provocar(falla, de=intento_id)
            avanzar(intento_id)
            tanda.append(intento_id)
        assert escena.estados(tanda) == {AL_PREGUNTAR[falla]: len(tanda)}
        _barrer_hasta_el_final(escena, tanda)
        hechos += tanda
    escena.barrer(timedelta(hours=2))  # late webhooks, after everything is over

    fines = escena.intentos(hechos)
    assert len(fines) == pagos
    assert {f.estado for f in fines} == {AL_FINAL[falla]}
    _exigir_conciliado(escena, fines)


def _exigir_conciliado(escena: Escena, fines: list[Intento]) -> None:
    """Each charge at the gateway is one credit of the same amount or an observed payment, once."""
    cobros = escena.cobros()
    por_pago = [c["payment_intent"] for c in cobros]
    assert len(por_pago) == len(set(por_pago))
    pagados = {f.pasarela_id: int(f.monto.amount * 100) for f in fines if f.estado == "pagado"}
    observados = {f.pasarela_id: f.recibido for f in fines if f.estado == "observado"}
    assert {c["payment_intent"]: c["amount"] for c in cobros} == {**pagados, **observados}
    assert escena.saldo() == escena.pasarela() == sum(pagados.values())
    cuenta = escena.cuenta_ahora()
    assert (a_centavos(cuenta.creditos_pendientes), a_centavos(cuenta.debitos_pendientes)) == (0, 0)


# The page whose address we never got cannot be paid by anybody.
EN_SU_PAGINA = AL_FINAL | {Falla.ERROR_DESPUES: "cancelado"}


@pytest.mark.usefixtures("sin_limites", "sin_cupo")
@pytest.mark.parametrize("falla", list(Falla))
def test_lo_mismo_en_la_pagina_de_la_pasarela(escena: Escena, falla: Falla) -> None:
    """The hosted page: the person pays as soon as they have its address."""
    intento_id = escena.crear("30.00", None)
    provocar(falla, de=intento_id)
    avanzar(intento_id)
    for _ in range(40):
        fila = escena.intento(intento_id)
        if fila.estado == "requiere_accion":
            assert fila.sesion_id is not None
            pagar_sesion(fila.sesion_id, "pm_card_visa")
        if fila.estado not in ABIERTOS:
            break
        escena.barrer(timedelta(seconds=45))
    escena.barrer(timedelta(hours=2))

    fin = escena.intento(intento_id)
    assert fin.estado == EN_SU_PAGINA[falla]
    _exigir_conciliado(escena, [fin])


@pytest.mark.parametrize("falla", [Falla.TIEMPO_DESPUES, Falla.ERROR_DESPUES])
def test_una_tarjeta_rechazada_cuya_respuesta_se_pierde(escena: Escena, falla: Falla) -> None:
    intento_id = escena.crear("30.00", "pm_card_visa_chargeDeclined")
    provocar(falla, de=intento_id)
    avanzar(intento_id)
    assert escena.intento(intento_id).estado == "ambiguo"
    escena.barrer(timedelta(seconds=10))
    fin = escena.intento(intento_id)
    assert (fin.estado, fin.motivo) == ("rechazado", "generic_decline")
    assert (escena.saldo(), escena.cobrado()) == (0, 0)


def test_lenta_encuentra_la_clave_en_uso_y_no_cobra_dos_veces(escena: Escena) -> None:
    """The charge lands after we looked for it and asked again: the key stops the second one."""
    intento_id = escena.crear("30.00")
    provocar(Falla.LENTA, de=intento_id)
    avanzar(intento_id)
    escena.reloj.adelantar(timedelta(seconds=11))
    avanzar(intento_id)  # its list shows nothing, and its key is in use
    assert (escena.intento(intento_id).estado, escena.cobros()) == ("ambiguo", [])

    escena.barrer(timedelta(seconds=30))

    assert escena.intento(intento_id).estado == "pagado"
    assert [c["amount"] for c in escena.cobros()] == [3_000]


def test_un_error_guardado_no_se_da_por_perdido_antes_de_diez_minutos(escena: Escena) -> None:
    intento_id = escena.crear("30.00")
    provocar(Falla.ERROR_ANTES, de=intento_id)
    avanzar(intento_id)
    escena.barrer(timedelta(minutes=9))
    assert escena.intento(intento_id).estado == "ambiguo"
    escena.barrer(timedelta(minutes=2))
    fin = escena.intento(intento_id)
    assert (fin.estado, fin.motivo) == ("cancelado", "sin_respuesta")
    with abrir() as almacen:
        assert almacen.listar("payment_intent") == []


def test_demasiados_pedidos_no_cuenta_como_enviado(escena: Escena) -> None:
    intento_id = escena.crear("30.00")
    provocar(Falla.LIMITE, de=intento_id, veces=3)
    avanzar(intento_id)
    fila = escena.intento(intento_id)
    assert (fila.estado, fila.envios, fila.enviado_en) == ("creado", 0, None)
    for _ in range(3):
        escena.barrer(timedelta(minutes=1))
    assert escena.pasos(intento_id) == ["creado", "pagado"]
