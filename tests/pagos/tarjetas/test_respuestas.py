"""Answer a claim: once, in time, by whoever was paid, and never lost on the way to the bank."""

import uuid
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import select

from nucleo.bd import transaccion
from nucleo.errores import Prohibido
from pagos.tarjetas import puerta
from pagos.tarjetas.errores import DisputaNoRespondible, IntentoDistinto
from pagos.tarjetas.modelos import Disputa, RespuestaDisputa
from pagos.tarjetas.respuestas.responder import avanzar_respuesta, conciliar_respuestas, responder
from pagos.tarjetas.simulada.disputas import decidir_disputa, disputar_pago
from pagos.tarjetas.simulada.fallas import Falla, provocar
from tests.pagos.tarjetas.conftest import Escena
from tests.pagos.tarjetas.test_paginas import _oculto, _texto

PORQUE = "Ana recargó su billetera y gastó lo recargado el mismo día."


@pytest.fixture
def disputa(escena: Escena) -> Disputa:
    intento = escena.pagar("100.00")
    assert intento.pasarela_id is not None
    disputar_pago(intento.pasarela_id)
    escena.barrer()
    with transaccion() as sesion:
        return sesion.exec(select(Disputa)).one()


def _escribir(escena: Escena, disputa: Disputa, explicacion: str = PORQUE, actor: Any = None) -> uuid.UUID:
    with transaccion() as sesion:
        return responder(
            sesion,
            actor or escena.actor,
            id=uuid.uuid4(),
            disputa_id=disputa.id,
            explicacion=explicacion,
            guia="RR123456785BO",
        ).id


def _fila(id: uuid.UUID) -> RespuestaDisputa:
    with transaccion() as sesion:
        return sesion.get_one(RespuestaDisputa, id)


def _alla(disputa: Disputa) -> dict[str, Any]:
    return dict(puerta.cliente().v1.disputes.retrieve(disputa.pasarela_id).to_dict())


def test_se_responde_una_vez_y_se_gana(escena: Escena, disputa: Disputa) -> None:
    id = _escribir(escena, disputa, "winning_evidence ".strip().ljust(20, "."))
    avanzar_respuesta(id)
    alla = _alla(disputa)
    assert (_fila(id).estado, alla["status"]) == ("enviada", "under_review")
    assert alla["evidence"]["shipping_tracking_number"] == "RR123456785BO"
    with pytest.raises(DisputaNoRespondible, match="recibe una sola"):
        _escribir(escena, disputa)
    decidir_disputa(disputa.pasarela_id, gana_el_comercio=True)
    escena.barrer()
    with transaccion() as sesion:
        assert sesion.exec(select(Disputa.estado)).one() == "ganada"


@pytest.mark.parametrize(
    "falla", [Falla.TIEMPO_ANTES, Falla.TIEMPO_DESPUES, Falla.ERROR_DESPUES, Falla.LIMITE]
)
def test_una_respuesta_perdida_se_averigua(escena: Escena, disputa: Disputa, falla: Falla) -> None:
    id = _escribir(escena, disputa)
    provocar(falla)
    avanzar_respuesta(id)
    assert _fila(id).estado == ("creada" if falla == Falla.LIMITE else "ambigua")
    escena.reloj.adelantar(timedelta(minutes=1))
    conciliar_respuestas()
    assert _fila(id).estado == "enviada"
    assert _alla(disputa)["evidence_details"]["submission_count"] == 1
    assert conciliar_respuestas() == 0


def test_fuera_de_plazo_o_decidida_no_se_responde(escena: Escena, disputa: Disputa) -> None:
    tarde = _escribir(escena, disputa)
    provocar(Falla.TIEMPO_ANTES)
    avanzar_respuesta(tarde)
    escena.reloj.adelantar(timedelta(days=7))
    with pytest.raises(DisputaNoRespondible, match="Pasó la fecha"):
        _escribir(escena, disputa)
    escena.barrer()
    conciliar_respuestas()
    assert (_fila(tarde).estado, _fila(tarde).motivo) == ("rechazada", "fuera_de_plazo")
    with pytest.raises(DisputaNoRespondible, match="ya decidió"):
        _escribir(escena, disputa)
    with transaccion() as sesion:
        avisos = (
            sesion.connection().execute(text("SELECT asunto FROM ciudadania_notificacion")).scalars().all()
        )
    assert "El banco no recibió su respuesta al reclamo" in avisos


def test_la_base_no_deja_dos_respuestas_ni_una_tardia(escena: Escena, disputa: Disputa) -> None:
    escena.descuadrada = True  # a week passes without anybody sending what was written
    id = _escribir(escena, disputa)
    for cambio, motivo in (
        ("explicacion = 'otra explicación, más larga'", "permission denied"),
        ("persona_id = gen_random_uuid()", "permission denied"),
        ("consultar_en = NULL", "ck_pagos_disputa_respuesta_consultar"),
        ("estado = 'enviada'", "ck_pagos_disputa_respuesta"),
    ):
        with pytest.raises(DBAPIError, match=motivo), transaccion() as sesion:
            sesion.connection().execute(text(f"UPDATE pagos_disputa_respuesta SET {cambio}"))
    otra = (
        "INSERT INTO pagos_disputa_respuesta (id, disputa_id, explicacion, producto, guia, persona_id, "
        "estado, envios, consultas, consultar_en) SELECT gen_random_uuid(), disputa_id, explicacion, '', '', "
        "persona_id, 'creada', 0, 0, nucleo_ahora() FROM pagos_disputa_respuesta"
    )
    with pytest.raises(DBAPIError, match="uq_pagos_disputa_respuesta_viva"), transaccion() as sesion:
        sesion.connection().execute(text(otra))
    escena.reloj.adelantar(timedelta(days=7))
    with pytest.raises(DBAPIError, match="mientras el banco recibe pruebas"), transaccion() as sesion:
        sesion.connection().execute(text(otra))
    with pytest.raises(DBAPIError, match="en disputa no se reembolsa"), transaccion() as sesion:
        sesion.connection().execute(
            text(
                "INSERT INTO pagos_reembolso (id, intento_id, monto, nota, persona_id, estado, envios, "
                "consultas, consultar_en) SELECT gen_random_uuid(), intento_id, 1, '', gen_random_uuid(), "
                "'creado', 0, 0, nucleo_ahora() FROM pagos_disputa"
            )
        )
    assert _fila(id).estado == "creada"


def test_lo_que_llega_tarde_al_banco_no_se_recibe(escena: Escena, disputa: Disputa) -> None:
    """Written in time and handed in late, before anything said that the time was over."""
    tarde = _escribir(escena, disputa)
    escena.reloj.adelantar(timedelta(days=7))
    avanzar_respuesta(tarde)
    assert _fila(tarde).estado == "rechazada"
    assert _alla(disputa)["evidence_details"]["submission_count"] == 0


def test_el_mismo_identificador_es_la_misma_respuesta(escena: Escena, disputa: Disputa) -> None:
    id = uuid.uuid4()
    dicho: dict[str, Any] = {
        "explicacion": PORQUE,
        "producto": "Poncho",
        "fecha": date(2026, 1, 2),
        "guia": "RR1",
    }

    def enviar(**cambio: Any) -> None:
        with transaccion() as sesion:
            responder(sesion, escena.actor, id=id, disputa_id=disputa.id, **(dicho | cambio))

    enviar()
    enviar()
    for cambio in ({"producto": "Otro"}, {"fecha": None}, {"guia": ""}, {"explicacion": PORQUE + " Sí."}):
        with pytest.raises(IntentoDistinto):
            enviar(**cambio)
    assert (_fila(id).producto, _fila(id).guia) == ("Poncho", "RR1")


def test_solo_responde_quien_cobro(
    escena: Escena, disputa: Disputa, crear_persona: Any, actor_de: Any, token_de: Callable[..., str]
) -> None:
    beto = crear_persona("Beto")
    with pytest.raises(Prohibido):
        _escribir(escena, disputa, actor=actor_de(beto))
    ruta = f"/api/v1/disputas-de-tarjeta/{disputa.id}"
    suyas = {"Authorization": f"Bearer {token_de(beto)}"}
    assert escena.cliente.get(ruta, headers=suyas).status_code == 403
    assert (
        escena.cliente.post(f"{ruta}/respuesta", json={"explicacion": PORQUE}, headers=suyas).status_code
        == 403
    )
    with transaccion() as sesion:
        assert sesion.exec(select(RespuestaDisputa)).all() == []


def test_la_gente_de_la_unidad_responde_y_se_entera(escena: Escena, crear_unidad: Any) -> None:
    """The account that was paid is a unit's: its mailbox hears of the claim and its people answer."""
    from nucleo.dinero import bs
    from pagos import cuenta_de_unidad
    from pagos.tarjetas.conciliar import avanzar
    from pagos.tarjetas.iniciar import recargar

    unidad = crear_unidad("Tienda", representante=escena.persona)
    id = uuid.uuid4()
    with transaccion() as sesion:
        cuenta = cuenta_de_unidad(sesion, unidad.id)
        recargar(sesion, escena.actor, id=id, monto=bs("50.00"), cuenta_id=cuenta, metodo="pm_card_visa")
    avanzar(id)
    pasarela_id = escena.intento(id).pasarela_id
    assert pasarela_id is not None
    disputar_pago(pasarela_id)
    escena.barrer()
    with transaccion() as sesion:
        suya = sesion.exec(select(Disputa)).one()
        avisos = (
            sesion.connection().execute(text("SELECT unidad_id FROM ciudadania_notificacion")).scalars().all()
        )
    assert unidad.id in avisos
    respuesta = _escribir(escena, suya)
    assert _fila(respuesta).unidad_id == unidad.id


def test_por_la_api(escena: Escena, disputa: Disputa, token_de: Callable[..., str]) -> None:
    cabeceras = {"Authorization": f"Bearer {token_de(escena.persona)}"}
    ruta = f"/api/v1/disputas-de-tarjeta/{disputa.id}"
    vista = escena.cliente.get(ruta, headers=cabeceras).json()
    assert (vista["estado"], vista["respuesta"]) == ("abierta", None)
    assert vista["responder_hasta"] is not None
    corta = escena.cliente.post(f"{ruta}/respuesta", json={"explicacion": "no"}, headers=cabeceras)
    futura = {"explicacion": PORQUE, "fecha": "2199-01-01"}
    assert corta.status_code == 422
    assert escena.cliente.post(f"{ruta}/respuesta", json=futura, headers=cabeceras).status_code == 422
    hecha = escena.cliente.post(f"{ruta}/respuesta", json={"explicacion": PORQUE}, headers=cabeceras)
    assert (hecha.status_code, hecha.json()["estado"]) == (201, "enviada")
    assert escena.cliente.get(ruta, headers=cabeceras).json()["respuesta"] == "enviada"
    otra = escena.cliente.post(f"{ruta}/respuesta", json={"explicacion": PORQUE}, headers=cabeceras)
    assert (otra.status_code, otra.json()["codigo"]) == (409, "disputa_no_respondible")


def test_por_la_pagina(escena: Escena, disputa: Disputa, sesion_web: Callable[..., Any]) -> None:
    web = sesion_web(escena.persona)
    ruta = f"/pagos-con-tarjeta/{disputa.intento_id}"
    html = web.get(ruta).text
    assert "El titular de la tarjeta reclama este pago" in html
    assert "Puede enviar pruebas una sola vez, hasta el" in _texto(html)
    assert "Reembolsar a la tarjeta" not in html
    corta = web.post(
        f"{ruta}/disputas/{disputa.id}/responder", data={"_de": str(disputa.id), "explicacion": "no fue así"}
    )
    assert corta.status_code == 422
    assert "no fue así" in corta.text
    datos = {"_id": _oculto(html, "_id"), "_de": str(disputa.id), "explicacion": PORQUE}
    assert web.post(f"{ruta}/disputas/{disputa.id}/responder", data=datos).status_code == 303
    assert web.post(f"{ruta}/disputas/{disputa.id}/responder", data=datos).status_code == 303  # twice is once
    texto = _texto(web.get(ruta).text)
    assert "Respuesta al banco: El banco la tiene" in texto
    assert PORQUE in texto
    assert "Responder al banco" not in texto
    assert web.post(f"{ruta}/disputas/{uuid.uuid4()}/responder", data=datos).status_code == 404
    with transaccion() as sesion:
        assert len(sesion.exec(select(RespuestaDisputa)).all()) == 1
