"""The pages and the API: anybody compares; who administers uploads, looks at what changes and publishes."""

import re
from datetime import timedelta
from typing import Any

import pytest

from envios.tarifas.tablas import EJEMPLOS, Que, escribir
from nucleo.ids import nuevo_id
from nucleo.reloj import fecha_bolivia
from tests.envios.tarifas.conftest import LA_PAZ, UYUNI, Operador

BYTES_MAXIMOS = 60_000
ENVIO = {"origen": LA_PAZ, "destino": UYUNI, "peso_kg": "1,2", "valor_declarado": "1.000,55"}


def plano(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html).replace("\u00a0", " "))


def test_cualquiera_compara_y_ve_la_cuenta(operador: Operador, cliente: Any, contar_consultas: Any) -> None:
    vacia = cliente.get("/cuanto-cuesta-enviar")
    assert (vacia.status_code, len(vacia.content) < BYTES_MAXIMOS) == (200, True)
    nadie = cliente.get("/cuanto-cuesta-enviar", params=ENVIO)
    assert "Ningún operador lo lleva así" in nadie.text
    operador.con_tarifas()
    with contar_consultas() as sentencias:
        respuesta = cliente.get("/cuanto-cuesta-enviar", params=ENVIO)
    assert len(sentencias) <= 14
    assert (respuesta.status_code, len(respuesta.content) < BYTES_MAXIMOS) == (200, True)
    texto = plano(respuesta.text)
    assert "object at" not in respuesta.text  # names of the frame are not taken
    for dice in (
        "De La Paz, La Paz a Uyuni, Potosí, 1,2 kg",
        "Base por 1,2 kg Bs 18,00",
        "Por peso 1 × Bs 3,00: cada 500 g o parte, sobre 1 kg Bs 3,00",
        "Lugar alejado recargo del destino Bs 8,00",
        "Seguro 1 % de Bs 1.000,55, mínimo Bs 2,00 Bs 10,01",
        "Total Bs 39,01",
        "lo que se recibe hasta las 17:00 sale ese día",
    ):
        assert dice in texto, dice


@pytest.mark.parametrize(
    ("cambio", "dice"),
    [
        ({"peso_kg": "mucho"}, "Escriba el peso en kilos"),
        ({"peso_kg": "0"}, "Escriba el peso en kilos"),
        ({"origen": "999999"}, "Elija un municipio de la lista"),
        ({"largo_cm": "20"}, "Escriba los tres lados"),
        ({"valor_declarado": "caro"}, "Escriba el monto con números"),
    ],
)
def test_lo_mal_escrito_vuelve_con_lo_que_se_escribio(
    bd: Any, cliente: Any, cambio: dict[str, str], dice: str
) -> None:
    respuesta = cliente.get("/cuanto-cuesta-enviar", params=ENVIO | cambio)
    assert respuesta.status_code == 422
    assert dice in plano(respuesta.text)
    assert 'value="1.000,55"' in respuesta.text or "valor_declarado" in cambio


def test_quien_administra_sube_mira_y_publica(operador: Operador, sesion_web: Any, cliente: Any) -> None:
    jefa = sesion_web(operador.jefa)
    assert "Todavía no tiene tarifas" in jefa.get("/tarifas").text
    empezada = jefa.post("/tarifas", data={"unidad": str(operador.id), "_id": str(nuevo_id())})
    ruta = empezada.headers["location"]
    assert "Suba los servicios" in plano(jefa.get(ruta).text)

    def subir(que: Que, contenido: bytes) -> Any:
        datos, archivo = (
            {"que": que.value, "_id": str(nuevo_id())},
            {"archivo": ("t.csv", contenido, "text/csv")},
        )
        return jefa.post(f"{ruta}/archivos", data=datos, files=archivo)

    for que in Que:
        plantilla = cliente.get(f"/tarifas/plantilla/{que.value}.csv")
        assert subir(que, plantilla.content).status_code == 303
    mala = subir(Que.PRECIOS, escribir(Que.PRECIOS, [(*EJEMPLOS[Que.PRECIOS][0][:3], "gratis", "", "")]))
    assert mala.status_code == 422
    assert "Línea 2: precio «gratis»" in plano(mala.text)
    borrador = plano(jefa.get(ruta).text)
    assert "5 líneas (CSV separado por punto y coma; la coma separa los decimales" in borrador
    assert cliente.get(ruta).status_code == 404  # nobody else sees a draft
    assert cliente.get(f"{ruta}/precios.csv").status_code == 404
    hoy = str(fecha_bolivia())
    publicada = jefa.post(f"{ruta}/publicar", data={"desde": hoy, "_id": str(nuevo_id())})
    assert publicada.status_code == 303, plano(publicada.text)
    publica = cliente.get(ruta)
    assert "En vigor" in publica.text
    assert len(publica.content) < BYTES_MAXIMOS
    bajado = cliente.get(f"{ruta}/lugares.csv").content.decode("utf-8-sig").splitlines()
    assert bajado[1:3] == [
        "020101 La Paz, La Paz;eje;17:00;lu-sa;0,00;0",
        "05 Potosí;interior;16:00;lu-vi;0,00;0",
    ]

    otra = jefa.post("/tarifas", data={"unidad": str(operador.id), "_id": str(nuevo_id())}).headers[
        "location"
    ]
    ruta = otra
    dobles = [(*f[:3], "20,00", *f[4:]) if f[1] == "local" else f for f in EJEMPLOS[Que.PRECIOS]]
    subir(Que.PRECIOS, escribir(Que.PRECIOS, dobles))
    cambios = plano(jefa.get(otra).text)
    assert "Qué cambia frente a la versión 1" in cambios
    assert "0 nuevas, 2 cambiadas, 0 que se quitan" in cambios
    assert "ordinario · local · 1: precio 10,00 → 20,00" in cambios
    manana = str(fecha_bolivia() + timedelta(days=1))
    jefa.post(f"{otra}/publicar", data={"desde": manana, "_id": str(nuevo_id())})
    assert "Por venir" in jefa.get("/tarifas").text
    jefa.post(f"{otra}/retirar", data={"_id": str(nuevo_id())})
    assert "Retirada" in jefa.get("/tarifas").text


def test_la_api_compara_guarda_y_dice_por_que_no(operador: Operador, cliente: Any, token_de: Any) -> None:
    id = operador.con_tarifas()
    envio = {"origen": LA_PAZ, "destino": UYUNI, "peso_g": 1200, "valor_declarado": "1000.55"}
    comparada = cliente.get("/api/v1/cotizaciones-de-envio", params=envio)
    assert comparada.status_code == 200
    (oferta,) = comparada.json()["datos"]
    assert oferta["total"] == {"monto": "39.01", "moneda": "BOB"}
    assert (oferta["version"], oferta["tarifario_id"]) == (1, str(id))
    assert oferta["cuenta"][-1]["hasta"] == oferta["entrega_el"]
    nada = cliente.get("/api/v1/cotizaciones-de-envio", params=envio | {"destino": "080101"}).json()
    assert [n["razon"] for n in nada["sin_oferta"]] == ["sin_destino"]
    for mal in (
        {"peso_g": "1.5"},
        {"origen": "20101"},
        {"valor_declarado": "1,5"},
        {"largo_cm": 3},
        {"otro": 1},
    ):
        assert cliente.get("/api/v1/cotizaciones-de-envio", params=envio | mal).status_code == 422

    cabeceras = {"Authorization": f"Bearer {token_de(operador.cartero)}", "Idempotency-Key": "una"}
    cuerpo = envio | {"valor_declarado": {"monto": "1000.55"}, "operador_unidad_id": str(operador.id)}
    cuerpo["servicio"] = "ordinario"
    guardada = cliente.post("/api/v1/cotizaciones-de-envio", json=cuerpo, headers=cabeceras)
    assert guardada.status_code == 201, guardada.text
    assert guardada.json()["oferta"]["total"] == oferta["total"]
    repetida = cliente.post("/api/v1/cotizaciones-de-envio", json=cuerpo, headers=cabeceras)
    assert repetida.content == guardada.content
    leida = cliente.get(guardada.headers["location"], headers=cabeceras)
    assert leida.json() == guardada.json()
    lista = cliente.get("/api/v1/tarifarios-de-envio", params={"operador": str(operador.id)}).json()
    assert [t["version"] for t in lista["datos"]] == [1]
    entero = cliente.get(f"/api/v1/tarifarios-de-envio/{id}").json()
    assert [s["seguro_pct"] for s in entero["servicios"]] == ["1.5", "1"]
    assert cliente.get(entero["tablas"]["precios"]).status_code == 200
