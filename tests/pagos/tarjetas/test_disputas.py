"""Claims of cardholders: held, frozen, released, lost; the ledger always equals the gateway."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, text
from sqlmodel import select

from nucleo.bd import transaccion
from nucleo.dinero import a_centavos, bs
from pagos import (
    Codigo,
    CuentaNoOpera,
    SolicitudTransferencia,
    TipoCuenta,
    cuenta_de_persona,
    cuenta_de_sistema,
    exigir_transferencia,
)
from pagos.libro import obtener_cuenta
from pagos.libro.cuentas import congelar
from pagos.tarjetas.consultas import ReclamoSinCubrir, reclamos_sin_cubrir, saldo_reembolsable
from pagos.tarjetas.disputar import aplicar_disputa
from pagos.tarjetas.lectura import LecturaDisputa
from pagos.tarjetas.modelos import Disputa, Intento
from pagos.tarjetas.simulada.disputas import decidir_disputa, disputar_pago
from pagos.tarjetas.simulada.errores import ErrorSimulado
from pagos.tarjetas.simulada.fallas import Falla, provocar
from pagos.tarjetas.verificar import verificar_pasarela
from tests.pagos.tarjetas.conftest import Escena


def _disputas() -> list[Disputa]:
    with transaccion() as sesion:
        return list(sesion.exec(select(Disputa).order_by(Disputa.creado_en)))


def _disputar(escena: Escena, intento: Intento) -> Disputa:
    assert intento.pasarela_id is not None
    disputar_pago(intento.pasarela_id)
    escena.barrer()
    return _disputas()[-1]


def _decidir(escena: Escena, disputa: Disputa, *, gana: bool) -> Disputa:
    decidir_disputa(disputa.pasarela_id, gana_el_comercio=gana)
    escena.barrer()
    return next(d for d in _disputas() if d.id == disputa.id)


def _gastar(escena: Escena, crear_persona: Any, monto: str) -> int:
    with transaccion() as sesion:
        otra = cuenta_de_persona(sesion, crear_persona("Beto").id)
        exigir_transferencia(
            sesion,
            SolicitudTransferencia(
                id=uuid.uuid4(), debito=escena.cuenta, credito=otra, monto=bs(monto), codigo=Codigo.AJUSTE
            ),
            escena.actor,
        )
    return otra


def _ajuste() -> int:
    with transaccion() as sesion:
        return a_centavos(obtener_cuenta(sesion, cuenta_de_sistema(sesion, TipoCuenta.AJUSTE)).saldo)


def test_una_disputa_retiene_y_ganada_libera(escena: Escena) -> None:
    intento = escena.pagar("100.00")
    disputa = _disputar(escena, intento)
    assert (
        disputa.estado,
        a_centavos(disputa.monto),
        a_centavos(disputa.retenido),
        a_centavos(disputa.faltante),
        disputa.congelo,
    ) == (
        "abierta",
        10_000,
        10_000,
        0,
        False,
    )
    cuenta = escena.cuenta_ahora()
    assert (a_centavos(cuenta.saldo), a_centavos(cuenta.disponible), cuenta.congelada) == (10_000, 0, False)
    with transaccion() as sesion:
        assert a_centavos(saldo_reembolsable(sesion, escena.intento(intento.id))) == 0

    ganada = _decidir(escena, disputa, gana=True)
    assert (
        ganada.estado,
        a_centavos(ganada.retenido),
        a_centavos(ganada.cobrado),
        a_centavos(ganada.faltante),
    ) == ("ganada", 0, 0, 0)
    assert a_centavos(escena.cuenta_ahora().disponible) == 10_000
    with transaccion() as sesion:
        assert a_centavos(saldo_reembolsable(sesion, escena.intento(intento.id))) == 10_000


def test_perdida_sale_de_la_cuenta(escena: Escena) -> None:
    disputa = _disputar(escena, escena.pagar("100.00"))
    perdida = _decidir(escena, disputa, gana=False)
    assert (
        perdida.estado,
        a_centavos(perdida.retenido),
        a_centavos(perdida.cobrado),
        a_centavos(perdida.faltante),
    ) == (
        "perdida",
        0,
        10_000,
        0,
    )
    assert (escena.saldo(), escena.pasarela()) == (0, 0)
    assert perdida.consultar_en is None


def test_lo_que_falta_congela_y_lo_que_llega_se_retiene(escena: Escena, crear_persona: Any) -> None:
    intento = escena.pagar("100.00")
    _gastar(escena, crear_persona, "70.00")
    disputa = _disputar(escena, intento)
    assert (a_centavos(disputa.retenido), a_centavos(disputa.faltante), disputa.congelo) == (
        3_000,
        7_000,
        True,
    )
    assert escena.cuenta_ahora().congelada is True
    with transaccion() as sesion:  # what the wallet says of why, and of what lifts it
        falta = ReclamoSinCubrir(intento.id, bs("100.00"), bs("70.00"))
        assert reclamos_sin_cubrir(sesion, escena.cuenta) == [falta]
    with pytest.raises(CuentaNoOpera):
        _gastar(escena, crear_persona, "0.01")

    escena.pagar("50.00")  # it can still receive; the next look holds it
    escena.barrer(timedelta(hours=1, minutes=1))
    (medio,) = _disputas()
    assert (a_centavos(medio.retenido), a_centavos(medio.faltante), medio.reservas) == (8_000, 2_000, 2)
    assert escena.cuenta_ahora().congelada is True

    escena.pagar("50.00")
    escena.barrer(timedelta(hours=1, minutes=1))
    (cubierta,) = _disputas()
    assert (a_centavos(cubierta.retenido), a_centavos(cubierta.faltante), cubierta.congelo) == (
        10_000,
        0,
        False,
    )
    cuenta = escena.cuenta_ahora()
    assert (cuenta.congelada, a_centavos(cuenta.disponible)) == (False, 3_000)
    with transaccion() as sesion:
        assert reclamos_sin_cubrir(sesion, escena.cuenta) == []

    _decidir(escena, cubierta, gana=False)
    assert (escena.saldo(), escena.pasarela()) == (3_000, 10_000)


def test_perdida_sin_fondos_la_adelanta_la_plataforma_y_se_cobra_despues(
    escena: Escena, crear_persona: Any
) -> None:
    intento = escena.pagar("100.00")
    _gastar(escena, crear_persona, "70.00")
    perdida = _decidir(escena, _disputar(escena, intento), gana=False)
    assert (perdida.estado, a_centavos(perdida.cobrado), a_centavos(perdida.faltante)) == (
        "perdida",
        3_000,
        7_000,
    )
    assert (escena.saldo(), escena.pasarela(), _ajuste()) == (0, 0, -7_000)
    assert escena.cuenta_ahora().congelada is True

    escena.pagar("60.00")
    escena.barrer(timedelta(hours=1, minutes=1))
    (medio,) = _disputas()
    assert (a_centavos(medio.faltante), escena.saldo(), _ajuste()) == (1_000, 0, -1_000)
    assert escena.cuenta_ahora().congelada is True

    escena.pagar("60.00")
    escena.barrer(timedelta(hours=1, minutes=1))
    (fin,) = _disputas()
    assert (a_centavos(fin.faltante), fin.consultar_en, escena.saldo(), _ajuste()) == (0, None, 5_000, 0)
    assert escena.cuenta_ahora().congelada is False
    assert escena.pasarela() == 12_000


def test_dos_reclamos_sobre_la_misma_cuenta(escena: Escena, crear_persona: Any) -> None:
    """Winning one does not unfreeze what the other still needs."""
    uno, otro = escena.pagar("100.00"), escena.pagar("100.00")
    _gastar(escena, crear_persona, "200.00")
    primera, segunda = _disputar(escena, uno), _disputar(escena, otro)
    assert (primera.congelo, segunda.congelo) == (True, False)

    _decidir(escena, primera, gana=True)
    assert escena.cuenta_ahora().congelada is True
    assert _disputas()[1].congelo is True

    _decidir(escena, segunda, gana=True)
    assert escena.cuenta_ahora().congelada is False


def test_el_que_congelo_su_cuenta_la_sigue_teniendo_congelada(escena: Escena) -> None:
    intento = escena.pagar("100.00")
    with transaccion() as sesion:
        congelar(sesion, escena.cuenta)
    disputa = _disputar(escena, intento)
    assert (a_centavos(disputa.retenido), disputa.congelo) == (10_000, False)
    _decidir(escena, disputa, gana=True)
    cuenta = escena.cuenta_ahora()
    assert (cuenta.congelada, a_centavos(cuenta.disponible)) == (True, 10_000)


def test_solo_se_disputa_lo_que_no_se_reembolso(escena: Escena) -> None:
    from pagos.tarjetas.reembolsar import avanzar_reembolso, pedir_reembolso

    intento = escena.pagar("100.00")
    with transaccion() as sesion:
        id = pedir_reembolso(
            sesion,
            escena.actor,
            id=uuid.uuid4(),
            intento_id=intento.id,
            monto=bs("40"),
            saldo_visto=bs("100"),
        ).id
    avanzar_reembolso(id)
    disputa = _disputar(escena, intento)
    assert (a_centavos(disputa.monto), a_centavos(disputa.retenido)) == (6_000, 6_000)
    _decidir(escena, disputa, gana=False)
    assert (escena.saldo(), escena.pasarela()) == (0, 0)


@pytest.mark.parametrize("metodo", ["pm_card_visa", "pm_card_createDispute"])
def test_de_lo_reembolsado_entero_nada_se_disputa(escena: Escena, metodo: str) -> None:
    """Nor is a claim of nothing, which a gateway might send, looked at for ever."""
    from pagos.tarjetas.reembolsar import avanzar_reembolso, pedir_reembolso

    intento = escena.pagar("100.00", metodo)
    with transaccion() as sesion:
        cien = bs("100.00")
        id = pedir_reembolso(
            sesion,
            escena.actor,
            id=uuid.uuid4(),
            intento_id=intento.id,
            monto=cien,
            saldo_visto=cien,
            nota="Todo",
        ).id
    avanzar_reembolso(id)
    assert intento.pasarela_id is not None
    with pytest.raises(ErrorSimulado):
        disputar_pago(intento.pasarela_id)
    escena.barrer(timedelta(hours=2))
    with transaccion() as sesion:
        nada = LecturaDisputa("abierta", "dp_nada", intento.pasarela_id, 0, "fraudulent", None)
        assert aplicar_disputa(sesion, nada) is None
        assert sesion.exec(select(Disputa)).all() == []


def test_la_tarjeta_que_disputa_despues(escena: Escena) -> None:
    escena.pagar("100.00", "pm_card_createDispute")
    escena.barrer(timedelta(seconds=31))
    (disputa,) = _disputas()
    assert (disputa.causa, disputa.estado, a_centavos(disputa.retenido)) == ("fraudulent", "abierta", 10_000)
    assert disputa.responder_hasta is not None


def test_una_disputa_cuyo_aviso_se_perdio_se_encuentra_en_la_lista(escena: Escena) -> None:
    from pagos.tarjetas.avisos import recuperar_avisos

    intento_id = escena.crear("100.00", "pm_card_createDispute")
    provocar(Falla.AVISO_PERDIDO, de=intento_id, veces=None)
    from pagos.tarjetas.conciliar import avanzar

    avanzar(intento_id)
    escena.barrer(timedelta(minutes=1))
    assert _disputas() == []
    recuperar_avisos()
    escena.barrer()
    (disputa,) = _disputas()
    assert a_centavos(disputa.retenido) == 10_000


def test_lo_repetido_y_lo_ajeno_no_cambia_nada(escena: Escena) -> None:
    intento = escena.pagar("100.00")
    disputa = _disputar(escena, intento)
    lectura = LecturaDisputa("abierta", disputa.pasarela_id, intento.pasarela_id, 10_000, "fraudulent", None)
    for _ in range(3):
        with transaccion() as sesion:
            aplicar_disputa(sesion, lectura)
    (igual,) = _disputas()
    assert (a_centavos(igual.retenido), igual.reservas) == (10_000, 1)
    with transaccion() as sesion:
        ajena = LecturaDisputa("abierta", "dp_x", "pi_de_otro", 1, "fraudulent", None)
        assert aplicar_disputa(sesion, ajena) is None
    assert len(_disputas()) == 1


def _cambia_de_idea(disputa: Disputa, intento: Intento) -> Disputa:
    """The bank gives back what it took; heard twice."""
    assert intento.pasarela_id is not None
    monto = a_centavos(disputa.monto)
    lectura = LecturaDisputa("ganada", disputa.pasarela_id, intento.pasarela_id, monto, "fraudulent", None)
    for _vez in range(2):
        with transaccion() as sesion:
            aplicar_disputa(sesion, lectura)
    return next(d for d in _disputas() if d.id == disputa.id)


def test_lo_que_un_banco_devuelve_despues_vuelve_a_la_cuenta(escena: Escena) -> None:
    intento = escena.pagar("100.00")
    perdida = _decidir(escena, _disputar(escena, intento), gana=False)
    assert (escena.saldo(), escena.pasarela()) == (0, 0)
    ganada = _cambia_de_idea(perdida, intento)
    assert (ganada.estado, a_centavos(ganada.cobrado), a_centavos(ganada.faltante)) == ("ganada", 0, 0)
    assert (escena.saldo(), escena.pasarela(), _ajuste()) == (10_000, 10_000, 0)
    with transaccion() as sesion:
        assert verificar_pasarela(sesion) == []


def test_lo_que_un_banco_devuelve_despues_salda_la_deuda(escena: Escena, crear_persona: Any) -> None:
    """What the platform lent comes back to it, what was taken to its owner, and the account works again."""
    intento = escena.pagar("100.00")
    _gastar(escena, crear_persona, "70.00")
    perdida = _decidir(escena, _disputar(escena, intento), gana=False)
    assert (escena.saldo(), escena.pasarela(), _ajuste()) == (0, 0, -7_000)
    ganada = _cambia_de_idea(perdida, intento)
    assert (ganada.estado, ganada.congelo, ganada.consultar_en) == ("ganada", False, None)
    assert escena.cuenta_ahora().congelada is False
    assert (escena.saldo(), escena.pasarela(), _ajuste()) == (3_000, 10_000, 0)


def test_lo_que_se_gano_y_la_pasarela_dice_perdido_se_ve(escena: Escena) -> None:
    """No money moves; it is asked for again each hour, until the gateway says otherwise."""
    intento = escena.pagar("100.00")
    ganada = _decidir(escena, _disputar(escena, intento), gana=True)
    for veredicto, faltas in (
        ("perdida", [f"la pasarela dice perdido un reclamo que se había ganado (1): {ganada.id}"]),
        ("ganada", []),
    ):
        lectura = LecturaDisputa(
            veredicto, ganada.pasarela_id, intento.pasarela_id, 10_000, "fraudulent", None
        )
        for _vez in range(2):
            with transaccion() as sesion:
                aplicar_disputa(sesion, lectura)
        (disputa,) = _disputas()
        assert (disputa.estado, disputa.consultar_en is not None) == ("ganada", bool(faltas))
        assert (escena.saldo(), escena.pasarela(), _ajuste()) == (10_000, 10_000, 0)
        with transaccion() as sesion:
            assert verificar_pasarela(sesion) == faltas


def test_lo_que_vuelve_a_una_cuenta_cerrada_espera(escena: Escena, duenio: Engine) -> None:
    intento = escena.pagar("100.00")
    perdida = _decidir(escena, _disputar(escena, intento), gana=False)
    with duenio.begin() as conexion:
        conexion.exec_driver_sql(f"UPDATE pagos_cuenta SET cerrada = true WHERE id = {escena.cuenta}")
    ganada = _cambia_de_idea(perdida, intento)
    assert (ganada.estado, a_centavos(ganada.por_repartir)) == ("ganada", 10_000)
    assert (escena.saldo(), escena.pasarela(), _ajuste()) == (0, 10_000, 10_000)
    cuerpos = "SELECT cuerpo FROM ciudadania_notificacion WHERE asunto LIKE 'El banco cambió su decisión%'"
    with transaccion() as sesion:
        (cuerpo,) = sesion.connection().execute(text(cuerpos)).scalars()
    assert cuerpo == "El cargo a la tarjeta queda firme, y por ese reclamo no se debe nada."


def test_una_disputa_perdida_no_se_da_por_ganada_sin_devolver(escena: Escena) -> None:
    _decidir(escena, _disputar(escena, escena.pagar("100.00")), gana=False)
    from sqlalchemy.exc import DBAPIError

    with pytest.raises(DBAPIError, match="no pasa de perdida a ganada"), transaccion() as sesion:
        sesion.connection().execute(text("UPDATE pagos_disputa SET estado = 'ganada'"))


def test_la_pasarela_que_no_contesta_no_pierde_el_reclamo(
    escena: Escena, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pagos.tarjetas import puerta

    intento = escena.pagar("100.00")
    assert intento.pasarela_id is not None
    with monkeypatch.context() as parche:

        def nadie(*_: Any) -> None:
            raise puerta.SinRespuesta("caída")

        parche.setattr(puerta, "consultar_disputa", nadie)
        disputar_pago(intento.pasarela_id)
        escena.barrer()
        assert _disputas() == []
    escena.barrer(timedelta(seconds=61))
    (disputa,) = _disputas()
    assert a_centavos(disputa.retenido) == 10_000
