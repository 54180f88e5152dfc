"""Refunds to the card: held, asked, posted or freed; never more than was paid."""

import threading
import uuid
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select

from nucleo.bd import transaccion
from nucleo.dinero import a_centavos, bs
from nucleo.errores import Prohibido
from nucleo.modelos import Evento
from pagos import Codigo, ErrorDePago, SolicitudTransferencia, cuenta_de_persona, exigir_transferencia
from pagos.tarjetas import conciliar, puerta, reembolsar
from pagos.tarjetas.consultas import saldo_reembolsable
from pagos.tarjetas.errores import (
    NadaPorReembolsar,
    PagoNoReembolsable,
    PlazoDeReembolsoVencido,
    ReembolsoDistinto,
    ReembolsoExcedido,
    SaldoReembolsableDistinto,
)
from pagos.tarjetas.lectura import LecturaReembolso
from pagos.tarjetas.modelos import Intento
from pagos.tarjetas.reembolsar import aplicar_reembolso, avanzar_reembolso, pedir_reembolso
from pagos.tarjetas.simulada.fallas import Falla, provocar
from tests.pagos.tarjetas.conftest import Escena


def _pedir(
    escena: Escena,
    intento: Intento,
    monto: str,
    visto: str,
    id: uuid.UUID | None = None,
    actor: Any = None,
    **mas: Any,
) -> uuid.UUID:
    with transaccion() as sesion:
        return pedir_reembolso(
            sesion,
            actor or escena.actor,
            id=id or uuid.uuid4(),
            intento_id=intento.id,
            monto=bs(monto),
            saldo_visto=bs(visto),
            **mas,
        ).id


def _reembolsar(escena: Escena, intento: Intento, monto: str, visto: str) -> Any:
    id = _pedir(escena, intento, monto, visto)
    avanzar_reembolso(id)
    return escena.reembolso(id)


def _queda(escena: Escena, intento: Intento) -> int:
    with transaccion() as sesion:
        return a_centavos(saldo_reembolsable(sesion, escena.intento(intento.id)))


def test_varios_parciales_hasta_el_total(escena: Escena) -> None:
    intento = escena.pagar("100.00")
    uno = _reembolsar(escena, intento, "30.00", "100.00")
    assert (uno.estado, escena.saldo(), escena.pasarela(), escena.cobrado()) == ("hecho", 7_000, 7_000, 7_000)
    otro = _reembolsar(escena, intento, "70.00", "70.00")
    assert (otro.estado, escena.saldo(), escena.pasarela(), escena.cobrado()) == ("hecho", 0, 0, 0)
    assert _queda(escena, intento) == 0
    with pytest.raises(NadaPorReembolsar):
        _pedir(escena, intento, "0.01", "0.00")
    with transaccion() as sesion:
        hechos = sesion.exec(select(Evento.datos).where(Evento.tipo == "ReembolsoATarjetaHecho")).all()
    assert sorted(d["monto"] for d in hechos) == [3_000, 7_000]


@pytest.mark.parametrize(
    ("monto", "visto", "error"),
    [
        ("100.01", "100.00", ReembolsoExcedido),
        ("0", "100.00", ReembolsoExcedido),
        ("-1", "100.00", ReembolsoExcedido),
        ("10.00", "99.99", SaldoReembolsableDistinto),
        ("10.00", "100.01", SaldoReembolsableDistinto),
    ],
)
def test_lo_que_no_corresponde_se_rechaza_sin_mover_nada(
    escena: Escena, monto: str, visto: str, error: type[Exception]
) -> None:
    intento = escena.pagar("100.00")
    with pytest.raises(error):
        _pedir(escena, intento, monto, visto)
    cuenta = escena.cuenta_ahora()
    assert (a_centavos(cuenta.saldo), a_centavos(cuenta.disponible), escena.cobrado()) == (
        10_000,
        10_000,
        10_000,
    )


def test_el_saldo_visto_que_cambio_dice_el_nuevo(escena: Escena) -> None:
    intento = escena.pagar("100.00")
    _reembolsar(escena, intento, "30.00", "100.00")
    with pytest.raises(SaldoReembolsableDistinto) as error:
        _pedir(escena, intento, "30.00", "100.00")
    assert error.value.detalle.startswith("Ahora quedan Bs\xa070,00 por reembolsar.")
    assert error.value.estado == 412


def test_hasta_noventa_dias(escena: Escena) -> None:
    intento = escena.pagar("100.00")
    escena.reloj.adelantar(timedelta(days=90) - timedelta(minutes=1))
    assert _reembolsar(escena, intento, "10.00", "100.00").estado == "hecho"
    escena.reloj.adelantar(timedelta(minutes=2))
    with pytest.raises(PlazoDeReembolsoVencido):
        _pedir(escena, intento, "10.00", "90.00")


def test_solo_lo_pagado_y_solo_su_gente(escena: Escena, crear_persona: Any, actor_de: Any) -> None:
    rechazado = escena.pagar("10.00", "pm_card_visa_chargeDeclined")
    abierto = escena.pagar("10.00", None)
    for intento in (rechazado, abierto):
        with pytest.raises(PagoNoReembolsable):
            _pedir(escena, intento, "10.00", "10.00")
    pagado = escena.pagar("10.00")
    with pytest.raises(Prohibido):
        _pedir(escena, pagado, "10.00", "10.00", actor=actor_de(crear_persona("Beto")))
    assert escena.saldo() == 1_000


def test_sin_saldo_en_la_cuenta_no_se_pide(escena: Escena, crear_persona: Any) -> None:
    intento = escena.pagar("100.00")
    with transaccion() as sesion:
        otra = cuenta_de_persona(sesion, crear_persona("Beto").id)
        exigir_transferencia(
            sesion,
            SolicitudTransferencia(
                id=uuid.uuid4(), debito=escena.cuenta, credito=otra, monto=bs("50"), codigo=Codigo.ENVIO
            ),
            escena.actor,
        )
    with pytest.raises(ErrorDePago) as error:
        _pedir(escena, intento, "50.01", "100.00")
    assert error.value.codigo == "fondos_insuficientes"
    assert _queda(escena, intento) == 10_000


def test_el_mismo_id_es_el_mismo_reembolso(escena: Escena) -> None:
    intento = escena.pagar("100.00")
    id = uuid.uuid4()
    _pedir(escena, intento, "10.00", "100.00", id)
    assert _pedir(escena, intento, "10.00", "100.00", id) == id  # its own hold already changed the balance
    with pytest.raises(ReembolsoDistinto):
        _pedir(escena, intento, "11.00", "100.00", id)
    with pytest.raises(ReembolsoDistinto):
        _pedir(escena, intento, "10.00", "100.00", id, nota="Por otra cosa")
    avanzar_reembolso(id)
    assert (escena.saldo(), escena.cobrado()) == (9_000, 9_000)


def test_mientras_se_reembolsa_el_dinero_no_se_puede_gastar(escena: Escena) -> None:
    intento = escena.pagar("100.00")
    _pedir(escena, intento, "80.00", "100.00")
    cuenta = escena.cuenta_ahora()
    assert (a_centavos(cuenta.saldo), a_centavos(cuenta.disponible)) == (10_000, 2_000)


def test_dos_a_la_vez_nunca_superan_lo_pagado(escena: Escena) -> None:
    """Twelve people press «refund Bs 40 of 100» having seen the same balance."""
    intento = escena.pagar("100.00")
    salida = threading.Barrier(12)
    errores: list[type[Exception]] = []

    def correr() -> None:
        salida.wait()
        try:
            _pedir(escena, intento, "40.00", "100.00")
        except Exception as error:
            errores.append(type(error))

    hilos = [threading.Thread(target=correr) for _ in range(12)]
    for hilo in hilos:
        hilo.start()
    for hilo in hilos:
        hilo.join()
    assert errores == [SaldoReembolsableDistinto] * 11
    assert _queda(escena, intento) == 6_000


def test_el_banco_que_tarda_y_el_que_devuelve(escena: Escena) -> None:
    lento = escena.pagar("100.00", "pm_card_pendingRefund")
    reembolso = _reembolsar(escena, lento, "40.00", "100.00")
    assert (reembolso.estado, escena.saldo()) == ("procesando", 10_000)
    assert a_centavos(escena.cuenta_ahora().disponible) == 6_000
    escena.barrer(timedelta(minutes=3))
    assert (escena.reembolso(reembolso.id).estado, escena.saldo()) == ("hecho", 6_000)

    devuelto = escena.pagar("100.00", "pm_card_refundFail")
    otro = _reembolsar(escena, devuelto, "100.00", "100.00")
    assert (otro.estado, escena.saldo()) == ("hecho", 6_000)
    escena.barrer(timedelta(minutes=1))  # its webhook makes it due again
    fin = escena.reembolso(otro.id)
    assert (fin.estado, fin.motivo) == ("revertido", "expired_or_canceled_card")
    assert escena.saldo() == escena.pasarela() == escena.cobrado() == 16_000
    assert _queda(escena, devuelto) == 10_000  # it may be tried again


FINALES = {
    Falla.TIEMPO_ANTES: "hecho",
    Falla.TIEMPO_DESPUES: "hecho",
    Falla.ERROR_ANTES: "fallido",
    Falla.ERROR_DESPUES: "hecho",
    Falla.LIMITE: "hecho",
    Falla.LENTA: "hecho",
}


@pytest.mark.usefixtures("sin_limites")
@pytest.mark.parametrize("falla", list(FINALES))
def test_las_mismas_fallas_y_nada_queda_sin_conciliar(escena: Escena, falla: Falla) -> None:
    intento = escena.pagar("2000.00")
    ids = []
    for n in range(10):
        id = _pedir(escena, intento, "100.00", f"{2000 - 100 * n}.00")
        provocar(falla, de=id)
        avanzar_reembolso(id)
        assert escena.reembolso(id).estado == ("creado" if falla == Falla.LIMITE else "ambiguo")
        ids.append(id)
    for _ in range(20):
        escena.barrer(timedelta(minutes=1))
    assert {escena.reembolso(i).estado for i in ids} == {FINALES[falla]}
    esperado = 200_000 if FINALES[falla] == "fallido" else 100_000
    assert escena.saldo() == escena.pasarela() == escena.cobrado() == esperado
    cuenta = escena.cuenta_ahora()
    assert (a_centavos(cuenta.disponible), a_centavos(cuenta.debitos_pendientes)) == (esperado, 0)
    assert _queda(escena, intento) == esperado


def test_una_caida_entre_la_devolucion_y_la_respuesta(
    escena: Escena, monkeypatch: pytest.MonkeyPatch
) -> None:
    intento = escena.pagar("100.00")
    id = _pedir(escena, intento, "40.00", "100.00")

    def morir(*_: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as parche:
        parche.setattr(reembolsar, "aplicar_reembolso", morir)
        with pytest.raises(KeyboardInterrupt):
            avanzar_reembolso(id)
    assert (escena.reembolso(id).estado, escena.cobrado(), escena.saldo()) == ("creado", 6_000, 10_000)
    escena.barrer(conciliar.ARRIENDO + timedelta(seconds=1))
    assert (escena.reembolso(id).estado, escena.cobrado(), escena.saldo()) == ("hecho", 6_000, 6_000)


def test_lo_que_la_pasarela_niega_vuelve_a_la_cuenta(escena: Escena, monkeypatch: pytest.MonkeyPatch) -> None:
    intento = escena.pagar("100.00")
    id = _pedir(escena, intento, "40.00", "100.00")

    def negar(*_: Any) -> None:
        raise puerta.PedidoRechazado("disputado", "charge_disputed")

    monkeypatch.setattr(puerta, "reembolsar", negar)
    avanzar_reembolso(id)
    fin = escena.reembolso(id)
    assert (fin.estado, fin.motivo) == ("fallido", "charge_disputed")
    assert a_centavos(escena.cuenta_ahora().disponible) == 10_000
    assert _queda(escena, intento) == 10_000


def test_una_respuesta_ajena_no_se_aplica(escena: Escena) -> None:
    intento = escena.pagar("100.00")
    id = _pedir(escena, intento, "40.00", "100.00")
    for ajena in (
        LecturaReembolso("hecho", "re_x", 4_000, metadatos_id=str(uuid.uuid4())),
        LecturaReembolso("hecho", "re_x", 4_001),
    ):
        with transaccion() as sesion:
            aplicar_reembolso(sesion, id, ajena)
    fila = escena.reembolso(id)
    assert (fila.estado, fila.pasarela_id, escena.saldo()) == ("creado", None, 10_000)


def test_sin_rastro_pasadas_23_horas_se_libera(escena: Escena) -> None:
    intento = escena.pagar("100.00")
    id = _pedir(escena, intento, "40.00", "100.00")
    provocar(Falla.TIEMPO_ANTES, de=id, veces=None)
    avanzar_reembolso(id)
    for _ in range(4):
        escena.barrer(timedelta(hours=6))
    fin = escena.reembolso(id)
    assert (fin.estado, fin.motivo, escena.saldo(), escena.cobrado()) == (
        "fallido",
        "sin_respuesta",
        10_000,
        10_000,
    )


def test_solo_el_regulador_devuelve_un_cobro_observado(
    escena: Escena, crear_persona: Any, actor_de: Any, crear_unidad: Any
) -> None:
    from empresa_digital.registro import SinFacultad
    from pagos.tarjetas.conciliar import avanzar

    intento_id = escena.crear("100.00")
    provocar(Falla.MONTO_DISTINTO, de=intento_id, veces=None)
    avanzar(intento_id)
    observado = escena.intento(intento_id)
    with pytest.raises(SinFacultad):
        _pedir(escena, observado, "99.00", "99.00")
    reguladora = crear_persona("Rita")
    crear_unidad(
        "Autoridad",
        tipo="ENTIDAD_PUBLICA",
        representante=reguladora,
        facultades=["ADMINISTRAR", "REGULAR"],
        habilitaciones=["AUTORIDAD_REGULADORA"],
    )
    id = _pedir(escena, observado, "99.00", "99.00", actor=actor_de(reguladora))
    avanzar_reembolso(id)
    assert (escena.reembolso(id).estado, escena.reembolso(id).reserva_id) == ("hecho", None)
    assert (escena.saldo(), escena.pasarela(), escena.cobrado()) == (0, 0, 0)
