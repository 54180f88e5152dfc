"""Saved cards: agreed to, written at the gateway, used, taken off, and what time does to them."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
import stripe
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import select

from nucleo.bd import transaccion
from nucleo.dinero import bs
from pagos.tarjetas import puerta
from pagos.tarjetas.errores import DemasiadasTarjetas, TarjetaInexistente, TarjetaNoUsable
from pagos.tarjetas.guardadas.conciliar import avanzar_tarjeta, conciliar_tarjetas
from pagos.tarjetas.guardadas.guardar import MAXIMAS, guardar_tarjeta, quitar_tarjeta
from pagos.tarjetas.iniciar import recargar
from pagos.tarjetas.modelos import Intento, TarjetaGuardada
from pagos.tarjetas.simulada import avanzar_tiempo
from pagos.tarjetas.simulada.fallas import Falla, provocar
from pagos.tarjetas.simulada.sesiones import autenticar_sesion, pagar_sesion
from tests.pagos.tarjetas.conftest import Escena
from tests.pagos.tarjetas.test_paginas import _oculto, _texto

MIS_TARJETAS, RECARGAS = "/billetera/tarjetas", "/api/v1/recargas"


def _fila(tarjeta_id: uuid.UUID) -> TarjetaGuardada:
    with transaccion() as sesion:
        return sesion.get_one(TarjetaGuardada, tarjeta_id)


def _consentir(escena: Escena) -> uuid.UUID:
    with transaccion() as sesion:
        return guardar_tarjeta(sesion, escena.actor, id=uuid.uuid4(), consiente=True).id


def _guardar(escena: Escena, metodo: str = "pm_card_visa") -> TarjetaGuardada:
    id = _consentir(escena)
    avanzar_tarjeta(id)
    sesion_id = _fila(id).sesion_id
    assert sesion_id is not None
    cs = pagar_sesion(sesion_id, metodo)
    if cs["status"] == "open":
        autenticar_sesion(sesion_id, acepta=True)
    avanzar_tarjeta(id)
    return _fila(id)


def _pagar_con(escena: Escena, tarjeta: TarjetaGuardada, monto: str = "50.00") -> Intento:
    id = uuid.uuid4()
    with transaccion() as sesion:
        recargar(sesion, escena.actor, id=id, monto=bs(monto), tarjeta_id=tarjeta.id)
    from pagos.tarjetas.conciliar import avanzar

    avanzar(id)
    return escena.intento(id)


def _en_la_pasarela(tarjeta: TarjetaGuardada) -> Any:
    return puerta.cliente().v1.payment_methods.retrieve(str(tarjeta.pasarela_id))


def test_se_guarda_se_usa_y_se_quita(escena: Escena) -> None:
    tarjeta = _guardar(escena)
    assert (tarjeta.estado, tarjeta.marca, tarjeta.ultimos, str(tarjeta.caduca)) == (
        "guardada",
        "visa",
        "4242",
        "2034-12-31",
    )
    assert "quitarla cuando quiera" in tarjeta.consentimiento
    for veces in (1, 2):
        assert _pagar_con(escena, tarjeta).estado == "pagado"
        assert escena.saldo() == escena.pasarela() == escena.cobrado() == 5_000 * veces
    with transaccion() as sesion:
        quitar_tarjeta(sesion, escena.actor, tarjeta.id)
    with pytest.raises(TarjetaNoUsable):  # at once, before the gateway knows
        _pagar_con(escena, tarjeta)
    avanzar_tarjeta(tarjeta.id)
    assert (_fila(tarjeta.id).estado, _en_la_pasarela(tarjeta).customer) == ("quitada", None)
    assert escena.saldo() == 10_000


def test_la_segunda_es_del_mismo_cliente_y_la_repetida_se_olvida(escena: Escena) -> None:
    una, otra = _guardar(escena), _guardar(escena, "pm_card_createDispute")
    assert una.cliente == otra.cliente
    repetida = _guardar(escena)
    assert (repetida.estado, repetida.motivo) == ("por_quitar", "repetida")
    escena.reloj.adelantar(timedelta(minutes=1))
    assert conciliar_tarjetas() == 1
    assert (_fila(repetida.id).estado, _fila(una.id).estado) == ("quitada", "guardada")
    assert _en_la_pasarela(una).customer == una.cliente


def test_con_3ds_se_pregunta_y_se_paga(escena: Escena) -> None:
    tarjeta = _guardar(escena, "pm_card_authenticationRequired")
    intento = _pagar_con(escena, tarjeta)
    assert (intento.estado, escena.saldo()) == ("requiere_accion", 0)
    assert intento.pasarela_id is not None
    from pagos.tarjetas.simulada.pagos import autenticar

    autenticar(intento.pasarela_id, acepta=True)
    escena.barrer(timedelta(minutes=1))
    assert (escena.intento(intento.id).estado, escena.saldo()) == ("pagado", 5_000)


def test_lo_ajeno_no_existe(escena: Escena, crear_persona: Any, actor_de: Any, token_de: Any) -> None:
    tarjeta = _guardar(escena)
    beto = crear_persona("Beto")
    with pytest.raises(TarjetaInexistente), transaccion() as sesion:
        recargar(sesion, actor_de(beto), id=uuid.uuid4(), monto=bs("10.00"), tarjeta_id=tarjeta.id)
    with pytest.raises(TarjetaInexistente), transaccion() as sesion:  # nor by the gateway's name of it
        recargar(sesion, actor_de(beto), id=uuid.uuid4(), monto=bs("10.00"), metodo=tarjeta.pasarela_id)
    with pytest.raises(TarjetaInexistente), transaccion() as sesion:
        quitar_tarjeta(sesion, actor_de(beto), tarjeta.id)
    cabeceras = {"Authorization": f"Bearer {token_de(beto)}"}
    assert escena.cliente.get(f"/api/v1/tarjetas/{tarjeta.id}", headers=cabeceras).status_code == 404
    assert escena.cliente.get("/api/v1/tarjetas", headers=cabeceras).json()["datos"] == []
    assert _fila(tarjeta.id).estado == "guardada"
    assert escena.cobros() == []


def test_el_tiempo_termina_lo_que_nadie_escribe_y_lo_que_caduca(escena: Escena) -> None:
    sin_pagina, abierta = _consentir(escena), _consentir(escena)
    avanzar_tarjeta(abierta)
    assert _fila(abierta).estado == "por_escribir"
    guardada = _guardar(escena)
    provocar(Falla.TIEMPO_ANTES, veces=None)
    escena.reloj.adelantar(timedelta(minutes=31))
    conciliar_tarjetas()
    assert (_fila(sin_pagina).estado, _fila(sin_pagina).motivo) == ("descartada", "sin_terminar")
    provocar(None)
    escena.reloj.adelantar(timedelta(minutes=16))
    conciliar_tarjetas()
    assert _fila(abierta).estado == "descartada"
    assert puerta.cliente().v1.checkout.sessions.retrieve(str(_fila(abierta).sesion_id)).status == "expired"
    escena.reloj.adelantar(timedelta(days=365 * 9))
    conciliar_tarjetas()
    caduca = _fila(guardada.id)
    assert (caduca.estado, caduca.motivo) == ("quitada", "caduco")
    assert conciliar_tarjetas() == 0


@pytest.mark.parametrize("falla", [Falla.TIEMPO_DESPUES, Falla.TIEMPO_ANTES, Falla.ERROR_ANTES, Falla.LIMITE])
def test_si_la_pasarela_calla_no_se_guarda_dos_veces(escena: Escena, falla: Falla) -> None:
    id = _consentir(escena)
    provocar(falla)
    avanzar_tarjeta(id)
    assert _fila(id).estado == "creada"
    escena.reloj.adelantar(timedelta(minutes=1))
    conciliar_tarjetas()
    if falla == Falla.ERROR_ANTES:  # its key keeps answering the failure: the page was never there
        assert _fila(id).estado == "creada"
        escena.reloj.adelantar(timedelta(minutes=31))
        conciliar_tarjetas()
        assert _fila(id).estado == "descartada"
    else:
        assert _fila(id).estado == "por_escribir"
        assert len(puerta.cliente().v1.checkout.sessions.list().data) == 1


def test_quitar_no_se_olvida_aunque_la_pasarela_calle(escena: Escena) -> None:
    tarjeta = _guardar(escena)
    with transaccion() as sesion:
        quitar_tarjeta(sesion, escena.actor, tarjeta.id)
    provocar(Falla.TIEMPO_DESPUES)
    avanzar_tarjeta(tarjeta.id)
    assert _fila(tarjeta.id).estado == "por_quitar"
    escena.reloj.adelantar(timedelta(minutes=5))
    conciliar_tarjetas()  # it had done it: it says that there is nothing to detach
    assert (_fila(tarjeta.id).estado, _fila(tarjeta.id).motivo) == ("quitada", "a_pedido")


def test_hay_un_maximo_y_lo_abandonado_deja_su_lugar(escena: Escena) -> None:
    ids = [_consentir(escena) for _ in range(MAXIMAS)]
    with pytest.raises(DemasiadasTarjetas):
        _consentir(escena)
    with transaccion() as sesion:
        quitar_tarjeta(sesion, escena.actor, ids[0])
    avanzar_tarjeta(ids[0])
    assert _fila(ids[0]).estado == "descartada"
    assert _fila(_consentir(escena)).estado == "creada"


def test_la_base_no_deja_cambiar_de_duenio_ni_de_tarjeta(escena: Escena) -> None:
    tarjeta = _guardar(escena)
    for cambio, motivo in (
        ("persona_id = gen_random_uuid()", "permission denied"),
        ("consentimiento = 'otro'", "permission denied"),
        ("pasarela_id = 'pm_otra'", "no se vuelve otra"),
        ("ultimos = '1111'", "no se vuelve otra"),
        ("consultar_en = NULL", "ck_pagos_tarjeta_consultar"),
        ("estado = 'creada'", "pagos_tarjeta"),
    ):
        with pytest.raises(DBAPIError, match=motivo), transaccion() as sesion:
            sesion.connection().execute(text(f"UPDATE pagos_tarjeta SET {cambio}"))
    assert _fila(tarjeta.id).ultimos == "4242"


# --- API and pages ------------------------------------------------------------------------------------------


def test_por_la_api(escena: Escena, token_de: Callable[..., str]) -> None:
    cabeceras = {"Authorization": f"Bearer {token_de(escena.persona)}"}
    pedir = escena.cliente
    no = pedir.post("/api/v1/tarjetas", json={"consiente": False}, headers=cabeceras)
    assert (no.status_code, no.json()["codigo"]) == (422, "sin_consentimiento")
    con_clave = cabeceras | {"Idempotency-Key": "t1"}
    una = pedir.post("/api/v1/tarjetas", json={"consiente": True}, headers=con_clave)
    otra = pedir.post("/api/v1/tarjetas", json={"consiente": True}, headers=con_clave)
    assert (una.status_code, una.json()["estado"]) == (201, "por_escribir")
    assert otra.content == una.content
    id = una.json()["id"]
    pagar_sesion(una.json()["siguiente_paso_url"].rsplit("/", 1)[1], "pm_card_visa")
    avanzar_tarjeta(uuid.UUID(id))
    vista = pedir.get(f"/api/v1/tarjetas/{id}", headers=cabeceras).json()
    assert (vista["estado"], vista["nombre"], vista["caduca"]) == (
        "guardada",
        "Visa terminada en 4242",
        "2034-12-31",
    )
    assert pedir.get("/api/v1/tarjetas", headers=cabeceras).json() == {"datos": [vista], "siguiente": None}
    cuerpo = {"monto": {"monto": "50.00", "moneda": "BOB"}, "tarjeta": id}
    dos = pedir.post(RECARGAS, json=cuerpo | {"metodo_de_pago": "pm_card_visa"}, headers=cabeceras)
    assert dos.status_code == 422
    pagada = pedir.post(RECARGAS, json=cuerpo, headers=cabeceras)
    assert (pagada.status_code, pagada.json()["estado"], escena.saldo()) == (201, "pagado", 5_000)
    quitada = pedir.delete(f"/api/v1/tarjetas/{id}", headers=cabeceras)
    assert (quitada.status_code, quitada.json()["estado"]) == (200, "quitada")
    negada = pedir.post(RECARGAS, json=cuerpo, headers=cabeceras)
    assert (negada.status_code, negada.json()["codigo"]) == (409, "tarjeta_no_usable")
    assert pedir.get("/api/v1/tarjetas", headers=cabeceras).json()["datos"] == []


def test_por_las_paginas(escena: Escena, sesion_web: Callable[..., Any]) -> None:
    web = sesion_web(escena.persona)
    vacia = web.get(MIS_TARJETAS)
    assert "Aún no guardó ninguna tarjeta" in _texto(vacia.text)
    assert "checkout.stripe.com" in vacia.headers["Content-Security-Policy"]
    sin_marcar = web.post(MIS_TARJETAS, data={"_id": _oculto(vacia.text, "_id")})
    assert sin_marcar.status_code == 422
    assert "Para guardar una tarjeta tiene que aceptarlo." in _texto(sin_marcar.text)
    datos = {"_id": _oculto(vacia.text, "_id"), "consiente": "1"}
    ida = web.post(MIS_TARJETAS, data=datos)
    assert ida.status_code == 303
    assert web.post(MIS_TARJETAS, data=datos).headers["location"] == ida.headers["location"]
    alojada = urlsplit(ida.headers["location"]).path
    assert "Guardar una tarjeta" in _texto(web.get(alojada).text)
    assert "Falta escribirla" in _texto(web.get(MIS_TARJETAS).text)
    pregunta = web.post(alojada, data={"tarjeta": "pm_card_authenticationRequired"}).headers["location"]
    assert "¿Autoriza guardar su tarjeta?" in web.get(pregunta).text
    vuelta = web.post(pregunta, data={"acepta": "1"}).headers["location"]
    lista = web.get(urlsplit(vuelta).path)
    assert lista.headers["location"] == MIS_TARJETAS
    texto = _texto(web.get(MIS_TARJETAS).text)
    assert "Guardamos su tarjeta: Visa terminada en 3184." in texto
    assert "Sirve hasta el 31 de diciembre de 2034." in texto

    formulario = web.get("/billetera/recargar/tarjeta").text
    with transaccion() as sesion:
        tarjeta = sesion.exec(select(TarjetaGuardada)).one()
    assert "Visa terminada en 3184" in formulario
    pago = {
        "_id": _oculto(formulario, "_id"),
        "cuenta": str(escena.cuenta),
        "monto": "50",
        "tarjeta": str(tarjeta.id),
    }
    a_3ds = web.post("/billetera/recargar/tarjeta", data=pago).headers["location"]
    assert "/simulada/3ds/pi_" in a_3ds
    web.post(urlsplit(a_3ds).path, data={"acepta": "1"})
    web.get(f"/pagos-con-tarjeta/{pago['_id']}")
    assert escena.saldo() == 5_000
    assert web.post(f"{MIS_TARJETAS}/{tarjeta.id}/quitar").status_code == 303
    assert "Quitamos la tarjeta" in _texto(web.get(MIS_TARJETAS).text)
    assert "terminada en 3184" not in web.get("/billetera/recargar/tarjeta").text
    with pytest.raises(stripe.InvalidRequestError):
        puerta.cliente().v1.payment_methods.detach(str(tarjeta.pasarela_id))
    avanzar_tiempo()
