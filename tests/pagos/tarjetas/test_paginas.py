"""The pages, as a person without JavaScript uses them."""

import re
import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from sqlmodel import select

from nucleo.bd import transaccion
from pagos.tarjetas.conciliar import avanzar
from pagos.tarjetas.modelos import Intento, Reembolso
from pagos.tarjetas.simulada.almacen import abrir
from pagos.tarjetas.simulada.disputas import decidir_disputa, disputar_pago
from pagos.tarjetas.simulada.fallas import Falla, provocar
from tests.pagos.tarjetas.conftest import Escena

FORMULARIO = "/billetera/recargar/tarjeta"


@pytest.fixture
def web(escena: Escena, sesion_web: Callable[..., Any]) -> Any:
    return sesion_web(escena.persona)


def _oculto(html: str, nombre: str) -> str:
    hallado = re.search(rf'name="{nombre}" value="([^"]*)"', html)
    assert hallado is not None
    return hallado[1]


def _texto(html: str) -> str:
    sin_marcas = re.sub(r"<(script|style|svg)\b.*?</\1>|<[^>]+>", " ", html, flags=re.S)
    return re.sub(r"\s+", " ", sin_marcas.replace("\xa0", " "))


def _empezar(web: Any, monto: str = "100,00") -> Any:
    html = web.get(FORMULARIO).text
    return web.post(
        FORMULARIO, data={"_id": _oculto(html, "_id"), "cuenta": _oculto(html, "cuenta"), "monto": monto}
    )


def _uno() -> Intento:
    with transaccion() as sesion:
        return sesion.exec(select(Intento)).one()


def test_de_la_billetera_a_la_pasarela_y_de_vuelta(escena: Escena, web: Any) -> None:
    formulario = web.get(FORMULARIO)
    assert formulario.status_code == 200
    assert "form-action 'self' https://checkout.stripe.com" in formulario.headers["Content-Security-Policy"]
    assert not re.search(r"name=\"(numero|tarjeta|cvc|card)", formulario.text)

    ida = _empezar(web)
    assert ida.status_code == 303
    alojada = urlsplit(ida.headers["location"]).path
    assert re.fullmatch(r"/simulada/pagar/cs_test_\w+", alojada)
    pagina = web.get(alojada).text
    assert "4000 0000 0000 9995 · No tiene fondos" in pagina

    vuelta = web.post(alojada, data={"tarjeta": "pm_card_visa"})
    assert vuelta.status_code == 303
    ruta = urlsplit(vuelta.headers["location"]).path
    assert ruta == f"/pagos-con-tarjeta/{_uno().id}"
    texto = _texto(web.get(vuelta.headers["location"]).text)  # a top-up has no other page
    assert "Pago realizado" in texto
    assert "Bs 100,00" in texto
    assert escena.saldo() == 10_000
    assert "Este pago ya se hizo" in web.get(alojada).text
    assert "Pago realizado" in web.get(f"{ruta}?vuelta=x").text  # what others made of our address
    assert "Pagado" in _texto(web.get("/pagos-con-tarjeta").text)


def test_apretar_dos_veces_abre_el_mismo_pago(web: Any) -> None:
    html = web.get(FORMULARIO).text
    datos = {"_id": _oculto(html, "_id"), "cuenta": _oculto(html, "cuenta"), "monto": "100"}
    uno, otro = web.post(FORMULARIO, data=datos), web.post(FORMULARIO, data=datos)
    assert uno.headers["location"] == otro.headers["location"]
    assert _uno().estado == "requiere_accion"


@pytest.mark.parametrize(
    ("monto", "mensaje"),
    [
        ("", "monto"),
        ("abc", "monto"),
        ("1", "Con tarjeta se paga entre Bs 5,00 y Bs 50.000,00."),
        ("2500", "La cuenta de destino superaría lo que puede recibir"),
        ("2000,01", "El monto supera lo que la cuenta de destino puede recibir en una sola operación."),
    ],
)
def test_un_monto_que_no_va_conserva_lo_escrito(web: Any, monto: str, mensaje: str) -> None:
    respuesta = _empezar(web, monto)
    assert respuesta.status_code in (409, 422)
    assert "Hay algo que corregir" in respuesta.text
    if monto == "2500":
        mensaje = "El monto supera"
    assert mensaje.lower() in _texto(respuesta.text).lower()
    assert _oculto(respuesta.text, "_id")
    with transaccion() as sesion:
        assert sesion.exec(select(Intento)).all() == []


def test_la_tarjeta_negada_dice_que_hacer_y_deja_probar_otra(escena: Escena, web: Any) -> None:
    alojada = urlsplit(_empezar(web).headers["location"]).path
    negada = web.post(alojada, data={"tarjeta": "pm_card_chargeDeclinedExpiredCard"})
    assert negada.status_code == 422
    assert "La tarjeta está vencida. Use otra tarjeta." in _texto(negada.text)
    assert web.post(alojada, data={}).status_code == 422

    texto = _texto(web.get(f"/pagos-con-tarjeta/{_uno().id}").text)
    assert "La tarjeta fue rechazada" in texto
    assert "La tarjeta está vencida. No se cobró nada." in texto
    assert "Intentar con otra tarjeta" in texto

    web.post(alojada, data={"tarjeta": "pm_card_visa"})
    assert "Pago realizado" in web.get(f"/pagos-con-tarjeta/{_uno().id}").text


def test_3ds_dentro_de_la_pagina_alojada(escena: Escena, web: Any) -> None:
    alojada = urlsplit(_empezar(web).headers["location"]).path
    pregunta = web.post(alojada, data={"tarjeta": "pm_card_authenticationRequired"}).headers["location"]
    assert re.fullmatch(r"/simulada/3ds/pi_\w+", pregunta)
    assert web.get(alojada).headers["location"] == pregunta
    assert "¿Autoriza este pago?" in web.get(pregunta).text

    no = web.post(pregunta)
    assert no.headers["location"] == alojada
    assert web.post(alojada, data={"tarjeta": "pm_card_authenticationRequired"}).status_code == 303
    si = web.post(pregunta, data={"acepta": "1"})
    assert urlsplit(si.headers["location"]).path == f"/pagos-con-tarjeta/{_uno().id}"
    assert "Pago realizado" in _texto(web.get(si.headers["location"]).text)
    assert escena.saldo() == 10_000
    assert "ya se respondió" in web.get(pregunta).text


def test_3ds_de_un_pago_directo_vuelve_a_su_pagina(escena: Escena, web: Any) -> None:
    intento = escena.pagar("20.00", "pm_card_authenticationRequired")
    assert intento.accion_url is not None
    respuesta = web.post(urlsplit(intento.accion_url).path, data={"acepta": "1"})
    assert urlsplit(respuesta.headers["location"]).path == f"/pagos-con-tarjeta/{intento.id}"


def test_mientras_no_se_sabe_se_dice_y_la_pagina_mira_sola(escena: Escena, web: Any) -> None:
    intento_id = escena.crear("20.00")
    provocar(Falla.TIEMPO_ANTES, de=intento_id, veces=2)
    avanzar(intento_id)
    html = web.get(f"/pagos-con-tarjeta/{intento_id}").text
    assert "Lo estamos confirmando" in html
    assert "No pague otra vez" in _texto(html)
    assert '<meta http-equiv="refresh" content="15">' in html
    escena.reloj.adelantar(timedelta(seconds=1))
    despues = web.get(f"/pagos-con-tarjeta/{intento_id}").text
    assert "Pago realizado" in despues
    assert "http-equiv" not in despues


def test_si_no_se_abrio_la_pagina_de_pago_no_se_asusta_a_nadie(web: Any) -> None:
    provocar(Falla.TIEMPO_ANTES)
    ida = _empezar(web)
    assert urlsplit(ida.headers["location"]).path == f"/pagos-con-tarjeta/{_uno().id}"
    assert "Todavía no se cobró nada" in _texto(web.get(ida.headers["location"]).text)


def test_cancelar_desde_la_pagina(escena: Escena, web: Any) -> None:
    alojada = urlsplit(_empezar(web).headers["location"]).path
    ruta = f"/pagos-con-tarjeta/{_uno().id}"
    assert "Sin terminar" in web.get(FORMULARIO).text
    assert web.post(f"{ruta}/cancelar").status_code == 303
    texto = _texto(web.get(ruta).text)
    assert "Pago cancelado" in texto
    assert "Usted canceló este pago. No se cobró nada." in texto
    assert "Esta página venció" in web.get(alojada).text
    assert web.post(alojada, data={"tarjeta": "pm_card_visa"}).status_code in (303, 404, 422)
    assert escena.cobros() == []
    assert web.post(f"{ruta}/cancelar").status_code == 303


def test_reembolsar_desde_la_pagina(escena: Escena, web: Any) -> None:
    intento = escena.pagar("100.00")
    ruta = f"/pagos-con-tarjeta/{intento.id}"
    html = web.get(ruta).text
    datos = {n: _oculto(html, n) for n in ("_id", "saldo_reembolsable")}
    assert datos["saldo_reembolsable"] == "100,00"
    datos |= {"monto": "40,5", "nota": "  de más "}
    assert web.post(f"{ruta}/reembolsar", data=datos).status_code == 303
    assert web.post(f"{ruta}/reembolsar", data=datos).status_code == 303  # twice is once
    with transaccion() as sesion:
        (reembolso,) = sesion.exec(select(Reembolso)).all()
    assert (reembolso.estado, reembolso.nota, escena.saldo(), escena.cobrado()) == (
        "hecho",
        "de más",
        5_950,
        5_950,
    )
    texto = _texto(web.get(ruta).text)
    assert "Devuelto a la tarjeta" in texto
    assert "Queda por reembolsar Bs 59,50" in texto

    viejo = web.post(f"{ruta}/reembolsar", data=datos | {"_id": str(uuid.uuid4())})
    assert viejo.status_code == 412
    assert "Ahora quedan Bs 59,50 por reembolsar." in _texto(viejo.text)
    assert web.post(f"{ruta}/reembolsar", data=datos | {"monto": "x"}).status_code == 422
    assert escena.saldo() == 5_950


def test_una_disputa_se_explica_en_la_pagina(escena: Escena, web: Any) -> None:
    intento = escena.pagar("100.00")
    assert intento.pasarela_id is not None
    disputa = disputar_pago(intento.pasarela_id)
    escena.barrer()
    texto = _texto(web.get(f"/pagos-con-tarjeta/{intento.id}").text)
    assert "Reclamos del titular de la tarjeta El banco decide Bs 100,00" in texto
    assert "No reconoce el cargo" in texto
    decidir_disputa(disputa["id"], gana_el_comercio=True)
    escena.barrer()
    assert "A favor de la cuenta" in web.get(f"/pagos-con-tarjeta/{intento.id}").text


def test_lo_ajeno_no_se_ve_ni_se_toca(
    escena: Escena, crear_persona: Any, sesion_web: Any, cliente: Any
) -> None:
    intento = escena.pagar("100.00", None)
    ruta = f"/pagos-con-tarjeta/{intento.id}"
    ajeno = sesion_web(crear_persona("Beto"))
    reembolso = {"_id": str(uuid.uuid4()), "saldo_reembolsable": "100", "monto": "1"}
    assert ajeno.get(ruta).status_code == 403
    assert ajeno.post(f"{ruta}/cancelar").status_code == 403
    assert ajeno.post(f"{ruta}/reembolsar", data=reembolso).status_code == 403
    assert "Aún no pagó con tarjeta" in ajeno.get("/pagos-con-tarjeta").text
    for pagina in (ruta, FORMULARIO, "/pagos-con-tarjeta", "/regulador/pagos-con-tarjeta", "/simulada"):
        assert cliente.get(pagina).headers["location"].startswith("/ingresar")
    assert ajeno.get(f"/pagos-con-tarjeta/{uuid.uuid4()}").status_code == 404
    assert escena.intento(intento.id).cancelar is False


def test_sin_tarjetas_se_dice(web: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pagos.tarjetas.web.tarjetas_disponibles", lambda: False)
    monkeypatch.setattr("pagos.tarjetas.iniciar.tarjetas_disponibles", lambda: False)
    assert "Por ahora no se aceptan tarjetas" in web.get(FORMULARIO).text
    respuesta = web.post(FORMULARIO, data={"monto": "10", "cuenta": "1"})
    assert respuesta.status_code == 503


# --- The regulator and the bench ----------------------------------------------------------------------------


@pytest.fixture
def reguladora(crear_persona: Any, crear_unidad: Any, sesion_web: Any) -> Any:
    rita = crear_persona("Rita")
    crear_unidad(
        "Autoridad",
        tipo="ENTIDAD_PUBLICA",
        representante=rita,
        facultades=["ADMINISTRAR", "REGULAR"],
        habilitaciones=["AUTORIDAD_REGULADORA"],
    )
    return sesion_web(rita)


def test_la_reguladora_ve_lo_observado_y_lo_devuelve(escena: Escena, web: Any, reguladora: Any) -> None:
    ruta = "/regulador/pagos-con-tarjeta"
    assert "Todo cuadra" in reguladora.get(ruta).text
    intento_id = escena.crear("100.00")
    provocar(Falla.MONTO_DISTINTO, de=intento_id, veces=None)
    avanzar(intento_id)
    escena.crear("20.00")
    disputado = escena.pagar("30.00")
    assert disputado.pasarela_id is not None
    disputar_pago(disputado.pasarela_id)
    escena.avisos()
    from nucleo.eventos import entregar_pendientes
    from pagos.tarjetas.disputar import conciliar_disputas

    entregar_pendientes()
    conciliar_disputas()
    html = reguladora.get(ruta).text
    texto = _texto(html)
    assert "Ana Prueba" in texto
    assert "Bs 100,00 Bs 99,00 Monto o moneda distintos" in texto
    assert re.search(r"El banco decide Hasta el [^B]+ Bs 30,00 Bs 30,00 Bs 0,00", texto)
    assert "Por empezar 1 por Bs 20,00" in texto
    assert web.get(ruta).status_code == 403

    devolver = f"{ruta}/{intento_id}/devolver"
    assert web.post(devolver).status_code == 403
    assert reguladora.post(devolver, data={"_id": _oculto(html, "_id")}).status_code == 303
    assert "Devuelto" in reguladora.get(ruta).text
    assert escena.cobrado() == 3_000
    assert "Devuelto a la tarjeta" in web.get(f"/pagos-con-tarjeta/{intento_id}").text


def test_el_banco_de_pruebas(escena: Escena, web: Any) -> None:
    assert web.post("/simulada/falla", data={"falla": "tiempo_despues"}).status_code == 303
    assert '<option value="tiempo_despues" selected>' in web.get("/simulada").text
    assert escena.pagar("10.00").estado == "ambiguo"
    assert web.post("/simulada/falla", data={"falla": ""}).status_code == 303
    pagado = escena.pagar("10.00")
    html = web.get("/simulada").text
    assert f"/simulada/pagos/{pagado.pasarela_id}/disputar" in html
    assert web.post(f"/simulada/pagos/{pagado.pasarela_id}/disputar").status_code == 303
    with abrir() as almacen:
        (disputa,) = almacen.listar("dispute")
    assert web.post(f"/simulada/disputas/{disputa['id']}").status_code == 303
    assert web.post("/simulada/disputas/dp_nada").status_code == 404
    assert web.get("/simulada/pagar/cs_nada").status_code == 404
    assert web.get("/simulada/3ds/pi_nada").status_code == 404
    negado = escena.pagar("10.00", "pm_card_visa_chargeDeclined")
    assert web.post(f"/simulada/pagos/{negado.pasarela_id}/disputar").status_code == 409


def test_en_produccion_la_pasarela_simulada_no_existe() -> None:
    """Its routes are only mounted in the demonstration without a key."""
    import os
    import subprocess
    import sys
    from pathlib import Path

    codigo = (
        "from pagos.tarjetas import web, puerta\n"
        "rutas = [r.path for r in web.router.routes if hasattr(r, 'path')]\n"
        "assert not puerta.usa_simulacion()\n"
        "print(any('simulada' in r for r in rutas), len(rutas))\n"
    )
    entorno = os.environ | {"QHATU_STRIPE_API_KEY": "sk_test_x"}
    fin = subprocess.run(
        [sys.executable, "-c", codigo],
        env=entorno,
        cwd=Path(__file__).resolve().parents[3],
        capture_output=True,
        text=True,
        check=False,
    )
    assert fin.stdout.split() == ["False", "9"], fin.stderr
