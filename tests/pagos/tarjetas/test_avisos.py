"""Webhooks: believed only when signed, kept once, answered at once, and never trusted for what they say."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import stripe
from sqlmodel import select

from nucleo.bd import transaccion
from nucleo.eventos import entregar_pendientes
from nucleo.modelos import Evento
from nucleo.reloj import ahora
from pagos.tarjetas.avisos import (
    MAXIMO_BYTES,
    AvisoRechazado,
    firmar,
    recuperar_avisos,
    secreto_de_avisos,
    verificar_firma,
)
from pagos.tarjetas.conciliar import avanzar, conciliar
from pagos.tarjetas.modelos import AvisoPasarela
from pagos.tarjetas.simulada.avisos import RUTA
from pagos.tarjetas.simulada.fallas import Falla, provocar
from pagos.tarjetas.simulada.pagos import autenticar
from pagos.tarjetas.simulada.sesiones import pagar_sesion
from tests.pagos.tarjetas.conftest import Escena

EVENTO = {
    "id": "evt_1",
    "object": "event",
    "type": "payment_intent.succeeded",
    "created": 1_700_000_000,
    "data": {"object": {"id": "pi_de_nadie", "object": "payment_intent", "metadata": {}}},
}


def _enviar(cliente: Any, evento: Any = EVENTO, firma: str | None = None, cuerpo: bytes | None = None) -> Any:
    crudo = cuerpo if cuerpo is not None else json.dumps(evento).encode()
    puesta = firma if firma is not None else firmar(crudo, secreto_de_avisos(), ahora())
    return cliente.post(RUTA, content=crudo, headers={"Stripe-Signature": puesta})


def _guardados() -> list[AvisoPasarela]:
    with transaccion() as sesion:
        return list(sesion.exec(select(AvisoPasarela).order_by(AvisoPasarela.id)))


def test_un_aviso_firmado_se_guarda_crudo_y_se_contesta(escena: Escena) -> None:
    crudo = json.dumps(EVENTO, indent=3).encode()
    respuesta = _enviar(escena.cliente, cuerpo=crudo)
    assert (respuesta.status_code, respuesta.content) == (200, b"")
    (aviso,) = _guardados()
    assert (aviso.id, aviso.tipo, aviso.objeto) == ("evt_1", "payment_intent.succeeded", "pi_de_nadie")
    assert aviso.cuerpo == crudo
    assert aviso.emitido_en == datetime.fromtimestamp(1_700_000_000, UTC)
    assert entregar_pendientes() == 1


def test_la_firma_es_la_de_la_biblioteca_oficial() -> None:
    crudo, secreto, t = b'{"a": "\xc3\xb1"}', "whsec_x", datetime(2026, 1, 1, tzinfo=UTC)
    suya = stripe.WebhookSignature.generate_signature_header(crudo.decode(), secreto, int(t.timestamp()))
    assert firmar(crudo, secreto, t) == suya
    assert stripe.WebhookSignature.verify_header(crudo, firmar(crudo, secreto, t), secreto)


@pytest.mark.parametrize(
    "firma",
    [
        "",
        "t=1",
        "v1=00",
        "t=x,v1=00",
        "t=99999999999999999999,v1=00",
        "t=1700000000,t=1700000001,v1=00",
        "t=١٢٣,v1=00",
        "x" * 501,
    ],
)
def test_una_firma_que_no_es_se_rechaza(escena: Escena, firma: str) -> None:
    cabecera = {"Stripe-Signature": firma.encode()}
    respuesta = escena.cliente.post(RUTA, content=json.dumps(EVENTO).encode(), headers=cabecera)
    assert (respuesta.status_code, respuesta.json()["codigo"]) == (400, "aviso_rechazado")
    assert _guardados() == []


def test_un_solo_byte_distinto_se_rechaza(escena: Escena) -> None:
    crudo = json.dumps(EVENTO).encode()
    firma = firmar(crudo, secreto_de_avisos(), ahora())
    assert _enviar(escena.cliente, firma=firma, cuerpo=crudo + b" ").status_code == 400
    assert _enviar(escena.cliente, firma=firmar(crudo, "whsec_otro", ahora())).status_code == 400
    assert _guardados() == []


@pytest.mark.parametrize(
    ("desfase_s", "estado"), [(-301, 400), (-280, 200), (0, 200), (299, 200), (330, 400)]
)
def test_la_tolerancia_es_de_cinco_minutos(escena: Escena, desfase_s: int, estado: int) -> None:
    crudo = json.dumps(EVENTO).encode()
    firma = firmar(crudo, secreto_de_avisos(), ahora() + timedelta(seconds=desfase_s))
    assert _enviar(escena.cliente, firma=firma).status_code == estado
    assert len(_guardados()) == (1 if estado == 200 else 0)


def test_una_firma_entre_varias_basta() -> None:
    """While the secret is being changed the gateway signs with both."""
    buena = firmar(b"x", "nuevo", ahora())
    t, v1 = buena.split(",")
    verificar_firma(b"x", f"{t},v0=zz,v1=00,{v1}", "nuevo")
    with pytest.raises(AvisoRechazado):
        verificar_firma(b"x", f"{t},v0={v1.removeprefix('v1=')}", "nuevo")


@pytest.mark.parametrize(
    "cuerpo",
    [
        b"",
        b"no es json",
        b"[]",
        b"{}",
        b'{"id": "", "type": "x", "created": 1}',
        b'{"id": "evt", "type": "x", "created": "ayer"}',
        b'{"id": "evt", "type": "x", "created": 1e300}',
        b'{"id": "evt\\u0000", "type": "x", "created": 1}',
        b'{"id": "' + b"e" * 81 + b'", "type": "x", "created": 1}',
        b'{"id": "evt", "type": "' + b"t" * 81 + b'", "created": 1}',
        b"\xff\xfe",
        b" " * (MAXIMO_BYTES + 1),
    ],
)
def test_un_aviso_bien_firmado_pero_deforme_se_rechaza(escena: Escena, cuerpo: bytes) -> None:
    assert _enviar(escena.cliente, cuerpo=cuerpo).status_code == 400
    assert _guardados() == []


@pytest.mark.parametrize(
    "datos", [None, [], {"object": None}, {"object": {"id": 7}}, {"object": {"id": "x", "metadata": 3}}]
)
def test_tipos_y_objetos_desconocidos_se_guardan_y_se_ignoran(escena: Escena, datos: Any) -> None:
    for n, tipo in enumerate(("payout.paid", "payment_intent.succeeded", "charge.refund.updated")):
        evento = EVENTO | {"id": f"evt_{n}", "type": tipo, "data": datos}
        assert _enviar(escena.cliente, evento).status_code == 200
    assert entregar_pendientes() == 3
    assert len(_guardados()) == 3


def test_repetido_se_guarda_y_se_anuncia_una_vez(escena: Escena) -> None:
    for _ in range(3):
        assert _enviar(escena.cliente).status_code == 200
    (aviso,) = _guardados()
    assert aviso.repetidos == 2
    with transaccion() as sesion:
        assert len(sesion.exec(select(Evento).where(Evento.tipo == "AvisoDePasarelaRecibido")).all()) == 1


def test_un_aviso_apura_la_consulta(escena: Escena) -> None:
    intento = escena.pagar("60.00", None)
    assert intento.sesion_id is not None
    pagar_sesion(intento.sesion_id, "pm_card_visa")
    assert conciliar() == 0  # nothing due yet
    assert escena.avisos() == 3
    entregar_pendientes()
    assert conciliar() == 1
    assert escena.intento(intento.id).estado == "pagado"
    assert escena.saldo() == 6_000


def test_un_aviso_mentiroso_no_mueve_dinero(escena: Escena) -> None:
    """Well signed, and it says «succeeded»: the gateway itself says otherwise."""
    intento = escena.pagar("60.00", "pm_card_authenticationRequired")
    mentira = EVENTO | {
        "data": {
            "object": {
                "id": intento.pasarela_id,
                "object": "payment_intent",
                "status": "succeeded",
                "amount_received": 6_000,
                "metadata": {"intento_id": str(intento.id)},
            }
        }
    }
    assert _enviar(escena.cliente, mentira).status_code == 200
    entregar_pendientes()
    conciliar()
    assert escena.intento(intento.id).estado == "requiere_accion"
    assert escena.saldo() == 0


@pytest.mark.parametrize("falla", [Falla.AVISO_DOBLE, Falla.AVISOS_EN_DESORDEN, Falla.AVISO_TARDIO])
def test_dobles_en_desorden_o_tarde_dan_lo_mismo(escena: Escena, falla: Falla) -> None:
    intento_id = escena.crear("60.00", "pm_card_procesando")
    provocar(falla, de=intento_id)
    avanzar(intento_id)
    for minutos in (1, 1, 61, 61):
        escena.barrer(timedelta(minutes=minutos))
    assert escena.pasos(intento_id) == ["creado", "procesando", "pagado"]
    assert escena.saldo() == escena.cobrado() == 6_000
    avisos = sorted(_guardados(), key=lambda a: a.recibido_en)
    primero = "succeeded" if falla == Falla.AVISOS_EN_DESORDEN else "created"
    assert (len(avisos), avisos[0].tipo) == (3, f"payment_intent.{primero}")
    assert {a.repetidos for a in avisos} == ({1} if falla == Falla.AVISO_DOBLE else {0})


def test_un_aviso_de_un_pago_ya_terminado_no_cambia_nada(escena: Escena) -> None:
    intento = escena.pagar("60.00")
    antes = escena.intento(intento.id)
    escena.avisos()
    entregar_pendientes()
    assert conciliar() == 0
    assert escena.intento(intento.id) == antes


def test_lo_que_ningun_aviso_trajo_se_lee_de_la_lista(escena: Escena) -> None:
    intento_id = escena.crear("60.00", "pm_card_authenticationRequired")
    provocar(Falla.AVISO_PERDIDO, de=intento_id, veces=None)
    avanzar(intento_id)
    fila = escena.intento(intento_id)
    assert fila.pasarela_id is not None
    autenticar(fila.pasarela_id, acepta=True)
    assert escena.avisos() == 0

    assert recuperar_avisos() == 3
    assert recuperar_avisos() == 0
    assert {a.firma for a in _guardados()} == {"lista"}
    entregar_pendientes()
    assert conciliar() == 1
    assert escena.intento(intento_id).estado == "pagado"


def test_sin_secreto_configurado_no_se_cree_a_nadie(escena: Escena, monkeypatch: pytest.MonkeyPatch) -> None:
    crudo = json.dumps(EVENTO).encode()
    firma = firmar(crudo, secreto_de_avisos(), ahora())
    monkeypatch.setattr("pagos.tarjetas.puerta.usa_simulacion", lambda: False)
    assert _enviar(escena.cliente, firma=firma).status_code == 503
    assert _guardados() == []


def test_un_aviso_que_no_se_entrega_se_manda_otra_vez(escena: Escena) -> None:
    from pagos.tarjetas.simulada.avisos import entregar_avisos

    escena.pagar("60.00")
    respuestas = iter([500, 0, 200, 200])
    assert entregar_avisos(lambda _cuerpo, _cabeceras: next(respuestas)) == 0
    escena.reloj.adelantar(timedelta(seconds=25))
    assert entregar_avisos(lambda _cuerpo, _cabeceras: next(respuestas)) == 2
    escena.reloj.adelantar(timedelta(days=1))
    assert entregar_avisos(lambda _cuerpo, _cabeceras: next(respuestas)) == 0
